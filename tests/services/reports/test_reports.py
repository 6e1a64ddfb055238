"""The days and years of a report, and the longest period it takes."""

from datetime import date

import pytest

from app.db import Database
from app.errors import Invalid
from app.services.ground.permissions import Actor
from app.services.reports.persons import whole_years
from app.services.reports.reports import days_of, report_contract, report_organisation
from tests.make import make_clause, make_contract

BEGINS, ENDS = date(2018, 3, 15), date(2018, 6, 30)


@pytest.mark.parametrize(
    ("as_of", "days"),
    [
        ("2018-03-14", ["2018-03-14"]),
        ("2018-03-15", ["2018-03-15"]),
        ("2018-03-16", ["2018-03-15", "2018-03-16"]),
        ("2018-04-01", ["2018-03-15", "2018-04-01"]),
        ("2018-04-02", ["2018-03-15", "2018-04-01", "2018-04-02"]),
        (
            "2030-01-01",
            [
                *("2018-03-15", "2018-04-01", "2018-05-01", "2018-06-01", "2018-06-30"),
                "2030-01-01",
            ],
        ),
    ],
)
def test_days(as_of: str, days: list[str]) -> None:
    assert [f"{day}" for day in days_of(BEGINS, ENDS, date.fromisoformat(as_of))] == days


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2018, 1, 1), date(2018, 12, 31), [2018]),
        (date(2018, 1, 1), date(2018, 12, 30), []),
        (date(2018, 1, 2), date(2018, 12, 31), []),
        (date(2017, 12, 31), date(2020, 1, 1), [2018, 2019]),
        (date(2018, 5, 1), date(2018, 4, 1), []),
    ],
)
def test_whole_years(first: date, last: date, years: list[int]) -> None:
    assert list(whole_years(first, last)) == years


def test_most_clauses(database: Database, actor: Actor) -> None:
    with database.writing() as session:
        contract = make_contract(session, actor)
        for _ in range(2):
            make_clause(session, actor, contract_id=contract.id)
    period = (date(2018, 1, 1), date(2018, 12, 31), BEGINS)
    with database.reading() as session:
        report = report_organisation(session, actor, *period, most_clauses=2)
        assert len(report.contracts[0].clauses) == 2
        own = (contract.id, BEGINS)
        assert report_contract(session, actor, *own, most_clauses=2).contracts[0].clauses
        with pytest.raises(Invalid, match="over 1 clauses; make it shorter"):
            report_contract(session, actor, *own, most_clauses=1)
        with pytest.raises(Invalid, match="over 1 clauses; make it shorter"):
            report_organisation(session, actor, *period, most_clauses=1)
