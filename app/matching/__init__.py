"""Optimal, proven, explained matching of candidates and slots. Needs numpy and scipy alone.

`engine.py` is the first door: candidates, slots and a policy in, an explained optimum out;
`assign`, from `optimum`, is the second: ready-made pairs with points. `one_pair.py` explains a
pair, `near_misses.py` tells what people just miss, `reserves.py` who comes next, `scenarios.py`
what if. `pins.py` reads pinned and forbidden pairs; `errors.py` is what the engine refuses. The
rooms, from the ground up: `kit`, `values`, `sides` and `optimum`, `rules`, `pairs`, `answers`, and
beside the doors `proof` and `stored`.
"""

from app.matching.answers import as_values as records
from app.matching.answers.as_values import as_matching
from app.matching.answers.column_results import ColumnMatching, UnmatchedColumns
from app.matching.engine import match, solve
from app.matching.errors import (
    CertificateError,
    MatchingError,
    MatchingInputError,
    TooLargeError,
    UnreadableError,
)
from app.matching.near_misses import near_misses
from app.matching.one_pair import explain_pair
from app.matching.optimum.assignment import Assignment, PriceIntervals, assign
from app.matching.optimum.market import Market
from app.matching.proof import lines as proof
from app.matching.proof.verification import Unproven, Verified, verify
from app.matching.reserves import Reserves, loss_of, reserves
from app.matching.rules.table import ALL_REASONS, PAIR_REASONS
from app.matching.scenarios import (
    Comparison,
    Forbid,
    MaximumDistance,
    Move,
    Pin,
    Places,
    RemoveCandidate,
    SupervisorCapacity,
    compare,
    scenario,
)
from app.matching.stored.packing import (
    canonical,
    check_form,
    pack,
    pack_unmatched,
    unpack,
    unpack_unmatched,
)
from app.matching.values import (
    CLOSED_REASONS,
    CRITERIA,
    DEFAULT_WEIGHTS,
    UNLIMITED,
    Candidate,
    CandidateColumns,
    Certificate,
    CodeLists,
    Counts,
    CriterionPoints,
    Demands,
    FeasiblePairs,
    Given,
    Matching,
    NearMiss,
    Numbering,
    Objective,
    Outranked,
    PairExplanation,
    Policy,
    Proposal,
    Qualifications,
    Reason,
    Slot,
    SlotColumns,
    SlotPrice,
    UnfilledSlot,
    UnmatchedCandidate,
    Value,
    candidate_at,
    day_numbers,
    names,
    slot_at,
)

__all__ = [
    "ALL_REASONS",
    "CLOSED_REASONS",
    "CRITERIA",
    "DEFAULT_WEIGHTS",
    "PAIR_REASONS",
    "UNLIMITED",
    "Assignment",
    "Candidate",
    "CandidateColumns",
    "Certificate",
    "CertificateError",
    "CodeLists",
    "ColumnMatching",
    "Comparison",
    "Counts",
    "CriterionPoints",
    "Demands",
    "FeasiblePairs",
    "Forbid",
    "Given",
    "Market",
    "Matching",
    "MatchingError",
    "MatchingInputError",
    "MaximumDistance",
    "Move",
    "NearMiss",
    "Numbering",
    "Objective",
    "Outranked",
    "PairExplanation",
    "Pin",
    "Places",
    "Policy",
    "PriceIntervals",
    "Proposal",
    "Qualifications",
    "Reason",
    "RemoveCandidate",
    "Reserves",
    "Slot",
    "SlotColumns",
    "SlotPrice",
    "SupervisorCapacity",
    "TooLargeError",
    "UnfilledSlot",
    "UnmatchedCandidate",
    "UnmatchedColumns",
    "Unproven",
    "UnreadableError",
    "Value",
    "Verified",
    "as_matching",
    "assign",
    "candidate_at",
    "canonical",
    "check_form",
    "compare",
    "day_numbers",
    "explain_pair",
    "loss_of",
    "match",
    "names",
    "near_misses",
    "pack",
    "pack_unmatched",
    "proof",
    "records",
    "reserves",
    "scenario",
    "slot_at",
    "solve",
    "unpack",
    "unpack_unmatched",
    "verify",
]
