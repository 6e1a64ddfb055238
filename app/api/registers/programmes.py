from typing import Annotated, ClassVar

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.api.http import Call, GuardedRoute, Listing, Output, Page, needs
from app.models.values import Day
from app.reference.programmes import GATES, PROGRAMMES, Gate, Programme
from app.services.ground import may_read_programmes

router = APIRouter(route_class=GuardedRoute, tags=["programmes"])


class GateOutput(Output):
    """One thing that is checked of an employer. `validMonths` null: until the check says else."""

    code: str
    name: str
    valid_months: int | None
    source: str


class ProgrammeOutput(Output):
    """`longestMonths` null: no limit is known here, only the person's own clearance."""

    example: ClassVar = {
        "code": "arbetspraktik",
        "name": "Arbetspraktik",
        "validFrom": "2000-08-01",
        "validTo": None,
        "longestMonths": 6,
        "gates": [
            {
                "code": "union-consulted",
                "name": "Facket har fått yttra sig",
                "validMonths": 12,
                "source": "Handslags domänbeskrivning, avsnitt 4: fråga, svar eller utgången "
                "svarstid",
            }
        ],
        "source": "Förordning (2000:634) 7 §, äldre lydelse: högst sex månader i allt för en "
        "anvisning",
        "note": "Kontrollera gällande lydelse.",
    }

    code: str
    name: str
    valid_from: Day
    valid_to: Day | None
    longest_months: int | None
    gates: list[GateOutput]
    source: str
    note: str


@router.get("/programmes", response_model=Page[ProgrammeOutput], summary="List programmes")
@needs(may_read_programmes)
def list_programmes(
    call: Listing,
    as_of: Annotated[
        Day | None, Query(alias="asOf", description="Only what holds on this day.")
    ] = None,
) -> Response:
    """Dated reference data: what carries a placement, how long, and what an employer must pass.

    A programme that is not listed is accepted everywhere; nothing is known of it, so no check and
    no longest time applies.
    """
    held = [one for one in PROGRAMMES if as_of is None or one.holds_on(as_of)]
    return call.answer_items([_shown(call, one) for one in call.cut_page(held)], len(held))


def _shown(call: Call, programme: Programme) -> ProgrammeOutput:
    return ProgrammeOutput(
        code=programme.code,
        name=_name(call, programme),
        valid_from=programme.valid_from,
        valid_to=programme.valid_to,
        longest_months=programme.longest_months,
        gates=[
            GateOutput(
                code=code,
                name=_name(call, GATES[code]),
                valid_months=GATES[code].valid_months,
                source=GATES[code].source,
            )
            for code in programme.gates
        ],
        source=programme.source,
        note=programme.note,
    )


def _name(call: Call, one: Programme | Gate) -> str:
    return one.name if call.language == "sv" else one.english
