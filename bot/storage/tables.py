"""The tables. Every change here needs a revision in ``migrations/versions``; a test compares the two."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

from bot.storage.utc import UtcMilliseconds

NO_TOPIC = 0
"""The topic id of a chat without topics, and of a forum's general topic."""


class State(StrEnum):
    """Where an update stands in the inbox."""

    PENDING = "pending"
    CLAIMED = "claimed"
    DONE = "done"
    FAILED = "failed"


# Constraints are named alike on both engines, so that a later revision can find them.
metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "uq": "%(table_name)s_%(column_0_name)s_key",
    }
)

# Telegram's ids need 64 bits. On SQLite only a plain INTEGER key is the row's own number, without a second index.
TELEGRAM_KEY = BigInteger().with_variant(Integer(), "sqlite")

_IS_PENDING = text("state = 'pending'")
_IS_CLAIMED = text("state = 'claimed'")
_IS_FINISHED = text("finished_at IS NOT NULL")

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", TELEGRAM_KEY, primary_key=True, autoincrement=False),
    Column("lane", Text, nullable=False),  # "chat:<id>", "user:<id>" or "update:<id>"; empty once finished
    Column("payload", Text, nullable=False),  # the update as JSON; empty once finished
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),  # how often handling it has failed
    Column("last_error", Text),  # the type of the last exception, never its message
    Column("received_at", UtcMilliseconds, nullable=False),
    Column("due_at", UtcMilliseconds),  # not to be claimed before; NULL: at once
    Column("worker", Text),  # who has claimed it
    Column("claimed_at", UtcMilliseconds),
    Column("finished_at", UtcMilliseconds),  # done or failed
    CheckConstraint("state IN ('pending', 'claimed', 'done', 'failed')", name="state"),
    # Partial indexes: their size follows the work that is open, not the rows that are finished.
    Index("inbox_pending", "update_id", sqlite_where=_IS_PENDING, postgresql_where=_IS_PENDING),
    Index("inbox_pending_lane", "lane", "update_id", sqlite_where=_IS_PENDING, postgresql_where=_IS_PENDING),
    # Unique: the database itself refuses a second claim in a lane.
    Index("inbox_claimed_lane", "lane", unique=True, sqlite_where=_IS_CLAIMED, postgresql_where=_IS_CLAIMED),
    Index("inbox_finished", "finished_at", sqlite_where=_IS_FINISHED, postgresql_where=_IS_FINISHED),
)

chat_settings = Table(
    "chat_settings",
    metadata,
    Column("chat_id", TELEGRAM_KEY, primary_key=True, autoincrement=False),
    Column("language", String(8), nullable=False),  # chosen with /language
)

last_questions = Table(
    "last_questions",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("topic_id", BigInteger, primary_key=True, autoincrement=False),  # NO_TOPIC where there is none
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("question", Text, nullable=False),
    Column("asked_at", UtcMilliseconds, nullable=False),
    Index("last_questions_asked_at", "asked_at"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),  # the bot's own message
    Column("topic_id", BigInteger, nullable=False),  # NO_TOPIC where there is none
    Column("question_message_id", BigInteger),  # the message it answers; NULL: an alert
    Column("revision", Text, nullable=False),  # of the knowledge that it was made from
    Column("delivered_at", UtcMilliseconds, nullable=False),
    Column("language", String(8)),  # it is in; NULL: of a time when that was not noted
    Index("deliveries_question", "chat_id", "question_message_id"),
    Index("deliveries_delivered_at", "delivered_at"),
)

delivered_facts = Table(
    "delivered_facts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),  # counted from 0, as in the message
    Column("fact", Text, nullable=False),  # "report/fact"
    ForeignKeyConstraint(
        ["chat_id", "message_id"], ["deliveries.chat_id", "deliveries.message_id"], ondelete="CASCADE"
    ),
    Index("delivered_facts_fact", "fact"),
)

pulses = Table(
    "pulses",
    metadata,
    Column("host", Text, primary_key=True),  # a machine's or container's name
    Column("beaten_at", UtcMilliseconds, nullable=False),
)

owner = Table(
    "owner",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1: there is one owner at most
    Column("bot_id", BigInteger, nullable=False),  # whose updates are in the inbox
    CheckConstraint("id = 1", name="single"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("revision", String(12), primary_key=True),  # of the content: the same files are kept once
    Column("bundle", LargeBinary, nullable=False),  # all files, as a ZIP archive
    Column("size", Integer, nullable=False),  # bytes of that
    Column("stored_at", UtcMilliseconds, nullable=False),
)

publications = Table(
    "publications",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 …; the highest is served
    Column("revision", String(12), nullable=False),
    Column("published_at", UtcMilliseconds, nullable=False),
    Column("author", Text, nullable=False),  # a user id, or "start", "file", "signal"
    Column("why", Text, nullable=False),  # empty where nobody said
    Column("cause", String(8), nullable=False),
    Column("folder", String(12)),  # the revision that the folder had then
    CheckConstraint("cause IN ('start', 'reload', 'upload', 'patch', 'rollback', 'retract')", name="cause"),
    ForeignKeyConstraint(["revision"], ["revisions.revision"]),
)

audit = Table(
    "audit",
    metadata,
    Column("id", TELEGRAM_KEY, primary_key=True, autoincrement=True),
    Column("at", UtcMilliseconds, nullable=False),
    Column("actor", Text, nullable=False),  # a user id, or "start", "file", "signal"
    Column("role", String(8), nullable=False),
    Column("action", String(16), nullable=False),
    Column("before", Text, nullable=False),  # such as a revision; empty where there is nothing to name
    Column("after", Text, nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("detail", Text, nullable=False),
    CheckConstraint("outcome IN ('done', 'refused', 'failed')", name="outcome"),
    Index("audit_at", "at"),
)

admins = Table(
    "admins",
    metadata,
    Column("user_id", TELEGRAM_KEY, primary_key=True, autoincrement=False),
    Column("role", String(8), nullable=False),  # owners are in the settings
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", UtcMilliseconds, nullable=False),
    CheckConstraint("role IN ('admin', 'editor')", name="role"),
)

replicas = Table(
    "replicas",
    metadata,
    Column("name", Text, primary_key=True),  # machine and process
    Column("sequence", Integer, nullable=False),  # the publication that it serves
    Column("revision", String(12), nullable=False),
    Column("started_at", UtcMilliseconds, nullable=False),
    Column("seen_at", UtcMilliseconds, nullable=False),
)

gaps = Table(
    "gaps",
    metadata,
    Column("id", TELEGRAM_KEY, primary_key=True, autoincrement=True),
    Column("form", Text, nullable=False, unique=True),  # the question's words, folded and sorted
    Column("question", Text, nullable=False),  # as it was first asked; nobody's name
    Column("lang", String(8), nullable=False),
    Column("unanswered", Integer, nullable=False),  # how often the report did not say
    Column("none_meant", Integer, nullable=False),  # how often "none of these" was tapped
    Column("disliked", Integer, nullable=False),  # how often the answer got a thumb down
    Column("state", String(8), nullable=False),
    Column("first_at", UtcMilliseconds, nullable=False),
    Column("last_at", UtcMilliseconds, nullable=False),
    CheckConstraint("state IN ('open', 'patched', 'ignored')", name="state"),
    Index("gaps_last_at", "last_at"),
)

pending_patches = Table(
    "pending_patches",
    metadata,
    Column("id", TELEGRAM_KEY, primary_key=True, autoincrement=True),
    Column("gap_id", TELEGRAM_KEY, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("report", Text, nullable=False),
    Column("item", Text, nullable=False),  # the fact that it is; the id of the new unknown
    Column("lang", String(8), nullable=False),
    Column("text", Text, nullable=False),  # the phrasing
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", UtcMilliseconds, nullable=False),
    CheckConstraint("kind IN ('phrasing', 'unknown')", name="kind"),
    ForeignKeyConstraint(["gap_id"], ["gaps.id"], ondelete="CASCADE"),
    Index("pending_patches_gap_id", "gap_id"),
)

askers = Table(
    "askers",
    metadata,
    Column("gap_id", TELEGRAM_KEY, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),  # what asked; the answer replies to it
    Column("topic_id", BigInteger, nullable=False),  # NO_TOPIC where there is none
    Column("question", Text, nullable=False),  # to be asked again
    Column("asked_at", UtcMilliseconds, nullable=False),
    ForeignKeyConstraint(["gap_id"], ["gaps.id"], ondelete="CASCADE"),
    Index("askers_asked_at", "asked_at"),
)
