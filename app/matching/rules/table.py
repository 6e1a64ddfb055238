"""Every hard rule, in the order in which reasons are counted and shown.

A new rule is one entry at the end of a file that is imported here; docs/house.md shows one.
"""

from collections.abc import Iterator

from app.matching.rules import persons, qualifications, standing, time, work
from app.matching.rules.case import Case, Facts
from app.matching.rules.rule import Rule
from app.matching.values import CLOSED_REASONS, NO_CANDIDATE_LEFT, OUTRANKED

RULES: tuple[Rule, ...] = (
    *work.RULES,
    *time.RULES,
    *qualifications.RULES,
    *persons.RULES,
    *standing.RULES,
)

PAIR_REASONS: tuple[str, ...] = tuple(rule.code for rule in RULES)
"""Why one candidate and one slot cannot be paired."""

ALL_REASONS = (*PAIR_REASONS, *CLOSED_REASONS, OUTRANKED, NO_CANDIDATE_LEFT)


def failing(case: Case) -> Iterator[tuple[str, Facts]]:
    """Code and facts of every rule that the pair fails, by the rules' laws."""
    for rule in RULES:
        if (facts := rule.law(case)) is not None:
            yield rule.code, facts
