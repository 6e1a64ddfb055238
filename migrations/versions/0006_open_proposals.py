"""an index that finds an organisation's open proposals among all that there ever were"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposals_status"))
        batch_op.create_index(
            batch_op.f("ix_proposals_organisation_id_status_id"),
            ["organisation_id", "status", "id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposals_organisation_id_status_id"))
        batch_op.create_index(batch_op.f("ix_proposals_status"), ["status"], unique=False)
