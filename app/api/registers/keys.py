from typing import Annotated, ClassVar

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field, Strict
from sqlmodel import Session

from app.api.http import (
    Changing,
    GuardedRoute,
    Input,
    KeyId,
    Listing,
    Page,
    Reading,
    StoredOutput,
    Storing,
    needs,
    stored_example,
)
from app.errors import FieldError, Invalid
from app.models.keys import Key, KeyFields, Role
from app.models.values import Day, Instant
from app.services.ground import may_manage_keys
from app.services.registers import keys

router = APIRouter(route_class=GuardedRoute, tags=["keys"])

EXAMPLE = {
    "role": "caseworker",
    "label": "Ärendesystemet",
    "expiresAt": "2019-01-01T00:00:00Z",
    "revokedAt": None,
}


class KeyInput(KeyFields, Input):
    """Which system the key is for, and what that may do."""

    example: ClassVar = {"role": "caseworker", "label": "Ärendesystemet", "lastDay": None}

    role: Annotated[Role, Strict(False)]
    """What the key may do."""
    last_day: Day | None = None
    """The last day on which it opens something, in Sweden. Null: it does not expire."""


class KeyOutput(KeyFields, StoredOutput):
    """A key without its secret, which nobody can read again."""

    example: ClassVar = stored_example("keys", EXAMPLE)

    role: Role
    """What the key may do."""
    expires_at: Instant | None = None
    """The instant from which it opens nothing. Null: it does not expire."""
    revoked_at: Instant | None = None
    """When it was revoked. Null: it was not."""


class NewKeyOutput(KeyOutput):
    """The same with the key itself, which is shown this once."""

    example: ClassVar = stored_example(
        "keys",
        EXAMPLE
        | {"expiresAt": None, "key": "hs_7f1c9a523c8e4f5c9d550f6a5b1f2a10_kDmZ0a1b2c3d4e5f"},
    )

    key: Annotated[str, Field(description="What the system sends after `Authorization: Bearer`.")]


@router.post("/keys", response_model=NewKeyOutput, status_code=201, summary="Make a key")
@needs(may_manage_keys)
def make_key(body: KeyInput, call: Storing) -> Response:
    """A key of the caller's organisation. It is shown this once: only a hash of it is stored.

    A repeat of the Idempotency-Key is refused (409 `shown-once`) and names the address of the key
    that was made. If its answer was lost, revoke that key and make another.
    """
    expires_at = keys.end_of(body.last_day) if body.last_day else None
    if expires_at and expires_at <= call.now():
        raise Invalid(FieldError("#/lastDay", "is past already: give a day to come"))

    def make(session: Session) -> Response:
        key, shown = keys.add_key(session, call.actor, call.state.pepper, body, expires_at)
        return call.created(call.show(NewKeyOutput, key, key=shown), key.version)

    return call.show_once(body, make)


@router.get("/keys", response_model=Page[KeyOutput], summary="List keys")
@needs(may_manage_keys)
def list_keys(call: Listing) -> Response:
    """The organisation's keys, oldest first, revoked and expired ones too."""
    query = keys.select_visible_keys(call.actor)
    with call.reading() as session:
        return call.answer(session, query, lambda row: call.show(KeyOutput, row))


@router.get("/keys/{keyId}", response_model=KeyOutput, summary="Read a key")
@needs(may_manage_keys)
def read_key(key_id: KeyId, call: Reading) -> Response:
    """What a key may do and how long it holds, with its version as ETag."""
    with call.reading() as session:
        key = call.find(session, Key, key_id)
        return call.single(call.show(KeyOutput, key), key.version)


@router.delete("/keys/{keyId}", status_code=204, summary="Revoke a key")
@needs(may_manage_keys)
def revoke_key(key_id: KeyId, call: Changing) -> Response:
    """From now on the key opens nothing. It stays in the list and shows when it was revoked.

    The last admin key in force cannot be revoked here: make another one first.
    """
    with call.writing() as session:
        key = call.find_for_change(session, Key, key_id)
        keys.revoke_key(session, call.actor, key, call.now())
        return call.deleted()
