"""Personal identity numbers, which no stored text may hold."""

import re
from unicodedata import normalize

from stdnum import luhn

# A date of six digits, with or without its century, and four more digits, as people write them.
# Two dates after each other are a period, which may look like such a number by chance.
TEN_DIGITS = re.compile(
    r"(?<!\d)(?:(?:1[89]|20)?(\d{6})|(?:1[89]|20)(\d\d)-(\d\d)-(\d\d))"
    r"[\s+._\u2010-\u2015\u2212-]?(\d{4})(?!\d|-\d\d-)",
    re.ASCII,
)


def no_identity_number(text: str) -> str:
    """Refuses a text with a personal or coordination number, because it says who someone is."""
    plain = normalize("NFKC", text)  # full-width digits count as digits too
    found = TEN_DIGITS.finditer(plain)
    if any(_is_identity_number("".join(one.groups(""))) for one in found):
        raise ValueError("holds a personal identity number; this service stores none")
    return text


def _is_identity_number(digits: str) -> bool:
    month, day = int(digits[2:4]), int(digits[4:6])
    is_date = 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)
    return is_date and luhn.is_valid(digits)
