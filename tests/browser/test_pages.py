"""What a person opens without a key: a linked report, the handbook, a problem; at three widths."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from sqlmodel import select

from app.api.handbook.documents import documents
from app.api.http import BASE_PATH
from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.suppliers import Supplier
from tests.api.reports.reporting import half_way, start_people, with_surplus
from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.browser.reading import WIDTHS, amiss, let_through
from tests.callers import Caller, Service
from tests.journeys import Case, change_row
from tests.make import COMPANY_NUMBERS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

YEAR = {"asOf": "2019-01-15", "from": "2018-01-01", "to": "2018-12-31"}
LONG_TITLE = "Upphandling av lokalvårdstjänster för förskolor och grundskolor i Brunflo"
LONG_NAME = "Exempelstäd och Fastighetsservice i Jämtland Handelsbolag"
LONG_UNIT = "Arbetsmarknadsenheten, Vuxenutbildningsförvaltningen"


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser.new_page(locale="sv-SE")
        browser.close()


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    """A contract half way, with long names and every column."""
    case = half_way(service, admin, early_end_share_percent=75)
    change_row(service, Clause, case.clause_id, responsible=LONG_UNIT)
    change_row(service, Contract, case.contract_id, title=LONG_TITLE, reference="KS 2017/0412")
    supplier_id = admin.get(f"/contracts/{case.contract_id}").json()["supplierId"]
    change_row(service, Supplier, UUID(supplier_id), name=LONG_NAME)
    return case


def opened(page: Page, service: Service, address: str) -> list[str]:
    complaints = let_through(page, service)
    page.goto(f"{service.client.base_url}{address}")
    return complaints


@pytest.mark.parametrize("width", WIDTHS)
class TestReport:
    def test_of_a_contract(
        self, page: Page, service: Service, admin: Caller, case: Case, width: int
    ) -> None:
        path = f"/contracts/{case.contract_id}/report-links"
        address = admin.post(path, {"asOf": "2018-09-10"}).json()["address"]
        complaints = opened(page, service, urlsplit(address).path)
        expect(page.get_by_role("heading", name="Uppfyllelse")).to_be_visible()
        assert page.get_by_role("img", name="Diagram över platser").is_visible()
        assert styled(page)
        assert (amiss(page, width), complaints) == ({}, [])

    def test_of_the_organisation(
        self, page: Page, service: Service, admin: Caller, case: Case, width: int
    ) -> None:
        with_others(service, admin)
        address = admin.post("/report-links", YEAR).json()["address"]
        complaints = opened(page, service, urlsplit(address).path)
        expect(page.get_by_text("Personer som började").first).to_be_visible()
        assert page.get_by_text("Överskott").count() > 0
        assert styled(page)
        assert (amiss(page, width), complaints) == ({}, [])


def with_others(service: Service, admin: Caller) -> None:
    """A second contract, with more than it asks, and persons of two municipalities."""
    with service.database.writing() as session:
        others = session.exec(select(Supplier)).all()
        others[0].organisation_number = COMPANY_NUMBERS[3]
    with_surplus(service, admin)
    start_people(service, admin, {"2380": 20, "2309": 5})


def styled(page: Page) -> bool:
    """The page's own style has passed the page's own policy."""
    rule = "getComputedStyle(document.querySelector('main').parentElement).backgroundColor"
    return bool(page.evaluate(rule) == "rgb(255, 255, 255)")


def test_the_way_through_the_handbook(page: Page, service: Service) -> None:
    """From the list to a page, to another page by its link, to a problem, and back."""
    complaints = opened(page, service, f"{BASE_PATH}/handbook")
    page.get_by_role("link", name="Från upphandling till praktikplats").click()
    page.get_by_role("link", name="rapporter", exact=False).first.click()
    expect(page.get_by_role("heading", name="Rapporter", level=1)).to_be_visible()
    shown = page.get_by_role("img").first.evaluate("one => one.naturalWidth")
    assert shown > 100
    page.get_by_role("link", name="Handbok").click()
    expect(page).to_have_url(f"{service.client.base_url}{BASE_PATH}/handbook")
    page.goto(f"{service.client.base_url}/problems/precondition-failed")
    page.get_by_role("link", name="Koder").click()
    expect(page.get_by_role("heading", name="Codes", level=1)).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_can_be_read(page: Page, service: Service, width: int) -> None:
    let_through(page, service)
    pages = [f"{BASE_PATH}/handbook/{name}" for name in documents()]
    pages += [f"{BASE_PATH}/handbook", f"{BASE_PATH}/handbook/decisions"]
    pages += ["/problems", "/problems/rules-not-overridden", f"{BASE_PATH}/report-pages/none"]
    found: dict[str, Any] = {}
    for address in pages:
        page.goto(f"{service.client.base_url}{address}")
        assert styled(page)
        found[address] = amiss(page, width)
    assert {address: one for address, one in found.items() if one} == {}
