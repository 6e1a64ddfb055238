"""Employers: what is checked of them, and which programme asks for it."""

from typing import get_args

from app import models
from app.api.words.codes_page.table import Table, quoted
from app.reference.programmes import (
    GATES,
    PROGRAMMES,
    CheckedPer,
    CountsPer,
    Programme,
    ProgrammeKind,
)


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
        "`app/reference/programmes.toml` holds them with their sources; an organisation registers "
        "others with `POST /gates`, and `/gates` shows both."
    ),
)
RESULTS = Table(
    heading="Results of an employer check",
    columns=("code", "svenska", "what it does"),
    codes=get_args(models.gate_checks.GateOutcome),
    cells={
        "passed": ("godkänd", "opens the gate for as long as the check holds"),
        "failed": ("underkänd", "closes the gate until a newer check is passed"),
    },
)
LISTED = Table(
    heading="Programmes",
    columns=("code", "svenska", "longest", "gates"),
    codes=[one.code for one in PROGRAMMES],
    cells={
        one.code: (one.name, _longest(one), ", ".join(map(quoted, one.gates))) for one in PROGRAMMES
    },
    introduction=(
        "Which gates apply, and for how long a placement may last, is dated reference data. An "
        "organisation registers programmes of its own with `POST /programmes`; any other code is "
        "refused. Where one is stored already, and on days when a programme is not in force, every "
        "gate counts as missing: nobody is proposed, booked or started in it."
    ),
)
KINDS = Table(
    heading="Kinds of programme",
    columns=("code", "svenska", "English"),
    codes=get_args(ProgrammeKind),
    cells={"internship": ("praktik", "internship"), "employment": ("anställning", "employment")},
)
COUNTED = Table(
    heading="What a programme's longest time is counted for",
    columns=("code", "svenska", "English"),
    codes=get_args(CountsPer),
    cells={
        "person": ("personen, i allt", "the person, in all"),
        "person-and-instruction": (
            "personen, för en anvisning",
            "the person, under one instruction",
        ),
        "person-and-supplier": ("personen, hos en leverantör", "the person, with one supplier"),
    },
    introduction="Stored and shown; each stay is held to the longest time by itself for now.",
)
PER = Table(
    heading="What a gate is checked of",
    columns=("code", "svenska", "English"),
    codes=get_args(CheckedPer),
    cells={
        "supplier": ("arbetsgivaren", "the employer"),
        "workplace": ("varje arbetsplats", "each workplace"),
    },
    introduction="Stored and shown; a check is recorded for an employer as a whole for now.",
)
TABLES = (CHECKED, PER, RESULTS, LISTED, KINDS, COUNTED)
