"""The Östersund journey by a client that openapi-generator (python) has generated.

usage: python pydantic_client.py ADDRESS KEY FIRST_DAY_OF_THE_CONTRACT
"""

import json
import sys
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from handslag_api import (
    ApiClient,
    CandidateBatchInput,
    CandidateInput,
    CandidatesApi,
    ClauseInput,
    ClauseKind,
    ClausesApi,
    Clearance,
    Configuration,
    ContractInput,
    ContractsApi,
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
    MatchRunsApi,
    Occupation,
    Position,
    ProposalsApi,
    SlotInput,
    SlotOutput,
    SlotPatch,
    SlotsApi,
    SupplierInput,
    SuppliersApi,
    TargetGroup,
    Wish,
)

OSTERSUND, SUNDSVALL = "2380", "2281"
TRAINED = ["safe-construction-training"]


def main(address: str, key: str, start: date) -> None:
    with ApiClient(Configuration(host=address, access_token=key)) as api:
        api.set_default_header("Handslag-Caseworker", "caseworker-1")
        print(json.dumps(travel(api, start)))


def travel(api: ApiClient, start: date) -> dict[str, Any]:
    """Registers, matches, approves and reads the verdict; a problem is an ApiException."""
    company = SupplierInput(name="Exempelbygg i Jämtland AB", organisationNumber="556000-0167")
    supplier = SuppliersApi(api).register_supplier(company).id
    for check in gate_checks(start):
        SuppliersApi(api).record_check(supplier, check)
    contract = ContractsApi(api).register_contract(contract_of(start, supplier)).id
    clause = ClausesApi(api).register_clause(contract, clause_of(start)).id
    slots = [SlotsApi(api).register_slot(slot) for slot in slots_of(start, supplier, clause)]
    slots[3] = widen(api, slots[3])
    people = CandidateBatchInput(items=candidates(start, supplier))
    if rejected := CandidatesApi(api).store_candidate_batch(people).rejected:
        raise SystemExit(f"{rejected}")

    runs = MatchRunsApi(api)
    run = runs.start_match_run(MatchRunInput(asOf=start)).id
    proposals = ProposalsApi(api).list_proposals(run, limit=100).items
    approval = DecisionInput(outcome=DecisionOutcome.APPROVED, reason=DecisionReason.GOOD_MINUS_FIT)
    for proposal in proposals:
        ProposalsApi(api).decide_on_proposal(proposal.id, approval)
    unmatched = runs.list_unmatched_candidates(run).items
    fulfilment = ClausesApi(api).read_clause_fulfilment(clause, as_of=start)
    titles = {slot.id: slot.title for slot in slots}
    return {
        "proposals": sorted([titles[one.slot_id], one.points] for one in proposals),
        "unmatched": len(unmatched),
        "proofLines": len(runs.read_proof(run).splitlines()),
        "verdict": fulfilment.verdict.value,
        "booked": fulfilment.booked,
    }


def widen(api: ApiClient, slot: SlotOutput) -> SlotOutput:
    """A change names the version that it is meant for; what it leaves out stays."""
    change = SlotPatch(extentPercent=ExtentPatch(min=50))
    return SlotsApi(api).change_slot(slot.id, '"1"', change)


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
    return [GateCheckInput.model_validate(check | passed) for check in checks]


def contract_of(start: date, supplier: UUID) -> ContractInput:
    return ContractInput(
        reference="KS 2017/0412",
        title="Ombyggnad av Palmcrantzskolan",
        supplierId=supplier,
        cpvCode="45214200-2",
        municipalityCode=OSTERSUND,
        valueSek=45_000_000,
        startDate=start,
        endDate=last_day(start),
    )


def clause_of(start: date) -> ClauseInput:
    return ClauseInput(
        kind=ClauseKind.INTERNSHIP,
        places=4,
        minimumMonths=4,
        minimumExtentPercent=50,
        targetGroups=["long-term-unemployed"],
        firstStartWithinMonths=6,
        earlyEndSharePercent=75,
        responsible="Upphandlingsenheten",
        nextFollowUpDate=months_later(start, 3),
        purpose="Fyra personer långt från arbete får pröva på byggbranschen.",
    )


def slots_of(start: date, supplier: UUID, clause: UUID) -> list[SlotInput]:
    """Seven places: four that the clause asks for, and three voluntary ones."""

    def slot(title: str, ssyk: str, places: int, least: int = 50, **more: Any) -> SlotInput:
        return SlotInput(
            title=title,
            occupation=Occupation(ssyk=ssyk),
            places=places,
            earliestStart=start,
            latestStart=months_later(start, 6),
            endDate=last_day(start),
            extentPercent=Extent(min=least, max=100),
            municipalityCode=OSTERSUND,
            supplierId=supplier,
            **more,
        )

    swedish = Demands(languages=[Language(code="sv", level=2)])
    snickeri = Demands(skills=["snickeri"])
    driver = Demands(drivingLicences=[DrivingLicence.B])
    return [
        slot("Snickare", "7111", 2, clauseId=clause, required=swedish, preferred=snickeri),
        slot("Byggarbetare", "9310", 2, clauseId=clause, required=Demands(certificates=TRAINED)),
        slot("Målare", "7131", 1, required=driver),
        slot("Städare", "9111", 2, least=75, adaptations=["step-free-entrance"]),
    ]


def candidates(start: date, supplier: UUID) -> list[CandidateInput]:
    """Fifteen people; six of them cannot be placed, each for another reason."""

    def person(number: int, wishes: list[str], months_waited: int, **more: Any) -> CandidateInput:
        shared: dict[str, Any] = {
            "municipalityCode": OSTERSUND,
            "targetGroups": [TargetGroup(code="long-term-unemployed")],
            "programmes": [Clearance(code="arbetspraktik", maximumMonths=6)],
            "agreedToBeProposed": True,
        }
        return CandidateInput(
            reference=f"EXEMPEL-{number:02}",
            occupations=[Wish(ssyk=wish) for wish in wishes],
            maximumDistanceKm=40,
            availableFrom=start,
            extentPercent=Extent(min=50, max=100),
            waitingSince=months_later(start, -months_waited),
            **shared | more,
        )

    speaks: dict[str, Any] = {"languages": [Language(code="sv", level=3)]}
    trained: dict[str, Any] = {"certificates": TRAINED}
    krokom = Position(latitude=63.327, longitude=14.453)
    return [
        person(1, ["7111"], 40, **speaks, skills=["snickeri"]),
        person(2, ["7111", "9310"], 22, **speaks, **trained),
        person(3, ["9310"], 51, **trained),
        person(4, ["93", "7111"], 30, **speaks, **trained, position=krokom),
        person(5, ["9111"], 18),
        person(6, ["9111"], 12, neededAdaptations=["step-free-entrance"]),
        person(7, ["7131"], 9, drivingLicences=[DrivingLicence.B]),
        person(8, ["7111"], 7, **speaks),
        person(9, ["9310"], 26, **trained, targetGroups=[]),
        person(10, ["9310"], 33, **trained, municipalityCode=SUNDSVALL),
        person(11, ["7131"], 28),
        person(12, ["7111"], 44, languages=[Language(code="sv", level=1)]),
        person(13, ["9111"], 15, programmes=[]),
        person(14, ["9310"], 37, **trained, agreedToBeProposed=False),
        person(15, ["7111"], 20, **speaks, avoidedSupplierIds=[supplier]),
    ]


def last_day(start: date) -> date:
    return months_later(start, 16) - timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The first day of the month that comes so many months later."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], date.fromisoformat(sys.argv[3]))
