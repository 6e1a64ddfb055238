"""Match runs: reasons, criteria and pairs, and how a run goes."""

from dataclasses import replace
from typing import get_args

from app import models
from app.api.words.codes_page.table import Table, quoted, side_by_side, swedish, with_origins
from app.api.words.matching_words import SHORT
from app.services.engine.one_pair import ALL_REASONS, CLOSED_REASONS, CRITERIA, PAIR_REASONS
from app.services.runs.states import MOVES

OTHER_REASONS = len(ALL_REASONS) - len(PAIR_REASONS) - len(CLOSED_REASONS)
SET_ASIDE = get_args(models.placements.Override)
FIXED = [quoted(code) for code in PAIR_REASONS if code not in SET_ASIDE]
REASONS = Table(
    heading="Reasons of a match run",
    columns=("code", "svenska", "English"),
    codes=ALL_REASONS,
    cells=side_by_side(swedish(SHORT), {code: both["en"] for code, both in SHORT.items()}),
    introduction=(
        "Why a candidate is left without a proposal, or a slot with places. The first "
        f"{len(PAIR_REASONS)} are rules of one pair, the next {len(CLOSED_REASONS)} close a slot "
        f"as a whole, the last {OTHER_REASONS} say that a pair would do. Where a person places "
        f"outside a run, {len(SET_ASIDE)} rules of one pair can be set aside by name, all but "
        f"{', '.join(FIXED[:-1])} and {FIXED[-1]}."
    ),
)
# The rules of one pair that may be set aside: told where a body names them, and above on the page.
RULES_SET_ASIDE = replace(REASONS, codes=SET_ASIDE)
TIERS = Table(
    heading="Tiers of places",
    columns=("code", "svenska", "which places"),
    codes=("2", "1", "0"),
    cells={
        "2": ("avtalade i riskzonen", "those of clauses that are at risk; filled first"),
        "1": ("avtalade", "those of other clauses; filled next"),
        "0": ("frivilliga", "those of no clause, or beyond what one asks"),
    },
    introduction="Of two results the better has more places in the highest tier where they differ.",
)
PARTS = Table(
    heading="What else a matching can answer",
    columns=("code", "svenska", "what it is"),
    codes=("pairs",),
    cells={"pairs": ("par", "every possible pair with its points")},
)
CRITERIA_OF_A_PROPOSAL = Table(
    heading="Criteria of a proposal",
    columns=("code", "svenska", "what counts"),
    codes=CRITERIA,
    cells={
        "occupation": (
            "yrke",
            "how high among the person's wishes the slot's occupation stands",
        ),
        "skills": ("meriter", "how much of what the slot prefers the person has"),
        "distance": (
            "avstånd",
            "how short the way is beside the longest that the person accepts",
        ),
        "waiting": ("väntetid", "how long the person has waited"),
        "fit": (
            "passform",
            "how wide the working time is that suits both, and the margin in required languages",
        ),
    },
    introduction="What gives points; how many, the policy's weights say.",
)
PAIRS = Table(
    heading="How a pair stands in a run",
    columns=("code", "svenska", "when"),
    codes=get_args(models.match_runs.PairStatus),
    cells={
        "chosen": ("vald", "the run proposes it"),
        "possible": ("möjlig", "no rule stops it, and the whole does better without it"),
        "impossible": ("inte möjlig", "at least one rule stops it"),
    },
)
STATES = Table(
    heading="States of a match run",
    columns=("code", "svenska", "when", "from"),
    codes=models.match_runs.MatchRunStatus,
    cells=with_origins(
        {
            "queued": (
                "väntar på sin tur",
                "it waits for its turn",
                "a large run that was ordered, or {origins}: put back to be tried again",
            ),
            "running": ("pågår", "it is at work", "{origins}"),
            "completed": ("klar", "it has its answer", "{origins}, or a small run at once"),
            "failed": ("misslyckad", "nothing came of it; `failure` says why", "{origins}"),
            "cancelled": ("avbruten", "somebody called it off", "{origins}"),
        },
        [(move.origin, move.to) for move in MOVES],
    ),
)
PHASES = Table(
    heading="Phases of a match run",
    columns=("code", "svenska", "when"),
    codes=models.match_runs.Phase,
    cells={
        "waiting": ("väntar", "no worker has it"),
        "reading": ("läser", "candidates and slots are read, at one moment of the database"),
        "solving": ("matchar", "the engine is at work"),
        "storing": ("sparar", "the answer is written, all at once"),
    },
    introduction="What `progress` shows until the run is over.",
)
FAILURES = Table(
    heading="Failures of a match run",
    columns=("code", "svenska", "when"),
    codes=models.match_runs.Failure,
    cells={
        "invalid": (
            "det som beställdes går inte ihop",
            "a pin cannot be met, something named was deleted, or the input is too large; the "
            "detail says which",
        ),
        "changed-meanwhile": (
            "något togs bort under tiden",
            "a candidate or slot was deleted between reading and storing",
        ),
        "busy": (
            "databasen var upptagen",
            "another change held for too long what storing needs",
        ),
        "worker-lost": ("den som arbetade med den försvann", "the process at work on it ended"),
        "fault": ("fel i tjänsten", "the service failed; its log names the run"),
    },
    introduction=(
        "`failure` of a run that is `failed`. All but the first have been tried three times."
    ),
)
TABLES = (REASONS, CRITERIA_OF_A_PROPOSAL, TIERS, PAIRS, PARTS, STATES, PHASES, FAILURES)
