"""The reason codes, in the order in which they are counted and shown."""

PAIR_REASONS = (
    "occupation-not-sought",
    "too-far",
    "not-available",
    "programme-limit",
    "extent-mismatch",
    "skill-missing",
    "language-level",
    "licence-missing",
    "certificate-missing",
    "adaptation-missing",
    "outside-target-group",
    "vetoed",
    "not-consented",
    "already-placed",
    "forbidden-pair",
    "gate-missing",
)
"""Why one candidate and one slot cannot be paired."""

CLOSED_REASONS = (
    "no-places-left",
    "supervisor-full",
    "clause-ended",
    "supplier-excluded",
)
"""Why a slot as a whole is closed; the caller decides, except that a slot without places that
is not closed gives ``no-places-left`` to those who would have fitted."""

NO_PLACES_LEFT = "no-places-left"
SUPERVISOR_FULL = "supervisor-full"
CLAUSE_ENDED = "clause-ended"
OUTRANKED = "outranked"
"""Slots that fit a candidate and do more for the whole, or as much, with others."""

NO_CANDIDATE_LEFT = "no-candidate-left"
"""Candidates who fit a slot and are all placed, there or elsewhere."""

ALL_REASONS = (*PAIR_REASONS, *CLOSED_REASONS, OUTRANKED, NO_CANDIDATE_LEFT)
