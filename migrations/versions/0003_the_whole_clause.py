"""the whole clause"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OLD_QUANTITY = "kind = 'dialogue' AND places IS NULL AND full_time_months IS NULL OR kind <> 'dialogue' AND (places IS NULL) <> (full_time_months IS NULL)"
ONE_QUANTITY = "(kind = 'dialogue' OR quantity_per_call_off) AND places IS NULL AND full_time_months IS NULL OR kind <> 'dialogue' AND NOT quantity_per_call_off AND (places IS NULL) <> (full_time_months IS NULL)"
# An existing clause asks for nothing of what is new.
NEW_TERMS = {
    "quantity_per_call_off": sa.text("false"),
    "report_dates": sa.text("'[]'"),
    "subcontractors_may_fulfil": sa.text("false"),
    "effort_counts": sa.text("false"),
    "legal_basis": sa.text("'LOU (2016:1145) 17 kap. 1 §'"),
}


def upgrade() -> None:
    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("framework_contract_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "subcontractor_ids", sa.JSON(), nullable=False, server_default=sa.text("'[]'")
            )
        )
        batch_op.create_index(
            batch_op.f("ix_contracts_framework_contract_id"),
            ["framework_contract_id"],
            unique=False,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_contracts_organisation_id_framework_contract_id"),
            "contracts",
            ["organisation_id", "framework_contract_id"],
            ["organisation_id", "id"],
        )
    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.alter_column("subcontractor_ids", server_default=None)

    with op.batch_alter_table("clauses", schema=None) as batch_op:
        batch_op.add_column(_new("quantity_per_call_off", sa.Boolean()))
        batch_op.add_column(sa.Column("rate", sa.JSON(), nullable=True))
        batch_op.add_column(_new("report_dates", sa.JSON()))
        batch_op.add_column(_new("subcontractors_may_fulfil", sa.Boolean()))
        batch_op.add_column(sa.Column("remedy", sa.JSON(), nullable=True))
        batch_op.add_column(_new("effort_counts", sa.Boolean()))
        batch_op.add_column(_new("legal_basis", sa.String(length=200)))
        batch_op.add_column(sa.Column("inherits_from_clause_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("effective_from", sa.Date(), nullable=True))
        batch_op.drop_constraint(op.f("ck_clauses_one_quantity"), type_="check")
        batch_op.create_check_constraint(op.f("ck_clauses_one_quantity"), ONE_QUANTITY)
        batch_op.create_index(
            batch_op.f("ix_clauses_inherits_from_clause_id"),
            ["inherits_from_clause_id"],
            unique=False,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_clauses_organisation_id_inherits_from_clause_id"),
            "clauses",
            ["organisation_id", "inherits_from_clause_id"],
            ["organisation_id", "id"],
        )
    with op.batch_alter_table("clauses", schema=None) as batch_op:
        for name in NEW_TERMS:
            batch_op.alter_column(name, server_default=None)

    op.create_table(
        "clause_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("minimum_months", sa.Integer(), nullable=True),
        sa.Column("full_time_months", sa.Integer(), nullable=True),
        sa.Column("quantity_per_call_off", sa.Boolean(), nullable=False),
        sa.Column("rate", sa.JSON(), nullable=True),
        sa.Column("minimum_extent_percent", sa.Integer(), nullable=True),
        sa.Column("target_groups", sa.JSON(), nullable=False),
        sa.Column("first_start_within_months", sa.Integer(), nullable=True),
        sa.Column("early_end_share_percent", sa.Integer(), nullable=True),
        sa.Column("report_dates", sa.JSON(), nullable=False),
        sa.Column("subcontractors_may_fulfil", sa.Boolean(), nullable=False),
        sa.Column("remedy", sa.JSON(), nullable=True),
        sa.Column("effort_counts", sa.Boolean(), nullable=False),
        sa.Column("legal_basis", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("clause_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.CheckConstraint(ONE_QUANTITY, name=op.f("ck_clause_versions_one_quantity")),
        sa.CheckConstraint(
            "(places IS NULL) = (minimum_months IS NULL)",
            name=op.f("ck_clause_versions_places_with_months"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "clause_id"],
            ["clauses.organisation_id", "clauses.id"],
            name=op.f("fk_clause_versions_organisation_id_clause_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_clause_versions_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_versions")),
        sa.UniqueConstraint(
            "clause_id", "number", name=op.f("uq_clause_versions_clause_id_number")
        ),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_clause_versions_organisation_id_id")
        ),
    )
    with op.batch_alter_table("clause_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clause_versions_organisation_id"), ["organisation_id"], unique=False
        )
    _keep_present_terms_as_first_versions()


def downgrade() -> None:
    """Loses earlier versions of clauses, and of clauses and contracts all that is new here: rates,
    reports, remedies, what call-offs inherit, frameworks and subcontractors. A clause that left its
    quantity to call-offs asks for one place of one month afterwards."""
    with op.batch_alter_table("clause_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clause_versions_organisation_id"))

    op.drop_table("clause_versions")
    # The older schema cannot store a clause that leaves its quantity to call-offs.
    op.execute(
        "UPDATE clauses SET places = 1, minimum_months = 1, quantity_per_call_off = false"
        " WHERE quantity_per_call_off"
    )
    with op.batch_alter_table("clauses", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_clauses_organisation_id_inherits_from_clause_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_clauses_inherits_from_clause_id"))
        batch_op.drop_constraint(op.f("ck_clauses_one_quantity"), type_="check")
        batch_op.create_check_constraint(op.f("ck_clauses_one_quantity"), OLD_QUANTITY)
        for name in ("effective_from", "inherits_from_clause_id", "remedy", "rate", *NEW_TERMS):
            batch_op.drop_column(name)

    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_contracts_organisation_id_framework_contract_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_contracts_framework_contract_id"))
        batch_op.drop_column("subcontractor_ids")
        batch_op.drop_column("framework_contract_id")


def _new(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=NEW_TERMS[name])


def _keep_present_terms_as_first_versions() -> None:
    op.execute(
        """
        INSERT INTO clause_versions (
            id, clause_id, number, version, organisation_id, created_at, updated_at, kind, places,
            minimum_months, full_time_months, quantity_per_call_off, rate, minimum_extent_percent,
            target_groups, first_start_within_months, early_end_share_percent, report_dates,
            subcontractors_may_fulfil, remedy, effort_counts, legal_basis, purpose
        )
        SELECT
            id, id, 1, 1, organisation_id, created_at, updated_at, kind, places,
            minimum_months, full_time_months, quantity_per_call_off, rate, minimum_extent_percent,
            target_groups, first_start_within_months, early_end_share_percent, report_dates,
            subcontractors_may_fulfil, remedy, effort_counts, legal_basis, purpose
        FROM clauses
        """
    )
