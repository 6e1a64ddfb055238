"""A text of somebody's own stays a text in the reader's spreadsheet, whatever it looks like."""

import csv
import io
from uuid import UUID

import pytest

from app.api.reports.csv_file import as_text
from app.models.contracts import Contract
from app.models.suppliers import Supplier
from tests.api.reports.reporting import AS_OF, contract_report, half_way
from tests.callers import Caller, Service
from tests.journeys import change_row

# Typed into a cell of Excel or LibreOffice, each becomes a number, a day, a time or a truth value.
BECOMES_ANOTHER = [
    "0012",
    "12",
    "3-4",
    "3/4",
    "1.2",
    "1,5",
    "1 000",
    "1\u00a0000",
    "2017/12",
    "2017-12-01",
    "2017/0412",
    "12:30",
    "12:30 PM",
    "1e5",
    "1E5",
    "50%",
    "5 kr",
    "$5",
    "(5)",
    "3 mar",
    "mars 2018",
    "SEPT2",
    "okt-18",
    "1 januari 2018",
    " 12 ",
    "TRUE",
    "falskt",
]
STAYS = [
    "KS 2017/0412",
    "Exempelbygg i Jämtland AB",
    "3 majblommor",
    "maj",
    "12a",
    "A-12",
    "1 st",
    "sant och falskt",
    "",
    "mar" * 60 + "1!",
    "1" * 200 + "!",
]


@pytest.mark.parametrize("text", BECOMES_ANOTHER)
def test_is_marked_as_text(text: str) -> None:
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", STAYS)
def test_is_left_as_it_is(text: str) -> None:
    assert as_text(text) == text


@pytest.mark.parametrize("text", ["=1+1", "-3-4", "+46", "@x"])
def test_is_marked_once(text: str) -> None:
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_in_a_report_names_are_marked_and_figures_are_not(service: Service, admin: Caller) -> None:
    case = half_way(service, admin)
    change_row(service, Contract, case.contract_id, reference="0012", title="3-4")
    supplier_id = UUID(admin.get("/suppliers").json()["items"][0]["id"])
    change_row(service, Supplier, supplier_id, name="2018")
    answer = contract_report(admin, case, f"asOf={AS_OF}&format=csv")
    rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    _, first, *_ = rows
    assert first[:4] == ["'0012", "'3-4", "'2018", "1"]
    assert first[5] == AS_OF
    assert first[7] == "4"
