"""Employers: what is checked of them, and which programme asks for it."""

from typing import get_args

from app import models
from app.api.words.codes_page.table import Table, quoted, side_by_side
from app.reference.programmes import GATES, PROGRAMMES, Programme


def _longest(programme: Programme) -> str:
    months = programme.longest_months
    return "no longest time here" if months is None else f"at most {months} months"


CHECKED = Table(
    heading="Employer gates",
    columns=("code", "svenska", "English"),
    codes=GATES,
    cells={code: (gate.name, gate.english) for code, gate in GATES.items()},
    introduction=(
        "What is checked of an employer before somebody may start. "
        "`app/reference/programmes.toml` holds them with their sources, and `/programmes` shows "
        "them."
    ),
)
RESULTS = Table(
    heading="Results of an employer check",
    columns=("code", "svenska"),
    codes=get_args(models.gate_checks.GateOutcome),
    cells=side_by_side(
        {
            "passed": "godkänd",
            "failed": "underkänd",
        }
    ),
)
LISTED = Table(
    heading="Programmes",
    columns=("code", "svenska", "longest", "gates"),
    codes=[one.code for one in PROGRAMMES],
    cells={
        one.code: (one.name, _longest(one), ", ".join(map(quoted, one.gates))) for one in PROGRAMMES
    },
    introduction=(
        "Which gates apply, and for how long a placement may last, is dated reference data. A "
        "programme that is not listed is accepted; nothing is known of it, so no gate and no "
        "longest time applies."
    ),
)
TABLES = (CHECKED, RESULTS, LISTED)
