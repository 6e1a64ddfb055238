from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    GuardedRoute,
    Input,
    Listing,
    Page,
    PolicyId,
    Reading,
    StoredOutput,
    Storing,
    needs,
    stored_example,
)
from app.models.policies import Policy, PolicyFields
from app.services.ground import may_read_policies, may_write_policies
from app.services.registers import policies

router = APIRouter(route_class=GuardedRoute, tags=["policies"])

EXAMPLE = {
    "name": "Östersund 2018",
    "weights": {"occupation": 300, "skills": 250, "distance": 200, "waiting": 150, "fit": 100},
    "occupationDigits": 3,
    "placementsBeforePoints": False,
    "signedBy": "Arbetsmarknadsnämnden",
    "reason": "Yrkesönskan väger tyngst, enligt nämndens beslut.",
}


class PolicyInput(PolicyFields, Input):
    """The rules and weights of matching, set by people."""

    example: ClassVar = EXAMPLE


class PolicyOutput(PolicyFields, StoredOutput):
    """A version of the policy. It is never changed."""

    example: ClassVar = stored_example("policies", EXAMPLE | {"number": 2})

    number: int
    """The version's number, from 1. The highest is the default of match runs."""


@router.post(
    "/policies", status_code=201, response_model=PolicyOutput, summary="Add a policy version"
)
@needs(may_write_policies)
def add_policy_version(body: PolicyInput, call: Storing) -> Response:
    """The rules and weights of matching, signed by a person.

    The weights sum to 1 000. A version is never changed; the newest, with the highest number, is
    the default of match runs that name none.
    """

    def add(session: Session) -> Response:
        policy = policies.add_policy_version(session, call.actor, body)
        return call.created(call.show(PolicyOutput, policy), policy.version)

    return call.store(body, add)


@router.get("/policies", response_model=Page[PolicyOutput], summary="List policy versions")
@needs(may_read_policies)
def list_policies(call: Listing) -> Response:
    """Every version, oldest first; the last one is the default."""
    query = policies.select_visible_policies(call.actor)
    with call.reading() as session:
        return call.answer(session, query, lambda row: call.show(PolicyOutput, row))


@router.get("/policies/{policyId}", response_model=PolicyOutput, summary="Read a policy version")
@needs(may_read_policies)
def read_policy(policy_id: PolicyId, call: Reading) -> Response:
    """One version of the policy."""
    with call.reading() as session:
        policy = call.find(session, Policy, policy_id)
        return call.single(call.show(PolicyOutput, policy), policy.version)
