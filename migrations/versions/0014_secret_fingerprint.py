"""a fingerprint of the secret with which keys were made"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "secret_fingerprints",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secret_fingerprints")),
    )


def downgrade() -> None:
    """Loses the fingerprint: the service starts with any secret, though no key fits it."""
    op.drop_table("secret_fingerprints")
