"""the life of a placement"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gate_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gate", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("interns", sa.Integer(), nullable=True),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "interns >= 0 AND employees >= 0", name=op.f("ck_gate_checks_people_not_negative")
        ),
        sa.CheckConstraint(
            "valid_until >= checked_on", name=op.f("ck_gate_checks_valid_from_the_check")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "key_id"],
            ["keys.organisation_id", "keys.id"],
            name=op.f("fk_gate_checks_organisation_id_key_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "supplier_id"],
            ["suppliers.organisation_id", "suppliers.id"],
            name=op.f("fk_gate_checks_organisation_id_supplier_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_gate_checks_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_checks")),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_gate_checks_organisation_id_id")
        ),
    )
    with op.batch_alter_table("gate_checks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gate_checks_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_gate_checks_supplier_id"), ["supplier_id"], unique=False
        )

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

    op.create_table(
        "placement_moves",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("ended_by", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "(ended_by IS NULL) = (\"to\" <> 'ended-early')",
            name=op.f("ck_placement_moves_ended_by_someone"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "key_id"],
            ["keys.organisation_id", "keys.id"],
            name=op.f("fk_placement_moves_organisation_id_key_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "placement_id"],
            ["placements.organisation_id", "placements.id"],
            name=op.f("fk_placement_moves_organisation_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_placement_moves_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_moves")),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_placement_moves_organisation_id_id")
        ),
    )
    with op.batch_alter_table("placement_moves", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_placement_moves_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_placement_moves_placement_id"), ["placement_id"], unique=False
        )

    op.create_table(
        "placement_outcomes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_months", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "after_months IN (0, 3, 6, 12)", name=op.f("ck_placement_outcomes_asked_at_set_times")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "key_id"],
            ["keys.organisation_id", "keys.id"],
            name=op.f("fk_placement_outcomes_organisation_id_key_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "placement_id"],
            ["placements.organisation_id", "placements.id"],
            name=op.f("fk_placement_outcomes_organisation_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_placement_outcomes_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_outcomes")),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_placement_outcomes_organisation_id_id")
        ),
        sa.UniqueConstraint(
            "placement_id",
            "after_months",
            name=op.f("uq_placement_outcomes_placement_id_after_months"),
        ),
    )
    with op.batch_alter_table("placement_outcomes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_placement_outcomes_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "placement_signatures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "key_id"],
            ["keys.organisation_id", "keys.id"],
            name=op.f("fk_placement_signatures_organisation_id_key_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "placement_id"],
            ["placements.organisation_id", "placements.id"],
            name=op.f("fk_placement_signatures_organisation_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_placement_signatures_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_signatures")),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_placement_signatures_organisation_id_id")
        ),
        sa.UniqueConstraint(
            "placement_id", "party", name=op.f("uq_placement_signatures_placement_id_party")
        ),
    )
    with op.batch_alter_table("placement_signatures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_placement_signatures_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "decision_lifts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "decision_id"],
            ["decisions.organisation_id", "decisions.id"],
            name=op.f("fk_decision_lifts_organisation_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "key_id"],
            ["keys.organisation_id", "keys.id"],
            name=op.f("fk_decision_lifts_organisation_id_key_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_decision_lifts_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_lifts")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_decision_lifts_decision_id")),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_decision_lifts_organisation_id_id")
        ),
    )
    with op.batch_alter_table("decision_lifts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_lifts_organisation_id"), ["organisation_id"], unique=False
        )

    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extent_percent", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_decisions_extent_in_percent"), "extent_percent BETWEEN 1 AND 100"
        )

    with op.batch_alter_table("placements", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extent_percent", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("started_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ended_by", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("extends_placement_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_placements_extends_placement_id"), ["extends_placement_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_placements_organisation_id_extends_placement_id"),
            "placements",
            ["organisation_id", "extends_placement_id"],
            ["organisation_id", "id"],
        )
        batch_op.create_check_constraint(
            op.f("ck_placements_extent_in_percent"), "extent_percent BETWEEN 1 AND 100"
        )
        batch_op.create_check_constraint(
            op.f("ck_placements_starts_as_agreed"), "started_on BETWEEN start_date AND end_date"
        )
        batch_op.create_check_constraint(
            op.f("ck_placements_ends_after_it_starts"), "ended_on BETWEEN started_on AND end_date"
        )
        batch_op.create_check_constraint(
            op.f("ck_placements_no_end_without_a_start"),
            "ended_on IS NULL OR started_on IS NOT NULL",
        )

    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("superseded_by", sa.String(length=40), nullable=True))


def downgrade() -> None:
    """Loses checks of employers, attendance, moves, outcomes, signatures and lifted decisions; the
    agreed extent of decisions and placements; when placements started and ended, by whom, and what
    they extend; and what superseded a proposal."""
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_column("superseded_by")

    with op.batch_alter_table("placements", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_placements_extent_in_percent"), type_="check")
        batch_op.drop_constraint(op.f("ck_placements_starts_as_agreed"), type_="check")
        batch_op.drop_constraint(op.f("ck_placements_ends_after_it_starts"), type_="check")
        batch_op.drop_constraint(op.f("ck_placements_no_end_without_a_start"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("fk_placements_organisation_id_extends_placement_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_placements_extends_placement_id"))
        batch_op.drop_column("extends_placement_id")
        batch_op.drop_column("ended_by")
        batch_op.drop_column("ended_on")
        batch_op.drop_column("started_on")
        batch_op.drop_column("extent_percent")

    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_decisions_extent_in_percent"), type_="check")
        batch_op.drop_column("extent_percent")

    with op.batch_alter_table("decision_lifts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_lifts_organisation_id"))

    op.drop_table("decision_lifts")
    with op.batch_alter_table("placement_signatures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_signatures_organisation_id"))

    op.drop_table("placement_signatures")
    with op.batch_alter_table("placement_outcomes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_outcomes_organisation_id"))

    op.drop_table("placement_outcomes")
    with op.batch_alter_table("placement_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_moves_placement_id"))
        batch_op.drop_index(batch_op.f("ix_placement_moves_organisation_id"))

    op.drop_table("placement_moves")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_organisation_id"))

    op.drop_table("attendance")
    with op.batch_alter_table("gate_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gate_checks_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_gate_checks_organisation_id"))

    op.drop_table("gate_checks")
