"""Which blanks go around a text, and its one form: Unicode NFC."""

from unicodedata import normalize

# White space, as Unicode has it: around a text it goes, inside a code only the plain space stays.
SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"


def spread(ranges: str) -> frozenset[str]:
    """The characters of `a-z` and the like; a hyphen stands only between two of them."""
    found = set(ranges)
    for place, character in enumerate(ranges):
        if character == "-":
            found.update(map(chr, range(ord(ranges[place - 1]), ord(ranges[place + 1]))))
    return frozenset(found - {"-"})


TRIMMED = "".join(sorted(spread(SPACES)))
TRIMMED_PATTERN = (
    r"[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*"
)


def as_read(text: str) -> str:
    return (text if text.isascii() else normalize("NFC", text)).strip(TRIMMED)
