"""Keeps what the code that is checked out stores, for later releases to read.

usage: python -m scripts.store_release FILE

It fills a SQLite database over HTTP (example_life.py says with what) and packs it. The commit that
makes a release adds its file, and nothing else is to be done for tests/stored to read it:

    .venv/bin/python -m scripts.store_release tests/stored/<version>.db.xz

What the code has no route or field for is skipped and named at the end; a release skips nothing.
For a commit from before these scripts, copy both into a worktree of it and start it there.
"""

import lzma
import secrets
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.testclient import TestClient
from structlog.testing import capture_logs
from typer.testing import CliRunner

from app.cli import app as commands
from app.main import create_app
from app.settings import Settings
from scripts import example_life

Json = dict[str, Any]

BASE_PATH = "/handslag/v1"
MOST_BYTES = 300_000
UNKNOWN_HERE = {404, 405, 422}  # no such route, or no such field


class Caller:
    """The calls of one key; one that fails ends everything."""

    def __init__(self, client: TestClient, key: str) -> None:
        self.client = client
        self.skipped: list[str] = []
        self.headers = {"Authorization": f"Bearer {key}", "Handslag-Caseworker": "exempel-1"}

    def get(self, path: str) -> Json:
        return self._needed("GET", path)

    def post(self, path: str, body: Json) -> Json:
        return self._needed("POST", path, body)

    def post_if_known(self, path: str, body: Json) -> Json | None:
        return self._known("POST", path, body)

    def change_if_known(self, path: str, body: Json) -> Json | None:
        return self._known("PATCH", path, body)

    def delete(self, path: str) -> None:
        self._needed("DELETE", path)

    def _needed(self, method: str, path: str, body: Json | None = None) -> Json:
        found = self._known(method, path, body)
        if found is None:
            raise SystemExit(self.skipped[-1])
        return found

    def _known(self, method: str, path: str, body: Json | None = None) -> Json | None:
        headers = self.headers | ({} if method == "GET" else {"If-Match": "*"})
        answer = self.client.request(method, BASE_PATH + path, json=body, headers=headers)
        if answer.status_code in UNKNOWN_HERE:
            self.skipped.append(f"{method} {path} {body}: {answer.text}")
            return None
        if not answer.is_success:
            raise SystemExit(f"{method} {path} {body}: {answer.status_code} {answer.text}")
        shown: Json = answer.json() if answer.content else {}
        return shown


def main(target: Path) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "filled.db"
        skipped = _fill(file)
        packed = _packed(file)
    if len(packed) > MOST_BYTES:
        raise SystemExit(f"{len(packed)} bytes are more than the {MOST_BYTES} that a file may have")
    target.write_bytes(packed)
    print(*(f"skipped: {call}" for call in skipped), f"{target}: {len(packed)} bytes", sep="\n")


def _fill(file: Path) -> list[str]:
    """The calls that the code did not know."""
    url, secret = f"sqlite:///{file}", secrets.token_urlsafe(32)  # nobody keeps it
    runner = CliRunner(env={"HANDSLAG_DATABASE_URL": url, "HANDSLAG_SECRET": secret})
    _command(runner, "migrate")
    organisation = _command(runner, "create-organisation", "Exempelstads kommun")
    key = _command(runner, "create-key", organisation, "--role", "admin")
    # All that happens has happened in 2018.
    settings = {"database_url": url, "secret": secret, "backdating_days": 36_500}
    with TestClient(create_app(Settings.model_validate(settings))) as client, capture_logs():
        caller = Caller(client, key)
        example_life.live(caller)
    return caller.skipped


def _command(runner: CliRunner, *arguments: str) -> str:
    result = runner.invoke(commands, arguments, catch_exceptions=False)
    if result.exit_code:
        raise SystemExit(f"handslag {arguments[0]}: {result.output}")
    return result.stdout.strip()


def _packed(file: Path) -> bytes:
    """Without what was deleted, and without what still stood in SQLite's log."""
    whole = file.with_name("whole.db")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", [f"{whole}"])
    return lzma.compress(whole.read_bytes(), preset=lzma.PRESET_EXTREME)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
