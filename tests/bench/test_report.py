"""A bench writes JSON, a page and a picture, and nothing that says whose the machine is."""

import json
import os
import platform
from pathlib import Path
from typing import Any

import pytest

from app.bench import page
from app.bench.engine import NATION, REGION, SCARCE, SIZES, Figures, Point, Row, points, rows
from app.bench.over_http import Measured, Size
from app.bench.report import report

ROWS = [Row("30 000 x 30 000 scarce", 0.5, "s", 3, 0.7, "")]
POINTS = [
    Point(solver, 10 * size, size, 100 * size, size / 1000)
    for solver in ("handslag", "dense", "sparse", "flow")
    for size in (100, 1000)
]
OVER_HTTP = [Measured(Size(200, 80), 700, 0.001, 0.002, 0.2, {"read": 0.1})]


@pytest.fixture
def measured() -> dict[str, Any]:
    """Measured values as they are read back from the file."""
    text = json.dumps(report({"engine": ROWS, "times": POINTS, "overHttp": OVER_HTTP}))
    found: dict[str, Any] = json.loads(text)
    return found


def test_every_figure_stands_in_the_file(measured: dict[str, Any]) -> None:
    assert measured["engine"][0]["figure"] == 0.5
    assert len(measured["times"]) == len(POINTS)
    assert measured["overHttp"][0]["size"] == {"candidates": 200, "places": 80}
    assert {"pairs", "wholeEngine", "overHttp"} <= measured["seeds"].keys()
    assert measured["machine"]["processors"] == os.cpu_count()
    assert {"python", "numpy", "scipy"} <= measured["machine"].keys()


def test_nothing_tells_whose_machine_it_was(measured: dict[str, Any]) -> None:
    assert platform.node() not in measured["machine"].values()
    assert "/" not in json.dumps(measured)


def test_the_page_shows_the_newest_figures_alone(measured: dict[str, Any], tmp_path: Path) -> None:
    handbook = tmp_path / "docs"
    (handbook / "pictures").mkdir(parents=True)
    before = (Path("docs") / page.PAGE).read_text(encoding="utf-8")
    (handbook / page.PAGE).write_text(before, encoding="utf-8")
    for figure in (0.5, 0.25):
        measured["engine"][0]["figure"] = figure
        page.write(measured, handbook)
    after = (handbook / page.PAGE).read_text(encoding="utf-8")
    assert "| 30 000 x 30 000 scarce | 0.25 s | 3 s | 0.7 s |  |" in after
    assert "| 0.5 s |" not in after
    assert page.FIGURES.sub("", after) == page.FIGURES.sub("", before) != before
    assert (handbook / page.PICTURE).read_bytes().startswith(b"\x89PNG")


def figures_of(seconds: float) -> Figures:
    return Figures(1.0, seconds, seconds, 2 * seconds, 0.5, 100, 1)


def test_the_nation_is_held_against_the_faster_rival() -> None:
    found = {size: figures_of(0.5) for size in (*SIZES, SCARCE)}
    rivals = {size: {"sparse": 20.0, "flow": 10.0} for size in (*SIZES, SCARCE)}
    rivals[REGION] |= {"dense": 5.0}
    table = {row.what: row.figure for row in rows(found, figures_of(0.1), rivals)}
    assert table["350 000 x 30 000, canonical pairs to proof"] == 20
    assert table["10 000 x 2 000, canonical pairs to proof, against dense"] == 10
    shown = points(found, rivals)
    assert [one.candidates for one in shown if one.solver == "dense"] == [REGION[0]]
    assert [one.seconds for one in shown if one.candidates == NATION[0]] == [0.5, 20.0, 10.0]
