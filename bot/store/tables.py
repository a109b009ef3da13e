"""Every table. The migrations make them; a test holds the two together.

Enumerations are kept as their text values, moments in UTC, days as dates in London. A handle of an account is kept
twice: as written, and as `key`, folded for look-ups.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.store.types import UtcDateTime, json_type, number_type

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _number() -> Any:
    """A key that grows and is never used again, not even after a purge."""
    return Column("id", number_type(), primary_key=True, autoincrement=True)


def _text(name: str, **options: Any) -> Any:
    return Column(name, Text, nullable=False, server_default="", **options)


def _flag(name: str) -> Any:
    return Column(name, Boolean, nullable=False, server_default=false())


def _office(**options: Any) -> Any:
    return Column("office_id", String, ForeignKey("offices.id", ondelete="CASCADE"), nullable=False, **options)


def _account(**options: Any) -> Any:
    return Column("account", String, ForeignKey("accounts.key", ondelete="CASCADE"), nullable=False, **options)


def _handoff(**options: Any) -> Any:
    return Column("handoff_id", number_type(), ForeignKey("handoffs.id", ondelete="CASCADE"), nullable=False, **options)


# Offices and places

offices = Table(
    "offices",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("nation", String, nullable=False),
    _text("address"),
    _text("town"),
    _text("postcode"),
    _text("district"),
    _text("local_authority"),
    Column("lat", Float),
    Column("lon", Float),
    Column("status", String, nullable=False),
    Column("replaced_by", String),
    Column("phone", String),
    Column("name_cy", String),
    Column("facilities", json_type(), nullable=False),
    Index(None, "district"),
    Index(None, "nation"),
)

office_names = Table(
    "office_names",
    metadata,
    _office(primary_key=True),
    Column("name", String, primary_key=True),
    Column("kind", String, nullable=False),
)

office_hours = Table(
    "office_hours",
    metadata,
    _number(),
    _office(),
    Column("hours", Text, nullable=False),
    Column("certainty", String, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("confirmed_at", UtcDateTime),
    Column("said_at", UtcDateTime, nullable=False),
    Column("said_by", String, nullable=False),
    Column("superseded_at", UtcDateTime),
    Index(None, "office_id", "superseded_at"),
    sqlite_autoincrement=True,
)

office_confirmations = Table(
    "office_confirmations",
    metadata,
    _number(),
    _office(),
    Column("watch_id", number_type(), ForeignKey("closures.id", ondelete="CASCADE")),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Index(None, "office_id", "watch_id", "at"),
    Index(None, "watch_id"),
    sqlite_autoincrement=True,
)

staff_days = Table(
    "staff_days",
    metadata,
    _number(),
    Column("day", Date, nullable=False),
    Column("is_open", Boolean, nullable=False),
    _text("title"),
    Column("scope", json_type(), nullable=False),
    Column("said_at", UtcDateTime, nullable=False),
    Column("said_by", String, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Column("withdrawn_by", String),
    Index(None, "day"),
    sqlite_autoincrement=True,
)

places = Table(
    "places",
    metadata,
    _number(),
    Column("name", String, nullable=False),
    Column("nation", String, nullable=False),
    Column("population", Integer, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    sqlite_autoincrement=True,
)

postcodes = Table(
    "postcodes",
    metadata,
    Column("code", String, primary_key=True),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("nation", String, nullable=False),
    Column("radius_km", Float, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("name", String, primary_key=True),
    Column("number", Integer, nullable=False),
)

# Accounts

accounts = Table(
    "accounts",
    metadata,
    Column("key", String, primary_key=True),
    Column("handle", String, nullable=False),
    Column("name", String, nullable=False),
    Column("nation", String, nullable=False),
    Column("language", String, nullable=False),
    _flag("is_paused"),
    _text("pause_reason"),
    Column("paused_at", UtcDateTime),
    Column("paused_by", String),
    Column("settings", json_type(), nullable=False),
)

account_scopes = Table(
    "account_scopes",
    metadata,
    _account(primary_key=True),
    Column("kind", String, primary_key=True),
    Column("value", String, primary_key=True),
    Index(None, "value"),
)

channel_state = Table(
    "channel_state",
    metadata,
    Column("account", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", json_type()),
)

quotas = Table(
    "quotas",
    metadata,
    Column("account", String, primary_key=True),
    Column("window", String, primary_key=True),
    Column("limit", Integer, nullable=False),
    Column("remaining", Integer, nullable=False),
    Column("reserved", Integer, nullable=False, server_default="0"),
    Column("resets_at", UtcDateTime),
)

# Closures and watches: one table, because both are asked for together in every answer

closures = Table(
    "closures",
    metadata,
    _number(),
    Column("kind", String, nullable=False),
    Column("cause", String, nullable=False),
    Column("effect", String),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime),
    Column("active_until", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("review_by", UtcDateTime),
    Column("opens_at", Integer),
    Column("closes_at", Integer),
    _text("spans"),
    Column("moved_to", String),
    _text("message"),
    _text("message_cy"),
    _text("note"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("withdrawn_at", UtcDateTime),
    Index(None, "kind", "active_until"),
    sqlite_autoincrement=True,
)

closure_entities = Table(
    "closure_entities",
    metadata,
    Column("closure_id", number_type(), ForeignKey("closures.id", ondelete="CASCADE"), primary_key=True),
    Column("is_exception", Boolean, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("value", String, primary_key=True),
    # The closure's own end, or its withdrawal: with it one range of the index holds what still bears on a value.
    Column("active_until", UtcDateTime, nullable=False),
    Index(None, "value", "active_until", "closure_id"),
)

closure_versions = Table(
    "closure_versions",
    metadata,
    Column("closure_id", number_type(), ForeignKey("closures.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("action", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    _text("reason"),
    Column("body", json_type(), nullable=False),
)

# Contacts

contacts = Table(
    "contacts",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    _text("topic_id"),
    _text("topic"),
    _text("nation"),
    _text("audience"),
    _text("channel"),
    _text("value"),
    _text("say"),
    _text("hours"),
    _text("hours_say"),
    _text("language"),
    _text("source_url"),
    _text("source_date"),
    _text("certainty"),
    Column("last_checked", Date),
    _text("updated_by"),
)

# Conversations, messages, handoffs

conversations = Table(
    "conversations",
    metadata,
    Column("id", String, primary_key=True),
    Column("account", String, nullable=False),
    Column("sender", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("language", String),
    _flag("is_stopped"),
    _flag("is_blocked"),
    _flag("is_trial"),
    Column("dialogue", json_type(), nullable=False),
    Column("last_in_at", UtcDateTime),
    Column("taken_until", UtcDateTime),
    Column("taken_by", String),
    UniqueConstraint("account", "sender", "channel"),
    Index(None, "sender"),
    Index(
        "ix_conversations_blocked",
        "is_blocked",
        "id",
        sqlite_where=text("is_blocked = 1"),
        postgresql_where=text("is_blocked"),
    ),
)

messages = Table(
    "messages",
    metadata,
    _number(),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("account", String, nullable=False),
    Column("direction", String, nullable=False),
    Column("author", String, nullable=False),
    Column("author_name", String),
    Column("text", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime),
    Column("sent_at", UtcDateTime),
    Column("external_id", String),
    Column("redacted", json_type(), nullable=False),
    Column("risks", json_type(), nullable=False),
    Column("answers", json_type(), nullable=False),
    # Message numbers without a foreign key: purging would have to look for each of them.
    Column("in_reply_to", number_type()),
    Column("answered_by", number_type()),
    Column("turn", String),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("attempted_at", UtcDateTime),
    Column("next_attempt_at", UtcDateTime),
    Column("error", Text),
    Column("details", json_type(), nullable=False),
    Index(None, "conversation_id", "id"),
    Index(None, "conversation_id", "state", "id"),
    Index(None, "state", "next_attempt_at", "id"),
    Index(
        "uq_messages_incoming",
        "account",
        "external_id",
        unique=True,
        sqlite_where=text("direction = 'in'"),
        postgresql_where=text("direction = 'in'"),
    ),
    # With all that is needed to count what came in lately.
    Index(
        "ix_messages_received",
        "received_at",
        "account",
        "conversation_id",
        sqlite_where=text("direction = 'in'"),
        postgresql_where=text("direction = 'in'"),
    ),
    Index(
        "ix_messages_outgoing",
        "account",
        "external_id",
        sqlite_where=text("direction = 'out'"),
        postgresql_where=text("direction = 'out'"),
    ),
    sqlite_autoincrement=True,
)

# Messages that were not understood. They hold none of the words, which stand in the messages alone: who erases a
# message erases all that is kept of its being missed.
misses = Table(
    "misses",
    metadata,
    _number(),
    Column("message_id", number_type(), ForeignKey("messages.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("at", UtcDateTime, nullable=False),
    Column("why", String, nullable=False),
    Column("language", String, nullable=False),
    Column("guesses", json_type(), nullable=False),
    Column("kinds", json_type(), nullable=False),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

# Training phrases that staff made of them. Until one is accepted it goes with its message; then nothing leads back.
phrases = Table(
    "phrases",
    metadata,
    _number(),
    Column("miss_id", number_type(), ForeignKey("misses.id", ondelete="CASCADE")),
    Column("intent", String, nullable=False),
    Column("language", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("channel", String, nullable=False),
    Column("state", String, nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("proposed_by", String, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", String),
    _text("reason"),
    Index(None, "miss_id"),
    Index(None, "state", "id"),
    Index(
        "uq_phrases_proposed",
        "miss_id",
        unique=True,
        sqlite_where=text("state = 'proposed'"),
        postgresql_where=text("state = 'proposed'"),
    ),
    sqlite_autoincrement=True,
)

handoffs = Table(
    "handoffs",
    metadata,
    _number(),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("reason", String, nullable=False),
    Column("priority", String, nullable=False),
    Column("state", String, nullable=False),
    Column("waiting_since", UtcDateTime, nullable=False),
    Column("assignee", String),
    Column("assigned_at", UtcDateTime),
    Column("first_reply_at", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    Column("resolved_by", String),
    _text("resolution"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("details", json_type(), nullable=False),
    Index(None, "conversation_id", "id"),
    Index(None, "state", "priority", "waiting_since"),
    Index(
        "uq_handoffs_unresolved",
        "conversation_id",
        unique=True,
        sqlite_where=text("state <> 'resolved'"),
        postgresql_where=text("state <> 'resolved'"),
    ),
    sqlite_autoincrement=True,
)

notes = Table(
    "notes",
    metadata,
    _number(),
    _handoff(),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("text", Text, nullable=False),
    Index(None, "handoff_id"),
    sqlite_autoincrement=True,
)

handoff_viewers = Table(
    "handoff_viewers",
    metadata,
    _handoff(primary_key=True),
    Column("name", String, primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
)

alarms = Table(
    "alarms",
    metadata,
    _number(),
    _handoff(),
    Column("level", String, nullable=False),
    Column("way", String, nullable=False),
    Column("to", String, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", UtcDateTime),
    Column("sent_at", UtcDateTime),
    Column("error", Text),
    UniqueConstraint("handoff_id", "level", "way", "to"),
    Index(None, "next_attempt_at"),
    sqlite_autoincrement=True,
)

# What became of handoffs, in numbers: it stays when the conversation is erased, and names none.
handoff_outcomes = Table(
    "handoff_outcomes",
    metadata,
    _number(),
    Column("day", Date, nullable=False),
    Column("account", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("priority", String, nullable=False),
    Column("resolution", String, nullable=False),
    Column("claim_minutes", Integer),
    Column("reply_minutes", Integer),
    Column("end_minutes", Integer, nullable=False),
    _flag("was_late"),
    Index(None, "day"),
    sqlite_autoincrement=True,
)

# Staff, and what they did

staff = Table(
    "staff",
    metadata,
    _number(),
    Column("key", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("email", String, unique=True),
    Column("role", String, nullable=False),
    Column("password_hash", String),
    Column("totp_secret", String),
    Column("is_active", Boolean, nullable=False),
    Column("invited_at", UtcDateTime),
    Column("invited_by", String),
    Column("invitation_hash", String),
    Column("invitation_expires_at", UtcDateTime),
    Column("last_sign_in_at", UtcDateTime),
    Column("failed_sign_ins", Integer, nullable=False, server_default="0"),
    Column("locked_until", UtcDateTime),
    Column("session_version", Integer, nullable=False, server_default="1"),
    Column("settings", json_type(), nullable=False),
    sqlite_autoincrement=True,
)

staff_accounts = Table(
    "staff_accounts",
    metadata,
    Column("staff_id", number_type(), ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    _account(primary_key=True),
)

canned_replies = Table(
    "canned_replies",
    metadata,
    _number(),
    Column("account", String, ForeignKey("accounts.key", ondelete="CASCADE")),
    Column("title", String, nullable=False),
    Column("text", Text, nullable=False),
    _text("text_cy"),
    Column("is_active", Boolean, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", String, nullable=False),
    sqlite_autoincrement=True,
)

audit_events = Table(
    "audit_events",
    metadata,
    _number(),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject_type", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("before", json_type()),
    Column("after", json_type()),
    _flag("clock_was_fixed"),
    Index(None, "subject_type", "subject_id", "id"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

settings = Table(
    "settings",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", json_type()),
)

statistics = Table(
    "statistics",
    metadata,
    Column("day", Date, primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("account", String, primary_key=True),
    Column("office_id", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("outcome", String, primary_key=True),
    Column("count", Integer, nullable=False),
    # For each of the ways in which they are counted, with all that is needed to count them.
    Index(None, "kind", "outcome", "day", "account", "count"),
    Index(None, "office_id", "day", "account", "count"),
    Index(None, "hour", "day", "account", "count"),
)

# Keeping

erased_messages = Table(
    "erased_messages",
    metadata,
    Column("fingerprint", String, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
    Index(None, "until"),
)

erasures = Table(
    "erasures",
    metadata,
    _number(),
    # The conversation's random id, which leads nowhere once it is erased. No foreign key: it is to outlast it.
    Column("conversation_id", String, nullable=False),
    Column("before", number_type()),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

chores = Table(
    "chores",
    metadata,
    Column("name", String, primary_key=True),
    Column("done_at", UtcDateTime),
)
