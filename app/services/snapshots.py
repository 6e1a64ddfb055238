"""What a run was given, kept with it: compressed canonical bytes, and the hash of those bytes."""

import zlib
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

import numpy as np
from sqlmodel import Session

from app import matching as engine
from app.models.match_runs import MatchRun, MatchRunSnapshot

QUICKLY = 1  # zlib's level: the next ones take thrice the time for a tenth of the size


@dataclass(frozen=True)
class Snapshot:
    """`input_hash` is that of the bytes before they were compressed."""

    input_hash: str
    content: bytes


def snapshot_of(given: engine.Given) -> Snapshot:
    """The same input gives the same, in any order of rows, from either database."""
    packed = engine.pack(given)
    return Snapshot(sha256(packed).hexdigest(), zlib.compress(packed, QUICKLY))


def add_snapshot(session: Session, run: MatchRun, snapshot: Snapshot) -> None:
    session.add(MatchRunSnapshot(match_run_id=run.id, content=snapshot.content))


def read_given(session: Session, run: MatchRun) -> engine.Given:
    """The input of the run, less those who have left since: the run says `redacted` then."""
    return given_of(content_of(session, run))


def content_of(session: Session, run: MatchRun) -> bytes:
    """The same, still packed, for work that is done elsewhere."""
    return _row_of(session, run).content


def given_of(content: bytes) -> engine.Given:
    return engine.unpack(zlib.decompress(content))


def forget_in_snapshot(session: Session, run: MatchRun, candidate_id: UUID) -> None:
    """Takes one person out; the run's hash stays, and says no longer what the snapshot holds."""
    gone, given = str(candidate_id), read_given(session, run)
    left = replace(
        given,
        candidates=given.candidates.taken(np.flatnonzero(given.candidates.id != gone)),
        pins=tuple(pair for pair in given.pins if pair[0] != gone),
        forbidden=tuple(pair for pair in given.forbidden if pair[0] != gone),
    )
    _row_of(session, run).content = snapshot_of(left).content


def _row_of(session: Session, run: MatchRun) -> MatchRunSnapshot:
    return session.get_one(MatchRunSnapshot, run.id)
