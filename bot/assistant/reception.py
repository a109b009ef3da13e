"""Where messages are let in at the door and kept, for whatever answers them, now or later."""

from __future__ import annotations

from dataclasses import replace

from bot.assistant.door import admit
from bot.jobcentre.contact import sayable_numbers
from bot.jobcentre.conversation import Incoming, Message
from bot.jobcentre.errors import Conflict
from bot.services import conversations
from bot.services.knowledge import Knowledge
from bot.store.unit_of_work import UnitOfWork


class Reception:
    """Keeps what came in, once for each account and message id. Answers nothing, and needs no model."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def receive(self, incoming: Incoming, *, is_trial: bool = False) -> Message | None:
        """Let a message in and keep it. From here on it will be answered, whatever happens. None where it was received
        before, and has been erased."""
        account = self.knowledge.account(incoming.account)
        if account:
            incoming = replace(incoming, account=account.handle)
        try:
            return self._receive(incoming, is_trial)
        except conversations.WasErased:
            return None
        except Conflict:  # their conversation was erased at this very moment: it begins anew
            return self._receive(incoming, is_trial)

    def _receive(self, incoming: Incoming, is_trial: bool) -> Message:
        with self.knowledge.store.unit_of_work() as work:
            message, is_redacted = self.keep(work, incoming, is_trial=is_trial)
        if is_redacted:
            self.knowledge.store.leave_no_trace()
        return message

    def keep(self, work: UnitOfWork, incoming: Incoming, *, is_trial: bool = False) -> tuple[Message, bool]:
        """The same in a larger piece of work: the message, and whether something was taken out of earlier ones, so
        that `Store.leave_no_trace` is due after that work. The account is written as the store has it.

        Raises WasErased: then nothing of the message may be kept."""
        before = conversations.find_just_said(work, incoming)
        texts = [message.text for message in before]
        admitted = admit(incoming.text, before=texts)
        if admitted.is_redacted:  # only then does it matter which numbers are ours
            admitted = admit(incoming.text, self._our_numbers(work), texts)
        for message, left in zip(before, admitted.before, strict=True):
            if left.kinds:
                conversations.redact_more(work, message, left)
        kept = conversations.receive(
            work,
            incoming,
            text=admitted.text,
            redacted=admitted.redacted,
            risks=admitted.risks,
            is_trial=is_trial,
        )
        return kept, any(left.kinds for left in admitted.before)

    def _our_numbers(self, work: UnitOfWork) -> set[str]:
        """The directory's, and the offices' own."""
        offices = self.knowledge.gazetteer().offices()
        return {*sayable_numbers(work.contacts.find()), *(office.phone for office in offices if office.phone)}
