"""What the advisers' desk needs: blocked senders, who is looking, alarms, and what became of handoffs.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime, number_type

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("is_blocked", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "handoff_viewers",
        sa.Column("handoff_id", number_type(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handoff_id"], ["handoffs.id"], name="fk_handoff_viewers_handoff_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("handoff_id", "name", name="pk_handoff_viewers"),
    )
    op.create_table(
        "alarms",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("handoff_id", number_type(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_attempt_at", UtcDateTime()),
        sa.Column("sent_at", UtcDateTime()),
        sa.Column("error", sa.Text()),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name="fk_alarms_handoff_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
        sa.UniqueConstraint("handoff_id", "level", "way", "to", name="uq_alarms_handoff_id_level_way_to"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alarms_next_attempt_at", "alarms", ["next_attempt_at"])
    op.create_table(
        "handoff_outcomes",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column("claim_minutes", sa.Integer()),
        sa.Column("reply_minutes", sa.Integer()),
        sa.Column("end_minutes", sa.Integer(), nullable=False),
        sa.Column("was_late", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_outcomes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handoff_outcomes_day", "handoff_outcomes", ["day"])


def downgrade() -> None:
    for table in ("handoff_outcomes", "alarms", "handoff_viewers"):
        op.drop_table(table)
    op.drop_column("conversations", "is_blocked")
