"""The wheel, installed into an environment of its own and used beside somebody else's `app`."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from email import message_from_string
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

import pytest
from hatchling.build import build_wheel

from app.db import Database
from app.models.roles import Role
from app.services.registers.keys import create_key
from tests.background.processes import client_of, eventually
from tests.house import ROOT
from tests.test_cli import free_port

SECRET = "a secret of at least sixteen characters"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/handslag.db"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as there:
        there.chdir(ROOT)
        return folder / build_wheel(f"{folder}")


@pytest.fixture(scope="module")
def handslag(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The command of an environment that has the wheel, what it needs, and not the checkout."""
    home = tmp_path_factory.mktemp("home")
    venv.create(home)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": f"{home}"}))
    # A path file in a folder that is named by a path file is not read: the checkout stays out.
    (site / "needed.pth").write_text(sysconfig.get_path("purelib"))
    programs = Path(sysconfig.get_path("scripts", "venv", {"base": f"{home}"}))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    install = ["--python", f"{programs / 'python'}", "install", "--no-deps", "--no-index"]
    # It counts the checkout's own installation as one to replace, if it is not told to leave it.
    subprocess.run([*pip, *install, "--ignore-installed", f"{wheel}"], check=True)
    return f"{programs / 'handslag'}"


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A working directory with packages of our names, which break whoever imports them."""
    for name in ("app", "migrations", "alembic"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('a foreign package')\n")
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    ours = {"HANDSLAG_DATABASE_URL": f"sqlite:///{folder}/own.db", "HANDSLAG_SECRET": SECRET}
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | ours


def test_carries_one_package_and_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        (about,) = (name for name in names if name.endswith("/METADATA"))
        told = message_from_string(packed.read(about).decode())
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"app"}
    migrations = {path.name for path in (ROOT / "migrations/versions").glob("*.py")}
    carried = "app/migrations/versions/"
    assert migrations == {name.removeprefix(carried) for name in names if carried in name}
    assert "app/migrations/procrastinate_3.10.0.sql" in names
    assert (told["License-Expression"], told["License-File"]) == ("MIT", "LICENSE")
    assert told["Description-Content-Type"] == "text/markdown"
    assert told["Requires-Python"] == ">=3.11"


def test_runs_beside_another_app(handslag: str, beside: Path) -> None:
    def run(*arguments: str) -> str:
        ran = subprocess.run(
            [handslag, *arguments],
            cwd=beside,
            env=environment(beside),
            capture_output=True,
            text=True,
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout.strip()

    assert run("--version") == f"handslag {version('handslag')}"
    owner = run("create-organisation", "Östersunds kommun")
    database = Database(f"sqlite:///{beside}/own.db")
    with database.writing() as session:
        key = create_key(session, SECRET, UUID(owner), Role.ADMIN)
    database.dispose()
    port = free_port()
    # Every run goes to the child process, which must find our own packages too.
    settings = environment(beside) | {"HANDSLAG_BACKGROUND_FROM_ROWS": "0"}
    serve = [handslag, "serve", "--port", f"{port}"]
    with subprocess.Popen(
        serve, cwd=beside, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            with client_of(address, key) as client:
                started = client.post("/match-runs", json={"asOf": "2018-02-01"})
                assert started.status_code == 202
                where = started.headers["location"]
                eventually(lambda: client.get(where).json()["status"] == "completed")
                sent = {"asOf": "2018-02-01", "candidates": [], "slots": []}
                assert client.post("/matchings", json=sent).status_code == 200
        finally:
            process.terminate()
