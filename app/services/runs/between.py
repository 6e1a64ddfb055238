"""A run between its steps: prepared, when its input is read; solved, before it is stored."""

from dataclasses import dataclass
from uuid import UUID

from app.matching import values as engine
from app.matching.answers.column_results import ColumnMatching
from app.services.engine.answers import Answer
from app.services.engine.snapshots import Snapshot
from app.services.runs.orders import RunOrder


@dataclass(frozen=True)
class PreparedRun:
    order: RunOrder
    policy_id: UUID
    given: engine.Given


@dataclass(frozen=True)
class SolvedRun:
    prepared: PreparedRun
    snapshot: Snapshot
    matching: ColumnMatching
    answer: Answer
    duration_ms: int
