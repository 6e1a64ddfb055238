"""A report's contracts and clauses on the wire: where each clause stands."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.api.http import Output
from app.models.clauses import ClauseKind
from app.models.follow_ups import ExcuseReason, FollowUpKind
from app.models.values import Day
from app.services.fulfilment.cause_codes import CAUSES
from app.services.fulfilment.verdict import Verdict
from app.services.reports.sums import Unit

Amount = int | float
Quantity = Amount | None


class ReportedCauseOutput(Output):
    """So much is missing for this reason; `text` says it with its number."""

    code: Annotated[str, Field(json_schema_extra={"enum": list(CAUSES)})]
    """Why it is missing."""
    quantity: Amount
    """How much is missing for this reason, in the clause's unit."""
    constraint: str | None
    """With `no-eligible-candidate`: the rule that ruled most people out. Null with others, or where
    those who fit had other places."""
    text: str
    """The reason with its number, in the language of the answer."""


class ReportedFollowUpOutput(Output):
    """What was done, and when; its own text stays with the clause, for it may be about anyone."""

    kind: FollowUpKind
    """What was done."""
    name: str
    """The same in the language of the answer."""
    on: Day
    """The day on which it was done."""
    until: Day | None
    """The last day on which the supplier may rectify. Null: none was set by it."""
    reason: ExcuseReason | None
    """Why what is missing is excused. Null: nothing is excused by it."""


class ReportedClauseOutput(Output):
    """A clause and where it stands on the report's day."""

    clause_id: UUID
    """The clause that is reported on."""
    kind: ClauseKind
    """What the clause asks of the supplier."""
    purpose: str | None
    """Why the clause was set. Null: not said."""
    target_groups: list[str]
    """Codes of the groups for whom it is. Empty: anyone."""
    minimum_months: int | None
    """How many months a stay must last to fill a place. Null: the clause does not count places."""
    unit: Unit | None
    """What the clause counts. Null: it has no quantity."""
    unit_name: str | None
    """The unit in the language of the answer. Null: the clause has no quantity."""
    required: Quantity
    """What the clause asks. Null without a quantity."""
    delivered: Quantity
    """What is done and counts, credited stays among it. Null without a quantity."""
    credited: Quantity
    """The part of `delivered` that the early-end rule gives. Null without a quantity."""
    active: Quantity
    """What is under way and will count if it lasts as agreed. Null without a quantity."""
    booked: Quantity
    """What is agreed, has not begun and will count. Null without a quantity."""
    missing: Quantity
    """What is asked less delivered, active and booked; never below 0. Null without a quantity."""
    surplus: Quantity
    """What there is beyond what is asked. Null without a quantity."""
    verdict: Verdict
    """Where the clause stands on the report's day."""
    verdict_name: str
    """The verdict in the language of the answer."""
    met_by_early_end_rule: bool
    """Whether it is met only because stays that ended early count in full."""
    causes: list[ReportedCauseOutput]
    """Why something is missing; together all of `missing`."""
    first_start_met: bool | None
    """Whether somebody started, or was offered to, in time. Null: the clause sets no time."""
    last_safe_start_date: Day | None
    """The last day on which a stay of the least time can begin. Null: full-time months are asked,
    or the contract is too short for one."""
    responsible: str
    """Who follows the clause up."""
    next_follow_up_date: Day
    """The day of the next follow-up."""
    follow_ups: list[ReportedFollowUpOutput]
    """What was done to follow it up."""
    text: str
    """All of this in sentences, in the language of the answer."""


class ReportedContractOutput(Output):
    """A contract with its clauses."""

    contract_id: UUID
    """The contract that is reported on."""
    reference: str
    """The buyer's own reference."""
    title: str
    """What the contract is about."""
    supplier: str
    """The supplier's name."""
    organisation_number: str
    """The supplier's number, ten digits."""
    start_date: Day
    """The first day of the contract."""
    end_date: Day
    """The last day of the contract."""
    clauses: list[ReportedClauseOutput]
    """Its clauses, with where each stands."""
