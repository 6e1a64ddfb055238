"""follow-ups"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clause_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("next_follow_up_date", sa.Date(), nullable=True),
        sa.Column("corrects_follow_up_id", sa.Uuid(), nullable=True),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "(reason IS NULL) = (kind <> 'excuse-decided')",
            name=op.f("ck_follow_ups_excuse_has_reason"),
        ),
        sa.CheckConstraint(
            "(until IS NULL) = (kind <> 'rectification-set')",
            name=op.f("ck_follow_ups_rectification_has_its_end"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "clause_id"],
            ["clauses.organisation_id", "clauses.id"],
            name=op.f("fk_follow_ups_organisation_id_clause_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "corrects_follow_up_id"],
            ["follow_ups.organisation_id", "follow_ups.id"],
            name=op.f("fk_follow_ups_organisation_id_corrects_follow_up_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "key_id"],
            ["keys.organisation_id", "keys.id"],
            name=op.f("fk_follow_ups_organisation_id_key_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_follow_ups_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        sa.UniqueConstraint(
            "corrects_follow_up_id", name=op.f("uq_follow_ups_corrects_follow_up_id")
        ),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_follow_ups_organisation_id_id")),
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_ups_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_follow_ups_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    """Loses every follow-up."""
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_ups_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_follow_ups_clause_id"))

    op.drop_table("follow_ups")
