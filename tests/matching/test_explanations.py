from collections.abc import Sequence
from datetime import date

import pytest

from app.matching import (
    Candidate,
    CandidateColumns,
    Demands,
    Given,
    MatchingInputError,
    NearMiss,
    Policy,
    Slot,
    SlotColumns,
    explain_pair,
    near_misses,
)
from tests.matching.make import AS_OF, POLICY, make_candidate, make_slot

ALL_AT_ONCE = {
    "occupation-not-sought": {"wished": ("9310",), "offered": "7111", "digits": 3},
    "too-far": {"metres": 161651, "longest_metres": 10000},
    "not-available": {
        "start": "2018-10-01",
        "latest_start": "2018-09-01",
        "months": 4,
        "needed_until": "2019-01-31",
        "slot_end": "2019-06-30",
        "available_to": "2018-12-31",
    },
    "programme-limit": {"cleared": True, "longest_months": 2, "months": 4},
    "extent-mismatch": {
        "offered_min": 50,
        "offered_max": 100,
        "clause_min": 50,
        "wanted_min": 10,
        "wanted_max": 25,
    },
    "skill-missing": {"missing": ("bricklaying",)},
    "language-level": {"missing": ("en:1:0", "sv:3:1")},
    "licence-missing": {"missing": ("B",)},
    "certificate-missing": {"missing": ("hot-work",)},
    "adaptation-missing": {"missing": ("quiet-room",)},
    "outside-target-group": {
        "wanted": ("long-term-unemployed",),
        "expired": ("long-term-unemployed",),
        "start": "2018-10-01",
    },
    "vetoed": {"supplier": "exempelbygg"},
    "not-consented": {},
    "already-placed": {"start": "2018-10-01", "placed": ("2018-10-01/2018-12-31",)},
    "forbidden-pair": {},
    "supplier-excluded": {},
}


def test_every_failing_rule_comes_with_the_facts_for_a_text() -> None:
    person = make_candidate(
        occupations=("9310",),
        skills=frozenset({"sawing"}),
        languages={"sv": 1, "fi": 2},
        driving_licences=frozenset(),
        maximum_distance_km=10,
        available_from=date(2018, 10, 1),
        available_to=date(2018, 12, 31),
        extent=(10, 25),
        needed_adaptations=frozenset({"quiet-room"}),
        target_groups={"long-term-unemployed": date(2018, 6, 30)},
        programmes=(("arbetspraktik", 2),),
        avoided_suppliers=frozenset({"exempelbygg"}),
        agreed_to_be_proposed=False,
        placed=((date(2018, 10, 1), date(2018, 12, 31)),),
    )
    required = Demands(
        skills=frozenset({"sawing", "bricklaying"}),
        languages={"sv": 3, "en": 1, "fi": 2},
        driving_licences=frozenset({"B"}),
        certificates=frozenset({"hot-work"}),
    )
    slot = make_slot(required=required, position=(62.3908, 17.3069), closed=("supplier-excluded",))
    pair = explain_pair(person, slot, POLICY, as_of=AS_OF, forbidden=True)
    assert not pair.feasible
    assert pair.points is None
    assert {reason.code: dict(reason.facts) for reason in pair.reasons} == ALL_AT_ONCE
    assert [reason.code for reason in pair.reasons] == list(ALL_AT_ONCE)


def test_a_missing_check_names_the_programmes_that_ask_for_it() -> None:
    programmes = (("b", 4), ("short", 3), ("a", 12))
    pair = explain_pair(
        make_candidate(programmes=programmes),
        make_slot(closed_programmes=frozenset({"a", "b", "c"})),
        POLICY,
        as_of=AS_OF,
    )
    assert [(one.code, one.facts) for one in pair.reasons] == [
        ("gate-missing", {"programmes": ("b", "a")})
    ]


def test_a_possible_pair_comes_with_points_programme_and_dates() -> None:
    pair = explain_pair(make_candidate(), make_slot(), POLICY, as_of=AS_OF)
    assert pair.feasible
    assert pair.points == 850
    assert (pair.programme, pair.start, pair.end) == (
        "arbetspraktik",
        date(2018, 3, 1),
        date(2018, 8, 31),
    )


def test_a_last_day_beyond_the_calendar_is_left_out_of_the_facts() -> None:
    slot = make_slot(minimum_months=1200)
    person = make_candidate(available_from=date(9990, 1, 1))
    reasons = explain_pair(person, slot, POLICY, as_of=AS_OF).reasons
    assert "needed_until" not in next(r for r in reasons if r.code == "not-available").facts


def missed_by(
    person: Candidate, slots: list[Slot], forbidden: Sequence[str] = (), most: int = 5
) -> tuple[NearMiss, ...]:
    """Of one person; another one beside them changes nothing."""
    people = CandidateColumns.from_records([make_candidate(id="other", programmes=()), person])
    given = Given(
        people,
        SlotColumns.from_records(slots),
        POLICY,
        AS_OF,
        forbidden=tuple((person.id, slot_id) for slot_id in forbidden),
    )
    return near_misses(given, [person.id, "other"], most=most)[person.id]


def test_near_misses_fail_one_rule_other_than_the_occupation() -> None:
    slots = [
        make_slot(id="fits"),
        make_slot(id="licence", required=Demands(driving_licences=frozenset({"C"}))),
        make_slot(id="occupation", ssyk="9310"),
        make_slot(
            id="two",
            required=Demands(driving_licences=frozenset({"C"}), skills=frozenset({"sawing"})),
        ),
        make_slot(id="closed", closed=("supplier-excluded",)),
        make_slot(id="full", places=0, required=Demands(skills=frozenset({"sawing"}))),
        make_slot(id="banned"),
        make_slot(id="gated", closed_programmes=frozenset({"arbetspraktik"})),
    ]
    found = missed_by(make_candidate(), slots, forbidden=["banned"])
    assert [(miss.slot_id, miss.reason.code) for miss in found] == [
        ("banned", "forbidden-pair"),
        ("gated", "gate-missing"),
        ("licence", "licence-missing"),
    ]


def test_near_misses_are_the_best_five_in_order_of_points() -> None:
    wanted = Demands(driving_licences=frozenset({"C"}))
    slots = [
        make_slot(id=f"slot-{number}", required=wanted, position=(63.1792 + number / 100, 14.6357))
        for number in (6, 3, 1, 5, 2, 4)
    ]
    found = missed_by(make_candidate(), slots)
    assert [miss.slot_id for miss in found] == [f"slot-{number}" for number in range(1, 6)]
    assert len(missed_by(make_candidate(), slots, most=2)) == 2


def test_near_misses_among_no_slots_are_none() -> None:
    assert missed_by(make_candidate(), []) == ()


def test_malformed_input_is_refused_here_too() -> None:
    with pytest.raises(MatchingInputError):
        explain_pair(make_candidate(), make_slot(), Policy(weights={}), as_of=AS_OF)
    with pytest.raises(MatchingInputError):
        missed_by(make_candidate(extent=(2, 1)), [make_slot()])
    given = Given(
        CandidateColumns.from_records([]), SlotColumns.from_records([make_slot()]), POLICY, AS_OF
    )
    with pytest.raises(MatchingInputError, match='no candidate has the id "nobody"'):
        near_misses(given, ["nobody"])
