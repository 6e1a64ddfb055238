"""Facts of a clause for tests of its verdict, without a database."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from app.models.clauses import Clause, ClauseTerms, ClauseVersion
from app.models.contracts import Contract
from app.models.follow_ups import FollowUp
from app.models.placements import EndedBy, PlacementStatus
from app.services.fulfilment.facts import ClauseFacts, MoveFact, PlacementFact, SlotFact
from app.services.fulfilment.verdict import Fulfilment, fulfilment_of

ORGANISATION, SUPPLIER, SLOT, KEY = (uuid4() for _ in range(4))
BEGUN, ENDS = date(2018, 3, 1), date(2019, 6, 30)
SPRING = (date(2018, 4, 1), date(2018, 7, 31))
CONTRACT = Contract(
    organisation_id=ORGANISATION,
    reference="KS 2017/0412",
    title="Ombyggnad av Palmcrantzskolan",
    supplier_id=SUPPLIER,
    cpv_code="45214200-2",
    municipality_code="2380",
    start_date=BEGUN,
    end_date=ENDS,
)
DIALOGUE = {"kind": "dialogue", "places": None, "minimum_months": None}
MONTHS = {"places": None, "minimum_months": None, "full_time_months": 2}


def clause(**terms: Any) -> Clause:
    values = {
        "organisation_id": ORGANISATION,
        "contract_id": CONTRACT.id,
        "kind": "internship",
        "places": 1,
        "minimum_months": 4,
        "responsible": "Upphandlingsenheten",
        "next_follow_up_date": date(2018, 6, 1),
    }
    return Clause.model_validate(values | terms)


def version(of: Clause, number: int = 1, since: date | None = None, **terms: Any) -> ClauseVersion:
    values = {name: getattr(of, name) for name in ClauseTerms.model_fields} | terms
    own = {"organisation_id": ORGANISATION, "clause_id": of.id, "number": number}
    return ClauseVersion.model_validate(values | own | {"effective_from": since})


def placed(
    start: date = SPRING[0],
    end: date = SPRING[1],
    *,
    started: date | None = None,
    completed: date | None = None,
    ended: tuple[date, EndedBy] | None = None,
    reason: str | None = None,
    cancelled: date | None = None,
    extent: int | None = None,
    extends: UUID | None = None,
) -> PlacementFact:
    """A placement with its moves; planned where none are given."""
    moves = []
    if started:
        moves += [MoveFact(PlacementStatus.READY, start), MoveFact(PlacementStatus.ACTIVE, started)]
    if completed:
        moves.append(MoveFact(PlacementStatus.COMPLETED, completed))
    if ended:
        moves.append(MoveFact(PlacementStatus.ENDED_EARLY, *ended, reason))
    if cancelled:
        moves.append(MoveFact(PlacementStatus.CANCELLED, cancelled, reason="candidate-declined"))
    return PlacementFact(
        id=uuid4(),
        slot_id=SLOT,
        start_date=start,
        end_date=end,
        extent_percent=extent,
        extends_placement_id=extends,
        moves=tuple(moves),
    )


def done(start: date = SPRING[0], end: date = SPRING[1], **more: Any) -> PlacementFact:
    """Moves of a placement that lasted from its first agreed day to its last."""
    return placed(start, end, started=start, completed=end, **more)


def cut(last: date, by: EndedBy = "participant", **more: Any) -> PlacementFact:
    """Moves of a placement that began as agreed and ended before its time."""
    start = more.pop("start", SPRING[0])
    return placed(start, started=start, ended=(last, by), **more)


def note(kind: str, on: date, **more: Any) -> FollowUp:
    values = {"organisation_id": ORGANISATION, "clause_id": uuid4(), "key_id": KEY, "text": "Skäl."}
    return FollowUp.model_validate(values | {"kind": kind, "on": on} | more)


def case(
    *placements: PlacementFact,
    follow_ups: Sequence[FollowUp] = (),
    extent: tuple[int, int] = (50, 100),
    versions: Sequence[ClauseVersion] = (),
    **terms: Any,
) -> ClauseFacts:
    own = clause(**terms)
    return ClauseFacts(
        clause=own,
        contract=CONTRACT,
        versions=versions or [version(own)],
        slots={
            SLOT: SlotFact(SUPPLIER, 2, *extent, latest_start=ENDS, end_date=ENDS, title="Snickare")
        },
        placements=placements,
        follow_ups=follow_ups,
    )


def on(day: date, *placements: PlacementFact, **more: Any) -> Fulfilment:
    return fulfilment_of(case(*placements, **more), day)


def quantities(found: Fulfilment) -> dict[str, float]:
    """The quantities of the balance that are not zero."""
    assert found.balance is not None
    named = ("delivered", "credited", "active", "booked", "missing")
    values = {name: float(getattr(found.balance, name)) for name in named}
    return {name: value for name, value in values.items() if value}
