"""What X tells of messages, read so that what is new or broken in it costs one event and never a page."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

MESSAGE = "MessageCreate"
_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=timezone.utc)
"""Ids count milliseconds from here, above 22 bits that tell those of one millisecond apart."""
_USER, _CONVERSATION = re.compile(r"[0-9]{1,20}"), re.compile(r"[0-9]{1,20}(?:-[0-9]{1,20})?")
_SHORT_LINK = re.compile(r"t\.co/\w+")
_POST = re.compile(r"https?://(?:\w+\.)?(?:twitter|x)\.com/(?:i/web|\w+)/status/\d+", re.IGNORECASE)
_MEDIA = re.compile(r"https?://(?:\w+\.)?(?:twitter|x)\.com/messages/media/", re.IGNORECASE)
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True)
class Event:
    """Something in a conversation. Ids grow with time."""

    id: int
    kind: str
    """MESSAGE, or something else that is no message."""
    sender: str | None
    """None where X did not say, though it was asked."""
    conversation: str | None
    text: str
    """With whole links in place of X's short ones, where X told them, and without those that stand for a picture or a
    shared post: empty where there is nothing else."""
    at: datetime
    has_media: bool = False
    has_post: bool = False

    @property
    def is_group(self) -> bool:
        """Among more than two."""
        return self.conversation is not None and "-" not in self.conversation

    def other_than(self, account: str) -> str | None:
        """The id of the person with whom that account speaks here; None in a group, or where it cannot be told."""
        pair = (self.conversation or "").split("-")
        if len(pair) == 2 and account in pair:
            return next((user for user in pair if user != account), None)
        return self.sender if self.conversation is None and self.sender != account else None

    def is_text(self, sent: str) -> bool:
        """Whether this is what became of a text of ours: X rewrites links, spaces and some signs."""
        parts = [re.escape(part) for part in _SHORT_LINK.split(_plain(self.text))]
        return re.fullmatch(r"\S+".join(parts), _plain(sent)) is not None


@dataclass(frozen=True)
class Page:
    """Some events, oldest first, each once."""

    events: tuple[Event, ...]
    next_token: str | None = None
    """Of the page of older ones; None on the last."""
    unreadable: int = 0
    """How many there were that could not be read."""

    @property
    def lacks_senders(self) -> bool:
        """Whether not one message says who wrote it: then X's answer has changed its form, and nothing can be used."""
        messages = [event for event in self.events if event.kind == MESSAGE]
        return bool(messages) and all(event.sender is None for event in messages)


class Unreadable(ValueError):
    """X's answer has not the form of a page."""


def page_of(answer: Any) -> Page:
    """X's JSON as a page. Raises Unreadable where it is none."""
    data = answer.get("data") if isinstance(answer, dict) else None
    meta = answer.get("meta") if isinstance(answer, dict) else None
    if not isinstance(meta, dict) or not isinstance(data, (list, type(None))):
        raise Unreadable("no page of events")
    found = [_event_of(item) for item in data or ()]
    events = {event.id: event for event in found if event}
    token = meta.get("next_token")
    return Page(tuple(events[i] for i in sorted(events)), token if isinstance(token, str) else None, found.count(None))


def moment_of(event_id: int) -> datetime:
    """When the event of that id was made."""
    return _EPOCH + timedelta(milliseconds=event_id >> 22)


def id_at(moment: datetime) -> int:
    """The lowest id of an event made then."""
    return max((moment - _EPOCH) // timedelta(milliseconds=1), 0) << 22


def _event_of(item: Any) -> Event | None:
    """None for what cannot be read."""
    try:
        number, links = int(item["id"]), _links_in(item)
        return Event(
            id=number,
            kind=str(item["event_type"]),
            sender=_id_or_none(item, "sender_id", _USER),
            conversation=_id_or_none(item, "dm_conversation_id", _CONVERSATION),
            text=_whole_text(item, links),
            at=moment_of(number),
            has_media=bool(item.get("attachments")) or any(map(_MEDIA.match, links.values())),
            has_post=any(map(_POST.match, links.values())),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def _id_or_none(item: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str | None:
    """Raises ValueError for what cannot be one: ids become parts of addresses."""
    value = item.get(name)
    if value and not pattern.fullmatch(str(value)):
        raise ValueError(f"{name} is no id")
    return str(value) if value else None


def _links_in(item: Mapping[str, Any]) -> dict[str, str]:
    """X's short links, and what each stands for."""
    urls = (item.get("entities") or {}).get("urls") or ()
    return {str(url["url"]): str(url["expanded_url"]) for url in urls if url.get("url") and url.get("expanded_url")}


def _whole_text(item: Mapping[str, Any], links: Mapping[str, str]) -> str:
    text = str(item.get("text") or "")
    for short, whole in links.items():
        text = text.replace(short, "" if _POST.match(whole) or _MEDIA.match(whole) else whole)
    return html.unescape(text).strip()


def _plain(text: str) -> str:
    """For comparing: without what X may change on the way."""
    composed = unicodedata.normalize("NFC", html.unescape(text))
    return " ".join(_SCHEME.sub("", composed).split()).casefold()
