"""Proposals: their states, and why a person decided as they did."""

from dataclasses import replace
from typing import get_args

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
REASONS_IN_ENGLISH = {
    "good-fit": "person and place fit",
    "candidate-wish": "the candidate wishes it",
    "supplier-wish": "the supplier wishes it",
    "only-alternative": "there is no other",
    "candidate-declined": "the candidate said no",
    "supplier-declined": "the supplier said no",
    "no-contact": "nobody could be reached",
    "found-work": "the candidate has found work",
    "in-training": "the candidate is in training",
    "not-suitable-now": "it does not suit just now",
    "travel-not-possible": "the way cannot be travelled",
    "health-or-adaptation": "health, or an adaptation that is needed",
    "slot-withdrawn": "the slot is withdrawn",
    "better-alternative": "there is a better one",
    "duplicate": "it is there twice",
    "other": "another one: the comment says which",
}
# `other` is among both, and is listed last.
DECISION_REASONS = [code for code in APPROVAL_REASONS if code not in DECLINE_REASONS]
DECISION_REASONS += DECLINE_REASONS


def _outcomes(reason: str) -> str:
    reasons = {"approved": APPROVAL_REASONS, "declined": DECLINE_REASONS}
    return ", ".join(outcome for outcome, codes in reasons.items() if reason in codes)


STATES = Table(
    heading="States of a proposal",
    columns=("code", "svenska", "when", "from"),
    codes=models.proposals.ProposalStatus,
    cells={
        "proposed": ("föreslaget", "nobody has decided yet", "a match run"),
        "approved": ("godkänt", "a person said yes: it is booked", "`proposed`, by a decision"),
        "declined": (
            "avböjt",
            "a person said no",
            "`proposed`, by a decision; a lift lets the pair be proposed anew, by a later run",
        ),
        "superseded": ("har fått vika", "it gave way", "`proposed`; see to what"),
    },
)
REASONS = Table(
    heading="Reasons of a decision",
    columns=("code", "svenska", "English", "for"),
    codes=DECISION_REASONS,
    cells=side_by_side(
        REASON_WORDS, REASONS_IN_ENGLISH, {code: _outcomes(code) for code in DECISION_REASONS}
    ),
    introduction=(
        "A placement outside a run and an extension have the reasons of an approval; a lift says "
        "in words of its own why the pair may be proposed again."
    ),
)
# Told where a body takes these alone; the page has them among all reasons.
REASONS_OF_AN_APPROVAL = replace(REASONS, codes=APPROVAL_REASONS)
OUTCOMES = Table(
    heading="Outcomes of a decision",
    columns=("code", "svenska", "what it does"),
    codes=get_args(models.decisions.Outcome),
    cells={
        "approved": ("godkänt", "books the place"),
        "declined": ("avböjt", "keeps the pair from being proposed again, until it is lifted"),
    },
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
TABLES = (STATES, OUTCOMES, REASONS, SUPERSEDERS)
