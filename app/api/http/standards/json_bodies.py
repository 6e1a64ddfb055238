"""JSON as bodies may hold it: nothing is lost, and whole numbers are whole however written."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from app.errors import FieldError, Invalid, Malformed

MOST_DIGITS = 4_300  # as many as Python reads of a whole number
MOST_NAMES = 100
"""In one object, several times what any body here has: a million would each be told as unknown."""


def read_json(body: bytes) -> Any:
    """Raises Malformed for what is no JSON, Invalid for a name given twice, or too many names."""
    try:
        return json.loads(
            body.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_number,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        raise Malformed(
            f"The body is not JSON: see line {error.lineno}, column {error.colno}."
        ) from error
    except UnicodeDecodeError as error:
        raise Malformed(f"The body is not UTF-8: see byte {error.start + 1}.") from error
    except RecursionError as error:
        raise Malformed("The body is nested deeper than anything here can be.") from error


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """One of two values under the same name would be lost."""
    if len(members) > MOST_NAMES:
        raise Invalid(FieldError("#", f"an object has more than {MOST_NAMES} names"))
    named = dict(members)
    if len(named) < len(members):
        raise Invalid(FieldError("#", "gives the same name twice"))
    return named


def _whole(text: str) -> int:
    if len(text.lstrip("-")) > MOST_DIGITS:
        raise Malformed(f"A number in the body has more than {MOST_DIGITS} digits.")
    return int(text)


def _number(text: str) -> int | float:
    """4.5e7 and 45000000.0 are the whole number 45000000, as JSON Schema counts."""
    try:
        exact = Decimal(text)
    except InvalidOperation:  # an exponent of more than eighteen digits
        return float(text)
    is_short = abs(exact.adjusted()) < MOST_DIGITS  # otherwise it may not fit in the memory
    return int(exact) if is_short and exact == exact.to_integral_value() else float(text)


def _no_number(name: str) -> NoReturn:
    raise Malformed(f"{name} is no JSON number.")
