"""What a change to a run would do: compared, never stored."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.models.slots import Slot
from tests.api.registering import pointers
from tests.api.runs.changes import ask, capacity, compared, distance, pair, places, removed
from tests.callers import Caller, Service
from tests.journeys import (
    Case,
    add_candidate,
    add_placement,
    add_slot,
    change_row,
    codes_of_the_left,
    make_case,
    placed_elsewhere,
    proposals_of,
    start_run,
)


def by_tier(high: int, low: int, voluntary: int) -> dict[str, int]:
    return {"2": high, "1": low, "0": voluntary}


def take_a_place(
    service: Service, admin: Caller, case: Case, first: str = "2018-03-01", last: str = "2019-06-30"
) -> None:
    """For the whole of the slot's time, or a part."""
    add_placement(
        service,
        admin,
        case,
        candidate_id=placed_elsewhere(service, admin),
        start_date=date.fromisoformat(first),
        end_date=date.fromisoformat(last),
    )


class TestCompareScenario:
    def test_a_place_more(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2, places=1)
        run = start_run(admin)
        (proposal,) = proposals_of(admin, run)
        (other,) = {str(one) for one in case.candidate_ids} - {proposal["candidateId"]}
        shown = compared(admin, run, places(case.slot_id, 2))
        assert shown["gains"] == [
            {"candidateId": other, "slotIdBefore": None, "slotIdAfter": str(case.slot_id)}
        ]
        assert (shown["losses"], shown["moves"], shown["freedPlaces"]) == ([], [], [])
        assert shown["before"] == {
            "placesByTier": by_tier(0, 1, 0),
            "points": run["objective"]["points"],
        }
        assert shown["difference"]["placesByTier"] == by_tier(0, 1, 0)
        gained = shown["after"]["points"] - shown["before"]["points"]
        assert shown["difference"]["points"] == gained > 0

    def test_no_such_slot(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        run = start_run(admin)
        shown = compared(admin, run, places(case.slot_id, 0))
        (lost,) = shown["losses"]
        assert (lost["slotIdBefore"], lost["slotIdAfter"]) == (str(case.slot_id), None)
        assert shown["difference"]["placesByTier"] == by_tier(0, -1, 0)
        assert shown["difference"]["points"] == -run["objective"]["points"]

    def test_a_slot_more(self, service: Service, admin: Caller) -> None:
        """A slot that is registered with no place can be given one in a scenario."""
        case = make_case(service, admin, people=3, places=1)
        new = add_slot(service, admin, case, places=0, clause_id=case.clause_id)
        shown = compared(admin, start_run(admin), places(new, 1))
        assert str(new) in {one["slotIdAfter"] for one in shown["gains"] + shown["moves"]}
        assert (len(shown["gains"]), shown["losses"]) == (1, [])

    def test_places_count_those_that_are_taken(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2, places=1)
        take_a_place(service, admin, case)
        run = start_run(admin)
        assert run["objective"]["placesFilled"] == 0
        assert compared(admin, run, places(case.slot_id, 1))["gains"] == []
        assert len(compared(admin, run, places(case.slot_id, 2))["gains"]) == 1

    @pytest.mark.parametrize(("most", "gains"), [(0, 0), (1, 0), (2, 1), (3, 2), (9, 2), (None, 2)])
    def test_supervisor_who_can_take_more(
        self, service: Service, admin: Caller, most: int | None, gains: int
    ) -> None:
        """Three places, one of them taken, and a supervisor who can take one."""
        case = make_case(service, admin, people=4, places=3, supervisor_capacity=1)
        take_a_place(service, admin, case)
        run = start_run(admin)
        assert run["objective"]["placesFilled"] == 0
        assert len(compared(admin, run, capacity(case.slot_id, most))["gains"]) == gains

    def test_candidate_who_leaves_frees_the_place(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2, places=1)
        run = start_run(admin)
        placed = proposals_of(admin, run)[0]["candidateId"]
        shown = compared(admin, run, removed(placed))
        assert shown["freedPlaces"] == [
            {"candidateId": placed, "slotIdBefore": str(case.slot_id), "slotIdAfter": None}
        ]
        assert (len(shown["gains"]), shown["losses"]) == (1, [])

    @pytest.mark.parametrize(("kilometres", "gains"), [(300, 0), (700, 1), (2000, 1)])
    def test_longer_way(self, service: Service, admin: Caller, kilometres: int, gains: int) -> None:
        """Stockholm is some 460 km from Östersund."""
        make_case(service, admin, people=0)
        far = add_candidate(service, admin, municipality_code="0180")
        run = start_run(admin)
        for change in (distance(kilometres), distance(kilometres, far)):
            shown = compared(admin, run, change)
            assert [one["candidateId"] for one in shown["gains"]] == [str(far)] * gains

    def test_pin_and_forbid(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2, places=1)
        run = start_run(admin)
        first = proposals_of(admin, run)[0]["candidateId"]
        (other,) = {str(one) for one in case.candidate_ids} - {first}
        for change in (pair("pin", other, case.slot_id), pair("forbid", first, case.slot_id)):
            shown = compared(admin, run, change)
            assert [one["candidateId"] for one in shown["gains"]] == [other]
            assert [one["candidateId"] for one in shown["losses"]] == [first]

    def test_move_between_slots(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, places=1)
        other = add_slot(service, admin, case)
        run = start_run(admin)
        (move,) = compared(admin, run, places(case.slot_id, 0))["moves"]
        assert (move["slotIdBefore"], move["slotIdAfter"]) == (str(case.slot_id), str(other))

    def test_order_of_changes_decides_nothing(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=4, places=1, supervisor_capacity=1)
        run = start_run(admin)
        changes = [
            places(case.slot_id, 3),
            capacity(case.slot_id, 2),
            removed(case.candidate_ids[0]),
            pair("pin", case.candidate_ids[1], case.slot_id),
            distance(100),
        ]
        assert compared(admin, run, *changes) == compared(admin, run, *changes[::-1])

    def test_stores_nothing_and_leaves_the_run_alone(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2, places=1)
        run = start_run(admin)
        before = admin.get(f"/match-runs/{run['id']}"), proposals_of(admin, run)
        events = admin.get("/events").json()["_meta"]["totalRecords"]
        compared(admin, run, places(case.slot_id, 2))
        after = admin.get(f"/match-runs/{run['id']}"), proposals_of(admin, run)
        assert (after[0].content, after[1]) == (before[0].content, before[1])
        assert admin.get("/events").json()["_meta"]["totalRecords"] == events
        assert admin.get("/match-runs").json()["_meta"]["totalRecords"] == 1

    def test_what_has_changed_since_does_not_count(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=1, places=1)
        run = start_run(admin)
        late = add_candidate(service, admin)
        assert compared(admin, run, places(case.slot_id, 2))["gains"] == []
        assert pointers(ask(admin, run, removed(late))) == ["#/changes/0/candidateId"]

    def test_redacted_run_is_compared_without_who_has_left(
        self, service: Service, admin: Caller
    ) -> None:
        case = make_case(service, admin, people=2, places=1)
        run = start_run(admin)
        gone = proposals_of(admin, run)[0]["candidateId"]
        assert admin.delete(f"/candidates/{gone}").status_code == 204
        shown = compared(admin, run, places(case.slot_id, 0))
        assert gone not in str(shown)
        assert len(shown["losses"]) == 1


class TestAgainstRegistering:
    """A scenario answers what a run would answer if the change were registered."""

    @pytest.fixture
    def database_url(self, sqlite_template: Path, tmp_path: Path) -> str:
        copy = tmp_path / "handslag.db"
        shutil.copy(sqlite_template, copy)
        return f"sqlite:///{copy}"

    @pytest.mark.parametrize("number", [0, 1, 2, 3, 5])
    @pytest.mark.parametrize("field", ["places", "supervisor_capacity"])
    def test_room_beside_placements_that_come_and_go(
        self, service: Service, admin: Caller, field: str, number: int
    ) -> None:
        case = make_case(service, admin, people=6, places=2, supervisor_capacity=2)
        take_a_place(service, admin, case)
        take_a_place(service, admin, case, last="2018-05-31")
        take_a_place(service, admin, case, first="2018-06-01", last="2018-08-31")
        self.check(service, admin, case, **{field: number})

    @pytest.mark.parametrize("places", [1, 2, 3])
    def test_a_place_that_is_free_too_late_for_the_clause(
        self, service: Service, admin: Caller, places: int
    ) -> None:
        case = make_case(service, admin, people=3, places=1, latest_start=date(2019, 6, 1))
        take_a_place(service, admin, case, last="2019-05-31")
        assert "clause-ended" in codes_of_the_left(admin, start_run(admin))
        self.check(service, admin, case, places=places)

    def check(self, service: Service, admin: Caller, case: Case, **terms: Any) -> None:
        ((field, number),) = terms.items()
        run = start_run(admin)
        change = places if field == "places" else capacity
        shown = compared(admin, run, change(case.slot_id, number))
        change_row(service, Slot, case.slot_id, **terms)
        after = start_run(admin)
        filled = shown["after"]["placesByTier"]
        assert filled["1"] + filled["2"] == after["objective"]["contractualPlacesFilled"]
        assert shown["after"]["points"] == after["objective"]["points"]
        seats = {one["candidateId"]: one["slotId"] for one in proposals_of(admin, after)}
        told = shown["gains"] + shown["moves"]
        assert all(seats[one["candidateId"]] == one["slotIdAfter"] for one in told)
        assert not {one["candidateId"] for one in shown["losses"]} & seats.keys()
