"""Reading what a run answered: proposals, who is left, which places, and single pairs."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.clock import utc_now
from app.models.keys import Role
from app.models.proposals import Proposal
from tests.callers import Caller, Service
from tests.journeys import (
    Case,
    add_candidate,
    add_slot,
    change_row,
    decide,
    make_case,
    proposals_of,
    start_run,
)

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return make_case(service, admin, people=3)


@pytest.fixture
def run(case: Case, admin: Caller) -> Any:
    return start_run(admin)


class TestListProposals:
    def test_criteria_sum_to_points(self, run: Any, admin: Caller) -> None:
        for proposal in proposals_of(admin, run):
            assert sum(one["points"] for one in proposal["criteria"]) == proposal["points"]
            assert sum(one["maximum"] for one in proposal["criteria"]) == 1000

    def test_points_sum_to_the_objective(self, run: Any, admin: Caller) -> None:
        points = [proposal["points"] for proposal in proposals_of(admin, run)]
        assert sum(points) == run["objective"]["points"]

    def test_filters(self, run: Any, case: Case, admin: Caller) -> None:
        first, second = proposals_of(admin, run)
        query = f"&candidateId={second['candidateId']}"
        assert proposals_of(admin, run, query) == [second]
        assert proposals_of(admin, run, f"&slotId={case.slot_id}") == [first, second]
        assert proposals_of(admin, run, f"&slotId={uuid4()}") == []
        assert proposals_of(admin, run, "&status=approved") == []

    def test_pages_keep_the_runs_order(self, run: Any, admin: Caller) -> None:
        paged = [
            admin.get(f"/match-runs/{run['id']}/proposals?limit=1&page={page}").json()["items"]
            for page in (1, 2)
        ]
        assert [items[0] for items in paged] == proposals_of(admin, run)


class TestReadProposal:
    def test_valid(self, run: Any, admin: Caller) -> None:
        listed = proposals_of(admin, run)[0]
        answer = admin.get(f"/proposals/{listed['id']}")
        assert (answer.json(), answer.headers["etag"]) == (listed, '"1-sv"')

    def test_price_says_what_a_place_is_worth(self, run: Any, admin: Caller) -> None:
        price = proposals_of(admin, run)[0]["slotPrice"]
        assert price["min"]["placesByTier"]["1"] == 1  # a third person waits for one more place

    def test_in_english(self, run: Any, admin: Caller) -> None:
        listed = proposals_of(admin, run)[0]
        english = admin.get(f"/proposals/{listed['id']}", headers=ENGLISH).json()
        texts = [one["text"] for one in english["criteria"]]
        assert texts[3] == "The person has waited for 24 months."
        assert listed["criteria"][3]["text"] == "Personen har väntat i 24 månader."

    def test_known_in_one_language_is_news_in_the_other(self, run: Any, admin: Caller) -> None:
        path = f"/proposals/{proposals_of(admin, run)[0]['id']}"
        tag = admin.get(path).headers["etag"]
        assert admin.get(path, headers={"If-None-Match": tag}).status_code == 304
        english = admin.get(path, headers={"If-None-Match": tag, **ENGLISH})
        assert (english.status_code, english.headers["content-language"]) == (200, "en")
        assert english.headers["vary"] == "Accept-Language"

    def test_not_mine(self, run: Any, service: Service, admin: Caller) -> None:
        path = f"/proposals/{proposals_of(admin, run)[0]['id']}"
        assert service.stranger().get(path).status_code == 404

    def test_role_that_may_not(self, run: Any, service: Service, admin: Caller) -> None:
        path = f"/proposals/{proposals_of(admin, run)[0]['id']}"
        assert service.caller(Role.AUDITOR).get(path).status_code == 403


class TestListUnmatchedCandidates:
    def test_outranked_says_the_gap_and_nothing_of_others(
        self, run: Any, case: Case, admin: Caller
    ) -> None:
        [left] = admin.get(f"/match-runs/{run['id']}/unmatched-candidates").json()["items"]
        [reason] = left["reasons"]
        assert (reason["code"], reason["slotId"]) == ("outranked", str(case.slot_id))
        assert reason["gap"] == {"placesByTier": {"2": 0, "1": 0, "0": 0}, "points": 0}
        assert reason["text"].endswith("Den närmaste hade varit lika bra.")
        others = {str(one) for one in case.candidate_ids} - {left["candidateId"]}
        assert not any(other in str(left) for other in others)

    def test_near_miss_fails_one_rule(self, service: Service, case: Case, admin: Caller) -> None:
        far = add_candidate(service, admin, municipality_code="0180")
        add_candidate(service, admin, municipality_code="0180", agreed_to_be_proposed=False)
        items = left_in(admin, start_run(admin))
        [miss] = items[str(far)]["nearMisses"]
        assert (miss["slotId"], miss["code"]) == (str(case.slot_id), "too-far")
        assert sorted(len(item["nearMisses"]) for item in items.values()) == [0, 0, 1]

    def test_at_most_five_near_misses(self, service: Service, case: Case, admin: Caller) -> None:
        for _ in range(5):
            add_slot(service, admin, case)
        far = add_candidate(service, admin, municipality_code="0180")
        item = left_in(admin, start_run(admin))[str(far)]
        assert len(item["nearMisses"]) == 5
        assert [(one["code"], one["slots"]) for one in item["reasons"]] == [("too-far", 6)]


class TestListUnfilledSlots:
    def test_says_why(self, service: Service, case: Case, admin: Caller) -> None:
        slot_id = add_slot(service, admin, case, occupation={"ssyk": "9111"}, places=7)
        run = start_run(admin)
        [item] = admin.get(f"/match-runs/{run['id']}/unfilled-slots").json()["items"]
        assert (item["slotId"], item["placesLeft"]) == (str(slot_id), 7)
        assert item["reasons"] == [
            {
                "code": "occupation-not-sought",
                "candidates": 3,
                "text": "3 kandidater: yrket är inte bland dem som söks.",
            }
        ]


class TestAge:
    def test_waits_until_it_is_decided(self, service: Service, run: Any, admin: Caller) -> None:
        proposal = proposals_of(admin, run)[0]
        path = f"/proposals/{proposal['id']}"
        assert proposal["ageDays"] == 0
        made = utc_now() - timedelta(days=3)
        change_row(service, Proposal, UUID(proposal["id"]), created_at=made)
        shown = admin.get(path)
        assert (shown.json()["ageDays"], shown.headers["etag"]) == (3, '"1-sv-3"')
        decide(admin, proposal)
        decided = {"created_at": made, "updated_at": made + timedelta(days=2)}
        change_row(service, Proposal, UUID(proposal["id"]), **decided)
        assert admin.get(path).json()["ageDays"] == 2


class TestExplainPair:
    def test_chosen_as_proposed(self, run: Any, admin: Caller) -> None:
        proposal = proposals_of(admin, run)[0]
        pair = explained(admin, run, proposal["candidateId"], proposal["slotId"]).json()
        assert pair["status"] == "chosen"
        for name in ("points", "criteria", "programme", "startDate", "endDate"):
            assert pair[name] == proposal[name]

    def test_possible(self, run: Any, case: Case, admin: Caller) -> None:
        [left] = left_in(admin, run)
        pair = explained(admin, run, left, case.slot_id).json()
        assert (pair["status"], pair["reasons"]) == ("possible", [])
        assert pair["points"] > 0

    def test_impossible_says_every_rule(self, service: Service, case: Case, admin: Caller) -> None:
        far = add_candidate(
            service, admin, municipality_code="0180", available_from=date(2018, 9, 2)
        )
        pair = explained(admin, start_run(admin), far, case.slot_id).json()
        assert (pair["status"], pair["points"]) == ("impossible", None)
        assert [reason["code"] for reason in pair["reasons"]] == ["too-far", "not-available"]

    def test_candidate_or_slot_outside_the_run(
        self, run: Any, case: Case, admin: Caller, service: Service
    ) -> None:
        later = add_candidate(service, admin)
        assert explained(admin, run, later, case.slot_id).status_code == 404
        assert explained(admin, run, case.candidate_ids[0], uuid4()).status_code == 404

    def test_both_are_needed(self, run: Any, case: Case, admin: Caller) -> None:
        answer = admin.get(f"/match-runs/{run['id']}/pairs?slotId={case.slot_id}")
        assert [error["pointer"] for error in answer.json()["errors"]] == ["candidateId"]


def explained(caller: Caller, run: Any, candidate_id: UUID | str, slot_id: UUID | str) -> Any:
    query = f"candidateId={candidate_id}&slotId={slot_id}"
    return caller.get(f"/match-runs/{run['id']}/pairs?{query}")


def left_in(caller: Caller, run: Any) -> dict[str, Any]:
    answer = caller.get(f"/match-runs/{run['id']}/unmatched-candidates").json()
    return {item["candidateId"]: item for item in answer["items"]}
