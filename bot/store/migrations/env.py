"""Alembic's entry: the connection comes from `bot.store.schema`; there is no alembic.ini."""

from __future__ import annotations

from alembic import context

from bot.store.schema import is_ours
from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=is_ours,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
