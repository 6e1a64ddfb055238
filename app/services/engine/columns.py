"""Stored candidates and slots as the engine's columns: what is their own, before any clause."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from app import matching as engine
from app.models.candidates import Candidate, CandidateFields
from app.models.placements import Placement
from app.models.slots import Slot, SlotFields
from app.reference.municipalities import MUNICIPALITIES
from app.services.engine.stored_columns import Array, StoredColumn, read_columns
from app.services.engine.values import Duty

Columns = Mapping[str, StoredColumn]

WORDS_FOR_PEOPLE = {"title", "tasks"}
NO_LAST_DAY = date.max.toordinal()

NOWHERE = (np.nan, np.nan)


def read_candidates(
    session: Session, query: SelectOfScalar[Candidate], placements: Iterable[Placement]
) -> engine.CandidateColumns:
    """The candidates that the query selects, with the periods of these placements."""
    stored = read_columns(session, Candidate, query, ["id", *CandidateFields.model_fields])
    ids = stored["id"].ids()
    return engine.CandidateColumns(
        id=ids,
        reference=stored["reference"].names(),
        occupations=stored["occupations"].codes(_wished),
        qualifications=engine.Qualifications(
            skills=stored["skills"].codes(),
            languages=stored["languages"].valued_codes(_levels),
            driving_licences=stored["driving_licences"].codes(),
            certificates=stored["certificates"].codes(),
        ),
        position=_positions(stored),
        maximum_distance_km=stored["maximum_distance_km"].numbers(),
        available_from=stored["available_from"].days(),
        available_to=stored["available_to"].days(),
        extent=_extents(stored),
        needed_adaptations=stored["needed_adaptations"].codes(),
        target_groups=stored["target_groups"].valued_codes(_validity),
        programmes=stored["programmes"].valued_codes(_months),
        waiting_since=stored["waiting_since"].days(),
        avoided_suppliers=stored["avoided_supplier_ids"].codes(),
        agreed_to_be_proposed=stored["agreed_to_be_proposed"].truths(),
        placed=_placed(ids, placements),
    )


def read_slots(
    session: Session, query: SelectOfScalar[Slot]
) -> tuple[engine.SlotColumns, list[str]]:
    """The slots that the query selects, open and under no clause's duty; and the id of the clause
    of each, empty for none."""
    wanted = [name for name in SlotFields.model_fields if name not in WORDS_FOR_PEOPLE]
    stored = read_columns(session, Slot, query, ["id", *wanted])
    ids, reference, nobody = stored["id"].ids(), stored["reference"].names(), Duty()
    same = np.ones(len(ids), dtype=np.int64)
    none = engine.CodeLists.of([()] * len(ids))
    slots = engine.SlotColumns(
        id=ids,
        reference=np.where(reference == "", ids, reference),
        supplier_id=stored["supplier_id"].ids(),
        ssyk=_ssyk(stored["occupation"]),
        places=stored["places"].numbers(),
        tier=same * nobody.tier,
        earliest_start=stored["earliest_start"].days(),
        latest_start=stored["latest_start"].days(),
        end=stored["end_date"].days(),
        minimum_months=same * nobody.minimum_months,
        extent=_extents(stored),
        minimum_extent=same * nobody.minimum_extent,
        position=_positions(stored),
        required=_demands(stored["required"]),
        preferred=_demands(stored["preferred"]),
        adaptations=stored["adaptations"].codes(),
        target_groups=none,
        closed=none,
        closed_programmes=none,
        supervisor_capacity=stored["supervisor_capacity"].numbers(missing=engine.UNLIMITED),
        occupied=same * 0,
        own_start=stored["earliest_start"].days(),
        placed=np.zeros((0, 3), dtype=np.int64),
    )
    return slots, stored["clause_id"].ids().tolist()


def rows_by_id(ids: Array) -> dict[str, int]:
    return {name: row for row, name in enumerate(ids.tolist())}


def _placed(ids: Array, placements: Iterable[Placement]) -> Array:
    """(k, 3) row, first and last day, of those of these people."""
    row = rows_by_id(ids)
    periods = [
        (row[str(one.candidate_id)], one.first_day.toordinal(), one.last_day.toordinal())
        for one in placements
    ]
    return np.array(periods, dtype=np.int64).reshape(-1, 3)


def _positions(stored: Columns) -> Array:
    """(rows, 2) the position where one is given, else the municipality's centroid."""
    given = [
        NOWHERE if one is None else (one["latitude"], one["longitude"])
        for one in stored["position"].values()
    ]
    codes = stored["municipality_code"]
    centroids = [
        (MUNICIPALITIES[code].latitude, MUNICIPALITIES[code].longitude) for code in codes.texts()
    ]
    exact = stored["position"].spread(np.array(given, dtype=np.float64).reshape(-1, 2))
    coarse = codes.spread(np.array(centroids, dtype=np.float64).reshape(-1, 2))
    return np.where(np.isnan(exact), coarse, exact)


def _extents(stored: Columns) -> Array:
    """(rows, 2) percent, min and max."""
    column = stored["extent_percent"]
    found = [(one["min"], one["max"]) for one in column.values()]
    return column.spread(np.array(found, dtype=np.int64).reshape(-1, 2))


def _ssyk(column: StoredColumn) -> Array:
    return column.spread(engine.names([one["ssyk"] for one in column.values()]))


def _demands(column: StoredColumn) -> engine.Qualifications:
    return engine.Qualifications(
        skills=column.codes(lambda one: one["skills"]),
        languages=column.valued_codes(lambda one: _levels(one["languages"])),
        driving_licences=column.codes(lambda one: one["driving_licences"]),
        certificates=column.codes(lambda one: one["certificates"]),
    )


def _wished(wishes: Sequence[Any]) -> list[str]:
    return [wish["ssyk"] for wish in wishes]


def _levels(languages: Sequence[Any]) -> list[tuple[str, int]]:
    return [(one["code"], one["level"]) for one in languages]


def _months(clearances: Sequence[Any]) -> list[tuple[str, int]]:
    return [(one["code"], one["maximum_months"]) for one in clearances]


def _validity(groups: Sequence[Any]) -> Iterator[tuple[str, int]]:
    for group in groups:
        last = group["valid_to"]
        yield group["code"], NO_LAST_DAY if last is None else date.fromisoformat(last).toordinal()
