"""Which bot the database belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "owner",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="owner_pkey"),
        sa.CheckConstraint("id = 1", name=op.f("owner_single_check")),
    )


def downgrade() -> None:
    op.drop_table("owner")
