"""A service that answers on the network with its default settings, and a browser that visits it."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Route, sync_playwright

from app.db import Database
from app.main import create_app
from app.settings import Settings
from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.browser.docs_page import Served, Visit
from tests.make import PEPPER, make_actor, make_shown_key


@pytest.fixture
def served(sqlite_template: Path, tmp_path: Path) -> Iterator[Served]:
    copy = tmp_path / "handslag.db"
    shutil.copy(sqlite_template, copy)
    url = f"sqlite:///{copy}"
    database = Database(url)
    with database.writing() as session:
        actor = make_actor(session)
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
