"""What a route needs of the call it answers: who calls, in which language, rows, ways to answer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal, TypeVar, get_args
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from sqlmodel import Session

from app.api.http.idempotency import Repeat, answer_once, kept_answer
from app.api.http.parameters import CaseworkerHeader, IdempotencyKeyHeader, IfMatchHeader
from app.api.http.service_state import ServiceState, base_address, state_of
from app.api.http.shapes import Link, LinkedOutput, SelfLink
from app.clock import today_in_sweden, utc_now
from app.errors import PreconditionFailed, PreconditionRequired
from app.models.events import Event
from app.models.rows import Row
from app.services.ground import Actor, find, find_for_change, resource_name

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
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
        return shape.model_validate(values | {"links": self.self_link(path)} | more)

    def changing(self, shown: BaseModel, version: int) -> Response:
        """200 for what changes without a new version: clients must not keep the answer."""
        headers = {"ETag": f'"{version}"', "Cache-Control": "no-store"}
        return JSONResponse(_json(shown), headers=headers)

    def computed(self, shown: BaseModel, without_nulls: bool = False) -> Response:
        """200 for what is computed when asked: it has texts, but no version and so no ETag."""
        content = shown.model_dump(mode="json", by_alias=True, exclude_none=without_nulls)
        return JSONResponse(content, headers={"Content-Language": self.language, **FRESHNESS})

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
        # The ETag of an answer with texts names its language too; a change takes any of them.
        known = {f'"{row.version}"', *(f'"{row.version}-{one}"' for one in LANGUAGES)}
        if self.if_match.strip() != "*" and not known & _tags(self.if_match):
            raise PreconditionFailed(f'The newest version is "{row.version}". Read it and retry.')

    def deleted(self) -> Response:
        return Response(status_code=HTTPStatus.NO_CONTENT)


def preferred_language(accept_language: str | None) -> Language:
    """The language with the higher weight in the header; Swedish where the weights are equal."""
    weights = {"sv": 0.0, "en": 0.0}
    for part in (accept_language or "").split(","):
        tag, _, weight = part.strip().lower().partition(";q=")
        language = tag.partition("-")[0]
        if language in weights:
            weights[language] = max(weights[language], _weight(weight))
    return "en" if weights["en"] > weights["sv"] else "sv"


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def _json(shown: BaseModel) -> dict[str, Any]:
    return shown.model_dump(mode="json", by_alias=True)


def _tags(header: str) -> set[str]:
    return {tag.strip() for tag in header.split(",")}


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
