"""Rules from a booking on: placements move, clauses are followed up, and everything is checked."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from app.models.placement_signatures import PARTIES
from app.models.placements import PlacementStatus
from tests.sequences.calls import BUYERS, MATCHERS, Json
from tests.sequences.ledger import check_gates
from tests.sequences.market import EXTENTS, LENGTHS, NUMBER, PROGRAMMES, RIGHT, STARTS, WHO, Market
from tests.sequences.stays import DAY, day

BLAMED = st.sampled_from(["participant", "participant", "just-cause", "supplier", "authority"])
# Percent of the agreed days; the early-end rule gives credit from 75 on.
SHARES = st.sampled_from([0, 10, 74, 75, 76, 99, 100, 110])
STATES = st.sampled_from([state.value for state in PlacementStatus])
NOTES: list[Json] = [
    {"kind": "report"},
    {"kind": "offer-made"},
    {"kind": "dialogue-held"},
    {"kind": "visit"},
    {"kind": "sanction"},
    {"kind": "excuse-decided", "reason": "efforts"},
    {"kind": "excuse-decided", "reason": "lack-of-candidates", "quantity": 1},
    {"kind": "rectification-set", "until": 30},
    {"kind": "rectification-set", "until": 400},
    {"kind": "recorded-by-mistake"},
]
REMEMBERED = 4
PEOPLE = 3


class Sequence(Market):
    """Checks what is listed after each call, on one day each time and on many at the end."""

    looks = judged = 0

    @initialize(
        stays=st.lists(st.tuples(STARTS, LENGTHS, EXTENTS), min_size=PEOPLE, max_size=PEOPLE),
        fates=st.lists(st.tuples(st.integers(0, 2), SHARES), min_size=PEOPLE, max_size=PEOPLE),
        order=NUMBER,
    )
    def begin(
        self, stays: list[tuple[date, int, int | None]], fates: list[tuple[int, int]], order: int
    ) -> None:
        """Makes enough people and places, places each person, and moves some placements on."""
        self.remembered: list[tuple[str, date, dict[str, Json]]] = []
        self.programmes = {one["code"]: one for one in self.calls.items("/programmes")}
        self.ledger.read()
        for number, stay in enumerate(stays):
            self.register_candidate(RIGHT, PROGRAMMES[number % 2], date(2018, 2, 20), 1)
            self.register_slot(RIGHT, number, 2, None)
            self.place(RIGHT, number, order + number, *stay)
            times, share = fates[number]
            for _ in range(times if len(self.ledger.placements) > number else 0):
                self.go_on(0, share, "participant", 0)
        self.match(RIGHT, date(2018, 10, 1))

    @property
    def placed(self) -> list[Json]:
        """Placements, the newest first, because the lowest numbers are drawn most often."""
        return self.ledger.placements[::-1]

    @precondition(lambda self: self.ledger.placements)
    @rule(who=WHO, number=NUMBER, to=STATES, share=SHARES, by=BLAMED)
    def move(self, who: str, number: int, to: str, share: int, by: str) -> None:
        """Tries a move, whether or not the table allows it."""
        self._move(who, self.picked(self.placed, number), to, share, by)

    @precondition(lambda self: self.ledger.placements)
    @rule(number=NUMBER, share=SHARES, by=BLAMED, late=st.sampled_from([0, 0, 0, 3, None]))
    def go_on(self, number: int, share: int, by: str, late: int | None) -> None:
        """Moves a placement on, by one who may: papers and a start, or an end of either kind."""
        placement = self.picked(self.placed, number)
        if placement["status"] in ("planned", "ready"):
            for party in PARTIES:
                body = {"party": party, "signedOn": "2018-02-01"}
                self._of_placement("caseworker", placement, "signatures", body)
            is_ready = placement["status"] == "ready" or self._move(
                "caseworker", placement, "ready", 0
            )
            if is_ready and late is not None:
                self._move("caseworker", placement, "active", late)
        else:
            to = "completed" if share >= 100 else "ended-early"
            self._move("caseworker", placement, to, share, by)

    go_on_too = go_on_again = go_on

    @precondition(lambda self: self.ledger.placements)
    @rule(who=WHO, number=NUMBER, about=NUMBER, on=STARTS)
    def note(self, who: str, number: int, about: int, on: date) -> None:
        """Notes a signature, a month's attendance, or an outcome."""
        signature = {"party": self.picked(PARTIES, about // 3), "signedOn": f"{on}"}
        month = {"month": f"{on:%Y-%m}", "daysPlanned": 9, "daysAttended": 8}
        after = {"afterMonths": self.picked((0, 3, 6, 12), about), "outcome": "in-work"}
        bodies = {
            "signatures": signature,
            "attendance-months": month,
            "outcomes": after | {"on": f"{on + 90 * DAY}"},
        }
        what = self.picked(list(bodies), about)
        self._of_placement(who, self.picked(self.placed, number), what, bodies[what])

    @precondition(lambda self: self.ledger.placements)
    @rule(who=WHO, number=NUMBER, length=LENGTHS, cut=st.sampled_from([None, None, 10, 75]))
    def extend(self, who: str, number: int, length: int, cut: int | None) -> None:
        """Extends a placement, mostly one that can be; sometimes the first one then ends early."""
        can_be = [one for one in self.placed if one["status"] in ("ready", "active", "completed")]
        placement = self.picked(can_be * (number % 8 > 0) or self.placed, number)
        body = {
            "endDate": f"{day(placement['endDate']) + timedelta(length)}",
            "reason": "good-fit",
        }
        if extended := self._of_placement(who, placement, "extensions", body):
            self.check_booking(extended["id"])
            if cut is not None:
                self._move("caseworker", placement, "ended-early", cut)

    extend_too = extend

    @rule(
        who=WHO,
        number=NUMBER,
        notes=st.lists(st.sampled_from(NOTES), min_size=1, max_size=3),
        on=STARTS,
        wrong=NUMBER,
    )
    def follow_up(self, who: str, number: int, notes: list[Json], on: date, wrong: int) -> None:
        """Records follow-ups, mostly of the first clause, so that several verdicts fit it."""
        clauses = list(self.ledger.clause_contracts)
        for note in notes:
            self._follow_up(who, self.picked([clauses[0], *clauses], number), note, on, wrong)

    def _follow_up(self, who: str, clause: str, note: Json, on: date, wrong: int) -> None:
        body = note | {"on": f"{on}", "text": "Skälen.", "nextFollowUpDate": "2020-01-01"}
        if "until" in note:
            body["until"] = f"{on + timedelta(note['until'])}"
        if ((known := self.ledger.follow_ups[clause]) and wrong % 4 == 0) or note["kind"].endswith(
            "mistake"
        ):
            body["correctsFollowUpId"] = self.picked(known, wrong)["id"] if known else None
        if wrong % 6 == 1:
            del body["nextFollowUpDate"]
        self.write(who, BUYERS, "POST", "/clauses/{clauseId}/follow-ups", body, clauseId=clause)

    follow_up_too = follow_up

    @precondition(lambda self: self.remembered)
    @rule(number=NUMBER)
    def look_back(self, number: int) -> None:
        """The fulfilment as known at an earlier moment equals the one read at that moment."""
        known_at, on, then = self.picked(self.remembered, number)
        assert self.ledger.fulfilments(on, known_at) == then

    @invariant()
    def is_as_it_should(self) -> None:
        self.ledger.check_placements()
        self._check_new_proposals()
        self.looks += 1
        days = self.ledger.days()
        on = days[self.looks * 7 % len(days)]
        found = self.ledger.check_fulfilments(on)
        self.reached.update(one["verdict"] for one in found.values())
        self.reached["credited"] += sum(bool(one["credited"]) for one in found.values())
        for one in self.ledger.placements:
            self.reached.update([one["status"], *["extended"] * bool(one["extendsPlacementId"])])
        if self.looks % 5 == 0 and len(self.remembered) < REMEMBERED:
            self.remembered.append((datetime.now(UTC).isoformat(), on, found))

    def teardown(self) -> None:
        days = self.ledger.days()
        for on in days[:: len(days) // 6 + 1]:
            self.ledger.check_fulfilments(on)
        for number in range(len(self.remembered)):
            self.look_back(number)

    def _of_placement(self, who: str, placement: Json, what: str, body: Json) -> Json | None:
        path = f"/placements/{{placementId}}/{what}"
        return self.write(who, MATCHERS, "POST", path, body, placementId=placement["id"])

    def _move(self, who: str, placement: Json, to: str, share: int, by: str = "") -> Json | None:
        first, last = (
            day(placement["startedOn"] or placement["startDate"]),
            day(placement["endDate"]),
        )
        days = -(-((last - first).days + 1) * share // 100)
        on = last if to == "completed" else first + timedelta(max(0, days - 1))
        if to == "ready":
            on = first - 5 * DAY
        body: Json = {"to": to, "on": f"{on}"}
        body |= {"endedBy": by or "participant"} if to == "ended-early" else {}
        why = "found-work" if share else "no-show"
        body |= {"reason": why} if to in ("ended-early", "cancelled") else {}
        path = "/placements/{placementId}/transitions"
        moved = self.write(who, MATCHERS, "POST", path, body, placementId=placement["id"])
        if moved and to in ("ready", "active"):
            self._check_papers(
                placement, to, placement["startDate"] if to == "ready" else f"{on}", on
            )
        return moved

    def _check_papers(self, placement: Json, to: str, gates_on: str, on: date) -> None:
        signed = self.calls.items(f"/placements/{placement['id']}/signatures")
        if to == "ready":
            assert {one["party"] for one in signed if day(one["signedOn"]) <= on} == set(PARTIES)
        self._check_gates(placement["programme"], gates_on)

    def _check_new_proposals(self) -> None:
        """Whoever can begin on the slot's first day is proposed under a programme open then."""
        for one in self.proposals[self.judged :]:
            person = self.calls.read(f"/candidates/{one['candidateId']}")
            assert one["programme"] in {granted["code"] for granted in person["programmes"]}
            if person["availableFrom"] < one["startDate"]:
                self._check_gates(one["programme"], one["startDate"])
        self.judged = len(self.proposals)

    def _check_gates(self, programme: str, on: str) -> None:
        checks = self.calls.items(f"/suppliers/{self.suppliers[0]}/gate-checks")
        check_gates(checks, self.programmes[programme], day(on))
