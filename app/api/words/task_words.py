"""Tasks as sentences."""

from collections.abc import Mapping

from app.api.http import Language
from app.api.words.grammar import Words
from app.api.words.verdict_words import SHORT_VERDICTS
from app.services.tasks.kinds import Task, TaskKind

TASKS: Mapping[TaskKind, Words] = {
    TaskKind.FOLLOW_UP_DUE: {
        "sv": "Följ upp villkoret i avtal {reference}, {title}. Nu: {verdict}.",
        "en": "Follow up the clause of contract {reference}, {title}. Now: {verdict}.",
    },
    TaskKind.REPORT_DUE: {
        "sv": "Ta emot leverantörens rapport {number} i avtal {reference}, {title}.",
        "en": "Receive the supplier's report {number} of contract {reference}, {title}.",
    },
    TaskKind.REPLACEMENT_DUE: {
        "sv": "Ersätt den placering på platsen {where} som avbröts {day}.",
        "en": "Replace the placement in the slot {where} that ended early on {day}.",
    },
    TaskKind.GATE_EXPIRING: {
        "sv": "Förnya kontrollen av {supplier}: {gate}.",
        "en": "Renew the check of {supplier}: {gate}.",
    },
    TaskKind.PROPOSAL_WAITING: {
        "sv": "Besluta om ett förslag för platsen {where}, i matchningen för {day}.",
        "en": "Decide on a proposal for the slot {where}, of the match run for {day}.",
    },
    TaskKind.AGREEMENT_DUE: {
        "sv": "Se till att överenskommelsen om en placering på platsen {where} skrivs under före "
        "starten {day}. Saknas: {parties}.",
        "en": "See to it that the agreement on a placement in the slot {where} is signed before "
        "the start on {day}. Missing: {parties}.",
    },
    TaskKind.PLACEMENT_SHOULD_START: {
        "sv": "Notera att placeringen på platsen {where}, med start {day}, har börjat, eller ställ "
        "in den.",
        "en": "Note that the placement in the slot {where}, to start on {day}, has started, or "
        "cancel it.",
    },
    TaskKind.PLACEMENT_SHOULD_END: {
        "sv": "Notera hur placeringen på platsen {where}, med sista dag {day}, slutade.",
        "en": "Note how the placement in the slot {where}, whose last day is {day}, ended.",
    },
    TaskKind.OUTCOME_DUE: {
        "sv": "Notera vad som följde på placeringen på platsen {where} som slutade {day}, efter "
        "{months} månader.",
        "en": "Note what followed the placement in the slot {where} that ended on {day}, after "
        "{months} months.",
    },
    TaskKind.REFERENCE_SHARED: {
        "sv": "Skilj {what} {reference} från en annan vars referens läses likadant: ändra den ena "
        "referensen eller ta bort den ena. Personer och platser föreslås inte förrän det är gjort.",
        "en": "Tell {what} {reference} from another one whose reference reads the same: change one "
        "reference, or delete one. People and slots are not proposed until that is done.",
    },
}
SHARED: Mapping[str, Words] = {
    "candidates": {"sv": "personen", "en": "the candidate"},
    "slots": {"sv": "platsen", "en": "the slot"},
    "contracts": {"sv": "avtalet", "en": "the contract"},
}
AT_THE_END: Words = {
    "sv": "Notera vad som följde på placeringen på platsen {where} som slutade {day}.",
    "en": "Note what followed the placement in the slot {where} that ended on {day}.",
}
OF_A_CONTRACT: Words = {
    "sv": "{slot} (avtal {reference})",
    "en": "{slot} (contract {reference})",
}
VOLUNTARY: Words = {"sv": "{slot} (frivillig)", "en": "{slot} (voluntary)"}
PARTY_WORDS: Mapping[str, Words] = {
    "participant": {"sv": "deltagaren", "en": "the participant"},
    "supplier": {"sv": "leverantören", "en": "the supplier"},
    "authority": {"sv": "myndigheten", "en": "the authority"},
}


def task_text(task: Task, language: Language) -> str:
    facts = dict(task.facts)
    words = TASKS[task.kind][language]
    if "slot" in facts:
        where = VOLUNTARY if facts["reference"] is None else OF_A_CONTRACT
        facts["where"] = where[language].format(**facts)
    if task.kind == TaskKind.FOLLOW_UP_DUE:
        facts["verdict"] = SHORT_VERDICTS[facts["verdict"]][language]
    if task.kind == TaskKind.GATE_EXPIRING:
        facts["gate"] = facts["gate"][language]
    if task.kind == TaskKind.AGREEMENT_DUE:
        facts["parties"] = ", ".join(PARTY_WORDS[one][language] for one in facts["parties"])
    if task.kind == TaskKind.REFERENCE_SHARED:
        facts["what"] = SHARED[task.resource][language]
    if task.kind == TaskKind.OUTCOME_DUE and not task.number:
        words = AT_THE_END[language]
    return words.format(**facts)
