"""Inbox, conversations and ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    create_inbox()
    create_conversations()
    create_ledger()


def create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", KEY, autoincrement=False, nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("worker", sa.Text()),
        sa.Column("claimed_at", sa.BigInteger()),
        sa.Column("finished_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("update_id", name="inbox_pkey"),
        sa.CheckConstraint("state IN ('pending', 'claimed', 'done', 'failed')", name=op.f("inbox_state_check")),
    )
    create_partial_index("inbox_pending", "inbox", ["update_id"], "state = 'pending'")
    create_partial_index("inbox_pending_lane", "inbox", ["lane", "update_id"], "state = 'pending'")
    create_partial_index("inbox_claimed_lane", "inbox", ["lane"], "state = 'claimed'", unique=True)
    create_partial_index("inbox_finished", "inbox", ["finished_at"], "finished_at IS NOT NULL")


def create_conversations() -> None:
    op.create_table(
        "chat_settings",
        sa.Column("chat_id", KEY, autoincrement=False, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="chat_settings_pkey"),
    )
    op.create_table(
        "last_questions",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "topic_id", "user_id", name="last_questions_pkey"),
    )
    op.create_index("last_questions_asked_at", "last_questions", ["asked_at"])


def create_ledger() -> None:
    op.create_table(
        "deliveries",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("question_message_id", sa.BigInteger()),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("delivered_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="deliveries_pkey"),
    )
    op.create_index("deliveries_question", "deliveries", ["chat_id", "question_message_id"])
    op.create_index("deliveries_delivered_at", "deliveries", ["delivered_at"])
    op.create_table(
        "delivered_facts",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", "position", name="delivered_facts_pkey"),
        sa.ForeignKeyConstraint(
            ["chat_id", "message_id"],
            ["deliveries.chat_id", "deliveries.message_id"],
            name="delivered_facts_chat_id_fkey",
            ondelete="CASCADE",
        ),
    )
    op.create_index("delivered_facts_fact", "delivered_facts", ["fact"])


def create_partial_index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    """Index only the rows that match ``where``, alike on both engines."""
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    for table in ("delivered_facts", "deliveries", "last_questions", "chat_settings", "inbox"):
        op.drop_table(table)
