"""What the operator sees of organisations and keys, and what no line repeats."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from app.cli import app
from app.clock import today_in_sweden, utc_now
from app.db import Database
from app.models.events import Event
from app.models.keys import Key
from app.services.registers.keys import id_in
from tests.test_cli import UNKNOWN_ID, refused, run

OTHER_SECRET = "another secret than that of the tests"


def create_key(organisation_id: str, role: str = "admin", *more: str) -> str:
    return run("create-key", organisation_id, "--role", role, *more).strip()


class TestOrganisations:
    def test_are_listed_oldest_first(self) -> None:
        ids = [run("create-organisation", name).strip() for name in ("Östersund", "Krokom")]
        lines = run("list-organisations").splitlines()
        assert [line.split("  ") for line in lines] == [
            [ids[0], f"{utc_now():%Y-%m-%d}", "Östersund"],
            [ids[1], f"{utc_now():%Y-%m-%d}", "Krokom"],
        ]

    def test_that_there_is_none_is_said_beside_the_list(self) -> None:
        result = CliRunner().invoke(app, ["list-organisations"])
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.startswith("There is no organisation yet: ")

    @pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u00a0", "\t"])
    def test_name_with_what_nobody_sees(self, unseen: str) -> None:
        said = refused("create-organisation", f"Östersunds{unseen} kommun")
        assert said.startswith(f"name: holds U+{ord(unseen):04X} ")
        assert "Value error" not in said

    def test_blanks_around_a_name_go(self) -> None:
        run("create-organisation", "\u00a0Östersund ")
        assert run("list-organisations").endswith("  Östersund\n")

    def test_name_with_an_identity_number(self) -> None:
        said = refused("create-organisation", "811218-9876")
        assert said.startswith("name: reads as a personal identity number")

    def test_two_of_one_name_are_told(self, organisation_id: str) -> None:
        result = CliRunner().invoke(app, ["create-organisation", "östersunds kommun"])
        assert result.exit_code == 0
        assert f"{UUID(result.stdout.strip())}\n" == result.stdout
        assert "2 organisations of this name" in result.stderr
        assert organisation_id in result.stderr


class TestListKeys:
    def test_label_that_is_a_key_is_not_stored(self, organisation_id: str) -> None:
        key = run("create-key", organisation_id, "--role", "admin").strip()
        said = refused("create-key", organisation_id, "--role", "admin", "--label", key)
        assert "holds a key" in said
        assert key not in said
        assert run("list-keys", organisation_id).count("\n") == 1

    def test_says_what_each_is_and_whether_it_holds(
        self, database: Database, organisation_id: str
    ) -> None:
        last = today_in_sweden() + timedelta(days=30)
        keys = [
            create_key(organisation_id, "admin", "--label", "Ärendesystemet"),
            create_key(organisation_id, "auditor", "--expires", f"{last}"),
            create_key(organisation_id, "caseworker"),
            create_key(organisation_id, "procurement"),
        ]
        create_key(run("create-organisation", "Krokoms kommun").strip())
        ids = [id_in(key) for key in keys]
        with database.writing() as session:
            expired = session.get_one(Key, ids[2])
            expired.expires_at = utc_now()
        run("revoke-key", f"{ids[3]}")
        today = today_in_sweden()
        assert [
            line.split(maxsplit=1) for line in run("list-keys", organisation_id).splitlines()
        ] == [
            [f"{ids[0]}", "admin        holds                  Ärendesystemet"],
            [f"{ids[1]}", f"auditor      holds until {last}"],
            [f"{ids[2]}", f"caseworker   expired {today}"],
            [f"{ids[3]}", f"procurement  revoked {utc_now():%Y-%m-%d}"],
        ]

    def test_of_nobody(self) -> None:
        assert UNKNOWN_ID in refused("list-keys", UNKNOWN_ID)


class TestNoLineRepeatsAKey:
    def test_a_whole_key_is_revoked_by_its_id(
        self, database: Database, organisation_id: str
    ) -> None:
        key = create_key(organisation_id)
        assert run("revoke-key", key) == ""
        with database.reading() as session:
            assert session.get_one(Key, id_in(key)).revoked_at is not None
        assert key not in refused("revoke-key", key)

    @pytest.mark.parametrize("written", ["x{}", "Bearer {}", "hs_{}"])
    @pytest.mark.parametrize("command", ["revoke-key", "list-keys"])
    def test_one_that_is_written_wrongly(
        self, organisation_id: str, command: str, written: str
    ) -> None:
        key = create_key(organisation_id)
        result = CliRunner().invoke(app, [command, written.replace("{}", key)])
        assert result.exit_code == 1
        assert key.split("_", 2)[2] not in result.output

    def test_one_word_too_many(self, organisation_id: str) -> None:
        key = create_key(organisation_id)
        result = CliRunner().invoke(app, ["revoke-key", "Bearer", key])
        assert result.exit_code == 2
        assert "unexpected extra argument" in result.output
        assert key.split("_")[1] not in result.output


class TestForeignSecret:
    @pytest.mark.parametrize("arguments", [["serve", "--port", "0"], ["create-key"]])
    def test_is_refused_while_keys_are_in_use(
        self, monkeypatch: pytest.MonkeyPatch, organisation_id: str, arguments: list[str]
    ) -> None:
        create_key(organisation_id)
        monkeypatch.setenv("HANDSLAG_SECRET", OTHER_SECRET)
        more = [organisation_id, "--role", "admin"] if arguments == ["create-key"] else []
        said = refused(*arguments, *more)
        assert "Start with the old secret" in said
        assert "handslag replace-secret" in said
        assert OTHER_SECRET not in said

    def test_is_taken_where_no_key_is_in_use(
        self, monkeypatch: pytest.MonkeyPatch, organisation_id: str
    ) -> None:
        run("revoke-key", create_key(organisation_id))
        monkeypatch.setenv("HANDSLAG_SECRET", OTHER_SECRET)
        create_key(organisation_id)

    def test_replaces_a_lost_one_and_revokes_every_key(
        self, monkeypatch: pytest.MonkeyPatch, database: Database, organisation_id: str
    ) -> None:
        for _ in range(2):
            create_key(organisation_id)
        assert "already" in refused("replace-secret")
        monkeypatch.setenv("HANDSLAG_SECRET", OTHER_SECRET)
        assert run("replace-secret").startswith("Keys revoked: 2.")
        with database.reading() as session:
            assert None not in session.exec(select(Key.revoked_at)).all()
            told = session.exec(select(Event.action).where(Event.resource == "keys")).all()
        assert sorted(told) == ["created", "created", "revoked", "revoked"]
        create_key(organisation_id)
