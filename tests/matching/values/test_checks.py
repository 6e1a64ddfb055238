from datetime import date
from typing import Any

import pytest

from app.matching import Demands, MatchingInputError, Policy, match
from tests.matching.make import AS_OF, POLICY, make_candidate, make_slot, weights

EVEN = weights(occupation=200, skills=200, distance=200, waiting=200, fit=200)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"occupations": ("71111",)}, r'"anna".*"71111" must have 1\.\.4 digits'),
        ({"occupations": ("",)}, r"must have 1\.\.4 digits"),
        ({"occupations": ("x",)}, r"must have 1\.\.4 digits"),
        ({"occupations": ("\u0661",)}, r"must have 1\.\.4 digits"),
        ({"languages": {"sv": 5}}, r'language "sv" must be 1\.\.4'),
        ({"languages": {"sv": 0}}, r'language "sv" must be 1\.\.4'),
        ({"position": (90.1, 0.0)}, "position must be latitude"),
        ({"position": (0.0, float("nan"))}, "position must be latitude"),
        ({"extent": (60, 50)}, "extent must be"),
        ({"extent": (60, 101)}, "extent must be"),
        ({"maximum_distance_km": -1}, "maximum_distance_km must be"),
        ({"programmes": (("arbetspraktik", -1),)}, "programme months must be"),
        ({"placed": ((date(2018, 2, 2), date(2018, 2, 1)),)}, "must not end before"),
    ],
)
def test_a_malformed_candidate_is_refused_by_name(change: dict[str, Any], message: str) -> None:
    with pytest.raises(MatchingInputError, match=message):
        match([make_candidate(**change)], [make_slot()], POLICY, as_of=AS_OF)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"ssyk": "711"}, r'"carpentry".*"711" must have 4\.\.4 digits'),
        ({"places": -1}, "places must be 0"),
        ({"places": 1_000_001}, "places must be 0"),
        ({"supervisor_capacity": -1}, "supervisor_capacity must be 0"),
        ({"occupied": -1}, "occupied must be 0"),
        ({"tier": 3}, "tier must be 0, 1 or 2"),
        ({"minimum_months": 0}, "minimum_months must be 1"),
        ({"minimum_extent": 101}, "minimum_extent must be"),
        ({"extent": (100, 50)}, "extent must be"),
        ({"required": Demands(languages={"sv": 5})}, r"must be 1\.\.4"),
        ({"preferred": Demands(languages={"sv": 0})}, r"must be 1\.\.4"),
        ({"closed": ("too-far",)}, "closed must be among no-places-left"),
    ],
)
def test_a_malformed_slot_is_refused_by_name(change: dict[str, Any], message: str) -> None:
    with pytest.raises(MatchingInputError, match=message):
        match([make_candidate()], [make_slot(**change)], POLICY, as_of=AS_OF)


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (Policy(weights=EVEN | {"fit": 199}), "must sum to 1000, not 999"),
        (Policy(weights=EVEN | {"fit": 201}), "must sum to 1000, not 1001"),
        (Policy(weights=EVEN | {"fit": 400, "skills": -0, "waiting": -200}), "0 or more"),
        (Policy(weights={"occupation": 1000}), "must name occupation, skills"),
        (Policy(weights=EVEN | {"age": 0}), "must name occupation, skills"),
        (Policy(occupation_digits=0), r"occupation_digits: must be 1\.\.4"),
        (Policy(occupation_digits=5), r"occupation_digits: must be 1\.\.4"),
    ],
)
def test_a_malformed_policy_is_refused(policy: Policy, message: str) -> None:
    with pytest.raises(MatchingInputError, match=message):
        match([make_candidate()], [make_slot()], policy, as_of=AS_OF)


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(MatchingInputError, match=r'"anna".* once'):
        match([make_candidate(), make_candidate()], [], POLICY, as_of=AS_OF)
    with pytest.raises(MatchingInputError, match=r'"carpentry".* once'):
        match([], [make_slot(), make_slot()], POLICY, as_of=AS_OF)
