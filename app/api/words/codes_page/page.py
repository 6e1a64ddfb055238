"""The page as a whole, which `handslag codes` prints."""

from collections.abc import Sequence

from app.api.words.codes_page import (
    clauses,
    employers,
    match_runs,
    placements,
    problems,
    proposals,
    registers,
    reports,
    roles,
)
from app.api.words.codes_page.table import Table
from app.errors import HandslagError

TITLE = """# Codes

What programs compare and people look up. `handslag codes > docs/codes.md` writes this page."""
TABLES = (
    problems.PROBLEMS,
    *match_runs.TABLES,
    *clauses.TABLES,
    *proposals.TABLES,
    *placements.TABLES,
    *employers.TABLES,
    roles.ROLES,
    *registers.TABLES,
    *reports.TABLES,
)
# Parts of tables above, which some field takes alone.
PARTS = (match_runs.RULES_SET_ASIDE, proposals.REASONS_OF_AN_APPROVAL)


class Unexplained(HandslagError):
    """A code is new and nobody has said what it means."""


def codes_page(tables: Sequence[Table] = TABLES) -> str:
    """Raises Unexplained, naming each code of which a table says nothing."""
    if gaps := [gap for table in tables for gap in table.gaps()]:
        raise Unexplained(f"{'; '.join(gaps)}. Say it in app/api/words.")
    return "\n\n".join([TITLE, *(table.markdown() for table in tables)])
