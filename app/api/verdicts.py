"""Fulfilment in words that a contract owner can paste into a mail."""

from decimal import Decimal

from app.api.languages import Language
from app.api.texts import decimal_text
from app.models.clauses import Clause
from app.services.fulfilment import Balance, Fulfilment, Verdict

HEADLINES: dict[Verdict, dict[Language, str]] = {
    Verdict.NOT_STARTED: {
        "sv": "Avtalet har inte börjat den {as_of}.",
        "en": "The contract has not begun on {as_of}.",
    },
    Verdict.ON_TRACK: {
        "sv": "Villkoret är på väg att uppfyllas den {as_of}.",
        "en": "The clause is on track on {as_of}.",
    },
    Verdict.AT_RISK: {
        "sv": "Villkoret riskerar att inte uppfyllas, sett den {as_of}.",
        "en": "The clause is at risk on {as_of}.",
    },
    Verdict.MET: {
        "sv": "Villkoret är uppfyllt den {as_of}.",
        "en": "The clause is met on {as_of}.",
    },
    Verdict.NOT_MET: {
        "sv": "Avtalet är slut och villkoret är inte uppfyllt, sett den {as_of}.",
        "en": "The contract has ended and the clause is not met on {as_of}.",
    },
}
CONTRACT: dict[Language, str] = {
    "sv": "Avtal {reference}, {title}.",
    "en": "Contract {reference}, {title}.",
}
FOLLOW_UP: dict[Language, str] = {
    "sv": "Ansvarig: {responsible}. Nästa uppföljning: {day}.",
    "en": "Responsible: {responsible}. Next follow-up: {day}.",
}
PLACES: dict[Language, str] = {
    "sv": "Det kräver {required} platser om minst {months} månader: {delivered} genomförda, "
    "{active} pågående, {booked} bokade, {missing} saknas.",
    "en": "It asks for {required} places of at least {months} months: {delivered} delivered, "
    "{active} active, {booked} booked, {missing} missing.",
}
FULL_TIME_MONTHS: dict[Language, str] = {
    "sv": "Det kräver {required} heltidsmånader: {delivered} genomförda, {active} pågående, "
    "{booked} bokade, {missing} saknas.",
    "en": "It asks for {required} full-time months: {delivered} delivered, {active} active, "
    "{booked} booked, {missing} missing.",
}
DIALOGUE: dict[Language, str] = {
    "sv": "Det kräver att leverantören deltar i en dialog; ingen sådan är noterad.",
    "en": "It asks the supplier to take part in a dialogue; none has been recorded.",
}
STARTS_NEEDED: dict[Language, str] = {
    "sv": "{missing} till behöver börja senast {last} för att hinna före avtalets slut.",
    "en": "{missing} more must start by {last} to be done before the contract ends.",
}
TOO_LATE: dict[Language, str] = {
    "sv": "Den som börjar efter {last} hinner inte den minsta tiden före avtalets slut; det som "
    "saknas nås inte med nya starter.",
    "en": "Whoever starts after {last} cannot complete the least time before the contract ends; "
    "what is missing cannot be reached by new starts.",
}
NO_TIME: dict[Language, str] = {
    "sv": "Avtalet är för kort för den minsta tiden.",
    "en": "The contract is too short for the least time.",
}


def verdict_text(found: Fulfilment, language: Language) -> str:
    """The verdict, the balance, what would help while something can, and who follows it up."""
    clause, contract = found.clause, found.contract
    named = {"reference": contract.reference, "title": contract.title}
    sentences = [CONTRACT[language].format(**named)]
    sentences += [HEADLINES[found.verdict][language].format(as_of=found.as_of)]
    if found.balance is None:
        sentences.append(DIALOGUE[language])
    else:
        sentences.append(_balance(clause, found.balance, language))
        if found.balance.missing and found.verdict != Verdict.NOT_MET:
            sentences += _advice(clause, found, found.balance, language)
    day = clause.next_follow_up_date
    sentences.append(FOLLOW_UP[language].format(responsible=clause.responsible, day=day))
    return " ".join(sentences)


def _balance(clause: Clause, balance: Balance, language: Language) -> str:
    words = PLACES if clause.places is not None else FULL_TIME_MONTHS
    return words[language].format(
        required=clause.places or clause.full_time_months,
        months=clause.minimum_months,
        delivered=_number(balance.delivered, language),
        active=_number(balance.active, language),
        booked=_number(balance.booked, language),
        missing=_number(balance.missing, language),
    )


def _advice(clause: Clause, found: Fulfilment, balance: Balance, language: Language) -> list[str]:
    if clause.places is None:
        return []
    last, missing = found.last_safe_start, _number(balance.missing, language)
    if last is None:
        return [NO_TIME[language]]
    words = STARTS_NEEDED if found.as_of <= last else TOO_LATE
    return [words[language].format(missing=missing, last=last)]


def _number(quantity: Decimal, language: Language) -> str:
    text = str(int(quantity)) if quantity == int(quantity) else f"{quantity:.2f}"
    return decimal_text(text, language)
