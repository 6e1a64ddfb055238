"""Days, months and instants from outside lie within 1990 to 2100; what is stored stays readable.

`tests/api/test_bad_input.py` tries every day and instant of every body and query at its limits.
"""

from datetime import date
from typing import Any

import pytest

from app.models.values import TargetGroup
from tests.api.registering import candidate_body, pointers, register_supplier, slot_body
from tests.callers import Caller, Service
from tests.journeys import actor_of
from tests.make import make_candidate, make_contract

AT_THE_LIMITS = [("1989-12-31", False), ("1990-01-01", True), ("2101-01-01", False)]
TELLS = "give a day from 1990-01-01 to 2100-12-31"


def details(answer: Any) -> list[str]:
    return [error["detail"] for error in answer.json()["errors"]]


@pytest.mark.parametrize(("day", "fits"), AT_THE_LIMITS)
def test_items_of_batches_and_of_matchings(admin: Caller, day: str, fits: bool) -> None:
    person = candidate_body(reference="AF-1", waitingSince=day)
    place = slot_body(register_supplier(admin), earliestStart=day, endDate="2100-12-31")
    for path, item in (("/candidate-batches", person), ("/slot-batches", place)):
        rejected = admin.post(path, {"items": [item]}).json()["rejected"]
        assert [one["problem"]["errors"][0]["detail"] for one in rejected] == [TELLS] * (not fits)
    answer = admin.post("/matchings", {"candidates": [person | {"id": "k1"}], "slots": []})
    assert answer.status_code == (200 if fits else 422)
    if not fits:
        assert (pointers(answer), details(answer)) == (["#/candidates/0/waitingSince"], [TELLS])


@pytest.mark.parametrize(
    ("month", "fits"),
    [("1989-12", False), ("1990-01", True), ("2100-12", True), ("2101-01", False)],
)
def test_months(admin: Caller, month: str, fits: bool) -> None:
    body = {"month": month, "daysPlanned": 32, "daysAttended": 0}  # 32 is refused in any month
    unknown = "7f1c9a52-3c8e-4f5c-9d55-0f6a5b1f2a10"
    answer = admin.post(f"/placements/{unknown}/attendance-months", body)
    assert ("#/month" in pointers(answer)) is not fits


def test_a_day_from_before_the_bounds_stays_readable(service: Service, admin: Caller) -> None:
    """Only a change of the row asks for a day within the bounds."""
    actor = actor_of(admin)
    with service.database.writing() as session:
        contract = make_contract(session, actor, start_date=date(18, 3, 1)).id
        group = TargetGroup(code="g", valid_to=date(9999, 12, 31))
        person = make_candidate(session, actor, target_groups=[group]).id
    shown = admin.get(f"/contracts/{contract}").json()
    assert shown["startDate"] == "0018-03-01"
    shown = admin.get(f"/candidates/{person}").json()
    assert shown["targetGroups"] == [{"code": "g", "validTo": "9999-12-31"}]
    assert len(admin.get("/candidates").json()["items"]) == 1
    assert pointers(admin.patch(f"/contracts/{contract}", {"title": "A"})) == ["#/startDate"]
    mended = {"title": "A", "startDate": "2018-03-01"}
    assert admin.patch(f"/contracts/{contract}", mended).status_code == 200
