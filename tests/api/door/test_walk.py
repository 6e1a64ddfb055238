"""The walk of the docs page leads where it says, with its examples as they stand."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.door.example_days import EXAMPLE_DAY, with_examples_of
from app.api.http import BASE_PATH
from app.clock import today_in_sweden
from app.db import Database
from app.demo.example import months_later
from app.demo.journey import travel
from app.main import create_app
from app.services.ground import last_day_of
from app.settings import Settings
from tests.api.document import DOCUMENT, OPERATIONS, nodes_of
from tests.api.door.walking import (
    Json,
    Told,
    examples_of_steps,
    field_of,
    steps_of,
    with_pasted,
)
from tests.callers import Caller
from tests.make import PEPPER, make_organisation, make_shown_key

README = Path(__file__).parents[3] / "README.md"
LEAP_CYCLE = 4 * 365 + 1


@pytest.fixture
def newcomer(database_url: str) -> Iterator[Caller]:
    """An admin of a new organisation, on an installation with its default settings."""
    database = Database(database_url)
    with database.writing() as session:
        organisation_id = make_organisation(session).id
        key = make_shown_key(session, organisation_id)
    settings = Settings.model_validate({"database_url": database_url, "secret": PEPPER})
    with TestClient(create_app(settings)) as client:
        yield Caller(client, key, organisation_id)
    database.dispose()


def follow(caller: Caller, document: Json) -> dict[int, Json]:
    """Takes every step, and gives the answers."""
    answers: dict[int, Json] = {}
    examples = examples_of_steps(document)
    for step in steps_of(document):
        example = examples[step.number][1] if step.number in examples else None
        answers[step.number] = take(caller, step, step.pasted(answers), example)
    return answers


def take(caller: Caller, step: Told, pasted: dict[str, str], example: Json | None) -> Json:
    path = step.path.format(**pasted)
    if example is None:
        query = {name: one for name, one in pasted.items() if f"{{{name}}}" not in step.path}
        answer = caller.call(step.method, path, params=query)
    else:
        answer = caller.call(step.method, path, json=with_pasted(example["value"], pasted))
    assert answer.is_success, (step, answer.text)
    shown: Json = answer.json()
    return shown


def first_call(caller: Caller) -> Any:
    """The README's, as whoever copies it makes it."""
    (body,) = re.findall(r"^  -d '(.+)'$", README.read_text("utf-8"), re.MULTILINE)
    return caller.post("/suppliers", json.loads(body))


def travelled(caller: Caller) -> None:
    """What `make demo` leaves, in the organisation of its key."""
    headers = {"Authorization": f"Bearer {caller.key}"}
    app = caller.client.app
    client: Any = TestClient(app, f"http://localhost{BASE_PATH}/", headers=headers)
    travel(client, months_later(today_in_sweden(), 1))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("demo_was", [False, True], ids=["README", "demo"])
def test_it_works_after_what_a_newcomer_does_first(newcomer: Caller, demo_was: bool) -> None:
    """They register the same supplier as each other, so that only one of them can come first."""
    if demo_was:
        travelled(newcomer)
    else:
        assert first_call(newcomer).status_code == 201
    document = newcomer.client.get(f"{BASE_PATH}/openapi.json").json()
    answers = follow(newcomer, document)
    verdict = answers[named(document, "active") + 1]
    assert (verdict["verdict"], verdict["active"], verdict["missing"]) == ("on-track", 1, 0)


def named(document: Json, name: str) -> int:
    """The number of the step whose example has this name."""
    (number,) = [one for one, found in examples_of_steps(document).items() if found[0] == name]
    return number


def test_it_leads_to_an_active_placement_and_on_track(newcomer: Caller) -> None:
    document = newcomer.client.get(f"{BASE_PATH}/openapi.json").json()
    answers = follow(newcomer, document)
    verdict = answers[named(document, "active") + 1]
    assert (verdict["verdict"], verdict["active"], verdict["missing"]) == ("on-track", 1, 0)
    assert answers[named(document, "active")]["on"] == f"{today_in_sweden()}"
    placement_id = field_of(answers[named(document, "approval")], "placementId")
    moves = newcomer.get(f"/placements/{placement_id}/transitions").json()["items"]
    assert [one["to"] for one in moves] == ["ready", "active", "ended-early"]
    assert answers[named(document, "candidates")] == {"created": 2, "updated": 0, "rejected": []}
    assert answers[named(document, "slots")] == {"created": 1, "updated": 0, "rejected": []}
    assert answers[named(document, "own-choice")]["overrides"] == ["too-far"]


def test_every_call_that_creates_is_a_step() -> None:
    """So that each example is tried above: a new operation needs a step in door/walk.py."""
    taken = {(step.method, step.path) for step in steps_of(DOCUMENT)}
    posts = {(one.method, one.path) for one in OPERATIONS if one.method == "POST"}
    assert posts - taken == set()
    examples = examples_of_steps(DOCUMENT)
    shown = [one for step in OPERATIONS if step.method == "POST" for one in bodies_of(step.spec)]
    assert len(shown) == len(examples)


def bodies_of(spec: Json) -> list[Any]:
    return list(spec["requestBody"]["content"]["application/json"]["examples"])


def test_the_printed_document_is_of_one_day_and_the_served_one_of_today(newcomer: Caller) -> None:
    served = newcomer.client.get(f"{BASE_PATH}/openapi.json").json()
    number = named(DOCUMENT, "active")
    assert examples_of_steps(DOCUMENT)[number][1]["value"]["on"] == f"{EXAMPLE_DAY}"
    assert examples_of_steps(served)[number][1]["value"]["on"] == f"{today_in_sweden()}"
    dates = [one.get("example") for one in nodes_of(served) if one.get("format") == "date"]
    assert f"{today_in_sweden()}" in dates
    assert f"{EXAMPLE_DAY}" not in dates


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("2018-03-01", "2024-02-29"),
        ("2018-02-28", "2024-02-28"),
        ("2018-03-01T08:30:00Z", "2024-02-29T08:30:00Z"),
        ("Sett den 2018-03-01.", "Sett den 2024-02-29."),
        ("2018-03", "2024-02"),
        ("2018-01", "2023-12"),
        ("2000-08-01", "2000-08-01"),  # the day of a law
        ("KS 2017/0412", "KS 2017/0412"),
        ("7f1c9a52-2018-4f5c-9d55-0f6a5b1f2a10", "7f1c9a52-2018-4f5c-9d55-0f6a5b1f2a10"),
        (20180301, 20180301),
        (None, None),
    ],
)
def test_days_of_examples_move(shown: Any, expected: Any) -> None:
    document = {"examples": [{"value": shown}], "description": "2018-03-01"}
    moved = with_examples_of(document, date(2024, 2, 29))
    assert moved == {"examples": [{"value": expected}], "description": "2018-03-01"}


def test_the_months_fit_on_any_day() -> None:
    """The extension goes beyond five months, which are booked, and stays within six; the person's
    own choice lasts longer than the four months of the clause and ends within six."""
    examples = examples_of_steps(DOCUMENT)
    ends = {
        "example": [
            examples[named(DOCUMENT, "extension")][1]["value"]["endDate"],
            examples[named(DOCUMENT, "own-choice")][1]["value"]["endDate"],
        ]
    }
    for after in range(LEAP_CYCLE):
        day = EXAMPLE_DAY + timedelta(after)
        extension, own = map(date.fromisoformat, with_examples_of(ends, day)["example"])
        assert last_day_of(day, 5) < extension <= last_day_of(day, 6), day
        assert last_day_of(day, 4) <= own <= last_day_of(day, 6), day
