"""Where one clause stands, as a text that a contract owner can send on."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from app.api.http import Language
from app.api.words.grammar import (
    FULL_TIME_MONTHS,
    MONTHS,
    PLACES,
    Words,
    agreeing,
    counted,
    measured,
    quantity_text,
)
from app.api.words.matching_words import SHORT
from app.api.words.verdict_words import (
    ALL_THAT_IS_MISSING,
    ASKED,
    CALL_OFFS,
    CAUSE_WORDS,
    CONSTRAINT,
    CONTRACT,
    CREDITED,
    DIALOGUE_HELD,
    DIALOGUE_MISSING,
    EXCUSED_FOR,
    EXTENDABLE,
    FOLLOW_UP,
    FORECAST,
    FULL_TIME_STARTS_NEEDED,
    HEADLINES,
    LATE_FOLLOW_UP,
    MISSED,
    NO_CALL_OFFS,
    NO_TIME,
    NOTHING_CALLED_OFF,
    OF_A_CALL_OFF,
    PART_OF_IT,
    QUANTITY,
    RECTIFY_BY,
    RESPONSIBLE,
    STARTS_NEEDED,
    TOO_LATE,
    WHY,
)
from app.models.follow_ups import ExcuseReason, FollowUpKind
from app.services.fulfilment.balance import Balance
from app.services.fulfilment.verdict import (
    Cause,
    Fulfilment,
    Verdict,
    excuses_on,
    rectification_until,
)

OVER = {Verdict.MET, Verdict.EXCUSED, Verdict.NOT_MET}


def verdict_text(found: Fulfilment, language: Language) -> str:
    """What was asked and delivered, what is missing and why, what helps, and who is responsible."""
    return " ".join([*_sentences(found, language), _who_and_when(found, language)])


def published_text(found: Fulfilment, language: Language) -> str:
    """The same without who is responsible, which may be an official's name."""
    return " ".join(_sentences(found, language))


def _sentences(found: Fulfilment, language: Language) -> Iterator[str]:
    contract = found.contract
    named = {"reference": contract.reference, "title": contract.title}
    yield CONTRACT[language].format(**named)
    yield _headline(found)[language].format(as_of=found.as_of)
    if found.balance is not None:
        yield from _quantity(found, found.balance, language)
    elif found.terms.quantity_per_call_off:
        words = CALL_OFFS if found.call_offs else NO_CALL_OFFS
        yield words[language].format(count=len(found.call_offs))
    else:
        yield _dialogue(found, language)
    yield from _measures(found, language)


def _who_and_when(found: Fulfilment, language: Language) -> str:
    clause = found.clause
    is_late = clause.next_follow_up_date is not None and clause.next_follow_up_date < found.as_of
    words = RESPONSIBLE if found.is_settled else LATE_FOLLOW_UP if is_late else FOLLOW_UP
    return words[language].format(responsible=clause.responsible, day=clause.next_follow_up_date)


def _headline(found: Fulfilment) -> Words:
    if not found.terms.quantity_per_call_off:
        return HEADLINES[found.verdict]
    if not found.call_offs:
        return NOTHING_CALLED_OFF
    return OF_A_CALL_OFF.get(found.verdict, HEADLINES[found.verdict])


def _quantity(found: Fulfilment, balance: Balance, language: Language) -> Iterator[str]:
    in_places = found.terms.places is not None
    yield _balance(found, balance, language)
    if balance.credited:
        credited = measured(balance.credited, in_places, language)
        yield CREDITED[language].format(credited=credited)
    if found.causes:
        causes = "; ".join(cause_text(cause, in_places, language) for cause in found.causes)
        yield WHY[language].format(causes=causes)
    if found.verdict not in OVER and balance.missing:
        yield FORECAST[language].format(
            covered=quantity_text(balance.covered, language),
            required=measured(_required(found), in_places, language),
        )
        yield from _advice(found, language)


def _balance(found: Fulfilment, balance: Balance, language: Language) -> str:
    return QUANTITY[language].format(
        asked=_asked(found, language),
        unit=(FULL_TIME_MONTHS if found.terms.places is None else PLACES)[language][1],
        delivered=quantity_text(balance.delivered, language),
        active=quantity_text(balance.active, language),
        booked=quantity_text(balance.booked, language),
        missing=quantity_text(balance.missing, language),
    )


def _asked(found: Fulfilment, language: Language) -> str:
    terms = found.terms
    if terms.places is None:
        return counted(terms.full_time_months or 0, FULL_TIME_MONTHS[language])
    places = counted(terms.places, PLACES[language])
    months = counted(terms.minimum_months or 0, MONTHS[language])
    return ASKED[language].format(places=places, months=months)


def cause_text(cause: Cause, in_places: bool, language: Language) -> str:
    """The cause, and how many places or full-time months are missing for it."""
    much = measured(cause.quantity, in_places, language)
    if cause.constraint is not None:
        much += CONSTRAINT[language].format(rule=SHORT[cause.constraint][language])
    return f"{CAUSE_WORDS[cause.code][language]} ({much})"


def _advice(found: Fulfilment, language: Language) -> Iterator[str]:
    """What would help: longer placements, and new starts while there is time for them."""
    if found.extendable:
        sentence = agreeing(found.extendable, EXTENDABLE[language])
        yield sentence.format(count=found.extendable)
    if found.starts_needed is not None:
        in_places = found.terms.places is not None
        words = STARTS_NEEDED if in_places else FULL_TIME_STARTS_NEEDED
        yield words[language].format(starts=found.starts_needed.starts, by=found.starts_needed.by)
    elif found.last_safe_start is not None:
        yield TOO_LATE[language].format(last=found.last_safe_start)
    else:
        yield NO_TIME[language]


def _dialogue(found: Fulfilment, language: Language) -> str:
    held = found.facts.follow_ups_on(found.as_of, FollowUpKind.DIALOGUE_HELD)
    return DIALOGUE_HELD[language].format(day=held[0].on) if held else DIALOGUE_MISSING[language]


def _measures(found: Fulfilment, language: Language) -> Iterator[str]:
    """Deadlines that passed, time to rectify, and what excuses."""
    if found.verdict not in OVER:
        for one in found.missed_deadlines:
            yield MISSED[one.kind][language].format(due=one.due, number=one.number)
    until = rectification_until(found.facts, found.as_of)
    if until is not None and found.verdict == Verdict.RECTIFICATION:
        yield RECTIFY_BY[language].format(until=until)
    if found.verdict != Verdict.MET:
        yield from _excuses(found, language)


def _excuses(found: Fulfilment, language: Language) -> Iterator[str]:
    """A sentence for each day and reason: how much is excused, or all of it.

    Where one excuse covers everything, those that cover only a part are not told.
    """
    decided: dict[tuple[ExcuseReason, date], list[int | None]] = defaultdict(list)
    for one in excuses_on(found.facts, found.as_of):
        if one.reason is not None:
            decided[one.reason, one.on].append(one.quantity)
    is_whole = any(None in quantities for quantities in decided.values())
    for (reason, day), quantities in decided.items():
        what = ALL_THAT_IS_MISSING[language]
        if is_whole and None not in quantities:
            continue
        if not is_whole:
            excused = Decimal(sum(one or 0 for one in quantities))
            in_places = found.terms.places is not None
            what = PART_OF_IT[language].format(quantity=measured(excused, in_places, language))
        yield EXCUSED_FOR[reason][language].format(day=day, what=what)


def _required(found: Fulfilment) -> Decimal:
    return Decimal(found.terms.places or found.terms.full_time_months or 0)
