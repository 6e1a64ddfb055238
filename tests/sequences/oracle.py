"""Where a clause stands on a day, by its definition.

It reads only what the API lists, each placement with its moves, and shares no code with the
service. A place is one stay: a placement with its extensions.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import Any

from tests.sequences.stays import DAY, Json, Part, day, month_length, months_on, stays_of


@dataclass(frozen=True)
class Listed:
    contract: Json
    versions: list[Json]
    slots: dict[str, Json]
    placements: list[Json]
    follow_ups: list[Json]


def standing(listed: Listed, today: date) -> Json:
    """The verdict and, where the clause has a quantity, its parts."""
    start, end = (day(listed.contract[name]) for name in ("startDate", "endDate"))
    in_force = [one for one in listed.versions if (one["effectiveFrom"] or "") <= f"{today}"]
    terms = max(in_force, key=lambda one: (one["effectiveFrom"] or "", one["number"]))
    wrong = {one["correctsFollowUpId"] for one in listed.follow_ups}
    notes = [one for one in listed.follow_ups if day(one["on"]) <= today and one["id"] not in wrong]
    kinds = [one["kind"] for one in notes]
    parts = [Part(one, listed.slots[one["slotId"]], today) for one in listed.placements]
    told: Json = {}
    if required := terms["places"] or terms["fullTimeMonths"]:
        count = places if terms["places"] else full_time_months
        found = [count(stay, terms, start, end, today) for stay in stays_of(parts, terms)]
        done, credited, active, booked = (
            sum(column) for column in zip((0,) * 4, *found, strict=True)
        )
        levels = [rounded(one) for one in accumulate((done, active, booked))]
        told = {"delivered": levels[0], "credited": rounded(credited)}
        told |= {"active": levels[1] - levels[0], "booked": levels[2] - levels[1]}
        told["missing"] = max(Fraction(0), required - levels[2])
    is_met = told["delivered"] >= required if required else "dialogue-held" in kinds
    short = told["missing"] if required else 1
    excuses = [one["quantity"] for one in notes if one["kind"] == "excuse-decided"]
    starts = [day(one["on"]) for one in notes if one["kind"] == "offer-made"]
    begun = any(one >= start for one in starts + [one.first for one in parts if one.began])
    limit = terms["firstStartWithinMonths"]
    reports = sum(day(due) < today for due in terms["reportDates"]) > kinds.count("report")
    too_late = terms["places"] and months_on(today, terms["minimumMonths"]) - DAY > end
    fits = {
        "met": is_met,
        "excused": short and (None in excuses or (required and excuses and sum(excuses) >= short)),
        "rectification": any(one["until"] and day(one["until"]) >= today for one in notes),
        "not-met": today > end,
        "not-started": today < start,
        "impossible": too_late and if_extended(parts, terms, start, end, today) < short,
        "overdue": reports or (limit and not begun and today >= months_on(start, limit)),
        "at-risk": short,
        "on-track": True,
    }
    return told | {"verdict": next(verdict for verdict, is_so in fits.items() if is_so)}


def if_extended(parts: list[Part], terms: Json, start: date, end: date, today: date) -> int:
    """How many whose stay is too short could still stay long enough."""
    return sum(would_do(stay, terms, start, end, today) for stay in stays_of(parts, terms))


def would_do(stay: list[Part], terms: Json, start: date, end: date, today: date) -> bool:
    """Whether the stay is no place as agreed, but would be one by the contract's end."""
    going = [one for one in stay if one.stands and today <= end]
    percent = stay[0].placement["extentPercent"] or stay[0].slot["max"]
    enough = months_on(max(stay[0].first, start), terms["minimumMonths"]) - DAY
    is_no_place = not any(places(stay, terms, start, end, today))
    is_wide_enough = percent >= (terms["minimumExtentPercent"] or 0)
    last = min(end, stay[0].slot_end)
    if stay[0].placement["programme"] == "arbetspraktik":
        last = min(last, months_on(stay[0].first, 6) - DAY)
    return bool(going and is_no_place and is_wide_enough and enough <= last)


def places(stay: list[Part], terms: Json, start: date, end: date, today: date) -> Any:
    """One place or none, as delivered, credited, active and booked."""
    lived = [one for one in stay if one.is_over]
    going = [one for one in stay if one.stands and today <= end]
    percent = stay[0].placement["extentPercent"] or stay[0].slot["max"]
    enough = months_on(max(stay[0].first, start), terms["minimumMonths"]) - DAY

    def reaches(last: date) -> bool:
        return enough <= min(last, end) and percent >= (terms["minimumExtentPercent"] or 0)

    if lived and reaches(lived[-1].last):
        return 1, 0, 0, 0
    if going:
        is_active = any(one.began for one in going)
        return (
            0,
            0,
            is_active and reaches(going[-1].last),
            not is_active and reaches(going[-1].last),
        )
    is_credited = lived and reaches(lived[-1].agreed) and earns_credit(lived, terms)
    return (1, 1, 0, 0) if is_credited else (0, 0, 0, 0)


def full_time_months(stay: list[Part], terms: Json, start: date, end: date, today: date) -> Any:
    """The months of one placement, as delivered, credited, active and booked."""
    (one,) = stay
    least = max(one.slot["min"], terms["minimumExtentPercent"] or 0)
    percent = one.placement["extentPercent"] or min(least, one.slot["max"])

    def worth(last: date) -> Fraction:
        first, last = max(one.first, start), min(last, end)
        days = Counter((first + n * DAY).replace(day=1) for n in range((last - first).days + 1))
        return sum(Fraction(days[m] * percent, month_length(m) * 100) for m in days) + Fraction(0)

    if one.is_over:
        credit = worth(one.agreed) - worth(one.last) if earns_credit(stay, terms) else 0
        return worth(one.last) + credit, credit, 0, 0
    if one.stands and one.began:
        done = worth(min(one.last, today))
        return done, 0, worth(one.last) - done, 0
    return 0, 0, 0, worth(one.last) if one.stands and today <= end else 0


def earns_credit(lived: list[Part], terms: Json) -> bool:
    """Whether it ended early without blame after enough of the agreed days, both ends included."""
    last, share = lived[-1], terms["earlyEndSharePercent"]
    done = (last.last - lived[0].first).days + 1
    agreed = (last.agreed - lived[0].agreed_first).days + 1
    return bool(share and last.is_free and last.last < last.agreed and done * 100 >= share * agreed)


def rounded(total: Fraction) -> Fraction:
    return Fraction(int(total * 100 + Fraction(1, 2)), 100)
