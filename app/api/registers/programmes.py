from collections.abc import Mapping
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    Call,
    GuardedRoute,
    Input,
    Listing,
    Output,
    Page,
    ProgrammeId,
    Reading,
    StoredOutput,
    Storing,
    needs,
    stored_example,
)
from app.api.registers.gates import GateOutput, shown_gate
from app.models.programmes import OwnProgramme, ProgrammeFields
from app.models.values import Day
from app.reference.programmes import CountsPer, Gate, Programme, ProgrammeKind
from app.services.ground import may_read_programmes, may_write_programmes, read_known_programmes
from app.services.registers import programmes

router = APIRouter(route_class=GuardedRoute, tags=["programmes"])

EXAMPLE: dict[str, Any] = {
    "code": "kommunal-praktik",
    "name": "Kommunal praktik",
    "english": "Municipal work practice",
    "kind": "internship",
    "longestMonths": 6,
    "countsPer": "person",
    "gates": ["registered-employer", "no-business-ban", "union-consulted"],
    "validFrom": "2018-01-01",
}


class ProgrammeInput(ProgrammeFields, Input):
    """A programme of the organisation's own."""

    example: ClassVar = EXAMPLE


class OwnProgrammeOutput(ProgrammeFields, StoredOutput):
    """A programme of the organisation's own, as stored. It is never changed."""

    example: ClassVar = stored_example("programmes", EXAMPLE)


class ProgrammeOutput(Output):
    """`longestMonths` null: no limit is known here, only the person's own clearance. `id`: the
    organisation's own has one; reference data has `source` and `note` instead."""

    example: ClassVar = {
        "id": None,
        "code": "arbetspraktik",
        "name": "Arbetspraktik",
        "kind": "internship",
        "validFrom": "2000-08-01",
        "validTo": None,
        "longestMonths": 6,
        "countsPer": "person-and-instruction",
        "gates": [GateOutput.example],
        "source": "Förordning (2000:634) 7 §, äldre lydelse: högst sex månader i allt för en "
        "anvisning",
        "note": "Kontrollera gällande lydelse.",
    }

    id: UUID | None
    """The id of an organisation's own programme. Null: it is of the reference data."""
    code: str
    """The programme, as candidates and placements name it."""
    name: str
    """The programme in the language of the answer."""
    kind: ProgrammeKind
    """What the programme is: an internship or an employment."""
    valid_from: Day
    """The first day on which this holds."""
    valid_to: Day | None
    """The last day on which this holds. Null: no end is known."""
    longest_months: int | None
    """The longest time in all, in months. Null: no limit is known here, only the person's own
    clearance."""
    counts_per: CountsPer
    """Over what the longest time is counted."""
    gates: list[GateOutput]
    """What an employer must have passed before a placement starts."""
    source: str | None
    """The rule that it follows. Null: the organisation's own programme."""
    note: str | None
    """What else to know of it. Null: the organisation's own programme."""


@router.post(
    "/programmes",
    status_code=201,
    response_model=OwnProgrammeOutput,
    summary="Register a programme",
)
@needs(may_write_programmes)
def register_programme(body: ProgrammeInput, call: Storing) -> Response:
    """A programme of the organisation's own, with what is checked of its employers.

    From then on people can be cleared for it and placed in it, from `validFrom` on. An entry is
    never changed: another one under its code takes its place from its own `validFrom` on. A code of
    the reference data, or one that reads like another code, is 409 `already-exists`; a gate that is
    neither in the reference data nor registered is 422. Match runs, bookings and starts keep to
    `gates` and `longestMonths`; `kind` and `countsPer` are stored and shown for now.
    """

    def register(session: Session) -> Response:
        programme = programmes.register_programme(session, call.actor, body)
        return call.created(call.show(OwnProgrammeOutput, programme), programme.version)

    return call.store(body, register)


@router.get("/programmes", response_model=Page[ProgrammeOutput], summary="List programmes")
@needs(may_read_programmes)
def list_programmes(
    call: Listing,
    as_of: Annotated[
        Day | None, Query(alias="asOf", description="Only what holds on this day.")
    ] = None,
) -> Response:
    """What carries a placement, how long, and what an employer must pass: dated reference data,
    then what the organisation has registered of its own.

    A code that is not listed is no programme: it is refused with what was probably meant. On a day
    when a programme is not in force nobody is proposed, booked or started in it.
    """
    with call.reading() as session:
        known = read_known_programmes(session, call.actor)
    held = [one for one in known.programmes if as_of is None or one.holds_on(as_of)]
    items = [_shown(call, one, known.gates) for one in call.cut_page(held)]
    return call.answer_items(items, len(held))


@router.get(
    "/programmes/{programmeId}", response_model=OwnProgrammeOutput, summary="Read a programme"
)
@needs(may_read_programmes)
def read_programme(programme_id: ProgrammeId, call: Reading) -> Response:
    """One programme that the organisation has registered."""
    with call.reading() as session:
        programme = call.find(session, OwnProgramme, programme_id)
        return call.single(call.show(OwnProgrammeOutput, programme), programme.version)


def _shown(call: Call, programme: Programme, gates: Mapping[str, Gate]) -> ProgrammeOutput:
    return ProgrammeOutput(
        id=programme.id,
        code=programme.code,
        name=programme.name if call.language == "sv" else programme.english,
        kind=programme.kind,
        valid_from=programme.valid_from,
        valid_to=programme.valid_to,
        longest_months=programme.longest_months,
        counts_per=programme.counts_per,
        gates=[shown_gate(call, gates[code]) for code in programme.gates if code in gates],
        source=programme.source,
        note=programme.note,
    )
