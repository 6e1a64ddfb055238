"""What a run was given and whom it left, kept with it as compressed columns.

The input is in canonical form, so that its hash says whether two runs were given the same.
"""

import zlib
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

import numpy as np
from sqlmodel import Session

from app.matching import values as engine
from app.matching.answers.column_results import UnmatchedColumns
from app.matching.stored.packing import pack, pack_unmatched, unpack, unpack_unmatched
from app.models.match_runs import MatchRun, MatchRunSnapshot, UnmatchedCandidates

QUICKLY = 1  # zlib's level: the next ones take thrice the time for a tenth of the size


@dataclass(frozen=True)
class Snapshot:
    """`input_hash` is that of the input's bytes before they were compressed."""

    input_hash: str
    content: bytes
    unmatched: bytes


def snapshot_of(given: engine.Given, unmatched: UnmatchedColumns) -> Snapshot:
    """The same input gives the same, in any order of rows, from either database. ``unmatched`` is
    of that input in canonical order."""
    packed = pack(given)
    left = pack_unmatched(unmatched)
    return Snapshot(
        sha256(packed).hexdigest(), zlib.compress(packed, QUICKLY), zlib.compress(left, QUICKLY)
    )


def add_snapshot(session: Session, run: MatchRun, snapshot: Snapshot) -> None:
    session.add(MatchRunSnapshot(match_run_id=run.id, content=snapshot.content))
    session.add(UnmatchedCandidates(match_run_id=run.id, content=snapshot.unmatched))


def read_given(session: Session, run: MatchRun) -> engine.Given:
    """The input of the run, less those who have left since: the run says `redacted` then."""
    return given_of(content_of(session, run))


def content_of(session: Session, run: MatchRun) -> bytes:
    """The same, still packed, for work that is done elsewhere."""
    return session.get_one(MatchRunSnapshot, run.id).content


def given_of(content: bytes) -> engine.Given:
    return unpack(zlib.decompress(content))


def read_unmatched(session: Session, run: MatchRun) -> UnmatchedColumns:
    """By rows of `read_given`."""
    kept = session.get_one(UnmatchedCandidates, run.id)
    return unpack_unmatched(zlib.decompress(kept.content))


def snapshot_without(session: Session, run: MatchRun, candidate_id: UUID) -> Snapshot | None:
    """What is left without one person; None where they are not in it."""
    kept = session.get(MatchRunSnapshot, run.id)
    gone = str(candidate_id)
    if kept is None or gone.encode() not in (packed := zlib.decompress(kept.content)):
        return None
    given = unpack(packed)
    (row,) = np.flatnonzero(given.candidates.id == gone)
    return snapshot_of(_without(given, gone), read_unmatched(session, run).without(int(row)))


def replace_snapshot(session: Session, run: MatchRun, left: Snapshot) -> None:
    """The run's hash stays, and says no longer what the snapshot holds."""
    session.get_one(MatchRunSnapshot, run.id).content = left.content
    session.get_one(UnmatchedCandidates, run.id).content = left.unmatched


def _without(given: engine.Given, gone: str) -> engine.Given:
    return replace(
        given,
        candidates=given.candidates.taken(np.flatnonzero(given.candidates.id != gone)),
        pins=tuple(pair for pair in given.pins if pair[0] != gone),
        forbidden=tuple(pair for pair in given.forbidden if pair[0] != gone),
    )
