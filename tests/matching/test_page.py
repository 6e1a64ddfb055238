"""The page about the engine says what the engine does."""

import doctest
import re
from pathlib import Path

from app.matching.proof import RULE

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/engine.md"


def test_its_example_runs_as_written() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert found.attempted > 10
    assert found.failed == 0


def test_it_names_files_that_are_there() -> None:
    named = set(re.findall(r"`(\w+\.py)`", PAGE.read_text(encoding="utf-8")))
    assert named
    assert [name for name in named if not (ROOT / "app/matching" / name).is_file()] == []


def test_the_rule_of_a_proof_can_be_read_in_one_go() -> None:
    assert len(RULE) < 1000
