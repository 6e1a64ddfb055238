"""A nation in a database: how long a run reads, solves and stores it, and how much memory it takes.

Contracts are registered over HTTP, slots and candidates inserted without the service. The run is
the service's own code, in a process of its own.
"""

import json
import resource
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from app.api.registers.candidates import CandidateInput
from app.api.registers.slots import SlotInput
from app.bench import national
from app.bench.engine import Row
from app.bench.over_http import measure_steps
from app.bench.registers import as_registered, person_line, register_contracts, slot_line
from app.clock import utc_now
from app.db import Database
from app.demo.own_service import OwnService, own_service
from app.matching.values import candidate_at, slot_at
from app.models.candidates import Candidate
from app.models.rows import Row as StoredRow
from app.models.slots import Slot
from app.services.engine.stored_columns import digits_of, insert_rows, instant_text, new_ids
from app.services.registers.keys import authenticate

Json = dict[str, Any]

SEED = 7  # the same as for the engine alone
SIZE = (350_000, 30_000)
AT_ONCE = 10_000
ONCE = 1


def measure_stored(say: Callable[[str], None]) -> list[Row]:
    """Measures; of the minutes that it takes, filling the database takes nearly all."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "nation.db"
        with own_service(file, "Exempelriket") as service:
            fill(file, service, SIZE)
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                seconds, gigabytes = pool.submit(measure, file, service).result()
    say(f"{seconds}, {gigabytes} GB")
    nation, said = "350 000 x 30 000 in SQLite", "no aim in the issue"
    return [
        Row(f"{nation}, rows to columns", seconds["read"], "s", 10, 5, said),
        Row(f"{nation}, snapshot and rows", seconds["snapshot"] + seconds["rows"], "s", 5, 2, said),
        Row(f"{nation}, stored", seconds["store"], "s", 10, 3, said),
        Row(f"{nation}, peak memory of all", gigabytes, "GB", 2, 1.5, said),
    ]


def measure(file: Path, service: OwnService) -> tuple[dict[str, float], float]:
    seconds = measure_steps(file, service, ONCE)
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def fill(file: Path, service: OwnService, size: tuple[int, int]) -> None:
    """Stores this many candidates and places of the nation on which the engine is measured."""
    people, offers = national.people_and_slots(SEED, *size)
    _, slots = as_registered([], [slot_at(offers, row) for row in range(len(offers))])
    with service.client() as api:
        suppliers, clauses = register_contracts(api, slots)
    database = Database(f"sqlite:///{file}")
    lines = [slot_line(slot, suppliers, clauses) for slot in slots]
    _insert(database, service, Slot, SlotInput, lines)
    for first in range(0, len(people), AT_ONCE):
        part = range(first, min(first + AT_ONCE, len(people)))
        found, _ = as_registered([candidate_at(people, row) for row in part], [])
        lines = [person_line(one, suppliers) | {"reference": one.id} for one in found]
        _insert(database, service, Candidate, CandidateInput, lines)
    database.dispose()


def _insert(
    database: Database,
    service: OwnService,
    model: type[StoredRow],
    shape: type[SQLModel],
    lines: Sequence[Json],
) -> None:
    now = instant_text(utc_now())
    with database.writing() as session:
        actor = authenticate(session, service.secret, service.key, utc_now())
        owner = {"organisation_id": actor.organisation_id.hex, "version": 1}
        times = {"created_at": now, "updated_at": now}
        rows = [
            {"id": row_id} | owner | times | dict(_texts(shape.model_validate(line)))
            for row_id, line in zip(new_ids(len(lines)), lines, strict=True)
        ]
        insert_rows(session, model, rows)


def _texts(fields: SQLModel) -> Iterator[tuple[str, Any]]:
    for name, value in fields.model_dump(mode="json").items():
        if isinstance(value, list | dict):
            yield name, json.dumps(value)
        else:
            yield name, digits_of(value) if value and name.endswith("_id") else value
