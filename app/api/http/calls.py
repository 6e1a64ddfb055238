"""What a route needs of the call it answers: who calls, in which language, rows, ways to answer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from sqlmodel import Session

from app.api.http.idempotency import Fingerprint, Repeat, answer_once, kept_answer
from app.api.http.parameters import CaseworkerHeader, IdempotencyKeyHeader, IfMatchHeader
from app.api.http.service_state import ServiceState, base_address, state_of
from app.api.http.shapes import Link, LinkedOutput, SelfLink
from app.api.http.standards.languages import Language, preferred_language
from app.api.http.standards.versions import etag, is_shown_already, means_version
from app.clock import today_in_sweden, utc_now
from app.errors import PreconditionFailed, PreconditionRequired
from app.models.events import Event
from app.models.rows import Row
from app.services.ground import Actor, find, find_for_change, resource_name

FRESHNESS = {"Cache-Control": "private, no-cache", "Vary": "Accept-Language"}
Found = TypeVar("Found", bound=Row)
Shown = TypeVar("Shown", bound=LinkedOutput)


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

    @property
    def problem_language(self) -> Language:
        """English unless the caller asks for Swedish, as in every problem document."""
        return preferred_language(self.request.headers.get("accept-language"), unless_said="en")

    def today(self) -> date:
        return today_in_sweden()

    def now(self) -> datetime:
        return utc_now()

    def reading(self) -> AbstractContextManager[Session]:
        return self.state.database.reading()

    def writing(self) -> AbstractContextManager[Session]:
        return self.state.database.writing()

    def find(self, session: Session, model: type[Found], row_id: UUID) -> Found:
        """The row, if it is there for the caller to see."""
        return find(session, self.actor, model, row_id)

    def address(self, path: str) -> str:
        """The absolute address of a path below the base."""
        return base_address(self.request) + path

    def self_link(self, path: str) -> SelfLink:
        return SelfLink(self=Link(href=self.address(path), rel="self"))

    def show(self, shape: type[Shown], row: Row | Event, **more: Any) -> Shown:
        """A row as its wire shape, with the address where it can be read again."""
        values = {name: getattr(row, name) for name in shape.model_fields if hasattr(row, name)}
        path = f"/{resource_name(type(row))}/{row.id}"
        values |= {"links": self.self_link(path)} | more
        return shape.model_validate(values)

    def changing(self, shown: BaseModel, version: int) -> Response:
        """200 for what changes without a new version: clients must not keep the answer."""
        headers = {"ETag": f'"{version}"', "Cache-Control": "no-store"}
        return JSONResponse(_json(shown), headers=headers)

    def computed(self, shown: BaseModel, without_nulls: bool = False) -> Response:
        """200 for what is computed when asked: it has texts, but no version and so no ETag."""
        content = shown.model_dump(mode="json", by_alias=True, exclude_none=without_nulls)
        return JSONResponse(content, headers={"Content-Language": self.language, **FRESHNESS})

    def single(
        self,
        shown: BaseModel,
        version: int,
        has_texts: bool = False,
        age_days: int = 0,
        by_role: bool = False,
    ) -> Response:
        """200 with an ETag, or 304 when the client has just this already: the version, and what it
        is shown by where it has texts, an age, or parts that not every role sees."""
        language = self.language if has_texts else ""
        role = self.actor.role if by_role else ""
        tag = etag(version, language, f"{age_days or ''}", role)
        headers = {"ETag": tag, **FRESHNESS}
        if has_texts:
            headers["Content-Language"] = self.language
        known = self.request.headers.get("if-none-match", "")
        if self.request.method == "GET" and is_shown_already(known, tag):
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

    def store(
        self, body: BaseModel | Fingerprint, action: Callable[[Session], Response]
    ) -> Response:
        """Runs the action in the one writing transaction, or repeats its earlier answer."""
        repeat = Repeat.of(self.actor, self.request, self.idempotency_key, body)
        with self.writing() as session:
            return answer_once(session, repeat, action)

    def show_once(self, body: BaseModel, action: Callable[[Session], Response]) -> Response:
        """As `store`, for an answer with a secret: it is never kept, and a repeat is refused."""
        repeat = Repeat.of(self.actor, self.request, self.idempotency_key, body)
        with self.writing() as session:
            return answer_once(session, repeat, action, keeps_content=False)


@dataclass(frozen=True)
class ChangingCall(Call):
    """A PATCH or DELETE, meant for one version."""

    if_match: str | None = None

    def find_for_change(self, session: Session, model: type[Found], row_id: UUID) -> Found:
        """The row, locked until the transaction ends, if the change is meant for its version."""
        row = find_for_change(session, self.actor, model, row_id)
        self.check_version(row)
        return row

    def check_version(self, row: Row) -> None:
        if self.if_match is None:
            raise PreconditionRequired("Send If-Match with the ETag of the version you have read.")
        if not means_version(self.if_match, row.version):
            raise PreconditionFailed(f'The newest version is "{row.version}". Read it and retry.')

    def deleted(self) -> Response:
        return Response(status_code=HTTPStatus.NO_CONTENT)


def _json(shown: BaseModel) -> dict[str, Any]:
    return shown.model_dump(mode="json", by_alias=True)


def acting(request: Request, caseworker: str | None) -> Actor:
    """The system whose key the guard has checked, and the person for whom it says that it acts."""
    actor: Actor = request.state.actor
    return replace(actor, caseworker=caseworker)


def _reading(request: Request, caseworker: CaseworkerHeader = None) -> ReadingCall:
    return ReadingCall(request, acting(request, caseworker))


def _storing(
    request: Request,
    caseworker: CaseworkerHeader = None,
    idempotency_key: IdempotencyKeyHeader = None,
) -> StoringCall:
    return StoringCall(request, acting(request, caseworker), idempotency_key)


def _changing(
    request: Request,
    caseworker: CaseworkerHeader = None,
    if_match: IfMatchHeader = None,
) -> ChangingCall:
    return ChangingCall(request, acting(request, caseworker), if_match)


Reading = Annotated[ReadingCall, Depends(_reading)]
Storing = Annotated[StoringCall, Depends(_storing)]
Changing = Annotated[ChangingCall, Depends(_changing)]
