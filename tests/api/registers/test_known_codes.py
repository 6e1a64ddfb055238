"""Codes of official lists: refused where they do not exist, readable where they were stored."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from app.models.candidates import Candidate
from app.models.contracts import Contract
from app.models.slots import Slot
from app.models.values import Demands, Language, Occupation, Wish
from tests.api.registering import (
    Json,
    candidate_body,
    contract_body,
    pointers,
    register,
    register_candidate,
    register_contract,
    register_slot,
    register_supplier,
    slot_body,
)
from tests.callers import Caller, Service
from tests.journeys import change_row

NO_LANGUAGE = {"code": "qq", "level": 2}
ASKED: Json = {"skills": [], "languages": [], "drivingLicences": [], "certificates": []}


@dataclass(frozen=True)
class Field:
    """A field that holds codes: bodies that the service refuses and takes, and the row's value."""

    name: str
    resource: str
    wrong: Any
    pointer: str
    right: Any
    model: Any
    stored: Any
    other: Json

    @property
    def column(self) -> str:
        return {"cpvCode": "cpv_code"}.get(self.name, self.name)


def of_candidate(name: str, wrong: Any, pointer: str, right: Any, stored: Any) -> Field:
    other = {"maximumDistanceKm": 7}
    return Field(name, "candidates", wrong, pointer, right, Candidate, stored, other)


def of_slot(name: str, wrong: Any, pointer: str, right: Any, stored: Any) -> Field:
    return Field(name, "slots", wrong, pointer, right, Slot, stored, {"places": 1})


QQ = Language(code="qq", level=3)
SPOKEN = ASKED | {"languages": [{"code": "en", "level": 1}, NO_LANGUAGE]}
FIELDS = [
    Field(
        "cpvCode",
        "contracts",
        "45214201",
        "#/cpvCode",
        "45214200",
        Contract,
        "45214201-1",
        {"title": "x"},
    ),
    of_candidate(
        "occupations",
        [{"ssyk": "71"}, {"ssyk": "7117"}],
        "#/occupations/1/ssyk",
        [{"ssyk": "7"}],
        [Wish(ssyk="04")],
    ),
    of_candidate("languages", [NO_LANGUAGE], "#/languages/0/code", [], [QQ]),
    of_slot(
        "occupation",
        {"ssyk": "7110"},
        "#/occupation/ssyk",
        {"ssyk": "1210"},
        Occupation(ssyk="7117"),
    ),
    of_slot("required", SPOKEN, "#/required/languages/1/code", ASKED, Demands(languages=[QQ])),
    of_slot("preferred", SPOKEN, "#/preferred/languages/1/code", ASKED, Demands(languages=[QQ])),
]
each_field = pytest.mark.parametrize("field", FIELDS, ids=lambda one: f"{one.resource}-{one.name}")

Bodies = Callable[[Caller, Json], Json]
BODIES: dict[str, Bodies] = {
    "contracts": lambda admin, more: contract_body(register_supplier(admin), **more),
    "candidates": lambda _, more: candidate_body(**more),
    "slots": lambda admin, more: slot_body(register_supplier(admin), **more),
}


def stored_before(service: Service, admin: Caller, field: Field) -> str:
    """A row that holds the field's unknown code, as rows from before the lists do."""
    made = {
        "contracts": lambda: register_contract(admin, register_supplier(admin)),
        "candidates": lambda: register_candidate(admin),
        "slots": lambda: register_slot(admin, register_supplier(admin)),
    }
    row_id = str(made[field.resource]())
    change_row(service, field.model, UUID(row_id), **{field.column: field.stored})
    return f"/{field.resource}/{row_id}"


class TestUnknownCode:
    @each_field
    def test_is_refused_where_it_is_new(self, admin: Caller, field: Field) -> None:
        body = BODIES[field.resource](admin, {field.name: field.wrong})
        assert pointers(admin.post(f"/{field.resource}", body)) == [field.pointer]
        row = register(admin, f"/{field.resource}", body | {field.name: field.right})
        path = f"/{field.resource}/{row['id']}"
        assert pointers(admin.patch(path, {field.name: field.wrong})) == [field.pointer]

    @each_field
    def test_that_was_stored_stops_a_change_of_its_field_alone(
        self, service: Service, admin: Caller, field: Field
    ) -> None:
        path = stored_before(service, admin, field)
        shown = admin.get(path).json()
        assert admin.patch(path, field.other).status_code == 200
        assert admin.get(path).json()[field.name] == shown[field.name]
        wrong, right = {field.name: field.wrong}, {field.name: field.right}
        assert pointers(admin.patch(path, wrong, version=2)) == [field.pointer]
        assert admin.patch(path, right, version=2).status_code == 200

    @pytest.mark.parametrize("field", FIELDS[1:], ids=lambda one: f"{one.resource}-{one.name}")
    def test_in_a_batch_is_refused_unless_the_row_has_it(
        self, service: Service, admin: Caller, field: Field
    ) -> None:
        path, batch = stored_before(service, admin, field), f"/{field.resource[:-1]}-batches"
        known = admin.get(path).json()
        names = candidate_body() if field.model is Candidate else slot_body("")
        sent = {name: known[name] for name in names} | field.other
        lines = [sent, sent | {"reference": "new"}]
        outcome = admin.post(batch, {"items": lines}).json()
        assert (outcome["updated"], outcome["created"]) == (1, 0)
        (rejected,) = outcome["rejected"]
        assert rejected["index"] == 1
        assert rejected["problem"]["errors"][0]["pointer"].startswith(f"#/{field.name}")

    def test_in_what_is_matched_and_not_stored(self, admin: Caller) -> None:
        person = candidate_body(id="k", languages=[NO_LANGUAGE], avoidedSupplierIds=[])
        slot = slot_body("x", id="p", clauseId=None, occupation={"ssyk": "7110"}, required=SPOKEN)
        answer = admin.post("/matchings", {"candidates": [person], "slots": [slot]})
        assert pointers(answer) == [
            "#/candidates/0/languages/0/code",
            "#/slots/0/occupation/ssyk",
            "#/slots/0/required/languages/1/code",
        ]


class TestLanguages:
    def test_is_kept_by_its_code_of_iso_639_1(self, admin: Caller) -> None:
        sent = [{"code": code, "level": 2} for code in ("swe", "alb", "prs", "en")]
        row = register(admin, "/candidates", candidate_body(languages=sent))
        assert [one["code"] for one in row["languages"]] == ["sv", "sq", "prs", "en"]

    @pytest.mark.parametrize(("one", "other"), [("sv", "swe"), ("sqi", "alb")])
    def test_twice_by_two_of_its_codes(self, admin: Caller, one: str, other: str) -> None:
        twice = [{"code": code, "level": 2} for code in (one, other)]
        answer = admin.post("/candidates", candidate_body(languages=twice))
        assert pointers(answer) == ["#/languages"]

    @pytest.mark.parametrize(("spoken", "asked"), [("swe", "sv"), ("alb", "sqi"), ("fa", "per")])
    def test_person_and_slot_meet_by_any_two_codes(
        self, admin: Caller, spoken: str, asked: str
    ) -> None:
        person = candidate_body(
            id="k",
            occupations=[{"ssyk": "7111"}],
            languages=[{"code": spoken, "level": 2}],
            neededAdaptations=[],
        )
        wanted = ASKED | {"languages": [{"code": asked, "level": 2}]}
        slot = slot_body("x", id="p", clauseId=None, required=wanted)
        body = {"asOf": "2018-02-01", "candidates": [person], "slots": [slot]}
        assert len(admin.post("/matchings", body).json()["proposals"]) == 1


class TestSkills:
    @pytest.mark.parametrize(("length", "status"), [(120, 201), (121, 422)])
    def test_up_to_120_characters(self, admin: Caller, length: int, status: int) -> None:
        answer = admin.post("/candidates", candidate_body(skills=["x" * length]))
        assert answer.status_code == status
        wanted = ASKED | {"skills": ["x" * length]}
        body = slot_body(register_supplier(admin), required=wanted, preferred=wanted)
        assert admin.post("/slots", body).status_code == status

    @pytest.mark.parametrize(("length", "status"), [(80, 201), (81, 422)])
    def test_other_codes_up_to_80(self, admin: Caller, length: int, status: int) -> None:
        answer = admin.post("/candidates", candidate_body(certificates=["x" * length]))
        assert answer.status_code == status


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_filter_by_occupation_is_read_as_in_a_body(admin: Caller) -> None:
    assert admin.get("/slots", params={"occupation": "71 "}).status_code == 200
    (error,) = admin.get("/slots", params={"occupation": "x"}).json()["errors"]
    assert error["detail"] == "give one to four digits, as 7111, or 71 for all of a group"
