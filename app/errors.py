"""The domain's errors; only api/http/problems.py gives them an HTTP status.

HandslagError
├── NotAuthenticated      no key, or one that is unknown, expired or revoked
├── NotPermitted          the role may not do this at all
├── NotFound              missing, or another organisation's: the two look the same
├── Malformed             a body that is no JSON
├── Invalid               fields that are wrong or contradict each other
├── TooLarge              a body over its limit
├── UnsupportedMediaType  a body of another kind than the operation reads
├── PreconditionRequired  a change without If-Match
├── PreconditionFailed    a change against a version that is no longer the newest
├── Conflict              possible in itself, but not with what is stored now
├── Busy                  another write holds what this one needs
└── Unavailable           the database does not answer, or cannot store
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

# When each of them comes is said in api/words/codes_page/problems.py.
ConflictCode = Literal[
    "already-exists",
    "in-use",
    "already-decided",
    "already-corrected",
    "not-declined",
    "superseded",
    "slot-full",
    "candidate-placed",
    "not-consented",
    "vetoed",
    "dates-changed",
    "no-longer-feasible",
    "nothing-to-override",
    "rules-not-overridden",
    "transition-forbidden",
    "day-forbidden",
    "signatures-missing",
    "gates-missing",
    "extension-forbidden",
    "not-started",
    "not-ended",
    "not-planned",
    "run-not-completed",
    "redacted",
    "already-revoked",
    "last-admin-key",
    "shown-once",
    "changed-meanwhile",
]


class HandslagError(Exception):
    """An error that callers are told; the message says what to do."""


class NotAuthenticated(HandslagError):
    pass


class NotPermitted(HandslagError):
    pass


class NotFound(HandslagError):
    def __init__(self, resource: str, identifier: UUID | str) -> None:
        super().__init__(f"There is no {identifier} among {resource}.")


class Malformed(HandslagError):
    pass


@dataclass(frozen=True)
class FieldError:
    """One wrong field: a JSON pointer into the body, or the name of a parameter."""

    pointer: str
    detail: str


class Invalid(HandslagError):
    def __init__(self, *errors: FieldError) -> None:
        super().__init__("; ".join(f"{error.pointer}: {error.detail}" for error in errors))
        self.errors = errors

    def __reduce__(self) -> tuple[type["Invalid"], tuple[FieldError, ...], dict[str, object]]:
        """Keeps the pointers of an error that was raised in another process."""
        return type(self), self.errors, self.__dict__


MOST_ERRORS = 1_000
MORE_ERRORS = FieldError("#", f"more is wrong; these are the first {MOST_ERRORS} errors")


def refuse_many(wrong: Sequence[FieldError]) -> None:
    """Ends a search through a large body that has found more than an answer should hold."""
    if len(wrong) > MOST_ERRORS:
        raise Invalid(*wrong[:MOST_ERRORS], MORE_ERRORS)


class TooLarge(HandslagError):
    def __init__(self, limit_bytes: int) -> None:
        super().__init__(
            f"The body is over the {limit_bytes} bytes that this operation takes. Send less at a "
            "time."
        )


class UnsupportedMediaType(HandslagError):
    pass


class PreconditionRequired(HandslagError):
    pass


class PreconditionFailed(HandslagError):
    pass


class Conflict(HandslagError):
    """`code` is stable and short, for programs; the message is for people."""

    def __init__(self, code: ConflictCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Busy(HandslagError):
    pass


class Unavailable(HandslagError):
    pass
