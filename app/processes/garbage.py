"""Makes Python collect garbage seldom in processes that do match runs.

A run makes hundreds of thousands of objects that live until it is over. By default Python looks
through the objects at every 700th new one, which took a third of the time of reading.
"""

import gc

OBJECTS_BETWEEN_LOOKS = 50_000


def collect_seldom() -> None:
    """Must be called once, when the process starts."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
