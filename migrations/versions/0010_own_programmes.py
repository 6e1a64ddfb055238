"""programmes and gates that an organisation registers of its own"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create(
        "gates",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("english", sa.String(length=200), nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("per", sa.String(length=20), nullable=False),
        sa.CheckConstraint("valid_months BETWEEN 1 AND 120", name=op.f("ck_gates_valid_in_months")),
    )
    _create(
        "programmes",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("english", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("longest_months", sa.Integer(), nullable=True),
        sa.Column("counts_per", sa.String(length=40), nullable=False),
        sa.Column("gates", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "longest_months BETWEEN 1 AND 120", name=op.f("ck_programmes_longest_in_months")
        ),
    )


def _create(table: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f(f"fk_{table}_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f(f"uq_{table}_organisation_id_id")),
    )
    op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"], unique=False)


def downgrade() -> None:
    """Loses what organisations have registered: their own programmes become unknown ones."""
    for table in ("programmes", "gates"):
        op.drop_index(op.f(f"ix_{table}_organisation_id"), table_name=table)
        op.drop_table(table)
