"""The body of an assignment: hundreds of thousands of pairs, read and checked in bulk.

A right body is decoded by msgspec and checked in columns, under a microsecond a pair. Whatever that
does not take is read anew by the shapes, which say what is wrong; so both take the same bodies.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Annotated, ClassVar

import msgspec
import numpy as np
from pydantic import Field, TypeAdapter, ValidationError

from app.api.http import Input, checked_in_parts, read_json
from app.api.runs.own_ids import MOST_ROWS, OwnId, refuse_repeated_ids
from app.services.runs.assignments import (
    GivenMarket,
    Ints,
    OfferedSlot,
    ScoredPair,
)

MOST_PLACES = 1_000_000
MOST_POINTS = 1_000_000
MOST_PAIRS = 700_000  # about what a body of 32 MiB holds
BYTES_OF_A_LIST = 500_000


class AssignmentSlotInput(Input):
    """A slot with its places."""

    id: OwnId
    """The caller's own id of the slot, unique in the call."""
    places: Annotated[int, Field(ge=0, le=MOST_PLACES)]
    """How many candidates it can have."""
    tier: Annotated[int, Field(ge=0, le=2)]
    """Which places come first: 2, then 1. Those of tier 0 count in points alone."""


class AssignmentCandidateInput(Input):
    """Somebody who can have a place."""

    id: OwnId
    """The caller's own id of the candidate, unique in the call."""


class AssignmentPairInput(Input):
    """A pair that is possible."""

    candidate_id: OwnId
    """One of the candidates."""
    slot_id: OwnId
    """One of the slots."""
    points: Annotated[int, Field(ge=1, le=MOST_POINTS)]
    """What the pair is worth."""


class AssignmentInput(Input):
    """Places, candidates and the points of the pairs that are possible."""

    example: ClassVar = {
        "slots": [{"id": "p1", "places": 1, "tier": 1}, {"id": "p2", "places": 1, "tier": 0}],
        "candidates": [{"id": "k1"}, {"id": "k2"}],
        "pairs": [
            {"candidateId": "k1", "slotId": "p1", "points": 900},
            {"candidateId": "k2", "slotId": "p1", "points": 700},
            {"candidateId": "k2", "slotId": "p2", "points": 400},
        ],
    }

    slots: Annotated[list[AssignmentSlotInput], Field(max_length=MOST_ROWS)]
    """Where there are places."""
    candidates: Annotated[list[AssignmentCandidateInput], Field(max_length=MOST_ROWS)]
    """Who can have one; each gets one at most."""
    pairs: Annotated[list[AssignmentPairInput], Field(max_length=MOST_PAIRS)]
    """The pairs that are possible. What is not listed is not."""


class _Slot(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    id: str
    places: Annotated[int, msgspec.Meta(ge=0, le=MOST_PLACES)]
    tier: Annotated[int, msgspec.Meta(ge=0, le=2)]


class _Candidate(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    id: str


class _Pair(msgspec.Struct, forbid_unknown_fields=True, gc=False, rename="camel"):
    candidate_id: str
    slot_id: str
    points: Annotated[int, msgspec.Meta(ge=1, le=MOST_POINTS)]


class _Sent(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    slots: Annotated[list[_Slot], msgspec.Meta(max_length=MOST_ROWS)]
    candidates: Annotated[list[_Candidate], msgspec.Meta(max_length=MOST_ROWS)]
    pairs: msgspec.Raw

    def texts(self, pairs: int) -> int:
        """How many names and texts a body has that says each thing once."""
        return 3 + 4 * len(self.slots) + 2 * len(self.candidates) + 5 * pairs


SENT = msgspec.json.Decoder(_Sent)
PAIRS = msgspec.json.Decoder(list[_Pair])
OWN_IDS: TypeAdapter[list[str]] = TypeAdapter(list[OwnId])


def read_market(body: bytes) -> GivenMarket:
    """The market that was sent; Invalid with a pointer to each field that is wrong."""
    return read_in_bulk(body) or read_by_shape(body)


def read_in_bulk(body: bytes) -> GivenMarket | None:
    """None for a body that is wrong, and for one that has to be looked at more closely."""
    try:
        sent = SENT.decode(body)
        market = _in_columns(sent)
    except (msgspec.MsgspecError, RecursionError, ValidationError, KeyError):
        return None
    if len(market.points) > MOST_PAIRS:
        return None
    # A name that is given twice, even where it is written with escapes, has two quotes more.
    if body.count(b'"') != 2 * sent.texts(len(market.points)):
        return None
    keys = np.sort(market.keys)
    return None if (keys[1:] == keys[:-1]).any() else market


def _in_columns(sent: _Sent) -> GivenMarket:
    """Raises KeyError where a pair names what was not sent in the same letters."""
    slots = [
        OfferedSlot(name, slot.places, slot.tier)
        for name, slot in zip(_ids(sent.slots), sent.slots, strict=True)
    ]
    candidates = _ids(sent.candidates)
    slot_rows = {slot.id: row for row, slot in enumerate(sent.slots)}
    candidate_rows = {person.id: row for row, person in enumerate(sent.candidates)}
    parts = [
        (
            _column(map(slot_rows.__getitem__, map(attrgetter("slot_id"), pairs))),
            _column(map(candidate_rows.__getitem__, map(attrgetter("candidate_id"), pairs))),
            _column(map(attrgetter("points"), pairs)),
        )
        for pairs in map(PAIRS.decode, _lists_of_pairs(bytes(sent.pairs)))
    ]
    columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    return GivenMarket(slots, candidates, *columns)


def _lists_of_pairs(pairs: bytes) -> Iterator[bytes]:
    """Shorter lists, because all pairs at once would fill the memory. One that was cut within a
    text is no JSON any more."""
    first = 1
    while (end := pairs.find(b"},", first + BYTES_OF_A_LIST)) > 0:
        yield b"[" + pairs[first : end + 1] + b"]"
        first = end + 2
    yield b"[" + pairs[first:]


def _column(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, np.int64)


def _ids(rows: Sequence[_Slot] | Sequence[_Candidate]) -> list[str]:
    """The ids, checked and written as the shapes do it; KeyError where one comes twice."""
    ids = OWN_IDS.validate_python([row.id for row in rows], strict=True)
    if len(set(ids)) < len(ids):
        raise KeyError("an id comes twice")
    return ids


def read_by_shape(body: bytes) -> GivenMarket:
    slots: list[AssignmentSlotInput] = []
    candidates: list[AssignmentCandidateInput] = []
    pairs: list[ScoredPair] = []
    for part in checked_in_parts(AssignmentInput, read_json(body), "slots", "candidates", "pairs"):
        slots += part.slots
        candidates += part.candidates
        pairs += (ScoredPair(one.candidate_id, one.slot_id, one.points) for one in part.pairs)
    refuse_repeated_ids("slots", slots)
    refuse_repeated_ids("candidates", candidates)
    offered = [OfferedSlot(one.id, one.places, one.tier) for one in slots]
    return GivenMarket.of(offered, [one.id for one in candidates], pairs)
