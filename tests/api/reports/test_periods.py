"""Which part of a contract's time its report shows, and how long that may be."""

from datetime import date

import pytest

from app.models.contracts import Contract
from tests.api.reports.reporting import AS_OF, add_framework, contract_report, half_way, read
from tests.callers import Caller, Service
from tests.journeys import Case, actor_of, change_row
from tests.make import make_contract


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return half_way(service, admin)


class TestContractReport:
    def test_part_of_it(self, case: Case, admin: Caller) -> None:
        shown = contract_report(admin, case, f"asOf={AS_OF}&from=2018-05-02&to=2018-07-15").json()
        assert shown["period"] == {"from": "2018-05-02", "to": "2018-07-15"}
        days = [one["day"] for one in shown["series"][0]["points"]]
        assert days == ["2018-05-02", "2018-06-01", "2018-07-01", "2018-07-15", AS_OF]
        assert shown["totals"] == contract_report(admin, case).json()["totals"]

    @pytest.mark.parametrize(
        ("start", "end", "status"),
        [
            ("2018-01-01", "2027-12-31", 200),
            ("2018-01-01", "2028-01-01", 422),
            ("0018-03-01", "2018-12-31", 422),  # stored before days had bounds
        ],
    )
    def test_longest(
        self, service: Service, admin: Caller, start: str, end: str, status: int
    ) -> None:
        days = {"start_date": date.fromisoformat(start), "end_date": date.fromisoformat(end)}
        with service.database.writing() as session:
            contract_id = make_contract(session, actor_of(admin), **days).id
        path = f"/contracts/{contract_id}/report"
        answer = admin.get(path)
        assert answer.status_code == status
        if status == 422:
            (error,) = answer.json()["errors"]
            assert error["pointer"] == "to"
            assert start in error["detail"]
            assert end in error["detail"]
            assert admin.get(f"{path}?from=2018-01-01&to=2027-12-31").status_code == 200

    def test_call_offs_outside_the_period_are_left_out(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        framework = f"/contracts/{add_framework(service, admin, case)}/report"
        change_row(service, Contract, case.contract_id, end_date=date(2018, 12, 31))
        for last_day, contracts in (("2018-12-31", 2), ("2019-01-01", 1)):
            shown = read(admin, f"{framework}?from={last_day}&to=2019-06-30").json()
            assert len(shown["contracts"]) == contracts
