"""Replies that advisers choose instead of writing them anew, in both languages, with an office's facts filled in.

Their blanks are `{office}`, `{address}`, `{opening}` (what the assistant says to "is it open now?"), `{hours}` (what it
says to "what are the opening hours?") and `{people_hours}` (when people answer on the account).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.jobcentre.conversation import Conversation, Language
from bot.jobcentre.errors import BadInput, Conflict
from bot.jobcentre.hours import clock_text
from bot.jobcentre.office import Office
from bot.jobcentre.question import Thread
from bot.jobcentre.wording import Responses, render
from bot.jobcentre.wording.blanks import fill as fill_words
from bot.services import staffing, versions
from bot.services.accounts import get as get_account
from bot.services.previews import preview_offices
from bot.services.public_words import check_plain, check_public, tidy
from bot.store.records import CannedReply
from bot.store.unit_of_work import UnitOfWork

BLANKS = {
    "office": "The office’s name",
    "address": "Its address",
    "opening": "Whether it is open now, as the assistant says it",
    "hours": "Its opening hours, as the assistant says them",
    "people_hours": "When people answer here",
}
"""Blank to what it stands for, for staff to read."""
_OF_AN_OFFICE = frozenset({"office", "address", "opening", "hours"})
TITLE_AT_MOST = 60
TEXT_AT_MOST = 1_000
SUBJECT = "canned_reply"
_BLANK = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Filled:
    """The text for the reply box."""

    text: str
    """"" where there is no text in that language."""
    missing: tuple[str, ...] = ()
    """Blanks that nothing could be put into: they still stand in the text, which is refused until they are gone."""


def find(
    work: UnitOfWork, accounts: Collection[str] | None = None, *, include_retired: bool = False
) -> list[CannedReply]:
    """By title: those for every account, and those of the handles (None: of any)."""
    return work.canned_replies.find(accounts, include_inactive=include_retired)


def get(work: UnitOfWork, reply_id: int) -> CannedReply:
    """Raises NotFound."""
    return work.canned_replies.get(reply_id)


def put(work: UnitOfWork, reply: CannedReply, *, by: str, at: datetime, expected: int | None = None) -> CannedReply:
    """Keep a new one (`id` 0), or change the one of that number; `expected` is the version that the page showed.

    Raises NotFound; BadInput for words that cannot be sent to the public, or a blank that there is not;
    ChangedMeanwhile.
    """
    before = work.canned_replies.get(reply.id) if reply.id else None
    if before:
        versions.check(work, expected, SUBJECT, str(reply.id))
    account = get_account(work, reply.account).handle if reply.account else None
    checked = replace(reply, title=tidy(reply.title), text=reply.text.strip(), text_cy=reply.text_cy.strip())
    _check(work, checked)
    kept = work.canned_replies.put(replace(checked, account=account, updated_at=at, updated_by=by))
    _audit(work, "change" if before else "add", before, kept, by, at)
    return kept


def retire(work: UnitOfWork, reply_id: int, *, by: str, at: datetime) -> CannedReply:
    """Not offered any more. Raises NotFound; Conflict where it is not."""
    before = work.canned_replies.get(reply_id)
    if not before.is_active:
        raise Conflict(f"“{before.title}” is retired already")
    kept = work.canned_replies.put(replace(before, is_active=False, updated_at=at, updated_by=by))
    _audit(work, "retire", before, kept, by, at)
    return kept


def version(work: UnitOfWork, reply_id: int) -> int:
    """For a page to remember, and to give to `put`."""
    return versions.latest(work, SUBJECT, str(reply_id))


def _check(work: UnitOfWork, reply: CannedReply) -> None:
    if not reply.title:
        raise BadInput("enter a title")
    if not reply.text:
        raise BadInput("enter the reply in English")
    check_plain(reply.title, "the title", TITLE_AT_MOST)
    contacts, offices = work.contacts.find(), work.offices.find_all()
    for text, name in ((reply.text, "the reply in English"), (reply.text_cy, "the reply in Welsh")):
        check_public(text, name, TEXT_AT_MOST, contacts, offices)
        unknown = [blank for blank in _BLANK.findall(text) if blank not in BLANKS]
        if unknown:
            raise BadInput(f"{name} has the blank {{{unknown[0]}}}: there are {', '.join(f'{{{b}}}' for b in BLANKS)}")


# Filling it in


def offices_for(work: UnitOfWork, conversation: Conversation) -> list[str]:
    """Ids of the offices that a reply is likely to be about: those last spoken of, then the account's."""
    spoken = Thread.from_dict(conversation.dialogue).offices if conversation.dialogue else ()
    ours = next((a.offices for a in work.accounts.find_all() if a.handle == conversation.account), ())
    return list(dict.fromkeys([*spoken, *ours]))


def fill(
    work: UnitOfWork,
    responses: Responses,
    reply: CannedReply,
    language: Language,
    *,
    account: str,
    office_id: str | None = None,
    at: datetime,
) -> Filled:
    """The reply in that language with its blanks filled in, of that office and account. Raises NotFound."""
    text = reply.text_cy if language is Language.WELSH else reply.text
    named = set(_BLANK.findall(text))
    values: dict[str, str] = {}
    if named & _OF_AN_OFFICE and office_id:
        values |= _facts(work, responses, work.offices.get(office_id), language, at)
    if "people_hours" in named:
        values["people_hours"] = _people_hours(work, account, language)
    missing = tuple(sorted(name for name in named if not values.get(name)))
    return Filled(_BLANK.sub(lambda match: values.get(match[1]) or match[0], text), missing)


def _facts(work: UnitOfWork, responses: Responses, office: Office, language: Language, at: datetime) -> dict[str, str]:
    opening, *_, hours = preview_offices(work, [office], now=at)
    name = (office.name_cy if language is Language.WELSH else None) or office.name
    return {
        "office": name,
        "address": ", ".join(part for part in (office.address, office.postcode) if part),
        "opening": render(responses, opening.answers[language], language),
        "hours": render(responses, hours.answers[language], language),
    }


def _people_hours(work: UnitOfWork, account: str, language: Language) -> str:
    week = staffing.get(work, account).week
    spans = [[[clock_text(span.opens_at), clock_text(span.closes_at)] for span in day] for day in week]
    return fill_words("{people_hours}", {"people_hours": spans}, language)


def _audit(
    work: UnitOfWork, action: str, before: CannedReply | None, after: CannedReply, by: str, at: datetime
) -> None:
    work.audit.add(
        by=by,
        action=action,
        subject_type=SUBJECT,
        subject_id=str(after.id),
        at=at,
        before=_json(before) if before else None,
        after=_json(after),
    )


def _json(reply: CannedReply) -> dict[str, Any]:
    return {name: getattr(reply, name) for name in ("title", "text", "text_cy", "account", "is_active")}
