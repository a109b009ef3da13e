"""What a browser sent, read with care: the address's fields, the page's form, the script's JSON."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from sanic.request import Request

from bot.channels.page import Problem
from bot.jobcentre.conversation import Language
from bot.jobcentre.text import LIMIT

_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Sent:
    """What a person sent, checked."""

    text: str
    account: str
    message_id: str
    language: Language | None


def query_fields(request: Request) -> dict[str, str]:
    return {str(name): str(values[0]) for name, values in request.args.items()}


def form_fields(request: Request) -> dict[str, str]:
    """Raises Problem for what is not a form of the page."""
    try:
        text = request.body.decode("ascii")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=20))
    except ValueError as error:
        raise Problem("not_understood") from error


def json_fields(request: Request) -> dict[str, Any]:
    """Raises Problem for what is not a JSON object in UTF-8."""
    try:
        fields = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Problem("not_understood") from error
    if not isinstance(fields, dict):
        raise Problem("not_understood")
    return fields


def language_of(fields: Mapping[str, Any]) -> Language | None:
    wanted = fields.get("lang")
    return next((language for language in Language if language.value == wanted), None)


def number_of(fields: Mapping[str, str], name: str) -> int:
    """Raises Problem for what is not a number that a message can have."""
    text = fields.get(name, "0")
    if not re.fullmatch("[0-9]{1,18}", text):
        raise Problem("not_understood")
    return int(text)


def message_id_of(fields: Mapping[str, Any]) -> str:
    """The browser's own id of a message, or a new one. Raises Problem for what is none."""
    message_id = fields.get("message_id") or secrets.token_hex(16)
    if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
        raise Problem("not_understood")
    return message_id


def text_of(fields: Mapping[str, Any]) -> str:
    """What is to be said. Raises Problem saying what is wrong with it."""
    text = fields.get("text")
    if not isinstance(text, str):
        raise Problem("empty" if text is None else "not_understood")
    text = text.replace("\r\n", "\n")  # as forms send a line break, which the person counts as one character
    if not text.strip():
        raise Problem("empty")
    if len(text) > LIMIT:
        raise Problem("too_long", 413, limit=f"{LIMIT:,}", over=f"{len(text) - LIMIT:,}")
    return text
