"""What a run was given and whom it left without a place, stored with it as compressed columns.

The input is in canonical form, so that equal hashes mean equal inputs. Later releases may write
another form, but do not rewrite a stored snapshot, unless a person in it is deleted.
"""

import zlib
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

import numpy as np
import structlog
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

log = structlog.get_logger()

QUICKLY = 1  # zlib's level: the next ones take three times as long and save a tenth of the size
UNREADABLE = (UnreadableError, zlib.error)


@dataclass(frozen=True)
class Snapshot:
    """`input_hash` is that of the input's bytes before they were compressed."""

    input_hash: str
    content: bytes
    unmatched: bytes


def snapshot_of(given: engine.Given, unmatched: UnmatchedColumns) -> Snapshot:
    """Equal inputs give equal snapshots, in any order of rows and from either database.
    ``unmatched`` names rows of the input in canonical order."""
    packed = pack(given)
    left = pack_unmatched(unmatched)
    return Snapshot(
        sha256(packed).hexdigest(), zlib.compress(packed, QUICKLY), zlib.compress(left, QUICKLY)
    )


def add_snapshot(session: Session, run: MatchRun, snapshot: Snapshot) -> None:
    session.add(MatchRunSnapshot(match_run_id=run.id, content=snapshot.content))
    session.add(UnmatchedCandidates(match_run_id=run.id, content=snapshot.unmatched))


def read_given(session: Session, run: MatchRun) -> engine.Given:
    """The input of the run, without persons deleted since; the run says `redacted` if any were."""
    return given_of(content_of(session, run))


def content_of(session: Session, run: MatchRun) -> bytes:
    """The input of the run, still packed, for work in another process."""
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
    """The unmatched, as rows of `read_given`; None where no list is stored."""
    kept = session.get(UnmatchedCandidates, run.id)
    return None if kept is None else unpack_unmatched(zlib.decompress(kept.content))


@dataclass(frozen=True)
class Remains:
    """What is left of a run's snapshot without one person; None where nothing is left."""

    content: bytes | None
    unmatched: bytes | None


NOTHING = Remains(None, None)


def snapshot_without(session: Session, run: MatchRun, candidate_id: UUID) -> Remains | None:
    """What is left without one person; None where the person is not in it. A snapshot that cannot
    be read is dropped as a whole, as nobody can tell whether the person is in it."""
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
    """Replaces the snapshot; the run keeps its hash, which no longer fits the snapshot."""
    for model, content, name in (
        (MatchRunSnapshot, left.content, "snapshot"),
        (UnmatchedCandidates, left.unmatched, "unmatched candidates"),
    ):
        kept = session.get(model, run.id)
        if kept is not None and content is not None:
            kept.content = content
        elif kept is not None:
            session.delete(kept)
            log.warning(f"unreadable {name} deleted", match_run_id=str(run.id))


def _without(given: engine.Given, gone: str) -> engine.Given:
    return replace(
        given,
        candidates=given.candidates.taken(np.flatnonzero(given.candidates.id != gone)),
        pins=tuple(pair for pair in given.pins if pair[0] != gone),
        forbidden=tuple(pair for pair in given.forbidden if pair[0] != gone),
    )
