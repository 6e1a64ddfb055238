"""Reports: their formats, what they count by, and the words of the open contracting standard."""

from app.api.words.codes_page.table import Table, english, side_by_side, swedish
from app.api.words.report_words import BREAKDOWNS, UNITS

FORMATS = Table(
    heading="Formats of a report",
    columns=("code", "svenska", "English"),
    codes=("json", "csv", "xlsx", "html"),
    cells={
        "json": ("JSON", "JSON, for programs"),
        "csv": ("CSV", "a table of text, with semicolons"),
        "xlsx": ("Excel", "an Excel workbook"),
        "html": ("webbsida", "a page to read and print"),
    },
)
UNITS_COUNTED = Table(
    heading="What a clause counts",
    columns=("code", "svenska", "English"),
    codes=UNITS,
    cells=side_by_side(swedish(UNITS), english(UNITS)),
)
COUNTED_BY = Table(
    heading="What persons are counted by",
    columns=("code", "svenska", "English"),
    codes=BREAKDOWNS,
    cells=side_by_side(swedish(BREAKDOWNS), english(BREAKDOWNS)),
)
LANGUAGES = Table(
    heading="Languages of texts",
    columns=("code", "svenska", "English"),
    codes=("sv", "en"),
    cells={"sv": ("svenska", "Swedish"), "en": ("engelska", "English")},
)
OBLIGATIONS = Table(
    heading="Milestones of a contract",
    columns=("code", "svenska", "what it asks"),
    codes=("quantity", "dialogue", "first-start", "report"),
    cells={
        "quantity": ("mängden", "the clause's whole quantity, by the contract's last day"),
        "dialogue": ("dialogen", "a dialogue, by the contract's last day"),
        "first-start": ("första starten", "a first start, within the clause's months"),
        "report": ("rapporten", "a report, by one of the clause's report dates"),
    },
    introduction="`/contracts/{contractId}/ocds` shows them; the next tables are OCDS's own words.",
)
KINDS = Table(
    heading="Types of a milestone",
    columns=("code", "svenska", "English"),
    codes=("delivery", "reporting"),
    cells={
        "delivery": ("genomförande", "something is to be done"),
        "reporting": ("rapportering", "something is to be reported"),
    },
)
STATUSES = Table(
    heading="States of a milestone",
    columns=("code", "svenska", "when"),
    codes=("scheduled", "met", "notMet", "partiallyMet"),
    cells={
        "scheduled": ("planerad", "it is not due yet, and nothing has come of it"),
        "met": ("uppfylld", "all of it is done"),
        "notMet": ("inte uppfylld", "nothing of it was done in time"),
        "partiallyMet": ("delvis uppfylld", "a part of it is done"),
    },
)
CONTRACTS = Table(
    heading="States of a contract",
    columns=("code", "svenska", "when"),
    codes=("active", "terminated"),
    cells={
        "active": ("löper", "its last day has not passed"),
        "terminated": ("avslutat", "its last day has passed"),
    },
)
TABLES = (
    FORMATS,
    UNITS_COUNTED,
    COUNTED_BY,
    LANGUAGES,
    OBLIGATIONS,
    KINDS,
    STATUSES,
    CONTRACTS,
)
