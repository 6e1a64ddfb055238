"""Which code of a list somebody probably meant, to say so where another one is refused."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from unicodedata import category, normalize

# Accents, blanks, controls, and what joins or directs letters without being seen.
UNSEEN = {"Mn", "Zs", "Zl", "Zp", "Cc", "Cf"}
# Cyrillic and Greek letters, and odd Latin ones, that look like ours.
LOOK_ALIKES = str.maketrans(
    "\u0430\u0432\u0441\u0501\u0435\u04bb\u043d\u0456\u0458\u043a\u04cf\u043c\u043e\u0440\u051b"
    "\u0455\u0442\u051d\u0445\u0443\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
    "\u0131\u0237\u0251\u0261\u0142\u00f8\u0111",
    "abcdehhijklmopqstwxyaeikvoptuxijaglod",
)
BETWEEN_LETTERS = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")
WORDS = re.compile(r"[\W_]+")
SHORTEST_MISSPELT = 5


def likeliest(written: str, codes: Iterable[str]) -> str | None:
    """The code that is most like what was written; None where none is like it."""
    known = {plain(code): code for code in codes}
    found = get_close_matches(plain(written), known, n=1)
    return known[found[0]] if found else None


def plain(code: str) -> str:
    """The code without case, accents, blanks, invisible characters and other scripts' letters."""
    letters = normalize("NFKD", normalize("NFC", code).casefold()).translate(LOOK_ALIKES)
    return "".join(letter for letter in letters if category(letter) not in UNSEEN)


def are_alike(one: str, other: str) -> bool:
    """Whether people would take one for the other: the same but for signs between letters, or one
    word of five letters or more in which one letter is wrong, missing, more or out of place.
    Numbers and short words tell codes apart: `insats-1` and `insats-2`, `kurs-a` and `kurs-b`."""
    a, b = plain(one), plain(other)
    if BETWEEN_LETTERS.sub("", a) == BETWEEN_LETTERS.sub("", b):
        return True
    words, others = WORDS.split(a), WORDS.split(b)
    if len(words) != len(others):
        return False
    different = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(different) == 1 and _is_misspelt(*different[0])


def _is_misspelt(word: str, other: str) -> bool:
    """Whether one letter's slip makes one of the other."""
    short, long = sorted((word, other), key=len)
    if len(short) < SHORTEST_MISSPELT or len(long) - len(short) > 1:
        return False
    begin = 0
    while begin < len(short) and short[begin] == long[begin]:
        begin += 1
    left, right = short[begin:], long[begin:]
    if any(map(str.isdigit, left[:1] + right[:1])):
        return False
    if len(left) < len(right):
        return left == right[1:]
    return left[1:] == right[1:] or (left[1::-1] + left[2:]) == right
