"""Commands about organisations and their keys."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import typer

from app.clock import utc_now
from app.commands.opened import (
    database_with_secret,
    migrated_database,
    pepper_of,
    settings_of_environment,
)
from app.commands.plain import Refused
from app.models.keys import Key
from app.models.roles import Role
from app.models.values import LATEST
from app.services.registers import fingerprints, keys


def create_organisation(
    name: Annotated[str, typer.Argument(help="What the organisation is called.")],
) -> None:
    """Create an organisation with its default policy, and print its id."""
    with migrated_database(settings_of_environment()) as database, database.writing() as session:
        organisation = keys.create_organisation(session, name)
        others = [
            str(one.id)
            for one in keys.all_organisations(session)
            if one.name.casefold() == organisation.name.casefold() and one.id != organisation.id
        ]
    if others:
        typer.echo(
            f"There are now {len(others) + 1} organisations of this name; the others are "
            f"{', '.join(others)}. They share nothing: use one of them only.",
            err=True,
        )
    typer.echo(organisation.id)


def list_organisations() -> None:
    """List the organisations, oldest first: id, when it was created, name."""
    with migrated_database(settings_of_environment()) as database, database.reading() as session:
        found = keys.all_organisations(session)
        for one in found:
            typer.echo(f"{one.id}  {one.created_at:%Y-%m-%d}  {one.name}")
    if not found:
        typer.echo(
            "There is no organisation yet: handslag create-organisation makes one.", err=True
        )


def list_keys(
    organisation_id: Annotated[str, typer.Argument(help="The organisation's id.")],
) -> None:
    """List an organisation's keys, oldest first: id, role, whether it holds, label."""
    owner, now = _identifier(organisation_id), utc_now()
    with migrated_database(settings_of_environment()) as database, database.reading() as session:
        for one in keys.keys_of(session, owner):
            typer.echo(
                f"{one.id}  {one.role:<11}  {_state(one, now):<21}  {one.label or ''}".rstrip()
            )


def _state(key: Key, now: datetime) -> str:
    if key.revoked_at:
        return f"revoked {key.revoked_at:%Y-%m-%d}"
    if key.expires_at is None:
        return "holds"
    last_day = keys.last_day_of(key.expires_at)
    return f"holds until {last_day}" if key.expires_at > now else f"expired {last_day}"


def create_key(
    organisation_id: Annotated[str, typer.Argument(help="The organisation's id.")],
    role: Annotated[str, typer.Option(help="caseworker, procurement, auditor or admin.")],
    label: Annotated[str | None, typer.Option(help="Which system the key is for.")] = None,
    expires: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day the key holds, YYYY-MM-DD.")
    ] = None,
) -> None:
    """Create a key and print it, this once. Needs HANDSLAG_SECRET."""
    settings = settings_of_environment()
    pepper = pepper_of(settings)
    owner, as_role, until = _identifier(organisation_id), _role(role), _end_of_day(expires)
    with database_with_secret(settings, pepper) as database, database.writing() as session:
        key = keys.create_key(session, pepper, owner, as_role, label, until)
    typer.echo(key)


def revoke_key(
    key_id: Annotated[str, typer.Argument(help="The key's id, or the key itself.")],
) -> None:
    """Revoke a key: from now on it opens nothing."""
    identifier = keys.id_in(key_id) or _identifier(key_id)
    with migrated_database(settings_of_environment()) as database, database.writing() as session:
        keys.revoke_key_by_operator(session, identifier, utc_now())


def replace_secret() -> None:
    """Take the secret of HANDSLAG_SECRET where the old one is lost: every key is revoked."""
    settings = settings_of_environment()
    pepper = pepper_of(settings)
    with migrated_database(settings) as database, database.writing() as session:
        if fingerprints.is_known(session, pepper):
            raise Refused(
                "HANDSLAG_SECRET is the secret of this database already. Nothing is done."
            )
        revoked = keys.revoke_all_by_operator(session, utc_now())
        fingerprints.adopt(session, pepper)
    typer.echo(f"Keys revoked: {revoked}. Make new ones: handslag create-key")


def _identifier(text: str) -> UUID:
    """Never repeats the text, which may be a part of a key."""
    try:
        return UUID(text)
    except ValueError:
        raise Refused("That is not an id: give the UUID as it was printed.") from None


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
    end = keys.end_of(day)
    if end <= utc_now():
        raise Refused(f"{text} is past already: give a day to come.")
    return end
