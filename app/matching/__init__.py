"""Optimal, proven, explained matching of candidates and slots. Needs numpy and scipy alone."""

from app.matching.assignment import Assignment, PriceIntervals, assign
from app.matching.engine import match
from app.matching.errors import CertificateError, MatchingError, MatchingInputError, TooLargeError
from app.matching.explanations import explain_pair, near_misses
from app.matching.inputs import CRITERIA, DEFAULT_WEIGHTS, Candidate, Demands, Policy, Slot
from app.matching.market import Market
from app.matching.reasons import ALL_REASONS, CLOSED_REASONS, PAIR_REASONS
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
    "Certificate",
    "CertificateError",
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
    "Reason",
    "Slot",
    "SlotPrice",
    "TooLargeError",
    "UnfilledSlot",
    "UnmatchedCandidate",
    "Value",
    "assign",
    "explain_pair",
    "match",
    "near_misses",
]
