"""What storing many lines keeps, and what it lets go of."""

from collections.abc import Iterator

from app.api.registers.candidates import CandidateInput
from app.db import Database
from app.models.candidates import Candidate
from app.services.ground.permissions import Actor
from app.services.registers.batches import LINES_AT_ONCE, Line, store_candidates
from tests.api.registering import candidate_body

SEVERAL = 5 * LINES_AT_ONCE


def lines(reference: str = "AF-{}") -> Iterator[Line[CandidateInput]]:
    for number in range(SEVERAL):
        body = candidate_body(reference=reference.format(number))
        yield Line(number, CandidateInput.model_validate(body))


def test_rows_that_are_replaced_leave_the_memory(database: Database, actor: Actor) -> None:
    for expected in ((SEVERAL, 0), (0, SEVERAL)):
        with database.writing() as session:
            outcome = store_candidates(session, actor, list(lines()))
            kept = [one for one in session.identity_map.values() if isinstance(one, Candidate)]
            assert len(kept) <= LINES_AT_ONCE
        assert (len(outcome.created), outcome.updated) == expected


def test_a_refused_line_is_not_kept_by_its_reason(database: Database, actor: Actor) -> None:
    """A traceback keeps the lines that were at hand when it was raised."""
    with database.writing() as session:
        outcome = store_candidates(session, actor, list(lines(reference="AF-1")))
    assert len(outcome.rejected) == SEVERAL - 1
    assert {one.__traceback__ for one in outcome.rejected.values()} == {None}
