"""What watches the service asks these two, without a key."""

from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.db import Database
from app.main import give_state
from tests.callers import Caller, Service


class TestReady:
    def test_at_the_newest_migration(self, service: Service) -> None:
        answer = service.client.get("/health/ready")
        assert (answer.status_code, answer.json()) == (200, {"status": "ready"})

    def test_behind_the_newest_migration(self, service: Service) -> None:
        with service.database.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        answer = service.client.get("/health/ready")
        assert (answer.status_code, service.client.get("/health/live").status_code) == (503, 200)
        with service.database.writing() as session:  # for whoever uses this database next
            session.execute(text("DELETE FROM alembic_version"))


@pytest.mark.parametrize(
    "url", ["sqlite:////no/such/folder/handslag.db", "postgresql+psycopg://nobody@127.0.0.1:1/none"]
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_database_that_does_not_answer(app: FastAPI, admin: Caller, url: str) -> None:
    """The answer is 503 and says when to try again; once the database answers, calls succeed."""
    state: Any = app.state.handslag
    give_state(app, replace(state, database=Database(url)))
    answer = admin.get("/suppliers")
    give_state(app, state)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert answer.json()["type"] == "/problems/unavailable"
    assert admin.get("/suppliers").status_code == 200


def test_every_answer_names_the_entry_in_the_log(service: Service) -> None:
    answers = [service.client.get("/health/live") for _ in range(2)]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 2
