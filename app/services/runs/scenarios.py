"""Scenarios: a run's input with some changes, solved again beside the original. Stores nothing.

All changes are made at once: their order does not matter, and no two may settle the same thing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from app.errors import FieldError, Invalid
from app.matching import values as engine
from app.matching.engine import solve
from app.matching.errors import TooLargeError
from app.matching.scenarios import Change as Change
from app.matching.scenarios import Forbid as Forbid
from app.matching.scenarios import MaximumDistance as MaximumDistance
from app.matching.scenarios import Pin as Pin
from app.matching.scenarios import Places as Places
from app.matching.scenarios import RemoveCandidate as RemoveCandidate
from app.matching.scenarios import SupervisorCapacity as SupervisorCapacity
from app.matching.scenarios import changed
from app.matching.scenarios import compare as compared
from app.services.engine.answers import Json, comparison_json
from app.services.engine.one_pair import codes_against
from app.services.engine.snapshots import given_of

FIELDS = {"candidate_id": "candidateId", "slot_id": "slotId"}


def compare(content: bytes, changes: Sequence[Change]) -> Json:
    """Compares the run of this snapshot with the same run under the changes.

    Raises Invalid, with pointers into `changes`, for a change that names what is not in the run,
    contradicts another change or is impossible.
    """
    before = given_of(content)
    _refuse(chain(_unknown(before, changes), _settled_twice(changes), _of_the_removed(changes)))
    after = changed(before, changes)
    _refuse(_impossible_pins(after, changes))
    try:
        return comparison_json(compared(solve(before), solve(after)))
    except TooLargeError as error:
        raise Invalid(FieldError("#/changes", str(error))) from error


def _refuse(wrong: Iterable[FieldError]) -> None:
    if found := list(wrong):
        raise Invalid(*found)


def _settled_twice(changes: Sequence[Change]) -> Iterator[FieldError]:
    settled: dict[tuple[object, ...], int] = {}
    for number, change in enumerate(changes):
        earlier = {settled.setdefault(what, number) for what in _settles(change)} - {number}
        if earlier:
            detail = f"settles what #/changes/{min(earlier)} settles; leave one of them out"
            yield FieldError(f"#/changes/{number}", detail)


def _settles(change: Change) -> tuple[tuple[object, ...], ...]:
    """Keys of what the change settles; no other change may settle the same."""
    match change:
        case Pin(candidate_id, slot_id):
            return ("pin", candidate_id), ("pair", candidate_id, slot_id)
        case Forbid(candidate_id, slot_id):
            return (("pair", candidate_id, slot_id),)
        case Places(slot_id) | SupervisorCapacity(slot_id):
            return ((type(change), slot_id),)
        case RemoveCandidate(candidate_id) | MaximumDistance(_, candidate_id):
            return ((type(change), candidate_id),)


def _of_the_removed(changes: Sequence[Change]) -> Iterator[FieldError]:
    removals = {
        change.candidate_id: number
        for number, change in enumerate(changes)
        if isinstance(change, RemoveCandidate)
    }
    for number, change in enumerate(changes):
        name = getattr(change, "candidate_id", None)
        if name in removals and not isinstance(change, RemoveCandidate):
            detail = f"is the candidate that #/changes/{removals[name]} removes"
            yield FieldError(f"#/changes/{number}/candidateId", detail)


def _unknown(given: engine.Given, changes: Sequence[Change]) -> Iterator[FieldError]:
    known = {
        "candidate_id": set(given.candidates.id.tolist()),
        "slot_id": set(given.slots.id.tolist()),
    }
    for number, change in enumerate(changes):
        for name, shown in FIELDS.items():
            value = getattr(change, name, None)
            if value is not None and value not in known[name]:
                detail = f"names no {name.removesuffix('_id')} of this run"
                yield FieldError(f"#/changes/{number}/{shown}", detail)


def _impossible_pins(given: engine.Given, changes: Sequence[Change]) -> Iterator[FieldError]:
    """Pins that the changed input does not allow. The run's own pins were possible, so that only
    the room for them can have become too small."""
    for number, change in enumerate(changes):
        if isinstance(change, Pin) and (
            codes := codes_against(given, change.candidate_id, change.slot_id)
        ):
            yield FieldError(f"#/changes/{number}", f"cannot be: {', '.join(codes)}")
    free = dict(zip(given.slots.id.tolist(), given.slots.free_places().tolist(), strict=True))
    pinned = Counter(slot_id for _, slot_id in given.pins)
    last = {getattr(change, "slot_id", ""): number for number, change in enumerate(changes)}
    for slot_id, number in last.items():
        if pinned[slot_id] > free.get(slot_id, 0):
            detail = f"leaves fewer free places ({free[slot_id]}) than pins ({pinned[slot_id]})"
            yield FieldError(f"#/changes/{number}", detail)
