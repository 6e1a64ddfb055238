"""Routes that let a call in only with a key, a role that may, and a body of sane size and kind.

The checks run before the body is read, so that a caller without a key cannot fill the memory.
"""

import email.message
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from typing import Any, TypeVar, cast

import anyio
from fastapi import Request, Response, params
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from app.api.http.service_state import state_of
from app.api.http.standards.json_bodies import read_json
from app.clock import utc_now
from app.errors import (
    MOST_ERRORS,
    FieldError,
    HandslagError,
    Invalid,
    Malformed,
    NotAuthenticated,
    NotPermitted,
    TooLarge,
    UnsupportedMediaType,
)
from app.models.roles import Role
from app.services.ground import Actor, Permission
from app.services.registers.keys import authenticate

BODY_LIMIT = 1024 * 1024
BATCH_BODY_LIMIT = 32 * 1024 * 1024
PERMISSION_ATTRIBUTE = "handslag_permission"
BODY_LIMIT_ATTRIBUTE = "handslag_body_limit"
UTF_8 = {"utf-8", "UTF-8", "utf8", "UTF8"}
JSON_MEDIA_TYPE = "application/json"
MERGE_PATCH_MEDIA_TYPE = "application/merge-patch+json"

Endpoint = Callable[..., Any]
E = TypeVar("E", bound=Endpoint)


class PermissionMissing(TypeError):
    """A mistake in the code: a route does not say who may call it. The service does not start."""


def needs(permission: Permission) -> Callable[[E], E]:
    """Marks an endpoint with the rule that says who may call it."""

    def mark(endpoint: E) -> E:
        setattr(endpoint, PERMISSION_ATTRIBUTE, permission)
        return endpoint

    return mark


def open_to_all(endpoint: E) -> E:
    """Marks an endpoint that anyone may call without a key."""
    setattr(endpoint, PERMISSION_ATTRIBUTE, None)
    return endpoint


def takes_batches(endpoint: E) -> E:
    """Marks an endpoint whose body may be large."""
    setattr(endpoint, BODY_LIMIT_ATTRIBUTE, BATCH_BODY_LIMIT)
    return endpoint


def permission_of(endpoint: Endpoint) -> Permission | None:
    """The endpoint's rule, or None where it is open to all; no rule at all is an error."""
    if not hasattr(endpoint, PERMISSION_ATTRIBUTE):
        raise PermissionMissing(
            f"The route {endpoint.__qualname__} says nothing of who may call it."
        )
    permission: Permission | None = getattr(endpoint, PERMISSION_ATTRIBUTE)
    return permission


class GuardedRoute(APIRoute):
    """Key, role, media type and size are settled before FastAPI sees the call.

    A body that may be large is not parsed here, on the loop of the server; see `bodies`.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        permission = permission_of(self.endpoint)
        limit = getattr(self.endpoint, BODY_LIMIT_ATTRIBUTE, BODY_LIMIT)
        media_types = _media_types(self.methods or set())
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            if permission is not None:
                actor = await run_in_threadpool(_authenticated, request)
                if not permission(actor):
                    raise _not_permitted(actor, permission)
                request.state.actor = actor
            _check_media_type(request, media_types)
            _check_announced_size(request, limit)
            _check_parameters(request, self.dependant)
            receive = _limited(request.receive, limit)
            if limit == BODY_LIMIT:
                return await handle(_StrictRequest(request.scope, receive))
            async with _room_for(request):
                return await handle(_UnreadRequest(request.scope, receive))

        return guarded


class _StrictRequest(Request):
    """Reads JSON as this service understands it."""

    async def json(self) -> Any:
        try:
            return read_json(await self.body())
        except HandslagError as error:
            # While FastAPI reads a body it lets an HTTPException pass, and turns others into 400.
            raise HTTPException(400) from error


class _UnreadRequest(Request):
    """Gives FastAPI the bytes in place of what they say: parsing takes long where they are many."""

    async def body(self) -> bytes:
        if not hasattr(self, "_body"):
            body = bytearray()  # bytes would be joined from their parts, and be there twice
            seconds = state_of(self).large_bodies.seconds_to_arrive
            try:
                with anyio.fail_after(seconds):
                    async for part in self.stream():
                        body += part
            except TimeoutError:
                late = f"The body did not arrive within {seconds:.0f} seconds. Send less at a time."
                raise HTTPException(400) from Malformed(late)
            self._body = cast(bytes, body)
        return self._body

    async def json(self) -> Any:
        return await self.body()


def _room_for(request: Request) -> AbstractAsyncContextManager[None]:
    """Where the body is or may become large, room among those that are held at once."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) <= BODY_LIMIT:
        return nullcontext()
    return state_of(request).large_bodies.room()


def _authenticated(request: Request) -> Actor:
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not shown:
        raise NotAuthenticated("Send a key: Authorization: Bearer <key>.")
    state = state_of(request)
    # A transaction of its own: one held until the route runs could leave other calls waiting.
    with state.database.reading() as session:
        return authenticate(session, state.pepper, shown.strip(), utc_now())


def _not_permitted(actor: Actor, permission: Permission) -> NotPermitted:
    allowed = ", ".join(role for role in Role if permission(replace(actor, role=role)))
    return NotPermitted(f"The role {actor.role} may not do this. Allowed: {allowed}.")


def _media_types(methods: set[str]) -> set[str]:
    if "PATCH" in methods:
        return {JSON_MEDIA_TYPE, MERGE_PATCH_MEDIA_TYPE}
    return {JSON_MEDIA_TYPE} if "POST" in methods else set()


def _check_media_type(request: Request, accepted: set[str]) -> None:
    header = email.message.Message()
    header["content-type"] = request.headers.get("content-type", "")
    named = request.headers.get("content-type") and header.get_content_type()
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Send the body as it is, without Content-Encoding.")
    if accepted and (named not in accepted or header.get_param("charset", "utf-8") not in UTF_8):
        raise UnsupportedMediaType(f"Send the body as {' or '.join(sorted(accepted))}, in UTF-8.")


def _check_announced_size(request: Request, limit: int) -> None:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise TooLarge(limit)


def _check_parameters(request: Request, dependant: Dependant) -> None:
    """Refuses unknown parameters: a misspelt filter would otherwise list everything."""
    fields = get_flat_params(dependant)
    known = {field.alias for field in fields if isinstance(field.field_info, params.Query)}
    given = Counter(name for name, _ in request.query_params.multi_items())
    if repeated := sorted(name for name, times in given.items() if times > 1):
        raise Invalid(*(FieldError(name, "is given more than once") for name in repeated))
    unknown = sorted(given.keys() - known)[:MOST_ERRORS]
    if unknown:
        advice = f"is no parameter here; known are: {', '.join(sorted(known)) or 'none'}"
        raise Invalid(*(FieldError(name, advice) for name in unknown))


def _limited(receive: Receive, limit: int) -> Receive:
    received = 0

    async def receive_within_limit() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            # While FastAPI reads a body it lets an HTTPException pass, and turns others into 400.
            raise HTTPException(413) from TooLarge(limit)
        return message

    return receive_within_limit
