"""What each value of an enumeration means, in the words of the page of codes."""

from typing import Any

from app.api.words.codes_page.page import PARTS, TABLES
from app.api.words.codes_page.table import Table

_TABLE_OF: dict[frozenset[str], Table] = {
    frozenset(map(str, table.codes)): table for table in (*TABLES, *PARTS)
}


def describe_codes(part: Any) -> None:
    """Adds to the description of each enumeration a line for each of its values."""
    if isinstance(part, dict):
        table = _TABLE_OF.get(frozenset(map(str, part.get("enum", []))))
        if table is not None:
            told = "\n".join(f"- {line}" for line in table.told())
            said = part.get("description", "")
            part["description"] = said if told in said else f"{said}\n\n{told}".strip()
    if isinstance(part, dict | list):
        for value in part.values() if isinstance(part, dict) else part:
            describe_codes(value)
