"""What dated reference data and the checks of employers make of a run's input."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
from sqlmodel import Session

from app import matching as engine
from app.models.gate_checks import GateCheck
from app.reference.programmes import PROGRAMMES, longest_on
from app.services.ground import Actor, select_visible
from app.services.registers.gate_checks import missing_gates


def within_programme_limits(
    candidates: engine.CandidateColumns, as_of: date
) -> engine.CandidateColumns:
    """Nobody is cleared for longer than the programme itself lasts."""
    granted = candidates.programmes
    most = int(granted.value.max(initial=0))
    longest = np.array([longest_on(code, as_of, most) for code in granted.names], dtype=np.int64)
    value = np.minimum(granted.value, longest[granted.number])
    return replace(candidates, programmes=replace(granted, value=value))


def behind_gates(
    session: Session,
    actor: Actor,
    slots: engine.SlotColumns,
    programmes: engine.CodeLists,
    as_of: date,
) -> engine.SlotColumns:
    """Closed to each programme that somebody in the run is cleared for and that asks for a check
    which the employer has not passed on the slot's first possible day."""
    codes = {programmes.names[number] for number in np.unique(programmes.number).tolist()}
    asking = sorted(codes & {one.code for one in PROGRAMMES})  # of others nothing is known
    checks: dict[str, list[GateCheck]] = defaultdict(list)
    for check in session.exec(select_visible(GateCheck, actor)):
        checks[str(check.supplier_id)].append(check)

    @cache
    def closed_to(supplier_id: str, day: int) -> list[str]:
        on, passed = date.fromordinal(day), checks[supplier_id]
        return [code for code in asking if missing_gates(passed, code, on)]

    first = np.maximum(slots.earliest_start, as_of.toordinal()).tolist()
    rows = zip(slots.supplier_id.tolist(), first, strict=True)
    return replace(slots, closed_programmes=engine.CodeLists.of(closed_to(*row) for row in rows))
