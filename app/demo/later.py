"""What comes after the approvals: four placements begin, two end early, one is replaced.

This continues the integration example, on a contract that began long enough ago. It too uses only
the service's HTTP interface.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import httpx

from app.demo.example import months_later
from app.demo.journey import Json, every, get, patch, post, travel

PARTIES = ("participant", "supplier", "authority")
WEEK = timedelta(days=7)


def live_on(api: httpx.Client, start: date) -> Iterator[Json]:
    """Plays the events and gives the clause's fulfilment after each."""
    clause_id = travel(api, start).clause["id"]
    first, second, third, fourth = placements(api, clause_id)
    for placement in (first, second, third, fourth):
        begin(api, placement)
    yield fulfilment(api, clause_id, start + WEEK)

    half = end_early(api, first, 50)
    yield fulfilment(api, clause_id, half)

    replacement = replace(api, clause_id, half + WEEK)
    yield fulfilment(api, clause_id, half + WEEK)

    begin(api, replacement)
    end_early(api, second, 80)
    for placement in (third, fourth, replacement):
        move(api, placement, "completed", placement["endDate"])
    yield fulfilment(api, clause_id, date.fromisoformat(replacement["endDate"]))


def begin(api: httpx.Client, placement: Json) -> None:
    """Notes three signatures a day before, and then the first day."""
    start = date.fromisoformat(placement["startDate"])
    before = f"{start - timedelta(days=1)}"
    for party in PARTIES:
        post(
            api,
            f"/placements/{placement['id']}/signatures",
            {"party": party, "signedOn": before},
        )
    move(api, placement, "ready", before)
    move(api, placement, "active", f"{start}")


def end_early(api: httpx.Client, placement: Json, percent: int) -> date:
    """The participant leaves for work after this share of the agreed days and is not proposed any
    more; returns the last day."""
    start, end = (date.fromisoformat(placement[name]) for name in ("startDate", "endDate"))
    days = -(-((end - start).days + 1) * percent // 100)
    last = start + timedelta(days=days - 1)
    found_work = {"endedBy": "participant", "reason": "found-work"}
    move(api, placement, "ended-early", f"{last}", **found_work)
    patch(api, f"/candidates/{placement['candidateId']}", {"agreedToBeProposed": False})
    return last


def replace(api: httpx.Client, clause_id: str, day: date) -> Json:
    """Starts a new run and approves its earliest proposal under the clause. The run may propose
    more than the clause asks; a person chooses."""
    run = post(api, "/match-runs", {"asOf": f"{day}"})
    proposals = every(api, f"/match-runs/{run['id']}/proposals")
    contractual = [one for one in proposals if one["contractual"]]
    proposal = min(contractual, key=lambda one: str(one["startDate"]))
    decision = {"outcome": "approved", "reason": "good-fit"}
    post(api, f"/proposals/{proposal['id']}/decisions", decision)
    return placements(api, clause_id)[-1]


def placements(api: httpx.Client, clause_id: str) -> list[Json]:
    """The clause's placements, oldest first."""
    return [one for one in every(api, "/placements") if one["clauseId"] == clause_id]


def move(api: httpx.Client, placement: Json, to: str, on: str, **more: str) -> None:
    post(api, f"/placements/{placement['id']}/transitions", {"to": to, "on": on, **more})


def fulfilment(api: httpx.Client, clause_id: str, day: date) -> Json:
    return get(api, f"/clauses/{clause_id}/fulfilment?asOf={day}")


def long_enough_ago(today: date) -> date:
    """The first day of a month so long ago that all this can have happened."""
    return months_later(today, -12)
