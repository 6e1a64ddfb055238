"""How much of what tests make up is tried: a part in `make test`, far more in `make test-long`."""

import os
from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import settings

TIMES = int(os.environ.get("HANDSLAG_TIMES", "1"))

Test = TypeVar("Test", bound=Callable[..., object])


def sampled(examples: int) -> Callable[[Test], Test]:
    """Runs a property on so many examples, and on TIMES as many where that is asked for."""

    def mark(test: Test) -> Test:
        marked: Test = pytest.mark.sampled(
            settings(deadline=None, max_examples=examples * TIMES)(test)
        )
        return marked

    return mark
