"""One moment of the database as the input of a run."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, select

from app import matching as engine
from app.models.candidates import Candidate
from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.placements import Placement
from app.models.policies import Policy
from app.models.proposals import Proposal, ProposalStatus
from app.models.slots import Slot
from app.services.fulfilment import Verdict, fulfilment_of
from app.services.match_run_inputs import (
    Duty,
    PairIds,
    candidate_value,
    closed_codes,
    policy_value,
    slot_value,
)
from app.services.periods import overlap
from app.services.permissions import Actor
from app.services.placements import select_standing
from app.services.records import select_visible


@dataclass(frozen=True)
class Scope:
    """What a run covers: the day it is for, and the contracts it is narrowed to, if any."""

    as_of: date
    contract_ids: Collection[UUID] | None = None
    pins: Sequence[PairIds] = ()
    forbidden: Sequence[PairIds] = ()


def read_input(session: Session, actor: Actor, policy: Policy, scope: Scope) -> engine.Given:
    placements = list(session.exec(select_standing(actor)))
    candidates = tuple(_candidates(session, actor, placements, scope.as_of))
    slots = tuple(_slots(session, actor, placements, scope))
    people, places = {person.id for person in candidates}, {slot.id for slot in slots}
    ruled_out = set(scope.forbidden) | (_declined(session, actor) - set(scope.pins))
    return engine.Given(
        candidates=engine.CandidateColumns.from_records(candidates),
        slots=engine.SlotColumns.from_records(slots),
        policy=policy_value(policy),
        as_of=scope.as_of,
        pins=tuple(scope.pins),
        forbidden=tuple(pair for pair in ruled_out if pair[0] in people and pair[1] in places),
    )


def _candidates(
    session: Session, actor: Actor, placements: Iterable[Placement], as_of: date
) -> Iterable[engine.Candidate]:
    placed = defaultdict(list)
    for placement in placements:
        if placement.end_date >= as_of:
            placed[placement.candidate_id].append((placement.start_date, placement.end_date))
    for row in session.exec(select_visible(Candidate, actor)):
        avoided = row.avoided_supplier_ids
        yield candidate_value(row, str(row.id), row.reference, avoided, placed[row.id])


def _slots(
    session: Session, actor: Actor, placements: Sequence[Placement], scope: Scope
) -> Iterable[engine.Slot]:
    clauses = {clause.id: clause for clause in session.exec(select_visible(Clause, actor))}
    rows = [
        slot
        for slot in session.exec(select_visible(Slot, actor))
        if _covered(slot, clauses, scope.contract_ids)
    ]
    duties = _duties(session, actor, clauses, rows, placements, scope.as_of)
    in_slot = defaultdict(list)
    for placement in placements:
        in_slot[placement.slot_id].append(placement)
    for row in rows:
        yield _slot(row, duties.get(row.clause_id, Duty()), in_slot[row.id], scope.as_of)


def _covered(
    slot: Slot, clauses: Mapping[UUID, Clause], contract_ids: Collection[UUID] | None
) -> bool:
    if contract_ids is None:
        return True
    return slot.clause_id is not None and clauses[slot.clause_id].contract_id in contract_ids


def _duties(
    session: Session,
    actor: Actor,
    clauses: Mapping[UUID, Clause],
    slots: Sequence[Slot],
    placements: Iterable[Placement],
    as_of: date,
) -> dict[UUID | None, Duty]:
    """By clause. A clause that is met asks for no more: its slots are voluntary from then on."""
    contracts = {row.id: row for row in session.exec(select_visible(Contract, actor))}
    own_slots: dict[UUID | None, dict[UUID, Slot]] = defaultdict(dict)
    own_placements = defaultdict(list)
    for slot in slots:
        own_slots[slot.clause_id][slot.id] = slot
    for placement in placements:
        own_placements[placement.clause_id].append(placement)
    duties: dict[UUID | None, Duty] = {}
    for clause_id, its_slots in own_slots.items():
        if clause_id is not None:
            clause = clauses[clause_id]
            contract = contracts[clause.contract_id]
            state = fulfilment_of(clause, contract, its_slots, own_placements[clause_id], as_of)
            duties[clause_id] = Duty.of(clause, contract, met=state.verdict == Verdict.MET)
    return duties


def _slot(row: Slot, duty: Duty, placements: Iterable[Placement], as_of: date) -> engine.Slot:
    first = max(row.earliest_start, duty.first_day, as_of)
    last = min(row.end_date, duty.last_day)
    taken = sum(overlap(one.start_date, one.end_date, first, last) for one in placements)
    return slot_value(
        row,
        str(row.id),
        row.reference,
        str(row.supplier_id),
        duty,
        occupied=taken,
        closed=closed_codes(row, duty, taken, as_of),
    )


def _declined(session: Session, actor: Actor) -> set[PairIds]:
    """Pairs that a person said no to are not proposed again."""
    pairs = select(Proposal.candidate_id, Proposal.slot_id).where(
        Proposal.organisation_id == actor.organisation_id,
        Proposal.status == ProposalStatus.DECLINED,
    )
    return {(str(candidate_id), str(slot_id)) for candidate_id, slot_id in session.exec(pairs)}
