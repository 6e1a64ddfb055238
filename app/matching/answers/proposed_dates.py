"""When a placement would start and end, and under which programme; on day numbers.

Every function takes arrays whose shapes broadcast: one pair, a list of pairs, or slots as rows
against candidates as columns.
"""

import numpy as np

from app.matching.kit import Indices, Ints
from app.matching.values import LAST_DAY, last_day_of


def first_programme(programmes: Ints, months: Ints) -> Indices:
    """(...,) position of the first programme (..., K) that is long enough, -1 for none."""
    if programmes.shape[-1] == 0:
        return np.full(np.broadcast_shapes(programmes.shape[:-1], months.shape), -1, np.int32)
    enough = programmes >= months[..., None]
    found: Indices = np.where(enough.any(axis=-1), enough.argmax(axis=-1), -1).astype(np.int32)
    return found


def proposed_end(
    start: Ints, months: Ints, slot_end: Ints, available_to: Ints, programmes: Ints
) -> Ints:
    """The latest day that the slot, the person and the programme allow, start included."""
    chosen = first_programme(programmes, months)
    end = np.minimum(slot_end, available_to)
    if programmes.shape[-1] == 0:
        return np.broadcast_to(end, np.broadcast_shapes(end.shape, chosen.shape)).copy()
    index = np.broadcast_to(np.maximum(chosen, 0)[..., None], (*chosen.shape, 1))
    spread = np.broadcast_to(programmes, (*chosen.shape, programmes.shape[-1]))
    longest = np.take_along_axis(spread, index, axis=-1)[..., 0]
    limit = np.where(chosen >= 0, last_day_of(start, longest), LAST_DAY)
    found: Ints = np.minimum(end, limit)
    return found
