"""What a run was given, as canonical bytes: the same input gives the same bytes, in any order."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlmodel import Session

from app import matching as engine
from app.models.match_runs import MatchRun, MatchRunSnapshot
from app.services.match_run_inputs import EngineInput

_INPUT: TypeAdapter[EngineInput] = TypeAdapter(EngineInput)
_FIELDS = {
    shape: tuple(field.name for field in fields(shape))
    for shape in (EngineInput, engine.Policy, engine.Candidate, engine.Slot, engine.Demands)
}


def in_canonical_order(given: EngineInput) -> EngineInput:
    """The same input with every list whose order says nothing sorted."""
    return replace(
        given,
        candidates=tuple(sorted(given.candidates, key=lambda person: person.id)),
        slots=tuple(sorted(given.slots, key=lambda slot: slot.id)),
        pins=tuple(sorted(set(given.pins))),
        forbidden=tuple(sorted(set(given.forbidden))),
    )


def encode(given: EngineInput) -> bytes:
    plain = _plain(in_canonical_order(given))
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def decode(content: bytes) -> EngineInput:
    return _INPUT.validate_json(content)


def hash_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def add_snapshot(session: Session, run: MatchRun, content: bytes) -> None:
    compressed = zlib.compress(content)
    session.add(MatchRunSnapshot(match_run_id=run.id, content=compressed))


def read_snapshot(session: Session, run: MatchRun) -> EngineInput:
    return decode(zlib.decompress(_snapshot_of(session, run).content))


def forget_in_snapshot(session: Session, run: MatchRun, candidate_id: UUID) -> None:
    """Takes one person out; the run's hash stays, and says no longer what the snapshot holds."""
    gone = str(candidate_id)
    given = read_snapshot(session, run)
    left = replace(
        given,
        candidates=tuple(person for person in given.candidates if person.id != gone),
        pins=tuple(pair for pair in given.pins if pair[0] != gone),
        forbidden=tuple(pair for pair in given.forbidden if pair[0] != gone),
    )
    _snapshot_of(session, run).content = zlib.compress(encode(left))


def _snapshot_of(session: Session, run: MatchRun) -> MatchRunSnapshot:
    return session.get_one(MatchRunSnapshot, run.id)


def _plain(value: Any) -> Any:
    if isinstance(value, (str, int, float)) or value is None:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return {name: _plain(getattr(value, name)) for name in _FIELDS[type(value)]}
