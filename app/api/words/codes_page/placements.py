"""Placements: their states, how they end, who signs, and what came of them."""

from typing import get_args

from app import models
from app.api.words.codes_page.proposals import REASON_WORDS
from app.api.words.codes_page.table import Table, side_by_side, swedish, with_origins
from app.api.words.report_words import OUTCOMES
from app.api.words.task_words import PARTY_WORDS
from app.services.placements.placement_moves import TRANSITIONS

STATES = Table(
    heading="States of a placement",
    columns=("code", "svenska", "from"),
    codes=models.placements.PlacementStatus,
    cells=with_origins(
        {
            "planned": ("planerad", "an approval, or a placement outside a run"),
            "ready": ("klar att börja", "{origins}"),
            "active": ("pågår", "{origins}"),
            "completed": ("genomförd", "{origins}"),
            "ended-early": ("avslutad i förtid", "{origins}"),
            "cancelled": ("inställd", "{origins}"),
        },
        [(move.origin, move.to) for move in TRANSITIONS],
    ),
)
REASONS = Table(
    heading="Reasons of an early end or a cancelled placement",
    columns=("code", "svenska"),
    codes=models.placements.MOVE_REASONS,
    cells=side_by_side(
        REASON_WORDS
        | {
            "candidate-declined": "personen vill inte fortsätta",
            "supplier-declined": "leverantören vill inte fortsätta",
            "no-show": "kom aldrig",
            "work-environment": "brister i arbetsmiljön",
        }
    ),
    introduction="A no-show has no days, also where a start had been noted.",
)
ENDED_BY = Table(
    heading="Who ended a placement early",
    columns=("code", "svenska"),
    codes=get_args(models.placements.EndedBy),
    cells=side_by_side(swedish(PARTY_WORDS) | {"just-cause": "giltigt skäl"}),
)
PARTIES = Table(
    heading="Parties of an agreement",
    columns=("code", "svenska"),
    codes=models.placement_signatures.PARTIES,
    cells=side_by_side(swedish(PARTY_WORDS)),
)
AFTERWARDS = Table(
    heading="Outcomes of a placement",
    columns=("code", "svenska"),
    codes=models.placement_outcomes.AFTERWARDS,
    cells=side_by_side(swedish(OUTCOMES)),
    closing=f"A report counts persons without one as `not-noted`, {OUTCOMES['not-noted']['sv']}.",
)
TABLES = (STATES, REASONS, ENDED_BY, PARTIES, AFTERWARDS)
