from typing import Annotated, ClassVar

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    CandidateId,
    Changing,
    GuardedRoute,
    Input,
    Listing,
    Page,
    Patch,
    Reading,
    StoredOutput,
    Storing,
    needs,
    patched,
    stored_example,
)
from app.models.candidates import Candidate, CandidateFields
from app.models.values import MunicipalityCode, Reference
from app.services.ground import may_match
from app.services.registers import candidates
from app.services.runs import forgetting

router = APIRouter(route_class=GuardedRoute, tags=["candidates"])

EXAMPLE = {
    "reference": "AF-000123",
    "occupations": [{"ssyk": "9310", "conceptId": None}, {"ssyk": "71", "conceptId": None}],
    "skills": ["formsattning"],
    "languages": [{"code": "sv", "level": 2}],
    "drivingLicences": ["B"],
    "certificates": [],
    "municipalityCode": "2380",
    "position": None,
    "maximumDistanceKm": 40,
    "availableFrom": "2018-02-01",
    "availableTo": None,
    "extentPercent": {"min": 50, "max": 100},
    "neededAdaptations": ["step-free-entrance"],
    "targetGroups": [{"code": "long-term-unemployed", "validTo": None}],
    "programmes": [{"code": "arbetspraktik", "maximumMonths": 6}],
    "waitingSince": "2016-01-15",
    "avoidedSupplierIds": [],
    "agreedToBeProposed": True,
}


class CandidateInput(CandidateFields, Input):
    """A person who may be placed, known by a pseudonym."""

    example: ClassVar = EXAMPLE


class CandidateOutput(CandidateFields, StoredOutput):
    """A person who may be placed, as stored."""

    example: ClassVar = stored_example("candidates", EXAMPLE)


@router.post(
    "/candidates", status_code=201, response_model=CandidateOutput, summary="Register a candidate"
)
@needs(may_match)
def register_candidate(body: CandidateInput, call: Storing) -> Response:
    """A person who may be placed, under a reference from the caseworker's own system.

    Send no name, identity number, diagnosis, nationality, sex or age. Occupations stand in order
    of wish; without a programme the person is cleared for nothing yet and is not proposed. Without
    a position no slot in the person's own municipality is too far.
    """

    def register(session: Session) -> Response:
        candidate = candidates.register_candidate(session, call.actor, body)
        return call.created(call.show(CandidateOutput, candidate), candidate.version)

    return call.store(body, register)


@router.get("/candidates", response_model=Page[CandidateOutput], summary="List candidates")
@needs(may_match)
def list_candidates(
    call: Listing,
    reference: Annotated[
        Reference | None, Query(description="Only the candidate with this reference.")
    ] = None,
    municipality_code: Annotated[
        MunicipalityCode | None,
        Query(alias="municipalityCode", description="Only candidates of this municipality."),
    ] = None,
) -> Response:
    """The organisation's candidates, oldest first.

    Nobody can be searched or sorted by skills, adaptations or target groups.
    """
    query = candidates.select_visible_candidates(call.actor, reference, municipality_code)
    with call.reading() as session:
        return call.answer(session, query, lambda row: call.show(CandidateOutput, row))


@router.get("/candidates/{candidateId}", response_model=CandidateOutput, summary="Read a candidate")
@needs(may_match)
def read_candidate(candidate_id: CandidateId, call: Reading) -> Response:
    """One candidate, with its version as ETag."""
    with call.reading() as session:
        candidate = call.find(session, Candidate, candidate_id)
        return call.single(call.show(CandidateOutput, candidate), candidate.version)


@router.patch(
    "/candidates/{candidateId}", response_model=CandidateOutput, summary="Change a candidate"
)
@needs(may_match)
def change_candidate(candidate_id: CandidateId, body: Patch, call: Changing) -> Response:
    """A merge patch: what is sent replaces what was there, lists as a whole."""
    with call.writing() as session:
        candidate = call.find_for_change(session, Candidate, candidate_id)
        wanted = patched(candidate, CandidateInput, body)
        candidates.change_candidate(session, call.actor, candidate, wanted)
        return call.single(call.show(CandidateOutput, candidate), candidate.version)


@router.delete("/candidates/{candidateId}", status_code=204, summary="Delete a candidate")
@needs(may_match)
def delete_candidate(candidate_id: CandidateId, call: Changing) -> Response:
    """Possible while there is no decision and no placement.

    The person also leaves the input of earlier match runs, which then say `redacted`, and the
    values kept in events.
    """
    with call.reading() as session:
        candidate = call.find(session, Candidate, candidate_id)
        call.check_version(candidate)
        left = forgetting.prepare_deletion(session, call.actor, candidate)
    with call.writing() as session:
        candidate = call.find_for_change(session, Candidate, candidate_id)
        forgetting.delete_candidate(session, call.actor, candidate, left)
    call.state.database.overwrite_deleted()
    return call.deleted()
