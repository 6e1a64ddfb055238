"""One pair explained; the slots that one person just misses."""

from collections.abc import Collection, Sequence
from datetime import date

from app.matching.inputs import Candidate, Policy, Slot
from app.matching.results import NearMiss, PairExplanation


def explain_pair(
    candidate: Candidate, slot: Slot, policy: Policy, *, as_of: date, forbidden: bool = False
) -> PairExplanation:
    """Say every rule that the pair fails, or its points, programme and dates."""
    raise NotImplementedError


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

    ``forbidden``: ids of slots that the caller forbids for this person.
    """
    raise NotImplementedError
