"""The first tables: offices, closures, conversations, handoffs, staff and what they did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime, json_type, number_type

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "accounts",
    "audit_events",
    "channel_state",
    "closures",
    "contacts",
    "conversations",
    "offices",
    "places",
    "postcodes",
    "quotas",
    "revisions",
    "settings",
    "staff",
    "staff_days",
    "statistics",
    "account_scopes",
    "canned_replies",
    "closure_entities",
    "closure_versions",
    "handoffs",
    "messages",
    "office_confirmations",
    "office_hours",
    "office_names",
    "staff_accounts",
    "notes",
)
"""In the order in which they can be made."""


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("nation", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("pause_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("paused_at", UtcDateTime(), nullable=True),
        sa.Column("paused_by", sa.String(), nullable=True),
        sa.Column("settings", json_type(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_accounts"),
    )
    op.create_table(
        "audit_events",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("before", json_type(), nullable=True),
        sa.Column("after", json_type(), nullable=True),
        sa.Column("clock_was_fixed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_events_at", "audit_events", ["at"])
    op.create_index("ix_audit_events_subject_type_subject_id_id", "audit_events", ["subject_type", "subject_id", "id"])

    op.create_table(
        "channel_state",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", json_type(), nullable=True),
        sa.PrimaryKeyConstraint("account", "key", name="pk_channel_state"),
    )
    op.create_table(
        "closures",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("effect", sa.String(), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("active_until", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("review_by", UtcDateTime(), nullable=True),
        sa.Column("opens_at", sa.Integer(), nullable=True),
        sa.Column("closes_at", sa.Integer(), nullable=True),
        sa.Column("spans", sa.Text(), server_default="", nullable=False),
        sa.Column("moved_to", sa.String(), nullable=True),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("message_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_closures"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_closures_kind_active_until", "closures", ["kind", "active_until"])

    op.create_table(
        "contacts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Text(), server_default="", nullable=False),
        sa.Column("topic", sa.Text(), server_default="", nullable=False),
        sa.Column("nation", sa.Text(), server_default="", nullable=False),
        sa.Column("audience", sa.Text(), server_default="", nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("say", sa.Text(), server_default="", nullable=False),
        sa.Column("hours", sa.Text(), server_default="", nullable=False),
        sa.Column("hours_say", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("source_url", sa.Text(), server_default="", nullable=False),
        sa.Column("source_date", sa.Text(), server_default="", nullable=False),
        sa.Column("certainty", sa.Text(), server_default="", nullable=False),
        sa.Column("last_checked", sa.Date(), nullable=True),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("is_stopped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_trial", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("dialogue", json_type(), nullable=False),
        sa.Column("last_in_at", UtcDateTime(), nullable=True),
        sa.Column("taken_until", UtcDateTime(), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("account", "sender", "channel", name="uq_conversations_account_sender_channel"),
    )
    op.create_index("ix_conversations_sender", "conversations", ["sender"])

    op.create_table(
        "offices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("nation", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("town", sa.Text(), server_default="", nullable=False),
        sa.Column("postcode", sa.Text(), server_default="", nullable=False),
        sa.Column("district", sa.Text(), server_default="", nullable=False),
        sa.Column("local_authority", sa.Text(), server_default="", nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("name_cy", sa.String(), nullable=True),
        sa.Column("facilities", json_type(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
    )
    op.create_index("ix_offices_district", "offices", ["district"])
    op.create_index("ix_offices_nation", "offices", ["nation"])

    op.create_table(
        "places",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("nation", sa.String(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "postcodes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("nation", sa.String(), nullable=False),
        sa.Column("radius_km", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_postcodes"),
    )
    op.create_table(
        "quotas",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("resets_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("account", "window", name="pk_quotas"),
    )
    op.create_table(
        "revisions",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_revisions"),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", json_type(), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )
    op.create_table(
        "staff",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("totp_secret", sa.String(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("invited_at", UtcDateTime(), nullable=True),
        sa.Column("invited_by", sa.String(), nullable=True),
        sa.Column("invitation_hash", sa.String(), nullable=True),
        sa.Column("invitation_expires_at", UtcDateTime(), nullable=True),
        sa.Column("last_sign_in_at", UtcDateTime(), nullable=True),
        sa.Column("failed_sign_ins", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.Column("session_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("settings", json_type(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("email", name="uq_staff_email"),
        sa.UniqueConstraint("key", name="uq_staff_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "staff_days",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("scope", json_type(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff_days"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_staff_days_day", "staff_days", ["day"])

    op.create_table(
        "statistics",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "hour", "account", "office_id", "kind", "outcome", name="pk_statistics"),
    )
    op.create_table(
        "account_scopes",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.key"], name="fk_account_scopes_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account", "kind", "value", name="pk_account_scopes"),
    )
    op.create_index("ix_account_scopes_value", "account_scopes", ["value"])

    op.create_table(
        "canned_replies",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_cy", sa.Text(), server_default="", nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.key"], name="fk_canned_replies_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "closure_entities",
        sa.Column("closure_id", number_type(), nullable=False),
        sa.Column("is_exception", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("active_until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closure_id"], ["closures.id"], name="fk_closure_entities_closure_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("closure_id", "is_exception", "kind", "value", name="pk_closure_entities"),
    )
    op.create_index(
        "ix_closure_entities_value_active_until_closure_id", "closure_entities", ["value", "active_until", "closure_id"]
    )

    op.create_table(
        "closure_versions",
        sa.Column("closure_id", number_type(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("body", json_type(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closure_id"], ["closures.id"], name="fk_closure_versions_closure_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("closure_id", "version", name="pk_closure_versions"),
    )
    op.create_table(
        "handoffs",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("waiting_since", UtcDateTime(), nullable=False),
        sa.Column("assignee", sa.String(), nullable=True),
        sa.Column("assigned_at", UtcDateTime(), nullable=True),
        sa.Column("first_reply_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.Column("resolution", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("details", json_type(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_handoffs_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handoffs_conversation_id_id", "handoffs", ["conversation_id", "id"])
    op.create_index("ix_handoffs_state_priority_waiting_since", "handoffs", ["state", "priority", "waiting_since"])
    op.create_index(
        "uq_handoffs_unresolved",
        "handoffs",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'resolved'"),
        postgresql_where=sa.text("state <> 'resolved'"),
    )

    op.create_table(
        "messages",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("redacted", json_type(), nullable=False),
        sa.Column("risks", json_type(), nullable=False),
        sa.Column("answers", json_type(), nullable=False),
        sa.Column("in_reply_to", number_type(), nullable=True),
        sa.Column("answered_by", number_type(), nullable=True),
        sa.Column("turn", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempted_at", UtcDateTime(), nullable=True),
        sa.Column("next_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("details", json_type(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_messages_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_conversation_id_id", "messages", ["conversation_id", "id"])
    op.create_index("ix_messages_conversation_id_state_id", "messages", ["conversation_id", "state", "id"])
    op.create_index("ix_messages_state_next_attempt_at_id", "messages", ["state", "next_attempt_at", "id"])
    op.create_index(
        "uq_messages_incoming",
        "messages",
        ["account", "external_id"],
        unique=True,
        sqlite_where=sa.text("direction = 'in'"),
        postgresql_where=sa.text("direction = 'in'"),
    )

    op.create_table(
        "office_confirmations",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("watch_id", number_type(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name="fk_office_confirmations_office_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["closures.id"], name="fk_office_confirmations_watch_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_office_confirmations"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_office_confirmations_office_id_watch_id_at", "office_confirmations", ["office_id", "watch_id", "at"]
    )
    op.create_index("ix_office_confirmations_watch_id", "office_confirmations", ["watch_id"])

    op.create_table(
        "office_hours",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_office_hours_office_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_office_hours"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_office_hours_office_id_superseded_at", "office_hours", ["office_id", "superseded_at"])

    op.create_table(
        "office_names",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_office_names_office_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("office_id", "name", name="pk_office_names"),
    )
    op.create_table(
        "staff_accounts",
        sa.Column("staff_id", number_type(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.key"], name="fk_staff_accounts_account", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_accounts_staff_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("staff_id", "account", name="pk_staff_accounts"),
    )
    op.create_table(
        "notes",
        sa.Column("id", number_type(), autoincrement=True, nullable=False),
        sa.Column("handoff_id", number_type(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name="fk_notes_handoff_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notes_handoff_id", "notes", ["handoff_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
