"""The sums of a report: the same for a day wherever they stand, and shown with their surplus."""

import csv
import io
import re
from datetime import date
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from app.models.contracts import Contract
from tests.api.reports.reporting import (
    AS_OF,
    add_framework,
    contract_report,
    half_way,
    read,
    with_surplus,
)
from tests.callers import Caller, Service
from tests.journeys import Case, actor_of
from tests.make import make_clause, make_contract

PARTS = ("required", "delivered", "credited", "active", "booked", "missing", "surplus")
EXPLAINED = "Det fyller inte det som andra saknar"
HEADING = '<th scope="col" class="amount">Överskott</th>'


def totals(shown: Any) -> list[Any]:
    return [{name: one[name] for name in PARTS} for one in shown["totals"]]


def last_sums(shown: Any) -> list[Any]:
    return [{name: one["points"][-1][name] for name in PARTS} for one in shown["series"]]


def add_contract(service: Service, caller: Caller, case: Case, **terms: Any) -> UUID:
    """One more of the same supplier, with a clause of two places."""
    with service.database.writing() as session:
        actor = actor_of(caller)
        supplier_id = session.get_one(Contract, case.contract_id).supplier_id
        contract_id = make_contract(session, actor, supplier_id=supplier_id, **terms).id
        make_clause(session, actor, contract_id=contract_id, places=2)
        return contract_id


class TestSameDay:
    @pytest.mark.parametrize("as_of", ["2018-09-10", "2018-10-01", "2018-10-02"])
    def test_with_a_contract_that_begins_later(
        self, service: Service, admin: Caller, as_of: str
    ) -> None:
        case = half_way(service, admin)
        add_contract(service, admin, case, start_date=date(2018, 10, 2))
        path = f"/reports?from=2018-01-01&to=2018-12-31&asOf={as_of}"
        shown = read(admin, path).json()
        assert last_sums(shown) == totals(shown)
        assert shown["totals"][0]["required"] == 4 + 2
        assert [one["required"] for one in shown["series"][0]["points"][:-1]][-1] == 4

    def test_of_a_framework_with_its_call_offs(self, service: Service, admin: Caller) -> None:
        case = half_way(service, admin)
        framework_id = add_framework(service, admin, case)
        later = {"start_date": date(2018, 9, 11), "end_date": date(2020, 5, 1)}
        call_off = {"framework_contract_id": framework_id}
        contract_id = add_contract(service, admin, case, **call_off, **later)
        path = f"/contracts/{framework_id}/report?asOf={AS_OF}"
        shown = read(admin, path).json()
        fulfilment = read(admin, f"/contracts/{framework_id}/fulfilment?asOf={AS_OF}").json()
        assert totals(shown) == last_sums(shown) == [fulfilment["places"]]
        assert fulfilment["places"]["required"] == 4 + 2
        first, *call_offs = [one["contractId"] for one in shown["contracts"]]
        assert first == f"{framework_id}"
        assert set(call_offs) == {f"{case.contract_id}", f"{contract_id}"}
        assert shown["period"] == {"from": "2018-03-01", "to": "2020-05-01"}
        page = read(admin, f"{path}&format=html").text
        for one in shown["contracts"]:
            assert f">{one['reference']}</td>" in page


class TestSurplus:
    @pytest.fixture
    def case(self, service: Service, admin: Caller) -> Case:
        return with_surplus(service, admin)

    def test_fills_nothing_of_the_others(self, case: Case, admin: Caller) -> None:
        shown = contract_report(admin, case).json()
        sums = dict(zip(PARTS, (2, 2, 0, 0, 0, 1, 1), strict=True))
        assert totals(shown) == last_sums(shown) == [sums]
        last = shown["series"][0]["points"][-1]
        assert last["counted"] == {"delivered": 1, "active": 0, "booked": 0}
        clauses = shown["contracts"][0]["clauses"]
        assert [(one["missing"], one["surplus"]) for one in clauses] == [(0, 1), (1, 0)]

    def test_in_csv(self, case: Case, admin: Caller) -> None:
        answer = contract_report(admin, case, f"asOf={AS_OF}&format=csv")
        text = io.StringIO(answer.content.decode("utf-8-sig"))
        rows = csv.DictReader(text, delimiter=";")
        shown = [row["Värde"] for row in rows if row["Storhet"] == "Överskott"]
        assert (shown[:2], shown[-1]) == (["1", "0"], "1")

    def test_is_explained_in_a_workbook_and_not_charted(self, case: Case, admin: Caller) -> None:
        answer = contract_report(admin, case, f"asOf={AS_OF}&format=xlsx")
        book = load_workbook(io.BytesIO(answer.content), data_only=True)
        for sheet in book.worksheets:
            assert EXPLAINED in f"{sheet.cell(sheet.max_row, 1).value}"
        over_time = book["Över tid"]
        headings, cells = ([cell.value for cell in over_time[row]] for row in (4, 12))
        row = dict(zip(headings, cells, strict=True))
        names = ("Krävs", "Genomfört", "Saknas", "Överskott", "Räknas: genomfört")
        assert [row[name] for name in names] == [2, 2, 1, 1, 1]
        chart = ZipFile(io.BytesIO(answer.content)).read("xl/charts/chart1.xml").decode()
        columns = re.findall(r"'Över tid'!\$([A-Z]+)\$4<", chart)
        assert [over_time[f"{column}4"].value for column in columns] == [
            *("Räknas: genomfört", "Räknas: pågår", "Räknas: bokat"),
            "Krävs",
        ]

    def test_does_not_make_the_chart_look_met(self, case: Case, admin: Caller) -> None:
        text = contract_report(admin, case, f"asOf={AS_OF}&format=html").text
        assert EXPLAINED in text
        assert HEADING in text
        assert "2 är genomfört, 0 pågår och 0 är bokat." in text
        assert "är bokat är 1 överskott och ritas inte." in text
        required, delivered = (
            min(float(point.split(",")[1]) for point in points.split())
            for points in re.findall(r'class="(?:delivered|required)" points="(.*?)"', text)[::-1]
        )
        assert delivered - required == 93  # half of what there is from the line to the bottom


def test_without_a_surplus_nothing_is_explained(service: Service, admin: Caller) -> None:
    page = contract_report(admin, half_way(service, admin), f"asOf={AS_OF}&format=html").text
    assert EXPLAINED not in page
    assert HEADING not in page
