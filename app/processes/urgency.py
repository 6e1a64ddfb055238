"""How urgent a process is where processors are scarce."""

import os
import sys

LESS_URGENT = 10


def give_way() -> None:
    """From now on the service's answers come first. Windows has no such call."""
    if sys.platform != "win32":
        os.nice(LESS_URGENT)
