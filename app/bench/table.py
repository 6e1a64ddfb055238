"""Every figure of the engine in one table, measured in one run on the same machine."""

from rich.console import Console
from rich.table import Table

from app.bench.engine import RUNS, SEED, Row, engine_rows
from app.bench.whole import whole_rows

NATIONAL = "national"


def run_national_bench(console: Console) -> list[Row]:
    """Measure, and print the table; some minutes. Needs OR-Tools, as developers have it."""
    rows = engine_rows(console.print) + whole_rows(console.print)
    table = Table(title=f"The engine, seed {SEED}, median of {RUNS}")
    for heading in ("what", "figure", "at least", "aim", "measured"):
        table.add_column(heading, justify="left" if heading in ("what", "measured") else "right")
    for row in rows:
        limits = (f"{limit:g} {row.unit}" for limit in (row.least, row.aim))
        table.add_row(row.what, f"{row.figure:.3g} {row.unit}", *limits, row.said)
    console.print(table)
    return rows
