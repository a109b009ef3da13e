"""What somebody else changed while a page was open, with what was there before: to decide which of the two counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.services import versions
from bot.store.records import AuditEvent

_SAID = {
    ("office", "add"): "added it",
    ("office", "change"): "changed it",
    ("office", "retire"): "marked it as closed for good",
    ("office", "hours"): "changed its hours",
    ("office", "add_names"): "added another name",
    ("office", "remove_names"): "removed another name",
    ("contact", "add"): "added it",
    ("contact", "change"): "changed it",
    ("contact", "remove"): "removed it",
    ("account", "add"): "added it",
    ("account", "change"): "changed it",
    ("account", "pause"): "paused the assistant on it",
    ("canned_reply", "change"): "changed it",
    ("canned_reply", "retire"): "stopped offering it",
    ("staffing", "change"): "changed them",
    ("staffing", "follow"): "let the settings for all accounts hold again",
    ("account", "resume"): "let the assistant answer again on it",
}
_QUIET = ("last_checked", "updated_by", "count", "confirmed_at", "lat", "lon")
"""What changes by itself, or would tell nobody anything."""


def told_change(event: AuditEvent) -> str:
    """ "Ann changed it: phone from none to 0800 169 0190"."""
    said = f"{event.by} {_SAID.get((event.subject_type, event.action), event.action.replace('_', ' '))}"
    if event.action in ("add_names", "remove_names"):
        return f"{said}: {', '.join((event.after or event.before or {}).get('names', ()))}"
    if event.before and event.after:
        found = [
            f"{name.replace('_', ' ')} from {_shown(was)} to {_shown(now)}"
            for name, was, now in versions.differences(event.before, event.after)
            if name not in _QUIET
        ]
        return f"{said}: {'; '.join(found)}" if found else said
    return said


def merge(form: Any, original: Mapping[str, Any], held: Mapping[str, Any]) -> None:
    """Put into the form what somebody else changed, where whoever filled it in left the field as it was.

    All three by the names of the form's fields. The form's version becomes that of `held`.
    """
    for field in form:
        is_mine = field.name in original and field.data != original[field.name]
        if field.name in held and not is_mine:
            field.raw_data, field.data = None, held[field.name]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value) if value not in (None, "") else "none"
