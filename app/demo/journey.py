"""The integration example: from a contract with its clause to four booked placements.

It uses only the service's HTTP interface, as a municipality's own script would.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from app.clock import today_in_sweden
from app.demo import example

Json = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What the journey ends with, to be shown to a person."""

    clause: Json
    slots: dict[str, Json]
    candidates: dict[str, Json]
    run: Json
    proposals: list[Json]
    unmatched: list[Json]
    unfilled: list[Json]
    fulfilment: Json


def travel(api: httpx.Client, start: date) -> Outcome:
    """Registers, matches, approves and reads the verdict; `api` knows the address and the key."""
    supplier = post(api, "/suppliers", example.supplier())
    for check in example.gate_checks(start, today_in_sweden()):
        post(api, f"/suppliers/{supplier['id']}/gate-checks", check)
    contract = post(api, "/contracts", example.contract(start, supplier["id"]))
    clause = post(api, f"/contracts/{contract['id']}/clauses", example.clause(start))
    for slot in example.slots(start, supplier["id"], clause["id"]):
        post(api, "/slots", slot)
    people = {"items": example.candidates(start, supplier["id"])}
    post(api, "/candidate-batches", people)

    run = post(api, "/match-runs", {"asOf": f"{start}"})
    proposals = every(api, f"/match-runs/{run['id']}/proposals")
    for proposal in proposals:
        decision = {"outcome": "approved", "reason": "good-fit"}
        post(api, f"/proposals/{proposal['id']}/decisions", decision)

    return Outcome(
        clause=clause,
        slots={slot["id"]: slot for slot in every(api, "/slots")},
        candidates={person["id"]: person for person in every(api, "/candidates")},
        run=run,
        proposals=proposals,
        unmatched=every(api, f"/match-runs/{run['id']}/unmatched-candidates"),
        unfilled=every(api, f"/match-runs/{run['id']}/unfilled-slots"),
        fulfilment=get(api, f"/clauses/{clause['id']}/fulfilment?asOf={start}"),
    )


def post(api: httpx.Client, path: str, body: Json) -> Json:
    return _json(api.post(path, json=body))


def patch(api: httpx.Client, path: str, change: Json) -> Json:
    """Changes the newest version, whichever it is, because nobody else changes anything here."""
    return _json(api.patch(path, json=change, headers={"If-Match": "*"}))


def get(api: httpx.Client, path: str) -> Json:
    return _json(api.get(path))


def every(api: httpx.Client, path: str) -> list[Json]:
    """All items of a list, page by page, as its links lead."""
    page = get(api, f"{path}?limit=100")
    items: list[Json] = page["items"]
    while page["_links"]["next"]:
        page = get(api, page["_links"]["next"]["href"])
        items += page["items"]
    return items


def _json(answer: httpx.Response) -> Json:
    if answer.is_error:
        raise SystemExit(f"{answer.request.method} {answer.request.url}: {answer.text}")
    content: Json = answer.json()
    return content
