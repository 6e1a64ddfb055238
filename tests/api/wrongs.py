"""Every way a body can be wrong in one place, derived from its schema."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from tests.api.document import Json, options_of, self_contained
from tests.api.world import ABSENT_ID

TRACE = "zq-wrong-zq"  # found nowhere else: an answer that holds it has echoed what was sent
OTHER_TYPES: dict[str, Any] = {
    "string": TRACE,
    "number": 31415.5,
    "boolean": True,
    "array": [TRACE],
    "object": {TRACE: TRACE},
}
WRONG_BY_FORMAT = {
    "date": [
        *("2018-02-30", "20180301", "2018-03-01T00:00:00Z", "0000-01-01", ""),
        *("0018-03-01", "1989-12-31", "2101-01-01", "9999-12-31"),
    ],
    "date-time": ["2018-03-01", "1989-12-31T23:59:59.999Z", "2101-01-01T00:00:00Z"],
    "uuid": [TRACE, "7f1c9a523c8e4f5c9d550f6a5b1f2a10"],
    "municipality-code": ["9999", "0000", "23800"],
    "ssyk-code": ["7110", "9999", "711"],
    "ssyk-group": ["7117", "04", "71111"],
    "language-code": ["qq", "zzz", "SV", "s"],
    "organisation-number": ["5560000168", "8112189876", "556000016", ""],
}
LIMITS_BY_FORMAT = {
    "date": ["1990-01-01", "2100-12-31"],
    "date-time": ["1990-01-01T00:00:00Z", "2100-12-31T23:59:59.999Z"],
}
LIKELY_TEXTS = ("a", "aa", "1", "1111", "45214200-2", "2380", "5560000167")
HUGE = 10**400
MANY = 20_000  # longer lists are tried one by one, as it takes seconds to read them
# No JSON at all, or more than any parser takes: 400.
MALFORMED = [
    b"{",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"\xff\xfe",
    b'{"a": 1' + b"0" * 4_300 + b"}",
    b'{"a": NaN}',
    b'{"a": -Infinity}',
    b'{"a": 01}',
    b"{'a': 1}",
    b'{"a": 1,}',
    b'{"a": 1} {"a": 1}',
    b" ",
    '{"a": 1}'.encode("utf-16"),
]
# JSON, but not what any operation takes: 422.
UNFIT = [
    b"",
    b"null",
    b'"text"',
    b"[]",
    b'{"a": 1' + b"0" * 4_299 + b"}",
    b'{"a": "\\ud800"}',
    b'{"\\ud800": 1}',
    b'{"a": 1, "a": 1}',
    b'{"a": {"b": 1, "b": 2}}',
    b'{"a": 1e400}',
    b'{"a": 1e-999999999999999999999}',
]
# What contradicts what, where no schema can say it: the fields, and the one to change.
CONTRADICTIONS: list[tuple[str, dict[str, Any], str]] = [
    ("/contracts", {"startDate": "2018-03-01", "endDate": "2018-03-01"}, "#/endDate"),
    ("/contracts", {"startDate": "2018-03-02", "endDate": "2018-03-01"}, "#/endDate"),
    ("/slots", {"earliestStart": "2018-03-02", "latestStart": "2018-03-01"}, "#/latestStart"),
    ("/slots", {"latestStart": "2018-09-02", "endDate": "2018-09-01"}, "#/endDate"),
    ("/slots", {"extentPercent": {"min": 75, "max": 50}}, "#/extentPercent"),
    ("/candidates", {"availableFrom": "2018-03-02", "availableTo": "2018-03-01"}, "#/availableTo"),
    ("/candidates", {"extentPercent": {"min": 75, "max": 50}}, "#/extentPercent"),
    ("/placements", {"startDate": "2018-03-02", "endDate": "2018-03-01"}, "#/endDate"),
    ("/placements", {"reason": "other", "comment": None}, "#/comment"),
    (
        "/proposals/{proposalId}/decisions",
        {"outcome": "declined", "reason": "good-fit"},
        "#/reason",
    ),
    ("/proposals/{proposalId}/decisions", {"reason": "other", "comment": None}, "#/comment"),
    ("/contracts/{contractId}/clauses", {"fullTimeMonths": 12}, "#/places"),
    ("/contracts/{contractId}/clauses", {"minimumMonths": None}, "#/minimumMonths"),
    ("/contracts/{contractId}/clauses", {"kind": "dialogue"}, "#/kind"),
    ("/contracts/{contractId}/clauses", {"quantityPerCallOff": True}, "#/quantityPerCallOff"),
    ("/policies", {"weights": {"occupation": 301}}, "#/weights"),
]

Way = tuple[str | int, ...]


@dataclass(frozen=True)
class Wrong:
    """A body that is wrong at one pointer, in one kind of way."""

    kind: str
    pointer: str
    body: Any

    def beside(self, name: str, value: Any) -> Any:
        """The body with one more field, both on top and in the object that the pointer leads to."""
        body = deepcopy(self.body) | {name: value}
        around = inner = body
        for step in self.pointer.split("/")[1:-1]:
            inner = inner[int(step) if isinstance(inner, list) else step]
            around = inner if isinstance(inner, dict) else around
        around[name] = value
        return body


@dataclass(frozen=True)
class Place:
    """One field or item of a body, and what its schema asks of it."""

    way: Way
    schema: Json
    required: bool = False

    @property
    def pointer(self) -> str:
        return "#" + "".join(f"/{step}" for step in self.way)

    @property
    def options(self) -> list[Json]:
        return options_of(self.schema)

    @property
    def types(self) -> set[str]:
        """The JSON types that it takes; empty where it takes any."""
        named = {option.get("type") for option in self.options}
        listed = {"string" for option in self.options if "enum" in option or "const" in option}
        return {str(one) for one in named | listed if one}


def wrongs_of(schema: Json, example: Any) -> Iterator[Wrong]:
    """The example, filled up so that every field is there, with one thing wrong at a time."""
    whole = filled(schema, example)
    for place in places_of(schema, whole):
        for kind, value in _wrong_values(place, _at(whole, place.way)):
            yield Wrong(kind, place.pointer, changed(whole, place.way, value))
        if place.required:
            yield Wrong("missing", place.pointer, _without(whole, place.way))
        if _is_closed(place):
            extra = (*place.way, "zqUnknown")
            yield Wrong("unknown", f"{place.pointer}/zqUnknown", changed(whole, extra, TRACE))


def limits_of(schema: Json, example: Any) -> Iterator[Wrong]:
    """Bodies at a limit, which must not be refused for it."""
    whole = filled(schema, example)
    for place in places_of(schema, whole):
        for option in place.options:
            for value in _at_limits(option):
                yield Wrong("limit", place.pointer, changed(whole, place.way, value))


def places_of(schema: Json, value: Any, way: Way = (), required: bool = False) -> Iterator[Place]:
    yield Place(way, schema, required)
    for option in options_of(schema):
        if isinstance(value, dict):
            for name, part in option.get("properties", {}).items():
                if name in value:
                    needed = name in option.get("required", [])
                    yield from places_of(part, value[name], (*way, name), needed)
        elif isinstance(value, list) and value and "items" in option:
            yield from places_of(option["items"], value[0], (*way, 0))


def filled(schema: Json, value: Any) -> Any:
    """The value, with something in place of each part that is left out, null or empty."""
    option = next((one for one in options_of(schema) if one.get("type") != "null"), {})
    if option.get("type") == "object" and "properties" in option:
        given = value if isinstance(value, dict) else {}
        return given | {
            name: filled(part, given.get(name)) for name, part in option["properties"].items()
        }
    if option.get("type") == "array":
        return [filled(option["items"], item) for item in value or [None]]
    return _made_up(option) if value is None else value


def changed(body: Any, way: Way, value: Any) -> Any:
    if not way:
        return value
    copy = deepcopy(body)
    _at(copy, way[:-1])[way[-1]] = value
    return copy


def _made_up(option: Json) -> Any:
    known = [option.get("const"), *option.get("enum", []), *option.get("examples", [])]
    likely = [option.get("example"), option.get("minimum"), 1, 1.5, True, ABSENT_ID]
    likely += ["2018-03-01", "2018-02-01T08:30:00Z"]
    validator = jsonschema_rs.validator_for(self_contained(option), validate_formats=True)
    for value in [*known, *likely, *LIKELY_TEXTS, {}]:
        if value is not None and validator.is_valid(value):
            return value
    raise AssertionError(f"give an example to {option}")


def _wrong_values(place: Place, value: Any) -> Iterator[tuple[str, Any]]:
    types = place.types
    if not types:
        return
    for name, sample in OTHER_TYPES.items():
        if name not in types and not (name == "number" and types >= {"number"}):
            yield "type", sample
    if "null" not in types and place.way:
        yield "type", None
    for option in place.options:
        yield from _out_of_bounds(option, value)
    if types <= {"string", "null"}:
        yield from (("value", wrong) for wrong in _wrong_texts(place.options))


def _out_of_bounds(option: Json, value: Any) -> Iterator[tuple[str, Any]]:
    if "maxLength" in option:
        yield "long", "x" * (option["maxLength"] + 1)
    if option.get("minLength"):
        yield "long", "x" * (option["minLength"] - 1)
    if option.get("maxItems", MANY) < MANY and isinstance(value, list):
        yield "long", [value[0]] * (option["maxItems"] + 1)
    if option.get("minItems"):
        yield "long", []
    if "minimum" in option:
        yield "range", option["minimum"] - 1
        yield "range", -HUGE
    if "maximum" in option:
        yield "range", option["maximum"] + 1
        yield "range", HUGE
    if option.get("uniqueItems") and isinstance(value, list):
        yield "repeat", [value[0], value[0]]


def _wrong_texts(options: list[Json]) -> Iterator[str]:
    for option in options:
        if option.get("type") == "null":
            continue
        if "enum" in option:
            yield TRACE
        elif "format" in option:
            yield from WRONG_BY_FORMAT.get(option["format"], [])
        yield from (f"{TRACE}\u0000", "\ud800", "")


def _at_limits(option: Json) -> Iterator[Any]:
    if "maxLength" in option:
        yield "x" * option["maxLength"]
    if option.get("minLength"):
        yield "x" * option["minLength"]
    for bound in ("minimum", "maximum"):
        if bound in option:
            yield option[bound]
    yield from LIMITS_BY_FORMAT.get(option.get("format", ""), [])


def _is_closed(place: Place) -> bool:
    return any(
        option.get("type") == "object" and option.get("additionalProperties") is False
        for option in place.options
    )


def _at(body: Any, way: Way) -> Any:
    for step in way:
        body = body[step]
    return body


def _without(body: Any, way: Way) -> Any:
    copy = deepcopy(body)
    del _at(copy, way[:-1])[way[-1]]
    return copy
