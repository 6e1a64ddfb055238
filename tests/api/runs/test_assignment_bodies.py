"""An assignment's body is read in bulk, and what is taken and refused is what the shapes say."""

import json
from typing import Any

import pytest

from app.api.http import checked, read_json
from app.api.http.bodies import ROWS_OF_A_PART
from app.api.runs.assignment_bodies import (
    BYTES_OF_A_LIST,
    AssignmentInput,
    read_in_bulk,
    read_market,
)
from app.api.runs.own_ids import MOST_ROWS, refuse_repeated_ids
from app.errors import MORE_ERRORS, MOST_ERRORS, FieldError, Invalid, Malformed
from app.services.runs.assignments import (
    GivenMarket,
    OfferedSlot,
    ScoredPair,
)

SLOT, CANDIDATE = {"id": "p1", "places": 1, "tier": 1}, {"id": "k1"}
PAIR = {"candidateId": "k1", "slotId": "p1", "points": 900}
BODY = {"slots": [SLOT], "candidates": [CANDIDATE], "pairs": [PAIR]}
ROWS: dict[str, dict[str, Any]] = {"slots": SLOT, "candidates": CANDIDATE, "pairs": PAIR}
COMPOSED, DECOMPOSED = "\u00c5F", "A\u030aF"
VALUES: list[Any] = [
    *(
        None,
        True,
        "",
        " ",
        "x",
        "p1",
        "k1",
        "k1 ",
        " k1",
        "x" * 100,
        "x" * 101,
        "\u200b",
        "a\u0000",
    ),
    *("8112189876", COMPOSED, DECOMPOSED, "\ud800", 'k"1', "k\\1"),
    *(-1, 0, 1, 2, 3, 1_000_000, 1_000_001, 10**19, 10**400, 1.0, 1.5, 1e2, float("nan")),
    *([], ["k1"], {}, {"id": "k1"}),
]


def plainly(body: bytes) -> GivenMarket:
    """As every other body is read: all of it by the shape, then the ids."""
    sent = checked(AssignmentInput, read_json(body))
    refuse_repeated_ids("slots", sent.slots)
    refuse_repeated_ids("candidates", sent.candidates)
    return GivenMarket.of(
        [OfferedSlot(one.id, one.places, one.tier) for one in sent.slots],
        [one.id for one in sent.candidates],
        [ScoredPair(one.candidate_id, one.slot_id, one.points) for one in sent.pairs],
    )


def told(market: GivenMarket) -> Any:
    columns = (market.slot, market.candidate, market.points)
    return [*market.slots], [*market.candidates], [column.tolist() for column in columns]


def outcome(read: Any, body: bytes) -> Any:
    try:
        return told(read(body))
    except Invalid as error:
        return error.errors
    except Malformed as error:
        return (FieldError("#", str(error)),)


def variants() -> list[bytes]:
    """The body with one thing at a time in place of another, left out, added, or given twice."""
    bodies: list[Any] = [BODY | {name: value} for name in BODY for value in VALUES]
    bodies += [{name: value for name, value in BODY.items() if name != left} for left in BODY]
    bodies += [BODY | {"zq": 1}, *VALUES]
    for name, row in ROWS.items():
        rows: list[Any] = [row | {field: value} for field in row for value in VALUES]
        rows += [{one: value for one, value in row.items() if one != left} for left in row]
        rows += [row | {"zq": 1}, *VALUES]
        bodies += [BODY | {name: [one]} for one in rows]
        bodies += [BODY | {name: [row, row]}, BODY | {name: []}]
    # An id in one form among the candidates and in another in a pair.
    for first, second in (
        (COMPOSED, DECOMPOSED),
        ("k1", "k1 "),
        ("k1", "K1"),
        (COMPOSED, COMPOSED),
    ):
        pair = PAIR | {"candidateId": second}
        bodies.append(BODY | {"candidates": [{"id": first}], "pairs": [pair]})
    return [json.dumps(body).encode() for body in bodies]


WHOLE = json.dumps(BODY).encode()
WRITTEN = [
    WHOLE,
    json.dumps(BODY, indent=4).encode(),
    json.dumps(BODY | {"candidates": [{"id": "k\u00e5"}]}, ensure_ascii=False).encode(),
    b"\xef\xbb\xbf" + WHOLE,
    WHOLE.decode().encode("utf-16"),
    WHOLE + b"x",
    WHOLE[:-1],
    WHOLE.replace(b'"k1"', b'"\xff"'),
    WHOLE.replace(b'"points": 900', b'"points": 900, "points": 900'),
    WHOLE.replace(b'"points": 900', b'"points": 900, "\\u0070oints": 900'),
    WHOLE.replace(b'"points": 900', b'"\\u0070oints": 900'),
    WHOLE.replace(b'"pairs"', b'"pairs": [], "pairs"'),
    WHOLE.replace(b'"k1"', b'"\\u006b1"'),
    WHOLE.replace(b'"k1"', b'"k\\u0022"'),
    WHOLE.replace(b"900", b"-0"),
    WHOLE.replace(b"900", b"09"),
    WHOLE.replace(b"900", b"9" * 5_000),
    WHOLE.replace(b"900", b"[" * 100_000),
    b"",
    b"null",
    b"{",
]


def test_both_ways_agree_on_every_variant() -> None:
    bodies = variants() + WRITTEN
    assert len(bodies) > 500
    different = [body for body in bodies if outcome(read_market, body) != outcome(plainly, body)]
    assert different == []


def test_what_is_read_in_bulk_is_what_is_right() -> None:
    """Bulk reading takes nothing that the shapes refuse; and it takes the ordinary body."""
    taken = [body for body in variants() + WRITTEN if read_in_bulk(body) is not None]
    assert len(taken) > 20
    assert [body for body in taken if isinstance(outcome(plainly, body)[0], FieldError)] == []
    assert read_in_bulk(WHOLE) is not None
    assert read_in_bulk(json.dumps(BODY, indent=4).encode()) is not None


def test_a_long_list_is_read_in_bulk_too() -> None:
    """With ends of objects within texts, where the list is cut, it is read by the shapes."""
    count = 3 * BYTES_OF_A_LIST // len(json.dumps(PAIR))
    for name in ("k", "k},{"):
        ids = [f"{name}{number}" for number in range(count)]
        pairs = [PAIR | {"candidateId": one, "points": 1 + row} for row, one in enumerate(ids)]
        body = BODY | {"candidates": [{"id": one} for one in ids], "pairs": pairs}
        text = json.dumps(body)
        assert outcome(read_market, text.encode()) == outcome(plainly, text.encode())
        assert (read_in_bulk(text.encode()) is not None) is (name == "k")
        # The last pair, and what stands where a list could be cut, is as wrong as elsewhere.
        for wrong in (text[:-2] + ",]}", text.replace("}, {", "},, {"), text[:-3] + ",1}]}"):
            assert read_in_bulk(wrong.encode()) is None


def test_errors_in_every_part_point_into_the_whole() -> None:
    pairs = [PAIR | {"candidateId": f"k{number}"} for number in range(ROWS_OF_A_PART + 2)]
    candidates = [{"id": pair["candidateId"]} for pair in pairs]
    for wrong in (0, ROWS_OF_A_PART - 1, ROWS_OF_A_PART, ROWS_OF_A_PART + 1):
        pairs[wrong] = pairs[wrong] | {"points": 0}
    body = json.dumps(BODY | {"candidates": candidates, "pairs": pairs}).encode()
    pointers = [error.pointer for error in outcome(read_market, body)]
    assert pointers == [f"#/pairs/{number}/points" for number in (0, 999, 1_000, 1_001)]
    assert outcome(read_market, body) == outcome(plainly, body)


@pytest.mark.parametrize(("count", "fits"), [(MOST_ROWS, True), (MOST_ROWS + 1, False)])
@pytest.mark.parametrize("wrong", [{}, {"zq": 1}])
def test_longest_list(count: int, fits: bool, wrong: Any) -> None:
    rows = {"candidates": [{"id": f"k{number}"} for number in range(count)]}
    body = json.dumps(BODY | rows | wrong).encode()
    assert outcome(read_market, body) == outcome(plainly, body)
    pointers = {getattr(one, "pointer", "") for one in outcome(read_market, body)}
    assert ("#/candidates" in pointers) is not fits


@pytest.mark.parametrize("wrong", [{"points": 0}, {"candidateId": "k2"}])
@pytest.mark.parametrize("count", [MOST_ERRORS, MOST_ERRORS + 1])
def test_so_many_errors_are_told(wrong: Any, count: int) -> None:
    pairs = [PAIR | wrong | {"slotId": f"p{number}"} for number in range(count)]
    slots = [SLOT | {"id": pair["slotId"]} for pair in pairs]
    body = json.dumps(BODY | {"slots": slots, "pairs": pairs}).encode()
    errors = outcome(read_market, body)
    assert len(errors) == (count if count == MOST_ERRORS else MOST_ERRORS + 1)
    assert (MORE_ERRORS in errors) is (count > MOST_ERRORS)
