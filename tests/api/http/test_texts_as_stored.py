"""What is stored is shown as it is, and stops only its own change; free texts keep their lines."""

from sqlmodel import select

from app.api.registers import slots
from app.models.candidates import Candidate
from app.models.contracts import Contract
from app.models.slots import Slot
from app.models.values import Demands, Door, through
from tests.api.registering import (
    Json,
    candidate_body,
    clause_body,
    pointers,
    register,
    register_candidate,
    register_contract,
    register_slot,
    register_supplier,
)
from tests.callers import Caller, Service

OFFICIAL = "18900221/9815"  # of the official test series; earlier releases let it in
UNSEEN = "svets\u200bare"


def test_what_the_door_would_refuse_today_is_read_and_stays(
    service: Service, admin: Caller
) -> None:
    supplier_id = register_supplier(admin)
    paths = [
        f"/contracts/{register_contract(admin, supplier_id)}",
        f"/candidates/{register_candidate(admin)}",
        f"/slots/{register_slot(admin, supplier_id)}",
    ]
    with service.database.writing() as session:
        session.exec(select(Contract)).one().reference = OFFICIAL
        person = session.exec(select(Candidate)).one()
        person.skills = [UNSEEN]
    with service.database.writing() as session, through(Door.OUT):
        slot = session.exec(select(Slot)).one()
        slot.required = Demands(skills=[UNSEEN])
    shown = [admin.get(path).json() for path in paths]
    assert shown[0]["reference"] == OFFICIAL
    assert shown[1]["skills"] == shown[2]["required"]["skills"] == [UNSEEN]
    assert admin.post("/match-runs", {"asOf": "2018-02-01"}).status_code == 201
    for path, before in zip(paths, shown, strict=True):
        after = admin.patch(path, {"municipalityCode": "2321"}).json()
        assert after["municipalityCode"] == "2321"
        for name in ("reference", "skills", "required"):
            assert after.get(name) == before.get(name)
    for path, change, pointer in (
        (paths[0], {"reference": OFFICIAL}, "#/reference"),
        (paths[1], {"skills": ["a", UNSEEN]}, "#/skills/1"),
        (paths[2], {"required": {"skills": [UNSEEN]}}, "#/required/skills/0"),
    ):
        assert pointers(admin.patch(path, change, version=2)) == [pointer]


def test_free_text_is_composed_and_trimmed_and_keeps_its_lines(admin: Caller) -> None:
    contract_id = register_contract(admin, register_supplier(admin), title=" A\u030akra  ")
    assert admin.get(f"/contracts/{contract_id}").json()["title"] == "Åkra"
    body = clause_body(purpose="\n Fyra personer.\n\nFo\u0308r byggbranschen. \n")
    clause = register(admin, f"/contracts/{contract_id}/clauses", body)
    assert clause["purpose"] == "Fyra personer.\n\nFör byggbranschen."


def test_matching_compares_codes_as_people_read_them_and_gives_ids_back_as_sent(
    admin: Caller,
) -> None:
    own_id = "A\u030a 18900221-9815 "
    skill = {"skills": ["a\u030akare "]}
    person: Json = candidate_body(occupations=[{"ssyk": "7111"}], neededAdaptations=[])
    person |= {"id": own_id, "reference": OFFICIAL, "skills": ["\u00e5kare"]}
    slot = admin_slot() | {"id": own_id, "required": skill, "title": OFFICIAL, "tasks": OFFICIAL}
    answer = admin.post(
        "/matchings", {"asOf": "2018-02-01", "candidates": [person], "slots": [slot]}
    )
    assert answer.status_code == 200, answer.text
    (proposal,) = answer.json()["proposals"]
    assert (proposal["candidateId"], proposal["slotId"]) == (own_id, own_id)


def admin_slot() -> Json:
    return slots.EXAMPLE | {"supplierId": "exempel", "clauseId": None, "adaptations": []}
