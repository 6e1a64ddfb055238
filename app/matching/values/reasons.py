"""The reason codes that no rule of a pair gives; ``rules.table`` has those of the rules."""

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
