"""A contract as an OCDS release: procurement data in the form in which it is published.

Where OCDS leaves a choice, or can say more than is known here:
- A supplier is identified by SE-ON, org-id.guide's list of Swedish organisation numbers. The buyer
  has only its name here, so its id means something in this release alone.
- A day begins and ends in Sweden, whose offset each time carries.
- The same content as of the same day is the same release, with the same id, whenever it is asked
  for. Its date is the day that it is as of: publish no two that differ as of one day, or take the
  last of them.
- Award and tender say only what is registered of the contract.
"""

from datetime import date, datetime, time
from hashlib import sha256

from app.api.http import Language
from app.api.reports import ocds_shapes as ocds
from app.api.words.ocds_words import milestone_text, milestone_title
from app.clock import SWEDEN
from app.models.contracts import Contract
from app.services.reports.milestones import ContractMilestones, Milestone

LAST_SECOND = time(23, 59, 59)
BUYER_ID = "buyer"
DIGITS_OF_CONTENT = 12


def release_of(
    found: ContractMilestones, prefix: str, as_of: date, language: Language
) -> ocds.ReleaseOutput:
    """The release, with an id that its content and the day give it."""
    release = _release(found, prefix, as_of, language)
    content = sha256(release.model_dump_json(exclude={"id"}).encode()).hexdigest()
    release.id = f"{found.contract.id}-{as_of:%Y%m%d}-{content[:DIGITS_OF_CONTENT]}"
    return release


def _release(
    found: ContractMilestones, prefix: str, as_of: date, language: Language
) -> ocds.ReleaseOutput:
    contract = found.contract
    buyer = ocds.ReferenceOutput(id=BUYER_ID, name=found.organisation)
    supplier = _supplier(found)
    return ocds.ReleaseOutput(
        ocid=f"{prefix}-{contract.id}",
        id="",
        date=_start_of(as_of),
        language=language,
        tag=["contract", "implementation"],
        initiation_type="tender",
        parties=[
            ocds.PartyOutput(id=buyer.id, name=buyer.name, roles=["buyer", "procuringEntity"]),
            supplier,
        ],
        buyer=buyer,
        tender=_tender(found, buyer),
        awards=[_award(contract, ocds.ReferenceOutput(id=supplier.id, name=supplier.name))],
        contracts=[_contract(found, as_of, language)],
    )


def _supplier(found: ContractMilestones) -> ocds.PartyOutput:
    number = found.supplier.organisation_number
    hyphened = f"{number[:6]}-{number[6:]}"
    return ocds.PartyOutput(
        id=f"SE-ON-{hyphened}",
        name=found.supplier.name,
        identifier=ocds.IdentifierOutput(
            scheme="SE-ON", id=hyphened, legal_name=found.supplier.name
        ),
        roles=["supplier"],
    )


def _tender(found: ContractMilestones, buyer: ocds.ReferenceOutput) -> ocds.TenderOutput:
    goal = ocds.SustainabilityOutput(goal=ocds.GOAL, strategies=[ocds.STRATEGY])
    return ocds.TenderOutput(
        id=f"{found.contract.id}",
        title=found.contract.title,
        procuring_entity=buyer,
        has_sustainability=found.has_clauses,
        sustainability=[goal] if found.has_clauses else None,
    )


def _award(contract: Contract, supplier: ocds.ReferenceOutput) -> ocds.AwardOutput:
    return ocds.AwardOutput(
        id=f"{contract.id}",
        title=contract.title,
        suppliers=[supplier],
        items=_items(contract),
        value=_value(contract),
        contract_period=_period(contract),
    )


def _contract(
    found: ContractMilestones, as_of: date, language: Language
) -> ocds.AwardedContractOutput:
    contract = found.contract
    milestones = [_milestone(one, as_of, language) for one in found.milestones]
    return ocds.AwardedContractOutput(
        id=contract.reference,
        award_id=f"{contract.id}",
        title=contract.title,
        status="terminated" if as_of > contract.end_date else "active",
        period=_period(contract),
        value=_value(contract),
        items=_items(contract),
        implementation=ocds.ImplementationOutput(milestones=milestones) if milestones else None,
    )


def _milestone(milestone: Milestone, as_of: date, language: Language) -> ocds.MilestoneOutput:
    return ocds.MilestoneOutput(
        id=f"{milestone.found.clause.id}-{milestone.obligation}-{milestone.number}",
        title=milestone_title(milestone, language),
        type="reporting" if milestone.obligation == "report" else "delivery",
        code=milestone.obligation,
        description=milestone_text(milestone, language),
        due_date=_end_of(milestone.due),
        date_met=_start_of(milestone.met_on) if milestone.met_on else None,
        date_modified=_start_of(as_of),
        status=milestone.status,
    )


def _items(contract: Contract) -> list[ocds.ItemOutput]:
    code = contract.cpv_code.partition("-")[0]  # as in notices: without the check digit
    classification = ocds.ClassificationOutput(scheme="CPV", id=code)
    return [ocds.ItemOutput(id="1", description=contract.title, classification=classification)]


def _value(contract: Contract) -> ocds.ValueInSekOutput | None:
    if contract.value_sek is None:
        return None
    return ocds.ValueInSekOutput(amount=contract.value_sek, currency="SEK")


def _period(contract: Contract) -> ocds.SpanOutput:
    return ocds.SpanOutput(
        start_date=_start_of(contract.start_date), end_date=_end_of(contract.end_date)
    )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), SWEDEN)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, LAST_SECOND, SWEDEN)
