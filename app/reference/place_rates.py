"""What a place costs in contract value and how long it is, as dated reference data.

place_rates.toml beside it holds each edition with its source and the first day it was in force.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PlaceRates:
    """One edition: kronor a place by what is bought, months a place by the clause's kind."""

    valid_from: date
    source: str
    sek_per_place: Mapping[str, int]
    months_per_place: Mapping[str, int]


def _read_editions() -> tuple[PlaceRates, ...]:
    content = tomllib.loads(
        (files("app.reference") / "place_rates.toml").read_text(encoding="utf-8")
    )
    editions = [PlaceRates(**edition) for edition in content["editions"]]
    return tuple(sorted(editions, key=lambda edition: edition.valid_from))


EDITIONS = _read_editions()


def place_rates_on(day: date) -> PlaceRates:
    """The edition in force that day; the first one stands for the time before it."""
    in_force = [edition for edition in EDITIONS if edition.valid_from <= day]
    return in_force[-1] if in_force else EDITIONS[0]
