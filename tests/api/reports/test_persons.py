"""Persons in a report: only whole years of the whole organisation, and never fewer than five."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.api.reports.reporting import half_way, place, read, start_people
from tests.callers import Caller, Service
from tests.journeys import Case, actor_of, add_moves
from tests.make import make_outcome

YEAR = "/reports?from=2018-01-01&to=2018-12-31&asOf=2019-01-15"


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return half_way(service, admin)


class TestPersons:
    def persons(self, caller: Caller, query: str = YEAR) -> list[Any]:
        shown: list[Any] = read(caller, query).json()["persons"]
        return shown

    def cells(self, caller: Caller, by: str) -> list[tuple[str, int | None, bool]]:
        (year,) = self.persons(caller)
        (found,) = [one for one in year["breakdowns"] if one["by"] == by]
        return [(one["name"], one["persons"], one["suppressed"]) for one in found["cells"]]

    def test_five_are_shown(self, service: Service, admin: Caller) -> None:
        start_people(service, admin, {"2380": 7, "2309": 5})
        assert self.persons(admin)[0]["total"] == 12
        expected = [("Östersund", 7, False), ("Krokom", 5, False)]
        assert self.cells(admin, "municipality") == expected
        assert self.cells(admin, "target-group") == [("g", 12, False)]

    def test_four_are_put_together_with_the_next(self, service: Service, admin: Caller) -> None:
        start_people(service, admin, {"2380": 20, "2309": 7, "2303": 4})
        assert self.cells(admin, "municipality") == [
            ("Östersund", 20, False),
            ("Övriga, sammanslagna", 11, True),
        ]

    def test_four_in_all_are_not_even_counted(self, service: Service, admin: Caller) -> None:
        start_people(service, admin, {"2380": 4})
        assert self.persons(admin)[0]["total"] is None
        hidden = [("Övriga, sammanslagna", None, True)]
        assert self.cells(admin, "municipality") == hidden
        assert self.cells(admin, "target-group") == hidden

    def test_groups_that_together_leave_one(self, service: Service, admin: Caller) -> None:
        for group, people in {"under-25": 8, "over-55": 7, "z": 1}.items():
            start_people(service, admin, {"2380": people}, group=group)
        assert self.persons(admin)[0]["total"] == 16
        hidden = ("Övriga, sammanslagna", None, True)
        assert self.cells(admin, "target-group") == [("under-25", 8, False), hidden]

    def test_a_person_counts_once_a_year(self, service: Service, case: Case, admin: Caller) -> None:
        people = start_people(service, admin, {"2380": 6})
        later = (date(2018, 10, 1), date(2018, 12, 31))
        begun = {"active": "2018-10-01"}
        place(service, admin, case, *later, begun, candidate_id=people[0])
        assert self.persons(admin)[0]["total"] == 6 + 2

    def test_no_show_has_not_started(self, service: Service, case: Case, admin: Caller) -> None:
        start_people(service, admin, {"2380": 6})
        never = {"ended-early": "2018-10-01"}
        place(service, admin, case, date(2018, 10, 1), date(2018, 12, 31), never)
        assert self.persons(admin)[0]["total"] == 6 + 2

    def test_nor_has_a_no_show_where_a_start_was_noted(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        start_people(service, admin, {"2380": 6})
        period = (date(2018, 10, 1), date(2018, 12, 31))
        stay = place(service, admin, case, *period, {"active": "2018-10-01"})
        assert self.persons(admin)[0]["total"] == 6 + 2 + 1
        never = {"ended_by": "participant", "reason": "no-show"}
        add_moves(service, admin, stay, ("ended-early", "2018-10-02", never))
        assert self.persons(admin)[0]["total"] == 6 + 2

    def test_an_extension_begins_nothing(self, service: Service, case: Case, admin: Caller) -> None:
        """The person began the year before."""
        start_people(service, admin, {"2380": 6}, year=2017)
        start_people(service, admin, {"2380": 6})
        earlier = [
            one
            for one in admin.get("/placements?limit=100").json()["items"]
            if one["startDate"].startswith("2017")
        ]
        assert len(earlier) == 6
        for one in earlier:
            place(
                *(service, admin, case),
                *(date(2018, 4, 1), date(2018, 7, 31)),
                {"active": "2018-04-01"},
                candidate_id=UUID(one["candidateId"]),
                extends_placement_id=UUID(one["id"]),
            )
        assert self.persons(admin)[0]["total"] == 6 + 2

    def test_outcomes(self, service: Service, admin: Caller) -> None:
        start_people(service, admin, {"2380": 8}, outcome="in-work")
        start_people(service, admin, {"2380": 6}, outcome="in-education")
        start_people(service, admin, {"2380": 5})
        assert self.cells(admin, "outcome") == [
            ("i arbete", 8, False),
            ("i utbildning", 6, False),
            ("inget noterat", 5, False),
        ]

    def test_outcome_of_an_extension_is_the_stay_s(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        start_people(service, admin, {"2380": 6})
        period = (date(2018, 9, 1), date(2018, 11, 30))
        for one in admin.get("/placements?limit=100").json()["items"]:
            link = UUID(one["id"])
            extension = place(service, admin, case, *period, {}, extends_placement_id=link)
            with service.database.writing() as session:
                ids = (actor_of(admin), extension)
                make_outcome(session, *ids, "in-education", date(2018, 11, 30))
        assert self.cells(admin, "outcome") == [("i utbildning", 6 + 2, False)]

    def test_outcome_as_the_turn_of_the_year_found_it(
        self, service: Service, admin: Caller
    ) -> None:
        start_people(service, admin, {"2380": 6}, outcome="in-work")
        placements = admin.get("/placements").json()["items"]
        with service.database.writing() as session:
            for one in placements:
                ids = (actor_of(admin), UUID(one["id"]))
                make_outcome(session, *ids, "unknown", date(2018, 12, 31), after_months=3)
                make_outcome(session, *ids, "other", date(2019, 1, 1), after_months=6)
        assert self.cells(admin, "outcome") == [("okänt", 6, False)]
        later = YEAR.replace("asOf=2019-01-15", "asOf=2020-01-15")
        outcome = self.persons(admin, later)[0]["breakdowns"][1]
        assert [one["code"] for one in outcome["cells"]] == ["other"]

    @pytest.mark.parametrize(
        ("query", "years"),
        [
            ("from=2018-01-01&to=2019-12-31&asOf=2018-12-30", []),
            ("from=2018-01-01&to=2019-12-31&asOf=2018-12-31", [2018]),
            ("from=2018-01-01&to=2019-12-31&asOf=2019-12-30", [2018]),
            ("from=2018-01-01&to=2019-12-31&asOf=2019-12-31", [2018, 2019]),
            ("from=2018-01-02&to=2019-12-31&asOf=2021-01-01", [2019]),
            ("from=2018-01-01&to=2019-12-30&asOf=2021-01-01", [2018]),
        ],
    )
    def test_whole_years_that_are_over(self, admin: Caller, query: str, years: list[int]) -> None:
        assert [one["year"] for one in self.persons(admin, f"/reports?{query}")] == years

    def test_two_periods_cannot_be_subtracted(self, service: Service, admin: Caller) -> None:
        """Whatever period or day is asked for, a whole year has the same figures."""
        start_people(service, admin, {"2380": 9}, 2018)
        start_people(service, admin, {"2380": 8}, 2019)
        known: dict[int, Any] = {}
        for first in ("2017-06-01", "2018-01-01", "2018-05-02"):
            for last in ("2018-12-31", "2019-04-30", "2019-05-01", "2019-12-31"):
                for as_of in ("2019-05-01", "2020-01-01", "2020-03-01"):
                    path = f"/reports?from={first}&to={last}&asOf={as_of}"
                    for year in self.persons(admin, path):
                        assert known.setdefault(year["year"], year) == year
        assert {year: one["total"] for year, one in known.items()} == {2018: 9, 2019: 8}
