"""The programmes that carry a placement, and what is checked of an employer before one may start.

Dated reference data, read from programmes.toml. A code that is not in it, as a municipality's own
programme, is accepted everywhere: nothing is known of it, so no check and no longest time applies.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing to check; a passed check stands for so many months, None: until it says else."""

    code: str
    name: str
    english: str
    source: str
    valid_months: int | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """What holds for a programme from one day on; `longest_months` None: no limit here."""

    code: str
    name: str
    english: str
    valid_from: date
    gates: tuple[str, ...]
    source: str
    note: str
    longest_months: int | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= (self.valid_to or date.max)


def _read() -> dict[str, Any]:
    return tomllib.loads((files("app.reference") / "programmes.toml").read_text(encoding="utf-8"))


_CONTENT = _read()
GATES: Mapping[str, Gate] = MappingProxyType(
    {code: Gate(code=code, **fields) for code, fields in _CONTENT["gates"].items()}
)
PROGRAMMES: tuple[Programme, ...] = tuple(
    Programme(**fields | {"gates": tuple(fields["gates"])}) for fields in _CONTENT["programmes"]
)


def programme_on(code: str, day: date) -> Programme | None:
    """What holds for the programme on that day; None where nothing is known of it."""
    return next((one for one in PROGRAMMES if one.code == code and one.holds_on(day)), None)


def longest_on(code: str, day: date, granted: int) -> int:
    """Months in a programme: those granted to a person, but no more than the programme lasts."""
    known = programme_on(code, day)
    return min(granted, known.longest_months or granted) if known else granted
