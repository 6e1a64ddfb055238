"""What a run answers when its snapshot has gone with somebody: the others' proposals, and why not
the rest."""

import pytest
from sqlmodel import select

from app.models.match_runs import MatchRunSnapshot
from tests.callers import Caller, Service
from tests.journeys import Case, make_case, proposals_of, start_run
from tests.stored.reading import Json


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return make_case(service, admin, people=3, places=1)


@pytest.fixture
def run(service: Service, admin: Caller, case: Case) -> Json:
    """Nobody can read what it was given, and one of those whom it left has left the service."""
    run: Json = start_run(admin)
    with service.database.writing() as session:
        for kept in session.exec(select(MatchRunSnapshot)):
            kept.content = b"damaged"
    (proposal,) = proposals_of(admin, run)
    gone = next(one for one in case.candidate_ids if str(one) != proposal["candidateId"])
    assert admin.delete(f"/candidates/{gone}").status_code == 204
    return run


class TestRunWithoutSnapshot:
    def test_says_so_and_keeps_its_answer(self, admin: Caller, run: Json) -> None:
        shown = admin.get(f"/match-runs/{run['id']}").json()
        assert shown["redacted"]
        same = ("status", "objective", "certificate", "counts", "inputHash")
        assert [shown[name] for name in same] == [run[name] for name in same]
        assert len(proposals_of(admin, run)) == 1

    @pytest.mark.parametrize("part", ["proof", "unmatched-candidates", "reserves", "pairs"])
    def test_refuses_what_it_would_need_it_for(
        self, admin: Caller, run: Json, case: Case, part: str
    ) -> None:
        (proposal,) = proposals_of(admin, run)
        query = {"slotId": str(case.slot_id), "candidateId": proposal["candidateId"]}
        asked = {"reserves": {"slotId"}, "pairs": set(query)}.get(part, set())
        params = {name: query[name] for name in asked}
        answer = admin.get(f"/match-runs/{run['id']}/{part}", params=params)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/redacted")

    def test_refuses_scenarios(self, admin: Caller, run: Json, case: Case) -> None:
        changes = [{"kind": "places", "slotId": str(case.slot_id), "places": 2}]
        answer = admin.post(f"/match-runs/{run['id']}/scenarios", {"changes": changes})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/redacted")
