"""Addresses that open one report in a browser, without a key, for an hour."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup
from pydantic import Field
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ADDRESS,
    EXAMPLE_ID,
    ContractId,
    GuardedRoute,
    Input,
    Reading,
    ReportLinkId,
    StoredOutput,
    Storing,
    StoringCall,
    answer_page,
    framed,
    needs,
    open_to_all,
    preferred_language,
    state_of,
    stored_example,
)
from app.api.reports.contents import shown_report
from app.api.reports.page import html_report
from app.api.words.report_words import label
from app.clock import utc_now
from app.errors import FieldError, Invalid, NotFound
from app.models.report_links import ReportLink, ReportLinkFields
from app.models.values import Day, Instant
from app.services.ground import may_read_fulfilment
from app.services.reports.report_links import make_report_link, open_report_link, read_linked

router = APIRouter(route_class=GuardedRoute, tags=["reports"])

PERIOD_EXAMPLE = {"asOf": "2018-09-01", "from": "2018-01-01", "to": "2018-12-31"}
WHOLE_CONTRACT = {"asOf": "2018-09-01", "from": None, "to": None}
LINK_EXAMPLE = stored_example(
    "report-links",
    WHOLE_CONTRACT | {"contractId": EXAMPLE_ID, "expiresAt": "2018-02-01T09:30:00Z"},
)


class ContractReportLinkInput(Input):
    """Of which day and which period a contract's report is wanted."""

    example: ClassVar = WHOLE_CONTRACT

    as_of: Annotated[Day | None, Field(description="The day to look at; today unless given.")] = (
        None
    )
    first_day: Annotated[
        Day | None,
        Field(alias="from", description="First day; that of the contract unless given."),
    ] = None
    last_day: Annotated[
        Day | None, Field(alias="to", description="Last day; that of the contract unless given.")
    ] = None


class ReportLinkInput(Input):
    """Of which day and which period the organisation's report is wanted."""

    example: ClassVar = PERIOD_EXAMPLE

    as_of: Annotated[Day | None, Field(description="The day to look at; today unless given.")] = (
        None
    )
    first_day: Annotated[
        Day | None,
        Field(
            alias="from",
            description="First day; 1 January of the year of `asOf` unless given.",
        ),
    ] = None
    last_day: Annotated[
        Day | None, Field(alias="to", description="Last day; that of `asOf` unless given.")
    ] = None


class ReportLinkOutput(StoredOutput):
    """Which report a link opens, and until when.

    The organisation's has a period; a contract's has the part of it that was asked for.
    """

    example: ClassVar = LINK_EXAMPLE

    contract_id: Annotated[
        UUID | None, Field(description="Whose report; null for the organisation's.")
    ]
    as_of: Annotated[Day, Field(description="The day that the report looks at.")]
    first_day: Annotated[
        Day | None, Field(alias="from", description="The period's first day. Null: the contract's.")
    ]
    last_day: Annotated[
        Day | None, Field(alias="to", description="The period's last day. Null: the contract's.")
    ]
    expires_at: Annotated[Instant, Field(description="The last moment of the link's hour.")]


class NewReportLinkOutput(ReportLinkOutput):
    """The same with its address, which is shown this once."""

    example: ClassVar = LINK_EXAMPLE | {
        "address": f"{EXAMPLE_ADDRESS}/report-pages/hr_kDmZ0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s"
    }

    address: Annotated[
        str,
        Field(
            description="What a browser opens. Whoever has it can read the report.",
            json_schema_extra={"format": "uri"},
        ),
    ]


@router.post(
    "/contracts/{contractId}/report-links",
    response_model=NewReportLinkOutput,
    status_code=201,
    summary="Make an address that opens a contract's report",
)
@needs(may_read_fulfilment)
def link_contract_report(
    contract_id: ContractId, body: ContractReportLinkInput, call: Storing
) -> Response:
    """For a person with a browser and no key: an address that shows the report for an hour.

    The page shows what the maker's role may see when it is opened. The address is secret: it is
    shown this once, and a repeat of the Idempotency-Key is refused. It opens nothing more when the
    hour is over or the maker's key is revoked. Give `from` and `to` for a part of a contract that
    is longer than the report's ten calendar years.
    """
    wanted = ReportLinkFields(
        as_of=body.as_of or call.today(),
        contract_id=contract_id,
        first_day=body.first_day,
        last_day=body.last_day,
    )
    return _make(call, body, wanted)


@router.post(
    "/report-links",
    response_model=NewReportLinkOutput,
    status_code=201,
    summary="Make an address that opens the organisation's report",
)
@needs(may_read_fulfilment)
def link_report(body: ReportLinkInput, call: Storing) -> Response:
    """As for a contract's report, with every contract that has a clause and runs in the period.

    The page opens for an hour and without a key. The address is shown this once.
    """
    as_of = body.as_of or call.today()
    first, last = body.first_day or date(as_of.year, 1, 1), body.last_day or as_of
    return _make(call, body, ReportLinkFields(as_of=as_of, first_day=first, last_day=last))


@router.get(
    "/report-links/{reportLinkId}", response_model=ReportLinkOutput, summary="Read a report link"
)
@needs(may_read_fulfilment)
def read_report_link(report_link_id: ReportLinkId, call: Reading) -> Response:
    """Which report it opens and until when; the address itself cannot be read again."""
    with call.reading() as session:
        link = call.find(session, ReportLink, report_link_id)
        return call.single(call.show(ReportLinkOutput, link), link.version)


@router.get("/report-pages/{secret}", include_in_schema=False)
@open_to_all
def open_report_page(secret: str, request: Request) -> Response:
    state = state_of(request)
    language = preferred_language(request.headers.get("accept-language"))
    headers = {"Cache-Control": "no-store", "Content-Language": language}
    try:
        with state.database.reading() as session:
            report = open_report_link(session, state.pepper, secret, utc_now())
            page = html_report(shown_report(report, language), language).decode()
    except (NotFound, Invalid) as error:
        name = "link-over" if isinstance(error, NotFound) else "link-too-large"
        body = Markup("<h1>{}</h1><p>{}</p>").format(
            label(name, language), label(f"{name}-why", language)
        )
        status = 404 if isinstance(error, NotFound) else 422
        return answer_page(framed(label(name, language), body, language), status, headers)
    return answer_page(page, headers=headers)


def _make(call: StoringCall, body: Input, wanted: ReportLinkFields) -> Response:
    def make(session: Session) -> Response:
        link, secret = make_report_link(session, call.actor, call.state.pepper, wanted, call.now())
        address = call.address(f"/report-pages/{secret}")
        return call.created(call.show(NewReportLinkOutput, link, address=address), link.version)

    _refuse_what_cannot_be_shown(call, wanted)
    return call.show_once(body, make)


def _refuse_what_cannot_be_shown(call: StoringCall, wanted: ReportLinkFields) -> None:
    """Makes the report once: the caller is to learn what is wrong, not the person with the page."""
    try:
        with call.reading() as session:
            read_linked(session, call.actor, wanted)
    except Invalid as error:
        raise Invalid(
            *(FieldError(f"#/{one.pointer}", one.detail) for one in error.errors)
        ) from error
