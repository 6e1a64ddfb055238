"""What dated reference data and the checks of employers make of a run's input."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
from sqlmodel import Session

from app import matching as engine
from app.models.gate_checks import GateCheck
from app.programmes import longest_on
from app.services.gate_checks import missing_gates
from app.services.permissions import Actor
from app.services.records import select_visible

GATE_MISSING = "gate-missing"


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
    """Closed where, on its first possible day, the employer has not passed what any programme asks
    that somebody in the run is cleared for. Where nobody is cleared, that is what is told."""
    granted = [programmes.names[number] for number in np.unique(programmes.number).tolist()]
    checks: dict[str, list[GateCheck]] = defaultdict(list)
    for check in session.exec(select_visible(GateCheck, actor)):
        checks[str(check.supplier_id)].append(check)

    @cache
    def is_open(supplier_id: str, day: int) -> bool:
        return _any_is_open(checks[supplier_id], granted, date.fromordinal(day))

    first = np.maximum(slots.earliest_start, as_of.toordinal()).tolist()
    opened = [is_open(*one) for one in zip(slots.supplier_id.tolist(), first, strict=True)]
    if all(opened):
        return slots
    codes = (slots.closed.codes(row) for row in range(len(slots)))
    return replace(
        slots,
        closed=engine.CodeLists.of(
            closed if is_open_here else (*closed, GATE_MISSING)
            for closed, is_open_here in zip(codes, opened, strict=True)
        ),
    )


def _any_is_open(checks: Iterable[GateCheck], programmes: Iterable[str], day: date) -> bool:
    asked = list(programmes)
    return not asked or any(not missing_gates(checks, code, day) for code in asked)
