from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import Response

from app.api.http import (
    Changing,
    GuardedRoute,
    KeyId,
    Listing,
    Page,
    Reading,
    StoredOutput,
    needs,
    stored_example,
)
from app.models.keys import Key, KeyFields, Role
from app.models.values import Instant
from app.services.ground import may_manage_keys
from app.services.registers import keys

router = APIRouter(route_class=GuardedRoute, tags=["keys"])

EXAMPLE = {
    "role": "caseworker",
    "label": "Ärendesystemet",
    "expiresAt": "2019-01-01T00:00:00Z",
    "revokedAt": None,
}


class KeyOutput(KeyFields, StoredOutput):
    """A key without its secret, which nobody can read again."""

    example: ClassVar = stored_example("keys", EXAMPLE)

    role: Role
    """What the key may do."""
    expires_at: Instant | None = None
    """The instant from which it opens nothing. Null: it does not expire."""
    revoked_at: Instant | None = None
    """When it was revoked. Null: it was not."""


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
    """From now on the key opens nothing. It stays in the list and shows when it was revoked."""
    with call.writing() as session:
        key = call.find_for_change(session, Key, key_id)
        keys.revoke_key(session, call.actor, key, call.now())
        return call.deleted()
