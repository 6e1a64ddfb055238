"""Who may do what: each rule is a small function of an actor, and its docstring is the rule."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app.models.roles import Role


@dataclass(frozen=True)
class Actor:
    """A calling system, and the person it says that it acts for."""

    organisation_id: UUID
    key_id: UUID
    role: Role
    caseworker: str | None = None


Permission = Callable[[Actor], bool]


def may_match(actor: Actor) -> bool:
    """Caseworkers and admins read and write candidates, runs, proposals and pairs."""
    return actor.role in {Role.CASEWORKER, Role.ADMIN}


def may_decide(actor: Actor) -> bool:
    """Caseworkers and admins decide on proposals and place outside runs."""
    return actor.role in {Role.CASEWORKER, Role.ADMIN}


def may_read_decisions(actor: Actor) -> bool:
    """Caseworkers, auditors and admins read decisions; procurement does not."""
    return actor.role in {Role.CASEWORKER, Role.AUDITOR, Role.ADMIN}


def may_read_placements(actor: Actor) -> bool:
    """Every role reads placements; procurement sees them without the candidate."""
    return actor.role in set(Role)


def may_move_placements(actor: Actor) -> bool:
    """Caseworkers and admins move placements, and note signatures, attendance and outcomes."""
    return actor.role in {Role.CASEWORKER, Role.ADMIN}


def may_read_follow_up(actor: Actor) -> bool:
    """Caseworkers, auditors and admins read attendance and outcomes: each is about one person, so
    procurement sees them only as sums in reports."""
    return actor.role in {Role.CASEWORKER, Role.AUDITOR, Role.ADMIN}


def may_see_candidate_of_placement(actor: Actor) -> bool:
    """Every role but procurement sees who a placement is for."""
    return actor.role != Role.PROCUREMENT


def may_read_contracts(actor: Actor) -> bool:
    """Every role reads suppliers, contracts, clauses and slots."""
    return actor.role in set(Role)


def may_write_contracts(actor: Actor) -> bool:
    """Procurement and admins write suppliers, contracts, clauses and slots."""
    return actor.role in {Role.PROCUREMENT, Role.ADMIN}


def may_read_gate_checks(actor: Actor) -> bool:
    """Every role reads the checks of employers."""
    return actor.role in set(Role)


def may_record_gate_checks(actor: Actor) -> bool:
    """Caseworkers, procurement and admins record checks of employers: who places a person asks the
    union, and who holds the contract asks for papers. Auditors only read."""
    return actor.role in {Role.CASEWORKER, Role.PROCUREMENT, Role.ADMIN}


def may_read_programmes(actor: Actor) -> bool:
    """Every role reads programmes and their gates."""
    return actor.role in set(Role)


def may_write_programmes(actor: Actor) -> bool:
    """Admins register programmes and gates: they say what is checked of every employer."""
    return actor.role == Role.ADMIN


def may_read_fulfilment(actor: Actor) -> bool:
    """Every role reads fulfilment."""
    return actor.role in set(Role)


def may_read_tasks(actor: Actor) -> bool:
    """Every role reads what is due; proposals among it are for those who may read proposals."""
    return actor.role in set(Role)


def may_read_policies(actor: Actor) -> bool:
    """Every role reads policies."""
    return actor.role in set(Role)


def may_write_policies(actor: Actor) -> bool:
    """Admins add policies."""
    return actor.role == Role.ADMIN


def may_read_events(actor: Actor) -> bool:
    """Auditors and admins read events."""
    return actor.role in {Role.AUDITOR, Role.ADMIN}


def may_manage_keys(actor: Actor) -> bool:
    """Admins make, list and revoke keys."""
    return actor.role == Role.ADMIN
