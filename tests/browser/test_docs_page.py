"""The docs page in a real browser that can reach only the service."""

import os
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Page, Route, expect, sync_playwright

from app.api.http import BASE_PATH
from app.db import Database
from app.main import create_app
from app.settings import Settings
from tests.browser.chromium import ARGUMENTS, CHROMIUM, PICTURE_WANTED
from tests.make import PEPPER, make_actor, make_shown_key, make_supplier

pytestmark = pytest.mark.browser

PICTURE = Path("docs/pictures/docs-page.png")
expect.set_options(timeout=30_000)  # drawing fifty operations takes seconds on a busy machine


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


@pytest.fixture
def served(sqlite_template: Path, tmp_path: Path) -> Iterator[Served]:
    copy = tmp_path / "handslag.db"
    shutil.copy(sqlite_template, copy)
    url = f"sqlite:///{copy}"
    database = Database(url)
    with database.writing() as session:
        actor = make_actor(session)
        make_supplier(session, actor)
        key = make_shown_key(session, actor.organisation_id)
    database.dispose()
    app = create_app(Settings.model_validate({"database_url": url, "secret": PEPPER}))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None))
    # The socket listens before the server runs, so that an early caller waits for it.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", key)
        server.should_exit = True
        thread.join()


@pytest.fixture
def visit(served: Served) -> Iterator[Visit]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        seen = Visit(page)
        own = urlsplit(served.address).netloc

        def pass_or_record(route: Route) -> None:
            if urlsplit(route.request.url).netloc == own or route.request.url.startswith("data:"):
                route.continue_()
            else:
                seen.elsewhere.append(route.request.url)
                route.abort()

        page.route("**/*", pass_or_record)
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on(
            "console",
            lambda said: seen.errors.append(said.text) if said.type == "error" else None,
        )
        yield seen
        browser.close()


def open_docs(visit: Visit, served: Served) -> None:
    visit.page.goto(served.address)  # the root leads to the docs page
    expect(visit.page).to_have_url(f"{served.address}{BASE_PATH}/docs")
    expect(visit.page.get_by_role("heading", name="Handslag")).to_be_visible()
    expect(visit.page.locator("#operations-suppliers-listSuppliers")).to_be_visible()


def authorise(visit: Visit, key: str) -> None:
    page = visit.page
    page.get_by_role("button", name="Authorize").first.click()
    dialog = page.locator(".dialog-ux")
    dialog.locator("input").fill(key)
    dialog.get_by_role("button", name="Apply credentials").click()
    dialog.get_by_role("button", name="Close").first.click()
    expect(dialog).to_have_count(0)


def execute(visit: Visit, operation: str) -> None:
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
    open_docs(visit, served)
    authorise(visit, served.key)
    execute(visit, "listSuppliers")
    body = visit.page.locator("#operations-suppliers-listSuppliers .live-responses-table")
    expect(body).to_contain_text("Exempelbygg i Jämtland AB")
    assert visit.elsewhere == []
    assert visit.errors == []
