import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse
from pydantic import ConfigDict, RootModel

from app.api.http import EXAMPLE_ID, GuardedRoute, MatchRunId, Reading, needs
from app.services.ground import may_match
from app.services.runs.match_runs import find_completed, rows_of
from app.services.runs.proofs import RULE, VERSION, order_proof, write_proof

router = APIRouter(route_class=GuardedRoute, tags=["match-runs"])

BYTES_AT_ONCE = 65_536
# For clients that know no lines of JSON.
FILE_MEDIA_TYPE = "application/octet-stream"
EXAMPLE_LINES = (
    json.dumps(
        {
            "kind": "header",
            "version": VERSION,
            "rule": RULE,
            "of": {"matchRunId": EXAMPLE_ID, "inputHash": "5f70bf18", "asOf": "2018-02-01"},
            "tiers": [2, 1],
            "slots": 1,
            "candidates": 1,
            "pairs": 1,
            "matched": 1,
            "pins": [],
        },
        separators=(",", ":"),
    ),
    f'{{"kind":"slot","slot":0,"id":"{EXAMPLE_ID}","places":1,"tier":1,"block":0,"bonus":3701,'
    '"price":0}',
    f'{{"kind":"candidate","candidate":0,"id":"{EXAMPLE_ID}","block":0,"price":4626}}',
    '{"kind":"pairs","slot":0,"candidates":[0],"points":[925]}',
    '{"kind":"matched","slot":0,"candidate":0}',
    '{"kind":"end"}',
)


class ProofOutput(RootModel[str]):
    """One JSON object a line: a header with the rule; every slot and every candidate with its
    price; each slot's feasible pairs with points; the pairs that were chosen; an end."""

    model_config = ConfigDict(
        json_schema_extra={
            "format": "binary",
            "examples": ["".join(f"{line}\n" for line in EXAMPLE_LINES)],
        }
    )


SHAPE = {"$ref": "#/components/schemas/ProofOutput"}


class LinesResponse(StreamingResponse):
    """JSON, an object a line."""

    media_type = "application/x-ndjson"


@router.get(
    "/match-runs/{matchRunId}/proof",
    response_class=LinesResponse,
    responses={
        200: {"model": ProofOutput, "content": {FILE_MEDIA_TYPE: {"schema": SHAPE}}},
        409: {},
    },
    summary="Read the proof of a run",
)
@needs(may_match)
def read_proof(match_run_id: MatchRunId, call: Reading) -> Response:
    """That no pairing could have been better, for anyone to check: `handslag verify FILE` does,
    with numpy and the rule that stands in the header.

    The run is solved again from its own input and must reach what it answered. Candidates and slots
    are named by their ids here. What was pinned is given: the header names those pairs, and the
    rest is proven around them. Of a run that is `redacted` there is no proof any more: 409. With
    `Accept: application/octet-stream` the same bytes come as a file of no kind in particular.
    """
    with call.reading() as session:
        run = find_completed(session, call.actor, match_run_id)
        order = order_proof(session, run)
    with tempfile.TemporaryDirectory(prefix="handslag-") as folder:
        file = Path(folder) / "proof.ndjson"
        call.state.large_work.run(rows_of(run), write_proof, order, file)
        # An open file can be read to its end after its folder has been deleted.
        opened = file.open("rb")
    is_file = call.request.headers.get("accept") == FILE_MEDIA_TYPE
    return LinesResponse(_parts(opened), media_type=FILE_MEDIA_TYPE if is_file else None)


def _parts(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while part := file.read(BYTES_AT_ONCE):
            yield part
