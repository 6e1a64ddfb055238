"""Keys: the command line makes and shows them once; the service stores a peppered hash."""

import hmac
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict, NotAuthenticated, NotFound
from app.models.events import Event
from app.models.keys import Key, Role
from app.models.organisations import Organisation
from app.models.policies import Policy
from app.models.rows import stored_values
from app.services.ground import Actor, record, resource_name, select_visible, touch
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
    secret = secrets.token_urlsafe(SECRET_BYTES)
    key = Key.model_validate(
        {
            "organisation_id": organisation_id,
            "role": role.value,
            "label": label,
            "secret_hash": hash_secret(pepper, secret),
            "expires_at": expires_at,
        }
    )
    session.add(key)
    session.flush()
    _record_by_operator(session, organisation_id, "created", key)
    return f"{KEY_PREFIX}_{key.id.hex}_{secret}"


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
    if key is None or key.revoked_at or (key.expires_at and key.expires_at <= now):
        return None
    return Actor(key.organisation_id, key.id, Role(key.role))


def _named_key(session: Session, shown: str) -> tuple[Key | None, str]:
    prefix, _, rest = shown.partition("_")
    key_id, _, secret = rest.partition("_")
    try:
        return (session.get(Key, UUID(key_id)) if prefix == KEY_PREFIX else None), secret
    except ValueError:
        return None, secret


def hash_secret(pepper: str, secret: str) -> str:
    """What is stored of a secret: of no use without the pepper, which no database holds."""
    return hmac.digest(pepper.encode(), secret.encode(), "sha256").hex()


def select_visible_keys(actor: Actor) -> SelectOfScalar[Key]:
    return select_visible(Key, actor)


def revoke_key(session: Session, actor: Actor, key: Key, now: datetime) -> None:
    before = stored_values(key)
    _revoke(key, now)
    session.flush()
    record(session, actor, "revoked", key, before=before, after=stored_values(key))


def revoke_key_by_operator(session: Session, key_id: UUID, now: datetime) -> None:
    """Revokes a key of any organisation, for the command line, whose user has no key."""
    key = session.get(Key, key_id)
    if key is None:
        raise NotFound("keys", key_id)
    before = stored_values(key)
    _revoke(key, now)
    session.flush()
    _record_by_operator(session, key.organisation_id, "revoked", key, before)


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
