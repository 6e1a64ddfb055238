"""Addresses that open one report without a key, for an hour."""

from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from app.api.http import BASE_PATH
from app.clock import utc_now
from app.errors import NotFound
from app.models.contracts import Contract
from app.models.events import Event
from app.models.idempotency import IdempotencyRecord
from app.models.keys import Key, Role
from app.models.report_links import ReportLink
from app.services.reports.report_links import open_report_link
from tests.api.registering import pointers
from tests.api.registers.test_keys import id_of
from tests.api.reports.reporting import AS_OF, half_way, read, start_people
from tests.callers import Caller, Service
from tests.journeys import Case, change_row
from tests.make import PEPPER

KEY = {"Idempotency-Key": "order-1"}
YEAR = {"asOf": "2019-01-15", "from": "2018-01-01", "to": "2018-12-31"}
POLICY = "content-security-policy"
PARTS = ("<h1>Länken gäller inte</h1>", "gäller i en timme")


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return half_way(service, admin)


def make(caller: Caller, case: Case | None = None, body: Any = None, **more: Any) -> Any:
    """A link to the case's report, or to that of the organisation."""
    path = f"/contracts/{case.contract_id}/report-links" if case else "/report-links"
    answer = caller.post(path, {"asOf": AS_OF} if body is None else body, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def opened(service: Service, link: Any, **headers: str) -> Any:
    """What a browser gets: no key, and the address alone."""
    return service.client.get(link["address"], headers=headers)


def rows(service: Service, model: Any) -> list[Any]:
    with service.database.reading() as session:
        return list(session.exec(select(model)))


class TestPage:
    @pytest.mark.parametrize("role", Role)
    def test_shows_what_the_maker_may_see(
        self, service: Service, admin: Caller, case: Case, role: Role
    ) -> None:
        caller = service.caller(role)
        page = opened(service, make(caller, case))
        assert page.status_code == 200
        own = f"/contracts/{case.contract_id}/report?asOf={AS_OF}&format=html"
        assert page.text == read(caller, own).text
        assert "Ombyggnad av Palmcrantzskolan" in page.text

    def test_of_the_organisation_counts_persons(self, service: Service, admin: Caller) -> None:
        start_people(service, admin, {"2380": 7, "2309": 5})
        page = opened(service, make(admin, body=YEAR))
        query = "asOf=2019-01-15&from=2018-01-01&to=2018-12-31&format=html"
        assert page.text == read(admin, f"/reports?{query}").text
        assert "Krokom" in page.text

    def test_of_a_contract_shows_the_part_that_is_wanted(
        self, service: Service, admin: Caller, case: Case
    ) -> None:
        """A contract longer than ten calendar years has no report but in parts."""
        change_row(service, Contract, case.contract_id, end_date=date(2030, 6, 30))
        path = f"/contracts/{case.contract_id}/report"
        assert pointers(admin.post(f"{path}-links", {"asOf": AS_OF})) == ["#/to"]
        part = {"asOf": AS_OF, "from": "2018-04-01", "to": "2019-12-31"}
        link = make(admin, case, body=part)
        assert {name: link[name] for name in part} == part
        query = f"asOf={AS_OF}&from=2018-04-01&to=2019-12-31&format=html"
        assert opened(service, link).text == read(admin, f"{path}?{query}").text
        for half in ({"to": "2019-12-31"}, {"from": "2022-01-01"}):
            assert make(admin, case, body=half)["contractId"] == str(case.contract_id)

    def test_without_days_the_year_until_today(self, service: Service, admin: Caller) -> None:
        link = make(admin, body={})
        today = link["asOf"]
        assert (link["from"], link["to"]) == (f"{today[:4]}-01-01", today)
        assert opened(service, link).text == read(admin, "/reports?format=html").text

    def test_is_in_the_language_of_its_reader(
        self, service: Service, admin: Caller, case: Case
    ) -> None:
        link = make(admin, case)
        page = opened(service, link, **{"Accept-Language": "en"})
        assert page.headers["content-language"] == "en"
        assert "As of 2018-09-10" in page.text

    def test_is_kept_nowhere_and_may_do_nothing(
        self, service: Service, admin: Caller, case: Case
    ) -> None:
        good = make(admin, case)
        for link in (good, {"address": good["address"] + "x"}):
            headers = opened(service, link).headers
            assert headers["content-type"] == "text/html; charset=utf-8"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cache-control"] == "no-store"
            assert headers["x-content-type-options"] == "nosniff"
            policy = dict(part.split(None, 1) for part in headers[POLICY].split("; "))
            assert policy.pop("style-src").startswith("'sha256-")
            assert policy == dict.fromkeys(
                ("default-src", "base-uri", "form-action", "frame-ancestors"), "'none'"
            ) | {"img-src": "'self'"}


class TestHour:
    @pytest.mark.parametrize(("late", "opens"), [(0, True), (1, False)])
    def test_is_good_for_an_hour(
        self, service: Service, admin: Caller, case: Case, late: int, opens: bool
    ) -> None:
        link = make(admin, case)
        made = rows(service, ReportLink)[0]
        assert made.expires_at - made.created_at == timedelta(hours=1)
        secret = link["address"].rpartition("/")[2]
        moment = made.expires_at + timedelta(seconds=late)
        refused = nullcontext() if opens else pytest.raises(NotFound)
        with service.database.reading() as session, refused:
            assert open_report_link(session, PEPPER, secret, moment).contracts

    def test_is_over_for_a_browser_too(self, service: Service, admin: Caller, case: Case) -> None:
        link = make(admin, case)
        change_row(service, ReportLink, UUID(link["id"]), expires_at=utc_now())
        page = opened(service, link)
        assert page.status_code == 404
        assert [one for one in PARTS if one not in page.text] == []
        assert "valid" in opened(service, link, **{"Accept-Language": "en"}).text

    def test_dies_with_its_key(self, service: Service, admin: Caller, case: Case) -> None:
        maker, other = service.caller(Role.CASEWORKER), service.caller(Role.CASEWORKER)
        links = [make(one, case) for one in (maker, other)]
        assert admin.delete(f"/keys/{id_of(maker)}").status_code == 204
        assert [opened(service, one).status_code for one in links] == [404, 200]

    def test_ends_no_later_than_its_key(self, service: Service, admin: Caller, case: Case) -> None:
        maker = service.caller(Role.CASEWORKER)
        link = make(maker, case)
        change_row(service, Key, UUID(id_of(maker)), expires_at=utc_now())
        assert opened(service, link).status_code == 404

    def test_ends_with_its_contract(self, service: Service, admin: Caller) -> None:
        supplier = {"name": "Exempelbygg i Jämtland AB", "organisationNumber": "5560000167"}
        supplier_id = admin.post("/suppliers", supplier).json()["id"]
        body = {"reference": "KS 1", "title": "T", "supplierId": supplier_id}
        body |= {"cpvCode": "45214200-2", "municipalityCode": "2380"}
        dates = {"startDate": "2018-03-01", "endDate": "2019-06-30"}
        contract_id = admin.post("/contracts", body | {"valueSek": 1} | dates).json()["id"]
        link = admin.post(f"/contracts/{contract_id}/report-links", {}).json()
        assert opened(service, link).status_code == 200
        assert admin.delete(f"/contracts/{contract_id}").status_code == 204
        assert opened(service, link).status_code == 404


class TestSecret:
    def test_only_its_hash_is_stored(self, service: Service, admin: Caller, case: Case) -> None:
        """Nor in events, nor in the answer kept under the Idempotency-Key."""
        link = make(admin, case, headers=KEY)
        secret = link["address"].rpartition("/")[2]
        assert len(secret) == len("hr_") + 43  # 32 random bytes
        for model in (ReportLink, Event, IdempotencyRecord):
            stored = rows(service, model)
            assert stored
            assert [one for one in stored if secret in str(one.model_dump())] == []

    def test_two_links_have_two(self, admin: Caller, case: Case) -> None:
        assert make(admin, case)["address"] != make(admin, case)["address"]

    def test_a_repeat_is_refused_and_says_why(self, admin: Caller, case: Case) -> None:
        link = make(admin, case, headers=KEY)
        path = f"/contracts/{case.contract_id}/report-links"
        again = admin.post(path, {"asOf": AS_OF}, headers=KEY)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/shown-once")
        assert f"It made {link['_links']['self']['href']}." in again.json()["detail"]
        assert link["address"] not in again.text
        other = admin.post(path, {"asOf": "2018-09-11"}, headers=KEY)
        assert pointers(other) == ["Idempotency-Key"]

    def test_no_log_names_it(self, service: Service, admin: Caller, case: Case) -> None:
        """Whatever stands around it, and when the service fails."""
        link = make(admin, case)
        secret = link["address"].rpartition("/")[2]
        with capture_logs() as lines:
            for more in ("", "/", "/more", ".", "x"):
                service.client.get(link["address"] + more)
            service.client.get(f"/reports/{secret.upper()}")
            admin.get(f"/keys/{admin.key}")
        assert [line for line in lines if secret.lower() in str(line).lower()] == []
        assert [line for line in lines if str(admin.key) in str(line)] == []
        assert lines[0]["path"] == f"{BASE_PATH}/report-pages/{{secret}}"

    @pytest.mark.parametrize("secret", ["hr_", "hr_" + "a" * 43, "a" * 5_000, "%00", "å"])
    def test_one_that_never_was_opens_nothing(
        self, service: Service, admin: Caller, case: Case, secret: str
    ) -> None:
        make(admin, case)
        assert opened(service, {"address": f"{BASE_PATH}/report-pages/{secret}"}).status_code == 404

    def test_an_id_or_a_key_opens_nothing(
        self, service: Service, admin: Caller, case: Case
    ) -> None:
        link = make(admin, case)
        for one in (link["id"], admin.key, rows(service, ReportLink)[0].secret_hash):
            address = f"{BASE_PATH}/report-pages/{one}"
            assert opened(service, {"address": address}).status_code == 404


class TestRecord:
    def test_says_who_made_which(self, service: Service, admin: Caller, case: Case) -> None:
        caller = service.caller(Role.PROCUREMENT)
        link = make(caller, case, headers={"Handslag-Caseworker": "caseworker-17"})
        query = f"/events?resource=report-links&resourceId={link['id']}"
        (event,) = admin.get(query).json()["items"]
        assert (event["action"], event["actor"]) == ("created", id_of(caller))
        assert event["caseworker"] == "caseworker-17"
        assert event["after"]["contractId"] == str(case.contract_id)
        assert "secret" not in str(event)

    def test_can_be_read_again_without_its_address(self, admin: Caller, case: Case) -> None:
        link = make(admin, case)
        answer = admin.get(f"/report-links/{link['id']}")
        assert answer.headers["etag"] == '"1"'
        assert answer.json() == {name: one for name, one in link.items() if name != "address"}


class TestRefused:
    """What could not be shown is refused when the link is made."""

    def test_somebody_elses_contract(self, service: Service, case: Case) -> None:
        path = f"/contracts/{case.contract_id}/report-links"
        assert service.stranger().post(path, {}).status_code == 404
        assert rows(service, ReportLink) == []

    @pytest.mark.parametrize(
        ("first", "last", "wrong"),
        [
            ("2010-01-01", "2019-12-31", []),
            ("2010-12-31", "2020-01-01", ["#/to"]),
            ("2018-01-02", "2018-01-02", []),
            ("2018-01-02", "2018-01-01", ["#/to"]),
        ],
    )
    def test_a_period_that_is_too_long_or_turned_round(
        self, service: Service, admin: Caller, first: str, last: str, wrong: list[str]
    ) -> None:
        answer = admin.post("/report-links", {"from": first, "to": last, "asOf": AS_OF})
        if wrong:
            assert pointers(answer) == wrong
        assert len(rows(service, ReportLink)) == (0 if wrong else 1)


def test_what_has_grown_too_large_is_said_on_a_page(service: Service, admin: Caller) -> None:
    """A stored period that the report refuses, as one is that has grown over the limit since."""
    link = make(admin, body=YEAR)
    change_row(service, ReportLink, UUID(link["id"]), first_day=date(2000, 1, 1))
    page = opened(service, link)
    assert page.status_code == 422
    assert "Rapporten är för stor att visa" in page.text
    assert "kortare period" in page.text
