"""The tables of alerts and corrections: who wants to be told what, what there is to tell, and what became of it."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.tables import TELEGRAM_KEY, metadata
from bot.storage.utc import UtcMilliseconds


class Standing(StrEnum):
    """Whether a subscription is served."""

    ACTIVE = "active"
    SUSPENDED = "suspended"  # until the chat can be written to again
    ENDED = "ended"


class EventState(StrEnum):
    """Where something that is to be told stands."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    ABORTED = "aborted"


class RowState(StrEnum):
    """Where a message that is to be sent stands."""

    PENDING = "pending"
    SENDING = "sending"  # a request may be on its way: after a crash it is sent again
    SENT = "sent"
    HELD = "held"  # its chat is closed; when it opens again this is sent
    FAILED = "failed"
    SKIPPED = "skipped"  # the broadcast was aborted, or the chat unsubscribed


class RowKind(StrEnum):
    """What a row of the outbox does."""

    ALERT = "alert"
    ANNOUNCEMENT = "announcement"
    REPLY = "reply"  # to a message that carried what has changed
    EDIT = "edit"  # of such a message


_IS_PENDING = text("state = 'pending'")
_IS_SENDING = text("state = 'sending'")

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("topic_id", BigInteger, primary_key=True, autoincrement=False),  # NO_TOPIC where there is none
    Column("topics", Text, nullable=False),  # of facts, with spaces between; empty: all
    Column("language", String(8), nullable=False),
    Column("cadence", String(8), nullable=False),
    Column("importance", String(8), nullable=False),  # the least that is told
    Column("quiet_from", Integer),  # minutes after midnight; NULL: no quiet hours
    Column("quiet_until", Integer),
    Column("zone", Text, nullable=False),  # of the IANA database
    Column("state", String(10), nullable=False),
    Column("reason", String(16)),  # why it is not active
    Column("changed_at", UtcMilliseconds, nullable=False),
    CheckConstraint("state IN ('active', 'suspended', 'ended')", name="state"),
    CheckConstraint("cadence IN ('instant', 'hourly', 'daily')", name="cadence"),
    CheckConstraint("importance IN ('low', 'normal', 'high')", name="importance"),
    CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet"),
    CheckConstraint("(state = 'active') = (reason IS NULL)", name="reason"),
)

reply_refusals = Table(
    "reply_refusals",  # chats in which corrected messages are edited, and not replied to
    metadata,
    Column("chat_id", TELEGRAM_KEY, primary_key=True, autoincrement=False),
)

events = Table(
    "events",
    metadata,
    Column("id", TELEGRAM_KEY, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False),  # what it is about, so that nothing is told twice
    Column("kind", String(12), nullable=False),
    Column("revision", Text, nullable=False),  # of the knowledge that is told of
    Column("body", Text, nullable=False),  # what is told, as JSON
    Column("state", String(8), nullable=False),
    Column("created_at", UtcMilliseconds, nullable=False),
    UniqueConstraint("key", name="events_key_key"),
    CheckConstraint("kind IN ('publication', 'announcement')", name="kind"),
    CheckConstraint("state IN ('draft', 'running', 'paused', 'aborted')", name="state"),
    Index("events_created_at", "created_at"),
)

event_facts = Table(
    "event_facts",  # the facts that no longer say what they said: messages with them are put right
    metadata,
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    Column("fact", Text, primary_key=True),
    ForeignKeyConstraint(["event_id"], ["events.id"], ondelete="CASCADE"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", TELEGRAM_KEY, primary_key=True, autoincrement=True),
    Column("event_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),  # 0 for a message that was posted inline
    Column("topic_id", BigInteger, nullable=False),  # NO_TOPIC where there is none
    Column("message_id", BigInteger, nullable=False),  # the message to edit; 0: a new one is sent
    Column("inline_message_id", Text, nullable=False),  # the same of a message posted inline; empty: none
    Column("kind", String(12), nullable=False),
    Column("facts", Text, nullable=False),  # that it tells of, with spaces between; empty: an announcement
    Column("language", String(8), nullable=False),
    Column("replies_to", BigInteger),  # the message it points at
    Column("state", String(8), nullable=False),
    Column("due_at", UtcMilliseconds, nullable=False),
    Column("attempts", Integer, nullable=False),  # how often sending has failed
    Column("ambiguous", Integer, nullable=False),  # how often it may have arrived without our knowing
    Column("reason", String(16)),  # of the last failure
    Column("changed_at", UtcMilliseconds, nullable=False),
    ForeignKeyConstraint(["event_id"], ["events.id"], ondelete="CASCADE"),
    # Nobody is told twice: one new message for an event and a place, one edit for an event and a message.
    UniqueConstraint(
        "event_id", "chat_id", "topic_id", "message_id", "inline_message_id", name="outbox_event_place_key"
    ),
    CheckConstraint("state IN ('pending', 'sending', 'sent', 'held', 'failed', 'skipped')", name="state"),
    CheckConstraint("kind IN ('alert', 'announcement', 'reply', 'edit')", name="kind"),
    Index("outbox_pending", "due_at", "id", sqlite_where=_IS_PENDING, postgresql_where=_IS_PENDING),
    Index("outbox_sending", "id", sqlite_where=_IS_SENDING, postgresql_where=_IS_SENDING),
    Index("outbox_event_state", "event_id", "state"),
    Index("outbox_chat", "chat_id"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", UtcMilliseconds, nullable=False),
)

inline_deliveries = Table(
    "inline_deliveries",  # messages that people posted by way of the bot, known by nothing but their id
    metadata,
    Column("inline_message_id", Text, primary_key=True),
    Column("revision", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("delivered_at", UtcMilliseconds, nullable=False),
    Index("inline_deliveries_delivered_at", "delivered_at"),
)

inline_facts = Table(
    "inline_facts",
    metadata,
    Column("inline_message_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("fact", Text, nullable=False),  # "report/fact"
    ForeignKeyConstraint(["inline_message_id"], ["inline_deliveries.inline_message_id"], ondelete="CASCADE"),
    Index("inline_facts_fact", "fact"),
)
