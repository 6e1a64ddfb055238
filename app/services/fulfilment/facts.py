"""What a verdict follows from: a clause with its contract, slots, placements and follow-ups.

A placement's state on a day follows from its moves up to that day. Moves of one day are ordered by
how far they lead, so that the order in which they were noted does not matter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.models.clauses import Clause, ClauseTerms, ClauseVersion
from app.models.contracts import Contract
from app.models.follow_ups import FollowUp, FollowUpKind
from app.models.placements import EndedBy, PlacementStatus
from app.reference.programmes import REFERENCE, KnownProgrammes

ORDER = {status: rank for rank, status in enumerate(PlacementStatus)}


@dataclass(frozen=True, slots=True)
class SlotFact:
    """What a verdict needs of a slot: its supplier, how many people it holds at once, its working
    time in percent, its last start and last day, and its title."""

    supplier_id: UUID
    at_once: int
    least_extent: int
    most_extent: int
    latest_start: date
    end_date: date
    title: str


@dataclass(frozen=True, slots=True)
class MoveFact:
    to: PlacementStatus
    on: date
    ended_by: EndedBy | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PlacementFact:
    """Dates and extent as they were agreed, and the moves that are known."""

    id: UUID
    slot_id: UUID
    extends_placement_id: UUID | None
    start_date: date
    end_date: date
    programme: str = ""
    extent_percent: int | None = None
    moves: tuple[MoveFact, ...] = ()

    def moved_by(self, day: date) -> tuple[MoveFact, ...]:
        """The moves up to the day, in the order in which they happened."""
        past = [move for move in self.moves if move.on <= day]
        return tuple(sorted(past, key=lambda move: (move.on, ORDER[move.to])))


@dataclass(frozen=True)
class ClauseFacts:
    """`slots` and `placements` are the clause's own, `follow_ups` those that no other corrects;
    `programmes` are those that the organisation can name."""

    clause: Clause
    contract: Contract
    versions: Sequence[ClauseVersion]
    slots: Mapping[UUID, SlotFact] = field(default_factory=dict)
    placements: Sequence[PlacementFact] = ()
    follow_ups: Sequence[FollowUp] = ()
    programmes: KnownProgrammes = REFERENCE

    def terms_on(self, day: date) -> ClauseTerms:
        return version_on(self.versions, day)

    def follow_ups_on(self, day: date, *kinds: FollowUpKind) -> list[FollowUp]:
        """The follow-ups of these kinds up to the day, oldest first."""
        happened = [one for one in self.follow_ups if one.kind in kinds and one.on <= day]
        return sorted(happened, key=lambda one: (one.on, one.created_at))


def version_on(versions: Sequence[ClauseVersion], day: date) -> ClauseVersion:
    """The version in force that day; where several begin on the same day, the one stored last."""
    in_force = [
        version
        for version in versions
        if version.effective_from is None or version.effective_from <= day
    ]
    return max(
        in_force,
        key=lambda version: (version.effective_from or date.min, version.number),
    )


def uncorrected(follow_ups: Sequence[FollowUp]) -> list[FollowUp]:
    """The follow-ups that stand: a correction takes the place of what it corrects."""
    corrected = {one.corrects_follow_up_id for one in follow_ups}
    return [one for one in follow_ups if one.id not in corrected]
