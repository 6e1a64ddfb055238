"""Personal identity numbers, which no stored text may hold.

What has the form, a real date and the right check digit is one, however it is written. It passes
where another reading is far more common; docs/operations.md gives the shares of both.
"""

import re
from datetime import date
from unicodedata import category, digit, normalize

from stdnum import luhn

REFUSED = (
    "reads as a personal identity number, with a real date and the right check digit; this "
    "service stores none. If it is a number of something else, write letters directly before it, "
    "as in KS-20180301-0006"
)
FEWEST_CHARACTERS, FEWEST_DIGITS = 10, 9  # an interim number has a letter among them

GAP = r"[\W_]{0,3}"
LETTERS = "TRSUWXJKLMN"  # of interim numbers, in place of a 1
# At every place, as what only looks like a number may begin before a real one and run into it.
# Letters directly before the digits, or with one hyphen, make a reference of them: it passes.
ALONE = r"(?<![\d+])(?<![^\W\d_])(?<![^\W\d_][-\u2010])"
WRITTEN = re.compile(
    rf"(?={ALONE}"
    rf"(?P<century>18|19|20)?(?P<year>\d\d)(?P<first>{GAP})(?P<month>\d\d)(?P<second>{GAP})"
    rf"(?P<day>\d\d)(?P<gap>{GAP})(?P<last>[\d{LETTERS}]\d{{3}})(?!\d)(?P<rest>.{{0,20}}))",
    re.IGNORECASE | re.DOTALL,
)
# Numbers that are broken in more places, where no other reading is common: all digits in pairs or
# one by one, parted alike, and no longer series of such; a break in what follows the hyphen.
BROKEN = (
    re.compile(
        rf"(?={ALONE}(?<!\d[\W_])(?:(?P<century>18|19|20)[\W_]?)?"
        r"(?P<digits>\d\d(?P<sign>[\W_])(?:\d\d(?P=sign)){2}(?P<last>\d\d(?P=sign)\d\d))"
        r"(?!\d)(?!(?P=sign)\d)(?P<rest>.{0,20}))",
        re.DOTALL,
    ),
    re.compile(
        rf"(?={ALONE}(?<!\d[\W_])(?P<century>(?:1\W8|1\W9|2\W0)\W)?"
        r"(?P<digits>\d(?P<sign>[\s.-])(?:\d(?P=sign)){5}(?P<last>(?:\d(?P=sign)){3}\d))"
        r"(?!\d)(?!(?P=sign)\d)(?P<rest>.{0,20}))",
        re.DOTALL,
    ),
    re.compile(
        rf"(?={ALONE}(?P<century>18|19|20)?(?P<digits>\d{{6}}\s?[-+\u2010-\u2015\u2212]\s?"
        r"(?P<last>\d(?:[\s-]?\d){3}))(?!\d)(?P<rest>.{0,20}))",
        re.DOTALL,
    ),
)
ELLIPSES = str.maketrans("\u2025\u2026\ufe19", "---")  # of which compatibility makes full stops
DIGITS = re.compile(r"\d")
SIGNS = re.compile(r"[\W_]")
ABROAD = re.compile(rf"\+46{GAP}(0{GAP})?$")
DECIMALS = re.compile(r"\d[.,]$")
WRITTEN_ID = re.compile(r"(?<![^\W_])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![^\W_])", re.I)
BETWEEN = ("-", ".", "/")  # the parts of a date that is written out
BLANK = re.compile(r"[\s,]+")
TIME = re.compile(r"([01]\d|2[0-3])[0-5]\d")
MOMENT = re.compile(r"([01]\d|2[0-3])[0-5]\d|(19|20)\d\d|\d\d00")  # a time, a year, a round amount
AMOUNT = re.compile(r"([.,]\d\d)?\s?(kr\b|kronor|sek\b|eur\b|€|:-|,-)", re.IGNORECASE)
YEAR = re.compile(r"(19|20)\d\d")
DAY_OF_YEAR = re.compile(r"[-./]\d\d[-./]\d\d(?!\d)")
LATER_CENTURIES = ("20", "19", "18")
FILLERS = "\u115f\u1160"  # letters that nobody can see
OF_COORDINATION = 60  # is added to the day


def no_identity_number(text: str) -> str:
    """Refuses a text with a personal or coordination number, because it says who someone is."""
    if holds_identity_number(text):
        raise ValueError(REFUSED)
    return text


def holds_identity_number(text: str) -> bool:
    return len(text) >= FEWEST_CHARACTERS and _holds_one(text)


def _holds_one(text: str) -> bool:
    if not text.isascii():
        text = "".join(map(_plain, normalize("NFKC", text.translate(ELLIPSES))))
    if len(DIGITS.findall(text)) < FEWEST_DIGITS:
        return False
    plain = WRITTEN_ID.sub("x", text)
    return _is_written_in(plain) or any(
        _is_written_in(_joined(one)) for form in BROKEN for one in form.finditer(plain)
    )


def _is_written_in(plain: str) -> bool:
    return any(_is_number(one) and not _passes(one) for one in WRITTEN.finditer(plain))


def _joined(broken: re.Match[str]) -> str:
    """The digits alone; nothing where they are more often a time or an amount after a date."""
    century, last = (SIGNS.sub("", broken[part] or "") for part in ("century", "last"))
    if (century and TIME.fullmatch(last)) or AMOUNT.match(broken["rest"]):
        return ""
    return century + SIGNS.sub("", broken["digits"])


def _plain(character: str) -> str:
    """Digits of any script as ours; nothing in place of what has no width of its own."""
    value = digit(character, None)
    if value is not None:
        return str(value)
    if character in FILLERS or (category(character)[0] in "CM" and not character.isspace()):
        return ""
    return character


def _is_number(found: re.Match[str]) -> bool:
    last = found["last"]
    digits = found["year"] + found["month"] + found["day"] + last
    if not last.isdigit():
        digits = digits[:-4] + "1" + last[1:]
    return luhn.is_valid(digits) and _has_date(found)


def _has_date(found: re.Match[str]) -> bool:
    day = int(found["day"])
    day -= OF_COORDINATION if day > OF_COORDINATION else 0
    centuries = (found["century"],) if found["century"] else LATER_CENTURIES
    return any(
        _is_day(int(century + found["year"]), int(found["month"]), day) for century in centuries
    )


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _passes(found: re.Match[str]) -> bool:
    return _is_telephone(found) or _is_moment(found) or _is_position(found)


def _is_telephone(found: re.Match[str]) -> bool:
    """After +46, or with one leading 0, unless it is written as only a number of a person is."""
    if ABROAD.search(found.string, 0, found.start()):
        return True
    is_even = bool(found["first"]) == bool(found["second"])
    is_as_of_a_person = is_even and bool(found["gap"])
    begins_so = found["year"][0] == "0" and found["year"] != "00"
    return not found["century"] and begins_so and not is_as_of_a_person


def _is_position(found: re.Match[str]) -> bool:
    """The decimals of one coordinate and what begins the next, as in 61.7310, 12.9833."""
    follows_a_point = DECIMALS.search(found.string, 0, found.start())
    return bool(follows_a_point and not found["first"] and found["second"])


def _is_moment(found: re.Match[str]) -> bool:
    """A date with its century, then a time, and if the date is written out also a year, an amount,
    or another date."""
    first, last, rest = found["first"], found["last"], found["rest"]
    if found["century"] and found["gap"] == " " and not first and not found["second"]:
        return bool(int(found["day"]) <= 31 and TIME.fullmatch(last))
    is_written_out = first in BETWEEN and first == found["second"] and int(found["day"]) <= 31
    if not (found["century"] and is_written_out):
        return False
    if YEAR.fullmatch(last) and DAY_OF_YEAR.match(rest):
        return True
    is_apart = BLANK.fullmatch(found["gap"])
    return bool(is_apart and (MOMENT.fullmatch(last) or AMOUNT.match(rest)))
