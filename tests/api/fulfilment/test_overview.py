"""Fulfilment of a contract with its call-offs, and of the whole organisation."""

from datetime import date
from typing import Any

import pytest

from app.bench.followed_up import counted_statements
from app.models.keys import Role
from app.services.fulfilment.overview import FulfilmentFilter, read_all_fulfilments
from tests.api.registering import (
    pointers,
    register_clause,
    register_contract,
    register_slot,
    register_supplier,
)
from tests.callers import Caller, Service
from tests.journeys import Case, actor_of, add_moves, add_placement, make_case

BEGUN = "2018-03-01"
STAYED = (("active", "2018-03-01"), ("completed", "2018-06-30"))
LEFT_TO_CALL_OFFS = {"places": None, "minimumMonths": None, "quantityPerCallOff": True}


def fulfilment(caller: Caller, contract_id: Any, as_of: str = BEGUN, **more: Any) -> Any:
    answer = caller.get(f"/contracts/{contract_id}/fulfilment?asOf={as_of}", **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def listed(caller: Caller, query: str = "") -> list[Any]:
    answer = caller.get(f"/fulfilments?asOf={BEGUN}{query}")
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


def settle_one(service: Service, admin: Caller) -> Case:
    """A clause of one place that is met on 30 June 2018."""
    case = make_case(service, admin, clause={"places": 1})
    placement_id = add_placement(service, admin, case, candidate_id=case.candidate_ids[0])
    add_moves(service, admin, placement_id, *STAYED)
    return case


@pytest.fixture
def framework(admin: Caller) -> tuple[str, str, list[str]]:
    """A framework whose clause two call-offs inherit: three places, and six full-time months."""
    supplier_id = register_supplier(admin)
    contract_id = register_contract(admin, supplier_id, reference="RAM 1")
    clause_id = register_clause(admin, contract_id, **LEFT_TO_CALL_OFFS)
    heirs = []
    for number, quantity in enumerate([{"places": 3, "minimumMonths": 4}, {"fullTimeMonths": 6}]):
        named = {"frameworkContractId": contract_id, "reference": f"AVROP {number}"}
        call_off = register_contract(admin, supplier_id, **named)
        none = {"places": None, "minimumMonths": None}
        terms = none | quantity | {"inheritsFromClauseId": clause_id}
        heirs.append(register_clause(admin, call_off, **terms))
    return contract_id, clause_id, heirs


class TestReadContractFulfilment:
    def test_sums_its_clauses(self, service: Service, admin: Caller) -> None:
        case = settle_one(service, admin)
        register_clause(admin, str(case.contract_id), places=3, minimumMonths=4)
        shown = fulfilment(admin, case.contract_id, "2018-06-30")
        assert shown["places"] == {
            "required": 4,
            "delivered": 1,
            "credited": 0,
            "active": 0,
            "booked": 0,
            "missing": 3,
            "surplus": 0,
        }
        assert (shown["verdict"], shown["fullTimeMonths"]) == ("at-risk", None)
        assert [one["verdict"] for one in shown["clauses"]] == ["at-risk", "met"]
        assert "Villkor, sett den 2018-06-30: 1 i riskzonen, 1 uppfyllt." in shown["text"]
        assert "Platser: krävs 4; genomförda 1" in shown["text"]

    def test_what_one_has_beyond_makes_up_for_no_other(
        self, service: Service, admin: Caller
    ) -> None:
        case = settle_one(service, admin)
        register_clause(admin, str(case.contract_id), places=3, minimumMonths=4)
        add_placement(
            service, admin, case, start_date=date(2018, 7, 1), end_date=date(2018, 10, 31)
        )
        shown = fulfilment(admin, case.contract_id, "2018-06-30")
        sums = shown["places"]
        assert (sums["required"], sums["delivered"], sums["booked"]) == (4, 1, 1)
        assert (sums["missing"], sums["surplus"]) == (3, 1)
        assert "Vissa villkor har 1 plats mer än de kräver" in shown["text"]

    def test_of_a_framework(self, admin: Caller, framework: tuple[str, str, list[str]]) -> None:
        contract_id, clause_id, heirs = framework
        shown = fulfilment(admin, contract_id)
        assert [shown[name]["required"] for name in ("places", "fullTimeMonths")] == [3, 6]
        assert {one["clauseId"] for one in shown["clauses"]} == {clause_id, *heirs}
        assert ": 3 i riskzonen. Platser: " in shown["text"]
        assert ": 3 inte uppfyllda. " in fulfilment(admin, contract_id, "2019-07-01")["text"]
        own = admin.get(f"/clauses/{clause_id}/fulfilment?asOf={BEGUN}").json()
        assert (own["verdict"], own["missing"]) == ("at-risk", None)
        assert "Mängden bestäms i avropen, 2 hittills;" in own["text"]

    @pytest.mark.parametrize(
        ("as_of", "said"),
        [
            ("2018-02-28", "Ett avrop har inte börjat, sett den 2018-02-28."),
            ("2019-07-01", "Ett avrop är slut och villkoret är inte uppfyllt där"),
        ],
    )
    def test_framework_speaks_of_its_call_offs_dates(
        self, admin: Caller, framework: tuple[str, str, list[str]], as_of: str, said: str
    ) -> None:
        text = admin.get(f"/clauses/{framework[1]}/fulfilment?asOf={as_of}").json()["text"]
        assert said in text
        assert "Avtalet" not in text

    def test_framework_has_reports_of_its_own_but_no_starts(
        self, admin: Caller, framework: tuple[str, str, list[str]]
    ) -> None:
        path = f"/clauses/{framework[1]}"
        dates = {"firstStartWithinMonths": 1, "reportDates": ["2018-06-01"]}
        assert admin.patch(path, dates | {"effectiveFrom": BEGUN}).is_success
        for as_of, verdict, missed in (("2018-06-01", "at-risk", 0), ("2018-06-02", "overdue", 1)):
            shown = admin.get(f"{path}/fulfilment?asOf={as_of}").json()
            assert (shown["verdict"], len(shown["missedDeadlines"])) == (verdict, missed)
            assert shown["firstStartMet"] is None

    def test_framework_has_excuses_and_offers_from_its_call_offs(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        clause_id = register_clause(admin, contract_id, **LEFT_TO_CALL_OFFS)
        note = {"on": "2018-07-01", "text": "x", "nextFollowUpDate": "2019-01-01"}
        excuse = note | {"kind": "excuse-decided", "reason": "lack-of-candidates"}
        rectify = note | {"kind": "rectification-set", "until": "2018-12-01"}
        for body in (excuse, rectify, note | {"kind": "offer-made"}):
            answer = admin.post(f"/clauses/{clause_id}/follow-ups", body)
            assert pointers(answer) == ["#/kind"], body
        report = note | {"kind": "report"}
        assert admin.post(f"/clauses/{clause_id}/follow-ups", report).status_code == 201

    def test_framework_without_call_offs(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        clause_id = register_clause(admin, contract_id, **LEFT_TO_CALL_OFFS)
        own = admin.get(f"/clauses/{clause_id}/fulfilment?asOf={BEGUN}").json()
        assert (own["verdict"], "inget avrop" in own["text"]) == ("not-started", True)
        assert "Avtalet har inte börjat" not in own["text"]

    def test_without_clauses(self, admin: Caller) -> None:
        shown = fulfilment(admin, register_contract(admin, register_supplier(admin)))
        assert (shown["verdict"], shown["places"], shown["clauses"]) == (None, None, [])
        assert "inget sysselsättningsvillkor" in shown["text"]

    def test_in_english(self, service: Service, admin: Caller) -> None:
        case = settle_one(service, admin)
        english = {"Accept-Language": "en"}
        text = fulfilment(admin, case.contract_id, "2018-06-30", headers=english)["text"]
        assert "Clauses, as of 2018-06-30: 1 met. Places: 1 required, 1 delivered" in text

    def test_as_known_then(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        register_clause(admin, contract_id)
        then = f"{BEGUN}&knownAt=2018-03-01T00:00:00Z"
        assert fulfilment(admin, contract_id, then)["clauses"] == []

    def test_not_mine(self, service: Service, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        path = f"/contracts/{contract_id}/fulfilment"
        assert service.stranger().get(path).status_code == 404


class TestListFulfilments:
    def test_the_worst_first_and_then_the_soonest(self, service: Service, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        days = {"2018-09-01": "later", "2018-06-01": "soon"}
        for day, who in days.items():
            register_clause(admin, contract_id, nextFollowUpDate=day, responsible=who)
        short = register_clause(admin, contract_id, minimumMonths=17, responsible="short")
        assert [(one["verdict"], one["responsible"]) for one in listed(admin)] == [
            ("impossible", "short"),
            ("at-risk", "soon"),
            ("at-risk", "later"),
        ]
        assert listed(admin)[0]["clauseId"] == short

    def test_filters(self, service: Service, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        contract_id = register_contract(admin, supplier_id)
        register_clause(admin, contract_id, responsible="HR")
        other = register_contract(admin, supplier_id, reference="KS 2")
        register_clause(admin, other, minimumMonths=17)
        assert [one["verdict"] for one in listed(admin, "&verdict=impossible")] == ["impossible"]
        assert [one["responsible"] for one in listed(admin, "&responsible=HR")] == ["HR"]
        assert [one["contractId"] for one in listed(admin, f"&contractId={other}")] == [other]

    def test_pages(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        for _ in range(3):
            register_clause(admin, contract_id)
        answer = admin.get("/fulfilments?limit=2&page=2").json()
        assert (len(answer["items"]), answer["_meta"]["totalRecords"]) == (1, 3)
        assert admin.get("/fulfilments?page=0").json()["items"] == []

    def test_settled(self, service: Service, admin: Caller) -> None:
        settle_one(service, admin)
        answer = admin.get("/fulfilments?asOf=2018-06-30").json()
        assert [(one["verdict"], one["settled"]) for one in answer["items"]] == [("met", True)]

    def test_bad_verdict(self, admin: Caller) -> None:
        assert pointers(admin.get("/fulfilments?verdict=fine")) == ["verdict"]

    @pytest.mark.parametrize("role", list(Role))
    def test_every_role_reads(self, service: Service, admin: Caller, role: Role) -> None:
        register_clause(admin, register_contract(admin, register_supplier(admin)))
        assert len(listed(service.caller(role))) == 1

    def test_only_own(self, service: Service, admin: Caller) -> None:
        register_clause(admin, register_contract(admin, register_supplier(admin)))
        assert listed(service.stranger()) == []

    def test_as_many_queries_whatever_the_size(self, service: Service, admin: Caller) -> None:
        actor = actor_of(admin)

        def queries() -> int:
            with (
                service.database.reading() as session,
                counted_statements(service.database) as statements,
            ):
                read_all_fulfilments(session, actor, FulfilmentFilter(), date(2018, 6, 30))
            return len(statements)

        case = settle_one(service, admin)
        few = queries()
        supplier_id = str(admin.get(f"/slots/{case.slot_id}").json()["supplierId"])
        for number in range(3):
            clause_id = register_clause(admin, str(case.contract_id))
            register_slot(admin, supplier_id, clauseId=clause_id, reference=f"EB-{number}")
            add_placement(service, admin, case)
        assert queries() == few
