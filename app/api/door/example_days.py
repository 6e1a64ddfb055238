"""The days of examples: they stand in the code as of one day, and are shown as of another."""

import re
from datetime import date
from typing import Any

from app.api.door.walk import TODAY

EXAMPLE_DAY = date.fromisoformat(TODAY)
MONTHS = 12
# Days of the example's years; others are facts, such as the day of a law or of a release.
DAY = re.compile(r"(?<!\d)20(?:1[5-9]|20)-\d\d-\d\d(?!\d)")
MONTH = re.compile(r"20(?:1[5-9]|20)-\d\d")


def with_examples_of(document: Any, day: date) -> Any:
    """A copy of the document in which the examples take place on that day."""
    if isinstance(document, dict):
        move = {"example": _moved, "examples": _moved}
        return {key: move.get(key, with_examples_of)(part, day) for key, part in document.items()}
    if isinstance(document, list):
        return [with_examples_of(part, day) for part in document]
    return document


def _moved(value: Any, day: date) -> Any:
    if isinstance(value, dict):
        return {key: _moved(part, day) for key, part in value.items()}
    if isinstance(value, list):
        return [_moved(part, day) for part in value]
    if not isinstance(value, str):
        return value
    if MONTH.fullmatch(value):
        return _moved_month(value, day)
    return DAY.sub(lambda found: f"{date.fromisoformat(found[0]) + (day - EXAMPLE_DAY)}", value)


def _moved_month(month: str, day: date) -> str:
    """By whole months, so that the month of the one day becomes that of the other."""
    apart = (day.year - EXAMPLE_DAY.year) * MONTHS + day.month - EXAMPLE_DAY.month
    year, number = divmod(int(month[:4]) * MONTHS + int(month[5:]) - 1 + apart, MONTHS)
    return f"{year:04}-{number + 1:02}"
