"""Which message asked each of the last questions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _replace("message_id")


def downgrade() -> None:
    _replace()


def _replace(*more: str) -> None:
    """Make the table anew: SQLite cannot change a key, and what is in it lasts for minutes anyway."""
    op.drop_table("last_questions")
    key = ("chat_id", "topic_id", "user_id", *more)
    op.create_table(
        "last_questions",
        *(sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False) for name in key),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name="last_questions_pkey"),
    )
    op.create_index("last_questions_asked_at", "last_questions", ["asked_at"])
