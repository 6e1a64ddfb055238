"""The municipalities of Sweden by SCB's code, with the point that stands for their place: that of
the main town, or the centroid where no town's point is known.

scripts/build_municipalities.py makes the table.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Municipality:
    """Code of four digits; the point in degrees, WGS 84."""

    code: str
    name: str
    latitude: float
    longitude: float


def _read_municipalities() -> Mapping[str, Municipality]:
    lines = (
        files("app.reference")
        .joinpath("municipalities.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    municipalities = [
        Municipality(row["code"], row["name"], float(row["latitude"]), float(row["longitude"]))
        for row in csv.DictReader(lines)
    ]
    return MappingProxyType({municipality.code: municipality for municipality in municipalities})


MUNICIPALITIES = _read_municipalities()
