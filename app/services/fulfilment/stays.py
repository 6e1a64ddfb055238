"""A placement on one day: booked, active or over, from when to when, and what of it counts.

A placement and its extensions are one stay of one person: together they fill one place. A placement
that ended early, or never began, has no extension.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.models.clauses import ClauseTerms
from app.models.contracts import Contract
from app.models.placements import NO_SHOW, EndedBy, PlacementStatus
from app.services.fulfilment.facts import PlacementFact
from app.services.ground import KnownProgrammes, last_day_in_programme, last_day_of

BOOKED, ACTIVE, OVER, GONE = "booked", "active", "over", "gone"
FREE_OF_BLAME: set[EndedBy | None] = {"participant", "just-cause"}


@dataclass(frozen=True, slots=True)
class Part:
    """One placement on a day; `gone` means that it was called off or a no-show, and has no days."""

    placement: PlacementFact
    state: str
    first: date
    last: date
    ended_by: EndedBy | None = None

    @property
    def agreed_last(self) -> date:
        return self.placement.end_date


@dataclass(frozen=True, slots=True)
class Stay:
    """The parts of one person's time in a slot, the first one first."""

    parts: tuple[Part, ...]

    @property
    def slot_id(self) -> UUID:
        return self.parts[0].placement.slot_id

    @property
    def first(self) -> date:
        return min(part.first for part in self.parts)

    @property
    def over(self) -> list[Part]:
        return [part for part in self.parts if part.state == OVER]

    @property
    def standing(self) -> list[Part]:
        return [part for part in self.parts if part.state in (BOOKED, ACTIVE)]

    @property
    def ended_by(self) -> EndedBy | None:
        """Who ended the last part before its time; None where nobody did."""
        return self.parts[-1].ended_by


def part_on(placement: PlacementFact, day: date) -> Part:
    moves = placement.moved_by(day)
    started = next((one.on for one in moves if one.to == PlacementStatus.ACTIVE), None)
    last = moves[-1] if moves else None
    first, end = started or placement.start_date, placement.end_date
    if last is not None and last.to in (PlacementStatus.COMPLETED, PlacementStatus.ENDED_EARLY):
        state = OVER if started and last.reason != NO_SHOW else GONE
        return Part(placement, state, first, last.on, last.ended_by)
    if last is not None and last.to == PlacementStatus.CANCELLED:
        return Part(placement, GONE, first, end)
    return Part(placement, ACTIVE if started else BOOKED, first, end)


def stays_on(placements: Iterable[PlacementFact], day: date) -> list[Stay]:
    """The stays in the order of their first placements, each with its extensions."""
    parts = {placement.id: part_on(placement, day) for placement in placements}
    chains: dict[UUID, list[Part]] = {}
    stays: list[list[Part]] = []
    for part in sorted(
        parts.values(), key=lambda one: (one.placement.start_date, one.placement.id)
    ):
        before = part.placement.extends_placement_id
        if before in chains and _goes_on(parts[before], day):
            chain = chains[before]
        else:
            stays.append(chain := [])
            if before in chains and part.state == BOOKED:  # called off, or soon is
                part = parts[part.placement.id] = replace(part, state=GONE)
        chain.append(part)
        chains[part.placement.id] = chain
    return [Stay(tuple(chain)) for chain in stays]


def place_state(stay: Stay, terms: ClauseTerms, contract: Contract, day: date) -> str | None:
    """What the stay counts as: delivered, credited, active or booked; None where it is nothing."""

    if stay.over and _is_enough(stay, terms, contract, max(part.last for part in stay.over)):
        return "delivered"
    standing = _standing_on(stay, contract, day)
    if not standing and stay.over:
        agreed = stay.over[-1].agreed_last
        is_long_enough = _is_enough(stay, terms, contract, agreed)
        is_credited = is_long_enough and earns_credit(stay.over[-1], terms, stay.over)
        return "credited" if is_credited else None
    for state in (ACTIVE, BOOKED):
        is_so = any(part.state == state for part in standing)
        if is_so and _is_enough(stay, terms, contract, max(part.last for part in standing)):
            return state
    return None


def counts_if_extended(
    stay: Stay,
    terms: ClauseTerms,
    contract: Contract,
    slot_end: date,
    day: date,
    known: KnownProgrammes,
) -> bool:
    """Whether a stay that stands and does not count would count if it lasted as long as contract,
    slot and programme allow."""
    programme = stay.parts[0].placement.programme
    last = last_day_in_programme(known, programme, stay.first) or slot_end
    return (
        place_state(stay, terms, contract, day) is None
        and bool(_standing_on(stay, contract, day))
        and _is_enough(stay, terms, contract, min(last, slot_end))
    )


def _standing_on(stay: Stay, contract: Contract, day: date) -> list[Part]:
    """The parts that stand; none after the contract's end, even where no end was noted."""
    return [part for part in stay.standing if day <= contract.end_date and may_be(part, day)]


def _is_enough(stay: Stay, terms: ClauseTerms, contract: Contract, last: date) -> bool:
    first = max(stay.first, contract.start_date)
    return last_day_of(first, terms.minimum_months or 1) <= min(last, contract.end_date)


def earns_credit(part: Part, terms: ClauseTerms, parts: Sequence[Part] = ()) -> bool:
    """Whether it ended early without blame after enough of the agreed days, both ends included."""
    share = terms.early_end_share_percent
    if share is None or part.ended_by not in FREE_OF_BLAME or part.last >= part.agreed_last:
        return False
    whole = parts or [part]
    done = (part.last - min(one.first for one in whole)).days + 1
    agreed = (part.agreed_last - min(one.placement.start_date for one in whole)).days + 1
    return done * 100 >= share * agreed


def _goes_on(part: Part, day: date) -> bool:
    if part.state == OVER:
        return part.last == part.agreed_last
    return part.state != GONE and may_be(part, day)


def may_be(part: Part, day: date) -> bool:
    """False for a booked part whose last day has passed, as it never started."""
    return part.state == ACTIVE or part.last >= day
