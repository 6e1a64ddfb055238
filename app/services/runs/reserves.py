"""Who could have a slot's place next: whom a run left, and who is free still."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from app import matching as engine
from app.models.candidates import Candidate
from app.models.match_runs import MatchRun
from app.models.placements import Placement
from app.models.policies import Policy
from app.models.proposals import Proposal, ProposalStatus
from app.models.slots import Slot
from app.services.engine.one_pair import row_of
from app.services.engine.snapshots import read_given, read_unmatched
from app.services.engine.wire_json import Json, criteria_json, value_json
from app.services.ground.calendar import overlap
from app.services.ground.permissions import Actor
from app.services.ground.records import find, select_visible
from app.services.placements.booking_rules import Period, broken_rules, duty_of, read_parted_pairs
from app.services.placements.placements import select_standing

MOST_RESERVES = 20
AT_ONCE = 100  # people looked up together: those who are not free are few

Stays = Mapping[UUID, list[tuple[date, date]]]


def list_reserves(session: Session, actor: Actor, run: MatchRun, slot_id: UUID) -> list[Json]:
    """At most MOST_RESERVES, the least loss first. Who fits, and what it costs, is the completed
    run's own; who is free, and may be placed there, is today's."""
    given = read_given(session, run)
    row = row_of(given.slots, "slots", slot_id)
    slot = find(session, actor, Slot, slot_id)
    among = _left(session, actor, run, slot, given)
    found = engine.reserves(given, str(slot_id), among)
    price = _maximum_price(session, actor, run, slot)
    tier = int(given.slots.tier[row])
    return [
        _shown(pair, price and engine.loss_of(price, tier, pair.points or 0, given.policy))
        for pair in islice(_free(session, actor, run, slot, found), MOST_RESERVES)
    ]


def _left(
    session: Session, actor: Actor, run: MatchRun, slot: Slot, given: engine.Given
) -> NDArray[np.int32]:
    """Rows of whom the run left, without those who were kept from this slot by the run's caller or
    by a no that nobody has lifted, or who have left it. A no that was lifted since keeps nobody
    away."""
    rows = read_unmatched(session, run).candidate
    kept_away = {str(pair.candidate_id) for pair in run.forbidden if pair.slot_id == slot.id}
    parted = read_parted_pairs(session, actor)
    kept_away |= {str(candidate_id) for candidate_id, slot_id in parted if slot_id == slot.id}
    return rows[~np.isin(given.candidates.id[rows], sorted(kept_away))]


def _maximum_price(
    session: Session, actor: Actor, run: MatchRun, slot: Slot
) -> engine.Value | None:
    """As the run told it with whom it proposed there; None where it had no place to lose."""
    proposals = select_visible(Proposal, actor).where(
        Proposal.match_run_id == run.id, Proposal.slot_id == slot.id
    )
    told = session.exec(proposals.limit(1)).first()
    highest = told and told.slot_price["max"]
    if not highest:
        return None
    places = {int(tier): places for tier, places in highest["placesByTier"].items()}
    return engine.Value(places, highest["points"])


def _free(
    session: Session, actor: Actor, run: MatchRun, slot: Slot, found: engine.Reserves
) -> Iterator[engine.PairExplanation]:
    """Looked up as many at a time as may be needed."""
    policy, duty = find(session, actor, Policy, run.policy_id), duty_of(session, actor, slot)
    for first in range(0, len(found), AT_ONCE):
        pairs = found.explained(slice(first, first + AT_ONCE))
        ids = [UUID(pair.candidate_id) for pair in pairs]
        here = session.exec(select_visible(Candidate, actor).where(col(Candidate.id).in_(ids)))
        people = {str(person.id): person for person in here}
        stays = _stays(session, actor, ids)
        for pair in pairs:
            person, period = people.get(pair.candidate_id), _period_of(pair)
            if (
                person is not None
                and person.agreed_to_be_proposed
                and not any(overlap(period.start, period.end, *stay) for stay in stays[person.id])
                and not broken_rules(person, slot, duty, policy, period)
            ):
                yield pair


def _stays(session: Session, actor: Actor, candidate_ids: list[UUID]) -> Stays:
    """When these people are placed, or proposed for a place by any run."""
    stays: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    placed = select_standing(actor).where(col(Placement.candidate_id).in_(candidate_ids))
    for one in session.exec(placed):
        stays[one.candidate_id].append((one.first_day, one.last_day))
    proposed = select(
        col(Proposal.candidate_id), col(Proposal.start_date), col(Proposal.end_date)
    ).where(
        Proposal.organisation_id == actor.organisation_id,
        Proposal.status == ProposalStatus.PROPOSED,
        col(Proposal.candidate_id).in_(candidate_ids),
    )
    for candidate_id, start, end in session.exec(proposed):
        stays[candidate_id].append((start, end))
    return stays


def _period_of(pair: engine.PairExplanation) -> Period:
    assert pair.start and pair.end and pair.programme  # noqa: S101, PT018  # it breaks no rule
    return Period(pair.start, pair.end, pair.programme)


def _shown(pair: engine.PairExplanation, loss: engine.Value | None) -> Json:
    return {
        "candidateId": pair.candidate_id,
        "slotId": pair.slot_id,
        "points": pair.points,
        "criteria": criteria_json(pair.criteria),
        "programme": pair.programme,
        "startDate": pair.start,
        "endDate": pair.end,
        "loss": loss and value_json(loss),
    }
