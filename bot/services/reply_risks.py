"""Warnings before a reply is sent, of all that the adviser should look at again."""

from __future__ import annotations

from bot.jobcentre.contact import sayable_numbers
from bot.jobcentre.personal_data import PersonalData, redact
from bot.jobcentre.reply_risks import ReplyRisk, Warned, find_risks
from bot.store.unit_of_work import UnitOfWork


def find(work: UnitOfWork, text: str) -> list[Warned]:
    """What stands in it. Where a risk `forbids`, `handoffs.reply` refuses the text; the others may be sent anyway."""
    personal = find_personal(work, text)
    return [*([Warned(ReplyRisk.PERSONAL_DATA, personal)] if personal else []), *find_risks(text)]


def find_personal(work: UnitOfWork, text: str) -> str:
    """The kinds of personal data in it, in words; "" for none. A postcode is none, and neither are numbers of ours."""
    found = redact(text, ours=sayable_numbers(work.contacts.find()))
    kinds = [kind for kind in found.kinds if kind is not PersonalData.POSTCODE]
    return ", ".join(kind.value.replace("_", " ") for kind in kinds)
