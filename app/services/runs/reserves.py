"""Who could have a slot's place next: people whom a run left unmatched and who are still free."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Uuid, type_coerce
from sqlmodel import Session, col, select

from app.matching import values as engine
from app.matching.reserve_lists import Reserves, loss_of, reserves
from app.models.candidates import Candidate
from app.models.match_runs import MatchRun
from app.models.placements import Placement
from app.models.policies import Policy
from app.models.proposals import Proposal, ProposalStatus
from app.models.slots import Slot
from app.services.engine.answers import Json, criteria_json, read_answer, value_json
from app.services.engine.columns import read_candidates
from app.services.engine.one_pair import row_of
from app.services.engine.snapshots import read_given
from app.services.engine.today import OfferedToday, Periods, may_be_booked
from app.services.ground import Actor, find, read_known_programmes, select_visible
from app.services.placements.booking_rules import duty_of
from app.services.placements.standing import read_parted_pairs, select_standing
from app.services.runs.proposals import read_unmatched

MOST_RESERVES = 20
READ_AT_ONCE = 5_000  # people whose rows one statement reads
ASKED_AT_ONCE = 100  # few at a time, as most of those who may be booked are free

Stay = tuple[UUID, date, date]


def list_reserves(session: Session, actor: Actor, run: MatchRun, slot_id: UUID) -> list[Json]:
    """At most MOST_RESERVES people, the least loss first. The completed run says who fits and at
    what loss; today's rows say who is free and may be placed there."""
    given = read_given(session, run)
    row = row_of(given.slots, "slots", slot_id)
    slot = find(session, actor, Slot, slot_id)
    among = _left(session, actor, run, slot, given)
    found = reserves(given, str(slot_id), among)
    price = _maximum_price(session, actor, run, slot)
    tier = int(given.slots.tier[row])
    return [
        _shown(pair, price and loss_of(price, tier, pair.points or 0, given.policy))
        for pair in _free(session, actor, run, slot, found)
    ]


def _left(
    session: Session, actor: Actor, run: MatchRun, slot: Slot, given: engine.Given
) -> NDArray[np.int32]:
    """Rows of the people whom the run left unmatched, without those whom the run's caller forbade
    here, whom a no that stands keeps from the slot, or whose placement in it ended early."""
    rows = read_unmatched(session, run).candidate
    kept_away = {str(pair.candidate_id) for pair in run.forbidden if pair.slot_id == slot.id}
    parted = read_parted_pairs(session, actor)
    kept_away |= {str(candidate_id) for candidate_id, slot_id in parted if slot_id == slot.id}
    return rows[~np.isin(given.candidates.id[rows], sorted(kept_away))]


def _maximum_price(
    session: Session, actor: Actor, run: MatchRun, slot: Slot
) -> engine.Value | None:
    """The slot's highest price, from a proposal of the run there; None where it has none."""
    proposals = select_visible(Proposal, actor).where(
        Proposal.match_run_id == run.id, Proposal.slot_id == slot.id
    )
    told = session.exec(proposals.limit(1)).first()
    price = read_answer(told.slot_price) if told else None
    if price is None or price["max"] is None:
        return None
    highest = price["max"]
    places = {int(tier): places for tier, places in highest["places_by_tier"].items()}
    return engine.Value(places, highest["points"])


def _free(
    session: Session, actor: Actor, run: MatchRun, slot: Slot, found: Reserves
) -> list[engine.PairExplanation]:
    """The first MOST_RESERVES who may be booked today and are not placed or proposed elsewhere."""
    policy, duty = find(session, actor, Policy, run.policy_id), duty_of(session, actor, slot)
    offered = OfferedToday(slot, duty, policy, read_known_programmes(session, actor))
    free = np.zeros(0, dtype=np.int64)
    for first in range(0, len(found), READ_AT_ONCE):
        part = np.arange(first, min(first + READ_AT_ONCE, len(found)))
        bookable = part[_may_be_booked(session, actor, offered, found, part)]
        for few in np.split(bookable, range(ASKED_AT_ONCE, len(bookable), ASKED_AT_ONCE)):
            free = np.append(free, few[_is_free(session, actor, found, few)])
            if len(free) >= MOST_RESERVES:
                return found.explained(free[:MOST_RESERVES])
    return found.explained(free)


def _may_be_booked(
    session: Session,
    actor: Actor,
    offered: OfferedToday,
    found: Reserves,
    part: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """(n,) whether today's rules let each person of the part be booked in the period of the run."""
    names, terms = found.candidate_id[part], found.terms(part)
    as_text = type_coerce(col(Candidate.id), Uuid(as_uuid=False))
    agreeing = col(Candidate.agreed_to_be_proposed) & col(Candidate.shared_reference).is_(None)
    here = select_visible(Candidate, actor).where(as_text.in_(names.tolist()), agreeing)
    people = read_candidates(session, here, ())
    order = np.argsort(names)
    place = order[np.searchsorted(names, people.id, sorter=order)]
    codes = terms.programme_codes()
    periods = Periods(terms.start[place], terms.end[place], [codes[one] for one in place.tolist()])
    may_be = np.zeros(len(part), dtype=np.bool_)
    may_be[place[may_be_booked(people, periods, offered)]] = True
    return may_be


def _is_free(
    session: Session, actor: Actor, found: Reserves, few: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """(n,) whether each person is neither placed nor proposed elsewhere in the run's period."""
    names, terms = found.candidate_id[few].tolist(), found.terms(few)
    place = {name: position for position, name in enumerate(names)}
    is_free = np.ones(len(few), dtype=np.bool_)
    for candidate_id, first, last in _stays(session, actor, [UUID(name) for name in names]):
        position = place[str(candidate_id)]
        if terms.start[position] <= last.toordinal() and first.toordinal() <= terms.end[position]:
            is_free[position] = False
    return is_free


def _stays(session: Session, actor: Actor, candidate_ids: list[UUID]) -> Iterator[Stay]:
    """The periods in which these people are placed, or proposed for a place by any run."""
    placed = select_standing(actor).where(col(Placement.candidate_id).in_(candidate_ids))
    for one in session.exec(placed):
        yield one.candidate_id, one.first_day, one.last_day
    proposed = select(
        col(Proposal.candidate_id), col(Proposal.start_date), col(Proposal.end_date)
    ).where(
        Proposal.organisation_id == actor.organisation_id,
        Proposal.status == ProposalStatus.PROPOSED,
        col(Proposal.candidate_id).in_(candidate_ids),
    )
    yield from session.exec(proposed)


def _shown(pair: engine.PairExplanation, loss: engine.Value | None) -> Json:
    return {
        "candidate_id": pair.candidate_id,
        "slot_id": pair.slot_id,
        "points": pair.points,
        "criteria": criteria_json(pair.criteria),
        "programme": pair.programme,
        "start_date": pair.start,
        "end_date": pair.end,
        "loss": loss and value_json(loss),
    }
