"""The project as the house rules see it: its files, its modules, what they call and import."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import grimp

ROOT = Path(__file__).parent.parent
GENERATED_FOLDERS = re.compile(
    r"^(\.git|\.venv|\.hypothesis|node_modules|.*_cache.*|.*\.egg-info)$"
)
# A migration is one change, is read as a whole, and never changes again.
UNCOUNTED = "migrations/versions/"

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    path: str
    lines: int
    tree: ast.Module

    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def at(self, node: ast.stmt | ast.expr) -> str:
        return f"{self.path}:{node.lineno}"


@cache
def project_files() -> list[str]:
    """The files that git has or would add; without git, all files of the folder."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return sorted(str(path.relative_to(ROOT)) for path in walk(ROOT))
    return sorted(path for path in listed.stdout.splitlines() if (ROOT / path).is_file())


def walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not GENERATED_FOLDERS.match(path.name):
            yield from walk(path)
        elif path.is_file():
            yield path


@cache
def modules() -> list[Module]:
    return [read_module(path) for path in project_files() if path.endswith(".py")]


def read_module(path: str) -> Module:
    text = (ROOT / path).read_text(encoding="utf-8")
    return Module(path, text.count("\n"), ast.parse(text, filename=path))


def modules_in(folder: str) -> list[Module]:
    return [module for module in modules() if module.path.startswith(f"{folder}/")]


def counted_modules() -> list[Module]:
    return [module for module in modules() if not module.path.startswith(UNCOUNTED)]


def lines_of(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def called_names(node: ast.AST) -> set[str]:
    """The last names of what is called: `commit` of `session.commit()`."""
    called = [inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call)]
    return {
        name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "") for name in called
    }


def stems(folder: str) -> set[str]:
    return {Path(module.path).stem for module in modules_in(folder)} - {"__init__"}


def texts() -> Iterator[tuple[str, str]]:
    for path in project_files():
        try:
            yield path, (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture


@cache
def imports() -> dict[str, frozenset[str]]:
    """For each module of the app, the modules of the app that it imports."""
    graph = grimp.build_graph("app", cache_dir=None)
    return {
        module: frozenset(graph.find_modules_directly_imported_by(module))
        for module in graph.modules
    }


@cache
def longest_chain(module: str) -> tuple[str, ...]:
    """The longest chain of imports from a module on, itself included."""
    below = (longest_chain(other) for other in sorted(imports()[module]))
    return (module, *max(below, key=len, default=()))


def files_by_folder(*folders: str) -> Counter[str]:
    """How many modules each folder has, without its `__init__`."""
    paths = [Path(module.path) for folder in folders for module in modules_in(folder)]
    return Counter(str(path.parent) for path in paths if path.stem != "__init__")
