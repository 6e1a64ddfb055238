"""What a route needs of the call it answers: who, the database, links, and ways to answer."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import AfterValidator, BaseModel
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from app.api.http.idempotency import Repeat, answer_once, kept_answer
from app.api.http.languages import LANGUAGES, Language, preferred_language
from app.api.http.service_state import ServiceState, base_address, state_of
from app.api.http.shapes import Link, LinkedOutput, PageLinks, PageMeta, SelfLink
from app.clock import today_in_sweden
from app.errors import PreconditionFailed, PreconditionRequired
from app.models.events import Event
from app.models.identity_numbers import no_identity_number
from app.models.rows import Row
from app.services.ground.permissions import Actor
from app.services.ground.records import resource_name
from app.services.ground.refusals import count_rows

OPAQUE_PATTERN = r"^[!-~]+$"  # what every header field may hold: visible ASCII
FRESHNESS = {"Cache-Control": "private, no-cache", "Vary": "Accept-Language"}
Shown = TypeVar("Shown", bound=LinkedOutput)
Listed = TypeVar("Listed")

CaseworkerHeader = Annotated[
    str | None,
    Header(
        alias="Handslag-Caseworker",
        min_length=1,
        max_length=200,
        pattern=OPAQUE_PATTERN,
        description="An opaque reference to the person for whom the calling system acts; "
        "recorded with what the call does.",
        examples=["caseworker-17"],
    ),
    AfterValidator(no_identity_number),
]
IdempotencyKeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=OPAQUE_PATTERN,
        description="Any text of the client's own. A repeat with the same key and body within "
        "24 hours gets the first answer again and stores nothing more.",
        examples=["0b7c1d3e-order-1"],
    ),
]
IfMatchHeader = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=200,
        description="The ETag of the version that the change is meant for. Needed: without it "
        "the answer is 428.",
        examples=['"1"'],
    ),
]
PageNumber = Annotated[
    int, Query(ge=0, le=1_000_000, description="The page, from 1.", examples=[1])
]
PageLimit = Annotated[int, Query(ge=1, le=100, description="Rows a page.", examples=[20])]


@dataclass(frozen=True)
class Call:
    """One authenticated call."""

    request: Request
    actor: Actor

    @property
    def state(self) -> ServiceState:
        return state_of(self.request)

    @property
    def language(self) -> Language:
        return preferred_language(self.request.headers.get("accept-language"))

    def today(self) -> date:
        return today_in_sweden()

    def reading(self) -> AbstractContextManager[Session]:
        return self.state.database.reading()

    def writing(self) -> AbstractContextManager[Session]:
        return self.state.database.writing()

    def address(self, path: str) -> str:
        """The absolute address of a path below the base."""
        return base_address(self.request) + path

    def self_link(self, path: str) -> SelfLink:
        return SelfLink(self=Link(href=self.address(path), rel="self"))

    def show(self, shape: type[Shown], row: Row | Event, **more: Any) -> Shown:
        """A row as its wire shape, with the address where it can be read again."""
        values = {name: getattr(row, name) for name in shape.model_fields if hasattr(row, name)}
        path = f"/{resource_name(type(row))}/{row.id}"
        return shape.model_validate(values | {"links": self.self_link(path)} | more)

    def changing(self, shown: BaseModel, version: int) -> Response:
        """200 for what goes on changing within its version: to be asked for anew each time."""
        headers = {"ETag": f'"{version}"', "Cache-Control": "no-store"}
        return JSONResponse(_json(shown), headers=headers)

    def single(
        self, shown: BaseModel, version: int, has_texts: bool = False, age_days: int = 0
    ) -> Response:
        """200 with an ETag, or 304 when the client has this version, language and age already."""
        tag = f"{version}-{self.language}" if has_texts else f"{version}"
        tag += f"-{age_days}" if age_days else ""
        headers = {"ETag": f'"{tag}"', **FRESHNESS}
        if has_texts:
            headers["Content-Language"] = self.language
        known = self.request.headers.get("if-none-match", "")
        # Weakly compared (RFC 9110): a proxy that compresses makes the tag a weak one.
        seen = {tag.removeprefix("W/") for tag in _tags(known)}
        if self.request.method == "GET" and {headers["ETag"], "*"} & seen:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return JSONResponse(_json(shown), headers=headers)

    def created(
        self, shown: LinkedOutput, version: int, status: HTTPStatus = HTTPStatus.CREATED
    ) -> Response:
        """201 with the address of what was stored; 202 where work on it goes on."""
        headers = {"Location": shown.links.self.href, "ETag": f'"{version}"'}
        return JSONResponse(_json(shown), status, headers=headers)


@dataclass(frozen=True)
class ReadingCall(Call):
    """A call that only reads."""


@dataclass(frozen=True)
class StoringCall(Call):
    """A POST that stores something, once for each Idempotency-Key."""

    idempotency_key: str | None = None

    def kept_answer(self, body: BaseModel) -> Response | None:
        """The answer to repeat, for a route that has long work to do before it stores."""
        repeat = Repeat.of(self.actor, self.request, self.idempotency_key, body)
        with self.reading() as session:
            return kept_answer(session, repeat)

    def store(self, body: BaseModel, action: Callable[[Session], Response]) -> Response:
        """Runs the action in the one writing transaction, or repeats its earlier answer."""
        repeat = Repeat.of(self.actor, self.request, self.idempotency_key, body)
        with self.writing() as session:
            return answer_once(session, repeat, action)


@dataclass(frozen=True)
class ChangingCall(Call):
    """A PATCH or DELETE, meant for one version."""

    if_match: str | None = None

    def check_version(self, row: Row) -> None:
        if self.if_match is None:
            raise PreconditionRequired("Send If-Match with the ETag of the version you have read.")
        # An answer with texts has the language in its tag; a change is the same in each.
        known = {f'"{row.version}"', *(f'"{row.version}-{one}"' for one in LANGUAGES)}
        if self.if_match.strip() != "*" and not known & _tags(self.if_match):
            raise PreconditionFailed(f'The newest version is "{row.version}". Read it and retry.')

    def deleted(self) -> Response:
        return Response(status_code=HTTPStatus.NO_CONTENT)


@dataclass(frozen=True)
class ListingCall(Call):
    """A GET of one page of a list."""

    page: int = 1
    limit: int = 20

    def answer(
        self,
        session: Session,
        query: SelectOfScalar[Listed],
        show: Callable[[Listed], BaseModel],
    ) -> Response:
        """One page of the query; a page beyond the end is empty and no error."""
        rows, total = self.read_page(session, query)
        return self.answer_items([show(row) for row in rows], total)

    def read_page(
        self, session: Session, query: SelectOfScalar[Listed]
    ) -> tuple[list[Listed], int]:
        """The rows of the page asked for, and how many there are in all."""
        total = count_rows(session, query)
        page = query.offset(self.part.start).limit(self.limit)
        return list(session.exec(page)) if self.page else [], total

    @property
    def part(self) -> slice:
        """Which rows of the whole list the page shows."""
        first = (self.page - 1) * self.limit
        return slice(first, first + self.limit) if self.page else slice(0, 0)

    def cut_page(self, rows: Sequence[Listed]) -> Sequence[Listed]:
        """The page asked for of rows that are all at hand."""
        first = (self.page - 1) * self.limit
        return rows[first : first + self.limit] if self.page else ()

    def answer_items(self, items: Sequence[BaseModel], total: int) -> Response:
        meta = PageMeta(page=self.page, limit=self.limit, count=len(items), total_records=total)
        envelope = {
            "items": [_json(item) for item in items],
            "_meta": meta.wire(),
            "_links": self._links(total).model_dump(mode="json"),
        }
        return JSONResponse(envelope, headers=FRESHNESS)

    def _links(self, total: int) -> PageLinks:
        last = max(1, -(-total // self.limit))
        links = {"self": self.page, "first": 1, "last": last}
        if self.page < last:
            links["next"] = self.page + 1
        if 1 < self.page <= last + 1:
            links["prev"] = self.page - 1
        return PageLinks.model_validate(
            {rel: {"href": self._page_address(page), "rel": rel} for rel, page in links.items()}
        )

    def _page_address(self, page: int) -> str:
        path = self.request.url.path.removeprefix(self.request.scope.get("root_path", ""))
        url = self.request.url.include_query_params(page=page, limit=self.limit)
        return f"{self.address(path)}?{url.query}"


def _json(shown: BaseModel) -> dict[str, Any]:
    return shown.model_dump(mode="json", by_alias=True)


def _tags(header: str) -> set[str]:
    return {tag.strip() for tag in header.split(",")}


def _acting(request: Request, caseworker: str | None) -> Actor:
    actor: Actor = request.state.actor
    return replace(actor, caseworker=caseworker)


def _reading(request: Request, caseworker: CaseworkerHeader = None) -> ReadingCall:
    return ReadingCall(request, _acting(request, caseworker))


def _storing(
    request: Request,
    caseworker: CaseworkerHeader = None,
    idempotency_key: IdempotencyKeyHeader = None,
) -> StoringCall:
    return StoringCall(request, _acting(request, caseworker), idempotency_key)


def _changing(
    request: Request,
    caseworker: CaseworkerHeader = None,
    if_match: IfMatchHeader = None,
) -> ChangingCall:
    return ChangingCall(request, _acting(request, caseworker), if_match)


def _listing(
    request: Request,
    caseworker: CaseworkerHeader = None,
    page: PageNumber = 1,
    limit: PageLimit = 20,
) -> ListingCall:
    return ListingCall(request, _acting(request, caseworker), page, limit)


Reading = Annotated[ReadingCall, Depends(_reading)]
Storing = Annotated[StoringCall, Depends(_storing)]
Changing = Annotated[ChangingCall, Depends(_changing)]
Listing = Annotated[ListingCall, Depends(_listing)]
