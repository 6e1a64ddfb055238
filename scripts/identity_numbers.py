"""Measures how many identity numbers the door finds, and how many everyday texts it takes for one.

usage: python -m scripts.identity_numbers FILE...

Each file lists official test numbers, one a line: Skatteverket's, which the project does not ship.
Everyday texts are made up from a fixed seed, so that the shares are the same every time.
"""

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from uuid import UUID

from app.models.values import no_identity_number

SEED, TEXTS_OF_A_KIND = 2018, 10_000
IN_A_DATE = ("", "-", ".", "/", " ")
BEFORE_THE_LAST = ("", "-", "+", " ", " - ", "/", ".", ":", "_", "\u2013", " \u2014 ", "\u200b-")
AROUND = ("{}", "pnr {}", "pnr: {}.", "({})", "{}-01-02", "Exempel, {}, Exempel", "x\n{}\ty")
FULL_WIDTH = str.maketrans("0123456789", "".join(map(chr, range(0xFF10, 0xFF1A))))
ARABIC = str.maketrans("0123456789", "".join(map(chr, range(0x660, 0x66A))))
INTERIM_LETTERS = "TRSUWXJKLMN"

Way = tuple[str, str]


def ways_of(number: str) -> Iterator[Way]:
    """The number (twelve digits) in every way, with the name of the way."""
    date, last = (number[:4], number[4:6], number[6:8]), number[8:]
    for century in ("with its century", "without its century"):
        year = date[0] if century.startswith("with i") else date[0][2:]
        for inner in IN_A_DATE:
            for gap in BEFORE_THE_LAST:
                written = inner.join((year, *date[1:])) + gap + last
                yield _named(century, inner, gap), written
    plain = f"{number[2:8]}-{last}"
    for around in AROUND:
        yield f"as {around!r}", around.format(plain)
    yield "in full-width digits", plain.translate(FULL_WIDTH)
    yield "in Arabic digits", plain.translate(ARABIC)
    yield "with an invisible character in every place", "\u2060".join(plain)
    if last[0] == "1":
        for letter in INTERIM_LETTERS:
            yield "as an interim number", f"{number[2:8]}-{letter}{last[1:]}"


def _named(century: str, inner: str, gap: str) -> str:
    """Two ways are told apart from the rest, because they have another common reading."""
    if not inner and not gap and century == "without its century":
        return "ten digits alone"
    if inner in {"-", ".", "/"} and gap == " " and century == "with its century":
        return "a date written out, a space, four digits"
    return "digits in groups"


def telephone(random: Random) -> str:
    area = random.choice(("070", "072", "073", "076", "079", "08", "063", "031", "0611", "010"))
    digits = "".join(random.choices("0123456789", k=10 - len(area)))
    return random.choice(
        (
            f"{area}{digits}",
            f"{area}-{digits}",
            f"{area}-{digits[:3]} {digits[3:5]} {digits[5:]}",
            f"{area} {digits[:3]} {digits[3:]}",
            f"{area}-{' '.join(digits[at : at + 2] for at in range(0, len(digits), 2))}",
            f"+46 {area[1:]} {digits}",
            f"+46{area[1:]}{digits}",
            f"+46 (0){area[1:]}-{digits[:3]} {digits[3:]}",
        )
    )


def _day(random: Random) -> str:
    return f"{random.randint(2010, 2026)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def journal_number(random: Random) -> str:
    year, number = random.randint(2010, 2026), random.randint(1, 99_999)
    return random.choice(
        (f"KS {year}/{number:04}", f"{year}-{number:05}", f"dnr {year}/{number}", f"KS-{number}")
    )


def date_with_time(random: Random) -> str:
    hour, minute = random.randint(0, 23), random.randint(0, 59)
    return random.choice(
        (
            f"{_day(random)} {hour:02}{minute:02}",
            f"{_day(random).replace('-', '')} {hour:02}{minute:02}",
            f"{_day(random)} {hour:02}:{minute:02}",
            f"{_day(random)}-{hour:02}-{minute:02}",
            f"{_day(random)}T{hour:02}:{minute:02}:{random.randint(0, 59):02}Z",
            f"{_day(random)} kl. {hour:02}.{minute:02}",
            f"{_day(random)} {random.randint(2010, 2026)}",
            f"{_day(random)} - {_day(random)}",
            f"{_day(random)}/{_day(random)}",
        )
    )


def amount(random: Random) -> str:
    sek = random.randint(1, 10 ** random.randint(2, 10))
    return random.choice(
        (
            f"{sek} kr",
            f"{sek:,}".replace(",", " ") + " kr",
            f"{sek:,}".replace(",", ".") + ",00",
            f"{_day(random)} {random.randint(1_000, 9_999)} kr",
            f"{_day(random)}, {random.randint(10, 99)}00",
            f"{random.uniform(1, 99_999):.2f} SEK",
        )
    )


def organisation_number(random: Random) -> str:
    first = f"{random.choice('25789')}{random.randint(0, 9)}{random.randint(20, 99)}"
    rest = f"{random.randint(0, 999_999):06}"
    return random.choice((f"{first}{rest}", f"{first}{rest[:2]}-{rest[2:]}"))


def lettered_reference(random: Random) -> str:
    letters = "".join(random.choices("ABCDEFGHKLMNPRSTUVÅÄÖ", k=random.randint(1, 4)))
    digits = "".join(random.choices("0123456789", k=random.randint(4, 12)))
    return random.choice(
        (f"{letters}{digits}", f"{letters}-{digits}", f"{letters}-{digits[:4]}-{digits[4:]}")
    )


def coordinates(random: Random) -> str:
    north, east = random.uniform(55, 69), random.uniform(11, 24)
    return random.choice(
        (
            f"{north:.4f}, {east:.4f}",
            f"N {north:.5f} E {east:.5f}",
            f"{int(north)}\u00b0{random.randint(0, 59):02}'{random.randint(0, 59):02}\" N",
            f"{random.randint(6_100_000, 7_700_000)}, {random.randint(250_000, 920_000)}",
        )
    )


def postcode(random: Random) -> str:
    code, street = random.randint(10_000, 98_499), random.randint(1, 200)
    plain = f"{code // 100} {code % 100:02}"
    return random.choice(
        (
            f"Exempelgatan {street}, {plain} Östersund",
            f"{plain} {street} {random.randint(10_000, 98_499)}",
            f"SE-{plain}",
        )
    )


def uuid(random: Random) -> str:
    return str(UUID(int=random.getrandbits(128), version=4))


def telephones(random: Random) -> str:
    return random.choice((", ", "; ", "\n", " / ")).join(telephone(random) for _ in range(4))


def dense_series(random: Random) -> str:
    """What nobody can tell from an identity number: a day and four digits."""
    return f"{_day(random).replace('-', '')}-{random.randint(1, 9_999):04}"


EVERYDAY: dict[str, Callable[[Random], str]] = {
    "telephone numbers": telephone,
    "journal numbers": journal_number,
    "dates with a time, a year or a date": date_with_time,
    "amounts, and dates with an amount": amount,
    "organisation numbers": organisation_number,
    "references with letters": lettered_reference,
    "coordinates": coordinates,
    "postcodes": postcode,
    "UUIDs": uuid,
    "lists of telephone numbers": telephones,
}


def is_refused(text: str) -> bool:
    try:
        no_identity_number(text)
    except ValueError:
        return True
    return False


def found_by_way(numbers: list[str]) -> dict[str, tuple[int, int]]:
    """How many texts were found, and how many there were, by the name of the way."""
    counted: dict[str, tuple[int, int]] = {}
    for number in numbers:
        for name, written in ways_of(number):
            found, every = counted.get(name, (0, 0))
            counted[name] = found + is_refused(written), every + 1
    return counted


def refused_by_kind(
    kinds: dict[str, Callable[[Random], str]] = EVERYDAY, texts: int = TEXTS_OF_A_KIND
) -> dict[str, int]:
    random = Random(SEED)  # noqa: S311  # made-up texts, no secrets
    return {
        name: sum(is_refused(make(random)) for _ in range(texts)) for name, make in kinds.items()
    }


def main(files: list[Path]) -> None:
    numbers = [row[0] for file in files for row in list(csv.reader(file.open()))[1:]]
    counted = found_by_way(numbers)
    _tell(f"{len(numbers)} official test numbers", counted)
    refused = refused_by_kind()
    kinds = {name: (count, TEXTS_OF_A_KIND) for name, count in refused.items()}
    _tell("Everyday texts that are refused", kinds)
    dense = refused_by_kind({"20180301-0006": dense_series})
    _tell("A dense series", {name: (count, TEXTS_OF_A_KIND) for name, count in dense.items()})


def _tell(heading: str, shares: dict[str, tuple[int, int]]) -> None:
    print(heading)
    total = (sum(part for part, _ in shares.values()), sum(every for _, every in shares.values()))
    for name, (part, every) in (shares | {"together": total}).items():
        print(f"  {name}: {part} of {every}, {100 * part / every:.2f} %")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
