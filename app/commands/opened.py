"""The settings, the secret and the database of a command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from app.commands.database_faults import AT_SIGNS, has_stray_at, why_not_opened
from app.commands.plain import Refused
from app.db import Database
from app.migrating import is_newest, migrate
from app.services.registers import fingerprints
from app.services.registers.shared_references import all_shared
from app.settings import SecretMissing, Settings

PREFIX = "HANDSLAG_"
KNOWN = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | {f"{PREFIX}TIMES"}
ADDRESS_WANTED = (
    "HANDSLAG_DATABASE_URL: give the address of a SQLite file, as sqlite:///handslag.db, or of a "
    "PostgreSQL, as postgresql://user:password@host/database."
)
FOREIGN = (
    "HANDSLAG_SECRET is not the secret with which the keys of this database were made: every call "
    "would be refused. Start with the old secret. If it is lost, `handslag replace-secret` takes "
    "the new one and revokes every key: then make new keys."
)


def settings_of_environment() -> Settings:
    """The settings. A variable that looks like a misspelt one is refused, and others are told."""
    for name in sorted(name for name in os.environ if name.upper().startswith(PREFIX)):
        if name.upper() in KNOWN:
            continue
        if meant := get_close_matches(name.upper().removeprefix(PREFIX), _suffixes(), 1, 0.7):
            raise Refused(f"{name} is no setting. Was {PREFIX}{meant[0]} meant?")
        # Kubernetes sets HANDSLAG_SERVICE_HOST and the like beside a service of this name.
        typer.echo(f"{name} is no setting of Handslag and does nothing.", err=True)
    return Settings()


def _suffixes() -> list[str]:
    return [name.removeprefix(PREFIX) for name in KNOWN]


def pepper_of(settings: Settings) -> str:
    if settings.secret is None:
        raise SecretMissing("Set HANDSLAG_SECRET to a random text of at least 16 characters.")
    return settings.secret.get_secret_value()


@contextmanager
def opened_database(settings: Settings) -> Iterator[Database]:
    database = _database(settings)
    try:
        _connect(database)
        yield database
    finally:
        database.dispose()


def _connect(database: Database) -> None:
    """Fails at once when nobody answers, and says where."""
    try:
        with database.engine.connect():
            pass
    except DatabaseError as error:
        if "locked" in str(error.orig):
            raise
        raise Refused(why_not_opened(database.engine.url, error)) from error


def _database(settings: Settings) -> Database:
    try:
        url = make_url(settings.database_url)
        backend = url.get_backend_name()
        if backend == "postgresql" and has_stray_at(settings.database_url, url):
            raise Refused(AT_SIGNS)
        if backend not in ("sqlite", "postgresql"):
            raise Refused(ADDRESS_WANTED)
        if settings.database_url.rstrip("/") in ("sqlite:", "sqlite:///:memory:"):
            raise Refused("HANDSLAG_DATABASE_URL: name a file, as sqlite:///handslag.db does.")
        return Database(settings.database_url, settings.lock_timeout_seconds)
    except (ArgumentError, ImportError, ValueError) as error:
        raise Refused(ADDRESS_WANTED) from error


@contextmanager
def migrated_database(settings: Settings) -> Iterator[Database]:
    """Migrates a SQLite file; PostgreSQL, which others may share, is migrated by its operator."""
    with opened_database(settings) as database:
        if not is_newest(database):
            if database.engine.dialect.name != "sqlite":
                raise Refused("The database is behind the newest migration. Run: handslag migrate")
            migrate(database)
            tell_shared(database, err=True)
        yield database


@contextmanager
def database_with_secret(settings: Settings, pepper: str) -> Iterator[Database]:
    """The database, if its keys were made with this secret; the first one becomes its own."""
    with migrated_database(settings) as database:
        with database.reading() as session:
            is_known = fingerprints.is_known(session, pepper)
        if not is_known:
            with database.writing() as session:
                if not fingerprints.adopt(session, pepper):
                    raise Refused(FOREIGN)
        yield database


def tell_shared(database: Database, err: bool = False) -> None:
    """Lists references that people cannot tell apart, a line each; usually there are none."""
    with database.reading() as session:
        for shared in all_shared(session):
            ids = ", ".join(map(str, shared.ids))
            typer.echo(
                f"{shared.organisation}: the {shared.resource} {ids} have references that all read "
                f"{shared.reference}. Change one or delete one; until then none is proposed.",
                err=err,
            )
