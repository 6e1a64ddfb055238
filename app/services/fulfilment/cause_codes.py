"""The codes of causes, and the cause for each reason that somebody gave."""

from collections.abc import Mapping

from app.models.decisions import DECLINE_REASONS
from app.models.placements import EndedBy

ENDED_BY: Mapping[EndedBy, str] = {
    "participant": "ended-by-participant",
    "supplier": "ended-by-supplier",
    "authority": "ended-by-authority",
    "just-cause": "ended-for-just-cause",
}
GATE_MISSING = "gate-missing"
AUTHORITY_LATE = "authority-late"
FELL_SHORT = "placement-fell-short"
NO_SLOT_OFFERED = "no-slot-offered"
AWAITING_DECISION = "awaiting-decision"
SUPPLIER_DECLINED = "supplier-declined"
CANDIDATE_DECLINED = "candidate-declined"
PROPOSAL_DECLINED = "proposal-declined"  # for a reason of neither side
NO_ELIGIBLE_CANDIDATE = "no-eligible-candidate"
NOT_MATCHED_YET = "not-matched-yet"
CAUSES = (
    *ENDED_BY.values(),
    GATE_MISSING,
    AUTHORITY_LATE,
    FELL_SHORT,
    NO_SLOT_OFFERED,
    AWAITING_DECISION,
    SUPPLIER_DECLINED,
    CANDIDATE_DECLINED,
    PROPOSAL_DECLINED,
    NO_ELIGIBLE_CANDIDATE,
    NOT_MATCHED_YET,
)
DECLINED_BY = dict.fromkeys(DECLINE_REASONS, PROPOSAL_DECLINED) | {
    "supplier-declined": SUPPLIER_DECLINED,
    "slot-withdrawn": SUPPLIER_DECLINED,
    "candidate-declined": CANDIDATE_DECLINED,
    "found-work": CANDIDATE_DECLINED,
    "in-training": CANDIDATE_DECLINED,
}
