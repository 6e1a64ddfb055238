"""What watches the service asks these two, without a key."""

from sqlalchemy import text

from tests.callers import Service


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


def test_every_answer_names_the_entry_in_the_log(service: Service) -> None:
    answers = [service.client.get("/health/live") for _ in range(2)]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 2
