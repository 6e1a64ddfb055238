"""Tasks of references that read the same; settling them is tried with the registers."""

from typing import Any

import pytest

from app.models.keys import Role
from tests.api.fulfilment.task_cases import TODAY, tasks
from tests.callers import Caller, Service
from tests.journeys import actor_of
from tests.make import make_candidate, make_contract, make_slot, make_supplier

COMPOSED = "ÅF-1"
MAKERS: dict[str, Any] = {
    "candidates": make_candidate,
    "slots": make_slot,
    "contracts": make_contract,
}


@pytest.mark.parametrize("resource", MAKERS)
def test_each_row_until_it_is_settled(service: Service, admin: Caller, resource: str) -> None:
    with service.database.writing() as session:
        actor = actor_of(admin)
        supplier_id = make_supplier(session, actor).id
        more = {} if resource == "candidates" else {"supplier_id": supplier_id}
        rows = [MAKERS[resource](session, actor, **more) for _ in range(3)]
        for row in rows[:2]:
            row.shared_reference = COMPOSED
        wanted = sorted(str(row.id) for row in rows[:2])
    kind = "&kind=reference-shared"
    found = tasks(admin, kind)
    assert sorted(task["resourceId"] for task in found) == wanted
    role = "caseworker" if resource == "candidates" else "procurement"
    for task in found:
        shown = (task["resource"], task["role"], task["due"], task["overdue"])
        assert shown == (resource, role, f"{TODAY}", False)
        assert COMPOSED in task["text"]
    seen = tasks(service.caller(Role.PROCUREMENT), kind)
    assert len(seen) == (0 if resource == "candidates" else 2)
    assert tasks(service.stranger(), kind) == []
    english = admin.get(f"/tasks?{kind[1:]}", headers={"Accept-Language": "en"})
    assert "reads the same" in english.json()["items"][0]["text"]
    assert tasks(admin, f"{kind}&until=2018-01-01") == []
