"""The house rules that can be counted; README.md says why we keep them."""

import ast
import re
import subprocess
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
AIM_OF_A_FUNCTION = 10
# A migration is one change, to be read as a whole, and never changed again.
UNCOUNTED = "migrations/versions/"
NAMES_THAT_SAY_NOTHING = {"util", "helper", "manager", "data", "crud"}
# A file that may import inside functions, and why.
LATE_IMPORTS = {"app/command.py": "verify must work with nothing of the service loaded"}
# A table without a file of its own in api, and why.
TABLES_WITHOUT_API = {
    "idempotency": "remembers answers; callers meet it as a header",
    "organisations": "made by the command line only",
}
LINT_EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|fmt:\s*(off|skip)|ruff:|mypy:)")
REASONED_EXCEPTION = re.compile(
    r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\]|pragma: no cover)\s+#\s+\w+.* \w+"
)
RULE_LEFT_OUT = re.compile(r'^\s*"[A-Z]{1,4}\d+",')
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted[.]|registry\.npmjs|(?<!emit-)(index[-]url|find[-]links)"
)
PATH_OF_A_MACHINE = re.compile(r"(?<![\w.}-])/(home|root|work|Users)/\w")
CHECKS_OF_LIBRARIES = {"raises", "warns", "fail", "call_and_validate", "validate_response"}
GENERATED_FOLDERS = re.compile(
    r"^(\.git|\.venv|\.hypothesis|node_modules|.*_cache.*|.*\.egg-info)$"
)

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
    """What git knows or would take up; in a copy without git, what lies there."""
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


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_rules_look_at_the_whole_project() -> None:
    assert {"Makefile", "app/db.py", "tests/test_house.py"} <= set(project_files())


def test_a_copy_without_git_shows_the_same_files() -> None:
    walked = {str(path.relative_to(ROOT)) for path in walk(ROOT)}
    assert set(project_files()) <= walked


def test_no_file_is_longer_than_can_be_held_in_mind() -> None:
    long = [
        f"{module.path}: {module.lines} lines"
        for module in counted_modules()
        if module.lines > MOST_LINES_OF_A_FILE
    ]
    assert "\n".join(long) == ""


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{module.at(function)} {function.name}: {lines_of(function)} lines"
        for module in counted_modules()
        for function in module.functions()
        if lines_of(function) > MOST_LINES_OF_A_FUNCTION
    ]
    assert "\n".join(long) == ""


def test_half_of_all_functions_reach_the_length_they_aim_at() -> None:
    lengths = [
        lines_of(function) for module in modules_in("app") for function in module.functions()
    ]
    print(
        f"{len(lengths)} functions in app, median {median(lengths)} lines, longest {max(lengths)}"
    )
    assert median(lengths) <= AIM_OF_A_FUNCTION


def test_no_module_has_a_name_that_says_nothing() -> None:
    mute = [
        module.path
        for module in modules()
        for word in re.split(r"[/_.]", module.path)
        if word.removesuffix("s") in NAMES_THAT_SAY_NOTHING
    ]
    assert "\n".join(mute) == ""


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        module.at(statement)
        for module in modules()
        for function in module.functions()
        for statement in ast.walk(function)
        if isinstance(statement, ast.Import | ast.ImportFrom) and module.path not in LATE_IMPORTS
    ]
    assert "\n".join(hidden) == ""


def test_every_lint_exception_carries_its_reason() -> None:
    unreasoned = [
        f"{module.path}:{token.start[0]}"
        for module in modules()
        for token in comments(module)
        if LINT_EXCEPTION.match(token.string) and not REASONED_EXCEPTION.match(token.string)
    ]
    assert "\n".join(unreasoned) == ""


def comments(module: Module) -> list[tokenize.TokenInfo]:
    with tokenize.open(ROOT / module.path) as file:
        tokens = list(tokenize.generate_tokens(file.readline))
    return [token for token in tokens if token.type == tokenize.COMMENT]


def test_every_lint_rule_left_out_for_a_folder_carries_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    left_out = [line for line in lines if RULE_LEFT_OUT.match(line)]
    assert left_out
    assert [line for line in left_out if "#" not in line] == []


def test_no_file_names_a_package_registry() -> None:
    assert "\n".join(lines_with(REGISTRY)) == ""


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    assert "\n".join(lines_with(PATH_OF_A_MACHINE)) == ""


def test_lock_files_hold_versions_and_hashes_only() -> None:
    locks = [path for path in project_files() if path.startswith("requirements/")]
    form = re.compile(r"[\w.\[\]-]+==[\w.]+( ; [^;]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    lines = [line for path in locks for line in (ROOT / path).read_text("utf-8").splitlines()]
    assert lines
    assert [line for line in lines if not form.fullmatch(line)] == []


def test_no_service_commits() -> None:
    committing = [
        f"{module.at(function)} {function.name}"
        for module in modules_in("app/services")
        for function in module.functions()
        if "commit" in called_names(function)
    ]
    assert "\n".join(committing) == ""


def test_every_stored_resource_has_one_file_name_in_every_layer() -> None:
    tables = {Path(module.path).stem for module in modules_in("app/models") if has_table(module)}
    resources = tables - set(TABLES_WITHOUT_API)
    assert resources
    assert sorted(resources - stems("app/services")) == []
    assert sorted(resources - stems("app/api")) == []


def has_table(module: Module) -> bool:
    classes = [node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    return any(keyword.arg == "table" for node in classes for keyword in node.keywords)


def test_no_test_sleeps() -> None:
    asleep = [module.path for module in modules_in("tests") if "sleep" in called_names(module.tree)]
    assert "\n".join(asleep) == ""


def test_no_test_is_left_out() -> None:
    left_out = re.compile(r"@pytest\.mark\.(skip|xfail)|pytest\.(skip|xfail|importorskip)\(")
    assert [place for place in lines_with(left_out) if place.startswith("tests/")] == []


def test_every_test_asserts() -> None:
    asserting = names_that_assert([f for module in modules_in("tests") for f in module.functions()])
    idle = [
        f"{module.at(function)} {function.name}"
        for module in modules_in("tests")
        for function in module.functions()
        if function.name.startswith("test_")
        and not (has_assertion(function) or called_names(function) & asserting)
    ]
    assert "\n".join(idle) == ""


def names_that_assert(functions: list[Function]) -> set[str]:
    """Names of functions with an assertion of their own, or that call one that has."""
    found = {function.name for function in functions if has_assertion(function)}
    while more := {f.name for f in functions if called_names(f) & found} - found:
        found |= more
    return found


def has_assertion(function: Function) -> bool:
    stated = any(isinstance(node, ast.Assert) for node in ast.walk(function))
    return stated or bool(called_names(function) & CHECKS_OF_LIBRARIES)
