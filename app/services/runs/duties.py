"""The only place where a run applies clauses, contracts and standing placements to slots.

Tier, months, extent, groups and days are a clause's duty. Room and closing codes are a slot's own.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np
from sqlmodel import Session

from app.matching import values as engine
from app.models.clauses import Clause
from app.models.gate_checks import GateCheck
from app.models.placements import Placement
from app.services.engine.columns import rows_by_id
from app.services.engine.stored_columns import Array
from app.services.engine.values import (
    TIER_AT_RISK,
    TIER_CONTRACTUAL,
    TIER_VOLUNTARY,
    Duty,
    closed_codes,
)
from app.services.fulfilment.reading import read_fulfilments
from app.services.fulfilment.verdict import Fulfilment, Verdict
from app.services.ground import Actor, KnownProgrammes, select_visible
from app.services.registers.gate_checks import missing_gates

NO_CLAUSE = ""
AT_RISK = {Verdict.AT_RISK, Verdict.OVERDUE, Verdict.RECTIFICATION}


class OfferedRoom(NamedTuple):
    """One slot of the columns, for `closed_codes`."""

    places: int
    supervisor_capacity: int
    earliest_start: date


def read_duties(
    session: Session, actor: Actor, clause_ids: Collection[str], as_of: date
) -> dict[str, Duty]:
    """The duties by the clause's id. The slots of a clause that is met become voluntary; those of a
    clause at risk come before all others."""
    duties = {NO_CLAUSE: Duty()}
    for found in read_fulfilments(session, actor, select_visible(Clause, actor), as_of):
        if str(found.clause.id) in clause_ids:
            duties[str(found.clause.id)] = Duty.of(found.clause, found.contract, tier_of(found))
    return duties


def tier_of(found: Fulfilment) -> int:
    """The first tier is for a clause that is short and at risk, past an inner deadline or in its
    time to rectify, but not for one that new starts can no longer save."""
    if found.verdict == Verdict.MET:
        return TIER_VOLUNTARY
    is_short = found.balance is not None and found.balance.missing > 0
    return TIER_AT_RISK if is_short and found.verdict in AT_RISK else TIER_CONTRACTUAL


def under_duties(
    slots: engine.SlotColumns,
    duty_of: Sequence[Duty],
    placements: Iterable[Placement],
    as_of: date,
) -> engine.SlotColumns:
    """Open, voluntary slots with all applied: their duties, one a slot, the placements in them, and
    the day."""
    taken = _filled(_bound(slots, duty_of), placements, as_of)
    return replace(taken, closed=_closed(taken, duty_of, as_of))


def _bound(slots: engine.SlotColumns, duty_of: Sequence[Duty]) -> engine.SlotColumns:
    first = _numbers(duty.first_day.toordinal() for duty in duty_of)
    last = _numbers(duty.last_day.toordinal() for duty in duty_of)
    return replace(
        slots,
        tier=_numbers(duty.tier for duty in duty_of),
        earliest_start=np.maximum(slots.earliest_start, first),
        end=np.minimum(slots.end, last),
        minimum_months=_numbers(duty.minimum_months for duty in duty_of),
        minimum_extent=_numbers(duty.minimum_extent for duty in duty_of),
        target_groups=engine.CodeLists.of(duty.target_groups for duty in duty_of),
    )


def _filled(
    slots: engine.SlotColumns, placements: Iterable[Placement], as_of: date
) -> engine.SlotColumns:
    """The slots with the places taken; a slot full at first begins when a place becomes free."""
    row = rows_by_id(slots.id)
    periods = [
        (row[str(one.slot_id)], one.first_day.toordinal(), one.last_day.toordinal())
        for one in placements
        if str(one.slot_id) in row
    ]
    placed = np.array(periods, dtype=np.int64).reshape(-1, 3)
    standing = replace(slots, own_start=slots.earliest_start, placed=placed)
    return engine.filled(standing, as_of.toordinal())


def _closed(slots: engine.SlotColumns, duty_of: Sequence[Duty], as_of: date) -> engine.CodeLists:
    starts = map(date.fromordinal, slots.earliest_start.tolist())
    offers = map(OfferedRoom, slots.places.tolist(), slots.supervisor_capacity.tolist(), starts)
    rows = zip(offers, duty_of, slots.occupied.tolist(), strict=True)
    return engine.CodeLists.of(
        closed_codes(offer, duty, taken, as_of) for offer, duty, taken in rows
    )


def _numbers(values: Iterable[int]) -> Array:
    return np.fromiter(values, dtype=np.int64)


def within_programme_limits(
    candidates: engine.CandidateColumns, known: KnownProgrammes, as_of: date
) -> engine.CandidateColumns:
    """Limits each clearance to the longest time that its programme allows."""
    granted = candidates.programmes
    most = int(granted.value.max(initial=0))
    months = [known.longest_on(code, as_of, most) for code in granted.names]
    longest = np.array(months, dtype=np.int64)
    value = np.minimum(granted.value, longest[granted.number])
    return replace(candidates, programmes=replace(granted, value=value))


def behind_gates(
    session: Session,
    actor: Actor,
    slots: engine.SlotColumns,
    programmes: engine.CodeLists,
    known: KnownProgrammes,
    as_of: date,
) -> engine.SlotColumns:
    """The slots, each closed to programmes that ask for a check which its employer has not passed
    on the slot's first possible day, or that are unknown or not in force then; only programmes of
    people in the run are looked at."""
    codes = sorted({programmes.names[number] for number in np.unique(programmes.number).tolist()})
    checks: dict[str, list[GateCheck]] = defaultdict(list)
    for check in session.exec(select_visible(GateCheck, actor)):
        checks[str(check.supplier_id)].append(check)

    @cache
    def closed_to(supplier_id: str, day: int) -> list[str]:
        on, passed = date.fromordinal(day), checks[supplier_id]
        return [code for code in codes if missing_gates(known, passed, code, on)]

    first = np.maximum(slots.earliest_start, as_of.toordinal()).tolist()
    rows = zip(slots.supplier_id.tolist(), first, strict=True)
    return replace(slots, closed_programmes=engine.CodeLists.of(closed_to(*row) for row in rows))
