"""A contract as an OCDS release, checked without OCDS's own files (make check-ocds has those)."""

import re
from datetime import date, datetime
from typing import Any

import pytest

from app.main import create_state
from app.models.contracts import Contract
from app.settings import Settings
from tests.api.reports.reporting import add_framework, half_way, place, read
from tests.callers import Caller, Service
from tests.journeys import Case, change_row, make_case
from tests.make import PEPPER

STATUSES = {"scheduled", "met", "notMet", "partiallyMet"}
GOAL = "social.disadvantagedEmploymentOpportunities"
DONE = {"active": "2018-05-01", "completed": "2018-08-31"}


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return half_way(service, admin, first_start_within_months=6)


def release(caller: Caller, case: Case, as_of: str = "2018-09-10", **more: Any) -> Any:
    return read(caller, f"/contracts/{case.contract_id}/ocds?asOf={as_of}", **more).json()


def milestones(caller: Caller, case: Case, as_of: str) -> dict[str, Any]:
    (contract,) = release(caller, case, as_of)["contracts"]
    return {one["code"]: one for one in contract["implementation"]["milestones"]}


class TestRelease:
    def test_has_what_every_release_must(self, case: Case, admin: Caller) -> None:
        shown = release(admin, case)
        assert {"ocid", "id", "date", "tag", "initiationType"} <= set(shown)
        assert shown["ocid"] == f"ocds-unregistered-{case.contract_id}"
        assert re.fullmatch(f"{case.contract_id}-20180910-[0-9a-f]{{12}}", shown["id"])
        assert shown["date"] == "2018-09-10T00:00:00+02:00"
        assert (shown["tag"], shown["initiationType"]) == (["contract", "implementation"], "tender")
        assert None not in values_in(shown)

    def test_id_is_that_of_the_content_and_the_day(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        first, english = release(admin, case), {"Accept-Language": "en"}
        assert release(admin, case) == first
        others = [release(admin, case, "2018-09-11"), release(admin, case, headers=english)]
        change_row(service, Contract, case.contract_id, title="Ombyggnad av köket")
        others.append(release(admin, case))
        assert len({first["id"], *(one["id"] for one in others)}) == 4
        assert [one["date"][:10] for one in others] == ["2018-09-11", "2018-09-10", "2018-09-10"]

    def test_parties_are_those_that_it_refers_to(self, case: Case, admin: Caller) -> None:
        shown = release(admin, case)
        parties = {(one["id"], one["name"]) for one in shown["parties"]}
        references = [
            shown["buyer"],
            shown["tender"]["procuringEntity"],
            *shown["awards"][0]["suppliers"],
        ]
        assert {(one["id"], one["name"]) for one in references} == parties
        assert shown["parties"][1]["identifier"] == {
            "scheme": "SE-ON",
            "id": "556000-0167",
            "legalName": "Exempelbygg i Jämtland AB",
        }

    def test_contract_belongs_to_the_award(self, case: Case, admin: Caller) -> None:
        shown = release(admin, case)
        contract, award = shown["contracts"][0], shown["awards"][0]
        assert contract["awardID"] == award["id"]
        assert contract["period"] == award["contractPeriod"]
        first, last = "2018-03-01T00:00:00+01:00", "2019-06-30T23:59:59+02:00"
        assert contract["period"] == {"startDate": first, "endDate": last}
        assert contract["value"] == {"amount": 45_000_000, "currency": "SEK"}
        assert contract["items"][0]["classification"] == {"scheme": "CPV", "id": "45214200"}

    def test_sustainability_stands_where_the_extension_puts_it(
        self, case: Case, admin: Caller
    ) -> None:
        tender = release(admin, case)["tender"]
        assert tender["hasSustainability"] is True
        assert tender["sustainability"] == [
            {"goal": GOAL, "strategies": ["contractPerformanceConditions"]}
        ]

    def test_without_a_clause(self, service: Service, admin: Caller, case: Case) -> None:
        change_row(service, Contract, case.contract_id, value_sek=None)
        supplier_id = admin.get("/suppliers").json()["items"][0]["id"]
        bare = {"supplierId": supplier_id, "reference": "KS 2018/1", "title": "Kök"}
        body = bare | {"cpvCode": "55523100", "municipalityCode": "2380"}
        dates = {"startDate": "2018-03-01", "endDate": "2019-06-30"}
        contract_id = admin.post("/contracts", body | dates).json()["id"]
        shown = read(admin, f"/contracts/{contract_id}/ocds").json()
        assert shown["tender"]["hasSustainability"] is False
        assert "sustainability" not in shown["tender"]
        assert "implementation" not in shown["contracts"][0]
        assert "value" not in shown["contracts"][0]

    @pytest.mark.parametrize(
        ("as_of", "status"), [("2019-06-30", "active"), ("2019-07-01", "terminated")]
    )
    def test_contract_status(self, case: Case, admin: Caller, as_of: str, status: str) -> None:
        assert release(admin, case, as_of)["contracts"][0]["status"] == status

    def test_own_prefix(self, service: Service, case: Case, admin: Caller) -> None:
        own = {"secret": PEPPER, "ocid_prefix": "ocds-a1b2c3"}
        assert create_state(Settings.model_validate(own)).ocid_prefix == "ocds-a1b2c3"
        with pytest.raises(ValueError, match="pattern"):
            Settings.model_validate(own | {"ocid_prefix": "Min kommun"})

    def test_english(self, case: Case, admin: Caller) -> None:
        shown = release(admin, case, headers={"Accept-Language": "en"})
        first, whole = shown["contracts"][0]["implementation"]["milestones"]
        assert shown["language"] == "en"
        assert first["title"] == "Social clause 1: first start"
        asked = "By 2018-08-31 somebody is to have started or been offered a place."
        assert first["description"].endswith(f"{asked} Somebody first did on 2018-03-15.")
        assert "As of 2018-09-10, the clause is at risk." in whole["description"]

    def test_names_no_candidate(self, case: Case, admin: Caller) -> None:
        text = str(release(admin, case))
        people = admin.get("/candidates").json()["items"]
        assert len(people) == 3
        assert [one for one in people if one["id"] in text or one["reference"] in text] == []

    def test_not_mine(self, service: Service, case: Case) -> None:
        path = f"/contracts/{case.contract_id}/ocds"
        assert service.stranger().get(path).status_code == 404


class TestMilestones:
    def test_each_obligation_is_due(self, case: Case, admin: Caller) -> None:
        shown = milestones(admin, case, "2018-09-10")
        assert {code: one["dueDate"] for code, one in shown.items()} == {
            "first-start": "2018-08-31T23:59:59+02:00",
            "quantity": "2019-06-30T23:59:59+02:00",
        }
        for one in shown.values():
            assert one["id"] == f"{case.clause_id}-{one['code']}-1"
            assert one["type"] == "delivery"
            assert one["status"] in STATUSES
            assert datetime.fromisoformat(one["dateModified"]).date() == date(2018, 9, 10)

    @pytest.mark.parametrize(
        ("as_of", "status", "met"),
        [
            ("2018-03-14", "scheduled", None),
            ("2018-03-15", "met", "2018-03-15T00:00:00+01:00"),
            ("2019-07-01", "met", "2018-03-15T00:00:00+01:00"),
        ],
    )
    def test_first_start(
        self, case: Case, admin: Caller, as_of: str, status: str, met: str | None
    ) -> None:
        first = milestones(admin, case, as_of)["first-start"]
        assert (first["status"], first.get("dateMet")) == (status, met)

    @pytest.mark.parametrize(
        ("as_of", "status", "said"),
        [
            ("2018-08-31", "scheduled", "Det har inte skett än, sett den 2018-08-31."),
            ("2018-09-01", "notMet", "Det skedde inte i tid."),
        ],
    )
    def test_first_start_that_never_came(
        self, service: Service, admin: Caller, as_of: str, status: str, said: str
    ) -> None:
        case = make_case(service, admin, clause={"first_start_within_months": 6})
        first = milestones(admin, case, as_of)["first-start"]
        assert first["status"] == status
        assert first["description"].endswith(f"erbjudits plats. {said}")

    @pytest.mark.parametrize(
        ("as_of", "status", "met"),
        [
            ("2018-02-01", "scheduled", None),
            ("2018-08-13", "scheduled", None),
            ("2018-08-14", "partiallyMet", None),
            ("2018-08-30", "partiallyMet", None),
            ("2018-08-31", "met", "2018-08-31T00:00:00+02:00"),
            ("2020-01-01", "met", "2018-08-31T00:00:00+02:00"),
        ],
    )
    def test_quantity_and_since_when(
        self,
        service: Service,
        case: Case,
        admin: Caller,
        as_of: str,
        status: str,
        met: str | None,
    ) -> None:
        for _ in range(3):
            place(service, admin, case, date(2018, 5, 1), date(2018, 8, 31), DONE)
        whole = milestones(admin, case, as_of)["quantity"]
        assert (whole["status"], whole.get("dateMet")) == (status, met)

    @pytest.mark.parametrize(
        ("as_of", "met"),
        [
            ("2018-08-31", "2018-08-31T00:00:00+02:00"),
            ("2018-09-30", "2018-08-31T00:00:00+02:00"),
            ("2018-10-01", None),
            ("2019-01-31", "2019-01-31T00:00:00+01:00"),
            ("2019-03-01", "2019-01-31T00:00:00+01:00"),
            ("2020-01-01", "2019-01-31T00:00:00+01:00"),
        ],
    )
    def test_since_when_after_more_was_asked(
        self, service: Service, admin: Caller, as_of: str, met: str | None
    ) -> None:
        case = make_case(service, admin, people=0, clause={"places": 1})
        place(service, admin, case, date(2018, 5, 1), date(2018, 8, 31), DONE)
        second = {"active": "2018-10-01", "completed": "2019-01-31"}
        place(service, admin, case, date(2018, 10, 1), date(2019, 1, 31), second)
        change = {"places": 2, "effectiveFrom": "2018-10-01"}
        path = f"/clauses/{case.clause_id}"
        assert admin.patch(path, change).status_code == 200
        assert milestones(admin, case, as_of)["quantity"].get("dateMet") == met

    def test_names_nobody(self, case: Case, admin: Caller) -> None:
        told = milestones(admin, case, "2018-09-10")["quantity"]["description"]
        assert "Det kräver 4 platser" in told
        assert "Ansvarig" not in told

    def test_nothing_done_and_too_late(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        assert milestones(admin, case, "2019-03-01")["quantity"]["status"] == "scheduled"
        assert milestones(admin, case, "2019-03-02")["quantity"]["status"] == "notMet"
        assert milestones(admin, case, "2019-07-01")["quantity"]["status"] == "notMet"

    @pytest.mark.parametrize(
        ("as_of", "first", "second"),
        [
            ("2018-06-01", "scheduled", "scheduled"),
            ("2018-06-02", "notMet", "scheduled"),
            ("2018-06-05", "met", "scheduled"),
            ("2018-12-02", "met", "notMet"),
        ],
    )
    def test_reports(
        self, service: Service, admin: Caller, as_of: str, first: str, second: str
    ) -> None:
        dates = [date(2018, 12, 1), date(2018, 6, 1)]
        case = make_case(service, admin, clause={"report_dates": dates})
        told = {"kind": "report", "on": "2018-06-05", "nextFollowUpDate": "2018-12-01"}
        answer = admin.post(f"/clauses/{case.clause_id}/follow-ups", told)
        assert answer.status_code == 201, answer.text
        (contract,) = release(admin, case, as_of)["contracts"]
        reports = contract["implementation"]["milestones"][:2]
        assert [one["title"][-9:] for one in reports] == ["rapport 1", "rapport 2"]
        assert [one["dueDate"][:10] for one in reports] == ["2018-06-01", "2018-12-01"]
        assert [one["status"] for one in reports] == [first, second]
        assert {one["type"] for one in reports} == {"reporting"}
        ends = {
            "scheduled": f"Den har inte kommit än, sett den {as_of}.",
            "notMet": f"Den hade inte kommit den {as_of}.",
            "met": "Den kom 2018-06-05.",
        }
        for number, one in enumerate(reports, 1):
            asked = f"Leverantörens rapport {number} ska ha kommit senast {one['dueDate'][:10]}."
            assert one["description"].endswith(f"{asked} {ends[one['status']]}")

    def test_dialogue(self, service: Service, admin: Caller) -> None:
        talk = {"kind": "dialogue", "places": None, "minimum_months": None}
        case = make_case(service, admin, clause=talk)
        held = {"kind": "dialogue-held", "on": "2018-06-05", "nextFollowUpDate": "2018-12-01"}
        assert admin.post(f"/clauses/{case.clause_id}/follow-ups", held).status_code == 201
        (dialogue,) = milestones(admin, case, "2018-09-10").values()
        assert dialogue["id"] == f"{case.clause_id}-dialogue-1"
        assert dialogue["title"] == "Sysselsättningsvillkor 1: dialogen"
        assert dialogue["dateMet"] == "2018-06-05T00:00:00+02:00"

    def test_framework_is_met_when_its_call_offs_are(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        """Quantity and starts belong to the call-offs, reports to the framework, whose text says
        how the worst call-off stands."""
        framework_id = add_framework(service, admin, case)
        for _ in range(3):
            place(service, admin, case, date(2018, 5, 1), date(2018, 8, 31), DONE)
        for as_of, status in (("2018-08-30", "scheduled"), ("2018-09-10", "met")):
            shown = read(admin, f"/contracts/{framework_id}/ocds?asOf={as_of}").json()
            report, milestone = shown["contracts"][0]["implementation"]["milestones"]
            assert (report["status"], milestone["status"]) == ("notMet", status)
        assert milestone["dateMet"] == "2018-08-31T00:00:00+02:00"


def values_in(part: Any) -> list[Any]:
    """Every value that is no object and no list."""
    if isinstance(part, dict | list):
        inner = part.values() if isinstance(part, dict) else part
        return [value for one in inner for value in values_in(one)]
    return [part]
