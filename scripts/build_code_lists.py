"""Build app/reference/{ssyk_2012,cpv_2008,languages}.csv from official lists.

pip install iso639-lang==2.6.3
python scripts/build_code_lists.py FOLDER

FOLDER holds taxonomy_ssyk4_groups.csv (the JobTech Taxonomy's groups of SSYK 2012, CC0 1.0) and
cpv_2008.csv (Regulation (EC) 213/2008). Languages come from the tables of ISO 639's registration
authorities (639-1, 639-2, 639-3, 639-5, and what was retired) that the package carries, MIT.
Built on 2026-11-30.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from iso639 import iter_langs
from iso639.datafile import load_file

REFERENCE = Path(__file__).parent.parent / "app" / "reference"

# Managers on two levels have a unit group each in SCB's SSYK 2012; the taxonomy has one group for
# both, whose code ends with 0. These four SCB does not divide either.
MANAGERS, ON_ONE_LEVEL = "1", {"1120", "1230", "1380", "1540"}
NOT_IN_TAXONOMY = {"4430", "5322", "5324", "7619"}
UNIT_GROUPS = 429

# Retired codes whose remedy stands in the text of the notice alone.
IN_WORDS_ALONE = {"mo": "ro", "bh": "bih", "sh": "hbs"}


def ssyk_codes(folder: Path) -> list[str]:
    """SCB's unit groups, and the taxonomy's own groups of managers."""
    taxonomy = {row["ssyk_code_2012"] for row in _rows(folder / "taxonomy_ssyk4_groups.csv")}
    merged = {code for code in taxonomy if code[0] == MANAGERS and code[3] == "0"} - ON_ONE_LEVEL
    levels = {code[:3] + level for code in merged for level in "12"}
    official = taxonomy - merged | levels | NOT_IN_TAXONOMY
    _expect("unit groups of SSYK 2012", len(official), UNIT_GROUPS)
    return sorted(official | merged)


def cpv_codes(folder: Path) -> list[str]:
    """With their check digits, which no formula gives for the whole list."""
    codes = sorted({row["cpv_code"] for row in _rows(folder / "cpv_2008.csv")})
    _expect("codes of CPV 2008", len(codes), 9_454)
    return codes


def languages() -> Iterator[tuple[str, str]]:
    """The code that is stored, that of ISO 639-1 where there is one, and every other code."""
    others: dict[str, set[str]] = {}
    for language in iter_langs():
        codes = {language.pt1, language.pt2b, language.pt2t, language.pt3, language.pt5} - {""}
        shortest = min(codes, key=lambda code: (len(code), code != language.pt3, code))
        others.setdefault(shortest, set()).update(codes - {shortest})
    known = {code: one for one, codes in others.items() for code in (one, *codes)}
    for code, retired in load_file("mapping_deprecated")["id"].items():
        instead = IN_WORDS_ALONE.get(code, retired["change_to"])
        if code not in known and instead in known:
            others[known[instead]].add(code)
    for stored in sorted(others):
        yield stored, " ".join(sorted(others[stored]))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _expect(what: str, found: int, expected: int) -> None:
    if found != expected:
        raise SystemExit(f"Expected {expected} {what}, found {found}.")


def _write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with (REFERENCE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    folder = Path(sys.argv[1])
    _write("ssyk_2012.csv", ("code",), ((code,) for code in ssyk_codes(folder)))
    _write("cpv_2008.csv", ("code",), ((code,) for code in cpv_codes(folder)))
    _write("languages.csv", ("code", "others"), languages())


if __name__ == "__main__":
    main()
