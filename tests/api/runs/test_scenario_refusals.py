"""Changes to a run that cannot be: each says which and why."""

import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from app.api.runs.scenarios import MOST_CHANGES, SHAPES
from app.models.keys import Role
from tests.api.registering import pointers
from tests.api.runs.changes import (
    Json,
    ask,
    capacity,
    compared,
    details,
    distance,
    pair,
    places,
    removed,
)
from tests.callers import Caller, Service
from tests.journeys import Case, add_candidate, make_case, start_run


class TestRefusals:
    """Two people and a slot with one place. A refusal comes after the snapshot is read and before
    anything is stored: one database is enough."""

    @pytest.fixture
    def database_url(self, sqlite_template: Path, tmp_path: Path) -> str:
        copy = tmp_path / "handslag.db"
        shutil.copy(sqlite_template, copy)
        return f"sqlite:///{copy}"

    @pytest.fixture
    def case(self, service: Service, admin: Caller) -> Case:
        return make_case(service, admin, people=2, places=1)

    @pytest.fixture
    def run(self, case: Case, admin: Caller) -> Json:
        run: Json = start_run(admin)
        return run

    @pytest.mark.parametrize("kind", list(SHAPES))
    def test_of_something_unknown(self, admin: Caller, run: Json, kind: str) -> None:
        body = {
            "places": places(uuid4(), 1),
            "supervisor-capacity": capacity(uuid4(), 1),
            "remove-candidate": removed(uuid4()),
            "maximum-distance": distance(50, uuid4()),
        }.get(kind) or pair(kind, uuid4(), uuid4())
        answer = ask(admin, run, distance(40), body)
        named = [name for name in ("candidateId", "slotId") if name in body]
        assert pointers(answer) == [f"#/changes/1/{name}" for name in named]
        assert all("of this run" in detail for detail in details(answer))

    @pytest.mark.parametrize("kind", list(SHAPES))
    def test_of_a_field_too_many_or_too_few(self, admin: Caller, run: Json, kind: str) -> None:
        needed = [name for name, field in SHAPES[kind].model_fields.items() if field.is_required()]
        wrong = {"kind": kind, "zqUnknown": 1}
        found = pointers(ask(admin, run, wrong))
        assert "#/changes/0/zqUnknown" in found
        assert len(found) == len(needed)  # all but the kind, and the unknown one

    @pytest.mark.parametrize("kind", ["", "Places", "place", None, 1, [], {}])
    def test_of_another_kind(self, admin: Caller, run: Json, kind: Any) -> None:
        answer = ask(admin, run, {"kind": kind})
        assert pointers(answer) == ["#/changes/0/kind"]
        assert "supervisor-capacity" in details(answer)[0]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            (places("s", 0), "slotId"),
            (places(uuid4(), -1), "places"),
            (places(uuid4(), 1001), "places"),
            (capacity(uuid4(), 1001), "supervisorCapacity"),
            (distance(2001), "kilometres"),
            (distance(-1), "kilometres"),
        ],
    )
    def test_of_a_value_out_of_bounds(
        self, admin: Caller, run: Json, change: Json, field: str
    ) -> None:
        assert pointers(ask(admin, run, change)) == [f"#/changes/0/{field}"]

    @pytest.mark.parametrize(
        "changes",
        [
            lambda who, other, slot: [places(slot, 1), places(slot, 2)],
            lambda who, other, slot: [places(slot, 1), places(slot, 1)],
            lambda who, other, slot: [capacity(slot, 1), capacity(slot, None)],
            lambda who, other, slot: [removed(who), removed(who)],
            lambda who, other, slot: [distance(50), distance(60)],
            lambda who, other, slot: [distance(50, who), distance(50, who)],
            lambda who, other, slot: [pair("pin", who, slot), pair("forbid", who, slot)],
            lambda who, other, slot: [pair("forbid", who, slot), pair("pin", who, slot)],
            lambda who, other, slot: [pair("pin", who, slot), pair("pin", who, slot)],
            lambda who, other, slot: [pair("forbid", who, slot), pair("forbid", who, slot)],
        ],
    )
    def test_of_what_another_change_settles(
        self, admin: Caller, run: Json, case: Case, changes: Any
    ) -> None:
        answer = ask(admin, run, *changes(*case.candidate_ids, case.slot_id))
        assert pointers(answer) == ["#/changes/1"]
        assert "#/changes/0" in details(answer)[0]

    @pytest.mark.parametrize(
        "changes",
        [
            lambda who, other, slot: [distance(50), distance(60, who), distance(60, other)],
            lambda who, other, slot: [pair("pin", who, slot), pair("forbid", other, slot)],
            lambda who, other, slot: [removed(who), pair("pin", other, slot)],
        ],
    )
    def test_none_where_changes_go_together(
        self, admin: Caller, run: Json, case: Case, changes: Any
    ) -> None:
        assert compared(admin, run, *changes(*case.candidate_ids, case.slot_id))

    @pytest.mark.parametrize("place", [0, 1])
    def test_of_a_change_to_who_is_removed(
        self, admin: Caller, run: Json, case: Case, place: int
    ) -> None:
        who = case.candidate_ids[0]
        changes = [distance(50, who)]
        changes.insert(place, removed(who))
        assert pointers(ask(admin, run, *changes)) == [f"#/changes/{1 - place}/candidateId"]

    def test_of_a_pin_that_cannot_be(self, service: Service, admin: Caller, case: Case) -> None:
        far = add_candidate(service, admin, municipality_code="0180", agreed_to_be_proposed=False)
        run = start_run(admin)
        answer = ask(admin, run, distance(50), pair("pin", far, case.slot_id))
        assert pointers(answer) == ["#/changes/1"]
        assert details(answer) == ["cannot be: too-far, not-consented"]

    def test_of_more_pins_than_places(self, admin: Caller, run: Json, case: Case) -> None:
        pins = [pair("pin", who, case.slot_id) for who in case.candidate_ids]
        answer = ask(admin, run, *pins)
        assert pointers(answer) == ["#/changes/1"]
        assert details(answer) == ["leaves fewer free places (1) than pins (2)"]
        assert compared(admin, run, *pins, places(case.slot_id, 2))

    def test_of_fewer_places_than_the_run_pins(self, admin: Caller, case: Case) -> None:
        pins = [{"candidateId": str(case.candidate_ids[0]), "slotId": str(case.slot_id)}]
        run = start_run(admin, pins=pins)
        for change in (places(case.slot_id, 0), capacity(case.slot_id, 0)):
            assert pointers(ask(admin, run, change)) == ["#/changes/0"]
        unpinned = pair("forbid", case.candidate_ids[0], case.slot_id)
        assert compared(admin, run, places(case.slot_id, 0), unpinned)

    def test_of_more_changes_than_fifty(self, admin: Caller, run: Json) -> None:
        """At the limit each change is checked; one over it, none is."""
        changes = [removed(uuid4()) for _ in range(MOST_CHANGES + 1)]
        assert len(pointers(ask(admin, run, *changes[1:]))) == MOST_CHANGES == 50
        assert pointers(ask(admin, run, *changes)) == ["#/changes"]

    def test_of_no_change(self, admin: Caller, run: Json) -> None:
        assert pointers(ask(admin, run)) == ["#/changes"]

    def test_of_somebody_elses_run(self, service: Service, run: Json, case: Case) -> None:
        answer = ask(service.stranger(), run, places(case.slot_id, 2))
        assert answer.status_code == 404

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_of_a_role_that_may_not(
        self, service: Service, run: Json, case: Case, role: Role
    ) -> None:
        assert ask(service.caller(role), run, places(case.slot_id, 2)).status_code == 403
