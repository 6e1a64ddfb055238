"""Open proposals give way when their person, or the last place of their slot, is taken."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.models.events import Event
from app.models.slots import Slot
from tests.api.registering import register
from tests.callers import Caller, Service
from tests.journeys import (
    APPROVAL,
    DECLINE,
    Case,
    add_candidate,
    add_placement,
    add_slot,
    change_row,
    decide,
    make_case,
    proposals_of,
    start_run,
)

MARCH_TO_JUNE = {"startDate": "2018-03-01", "endDate": "2018-06-30"}


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return make_case(service, admin, people=2, places=2)


def place(admin: Caller, candidate_id: UUID, slot_id: UUID, **dates: str) -> Any:
    body = {
        "candidateId": str(candidate_id),
        "slotId": str(slot_id),
        "programme": "arbetspraktik",
        "reason": "candidate-wish",
    }
    return register(admin, "/placements", body | MARCH_TO_JUNE | dates)


def states(admin: Caller, *proposals: Any) -> list[tuple[str, str | None]]:
    shown = [admin.get(f"/proposals/{one['id']}").json() for one in proposals]
    return [(one["status"], one["supersededBy"]) for one in shown]


def of_person(proposals: list[Any], candidate_id: UUID) -> Any:
    return next(one for one in proposals if one["candidateId"] == str(candidate_id))


class TestPlacedCandidate:
    def test_placement_outside_the_run(self, service: Service, case: Case, admin: Caller) -> None:
        proposals = proposals_of(admin, start_run(admin))
        placement = place(admin, case.candidate_ids[0], add_slot(service, admin, case))
        gone, left = (of_person(proposals, one) for one in case.candidate_ids)
        assert states(admin, gone, left) == [
            ("superseded", "candidate-placed"),
            ("proposed", None),
        ]
        for decision in (APPROVAL, DECLINE):
            answer = decide(admin, gone, decision)
            assert answer.json()["type"] == "/problems/candidate-placed"
        assert decide(admin, left).status_code == 201
        with service.database.reading() as session:
            told = select(Event).where(Event.action == "superseded")
            [event] = session.exec(told).all()
        assert (event.resource, str(event.resource_id)) == ("placements", placement["id"])
        assert event.after == {"proposals": {"candidate-placed": [gone["id"]]}}

    def test_approval_of_another_runs_proposal(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        of_contract = {"contractIds": [str(case.contract_id)]}
        first = proposals_of(admin, start_run(admin, **of_contract))
        change_row(
            service, Slot, case.slot_id, clause_id=None
        )  # the second run does not match this slot
        add_slot(service, admin, case, clause_id=case.clause_id, places=2)
        second = proposals_of(admin, start_run(admin, **of_contract))
        person = case.candidate_ids[0]
        chosen = of_person(second, person)
        assert decide(admin, chosen).status_code == 201
        expected = [("superseded", "candidate-placed"), ("approved", None), ("proposed", None)]
        other = of_person(first, case.candidate_ids[1])
        assert states(admin, of_person(first, person), chosen, other) == expected

    def test_in_other_dates_nothing_gives_way(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        proposals = proposals_of(admin, start_run(admin))
        assert {one["endDate"] for one in proposals} == {"2018-08-31"}
        later = {"startDate": "2018-09-01", "endDate": "2018-10-31"}
        place(admin, case.candidate_ids[0], add_slot(service, admin, case), **later)
        assert states(admin, *proposals) == [("proposed", None)] * 2


class TestFullSlot:
    def test_only_when_no_place_is_left(self, service: Service, case: Case, admin: Caller) -> None:
        proposals = proposals_of(admin, start_run(admin))
        one, other = add_candidate(service, admin), add_candidate(service, admin)
        place(admin, one, case.slot_id)
        assert states(admin, *proposals) == [("proposed", None)] * 2
        place(admin, other, case.slot_id)
        assert states(admin, *proposals) == [("superseded", "slot-full")] * 2
        for decision in (APPROVAL, DECLINE):
            answer = decide(admin, proposals[0], decision)
            assert answer.json()["type"] == "/problems/slot-full"

    def test_by_an_approval(self, service: Service, case: Case, admin: Caller) -> None:
        proposals = proposals_of(admin, start_run(admin))
        change_row(service, Slot, case.slot_id, supervisor_capacity=1)
        assert decide(admin, proposals[0]).status_code == 201
        assert states(admin, *proposals) == [("approved", None), ("superseded", "slot-full")]

    def test_places_taken_one_after_the_other_count_as_one(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        proposals = proposals_of(admin, start_run(admin))
        later = {"start_date": date(2018, 7, 1), "end_date": date(2018, 8, 31)}
        add_placement(service, admin, case, candidate_id=add_candidate(service, admin), **later)
        place(admin, add_candidate(service, admin), case.slot_id)
        assert states(admin, *proposals) == [("proposed", None)] * 2

    @pytest.mark.usefixtures("case")
    def test_of_another_organisation_nothing_gives_way(
        self, service: Service, admin: Caller
    ) -> None:
        proposals = proposals_of(admin, start_run(admin))
        stranger = service.stranger()
        theirs = make_case(service, stranger, places=1)
        place(stranger, theirs.candidate_ids[0], theirs.slot_id)
        assert states(admin, *proposals) == [("proposed", None)] * 2


class TestNewerRun:
    @pytest.mark.usefixtures("case")
    def test_says_so(self, admin: Caller) -> None:
        proposals = proposals_of(admin, start_run(admin))
        start_run(admin)
        assert states(admin, *proposals) == [("superseded", "newer-run")] * 2
