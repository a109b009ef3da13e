"""Messages that were not understood, and the training phrases that staff make of them.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime, json_type, number_type

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "misses",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("message_id", number_type(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("guesses", json_type(), nullable=False),
        sa.Column("kinds", json_type(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_misses_message_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_misses"),
        sa.UniqueConstraint("message_id", name="uq_misses_message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_misses_at", "misses", ["at"])
    op.create_table(
        "phrases",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("miss_id", number_type()),
        sa.Column("intent", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("decided_by", sa.String()),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["miss_id"], ["misses.id"], name="fk_phrases_miss_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_phrases"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_phrases_miss_id", "phrases", ["miss_id"])
    op.create_index("ix_phrases_state_id", "phrases", ["state", "id"])
    op.create_index(
        "uq_phrases_proposed",
        "phrases",
        ["miss_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )


def downgrade() -> None:
    for table in ("phrases", "misses"):
        op.drop_table(table)
