"""Errors as RFC 9457 problem documents; the one module that gives an error its status."""

from collections.abc import Mapping
from http import HTTPStatus
from operator import itemgetter
from typing import Any, get_args

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from pydantic import ConfigDict, ValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount

from app import errors
from app.api.http.request_log import without_secrets
from app.api.http.standards.addresses import in_an_address, path_reference, without_spare_slashes
from app.api.http.standards.languages import Language, preferred_language
from app.api.http.swedish.door import TITLES
from app.api.http.swedish.sentences import in_swedish
from app.errors import MORE_ERRORS, MOST_ERRORS, FieldError, HandslagError, Invalid, Malformed
from app.models.values import LINE_PATTERN, PROSE_PATTERN, Described

PROBLEM_MEDIA_TYPE = "application/problem+json"
STATUS_OF: dict[type[HandslagError], HTTPStatus] = {
    errors.NotAuthenticated: HTTPStatus.UNAUTHORIZED,
    errors.NotPermitted: HTTPStatus.FORBIDDEN,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.Busy: HTTPStatus.CONFLICT,
    errors.PreconditionFailed: HTTPStatus.PRECONDITION_FAILED,
    errors.TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.UnsupportedMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.Malformed: HTTPStatus.BAD_REQUEST,
    errors.Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.PreconditionRequired: HTTPStatus.PRECONDITION_REQUIRED,
    errors.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
TYPE_OF: dict[type[HandslagError], str] = {
    errors.NotAuthenticated: "not-authenticated",
    errors.NotPermitted: "not-permitted",
    errors.NotFound: "not-found",
    errors.Busy: "busy",
    errors.PreconditionFailed: "precondition-failed",
    errors.TooLarge: "too-large",
    errors.UnsupportedMediaType: "unsupported-media-type",
    errors.Malformed: "malformed",
    errors.Invalid: "invalid",
    errors.PreconditionRequired: "precondition-required",
    errors.Unavailable: "unavailable",
}
# What no domain error stands for: the framework's refusal, and our own failure.
PLAIN_PROBLEMS = {
    "method-not-allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "fault": HTTPStatus.INTERNAL_SERVER_ERROR,
}
PLAIN_ADVICE = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that method; see the Allow header.",
}
# The words of RFC 9110; Python took them over in 3.13.
PHRASES = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Content Too Large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Unprocessable Content",
}
PATTERN_ADVICE = {
    r"^[!-~]+$": "takes letters a to z, digits and signs of ASCII alone, without spaces",
    LINE_PATTERN: "has nothing to see, or a line break or another control character",
    PROSE_PATTERN: "has nothing to see, or a NUL character",
}

LOGGED = "logged as a fault"
UNREADABLE = Malformed("The body is not JSON that can be read.")
SOME_FIELDS = "Some fields are wrong; errors says which and why."

log = structlog.get_logger()


class ProblemField(Described):
    """One field that is wrong, and how."""

    pointer: str
    """Where it is wrong: a JSON pointer into the body, or the name of a parameter."""
    detail: str
    """What is wrong there, and what to send instead."""


class Problem(Described):
    """An error as RFC 9457 describes it."""

    model_config = ConfigDict(title="Problem")

    type: str
    """The kind of problem, for programs to compare: `/problems/` and its code."""
    title: str
    """The status in words."""
    status: int
    """The HTTP status."""
    detail: str
    """What went wrong this time, and what to do."""
    instance: str
    """The path that was called."""
    errors: list[ProblemField] | None = None
    """With status 422: each field that is wrong. Null with others."""


RETRY_AFTER_SECONDS: dict[type[HandslagError], str] = {errors.Busy: "1", errors.Unavailable: "10"}
EXAMPLES: dict[int, HandslagError] = {
    400: Malformed("The body is not JSON: see line 1, column 2."),
    401: errors.NotAuthenticated("The key is missing, unknown, expired or revoked."),
    403: errors.NotPermitted("The role auditor may not do this. Allowed: caseworker, admin."),
    404: errors.NotFound("suppliers", "7f1c9a52-3c8e-4f5c-9d55-0f6a5b1f2a10"),
    409: errors.Conflict("already-exists", "Another one with the same unique value exists."),
    412: errors.PreconditionFailed('The newest version is "3". Read it and retry.'),
    413: errors.TooLarge(1024 * 1024),
    415: errors.UnsupportedMediaType("Send the body as application/json."),
    422: Invalid(FieldError("#/startDate", "give a date as YYYY-MM-DD")),
    428: errors.PreconditionRequired("Send If-Match with the ETag of the version you have read."),
    503: errors.Unavailable("The database does not answer. Try again in a while."),
}


def example_problem(status: int, instance: str) -> dict[str, Any]:
    """What an operation's documentation shows for a status."""
    return problem_of(EXAMPLES[status], instance)


def statuses_of_problems() -> dict[str, HTTPStatus]:
    """Every type of problem, by status."""
    statuses = dict.fromkeys(get_args(errors.ConflictCode), STATUS_OF[errors.Conflict])
    statuses |= {kind: STATUS_OF[error] for error, kind in TYPE_OF.items()} | PLAIN_PROBLEMS
    return dict(sorted(statuses.items(), key=itemgetter(1)))


def install_problem_handlers(app: FastAPI) -> None:
    app.add_exception_handler(HandslagError, _answer_domain_error)
    app.add_exception_handler(RequestValidationError, _answer_validation_error)
    app.add_exception_handler(HTTPException, _answer_http_error)
    app.add_exception_handler(Exception, _answer_fault)


def problem_of(error: HandslagError, instance: str, language: Language = "en") -> dict[str, Any]:
    """The document alone: batches show it beside a rejected line."""
    status = STATUS_OF[type(error)]
    kind = error.code if isinstance(error, errors.Conflict) else TYPE_OF[type(error)]
    if not isinstance(error, Invalid):
        return _document(kind, status, str(error), instance, language)
    document = _document(kind, status, SOME_FIELDS, instance, language)
    document["errors"] = [
        {
            "pointer": wrong.pointer,
            "detail": in_swedish(wrong.detail) if language == "sv" else wrong.detail,
        }
        for wrong in error.errors
    ]
    return document


def invalid_from(error: ValidationError | RequestValidationError) -> Invalid:
    """Pydantic's findings as ours, at most MOST_ERRORS: where and why, never what was sent."""
    found = error.errors()
    told = [_field_error(finding) for finding in found[:MOST_ERRORS]]
    return Invalid(*told, *([MORE_ERRORS] if len(found) > MOST_ERRORS else []))


def _field_error(finding: Mapping[str, Any]) -> FieldError:
    path = list(finding["loc"])
    place = path.pop(0) if path and path[0] in {"body", "query", "path", "header"} else "body"
    if finding["type"] == "contradiction":
        path += [finding["ctx"]["field"]] if finding["ctx"]["field"] else []
    if place == "body":
        return FieldError(pointer_to("#", *path), _advice(finding))
    return FieldError(str(path[0]) if path else place, _advice(finding))


def _advice(finding: Mapping[str, Any]) -> str:
    if finding["type"] == "string_pattern_mismatch":
        pattern = finding["ctx"]["pattern"]
        return PATTERN_ADVICE.get(pattern, f"does not have the form {pattern}")
    return str(finding["msg"]).removeprefix("Value error, ")


def pointer_to(start: str, *steps: object) -> str:
    """A JSON pointer (RFC 6901) from there on."""
    escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "/".join((start, *escaped))


def title_of(status: HTTPStatus, language: Language = "en") -> str:
    """The status in words, as answers and pages name it."""
    return (TITLES if language == "sv" else PHRASES).get(status, status.phrase)


def _document(
    kind: str, status: HTTPStatus, detail: str, instance: str, language: Language
) -> dict[str, Any]:
    return {
        "type": f"/problems/{kind}",
        "title": title_of(status, language),
        "status": status.value,
        "detail": in_swedish(detail, kind) if language == "sv" else detail,
        "instance": instance,
    }


def _language(request: Request) -> Language:
    """English, as problems have always been, unless the caller asks for Swedish."""
    return preferred_language(request.headers.get("accept-language"), unless_said="en")


def _answer(
    request: Request, document: dict[str, Any], headers: Mapping[str, str] | None = None
) -> JSONResponse:
    own = {"Content-Language": _language(request), "Vary": "Accept-Language"}
    status = document["status"]
    return JSONResponse(document, status, own | dict(headers or {}), PROBLEM_MEDIA_TYPE)


def _answer_plain(
    request: Request,
    kind: str,
    status: HTTPStatus,
    detail: str,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """What no domain error stands for."""
    instance, language = path_reference(request.scope), _language(request)
    return _answer(request, _document(kind, status, detail, instance, language), headers)


def _answer_domain_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HandslagError)  # noqa: S101  # what it was registered for
    headers = {}
    if isinstance(error, errors.NotAuthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    if type(error) in RETRY_AFTER_SECONDS:
        headers["Retry-After"] = RETRY_AFTER_SECONDS[type(error)]
    instance, language = path_reference(request.scope), _language(request)
    return _answer(request, problem_of(error, instance, language), headers)


def _answer_validation_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # as registered
    return _answer_domain_error(request, invalid_from(error))


def _answer_http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101  # as registered
    if isinstance(error.__cause__, HandslagError):
        return _answer_domain_error(request, error.__cause__)
    status = HTTPStatus(error.status_code)
    if status == HTTPStatus.BAD_REQUEST:
        # What FastAPI says of a body that it cannot read.
        return _answer_domain_error(request, UNREADABLE)
    detail = PLAIN_ADVICE.get(status, status.description)
    if status == HTTPStatus.NOT_FOUND:
        detail = _leave_out_slashes(request) or detail
    kind = status.phrase.lower().replace(" ", "-")
    is_other_method = status == HTTPStatus.METHOD_NOT_ALLOWED
    headers = (
        {"Allow": ", ".join(_methods(request.app, request.scope))} if is_other_method else None
    )
    return _answer_plain(request, kind, status, detail, headers or error.headers)


def _methods(app: FastAPI, scope: Mapping[str, Any]) -> list[str]:
    """Every method of an address; the framework names only those of the first route there."""
    methods: set[str] = set()
    for context in iter_route_contexts(app.routes):
        match, inner = context.matches(dict(scope))
        route = context.original_route
        if match != Match.NONE and isinstance(route, Mount) and isinstance(route.app, FastAPI):
            methods |= set(_methods(route.app, {**scope, **inner}))
        elif match != Match.NONE:
            methods |= context.methods or set()
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


def _leave_out_slashes(request: Request) -> str | None:
    """Names the address without slashes too many, if something is there."""
    path = request.scope["path"]
    shorter = without_spare_slashes(path)
    if shorter == path or not _methods(request.app, {**request.scope, "path": shorter}):
        return None
    right = in_an_address(shorter)
    if path == f"{shorter}/":
        return f"There is nothing at this address. Leave out the slash at the end: {right}"
    return f"There is nothing at this address. Leave out the slashes that are too many: {right}"


def _answer_fault(request: Request, error: Exception) -> JSONResponse:
    # The mounted app passes the fault on to the outer app, whose handler is this one too.
    if LOGGED not in getattr(error, "__notes__", ()):
        log.error("fault", path=without_secrets(request.url.path), exc_info=error)
        error.add_note(LOGGED)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    detail = "The service failed. Nothing was stored. The request id names the log entry."
    return _answer_plain(request, "fault", status, detail)
