"""Makes the table and the picture of the engine in the handbook from what was measured.

Run as a program, because only developers have matplotlib:
``python -m app.bench.page bench.json docs``.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

Json = dict[str, Any]
PAGE, PICTURE = Path("engine.md"), Path("pictures", "engine-times.png")
FIGURES = re.compile(r"(<!-- figures: .*?-->\n).*(<!-- end of figures -->)", re.DOTALL)
NAMES = {
    "handslag": "Handslag, to certified pairing",
    "dense": "scipy linear_sum_assignment, dense",
    "sparse": "scipy min_weight_full_bipartite_matching",
    "flow": "OR-Tools SimpleMinCostFlow",
}


def picture(times: list[Json]) -> Figure:
    """Draws seconds against size, both on logarithmic scales."""
    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.add_subplot()
    for solver, name in NAMES.items():
        own = [time for time in times if time["solver"] == solver]
        axes.plot(
            [time["candidates"] for time in own],
            [time["seconds"] for time in own],
            marker="o",
            linewidth=2.5 if solver == "handslag" else 1.5,
            label=name,
        )
    sizes = sorted({(time["candidates"], time["places"]) for time in times})
    axes.set(xscale="log", yscale="log", xlabel="candidates x places", ylabel="seconds")
    axes.set_xticks(
        [candidates for candidates, _ in sizes],
        [f"{candidates:,}\nx {places:,}".replace(",", " ") for candidates, places in sizes],
        minor=False,
    )
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    axes.legend()
    return figure


def table(measured: Json) -> str:
    """The lines of the table in Markdown, and the machine they were measured on."""
    machine = measured["machine"]
    versions = ", ".join(
        f"{name} {machine[name]}"
        for name in ("python", "numpy", "scipy", "numba")
        if name in machine
    )
    lines = ["| what | measured | at least | aim | |", "|---|---|---|---|---|"]
    for row in measured["engine"]:
        limits = " | ".join(f"{row[limit]:g} {row['unit']}" for limit in ("least", "aim"))
        lines.append(
            f"| {row['what']} | {row['figure']:.3g} {row['unit']} | {limits} | {row['said']} |"
        )
    told = f"{machine['processors']} processors ({machine['architecture']}); {versions}."
    return "\n".join([*lines, "", told, ""])


def write(measured: Json, docs: Path) -> None:
    picture(measured["times"]).savefig(docs / PICTURE, dpi=120, metadata={"Software": None})
    page = (docs / PAGE).read_text(encoding="utf-8")
    shown = FIGURES.sub(lambda found: f"{found[1]}\n{table(measured)}\n{found[2]}", page)
    (docs / PAGE).write_text(shown, encoding="utf-8")


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
