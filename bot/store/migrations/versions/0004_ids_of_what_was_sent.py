"""What a channel calls a message that we sent is looked up: it shows ours beside what came in.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_messages_outgoing",
        "messages",
        ["account", "external_id"],
        sqlite_where=sa.text("direction = 'out'"),
        postgresql_where=sa.text("direction = 'out'"),
    )


def downgrade() -> None:
    op.drop_index("ix_messages_outgoing", table_name="messages")
