"""Whatever a problem document names as its type can be opened, and says what it means."""

import pytest
from starlette.testclient import TestClient

from app.api.http import PROBLEMS_IN_SWEDISH, example_problem, statuses_of_problems
from app.api.words.codes_page.problems import WHEN
from app.main import create_app
from tests.callers import Caller
from tests.make import make_settings

KINDS = list(statuses_of_problems())


@pytest.fixture(scope="module")
def browser() -> TestClient:
    return TestClient(create_app(make_settings("sqlite://")))


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_is_told_in_both_languages(browser: TestClient, kind: str) -> None:
    page = browser.get(f"/problems/{kind}")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    swedish, english = page.text.split('<section lang="en">')
    for said, words in (
        (swedish.split('<section lang="sv">')[1], PROBLEMS_IN_SWEDISH),
        (english, WHEN),
    ):
        without_code = words[kind].split("`")[-1]
        assert without_code[1:] in said.replace("&#39;", "'").replace("&#x27;", "'")
    assert f"<h1><code>{kind}</code></h1>" in page.text
    assert f"{statuses_of_problems()[kind].value} " in swedish


@pytest.mark.parametrize("kind", ["invalid", "too-large", "not-found"])
def test_the_status_has_the_words_of_answers(browser: TestClient, kind: str) -> None:
    """Those of RFC 9110, on every version of Python."""
    status = statuses_of_problems()[kind]
    title = example_problem(status, "/")["title"]
    assert f'<p class="soft">{status.value} {title}</p>' in browser.get(f"/problems/{kind}").text


def test_the_list_leads_to_each(browser: TestClient) -> None:
    page = browser.get("/problems").text
    assert [kind for kind in KINDS if f'href="problems/{kind}"' not in page] == []


def test_no_word_is_left_over() -> None:
    assert set(PROBLEMS_IN_SWEDISH) == set(WHEN) == set(KINDS)


@pytest.mark.parametrize("kind", ["nothing", "Invalid", "invalid/more", "%2e%2e"])
def test_another_is_not_found(browser: TestClient, kind: str) -> None:
    answer = browser.get(f"/problems/{kind}")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_types_of_real_answers_open(admin: Caller) -> None:
    answers = (
        admin.get("/nothing"),
        admin.get("/suppliers?zq=1"),
        admin.call("PUT", "/suppliers"),
        admin.call("POST", "/suppliers", content=b"x"),
        admin.client.get("/handslag/v1/suppliers"),
    )
    types = {answer.json()["type"] for answer in answers}
    assert len(types) == 5
    for one in types:
        assert admin.client.get(one).status_code == 200
