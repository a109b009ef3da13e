"""Counts of a year and of lately, and the few who are blocked, are found without going through all rows.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COUNTED_BY = (("kind", "outcome"), ("office_id",), ("hour",))


def upgrade() -> None:
    for keys in COUNTED_BY:
        columns = [*keys, "day", "account", "count"]
        op.create_index(f"ix_statistics_{'_'.join(columns)}", "statistics", columns)
    op.create_index(
        "ix_conversations_blocked",
        "conversations",
        ["is_blocked", "id"],
        sqlite_where=sa.text("is_blocked = 1"),
        postgresql_where=sa.text("is_blocked"),
    )
    op.create_index(
        "ix_messages_received",
        "messages",
        ["received_at", "account", "conversation_id"],
        sqlite_where=sa.text("direction = 'in'"),
        postgresql_where=sa.text("direction = 'in'"),
    )


def downgrade() -> None:
    op.drop_index("ix_messages_received", table_name="messages")
    op.drop_index("ix_conversations_blocked", table_name="conversations")
    for keys in COUNTED_BY:
        op.drop_index(f"ix_statistics_{'_'.join([*keys, 'day', 'account', 'count'])}", table_name="statistics")
