"""The Östersund journey by a client that openapi-python-client has generated.

usage: python attrs_client.py ADDRESS KEY FIRST_DAY_OF_THE_CONTRACT
"""

import json
import sys
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from handslag_client import AuthenticatedClient
from handslag_client.api.candidates import store_candidate_batch
from handslag_client.api.clauses import read_clause_fulfilment, register_clause
from handslag_client.api.contracts import register_contract
from handslag_client.api.match_runs import list_unmatched_candidates, read_proof, start_match_run
from handslag_client.api.proposals import decide_on_proposal, list_proposals
from handslag_client.api.slots import change_slot, register_slot
from handslag_client.api.suppliers import record_check, register_supplier
from handslag_client.models import (
    CandidateBatchInput,
    CandidateInput,
    ClauseInput,
    ClauseKind,
    Clearance,
    ContractInput,
    DecisionInput,
    DecisionOutcome,
    DecisionReason,
    Demands,
    DrivingLicence,
    Extent,
    ExtentPatch,
    GateCheckInput,
    Language,
    MatchRunInput,
    MatchRunOutput,
    Occupation,
    Position,
    Problem,
    SlotInput,
    SlotOutput,
    SlotPatch,
    SupplierInput,
    TargetGroup,
    Wish,
)

OSTERSUND, SUNDSVALL = "2380", "2281"
TRAINED = ["safe-construction-training"]
Answer = TypeVar("Answer")


def main(address: str, key: str, start: date) -> None:
    headers = {"Handslag-Caseworker": "caseworker-1"}
    with AuthenticatedClient(base_url=address, token=key, headers=headers) as api:
        print(json.dumps(travel(api, start)))


def travel(api: AuthenticatedClient, start: date) -> dict[str, Any]:
    """Registers, matches, approves and reads the verdict."""
    company = SupplierInput("Exempelbygg i Jämtland AB", organisation_number="556000-0167")
    supplier = told(register_supplier.sync(client=api, body=company)).id
    for check in gate_checks(start):
        told(record_check.sync(supplier, client=api, body=check))
    contract = told(register_contract.sync(client=api, body=contract_of(start, supplier))).id
    clause = told(register_clause.sync(contract, client=api, body=clause_of(start))).id
    slots = [
        told(register_slot.sync(client=api, body=slot))
        for slot in slots_of(start, supplier, clause)
    ]
    slots[3] = widen(api, slots[3])
    people = CandidateBatchInput(items=candidates(start, supplier))
    if rejected := told(store_candidate_batch.sync(client=api, body=people)).rejected:
        raise SystemExit(f"{rejected}")

    answer = start_match_run.sync(client=api, body=MatchRunInput(as_of=start))
    if not isinstance(answer, MatchRunOutput):  # a problem; or a very large run that waits yet
        raise SystemExit(f"{answer}")
    run = answer.id
    proposals = told(list_proposals.sync(run, client=api, limit=100)).items
    approval = DecisionInput(DecisionOutcome.APPROVED, DecisionReason.GOOD_FIT)
    for proposal in proposals:
        told(decide_on_proposal.sync(proposal.id, client=api, body=approval))
    unmatched = told(list_unmatched_candidates.sync(run, client=api)).items
    fulfilment = told(read_clause_fulfilment.sync(clause, client=api, as_of=start))
    titles = {slot.id: slot.title for slot in slots}
    return {
        "proposals": sorted([titles[one.slot_id], one.points] for one in proposals),
        "unmatched": len(unmatched),
        "proofLines": len(told(read_proof.sync(run, client=api)).payload.readlines()),
        "verdict": fulfilment.verdict.value,
        "booked": fulfilment.booked,
    }


def widen(api: AuthenticatedClient, slot: SlotOutput) -> SlotOutput:
    """A change names the version that it is meant for; what it leaves out stays."""
    change = SlotPatch(extent_percent=ExtentPatch(min_=50))
    return told(change_slot.sync(slot.id, client=api, body=change, if_match='"1"'))


def told(answer: Answer | Problem | None) -> Answer:
    """What was asked for; the program ends with the problem where there is one."""
    if answer is None or isinstance(answer, Problem):
        raise SystemExit(f"{answer}")
    return answer


def gate_checks(start: date) -> list[GateCheckInput]:
    """What arbetspraktik asks of an employer, checked two weeks before the contract begins."""
    checked, asked = f"{start - timedelta(days=14)}", f"{start - timedelta(days=28)}"
    passed = {"outcome": "passed", "checkedOn": checked, "checkedBy": "Upphandlingsenheten"}
    checks = (
        {"gate": "registered-employer"},
        {"gate": "no-business-ban"},
        {"gate": "no-work-environment-faults"},
        {"gate": "union-consulted", "askedOn": asked, "answeredOn": checked},
        {"gate": "no-displacement", "interns": 4, "employees": 38},
    )
    return [GateCheckInput.from_dict(check | passed) for check in checks]


def contract_of(start: date, supplier: UUID) -> ContractInput:
    return ContractInput(
        reference="KS 2017/0412",
        title="Ombyggnad av Palmcrantzskolan",
        supplier_id=supplier,
        cpv_code="45214200-2",
        municipality_code=OSTERSUND,
        value_sek=45_000_000,
        start_date=start,
        end_date=last_day(start),
    )


def clause_of(start: date) -> ClauseInput:
    return ClauseInput(
        kind=ClauseKind.INTERNSHIP,
        places=4,
        minimum_months=4,
        minimum_extent_percent=50,
        target_groups=["long-term-unemployed"],
        first_start_within_months=6,
        early_end_share_percent=75,
        responsible="Upphandlingsenheten",
        next_follow_up_date=months_later(start, 3),
        purpose="Fyra personer långt från arbete får pröva på byggbranschen.",
    )


def slots_of(start: date, supplier: UUID, clause: UUID) -> list[SlotInput]:
    """Seven places: four that the clause asks for, and three voluntary ones."""

    def slot(title: str, ssyk: str, places: int, least: int = 50, **more: Any) -> SlotInput:
        return SlotInput(
            title,
            Occupation(ssyk),
            places,
            earliest_start=start,
            latest_start=months_later(start, 6),
            end_date=last_day(start),
            extent_percent=Extent(least, 100),
            municipality_code=OSTERSUND,
            supplier_id=supplier,
            **more,
        )

    swedish = Demands(languages=[Language("sv", 2)])
    snickeri = Demands(skills=["snickeri"])
    driver = Demands(driving_licences=[DrivingLicence.B])
    return [
        slot("Snickare", "7111", 2, clause_id=clause, required=swedish, preferred=snickeri),
        slot("Byggarbetare", "9310", 2, clause_id=clause, required=Demands(certificates=TRAINED)),
        slot("Målare", "7131", 1, required=driver),
        slot("Städare", "9111", 2, least=75, adaptations=["step-free-entrance"]),
    ]


def candidates(start: date, supplier: UUID) -> list[CandidateInput]:
    """Fifteen people; six of them cannot be placed, each for another reason."""

    def person(number: int, wishes: list[str], months_waited: int, **more: Any) -> CandidateInput:
        shared: dict[str, Any] = {
            "municipality_code": OSTERSUND,
            "target_groups": [TargetGroup("long-term-unemployed")],
            "programmes": [Clearance("arbetspraktik", maximum_months=6)],
            "agreed_to_be_proposed": True,
        }
        return CandidateInput(
            reference=f"EXEMPEL-{number:02}",
            occupations=[Wish(wish) for wish in wishes],
            maximum_distance_km=40,
            available_from=start,
            extent_percent=Extent(50, 100),
            waiting_since=months_later(start, -months_waited),
            **shared | more,
        )

    speaks: dict[str, Any] = {"languages": [Language("sv", 3)]}
    trained: dict[str, Any] = {"certificates": TRAINED}
    krokom = Position(latitude=63.327, longitude=14.453)
    return [
        person(1, ["7111"], 40, **speaks, skills=["snickeri"]),
        person(2, ["7111", "9310"], 22, **speaks, **trained),
        person(3, ["9310"], 51, **trained),
        person(4, ["93", "7111"], 30, **speaks, **trained, position=krokom),
        person(5, ["9111"], 18),
        person(6, ["9111"], 12, needed_adaptations=["step-free-entrance"]),
        person(7, ["7131"], 9, driving_licences=[DrivingLicence.B]),
        person(8, ["7111"], 7, **speaks),
        person(9, ["9310"], 26, **trained, target_groups=[]),
        person(10, ["9310"], 33, **trained, municipality_code=SUNDSVALL),
        person(11, ["7131"], 28),
        person(12, ["7111"], 44, languages=[Language("sv", 1)]),
        person(13, ["9111"], 15, programmes=[]),
        person(14, ["9310"], 37, **trained, agreed_to_be_proposed=False),
        person(15, ["7111"], 20, **speaks, avoided_supplier_ids=[supplier]),
    ]


def last_day(start: date) -> date:
    return months_later(start, 16) - timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The first day of the month that comes so many months later."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], date.fromisoformat(sys.argv[3]))
