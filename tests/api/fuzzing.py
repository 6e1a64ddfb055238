"""How schemathesis is told of this service: its formats, its rules, and what is stored in it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from typing import Any

import schemathesis
from hypothesis import strategies
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.generation.case import Case
from stdnum.luhn import calc_check_digit

from app.api.http import BASE_PATH
from app.api.registers import suppliers
from app.models.values import EARLIEST, LATEST
from app.reference.code_lists import CPV_CODES, CPV_NUMBERS, LANGUAGES, SSYK_CODES, SSYK_GROUPS
from app.reference.municipalities import MUNICIPALITIES
from app.reference.programmes import REFERENCE
from tests.api.document import Operation, read_document
from tests.api.world import ABSENT_ID, UUID_TEXT, World

# What a request that follows its schema can still meet: something stored, fields that contradict
# each other, a body longer than any schema says. Not 400, 401, 403, 405, 415, 428, nor a fault.
ACCEPTABLE = ["2xx", "304", "404", "409", "412", "413", "422"]
# A stale version is answered 412 before the body is checked.
REFUSALS = ["400", "401", "404", "405", "409", "412", "413", "415", "422", "428"]


# Bodies that hold all of these are about other things than the order of what they hold.
IN_ORDER = (
    ("earliestStart", "latestStart", "endDate"),
    ("startDate", "endDate"),
    ("availableFrom", "availableTo"),
    ("min", "max"),
)
KEY = re.compile(r"[!-~]{1,200}", re.ASCII)
DAY = re.compile(r"[12]\d{3}-\d{2}-\d{2}", re.ASCII)
# A second row of the same name is 409.
NAME = re.compile(r"[\w/-]([\w/ -]{0,80}[\w/-])?", re.ASCII)
numbers = count(1)
# A large PATCH takes the fields of its POST, and batches and /matchings those of candidates and
# slots: their limits are tried once, and all of them in test_bad_input.py.
NO_COVERAGE: dict[str, Any] = {"phases": {"coverage": {"enabled": False}}}
TRIED_ELSEWHERE = [
    {"include-path-regex": r"^/(candidates|slots|clauses)/\{\w+\}$", **NO_COVERAGE},
    {"include-path": "/matchings", **NO_COVERAGE},
]


@dataclass
class Findings:
    """What one run sent and what was wrong with the answers."""

    statuses: Counter[int] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        return self.statuses.total()

    def shares(self) -> dict[str, float]:
        """Of what each operation was sent with a key: how much of it succeeded."""
        return {label: self.accepted[label] / sent for label, sent in self.sent.items()}


def explore(world: World, operations: Collection[Operation], cases_each: int) -> Findings:
    """Runs all phases over these operations: documented examples, limits, random cases, and chains
    of calls."""
    assert world.admin.key

    def before_load_schema(context: Any, raw_schema: dict[str, Any]) -> None:
        _prepare(raw_schema, operations)

    schemathesis.hook(before_load_schema)
    try:
        schema = schemathesis.openapi.from_asgi(
            f"{BASE_PATH}/openapi.json",
            world.admin.client.app,
            config=_config(world.admin.key, cases_each),
        )
    finally:
        schemathesis.hooks.unregister(before_load_schema)

    def before_call(context: Any, case: Case[Any], kwargs: Any) -> None:
        _steer(world, case)

    findings = Findings()
    schemathesis.hook(before_call)
    try:
        for event in from_schema(schema).execute():
            _note(findings, event)
    finally:
        schemathesis.hooks.unregister(before_call)
    return findings


def _prepare(raw_schema: dict[str, Any], operations: Collection[Operation]) -> None:
    """The document as it is printed, whose examples have the days of what is stored here. A body
    that may come as several media types comes as the first: they are read alike."""
    raw_schema |= read_document() | {"servers": raw_schema["servers"]}
    wanted = {(one.path, one.method.lower()) for one in operations}
    for name, path in raw_schema["paths"].items():
        for method in [method for method in path if (name, method) not in wanted]:
            del path[method]
        for operation in path.values():
            content = operation.get("requestBody", {}).get("content", {})
            for media_type in [*content][1:]:
                del content[media_type]


def _config(key: str, cases_each: int) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "seed": 2018,
            # The first matching may have to compile the engine.
            "request-timeout": 120,
            "generation": {
                "max-examples": cases_each,
                "deterministic": True,
                "no-shrink": True,
                "database": "none",
            },
            # test_bad_input.py sends every wrong value of every field; here they are random.
            "phases": {"coverage": {"generation": {"mode": "positive"}}},
            "auth": {"openapi": {"key": {"bearer": key}}},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ACCEPTABLE},
                "negative_data_rejection": {"expected-statuses": REFUSALS},
                "missing_required_header": {"expected-statuses": ["401", "428"]},
            },
            "operations": [
                *TRIED_ELSEWHERE,
                {
                    # A wrong line of a batch stands in the answer, which is 200.
                    "include-path-regex": "-batches$",
                    "checks": {
                        "negative_data_rejection": {"expected-statuses": [*REFUSALS, "200"]}
                    },
                    **NO_COVERAGE,
                },
            ],
        }
    )


def _steer(world: World, case: Case[Any]) -> None:
    """Replaces made-up ids by ids that exist, but in every fourth case; what follows its schema
    still does."""
    is_known = next(numbers) % 4 > 0
    if case.method != "DELETE" and is_known:
        for name, value in case.path_parameters.items():
            case.path_parameters[name] = _existing(world, value, name)
        for name, value in (case.query or {}).items():
            case.query[name] = _existing(world, value, name)
    elif str(case.path_parameters.get("keyId")).replace("-", "") in str(world.admin.key):
        case.path_parameters["keyId"] = ABSENT_ID  # all that follows would be 401
    if isinstance(case.body, dict | list):
        case.body = _existing(world, case.body) if is_known else case.body
        _put_in_order(case.body)
        if case.method == "POST" and isinstance(case.body, dict):
            _rename(case.body)
    if is_known and KEY.fullmatch(str(case.headers.get("Idempotency-Key", ""))):
        case.headers["Idempotency-Key"] = f"key-{next(numbers)}"  # else every other call repeats it
    if case.headers.get("If-Match") == '"1"':
        case.headers["If-Match"] = "*"


def _put_in_order(body: Any) -> None:
    """Sorts the days and the numbers of each object that must not decrease, if all are right."""
    for part in body.values() if isinstance(body, dict) else body:
        if isinstance(part, dict | list):
            _put_in_order(part)
    for names in IN_ORDER if isinstance(body, dict) else ():
        there = [name for name in names if body.get(name) is not None]
        values = [body[name] for name in there]
        if all(type(one) is int for one in values) or all(
            DAY.fullmatch(str(one)) for one in values
        ):
            body |= zip(there, sorted(values), strict=True)


def _rename(body: dict[str, Any]) -> None:
    reference = body.get("reference")
    if isinstance(reference, str) and NAME.fullmatch(reference):
        # Letters between, because digits after digits may be a person.
        body["reference"] = f"{reference} nr {next(numbers)}"
    if body.get("organisationNumber") == suppliers.EXAMPLE["organisationNumber"]:
        body["organisationNumber"] = _organisation_number(f"5522{next(numbers):05}")


def _existing(world: World, value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _existing(world, part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_existing(world, part, name.removesuffix("s")) for part in value]
    if isinstance(value, str) and UUID_TEXT.fullmatch(value):
        return world.known.get(name, value)
    return value


def _note(findings: Findings, event: events.EngineEvent) -> None:
    if isinstance(event, events.NonFatalError):
        findings.errors.append(str(event.info))
    if isinstance(event, events.FatalError):
        findings.errors.append(repr(event.exception))
    if isinstance(event, events.ScenarioFinished):
        _note_scenario(findings, event.recorder)


def _note_scenario(findings: Findings, recorder: Any) -> None:
    for case_id, interaction in recorder.interactions.items():
        if interaction.response is not None:
            status = int(interaction.response.status_code)
            label = recorder.cases[case_id].value.operation.label
            findings.statuses[status] += 1
            findings.sent[label] += status != HTTPStatus.UNAUTHORIZED
            # What the caller has already is a success too.
            findings.accepted[label] += status <= HTTPStatus.NOT_MODIFIED
    for case_id, check, told in _failures_in(recorder):
        case = recorder.cases[case_id].value
        response = recorder.interactions[case_id].response
        answered = response.status_code if response else None
        if answered == HTTPStatus.UNAUTHORIZED and "Authorization" in case.headers:
            continue  # a made-up key, of which schemathesis says that it follows the schema
        answer = f"{answered} {response.content[:500]!r}" if response else "no answer"
        findings.failures.setdefault(
            f"{check}: {case.operation.label}", f"{told}\n{_shown(case)}\n{answer}"
        )


def _failures_in(recorder: Any) -> Iterator[tuple[str, str, str]]:
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                yield case_id, check.name, f"{failure.title}: {failure.message}"


def _shown(case: Case[Any]) -> str:
    headers = {name: value for name, value in case.headers.items() if name != "Authorization"}
    return f"{case.method} {case.formatted_path} {case.query} {headers} {str(case.body)[:500]}"


def _organisation_number(digits: str) -> str:
    return digits + calc_check_digit(digits)


# Days outside these are 422, which no schema of a date can say.
DAYS = strategies.dates(EARLIEST, LATEST)
schemathesis.openapi.format("date", DAYS.map(str))
schemathesis.openapi.format("date-time", DAYS.map(lambda day: f"{day}T08:30:00Z"))
# A list may ask for fifty that differ, and there are eight.
schemathesis.openapi.format(
    "gate-code",
    strategies.sampled_from(sorted(REFERENCE.gates))
    | strategies.integers(0, 10**6).map("egen-{}".format),
)
OFFICIAL: dict[str, Collection[str]] = {
    "municipality-code": MUNICIPALITIES,
    "programme-code": REFERENCE.codes,
    "ssyk-code": SSYK_CODES,
    "ssyk-group": SSYK_GROUPS,
    "cpv-code": CPV_CODES | CPV_NUMBERS,
    "language-code": LANGUAGES,
}
for name, codes in OFFICIAL.items():
    schemathesis.openapi.format(name, strategies.sampled_from(sorted(codes)))
schemathesis.openapi.format(
    "organisation-number",
    strategies.from_regex(r"5[2-9][2-9][0-9]{6}", fullmatch=True).map(_organisation_number),
)
