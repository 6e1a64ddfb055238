"""Who could have a slot's place next, by a run's own answer and by who is free today."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.bench.followed_up import counted_statements
from app.models.candidates import Candidate
from app.models.keys import Role
from app.models.placements import Placement
from app.models.slots import Slot
from tests.api.registering import register
from tests.callers import Caller, Service
from tests.journeys import (
    DECLINE,
    Case,
    add_candidate,
    add_moves,
    add_placement,
    add_slot,
    change_row,
    decide,
    make_case,
    proposals_of,
    start_run,
)

LIFT = {"reason": "Personen har ändrat sig."}
# The longer somebody has waited the more points: in the order of the numbers.
SINCE = [date(2015, 2, 1), date(2016, 8, 1), date(2017, 2, 1), date(2017, 8, 1)]


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    """One place, and four people, each with fewer points than the one before."""
    case = make_case(service, admin, people=4, places=1)
    for candidate_id, since in zip(case.candidate_ids, SINCE, strict=True):
        change_row(service, Candidate, candidate_id, waiting_since=since)
    return case


def path_of(run: Any, slot_id: UUID | str) -> str:
    return f"/match-runs/{run['id']}/reserves?slotId={slot_id}"


def reserves_of(admin: Caller, run: Any, case: Case) -> list[int]:
    """By their numbers among the case's people."""
    items = admin.get(path_of(run, case.slot_id)).json()["items"]
    return [case.candidate_ids.index(UUID(one["candidateId"])) for one in items]


class TestOrder:
    def test_least_loss_first_as_a_proposal_is_told(self, case: Case, admin: Caller) -> None:
        run = start_run(admin)
        items = admin.get(path_of(run, case.slot_id)).json()["items"]
        assert [one["candidateId"] for one in items] == [str(one) for one in case.candidate_ids[1:]]
        losses = [one["loss"]["points"] for one in items]
        assert losses == sorted(losses)
        assert losses[0] > 0
        for item in items:
            pin = {"candidateId": item["candidateId"], "slotId": item["slotId"]}
            body = {"changes": [{"kind": "pin"} | pin]}
            change = admin.post(f"/match-runs/{run['id']}/scenarios", body).json()["difference"]
            assert change["points"] == -item["loss"]["points"]
            assert change["placesByTier"] == item["loss"]["placesByTier"]
            pair = admin.get(
                f"/match-runs/{run['id']}/pairs?candidateId={pin['candidateId']}"
                f"&slotId={pin['slotId']}"
            ).json()
            shared = item.keys() & pair.keys()
            assert shared > {"points", "criteria", "programme", "startDate", "endDate"}
            assert {name: item[name] for name in shared} == {name: pair[name] for name in shared}

    def test_is_the_gap_that_the_run_told(self, case: Case, admin: Caller) -> None:
        run = start_run(admin)
        left = admin.get(f"/match-runs/{run['id']}/unmatched-candidates").json()["items"]
        gaps = {one["candidateId"]: one["reasons"][0]["gap"] for one in left}
        items = admin.get(path_of(run, case.slot_id)).json()["items"]
        assert {one["candidateId"]: one["loss"] for one in items} == gaps

    def test_twenty_at_most_and_by_pages(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=22, places=1)
        run = start_run(admin)
        page = admin.get(path_of(run, case.slot_id) + "&limit=15").json()
        rest = admin.get(path_of(run, case.slot_id) + "&limit=15&page=2").json()
        assert (len(page["items"]), len(rest["items"])) == (15, 5)
        assert page["_meta"]["totalRecords"] == 20
        named = [one["candidateId"] for one in (*page["items"], *rest["items"])]
        assert len(set(named)) == 20

    def test_texts_in_english(self, case: Case, admin: Caller) -> None:
        path = path_of(start_run(admin), case.slot_id)
        shown = admin.get(path, headers={"Accept-Language": "en"}).json()["items"][0]
        assert shown["criteria"][0]["text"].startswith("The slot's occupation")


class TestWhoIsFree:
    def test_not_who_is_placed_in_these_dates(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        run, elsewhere = start_run(admin), add_slot(service, admin, case)
        add_placement(service, admin, case, candidate_id=case.candidate_ids[1], slot_id=elsewhere)
        assert reserves_of(admin, run, case) == [2, 3]

    def test_who_is_placed_before_or_after(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        run, elsewhere = start_run(admin), add_slot(service, admin, case)
        later = {"start_date": date(2019, 1, 1), "end_date": date(2019, 3, 31)}
        add_placement(
            service, admin, case, candidate_id=case.candidate_ids[1], slot_id=elsewhere, **later
        )
        assert reserves_of(admin, run, case) == [1, 2, 3]

    def test_not_whom_a_later_run_proposes(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        run = start_run(admin)
        add_slot(service, admin, case)
        forbidden = [{"candidateId": str(case.candidate_ids[0]), "slotId": str(case.slot_id)}]
        second = start_run(admin, forbidden=forbidden)
        proposed = {one["candidateId"] for one in proposals_of(admin, second)}
        assert str(case.candidate_ids[1]) in proposed
        left = [n for n in (1, 2, 3) if str(case.candidate_ids[n]) not in proposed]
        assert reserves_of(admin, run, case) == left

    def test_not_who_left_before_the_end(self, service: Service, case: Case, admin: Caller) -> None:
        left = {"candidate_id": case.candidate_ids[1], "end_date": date(2018, 2, 20)}
        placement_id = add_placement(service, admin, case, start_date=date(2018, 1, 1), **left)
        moves = (("active", "2018-01-01"), ("ended-early", "2018-01-20"))
        add_moves(service, admin, placement_id, *moves)
        change_row(service, Placement, placement_id, status="ended-early")
        assert reserves_of(admin, start_run(admin), case) == [2, 3]

    def test_not_who_was_declined_until_it_is_lifted(self, case: Case, admin: Caller) -> None:
        first = start_run(admin)
        (proposal,) = proposals_of(admin, first)
        decision = decide(admin, proposal, DECLINE).json()
        second = start_run(admin)
        assert reserves_of(admin, second, case) == [2, 3]
        register(admin, f"/decisions/{decision['id']}/lifts", LIFT)
        assert reserves_of(admin, second, case) == [0, 2, 3]
        assert reserves_of(admin, first, case) == [2, 3], "whom it proposed is not in reserve"

    def test_not_whom_the_runs_caller_forbade(self, case: Case, admin: Caller) -> None:
        forbidden = [{"candidateId": str(case.candidate_ids[1]), "slotId": str(case.slot_id)}]
        assert reserves_of(admin, start_run(admin, forbidden=forbidden), case) == [2, 3]

    @pytest.mark.parametrize(
        "change",
        [
            {"agreed_to_be_proposed": False},
            {"available_to": date(2018, 4, 1)},
            {"programmes": []},
            {"maximum_distance_km": 0, "municipality_code": "0180"},
        ],
    )
    def test_not_who_has_changed_so(
        self, service: Service, case: Case, admin: Caller, change: Any
    ) -> None:
        run = start_run(admin)
        change_row(service, Candidate, case.candidate_ids[2], **change)
        assert reserves_of(admin, run, case) == [1, 3]

    def test_not_who_avoids_the_supplier_now(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        run = start_run(admin)
        with service.database.reading() as session:
            supplier_id = session.get_one(Slot, case.slot_id).supplier_id
        change_row(service, Candidate, case.candidate_ids[1], avoided_supplier_ids=[supplier_id])
        assert reserves_of(admin, run, case) == [2, 3]

    def test_not_who_has_left(self, case: Case, admin: Caller) -> None:
        run = start_run(admin)
        path = f"/candidates/{case.candidate_ids[1]}"
        assert admin.delete(path, version=1).status_code == 204
        assert reserves_of(admin, run, case) == [2, 3]

    def test_without_a_loss_where_whom_the_run_chose_has_left(
        self, case: Case, admin: Caller
    ) -> None:
        run = start_run(admin)
        assert admin.delete(f"/candidates/{case.candidate_ids[0]}", version=1).status_code == 204
        items = admin.get(path_of(run, case.slot_id)).json()["items"]
        assert [one["loss"] for one in items] == [None] * 3

    def test_without_a_loss_where_a_person_chose_for_every_place(
        self, case: Case, admin: Caller
    ) -> None:
        pin = {"candidateId": str(case.candidate_ids[3]), "slotId": str(case.slot_id)}
        items = admin.get(path_of(start_run(admin, pins=[pin]), case.slot_id)).json()["items"]
        assert [one["candidateId"] for one in items] == [str(one) for one in case.candidate_ids[:3]]
        assert [one["loss"] for one in items] == [None] * 3


class TestWhichSlot:
    def test_one_that_was_closed(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2, places=1)
        throughout = {"candidate_id": add_candidate(service, admin), "end_date": date(2019, 6, 30)}
        add_placement(service, admin, case, **throughout)
        assert reserves_of(admin, start_run(admin), case) == []

    def test_one_that_is_not_in_the_run(self, service: Service, case: Case, admin: Caller) -> None:
        run = start_run(admin)
        for slot_id in (uuid4(), add_slot(service, admin, case)):
            answer = admin.get(path_of(run, slot_id))
            assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")

    def test_none(self, admin: Caller, case: Case) -> None:
        answer = admin.get(f"/match-runs/{start_run(admin)['id']}/reserves")
        assert answer.status_code == 422

    def test_not_mine(self, service: Service, case: Case, admin: Caller) -> None:
        path = path_of(start_run(admin), case.slot_id)
        assert service.stranger().get(path).status_code == 404

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(
        self, service: Service, case: Case, admin: Caller, role: Role
    ) -> None:
        path = path_of(start_run(admin), case.slot_id)
        assert service.caller(role).get(path).status_code == 403


def test_as_many_queries_whatever_the_size(service: Service, admin: Caller, case: Case) -> None:
    def queries() -> int:
        path = path_of(start_run(admin), case.slot_id)
        with counted_statements(service.database) as statements:
            assert admin.get(path).status_code == 200
        return len(statements)

    few = queries()
    for _ in range(5):
        add_candidate(service, admin)
    assert queries() == few
