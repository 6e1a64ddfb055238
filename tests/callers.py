"""Calls to the service as one system makes them: below the base path, with its key."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from app.api.http import BASE_PATH
from app.db import Database
from app.models.keys import Role
from tests.make import make_organisation, make_shown_key


@dataclass(frozen=True)
class Caller:
    """One key of one organisation."""

    client: TestClient
    key: str | None
    organisation_id: UUID

    def call(self, method: str, path: str, **more: Any) -> Any:
        headers = dict(more.pop("headers", {}))
        if self.key:
            headers = {"Authorization": f"Bearer {self.key}"} | headers
        return self.client.request(method, BASE_PATH + path, headers=headers, **more)

    def get(self, path: str, **more: Any) -> Any:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any, **more: Any) -> Any:
        return self.call("POST", path, json=body, **more)

    def patch(self, path: str, body: Any, version: int = 1, **more: Any) -> Any:
        return self.call("PATCH", path, json=body, headers={"If-Match": f'"{version}"'}, **more)

    def delete(self, path: str, version: int = 1, **more: Any) -> Any:
        return self.call("DELETE", path, headers={"If-Match": f'"{version}"'}, **more)


@dataclass(frozen=True)
class Service:
    """A running service on a database of its own, with one organisation."""

    client: TestClient
    database: Database
    organisation_id: UUID

    def caller(self, role: Role = Role.ADMIN, organisation_id: UUID | None = None) -> Caller:
        organisation = organisation_id or self.organisation_id
        with self.database.writing() as session:
            key = make_shown_key(session, organisation, role)
        return Caller(self.client, key, organisation)

    def stranger(self, role: Role = Role.ADMIN) -> Caller:
        """A caller of another organisation."""
        with self.database.writing() as session:
            other = make_organisation(session, "Grannkommunen").id
        return self.caller(role, other)

    def anonymous(self) -> Caller:
        return Caller(self.client, None, self.organisation_id)
