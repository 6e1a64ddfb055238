"""The roles that a key can have."""

from app.api.words.codes_page.table import Table
from app.models.roles import Role

ROLES = Table(
    heading="Roles",
    columns=("code", "svenska", "whose"),
    codes=Role,
    cells={
        "caseworker": ("handläggare", "matches, decides and follows placements"),
        "procurement": (
            "upphandlare",
            "owns contracts, clauses and slots; never sees candidates",
        ),
        "auditor": ("revisor", "reads what was decided, and the events"),
        "admin": ("administratör", "all of it, and the keys"),
    },
)
