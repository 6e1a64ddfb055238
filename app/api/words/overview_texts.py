"""A contract's fulfilment in words: how its clauses stand, and what they come to together."""

from collections import Counter
from dataclasses import asdict

from app.api.http import Language
from app.api.words.grammar import measured, quantity_text
from app.api.words.verdict_words import (
    CLAUSES_STAND,
    CONTRACT,
    NO_CLAUSES,
    OF_SEVERAL,
    SHORT_VERDICTS,
    SUMS,
    SURPLUS,
)
from app.services.fulfilment.overview import ContractFulfilment, Sum
from app.services.fulfilment.verdict import WORST_FIRST, Verdict


def contract_text(found: ContractFulfilment, language: Language) -> str:
    """How its clauses stand, and what they ask and have together."""
    contract = found.contract
    named = {"reference": contract.reference, "title": contract.title}
    sentences = [CONTRACT[language].format(**named)]
    if not found.clauses:
        return " ".join([*sentences, NO_CLAUSES[language]])
    counted = Counter(one.verdict for one in found.clauses)
    verdicts = ", ".join(
        _so_many(counted[verdict], verdict, language) for verdict in WORST_FIRST if counted[verdict]
    )
    sentences.append(CLAUSES_STAND[language].format(as_of=found.as_of, verdicts=verdicts))
    for measure, words in SUMS.items():
        total: Sum | None = getattr(found, measure)
        if total is not None:
            parts = {name: quantity_text(part, language) for name, part in asdict(total).items()}
            sentences.append(words[language].format(**parts))
            if total.surplus:
                surplus = measured(total.surplus, measure == "places", language)
                sentences.append(SURPLUS[language].format(surplus=surplus))
    return " ".join(sentences)


def _so_many(count: int, verdict: Verdict, language: Language) -> str:
    name = SHORT_VERDICTS[verdict][language]
    if count > 1 and language == "sv":
        name = OF_SEVERAL.get(verdict, name)
    return f"{count} {name}"
