"""addresses that open one report without a key"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "contract_id IS NOT NULL OR first_day IS NOT NULL AND last_day IS NOT NULL",
            name=op.f("ck_report_links_contract_or_period"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "contract_id"],
            ["contracts.organisation_id", "contracts.id"],
            name=op.f("fk_report_links_organisation_id_contract_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "key_id"],
            ["keys.organisation_id", "keys.id"],
            name=op.f("fk_report_links_organisation_id_key_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_report_links_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_links")),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_report_links_organisation_id_id")
        ),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_report_links_secret_hash")),
    )
    with op.batch_alter_table("report_links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_links_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    """Loses every address that opens a report: those that are still good open nothing more."""
    with op.batch_alter_table("report_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_links_organisation_id"))

    op.drop_table("report_links")
