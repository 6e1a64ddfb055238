"""The check of exported releases: it passes without OCDS's files, and fails for a wrong release."""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from app.api.reports.ocds_shapes import ReleaseOutput
from scripts.check_ocds import codes_of, faults_of, main

SCHEMA = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "required": ["ocid"],
    "properties": {
        "date": {"type": "string", "format": "date-time"},
        "tender": {"$ref": "#/definitions/Tender"},
    },
    "definitions": {"Tender": {"properties": {}}},
}
EXTENSION = {
    "definitions": {"Tender": {"properties": {"hasSustainability": {"type": "boolean"}}}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with just enough of OCDS to show whether the check reads it."""
    (tmp_path / "release-schema.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "sustainability_release-schema.json").write_text(json.dumps(EXTENSION))
    for name, codes in codes_of(ReleaseOutput.example).items():
        (tmp_path / name).write_text("\n".join(["Code", *codes]))
    return tmp_path


def test_without_the_files_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(tmp_path)
    assert "not checked" in capsys.readouterr().out


def test_a_release_that_follows(folder: Path) -> None:
    assert list(faults_of(ReleaseOutput.example, folder)) == []


@pytest.mark.parametrize("fault", ["schema", "format", "extension", "code"])
def test_a_release_that_does_not(folder: Path, fault: str) -> None:
    release = deepcopy(ReleaseOutput.example)
    if fault == "schema":
        del release["ocid"]
    elif fault == "format":
        release["date"] = "2018-02-30T00:00:00Z"
    elif fault == "extension":
        release["tender"]["hasSustainability"] = "yes"
    else:
        release["tag"] = ["nonsense"]
    assert len(list(faults_of(release, folder))) == 1
