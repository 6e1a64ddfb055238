"""The parts of an OCDS 1.1 release that a contract here can fill, under OCDS's own names."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from app.api.http import EXAMPLE_ID, EXAMPLE_INSTANT, Output
from app.models.values import Instant
from app.services.reports.milestones import MilestoneStatus, Obligation

Goal = Literal["social.disadvantagedEmploymentOpportunities"]
Strategy = Literal["contractPerformanceConditions"]
GOAL: Goal = "social.disadvantagedEmploymentOpportunities"
STRATEGY: Strategy = "contractPerformanceConditions"
BUYER = {"id": "buyer", "name": "Östersunds kommun"}
SUPPLIER = {"id": "SE-ON-556000-0167", "name": "Exempelbygg i Jämtland AB"}
PERIOD = {"startDate": "2018-03-01T00:00:00Z", "endDate": "2019-06-30T23:59:59Z"}
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
    "dueDate": "2019-06-30T23:59:59Z",
    "dateModified": "2018-09-01T00:00:00Z",
    "status": "partiallyMet",
}


class ReferenceOutput(Output):
    """A party by its id in this release."""

    id: str
    name: str


class IdentifierOutput(Output):
    scheme: str
    id: str
    legal_name: str


class PartyOutput(ReferenceOutput):
    identifier: IdentifierOutput | None = None
    roles: list[str]


class ClassificationOutput(Output):
    scheme: Literal["CPV"]
    id: str


class ItemOutput(Output):
    id: str
    description: str
    classification: ClassificationOutput


class ValueInSekOutput(Output):
    amount: int
    currency: Literal["SEK"]


class SpanOutput(Output):
    start_date: Instant
    end_date: Instant


class SustainabilityOutput(Output):
    """The sustainability extension: what the clauses are for, and how it is pursued."""

    goal: Goal
    strategies: list[Strategy]


class TenderOutput(Output):
    id: str
    title: str
    procuring_entity: ReferenceOutput
    has_sustainability: bool
    sustainability: list[SustainabilityOutput] | None = None


class AwardOutput(Output):
    id: str
    title: str
    suppliers: list[ReferenceOutput]
    items: list[ItemOutput]
    value: ValueInSekOutput | None = None
    contract_period: SpanOutput


class MilestoneOutput(Output):
    id: str
    title: str
    type: Literal["delivery", "reporting"]
    code: Obligation
    description: str
    due_date: Instant
    date_met: Instant | None = None
    date_modified: Instant
    status: MilestoneStatus


class ImplementationOutput(Output):
    milestones: list[MilestoneOutput]


class AwardedContractOutput(Output):
    id: str
    award_id: Annotated[str, Field(alias="awardID")]
    title: str
    status: Literal["active", "terminated"]
    period: SpanOutput
    value: ValueInSekOutput | None = None
    items: list[ItemOutput]
    implementation: ImplementationOutput


class ReleaseOutput(Output):
    """A release of OCDS 1.1; a field that has no value is left out."""

    example: ClassVar[dict[str, Any]] = {
        "ocid": f"ocds-unregistered-{EXAMPLE_ID}",
        "id": f"{EXAMPLE_ID}-20180201T083000Z",
        "date": EXAMPLE_INSTANT,
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
    id: str
    date: Instant
    language: Literal["sv", "en"]
    tag: list[str]
    initiation_type: Literal["tender"]
    parties: list[PartyOutput]
    buyer: ReferenceOutput
    tender: TenderOutput
    awards: list[AwardOutput]
    contracts: list[AwardedContractOutput]
