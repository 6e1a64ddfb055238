"""unmatched candidates of a run as columns, not as rows"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Loses the lists of earlier runs, which are solved again from their inputs when asked for."""
    with op.batch_alter_table("unmatched_candidates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unmatched_candidates_candidate_id"))
    op.drop_table("unmatched_candidates")
    op.create_table(
        "unmatched_candidates",
        sa.Column("match_run_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_run_id"],
            ["match_runs.id"],
            name=op.f("fk_unmatched_candidates_match_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("match_run_id", name=op.f("pk_unmatched_candidates")),
    )


def downgrade() -> None:
    """Loses whom each run left without a place."""
    op.drop_table("unmatched_candidates")
    op.create_table(
        "unmatched_candidates",
        sa.Column("match_run_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "candidate_id"],
            ["candidates.organisation_id", "candidates.id"],
            name=op.f("fk_unmatched_candidates_organisation_id_candidate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "match_run_id"],
            ["match_runs.organisation_id", "match_runs.id"],
            name=op.f("fk_unmatched_candidates_organisation_id_match_run_id"),
        ),
        sa.PrimaryKeyConstraint("match_run_id", "position", name=op.f("pk_unmatched_candidates")),
    )
    with op.batch_alter_table("unmatched_candidates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_unmatched_candidates_candidate_id"), ["candidate_id"], unique=False
        )
