"""One structured log line for each request, with a request id and the W3C trace context."""

import re
import secrets
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.standards.traces import trace_of
from app.models.values import holds_identity_number

# What else a caller writes in its place may be anything, such as a key.
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}
# Secrets begin alike: hs_ of a key, hr_ of an address that opens a report.
SECRET = re.compile(r"h[rs]_[\w-]{20,}", re.IGNORECASE)

log = structlog.get_logger()


class RequestLog:
    """Continues the caller's trace, or begins one; never logs bodies, queries, secrets or
    identity numbers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        trace, request_id = trace_of(Headers(scope=scope)), secrets.token_hex(8)
        status = 500

        async def send_with_ids(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                headers.update(trace.headers(request_id))
            await send(message)

        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(
            request_id=request_id, trace_id=trace.trace_id
        ):
            try:
                await self.app(scope, receive, send_with_ids)
            finally:
                milliseconds = round((time.perf_counter() - started) * 1000, 1)
                log.info(
                    "request",
                    method=_known(scope["method"]),
                    path=without_secrets(scope["path"]),
                    status=status,
                    milliseconds=milliseconds,
                )


def without_secrets(path: str) -> str:
    """A path as a log may name it."""
    kept = "/".join(map(_without_number, SECRET.sub("{secret}", path).split("/")))
    # A number may also be spread over segments.
    return "{identity-number}" if holds_identity_number(kept) else kept


def _without_number(segment: str) -> str:
    return "{identity-number}" if holds_identity_number(segment) else segment


def _known(method: str) -> str:
    return method if method in METHODS else "{method}"
