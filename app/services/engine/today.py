"""Many people and one slot by today's rows: who could still be booked there, computed on columns.

`booking_rules.broken_rules` says the same of one pair, and a booking refuses a programme that is
not in force; a test compares the two.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from app.matching import values as engine
from app.matching.kit import Ints, Mask
from app.matching.reserve_lists import fit_from
from app.models.policies import PolicyRules
from app.models.slots import Slot
from app.reference.programmes import KnownProgrammes
from app.services.engine.values import Duty, policy_value, slot_value


@dataclass(frozen=True)
class Periods:
    """First and last day (n,) as day numbers, and the code of the programme, of each person."""

    first: Ints
    last: Ints
    programme: list[str]


@dataclass(frozen=True)
class OfferedToday:
    """A slot with what its clause adds, the policy by which the pairs were found, and the
    programmes that are known."""

    slot: Slot
    duty: Duty
    policy: PolicyRules
    known: KnownProgrammes


def may_be_booked(people: engine.CandidateColumns, periods: Periods, offered: OfferedToday) -> Mask:
    """(n,) bool: no rule of a booking in the period is broken; room and overlap are not checked."""
    slot = offered.slot
    value = slot_value(slot, str(slot.id), slot.reference, str(slot.supplier_id), offered.duty)
    columns = engine.SlotColumns.from_records([value])
    fits = fit_from(people, columns, policy_value(offered.policy), periods.first)
    fits &= _dates_fit(people, periods, offered)
    return fits & _programme_fits(people, periods, offered.known)


def _dates_fit(people: engine.CandidateColumns, periods: Periods, offered: OfferedToday) -> Mask:
    slot, duty = offered.slot, offered.duty
    earliest = max(slot.earliest_start, duty.first_day).toordinal()
    end = min(slot.end_date, duty.last_day).toordinal()
    first, last = periods.first, periods.last
    fits: Mask = first >= np.maximum(people.available_from, earliest)
    fits &= first <= slot.latest_start.toordinal()
    fits &= engine.last_day_of(first, np.full_like(first, duty.minimum_months)) <= last
    return fits & (last <= np.minimum(people.available_to, end))


def _programme_fits(
    people: engine.CandidateColumns, periods: Periods, known: KnownProgrammes
) -> Mask:
    """Whether each person is cleared for the period's programme until the period ends, and it is
    in force on the first day."""
    granted = people.programmes
    row, code = granted.rows(), np.array([*granted.names, ""])[granted.number]
    same = np.flatnonzero(code == np.array(periods.programme, dtype=np.str_)[row])
    first, codes = periods.first[row[same]], code[same].tolist()
    most = int(granted.value.max(initial=0))
    pairs = list(zip(codes, first.tolist(), strict=True))

    def most_months(code: str, day: date) -> int:
        return known.longest_on(code, day, most) if known.on(code, day) else 0

    longest = {one: most_months(one[0], date.fromordinal(one[1])) for one in set(pairs)}
    months = np.minimum(granted.value[same], np.array([longest[one] for one in pairs], np.int64))
    fits = np.zeros(len(people), dtype=np.bool_)
    fits[row[same][periods.last[row[same]] <= engine.last_day_of(first, months)]] = True
    return fits
