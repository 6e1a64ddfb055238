"""Optimal, proven, explained matching of candidates and slots. Needs numpy and scipy alone."""

from app.matching.assignment import Assignment, PriceIntervals, assign
from app.matching.column_results import ColumnMatching
from app.matching.columns import CandidateColumns, Qualifications, SlotColumns, day_numbers, names
from app.matching.engine import match, match_columns
from app.matching.errors import CertificateError, MatchingError, MatchingInputError, TooLargeError
from app.matching.explanations import explain_pair, near_misses
from app.matching.inputs import CRITERIA, DEFAULT_WEIGHTS, Candidate, Demands, Policy, Slot
from app.matching.lists import CodeLists
from app.matching.market import Market
from app.matching.reasons import ALL_REASONS, CLOSED_REASONS, PAIR_REASONS
from app.matching.records import as_matching
from app.matching.results import (
    Certificate,
    Counts,
    CriterionPoints,
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

__all__ = [
    "ALL_REASONS",
    "CLOSED_REASONS",
    "CRITERIA",
    "DEFAULT_WEIGHTS",
    "PAIR_REASONS",
    "Assignment",
    "Candidate",
    "CandidateColumns",
    "Certificate",
    "CertificateError",
    "CodeLists",
    "ColumnMatching",
    "Counts",
    "CriterionPoints",
    "Demands",
    "FeasiblePairs",
    "Market",
    "Matching",
    "MatchingError",
    "MatchingInputError",
    "NearMiss",
    "Objective",
    "Outranked",
    "PairExplanation",
    "Policy",
    "PriceIntervals",
    "Proposal",
    "Qualifications",
    "Reason",
    "Slot",
    "SlotColumns",
    "SlotPrice",
    "TooLargeError",
    "UnfilledSlot",
    "UnmatchedCandidate",
    "Value",
    "as_matching",
    "assign",
    "day_numbers",
    "explain_pair",
    "match",
    "match_columns",
    "names",
    "near_misses",
]
