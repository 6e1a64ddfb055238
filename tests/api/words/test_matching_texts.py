"""Every code and criterion has its text in both languages, with every fact put into words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.api.http import Language
from app.api.words.matching_texts import (
    candidate_reason_text,
    criterion_text,
    reason_text,
    slot_reason_text,
)
from app.api.words.matching_words import CRITERIA, REASONS, SHORT
from app.api.words.task_words import TASKS
from app.api.words.verdict_words import CAUSE_WORDS, HEADLINES, SHORT_VERDICTS
from app.matching import (
    ALL_REASONS,
    CLOSED_REASONS,
    DEFAULT_WEIGHTS,
    PAIR_REASONS,
    Candidate,
    Demands,
    Policy,
    Slot,
    explain_pair,
)
from app.matching import CRITERIA as CRITERION_NAMES
from app.services.engine.answers import criteria_json, reason_json
from app.services.fulfilment.cause_codes import CAUSES
from app.services.fulfilment.verdict import Verdict
from app.services.tasks.kinds import TaskKind
from tests.matching.make import drawn, weights

LANGUAGES: tuple[Language, ...] = ("sv", "en")
NO_GAP = {"2": 0, "1": 0, "0": 0}

SLOT = Slot(
    id="p",
    reference=None,
    supplier_id="s",
    ssyk="7111",
    places=1,
    tier=1,
    earliest_start=date(2018, 3, 1),
    latest_start=date(2018, 9, 1),
    end=date(2019, 6, 30),
    minimum_months=4,
    extent=(50, 100),
    minimum_extent=75,
    position=(63.18, 14.64),
    required=Demands(
        skills=frozenset({"formsättning"}),
        languages={"sv": 3, "en": 1},
        driving_licences=frozenset({"B"}),
        certificates=frozenset({"C/C++"}),
    ),
    preferred=Demands(skills=frozenset({"a", "b"})),
    adaptations=frozenset(),
    target_groups=frozenset({"long-term-unemployed"}),
    closed=CLOSED_REASONS,
    closed_programmes=frozenset({"arbetspraktik"}),
)
NOBODY = Candidate(
    id="k",
    reference=None,
    occupations=("9310", "52"),
    skills=frozenset(),
    languages={"sv": 2},
    driving_licences=frozenset(),
    certificates=frozenset(),
    position=(59.33, 18.07),
    maximum_distance_km=40,
    available_from=date(2018, 10, 1),
    available_to=date(2018, 12, 31),
    extent=(10, 20),
    needed_adaptations=frozenset({"step-free-entrance"}),
    target_groups={},
    programmes=(("arbetspraktik", 2),),
    waiting_since=date(2016, 1, 15),
    avoided_suppliers=frozenset({"s"}),
    agreed_to_be_proposed=False,
    placed=((date(2018, 10, 1), date(2018, 10, 31)),),
)
AS_OF = date(2018, 2, 1)


@pytest.fixture(scope="module")
def reasons() -> dict[str, dict[str, Any]]:
    """The facts of every reason, where the two above give them in their words: one person has no
    programme, the other one that is too short."""
    cleared = replace(NOBODY, programmes=(("arbetspraktik", 4),))
    people, slots = drawn(7, 20)
    told = [(one, slot) for one in people for slot in slots] + [(NOBODY, SLOT), (cleared, SLOT)]
    pairs = (explain_pair(*pair, Policy(), as_of=AS_OF, forbidden=True) for pair in told)
    return {one["code"]: one["facts"] for pair in pairs for one in map(reason_json, pair.reasons)}


class TestTables:
    def test_every_code_and_no_other(self) -> None:
        assert set(SHORT) == set(ALL_REASONS)
        assert set(REASONS) == {*PAIR_REASONS, *CLOSED_REASONS}
        assert set(CRITERIA) == {
            *CRITERION_NAMES,
            "skills-none",
            "distance-none",
            "distance-unknown",
        }
        assert set(HEADLINES) == set(SHORT_VERDICTS) == set(Verdict)
        assert set(CAUSE_WORDS) == set(CAUSES)
        assert set(TASKS) == set(TaskKind)

    def test_both_languages_and_not_the_same(self) -> None:
        for table in (SHORT, REASONS, CRITERIA, HEADLINES, SHORT_VERDICTS, CAUSE_WORDS, TASKS):
            for texts in table.values():
                assert set(texts) == set(LANGUAGES)
                assert texts["sv"] != texts["en"]


class TestReasonText:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("code", [*PAIR_REASONS, *CLOSED_REASONS])
    def test_whole_sentence(
        self, reasons: dict[str, dict[str, Any]], code: str, language: Language
    ) -> None:
        text = reason_text(code, reasons[code], language)
        assert text.endswith(".")
        assert not set("{}[]_") & set(text)

    @pytest.mark.parametrize(
        ("code", "text"),
        [
            (
                "too-far",
                "Det är 465,6 km till arbetsplatsen; personens längsta avstånd är 40,0 km.",
            ),
            (
                "language-level",
                "Platsen kräver språk som personen saknar eller inte når nivån i: en (nivå 1 "
                "krävs, personen saknar det), sv (nivå 3 krävs, personen har 2).",
            ),
            ("certificate-missing", "Platsen kräver intyg som personen saknar: C/C++."),
            (
                "forbidden-pair",
                "En handläggare har valt bort kombinationen av person och plats, eller så har en "
                "placering av personen på platsen avbrutits.",
            ),
            (
                "gate-missing",
                "Det är inte känt att arbetsgivaren har klarat alla kontroller som krävs, eller så "
                "finns programmet inte eller gäller inte då; det handlar om arbetspraktik.",
            ),
            (
                "programme-limit",
                "Platsen kräver 4 månader; det längsta program personen är beviljad är på "
                "2 månader.",
            ),
            (
                "extent-mismatch",
                "Platsen erbjuder 50-100 % av heltid, och villkoret kräver minst 75 %; personen "
                "kan arbeta 10-20 %.",
            ),
            (
                "not-available",
                "Tidigast möjliga start är 2018-10-01 och minst 4 månader behövs; platsen börjar "
                "senast 2018-09-01 och slutar 2019-06-30; personen är tillgänglig till "
                "2018-12-31.",
            ),
            (
                "already-placed",
                "Personen har redan en placering som överlappar: 2018-10-01 till 2018-10-31.",
            ),
        ],
    )
    def test_facts_in_words(self, reasons: dict[str, dict[str, Any]], code: str, text: str) -> None:
        assert reason_text(code, reasons[code], "sv") == text

    def test_no_programme_at_all(self) -> None:
        pair = explain_pair(replace(NOBODY, programmes=()), SLOT, Policy(), as_of=AS_OF)
        facts = {one["code"]: one["facts"] for one in map(reason_json, pair.reasons)}
        text = reason_text("programme-limit", facts["programme-limit"], "en")
        assert text == "The person has not been granted any programme yet."


class TestCriterionText:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_criterion(self, language: Language) -> None:
        slot = replace(
            SLOT,
            closed=(),
            closed_programmes=frozenset(),
            required=Demands(),
            target_groups=frozenset(),
            minimum_extent=0,
        )
        person = replace(
            NOBODY,
            occupations=("52", "711"),
            position=SLOT.position,
            available_from=AS_OF,
            extent=(50, 75),
            needed_adaptations=frozenset(),
            programmes=(("arbetspraktik", 6),),
            avoided_suppliers=frozenset(),
            agreed_to_be_proposed=True,
            available_to=None,
            placed=(),
        )
        policy = Policy(weights=weights(**DEFAULT_WEIGHTS))
        pair = explain_pair(person, slot, policy, as_of=AS_OF)
        assert pair.feasible
        texts = {
            one["criterion"]: criterion_text(one["criterion"], one["facts"], language)
            for one in criteria_json(pair.criteria)
        }
        assert set(texts) == set(CRITERION_NAMES)
        assert "711" in texts["occupation"]
        assert "24" in texts["waiting"]
        assert "50-75 %" in texts["fit"]
        assert not any(set("{}[]_") & set(text) for text in texts.values())


class TestCountedReasons:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("code", ALL_REASONS)
    def test_one_and_many(self, code: str, language: Language) -> None:
        one = candidate_reason_text({"code": code, "slots": 1}, language)
        many = candidate_reason_text({"code": code, "slots": 2}, language)
        assert one.split(":")[0] in {"1 praktikplats", "1 slot"}
        assert many.split(":")[0] in {"2 praktikplatser", "2 slots"}
        assert slot_reason_text({"code": code, "candidates": 2}, language)[0] == "2"

    @pytest.mark.parametrize(
        ("tiers", "points", "sv", "en"),
        [
            (NO_GAP, 0, "Den närmaste hade varit lika bra.", "equally good."),
            (NO_GAP, 12, "skulle helheten förlora 12 poäng.", "would lose 12 points."),
            (
                NO_GAP | {"1": 1},
                -7,
                "skulle helheten förlora 1 avtalad plats men vinna 7 poäng.",
                "would lose 1 contractual place but gain 7 points.",
            ),
            (
                NO_GAP | {"2": 1, "0": 2},
                1,
                "förlora 1 avtalad plats och 2 frivilliga platser och 1 poäng.",
                "lose 1 contractual place and 2 voluntary places and 1 point.",
            ),
        ],
    )
    def test_gap(self, tiers: dict[str, int], points: int, sv: str, en: str) -> None:
        gap = {"places_by_tier": tiers, "points": points}
        reason = {"code": "outranked", "slots": 3, "gap": gap}
        assert candidate_reason_text(reason, "sv").endswith(sv)
        assert candidate_reason_text(reason, "en").endswith(en)
