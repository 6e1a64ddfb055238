"""The codes that official lists have: occupations, what is procured, and languages.

scripts/build_code_lists.py makes the tables and names their sources. SSYK 2012 has SCB's unit
groups, and the groups of managers that the JobTech Taxonomy has in place of SCB's two levels.
"""

import csv
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType


def _rows(name: str) -> list[dict[str, str]]:
    text = files("app.reference").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


SSYK_CODES = frozenset(row["code"] for row in _rows("ssyk_2012.csv"))
SSYK_GROUPS = frozenset(code[:digits] for code in SSYK_CODES for digits in (1, 2, 3, 4))
"""Every unit group, and every group that holds one, by its first digits."""

CPV_CODES = frozenset(row["code"] for row in _rows("cpv_2008.csv"))
"""With their check digits."""
CPV_NUMBERS = frozenset(code.partition("-")[0] for code in CPV_CODES)

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        code: row["code"]
        for row in _rows("languages.csv")
        for code in (row["code"], *row["others"].split())
    }
)
"""Each code of ISO 639, and the one that stands for its language: that of ISO 639-1 where there is
one."""


def is_cpv(code: str) -> bool:
    return code in CPV_CODES or code in CPV_NUMBERS


def language_of(code: str) -> str:
    """The code that stands for the language; an unknown one stands for itself."""
    return LANGUAGES.get(code, code)
