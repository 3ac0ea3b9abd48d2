"""Revisions, who may do what and who did, and questions without an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    create_revisions()
    create_rights()
    create_gaps()


def create_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("revision", sa.String(12), nullable=False),
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("revision", name="revisions_pkey"),
    )
    op.create_table(
        "publications",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.String(12), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(8), nullable=False),
        sa.Column("folder", sa.String(12)),
        sa.CheckConstraint(
            "cause IN ('start', 'reload', 'upload', 'patch', 'rollback', 'retract')",
            name=op.f("publications_cause_check"),
        ),
        sa.ForeignKeyConstraint(["revision"], ["revisions.revision"], name="publications_revision_fkey"),
        sa.PrimaryKeyConstraint("sequence", name="publications_pkey"),
    )
    op.create_table(
        "replicas",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(12), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="replicas_pkey"),
    )


def create_rights() -> None:
    op.create_table(
        "audit",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.CheckConstraint("outcome IN ('done', 'refused', 'failed')", name=op.f("audit_outcome_check")),
        sa.PrimaryKeyConstraint("id", name="audit_pkey"),
    )
    op.create_index("audit_at", "audit", ["at"])
    op.create_table(
        "admins",
        sa.Column("user_id", KEY, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("role IN ('admin', 'editor')", name=op.f("admins_role_check")),
        sa.PrimaryKeyConstraint("user_id", name="admins_pkey"),
    )


def create_gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("id", KEY, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.UniqueConstraint("form", name="gaps_form_key"),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("none_meant", sa.Integer(), nullable=False),
        sa.Column("disliked", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'patched', 'ignored')", name=op.f("gaps_state_check")),
        sa.PrimaryKeyConstraint("id", name="gaps_pkey"),
    )
    op.create_index("gaps_last_at", "gaps", ["last_at"])
    op.create_table(
        "pending_patches",
        sa.Column("id", KEY, nullable=False),
        sa.Column("gap_id", KEY, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('phrasing', 'unknown')", name=op.f("pending_patches_kind_check")),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name="pending_patches_gap_id_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pending_patches_pkey"),
    )
    op.create_index("pending_patches_gap_id", "pending_patches", ["gap_id"])
    op.create_table(
        "askers",
        sa.Column("gap_id", KEY, autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name="askers_gap_id_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("gap_id", "chat_id", "message_id", name="askers_pkey"),
    )
    op.create_index("askers_asked_at", "askers", ["asked_at"])


def downgrade() -> None:
    for table in ("askers", "pending_patches", "gaps", "admins", "audit", "replicas", "publications", "revisions"):
        op.drop_table(table)
