"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Integer, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

FAR_FUTURE = datetime(9999, 12, 31, tzinfo=timezone.utc)
"""Stands for "no end" where an index needs a value."""


class UtcDateTime(TypeDecorator):  # type: ignore[misc]
    """A moment: kept in UTC, given back aware, in UTC. A naive datetime is refused with ValueError.

    SQLite keeps ISO text of one width, so that text sorts as time does; PostgreSQL keeps timestamptz.
    """

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no zone: only moments with a zone are kept")
        utc = value.astimezone(timezone.utc)
        return utc if dialect.name == "postgresql" else utc.isoformat(timespec="microseconds")

    def process_result_value(self, value: datetime | str | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(timezone.utc)


def json_type() -> Any:
    """JSON, as jsonb on PostgreSQL. Python's None is SQL NULL."""
    return JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def number_type() -> Any:
    """The integer of a key that grows for ever."""
    return BigInteger().with_variant(Integer(), "sqlite")
