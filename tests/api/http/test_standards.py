"""Traces, addresses and whole numbers: what W3C, RFC 3986 and RFC 8259 say of them."""

import json
import re
from typing import Any
from urllib.parse import urljoin

import pytest
from starlette.datastructures import Headers

from app.api.http import BASE_PATH
from app.api.http.standards.addresses import path_reference
from app.api.http.standards.json_bodies import MOST_NAMES, read_json
from app.api.http.standards.traces import trace_of
from app.errors import MOST_ERRORS, Invalid, Malformed
from tests.api.document import OPERATIONS, options_of
from tests.api.world import World
from tests.callers import Caller, Service
from tests.sampling import TIMES

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
GIVEN = f"00-{TRACE}-{SPAN}-01"
ANSWER = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
# What comes, and the flags of the answer where the trace goes on.
GOES_ON = [
    (GIVEN, "01"),
    (f"00-{TRACE}-{SPAN}-00", "00"),
    (f"00-{TRACE}-{SPAN}-02", "02"),
    (f"00-{TRACE}-{SPAN}-03", "03"),
    (f"00-{TRACE}-{SPAN}-ff", "03"),
    (f"  {GIVEN}  ", "01"),
    (f"cc-{TRACE}-{SPAN}-01", "01"),
    (f"cc-{TRACE}-{SPAN}-01-what-the-future-will-be-like", "01"),
    (f"01-{TRACE}-{SPAN}-00-", "00"),
]
BEGINS_ANEW = [
    "",
    "zq",
    f"ff-{TRACE}-{SPAN}-01",
    f"{GIVEN}-more",
    f"{GIVEN}-",
    f"cc-{TRACE}-{SPAN}-01.what",
    f".0-{TRACE}-{SPAN}-01",
    f"0A-{TRACE}-{SPAN}-01",
    f"000-{TRACE}-{SPAN}-01",
    f"0-{TRACE}-{SPAN}-01",
    f"00-{'0' * 32}-{SPAN}-01",
    f"00-{TRACE.upper()}-{SPAN}-01",
    f"00-.{TRACE[1:]}-{SPAN}-01",
    f"00-{TRACE}0-{SPAN}-01",
    f"00-{TRACE[1:]}-{SPAN}-01",
    f"00-{TRACE}-{'0' * 16}-01",
    f"00-{TRACE}-.{SPAN[1:]}-01",
    f"00-{TRACE}-{SPAN}0-01",
    f"00-{TRACE}-{SPAN[1:]}-01",
    f"00-{TRACE}-{SPAN}-.0",
    f"00-{TRACE}-{SPAN}-001",
    f"00-{TRACE}-{SPAN}-1",
    f"00_{TRACE}_{SPAN}_01",
]


class TestTraceparent:
    @staticmethod
    def answer(service: Service, *given: str, **more: str) -> Any:
        headers = [("traceparent", one) for one in given] + list(more.items())
        return service.client.get(f"{BASE_PATH}/api-info", headers=headers).headers

    @pytest.mark.parametrize(("given", "flags"), GOES_ON)
    def test_goes_on(self, given: str, flags: str) -> None:
        trace = trace_of(Headers({"traceparent": given}))
        assert (trace.trace_id, f"{trace.flags:02x}") == (TRACE, flags)

    @pytest.mark.parametrize("given", BEGINS_ANEW)
    def test_begins_anew(self, given: str) -> None:
        trace = trace_of(Headers({"traceparent": given, "tracestate": "a=1"}))
        assert re.fullmatch(r"[0-9a-f]{32}", trace.trace_id)
        assert trace.trace_id not in {TRACE, "0" * 32}
        assert (trace.flags, trace.state) == (1, "")

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_of_an_answer(self, service: Service) -> None:
        shown = self.answer(service, f"cc-{TRACE}-{SPAN}-00-more", tracestate="a=1")
        found = ANSWER.fullmatch(shown["traceparent"])
        assert found
        assert (found[1], found[3], shown["tracestate"]) == (TRACE, "00", "a=1")
        assert found[2] not in {SPAN, "0" * 16}

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_two_headers_begin_anew(self, service: Service) -> None:
        for given in ((GIVEN, GIVEN.replace("4", "5")), (GIVEN, GIVEN), ()):
            shown = self.answer(service, *given)
            assert TRACE not in shown["traceparent"]
            assert "tracestate" not in shown

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            (["rojo=00f067aa0ba902b7"], "rojo=00f067aa0ba902b7"),
            (["a=1,b@c=2 3"], "a=1,b@c=2 3"),
            (["a=1", " b=2 "], "a=1,b=2"),
            (["a=1,,b=2"], "a=1,b=2"),
            ([",".join(f"k{n}=v" for n in range(32))], ",".join(f"k{n}=v" for n in range(32))),
            ([",".join(f"k{n}=v" for n in range(33))], ""),
            (["a=1,a=2"], ""),
            (["a=1,B=2"], ""),
            (["a"], ""),
            (["a=" + "x" * 256], "a=" + "x" * 256),
            (["a=" + "x" * 257], ""),
            ([], ""),
        ],
    )
    def test_tracestate_is_kept_where_it_is_one(self, given: list[str], kept: str) -> None:
        raw = [(b"traceparent", GIVEN.encode())]
        raw += [(b"tracestate", one.encode()) for one in given]
        assert trace_of(Headers(raw=raw)).state == kept


# RFC 3986: relative-ref, of the kinds that begin with one slash.
REFERENCE = re.compile(r"(/([A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*)+")
ODD_PATHS = [
    b"/suppliers/%C3%85re",
    b"/suppliers/a%20b",
    b"/suppliers/%2e%2e%2f%2e%2e",
    b"/suppliers/%00",
    b"/suppliers/%",
    b"/suppliers/%zz",
    b"/suppliers/\xc3\xa5",
    b"/suppliers/<\"'>|^`{}[]\\",
    b"/suppliers/a:b@c;d=1",
]


class TestInstance:
    @pytest.mark.parametrize("sent", ODD_PATHS)
    def test_is_a_uri_reference_to_what_was_called(self, sent: bytes) -> None:
        reference = path_reference({"raw_path": sent, "path": "unused"})
        assert REFERENCE.fullmatch(reference)
        assert path_reference({"raw_path": reference.encode()}) == reference

    def test_names_no_host(self) -> None:
        reference = path_reference({"raw_path": b"//evil.example/handslag"})
        address = urljoin("https://handslag.example/a/b", reference)
        assert address == "https://handslag.example//evil.example/handslag"

    @pytest.mark.parametrize("settled_kind", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("path", ["/suppliers/%C3%85re å", "/suppliers/a%22b", "/%E2%80%AE"])
    def test_of_an_answer(self, world: World, path: str) -> None:
        problem = world.admin.get(path).json()
        assert REFERENCE.fullmatch(problem["instance"])
        assert problem["instance"].startswith(BASE_PATH)


class TestWholeNumbers:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("45000000", 45_000_000),
            ("45000000.0", 45_000_000),
            ("4.5e7", 45_000_000),
            ("4.5E+7", 45_000_000),
            ("450000000e-1", 45_000_000),
            ("-0.0", 0),
            ("9007199254740993.0", 9_007_199_254_740_993),
            ("1e3", 1_000),
        ],
    )
    def test_are_whole_however_written(self, text: str, number: int) -> None:
        assert read_json(f"[{text}]".encode()) == [number]
        assert type(read_json(text.encode())) is int

    @pytest.mark.parametrize(
        "text", ["0.5", "45000000.5", "1e-1", "1e4300", "1e999999999999999999999"]
    )
    def test_others_stay_what_they_are(self, text: str) -> None:
        assert read_json(text.encode()) == float(text)
        assert type(read_json(text.encode())) is float

    def test_are_found_in_every_part_of_a_body(self) -> None:
        assert read_json(b'{"a": [1.0, {"b": 2e0}]}') == {"a": [1, {"b": 2}]}

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (b'{"a": 1', "see line 1, column 8"),
            (b'{\n"a" 1}', "see line 2, column 5"),
            (b'{"a": "\xe5"}', "not UTF-8: see byte 8"),
            (b"[" * 100_000 + b"]" * 100_000, "nested deeper"),
            (b"1" * 4_301, "more than 4300 digits"),
            (b"[NaN]", "NaN is no JSON number"),
        ],
    )
    def test_what_is_no_json_says_where(self, text: bytes, said: str) -> None:
        with pytest.raises(Malformed, match=re.escape(said)):
            read_json(text)

    def test_a_name_given_twice(self) -> None:
        with pytest.raises(Invalid, match="gives the same name twice"):
            read_json(b'{"a": 1, "a": 2}')

    def test_names_up_to_a_limit(self) -> None:
        """Each would be told as unknown: 88 000 in a body of 1 MiB."""
        names = {f"k{number}": number for number in range(MOST_NAMES)}
        assert read_json(json.dumps(names).encode()) == names
        with pytest.raises(Invalid, match=f"more than {MOST_NAMES} names"):
            read_json(json.dumps([{"a": names | {"one": "more"}}]).encode())

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("count", [MOST_ERRORS, MOST_ERRORS + 1])
    def test_unknown_parameters_up_to_a_limit(self, admin: Caller, count: int) -> None:
        answer = admin.get("/suppliers?" + "&".join(f"x{number}=" for number in range(count)))
        assert answer.status_code == 422
        assert len(answer.json()["errors"]) == MOST_ERRORS

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("left_out", [499, 500, 501])
    def test_errors_up_to_a_limit(self, admin: Caller, left_out: int) -> None:
        """A pair without its two ids is two errors."""
        answer = admin.post("/match-runs", {"forbidden": [{}] * left_out})
        told = [error["pointer"] for error in answer.json()["errors"]]
        assert len(told) == min(2 * left_out, MOST_ERRORS) + (left_out > 500)
        assert told.count("#") == (left_out > 500)

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize(
        ("value", "status"),
        [("45000000.0", 201), ("4.5e7", 201), ("45000000.5", 422), ("true", 422)],
    )
    def test_in_a_contract(self, admin: Caller, value: str, status: int) -> None:
        supplier = {"name": "Exempelbygg AB", "organisationNumber": "5560000167"}
        contract = {
            "reference": "KS 2017/0412",
            "title": "Ombyggnad",
            "supplierId": admin.post("/suppliers", supplier).json()["id"],
            "cpvCode": "45214200-2",
            "municipalityCode": "2380",
            "valueSek": 0,
            "startDate": "2018-03-01",
            "endDate": "2019-06-30",
        }
        body = json.dumps(contract).replace('"valueSek": 0', f'"valueSek": {value}')
        headers = {"Content-Type": "application/json"}
        answer = admin.call("POST", "/contracts", content=body, headers=headers)
        assert answer.status_code == status
        if status == 201:
            assert answer.json()["valueSek"] == 45_000_000
        else:
            assert [one["pointer"] for one in answer.json()["errors"]] == ["#/valueSek"]


NUMBERS = [
    pytest.param(operation, field["name"], id=f"{operation.id}-{field['name']}")
    for operation in OPERATIONS
    for field in operation.spec.get("parameters", [])
    if field["in"] == "query"
    and {"integer", "number", "boolean"} & {one.get("type") for one in options_of(field["schema"])}
]


NO_NUMBERS = ("1_0", " 1", "1 ", "+1", "01", "1.0", "1e1", "0x1", "٣", "²", "yes", "on", "T", "")


@pytest.mark.sampled
@pytest.mark.parametrize(("operation", "name"), NUMBERS)
@pytest.mark.parametrize("settled_kind", ["sqlite"], indirect=True)
def test_queries_are_as_strict_as_bodies(world: World, operation: Any, name: str) -> None:
    """Of every parameter that is a number or a yes or no; a third of the texts in `make test`."""
    for text in NO_NUMBERS if TIMES > 1 else NO_NUMBERS[len(name) % 3 :: 3]:
        answer = world.send(operation, params={name: text})
        assert answer.status_code == 422, text
        assert [one["pointer"] for one in answer.json()["errors"]] == [name]
