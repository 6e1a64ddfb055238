"""The municipalities of Sweden by SCB's code, with the centroid that stands for their place.

scripts/build_municipalities.py makes the table.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Municipality:
    """Code of four digits; the centroid in degrees, WGS 84."""

    code: str
    name: str
    latitude: float
    longitude: float


def _read_municipalities() -> Mapping[str, Municipality]:
    with files("app").joinpath("municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Municipality(row["code"], row["name"], float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(file)
        ]
    return MappingProxyType({municipality.code: municipality for municipality in rows})


MUNICIPALITIES = _read_municipalities()
