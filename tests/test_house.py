"""The house rules that a test can check; README.md says why we keep them."""

import ast
import re
import sys
import tokenize
from pathlib import Path
from statistics import mean, median

from tests.house import (
    ROOT,
    Function,
    Module,
    called_names,
    counted_modules,
    files_by_folder,
    imports,
    lines_of,
    longest_chain,
    modules,
    modules_in,
    project_files,
    stems,
    texts,
    walk,
)

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
MOST_FILES_OF_A_FOLDER = 16
# A list of nouns, one for each table.
FLAT = {"app/models"}
LONGEST_CHAIN_OF_IMPORTS = 24
MOST_IMPORTS_ON_AVERAGE = 4.5
AIM_OF_A_FUNCTION = 10
NAMES_THAT_SAY_NOTHING = {"util", "helper", "manager", "data", "crud"}
# A file that may import inside functions, and why.
LATE_IMPORTS = {"app/command.py": "verify must work with nothing of the service loaded"}
# A table without a file of its own in api, and why.
TABLES_WITHOUT_API = {
    "idempotency": "remembers answers; callers meet it as a header",
    "fingerprints": "of the secret, which the command line compares",
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


def test_no_folder_holds_more_than_can_be_seen_at_once() -> None:
    counted = files_by_folder("app", "tests")
    assert counted.keys() >= FLAT
    full = {folder: files for folder, files in counted.items() if files > MOST_FILES_OF_A_FOLDER}
    assert full.keys() - FLAT == set(), full


def test_every_package_has_a_docstring_that_says_what_is_in_it() -> None:
    packages = [one for one in modules() if one.path.endswith("__init__.py")]
    assert len(packages) > 30
    mute = [one.path for one in packages if not (ast.get_docstring(one.tree) or "").strip()]
    assert "\n".join(mute) == ""


def names_file(table: str, stem: str) -> bool:
    return f"`{stem}`" in table or f"`{stem}.py`" in table


def test_a_package_names_every_file_that_is_in_it() -> None:
    """The docstring of a package lists its files."""
    tables = {
        Path(one.path).parent: ast.get_docstring(one.tree) or ""
        for one in modules_in("app")
        if one.path.endswith("__init__.py")
    }
    unnamed = [
        module.path
        for module in modules_in("app")
        if (folder := Path(module.path).parent) in tables
        and str(folder) not in FLAT | {"app"}
        and not module.path.endswith("__init__.py")
        and not names_file(tables[folder], Path(module.path).stem)
    ]
    assert "\n".join(unnamed) == ""


def test_no_chain_of_imports_is_too_long_to_follow() -> None:
    longest = max(map(longest_chain, imports()), key=len)
    print(f"{len(longest)} modules: {' > '.join(longest)}")
    assert len(longest) <= LONGEST_CHAIN_OF_IMPORTS


def test_a_module_leans_on_few_others() -> None:
    average = mean(len(others) for others in imports().values())
    print(f"{len(imports())} modules, {average:.2f} imports each")
    assert average <= MOST_IMPORTS_ON_AVERAGE


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
    """Names of functions that assert, or that call a function that asserts."""
    found = {function.name for function in functions if has_assertion(function)}
    while more := {f.name for f in functions if called_names(f) & found} - found:
        found |= more
    return found


def has_assertion(function: Function) -> bool:
    stated = any(isinstance(node, ast.Assert) for node in ast.walk(function))
    return stated or bool(called_names(function) & CHECKS_OF_LIBRARIES)


def test_the_engine_imports_only_what_it_says() -> None:
    """The contract in pyproject.toml names what is forbidden; this names all that is allowed."""
    allowed = sys.stdlib_module_names | {"app.matching", "numpy", "scipy", "numba"}
    found = {
        (module.path, name)
        for module in modules_in("app/matching")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else names_of(node))
    }
    assert len(found) > 100
    assert [
        (path, name)
        for path, name in sorted(found)
        if not {name.partition(".")[0], ".".join(name.split(".")[:2])} & allowed
    ] == []


def names_of(node: ast.Import) -> list[str]:
    return [alias.name for alias in node.names]
