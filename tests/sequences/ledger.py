"""What the API lists after each call, and what must be true of it after any call."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.api.registering import MOVES
from tests.sequences.calls import Calls, Json
from tests.sequences.oracle import Listed, standing
from tests.sequences.stays import DAY, day, months_on

PARTS = ("delivered", "credited", "active", "booked", "missing")


@dataclass
class Ledger:
    calls: Calls
    clause_contracts: dict[str, str]
    placements: list[Json] = field(default_factory=list)
    slots: dict[str, Json] = field(default_factory=dict)
    contracts: dict[str, Json] = field(default_factory=dict)
    versions: dict[str, list[Json]] = field(default_factory=dict)
    follow_ups: dict[str, list[Json]] = field(default_factory=dict)
    _moves: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    def read(self, written: str = "/placements /slots /contracts versions follow-ups") -> None:
        """Reads what the written path can have changed; everything at first."""
        if "/placements" in written or "decisions" in written:
            listed = self.calls.items("/placements")
            self.placements = [one | {"moves": self._moves_of(one)} for one in listed]
        for path, known in (("/slots", self.slots), ("/contracts", self.contracts)):
            if path in written:
                known.clear()
                known.update({one["id"]: one for one in self.calls.items(path)})
        for clause in self.clause_contracts:
            if "versions" in written or written == "/clauses/{clauseId}":
                self.versions[clause] = self.calls.items(f"/clauses/{clause}/versions")
            if "follow-ups" in written:
                self.follow_ups[clause] = self.calls.items(f"/clauses/{clause}/follow-ups")

    def _moves_of(self, placement: Json) -> list[Json]:
        key = placement["id"], placement["status"]
        if key not in self._moves:
            self._moves[key] = self.calls.items(f"/placements/{key[0]}/transitions")
        return self._moves[key]

    def check_placements(self) -> None:
        for one in self.placements:
            check_moves(one)
        people = {one["candidateId"] for one in self.placements}
        for person in people:
            stays = sorted(stays_in(self.placements, "candidateId", person))
            assert all(first[1] < second[0] for first, second in pairwise(stays)), stays

    def check_booking(self, placement: Json) -> None:
        """Right after a booking, no day of it has more people than the slot holds."""
        slot = self.slots[placement["slotId"]]
        capacity = slot["supervisorCapacity"]
        room = slot["places"] if capacity is None else min(slot["places"], capacity)
        stays = stays_in(self.placements, "slotId", slot["id"])
        first, last = day(placement["startDate"]), day(placement["endDate"])
        days = [begun for begun, _ in stays if first <= begun <= last] + [first]
        most = max(sum(begun <= one <= ended for begun, ended in stays) for one in days)
        assert most <= room, (slot, stays)

    def fulfilments(self, on: date, known_at: str | None = None) -> dict[str, Json]:
        query = {"asOf": f"{on}"} | ({"knownAt": known_at} if known_at else {})
        return {one["clauseId"]: one for one in self.calls.items("/fulfilments", **query)}

    def check_fulfilments(self, on: date) -> dict[str, Json]:
        found = self.fulfilments(on)
        assert found.keys() == self.clause_contracts.keys()
        for clause, shown in found.items():
            check_parts(shown)
            expected = standing(self._listed(clause), on)
            told = {name: shown[name] for name in expected}
            exact = {
                name: f"{part}" if name == "verdict" else Fraction(f"{part}")
                for name, part in told.items()
            }
            assert exact == expected, (clause, on, shown, expected)
        return found

    def _listed(self, clause: str) -> Listed:
        own = [one for one in self.placements if one["clauseId"] == clause]
        contract = self.contracts[self.clause_contracts[clause]]
        return Listed(contract, self.versions[clause], self.slots, own, self.follow_ups[clause])

    def days(self) -> list[date]:
        """The days on which something may change, with the day before and after each."""
        turns = {
            day(one[name]) for one in self.contracts.values() for name in ("startDate", "endDate")
        }
        for one in self.placements:
            named = (one["startDate"], one["endDate"], one["startedOn"], one["endedOn"])
            turns |= {day(text) for text in named if text}
        notes = [note for notes in self.follow_ups.values() for note in notes]
        turns |= {day(note[name]) for note in notes for name in ("on", "until") if note[name]}
        return sorted({turn + n * DAY for turn in turns for n in (-1, 0, 1)})


def stays_in(placements: Iterable[Json], name: str, value: str) -> list[tuple[date, date]]:
    """First and last days of placements that take or took their place."""
    return [
        (day(one["startedOn"] or one["startDate"]), day(one["endedOn"] or one["endDate"]))
        for one in placements
        if one[name] == value and one["status"] != "cancelled"
        if one["status"] != "ended-early" or one["startedOn"]
    ]


def check_moves(placement: Json) -> None:
    moves = placement["moves"]
    states = ["planned", *(one["to"] for one in moves)]
    assert set(pairwise(states)) <= MOVES
    assert [one["origin"] for one in moves] == states[:-1]
    assert placement["status"] == states[-1]
    days = [one["on"] for one in moves]
    assert days == sorted(days)
    assert all(day(one) <= date.today() for one in days)
    happened = [text for text in (placement["startedOn"], placement["endedOn"]) if text]
    agreed = [placement["startDate"], *happened, placement["endDate"]]
    assert agreed == sorted(agreed)


def check_parts(shown: Json) -> None:
    required = shown["required"]["places"] or shown["required"]["fullTimeMonths"]
    parts: Any = [None if shown[name] is None else Fraction(f"{shown[name]}") for name in PARTS]
    if required is None:
        assert parts == [None] * len(PARTS)
        return
    delivered, credited, active, booked, missing = parts
    covered = delivered + active + booked
    assert min(parts) >= 0
    assert credited <= delivered
    assert covered + missing == max(required, covered)


def check_gates(checks: list[Json], programme: Json, on: date) -> None:
    """Asserts that the newest check of each gate up to the day was passed and still holds."""
    for gate in programme["gates"]:
        own = [one for one in checks if one["gate"] == gate["code"] and day(one["checkedOn"]) <= on]
        newest = max(own, key=lambda one: (one["checkedOn"], one["createdAt"]), default=None)
        assert newest, gate
        assert newest["outcome"] == "passed", newest
        last = day(newest["validUntil"]) if newest["validUntil"] else None
        if last is None and gate["validMonths"]:
            last = months_on(day(newest["checkedOn"]), gate["validMonths"]) - DAY
        assert last is None or on <= last, newest
