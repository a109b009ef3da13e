"""Choosing a canned reply beside a reply box: which there are, of which office, in which language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.console.desk import console, now
from bot.console.drafts import number
from bot.jobcentre.conversation import Conversation, Language
from bot.jobcentre.errors import NotFound
from bot.services import canned_replies as service
from bot.services.outgoing import language_of
from bot.store.records import CannedReply
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Choices:
    """What there is to choose from."""

    replies: tuple[CannedReply, ...]
    offices: tuple[tuple[str, str], ...]
    """Ids and names; those that were spoken of first."""
    language: Language
    """The person's."""


@dataclass(frozen=True)
class Asked:
    """What was chosen in the form."""

    reply: int
    office: str
    language: str

    @classmethod
    def read(cls, form: Mapping[str, str]) -> Asked:
        return cls(number(form.get("canned")), form.get("office", ""), form.get("language", ""))


def choices(work: UnitOfWork, conversations: Sequence[Conversation]) -> Choices:
    """For a reply to all of them: only what is for every account of theirs."""
    accounts = {conversation.account for conversation in conversations}
    held = service.find(work, accounts)
    replies = tuple(reply for reply in held if reply.account is None or {reply.account} == accounts)
    ids = list(dict.fromkeys(one for each in conversations for one in service.offices_for(work, each)))
    names = {office.id: office.name for office in work.offices.find(ids)} if replies else {}
    offices = tuple((one, names[one]) for one in ids if one in names)
    return Choices(replies, offices, language_of(work, conversations[0]))


def filled(work: UnitOfWork, asked: Asked, account: str, language: Language | None = None) -> str:
    """The text for the box; "" where there is none in that language, or nothing was chosen."""
    wanted = language or (Language.WELSH if asked.language == Language.WELSH.value else Language.ENGLISH)
    try:
        reply = service.get(work, asked.reply)
        office = asked.office or None
        found = service.fill(work, console().responses, reply, wanted, account=account, office_id=office, at=now())
    except NotFound:
        return ""
    return found.text
