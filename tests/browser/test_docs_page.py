"""The docs page in a real browser that can reach only the service."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.api.http import BASE_PATH
from app.api.registers import suppliers
from tests.browser.chromium import PICTURE_WANTED
from tests.browser.docs_page import Served, Visit, authorise, open_docs

pytestmark = pytest.mark.browser

PICTURE = Path("docs/pictures/docs-page.png")


def execute(visit: Visit, operation: str) -> None:
    visit.page.locator("#operations-tag-suppliers").click()
    block = visit.page.locator(f"#operations-suppliers-{operation}")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    block.get_by_role("button", name="Execute").click()
    status = block.locator(".live-responses-table .response-col_status").last
    expect(status).to_contain_text("200")


def test_loads_from_the_service_alone(visit: Visit, served: Served) -> None:
    open_docs(visit, served)
    visit.page.wait_for_load_state("networkidle")
    named = visit.page.locator("head link, script[src]").evaluate_all(
        "all => all.map(one => one.href || one.src)"
    )
    assert [one for one in named if not one.startswith(served.address)] == []
    assert visit.elsewhere == []
    assert visit.errors == []
    if PICTURE_WANTED in os.environ:
        visit.page.set_viewport_size({"width": 1200, "height": 1300})
        visit.page.screenshot(path=PICTURE)


def test_executes_a_call_with_a_key(visit: Visit, served: Served) -> None:
    made = visit.page.request.post(
        f"{served.address}{BASE_PATH}/suppliers",
        data=suppliers.EXAMPLE,
        headers={"Authorization": f"Bearer {served.key}"},
    )
    assert made.ok
    open_docs(visit, served)
    authorise(visit, served.key)
    execute(visit, "listSuppliers")
    body = visit.page.locator("#operations-suppliers-listSuppliers .live-responses-table")
    expect(body).to_contain_text("Exempelbygg i Jämtland AB")
    assert visit.elsewhere == []
    assert visit.errors == []


def test_groups_are_closed_and_can_be_searched(visit: Visit, served: Served) -> None:
    open_docs(visit, served)
    expect(visit.page.locator(".opblock")).to_have_count(0)
    visit.page.locator("summary", has_text="steps").click()
    expect(visit.page.locator("details li").last).to_contain_text("POST /assignments")
    expect(visit.page.locator("details li").last).to_be_visible()
    visit.page.locator(".operation-filter-input").fill("keys")
    expect(visit.page.locator(".opblock-tag")).to_have_count(1)
    visit.page.locator("#operations-tag-keys").click()
    expect(visit.page.locator("#operations-keys-makeKey")).to_be_visible()
    assert visit.errors == []


@pytest.mark.parametrize("sought", ["/GATE-checks", "record a check"])
def test_the_search_finds_paths_and_summaries_in_any_case(
    visit: Visit, served: Served, sought: str
) -> None:
    open_docs(visit, served)
    visit.page.locator(".operation-filter-input").fill(sought)
    expect(visit.page.locator(".opblock-tag")).to_have_count(1)
    visit.page.locator(".opblock-tag").click()
    expect(visit.page.locator('[id$="-recordCheck"]')).to_be_visible()
    expect(visit.page.locator('[id$="-registerSupplier"]')).to_have_count(0)
    assert visit.errors == []


def test_no_optional_parameter_is_filled_in(visit: Visit, served: Served) -> None:
    """Neither a day of the examples nor a caseworker: what nobody typed is not asked for."""
    open_docs(visit, served)
    page = visit.page
    page.locator("#operations-tag-clauses").click()
    for operation in ("readClauseFulfilment", "listFulfilments", "registerClause"):
        block = page.locator(f"#operations-clauses-{operation}")
        block.locator(".opblock-summary-control").click()
        block.get_by_role("button", name="Try it out").click()
        fields = block.locator(".parameters input").evaluate_all("all => all.map(one => one.value)")
        assert fields
        assert set(fields) <= {"", "1", "20"}, operation  # the page, and its rows
