"""What is kept of what was erased, and when each chore was done last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime, number_type

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chores",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_chores"),
    )
    op.create_table(
        "erased_messages",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_erased_messages"),
    )
    op.create_index("ix_erased_messages_until", "erased_messages", ["until"])
    op.create_table(
        "erasures",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("before", number_type(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_erasures_at", "erasures", ["at"])
    # The web chat put the person before its own id of a message: "web:", 32 characters, and ":". Who wrote stands in
    # the conversation alone.
    op.execute(
        "UPDATE messages SET external_id = conversation_id || substr(external_id, 37) WHERE external_id LIKE 'web:%:%'"
    )


def downgrade() -> None:
    for table in ("erasures", "erased_messages", "chores"):
        op.drop_table(table)
