import pytest

from tests.matching.make import (
    POPULATIONS,
    Shape,
    make_candidate,
    make_slot,
    pairs,
    population,
    run,
    waiting,
)


class TestOstersund:
    """Four contractual places in two slots and two voluntary ones; eight people."""

    slots = (
        make_slot(id="carpentry", places=2),
        make_slot(id="labour", ssyk="9310", places=2),
        make_slot(
            id="cleaning",
            ssyk="9111",
            places=2,
            tier=0,
            minimum_months=1,
            minimum_extent=0,
            target_groups=frozenset(),
        ),
    )
    people = (
        waiting("a", 900),
        waiting("b", 600, occupations=("9310", "7111")),
        waiting("c", 300, occupations=("9310",)),
        waiting("d", 100, occupations=("7111", "9111")),
        waiting("e", 10, occupations=("9310",), agreed_to_be_proposed=False),
        waiting("f", 10, occupations=("9310",), maximum_distance_km=5, position=(62.39, 17.3)),
        waiting("g", 10, occupations=("9111",), target_groups={}),
        waiting("h", 10, occupations=("7111",), programmes=()),
    )

    def test_all_four_contractual_places_are_filled_and_a_voluntary_one(self) -> None:
        result = run(list(self.people), list(self.slots))
        assert pairs(result) == {
            ("a", "carpentry"),
            ("d", "carpentry"),
            ("b", "labour"),
            ("c", "labour"),
            ("g", "cleaning"),
        }
        assert dict(result.objective.places_by_tier) == {2: 0, 1: 4, 0: 1}
        assert result.certificate.optimal
        assert result.certificate.primal == result.certificate.dual

    def test_who_is_left_out_is_told_why_by_slot(self) -> None:
        result = run(list(self.people), list(self.slots))
        assert {left.candidate_id: dict(left.reasons) for left in result.unmatched_candidates} == {
            "e": {"occupation-not-sought": 2, "not-consented": 3},
            "f": {"occupation-not-sought": 2, "too-far": 3},
            "h": {"occupation-not-sought": 2, "programme-limit": 3},
        }

    def test_an_unfilled_place_is_told_why_by_candidate(self) -> None:
        result = run(list(self.people), list(self.slots))
        (left,) = result.unfilled_slots
        assert (left.slot_id, left.places_left) == ("cleaning", 1)
        assert dict(left.reasons) == {
            "occupation-not-sought": 6,
            "too-far": 1,
            "programme-limit": 1,
            "not-consented": 1,
            "no-candidate-left": 2,
        }


@pytest.mark.parametrize("shape", POPULATIONS)
def test_every_candidate_and_every_place_is_accounted_for(
    shape: Shape,
) -> None:
    people, slots = population(*shape)
    result = run(people, slots)
    assert len(result.proposals) + len(result.unmatched_candidates) == len(people)
    left = sum(slot.places_left for slot in result.unfilled_slots)
    assert len(result.proposals) + left == result.counts.places
    for unmatched in result.unmatched_candidates:
        assert sum(unmatched.reasons.values()) >= len(slots)
        assert ("outranked" in unmatched.reasons) == (unmatched.outranked is not None)


def test_the_gap_of_who_is_outranked_is_what_the_whole_loses_by_placing_that_person() -> None:
    seen = 0
    for shape in POPULATIONS[:6]:
        people, slots = population(*shape)
        result = run(people, slots)
        for unmatched in result.unmatched_candidates:
            if unmatched.outranked is not None:
                seen += 1
                pin = (unmatched.candidate_id, unmatched.outranked.slot_id)
                forced = run(people, slots, pins=[pin])
                gap, best, then = (
                    unmatched.outranked.gap,
                    result.certificate.primal,
                    forced.certificate.primal,
                )
                assert best.points - then.points == gap.points
                assert {
                    tier: best.places_by_tier[tier] - then.places_by_tier[tier]
                    for tier in (2, 1, 0)
                } == gap.places_by_tier
    assert seen > 30


def test_the_nearest_slot_is_the_one_with_the_smallest_gap() -> None:
    """In the first slot the third person is 140 points behind, in the second 95."""
    slots = [make_slot(id="first"), make_slot(id="second", ssyk="9310")]
    people = [
        waiting("a", 1096),
        waiting("b", 548, occupations=("9310",)),
        waiting("c", 77, occupations=("7111", "9310")),
    ]
    result = run(people, slots)
    assert pairs(result) == {("a", "first"), ("b", "second")}
    (left,) = result.unmatched_candidates
    assert left.outranked is not None
    assert (left.outranked.slot_id, left.outranked.gap.points) == ("second", 95)


def test_two_alike_for_one_place_are_equally_good() -> None:
    result = run([waiting("a", 100), waiting("b", 100)], [make_slot()])
    (left,) = result.unmatched_candidates
    assert dict(left.reasons) == {"outranked": 1}
    assert left.outranked is not None
    assert left.outranked.gap.points == 0
    assert set(left.outranked.gap.places_by_tier.values()) == {0}


def test_a_closed_slot_pairs_with_no_one_and_counts_every_other_rule_too() -> None:
    closed = make_slot(closed=("clause-ended", "supplier-excluded"))
    result = run([waiting("a", 1), waiting("b", 1, programmes=())], [closed])
    assert result.proposals == ()
    expected = {"clause-ended": 1, "supplier-excluded": 1}
    assert [dict(left.reasons) for left in result.unmatched_candidates] == [
        expected,
        {"programme-limit": 1} | expected,
    ]
    assert dict(result.unfilled_slots[0].reasons) == {
        "programme-limit": 1,
        "clause-ended": 2,
        "supplier-excluded": 2,
    }
    assert result.slot_prices[0].maximum is None
    assert result.counts.places == 0


def test_a_missing_check_is_told_by_both_sides_and_the_open_programme_is_used() -> None:
    people = [waiting("a", 900), waiting("b", 10, programmes=(("own", 5), ("arbetspraktik", 6)))]
    closed = make_slot(places=2, closed_programmes=frozenset({"arbetspraktik"}))
    result = run(people, [closed])
    assert [(one.candidate_id, one.programme) for one in result.proposals] == [("b", "own")]
    assert [dict(left.reasons) for left in result.unmatched_candidates] == [{"gate-missing": 1}]
    assert dict(result.unfilled_slots[0].reasons) == {"gate-missing": 1, "no-candidate-left": 1}


def test_a_slot_without_places_is_priced_and_leaves_people_without() -> None:
    result = run([make_candidate()], [make_slot(places=0)])
    assert dict(result.unmatched_candidates[0].reasons) == {"no-places-left": 1}
    assert result.unfilled_slots == ()
    price = result.slot_prices[0]
    assert (price.minimum.places_by_tier[1], price.minimum.points) == (1, 850)
    assert price.maximum is None
