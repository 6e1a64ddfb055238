"""The problems that a caller can meet."""

from app.api.http import PROBLEMS_IN_SWEDISH, statuses_of_problems
from app.api.words.codes_page.table import Table

WHEN = {
    "not-authenticated": "the key is missing, unknown, expired or revoked",
    "not-permitted": "the role may not do this",
    "not-found": "missing, or another organisation's: the two look the same",
    "method-not-allowed": "the address takes other methods; see `Allow`",
    "already-exists": "another one has the same unique value",
    "in-use": "something else needs it; the detail says what",
    "already-decided": "the proposal has its decision",
    "already-corrected": "the follow-up was corrected before; the detail names by which",
    "not-declined": "only a decision that declined can be lifted",
    "superseded": "a newer run covers the proposal's slot",
    "slot-full": "all places of the slot are taken in a part of the dates",
    "candidate-placed": "the candidate has another placement in a part of the dates",
    "not-consented": "the candidate does not agree to be proposed",
    "vetoed": "the candidate now avoids the supplier",
    "dates-changed": "dates have changed since the run",
    "no-longer-feasible": (
        "the slot or the candidate has changed since the run; the detail names the rules"
    ),
    "nothing-to-override": "a placement outside a run names a rule that the pair does not break",
    "rules-not-overridden": "a placement outside a run breaks rules that it does not name",
    "transition-forbidden": (
        "the status cannot move that way; the detail says which moves are allowed, and to whom"
    ),
    "day-forbidden": (
        "the move cannot have happened, or be noted, on that day; the detail says on which"
    ),
    "signatures-missing": "not all three parties have signed the agreement by that day",
    "gates-missing": (
        "a check of the employer that the programme asks for is missing, failed or has "
        "run out, or the programme is unknown or not in force that day; the detail says which"
    ),
    "extension-forbidden": (
        "the placement cannot be extended, or would go on too long; the detail says which limit"
    ),
    "not-started": "attendance is noted when the placement has started",
    "not-ended": "an outcome is noted when the placement has ended",
    "not-planned": "only a planned placement is signed",
    "run-not-completed": "the run has no answer (yet)",
    "redacted": (
        "someone whom the run matched has left the service: it can no longer be proven, "
        "or what was asked for has gone with them"
    ),
    "already-revoked": "the key was revoked before",
    "last-admin-key": (
        "no other admin key is in force: the organisation could make no more keys of its own"
    ),
    "shown-once": (
        "the answer to this Idempotency-Key showed a secret, which is not kept; the detail names "
        "what it made"
    ),
    "changed-meanwhile": (
        "something was deleted or came into use at the same moment; read again and retry"
    ),
    "busy": "another change holds what this one needs; retry after `Retry-After`",
    "precondition-failed": "`If-Match` names an old version",
    "too-large": "the body is over its limit",
    "unsupported-media-type": "the body is of another kind than the operation reads",
    "malformed": "the body is no JSON; the detail says where",
    "invalid": "fields are wrong or contradict each other; `errors` says which and why",
    "precondition-required": "the change needs `If-Match`",
    "unavailable": (
        "the database does not answer or cannot store, or too many large bodies are being worked "
        "on; retry after `Retry-After`"
    ),
    "fault": "the service failed; nothing was stored",
}
STATUSES = statuses_of_problems()
PROBLEMS = Table(
    heading="Problems",
    columns=("type", "status", "svenska", "when"),
    codes=[f"/problems/{kind}" for kind in STATUSES],
    cells={
        f"/problems/{kind}": (str(status.value), PROBLEMS_IN_SWEDISH.get(kind), WHEN.get(kind))
        for kind, status in STATUSES.items()
    },
)
