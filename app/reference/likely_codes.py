"""Which code of a list somebody probably meant, to say so where another one is refused."""

from collections.abc import Iterable
from difflib import get_close_matches
from unicodedata import category, normalize

# Accents, blanks, controls, and what joins or directs letters without being seen.
UNSEEN = {"Mn", "Zs", "Zl", "Zp", "Cc", "Cf"}


def likeliest(written: str, codes: Iterable[str]) -> str | None:
    """The code that is most like what was written; None where none is like it."""
    known = {plain(code): code for code in codes}
    found = get_close_matches(plain(written), known, n=1)
    return known[found[0]] if found else None


def plain(code: str) -> str:
    """The code without case, accents, blanks and invisible characters."""
    letters = normalize("NFD", normalize("NFC", code).casefold())
    return "".join(letter for letter in letters if category(letter) not in UNSEEN)
