"""attendance month by month, under a plural name"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Loses the earlier table, which was empty, because no route had filled it yet."""
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_organisation_id"))

    op.drop_table("attendance")
    op.create_table(
        "attendance_months",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("days_planned", sa.Integer(), nullable=False),
        sa.Column("days_attended", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.CheckConstraint(
            "days_attended BETWEEN 0 AND days_planned AND days_planned <= 31",
            name=op.f("ck_attendance_months_days_of_a_month"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "placement_id"],
            ["placements.organisation_id", "placements.id"],
            name=op.f("fk_attendance_months_organisation_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_attendance_months_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_attendance_months_organisation_id_id")
        ),
        sa.UniqueConstraint(
            "placement_id", "month", name=op.f("uq_attendance_months_placement_id_month")
        ),
    )
    with op.batch_alter_table("attendance_months", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_months_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    """Loses the attendance of every month."""
    with op.batch_alter_table("attendance_months", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_months_organisation_id"))

    op.drop_table("attendance_months")
    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("days_planned", sa.Integer(), nullable=False),
        sa.Column("days_attended", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.CheckConstraint(
            "days_attended BETWEEN 0 AND days_planned AND days_planned <= 31",
            name=op.f("ck_attendance_days_of_a_month"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "placement_id"],
            ["placements.organisation_id", "placements.id"],
            name=op.f("fk_attendance_organisation_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_attendance_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_attendance_organisation_id_id")),
        sa.UniqueConstraint("placement_id", "month", name=op.f("uq_attendance_placement_id_month")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_organisation_id"), ["organisation_id"], unique=False
        )
