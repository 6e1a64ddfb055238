"""The parts of an OCDS 1.1 release that a contract here can fill, under OCDS's own names."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field

from app.api.http import EXAMPLE_ID, Output
from app.models.values import Instant
from app.services.reports.milestones import MilestoneStatus, Obligation

Goal = Literal["social.disadvantagedEmploymentOpportunities"]
Strategy = Literal["contractPerformanceConditions"]
GOAL: Goal = "social.disadvantagedEmploymentOpportunities"
STRATEGY: Strategy = "contractPerformanceConditions"
BUYER = {"id": "buyer", "name": "Östersunds kommun"}
SUPPLIER = {"id": "SE-ON-556000-0167", "name": "Exempelbygg i Jämtland AB"}
PERIOD = {"startDate": "2018-03-01T00:00:00+01:00", "endDate": "2019-06-30T23:59:59+02:00"}
ITEM = {
    "id": "1",
    "description": "Ombyggnad av Palmcrantzskolan",
    "classification": {"scheme": "CPV", "id": "45214200"},
}
VALUE = {"amount": 45000000, "currency": "SEK"}
MILESTONE = {
    "id": f"{EXAMPLE_ID}-quantity-1",
    "title": "Sysselsättningsvillkor 1: hela mängden",
    "type": "delivery",
    "code": "quantity",
    "description": "Avtal KS 2017/0412, Ombyggnad av Palmcrantzskolan. ...",
    "dueDate": "2019-06-30T23:59:59+02:00",
    "dateModified": "2018-09-01T00:00:00+02:00",
    "status": "partiallyMet",
}


class PartOutput(Output):
    """A part of a release: a field that has no value is left out."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


class ReferenceOutput(PartOutput):
    """A party by its id in this release."""

    id: str
    """The party's id in this release."""
    name: str
    """The party's name."""


class IdentifierOutput(Output):
    """A number in a register of organisations."""

    scheme: str
    """The list of the number, by org-id.guide: `SE-ON` has Swedish organisation numbers."""
    id: str
    """The number, with its hyphen."""
    legal_name: str
    """The name under that number."""


class PartyOutput(ReferenceOutput):
    """The buyer or the supplier, with what it is in the contract."""

    identifier: IdentifierOutput | None = None
    """The number of the party in a register. Left out: not known here."""
    roles: list[str]
    """What the party is in the contract, in OCDS's words."""


class ClassificationOutput(Output):
    """What is bought, by a list of codes."""

    scheme: Literal["CPV"]
    """The list that the code is from: `CPV`."""
    id: str
    """Eight digits of CPV, as in notices."""


class ItemOutput(Output):
    """Something that is bought."""

    id: str
    """The item's id in this release."""
    description: str
    """What is bought."""
    classification: ClassificationOutput
    """The code of what is bought."""


class ValueInSekOutput(Output):
    """An amount of Swedish kronor."""

    amount: int
    """Whole kronor."""
    currency: Literal["SEK"]
    """ISO 4217: always `SEK`."""


class SpanOutput(Output):
    """From the beginning of a day to the end of another."""

    start_date: Instant
    """The beginning of the first day."""
    end_date: Instant
    """The last second of the last day."""


class SustainabilityOutput(Output):
    """The sustainability extension: what the clauses are for, and how it is pursued."""

    goal: Goal
    """What the clauses are for: `social.disadvantagedEmploymentOpportunities`."""
    strategies: list[Strategy]
    """How it is pursued: `contractPerformanceConditions`, by terms of the contract."""


class TenderOutput(PartOutput):
    """The procurement, as far as it is known here."""

    id: str
    """The tender's id in this release."""
    title: str
    """What was procured."""
    procuring_entity: ReferenceOutput
    """Who procured it."""
    has_sustainability: bool
    """Whether the contract has a clause."""
    sustainability: list[SustainabilityOutput] | None = None
    """What the clauses are for. Left out: the contract has none."""


class AwardOutput(PartOutput):
    """Who won the procurement, and what."""

    id: str
    """The award's id in this release."""
    title: str
    """What was awarded."""
    suppliers: list[ReferenceOutput]
    """Who won."""
    items: list[ItemOutput]
    """What is bought."""
    value: ValueInSekOutput | None = None
    """The value of the contract. Left out: not known."""
    contract_period: SpanOutput
    """The first and the last day of the contract."""


class MilestoneOutput(PartOutput):
    """One obligation of a clause, and where it stands."""

    id: str
    """The milestone's id: that of its clause, the obligation, and its number."""
    title: str
    """Which clause and which obligation, in words."""
    type: Literal["delivery", "reporting"]
    """Whether something is to be done or to be reported."""
    code: Obligation
    """Which obligation of the clause."""
    description: str
    """Where it stands, in sentences."""
    due_date: Instant
    """The last second of the day by which it is due."""
    date_met: Instant | None = None
    """The day since which it is met. Left out: it is not."""
    date_modified: Instant
    """The day that is looked at."""
    status: MilestoneStatus
    """Where it stands on that day."""


class ImplementationOutput(Output):
    """What has come of the contract."""

    milestones: list[MilestoneOutput]
    """What the clauses ask, one obligation each."""


class AwardedContractOutput(PartOutput):
    """The contract with what has come of its clauses."""

    id: str
    """The buyer's own reference."""
    award_id: Annotated[str, Field(alias="awardID")]
    """The award that it follows from."""
    title: str
    """What the contract is about."""
    status: Literal["active", "terminated"]
    """Whether the contract's last day has passed."""
    period: SpanOutput
    """The first and the last day of the contract."""
    value: ValueInSekOutput | None = None
    """The value of the contract. Left out: not known."""
    items: list[ItemOutput]
    """What is bought."""
    implementation: ImplementationOutput | None = None
    """What has come of the clauses. Left out: the contract has none."""


class ReleaseOutput(Output):
    """A release of OCDS 1.1; a field that has no value is left out."""

    example: ClassVar[dict[str, Any]] = {
        "ocid": f"ocds-unregistered-{EXAMPLE_ID}",
        "id": f"{EXAMPLE_ID}-20180901-0c5f8b1e9a27",
        "date": "2018-09-01T00:00:00+02:00",
        "language": "sv",
        "tag": ["contract", "implementation"],
        "initiationType": "tender",
        "parties": [
            BUYER | {"roles": ["buyer", "procuringEntity"]},
            SUPPLIER
            | {
                "identifier": {
                    "scheme": "SE-ON",
                    "id": "556000-0167",
                    "legalName": "Exempelbygg i Jämtland AB",
                },
                "roles": ["supplier"],
            },
        ],
        "buyer": BUYER,
        "tender": {
            "id": EXAMPLE_ID,
            "title": "Ombyggnad av Palmcrantzskolan",
            "procuringEntity": BUYER,
            "hasSustainability": True,
            "sustainability": [{"goal": GOAL, "strategies": [STRATEGY]}],
        },
        "awards": [
            {
                "id": EXAMPLE_ID,
                "title": "Ombyggnad av Palmcrantzskolan",
                "suppliers": [SUPPLIER],
                "items": [ITEM],
                "value": VALUE,
                "contractPeriod": PERIOD,
            }
        ],
        "contracts": [
            {
                "id": "KS 2017/0412",
                "awardID": EXAMPLE_ID,
                "title": "Ombyggnad av Palmcrantzskolan",
                "status": "active",
                "period": PERIOD,
                "value": VALUE,
                "items": [ITEM],
                "implementation": {"milestones": [MILESTONE]},
            }
        ],
    }

    ocid: str
    """The procurement's id in all the world: a registered prefix and the contract's id."""
    id: str
    """The release's id, unique within the `ocid`: it follows from the content and the day."""
    date: Instant
    """The beginning, in Sweden, of the day that it is as of."""
    language: Literal["sv", "en"]
    """The language of its texts."""
    tag: list[str]
    """What it tells of, in OCDS's words."""
    initiation_type: Literal["tender"]
    """How the procurement began: `tender`."""
    parties: list[PartyOutput]
    """The buyer and the supplier."""
    buyer: ReferenceOutput
    """Who buys."""
    tender: TenderOutput
    """What was procured."""
    awards: list[AwardOutput]
    """Who won it."""
    contracts: list[AwardedContractOutput]
    """The contract with its clauses as milestones."""
