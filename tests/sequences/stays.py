"""Placements on a day, which the oracle reads from what the API lists."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

Json = dict[str, Any]
DAY = timedelta(days=1)
OVER = ("completed", "ended-early")


class Part:
    """One placement on a day: `stands` while it may go on, `is_over` when it has taken place."""

    def __init__(self, placement: Json, slot: Json, today: date) -> None:
        moves = [one for one in placement["moves"] if day(one["on"]) <= today]
        closed = moves[-1] if moves and moves[-1]["to"] in (*OVER, "cancelled") else None
        came = (closed or {}).get("reason") != "no-show"
        starts = [day(one["on"]) for one in moves if one["to"] == "active" and came]
        self.placement, self.slot = placement, slot["extentPercent"]
        self.slot_end = day(slot["endDate"])
        self.agreed_first, self.agreed = day(placement["startDate"]), day(placement["endDate"])
        self.began, self.first = bool(starts), (starts or [self.agreed_first])[0]
        self.is_over = bool(closed and starts)
        self.stands = not closed and (self.began or self.agreed >= today)
        self.last = day(closed["on"]) if closed and starts else self.agreed
        self.is_free = (closed or {}).get("endedBy") in ("participant", "just-cause")
        self.goes_on = self.stands or (self.is_over and self.last == self.agreed)


def stays_of(parts: list[Part], terms: Json) -> list[list[Part]]:
    """The stays on a day; for full-time months each placement is one by itself."""
    by_id = {one.placement["id"]: one for one in parts}
    stays: dict[str, list[Part]] = {}
    for part in sorted(parts, key=lambda one: one.agreed_first):
        extended = part.placement["extendsPlacementId"]
        if extended in by_id and not by_id[extended].goes_on and not part.began:
            part.stands = part.goes_on = False
        goes_on = extended in by_id and by_id[extended].goes_on and terms["places"]
        stays[part.placement["id"]] = stays[extended] if goes_on else []
        stays[part.placement["id"]].append(part)
    return list({id(stay): stay for stay in stays.values()}.values())


def months_on(first: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    there = date(year, month + 1, 1)
    return there.replace(day=min(first.day, month_length(there)))


def month_length(first: date) -> int:
    return monthrange(first.year, first.month)[1]


def day(text: str) -> date:
    return date.fromisoformat(text)
