"""How many queries and milliseconds the fulfilment of one clause and of an organisation takes."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table
from sqlalchemy import event
from sqlmodel import Session

from app.bench.organisations import AS_OF, Scale, fill, register_first
from app.clock import utc_now
from app.db import Database
from app.demo.journey import get
from app.demo.own_service import OwnService, own_service
from app.models.clauses import Clause
from app.services.fulfilment.overview import FulfilmentFilter, read_all_fulfilments
from app.services.fulfilment.reading import read_fulfilment
from app.services.ground import Actor, find
from app.services.registers.keys import authenticate

RUNS = 5
FOLLOW_UP = "follow-up"
SCALES = (Scale(10, 20), Scale(1_000, 20))


@dataclass(frozen=True)
class Measured:
    """How many queries, and the median of RUNS in milliseconds, in process and over HTTP."""

    what: str
    scale: Scale
    queries: int
    in_process: float
    over_http: float


def run_follow_up_bench(console: Console) -> list[Measured]:
    """Measures and prints a table; the number of queries is the same at both scales."""
    found = [one for scale in SCALES for one in measure_organisation(scale)]
    table = Table(title=f"Fulfilment, SQLite, median of {RUNS}")
    for heading in ("what", "clauses", "placements", "queries", "in process", "over HTTP"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for measured in found:
        table.add_row(
            measured.what,
            str(measured.scale.clauses),
            str(measured.scale.placements),
            str(measured.queries),
            f"{measured.in_process:.0f} ms",
            f"{measured.over_http:.0f} ms",
        )
    console.print(table)
    return found


def measure_organisation(scale: Scale) -> list[Measured]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        with own_service(file, "Exempelkommunen") as service, service.client() as api:
            clause_id = register_first(api)
            database = Database(f"sqlite:///{file}")
            actor = _actor(database, service)
            with database.writing() as session:
                fill(session, actor, scale)

            def one(session: Session) -> object:
                clause = find(session, actor, Clause, clause_id)
                return read_fulfilment(session, actor, clause, AS_OF)

            def every(session: Session) -> object:
                return read_all_fulfilments(session, actor, FulfilmentFilter(), AS_OF)

            path = f"/clauses/{clause_id}/fulfilment"
            reads = [
                _measured("one clause", scale, database, one, api, path),
                _measured(
                    "every clause, the worst first", scale, database, every, api, "/fulfilments"
                ),
            ]
            database.dispose()
            return reads


def _measured(
    what: str,
    scale: Scale,
    database: Database,
    read: Callable[[Session], object],
    api: httpx.Client,
    path: str,
) -> Measured:
    def in_process() -> None:
        with database.reading() as session:
            read(session)

    with counted_statements(database) as statements:
        in_process()
    over_http = _milliseconds(lambda: get(api, f"{path}?asOf={AS_OF}"))
    return Measured(what, scale, len(statements), _milliseconds(in_process), over_http)


@contextmanager
def counted_statements(database: Database) -> Iterator[list[str]]:
    """Counts the statements sent to the database until the block ends."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def _milliseconds(step: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        step()
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


def _actor(database: Database, service: OwnService) -> Actor:
    with database.reading() as session:
        return authenticate(session, service.secret, service.key, utc_now())
