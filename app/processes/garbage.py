"""How seldom Python looks for garbage in processes that do match runs.

A run makes objects by the hundred thousand that live until it is over. Looking through them at
every 700th, and through all that the process is made of, took a third of the time of reading.
"""

import gc

OBJECTS_BETWEEN_LOOKS = 50_000


def collect_seldom() -> None:
    """To be called once, when the process has begun."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
