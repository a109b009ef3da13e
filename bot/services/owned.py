"""Everything that staff own in the database, to be read elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.store import schema, tables
from bot.store.unit_of_work import UnitOfWork

OWNED = (
    "offices",
    "office_names",
    "office_hours",
    "office_confirmations",
    "staff_days",
    "places",
    "postcodes",
    "accounts",
    "account_scopes",
    "closures",
    "closure_entities",
    "closure_versions",
    "contacts",
    "staff",
    "staff_accounts",
    "canned_replies",
    "settings",
    "statistics",
    "handoff_outcomes",
    "audit_events",
)
"""What staff made. Nothing in it was written by a member of the public."""
_SECRET = {"password_hash", "totp_secret", "invitation_hash", "invitation_expires_at", "session_version"}
_NOBODY_ELSES = ("console_", "secret_")
"""How settings begin with which the console signs its cookies and keeps what is on its way, and other keys."""


def export(work: UnitOfWork, *, at: datetime) -> dict[str, Any]:
    """Everything that staff own as JSON, table by table; no passwords, and nothing that people wrote."""
    found = {name: _rows(work, tables.metadata.tables[name]) for name in OWNED}
    return {"exported_at": at.isoformat(), "schema": schema.head(), "tables": found}


def _rows(work: UnitOfWork, table: Any) -> list[dict[str, Any]]:
    rows = work.connection.execute(table.select().order_by(*table.primary_key)).mappings()
    ours = (row for row in rows if not str(row.get("key", "")).startswith(_NOBODY_ELSES))
    return [{name: _json(value) for name, value in row.items() if name not in _SECRET} for row in ours]


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date
