from fastapi import APIRouter
from fastapi.responses import Response

from app.api.http import AsOf, ContractId, GuardedRoute, Reading, needs
from app.api.reports.ocds_release import release_of
from app.api.reports.ocds_shapes import ReleaseOutput
from app.services.ground import may_read_fulfilment
from app.services.reports.milestones import read_milestones

router = APIRouter(route_class=GuardedRoute, tags=["reports"])


@router.get(
    "/contracts/{contractId}/ocds",
    response_model=ReleaseOutput,
    response_model_exclude_none=True,
    summary="Read a contract as an OCDS release",
)
@needs(may_read_fulfilment)
def read_contract_release(contract_id: ContractId, call: Reading, as_of: AsOf = None) -> Response:
    """One release of the Open Contracting Data Standard 1.1, as of the day asked for.

    Its `id` stands for its content and that day, and `date` is the day's beginning in Sweden: asked
    for again, it is the same release.

    Each clause is a milestone of the contract's implementation, due when the contract ends; its
    reports are others, where the clause sets days for them, and so is its first start, unless its
    call-offs have that. The sustainability extension says what the clauses are for; name it among
    the extensions of the package that you publish. The prefix of `ocid` is a setting: register one
    with the Open Contracting Partnership before publishing. Nothing in a release is about a person.
    """
    day = as_of or call.today()
    with call.reading() as session:
        found = read_milestones(session, call.actor, contract_id, day)
        shown = release_of(found, call.state.ocid_prefix, day, call.language)
    return call.computed(shown, without_nulls=True)
