"""The three generators: each makes a client of the document, and its types are checked."""

import os
import re
import shutil
from pathlib import Path

from scripts.clients.commands import Failed, run

HERE = Path(__file__).parent
SNAKE = re.compile(r"(?<=[a-z])(?=[A-Z])")
# What openapi-generator warns of by itself, the first two of any document of OpenAPI 3.1 with a
# body, the third of a parameter that is called as a word of Python.
WARNINGS = (
    "OpenAPI 3.1 support is still in beta.",
    "Failed to get the schema name: null",
    "From (reserved word) cannot be used as model name. Renamed to ModelFrom",
)


def make_attrs_client(environment: Path, work: Path, document: Path) -> list[str]:
    """By openapi-python-client; the command that plays the journey with it."""
    programs = environment / "bin"
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"  # it formats with the ruff beside it
    package = work / "handslag_client"
    options = ("--path", document, "--output-path", package, "--meta", "none")
    said = run(work, programs / "openapi-python-client", "generate", *options, PATH=path)
    complaints = [line for line in said.splitlines() if not line.startswith("Generating ")]
    if any(complaints):
        raise Failed("\n".join(complaints))
    shutil.copy(HERE / "journeys/attrs_client.py", work)
    strictly = ("--strict", "--cache-dir", environment / "mypy-attrs")
    run(work, programs / "mypy", *strictly, "-p", package.name, "-m", "attrs_client")
    return [str(programs / "python"), "attrs_client.py"]


def make_pydantic_client(environment: Path, work: Path, document: Path) -> list[str]:
    """By openapi-generator's generator for Python; the command that plays the journey with it."""
    programs, package = environment / "bin", "handslag_api"
    options = ("-g", "python", "-i", document, "-o", work, "--package-name", package)
    only_code = "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"
    said = run(
        work,
        programs / "openapi-generator-cli",
        "generate",
        *options,
        "--global-property",
        only_code,
    )
    lines = [line for line in said.splitlines() if re.search(r"\b(WARN|ERROR)\b", line)]
    unknown = [line for line in lines if not any(known in line for known in WARNINGS)]
    if unknown:
        raise Failed("\n".join(unknown))
    shutil.copy(HERE / "journeys/pydantic_client.py", work)
    mypy = (programs / "mypy", "--config-file=", "--cache-dir", environment / "mypy-pydantic")
    run(work, *mypy, "-p", package)
    # The generated package is not written for --strict; the journey is.
    run(work, *mypy, "--strict", "--follow-imports=silent", "-m", "pydantic_client")
    return [str(programs / "python"), "pydantic_client.py"]


def make_typescript_client(environment: Path, work: Path, document: Path) -> list[str]:
    """By openapi-typescript; the command that plays the journey with it."""
    packages = environment / "npm"
    shutil.copytree(HERE / "npm", packages, dirs_exist_ok=True)
    run(packages, "npm", "ci", "--no-audit", "--no-fund", "--prefer-offline")
    (work / "node_modules").symlink_to(packages / "node_modules")
    for file in (
        HERE / "journeys/journey.ts",
        HERE / "npm/tsconfig.json",
        HERE / "npm/package.json",
    ):
        shutil.copy(file, work)
    said = run(work, "npx", "openapi-typescript", document, "--output", "schema.d.ts")
    if "warn" in said.lower() or "error" in said.lower():
        raise Failed(said)
    run(work, "npx", "tsc", "--project", ".")
    return ["node", "built/journey.js"]


GENERATORS = {
    "openapi-python-client": make_attrs_client,
    "openapi-generator": make_pydantic_client,
    "openapi-typescript": make_typescript_client,
}


def lost_operations(work: Path, operations: list[str]) -> list[str]:
    """Those that stand nowhere in what was generated."""
    modules = {path.stem for path in work.glob("handslag_client/api/*/*.py")}
    functions = {
        name
        for path in work.glob("handslag_api/api/*.py")
        for name in re.findall(r"def (\w+)\(", path.read_text(encoding="utf-8"))
    }
    types = {
        name
        for path in work.glob("schema.d.ts")
        for name in re.findall(r'operations\["(\w+)"\]', path.read_text(encoding="utf-8"))
    }
    known = modules | functions | types
    return [one for one in operations if not {one, SNAKE.sub("_", one).lower()} & known]
