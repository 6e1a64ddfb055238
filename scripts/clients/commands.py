"""Runs a program and says what it said, if it failed."""

import os
import subprocess
from pathlib import Path


class Failed(Exception):
    """What a program or a client did wrong."""


def run(folder: Path, *command: str | Path, **variables: str) -> str:
    """What the program printed, on either channel."""
    done = subprocess.run(  # noqa: S603  # every command stands in this folder
        [str(part) for part in command],
        cwd=folder,
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode:
        raise Failed(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout
