import pytest

from app.matching import MatchingInputError
from tests.matching.make import (
    POPULATIONS,
    make_candidate,
    make_slot,
    pairs,
    population,
    run,
    waiting,
)


class TestPins:
    def test_a_pinned_pair_is_in_the_result_though_another_is_better(self) -> None:
        people, slots = [waiting("a", 900), waiting("b", 10)], [make_slot()]
        result = run(people, slots, pins=[("b", "carpentry")])
        assert [(p.candidate_id, p.pinned) for p in result.proposals] == [("b", True)]
        assert result.proposals[0].slot_price.maximum is None
        assert result.objective.points == result.proposals[0].points
        assert result.certificate.primal.points == result.proposals[0].points
        (left,) = result.unmatched_candidates
        assert dict(left.reasons) == {"no-places-left": 1}

    def test_the_rest_is_solved_around_the_pins(self) -> None:
        people = [waiting("a", 900), waiting("b", 10), waiting("c", 500)]
        result = run(people, [make_slot(places=2)], pins=[("b", "carpentry")])
        assert pairs(result) == {("a", "carpentry"), ("b", "carpentry")}
        assert result.objective.places_by_tier[1] == 2

    def test_pinning_what_would_be_chosen_anyway_changes_nothing(self) -> None:
        for shape in POPULATIONS[:4]:
            people, slots = population(*shape)
            free = run(people, slots)
            pin = (free.proposals[0].candidate_id, free.proposals[0].slot_id)
            assert run(people, slots, pins=[pin]).objective == free.objective

    @pytest.mark.parametrize(
        ("pins", "message"),
        [
            ([("a", "labour")], '"a" and slot "labour" cannot be paired: occupation-not-sought'),
            ([("a", "nowhere")], 'pins: no slot has the id "nowhere"'),
            ([("nobody", "labour")], 'pins: no candidate has the id "nobody"'),
            (
                [("a", "carpentry"), ("b", "carpentry")],
                r'"carpentry" has fewer places \(1\) than pins \(2\)',
            ),
            ([("a", "carpentry"), ("a", "labour")], '"a" is pinned twice'),
        ],
    )
    def test_a_pin_that_cannot_be_is_refused_with_its_reasons(
        self, pins: list[tuple[str, str]], message: str
    ) -> None:
        people = [waiting("a", 10), waiting("b", 10)]
        slots = [make_slot(), make_slot(id="labour", ssyk="9310")]
        with pytest.raises(MatchingInputError, match=message):
            run(people, slots, pins=pins)

    def test_a_pin_on_a_forbidden_or_closed_pair_is_refused(self) -> None:
        pin = ("anna", "carpentry")
        with pytest.raises(MatchingInputError, match="forbidden-pair"):
            run([make_candidate()], [make_slot()], pins=[pin], forbidden=[pin])
        with pytest.raises(MatchingInputError, match="supplier-excluded"):
            run([make_candidate()], [make_slot(closed=("supplier-excluded",))], pins=[pin])
        gated = make_slot(closed_programmes=frozenset({"arbetspraktik"}))
        with pytest.raises(MatchingInputError, match="gate-missing"):
            run([make_candidate()], [gated], pins=[pin])


def test_a_forbidden_pair_is_not_proposed_and_is_counted() -> None:
    people = [waiting("a", 900), waiting("b", 10)]
    result = run(people, [make_slot()], forbidden=[("a", "carpentry")])
    assert pairs(result) == {("b", "carpentry")}
    assert dict(result.unmatched_candidates[0].reasons) == {"forbidden-pair": 1}


def test_a_forbidden_pair_that_nobody_knows_is_refused() -> None:
    with pytest.raises(MatchingInputError, match="forbidden: no candidate"):
        run([make_candidate()], [make_slot()], forbidden=[("nobody", "carpentry")])
