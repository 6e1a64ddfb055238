"""A placement that no run proposed: a person's own choice, with the rules it sets aside."""

from collections.abc import Collection

from sqlmodel import Session

from app.errors import Conflict
from app.models.candidates import Candidate
from app.models.placements import Placement, PlacementFields
from app.models.slots import Slot
from app.services.ground import (
    Actor,
    find_named,
    read_known_programmes,
    refuse_programme_out_of_force,
    refuse_unknown_programmes,
)
from app.services.placements.booking_rules import Period, failing_rules
from app.services.placements.placements import book, lock_pair, refuse_without_consent
from app.services.registers.policies import newest_policy


def place_outside_run(session: Session, actor: Actor, fields: PlacementFields) -> Placement:
    """Books a person's own choice: it can set aside hard rules, but not room, consent or overlap.

    Only rules that the pair breaks can be named, so that all rules stored as set aside were broken.
    """
    known = read_known_programmes(session, actor)
    refuse_unknown_programmes(known, {"#/programme": fields.programme})
    find_named(session, actor, Slot, fields.slot_id, "slotId")
    find_named(session, actor, Candidate, fields.candidate_id, "candidateId")
    slot, candidate = lock_pair(session, actor, fields.slot_id, fields.candidate_id)
    refuse_without_consent(candidate)
    refuse_programme_out_of_force(known, fields.programme, fields.start_date)
    period = Period(fields.start_date, fields.end_date, fields.programme, fields.extent_percent)
    _refuse_unnamed_rules(session, actor, candidate, slot, period, fields.overrides)
    return book(session, actor, candidate, slot, fields)


def _refuse_unnamed_rules(
    session: Session,
    actor: Actor,
    candidate: Candidate,
    slot: Slot,
    period: Period,
    named: Collection[str],
) -> None:
    policy = newest_policy(session, actor)
    broken = failing_rules(session, actor, candidate, slot, policy, period)
    if unnamed := [code for code in broken if code not in named]:
        raise Conflict(
            "rules-not-overridden",
            f"The pair breaks {', '.join(unnamed)}. Name each in overrides to place all the same.",
        )
    if needless := [code for code in named if code not in broken]:
        raise Conflict(
            "nothing-to-override",
            f"The pair does not break {', '.join(needless)}. Name only rules that are set aside.",
        )
