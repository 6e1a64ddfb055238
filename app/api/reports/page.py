"""A report as a page to print: one file that fetches nothing and runs nothing."""

from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.api.http import Language
from app.api.reports.chart import draw
from app.api.reports.shapes import ReportOutput, SeriesOutput
from app.api.reports.tables import causes_text, clause_rows, follow_up_text, has_surplus
from app.api.words.report_words import QUANTITIES, label, number

RARE = {"credited", "surplus"}
TEMPLATE = "report.html"
# Everything that is put into the page is escaped, even where the template does not ask for it.
PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def html_report(report: ReportOutput, language: Language) -> bytes:
    page = PAGES.get_template(TEMPLATE).render(
        report=report,
        language=language,
        rows=list(clause_rows(report)),
        has_surplus=has_surplus(report),
        names={name: QUANTITIES[name][language] for name in _columns(report)},
        charts=[
            (series, draw(series.points, report.period.to), _in_words(series, language))
            for series in report.series
        ],
        say=partial(label, language=language),
        number=partial(number, language=language),
        causes=causes_text,
        follow_up=partial(follow_up_text, language=language),
    )
    return page.encode()


def _columns(report: ReportOutput) -> list[str]:
    """The quantities to show; a rare one only where it is more than zero somewhere."""
    rows = [row.clause for row in clause_rows(report)]
    points = [point for series in report.series for point in series.points]
    return [
        name
        for name in QUANTITIES
        if name not in RARE or any(getattr(one, name) for one in (*rows, *points))
    ]


def _in_words(series: SeriesOutput, language: Language) -> str:
    """The last figures of the chart as a sentence, for those who hear the page read out."""
    last = series.points[-1]
    amounts = {
        name: number(getattr(last, name), language)
        for name in ("required", "delivered", "active", "booked")
    }
    said = label("chart-says", language, day=f"{last.day}", **amounts)
    if last.surplus:
        said += label("chart-surplus", language, surplus=number(last.surplus, language))
    return said
