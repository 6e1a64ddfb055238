"""The docs page's walk in a real browser: each step as a person takes it, by "Try it out".

A person reads what to paste beside the example, copies it from an earlier answer into the fields
and the body, and clicks Execute. So does the test; it changes nothing else.
"""

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from app.api.http import BASE_PATH
from tests.api.door.walking import Json, Told, examples_of_steps, steps_of, with_pasted
from tests.browser.docs_page import Served, Visit, authorise, open_docs

pytestmark = pytest.mark.browser


def test_every_example_in_order(visit: Visit, served: Served) -> None:
    open_docs(visit, served)
    authorise(visit, served.key)
    document = visit.page.request.get(f"{served.address}{BASE_PATH}/openapi.json").json()
    examples = examples_of_steps(document)
    answers: dict[int, Json] = {}
    for step in steps_of(document):
        name = examples[step.number][0] if step.number in examples else None
        operation = document["paths"][step.path][step.method.lower()]
        answers[step.number] = take(visit, operation, step, step.pasted(answers), name)
    on_track = [one["verdict"] for one in answers.values() if "verdict" in one]
    assert on_track == ["on-track"]
    assert len(answers) == len(steps_of(document)) > len(examples) > 20
    assert visit.elsewhere == []
    assert visit.errors == []


def take(
    visit: Visit, operation: Json, step: Told, pasted: dict[str, str], example: str | None
) -> Json:
    block = open_operation(visit, operation["tags"][0], operation["operationId"])
    begin(block)
    fill_parameters(block, operation, pasted)
    if example is not None:
        fill_body(block, example, pasted)
    with visit.page.expect_response(lambda answer: is_called(answer, step)) as answered:
        block.get_by_role("button", name="Execute").click()
    answer = answered.value
    assert answer.ok, (step, answer.text())
    status = block.locator(".live-responses-table .response-col_status").last
    expect(status).to_contain_text(f"{answer.status}")
    shown: Json = answer.json()
    block.locator(".opblock-summary-control").click()  # closed again, or the page grows long
    return shown


def open_operation(visit: Visit, tag: str, operation: str) -> Locator:
    block = visit.page.locator(f"#operations-{tag}-{operation}")
    if block.count() == 0:
        visit.page.locator(f"#operations-tag-{tag}").click()
    block.locator(".opblock-summary-control").click()
    return block


def begin(block: Locator) -> None:
    """An operation that was tried before is still open to be tried again."""
    button = block.locator(".try-out__btn").first
    expect(button).to_be_visible()
    if "Try it out" in (button.text_content() or ""):
        button.click()


def fill_parameters(block: Locator, operation: Json, pasted: dict[str, str]) -> None:
    named = {one["name"] for one in operation.get("parameters", [])}
    for name in named & set(pasted):
        block.locator(f'tr[data-param-name="{name}"] input').fill(pasted[name])


def fill_body(block: Locator, example: str, pasted: dict[str, str]) -> None:
    """Chooses the step's example, and puts the ids into it."""
    choice = block.locator(".examples-select select")
    if choice.count():
        choice.first.select_option(value=example)
    body = block.locator("textarea.body-param__text")
    expect(body).to_be_visible()
    body.fill(json.dumps(with_pasted(json.loads(body.input_value()), pasted)))


def is_called(answer: Any, step: Told) -> bool:
    """Whether it answers this step's call: others may still be under way."""
    path = answer.url.partition(BASE_PATH)[2].partition("?")[0]
    parts, wanted = path.split("/"), step.path.split("/")
    return (
        answer.request.method == step.method
        and len(parts) == len(wanted)
        and all(two[:1] == "{" or one == two for one, two in zip(parts, wanted, strict=True))
    )
