"""A report on the wire, with its sums: what every format of it shows."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.api.http import EXAMPLE_ID, Output
from app.api.reports.clause_shapes import Amount, ReportedContractOutput
from app.models.values import Day
from app.services.reports.sums import Unit

By = Literal["target-group", "outcome", "municipality"]
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


class TotalOutput(Output):
    """All clauses of one unit on the day of the report.

    What some have beyond what they ask is `surplus`, and fills nothing of the others': `required`
    and that are what is delivered, active, booked and missing.
    """

    unit: Unit
    """What these clauses count."""
    unit_name: str
    """The unit in the language of the answer."""
    required: Amount
    """What all the clauses ask."""
    delivered: Amount
    """What is done and counts, credited stays among it."""
    credited: Amount
    """The part of `delivered` that the early-end rule gives."""
    active: Amount
    """What is under way and will count if it lasts as agreed."""
    booked: Amount
    """What is agreed, has not begun and will count."""
    missing: Amount
    """What single clauses lack, added up: nobody's surplus fills it."""
    surplus: Amount
    """What some clauses have beyond what they ask."""


class CountedOutput(Output):
    """What goes towards what is required: of each clause no more than it asks."""

    delivered: Amount
    """What is done, of each clause no more than it asks."""
    active: Amount
    """What is under way, no more than is still asked."""
    booked: Amount
    """What is booked, no more than is still asked."""


class PointOutput(Output):
    """The same of one day; `counted` is without the surplus, as a chart should show it."""

    day: Day
    """The day that the numbers are of."""
    required: Amount
    """What all the clauses ask."""
    delivered: Amount
    """What is done and counts, credited stays among it."""
    credited: Amount
    """The part of `delivered` that the early-end rule gives."""
    active: Amount
    """What is under way and will count if it lasts as agreed."""
    booked: Amount
    """What is agreed, has not begun and will count."""
    missing: Amount
    """What single clauses lack, added up: nobody's surplus fills it."""
    surplus: Amount
    """What some clauses have beyond what they ask."""
    counted: CountedOutput
    """The same without the surplus, as a chart should show it."""


class SeriesOutput(Output):
    """The first day, every month's first day, and the last one known; of contracts then begun.

    On the day of the report it is of all its contracts, as `totals` are.
    """

    unit: Unit
    """What these clauses count."""
    unit_name: str
    """The unit in the language of the answer."""
    points: list[PointOutput]
    """One for each day, the earliest first."""


class CellOutput(Output):
    """Five persons or more under one code; or what is put together so that five are reached.

    `suppressed` says which: then `code` is null, and `persons` is too where no sum can be shown.
    """

    code: str | None
    """The group, outcome or municipality. Null: several are put together."""
    name: str
    """The same in the language of the answer."""
    persons: int | None
    """How many persons: never fewer than five. Null: no number can be shown."""
    suppressed: bool
    """Whether small numbers are put together here."""


class BreakdownOutput(Output):
    """The persons of a year, counted by one thing."""

    by: By
    """What the persons are counted by."""
    name: str
    """The same in the language of the answer."""
    cells: list[CellOutput]
    """The numbers."""


class PersonsOutput(Output):
    """Persons who started in the year; `total` is null for one to four."""

    year: int
    """The calendar year in which they started."""
    total: int | None
    """How many persons. Null: one to four."""
    breakdowns: list[BreakdownOutput]
    """The same persons by group, by outcome and by municipality."""


class PeriodOutput(Output):
    """From one day to another, both included."""

    from_: Annotated[Day, Field(alias="from")]
    """The first day."""
    to: Day
    """The last day, inclusive."""


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
    """Whose report it is."""
    as_of: Day
    """The day that is looked at."""
    period: PeriodOutput
    """The days that the report is about."""
    contracts: list[ReportedContractOutput]
    """Every contract with a clause that runs at some time of the period."""
    totals: list[TotalOutput]
    """The sums of the day, one for each unit."""
    series: list[SeriesOutput]
    """How the sums came there, one for each unit."""
    persons: list[PersonsOutput] | None
    """Who started in each whole year of the period. Null: a contract's report does not count
    persons."""
