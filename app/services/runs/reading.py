"""Reads one moment of the database as the input of a run, in a fixed number of queries."""

from collections.abc import Sequence

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.matching import values as engine
from app.matching.stored.packing import canonical
from app.models.candidates import Candidate
from app.models.clauses import Clause
from app.models.placements import Placement
from app.models.policies import Policy
from app.models.slots import Slot
from app.services.engine.columns import read_candidates, read_slots
from app.services.engine.values import PairIds, policy_value
from app.services.ground import Actor, read_known_programmes, select_visible
from app.services.placements.standing import read_parted_pairs, select_standing
from app.services.runs.duties import (
    behind_gates,
    read_duties,
    under_duties,
    within_programme_limits,
)
from app.services.runs.orders import Scope


def read_input(session: Session, actor: Actor, policy: Policy, scope: Scope) -> engine.Given:
    """The run's input, in canonical order."""
    placements = list(session.exec(select_standing(actor)))
    current = [one for one in placements if one.last_day >= scope.as_of]
    people = select_visible(Candidate, actor).where(col(Candidate.shared_reference).is_(None))
    stored = read_candidates(session, people, current)
    known = read_known_programmes(session, actor)
    candidates = within_programme_limits(stored, known, scope.as_of)
    offered = _slots(session, actor, placements, scope)
    slots = behind_gates(session, actor, offered, candidates.programmes, known, scope.as_of)
    given = engine.Given(
        candidates=candidates,
        slots=slots,
        policy=policy_value(policy),
        as_of=scope.as_of,
        pins=tuple(scope.pins),
        forbidden=_ruled_out(session, actor, scope, candidates, slots),
    )
    return canonical(given)


def _slots(
    session: Session, actor: Actor, placements: Sequence[Placement], scope: Scope
) -> engine.SlotColumns:
    slots, clause_of = read_slots(session, _covered_slots(actor, scope))
    duties = read_duties(session, actor, set(clause_of), scope.as_of)
    return under_duties(slots, [duties[one] for one in clause_of], placements, scope.as_of)


def _covered_slots(actor: Actor, scope: Scope) -> SelectOfScalar[Slot]:
    slots = select_visible(Slot, actor).where(col(Slot.shared_reference).is_(None))
    if scope.contract_ids is None:
        return slots
    clauses = select(Clause.id).where(
        Clause.organisation_id == actor.organisation_id,
        col(Clause.contract_id).in_(scope.contract_ids),
    )
    return slots.where(col(Slot.clause_id).in_(clauses))


def _ruled_out(
    session: Session,
    actor: Actor,
    scope: Scope,
    candidates: engine.CandidateColumns,
    slots: engine.SlotColumns,
) -> tuple[PairIds, ...]:
    """Forbidden and parted pairs of these people and slots, except those that are pinned."""
    parted = read_parted_pairs(session, actor)
    pairs = {(str(candidate_id), str(slot_id)) for candidate_id, slot_id in parted}
    pairs = set(scope.forbidden) | (pairs - set(scope.pins))
    if not pairs:
        return ()
    people, places = set(candidates.id.tolist()), set(slots.id.tolist())
    return tuple(pair for pair in pairs if pair[0] in people and pair[1] in places)
