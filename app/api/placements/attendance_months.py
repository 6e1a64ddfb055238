from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ID,
    AttendanceMonthId,
    Changing,
    GuardedRoute,
    Input,
    Listing,
    Page,
    Patch,
    PlacementId,
    Reading,
    StoredOutput,
    Storing,
    needs,
    patched,
    stored_example,
)
from app.models.attendance_months import AttendanceMonth, AttendanceMonthFields
from app.models.placements import Placement
from app.services.ground import may_move_placements, may_read_follow_up
from app.services.placements.attendance_months import (
    change_attendance,
    note_attendance,
    select_visible_attendance,
)

router = APIRouter(route_class=GuardedRoute, tags=["placements"])

EXAMPLE = {"month": "2018-04", "daysPlanned": 20, "daysAttended": 18}


class AttendanceMonthInput(AttendanceMonthFields, Input):
    """How much of a month somebody came."""

    example: ClassVar = EXAMPLE


class AttendanceMonthOutput(AttendanceMonthFields, StoredOutput):
    """How much of a month somebody came, as it is noted."""

    example: ClassVar = stored_example("attendance-months", EXAMPLE | {"placementId": EXAMPLE_ID})

    placement_id: UUID
    """The placement that it is about."""


@router.post(
    "/placements/{placementId}/attendance-months",
    status_code=201,
    response_model=AttendanceMonthOutput,
    summary="Note a month's attendance",
)
@needs(may_move_placements)
def store_attendance(
    placement_id: PlacementId, body: AttendanceMonthInput, call: Storing
) -> Response:
    """Days planned and days attended, once for each month of a placement that has started.

    At most as many days as the placement has in that month; 409 `not-started` before it has begun.
    """

    def store(session: Session) -> Response:
        attendance = note_attendance(session, call.actor, placement_id, body)
        return call.created(call.show(AttendanceMonthOutput, attendance), attendance.version)

    return call.store(body, store)


@router.get(
    "/placements/{placementId}/attendance-months",
    response_model=Page[AttendanceMonthOutput],
    summary="List a placement's attendance",
)
@needs(may_read_follow_up)
def list_attendance(placement_id: PlacementId, call: Listing) -> Response:
    """Month by month, as far as it has been noted."""
    with call.reading() as session:
        call.find(session, Placement, placement_id)
        query = select_visible_attendance(call.actor, placement_id)
        return call.answer(session, query, lambda row: call.show(AttendanceMonthOutput, row))


@router.get(
    "/attendance-months/{attendanceMonthId}",
    response_model=AttendanceMonthOutput,
    summary="Read attendance",
)
@needs(may_read_follow_up)
def read_attendance(attendance_month_id: AttendanceMonthId, call: Reading) -> Response:
    """One month of one placement, with its version as ETag."""
    with call.reading() as session:
        attendance = call.find(session, AttendanceMonth, attendance_month_id)
        return call.single(call.show(AttendanceMonthOutput, attendance), attendance.version)


@router.patch(
    "/attendance-months/{attendanceMonthId}",
    response_model=AttendanceMonthOutput,
    summary="Correct attendance",
)
@needs(may_move_placements)
def correct_attendance(
    attendance_month_id: AttendanceMonthId, body: Patch, call: Changing
) -> Response:
    """A merge patch of the days; the month stays."""
    with call.writing() as session:
        attendance = call.find_for_change(session, AttendanceMonth, attendance_month_id)
        wanted = patched(attendance, AttendanceMonthInput, body)
        change_attendance(session, call.actor, attendance, wanted)
        return call.single(call.show(AttendanceMonthOutput, attendance), attendance.version)
