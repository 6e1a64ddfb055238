"""The page about the engine says what the engine does."""

import ast
import doctest
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from app.matching.proof.verification import RULE

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/engine.md"


def test_its_example_runs_as_written() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert found.attempted > 10
    assert found.failed == 0


def test_it_names_files_that_are_there() -> None:
    named = set(re.findall(r"`([\w/]+\.py)`", PAGE.read_text(encoding="utf-8")))
    assert named
    folders = (ROOT, ROOT / "app/matching")
    assert [name for name in named if not any((one / name).is_file() for one in folders)] == []


def test_the_rule_of_a_proof_can_be_read_in_one_go() -> None:
    assert len(RULE) < 1000


def test_the_engine_imports_nothing_but_numpy_scipy_and_optionally_numba() -> None:
    files = [path for kind in ("*.py", "*.pyi") for path in (ROOT / "app/matching").rglob(kind)]
    imported = {name for path in files for name in names_in(path)}
    outside = {name.partition(".")[0] for name in imported if not name.startswith("app.matching")}
    assert outside - sys.stdlib_module_names == {"numpy", "scipy", "numba"}


def names_in(path: Path) -> Iterator[str]:
    """Modules that a file imports by name, or as import_module("name"); the face's names are those
    of its stub."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            yield from (str(name.value) for name in node.args if isinstance(name, ast.Constant))
