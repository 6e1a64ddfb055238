"""Placements: their states, how they end, who signs, and what came of them."""

from typing import get_args

from app import models
from app.api.words.codes_page.proposals import REASON_WORDS, REASONS_IN_ENGLISH
from app.api.words.codes_page.table import Table, english, side_by_side, swedish, with_origins
from app.api.words.report_words import OUTCOMES
from app.api.words.task_words import PARTY_WORDS
from app.services.placements.placement_moves import TRANSITIONS

STATES = Table(
    heading="States of a placement",
    columns=("code", "svenska", "when", "from"),
    codes=models.placements.PlacementStatus,
    cells=with_origins(
        {
            "planned": (
                "planerad",
                "agreed on, and not signed by all",
                "an approval, or a placement outside a run",
            ),
            "ready": (
                "klar att börja",
                "signed by all three, and the employer's checks hold",
                "{origins}",
            ),
            "active": ("pågår", "the person has begun", "{origins}"),
            "completed": ("genomförd", "it lasted to its agreed last day", "{origins}"),
            "ended-early": (
                "avslutad i förtid",
                "it ended before that, or the person never came",
                "{origins}",
            ),
            "cancelled": ("inställd", "it was called off before it began", "{origins}"),
        },
        [(move.origin, move.to) for move in TRANSITIONS],
    ),
)
REASONS = Table(
    heading="Reasons of an early end or a cancelled placement",
    columns=("code", "svenska", "English"),
    codes=models.placements.MOVE_REASONS,
    cells=side_by_side(
        REASON_WORDS
        | {
            "candidate-declined": "personen vill inte fortsätta",
            "supplier-declined": "leverantören vill inte fortsätta",
            "no-show": "kom aldrig",
            "work-environment": "brister i arbetsmiljön",
        },
        REASONS_IN_ENGLISH
        | {
            "candidate-declined": "the person does not want to go on",
            "supplier-declined": "the supplier does not want to go on",
            "no-show": "the person never came",
            "work-environment": "faults in the work environment",
        },
    ),
    introduction="A no-show has no days, also where a start had been noted.",
)
ENDED_BY = Table(
    heading="Who ended a placement early",
    columns=("code", "svenska", "English"),
    codes=get_args(models.placements.EndedBy),
    cells=side_by_side(
        swedish(PARTY_WORDS) | {"just-cause": "giltigt skäl"},
        english(PARTY_WORDS) | {"just-cause": "just cause, of which nobody is to blame"},
    ),
)
PARTIES = Table(
    heading="Parties of an agreement",
    columns=("code", "svenska", "English"),
    codes=models.placement_signatures.PARTIES,
    cells=side_by_side(swedish(PARTY_WORDS), english(PARTY_WORDS)),
)
AFTERWARDS = Table(
    heading="Outcomes of a placement",
    columns=("code", "svenska", "English"),
    codes=models.placement_outcomes.AFTERWARDS,
    cells=side_by_side(swedish(OUTCOMES), english(OUTCOMES)),
    closing=f"A report counts persons without one as `not-noted`, {OUTCOMES['not-noted']['sv']}.",
)
TIMES = Table(
    heading="When an outcome is asked about",
    columns=("months", "svenska", "English"),
    codes=("0", "3", "6", "12"),
    cells={
        "0": ("när placeringen slutar", "at the placement's end"),
        "3": ("tre månader efter", "three months after"),
        "6": ("sex månader efter", "six months after"),
        "12": ("tolv månader efter", "twelve months after"),
    },
)
TABLES = (STATES, REASONS, ENDED_BY, PARTIES, AFTERWARDS, TIMES)
