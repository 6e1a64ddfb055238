"""Whatever is called, by whom and in what order, the promises hold.

`HANDSLAG_SEQUENCES=500 pytest tests/sequences` looks longer.
"""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.callers import Service
from tests.sequences.machine import Sequence

EXAMPLES = int(os.environ.get("HANDSLAG_SEQUENCES", "0"))


def test_no_sequence_breaks_a_promise(service: Service) -> None:
    """None books twice, every part is possible, and each verdict is what its definition says."""
    stranger = service.stranger()
    searched = settings(
        max_examples=EXAMPLES or 20,
        stateful_step_count=60 if EXAMPLES else 25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.reuse, Phase.generate, Phase.shrink),
    )

    class OnThisDatabase(Sequence):
        def __init__(self) -> None:
            super().__init__(service, stranger)

    run_state_machine_as_test(OnThisDatabase, settings=searched)
