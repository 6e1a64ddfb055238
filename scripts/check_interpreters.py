"""Prints the OpenAPI document with every newer Python that is found, and compares the bytes.

usage: python -m scripts.check_interpreters FOLDER

Pythons are looked for on the PATH and among pyenv's. Each gets an environment of its own in FOLDER,
made anew when the requirements change. Where there is none but the one that runs this, this says so
and is content.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from scripts.clients.commands import Failed, run

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ROOT / "requirements/runtime.txt"
NEWER = tuple(f"3.{minor}" for minor in range(11, 20) if minor != sys.version_info.minor)


def main(folder: Path) -> None:
    try:
        expected = document_of(Path(sys.executable))
        others = dict(pythons())
        differing = [
            version
            for version, python in others.items()
            if document_of(environment(folder / version, python)) != expected
        ]
    except Failed as failure:
        raise SystemExit(f"{failure}") from failure
    if differing:
        raise SystemExit(f"The OpenAPI document is another one with Python {', '.join(differing)}.")
    compared = f"the same with Python {', '.join(others)}" if others else "no other Python is found"
    print(f"OpenAPI document: {compared}")


def pythons() -> Iterator[tuple[str, Path]]:
    """The versions that are found, and a program of each that works."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in NEWER:
        program = f"python{version}"
        on_path = shutil.which(program)
        found = [*sorted(pyenv.glob(f"{version}.*/bin/{program}")), *([on_path] if on_path else ())]
        working = (Path(one) for one in found if is_python(one))
        if python := next(working, None):
            yield version, python


def is_python(program: str | Path) -> bool:
    """A shim of pyenv may lead nowhere."""
    asked = subprocess.run([program, "-c", "import venv"], capture_output=True, check=False)  # noqa: S603  # a Python
    return asked.returncode == 0


def environment(folder: Path, python: Path) -> Path:
    """The Python of an environment that has what the service needs."""
    made_from, stamp = sha256(REQUIREMENTS.read_bytes()).hexdigest(), folder / "made-from"
    own = folder / "bin/python"
    if not stamp.is_file() or stamp.read_text() != made_from:
        run(ROOT, python, "-m", "venv", "--clear", folder)
        quiet = ("--disable-pip-version-check", "--quiet")
        run(ROOT, own, "-m", "pip", *quiet, "install", "--require-hashes", "-r", REQUIREMENTS)
        stamp.write_text(made_from)
    return own


def document_of(python: Path) -> str:
    return run(ROOT, python, "-m", "app.command", "openapi")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
