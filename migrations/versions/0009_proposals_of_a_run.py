"""the proposals of one run found, and counted, without reading all the organisation's"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_proposals_match_run_id_position"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_proposals_organisation_id_match_run_id_position"),
            ["organisation_id", "match_run_id", "position"],
        )


def downgrade() -> None:
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_proposals_organisation_id_match_run_id_position"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_proposals_match_run_id_position"), ["match_run_id", "position"]
        )
