"""The programmes that carry a placement, and what is checked of an employer before one may start.

Dated reference data, read from programmes.toml. What an organisation registers of its own comes
beside it. A code that is in neither is no programme: nobody can be cleared for it, and where one is
stored already, every check of the employer counts as missing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal
from uuid import UUID

ProgrammeKind = Literal["internship", "employment"]
CountsPer = Literal["person", "person-and-instruction", "person-and-supplier"]
CheckedPer = Literal["supplier", "workplace"]


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing to check; a passed check stands for so many months, None: until it says else.
    An organisation's own has an id, and no source."""

    code: str
    name: str
    english: str
    source: str | None = None
    valid_months: int | None = None
    per: CheckedPer = "supplier"
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """What holds for a programme from one day on; `longest_months` None: no limit here. An
    organisation's own has an id, and neither source nor note."""

    code: str
    name: str
    english: str
    kind: ProgrammeKind
    valid_from: date
    gates: tuple[str, ...]
    source: str | None = None
    note: str | None = None
    longest_months: int | None = None
    counts_per: CountsPer = "person"
    valid_to: date | None = None
    id: UUID | None = None

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


@dataclass(frozen=True)
class KnownProgrammes:
    """All programmes and gates that an organisation can name: the reference data, and its own."""

    programmes: tuple[Programme, ...]
    gates: Mapping[str, Gate]

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(one.code for one in self.programmes)

    @cached_property
    def guesses(self) -> dict[str, str | None]:
        """What was probably meant by each refused code, as far as that was asked."""
        return {}

    def on(self, code: str, day: date) -> Programme | None:
        """What holds for the programme on that day; None where it is unknown or not in force."""
        return next(
            (one for one in self.programmes if one.code == code and one.holds_on(day)), None
        )

    def longest_on(self, code: str, day: date, granted: int) -> int:
        """Months in a programme: those granted to a person, but no more than the programme lasts.
        On a day when it is not in force, the shortest of its limits holds."""
        today = self.on(code, day)
        entries = [today] if today else [one for one in self.programmes if one.code == code]
        return min([granted, *(one.longest_months or granted for one in entries)])


REFERENCE = KnownProgrammes(PROGRAMMES, GATES)
