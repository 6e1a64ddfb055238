"""The handbook in a browser: every link and picture of it leads to something that is there."""

import os
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from hatchling.build import build_wheel
from starlette.testclient import TestClient

from app.api.handbook.documents import Document, documents, pictures
from app.api.handbook.rendering import rendered
from app.api.http import BASE_PATH
from app.main import create_app
from app.settings import Settings
from tests.make import PEPPER, make_settings

ROOT = Path(__file__).parents[3]
HANDBOOK = f"{BASE_PATH}/handbook"
FILES = sorted(path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md"))


@pytest.fixture(scope="module")
def browser() -> TestClient:
    """Calls without a key; no page needs the database."""
    return TestClient(create_app(make_settings("sqlite://")))


class Page(HTMLParser):
    """Where a page leads, what it shows, and which names its parts have."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.names: set[str] = set()
        self.tags: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        named = dict(attrs)
        self.links += [named["href"] or ""] if "href" in named else []
        self.pictures += [named["src"] or ""] if "src" in named else []
        self.names |= {named["id"] or ""} if "id" in named else set()

    def handle_data(self, data: str) -> None:
        self.words += data


def read(browser: TestClient, address: str) -> Page:
    answer = browser.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    return Page(answer.text)


def rendered_text(text: str, name: str = "metod") -> str:
    return str(rendered(Document(name, text)))


def test_every_file_of_docs_is_a_page(browser: TestClient) -> None:
    assert FILES
    assert [Path(f"{name}.md") for name in documents()] == FILES
    for name, document in documents().items():
        page = read(browser, f"{HANDBOOK}/{name}")
        assert document.title in page.words


def test_every_page_is_reached_from_the_list(browser: TestClient) -> None:
    seen, waiting = set(), [HANDBOOK]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        links = [urljoin(address, link) for link in read(browser, address).links]
        own = {link.partition("#")[0] for link in links if link.startswith(HANDBOOK)}
        waiting += sorted(own - seen - set(waiting))
    assert seen >= {f"{HANDBOOK}/{name}" for name in documents()}


def test_every_link_and_picture_is_there(browser: TestClient) -> None:
    """Also the parts of pages that links name; and nothing lies outside the service."""
    pages = {f"{HANDBOOK}/{name}": read(browser, f"{HANDBOOK}/{name}") for name in documents()}
    parts = 0
    for address, page in pages.items():
        for link in page.links:
            goal = urlsplit(urljoin(address, link))
            assert (link, goal.netloc) == (link, "")
            assert browser.get(goal.path).status_code == 200, (address, link)
            if goal.fragment:
                parts += 1
                assert goal.fragment in pages[goal.path].names, (address, link)
        for picture in page.pictures:
            answer = browser.get(urljoin(address, picture))
            assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert parts > 0
    assert sum(len(page.pictures) for page in pages.values()) > 1


def test_pages_say_their_language(browser: TestClient) -> None:
    swedish = {name for name, one in documents().items() if one.language == "sv"}
    assert swedish >= {"metod", "rapporter"}
    assert swedish & {"operations", "codes", "house", "engine"} == set()
    assert '<html lang="sv">' in browser.get(f"{HANDBOOK}/metod").text
    assert '<html lang="en">' in browser.get(f"{HANDBOOK}/operations").text


def test_pages_run_and_fetch_nothing(browser: TestClient) -> None:
    for address in (HANDBOOK, f"{HANDBOOK}/house", "/problems", "/problems/invalid"):
        answer = browser.get(address)
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; ")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert {"script", "link", "iframe", "form"} & Page(answer.text).tags == set()


@pytest.mark.parametrize(
    "name", ["nothing", "metod.md", "", "..", "../README", "decisions/nothing", "pictures", "Metod"]
)
def test_what_is_not_in_it_is_not_found(browser: TestClient, name: str) -> None:
    answer = browser.get(f"{HANDBOOK}/{name.replace('.', '%2E')}", follow_redirects=False)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_the_docs_page_leads_to_it(browser: TestClient) -> None:
    document = browser.get(f"{BASE_PATH}/openapi.json").json()
    assert document["externalDocs"]["url"] == HANDBOOK
    assert "[Handboken](handbook)" in document["info"]["description"]
    assert "[The handbook](handbook)" in document["info"]["description"]
    assert urljoin(f"{BASE_PATH}/docs", "handbook") == HANDBOOK


def test_a_public_address_is_in_the_link_to_it() -> None:
    public = {"public_url": "https://api.kommun.example/arbetsmarknad", "secret": PEPPER}
    settings = Settings.model_validate({"database_url": "sqlite://", **public})
    document = TestClient(create_app(settings)).get(f"{BASE_PATH}/openapi.json").json()
    assert document["externalDocs"]["url"] == f"{public['public_url']}{HANDBOOK}"


class TestRendering:
    def test_a_link_that_leads_nowhere_here_keeps_its_words(self) -> None:
        text = "[one](https://elsewhere.example) [two](../README.md) [three](//elsewhere.example)"
        assert rendered_text(text) == "<p>one two three</p>\n"

    @pytest.mark.parametrize(
        ("page", "link", "address"),
        [
            ("metod", "codes.md", "codes"),
            ("metod", "codes.md#verdicts", "codes#verdicts"),
            ("metod", "decisions/", "decisions"),
            ("metod", "#below", "#below"),
            ("decisions/0005-forgetting-a-person", "../codes.md", "../codes"),
            (
                "decisions/0005-forgetting-a-person",
                "../pictures/report.png",
                "../pictures/report.png",
            ),
        ],
    )
    def test_a_link_between_pages(self, page: str, link: str, address: str) -> None:
        assert f'<a href="{address}">' in rendered_text(f"[x]({link})", page)

    def test_headings_have_the_names_that_links_know(self) -> None:
        text = "## What `it` costs, and why\n\n## Två\n\n## Två\n"
        assert Page(rendered_text(text)).names == {"what-it-costs-and-why", "två", "två-1"}

    def test_markup_in_a_page_is_shown_and_not_obeyed(self) -> None:
        shown = rendered_text("<script>x</script>\n\n`<b>` [x](javascript:y)\n")
        assert "<script" not in shown
        assert "javascript" not in Page(shown).links
        assert "<code>&lt;b&gt;</code>" in shown

    def test_a_table_can_be_moved_sideways(self) -> None:
        assert '<div class="wide"><table>' in rendered_text("| a |\n|---|\n| b |\n")


def test_an_installed_service_shows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel carries every page and picture where the code looks for them."""
    monkeypatch.chdir(ROOT)
    with zipfile.ZipFile(tmp_path / build_wheel(f"{tmp_path}")) as wheel:
        wheel.extractall(tmp_path / "installed")
    show = "from app.api.handbook.documents import *; print(documents().keys(), pictures().keys())"
    ran = subprocess.run(
        [sys.executable, "-c", f"import app; print(app.__file__); {show}"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{tmp_path / 'installed'}"},
        check=True,
        capture_output=True,
        text=True,
    )
    place, shown = ran.stdout.splitlines()
    assert place.startswith(f"{tmp_path}")
    assert shown == f"{documents().keys()} {pictures().keys()}"
    assert (tmp_path / "installed/app/api/http/page.html").exists()
