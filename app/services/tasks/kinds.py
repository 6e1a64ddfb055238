"""The kinds of tasks, and what each one says."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.models.roles import Role


class TaskKind(StrEnum):
    """What is to be done."""

    FOLLOW_UP_DUE = "follow-up-due"
    REPORT_DUE = "report-due"
    REPLACEMENT_DUE = "replacement-due"
    GATE_EXPIRING = "gate-expiring"
    PROPOSAL_WAITING = "proposal-waiting"
    AGREEMENT_DUE = "agreement-due"
    PLACEMENT_SHOULD_START = "placement-should-start"
    PLACEMENT_SHOULD_END = "placement-should-end"
    OUTCOME_DUE = "outcome-due"
    REFERENCE_SHARED = "reference-shared"


# Who is to do the task, where no person is named.
ROLE_OF = dict.fromkeys(TaskKind, Role.CASEWORKER) | {
    TaskKind.FOLLOW_UP_DUE: Role.PROCUREMENT,
    TaskKind.REPORT_DUE: Role.PROCUREMENT,
    TaskKind.GATE_EXPIRING: Role.PROCUREMENT,
}


OF_PROCUREMENT = {"slots", "contracts"}


@dataclass(frozen=True)
class Task:
    """`resource` and its id say what it is about; `facts` are what its sentence tells."""

    kind: TaskKind
    due: date
    resource: str
    resource_id: UUID
    responsible: str | None = None
    clause_id: UUID | None = None
    number: int = 0
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def role(self) -> Role:
        """Whose kind of work it is."""
        if self.kind == TaskKind.REFERENCE_SHARED and self.resource in OF_PROCUREMENT:
            return Role.PROCUREMENT
        return ROLE_OF[self.kind]
