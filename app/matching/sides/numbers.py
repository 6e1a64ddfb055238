"""The numbers that both sides share: codes, suppliers, months and bits of demands."""

from dataclasses import dataclass

import numpy as np

from app.matching.kit import Indices, Names
from app.matching.sides.codes import Numbers, numbering, used
from app.matching.sides.demands import Demanded, demanded
from app.matching.sides.footings import Footings, footings
from app.matching.values import CandidateColumns, SlotColumns


@dataclass(frozen=True, slots=True)
class SharedNumbers:
    """``ssyk_of_slot``, ``supplier_of_slot``: (S,) numbers of the codes."""

    ssyk: tuple[str, ...]
    ssyk_of_slot: Indices
    suppliers: Numbers
    supplier_of_slot: Indices
    footings: Footings
    adaptations: Numbers
    target_groups: Numbers
    demands: Demanded


def shared_numbers(people: CandidateColumns, slots: SlotColumns) -> SharedNumbers:
    """Number every code that a rule or a criterion reads."""
    ssyk, ssyk_of_slot = _distinct(slots.ssyk)
    suppliers, supplier_of_slot = _distinct(slots.supplier_id)
    return SharedNumbers(
        ssyk=ssyk,
        ssyk_of_slot=ssyk_of_slot,
        suppliers={name: number for number, name in enumerate(suppliers)},
        supplier_of_slot=supplier_of_slot,
        footings=footings(slots),
        adaptations=numbering(used(people.needed_adaptations)),
        target_groups=numbering(used(slots.target_groups)),
        demands=demanded(slots.required, slots.preferred),
    )


def _distinct(names: Names) -> tuple[tuple[str, ...], Indices]:
    codes, number = np.unique(names, return_inverse=True)
    return tuple(codes.tolist()), number.astype(np.int32)
