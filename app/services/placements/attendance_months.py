"""Attendance: days planned and days attended, for each month of a placement."""

from calendar import monthrange
from datetime import date
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict, FieldError, Invalid
from app.models.attendance_months import AttendanceMonth, AttendanceMonthFields
from app.models.placements import Placement
from app.services.ground import (
    Actor,
    add,
    change,
    find,
    find_for_change,
    refuse_repeat,
    select_visible,
)


def select_visible_attendance(actor: Actor, placement_id: UUID) -> SelectOfScalar[AttendanceMonth]:
    """The placement's attendance, month by month."""
    own = select_visible(AttendanceMonth, actor).where(
        col(AttendanceMonth.placement_id) == placement_id
    )
    return own.order_by(None).order_by(col(AttendanceMonth.month))


def note_attendance(
    session: Session, actor: Actor, placement_id: UUID, fields: AttendanceMonthFields
) -> AttendanceMonth:
    placement = find_for_change(session, actor, Placement, placement_id)
    _check(placement, fields)
    same = select_visible_attendance(actor, placement.id).where(
        col(AttendanceMonth.month) == fields.month
    )
    refuse_repeat(session, same, None, "month")
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "placement_id": placement.id,
    }
    return add(session, actor, AttendanceMonth.model_validate(values))


def change_attendance(
    session: Session, actor: Actor, attendance: AttendanceMonth, wanted: AttendanceMonthFields
) -> None:
    if wanted.month != attendance.month:
        raise Invalid(FieldError("#/month", "stays as it is: note another month by itself"))
    _check(find(session, actor, Placement, attendance.placement_id), wanted)
    change(session, actor, attendance, wanted)


def _check(placement: Placement, fields: AttendanceMonthFields) -> None:
    if placement.started_on is None:
        raise Conflict("not-started", f"The placement is {placement.status}: it has not started.")
    days = _days_in(fields.month, placement.first_day, placement.last_day)
    if days == 0:
        first, last = placement.first_day, placement.last_day
        raise Invalid(FieldError("#/month", f"is outside the placement, {first} to {last}"))
    if fields.days_planned > days:
        raise Invalid(
            FieldError("#/daysPlanned", f"is over {days}, the placement's days in {fields.month}")
        )


def _days_in(month: str, first: date, last: date) -> int:
    begins = date(int(month[:4]), int(month[5:]), 1)
    ends = begins.replace(day=monthrange(begins.year, begins.month)[1])
    return max(0, (min(ends, last) - max(begins, first)).days + 1)
