"""Asking what changes to a run would do, and the changes themselves."""

from typing import Any

from tests.callers import Caller

Json = dict[str, Any]


def ask(caller: Caller, run: Json, *changes: Json) -> Any:
    return caller.post(f"/match-runs/{run['id']}/scenarios", {"changes": list(changes)})


def compared(caller: Caller, run: Json, *changes: Json) -> Json:
    answer = ask(caller, run, *changes)
    assert answer.status_code == 200, answer.text
    shown: Json = answer.json()
    return shown


def details(answer: Any) -> list[str]:
    return [error["detail"] for error in answer.json()["errors"]]


def places(slot_id: object, number: int) -> Json:
    return {"kind": "places", "slotId": str(slot_id), "places": number}


def capacity(slot_id: object, number: int | None) -> Json:
    return {"kind": "supervisor-capacity", "slotId": str(slot_id), "supervisorCapacity": number}


def removed(candidate_id: object) -> Json:
    return {"kind": "remove-candidate", "candidateId": str(candidate_id)}


def distance(kilometres: int, candidate_id: object = None) -> Json:
    who = None if candidate_id is None else str(candidate_id)
    return {"kind": "maximum-distance", "kilometres": kilometres, "candidateId": who}


def pair(kind: str, candidate_id: object, slot_id: object) -> Json:
    return {"kind": kind, "candidateId": str(candidate_id), "slotId": str(slot_id)}
