"""Subscriptions, what there is to tell, the outbox, and which language a message is in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("language", sa.String(8)))
    _subscriptions()
    _events()
    _outbox()
    _inline()
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="leases_pkey"),
    )


def downgrade() -> None:
    for table in (
        "leases",
        "inline_facts",
        "inline_deliveries",
        "outbox",
        "event_facts",
        "events",
        "reply_refusals",
        "subscriptions",
    ):
        op.drop_table(table)
    with op.batch_alter_table("deliveries") as batch:
        batch.drop_column("language")


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("cadence", sa.String(8), nullable=False),
        sa.Column("importance", sa.String(8), nullable=False),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_until", sa.Integer()),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "topic_id", name="subscriptions_pkey"),
        *_checks(
            "subscriptions",
            state="state IN ('active', 'suspended', 'ended')",
            cadence="cadence IN ('instant', 'hourly', 'daily')",
            importance="importance IN ('low', 'normal', 'high')",
            quiet="(quiet_from IS NULL) = (quiet_until IS NULL)",
            reason="(state = 'active') = (reason IS NULL)",
        ),
    )
    op.create_table(
        "reply_refusals",
        sa.Column("chat_id", _KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="reply_refusals_pkey"),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="events_pkey"),
        sa.UniqueConstraint("key", name="events_key_key"),
        *_checks(
            "events",
            kind="kind IN ('publication', 'announcement')",
            state="state IN ('draft', 'running', 'paused', 'aborted')",
        ),
    )
    op.create_index("events_created_at", "events", ["created_at"])
    op.create_table(
        "event_facts",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "fact", name="event_facts_pkey"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="event_facts_event_id_fkey", ondelete="CASCADE"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("inline_message_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("replies_to", sa.BigInteger()),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ambiguous", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="outbox_pkey"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="outbox_event_id_fkey", ondelete="CASCADE"),
        sa.UniqueConstraint(
            "event_id", "chat_id", "topic_id", "message_id", "inline_message_id", name="outbox_event_place_key"
        ),
        *_checks(
            "outbox",
            state="state IN ('pending', 'sending', 'sent', 'held', 'failed', 'skipped')",
            kind="kind IN ('alert', 'announcement', 'reply', 'edit')",
        ),
    )
    pending, sending = sa.text("state = 'pending'"), sa.text("state = 'sending'")
    op.create_index("outbox_pending", "outbox", ["due_at", "id"], sqlite_where=pending, postgresql_where=pending)
    op.create_index("outbox_sending", "outbox", ["id"], sqlite_where=sending, postgresql_where=sending)
    op.create_index("outbox_event_state", "outbox", ["event_id", "state"])
    op.create_index("outbox_chat", "outbox", ["chat_id"])


def _inline() -> None:
    op.create_table(
        "inline_deliveries",
        sa.Column("inline_message_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("delivered_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("inline_message_id", name="inline_deliveries_pkey"),
    )
    op.create_index("inline_deliveries_delivered_at", "inline_deliveries", ["delivered_at"])
    op.create_table(
        "inline_facts",
        sa.Column("inline_message_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("inline_message_id", "position", name="inline_facts_pkey"),
        sa.ForeignKeyConstraint(
            ["inline_message_id"],
            ["inline_deliveries.inline_message_id"],
            name="inline_facts_inline_message_id_fkey",
            ondelete="CASCADE",
        ),
    )
    op.create_index("inline_facts_fact", "inline_facts", ["fact"])


def _checks(table: str, **conditions: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(condition, name=op.f(f"{table}_{name}_check")) for name, condition in conditions.items()]
