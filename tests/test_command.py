"""`handslag verify`: what it prints, what it refuses, and that it loads nothing of the service."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import command
from app.api.http import EXAMPLE_ID
from app.api.runs.proofs import EXAMPLE_LINES
from app.cli import app

PROOF = "".join(f"{line}\n" for line in EXAMPLE_LINES).encode()
WHAT_IS_LOADED = """
import sys
from app.command import main
try:
    main()
except SystemExit as end:
    print(end.code)
print(*sorted({name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names))
print(*sorted(name for name in sys.modules if name.startswith("app")))
"""


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    file = tmp_path / "proof.ndjson"
    file.write_bytes(PROOF)
    return file


def handslag(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """Runs the command and returns its exit code."""
    monkeypatch.setattr(sys, "argv", ["handslag", *arguments])
    with pytest.raises(SystemExit) as ended:
        command.main()
    return ended.value.code


def test_prints_what_it_checked(
    proof: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert handslag(monkeypatch, "verify", str(proof)) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.splitlines() == [
        f"By its own words this is the proof of matchRunId {EXAMPLE_ID}, inputHash 5f70bf18, "
        "asOf 2018-02-01.",
        "Slots: 1, candidates: 1. No price is negative.",
        "Feasible pairs: 1. The prices of each sum to its weight or more.",
        "Chosen pairs: 1. All feasible, no slot overfull, no one chosen twice.",
        "They weigh what the prices sum to, and no pairing can weigh more.",
        "More weight is more places by tier, then points: "
        "0 of tier 2, 1 of tier 1, 0 of tier 0; 925 points.",
    ]


def test_prints_the_same_where_the_service_is_loaded(proof: Path) -> None:
    result = CliRunner().invoke(app, ["verify", str(proof)])
    assert (result.exit_code, result.stdout.count("\n")) == (0, 6)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the end is missing"),
        (b"\n", "the end is missing"),
        (b'{"kind": "header", "kind": "header"}', "line 1 is not JSON"),
        (b"{", "line 1 is not JSON"),
        (b"\xff\xfe{}", "line 1 is not JSON"),
        (b"[" * 100_000, "line 1 is not JSON"),
        (b'{"kind": ' + b"1" * 5_000 + b"}", "line 1 is not JSON"),
        (b"[]\n", "line 1: is no JSON object"),
        (b"{}\n", "line 1 lacks 'kind'"),
        (b'{"kind": ["header"]}', "line 1: its kind is not one of header, slot,"),
        (b'{"kind": "slot"}\n', "line 1: the header is not the first line"),
        (b'{"kind": "header"}\n', "line 1 lacks 'version'"),
        (b'{"kind": "header", "version": 2}\n', "line 1: its version is not 1"),
        (PROOF.replace(b"A pair weighs", b"A pair is"), "line 1: its rule is another than"),
        (PROOF.replace(b'"price":4626', b'"price":NaN'), "line 3: nan is not a whole number"),
        (PROOF.replace(b'"price":4626', b'"price":4625'), "a pair weighs more than its two prices"),
        (PROOF.replace(b'"price":4626', b'"price":4627'), "weighs 4626, the prices sum to 4627"),
        (PROOF.replace(b"[925]", b'"925"'), "line 4: a list is none"),
        (PROOF.replace(b"[925]", b"[true]"), "line 4: True is not a whole number"),
        (PROOF.replace(b"[925]", b"[925,1]"), "line 4: a pair has no points, or"),
        (PROOF.replace(b"[925]", b"[%d]" % 2**70), "line 4: "),
        (PROOF.removesuffix(b'{"kind":"end"}\n'), "the end is missing"),
        (PROOF + PROOF, "line 7: lines are out of order"),
    ],
)
def test_says_in_one_line_what_does_not_hold(
    proof: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    said: str,
) -> None:
    proof.write_bytes(content)
    assert handslag(monkeypatch, "verify", str(proof)) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert printed.err.startswith(f"{proof} proves nothing: ")
    assert said in printed.err


def test_says_in_one_line_what_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (tmp_path, tmp_path / "none"):
        assert handslag(monkeypatch, "verify", str(file)) == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_verify_loads_numpy_and_nothing_of_the_service(proof: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WHAT_IS_LOADED, "verify", str(proof)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
        text=True,
    )
    *_, code, packages, own = ran.stdout.splitlines()
    assert code == "0"
    assert "numpy" in packages.split()
    assert set(packages.split()) & {"scipy", "numba", "pydantic", "sqlalchemy", "typer"} == set()
    assert own.split() == ["app", "app.command"]


def test_the_verifier_runs_alone_wherever_it_is_copied(proof: Path) -> None:
    copy = proof.with_name("verification.py")
    copy.write_bytes(command.VERIFIER.read_bytes())
    isolated = [sys.executable, "-I", copy.name, proof.name]
    ran = subprocess.run(isolated, cwd=proof.parent, capture_output=True, check=True, text=True)
    assert len(ran.stdout.splitlines()) == 6


@pytest.mark.parametrize("arguments", [["verify", "--help"], ["verify"], ["--help"], ["openapi"]])
def test_all_else_is_the_service_s_own_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code = handslag(monkeypatch, *arguments)
    printed = capsys.readouterr()
    assert code == (2 if arguments == ["verify"] else 0)
    if arguments == ["openapi"]:
        assert json.loads(printed.out)["openapi"]
    else:
        assert "Usage: " in printed.out + printed.err
