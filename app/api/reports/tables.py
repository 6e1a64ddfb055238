"""What a report lists, row by row, for the formats that are tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.api.http import Language
from app.api.reports.clause_shapes import (
    Amount,
    ReportedClauseOutput,
    ReportedContractOutput,
    ReportedFollowUpOutput,
)
from app.api.reports.shapes import ReportOutput
from app.api.words.report_words import EXCUSES, label


@dataclass(frozen=True)
class ClauseRow:
    """A clause with its contract; `order` numbers it within the contract, from 1."""

    contract: ReportedContractOutput
    order: int
    clause: ReportedClauseOutput


@dataclass(frozen=True)
class PersonsRow:
    """One number of persons, or why it is not shown."""

    year: int
    breakdown: str
    name: str
    code: str | None
    persons: Amount | None


def clause_rows(report: ReportOutput) -> Iterator[ClauseRow]:
    for contract in report.contracts:
        for order, clause in enumerate(contract.clauses, 1):
            yield ClauseRow(contract, order, clause)


def persons_rows(report: ReportOutput, language: Language) -> Iterator[PersonsRow]:
    for year in report.persons or ():
        total, everyone = label("total", language), label("everyone", language)
        yield PersonsRow(year.year, total, everyone, None, year.total)
        for breakdown in year.breakdowns:
            for cell in breakdown.cells:
                yield PersonsRow(year.year, breakdown.name, cell.name, cell.code, cell.persons)


def has_surplus(report: ReportOutput) -> bool:
    """Whether there is a surplus anywhere, which the report must then explain."""
    points = (point for series in report.series for point in series.points)
    return any(total.surplus for total in report.totals) or any(one.surplus for one in points)


def causes_text(clause: ReportedClauseOutput) -> str:
    return ", ".join(cause.text for cause in clause.causes)


def follow_up_text(follow_up: ReportedFollowUpOutput, language: Language) -> str:
    """One line: when, what, and until when or why."""
    text = f"{follow_up.on}: {follow_up.name}"
    if follow_up.until is not None:
        text += f" {label('until', language, day=f'{follow_up.until}')}"
    if follow_up.reason is not None:
        text += f", {EXCUSES[follow_up.reason][language]}"
    return text
