from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.api.http import AsOf, ContractId, GuardedRoute, Reading, needs
from app.api.reports.contents import shown_report
from app.api.reports.formats import FILE_RESPONSES, WantedFormat, answer_report
from app.api.reports.shapes import ReportOutput
from app.models.values import Day
from app.services.ground import may_read_fulfilment
from app.services.reports.reports import report_contract, report_organisation

router = APIRouter(route_class=GuardedRoute, tags=["reports"])


@router.get(
    "/contracts/{contractId}/report",
    response_model=ReportOutput,
    responses=FILE_RESPONSES,
    summary="Report on a contract",
)
@needs(may_read_fulfilment)
def read_contract_report(
    contract_id: ContractId,
    call: Reading,
    wanted: WantedFormat = None,
    as_of: AsOf = None,
    first: Annotated[
        Day | None,
        Query(alias="from", description="First day; that of the contract unless given."),
    ] = None,
    last: Annotated[
        Day | None, Query(alias="to", description="Last day; that of the contract unless given.")
    ] = None,
) -> Response:
    """Where a contract's clauses stand, and month by month how they came there.

    As JSON, CSV, an Excel workbook or a page to print, by `Accept` or by `format`. A framework
    agreement comes with those of its call-offs that run at some time of the period, itself first.
    The period is at most ten calendar years and 2 000 clauses: give `from` and `to` for a part of
    a longer contract. `persons` is null: persons are told of in `/reports` alone, since a contract
    has too few of them.
    """
    day = as_of or call.today()
    with call.reading() as session:
        report = report_contract(session, call.actor, contract_id, day, first, last)
        shown = shown_report(report, call.language)
    return answer_report(call, shown, wanted, subject=shown.contracts[0].reference)


@router.get(
    "/reports",
    response_model=ReportOutput,
    responses=FILE_RESPONSES,
    summary="Report on the organisation in a period",
)
@needs(may_read_fulfilment)
def read_report(
    call: Reading,
    wanted: WantedFormat = None,
    as_of: AsOf = None,
    first: Annotated[
        Day | None,
        Query(alias="from", description="First day; 1 January of the year of `asOf` unless given."),
    ] = None,
    last: Annotated[
        Day | None, Query(alias="to", description="Last day; that of `asOf` unless given.")
    ] = None,
) -> Response:
    """Every contract with a clause that runs at some time of the period, and where each stands.

    As JSON, CSV, an Excel workbook or a page to print, by `Accept` or by `format`. A period is at
    most ten calendar years and 2 000 clauses.

    Persons who started a placement are counted for each calendar year that lies within the period
    and is over, as the newest turn of a year found them. No number of fewer than five persons is
    shown, nor can be had by taking one number from another: small cells are put together.
    """
    day = as_of or call.today()
    period = (first or date(day.year, 1, 1), last or day)
    with call.reading() as session:
        report = report_organisation(session, call.actor, *period, day)
        shown = shown_report(report, call.language)
    subject = f"{shown.organisation} {shown.period.from_} {shown.period.to}"
    return answer_report(call, shown, wanted, subject)
