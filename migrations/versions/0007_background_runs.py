"""background runs"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# The queue's own schema as procrastinate 3.10.0 ships it, kept as it was when this was written.
QUEUE = Path(__file__).parents[1] / "procrastinate_3.10.0.sql"
DROP_QUEUE = """
DROP TABLE procrastinate_periodic_defers, procrastinate_events, procrastinate_jobs,
    procrastinate_workers CASCADE;
DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND starts_with(proname, 'procrastinate_')
    LOOP EXECUTE format('DROP FUNCTION %s', one.name); END LOOP;
END $$;
DROP TYPE procrastinate_job_to_defer_v1;
DROP TYPE procrastinate_job_event_type;
DROP TYPE procrastinate_job_status;
"""
# The columns that only a completed run has: name and type.
ANSWERS: dict[str, sa.types.TypeEngine[Any]] = {
    "input_hash": sa.String(length=64),
    "objective": sa.JSON(),
    "certificate": sa.JSON(),
    "counts": sa.JSON(),
    "duration_ms": sa.Integer(),
}


def upgrade() -> None:
    with op.batch_alter_table("match_runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("failure", sa.JSON(), nullable=True))
        for name, kind in ANSWERS.items():
            batch_op.alter_column(name, existing_type=kind, nullable=True)
    # Earlier runs were all stored when they were completed.
    op.execute("UPDATE match_runs SET completed_at = created_at")
    with op.batch_alter_table("match_runs", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_match_runs_answered_when_completed"),
            "(status = 'completed') = (objective IS NOT NULL AND completed_at IS NOT NULL)",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_match_runs_failed_with_reason"),
            "(status = 'failed') = (failure IS NOT NULL)",
        )
        batch_op.create_index(batch_op.f("ix_match_runs_status"), ["status"], unique=False)

    op.create_table(
        "match_run_works",
        sa.Column("match_run_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("caseworker", sa.String(length=200), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["keys.id"], name=op.f("fk_match_run_works_key_id")),
        sa.ForeignKeyConstraint(
            ["match_run_id"],
            ["match_runs.id"],
            name=op.f("fk_match_run_works_match_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("match_run_id", name=op.f("pk_match_run_works")),
    )
    if op.get_bind().dialect.name == "postgresql":
        _execute_script(QUEUE.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Loses runs that are not completed, with the queue of those that wait, and when runs were
    completed."""
    if op.get_bind().dialect.name == "postgresql":
        _execute_script(DROP_QUEUE)
    op.drop_table("match_run_works")
    # The older schema has only completed runs; the others have no answer to lose.
    op.execute("DELETE FROM match_runs WHERE status <> 'completed'")
    with op.batch_alter_table("match_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_runs_status"))
        batch_op.drop_constraint(batch_op.f("ck_match_runs_failed_with_reason"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_match_runs_answered_when_completed"), type_="check")
        for name, kind in ANSWERS.items():
            batch_op.alter_column(name, existing_type=kind, nullable=False)
        batch_op.drop_column("failure")
        batch_op.drop_column("completed_at")


def _execute_script(script: str) -> None:
    """Executes many statements at once, which only a call without parameters can do."""
    op.get_bind().execution_options(no_parameters=True).exec_driver_sql(script)
