"""Proposals: their states, and why a person decided as they did."""

from app import models
from app.api.words.codes_page.table import Table, side_by_side

APPROVAL_REASONS = models.decisions.APPROVAL_REASONS
DECLINE_REASONS = models.decisions.DECLINE_REASONS
REASON_WORDS = {
    "good-fit": "passar bra",
    "candidate-wish": "kandidatens önskan",
    "supplier-wish": "leverantörens önskan",
    "only-alternative": "enda alternativet",
    "candidate-declined": "kandidaten tackade nej",
    "supplier-declined": "leverantören tackade nej",
    "no-contact": "ingen kontakt",
    "found-work": "har fått arbete",
    "in-training": "går en utbildning",
    "not-suitable-now": "inte lämpligt just nu",
    "travel-not-possible": "resan går inte",
    "health-or-adaptation": "hälsa eller anpassning",
    "slot-withdrawn": "platsen dras tillbaka",
    "better-alternative": "bättre alternativ finns",
    "duplicate": "dubblett",
    "other": "annat, se kommentaren",
}
# `other` is among both, and is listed last.
DECISION_REASONS = [code for code in APPROVAL_REASONS if code not in DECLINE_REASONS]
DECISION_REASONS += DECLINE_REASONS


def _outcomes(reason: str) -> str:
    reasons = {"approved": APPROVAL_REASONS, "declined": DECLINE_REASONS}
    return ", ".join(outcome for outcome, codes in reasons.items() if reason in codes)


STATES = Table(
    heading="States of a proposal",
    columns=("code", "svenska", "from"),
    codes=models.proposals.ProposalStatus,
    cells={
        "proposed": ("föreslaget", "a match run"),
        "approved": ("godkänt", "`proposed`, by a decision"),
        "declined": (
            "avböjt",
            "`proposed`, by a decision; a lift lets the pair be proposed anew, by a later run",
        ),
        "superseded": ("har fått vika", "`proposed`; see what it gave way to"),
    },
)
REASONS = Table(
    heading="Reasons of a decision",
    columns=("code", "svenska", "for"),
    codes=DECISION_REASONS,
    cells=side_by_side(REASON_WORDS, {code: _outcomes(code) for code in DECISION_REASONS}),
    introduction=(
        "The outcome of a decision is `approved` or `declined`. A placement outside a run and an "
        "extension have the reasons of an approval; a lift says in words of its own why the pair "
        "may be proposed again."
    ),
)
SUPERSEDERS = Table(
    heading="What a proposal gave way to",
    columns=("code", "svenska", "when"),
    codes=models.proposals.SUPERSEDERS,
    cells={
        "newer-run": ("en nyare körning", "a newer run covers the slot"),
        "candidate-placed": (
            "kandidaten har fått en placering",
            "in a part of the proposal's dates",
        ),
        "slot-full": ("platsens alla platser är tagna", "in a part of the proposal's dates"),
    },
)
TABLES = (STATES, REASONS, SUPERSEDERS)
