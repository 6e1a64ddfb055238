"""Both sides of a matching as columns over the same code numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.matching.arrays import Indices, Ints
from app.matching.codes import shared_codes
from app.matching.columns import CandidateColumns, SlotColumns, candidate_columns, slot_columns
from app.matching.inputs import Candidate, Policy, Slot
from app.matching.occupations import nearness_table


@dataclass(frozen=True, slots=True)
class Pools:
    """``nearness``: (wished codes + 1, slot codes) permille, the last row for no wish."""

    slots: SlotColumns
    candidates: CandidateColumns
    nearness: Ints


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs (k,) of rows in the columns."""

    pools: Pools
    slot: Indices
    candidate: Indices

    def __len__(self) -> int:
        return len(self.slot)


def pools(
    candidates: Sequence[Candidate], slots: Sequence[Slot], policy: Policy, as_of: date
) -> Pools:
    """Turn both sides into columns, rows in the order given."""
    codes = shared_codes(candidates, slots)
    return Pools(
        slot_columns(slots, codes, as_of),
        candidate_columns(candidates, codes, as_of),
        nearness_table(codes.wishes, codes.ssyk, policy.occupation_digits),
    )
