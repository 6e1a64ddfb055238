"""A report as CSV: one row for each figure, as the reader's own spreadsheet opens it.

In Swedish with semicolons and decimal commas, in English with commas and decimal points. Both begin
with a byte order mark, because Excel misreads å without it. A text that a spreadsheet would take
for a formula, a number or a date (0012, 3-4) gets an apostrophe before it, which marks it as text.
"""

import csv
import io
import re
from collections.abc import Iterator

from app.api.http import Language
from app.api.reports.clause_shapes import Amount
from app.api.reports.shapes import ReportOutput
from app.api.reports.tables import ClauseRow, clause_rows, persons_rows
from app.api.words.report_words import QUANTITIES, label, number

SEPARATORS: dict[Language, str] = {"sv": ";", "en": ","}
HEADINGS = (
    "contract",
    "contract-title",
    "supplier",
    "clause",
    "verdict",
    "day",
    "figure",
    "value",
    "unit",
)
# What makes a spreadsheet read a text as a formula; the last four are full-width forms.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# What it reads as a number, a day or a time: digits with nothing but signs, units and months.
MONTHS = (
    "jan(uari|uary)?|feb(ruari|ruary)?|mar(s|ch)?|apr(il)?|maj|may|jun[ie]?|jul[iy]?|aug(usti?)?|"
    "sept?(ember)?|o[kc]t(ober)?|nov(ember)?|dec(ember)?"
)
NUMBER_OR_DAY = re.compile(
    rf"(?=.*\d)([\d\s.,:/%$€£+\-\u2212()]|(kr|sek|eur|e|am|pm|{MONTHS})(?![a-zåäö]))*",
    re.IGNORECASE,
)
TRUTHS = {"true", "false", "sant", "falskt"}
Row = tuple[str, ...]


def csv_report(report: ReportOutput, language: Language) -> bytes:
    file = io.StringIO()
    # Every cell is quoted: a text that holds a separator stays one cell in either language.
    writer = csv.writer(file, delimiter=SEPARATORS[language], quoting=csv.QUOTE_ALL)
    writer.writerow([label(heading, language) for heading in HEADINGS])
    writer.writerows([harmless(cell) for cell in row] for row in _rows(report, language))
    return file.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def as_text(text: str) -> str:
    """A text of somebody's own, marked where a spreadsheet would make something else of it."""
    is_other = NUMBER_OR_DAY.fullmatch(text) or text.strip().lower() in TRUTHS
    return f"'{text}" if is_other else harmless(text)


def _rows(report: ReportOutput, language: Language) -> Iterator[Row]:
    for row in clause_rows(report):
        yield from _clause(row, f"{report.as_of}", language)
    for series in report.series:
        for point in series.points:
            for quantity, words in QUANTITIES.items():
                value = _value(getattr(point, quantity), language)
                day, name = f"{point.day}", label("sum", language)
                yield _sum(name, day, words[language], value, series.unit_name)
    for one in persons_rows(report, language):
        figure = f"{one.breakdown}: {one.name}"
        value = _value(one.persons, language) or label("not-shown", language)
        yield _sum("", f"{one.year}", figure, value, label("persons", language))


def _clause(row: ClauseRow, day: str, language: Language) -> Iterator[Row]:
    contract, clause = row.contract, row.clause
    own = map(as_text, (contract.reference, contract.title, contract.supplier))
    about = (*own, f"{row.order}")
    for name, words in QUANTITIES.items():
        value = _value(getattr(clause, name), language)
        yield (*about, clause.verdict_name, day, words[language], value, clause.unit_name or "")


def _sum(name: str, day: str, figure: str, value: str, unit: str) -> Row:
    """A row that belongs to no single contract."""
    return (name, "", "", "", "", day, figure, value, unit)


def _value(amount: Amount | None, language: Language) -> str:
    return "" if amount is None else number(amount, language)
