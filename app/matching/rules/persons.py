"""The rules of target group, veto and consent."""

import numpy as np

from app.matching.kit import Mask
from app.matching.rules.case import NO_FACTS, Case, Facts
from app.matching.rules.counting import Failed, below
from app.matching.rules.rule import Found, Rule, by_value, nobody
from app.matching.sides.pools import Pairs, Pools, nth_entries


def _group(case: Case) -> Facts | None:
    """The clause names groups, and the person is in none of them on the first day. ``expired`` are
    groups of the clause that the person is no longer in by then."""
    wanted, own = case.slot.target_groups, case.person.target_groups
    if not wanted:
        return None
    start = case.start
    for code in wanted:
        if code in own and ((last := own[code]) is None or last >= start):
            return None
    expired = tuple(sorted(wanted & own.keys()))
    return {"wanted": tuple(sorted(wanted)), "expired": expired, "start": start.isoformat()}


def _outside_group(pairs: Pairs) -> Mask:
    slots, people = pairs.pools.slots, pairs.pools.candidates
    wanted = slots.wanted[pairs.slot]
    valid = people.valid_to[pairs.candidate] >= slots.start[pairs.slot][:, None]
    fails: Mask = np.any(wanted, axis=1) > np.any(wanted & valid, axis=1)
    return fails


def _count_outside_group(both: Pools) -> Failed:
    """For each set of groups that some slot names: the last day in any of them against starts."""
    slots, people = both.slots, both.candidates
    of_slot, of_candidate = nobody(both)
    wanted, number = np.unique(slots.wanted, axis=0, return_inverse=True)
    for one, groups in enumerate(wanted):
        if groups.any():
            rows = np.flatnonzero(number.reshape(-1) == one)
            last = people.valid_to[:, groups].max(axis=1)
            of_slot[rows], too_late = below(last, slots.start[rows])
            of_candidate += too_late
    return of_slot, of_candidate


def _veto(case: Case) -> Facts | None:
    """The person avoids the supplier."""
    supplier = case.slot.supplier_id
    return {"supplier": supplier} if supplier in case.person.avoided_suppliers else None


def _vetoed(pairs: Pairs) -> Mask:
    people, supplier = pairs.pools.candidates, pairs.pools.slots.supplier
    fails = np.zeros(len(pairs), dtype=np.bool_)
    for rows, entry in nth_entries(people.avoided_start, pairs):
        fails[rows] |= people.avoided[entry] == supplier[pairs.slot[rows]]
    return fails


def _count_vetoed(both: Pools) -> Failed:
    people, suppliers = both.candidates, both.slots.supplier
    width = int(suppliers.max(initial=-1)) + 1
    avoiding = np.bincount(people.avoided, minlength=width)
    of_slots = np.bincount(suppliers, minlength=width)
    row = np.repeat(np.arange(len(people)), np.diff(people.avoided_start))
    avoided = np.zeros(len(people), dtype=np.int64)
    np.add.at(avoided, row, of_slots[people.avoided])
    return avoiding[suppliers], avoided


def _consent(case: Case) -> Facts | None:
    """The person has not agreed to be proposed."""
    return None if case.person.agreed_to_be_proposed else NO_FACTS


RULES = (
    Rule("outside-target-group", _group, _outside_group, _count_outside_group, Found.COMPILED),
    Rule("vetoed", _veto, _vetoed, _count_vetoed, Found.COMPILED),
    by_value(
        "not-consented",
        _consent,
        lambda both: (),
        lambda both: (both.candidates.agreed,),
        np.logical_not,
        Found.COMPILED,
        may_be_set_aside=False,
    ),
)
