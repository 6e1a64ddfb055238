"""What the engine takes and gives: plain frozen values, and rows as columns. Read in this order:

1. ``kinds``, ``code_kinds``: the kinds of fact, and ``columns``: what follows from a column's kind.
2. ``candidates``, ``slots``, ``qualifications``: both sides, as records and as columns; each field
   is declared there once.
3. ``policy``: the rules people set. ``reasons``: the codes of all reasons.
4. ``lists``: lists of codes as arrays. ``months``: calendar months on day numbers. ``order``: the
   order of rows. ``free_places``: what the placements in slots leave free.
5. ``results``: what the engine answers.

Everything outside imports from here. It imports the kit, errors and numpy.
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
    last_day_of,
    latest_start_for,
    months_between,
    whole_months,
)
from app.matching.values.order import in_order
from app.matching.values.policy import CRITERIA, DEFAULT_WEIGHTS, TIERS, Policy, check_policy
from app.matching.values.qualifications import Demands, Qualifications
from app.matching.values.reasons import (
    ALL_REASONS,
    CLAUSE_ENDED,
    CLOSED_REASONS,
    NO_CANDIDATE_LEFT,
    NO_PLACES_LEFT,
    OUTRANKED,
    PAIR_REASONS,
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
    "ALL_REASONS",
    "CLAUSE_ENDED",
    "CLOSED_REASONS",
    "CRITERIA",
    "DEFAULT_WEIGHTS",
    "LAST_DAY",
    "NO_CANDIDATE_LEFT",
    "NO_PLACES_LEFT",
    "OUTRANKED",
    "PAIR_REASONS",
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
    "last_day_of",
    "latest_start_for",
    "months_between",
    "names",
    "padded",
    "slot_at",
    "starts_of",
    "whole_months",
]
