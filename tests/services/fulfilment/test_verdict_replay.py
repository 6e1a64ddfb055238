"""Any facts give the verdict of the definition, in whatever order they were noted."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.follow_ups import FollowUp
from app.services.fulfilment.balance import required_quantity
from app.services.fulfilment.facts import ClauseFacts, PlacementFact
from app.services.fulfilment.verdict import Verdict, fulfilment_of
from tests.sampling import sampled
from tests.services.fulfilment.clause_cases import BEGUN, DIALOGUE, case, done, note, placed
from tests.services.fulfilment.verdict_oracle import verdict

AUTUMN = date(2018, 9, 1)
EXCUSE = note("excuse-decided", AUTUMN, reason="efforts")
TIME = note("rectification-set", AUTUMN, until=AUTUMN)
# One case of each verdict, so that all are tested whatever is drawn.
REACHED = {
    Verdict.MET: (case(done()), AUTUMN),
    Verdict.EXCUSED: (case(follow_ups=[EXCUSE]), AUTUMN),
    Verdict.RECTIFICATION: (case(follow_ups=[TIME]), AUTUMN),
    Verdict.NOT_MET: (case(), date(2019, 7, 1)),
    Verdict.NOT_STARTED: (case(), date(2018, 2, 28)),
    Verdict.IMPOSSIBLE: (case(), date(2019, 3, 2)),
    Verdict.OVERDUE: (case(first_start_within_months=6), AUTUMN),
    Verdict.AT_RISK: (case(), AUTUMN),
    Verdict.ON_TRACK: (case(placed()), BEGUN),
}


def drawn_placement(random: Random) -> PlacementFact:
    """A placement with moves that the table of moves allows."""
    start = BEGUN + timedelta(random.randrange(-10, 350, 5))
    end = start + timedelta(random.choice([100, 121, 122, 130, 150, 183]))
    begun = random.choice([start, start, start + timedelta(7)])
    last = end - (end - begun) // random.choice([3, 5])
    by = random.choice(["participant", "supplier", "authority", "just-cause"])
    became: dict[str, Any] = random.choice(
        [
            {},
            {"cancelled": drawn_day(random)},
            {"ended": (begun, by)},
            {"started": begun},
            {"started": begun, "completed": end},
            {"started": begun, "ended": (last, by), "reason": "no-show"},
            {"started": begun, "ended": (last, by)},
            {"started": begun, "ended": (last, by)},
        ]
    )
    return placed(start, end, extent=random.choice([None, 25, 50, 100]), **became)


def drawn_note(random: Random) -> FollowUp:
    on = drawn_day(random)
    notes: list[tuple[str, dict[str, Any]]] = [
        ("report", {}),
        ("offer-made", {}),
        ("dialogue-held", {}),
        ("excuse-decided", {"reason": "efforts", "quantity": random.choice([None, 1, 2])}),
        ("rectification-set", {"until": on + timedelta(random.randrange(90))}),
    ]
    kind, more = random.choice(notes)
    return note(kind, on, **more)


def drawn_day(random: Random) -> date:
    return BEGUN + timedelta(random.randrange(-20, 521))


def drawn_terms(random: Random) -> dict[str, Any]:
    places: dict[str, Any] = {
        "places": random.randint(1, 2),
        "minimum_months": random.randint(3, 5),
    }
    months: dict[str, Any] = {
        "places": None,
        "minimum_months": None,
        "full_time_months": random.randint(1, 6),
    }
    quantity: dict[str, Any] = random.choice([places, places, months, DIALOGUE])
    return quantity | {
        "early_end_share_percent": random.choice([None, 75, 75]),
        "minimum_extent_percent": random.choice([None, None, 50, 75]),
        "first_start_within_months": random.choice([None, None, 1, 6]),
        "report_dates": random.choice([[], [], [drawn_day(random)]]),
    }


def drawn_case(seed: int) -> tuple[ClauseFacts, date]:
    """Draws evenly, because hypothesis itself draws early days and empty lists most often."""
    random = Random(seed)  # noqa: S311  # for tests, not for secrets
    facts = case(
        *(drawn_placement(random) for _ in range(random.choice([0, 1, 1, 2, 3]))),
        follow_ups=[drawn_note(random) for _ in range(random.choice([0, 0, 1, 3]))],
        extent=random.choice([(50, 100), (25, 50), (100, 100)]),
        **drawn_terms(random),
    )
    return facts, drawn_day(random)


CASES = st.builds(drawn_case, st.integers(0, 2**64))


@pytest.mark.parametrize("reached", Verdict)
def test_every_verdict_is_reached(reached: Verdict) -> None:
    assert fulfilment_of(*REACHED[reached]).verdict == reached == verdict(*REACHED[reached])


@sampled(150)
@given(CASES)
def test_verdict_follows_its_definition(drawn: tuple[ClauseFacts, date]) -> None:
    assert fulfilment_of(*drawn).verdict == verdict(*drawn)


@sampled(60)
@given(CASES)
def test_parts_explain_what_is_asked(drawn: tuple[ClauseFacts, date]) -> None:
    found = fulfilment_of(*drawn)
    if found.balance is None:
        assert required_quantity(found.terms) is None
        return
    balance, required = found.balance, required_quantity(found.terms) or 0
    assert min(balance.delivered, balance.active, balance.booked, balance.missing) >= 0
    assert 0 <= balance.credited <= balance.delivered
    assert balance.covered + balance.missing >= required
    assert balance.missing == 0 or balance.covered + balance.missing == required


@sampled(40)
@given(CASES, st.randoms(use_true_random=False))
def test_order_of_noting_says_nothing(drawn: tuple[ClauseFacts, date], random: Any) -> None:
    given_facts, day = drawn

    def shuffled(items: Any) -> list[Any]:
        mixed: list[Any] = random.sample(list(items), len(items))
        return mixed

    mixed = [
        PlacementFact(**_fields(one) | {"moves": tuple(shuffled(one.moves))})
        for one in shuffled(given_facts.placements)
    ]
    other = ClauseFacts(
        given_facts.clause,
        given_facts.contract,
        given_facts.versions,
        given_facts.slots,
        mixed,
        shuffled(given_facts.follow_ups),
    )
    first, second = fulfilment_of(given_facts, day), fulfilment_of(other, day)
    assert (first.verdict, first.balance, first.forecast, first.missed_deadlines) == (
        second.verdict,
        second.balance,
        second.forecast,
        second.missed_deadlines,
    )


def _fields(placement: PlacementFact) -> dict[str, Any]:
    return {name: getattr(placement, name) for name in PlacementFact.__dataclass_fields__}
