"""The handslag command, for those who run the service."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
import uvicorn
from alembic.util import CommandError
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from typer.core import TyperGroup

from app.api.door.application import printed_document
from app.api.http import ServiceState
from app.api.words.codes_page.page import codes_page
from app.background.worker import run_worker
from app.bench.followed_up import FOLLOW_UP
from app.bench.large_bodies import BODIES
from app.bench.over_http import SIZES
from app.bench.reads import READS
from app.bench.report import NATIONAL, run_benches
from app.clock import SWEDEN, utc_now
from app.db import Database
from app.demo.stage import run_demo
from app.errors import HandslagError, Unavailable
from app.logs import log_as_json
from app.main import SecretMissing, create_app, server_options
from app.migrating import is_newest, migrate
from app.models.roles import Role
from app.models.values import LATEST
from app.processes.garbage import collect_seldom
from app.services.registers import keys
from app.services.registers.shared_references import all_shared
from app.services.runs.proofs import check_file
from app.settings import Settings

BENCHES = (*SIZES, FOLLOW_UP, READS, BODIES, NATIONAL)


class Refused(Exception):
    """What the operator asked cannot be done; the message says why, in one line."""


class PlainErrors(TyperGroup):
    """Shows known errors as one line on stderr with exit code 1, never as a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Unavailable as error:
            line = f"The database does not answer: {getattr(error.__cause__, 'orig', error)}"
        except (Refused, SecretMissing, HandslagError, CommandError, ArgumentError) as error:
            line = str(error)
        except ValidationError as error:
            line = "; ".join(map(_told_plainly, error.errors()))
        except OperationalError as error:
            line = f"The database does not answer: {error.orig}"
        except DatabaseError as error:
            line = f"The database cannot be used: {error.orig}"
        except OSError as error:
            line = f"{error.strerror}: {error.filename}" if error.filename else str(error)
        typer.echo(" ".join(line.split()), err=True)
        raise typer.Exit(1)


def _told_plainly(finding: Any) -> str:
    """Names the wrong setting or argument, but not its value, which may be a secret."""
    name = "_".join(str(step) for step in finding["loc"])
    setting = f"HANDSLAG_{name.upper()}" if name in Settings.model_fields else name
    return f"{setting}: {finding['msg']}"


app = typer.Typer(
    cls=PlainErrors,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # tracebacks with locals would show keys and people
    help=__doc__,
)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
) -> None:
    """Serve the API until stopped. Needs HANDSLAG_SECRET.

    On PostgreSQL, large match runs wait for a `handslag worker` on the same database.
    """
    settings = Settings()
    _pepper(settings)
    with _migrated_database(settings):
        pass
    log_as_json()
    service = create_app(settings)
    collect_seldom()
    uvicorn.run(service, host=host, port=port, **server_options(settings))


@app.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="Do the runs that wait, then end.")] = False,
) -> None:
    """Do large match runs until stopped: as many workers as wanted, on PostgreSQL.

    The database is the one of HANDSLAG_DATABASE_URL. A worker does one run at a time; told to stop
    (SIGTERM), it finishes that first.
    """
    settings = Settings()
    with _migrated_database(settings) as database:
        if database.engine.dialect.name != "postgresql":
            raise Refused("On SQLite the service does large runs itself: a worker is not needed.")
        log_as_json()
        collect_seldom()
        run_worker(database, once)


@app.command("migrate")
def migrate_database() -> None:
    """Take the database to the newest migration, and list what people have to settle after it."""
    with _opened_database(Settings()) as database:
        migrate(database)
        _tell_shared(database)


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


@app.command()
def create_organisation(
    name: Annotated[str, typer.Argument(help="What the organisation is called.")],
) -> None:
    """Create an organisation with its default policy, and print its id."""
    with _migrated_database(Settings()) as database, database.writing() as session:
        organisation_id = keys.create_organisation(session, name).id
    typer.echo(organisation_id)


@app.command()
def create_key(
    organisation_id: Annotated[str, typer.Argument(help="The organisation's id.")],
    role: Annotated[str, typer.Option(help="caseworker, procurement, auditor or admin.")],
    label: Annotated[str | None, typer.Option(help="Which system the key is for.")] = None,
    expires: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day the key holds, YYYY-MM-DD.")
    ] = None,
) -> None:
    """Create a key and print it, this once. Needs HANDSLAG_SECRET."""
    settings = Settings()
    pepper = _pepper(settings)
    owner, as_role, until = _identifier(organisation_id), _role(role), _end_of_day(expires)
    with _migrated_database(settings) as database, database.writing() as session:
        key = keys.create_key(session, pepper, owner, as_role, label, until)
    typer.echo(key)


@app.command()
def revoke_key(
    key_id: Annotated[str, typer.Argument(help="The key's id, as GET /keys shows it.")],
) -> None:
    """Revoke a key: from now on it opens nothing."""
    identifier = _identifier(key_id)
    with _migrated_database(Settings()) as database, database.writing() as session:
        keys.revoke_key_by_operator(session, identifier, utc_now())


@app.command()
def openapi() -> None:
    """Print the OpenAPI document, with the public address alone as server."""
    settings, nowhere = Settings(), Database("sqlite://")
    public_url = str(settings.public_url) if settings.public_url else None
    state = ServiceState(nowhere, "", public_url, 0, contact=settings.contact)
    typer.echo(json.dumps(printed_document(state), indent=2, ensure_ascii=False))


@app.command()
def codes() -> None:
    """Print docs/codes.md: every code with its words and what it means."""
    typer.echo(codes_page())


@contextmanager
def _opened_database(settings: Settings) -> Iterator[Database]:
    if not settings.database_url.startswith(("sqlite:", "postgresql")):
        raise Refused("HANDSLAG_DATABASE_URL: give the address of a SQLite file or a PostgreSQL.")
    if settings.database_url.rstrip("/") in ("sqlite:", "sqlite:///:memory:"):
        raise Refused("HANDSLAG_DATABASE_URL: name a file, as sqlite:///handslag.db does.")
    database = Database(settings.database_url, settings.lock_timeout_seconds)
    try:
        with database.engine.connect():  # fails at once when nobody answers
            pass
        yield database
    finally:
        database.dispose()


@contextmanager
def _migrated_database(settings: Settings) -> Iterator[Database]:
    """Migrates a SQLite file; PostgreSQL, which others may share, is migrated by its operator."""
    with _opened_database(settings) as database:
        if not is_newest(database):
            if database.engine.dialect.name != "sqlite":
                raise Refused("The database is behind the newest migration. Run: handslag migrate")
            migrate(database)
            _tell_shared(database, err=True)
        yield database


def _tell_shared(database: Database, err: bool = False) -> None:
    """Lists references that people cannot tell apart, a line each; usually there are none."""
    with database.reading() as session:
        for shared in all_shared(session):
            ids = ", ".join(map(str, shared.ids))
            typer.echo(
                f"{shared.organisation}: the {shared.resource} {ids} have references that all read "
                f"{shared.reference}. Change one or delete one; until then none is proposed.",
                err=err,
            )


def _pepper(settings: Settings) -> str:
    if settings.secret is None:
        raise SecretMissing("Set HANDSLAG_SECRET to a random text of at least 16 characters.")
    return settings.secret.get_secret_value()


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(f"{text!r} is not an id: give the UUID as it was printed.") from None


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise Refused(f"{text!r} is no role: give one of {', '.join(Role)}.") from None


def _end_of_day(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{text!r} is not a date: give it as YYYY-MM-DD.") from None
    if day > LATEST:
        raise Refused(f"{text} is too late: give a day up to {LATEST}.")
    end = datetime.combine(day, time.max, SWEDEN)
    if end <= utc_now():
        raise Refused(f"{text} is past already: give a day to come.")
    return end


if __name__ == "__main__":
    app()
