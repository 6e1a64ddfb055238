"""The columns that every stored row has, their types, and the foreign keys between rows."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, Dialect, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from app.clock import utc_now
from app.models.values.doors import Door, through

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING_CONVENTION


def as_stored() -> AbstractContextManager[None]:
    """Values are taken as they are stored, whatever would be refused if it came in today."""
    return through(Door.OUT)


class UtcDateTime(TypeDecorator[datetime]):
    """A datetime that is aware and in UTC in Python, although SQLite stores no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo:
            return value
        return value.replace(tzinfo=UTC)


class JsonOf(TypeDecorator[Any]):
    """A JSON column whose values are checked against a type when they are written and read."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self.adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.adapter.dump_python(value, mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        with as_stored():
            return self.adapter.validate_python(value)


def moment_of_storing(**more: Any) -> Any:
    """A column with the moment of storing, unless another one is given."""
    return Field(default_factory=utc_now, sa_type=UtcDateTime, **more)


class Row(SQLModel):
    """Identity, owner, version and times of a stored resource."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisations.id", index=True)
    version: int = 1
    created_at: datetime = moment_of_storing()
    updated_at: datetime = moment_of_storing()


class Referenced(Row):
    """A row under a reference of the caller's own. `shared_reference` is that reference as people
    read it, where earlier releases stored another row whose reference reads the same."""

    shared_reference: str | None = Field(default=None, max_length=100, index=True)


def owned(*rules: SchemaItem) -> tuple[SchemaItem, ...]:
    """Table arguments of a row with an owner: its identity includes the organisation."""
    return (UniqueConstraint("organisation_id", "id"), *rules)


def belongs_to(column: str, table: str, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A foreign key that cannot point to another organisation's row."""
    return ForeignKeyConstraint(
        ["organisation_id", column],
        [f"{table}.organisation_id", f"{table}.id"],
        ondelete=ondelete,
    )


def stored_values(row: SQLModel) -> dict[str, Any]:
    """The values of a row that an event keeps: its own fields by name, without secrets."""
    unkept = {"organisation_id", "created_at", "updated_at", "secret_hash", "shared_reference"}
    return row.model_dump(mode="json", exclude=unkept)
