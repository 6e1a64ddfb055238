"""What the engine is given and what it answers: plain frozen values, and rows as columns.

`kinds.py` and `code_kinds.py` are the kinds of fact, `columns.py` what follows from a column's
kind. `candidates.py`, `slots.py` and `qualifications.py` declare each field once, as a record's and
as a column's. `policy.py` is the rules people set, `given.py` everything one matching depends on,
`results.py` the answer, `reasons.py` the codes that no rule gives. Below: `lists.py` (lists of
codes as arrays), `months.py`, `order.py` (of rows), `free_places.py` (what placements leave).
Everything outside imports from here. May import kit and errors.
"""

from app.matching.values.candidates import (
    Candidate,
    CandidateColumns,
    candidate_at,
    check_candidates,
)
from app.matching.values.code_kinds import Codes, LastDays, Levels, Months
from app.matching.values.columns import Columns, Part
from app.matching.values.free_places import filled
from app.matching.values.given import Given, Pair
from app.matching.values.kinds import (
    LAST_DAY,
    UNLIMITED,
    Day,
    Kind,
    LastDay,
    Limit,
    Number,
    Periods,
    Position,
    Range,
    Text,
    Truth,
    names,
)
from app.matching.values.lists import CodeLists, Numbering, distinct, entries_of, padded, starts_of
from app.matching.values.months import (
    add_months,
    day_numbers,
    earliest_start_for,
    last_day,
    last_day_of,
    latest_start_for,
    months_between,
    whole_months,
)
from app.matching.values.order import in_order
from app.matching.values.policy import CRITERIA, DEFAULT_WEIGHTS, TIERS, Policy, check_policy
from app.matching.values.qualifications import Demands, Qualifications
from app.matching.values.reasons import (
    CLAUSE_ENDED,
    CLOSED_REASONS,
    NO_CANDIDATE_LEFT,
    NO_PLACES_LEFT,
    OUTRANKED,
    SUPERVISOR_FULL,
)
from app.matching.values.results import (
    Certificate,
    Counts,
    CriterionPoints,
    Fact,
    FeasiblePairs,
    Matching,
    NearMiss,
    Objective,
    Outranked,
    PairExplanation,
    Proposal,
    Reason,
    SlotPrice,
    UnfilledSlot,
    UnmatchedCandidate,
    Value,
)
from app.matching.values.slots import Slot, SlotColumns, check_slots, slot_at

__all__ = [
    "CLAUSE_ENDED",
    "CLOSED_REASONS",
    "CRITERIA",
    "DEFAULT_WEIGHTS",
    "LAST_DAY",
    "NO_CANDIDATE_LEFT",
    "NO_PLACES_LEFT",
    "OUTRANKED",
    "SUPERVISOR_FULL",
    "TIERS",
    "UNLIMITED",
    "Candidate",
    "CandidateColumns",
    "Certificate",
    "CodeLists",
    "Codes",
    "Columns",
    "Counts",
    "CriterionPoints",
    "Day",
    "Demands",
    "Fact",
    "FeasiblePairs",
    "Given",
    "Kind",
    "LastDay",
    "LastDays",
    "Levels",
    "Limit",
    "Matching",
    "Months",
    "NearMiss",
    "Number",
    "Numbering",
    "Objective",
    "Outranked",
    "Pair",
    "PairExplanation",
    "Part",
    "Periods",
    "Policy",
    "Position",
    "Proposal",
    "Qualifications",
    "Range",
    "Reason",
    "Slot",
    "SlotColumns",
    "SlotPrice",
    "Text",
    "Truth",
    "UnfilledSlot",
    "UnmatchedCandidate",
    "Value",
    "add_months",
    "candidate_at",
    "check_candidates",
    "check_policy",
    "check_slots",
    "day_numbers",
    "distinct",
    "earliest_start_for",
    "entries_of",
    "filled",
    "in_order",
    "last_day",
    "last_day_of",
    "latest_start_for",
    "months_between",
    "names",
    "padded",
    "slot_at",
    "starts_of",
    "whole_months",
]
