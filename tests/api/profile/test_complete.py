"""Every requirement of the API profile 1.2.0 is either tested here or explained in the handbook."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HANDBOOK = Path("docs/api-profile.md")
# The areas of the profile, the last number in each, and the numbers it does not use.
AREAS: dict[str, tuple[int, set[int]]] = {
    "DOK": (24, {14}),
    "DOT": (4, set()),
    "RES": (6, set()),
    "UFN": (9, {6}),
    "MOG": (3, set()),
    "SAK": (37, {4, 7, 33, 34}),
    "AME": (7, {3}),
    "ARQ": (6, {4}),
    "ARP": (4, {1}),
    "FEL": (2, set()),
    "VER": (19, set()),
    "WEB": (6, set()),
    "HYP": (19, set()),
    "FNS": (14, {4}),
    "CAC": (1, set()),
}
REQUIREMENTS = [
    f"{area}.{number:02}"
    for area, (last, unused) in AREAS.items()
    for number in range(1, last + 1)
    if number not in unused
]


def decided() -> Iterator[str]:
    """The requirements that the names of the tests beside this one begin with."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                found = re.match(r"test_([a-z]{3})_(\d\d)_", node.name)
                if found:
                    yield f"{found[1].upper()}.{found[2]}"


def explained() -> list[str]:
    return re.findall(r"^\| ([A-Z]{3}\.\d\d) \| [^|]+ \|$", HANDBOOK.read_text(), re.MULTILINE)


def test_the_profile_has_151_requirements() -> None:
    assert len(REQUIREMENTS) == 151


def test_every_requirement_is_tested_or_explained_and_never_both() -> None:
    assert sorted([*decided(), *explained()]) == sorted(REQUIREMENTS)
