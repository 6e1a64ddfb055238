"""A report on the wire: what every format of it shows."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from app.api.http import EXAMPLE_ID, Output
from app.models.clauses import ClauseKind
from app.models.follow_ups import ExcuseReason, FollowUpKind
from app.models.values import Day
from app.services.fulfilment.cause_codes import CAUSES
from app.services.fulfilment.verdict import Verdict
from app.services.reports.sums import Unit

Amount = int | float
By = Literal["target-group", "outcome", "municipality"]
Quantity = Annotated[
    Amount | None,
    Field(description="In the unit given, with at most two decimals; null without a quantity."),
]
AMOUNTS_EXAMPLE = {
    "required": 4,
    "delivered": 1,
    "credited": 0,
    "active": 2,
    "booked": 0,
    "missing": 1,
    "surplus": 0,
}
COUNTED_EXAMPLE = {"delivered": 1, "active": 2, "booked": 0}
UNIT_EXAMPLE = {"unit": "places", "unitName": "platser"}
TEXT_EXAMPLE = (
    "Avtal KS 2017/0412, Ombyggnad av Palmcrantzskolan. Villkoret riskerar att inte uppfyllas, "
    "sett den 2018-09-01. Det kräver 4 platser om minst 4 månader. Genomförda platser: 1; "
    "pågående: 2; bokade: 0; saknas: 1. Varför: inte matchad ännu (1 plats). Om allt bokat går som "
    "planerat blir det 3 av 4 platser. 1 till behöver börja senast 2019-03-01 för att hinna före "
    "avtalets slut. Ansvarig: Upphandlingsenheten. Nästa uppföljning: 2018-10-01."
)


class ReportedCauseOutput(Output):
    """So much is missing for this reason; `text` says it with its number."""

    code: Annotated[str, Field(json_schema_extra={"enum": list(CAUSES)})]
    quantity: Amount
    constraint: str | None
    text: str


class ReportedFollowUpOutput(Output):
    """What was done, and when; its own text stays with the clause, for it may be about anyone."""

    kind: FollowUpKind
    name: str
    on: Day
    until: Day | None
    reason: ExcuseReason | None


class ReportedClauseOutput(Output):
    clause_id: UUID
    kind: ClauseKind
    purpose: str | None
    target_groups: list[str]
    minimum_months: int | None
    unit: Unit | None
    unit_name: str | None
    required: Quantity
    delivered: Quantity
    credited: Quantity
    active: Quantity
    booked: Quantity
    missing: Quantity
    surplus: Quantity
    verdict: Verdict
    verdict_name: str
    met_by_early_end_rule: bool
    causes: list[ReportedCauseOutput]
    first_start_met: bool | None
    last_safe_start_date: Day | None
    responsible: str
    next_follow_up_date: Day
    follow_ups: list[ReportedFollowUpOutput]
    text: str


class ReportedContractOutput(Output):
    contract_id: UUID
    reference: str
    title: str
    supplier: str
    organisation_number: str
    start_date: Day
    end_date: Day
    clauses: list[ReportedClauseOutput]


class TotalOutput(Output):
    """All clauses of one unit on the day of the report.

    What some have beyond what they ask is `surplus`, and fills nothing of the others': `required`
    and that are what is delivered, active, booked and missing.
    """

    unit: Unit
    unit_name: str
    required: Amount
    delivered: Amount
    credited: Amount
    active: Amount
    booked: Amount
    missing: Amount
    surplus: Amount


class CountedOutput(Output):
    """What goes towards what is required: of each clause no more than it asks."""

    delivered: Amount
    active: Amount
    booked: Amount


class PointOutput(Output):
    """The same of one day; `counted` is without the surplus, as a chart should show it."""

    day: Day
    required: Amount
    delivered: Amount
    credited: Amount
    active: Amount
    booked: Amount
    missing: Amount
    surplus: Amount
    counted: CountedOutput


class SeriesOutput(Output):
    """The first day, every month's first day, and the last one known; of contracts then begun.

    On the day of the report it is of all its contracts, as `totals` are.
    """

    unit: Unit
    unit_name: str
    points: list[PointOutput]


class CellOutput(Output):
    """Five persons or more under one code; or what is put together so that five are reached.

    `suppressed` says which: then `code` is null, and `persons` is too where no sum can be shown.
    """

    code: str | None
    name: str
    persons: int | None
    suppressed: bool


class BreakdownOutput(Output):
    by: By
    name: str
    cells: list[CellOutput]


class PersonsOutput(Output):
    """Persons who started in the year; `total` is null for one to four."""

    year: int
    total: int | None
    breakdowns: list[BreakdownOutput]


class PeriodOutput(Output):
    from_: Annotated[Day, Field(alias="from")]
    to: Day


class ReportOutput(Output):
    """Where clauses stand. It tells of no person; `persons` counts at least five at a time."""

    example: ClassVar = {
        "organisation": "Östersunds kommun",
        "asOf": "2018-09-01",
        "period": {"from": "2018-03-01", "to": "2019-06-30"},
        "contracts": [
            {
                "contractId": EXAMPLE_ID,
                "reference": "KS 2017/0412",
                "title": "Ombyggnad av Palmcrantzskolan",
                "supplier": "Exempelbygg i Jämtland AB",
                "organisationNumber": "5560000167",
                "startDate": "2018-03-01",
                "endDate": "2019-06-30",
                "clauses": [
                    {
                        "clauseId": EXAMPLE_ID,
                        "kind": "internship",
                        "purpose": None,
                        "targetGroups": ["long-term-unemployed"],
                        "minimumMonths": 4,
                        **UNIT_EXAMPLE,
                        **AMOUNTS_EXAMPLE,
                        "verdict": "at-risk",
                        "verdictName": "i riskzonen",
                        "metByEarlyEndRule": False,
                        "causes": [
                            {
                                "code": "not-matched-yet",
                                "quantity": 1,
                                "constraint": None,
                                "text": "inte matchad ännu (1 plats)",
                            }
                        ],
                        "firstStartMet": True,
                        "lastSafeStartDate": "2019-03-01",
                        "responsible": "Upphandlingsenheten",
                        "nextFollowUpDate": "2018-10-01",
                        "followUps": [
                            {
                                "kind": "start-meeting",
                                "name": "startmöte",
                                "on": "2018-03-05",
                                "until": None,
                                "reason": None,
                            }
                        ],
                        "text": TEXT_EXAMPLE,
                    }
                ],
            }
        ],
        "totals": [UNIT_EXAMPLE | AMOUNTS_EXAMPLE],
        "series": [
            UNIT_EXAMPLE
            | {
                "points": [{"day": "2018-09-01", **AMOUNTS_EXAMPLE, "counted": COUNTED_EXAMPLE}],
            }
        ],
        "persons": None,
    }

    organisation: str
    as_of: Day
    period: PeriodOutput
    contracts: list[ReportedContractOutput]
    totals: list[TotalOutput]
    series: list[SeriesOutput]
    persons: list[PersonsOutput] | None
