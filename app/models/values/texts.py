"""Texts for people, references and codes of the caller's own; none says who somebody is."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.models.values.checks import without_repeats
from app.models.values.identity_numbers import no_identity_number

# Space, controls, and what looks like nothing: soft hyphens, joiners, direction marks, fillers.
BLANKS = (
    r"\s\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
# Something visible, and no control character: PostgreSQL cannot store NUL, logs break on the rest.
LINE_PATTERN = rf"^[^\u0000-\u001f\u007f]*[^{BLANKS}][^\u0000-\u001f\u007f]*$"
PROSE_PATTERN = rf"^[^\u0000]*[^{BLANKS}][^\u0000]*$"

NOBODY = AfterValidator(no_identity_number)
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=LINE_PATTERN), NOBODY]
Prose = Annotated[str, Field(min_length=1, max_length=4000, pattern=PROSE_PATTERN), NOBODY]
Reference = Annotated[str, Field(min_length=1, max_length=100, pattern=LINE_PATTERN), NOBODY]
Code = Annotated[str, Field(min_length=1, max_length=80, pattern=LINE_PATTERN), NOBODY]
Codes = Annotated[
    list[Code],
    Field(max_length=200, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]
