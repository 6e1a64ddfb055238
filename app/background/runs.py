"""Claims, reads, solves and stores one run; wherever it is stopped, nothing half done is stored."""

import os
import socket
from uuid import UUID

import structlog

from app.db import Database
from app.errors import Busy, Conflict, Invalid
from app.models.match_runs import Failure, Phase
from app.services.runs.queue import (
    Claim,
    ClaimLost,
    claim_run,
    fail_run,
    note_phase,
    put_back,
)
from app.services.runs.solving import prepare_run, solve_run
from app.services.runs.storing import complete_run

log = structlog.get_logger()


def this_worker() -> str:
    """This machine and process, by which a run names its worker."""
    return f"{socket.gethostname()}:{os.getpid()}"


def do_run(database: Database, match_run_id: UUID) -> None:
    """Does the run if it still waits: it is completed, failed with a reason, or queued again."""
    with database.writing() as session:
        claim = claim_run(session, match_run_id, this_worker())
    if claim is None:
        return
    told = log.bind(match_run_id=str(match_run_id), attempt=claim.attempt)
    told.info("match run begun")
    try:
        _do(database, claim)
        told.info("match run completed")
    except ClaimLost:
        told.info("match run left: it was cancelled, or another worker has it")
    except Exception as error:
        _end(database, claim, error)
        told.error("match run broken off", exc_info=error)


def _do(database: Database, claim: Claim) -> None:
    """Does the phases; before each one the worker checks that the run is still its own."""
    _note(database, claim, Phase.READING)
    with database.reading() as session:
        prepared = prepare_run(session, claim.actor, claim.order)
    _note(database, claim, Phase.SOLVING)
    solved = solve_run(prepared)
    _note(database, claim, Phase.STORING)
    with database.writing() as session:
        complete_run(session, claim, solved)


def _note(database: Database, claim: Claim, phase: Phase) -> None:
    with database.writing() as session:
        note_phase(session, claim, phase)


def _end(database: Database, claim: Claim, error: Exception) -> None:
    """A run that cannot be matched fails at once; after any other error it is tried again."""
    try:
        with database.writing() as session:
            if isinstance(error, Invalid):
                fail_run(session, claim, Failure.INVALID, str(error))
            else:
                put_back(session, claim, *_reason(error))
    except ClaimLost:
        log.info("match run left", match_run_id=str(claim.match_run_id))


def _reason(error: Exception) -> tuple[Failure, str]:
    """Code and detail for the caller; a fault of the service is described only in the log."""
    if isinstance(error, Conflict):
        return Failure.CHANGED_MEANWHILE, str(error)
    if isinstance(error, Busy):
        return Failure.BUSY, str(error)
    return Failure.FAULT, "The service failed. Nothing was stored. The log names the run."
