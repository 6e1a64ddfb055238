"""references and codes as people read them, and the rows that only a machine could tell apart

A reference or a code is Unicode NFC from now on, trimmed, with nothing in it that nobody can see.
Where the references of two rows of an organisation read the same, both stay as they are and are
marked, because only a person can say whether they are one: see `shared_reference`. A run's input is
never rewritten.
"""

import unicodedata
from collections import defaultdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROWS_AT_ONCE = 2_000
REFERENCE, CODE = 100, 80  # characters
REFERENCED = ("candidates", "slots", "contracts")
# Everything that is text in these columns is a code, a day or a level.
CODES_IN_JSON = {
    "candidates": (
        "occupations",
        "skills",
        "certificates",
        "needed_adaptations",
        "target_groups",
        "programmes",
    ),
    "slots": ("occupation", "required", "preferred", "adaptations"),
    "clauses": ("target_groups",),
    "clause_versions": ("target_groups",),
}
CODES = {"placements": ("programme",), "proposals": ("programme",)}
# A name that tasks are filtered by: it keeps what is inside.
NAMES = {"clauses": ("responsible",)}
SHAPELESS = {
    *"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0",
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}


def upgrade() -> None:
    for table in REFERENCED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("shared_reference", sa.String(length=100), nullable=True))
            batch_op.create_index(
                batch_op.f(f"ix_{table}_shared_reference"), ["shared_reference"], unique=False
            )
    for table in REFERENCED:
        _settle_references(table)
    for table in sorted({*CODES_IN_JSON, *CODES, *NAMES}):
        _settle_values(table)


def downgrade() -> None:
    """Loses which rows have references that read the same. Texts stay as people read them."""
    for table in REFERENCED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_shared_reference"))
            batch_op.drop_column("shared_reference")


def _settle_references(name: str) -> None:
    table = _table(name, reference=sa.String(), shared_reference=sa.String())
    connection = op.get_bind()
    alike: dict[tuple[UUID, str], list[tuple[UUID, str]]] = defaultdict(list)
    rows = sa.select(table.c.id, table.c.organisation_id, table.c.reference)
    for row_id, organisation_id, reference in connection.execute(rows):
        if reference is not None:
            alike[organisation_id, _as_code(reference, REFERENCE)].append((row_id, reference))
    for (_, read), rows_of in alike.items():
        if len(rows_of) > 1:
            for row_id, _ in rows_of:
                _update(table, row_id, shared_reference=read)
        elif rows_of[0][1] != read:
            _update(table, rows_of[0][0], reference=read)


def _settle_values(name: str) -> None:
    in_json, codes = CODES_IN_JSON.get(name, ()), CODES.get(name, ())
    names = NAMES.get(name, ())
    kinds: dict[str, Any] = dict.fromkeys(in_json, sa.JSON()) | dict.fromkeys(
        (*codes, *names), sa.String()
    )
    table = _table(name, **kinds)
    connection = op.get_bind()
    # All ids first: what is updated while it is read may be met twice.
    ids = list(connection.scalars(sa.select(table.c.id)))
    for start in range(0, len(ids), ROWS_AT_ONCE):
        part = table.c.id.in_(ids[start : start + ROWS_AT_ONCE])
        for row in connection.execute(sa.select(table).where(part)).mappings().all():
            settled: dict[str, Any] = {column: _codes_in(row[column]) for column in in_json}
            settled |= {column: _as_code(row[column], CODE) for column in codes}
            settled |= {column: _as_name(row[column]) for column in names}
            changed = {column: now for column, now in settled.items() if now != row[column]}
            if changed:
                _update(table, row["id"], **changed)


def _table(name: str, **kinds: Any) -> sa.TableClause:
    columns = [sa.column(column, kind) for column, kind in kinds.items()]
    kept = (
        sa.column("id", sa.Uuid()),
        sa.column("organisation_id", sa.Uuid()),
        sa.column("version", sa.Integer()),
    )
    return sa.table(name, *kept, *columns)


def _update(table: sa.TableClause, row_id: UUID, **values: Any) -> None:
    """With a new version, because clients may hold what was shown before."""
    changed = sa.update(table).where(table.c.id == row_id)
    op.get_bind().execute(changed.values(version=table.c.version + 1, **values))


def _codes_in(value: Any) -> Any:
    if isinstance(value, str):
        return _as_code(value, CODE)
    if isinstance(value, dict):
        return {name: _codes_in(part) for name, part in value.items()}
    if isinstance(value, list):
        return _without_repeats([_codes_in(part) for part in value])
    return value


def _without_repeats(items: list[Any]) -> list[Any]:
    """Of two entries for one code, the one that allows less: fewer months, or an earlier end."""
    kept: dict[Any, Any] = {}
    for item in items:
        code = item.get("code") if isinstance(item, dict) else None
        key = ("code", code) if code is not None else ("item", repr(item))
        kept[key] = item if key not in kept else min(kept[key], item, key=_allowed)
    return list(kept.values())


def _allowed(item: Any) -> tuple[Any, ...]:
    if not isinstance(item, dict):
        return ()
    return item.get("maximum_months") or 0, item.get("valid_to") or "9999", item.get("level") or 0


def _as_code(text: str, longest: int) -> str:
    """As people read it; as it is where nothing, or too much, would be left."""
    composed = unicodedata.normalize("NFC", text)
    read = "".join(map(_visible, composed)).strip()
    return read if 0 < len(read) <= longest else text


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return character if character.isprintable() and character not in SHAPELESS else ""


def _as_name(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip() or text
