"""The small chart of a report: where its lines and areas go, as numbers for the page to draw.

A quantity changes on a day and stays until the next change, so everything is drawn in steps.
Delivered, active and booked are stacked. Of each clause no more is counted than it asks, so that
the stack reaches the dashed line, what is required, only when every clause is met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.api.reports.shapes import PointOutput

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 36, 12, 10, 24
STACKED = ("delivered", "active", "booked")
MOST_LEVELS, MOST_DATES = 6, 8
MONTHS_OF_A_YEAR = 12
ROUND_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Area:
    """One quantity as a filled shape."""

    name: str
    points: str


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    areas: tuple[Area, ...]
    required: str
    levels: tuple[Tick, ...]
    dates: tuple[Tick, ...]
    now: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


Line = list[tuple[float, float]]


def draw(points: Sequence[PointOutput], last: date) -> Chart | None:
    """From the first point to the period's last day; None where only one day is known."""
    if len(points) < 2:
        return None
    levels = _levels(max(point.required for point in points))
    scale = _Scale(points[0].day, max(last, points[-1].day), levels[-1])
    return Chart(
        areas=tuple(_area(points, number, scale) for number in range(len(STACKED))),
        required=_joined(_required(points, scale)),
        levels=tuple(Tick(scale.y(level), f"{level}") for level in levels),
        dates=tuple(Tick(scale.x(day), f"{day:%Y-%m}") for day in _dates(scale)),
        now=scale.x(points[-1].day),
    )


@dataclass(frozen=True)
class _Scale:
    """Days and quantities to places in the picture."""

    first: date
    last: date
    top: int

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, amount: float) -> float:
        return round(HEIGHT - BOTTOM - amount / self.top * (HEIGHT - TOP - BOTTOM), 1)

    def steps(self, points: Sequence[PointOutput], amounts: Sequence[float]) -> Line:
        """Each amount holds until the next day that is known."""
        line = [(self.x(points[0].day), self.y(amounts[0]))]
        for point, before, amount in zip(points[1:], amounts[:-1], amounts[1:], strict=True):
            x = self.x(point.day)
            line += [(x, self.y(before)), (x, self.y(amount))]
        return line


def _required(points: Sequence[PointOutput], scale: _Scale) -> Line:
    """What is required is drawn to the end of the period, also where nothing else is known yet."""
    line = scale.steps(points, [point.required for point in points])
    return [*line, (scale.x(scale.last), line[-1][1])]


def _area(points: Sequence[PointOutput], number: int, scale: _Scale) -> Area:
    under = scale.steps(points, [_stacked(point, STACKED[:number]) for point in points])
    over = scale.steps(points, [_stacked(point, STACKED[: number + 1]) for point in points])
    return Area(STACKED[number], _joined([*over, *reversed(under)]))


def _stacked(point: PointOutput, names: Sequence[str]) -> float:
    return float(sum(getattr(point.counted, name) for name in names))


def _joined(line: Line) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in line)


def _levels(most: float) -> list[int]:
    """Round numbers from zero up to the first that is not below `most`."""
    power = 1
    while True:
        for round_step in ROUND_STEPS:
            step = round_step * power
            count = max(1, -int(-most // step))
            if count < MOST_LEVELS:
                return [step * number for number in range(count + 1)]
        power *= 10


def _dates(scale: _Scale) -> list[date]:
    """First days of months, evenly spread and not too many."""
    first, last = scale.first, scale.last
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, MONTHS_OF_A_YEAR + 1)
        if first <= date(year, month, 1) <= last
    ]
    return months[:: max(1, -(-len(months) // MOST_DATES))]
