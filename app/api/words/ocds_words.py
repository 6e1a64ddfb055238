"""The titles and descriptions of a release's milestones, in Swedish and English."""

from collections.abc import Mapping

from app.api.http import Language
from app.api.words.grammar import Words
from app.api.words.verdict_texts import published_text
from app.api.words.verdict_words import CONTRACT
from app.services.reports.milestones import Milestone, Obligation

TITLES: Mapping[Obligation, Words] = {
    "quantity": {
        "sv": "Sysselsättningsvillkor {order}: hela mängden",
        "en": "Social clause {order}: the whole quantity",
    },
    "dialogue": {
        "sv": "Sysselsättningsvillkor {order}: dialogen",
        "en": "Social clause {order}: the dialogue",
    },
    "report": {
        "sv": "Sysselsättningsvillkor {order}: rapport {number}",
        "en": "Social clause {order}: report {number}",
    },
    "first-start": {
        "sv": "Sysselsättningsvillkor {order}: första start",
        "en": "Social clause {order}: first start",
    },
}
# What a deadline inside the contract asks. How the clause stands is told by its own milestone.
ASKED: Mapping[Obligation, Words] = {
    "report": {
        "sv": "Leverantörens rapport {number} ska ha kommit senast {due}.",
        "en": "The supplier's report {number} is due by {due}.",
    },
    "first-start": {
        "sv": "Senast {due} ska någon ha börjat eller erbjudits plats.",
        "en": "By {due} somebody is to have started or been offered a place.",
    },
}
MET: Mapping[Obligation, Words] = {
    "report": {"sv": "Den kom {met_on}.", "en": "It came on {met_on}."},
    "first-start": {"sv": "Det skedde {met_on}.", "en": "Somebody first did on {met_on}."},
}
TO_COME: Mapping[Obligation, Words] = {
    "report": {
        "sv": "Den har inte kommit än, sett den {as_of}.",
        "en": "It has not come yet, as of {as_of}.",
    },
    "first-start": {
        "sv": "Det har inte skett än, sett den {as_of}.",
        "en": "Nobody has yet, as of {as_of}.",
    },
}
LATE: Mapping[Obligation, Words] = {
    "report": {
        "sv": "Den hade inte kommit den {as_of}.",
        "en": "It had not come by {as_of}.",
    },
    "first-start": {"sv": "Det skedde inte i tid.", "en": "Nobody had in time."},
}


def milestone_title(milestone: Milestone, language: Language) -> str:
    title = TITLES[milestone.obligation][language]
    return title.format(order=milestone.order, number=milestone.number)


def milestone_text(milestone: Milestone, language: Language) -> str:
    """For the whole clause its published text; for a deadline inside the contract, that alone."""
    found = milestone.found
    if milestone.obligation not in ASKED:
        return published_text(found, language)
    facts = {
        "reference": found.contract.reference,
        "title": found.contract.title,
        "number": milestone.number,
        "due": milestone.due,
        "met_on": milestone.met_on,
        "as_of": found.as_of,
    }
    ended = MET if milestone.met_on else TO_COME if found.as_of <= milestone.due else LATE
    sentences = (CONTRACT, ASKED[milestone.obligation], ended[milestone.obligation])
    return " ".join(words[language].format(**facts) for words in sentences)
