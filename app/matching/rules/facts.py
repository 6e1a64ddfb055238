"""What a text for a person needs to know about a rule that fails, or about a pair's points."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.matching.sides.distance import metres, unit_vectors
from app.matching.values import CLOSED_REASONS, Candidate, Fact, Slot, last_day_of

Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Case:
    """One pair to be explained, as the caller's own values."""

    person: Candidate
    slot: Slot
    digits: int
    as_of: date

    @property
    def start(self) -> date:
        """The first day both sides and the run allow."""
        return max(self.slot.earliest_start, self.person.available_from, self.as_of)


def failure_facts(code: str, case: Case) -> Facts:
    """The facts behind one reason code of this pair."""
    return {} if code in CLOSED_REASONS else FACTS[code](case)


def _occupation(case: Case) -> Facts:
    wished = tuple(case.person.occupations)
    return {"wished": wished, "offered": case.slot.ssyk, "digits": case.digits}


def _distance(case: Case) -> Facts:
    ends = unit_vectors(np.array([case.person.position, case.slot.position]))
    apart = int(metres(ends[:1], ends[1:])[0])
    return {"metres": apart, "longest_metres": 1000 * case.person.maximum_distance_km}


def _availability(case: Case) -> Facts:
    facts: dict[str, Fact] = {
        "start": case.start.isoformat(),
        "latest_start": case.slot.latest_start.isoformat(),
        "months": case.slot.minimum_months,
        "slot_end": case.slot.end.isoformat(),
    }
    needed = int(last_day_of(np.array(case.start.toordinal()), np.array(case.slot.minimum_months)))
    if needed <= date.max.toordinal():
        facts["needed_until"] = date.fromordinal(needed).isoformat()
    if case.person.available_to is not None:
        facts["available_to"] = case.person.available_to.isoformat()
    return facts


def _programme(case: Case) -> Facts:
    longest = max((months for _, months in case.person.programmes), default=0)
    return {"cleared": bool(case.person.programmes), "longest_months": longest} | {
        "months": case.slot.minimum_months
    }


def _extent(case: Case) -> Facts:
    return {
        "offered_min": case.slot.extent[0],
        "offered_max": case.slot.extent[1],
        "clause_min": case.slot.minimum_extent,
        "wanted_min": case.person.extent[0],
        "wanted_max": case.person.extent[1],
    }


def _skills(case: Case) -> Facts:
    return {"missing": _sorted(case.slot.required.skills - case.person.skills)}


def _languages(case: Case) -> Facts:
    """Each missing language as "code:wanted level:own level"."""
    spoken = case.person.languages
    short = (
        f"{code}:{level}:{spoken.get(code, 0)}"
        for code, level in case.slot.required.languages.items()
        if spoken.get(code, 0) < level
    )
    return {"missing": _sorted(short)}


def _licences(case: Case) -> Facts:
    wanted = case.slot.required.driving_licences
    return {"missing": _sorted(wanted - case.person.driving_licences)}


def _certificates(case: Case) -> Facts:
    return {"missing": _sorted(case.slot.required.certificates - case.person.certificates)}


def _adaptations(case: Case) -> Facts:
    return {"missing": _sorted(case.person.needed_adaptations - case.slot.adaptations)}


def _target_groups(case: Case) -> Facts:
    """``expired`` are groups of the clause that the person is no longer in on the first day."""
    wanted = case.slot.target_groups
    expired = wanted & case.person.target_groups.keys()
    return {"wanted": _sorted(wanted), "expired": _sorted(expired), "start": case.start.isoformat()}


def _supplier(case: Case) -> Facts:
    return {"supplier": case.slot.supplier_id}


def _placed(case: Case) -> Facts:
    """Each period that stands as "first day/last day"."""
    periods = tuple(f"{first.isoformat()}/{last.isoformat()}" for first, last in case.person.placed)
    return {"start": case.start.isoformat(), "placed": _sorted(periods)}


def _gates(case: Case) -> Facts:
    """The programmes that would be long enough, in the person's order."""
    months = case.slot.minimum_months
    return {"programmes": tuple(code for code, most in case.person.programmes if most >= months)}


def _none(case: Case) -> Facts:
    return {}


def _sorted(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes))


FACTS: Mapping[str, Callable[[Case], Facts]] = {
    "occupation-not-sought": _occupation,
    "too-far": _distance,
    "not-available": _availability,
    "programme-limit": _programme,
    "extent-mismatch": _extent,
    "skill-missing": _skills,
    "language-level": _languages,
    "licence-missing": _licences,
    "certificate-missing": _certificates,
    "adaptation-missing": _adaptations,
    "outside-target-group": _target_groups,
    "vetoed": _supplier,
    "not-consented": _none,
    "already-placed": _placed,
    "forbidden-pair": _none,
    "gate-missing": _gates,
}
