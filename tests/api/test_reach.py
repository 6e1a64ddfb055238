"""How far a request reaches: what it loads, and how many files take part in its answer."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What GET /clauses/{clauseId}/fulfilment runs.
READS_A_VERDICT = """
import sys
import app.api.fulfilment.clause_fulfilment, app.services.fulfilment.reading
print(*(name for name in sys.modules if name.partition(".")[0] in {"app", "numpy", "scipy"}))
"""
# As many as there are: a file more has to be wanted.
MOST_FILES = {"match run": 97, "decision": 50, "fulfilment": 32}


def printed(*program: str) -> str:
    ran = subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    return ran.stdout


def test_a_verdict_is_read_without_the_engine() -> None:
    loaded = printed("-c", READS_A_VERDICT).split()
    assert "app.services.fulfilment.verdict" in loaded
    assert "scipy" not in loaded
    engine = [name for name in loaded if name.startswith("app.matching")]
    assert engine == []


@cache
def files_run() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(printed("-m", "tests.api.files_run").splitlines()[-1])
    return found


@pytest.mark.parametrize("call", MOST_FILES)
def test_no_more_files_take_part_in_a_call(call: str) -> None:
    files = files_run()[call]
    assert "services/ground/records.py" in files
    assert len(files) <= MOST_FILES[call], "\n".join(files)
