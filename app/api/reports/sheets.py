"""One sheet of a workbook: a title, a table with frozen headings, and how it is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.chart import Chart

from app.api.reports.clause_shapes import Amount

A4 = 9
HEADING_ROW = 3
LONGEST_ROW_TO_FIT = 16
Shown = str | date | Amount | None
INK, LINE, GROUND = "#1B2420", "#CFD8D3", "#E7F0EB"
COLOURS = {"required": "#1B2420", "delivered": "#1C5B46", "active": "#74AD93", "booked": "#D3E5DB"}


@dataclass(frozen=True)
class Column:
    heading: str
    width: int


class Styles:
    """The formats that all sheets of a workbook share."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        cell = {"font_color": INK, "valign": "top", "bottom": 1, "bottom_color": LINE}
        strong = {"bold": True, "font_color": INK}
        self.title = book.add_format(strong | {"font_size": 15})
        self.subtitle = book.add_format({"font_color": INK})
        self.note = book.add_format({"italic": True, "text_wrap": True, "valign": "top"})
        self.heading = book.add_format(
            strong | {"bg_color": GROUND, "bottom": 2, "text_wrap": True, "valign": "vcenter"}
        )
        self.text = book.add_format(cell | {"text_wrap": True})
        self.day = book.add_format(cell | {"num_format": "yyyy-mm-dd", "align": "left"})
        self.whole = book.add_format(cell | {"num_format": "#,##0"})
        self.part = book.add_format(cell | {"num_format": "#,##0.00"})
        total = strong | {"top": 2, "bg_color": GROUND}
        self.total_text = book.add_format(total)
        self.total_whole = book.add_format(total | {"num_format": "#,##0"})
        self.total_part = book.add_format(total | {"num_format": "#,##0.00"})


class Sheet:
    """Rows are added from the top; `next_row` counts from zero, as XlsxWriter does."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        styles: Styles,
        columns: Sequence[Column],
        *,
        name: str,
        title: str,
        subtitle: str,
        page: str,
    ) -> None:
        self.book, self.styles, self.columns = book, styles, columns
        self.sheet = book.add_worksheet(name)
        self.first_row = self.next_row = HEADING_ROW + 1
        self.charts = 0
        self._set_up_page(page)
        self.sheet.write_string(0, 0, title, styles.title)
        self.sheet.write_string(1, 0, subtitle, styles.subtitle)
        for number, column in enumerate(columns):
            self.sheet.set_column(number, number, column.width)
            self.sheet.write_string(HEADING_ROW, number, column.heading, styles.heading)
        self.sheet.freeze_panes(self.first_row, 1)

    def add_row(self, *cells: Shown) -> None:
        for number, value in enumerate(cells):
            self._write(number, value)
        self.next_row += 1

    def add_sum_row(
        self, texts: Mapping[int, str], formulas: Mapping[int, tuple[str, Amount]]
    ) -> None:
        """A row whose amounts are formulas, each stored with its value."""
        for number in range(len(self.columns)):
            self.sheet.write_string(
                self.next_row, number, texts.get(number, ""), self.styles.total_text
            )
        for number, (formula, value) in formulas.items():
            whole = isinstance(value, int)
            style = self.styles.total_whole if whole else self.styles.total_part
            self.sheet.write_formula(self.next_row, number, formula, style, value)
        self.next_row += 1

    def add_note(self, text: str) -> None:
        row, last = self.next_row + 1, len(self.columns) - 1
        self.sheet.merge_range(row, 0, row, last, "", self.styles.note)
        self.sheet.write_string(row, 0, text, self.styles.note)
        self.sheet.set_row(row, 64)

    def add_chart(self, title: str, first: int, last: int, columns: Mapping[str, int]) -> None:
        """Delivered, active and booked as stacked columns, and what is required as a line."""
        chart = _new_chart(self.book, {"type": "column", "subtype": "stacked"})
        line = _new_chart(self.book, {"type": "line"})
        days = [self.sheet.name, first, 0, last, 0]
        for name, colour in COLOURS.items():
            number = columns[name]
            series = {
                "name": [self.sheet.name, HEADING_ROW, number],
                "categories": days,
                "values": [self.sheet.name, first, number, last, number],
            }
            if name == "required":
                line.add_series(series | {"line": {"color": colour, "dash_type": "dash"}})
            else:
                chart.add_series(series | {"fill": {"color": colour}, "gap": 30})
        chart.combine(line)
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        chart.set_x_axis({"date_axis": False, "num_format": "yyyy-mm"})
        beside = HEADING_ROW + self.charts * LONGEST_ROW_TO_FIT
        self.sheet.insert_chart(beside, len(self.columns) + 1, chart)
        self.charts += 1

    def finish(self) -> None:
        """Puts filters over the rows."""
        last = len(self.columns) - 1
        self.sheet.autofilter(HEADING_ROW, 0, max(self.next_row - 1, HEADING_ROW), last)

    def _set_up_page(self, page: str) -> None:
        self.sheet.set_paper(A4)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.sheet.repeat_rows(HEADING_ROW)
        self.sheet.set_footer(f"&R{page}")
        self.sheet.hide_gridlines(1)

    def _write(self, number: int, value: Shown) -> None:
        row, styles = self.next_row, self.styles
        if value is None:
            self.sheet.write_blank(row, number, None, styles.text)
        elif isinstance(value, str):
            self.sheet.write_string(row, number, value, styles.text)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, number, datetime.combine(value, time()), styles.day)
        else:
            style = styles.whole if isinstance(value, int) else styles.part
            self.sheet.write_number(row, number, value, style)


def _new_chart(book: xlsxwriter.Workbook, kind: dict[str, str]) -> Chart:
    if (chart := book.add_chart(kind)) is None:
        raise ValueError(f"XlsxWriter knows no chart {kind}")
    return chart
