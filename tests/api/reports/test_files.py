"""The files of a report, opened by somebody else's code: csv, openpyxl, an HTML parser."""

import csv
import io
import re
from collections import defaultdict
from html.parser import HTMLParser
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.api.http import Language
from app.api.reports.csv_file import csv_report, harmless
from app.api.reports.page import html_report
from app.api.reports.shapes import ReportOutput
from app.api.reports.workbook import xlsx_report
from app.models.contracts import Contract
from app.models.suppliers import Supplier
from tests.api.reports.reporting import AS_OF, contract_report, half_way, read, start_people
from tests.callers import Caller, Service
from tests.journeys import Case, actor_of, change_row
from tests.make import make_clause

HOSTILE = '=HYPERLINK("http://evil.example";"x")'
HTML = "<script>alert(1)</script>\"'&"
YEAR = "/reports?from=2018-01-01&to=2018-12-31&asOf=2019-01-15"
AMOUNTS = ["Krävs", "Genomfört", "Varav tillgodoräknat", "Pågår", "Bokat", "Saknas", "Överskott"]
FIRST_ROW = 5


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return half_way(service, admin)


def add_months(service: Service, admin: Caller, case: Case) -> None:
    """A second clause, in full-time months and with halves of them."""
    terms = {"places": None, "minimum_months": None, "full_time_months": 8}
    with service.database.writing() as session:
        make_clause(session, actor_of(admin), contract_id=case.contract_id, **terms)


class TestCsv:
    def rows(self, answer: Any, separator: str = ";") -> list[dict[str, str]]:
        text = answer.content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=separator))

    def test_opens_in_a_swedish_excel(self, case: Case, admin: Caller) -> None:
        answer = contract_report(admin, case, f"asOf={AS_OF}&format=csv")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        clause = [row for row in self.rows(answer) if row["Villkor"]]
        assert [(row["Storhet"], row["Värde"]) for row in clause] == list(
            zip(AMOUNTS, "4101110", strict=True)
        )
        assert {row["Utlåtande"] for row in clause} == {"i riskzonen"}

    @pytest.mark.parametrize(("language", "shown"), [("sv", '"2,50"'), ("en", '"2.50"')])
    def test_decimals_by_language(self, language: Language, shown: str) -> None:
        report = ReportOutput.model_validate(ReportOutput.example)
        report.contracts[0].clauses[0].delivered = 2.5
        second = csv_report(report, language).decode("utf-8-sig").splitlines()[2]
        assert second.split({"sv": ";", "en": ","}[language])[-2] == shown

    def test_over_time(self, case: Case, admin: Caller) -> None:
        rows = self.rows(contract_report(admin, case, f"asOf={AS_OF}&format=csv"))
        (booked,) = [
            row["Värde"]
            for row in rows
            if (row["Avtal"], row["Datum"], row["Storhet"]) == ("Summa", "2018-04-01", "Bokat")
        ]
        assert booked == "2"

    def test_persons(self, service: Service, admin: Caller) -> None:
        start_people(service, admin, {"2380": 7, "2309": 5})
        rows = self.rows(read(admin, f"{YEAR}&format=csv"))
        shown = {row["Storhet"]: row["Värde"] for row in rows}
        assert shown["Totalt: alla personer"] == "12"
        assert shown["Hemkommun: Krokom"] == "5"

    def test_a_hidden_cell_has_no_number(self, service: Service, admin: Caller) -> None:
        start_people(service, admin, {"2380": 4})
        rows = self.rows(read(admin, f"{YEAR}&format=csv"))
        assert {row["Värde"] for row in rows if row["Datum"] == "2018"} == {"visas inte"}

    @pytest.mark.parametrize(
        "sign", ["=", "+", "-", "@", " =", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
    )
    def test_nothing_is_computed(self, sign: str) -> None:
        assert harmless(f"{sign}1+1") == f"'{sign}1+1"

    @pytest.mark.parametrize("text", ["", "4", "2,50", "KS 2017/0412", "a=b", "Å-bygg"])
    def test_harmless_text_is_left_alone(self, text: str) -> None:
        assert harmless(text) == text

    def test_a_hostile_title_stays_one_harmless_cell(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        change_row(service, Contract, case.contract_id, title=HOSTILE)
        answer = contract_report(admin, case, f"asOf={AS_OF}&format=csv")
        assert self.rows(answer)[0]["Benämning"] == f"'{HOSTILE}"
        for separator in ";,":  # whichever of them the spreadsheet splits lines at
            cells = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=separator)
            assert [cell for row in cells for cell in row if cell.startswith(("=", "+", "@"))] == []


class TestWorkbook:
    def book(self, answer: Any, values: bool = True) -> Workbook:
        return load_workbook(io.BytesIO(answer.content), data_only=values)

    def table(self, sheet: Worksheet) -> list[dict[str, Any]]:
        heading, *rows = sheet.iter_rows(min_row=FIRST_ROW - 1, values_only=True)
        return [dict(zip(map(str, heading), row, strict=True)) for row in rows]

    def test_sums(self, service: Service, case: Case, admin: Caller) -> None:
        add_months(service, admin, case)
        for _ in range(2):
            with service.database.writing() as session:
                make_clause(session, actor_of(admin), contract_id=case.contract_id, places=3)
        answer = contract_report(admin, case, f"asOf={AS_OF}&format=xlsx")
        rows = self.table(self.book(answer)["Villkor"])
        sums = [row for row in rows if row["Avtal"] == "Summa"]
        assert [row["Enhet"] for row in sums] == ["platser", "heltidsmånader"]
        counted: dict[Any, int] = defaultdict(int)
        for row in rows:
            for name in AMOUNTS if row not in sums else ():
                counted[row["Enhet"], name] += row[name]
        assert {(row["Enhet"], name): row[name] for row in sums for name in AMOUNTS} == counted
        assert counted["platser", "Krävs"] == 4 + 3 + 3

    def test_sums_are_formulas_over_the_rows(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        add_months(service, admin, case)
        answer = contract_report(admin, case, f"asOf={AS_OF}&format=xlsx")
        sheet = self.book(answer, values=False)["Villkor"]
        assert sheet["J7"].value == "=SUMIF($I$5:$I$6,$I7,J$5:J$6)"
        assert sheet["O8"].value == "=SUMIF($I$5:$I$6,$I8,O$5:O$6)"

    def test_agrees_with_json(self, case: Case, admin: Caller) -> None:
        clause = contract_report(admin, case).json()["contracts"][0]["clauses"][0]
        answer = contract_report(admin, case, f"asOf={AS_OF}&format=xlsx")
        row = self.table(self.book(answer)["Villkor"])[0]
        names = ("required", "delivered", "credited", "active", "booked", "missing", "surplus")
        assert [row[name] for name in AMOUNTS] == [clause[name] for name in names]
        assert f"{row['Sista säkra start']:%Y-%m-%d}" == clause["lastSafeStartDate"]
        points = contract_report(admin, case).json()["series"][0]["points"]
        over_time = self.table(self.book(answer)["Över tid"])
        counted = [point["counted"]["booked"] for point in points]
        assert [row["Räknas: bokat"] for row in over_time] == counted
        assert [row["Bokat"] for row in over_time] == [point["booked"] for point in points]

    def test_is_set_to_be_read_and_printed(self, case: Case, admin: Caller) -> None:
        answer = contract_report(admin, case, f"asOf={AS_OF}&format=xlsx")
        for sheet in self.book(answer).worksheets:
            assert sheet.freeze_panes == f"B{FIRST_ROW}"
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.page_setup.paperSize == 9
            page = sheet.sheet_properties.pageSetUpPr
            assert page is not None
            assert page.fitToPage
            assert sheet.page_setup.fitToHeight == 0  # any number of pages
            assert sheet.print_title_rows == "$4:$4"
            assert sheet.auto_filter.ref.startswith("A4:")
            assert sheet["A1"].font.b
            assert sheet.column_dimensions["A"].width > 8
        assert self.book(answer)["Villkor"]["E5"].number_format == "yyyy-mm-dd"

    def test_texts_are_never_formulas(self, service: Service, case: Case, admin: Caller) -> None:
        change_row(service, Contract, case.contract_id, title=HOSTILE)
        change_row(service, Contract, case.contract_id, reference="http://evil.example")
        answer = contract_report(admin, case, f"asOf={AS_OF}&format=xlsx")
        sheet = self.book(answer, values=False)["Villkor"]
        assert (sheet["B5"].value, sheet["B5"].data_type) == (HOSTILE, "s")
        assert (sheet["A5"].value, sheet["A5"].hyperlink) == ("http://evil.example", None)

    def test_persons(self, service: Service, admin: Caller) -> None:
        start_people(service, admin, {"2380": 20, "2309": 3})
        answer = read(admin, f"{YEAR}&format=xlsx", headers={"Accept-Language": "en"})
        rows = self.table(self.book(answer)["Persons"])
        shown = [(row["Breakdown"], row["Persons who started"], row["Value"]) for row in rows[:5]]
        assert shown == [
            ("In all", "everyone", 23),
            ("Target group", "g", 23),
            ("Outcome", "nothing noted", 23),
            ("Home municipality", "Others, put together", 23),
            (None, None, None),
        ]

    def test_one_contract_has_no_sheet_of_persons(self, case: Case, admin: Caller) -> None:
        answer = contract_report(admin, case, f"asOf={AS_OF}&format=xlsx")
        assert self.book(answer).sheetnames == ["Villkor", "Över tid"]


class _Page(HTMLParser):
    """What a page would fetch or run, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


class TestPage:
    def page(self, caller: Caller, case: Case, **more: Any) -> str:
        text: str = contract_report(caller, case, f"asOf={AS_OF}&format=html", **more).text
        return text

    def test_fetches_and_runs_nothing(self, case: Case, admin: Caller) -> None:
        text = self.page(admin, case)
        page = _Page(text)
        assert {"script", "link", "img", "iframe", "object", "base", "form"} & set(
            page.tags
        ) == set()
        names = {name for name, _ in page.attributes}
        assert {"src", "href", "srcset", "action", "style"} & names == set()
        assert [name for name in names if name.startswith("on")] == []
        assert re.findall(r"(?i)https?:|url\(|@import|//\w", text) == []

    def test_may_fetch_and_run_nothing(self, case: Case, admin: Caller) -> None:
        answer = contract_report(admin, case, f"asOf={AS_OF}&format=html")
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"

    def test_everything_is_escaped(self, service: Service, case: Case, admin: Caller) -> None:
        change_row(service, Contract, case.contract_id, title=HTML, reference=HTML)
        supplier_id = admin.get("/suppliers").json()["items"][0]["id"]
        change_row(service, Supplier, UUID(supplier_id), name=HTML)
        text = self.page(admin, case)
        assert "script" not in _Page(text).tags
        assert HTML in _Page(text).text

    def test_language(self, case: Case, admin: Caller) -> None:
        swedish, english = (
            self.page(admin, case, headers={"Accept-Language": language})
            for language in ("sv", "en")
        )
        assert '<html lang="sv">' in swedish
        assert "Läget den 2018-09-10" in swedish
        assert '<html lang="en">' in english
        assert "As of 2018-09-10" in english

    def test_the_chart_is_told_in_words_and_in_a_table(self, case: Case, admin: Caller) -> None:
        text = self.page(admin, case)
        chart = text[text.index("<svg") : text.index("</svg>") + 6]
        svg = ElementTree.fromstring(chart)  # noqa: S314  # our own page, parsed to see that it is whole
        named = dict(svg.items())
        ids = {one.get("id"): one.text for one in svg if one.tag in {"title", "desc"}}
        assert named["role"] == "img"
        assert list(ids) == named["aria-labelledby"].split()
        assert "Den 2018-09-10 krävs 4; 1 är genomfört, 1 pågår och 1 är bokat" in str(
            list(ids.values())
        )
        assert text.count('<th scope="row">2018-') == 8

    def test_prints_on_a4(self, case: Case, admin: Caller) -> None:
        assert "size: A4 portrait" in self.page(admin, case)
        assert "size: A4 landscape" in read(admin, f"{YEAR}&format=html").text

    def test_persons(self, service: Service, admin: Caller) -> None:
        start_people(service, admin, {"2380": 20, "2309": 3})
        text = read(admin, f"{YEAR}&format=html").text
        assert "Övriga, sammanslagna" in text
        assert "Krokom" not in text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_documented_example_can_be_rendered(language: Language) -> None:
    example = ReportOutput.model_validate(ReportOutput.example)
    assert html_report(example, language).startswith(b"<!doctype html>")
    assert xlsx_report(example, language).startswith(b"PK")
