"""A report as an Excel workbook, to read, sum and print.

Texts are written as texts: a title that begins with = does not become a formula. Sums are formulas
stored with their value, for programs that do not compute formulas.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from app.api.http import Language
from app.api.reports.shapes import ReportOutput, TotalOutput
from app.api.reports.sheets import Column, Sheet, Shown, Styles
from app.api.reports.tables import (
    ClauseRow,
    causes_text,
    clause_rows,
    follow_up_text,
    has_surplus,
    persons_rows,
)
from app.api.words.report_words import COUNTED, QUANTITIES, label

# The columns before and after the quantities, with their widths in characters.
BEFORE = {
    "contract": 16,
    "contract-title": 34,
    "supplier": 28,
    "organisation-number": 20,
    "from": 11,
    "to": 11,
    "clause": 9,
    "verdict": 14,
    "unit": 16,
}
AFTER = {
    "causes": 32,
    "last-safe-start": 17,
    "responsible": 24,
    "next-follow-up": 17,
    "done": 40,
}


def xlsx_report(report: ReportOutput, language: Language) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        pages = _Pages(report, language, book, Styles(book))
        pages.add_clauses()
        pages.add_standings()
        if report.persons is not None:
            pages.add_persons()
        book.set_properties({"title": label("title", language), "company": report.organisation})
    return file.getvalue()


@dataclass(frozen=True)
class _Pages:
    """The sheets of one workbook."""

    report: ReportOutput
    language: Language
    book: xlsxwriter.Workbook
    styles: Styles

    def add_clauses(self) -> None:
        before, after = self._columns(BEFORE), self._columns(AFTER)
        sheet = self._sheet("sheet-clauses", [*before, *self._amounts(), *after])
        for row in clause_rows(self.report):
            sheet.add_row(*self._cells(row))
        _add_sums(sheet, self.report.totals, label("sum", self.language), len(before))
        self._explain_surplus(sheet)
        sheet.finish()

    def add_standings(self) -> None:
        before = self._columns({"day": 12, "unit": 16})
        counted = [Column(words[self.language], 12) for words in COUNTED.values()]
        sheet = self._sheet("sheet-over-time", [*before, *self._amounts(), *counted])
        charted = {"required": len(before) + list(QUANTITIES).index("required")}
        charted |= {name: len(before) + len(QUANTITIES) + at for at, name in enumerate(COUNTED)}
        for series in self.report.series:
            first = sheet.next_row
            for point in series.points:
                amounts = (getattr(point, name) for name in QUANTITIES)
                counts = (getattr(point.counted, name) for name in COUNTED)
                sheet.add_row(point.day, series.unit_name, *amounts, *counts)
            sheet.add_chart(series.unit_name, first, sheet.next_row - 1, charted)
        self._explain_surplus(sheet)
        sheet.finish()

    def add_persons(self) -> None:
        widths = {"year": 8, "breakdown": 20, "persons": 34, "code": 24, "value": 14}
        sheet = self._sheet("sheet-persons", self._columns(widths))
        for row in persons_rows(self.report, self.language):
            shown = label("not-shown", self.language) if row.persons is None else row.persons
            sheet.add_row(row.year, row.breakdown, row.name, row.code, shown)
        sheet.add_note(label("about-persons", self.language))
        sheet.finish()

    def _explain_surplus(self, sheet: Sheet) -> None:
        if has_surplus(self.report):
            sheet.add_note(label("surplus-note", self.language))

    def _sheet(self, name: str, columns: Sequence[Column]) -> Sheet:
        subtitle = label("as-of", self.language, day=f"{self.report.as_of}")
        return Sheet(
            self.book,
            self.styles,
            columns,
            name=label(name, self.language),
            title=f"{label('title', self.language)}, {self.report.organisation}",
            subtitle=subtitle,
            page=label("page", self.language),
        )

    def _cells(self, row: ClauseRow) -> Iterator[Shown]:
        contract, clause = row.contract, row.clause
        yield from (contract.reference, contract.title, contract.supplier)
        yield from (contract.organisation_number, contract.start_date, contract.end_date)
        yield from (row.order, clause.verdict_name, clause.unit_name)
        yield from (getattr(clause, name) for name in QUANTITIES)
        yield from (causes_text(clause), clause.last_safe_start_date)
        yield from (clause.responsible, clause.next_follow_up_date)
        yield "; ".join(follow_up_text(one, self.language) for one in clause.follow_ups)

    def _columns(self, widths: Mapping[str, int]) -> list[Column]:
        return [Column(label(name, self.language), width) for name, width in widths.items()]

    def _amounts(self) -> list[Column]:
        return [Column(words[self.language], 12) for words in QUANTITIES.values()]


def _add_sums(sheet: Sheet, totals: Sequence[TotalOutput], word: str, amounts_from: int) -> None:
    """A row for each unit; the unit stands in the column before the amounts."""
    first, last = sheet.first_row + 1, sheet.next_row
    unit = xl_col_to_name(amounts_from - 1, col_abs=True)
    for total in totals:
        row = sheet.next_row + 1
        formulas = {}
        for number, name in enumerate(QUANTITIES, amounts_from):
            column = xl_col_to_name(number)
            units = f"{unit}${first}:{unit}${last}"
            formula = f"=SUMIF({units},{unit}{row},{column}${first}:{column}${last})"
            formulas[number] = (formula, getattr(total, name))
        sheet.add_sum_row({0: word, amounts_from - 1: total.unit_name}, formulas)
