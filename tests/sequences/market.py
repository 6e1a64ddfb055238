"""Rules up to a booking: registers change, runs propose, people decide or place outside runs."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, get_args

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from app.models.placements import Override
from app.reference.programmes import GATES
from tests.api.registering import candidate_body, clause_body, contract_body, slot_body
from tests.callers import Caller, Service
from tests.journeys import actor_of
from tests.make import make_programme, make_supplier
from tests.sequences.calls import BUYERS, CHECKERS, EVERYBODY, MATCHERS, Calls, Json
from tests.sequences.ledger import Ledger
from tests.sequences.stays import day

RIGHT = "whoever may"
WHO = st.sampled_from([RIGHT] * 16 + EVERYBODY)
MEMBERS = st.sampled_from([RIGHT] * 16 + EVERYBODY[:-1])  # a stranger fills only its own
NUMBER = st.integers(0, 2**16)  # the range is so wide that numbers are drawn evenly
STARTS = st.dates(date(2018, 2, 20), date(2019, 3, 31)) | st.sampled_from(
    [date(2018, 3, 1), date(2018, 3, 31), date(2018, 8, 31), date(2019, 2, 28)]
)
LENGTHS = st.sampled_from([1, 60, 91, 92, 93, 100, 122, 200])
EXTENTS = st.sampled_from([None, None, 25, 50, 75, 100])
PROGRAMMES = ["arbetspraktik", "kommunens-egen"]
BEGINS, FUTURE = "2018-03-01", {"startDate": "2090-03-01", "endDate": "2091-06-30"}
PLACES: Json = {"places": 2, "minimumMonths": 3, "fullTimeMonths": None}
MONTHS: Json = {"places": None, "minimumMonths": None, "fullTimeMonths": 5}
TERMS: Json = {"targetGroups": [], "reportDates": [], "minimumExtentPercent": None}
DIALOGUE = dict.fromkeys(PLACES) | {"kind": "dialogue"}
CHANGES: list[Json] = [
    {"places": 1, "minimumMonths": 3, "fullTimeMonths": None},
    {"places": 3, "minimumMonths": 1, "fullTimeMonths": None},
    {"places": 2, "minimumMonths": 6, "fullTimeMonths": None},
    {"places": None, "minimumMonths": None, "fullTimeMonths": 1},
    {"places": None, "minimumMonths": None, "fullTimeMonths": 9},
    {"earlyEndSharePercent": None},
    {"earlyEndSharePercent": 50},
    {"minimumExtentPercent": 75},
    {"firstStartWithinMonths": 1},
    {"reportDates": ["2018-09-01", "2019-03-01"]},
    {"targetGroups": ["long-term-unemployed"]},
    {"responsible": "Inköp"},
]


CANDIDATE_CHANGES: list[Json] = [
    {"agreedToBeProposed": True},
    {"agreedToBeProposed": False},
    {"availableTo": "2018-12-31"},
    {"availableTo": None},
    {"avoid": True},
    {},  # deletes the person
]
SLOT_CHANGES: list[Json] = [
    {"places": 0},
    {"places": 1},
    {"places": 3},
    {"supervisorCapacity": 1},
    {"supervisorCapacity": None},
    {"extentPercent": {"min": 25, "max": 50}},
    {"endDate": "2018-12-31", "latestStart": "2018-10-01"},
    {"clauseId": None},
    {},  # deletes the slot
]
CONTRACT_CHANGES: list[Json] = [
    {"endDate": "2019-06-30"},
    {"endDate": "2019-02-28"},
    {"endDate": "2020-01-31"},
    {"startDate": "2018-03-01"},
    {"startDate": "2018-05-15"},
]


class Market(RuleBasedStateMachine):
    """One organisation with a supplier, a contract that has begun, and one that is to come."""

    reached: ClassVar[Counter[str]] = Counter()

    def __init__(self, service: Service, stranger: Caller) -> None:
        super().__init__()
        self.calls = Calls.of(service, stranger)
        with service.database.writing() as session:
            admin = actor_of(self.calls.callers["admin"])
            supplier = make_supplier(session, admin)
            make_programme(session, admin, PROGRAMMES[1])
        self.suppliers = [str(supplier.id)]
        self.ledger = Ledger(self.calls, self._clauses())
        self.candidates: list[str] = []
        self.proposals: list[Json] = []
        self.decisions: list[str] = []
        self.declined: dict[str, tuple[str, str]] = {}
        self.serial = 0
        self.calls.events = self.calls.count_events()

    def _clauses(self) -> dict[str, str]:
        clauses: dict[str, str] = {}
        now, later = self._contract(1), self._contract(2, **FUTURE)
        asked = (PLACES, MONTHS, DIALOGUE)
        for contract, terms in [(now, one) for one in asked] + [(later, PLACES)]:
            body = clause_body(**TERMS | terms)
            path = "/contracts/{contractId}/clauses"
            clauses[self._store(BUYERS, path, body, contractId=contract)["id"]] = contract
        return clauses

    def _contract(self, number: int, **more: Any) -> str:
        body = contract_body(self.suppliers[0], reference=f"KS {number}", **more)
        return str(self._store(BUYERS, "/contracts", body)["id"])

    def _store(self, may: set[str], path: str, body: Json, **ids: str) -> Json:
        stored = self.calls.write("admin", may, "POST", path, body, **ids)
        assert stored
        return stored

    def write(
        self, who: str, may: set[str], method: str, path: str, body: Any = None, **ids: str
    ) -> Json | None:
        """Makes a call, mostly by one who may make it, and reads what is then listed."""
        caller = sorted(may)[-1] if who == RIGHT else who
        stored = self.calls.write(caller, may, method, path, body, **ids)
        if stored is not None:
            self.ledger.read(path)
        return stored

    def picked(self, among: Sequence[Any], number: int) -> Any:
        return among[number % len(among)]

    @rule(who=MEMBERS, programme=st.sampled_from(PROGRAMMES), start=STARTS, agreed=NUMBER)
    def register_candidate(self, who: str, programme: str, start: date, agreed: int) -> None:
        self.serial += 1
        body = candidate_body(
            reference=f"AF-{self.serial}",
            occupations=[{"ssyk": "7111", "conceptId": None}],
            languages=[{"code": "sv", "level": 4}],
            neededAdaptations=[],
            availableFrom=f"{start}",
            programmes=[
                {"code": one, "maximumMonths": 6 if agreed % 2 else 12}
                for one in dict.fromkeys([programme, *PROGRAMMES[1 : agreed % 3]])
            ],
            agreedToBeProposed=agreed % 8 != 7,
        )
        if stored := self.write(who, MATCHERS, "POST", "/candidates", body):
            self.candidates.append(stored["id"])

    @precondition(lambda self: self.candidates)
    @rule(who=WHO, number=NUMBER, change=st.sampled_from(CANDIDATE_CHANGES))
    def change_candidate(self, who: str, number: int, change: Json) -> None:
        body = {"avoidedSupplierIds": self.suppliers} if "avoid" in change else change
        candidate, path = self.picked(self.candidates, number), "/candidates/{candidateId}"
        if body:
            self.write(who, MATCHERS, "PATCH", path, body, candidateId=candidate)
        elif self.write(who, MATCHERS, "DELETE", path, candidateId=candidate) is not None:
            self.candidates.remove(candidate)

    @rule(who=MEMBERS, number=NUMBER, places=st.integers(0, 2), capacity=st.sampled_from([None, 1]))
    def register_slot(self, who: str, number: int, places: int, capacity: int | None) -> None:
        clauses = list(self.ledger.clause_contracts)
        clause = self.picked([*clauses[:2], clauses[0], clauses[3], None], number)
        is_later = clause == clauses[3]
        days = ("2090-03-01", "2091-01-31", "2091-06-30")
        body = slot_body(
            self.suppliers[0],
            reference=None,
            clauseId=clause,
            places=places,
            supervisorCapacity=capacity,
            earliestStart=days[0] if is_later else "2018-02-01",
            latestStart=days[1] if is_later else "2019-06-01",
            endDate=days[2] if is_later else "2019-07-31",
        )
        self.write(who, BUYERS, "POST", "/slots", body)

    @precondition(lambda self: self.ledger.slots)
    @rule(who=WHO, number=NUMBER, change=st.sampled_from(SLOT_CHANGES))
    def change_slot(self, who: str, number: int, change: Json) -> None:
        slot = self.picked(list(self.ledger.slots), number)
        method, body = ("PATCH", change) if change else ("DELETE", None)
        self.write(who, BUYERS, method, "/slots/{slotId}", body, slotId=slot)

    @rule(
        who=WHO,
        number=st.integers(0, 3),
        change=st.sampled_from(CHANGES),
        since=st.sampled_from([None, "", "2018-03-01", "2018-07-01", "2018-12-31", "2090-06-01"]),
    )
    def change_clause(self, who: str, number: int, change: Json, since: str | None) -> None:
        clause = self.picked(list(self.ledger.clause_contracts), number)
        body = change if since == "" else change | {"effectiveFrom": since}
        self.write(who, BUYERS, "PATCH", "/clauses/{clauseId}", body, clauseId=clause)

    @rule(
        who=WHO,
        change=st.sampled_from(CONTRACT_CHANGES),
    )
    def change_contract(self, who: str, change: Json) -> None:
        contract = next(iter(self.ledger.clause_contracts.values()))
        self.write(who, BUYERS, "PATCH", "/contracts/{contractId}", change, contractId=contract)

    @rule(who=WHO, number=NUMBER, passed=st.booleans(), on=STARTS)
    def check_gate(self, who: str, number: int, passed: bool, on: date) -> None:
        gate = self.picked(list(GATES), number)
        more: Json = {"interns": 2, "employees": 20} if gate == "no-displacement" else {}
        if gate == "union-consulted":
            more = {"askedOn": "2018-01-01", "answeredOn": "2018-01-02"}
        body = {"gate": gate, "outcome": "passed" if passed else "failed", "checkedOn": f"{on}"}
        path = "/suppliers/{supplierId}/gate-checks"
        body |= {"checkedBy": "Inköp"} | more
        self.write(who, CHECKERS, "POST", path, body, supplierId=self.suppliers[0])

    @rule(who=MEMBERS, on=STARTS)
    def match(self, who: str, on: date) -> None:
        run = self.write(who, MATCHERS, "POST", "/match-runs", {"asOf": f"{on}"})
        if run is not None:
            found = self.calls.items(f"/match-runs/{run['id']}/proposals")
            assert not {pair_of(one) for one in found} & {*self.declined.values()}
            self.proposals += found

    @precondition(lambda self: self.proposals)
    @rule(who=WHO, number=NUMBER, extent=EXTENTS, agreed=NUMBER)
    def decide(self, who: str, number: int, extent: int | None, agreed: int) -> None:
        proposal = self.proposals[-1 - number % len(self.proposals)]
        body: Json = {"outcome": "approved", "reason": "good-fit", "extentPercent": extent}
        if agreed % 2:
            body = {"outcome": "declined", "reason": "supplier-declined"}
        path = "/proposals/{proposalId}/decisions"
        if decided := self.write(who, MATCHERS, "POST", path, body, proposalId=proposal["id"]):
            self.reached[body["outcome"]] += 1
            self.decisions.append(decided["id"])
            self.check_booking(decided["placementId"])
            if body["outcome"] == "declined":
                self.declined[decided["id"]] = pair_of(proposal)
                if agreed % 4 == 1:  # a run now would most likely propose the pair again
                    self.match(RIGHT, day(proposal["startDate"]))

    decide_too = decide  # more names, so that the rule is drawn more often

    @precondition(lambda self: self.decisions)
    @rule(who=WHO, number=NUMBER)
    def lift(self, who: str, number: int) -> None:
        """Lifts a decision, mostly one that declined, as the others cannot be lifted."""
        decision = self.picked([*self.declined] * (number % 4 > 0) or self.decisions, number)
        path, body = "/decisions/{decisionId}/lifts", {"reason": "Ny handledare."}
        if self.write(who, MATCHERS, "POST", path, body, decisionId=decision):
            self.reached["lifted"] += 1
            self.declined.pop(decision)

    lift_too = lift

    @precondition(lambda self: self.candidates and self.ledger.slots)
    @rule(
        who=MEMBERS,
        number=NUMBER,
        other=NUMBER,
        start=STARTS,
        length=LENGTHS,
        extent=EXTENTS,
    )
    def place(
        self,
        who: str,
        number: int,
        other: int,
        start: date,
        length: int,
        extent: int | None,
    ) -> None:
        body: Json = {
            "candidateId": self.picked(self.candidates, number),
            "slotId": self.picked(list(self.ledger.slots), other),
            "startDate": f"{start}",
            "endDate": f"{start + timedelta(length - 1)}",
            "programme": self.picked(PROGRAMMES, number),
            "extentPercent": extent,
            "reason": "candidate-wish",
            "overrides": [],
        }
        placed = self.write(who, MATCHERS, "POST", "/placements", body)
        if placed is None and other % 8 != 7:  # then names the rules of the refusal
            body["overrides"] = [code for code in get_args(Override) if code in self.calls.refusal]
            placed = self.write(who, MATCHERS, "POST", "/placements", body)
        if placed:
            self.check_booking(placed["id"])

    place_too = place

    def check_booking(self, placement_id: str | None) -> None:
        for one in self.ledger.placements:
            if one["id"] == placement_id:
                self.ledger.check_booking(one)


def pair_of(proposal: Json) -> tuple[str, str]:
    return proposal["candidateId"], proposal["slotId"]
