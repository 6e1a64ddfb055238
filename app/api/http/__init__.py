"""What every route uses of HTTP, and the one place from which other rooms import it.

In the order in which to read it:

- `standards`: languages, ETags, addresses, JSON and traces, as HTTP and its neighbours have them
- `shapes`: what all bodies share: camelCase, strict input, links, the envelope of a list
- `parameters`: what calls carry beside a body: headers, pages, days and instants, ids in paths
- `service_state`: what one running service shares between its calls
- `swedish`: what problems say, in Swedish
- `problems`: the domain's errors as problem documents, each with its status
- `html_pages` and `page.html`: pages for people
- `guard`: key, role, media type and size, settled before a route sees the call
- `bodies`: bodies that may be large, read elsewhere than on the server's loop
- `idempotency`: one effect for each Idempotency-Key
- `calls`: what a route needs of the call it answers, and its ways to answer
- `pages`: the same for a list, page by page
- `patches`: changes by merge patch
- `request_log`: a line in the log for each request

These modules import each other directly. Of the app they import what lies below api, and no other
room of api.
"""

from app.api.http.bodies import Unread, checked, checked_in_parts, rows_in
from app.api.http.calls import (
    Call,
    Changing,
    Reading,
    ReadingCall,
    Storing,
    StoringCall,
)
from app.api.http.guard import (
    JSON_MEDIA_TYPE,
    MERGE_PATCH_MEDIA_TYPE,
    GuardedRoute,
    PermissionMissing,
    needs,
    open_to_all,
    takes_batches,
)
from app.api.http.html_pages import (
    answer_page,
    framed,
    page_headers,
)
from app.api.http.idempotency import Fingerprint, fingerprint_of
from app.api.http.pages import (
    Listing,
    ListingCall,
)
from app.api.http.parameters import (
    AsOf,
    AttendanceMonthId,
    CandidateId,
    ClauseId,
    ClauseVersionId,
    ContractId,
    DecisionId,
    DecisionLiftId,
    EventId,
    FollowUpId,
    GateCheckId,
    GateId,
    InstantParameter,
    KeyId,
    KnownAt,
    MatchRunId,
    PlacementId,
    PlacementMoveId,
    PlacementOutcomeId,
    PlacementSignatureId,
    PolicyId,
    ProgrammeId,
    ProposalId,
    ReportLinkId,
    SlotId,
    SupplierId,
)
from app.api.http.patches import (
    Patch,
    patched,
)
from app.api.http.problems import (
    PROBLEM_MEDIA_TYPE,
    Problem,
    example_problem,
    install_problem_handlers,
    invalid_from,
    problem_of,
    statuses_of_problems,
    title_of,
)
from app.api.http.request_log import (
    RequestLog,
)
from app.api.http.service_state import (
    Background,
    ServiceState,
    Workers,
    base_address,
    state_of,
)
from app.api.http.shapes import (
    EXAMPLE_ADDRESS,
    EXAMPLE_HOST,
    EXAMPLE_ID,
    EXAMPLE_INSTANT,
    Input,
    LinkedOutput,
    Output,
    Page,
    PassingInput,
    Shape,
    StoredOutput,
    stored_example,
)
from app.api.http.standards.addresses import without_spare_slashes
from app.api.http.standards.heads import (
    HeadAsGet,
)
from app.api.http.standards.json_bodies import read_json
from app.api.http.standards.languages import (
    Language,
    preferred_language,
)
from app.api.http.swedish.kinds import (
    PROBLEMS_IN_SWEDISH,
)
from app.settings import BASE_PATH

__all__ = [
    "BASE_PATH",
    "EXAMPLE_ADDRESS",
    "EXAMPLE_HOST",
    "EXAMPLE_ID",
    "EXAMPLE_INSTANT",
    "JSON_MEDIA_TYPE",
    "MERGE_PATCH_MEDIA_TYPE",
    "PROBLEMS_IN_SWEDISH",
    "PROBLEM_MEDIA_TYPE",
    "AsOf",
    "AttendanceMonthId",
    "Background",
    "Call",
    "CandidateId",
    "Changing",
    "ClauseId",
    "ClauseVersionId",
    "ContractId",
    "DecisionId",
    "DecisionLiftId",
    "EventId",
    "Fingerprint",
    "FollowUpId",
    "GateCheckId",
    "GateId",
    "GuardedRoute",
    "HeadAsGet",
    "Input",
    "InstantParameter",
    "KeyId",
    "KnownAt",
    "Language",
    "LinkedOutput",
    "Listing",
    "ListingCall",
    "MatchRunId",
    "Output",
    "Page",
    "PassingInput",
    "Patch",
    "PermissionMissing",
    "PlacementId",
    "PlacementMoveId",
    "PlacementOutcomeId",
    "PlacementSignatureId",
    "PolicyId",
    "Problem",
    "ProgrammeId",
    "ProposalId",
    "Reading",
    "ReadingCall",
    "ReportLinkId",
    "RequestLog",
    "ServiceState",
    "Shape",
    "SlotId",
    "StoredOutput",
    "Storing",
    "StoringCall",
    "SupplierId",
    "Unread",
    "Workers",
    "answer_page",
    "base_address",
    "checked",
    "checked_in_parts",
    "example_problem",
    "fingerprint_of",
    "framed",
    "install_problem_handlers",
    "invalid_from",
    "needs",
    "open_to_all",
    "page_headers",
    "patched",
    "preferred_language",
    "problem_of",
    "read_json",
    "rows_in",
    "state_of",
    "statuses_of_problems",
    "stored_example",
    "takes_batches",
    "title_of",
    "without_spare_slashes",
]
