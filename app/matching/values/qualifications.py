"""What people have and what slots ask of them, as records and as columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from app.matching.values.code_kinds import Codes, Levels
from app.matching.values.columns import Columns
from app.matching.values.lists import CodeLists


@dataclass(frozen=True, slots=True)
class Demands:
    """What a slot requires or prefers of a person. Languages: code -> level 1..4."""

    skills: frozenset[str] = frozenset()
    languages: Mapping[str, int] = field(default_factory=dict)
    driving_licences: frozenset[str] = frozenset()
    certificates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Qualifications(Columns):
    """What people have, or what slots ask for. Values of ``languages``: levels."""

    record = Demands

    skills: Annotated[CodeLists, Codes()]
    languages: Annotated[CodeLists, Levels(1, 4)]
    driving_licences: Annotated[CodeLists, Codes()]
    certificates: Annotated[CodeLists, Codes()]
