"""Problem documents in Swedish: for every kind of problem, finding and sentence there is."""

import ast
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import ValidationError
from pydantic_core import PydanticKnownError
from pydantic_core.core_schema import ErrorType

from app.api.http import PROBLEMS_IN_SWEDISH, Input, invalid_from, statuses_of_problems
from app.api.http.problems import PATTERN_ADVICE
from app.api.http.swedish.checked import CHECKED
from app.api.http.swedish.door import TITLES
from app.api.http.swedish.sentences import SENTENCES, in_swedish
from tests.api.document import COMPONENT_PREFIX, OPERATIONS, WITH_BODY, Operation, ids_of
from tests.api.world import World
from tests.api.wrongs import filled, wrongs_of
from tests.callers import Caller
from tests.house import called_names, modules_in

# What raises an error that callers are told, and which argument is the sentence.
TELLS = {
    "Busy": 0,
    "Conflict": 1,
    "FieldError": 1,
    "Malformed": 0,
    "NotAuthenticated": 0,
    "NotPermitted": 0,
    "PreconditionFailed": 0,
    "PreconditionRequired": 0,
    "TooLargeError": 0,
    "Unavailable": 0,
    "UnsupportedMediaType": 0,
    "ValueError": 0,
    "_wrong": 1,
    "_wrong_day": 0,
    "contradiction": 1,
}
# Names under which a sentence is kept until it is told.
KEPT_AS = {"detail", "advice", "taken"}
ROOMS = ("app/api/http", "app/api/registers", "app/api/runs", "app/models", "app/services")
OTHERS = ("app/db.py", "app/processes", "app/matching/pairs", "app/matching/optimum")
# Told to nobody over HTTP: why a run failed stands in the run itself.
UNTOLD = {"The process at work on it ended, {} times. Its log may say why."}
ARGUMENTS: dict[str, Any] = {"error": "x", "class": "X", "class_name": "X", "field_type": "List"}


def template(node: ast.expr) -> str | None:
    """A sentence as it stands in the code, with a gap for each value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        return "".join(map(str, parts))
    return None


def told_in_code() -> Iterator[tuple[str, str]]:
    for module in (one for room in (*ROOMS, *OTHERS) for one in modules_in(room)):
        kept = kept_sentences(module.tree)
        for told in (one for node in ast.walk(module.tree) for one in sentences_of(node)):
            sentences = kept.get(told.id, []) if isinstance(told, ast.Name) else [template(told)]
            yield from ((module.path, sentence) for sentence in sentences if sentence)


def kept_sentences(tree: ast.Module) -> dict[str, list[str | None]]:
    """What is kept under a name before it is told."""
    kept: dict[str, list[str | None]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            kept.setdefault(node.targets[0].id, []).append(template(node.value))
    return kept


def sentences_of(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        (name,) = called_names(ast.Expression(node)) & set(TELLS) or {""}
        own = getattr(node.func, "id", "")
        if own == name and own in TELLS and len(node.args) > TELLS[own]:
            told = node.args[TELLS[own]]
            yield from (told.body, told.orelse) if isinstance(told, ast.IfExp) else (told,)
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in KEPT_AS:
        yield node.value


def known_error(kind: str) -> str:
    """What pydantic says of this kind."""
    context: dict[str, Any] = {}
    while True:
        try:
            return PydanticKnownError(kind, context).message()  # type: ignore[arg-type]  # one of its own
        except TypeError as error:
            name = str(error).split("'")[1]
            context[name] = ARGUMENTS.get(name, 3)
            if "must be" in str(error) or "str" in str(error):
                context[name] = "x"


def test_every_problem_has_a_title_and_a_meaning() -> None:
    statuses = statuses_of_problems()
    assert statuses.keys() == PROBLEMS_IN_SWEDISH.keys()
    assert {status.value for status in statuses.values()} == TITLES.keys()


def test_every_finding_that_pydantic_knows_is_what_it_says() -> None:
    assert CHECKED.keys() <= set(get_args(ErrorType))
    for kind in CHECKED.keys() - {"string_pattern_mismatch"}:  # which gets words of our own
        said = known_error(kind)
        assert in_swedish(said) != said, kind


@pytest.mark.parametrize("operation", WITH_BODY, ids=ids_of(WITH_BODY))
def test_every_finding_of_every_body(operation: Operation) -> None:
    """Whatever is wrong with a field: the sentence has a Swedish one, and the kind is known."""
    assert operation.body is not None
    shape = shape_of(operation)
    if shape is None:
        return
    for wrong in wrongs_of(operation.body["schema"], filled(operation.body["schema"], None)):
        try:
            shape.model_validate(wrong.body)
        except ValidationError as error:
            kinds = {one["type"] for one in error.errors()}
            assert kinds <= CHECKED.keys() | {"value_error", "contradiction"}
            for found in invalid_from(error).errors:
                assert in_swedish(found.detail) != found.detail


def shape_of(operation: Operation) -> type[Input] | None:
    assert operation.body is not None
    name = operation.body["schema"]["$ref"].removeprefix(COMPONENT_PREFIX)
    pending = [Input]
    while pending:
        shape = pending.pop()
        if shape.__name__ == name:
            return shape
        pending += shape.__subclasses__()
    return None


def test_every_sentence_in_the_code_has_a_swedish_one() -> None:
    missing = {
        f"{path}: {sentence}"
        for path, sentence in told_in_code()
        if in_swedish(sentence) == sentence and sentence not in UNTOLD and sentence.strip("{} ")
    }
    assert sorted(missing) == []


def test_every_advice_of_a_pattern_has_a_swedish_one() -> None:
    assert [advice for advice in PATTERN_ADVICE.values() if in_swedish(advice) == advice] == []


def test_every_swedish_sentence_has_the_same_gaps() -> None:
    for english, swedish in SENTENCES.items():
        gaps = ["x"] * english.count("{}")
        assert "{}" not in swedish.format(*gaps)
        assert swedish != english


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("Input should be 'a', 'b' or 'c'", "ska vara 'a', 'b' eller 'c'"),
        ("Input should be greater than or equal to 1", "ska vara minst 1"),
        ("String should have at least 1 character", "texten ska ha minst 1 tecken"),
        ("String should have at most 80 characters", "texten ska ha högst 80 tecken"),
        (
            "List should have at most 20 items after validation, not 21",
            "ska ha högst 20 i listan, inte 21",
        ),
        (
            "This placement can become active on 2018-03-01 at the latest.",
            "Placeringen kan bli active senast 2018-03-01.",
        ),
        (
            "It would go on too long: the slot ends 2018-09-01; the contract ends 2018-08-31.",
            "Den skulle vara för länge: platsen slutar 2018-09-01; avtalet slutar 2018-08-31.",
        ),
        (
            "A placement that is completed cannot become active. Allowed: none: this is its end.",
            "En placering som är completed kan inte bli active. Tillåtet: inget: den är slut.",
        ),
        (
            "The slot is needed by 2 placements. Delete or move what needs it first.",
            "Det som ska ändras eller tas bort (slot) behövs av 2 placements. "
            "Ta först bort eller flytta det som behöver det.",
        ),
        (
            "holds U+0000 without a name, which nobody can see or tell from a plain space: leave "
            "it out, or write a plain space",
            "innehåller U+0000 utan namn, som ingen kan se eller skilja från ett vanligt "
            "mellanslag: ta bort det, eller skriv ett vanligt mellanslag",
        ),
        ("{curly} is no JSON number.", "{curly} är inget tal i JSON."),
    ],
)
def test_a_sentence_with_what_stands_in_its_gaps(english: str, swedish: str) -> None:
    assert in_swedish(english) == swedish


def test_a_sentence_that_nobody_has_put_into_swedish_is_not_lost() -> None:
    said = in_swedish("Something new.", "slot-full")
    assert said == "Alla platser är tagna under en del av datumen. (Something new.)"


class TestAnswers:
    ASKS = (
        ("sv", "sv"),
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("en", "en"),
        ("de", "en"),
        (None, "en"),
    )

    @pytest.mark.parametrize("settled_kind", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("operation", OPERATIONS, ids=ids_of(OPERATIONS))
    def test_of_every_operation(self, world: World, operation: Operation) -> None:
        for asked, language in self.ASKS:
            headers = {"Accept-Language": asked} if asked else {}
            answer = world.send(operation, params={"zqUnknown": 1}, headers=headers)
            problem = answer.json()
            assert (answer.status_code, answer.headers["content-language"]) == (422, language)
            assert answer.headers["vary"] == "Accept-Language"
            detail = problem["errors"][0]["detail"]
            assert (problem["title"] == TITLES[422]) == (language == "sv")
            assert detail.startswith("is no parameter here; known") == (language == "en")

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("name", ["Handslag-Caseworker", "Idempotency-Key", "If-Match"])
    @pytest.mark.parametrize(
        "sent", ["x y", "å", "", " ", "x" * 201, "811218-9876", f"hs_{'0a' * 16}_{'x' * 43}"]
    )
    def test_of_headers(self, admin: Caller, name: str, sent: str) -> None:
        details = []
        for language in ("en", "sv"):
            headers = {name: sent.encode("latin-1"), "Accept-Language": language}
            answer = admin.post("/suppliers", {}, headers=headers).json()
            found = {one["pointer"]: one["detail"] for one in answer["errors"]}
            details.append(found.get(name))
        assert (details[0] is None) == (name == "If-Match")
        assert details[0] is None or details[0] != details[1]

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize(
        ("method", "path", "said"),
        [
            ("GET", "/suppliers/", "Det finns inget på den här adressen. Ta bort snedstrecket"),
            ("PUT", "/suppliers", "Adressen tar inte den metoden; se Allow."),
            ("GET", "/suppliers/7f1c9a52-3c8e-4f5c-9d55-0f6a5b1f2a10", "Det finns inget 7f1c9a52"),
        ],
    )
    def test_outside_the_operations(self, admin: Caller, method: str, path: str, said: str) -> None:
        problem = admin.call(method, path, headers={"Accept-Language": "sv"}).json()
        assert problem["detail"].startswith(said)

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_of_a_line_of_a_batch(self, admin: Caller) -> None:
        asked = {"Accept-Language": "sv"}
        answer = admin.post("/candidate-batches", {"items": [1]}, headers=asked).json()
        problem = answer["rejected"][0]["problem"]
        assert problem["title"] == "Går inte att behandla"
        assert problem["errors"] == [{"pointer": "#", "detail": "ska vara ett objekt"}]
