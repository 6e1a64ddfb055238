"""The page of codes says something of every code, or is not written."""

from dataclasses import replace
from enum import StrEnum

import pytest

from app.api.words.codes_page.page import Unexplained, codes_page
from app.api.words.codes_page.table import Table, side_by_side, with_origins


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


COLOURS = Table(
    heading="Colours",
    columns=("code", "svenska", "when"),
    codes=Colour,
    cells=side_by_side({"red": "röd", "green": "grön"}, {"red": "at dusk", "green": ""}),
)


def test_a_table() -> None:
    told = replace(COLOURS, introduction="Some.", closing="No others.")
    assert told.markdown().splitlines() == [
        "## Colours",
        "",
        "Some.",
        "",
        "| code | svenska | when |",
        "|---|---|---|",
        "| `red` | röd | at dusk |",
        "| `green` | grön | |",
        "",
        "No others.",
    ]


def test_an_introduction_is_broken_between_words() -> None:
    told = replace(COLOURS, introduction="well-known " * 20).markdown().split("\n\n")[1]
    assert [len(line) for line in told.splitlines()] == [98, 98, 21]


def test_a_code_without_its_word_or_explanation_is_named() -> None:
    halves = side_by_side({"red": "röd"}, {"green": "in spring"})
    with pytest.raises(Unexplained) as refusal:
        codes_page([replace(COLOURS, cells=halves)])
    assert "Colours: red has nothing under when; " in str(refusal.value)
    assert "Colours: green has nothing under svenska. " in str(refusal.value)


def test_a_code_of_which_nothing_at_all_is_said_is_named() -> None:
    with pytest.raises(Unexplained) as refusal:
        codes_page([replace(COLOURS, cells={"red": ("röd", "at dusk")})])
    for column in ("svenska", "when"):
        assert f"Colours: green has nothing under {column}" in str(refusal.value)


def test_states_say_from_which_moves_they_come() -> None:
    states = {"new": ("ny", "an order"), "done": ("klar", "{origins}, or at once")}
    moves = [("new", "done"), ("late", "done")]
    assert with_origins(states, moves) == {
        "new": ("ny", "an order"),
        "done": ("klar", "`new`, `late`, or at once"),
    }
