"""What a report says, in which language and format, of whom, and at what cost."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from app.api.reports.formats import MEDIA_TYPES, preferred_format
from tests.api.reports.reporting import (
    AS_OF,
    contract_report,
    half_way,
    place,
    read,
    start_people,
)
from tests.callers import Caller, Service
from tests.journeys import Case, actor_of, make_case
from tests.make import COMPANY_NUMBERS, make_clause, make_contract, make_supplier

YEAR = "/reports?from=2018-01-01&to=2018-12-31&asOf=2019-01-15"


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return half_way(service, admin)


class TestContractReport:
    def test_quantities_verdict_and_causes(self, case: Case, admin: Caller) -> None:
        shown = contract_report(admin, case).json()
        (contract,) = shown["contracts"]
        (clause,) = contract["clauses"]
        amounts = {"required": 4, "delivered": 1, "credited": 0}
        amounts |= {"active": 1, "booked": 1, "missing": 1, "surplus": 0}
        assert {name: clause[name] for name in amounts} == amounts
        assert (clause["verdict"], clause["verdictName"]) == ("at-risk", "i riskzonen")
        assert [one["text"] for one in clause["causes"]] == ["fördröjd hos myndigheten (1 plats)"]
        assert clause["responsible"] == "Upphandlingsenheten"
        assert "1 till behöver börja senast 2019-03-01" in clause["text"]
        assert shown["totals"] == [{"unit": "places", "unitName": "platser"} | amounts]
        assert (shown["organisation"], shown["persons"]) == ("Östersunds kommun", None)

    def test_credit_and_verdict_by_the_early_end_rule(
        self, service: Service, admin: Caller
    ) -> None:
        case = make_case(service, admin, clause={"places": 1, "early_end_share_percent": 75})
        early = {"active": "2018-03-01", "ended-early": "2018-06-10"}
        place(service, admin, case, date(2018, 3, 1), date(2018, 6, 30), early)
        shown = contract_report(admin, case).json()
        clause = shown["contracts"][0]["clauses"][0]
        assert (clause["delivered"], clause["credited"]) == (1, 1)
        assert (clause["verdict"], clause["metByEarlyEndRule"]) == ("met", True)
        assert clause["verdictName"] == "uppfyllt, enligt regeln om förtida slut"
        assert shown["totals"][0]["credited"] == 1

    def test_follow_ups_without_their_own_words(self, case: Case, admin: Caller) -> None:
        path = f"/clauses/{case.clause_id}/follow-ups"
        wrong = {"kind": "visit", "on": "2018-03-05", "nextFollowUpDate": "2018-06-01"}
        mistake_id = admin.post(path, wrong).json()["id"]
        for more in (
            {"kind": "recorded-by-mistake", "on": "2018-03-05", "text": "Det var i maj."}
            | {"correctsFollowUpId": mistake_id},
            {"kind": "visit", "on": "2018-05-05", "text": "Bo Ek var på plats."},
            {"kind": "rectification-set", "on": "2018-09-01", "until": "2018-10-01"},
            {"kind": "visit", "on": "2018-09-11"},
        ):
            answer = admin.post(path, more | {"nextFollowUpDate": "2019-01-01"})
            assert answer.status_code == 201, answer.text
        clause = contract_report(admin, case).json()["contracts"][0]["clauses"][0]
        assert [(one["on"], one["name"], one["until"]) for one in clause["followUps"]] == [
            ("2018-05-05", "besök", None),
            ("2018-09-01", "tid för rättelse satt", "2018-10-01"),
        ]
        page = contract_report(admin, case, f"asOf={AS_OF}&format=html").text
        assert "2018-09-01: tid för rättelse satt till 2018-10-01" in page
        assert "Bo Ek" not in page

    def test_month_by_month(self, case: Case, admin: Caller) -> None:
        (series,) = contract_report(admin, case).json()["series"]
        names = ("day", "delivered", "active", "booked")
        assert [tuple(point[name] for name in names) for point in series["points"]] == [
            ("2018-03-01", 0, 0, 3),
            ("2018-04-01", 0, 1, 2),
            ("2018-05-01", 0, 1, 2),
            ("2018-06-01", 0, 2, 1),
            ("2018-07-01", 0, 2, 1),
            ("2018-08-01", 0, 2, 1),
            ("2018-09-01", 1, 1, 1),
            ("2018-09-10", 1, 1, 1),
        ]
        assert {point["required"] for point in series["points"]} == {4}

    def test_every_point_is_the_fulfilment_of_that_day(self, case: Case, admin: Caller) -> None:
        (series,) = contract_report(admin, case).json()["series"]
        for point in series["points"]:
            path = f"/clauses/{case.clause_id}/fulfilment?asOf={point['day']}"
            fulfilment = read(admin, path).json()
            for name in ("delivered", "active", "booked", "missing"):
                assert point[name] == fulfilment[name]

    def test_units_are_never_added_to_each_other(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        months = {"places": None, "minimum_months": None, "full_time_months": 8}
        talk = {"kind": "dialogue", "places": None, "minimum_months": None}
        with service.database.writing() as session:
            for terms in (months, talk):
                actor = actor_of(admin)
                make_clause(session, actor, contract_id=case.contract_id, **terms)
        shown = contract_report(admin, case).json()
        assert [(one["unit"], one["required"]) for one in shown["totals"]] == [
            ("places", 4),
            ("full-time-months", 8),
        ]
        assert [one["unit"] for one in shown["series"]] == ["places", "full-time-months"]
        units = [one["unit"] for one in shown["contracts"][0]["clauses"]]
        assert units == ["places", "full-time-months", None]

    def test_before_it_begins_and_long_after(self, case: Case, admin: Caller) -> None:
        before = contract_report(admin, case, "asOf=2018-02-01").json()
        assert [one["day"] for one in before["series"][0]["points"]] == ["2018-02-01"]
        assert before["totals"][0]["booked"] == 1 + 1 + 1
        after = contract_report(admin, case, "asOf=2025-01-01").json()
        [*_, ended, told] = after["series"][0]["points"]
        assert (ended["day"], told["day"]) == ("2019-06-30", "2025-01-01")
        for name in ("required", "delivered", "active", "booked", "missing"):
            assert told[name] == after["totals"][0][name]

    def test_without_a_clause(self, service: Service, admin: Caller) -> None:
        with service.database.writing() as session:
            contract_id = make_contract(session, actor_of(admin)).id
        for name in MEDIA_TYPES:
            answer = read(admin, f"/contracts/{contract_id}/report?format={name}")
            assert answer.content

    def test_names_no_candidate(self, service: Service, case: Case, admin: Caller) -> None:
        candidates = admin.get("/candidates").json()["items"]
        placements = admin.get("/placements").json()["items"]
        secrets = [one["id"] for one in (*candidates, *placements)]
        secrets += [one["reference"] for one in candidates]
        assert len(secrets) == 9
        for name in ("json", "csv", "html"):
            text = contract_report(admin, case, f"asOf={AS_OF}&format={name}").text
            assert [one for one in secrets if one in text] == []

    def test_not_mine(self, service: Service, case: Case) -> None:
        path = f"/contracts/{case.contract_id}/report"
        assert service.stranger().get(path).status_code == 404


class TestLanguageAndFormat:
    def test_english(self, case: Case, admin: Caller) -> None:
        answer = contract_report(admin, case, headers={"Accept-Language": "en"})
        clause = answer.json()["contracts"][0]["clauses"][0]
        assert (clause["verdictName"], clause["unitName"]) == ("at risk", "places")
        assert answer.headers["content-language"] == "en"
        assert answer.headers["vary"] == "Accept, Accept-Language"

    @pytest.mark.parametrize(("name", "media_type"), MEDIA_TYPES.items())
    def test_by_header_and_by_parameter(
        self, case: Case, admin: Caller, name: str, media_type: str
    ) -> None:
        by_header = contract_report(admin, case, headers={"Accept": media_type})
        by_parameter = contract_report(
            admin, case, f"asOf={AS_OF}&format={name}", headers={"Accept": "image/png"}
        )
        kinds = {one.headers["content-type"].partition(";")[0] for one in (by_header, by_parameter)}
        assert kinds == {media_type}

    @pytest.mark.parametrize(
        ("accept", "wanted"),
        [
            (None, "json"),
            ("*/*", "json"),
            ("image/png", "json"),
            ("text/*", "csv"),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
            ("application/json;q=0.5, text/csv", "csv"),
            ("text/csv;q=0, text/*", "html"),
            ("application/json; q=nonsense, text/html; q=0.1", "html"),
        ],
    )
    def test_preferred(self, accept: str | None, wanted: str) -> None:
        assert preferred_format(accept) == wanted

    @pytest.mark.parametrize(("name", "how"), [("csv", "attachment"), ("html", "inline")])
    def test_file_name(self, case: Case, admin: Caller, name: str, how: str) -> None:
        answer = contract_report(admin, case, f"asOf={AS_OF}&format={name}")
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith(f'{how}; filename="uppfyllelse-KS-2017-')
        assert disposition.endswith(f'-{AS_OF}.{name}"')

    def test_file_name_of_an_organisation(self, case: Case, admin: Caller) -> None:
        answer = read(admin, f"{YEAR}&format=xlsx", headers={"Accept-Language": "en"})
        name = "fulfilment-Ostersunds-kommun-2018-01-01-2018-12-31-2019-01-15.xlsx"
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


class TestOrganisationReport:
    def add_contract(self, service: Service, admin: Caller, start: date, end: date) -> None:
        with service.database.writing() as session:
            actor = actor_of(admin)
            supplier = make_supplier(session, actor, organisation_number=COMPANY_NUMBERS[4])
            contract = make_contract(
                session, actor, supplier_id=supplier.id, start_date=start, end_date=end
            )
            make_clause(session, actor, contract_id=contract.id, places=2)

    @pytest.mark.parametrize(
        ("start", "end", "seen"),
        [
            (date(2017, 1, 1), date(2017, 12, 31), 1),
            (date(2017, 1, 1), date(2018, 1, 1), 2),
            (date(2018, 12, 31), date(2019, 5, 1), 2),
            (date(2019, 1, 1), date(2019, 5, 1), 1),
        ],
    )
    def test_contracts_that_run_in_the_period(
        self, service: Service, case: Case, admin: Caller, start: date, end: date, seen: int
    ) -> None:
        self.add_contract(service, admin, start, end)
        shown = read(admin, YEAR).json()
        assert len(shown["contracts"]) == seen
        assert shown["totals"][0]["required"] == 4 + 2 * (seen - 1)

    def test_required_grows_as_contracts_begin(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        self.add_contract(service, admin, date(2018, 6, 15), date(2019, 5, 1))
        points = read(admin, YEAR).json()["series"][0]["points"]
        assert [(one["day"], one["required"]) for one in points[:6]] == [
            ("2018-03-01", 4),
            ("2018-04-01", 4),
            ("2018-05-01", 4),
            ("2018-06-01", 4),
            ("2018-07-01", 6),
            ("2018-08-01", 6),
        ]
        assert [one["day"] for one in points[-2:]] == ["2018-12-31", "2019-01-15"]

    def test_contract_without_a_clause_is_left_out(self, service: Service, admin: Caller) -> None:
        with service.database.writing() as session:
            make_contract(session, actor_of(admin))
        assert read(admin, YEAR).json()["contracts"] == []

    def test_this_year_unless_given(self, case: Case, admin: Caller) -> None:
        shown = read(admin, f"/reports?asOf={AS_OF}").json()
        assert shown["period"] == {"from": "2018-01-01", "to": AS_OF}

    @pytest.mark.parametrize(
        ("first", "last", "status"),
        [
            ("2018-01-01", "2018-01-01", 200),
            ("2018-01-02", "2018-01-01", 422),
            ("2018-01-01", "2027-12-31", 200),
            ("2018-01-01", "2028-01-01", 422),
        ],
    )
    def test_period(self, admin: Caller, first: str, last: str, status: int) -> None:
        answer = admin.get(f"/reports?from={first}&to={last}")
        assert answer.status_code == status
        if status == 422:
            assert [one["pointer"] for one in answer.json()["errors"]] == ["to"]

    def test_nothing_of_somebody_else(self, service: Service, case: Case, admin: Caller) -> None:
        start_people(service, admin, {"2380": 9})
        shown = read(service.stranger(), YEAR).json()
        assert (shown["contracts"], shown["totals"], shown["series"]) == ([], [], [])
        assert shown["persons"][0]["total"] == 0


class TestCost:
    def count(self, service: Service, caller: Caller, path: str) -> int:
        statements: list[str] = []
        engine = service.client.app.state.handslag.database.engine  # type: ignore[attr-defined]  # a FastAPI app has a state

        def note(*args: Any) -> None:
            statements.append(args[2])

        event.listen(engine, "before_cursor_execute", note)
        read(caller, path)
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    def test_as_many_queries_whatever_there_is(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        few = self.count(service, admin, YEAR)
        with service.database.writing() as session:
            actor = actor_of(admin)
            for _ in range(3):
                make_clause(session, actor, contract_id=case.contract_id, places=2)
        start_people(service, admin, {"2380": 9})
        assert self.count(service, admin, YEAR) == few
