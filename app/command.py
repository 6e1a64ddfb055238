"""What `handslag` starts: a proof is verified with numpy alone, all the rest is cli's."""

import runpy
import sys
from pathlib import Path

VERIFIER = Path(__file__).parent / "matching" / "proof" / "verification.py"


def main() -> None:
    command, *rest = sys.argv[1:] or [""]
    if command == "verify" and len(rest) == 1 and not rest[0].startswith("-"):
        # By its path: as a module of the engine it would bring all of the engine along.
        sys.argv = [str(VERIFIER), *rest]
        runpy.run_path(str(VERIFIER), run_name="__main__")
    else:
        from app.cli import app

        app()
