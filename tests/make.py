"""Rows for tests: each function makes one valid row, and a test overrides what it is about.

People, companies and numbers are invented; organisation numbers have a right check digit.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlmodel import Session

from app.models.candidates import Candidate
from app.models.clauses import Clause, ClauseTerms, ClauseVersion
from app.models.contracts import Contract
from app.models.gate_checks import GateCheck
from app.models.keys import Role
from app.models.organisations import Organisation
from app.models.placement_outcomes import PlacementOutcome
from app.models.placement_signatures import PARTIES, PlacementSignature
from app.models.placements import Placement, PlacementMove
from app.models.programmes import OwnProgramme
from app.models.rows import Row
from app.models.slots import Slot
from app.models.suppliers import Supplier
from app.models.values import Demands, Extent, Occupation, Wish
from app.reference.programmes import GATES
from app.services.ground.permissions import Actor
from app.services.registers.keys import create_key, create_organisation
from app.settings import Settings

Made = TypeVar("Made", bound=Row)

PEPPER = "a pepper for tests only"
COMPANY_NUMBERS = ("5560000167", "5560360793", "5560125790", "5565200028", "5561234567")

# Digits at random would now and then read as an identity number.
LETTERS = str.maketrans("0123456789", "ghijklmnop")


@lru_cache
def make_settings(database_url: str) -> Settings:
    """Settings with which tests in 2018 may note what began then."""
    return Settings(database_url=database_url, secret=PEPPER, backdating_days=36_500)


def make_organisation(session: Session, name: str = "Östersunds kommun") -> Organisation:
    return create_organisation(session, name)


def make_shown_key(session: Session, organisation_id: UUID, role: Role = Role.ADMIN) -> str:
    return create_key(session, PEPPER, organisation_id, role)


def make_actor(session: Session, role: Role = Role.ADMIN, **overrides: Any) -> Actor:
    """An actor of a new organisation, unless the overrides name one."""
    organisation_id = overrides.pop("organisation_id", None) or make_organisation(session).id
    shown = make_shown_key(session, organisation_id, role)
    return Actor(organisation_id, UUID(shown.split("_")[1]), role, **overrides)


def make_supplier(
    session: Session, actor: Actor, gates: Iterable[str] = tuple(GATES), **overrides: Any
) -> Supplier:
    """A supplier that has passed every check, or only those of these gates."""
    values = {
        "name": "Exempelbygg i Jämtland AB",
        "organisation_number": COMPANY_NUMBERS[0],
    }
    supplier = _add(session, Supplier, actor, values | overrides)
    for gate in gates:
        make_gate_check(session, actor, supplier.id, gate)
    return supplier


def make_contract(session: Session, actor: Actor, **overrides: Any) -> Contract:
    if "supplier_id" not in overrides:
        overrides["supplier_id"] = make_supplier(session, actor).id
    values = {
        "reference": f"KS 2017/{uuid4().hex[:8].translate(LETTERS)}",
        "title": "Ombyggnad av Palmcrantzskolan",
        "cpv_code": "45214200-2",
        "municipality_code": "2380",
        "value_sek": 45_000_000,
        "start_date": date(2018, 3, 1),
        "end_date": date(2019, 6, 30),
    }
    return _add(session, Contract, actor, values | overrides)


def make_clause(session: Session, actor: Actor, **overrides: Any) -> Clause:
    if "contract_id" not in overrides:
        overrides["contract_id"] = make_contract(session, actor).id
    values = {
        "kind": "internship",
        "places": 4,
        "minimum_months": 4,
        "responsible": "Upphandlingsenheten",
        "next_follow_up_date": date(2018, 6, 1),
        "purpose": "Fyra personer långt från arbete får pröva på byggbranschen.",
    }
    clause = _add(session, Clause, actor, values | overrides)
    terms = {name: getattr(clause, name) for name in ClauseTerms.model_fields}
    _add(session, ClauseVersion, actor, terms | {"clause_id": clause.id, "number": 1})
    return clause


def make_slot(session: Session, actor: Actor, **overrides: Any) -> Slot:
    if "supplier_id" not in overrides:
        overrides["supplier_id"] = make_supplier(session, actor).id
    values = {
        "title": "Snickare",
        "occupation": Occupation(ssyk="7111"),
        "places": 2,
        "earliest_start": date(2018, 3, 1),
        "latest_start": date(2018, 9, 1),
        "end_date": date(2019, 6, 30),
        "extent_percent": Extent(min=50, max=100),
        "municipality_code": "2380",
        "required": Demands(),
        "preferred": Demands(),
    }
    return _add(session, Slot, actor, values | overrides)


def make_candidate(session: Session, actor: Actor, **overrides: Any) -> Candidate:
    values = {
        "reference": f"AF-{uuid4().hex[:8]}",
        "occupations": [Wish(ssyk="7111")],
        "municipality_code": "2380",
        "maximum_distance_km": 40,
        "available_from": date(2018, 2, 1),
        "extent_percent": Extent(min=50, max=100),
        "programmes": [{"code": "arbetspraktik", "maximum_months": 6}],
        "waiting_since": date(2016, 1, 15),
        "agreed_to_be_proposed": True,
    }
    return _add(session, Candidate, actor, values | overrides)


def make_placement(session: Session, actor: Actor, **overrides: Any) -> Placement:
    if "slot_id" not in overrides:
        overrides["slot_id"] = make_slot(session, actor).id
    if "candidate_id" not in overrides:
        overrides["candidate_id"] = make_candidate(session, actor).id
    values = {
        "start_date": date(2018, 3, 1),
        "end_date": date(2018, 6, 30),
        "programme": "arbetspraktik",
        "reason": "good-fit",
        "key_id": actor.key_id,
    }
    return _add(session, Placement, actor, values | overrides)


def make_signatures(session: Session, actor: Actor, placement_id: UUID, signed_on: date) -> None:
    """The signatures of all three parties."""
    for party in PARTIES:
        values = {"placement_id": placement_id, "party": party, "signed_on": signed_on}
        _add(session, PlacementSignature, actor, values | {"key_id": actor.key_id})


def make_move(
    session: Session, actor: Actor, placement_id: UUID, to: str, on: date, **overrides: Any
) -> PlacementMove:
    """A stored move, whether or not the table of moves allows it."""
    values = {"placement_id": placement_id, "origin": "planned", "to": to, "on": on}
    return _add(session, PlacementMove, actor, values | {"key_id": actor.key_id} | overrides)


def make_outcome(
    session: Session,
    actor: Actor,
    placement_id: UUID,
    outcome: str,
    on: date,
    after_months: int = 0,
) -> PlacementOutcome:
    values = {"placement_id": placement_id, "outcome": outcome, "on": on}
    more = {"after_months": after_months, "key_id": actor.key_id}
    return _add(session, PlacementOutcome, actor, values | more)


def make_gate_check(
    session: Session, actor: Actor, supplier_id: UUID, gate: str, **overrides: Any
) -> GateCheck:
    """A passed check that holds as long as tests need."""
    about: dict[str, dict[str, Any]] = {
        "union-consulted": {"asked_on": date(2017, 1, 1), "answered_on": date(2017, 1, 1)},
        "no-displacement": {"interns": 2, "employees": 20},
    }
    values: dict[str, Any] = {
        "supplier_id": supplier_id,
        "gate": gate,
        "outcome": "passed",
        "checked_on": date(2017, 1, 1),
        "valid_until": date(2100, 12, 31),
        "key_id": actor.key_id,
    }
    return _add(session, GateCheck, actor, values | about.get(gate, {}) | overrides)


def make_programme(session: Session, actor: Actor, code: str, **overrides: Any) -> OwnProgramme:
    """A programme of the organisation's own that asks for no check and has no longest time."""
    values: dict[str, Any] = {
        "code": code,
        "name": "Kommunens egen insats",
        "english": "The municipality's own programme",
        "kind": "internship",
        "gates": [],
        "valid_from": date(2016, 1, 1),
    }
    return _add(session, OwnProgramme, actor, values | overrides)


def _add(session: Session, model: type[Made], actor: Actor, values: dict[str, Any]) -> Made:
    row = model.model_validate(values | {"organisation_id": actor.organisation_id})
    session.add(row)
    session.flush()
    return row
