"""Texts as people read them: Unicode NFC, trimmed, and without what nobody can see in a code."""

from typing import Annotated, Any
from unicodedata import name

from pydantic import BeforeValidator, Field

from app.models.values.doors import Door, is_new, present_door
from app.models.values.identity_numbers import no_identity_number
from app.models.values.shown_secrets import no_secret
from app.models.values.trimming import TRIMMED_PATTERN, as_read, spread

# Letters, marks and a symbol without a shape; other such characters are not printable anyway.
SHAPELESS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef"
)


INVISIBLE = spread(SHAPELESS)

# As patterns, for schemas: spaces, controls, and characters without a shape: soft hyphens, joiners,
# direction marks, fillers.
BLANKS = (
    r"\s\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
# A visible character and no control: PostgreSQL cannot store NUL, and the others break logs.
LINE = rf"[^\u0000-\u001f\u007f]*[^{BLANKS}][^\u0000-\u001f\u007f]*"
LINE_PATTERN = f"^{LINE}$"
PROSE_PATTERN = rf"^[^\u0000]*[^{BLANKS}][^\u0000]*$"
# What a caller may send: the same before it is trimmed.
SENT_LINE_PATTERN = f"^{TRIMMED_PATTERN}{LINE}{TRIMMED_PATTERN}$"
SENT_CODE_PATTERN = rf"^{TRIMMED_PATTERN}[^{BLANKS}]([^{BLANKS}]|\u0020)*{TRIMMED_PATTERN}$"


def read_text(value: Any) -> Any:
    """NFC and trimmed, and refused where it holds an identity number or a secret."""
    return _checked(as_read(value)) if is_new(value) else value


def read_code(value: Any) -> Any:
    """As a text; also refused where it holds a character that people cannot see."""
    return _checked(_all_visible(as_read(value))) if is_new(value) else value


def _checked(text: str) -> str:
    return storable(text) if present_door() == Door.IN else text


def storable(text: str) -> str:
    """Refuses what no stored text may hold."""
    return no_identity_number(no_secret(text))


def _all_visible(text: str) -> str:
    for character in () if text.isascii() and text.isprintable() else text:
        if not character.isprintable() or character in INVISIBLE:
            raise ValueError(
                f"holds {_named(character)}, which nobody can see or tell from a plain space: "
                "leave it out, or write a plain space"
            )
    return text


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {name(character, 'without a name')}"


def _limited(longest: int, pattern: str, sent: str) -> Any:
    return Field(
        min_length=1, max_length=longest, pattern=pattern, json_schema_extra={"pattern": sent}
    )


Line = Annotated[str, _limited(200, LINE_PATTERN, SENT_LINE_PATTERN), BeforeValidator(read_text)]
# Of two names that look alike only one would be found.
Name = Annotated[Line, BeforeValidator(read_code)]
Prose = Annotated[
    str,
    Field(min_length=1, max_length=4000, pattern=PROSE_PATTERN),
    BeforeValidator(read_text),
]
Reference = Annotated[
    str, _limited(100, LINE_PATTERN, SENT_CODE_PATTERN), BeforeValidator(read_code)
]
Code = Annotated[str, _limited(80, LINE_PATTERN, SENT_CODE_PATTERN), BeforeValidator(read_code)]
# The JobTech Taxonomy's ids, or labels of a system's own, which may be long.
Skill = Annotated[str, _limited(120, LINE_PATTERN, SENT_CODE_PATTERN), BeforeValidator(read_code)]
# Which programmes and gates there are, the organisation's own rows say too: services check it.
ProgrammeCode = Annotated[
    Code, Field(json_schema_extra={"format": "programme-code", "example": "arbetspraktik"})
]
GateCode = Annotated[
    Code, Field(json_schema_extra={"format": "gate-code", "example": "registered-employer"})
]
