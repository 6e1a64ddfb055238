"""Calls by roles, which check that answers are documented and that refused calls change nothing."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from sqlmodel import col, func, select

from app.db import Database
from app.models.events import Event
from app.models.keys import Role
from tests.api.document import OPERATIONS
from tests.callers import Caller, Service
from tests.make import make_organisation, make_shown_key

Json = dict[str, Any]
STRANGER = "stranger"
MATCHERS = {"caseworker", "admin"}
BUYERS = {"procurement", "admin"}
CHECKERS = MATCHERS | BUYERS
EVERYBODY = [*(role.value for role in Role), STRANGER]
DOCUMENTED = {(one.method, one.path): set(one.spec["responses"]) for one in OPERATIONS}
HIDDEN = {HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY}


@dataclass
class Calls:
    """A new organisation with a key for each role, and another organisation's admin."""

    callers: dict[str, Caller]
    database: Database
    events: int = 0
    refusal: str = ""

    @classmethod
    def of(cls, service: Service, stranger: Caller) -> "Calls":
        with service.database.writing() as session:
            its = make_organisation(session).id
            keys = {role.value: make_shown_key(session, its, role) for role in Role}
        callers = {role: Caller(service.client, key, its) for role, key in keys.items()}
        calls = cls(callers | {STRANGER: stranger}, service.database)
        calls.events = calls.count_events()
        return calls

    def read(self, path: str, **query: Any) -> Any:
        """Reads as the admin, who sees everything."""
        answer = self.callers["admin"].get(path, params=query)
        assert answer.status_code == HTTPStatus.OK, answer.text
        return answer.json()

    def items(self, path: str, **query: Any) -> list[Json]:
        found = self.read(path, limit=100, **query)
        assert found["_meta"]["totalRecords"] == len(found["items"])
        return list(found["items"])

    def write(
        self, who: str, may: set[str], method: str, path: str, body: Json | None = None, **ids: str
    ) -> Json | None:
        """What was stored; None where the call was refused, which must leave no event."""
        headers = {}
        if method != "POST" and who in (*may, STRANGER):
            headers = {"If-Match": self._version(path.format(**ids))}
        caller = self.callers[who]
        answer = caller.call(method, path.format(**ids), json=body, headers=headers)
        self._judge(who, may, (method, path), answer)
        if not answer.is_success:
            self.refusal = str(answer.json()["detail"])
            return None
        return dict(answer.json()) if answer.content else {}

    def count_events(self) -> int:
        """Counts in the database, because over HTTP it would take a fifth of the tests' time."""
        its = self.callers["admin"].organisation_id
        with self.database.reading() as session:
            own = select(func.count()).where(col(Event.organisation_id) == its)
            return session.exec(own).one()

    def _judge(self, who: str, may: set[str], operation: tuple[str, str], answer: Any) -> None:
        status = answer.status_code
        assert f"{status}" in DOCUMENTED[operation], (operation, answer.text)
        assert status < HTTPStatus.INTERNAL_SERVER_ERROR, (operation, answer.text)
        if who == STRANGER:
            assert status in HIDDEN, (operation, answer.text)
        elif who not in may:
            assert status == HTTPStatus.FORBIDDEN, (operation, answer.text)
        before, self.events = self.events, self.count_events()
        if operation[0] == "PATCH" and answer.is_success:
            return  # the row may already have the wanted values, and then nothing happens
        assert (self.events > before) == answer.is_success, (operation, answer.text)

    def _version(self, path: str) -> str:
        return str(self.callers["admin"].get(path).headers["etag"])
