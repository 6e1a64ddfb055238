"""Everything one matching depends on, as one value."""

from dataclasses import dataclass
from datetime import date

from app.matching.values.candidates import CandidateColumns
from app.matching.values.policy import Policy
from app.matching.values.slots import SlotColumns

Pair = tuple[str, str]
"""Candidate id and slot id."""


@dataclass(frozen=True, slots=True)
class Given:
    """``pins``: pairs that must be in the result. ``forbidden``: pairs that must not be."""

    candidates: CandidateColumns
    slots: SlotColumns
    policy: Policy
    as_of: date
    pins: tuple[Pair, ...] = ()
    forbidden: tuple[Pair, ...] = ()
