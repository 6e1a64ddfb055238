"""One effect for each Idempotency-Key: the answer is stored in the transaction of its effect."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NewType, Self
from uuid import UUID

from fastapi import Request, Response
from pydantic import BaseModel
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import utc_now
from app.errors import Conflict, FieldError, Invalid
from app.models.idempotency import IdempotencyRecord
from app.services.ground import Actor

KEPT = timedelta(hours=24)
WRITTEN_ID = re.compile(r"[0-9A-Fa-f-]{36}")
REPLAYED_HEADERS = ("content-type", "location", "etag")


Fingerprint = NewType("Fingerprint", str)
"""The hash of a body, by which a repeat with another body is told."""


def fingerprint_of(body: BaseModel) -> Fingerprint:
    try:
        content = json.dumps(body.model_dump(mode="json"), sort_keys=True)
    except ValueError as error:
        raise Invalid(FieldError("#", "is nested deeper than anything here can be")) from error
    return Fingerprint(sha256(content.encode()).hexdigest())


@dataclass(frozen=True)
class Repeat:
    """What makes two calls the same: caller, method, path, key; and the body to compare."""

    key_id: UUID
    method: str
    path: str
    idempotency_key: str
    body_hash: str

    @classmethod
    def of(
        cls, actor: Actor, request: Request, key: str | None, body: BaseModel | Fingerprint
    ) -> Self | None:
        if key is None:
            return None
        body_hash = fingerprint_of(body) if isinstance(body, BaseModel) else body
        # The same resource, however its id is written in the address.
        path = WRITTEN_ID.sub(lambda found: found[0].lower(), request.url.path)
        return cls(actor.key_id, request.method, path, key, body_hash)


def answer_once(
    session: Session,
    repeat: Repeat | None,
    action: Callable[[Session], Response],
    keeps_content: bool = True,
) -> Response:
    """Runs the action and keeps its answer, or gives the answer kept before. Without its content
    a repeat is refused: it showed a secret."""
    if repeat is None:
        return action(session)
    now = utc_now()
    _forget_old(session, now)
    _claim(session, repeat, now)
    record = session.exec(_select_records(repeat)).one()
    if (kept := _answer_of(record, repeat)) is not None:
        return kept
    answer = action(session)
    record.status = answer.status_code
    record.content = bytes(answer.body).decode() if keeps_content else None
    record.headers = {n: answer.headers[n] for n in REPLAYED_HEADERS if n in answer.headers}
    return answer


def kept_answer(session: Session, repeat: Repeat | None) -> Response | None:
    """The answer kept before, for an operation that works long before it stores anything."""
    if repeat is None:
        return None
    young = _select_records(repeat).where(col(IdempotencyRecord.created_at) >= utc_now() - KEPT)
    record = session.exec(young).one_or_none()
    return None if record is None else _answer_of(record, repeat)


def _answer_of(record: IdempotencyRecord, repeat: Repeat) -> Response | None:
    if record.body_hash != repeat.body_hash:
        raise Invalid(FieldError("Idempotency-Key", "was used with another body; take a new one"))
    if record.status is None:
        return None
    if record.content is None:
        made = (record.headers or {}).get("location", "what it made")
        raise Conflict(
            "shown-once",
            "The answer to this Idempotency-Key showed a secret, which is not kept. It made "
            f"{made}. If the answer was lost, make another one under a new key.",
        )
    return Response(record.content, record.status, record.headers)


def _select_records(repeat: Repeat) -> SelectOfScalar[IdempotencyRecord]:
    return select(IdempotencyRecord).where(
        IdempotencyRecord.key_id == repeat.key_id,
        IdempotencyRecord.method == repeat.method,
        IdempotencyRecord.path == repeat.path,
        IdempotencyRecord.idempotency_key == repeat.idempotency_key,
    )


def _forget_old(session: Session, now: datetime) -> None:
    # Every caller's: otherwise the records of one who stops calling would stay for ever.
    session.execute(delete(IdempotencyRecord).where(col(IdempotencyRecord.created_at) < now - KEPT))


def _claim(session: Session, repeat: Repeat, now: datetime) -> None:
    """Makes the record of this key if there is none; a duplicate waits until the first is done."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    values = IdempotencyRecord(created_at=now, **vars(repeat)).model_dump()
    session.execute(dialect.insert(IdempotencyRecord).values(values).on_conflict_do_nothing())
