"""Reads everything that was stored over HTTP, as it is answered today."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from tests.callers import Caller

Json = dict[str, Any]

MOST_PAIRS = 2
PROPOSALS, UNFILLED, UNMATCHED = (
    f"{part}?limit=100" for part in ("proposals", "unfilled-slots", "unmatched-candidates")
)
LAST_DAY = "2018-12-31"
LISTS = tuple(
    f"/{resource}?limit=100"
    for resource in ("match-runs", "clauses", "slots", "placements", "decisions")
)


@dataclass(frozen=True)
class Answers:
    """The answers by path, and the runs that the paths are about."""

    by_path: dict[str, Any]
    runs: list[Json]

    def of_run(self, run: Json, part: str) -> list[Json]:
        """The items of one of the run's lists."""
        found: list[Json] = self.by_path[f"/match-runs/{run['id']}/{part}"].json()["items"]
        return found

    def pairs_of(self, run: Json) -> dict[tuple[str, str], Json]:
        start = f"/match-runs/{run['id']}/pairs?"
        found = [one.json() for path, one in self.by_path.items() if path.startswith(start)]
        return {(pair["candidateId"], pair["slotId"]): pair for pair in found}

    def refused(self) -> dict[str, str]:
        """The paths answered with a problem, and the problem."""
        return {
            path: f"{answer.status_code} {answer.json().get('type')}"
            for path, answer in self.by_path.items()
            if answer.status_code != HTTPStatus.OK
        }


def read_everything(caller: Caller) -> Answers:
    answers = {path: caller.get(path) for path in LISTS}
    found = {path: answers[f"/{path}?limit=100"].json()["items"] for path in ("clauses", "slots")}
    runs: list[Json] = answers["/match-runs?limit=100"].json()["items"]
    for clause in found["clauses"]:
        path = f"/clauses/{clause['id']}/fulfilment?asOf={LAST_DAY}"
        answers[path] = caller.get(path)
    for run in runs:
        slots = slots_of(run, found["slots"], found["clauses"])
        answers |= answers_of_run(caller, run, slots)
    return Answers(answers, runs)


def answers_of_run(caller: Caller, run: Json, slots: list[str]) -> dict[str, Any]:
    """A run's answers, with pairs: some that it chose, and one with somebody it left unmatched."""
    path = f"/match-runs/{run['id']}"
    answers = {part: caller.get(f"{path}/{part}") for part in (PROPOSALS, UNFILLED, UNMATCHED)}
    chosen = answers[PROPOSALS].json()["items"][:MOST_PAIRS]
    pairs = [(one["candidateId"], one["slotId"]) for one in chosen]
    if answers[UNMATCHED].status_code == HTTPStatus.OK:
        left = answers[UNMATCHED].json()["items"][0]["candidateId"]
        pairs.append((left, slots[0]))
    more = [
        "proof",
        f"reserves?slotId={slots[-1]}",
        *(f"pairs?candidateId={person}&slotId={slot}" for person, slot in pairs),
    ]
    answers |= {part: caller.get(f"{path}/{part}") for part in more}
    return {f"{path}/{part}": answer for part, answer in answers.items()}


def slots_of(run: Json, slots: list[Json], clauses: list[Json]) -> list[str]:
    """The slots of the run, which may be narrowed to some contracts."""
    wanted = run["contractIds"]
    under = {one["id"] for one in clauses if wanted is None or one["contractId"] in wanted}
    return [one["id"] for one in slots if wanted is None or one["clauseId"] in under]
