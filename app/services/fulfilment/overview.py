"""Fulfilment of many clauses: those of a contract and its call-offs, or of the organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.clauses import Clause
from app.models.contracts import Contract
from app.services.fulfilment.balance import required_quantity
from app.services.fulfilment.reading import read_fulfilments
from app.services.fulfilment.verdict import WORST_FIRST, Fulfilment, Verdict, worst
from app.services.ground import Actor, find, select_visible

PARTS = ("delivered", "credited", "active", "booked", "missing")


@dataclass(frozen=True)
class FulfilmentFilter:
    """What a list of fulfilments may be narrowed to."""

    verdict: Verdict | None = None
    responsible: str | None = None
    contract_id: UUID | None = None


@dataclass(frozen=True)
class Sum:
    """What clauses counted in the same unit ask and have, together. `surplus` is what some have
    beyond what they ask; it does not fill what others miss."""

    required: Decimal
    delivered: Decimal
    credited: Decimal
    active: Decimal
    booked: Decimal
    missing: Decimal
    surplus: Decimal


@dataclass(frozen=True)
class ContractFulfilment:
    """`verdict` is that of the worst clause, None without any; a framework's include call-offs'."""

    contract: Contract
    as_of: date
    known_at: datetime | None
    verdict: Verdict | None
    places: Sum | None
    full_time_months: Sum | None
    clauses: Sequence[Fulfilment]


def read_contract_fulfilment(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    as_of: date,
    known_at: datetime | None = None,
) -> ContractFulfilment:
    contract = find(session, actor, Contract, contract_id)
    clauses = select_visible(Clause, actor).where(_of_contract(actor, contract.id))
    found = _in_order(read_fulfilments(session, actor, clauses, as_of, known_at))
    verdicts = [one.verdict for one in found]
    return ContractFulfilment(
        contract=contract,
        as_of=as_of,
        known_at=known_at,
        verdict=worst(verdicts) if verdicts else None,
        places=_sum([one for one in found if one.terms.places is not None]),
        full_time_months=_sum([one for one in found if one.terms.full_time_months is not None]),
        clauses=found,
    )


def read_all_fulfilments(
    session: Session,
    actor: Actor,
    wanted: FulfilmentFilter,
    as_of: date,
    known_at: datetime | None = None,
) -> list[Fulfilment]:
    """The fulfilments, the worst first; among equals, the one to be followed up soonest."""
    clauses: SelectOfScalar[Clause] = select_visible(Clause, actor)
    if wanted.contract_id is not None:
        clauses = clauses.where(_of_contract(actor, wanted.contract_id))
    return [
        one
        for one in _in_order(read_fulfilments(session, actor, clauses, as_of, known_at))
        if wanted.verdict in (None, one.verdict)
        and wanted.responsible in (None, one.clause.responsible)
    ]


def _of_contract(actor: Actor, contract_id: UUID) -> Any:
    call_offs = select(Contract.id).where(
        Contract.organisation_id == actor.organisation_id,
        Contract.framework_contract_id == contract_id,
    )
    return or_(col(Clause.contract_id) == contract_id, col(Clause.contract_id).in_(call_offs))


def _in_order(found: Sequence[Fulfilment]) -> list[Fulfilment]:
    def urgency(one: Fulfilment) -> tuple[int, date, str, UUID]:
        rank = WORST_FIRST.index(one.verdict)
        return rank, one.clause.next_follow_up_date, one.contract.reference, one.clause.id

    return sorted(found, key=urgency)


def _sum(found: Sequence[Fulfilment]) -> Sum | None:
    if not found:
        return None
    required = Decimal(sum(required_quantity(one.terms) or 0 for one in found))
    parts = {name: sum((getattr(one.balance, name) for one in found), Decimal(0)) for name in PARTS}
    explained = parts["delivered"] + parts["active"] + parts["booked"] + parts["missing"]
    return Sum(required, **parts, surplus=explained - required)
