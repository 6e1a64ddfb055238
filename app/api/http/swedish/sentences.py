"""Finds a sentence in the tables, with what stands in its gaps.

A table holds English sentences beside Swedish ones; `{}` is a gap, and gaps come in the same order
in both. What stands in a gap is looked up too, part by part; codes, days and ids stay as they are.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from app.api.http.swedish.checked import CHECKED
from app.api.http.swedish.door import DOOR
from app.api.http.swedish.kinds import PROBLEMS_IN_SWEDISH
from app.api.http.swedish.placements import PLACEMENTS
from app.api.http.swedish.registers import REGISTERS
from app.api.http.swedish.runs import RUNS

GAP = "{}"
PARTS = re.compile(r"(; |, | or )")
ENGLISH_OR, SWEDISH_OR = " or ", " eller "
SENTENCES: Mapping[str, str] = {
    **dict(CHECKED.values()),
    **DOOR,
    **REGISTERS,
    **PLACEMENTS,
    **RUNS,
}
# The one with the most words of its own is tried first: others fit it too, with longer gaps.
WITH_GAPS = [
    (re.compile("(.+?)".join(map(re.escape, english.split(GAP))), re.DOTALL), swedish)
    for english, swedish in sorted(
        SENTENCES.items(), key=lambda both: len(both[0].replace(GAP, "")), reverse=True
    )
    if GAP in english
]


def in_swedish(sentence: str, kind: str | None = None) -> str:
    """The sentence in Swedish. One that no table has stays as it is, after what its kind means."""
    found = _found(sentence)
    if found is not None:
        return found
    meaning = PROBLEMS_IN_SWEDISH.get(kind or "")
    return f"{meaning[0].upper()}{meaning[1:]}. ({sentence})" if meaning else sentence


@lru_cache(maxsize=4096)
def _found(sentence: str) -> str | None:
    if sentence in SENTENCES:
        return SENTENCES[sentence]
    for pattern, swedish in WITH_GAPS:
        if found := pattern.fullmatch(sentence):
            return swedish.format(*map(_in_a_gap, found.groups()))
    return None


def _in_a_gap(text: str) -> str:
    whole = _found(text)
    if whole is not None:
        return whole
    parts = PARTS.split(text)
    if len(parts) == 1:
        return text
    return "".join(SWEDISH_OR if part == ENGLISH_OR else _found(part) or part for part in parts)
