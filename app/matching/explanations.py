"""One pair explained; the slots that one person just misses."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import numpy as np

from app.matching.arrays import Indices, Mask
from app.matching.canonical import in_order
from app.matching.checks import check_candidates, check_policy, check_slots
from app.matching.columns import CandidateColumns, SlotColumns
from app.matching.eligibility import RULES
from app.matching.facts import Case, failure_facts
from app.matching.inputs import Candidate, Policy, Slot
from app.matching.pools import Pairs, Pools, pools
from app.matching.reasons import ALL_REASONS
from app.matching.results import NearMiss, PairExplanation, Reason
from app.matching.scoring import score, total
from app.matching.terms import terms


def explain_pair(
    candidate: Candidate, slot: Slot, policy: Policy, *, as_of: date, forbidden: bool = False
) -> PairExplanation:
    """Say every rule that the pair fails, in the order of ALL_REASONS, or, when it fails none,
    its points, programme and dates. Places are not looked at: that they are taken is no fault of
    the pair. Raises MatchingInputError for malformed input.
    """
    both, _ = _pools(candidate, [slot], policy, as_of, [slot.id] if forbidden else [])
    failed = {code for code, fails in _failures(both).items() if fails[0]} | set(slot.closed)
    case = Case(candidate, slot, policy.occupation_digits, as_of)
    reasons = tuple(_reason(code, case) for code in ALL_REASONS if code in failed)
    if reasons:
        return PairExplanation(candidate.id, slot.id, reasons)
    first = np.zeros(1, dtype=np.int32)
    found = terms(Pairs(both, first, first), policy)
    start, end = found.dates(0)
    return PairExplanation(
        candidate_id=candidate.id,
        slot_id=slot.id,
        points=int(found.points[0]),
        criteria=found.criteria(0),
        programme=found.programme_code(0),
        start=start,
        end=end,
    )


def near_misses(
    candidate: Candidate,
    slots: Sequence[Slot],
    policy: Policy,
    *,
    as_of: date,
    most: int = 5,
    forbidden: Collection[str] = (),
) -> tuple[NearMiss, ...]:
    """The slots that fail exactly one rule other than the occupation, best first.

    Best is by the points the pair would have without that rule, then by slot order. Closed slots
    and slots without places are left out: there is nothing to come near. ``forbidden``: ids of
    slots that the caller forbids for this person. Raises MatchingInputError for malformed input.
    """
    both, ordered = _pools(candidate, slots, policy, as_of, forbidden)
    missed, codes = _missed_by_one(_failures(both), ordered)
    points = total(score(Pairs(both, missed, np.zeros_like(missed)), policy))
    best = np.argsort(-points, kind="stable")[:most]
    nearest = [(ordered[missed[index]], codes[index]) for index in best]
    cases = [Case(candidate, slot, policy.occupation_digits, as_of) for slot, _ in nearest]
    return tuple(
        NearMiss(slot.id, _reason(code, case))
        for (slot, code), case in zip(nearest, cases, strict=True)
    )


def _missed_by_one(
    failures: Mapping[str, Mask], slots: Sequence[Slot]
) -> tuple[Indices, Sequence[str]]:
    """Rows of open slots that fail one rule other than the occupation, and which."""
    failed = np.array(list(failures.values())).reshape(len(failures), -1)
    has_room = np.array([not slot.closed and slot.free_places() > 0 for slot in slots], np.bool_)
    once = has_room & (failed.sum(axis=0) == 1) & ~failures["occupation-not-sought"]
    rows = np.flatnonzero(once).astype(np.int32)
    names = list(failures)
    return rows, [names[rule] for rule in failed[:, rows].argmax(axis=0)]


def _failures(both: Pools) -> dict[str, Mask]:
    """(S,) per rule, for one candidate."""
    rows = np.arange(len(both.slots), dtype=np.int32)
    pairs = Pairs(both, rows, np.zeros_like(rows))
    return {code: rule(pairs) for code, rule in RULES.items()}


def _reason(code: str, case: Case) -> Reason:
    return Reason(code, failure_facts(code, case))


def _pools(
    candidate: Candidate,
    slots: Sequence[Slot],
    policy: Policy,
    as_of: date,
    forbidden: Collection[str],
) -> tuple[Pools, Sequence[Slot]]:
    """Both sides ready, and the slots in canonical order."""
    check_policy(policy)
    person, offers = CandidateColumns.from_records([candidate]), SlotColumns.from_records(slots)
    check_candidates(person)
    check_slots(offers)
    ordered = in_order(offers)
    by_id = {slot.id: slot for slot in slots}
    rows = [by_id[name] for name in ordered.id.tolist()]
    banned = [(row, 0) for row, slot in enumerate(rows) if slot.id in forbidden]
    pairs = np.array(banned, dtype=np.int32).reshape(-1, 2)
    return pools(person, ordered, policy, as_of.toordinal(), pairs), rows
