"""A visit to the docs page: what it is opened with, and what it asks for."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from app.api.http import BASE_PATH

expect.set_options(timeout=30_000)  # drawing the operations takes seconds on a busy machine


@dataclass(frozen=True)
class Served:
    """A service that answers at an address, and a key to call it with."""

    address: str
    key: str


@dataclass
class Visit:
    """A page, and the errors and foreign requests that it made."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def open_docs(visit: Visit, served: Served) -> None:
    visit.page.goto(served.address)  # the root leads to the docs page
    expect(visit.page).to_have_url(f"{served.address}{BASE_PATH}/docs")
    expect(visit.page.get_by_role("heading", name="Handslag")).to_be_visible()
    expect(visit.page.locator("#operations-tag-suppliers")).to_be_visible()


def authorise(visit: Visit, key: str) -> None:
    page = visit.page
    page.get_by_role("button", name="Authorize").first.click()
    dialog = page.locator(".dialog-ux")
    dialog.locator("input").fill(key)
    dialog.get_by_role("button", name="Apply credentials").click()
    dialog.get_by_role("button", name="Close").first.click()
    expect(dialog).to_have_count(0)
