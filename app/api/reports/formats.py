"""Which format of a report a call asks for, and how it is sent."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from fastapi import Query
from fastapi.responses import JSONResponse, Response

from app.api.http import Language, ReadingCall, page_headers
from app.api.reports.csv_file import csv_report
from app.api.reports.page import html_report
from app.api.reports.shapes import ReportOutput
from app.api.reports.workbook import xlsx_report
from app.api.words.report_words import label

Format = Literal["json", "csv", "xlsx", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: Mapping[Format, str] = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
}
WantedFormat = Annotated[
    Format | None,
    Query(alias="format", description="The format; goes before what the Accept header says."),
]
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Vary": "Accept, Accept-Language",
    "X-Content-Type-Options": "nosniff",
}
NOT_OF_A_FILE_NAME = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True)
class FileFormat:
    """How a report becomes bytes, and whether a browser shows or saves them."""

    media_type: str
    render: Callable[[ReportOutput, Language], bytes]
    disposition: Literal["inline", "attachment"]


FILES: Mapping[Format, FileFormat] = {
    "csv": FileFormat(f"{MEDIA_TYPES['csv']}; charset=utf-8", csv_report, "attachment"),
    "xlsx": FileFormat(MEDIA_TYPES["xlsx"], xlsx_report, "attachment"),
    "html": FileFormat(f"{MEDIA_TYPES['html']}; charset=utf-8", html_report, "inline"),
}
# Each by the name of its schema.
SHOWN: Mapping[Format, tuple[str, str]] = {
    "csv": ("CsvFile", "Avtal;Benämning;Leverantör;Villkor;Utlåtande;Datum;Storhet;Värde;Enhet"),
    "xlsx": ("Workbook", "(an Excel workbook)"),
    "html": ("HtmlPage", '<!doctype html><html lang="sv">...</html>'),
}
# What the document says of the formats beside JSON.
FILE_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            MEDIA_TYPES[name]: {
                "schema": {"$ref": f"#/components/schemas/{schema}"},
                "examples": {"example": {"value": shown}},
            }
            for name, (schema, shown) in SHOWN.items()
        }
    }
}


def preferred_format(accept: str | None) -> Format:
    """The format with the highest weight in the header; JSON first where weights are equal."""
    weights = {name: _weight(accept or "*/*", MEDIA_TYPES[name]) for name in FORMATS}
    return max(FORMATS, key=lambda name: weights[name])


def answer_report(
    call: ReadingCall, report: ReportOutput, wanted: Format | None, subject: str
) -> Response:
    chosen = wanted or preferred_format(call.request.headers.get("accept"))
    headers = HEADERS | {"Content-Language": call.language}
    if chosen not in FILES:
        return JSONResponse(report.wire(), headers=headers)
    file = FILES[chosen]
    name = f"{file_name(subject, report, call.language)}.{chosen}"
    headers["Content-Disposition"] = f'{file.disposition}; filename="{name}"'
    content = file.render(report, call.language)
    if chosen == "html":
        headers |= page_headers(content.decode())
    return Response(content, media_type=file.media_type, headers=headers)


def file_name(subject: str, report: ReportOutput, language: Language) -> str:
    """Only letters, digits and hyphens, so that every system can save it."""
    plain = unicodedata.normalize("NFKD", subject).encode("ascii", "ignore").decode()
    words = (label("file", language), plain, str(report.as_of))
    return NOT_OF_A_FILE_NAME.sub("-", " ".join(words)).strip("-")


def _weight(accept: str, media_type: str) -> float:
    """The weight that the header's most precise range for the type gives it."""
    kind = media_type.partition("/")[0]
    ranges = dict(_range(part) for part in accept.lower().split(","))
    for one in (media_type, f"{kind}/*", "*/*"):
        if one in ranges:
            return ranges[one]
    return 0.0


def _range(part: str) -> tuple[str, float]:
    media_range, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return media_range, _number(value)
    return media_range, 1.0


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0
