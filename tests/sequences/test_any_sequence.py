"""The promises hold whatever is called, by whom and in what order."""

from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from app.models.placements import PlacementStatus
from app.services.fulfilment.verdict import Verdict
from tests.callers import Service
from tests.sampling import TIMES
from tests.sequences.machine import Sequence

EXAMPLES = 3 if TIMES == 1 else 5 * TIMES
ENOUGH_TO_REACH_ALL = 100
WORTH_REACHING = {
    *Verdict,
    *PlacementStatus,
    *("approved", "declined", "lifted", "extended", "credited"),
}


@pytest.mark.sampled
def test_no_sequence_breaks_a_promise(service: Service) -> None:
    """Nobody is booked twice, quantities are possible, and each verdict follows its definition."""
    stranger = service.stranger()
    searched = settings(
        max_examples=EXAMPLES,
        stateful_step_count=60 if TIMES > 1 else 15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.reuse, Phase.generate, Phase.shrink),
    )

    class OnThisDatabase(Sequence):
        reached: ClassVar[Counter[str]] = Counter()

        def __init__(self) -> None:
            super().__init__(service, stranger)

    run_state_machine_as_test(OnThisDatabase, settings=searched)
    if EXAMPLES >= ENOUGH_TO_REACH_ALL:
        assert {*+OnThisDatabase.reached} >= WORTH_REACHING
