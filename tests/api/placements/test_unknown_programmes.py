"""An unknown programme is no programme: refused wherever it comes in, closed where it is stored."""

from collections.abc import Callable
from typing import Any
from unicodedata import normalize
from uuid import UUID, uuid4

import pytest

from app.models.candidates import Candidate
from app.models.placements import Placement
from app.models.proposals import Proposal
from app.models.values import Clearance
from app.services.ground.known_programmes import MOST_GUESSES
from tests.api.registering import Json, candidate_body, pointers, register, register_candidate
from tests.api.runs.test_matchings import body as matching_body
from tests.callers import Caller, Service
from tests.journeys import (
    Case,
    actor_of,
    add_placement,
    change_row,
    codes_of_the_left,
    decide,
    make_case,
    proposals_of,
    start_run,
)
from tests.make import make_programme

# With what was meant by it; nothing known by the last one.
WRITTEN = {
    "Arbetspraktik": "arbetspraktik",
    "arbets praktik": "arbetspraktik",
    "arbetspraktk": "arbetspraktik",
    "arbetstraning": "arbetsträning",
    "LÖNEBIDRAG": "lönebidrag",
    "kurs": None,
}
# What the eye takes for the code itself.
LOOKALIKES = [
    "arbetspraktik ",
    " arbetspraktik",
    "arbets\u00adpraktik",
    "arbetspraktik\u200b",
    normalize("NFD", "arbetsträning"),
    normalize("NFD", "lönebidrag"),
]
MISSPELT = "Arbetspraktik"


def cleared(code: str, months: int = 6) -> list[Json]:
    return [{"code": "nystartsjobb", "maximumMonths": 6}, {"code": code, "maximumMonths": months}]


def placement_body(case: Case, programme: str, **more: Any) -> Json:
    return {
        "candidateId": str(case.candidate_ids[0]),
        "slotId": str(case.slot_id),
        "startDate": "2018-03-01",
        "endDate": "2018-06-30",
        "programme": programme,
        "reason": "candidate-wish",
        "overrides": ["programme-limit"],
    } | more


def sent_alone(admin: Caller, code: str) -> Any:
    return admin.post("/candidates", candidate_body(programmes=cleared(code)))


def sent_as_a_change(admin: Caller, code: str) -> Any:
    path = f"/candidates/{register_candidate(admin, reference=f'AF-{uuid4()}')}"
    return admin.patch(path, {"programmes": cleared(code)})


def sent_in_a_batch(admin: Caller, code: str) -> Any:
    items = [candidate_body(programmes=cleared(code)), candidate_body(reference=f"AF-{uuid4()}")]
    return admin.post("/candidate-batches", {"items": items})


def sent_to_be_matched(admin: Caller, code: str) -> Any:
    whole = matching_body()
    whole["candidates"][1] |= {"programmes": cleared(code)}
    return admin.post("/matchings", whole)


def details(answer: Any) -> list[tuple[str, str]]:
    """Pointer and detail of each error, of the only rejected line where it is a batch."""
    told = answer.json()
    if answer.status_code == 200 and "rejected" in told:
        assert (told["created"], len(told["rejected"])) == (1, 1)
        assert told["rejected"][0]["index"] == 0
        told = told["rejected"][0]["problem"]
    assert told["status"] == 422, told
    return [(error["pointer"], error["detail"]) for error in told["errors"]]


DOORS: dict[Callable[[Caller, str], Any], str] = {
    sent_alone: "#/programmes/1/code",
    sent_as_a_change: "#/programmes/1/code",
    sent_in_a_batch: "#/programmes/1/code",
    sent_to_be_matched: "#/candidates/1/programmes/1/code",
}


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    """The employer has passed every check there is."""
    return make_case(service, admin)


class TestAtTheDoor:
    @pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
    def test_it_is_refused_with_what_was_meant(
        self, admin: Caller, door: Callable[[Caller, str], Any]
    ) -> None:
        for written, meant in WRITTEN.items():
            [(pointer, detail)] = details(door(admin, written))
            assert pointer == DOORS[door]
            assert (f"Did you mean {meant}?" in detail) == (meant is not None)
            assert "GET /programmes" in detail

    def test_a_placement_outside_runs_is_refused_too(self, case: Case, admin: Caller) -> None:
        for written, meant in WRITTEN.items():
            [(pointer, detail)] = details(admin.post("/placements", placement_body(case, written)))
            assert pointer == "#/programme"
            assert (f"Did you mean {meant}?" in detail) == (meant is not None)

    def test_a_batch_of_misspellings_is_told_of_the_first_hundred(self, admin: Caller) -> None:
        codes = [f"arbetspraktik{number}" for number in range(MOST_GUESSES + 1)]
        items = [
            candidate_body(reference=f"AF-{number}", programmes=cleared(code))
            for number, code in enumerate([*codes, codes[0]])
        ]
        rejected = admin.post("/candidate-batches", {"items": items}).json()["rejected"]
        told = [one["problem"]["errors"][0]["detail"] for one in rejected]
        guessed = ["Did you mean arbetspraktik?" in detail for detail in told]
        assert guessed == [*[True] * MOST_GUESSES, False, True]

    @pytest.mark.parametrize("written", LOOKALIKES)
    def test_nothing_is_stored_that_only_looks_like_a_programme(
        self, case: Case, admin: Caller, written: str
    ) -> None:
        answer = sent_alone(admin, written)
        if answer.status_code == 201:
            assert answer.json()["programmes"][1]["code"] in set(WRITTEN.values())
        else:
            assert pointers(answer) == ["#/programmes/1/code"]
        placed = admin.post("/placements", placement_body(case, written))
        assert placed.status_code in {409, 422} or placed.json()["programme"] in WRITTEN.values()

    @pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
    def test_the_organisations_own_comes_in(
        self, service: Service, admin: Caller, door: Callable[[Caller, str], Any]
    ) -> None:
        with service.database.writing() as session:
            make_programme(session, actor_of(admin), "kommunens-eget")
        answer = door(admin, "kommunens-eget")
        assert answer.is_success, answer.text
        assert answer.json().get("rejected", []) == []

    def test_anothers_own_does_not(self, service: Service, admin: Caller) -> None:
        stranger = actor_of(service.stranger())
        with service.database.writing() as session:
            make_programme(session, stranger, "kommunens-eget")
        assert pointers(sent_alone(admin, "kommunens-eget")) == ["#/programmes/1/code"]


class TestStoredAlready:
    """Rows that were written before there was this rule, or directly."""

    @pytest.fixture
    def person(self, service: Service, case: Case) -> str:
        stored = [Clearance(code=MISSPELT, maximum_months=6)]
        change_row(service, Candidate, case.candidate_ids[0], programmes=stored)
        return f"/candidates/{case.candidate_ids[0]}"

    def test_it_can_be_read_and_stops_only_a_change_of_itself(
        self, person: str, admin: Caller
    ) -> None:
        shown = admin.get(person).json()
        assert shown["programmes"] == [{"code": MISSPELT, "maximumMonths": 6}]
        other = changed(admin, person, {"maximumDistanceKm": 39})
        assert (other.status_code, other.json()["programmes"]) == (200, shown["programmes"])
        same = changed(admin, person, {"programmes": shown["programmes"]})
        assert same.status_code == 200
        for wanted in (cleared(MISSPELT), [{"code": MISSPELT, "maximumMonths": 5}]):
            answer = changed(admin, person, {"programmes": wanted})
            assert pointers(answer) == [f"#/programmes/{len(wanted) - 1}/code"]
        right = [{"code": "arbetspraktik", "maximumMonths": 6}]
        mended = changed(admin, person, {"programmes": right})
        assert mended.json()["programmes"] == right

    def test_so_too_in_a_batch(self, person: str, admin: Caller) -> None:
        stored = admin.get(person).json()
        line = {name: stored[name] for name in candidate_body()} | {"maximumDistanceKm": 39}
        told = admin.post("/candidate-batches", {"items": [line]}).json()
        assert (told["updated"], told["rejected"]) == (1, [])
        line["programmes"] = [{"code": MISSPELT, "maximumMonths": 5}]
        told = admin.post("/candidate-batches", {"items": [line]}).json()
        assert (told["updated"], len(told["rejected"])) == (0, 1)

    def test_nobody_is_proposed(self, person: str, case: Case, admin: Caller) -> None:
        run = start_run(admin)
        assert proposals_of(admin, run) == []
        assert codes_of_the_left(admin, run) == ["gate-missing"]
        pair = {"candidateId": str(case.candidate_ids[0]), "slotId": str(case.slot_id)}
        for language, said in (("en", "programme is unknown"), ("sv", "finns programmet inte")):
            path = f"/match-runs/{run['id']}/pairs"
            asked = {"Accept-Language": language}
            (reason,) = admin.get(path, params=pair, headers=asked).json()["reasons"]
            assert (reason["code"], said in reason["text"]) == ("gate-missing", True)
        answer = admin.post("/match-runs", {"asOf": "2018-02-01", "pins": [pair]})
        assert pointers(answer) == ["#/pins/0"]
        assert "gate-missing" in answer.text

    def test_no_proposal_is_approved(
        self, service: Service, case: Case, admin: Caller, person: str
    ) -> None:
        right = [Clearance(code="arbetspraktik", maximum_months=6)]
        change_row(service, Candidate, case.candidate_ids[0], programmes=right)
        [proposal] = proposals_of(admin, start_run(admin))
        change_row(service, Proposal, id_of(proposal), programme=MISSPELT)
        cleared_for_it = [Clearance(code=MISSPELT, maximum_months=6)]
        change_row(service, Candidate, case.candidate_ids[0], programmes=cleared_for_it)
        assert refused(decide(admin, proposal)) == "gates-missing"
        assert admin.get("/placements").json()["items"] == []

    def test_nobody_is_a_reserve(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2, places=1)
        run = start_run(admin)
        path = f"/match-runs/{run['id']}/reserves?slotId={case.slot_id}"
        assert len(admin.get(path).json()["items"]) == 1
        for candidate_id in case.candidate_ids:
            stored = [Clearance(code=MISSPELT, maximum_months=6)]
            change_row(service, Candidate, candidate_id, programmes=stored)
        assert admin.get(path).json()["items"] == []

    def test_no_placement_is_extended(
        self, service: Service, case: Case, admin: Caller, person: str
    ) -> None:
        values: Json = {"candidate_id": case.candidate_ids[0], "programme": MISSPELT}
        placement = add_placement(service, admin, case, **values, status="ready")
        wish = {"endDate": "2018-07-31", "reason": "candidate-wish"}
        assert refused(admin.post(f"/placements/{placement}/extensions", wish)) == "gates-missing"
        with service.database.writing() as session:
            make_programme(session, actor_of(admin), MISSPELT)
        register(admin, f"/placements/{placement}/extensions", wish)

    def test_no_placement_begins(self, service: Service, case: Case, admin: Caller) -> None:
        placement = add_placement(service, admin, case, programme=MISSPELT)
        for party in ("participant", "supplier", "authority"):
            body = {"party": party, "signedOn": "2018-02-20"}
            register(admin, f"/placements/{placement}/signatures", body)
        move = {"to": "ready", "on": "2018-02-20"}
        path = f"/placements/{placement}/transitions"
        assert refused(admin.post(path, move)) == "gates-missing"
        change_row(service, Placement, placement, status="ready")
        begin = {"to": "active", "on": "2018-03-01"}
        assert refused(admin.post(path, begin)) == "gates-missing"
        called_off = {
            "to": "cancelled",
            "on": "2018-02-21",
            "reason": "other",
            "comment": "Fel kod.",
        }
        register(admin, path, called_off)


def id_of(shown: Json) -> UUID:
    return UUID(shown["id"])


def refused(answer: Any) -> str:
    assert answer.status_code == 409, answer.text
    return str(answer.json()["type"]).removeprefix("/problems/")


def changed(admin: Caller, path: str, patch: Json) -> Any:
    return admin.call("PATCH", path, json=patch, headers={"If-Match": "*"})
