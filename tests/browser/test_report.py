"""The printable report in a real browser: it fetches nothing, fits its page, and can be printed."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from app.models.contracts import Contract
from tests.api.reports.reporting import AS_OF, contract_report, half_way, place
from tests.browser.chromium import ARGUMENTS, CHROMIUM, PICTURE_WANTED
from tests.callers import Caller, Service
from tests.journeys import change_row

pytestmark = pytest.mark.browser

PICTURE = Path("docs/pictures/report.png")
A4_WIDTH = 794  # pixels at 96 dpi


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser.new_page(viewport={"width": A4_WIDTH, "height": 1123})
        browser.close()


# A contract after half a year: it is followed up, and one who left early counts.
EARLY = {"active": "2018-04-01", "ended-early": "2018-07-10"}
FOLLOW_UPS = (
    {"kind": "start-meeting", "on": "2018-03-05", "nextFollowUpDate": "2018-06-01"},
    {"kind": "visit", "on": "2018-06-04", "nextFollowUpDate": "2018-10-01"},
)


@pytest.fixture
def file(service: Service, admin: Caller, tmp_path: Path) -> Path:
    """The report, saved as a file."""
    case = half_way(service, admin, early_end_share_percent=75)
    place(service, admin, case, date(2018, 4, 1), date(2018, 7, 31), EARLY)
    change_row(service, Contract, case.contract_id, reference="KS 2017/0412")
    for follow_up in FOLLOW_UPS:
        answer = admin.post(f"/clauses/{case.clause_id}/follow-ups", follow_up)
        assert answer.status_code == 201, answer.text
    saved = tmp_path / "report.html"
    saved.write_bytes(contract_report(admin, case, f"asOf={AS_OF}&format=html").content)
    return saved


def test_a_saved_report_needs_nothing_and_fits(page: Page, file: Path) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    assert (asked, said) == ([file.as_uri()], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= A4_WIDTH
    assert page.get_by_role("img", name="Diagram över platser").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    if PICTURE_WANTED in os.environ:
        page.screenshot(path=PICTURE, full_page=True)
