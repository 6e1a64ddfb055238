"""What a run was given and whom it left, kept with it as compressed columns.

The input is in canonical form, so that its hash says whether two runs were given the same. What is
stored stays as it is, whatever form later releases write, unless a person leaves it.
"""

import zlib
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

import numpy as np
from sqlmodel import Session

from app.errors import Conflict
from app.matching import values as engine
from app.matching.answers.column_results import UnmatchedColumns as UnmatchedColumns
from app.matching.stored.packing import (
    UnreadableError,
    check_form,
    pack,
    pack_unmatched,
    unpack,
    unpack_unmatched,
)
from app.models.match_runs import MatchRun, MatchRunSnapshot, UnmatchedCandidates

QUICKLY = 1  # zlib's level: the next ones take thrice the time for a tenth of the size
UNREADABLE = (UnreadableError, zlib.error)


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
    kept = session.get(MatchRunSnapshot, run.id)
    if kept is None:
        raise Conflict(
            "redacted",
            "Someone whom the run matched has left the service, and what the run was given went "
            "with them. What it answered for the others stays; start a new run to ask more.",
        )
    return kept.content


def given_of(content: bytes) -> engine.Given:
    return unpack(zlib.decompress(content))


def read_stored_unmatched(session: Session, run: MatchRun) -> UnmatchedColumns | None:
    """By rows of `read_given`; None where there is no list, or no longer."""
    kept = session.get(UnmatchedCandidates, run.id)
    return None if kept is None else unpack_unmatched(zlib.decompress(kept.content))


@dataclass(frozen=True)
class Remains:
    """What is left of a run's snapshot when a person has gone out of it; None: nothing."""

    content: bytes | None
    unmatched: bytes | None


NOTHING = Remains(None, None)


def snapshot_without(session: Session, run: MatchRun, candidate_id: UUID) -> Remains | None:
    """What is left without one person; None where they are not in it. What cannot be read goes as
    a whole: nobody can tell whether they are in it."""
    kept = session.get(MatchRunSnapshot, run.id)
    if kept is None:
        return None
    gone = str(candidate_id)
    try:
        packed = zlib.decompress(kept.content)
        check_form(packed)
        if gone.encode() not in packed:
            return None
        given = unpack(packed)
    except UNREADABLE:
        return NOTHING
    left = zlib.compress(pack(_without(given, gone)), QUICKLY)
    return Remains(left, _unmatched_without(session, run, given, gone))


def _unmatched_without(
    session: Session, run: MatchRun, given: engine.Given, gone: str
) -> bytes | None:
    try:
        unmatched = read_stored_unmatched(session, run)
    except UNREADABLE:
        return None
    if unmatched is None:
        return None
    for row in np.flatnonzero(given.candidates.id == gone).tolist():
        unmatched = unmatched.without(row)
    return zlib.compress(pack_unmatched(unmatched), QUICKLY)


def replace_snapshot(session: Session, run: MatchRun, left: Remains) -> None:
    """The run's hash stays, and says no longer what the snapshot holds."""
    for model, content in (
        (MatchRunSnapshot, left.content),
        (UnmatchedCandidates, left.unmatched),
    ):
        kept = session.get(model, run.id)
        if kept is not None and content is not None:
            kept.content = content
        elif kept is not None:
            session.delete(kept)


def _without(given: engine.Given, gone: str) -> engine.Given:
    return replace(
        given,
        candidates=given.candidates.taken(np.flatnonzero(given.candidates.id != gone)),
        pins=tuple(pair for pair in given.pins if pair[0] != gone),
        forbidden=tuple(pair for pair in given.forbidden if pair[0] != gone),
    )
