"""Registering over HTTP what a test leans on: each answers with what the service showed."""

from collections.abc import Iterable
from typing import Any

from app.api.registers import candidates, clauses, contracts, slots
from app.models.keys import Role
from app.models.placement_signatures import PARTIES
from app.reference.programmes import GATES
from app.services.ground.permissions import Actor
from tests.callers import Caller, Service
from tests.make import COMPANY_NUMBERS, make_actor

Json = dict[str, Any]
# The moves of a placement that the domain allows: from, to.
MOVES = {
    ("planned", "ready"),
    ("planned", "cancelled"),
    ("ready", "active"),
    ("ready", "cancelled"),
    ("ready", "ended-early"),
    ("active", "completed"),
    ("active", "ended-early"),
}


def register(caller: Caller, path: str, body: Json) -> Json:
    answer = caller.post(path, body)
    assert answer.status_code == 201, answer.text
    shown: Json = answer.json()
    return shown


def register_supplier(caller: Caller, number: str = COMPANY_NUMBERS[0]) -> str:
    body = {"name": "Exempelbygg i Jämtland AB", "organisationNumber": number}
    return str(register(caller, "/suppliers", body)["id"])


def contract_body(supplier_id: str, **overrides: Any) -> Json:
    return contracts.EXAMPLE | {"supplierId": supplier_id} | overrides


def clause_body(**overrides: Any) -> Json:
    return clauses.EXAMPLE | overrides


def slot_body(supplier_id: str, **overrides: Any) -> Json:
    return slots.EXAMPLE | {"supplierId": supplier_id} | overrides


def candidate_body(**overrides: Any) -> Json:
    return candidates.EXAMPLE | overrides


def register_contract(caller: Caller, supplier_id: str, **overrides: Any) -> str:
    return str(register(caller, "/contracts", contract_body(supplier_id, **overrides))["id"])


def register_clause(caller: Caller, contract_id: str, **overrides: Any) -> str:
    path = f"/contracts/{contract_id}/clauses"
    return str(register(caller, path, clause_body(**overrides))["id"])


def register_slot(caller: Caller, supplier_id: str, **overrides: Any) -> str:
    return str(register(caller, "/slots", slot_body(supplier_id, **overrides))["id"])


def register_candidate(caller: Caller, **overrides: Any) -> str:
    return str(register(caller, "/candidates", candidate_body(**overrides))["id"])


def actor_of(service: Service, role: Role = Role.ADMIN) -> Actor:
    """An actor for rows that tests store without HTTP."""
    with service.database.writing() as session:
        return make_actor(session, role, organisation_id=service.organisation_id)


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["pointer"] for error in answer.json()["errors"]]


def misread(answer: Any, body: Json) -> list[str]:
    """Complaints that ask for a field that was sent, or do not ask for one that was not."""
    return [
        error["detail"]
        for error in answer.json()["errors"]
        if ("is needed" in error["detail"]) == (body.get(error["pointer"][2:]) is not None)
    ]


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def open_gates(caller: Caller, supplier_id: str) -> None:
    """Every check that any programme asks for, passed for as long as tests need."""
    about: dict[str, Json] = {
        "union-consulted": {"askedOn": "2017-01-01", "answeredOn": "2017-01-01"},
        "no-displacement": {"interns": 2, "employees": 20},
    }
    for gate in GATES:
        check: Json = {"gate": gate, "outcome": "passed", "checkedBy": "Upphandlingsenheten"}
        days = {"checkedOn": "2017-01-01", "validUntil": "2100-12-31"}
        register(
            caller, f"/suppliers/{supplier_id}/gate-checks", check | days | about.get(gate, {})
        )


def sign(caller: Caller, placement_id: str, parties: Iterable[str] = PARTIES) -> None:
    for party in parties:
        body = {"party": party, "signedOn": "2018-02-20"}
        register(caller, f"/placements/{placement_id}/signatures", body)


def move(caller: Caller, placement_id: str, to: str, on: str, **more: Any) -> Json:
    body = {"to": to, "on": on} | more
    return register(caller, f"/placements/{placement_id}/transitions", body)
