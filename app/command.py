"""What `handslag` starts: `verify` here, which needs only numpy, and all other commands in cli."""

import gc
import runpy
import sys
from pathlib import Path

VERIFIER = Path(__file__).parent / "matching" / "proof" / "verification.py"


def main() -> None:
    command, *rest = sys.argv[1:] or [""]
    if command == "verify" and len(rest) == 1 and not rest[0].startswith("-"):
        # Loaded by its path, because importing it from the engine would load the whole engine.
        sys.argv = [str(VERIFIER), *rest]
        runpy.run_path(str(VERIFIER), run_name="__main__")
    else:
        # Modules stay: to look for garbage among them takes a sixth of the time to load them.
        gc.disable()
        from app.cli import app

        gc.enable()
        app()


if __name__ == "__main__":
    main()
