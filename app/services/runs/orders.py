"""What a caller asks of a run, and the check that all of it belongs to the organisation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from app.errors import FieldError, Invalid
from app.models.candidates import Candidate
from app.models.contracts import Contract
from app.models.policies import Policy
from app.models.slots import Slot
from app.models.values import PairReference
from app.services.engine.values import PairIds
from app.services.ground import Actor, find_named
from app.services.registers.policies import newest_policy

Json = dict[str, Any]

SHARED = "has a reference that reads as another's: change one of the two first"


@dataclass(frozen=True)
class RunOrder:
    """What a caller asks of a run."""

    as_of: date
    policy_id: UUID | None
    contract_ids: list[UUID] | None
    pins: Sequence[PairReference]
    forbidden: Sequence[PairReference]


@dataclass(frozen=True)
class Scope:
    """What a run covers: the day it is for, and the contracts it is narrowed to, if any."""

    as_of: date
    contract_ids: Collection[UUID] | None = None
    pins: Sequence[PairIds] = ()
    forbidden: Sequence[PairIds] = ()


def check_order(session: Session, actor: Actor, order: RunOrder) -> tuple[Policy, Scope]:
    """The rows that the order names; Invalid where the organisation does not have one of them."""
    policy = (
        find_named(session, actor, Policy, order.policy_id, "policyId")
        if order.policy_id
        else newest_policy(session, actor)
    )
    for number, contract_id in enumerate(order.contract_ids or ()):
        find_named(session, actor, Contract, contract_id, f"contractIds/{number}")
    scope = Scope(
        order.as_of,
        None if order.contract_ids is None else set(order.contract_ids),
        _checked_pairs(session, actor, "pins", order.pins),
        _checked_pairs(session, actor, "forbidden", order.forbidden),
    )
    return policy, scope


def order_values(order: RunOrder, policy_id: UUID) -> Json:
    """The order by the names of the run's columns."""
    return {
        "as_of": order.as_of,
        "policy_id": policy_id,
        "contract_ids": order.contract_ids,
        "pins": list(order.pins),
        "forbidden": list(order.forbidden),
    }


def _own(session: Session, actor: Actor, model: Any) -> dict[UUID, str | None]:
    """The organisation's rows, each with the reference that it shares, if it does."""
    rows = select(model.id, model.shared_reference)
    return dict(session.exec(rows.where(model.organisation_id == actor.organisation_id)).all())


def _checked_pairs(
    session: Session, actor: Actor, field: str, pairs: Sequence[PairReference]
) -> list[tuple[str, str]]:
    people = _own(session, actor, Candidate) if pairs else {}
    slots = _own(session, actor, Slot) if pairs else {}
    wrong = []
    for number, pair in enumerate(pairs):
        for name, row_id, own in (
            ("candidateId", pair.candidate_id, people),
            ("slotId", pair.slot_id, slots),
        ):
            where = f"#/{field}/{number}/{name}"
            if row_id not in own:
                wrong.append(FieldError(where, f"names no {name.removesuffix('Id')}"))
            elif own[row_id] is not None and field == "pins":
                wrong.append(FieldError(where, SHARED))
    if wrong:
        raise Invalid(*wrong)
    return [(str(pair.candidate_id), str(pair.slot_id)) for pair in pairs]
