"""The same kind of country as in ``instances``, drawn as columns: a nation takes seconds."""

from dataclasses import dataclass, replace

import numpy as np

from app.bench.instances import (
    ADAPTATIONS,
    AS_OF,
    CERTIFICATES,
    GROUPS,
    LICENCES,
    SKILLS,
    Country,
    country,
)
from app.matching.kit import Floats, Ints, Mask
from app.matching.values import (
    LAST_DAY,
    CandidateColumns,
    CodeLists,
    Qualifications,
    SlotColumns,
    starts_of,
)

DAY = AS_OF.toordinal()
LANGUAGES = ("en", "sv")
PROGRAMMES = ("arbetspraktik", "introduktionsjobb")
SUPPLIERS = 50
MOST_PLACES = 12
OCCUPATION_GROUPS = 11


@dataclass(frozen=True)
class Draw:
    """Draws the random columns of people or of slots, from ``rng`` and the number of rows."""

    rng: np.random.Generator
    rows: int

    def whole(self, low: int, high: int) -> Ints:
        """(rows,) int, from low to high - 1."""
        return self.rng.integers(low, high, self.rows)

    def share(self, share: float) -> Mask:
        """(rows,) bool, True with probability ``share``."""
        drawn: Mask = self.rng.random(self.rows) < share
        return drawn

    def some(self, codes: tuple[str, ...], share: float) -> CodeLists:
        """Lists of codes: each row has each code with probability ``share``."""
        return lists(codes, self.flags(codes, share))

    def flags(self, codes: tuple[str, ...], share: float) -> Mask:
        """(rows, codes) bool, True with probability ``share``."""
        drawn: Mask = self.rng.random((self.rows, len(codes))) < share
        return drawn

    def spoken(self, swedish: Ints, english: float) -> CodeLists:
        """Levels of both languages, 0 for none; a row has English with probability ``english``."""
        levels = np.stack([self.whole(1, 5) * self.share(english), swedish], axis=1)
        return lists(LANGUAGES, levels > 0, levels)


def lists(codes: tuple[str, ...], listed: Mask, value: Ints | None = None) -> CodeLists:
    """Lists of codes from (rows, codes) flags, with (rows, codes) values."""
    values = np.zeros(0, np.int64) if value is None else value[listed]
    number = np.nonzero(listed)[1].astype(np.int32)
    return CodeLists(codes, starts_of(listed.sum(axis=1)), number, values)


def people_and_slots(
    seed: int, candidates: int, places: int
) -> tuple[CandidateColumns, SlotColumns]:
    """``candidates`` people, and slots of 1..12 places that sum to ``places``, as columns."""
    rng = np.random.default_rng(seed)
    land = _with_common_occupations(rng, country(rng, candidates))
    room = _places(rng, places)
    return _people(Draw(rng, candidates), land), _slots(Draw(rng, len(room)), land, room)


def _with_common_occupations(rng: np.random.Generator, land: Country) -> Country:
    """Leaves as few occupation groups as simple work has: that gives 5-8 million feasible pairs."""
    groups = rng.choice(np.arange(111, 970), OCCUPATION_GROUPS, replace=False)
    codes = [f"{group}{last}" for group in groups for last in (1, 2, 3)]
    demand = 1 / np.arange(1, len(codes) + 1) ** 0.7
    drawn = tuple(str(code) for code in rng.permutation(codes))
    return replace(land, occupations=drawn, demand=demand / demand.sum())


def _places(rng: np.random.Generator, places: int) -> Ints:
    room = rng.integers(1, MOST_PLACES + 1, places)
    upto = np.cumsum(room)
    room = room[: int(np.searchsorted(upto, places)) + 1]
    room[-1] -= room.sum() - places
    return room


def _people(draw: Draw, land: Country) -> CandidateColumns:
    start = DAY + draw.whole(-60, 200)
    least = draw.whole(4, 16)
    ids = _ids("c", draw)
    return CandidateColumns.completed(
        id=ids,
        reference=ids,
        occupations=_wishes(draw, land),
        qualifications=Qualifications(
            skills=draw.some(SKILLS, 0.2),
            languages=draw.spoken(draw.whole(1, 5), 0.4),
            driving_licences=draw.some(LICENCES, 0.6),
            certificates=draw.some(CERTIFICATES, 0.6),
        ),
        position=_positions(draw, land),
        maximum_distance_km=draw.whole(15, 61),
        available_from=start,
        available_to=np.where(draw.share(0.3), start + draw.whole(150, 900), LAST_DAY),
        extent=5 * np.stack([least, draw.rng.integers(least, 21)], axis=1),
        needed_adaptations=draw.some(ADAPTATIONS, 0.05),
        target_groups=_groups(draw),
        programmes=_programmes(draw),
        waiting_since=DAY - draw.whole(0, 1500),
        avoided_suppliers=draw.some(("supplier-0", "supplier-1"), 0.02),
        agreed_to_be_proposed=draw.share(0.97),
        placed=_placed(draw),
    )


def _slots(draw: Draw, land: Country, room: Ints) -> SlotColumns:
    start = DAY + draw.whole(0, 120)
    latest = start + draw.whole(90, 300)
    contractual = draw.share(0.8)
    codes = draw.rng.choice(np.array(land.occupations), draw.rows, p=land.demand)
    ids = _ids("s", draw)
    return SlotColumns.completed(
        id=ids,
        reference=ids,
        supplier_id=np.char.add("supplier-", draw.whole(0, SUPPLIERS).astype(np.str_)),
        ssyk=codes,
        places=room,
        tier=np.where(contractual, np.where(draw.share(1 / 3), 2, 1), 0),
        earliest_start=start,
        latest_start=latest,
        end=latest + draw.whole(100, 400),
        minimum_months=np.where(contractual, draw.whole(2, 7), 1),
        extent=np.stack([5 * draw.whole(5, 15), np.full(draw.rows, 100)], axis=1),
        minimum_extent=50 * contractual.astype(np.int64),
        position=_positions(draw, land),
        required=_required(draw),
        preferred=_preferred(draw),
        adaptations=draw.some(ADAPTATIONS, 0.7),
        target_groups=lists(GROUPS, draw.flags(GROUPS, 0.1) & contractual[:, None]),
        own_start=start,
        placed=np.zeros((0, 3), np.int64),
    )


def _required(draw: Draw) -> Qualifications:
    return Qualifications(
        skills=draw.some(SKILLS[:8], 0.01),
        languages=draw.spoken(draw.whole(1, 4) * draw.share(0.3), 0.0),
        driving_licences=draw.some(LICENCES, 0.05),
        certificates=draw.some(CERTIFICATES, 0.05),
    )


def _preferred(draw: Draw) -> Qualifications:
    return Qualifications(
        skills=draw.some(SKILLS, 0.06),
        languages=draw.spoken(np.zeros(draw.rows, dtype=np.int64), 0.4),
        driving_licences=draw.some((), 0.0),
        certificates=draw.some((), 0.0),
    )


def _ids(letter: str, draw: Draw) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    """Ids in no order, as those of a database."""
    numbers = draw.rng.permutation(draw.rows).astype(np.str_)
    return np.char.add(letter, np.char.zfill(numbers, 7))


def _wishes(draw: Draw, land: Country) -> CodeLists:
    """One to four wishes, in order; a person who draws one twice has fewer."""
    drawn = draw.rng.choice(len(land.occupations), (draw.rows, 4), p=land.demand)
    wished = np.arange(4) < draw.whole(1, 5)[:, None]
    for column in range(1, 4):
        wished[:, column] &= (drawn[:, :column] != drawn[:, column, None]).all(axis=1)
    start = starts_of(wished.sum(axis=1))
    number = drawn[wished].astype(np.int32)
    return CodeLists(land.occupations, start, number, np.zeros(0, np.int64))


def _positions(draw: Draw, land: Country) -> Floats:
    """Positions: half at the municipality's centre, half some kilometres from it."""
    centre = land.centres[draw.rng.choice(len(land.centres), draw.rows, p=land.population)]
    away = draw.rng.normal(0, (0.04, 0.08), centre.shape) * draw.share(0.5)[:, None]
    return (centre + away).round(4)


def _groups(draw: Draw) -> CodeLists:
    shape = (draw.rows, len(GROUPS))
    ends = np.where(draw.rng.random(shape) < 0.2, DAY + draw.rng.integers(0, 400, shape), LAST_DAY)
    return lists(GROUPS, draw.rng.random(shape) < 0.6, ends)


def _programmes(draw: Draw) -> CodeLists:
    kind = draw.rng.random(draw.rows)
    months = np.stack([draw.whole(4, 7), draw.whole(6, 25)], axis=1)
    return lists(PROGRAMMES, kind[:, None] >= np.array([0.05, 0.7]), months)


def _placed(draw: Draw) -> Ints:
    rows = np.flatnonzero(draw.share(0.05))
    return np.stack([rows, np.full(len(rows), DAY), np.full(len(rows), DAY + 100)], axis=1)
