"""Each rule at its limit, and all of them against a plain second reading of the domain."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from app.bench import instances
from app.matching import Demands, Policy, explain_pair
from tests.matching.dense import dense, pools_of
from tests.matching.judges import failing_rules
from tests.matching.make import AS_OF, OSTERSUND, POLICY, gated, make_candidate, make_slot

LAST_OF_OCTOBER = {"earliest_start": date(2018, 10, 31), "latest_start": date(2018, 10, 31)}


def codes(policy: Policy = POLICY, as_of: date = AS_OF, **changes: Any) -> set[str]:
    """The rules that fail when the fitting pair is changed; a key that both have is the slot's
    with the prefix ``slot_``."""
    slot_keys = {"ssyk", "required", "adaptations", "earliest_start", "latest_start", "end"}
    slot_keys |= {"minimum_months", "minimum_extent", "supplier_id"}
    ours = {k.removeprefix("slot_"): v for k, v in changes.items() if k.startswith("slot_")}
    ours |= {k: v for k, v in changes.items() if k in slot_keys}
    theirs = {k: v for k, v in changes.items() if not k.startswith("slot_") and k not in slot_keys}
    pair = explain_pair(make_candidate(**theirs), make_slot(**ours), policy, as_of=as_of)
    return {reason.code for reason in pair.reasons}


def test_the_pair_of_the_examples_fits() -> None:
    assert codes() == set()


@pytest.mark.parametrize(
    ("wishes", "digits", "fits"),
    [
        (("7111",), 3, True),
        (("71",), 3, True),
        (("7112",), 3, True),
        (("7112",), 4, False),
        (("7121",), 3, False),
        (("7121",), 2, True),
        (("7121", "7"), 3, True),
        ((), 3, False),
    ],
)
def test_occupation_not_sought(wishes: tuple[str, ...], digits: int, fits: bool) -> None:
    policy = Policy(occupation_digits=digits)
    expected = set() if fits else {"occupation-not-sought"}
    assert codes(policy, occupations=wishes) == expected


def test_too_far_begins_one_metre_beyond_the_longest_distance() -> None:
    """0.1 degrees of latitude are 11 119.5 metres; the workplace is moved by some millimetres."""
    assert codes(maximum_distance_km=0) == set()
    for beyond, expected in ((0.0, set()), (1.0, {"too-far"})):
        degrees = np.degrees((11_000 + beyond) / 6_371_009)
        place = (OSTERSUND[0] + degrees, OSTERSUND[1])
        assert codes(maximum_distance_km=11, slot_position=place) == expected


KIRUNA, KARESUANDO = (67.85383, 20.20171), (68.4413, 22.4781)  # 114 km apart, one municipality


@pytest.mark.parametrize(
    ("person", "slot", "fits"),
    [
        ((2584, True), (2584, False), True),
        ((2584, False), (2584, True), True),
        ((2584, False), (2584, False), True),
        ((2584, True), (2584, True), False),
        ((2584, False), (2583, False), False),
        ((2583, False), (2584, False), False),
        ((0, False), (0, False), False),
    ],
)
def test_nobody_is_too_far_in_a_municipality_where_a_side_has_no_position(
    person: tuple[int, bool], slot: tuple[int, bool], fits: bool
) -> None:
    """By a municipality, and whether there is a position; 0 is no municipality."""
    found = codes(
        position=KIRUNA,
        municipality=person[0],
        has_position=person[1],
        slot_position=KARESUANDO,
        slot_municipality=slot[0],
        slot_has_position=slot[1],
    )
    assert found == (set() if fits else {"too-far"})


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({"available_from": date(2018, 9, 1)}, True),
        ({"available_from": date(2018, 9, 2)}, False),
        ({"as_of": date(2018, 9, 1)}, True),
        ({"as_of": date(2018, 9, 2)}, False),
        ({"end": date(2018, 6, 30)}, True),
        ({"end": date(2018, 6, 29)}, False),
        ({"available_to": date(2018, 6, 30)}, True),
        ({"available_to": date(2018, 6, 29)}, False),
        (LAST_OF_OCTOBER | {"end": date(2019, 2, 27)}, True),
        (LAST_OF_OCTOBER | {"end": date(2019, 2, 26)}, False),
    ],
)
def test_not_available(changes: dict[str, Any], fits: bool) -> None:
    assert codes(**changes) == (set() if fits else {"not-available"})


@pytest.mark.parametrize(
    ("programmes", "fits"),
    [
        ((("arbetspraktik", 4),), True),
        ((("arbetspraktik", 3),), False),
        ((("arbetspraktik", 3), ("introduktionsjobb", 4)), True),
        ((), False),
    ],
)
def test_programme_limit(programmes: tuple[tuple[str, int], ...], fits: bool) -> None:
    assert codes(programmes=programmes) == (set() if fits else {"programme-limit"})


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({"extent": (25, 50)}, True),
        ({"extent": (25, 49)}, False),
        ({"slot_extent": (25, 50), "minimum_extent": 25}, True),
        ({"slot_extent": (25, 49), "minimum_extent": 25}, False),
        ({"extent": (75, 100), "slot_extent": (25, 74), "minimum_extent": 0}, False),
        ({"extent": (25, 60), "slot_extent": (25, 100), "minimum_extent": 60}, True),
        ({"extent": (25, 60), "slot_extent": (25, 100), "minimum_extent": 61}, False),
    ],
)
def test_extent_mismatch(changes: dict[str, Any], fits: bool) -> None:
    assert codes(**changes) == (set() if fits else {"extent-mismatch"})


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("skills", "skill-missing"),
        ("driving_licences", "licence-missing"),
        ("certificates", "certificate-missing"),
    ],
)
def test_every_required_code_must_be_there(kind: str, code: str) -> None:
    wanted: dict[str, Any] = {kind: frozenset({"a", "b"})}
    required = Demands(**wanted)
    for held, expected in (({"a", "b", "c"}, set()), ({"a", "c"}, {code})):
        person: dict[str, Any] = {kind: frozenset(held)}
        assert codes(required=required, **person) == expected


def test_a_hundred_required_skills_reach_beyond_one_word() -> None:
    wanted = frozenset(f"skill-{number}" for number in range(100))
    assert codes(required=Demands(skills=wanted), skills=wanted) == set()
    for missing in ("skill-0", "skill-63", "skill-64", "skill-99"):
        assert codes(required=Demands(skills=wanted), skills=wanted - {missing}) == {
            "skill-missing"
        }


@pytest.mark.parametrize(("level", "fits"), [(3, True), (2, False)])
def test_language_level(level: int, fits: bool) -> None:
    required = Demands(languages={"sv": 3})
    assert codes(required=required, languages={"sv": level}) == (
        set() if fits else {"language-level"}
    )
    assert codes(required=required, languages={"en": 4}) == {"language-level"}


def test_adaptation_missing() -> None:
    needed = frozenset({"step-free-entrance"})
    assert codes(needed_adaptations=needed, adaptations=needed | {"quiet-room"}) == set()
    assert codes(needed_adaptations=needed, adaptations=frozenset({"quiet-room"})) == {
        "adaptation-missing"
    }


@pytest.mark.parametrize(
    ("groups", "fits"),
    [
        ({"long-term-unemployed": None}, True),
        ({"long-term-unemployed": date(2018, 3, 1)}, True),
        ({"long-term-unemployed": date(2018, 2, 28)}, False),
        ({"long-term-unemployed": date(2018, 2, 28), "young": None}, False),
        ({"young": None}, False),
        ({}, False),
    ],
)
def test_outside_target_group_on_the_first_day(groups: dict[str, date | None], fits: bool) -> None:
    assert codes(target_groups=groups) == (set() if fits else {"outside-target-group"})


def test_a_clause_without_groups_is_for_anyone() -> None:
    assert codes(target_groups={}, slot_target_groups=frozenset()) == set()


def test_one_of_several_groups_is_enough() -> None:
    groups = frozenset({"long-term-unemployed", "young"})
    assert codes(slot_target_groups=groups, target_groups={"young": None}) == set()


def test_vetoed() -> None:
    assert codes(avoided_suppliers=frozenset({"another"})) == set()
    assert codes(avoided_suppliers=frozenset({"another", "exempelbygg"})) == {"vetoed"}


def test_not_consented() -> None:
    assert codes(agreed_to_be_proposed=False) == {"not-consented"}


@pytest.mark.parametrize(
    ("placed", "fits"),
    [
        ((date(2018, 1, 1), date(2018, 2, 28)), True),
        ((date(2018, 1, 1), date(2018, 3, 1)), False),
        ((date(2018, 5, 1), date(2018, 5, 2)), False),
        ((date(2018, 8, 31), date(2018, 12, 31)), False),
        ((date(2018, 9, 1), date(2018, 12, 31)), True),
    ],
)
def test_already_placed_between_the_first_day_and_the_proposed_end(
    placed: tuple[date, date], fits: bool
) -> None:
    """1 March and six months of arbetspraktik: to 31 August."""
    past = (date(2017, 1, 1), date(2017, 6, 1))
    assert codes(placed=(past, placed)) == (set() if fits else {"already-placed"})


@pytest.mark.parametrize(
    ("closed", "expected"), [(set(), set()), ({"arbetspraktik"}, {"already-placed"})]
)
def test_already_placed_goes_by_the_programme_that_is_open(
    closed: set[str], expected: set[str]
) -> None:
    """Six months end before the placement that stands; two years do not."""
    stands = (date(2018, 9, 1), date(2018, 12, 31))
    programmes = (("arbetspraktik", 6), ("introduktionsjobb", 24))
    person: dict[str, Any] = {"placed": (stands,), "programmes": programmes}
    assert codes(slot_closed_programmes=frozenset(closed), **person) == expected


def test_forbidden_pair() -> None:
    pair = explain_pair(make_candidate(), make_slot(), POLICY, as_of=AS_OF, forbidden=True)
    assert [reason.code for reason in pair.reasons] == ["forbidden-pair"]


@pytest.mark.parametrize(
    ("programmes", "closed", "expected"),
    [
        ((("arbetspraktik", 4),), {"arbetspraktik"}, {"gate-missing"}),
        ((("arbetspraktik", 4),), {"introduktionsjobb"}, set()),
        ((("arbetspraktik", 4), ("introduktionsjobb", 4)), {"arbetspraktik"}, set()),
        ((("arbetspraktik", 4), ("introduktionsjobb", 3)), {"arbetspraktik"}, {"gate-missing"}),
        ((("arbetspraktik", 3),), {"arbetspraktik"}, {"programme-limit"}),
        ((), {"arbetspraktik"}, {"programme-limit"}),
    ],
)
def test_gate_missing_where_no_long_enough_programme_is_open(
    programmes: tuple[tuple[str, int], ...], closed: set[str], expected: set[str]
) -> None:
    assert codes(programmes=programmes, slot_closed_programmes=frozenset(closed)) == expected


def test_every_failing_rule_is_counted_independently() -> None:
    assert codes(agreed_to_be_proposed=False, programmes=(), occupations=("9310",)) == {
        "occupation-not-sought",
        "programme-limit",
        "not-consented",
    }


@pytest.mark.parametrize("digits", [1, 3])
def test_all_rules_agree_with_a_plain_reading_on_a_random_population(digits: int) -> None:
    """Distance and forbidden pairs apart, which the judge leaves out."""
    people, slots = instances.people_and_slots(digits, 300, 60, most_places=2)
    slots = gated(slots)
    policy = Policy(occupation_digits=digits)
    fails = dense(pools_of(people, slots, policy), policy).fails
    for row, slot in enumerate(slots):
        for column, person in enumerate(people):
            found = {code for code, grid in fails.items() if grid[row, column]}
            expected = failing_rules(person, slot, digits, instances.AS_OF)
            assert found - {"too-far"} == expected


def test_one_pair_alone_fails_what_it_fails_among_all() -> None:
    people, slots = instances.people_and_slots(5, 60, 20, most_places=2)
    slots = gated(slots)
    fails = dense(pools_of(people, slots, POLICY), POLICY).fails
    for row, slot in enumerate(slots):
        for column, person in enumerate(people):
            pair = explain_pair(person, slot, POLICY, as_of=instances.AS_OF)
            alone = [reason.code for reason in pair.reasons]
            assert alone == [code for code, grid in fails.items() if grid[row, column]]
