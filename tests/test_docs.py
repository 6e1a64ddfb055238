"""The handbook's lists equal those of the code: settings, commands, problems, codes, limits."""

import re
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, Literal, get_args, get_origin

import pytest
import typer.main
from typer.testing import CliRunner

from app import api, models, services
from app.api.http.guard import BATCH_BODY_LIMIT, BODY_LIMIT
from app.api.http.problems import TYPE_OF
from app.api.runs.engine_shapes import CriterionName, PairOutput
from app.api.runs.run_shapes import MOST_PAIRS
from app.api.words.matching_words import SHORT
from app.api.words.report_words import EXCUSES, FOLLOW_UPS
from app.api.words.report_words import OUTCOMES as OUTCOME_WORDS
from app.api.words.task_words import PARTY_WORDS
from app.api.words.verdict_words import CAUSE_WORDS, MISSED, SHORT_VERDICTS
from app.cli import app
from app.matching import ALL_REASONS, CLOSED_REASONS, PAIR_REASONS
from app.matching.optimum.pairing import MOST_CELLS
from app.matching.pairs.feasible import MOST_PAIRS as MOST_FEASIBLE
from app.matching.pairs.feasible import MOST_TESTS
from app.models.clauses import ClauseKind
from app.models.decisions import APPROVAL_REASONS, DECLINE_REASONS
from app.models.follow_ups import ExcuseReason, FollowUpKind
from app.models.gate_checks import GateOutcome
from app.models.keys import Role
from app.models.match_runs import Failure, MatchRunStatus, Phase
from app.models.placement_outcomes import AFTERWARDS
from app.models.placement_signatures import PARTIES
from app.models.placements import (
    MOVE_REASONS,
    EndedBy,
    ExtensionFields,
    Override,
    PlacementFields,
    PlacementStatus,
)
from app.models.proposals import SUPERSEDERS, ProposalStatus
from app.reference.programmes import GATES, PROGRAMMES
from app.services.fulfilment.cause_codes import CAUSES
from app.services.fulfilment.verdict import Verdict
from app.services.ground.suppression import LEAST_PERSONS
from app.services.placements.placement_moves import TRANSITIONS
from app.services.reports.persons import NOT_NOTED, OUTCOMES
from app.services.reports.reports import MOST_CLAUSES, MOST_YEARS
from app.services.runs.matchings import MOST_PAIRS_SHOWN
from app.services.runs.states import MOVES
from app.services.tasks.kinds import TaskKind
from app.settings import Settings

ROOT = Path(__file__).parents[1]
MEBIBYTE = 1024 * 1024
# The one value that OCDS's sustainability extension has for us; its field says it.
NOT_LISTED = {"Goal", "Strategy"}
# Problems without a domain error: those of the framework, and a failure of the service.
PLAIN_PROBLEMS = {"method-not-allowed", "fault"}


def section(file: str, heading: str) -> str:
    text = (ROOT / "docs" / file).read_text(encoding="utf-8")
    return text.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def rows(file: str, heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading: from the first cell, which is code, to the others."""
    lines = re.findall(r"^\| `([^`]+)` \|(.*)\|$", section(file, heading), re.MULTILINE)
    return {code: [cell.strip() for cell in rest.split("|")] for code, rest in lines}


def test_settings() -> None:
    listed = rows("operations.md", "Settings")
    fields = {f"HANDSLAG_{name.upper()}": field for name, field in Settings.model_fields.items()}
    assert listed.keys() == fields.keys()
    defaults = {name: cells[0].strip("`") for name, cells in listed.items()}
    for name, field in fields.items():
        expected = "none" if field.default is None else f"{field.default}".removesuffix(".0")
        assert defaults[name] == expected


def test_commands() -> None:
    listed = {command.split()[1] for command in rows("operations.md", "Commands")}
    group = typer.main.get_command(app)
    assert listed == set(group.commands)  # type: ignore[attr-defined]  # a group has commands


def test_the_page_of_codes_is_what_its_command_prints() -> None:
    printed = CliRunner().invoke(app, ["codes"])
    assert (printed.exit_code, printed.stderr) == (0, "")
    page = (ROOT / "docs" / "codes.md").read_bytes()
    assert printed.stdout_bytes == page, "handslag codes > docs/codes.md renews it"


def test_limits() -> None:
    assert (BODY_LIMIT, BATCH_BODY_LIMIT) == (MEBIBYTE, 32 * MEBIBYTE)
    assert "1 MiB; 32 MiB for batches" in section("operations.md", "Limits")


def test_problems() -> None:
    code = "\n".join(path.read_text() for path in (ROOT / "app").rglob("*.py"))
    conflicts = set(re.findall(r'Conflict\(\s*"([a-z-]+)"', code))
    listed = {kind.removeprefix("/problems/") for kind in rows("codes.md", "Problems")}
    assert listed == conflicts | set(TYPE_OF.values()) | PLAIN_PROBLEMS


def test_reasons_of_a_match_run() -> None:
    listed = rows("codes.md", "Reasons of a match run")
    assert list(listed) == list(ALL_REASONS)
    assert listed == {code: [text["sv"], text["en"]] for code, text in SHORT.items()}


def test_employer_gates() -> None:
    listed = rows("codes.md", "Employer gates")
    assert listed == {gate.code: [gate.name, gate.english] for gate in GATES.values()}


def test_programmes_and_their_gates() -> None:
    listed = rows("codes.md", "Programmes")
    assert list(listed) == [programme.code for programme in PROGRAMMES]
    for programme in PROGRAMMES:
        name, longest, gates = listed[programme.code]
        assert name == programme.name
        assert tuple(re.findall("`([a-z0-9-]+)`", gates)) == programme.gates
        assert re.findall(r"\d+", longest) == [str(programme.longest_months or "")] * bool(
            programme.longest_months
        )


def test_words_of_follow_ups() -> None:
    assert {code: cells[0] for code, cells in rows("codes.md", "Follow-ups").items()} == {
        kind.value: words["sv"] for kind, words in FOLLOW_UPS.items()
    }


def test_words_of_outcomes() -> None:
    listed = {code: cells[0] for code, cells in rows("codes.md", "Outcomes of a placement").items()}
    assert list(OUTCOME_WORDS) == list(OUTCOMES)
    assert listed | {NOT_NOTED: "inget noterat"} == {
        code: words["sv"] for code, words in OUTCOME_WORDS.items()
    }


def test_limits_of_a_matching() -> None:
    limits = section("operations.md", "Limits")
    for limit in (MOST_PAIRS, MOST_PAIRS_SHOWN, MOST_TESTS, MOST_FEASIBLE, MOST_CELLS):
        assert f"{limit:,}".replace(",", " ") in limits


def test_limits_of_a_report() -> None:
    text = (ROOT / "docs" / "rapporter.md").read_text(encoding="utf-8")
    assert (MOST_YEARS, MOST_CLAUSES, LEAST_PERSONS) == (10, 2_000, 5)
    assert "tio kalenderår och 2 000 villkor" in text
    assert "Varje tal är minst fem personer" in text


def test_states_of_a_placement_and_whence() -> None:
    listed = rows("codes.md", "States of a placement")
    assert list(listed) == [status.value for status in PlacementStatus]
    for status in PlacementStatus:
        origins = [move.origin.value for move in TRANSITIONS if move.to == status]
        if origins:
            assert re.findall("`([a-z-]+)`", listed[status][-1]) == origins


def test_states_of_a_match_run_and_whence() -> None:
    listed = rows("codes.md", "States of a match run")
    for status in MatchRunStatus:
        origins = {move.origin.value for move in MOVES if move.to == status}
        assert set(re.findall("`([a-z]+)`", listed[status][-1])) == origins


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Criteria of a proposal", list(get_args(CriterionName))),
        (
            "How a pair stands in a run",
            list(get_args(PairOutput.model_fields["status"].annotation)),
        ),
        ("Kinds of a clause", list(get_args(ClauseKind))),
        ("Reasons of an excuse", list(get_args(ExcuseReason))),
        ("States of a proposal", [status.value for status in ProposalStatus]),
        ("Results of an employer check", list(get_args(GateOutcome))),
        ("Roles", [role.value for role in Role]),
        ("States of a match run", [status.value for status in MatchRunStatus]),
        ("Phases of a match run", [phase.value for phase in Phase]),
        ("Failures of a match run", [failure.value for failure in Failure]),
        ("Verdicts", [verdict.value for verdict in Verdict]),
        ("Causes of a missing place", list(CAUSES)),
        ("What a proposal gave way to", list(SUPERSEDERS)),
        ("Reasons of an early end or a cancelled placement", list(MOVE_REASONS)),
        ("Who ended a placement early", list(get_args(EndedBy))),
        ("Outcomes of a placement", list(AFTERWARDS)),
        ("Parties of an agreement", list(PARTIES)),
        ("Inner deadlines", list(MISSED)),
        ("Follow-ups", [kind.value for kind in FollowUpKind]),
        ("Tasks", [kind.value for kind in TaskKind]),
        ("Reasons of a decision", [*APPROVAL_REASONS[:-1], *DECLINE_REASONS]),
    ],
)
def test_codes(heading: str, codes: list[str]) -> None:
    assert list(rows("codes.md", heading)) == codes


def test_words_of_verdicts() -> None:
    listed = rows("codes.md", "Verdicts")
    assert {code: cells[0] for code, cells in listed.items()} == {
        verdict.value: words["sv"] for verdict, words in SHORT_VERDICTS.items()
    }


def test_words_of_causes() -> None:
    listed = rows("codes.md", "Causes of a missing place")
    assert {code: cells[0] for code, cells in listed.items()} == {
        code: words["sv"] for code, words in CAUSE_WORDS.items()
    }


def test_words_of_parties_and_excuses() -> None:
    for heading, words in (
        ("Parties of an agreement", PARTY_WORDS),
        ("Reasons of an excuse", EXCUSES),
    ):
        assert {code: cells[0] for code, cells in rows("codes.md", heading).items()} == {
            code: word["sv"] for code, word in words.items()
        }


def test_placing_and_extending_have_the_reasons_of_an_approval() -> None:
    for fields in (PlacementFields, ExtensionFields):
        reasons: Any = fields.model_fields["reason"].annotation
        assert get_args(reasons) == APPROVAL_REASONS


def test_rules_that_can_be_set_aside() -> None:
    told = section("codes.md", "Reasons of a match run").partition("|")[0]
    counts = len(PAIR_REASONS), len(CLOSED_REASONS), 2, len(get_args(Override))
    assert re.findall(r"\d+", told) == [str(count) for count in counts]
    never = [code for code in PAIR_REASONS if code not in get_args(Override)]
    assert re.findall("`([a-z-]+)`", told) == never


def test_every_code_has_a_swedish_word() -> None:
    text = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    without = {
        f"{heading}: {code}"
        for heading in headings
        for code, cells in rows("codes.md", heading).items()
        if not cells[heading == "Problems"]
    }
    assert without == set()


def test_whatever_the_code_enumerates_is_listed() -> None:
    """A new state, kind or reason must be added to the handbook with the code."""
    text = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))
    found = dict(enumerations())
    assert found.keys() >= NOT_LISTED
    missing = {name: values - listed for name, values in found.items() if name not in NOT_LISTED}
    assert {name: values for name, values in missing.items() if values} == {}


def enumerations() -> Iterator[tuple[str, set[str]]]:
    """Every enumeration with a name, and its values."""
    for package in (models, services, api):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(import_module(found.name)).items():
                if values := values_of(value):
                    yield name, values


def values_of(value: Any) -> set[str]:
    if get_origin(value) is Literal:
        return {one for one in get_args(value) if isinstance(one, str)}
    if isinstance(value, type) and issubclass(value, StrEnum):
        return {one.value for one in value}
    return set()


def test_every_file_that_the_page_of_the_house_names_is_there() -> None:
    page = re.sub(r"```diff.*?```", "", (ROOT / "docs/house.md").read_text(), flags=re.DOTALL)
    drills = {"migrations/versions/NNNN_night_work.py"}
    places = (ROOT, ROOT / "app", ROOT / "app/services/fulfilment", ROOT / "app/models")
    named = set(re.findall(r"`([\w/]+\.(?:py|toml|md))`", page)) - drills
    assert len(named) > 30
    assert [one for one in named if not any((place / one).exists() for place in places)] == []
