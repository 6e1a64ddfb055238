"""A run's proof: its input, solved again, in a file that anyone can check."""

import json
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from app.errors import Conflict
from app.matching.engine import solve
from app.matching.proof import verification
from app.matching.proof.lines import proof_lines
from app.models.match_runs import MatchRun
from app.services.engine.answers import Json, certificate_json, objective_json, read_answer
from app.services.engine.snapshots import content_of, given_of

RULE, VERSION = verification.RULE, verification.VERSION


class AnswerDiffers(RuntimeError):
    """A fault of the service: solved again, a run has another answer than the stored one."""


@dataclass(frozen=True)
class ProofOrder:
    """The run's packed input, its answer, and what the proof says about the run."""

    content: bytes
    objective: Json | None
    certificate: Json | None
    of: dict[str, str]


def order_proof(session: Session, run: MatchRun) -> ProofOrder:
    if run.redacted:
        raise Conflict(
            "redacted",
            "Someone whom the run matched has left the service: what was solved then is no longer "
            "all here, and cannot be proven. Start a new run and take its proof.",
        )
    of = {"matchRunId": f"{run.id}", "inputHash": f"{run.input_hash}", "asOf": f"{run.as_of}"}
    return ProofOrder(content_of(session, run), run.objective, run.certificate, of)


def write_proof(order: ProofOrder, file: Path) -> None:
    """Writes one JSON object a line, as `handslag verify` reads them."""
    found = solve(given_of(order.content))
    answer = objective_json(found.objective), certificate_json(found.certificate)
    if answer != (read_answer(order.objective), read_answer(order.certificate)):
        raise AnswerDiffers(f"{answer} where {order.objective}, {order.certificate} is stored")
    with file.open("w", encoding="ascii") as out:
        for line in proof_lines(found, order.of):
            out.write(json.dumps(line, separators=(",", ":")))
            out.write("\n")


def check_file(name: str) -> int:
    """Prints what a proof proves, or one line that says what is wrong; returns the exit code."""
    return verification.main([name])
