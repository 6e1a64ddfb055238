"""Holds the demo's contract, exported, against OCDS's release schema with its extension.

usage: python -m scripts.check_ocds FOLDER

The folder holds OCDS's own files, which the project does not ship. Where it is missing, this says
so and is content: tests/api/reports/test_ocds.py checks releases by assertions of its own.
"""

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema_rs

from app.api.http.patches import merge_patch
from app.demo.example import months_later
from app.demo.journey import every, get, travel
from app.demo.own_service import own_service

Json = dict[str, Any]
START = date(2018, 3, 1)
MONTHS_LOOKED_AT = (-1, 0, 3, 8, 20)


def main(folder: Path) -> None:
    if not (folder / "release-schema.json").is_file():
        print(f"OCDS: not checked, {folder} holds no release-schema.json")
        return
    faults = [fault for release in exported() for fault in faults_of(release, folder)]
    if faults:
        raise SystemExit("\n".join(faults))
    print("OCDS: every exported release follows the schema, its extension and its code lists")


def exported() -> Iterator[Json]:
    """The Östersund contract in both languages, before, during and after it."""
    with (
        TemporaryDirectory() as folder,
        own_service(Path(folder) / "ocds.db", "Östersunds kommun") as service,
        service.client() as api,
    ):
        travel(api, START)
        for contract in every(api, "/contracts"):
            for months in MONTHS_LOOKED_AT:
                for language in ("sv", "en"):
                    api.headers["Accept-Language"] = language
                    day = months_later(START, months)
                    yield get(api, f"/contracts/{contract['id']}/ocds?asOf={day}")


def faults_of(release: Json, folder: Path) -> Iterator[str]:
    schema = json.loads((folder / "release-schema.json").read_text(encoding="utf-8"))
    extension = json.loads((folder / "sustainability_release-schema.json").read_text("utf-8"))
    extended = merge_patch(schema, extension)
    for error in jsonschema_rs.Draft4Validator(extended, validate_formats=True).iter_errors(
        release
    ):
        yield f"{release['id']} {error.instance_path}: {error.message}"
    for name, codes in codes_of(release).items():
        with (folder / name).open(encoding="utf-8") as file:
            known = {row["Code"] for row in csv.DictReader(file)}
        yield from (f"{release['id']}: {code} is not in {name}" for code in codes - known)


def codes_of(release: Json) -> dict[str, set[str]]:
    """The codes of open lists, which the schema itself lets pass."""
    contracts = release["contracts"]
    milestones = [one for each in contracts for one in each["implementation"]["milestones"]]
    pursued = release["tender"].get("sustainability", [])
    return {
        "releaseTag.csv": set(release["tag"]),
        "partyRole.csv": {role for party in release["parties"] for role in party["roles"]},
        "milestoneType.csv": {one["type"] for one in milestones},
        "milestoneStatus.csv": {one["status"] for one in milestones},
        "sustainability_sustainabilityGoal.csv": {one["goal"] for one in pursued},
        "sustainability_sustainabilityStrategy.csv": {
            strategy for one in pursued for strategy in one["strategies"]
        },
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
