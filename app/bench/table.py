"""Every figure of the engine in one table, measured in one run on the same machine."""

from rich.console import Console
from rich.table import Table

from app.bench.engine import RUNS, SEED, Point, Row, measure_engine
from app.bench.stored import measure_stored
from app.bench.whole import measure_whole

NATIONAL = "national"


def run_national_bench(console: Console) -> tuple[list[Row], list[Point]]:
    """Measure, and print the table; some minutes. Needs OR-Tools, as developers have it. Gives the
    table's lines, and the time of each solver at each size."""
    rows, points = measure_engine(console.print)
    rows += measure_whole(console.print)
    rows += measure_stored(console.print)
    table = Table(title=f"The engine, seed {SEED}, median of {RUNS}")
    for heading in ("what", "figure", "at least", "aim", "measured"):
        table.add_column(heading, justify="left" if heading in ("what", "measured") else "right")
    for row in rows:
        limits = (f"{limit:g} {row.unit}" for limit in (row.least, row.aim))
        table.add_row(row.what, f"{row.figure:.3g} {row.unit}", *limits, row.said)
    console.print(table)
    return rows, points
