"""Stored candidates and slots as the engine's columns, before any clause adds its terms.

Only what the engine uses is read. How a column is read follows from its kind; the columns that need
more than their own stored column are read here by name.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from app.matching import values as engine
from app.models.candidates import Candidate
from app.models.placements import Placement
from app.models.slots import Slot
from app.reference.municipalities import MUNICIPALITIES
from app.services.engine.stored_columns import Array, StoredColumn, read_columns
from app.services.engine.stored_kinds import columns_of, regular, stored_names
from app.services.engine.values import PLACE, Duty

Stored = Mapping[str, StoredColumn]

NOWHERE = (np.nan, np.nan)

QUALIFICATIONS = regular(engine.Qualifications)
OF_CANDIDATES = regular(
    engine.CandidateColumns, {"id", "occupations", "qualifications", "placed", *PLACE}
)
READ_OF_CANDIDATES = ["id", "occupations", "position", "municipality_code"]

ADDED_TO_SLOTS = {
    "tier": Duty().tier,
    "minimum_months": Duty().minimum_months,
    "minimum_extent": Duty().minimum_extent,
    "target_groups": Duty().target_groups,
    "closed": (),
    "closed_programmes": frozenset[str](),
    "occupied": 0,
    "placed": (),
}
"""What clauses, placements and checks say of slots, as it is without any."""

OF_SLOTS = regular(
    engine.SlotColumns, {"id", "reference", "supplier_id", "ssyk", *PLACE, *ADDED_TO_SLOTS}
)
READ_OF_SLOTS = [
    "id",
    "reference",
    "supplier_id",
    "clause_id",
    "occupation",
    "position",
    "municipality_code",
]


def read_candidates(
    session: Session, query: SelectOfScalar[Candidate], placements: Iterable[Placement]
) -> engine.CandidateColumns:
    """The candidates that the query selects, with the periods of these placements."""
    names = [*READ_OF_CANDIDATES, *stored_names(QUALIFICATIONS), *stored_names(OF_CANDIDATES)]
    stored = read_columns(session, Candidate, query, names)
    ids = stored["id"].ids()
    return engine.CandidateColumns(
        id=ids,
        occupations=_wishes(stored["occupations"]),
        qualifications=engine.Qualifications(**columns_of(QUALIFICATIONS, stored)),
        **_places(stored),
        placed=_placed(ids, placements),
        **columns_of(OF_CANDIDATES, stored),
    )


def read_slots(
    session: Session, query: SelectOfScalar[Slot]
) -> tuple[engine.SlotColumns, list[str]]:
    """The slots that the query selects, as if open and under no clause, and the clause id of each,
    empty for none."""
    stored = read_columns(session, Slot, query, [*READ_OF_SLOTS, *stored_names(OF_SLOTS)])
    ids, reference = stored["id"].ids(), stored["reference"].names()
    slots = engine.SlotColumns(
        id=ids,
        reference=np.where(reference == "", ids, reference),
        supplier_id=stored["supplier_id"].ids(),
        ssyk=_ssyk(stored["occupation"]),
        **_places(stored),
        **_added_to_slots(len(ids)),
        **columns_of(OF_SLOTS, stored),
    )
    return slots, stored["clause_id"].ids().tolist()


def rows_by_id(ids: Array) -> dict[str, int]:
    return {name: row for row, name in enumerate(ids.tolist())}


def _placed(ids: Array, placements: Iterable[Placement]) -> Array:
    """(k, 3) row of the person, first and last day of each placement of these people."""
    row = rows_by_id(ids)
    periods = [
        (row[str(one.candidate_id)], one.first_day.toordinal(), one.last_day.toordinal())
        for one in placements
        if str(one.candidate_id) in row
    ]
    return np.array(periods, dtype=np.int64).reshape(-1, 3)


def _places(stored: Stored) -> dict[str, Any]:
    """Where each row is: the position that was given, or else the municipality's point."""
    given = [
        NOWHERE if one is None else (one["latitude"], one["longitude"])
        for one in stored["position"].values()
    ]
    codes = stored["municipality_code"]
    points = [
        (MUNICIPALITIES[code].latitude, MUNICIPALITIES[code].longitude) for code in codes.texts()
    ]
    exact = stored["position"].spread(np.array(given, dtype=np.float64).reshape(-1, 2))
    coarse = codes.spread(np.array(points, dtype=np.float64).reshape(-1, 2))
    is_missing = np.isnan(exact)
    return {
        "position": np.where(is_missing, coarse, exact),
        "municipality": codes.numbers(),
        "has_position": ~is_missing[:, 0],
    }


def _ssyk(column: StoredColumn) -> Array:
    return column.spread(engine.names([one["ssyk"] for one in column.values()]))


def _wishes(column: StoredColumn) -> engine.CodeLists:
    wished = [[wish["ssyk"] for wish in wishes] for wishes in column.values()]
    return engine.CodeLists.of(wished).taken(column.rows())


def _added_to_slots(rows: int) -> dict[str, Any]:
    kinds = engine.SlotColumns.kinds()
    return {name: kinds[name].column([value] * rows) for name, value in ADDED_TO_SLOTS.items()}
