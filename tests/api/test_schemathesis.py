"""Random calls over the whole document: no fault, and no answer the document does not tell of."""

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.db import Database
from app.main import create_app
from tests.api.document import OPERATIONS as DOCUMENTED
from tests.api.fuzzing import explore
from tests.api.world import settle
from tests.callers import Service
from tests.make import make_organisation, make_settings
from tests.sampling import TIMES

# `make test` takes every sixth operation, and few cases of each.
OPERATIONS = DOCUMENTED if TIMES > 1 else DOCUMENTED[::6]
LEAST_CASES = 10 * len(OPERATIONS)
LEAST_SHARE = 0.05
# What made-up calls can hardly do: the one row that allows it is used up, or needed by others.
ONCE_ONLY = {
    "PATCH /match-runs/{matchRunId}",
    "PATCH /placement-signatures/{placementSignatureId}",
    "POST /decisions/{decisionId}/lifts",
    "POST /placements",
    "POST /placements/{placementId}/attendance-months",
    "POST /placements/{placementId}/extensions",
    "POST /placements/{placementId}/outcomes",
    "POST /placements/{placementId}/signatures",
    "POST /placements/{placementId}/transitions",
    "POST /proposals/{proposalId}/decisions",
    *(f"{one.method} {one.path}" for one in DOCUMENTED if one.method == "DELETE"),
}


@pytest.mark.sampled
def test_every_answer_is_documented_and_none_is_a_fault(
    sqlite_template: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "handslag.db"
    shutil.copy(sqlite_template, copy)
    database = Database(f"sqlite:///{copy}")
    with database.writing() as session:
        organisation_id = make_organisation(session).id
    app = create_app(make_settings(f"sqlite:///{copy}"))
    with TestClient(app) as client:
        world = settle(Service(client, database, organisation_id))
        findings = explore(world, OPERATIONS, cases_each=TIMES)
    database.dispose()
    assert findings.errors == []
    assert findings.failures == {}
    assert findings.cases >= LEAST_CASES
    # Calls that are all refused show little: of each operation, some must have succeeded.
    shares = findings.shares()
    assert shares.keys() >= {f"{one.method} {one.path}" for one in OPERATIONS}
    silent = {label: share for label, share in shares.items() if share < LEAST_SHARE}
    # One call of each tells no share.
    assert TIMES == 1 or silent.keys() <= ONCE_ONLY, silent
