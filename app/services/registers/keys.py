"""Keys: shown once, when they are made; the service stores a peppered hash."""

import hmac
import secrets
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import SWEDEN
from app.errors import Conflict, NotAuthenticated, NotFound
from app.models.events import Event
from app.models.keys import Key, KeyFields, Role
from app.models.organisations import Organisation
from app.models.policies import Policy
from app.models.rows import stored_values
from app.services.ground import Actor, add, record, resource_name, select_visible, touch
from app.services.registers.policies import add_default_policy

KEY_PREFIX = "hs"
SECRET_BYTES = 32


def create_organisation(session: Session, name: str) -> Organisation:
    organisation = Organisation.model_validate({"name": name})
    session.add(organisation)
    session.flush()
    _record_by_operator(session, organisation.id, "created", organisation)
    policy = add_default_policy(session, organisation.id)
    _record_by_operator(session, organisation.id, "created", policy)
    return organisation


def create_key(
    session: Session,
    pepper: str,
    organisation_id: UUID,
    role: Role,
    label: str | None = None,
    expires_at: datetime | None = None,
) -> str:
    """Stores a new key's hash and returns the key, which cannot be read again."""
    if session.get(Organisation, organisation_id) is None:
        raise NotFound("organisations", organisation_id)
    wanted = KeyFields(role=role.value, label=label)
    key, shown = _new_key(pepper, organisation_id, wanted, expires_at)
    session.add(key)
    session.flush()
    _record_by_operator(session, organisation_id, "created", key)
    return shown


def add_key(
    session: Session, actor: Actor, pepper: str, wanted: KeyFields, expires_at: datetime | None
) -> tuple[Key, str]:
    """As `create_key`, for a caller: the row, and the key as it is shown this once."""
    key, shown = _new_key(pepper, actor.organisation_id, wanted, expires_at)
    return add(session, actor, key), shown


def _new_key(
    pepper: str, organisation_id: UUID, wanted: KeyFields, expires_at: datetime | None
) -> tuple[Key, str]:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    key = Key.model_validate(
        {
            "organisation_id": organisation_id,
            "role": Role(wanted.role).value,
            "label": wanted.label,
            "secret_hash": hash_secret(pepper, secret),
            "expires_at": expires_at,
        }
    )
    return key, f"{KEY_PREFIX}_{key.id.hex}_{secret}"


def end_of(last_day: date) -> datetime:
    """The instant from which a key opens nothing, where it holds through a day in Sweden."""
    return datetime.combine(last_day, time.max, SWEDEN).astimezone(UTC)


def authenticate(session: Session, pepper: str, shown: str, now: datetime) -> Actor:
    """The actor that a key belongs to; every invalid key gets the same refusal."""
    key, secret = _named_key(session, shown)
    expected = key.secret_hash if key else hash_secret(pepper, "no such key")
    fits = hmac.compare_digest(expected, hash_secret(pepper, secret))
    actor = _actor_of(key, now)
    if actor is None or not fits:
        raise NotAuthenticated("The key is missing, unknown, expired or revoked.")
    return actor


def find_actor(session: Session, key_id: UUID, now: datetime) -> Actor | None:
    """The actor that a key belongs to, while the key opens something."""
    return _actor_of(session.get(Key, key_id), now)


def _actor_of(key: Key | None, now: datetime) -> Actor | None:
    if key is None or not _holds(key, now):
        return None
    return Actor(key.organisation_id, key.id, Role(key.role))


def _holds(key: Key, now: datetime) -> bool:
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > now)


def _named_key(session: Session, shown: str) -> tuple[Key | None, str]:
    key_id, secret = id_in(shown), "_".join(shown.split("_", 2)[2:])
    return (session.get(Key, key_id) if key_id else None), secret


def id_in(shown: str) -> UUID | None:
    """The id in a key as it is shown; None where the text is no key."""
    prefix, _, rest = shown.partition("_")
    try:
        return UUID(rest.partition("_")[0]) if prefix == KEY_PREFIX else None
    except ValueError:
        return None


def hash_secret(pepper: str, secret: str) -> str:
    """What is stored of a secret: of no use without the pepper, which no database holds."""
    return hmac.digest(pepper.encode(), secret.encode(), "sha256").hex()


def select_visible_keys(actor: Actor) -> SelectOfScalar[Key]:
    return select_visible(Key, actor)


def revoke_key(session: Session, actor: Actor, key: Key, now: datetime) -> None:
    """Revokes it, but for the last that opens the register of keys: nobody could make another."""
    if key.role == Role.ADMIN and _holds(key, now):
        _refuse_last_admin(session, key, now)
    before = stored_values(key)
    _revoke(key, now)
    session.flush()
    record(session, actor, "revoked", key, before=before, after=stored_values(key))


def last_day_of(expires_at: datetime) -> date:
    return expires_at.astimezone(SWEDEN).date()


def _refuse_last_admin(session: Session, key: Key, now: datetime) -> None:
    # Two admins who revoke each other's keys at the same moment take turns here.
    owner = select(Organisation).where(Organisation.id == key.organisation_id)
    session.exec(owner.with_for_update(key_share=True)).one()
    others = select(Key.id).where(
        Key.organisation_id == key.organisation_id,
        Key.id != key.id,
        Key.role == Role.ADMIN.value,
        col(Key.revoked_at).is_(None),
        or_(col(Key.expires_at).is_(None), col(Key.expires_at) > now),
    )
    if session.exec(others.limit(1)).first() is None:
        raise Conflict(
            "last-admin-key",
            "No other admin key of the organisation is in force. Make one by POST /keys, or by "
            "`handslag create-key`, and revoke this one with it.",
        )


def revoke_key_by_operator(session: Session, key_id: UUID, now: datetime) -> None:
    """Revokes a key of any organisation, for the command line, whose user has no key."""
    key = session.get(Key, key_id)
    if key is None:
        raise NotFound("keys", key_id)
    before = stored_values(key)
    _revoke(key, now)
    session.flush()
    _record_by_operator(session, key.organisation_id, "revoked", key, before)


def revoke_all_by_operator(session: Session, now: datetime) -> int:
    """Revokes every key of every organisation, and says how many."""
    left = session.exec(select(Key.id).where(col(Key.revoked_at).is_(None))).all()
    for key_id in left:
        revoke_key_by_operator(session, key_id, now)
    return len(left)


def all_organisations(session: Session) -> list[Organisation]:
    """Those of the whole installation, oldest first, for those who run it."""
    oldest = (col(Organisation.created_at), col(Organisation.id))
    return list(session.exec(select(Organisation).order_by(*oldest)))


def keys_of(session: Session, organisation_id: UUID) -> list[Key]:
    """An organisation's keys, oldest first, for those who run the installation."""
    if session.get(Organisation, organisation_id) is None:
        raise NotFound("organisations", organisation_id)
    own = select(Key).where(Key.organisation_id == organisation_id)
    return list(session.exec(own.order_by(col(Key.created_at), col(Key.id))))


def _revoke(key: Key, now: datetime) -> None:
    if key.revoked_at:
        raise Conflict("already-revoked", f"The key was revoked at {key.revoked_at.isoformat()}.")
    key.revoked_at = now
    touch(key)


def _record_by_operator(
    session: Session,
    organisation_id: UUID,
    action: str,
    row: Key | Organisation | Policy,
    before: dict[str, Any] | None = None,
) -> None:
    """Writes the event of a change made on the command line, without the key of a caller."""
    event = Event(
        organisation_id=organisation_id,
        action=action,
        resource=resource_name(type(row)),
        resource_id=row.id,
        before=before,
        after=stored_values(row),
    )
    session.add(event)
