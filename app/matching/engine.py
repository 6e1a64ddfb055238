"""The first door: candidates, slots and a policy in, an explained optimal matching out."""

from collections.abc import Collection, Sequence
from datetime import date

from app.matching.inputs import Candidate, Policy, Slot
from app.matching.results import Matching


def match(
    candidates: Sequence[Candidate],
    slots: Sequence[Slot],
    policy: Policy,
    *,
    as_of: date,
    pins: Collection[tuple[str, str]] = (),
    forbidden: Collection[tuple[str, str]] = (),
) -> Matching:
    """Match everyone at once. ``pins`` and ``forbidden`` are (candidate id, slot id)."""
    raise NotImplementedError
