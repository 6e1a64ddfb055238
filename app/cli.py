"""The handslag command, for those who run the service."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.api.door.application import printed_document
from app.api.http import ServiceState
from app.api.words.codes_page.page import codes_page
from app.background.worker import run_worker
from app.bench.followed_up import FOLLOW_UP
from app.bench.large_bodies import BODIES
from app.bench.over_http import SIZES
from app.bench.reads import READS
from app.bench.report import NATIONAL, run_benches
from app.commands import organising
from app.commands.opened import (
    database_with_secret,
    migrated_database,
    opened_database,
    pepper_of,
    settings_of_environment,
    tell_shared,
)
from app.commands.plain import PlainErrors, Refused
from app.commands.serving import listening, run_service, tell_where
from app.db import Database
from app.demo.stage import run_demo
from app.logs import log_as_json
from app.main import create_app, server_options
from app.migrating import migrate
from app.processes.garbage import collect_seldom
from app.services.runs.proofs import check_file

BENCHES = (*SIZES, FOLLOW_UP, READS, BODIES, NATIONAL)


app = typer.Typer(
    cls=PlainErrors,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # tracebacks with locals would show keys and people
    help=__doc__,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"handslag {version('handslag')}")
        raise typer.Exit


@app.callback()
def handslag(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print it, and end."
        ),
    ] = False,
) -> None:
    """The handslag command, for those who run the service."""


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
) -> None:
    """Serve the API until stopped. Needs HANDSLAG_SECRET.

    On PostgreSQL, large match runs wait for a `handslag worker` on the same database.
    """
    settings = settings_of_environment()
    with database_with_secret(settings, pepper_of(settings)):
        pass
    sockets = listening(host, port)
    tell_where(settings, host, sockets[0].getsockname()[1])
    log_as_json()
    service = create_app(settings)
    collect_seldom()
    run_service(service, sockets, server_options(settings))


@app.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="Do the runs that wait, then end.")] = False,
) -> None:
    """Do large match runs until stopped: as many workers as wanted, on PostgreSQL.

    The database is the one of HANDSLAG_DATABASE_URL. A worker does one run at a time; told to stop
    (SIGTERM), it finishes that first.
    """
    settings = settings_of_environment()
    with migrated_database(settings) as database:
        if database.engine.dialect.name != "postgresql":
            raise Refused("On SQLite the service does large runs itself: a worker is not needed.")
        log_as_json()
        collect_seldom()
        run_worker(database, once)


@app.command("migrate")
def migrate_database() -> None:
    """Take the database to the newest migration, and list what people have to settle after it."""
    with opened_database(settings_of_environment()) as database:
        migrate(database)
        tell_shared(database)


@app.command()
def demo() -> None:
    """Play Östersund's contract from clause to booked places, on a database of its own."""
    run_demo(Console())


@app.command()
def bench(
    size: Annotated[
        str | None, typer.Argument(help=f"{', '.join(BENCHES)}; all when left out.")
    ] = None,
    file: Annotated[
        Path, typer.Option("--json", help="Where to write the figures.", dir_okay=False)
    ] = Path("bench.json"),
) -> None:
    """Measure match runs and fulfilment over HTTP, and the engine against other solvers.

    All together take some eight minutes and 4 GB, most of it the nation's; with nothing else at
    work, or the figures are those of the crowd.
    """
    if size is not None and size not in BENCHES:
        raise Refused(f"{size!r} is no size: give one of {', '.join(BENCHES)}.")
    run_benches(Console(), size, file)


@app.command()
def verify(
    file: Annotated[str, typer.Argument(help="A proof, as GET /match-runs/.../proof gives it.")],
) -> None:
    """Check the proof of a match run, and print what was checked; needs no service.

    Exit code 0: everything holds. 1, with a line that says why: it proves nothing.
    """
    raise typer.Exit(check_file(file))


for _command in (
    organising.create_organisation,
    organising.list_organisations,
    organising.create_key,
    organising.list_keys,
    organising.revoke_key,
    organising.replace_secret,
):
    app.command()(_command)


@app.command()
def openapi() -> None:
    """Print the OpenAPI document, with the public address alone as server."""
    settings, nowhere = settings_of_environment(), Database("sqlite://")
    public_url = str(settings.public_url) if settings.public_url else None
    state = ServiceState(nowhere, "", public_url, 0, contact=settings.contact)
    typer.echo(json.dumps(printed_document(state), indent=2, ensure_ascii=False))


@app.command()
def codes() -> None:
    """Print docs/codes.md: every code with its words and what it means."""
    typer.echo(codes_page())
