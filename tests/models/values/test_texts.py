"""References and codes as people read them: composed, trimmed, and with nothing unseen inside."""

import re
import sys
import unicodedata
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.models.values import Code, Codes, Door, Kept, Line, Prose, Reference, through
from app.models.values.texts import INVISIBLE, SENT_CODE_PATTERN, SENT_LINE_PATTERN
from app.models.values.trimming import TRIMMED

KINDS: list[Any] = [Reference, Code, Line, Prose]
CODES: list[Any] = [Reference, Code]
SPACES = [chr(number) for number in range(sys.maxunicode) if chr(number).isspace()]


def read(kind: Any, text: str) -> str:
    found: str = TypeAdapter(kind).validate_python(text, strict=True)
    return found


def refusal(kind: Any, text: str) -> str:
    with pytest.raises(ValidationError) as refused:
        read(kind, text)
    return str(refused.value.errors()[0]["msg"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    ["ÅF-1", "ÅF-1 ", " ÅF-1", "A\u030aF-1", "\u212bF-1", "\u00a0ÅF-1\u2003", "\tÅF-1\r\n"],
)
def test_one_text_in_every_kind(kind: Any, text: str) -> None:
    assert read(kind, text) == "ÅF-1"


@pytest.mark.parametrize("kind", CODES)
@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\u200d", "U+200D ZERO WIDTH JOINER"),
        ("\u00ad", "U+00AD SOFT HYPHEN"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\u00a0", "U+00A0 NO-BREAK SPACE"),
        ("\u2009", "U+2009 THIN SPACE"),
        ("\u3164", "U+3164 HANGUL FILLER"),
        ("\ufe0f", "U+FE0F VARIATION SELECTOR-16"),
        ("\U000e0101", "U+E0101 VARIATION SELECTOR-18"),
        ("\u0000", "U+0000 without a name"),
        ("\t", "U+0009 without a name"),
        ("\u2028", "U+2028 LINE SEPARATOR"),
    ],
)
def test_what_nobody_sees_is_named(kind: Any, character: str, name: str) -> None:
    assert f"holds {name}, which" in refusal(kind, f"ÅF{character}1")


def test_no_such_character_is_forgotten() -> None:
    """Controls, formats, odd spaces and what has no shape: none of them gets into a code."""
    unseen = [
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp", "Zs"} and character != " "
    ]
    assert len(unseen) > 200
    let_in = []
    for character in (*unseen, *INVISIBLE):
        try:
            let_in.append(read(Code, f"a{character}b"))
        except ValidationError:
            continue
    assert let_in == []


def test_plain_space_and_case_stay() -> None:
    assert read(Reference, "KS 2017/0412 b") == "KS 2017/0412 b"


def test_free_text_keeps_its_lines() -> None:
    assert read(Prose, " En rad.\n\nEn till: 日本\u200d.\n") == "En rad.\n\nEn till: 日本\u200d."
    assert "pattern" in refusal(Line, "En rad.\nEn till.")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["", " ", "\u00a0\n", "\u3164"])
def test_nothing_to_see(kind: Any, text: str) -> None:
    assert refusal(kind, text)


@pytest.mark.parametrize(("kind", "longest"), [(Reference, 100), (Code, 80), (Line, 200)])
def test_length_is_that_of_what_is_stored(kind: Any, longest: int) -> None:
    assert len(read(kind, "A\u030a" * longest)) == longest
    assert read(kind, f" {'x' * longest} ") == "x" * longest
    assert refusal(kind, "x" * (longest + 1))


def test_list_names_a_code_once_however_it_is_written() -> None:
    with pytest.raises(ValidationError, match="names the same thing twice"):
        TypeAdapter(Codes).validate_python(["ås", "a\u030as "])


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_stored_goes_out_as_it_is(kind: Any) -> None:
    for text in ("A\u030aF\u200b1 ", "811218-9876"):
        with through(Door.OUT):
            assert read(kind, text) == text
        assert read(kind, Kept(text)) == text


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_never_stored_is_only_read(kind: Any) -> None:
    with through(Door.BY):
        assert read(kind, "A\u030a 811218-9876 ") == "Å 811218-9876"
    assert "identity number" in refusal(kind, "A\u030a 811218-9876 ")


KEY = f"hs_{'0a' * 16}_{'Zq-_9' * 8}"
LINK = f"hr_{'Zq-_9' * 8}xyz"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("secret", [KEY, LINK, KEY.upper()])
@pytest.mark.parametrize("around", ["{}", "key {}.", "Bearer:{}", "_{}"])
def test_no_text_keeps_a_key_or_the_secret_of_a_link(kind: Any, secret: str, around: str) -> None:
    written = around.format(secret)
    if kind is Code and len(written) > 80:
        written = secret
    said = refusal(kind, written)
    assert "holds a key, or the secret of a report link" in said
    assert "Zq" not in said
    with through(Door.OUT):
        assert read(kind, written) == written
    with through(Door.BY):
        assert read(kind, written) == written


@pytest.mark.parametrize(
    "text", ["hs_kortet", "paths_to_all_that_is_new_in_the_plan_of_2018_x", KEY[:35]]
)
def test_what_only_begins_as_a_key_passes(text: str) -> None:
    assert read(Line, text) == text


def test_schema_takes_what_is_trimmed_and_nothing_else() -> None:
    assert sorted(SPACES) == sorted({*TRIMMED, *"\x1c\x1d\x1e\x1f"})
    for pattern in (SENT_CODE_PATTERN, SENT_LINE_PATTERN):
        assert all(re.search(pattern, f"{space}å b{space}") for space in TRIMMED)
    for text in ("a\u200bb", "a\u00a0b", "a\tb", "\u200b", " ", ""):
        assert not re.fullmatch(SENT_CODE_PATTERN, text)
    assert TypeAdapter(Code).json_schema()["pattern"] == SENT_CODE_PATTERN
