"""One turn: from what a person sent to the one message they get."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from bot.assistant.reception import Reception
from bot.jobcentre.answer import Answer, Asks, kinds_of
from bot.jobcentre.control import control_of
from bot.jobcentre.conversation import Account, ConversationState, Incoming, Language, Message
from bot.jobcentre.errors import Conflict
from bot.jobcentre.function_words import language_of
from bot.jobcentre.handoff import Handoff, HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.miss import Guess
from bot.jobcentre.office import Nation
from bot.jobcentre.question import Context, Thread
from bot.jobcentre.spelling import as_usually_written
from bot.jobcentre.text import abridged, without_markup
from bot.jobcentre.wording import Responses, render
from bot.services import conversations
from bot.services.answers import emergency_answers, failure_answers, paused_answers
from bot.services.conversations import Turn
from bot.services.courtesy_answers import CANCELLED
from bot.services.desk import Desk
from bot.services.knowledge import Knowledge
from bot.services.record_answers import FORGOTTEN
from bot.services.retention import NEEDED

log = logging.getLogger(__name__)

IN_A_CRISIS = (HandoffReason.CRISIS, HandoffReason.CHILD_AT_RISK)
"""Handoffs of people at risk."""


@dataclass(frozen=True)
class Outcome:
    """What a turn came to."""

    conversation_id: str
    reply: str | None
    """The one message the person gets; None where the assistant stays silent."""
    answers: tuple[Answer, ...]
    state: ConversationState
    language: Language
    now: datetime
    redacted: tuple[str, ...] = ()
    confidence: float = 0.0
    milliseconds: float = 0.0
    handoff: HandoffReason | None = None
    """The handoff requested or raised in this turn."""

    @property
    def kinds(self) -> list[Kind]:
        """All kinds that the reply serves, the main one first."""
        return kinds_of(self.answers)

    @property
    def asks(self) -> Asks | None:
        return next((answer.asks for answer in self.answers if answer.asks), None)

    @property
    def offices(self) -> list[str]:
        """Ids in the order in which the reply names them."""
        return list(dict.fromkeys(office for answer in self.answers for office in answer.offices))

    @property
    def opening(self) -> str | None:
        """The state of one office, or what all named share; else "mixed"."""
        states = {answer.opening for answer in self.answers if answer.opening}
        if not states:
            return None
        return states.pop().value if len(states) == 1 else "mixed"

    @property
    def at(self) -> datetime | None:
        return next((answer.at for answer in self.answers if answer.at), None)

    @property
    def topics(self) -> list[str]:
        return list(dict.fromkeys(topic for answer in self.answers for topic in answer.topics))


@dataclass(frozen=True)
class Said:
    """What the dialogue engine said in one turn."""

    text: str
    answers: tuple[Answer, ...]
    language: Language
    dialogue: dict[str, Any] | None
    confidence: float
    guesses: tuple[Guess, ...] = ()
    """What the words were taken for, the likeliest first."""


class TurnFailed(RuntimeError):
    """The engine gave no answer. The cause is chained; the message never holds what the person wrote."""


class Engine(Protocol):
    """What runs Rasa."""

    def say(self, conversation_id: str, text: str, dialogue: Any, turn: dict[str, Any]) -> Said: ...

    def hear(self, text: str) -> tuple[str, ...]:
        """The risks that the words speak of, most serious first. Answers nothing and keeps nothing."""
        ...


@dataclass
class Assistant:
    """Receives messages, and answers them one turn after the other."""

    knowledge: Knowledge
    engine: Engine
    responses: Responses
    clock: Callable[[], datetime]

    def receive(self, incoming: Incoming, *, is_trial: bool = False) -> Message | None:
        """Let a message in at the door and keep it. From here on it will be answered, whatever happens. None where it
        was received before, and has been erased."""
        return Reception(self.knowledge).receive(incoming, is_trial=is_trial)

    def answer(self, incoming: Incoming, *, is_trial: bool = False) -> Outcome | None:
        """Receive a message and answer its conversation. None where it was answered before."""
        message = self.receive(incoming, is_trial=is_trial)
        return self.take_turn(message.conversation_id) if message else None

    def take_turn(self, conversation_id: str | None = None) -> Outcome | None:
        """Answer what is next, in that conversation or in the one that has waited longest. None where nothing is, or
        where another worker took the turn over because this one took longer than its lease."""
        with self.knowledge.store.unit_of_work() as work:
            turn = conversations.take(work, self.clock(), conversation_id)
        if turn is None:
            return None
        started = time.perf_counter()
        try:
            outcome = self._answer(turn)
        except Conflict as conflict:
            log.warning("turn %s is not kept: %s", turn.taken.conversation.id, conflict)
            return None
        return replace(outcome, milliseconds=(time.perf_counter() - started) * 1000)

    def _answer(self, turn: Turn) -> Outcome:
        control = _control(turn)
        if self._says_nothing_else(turn):
            turn = self._listened(turn)
        if self._is_silent(turn, control):
            return self._keep_silence(turn, control)
        if turn.is_blocked or turn.state is ConversationState.WITH_ADVISER:
            return self._keep(turn, self._only_help(turn))
        is_change = control == "stop" or (control == "start" and turn.state is ConversationState.STOPPED)
        if not turn.risks and is_change:
            return self._stop_or_start(turn, control)
        try:
            account = self._account(turn)
            said = self._paused(turn) if account and account.is_paused else self._say(turn, account)
        except Exception:
            # Whatever it was, the person is told and people look: the alternative is silence, again at each attempt.
            log.exception("turn %s failed", turn.taken.conversation.id)
            said = self._sorry(turn)
        return self._keep(turn, said, is_stopped=_is_stopped(said, control))

    def _says_nothing_else(self, turn: Turn) -> bool:
        """Whether the engine is not asked for an answer: with an adviser, after "stop", on a paused account, and by
        somebody whom staff blocked."""
        if turn.is_blocked or turn.state in (ConversationState.WITH_ADVISER, ConversationState.STOPPED):
            return True
        account = self._account(turn)
        return account is not None and account.is_paused

    def _listened(self, turn: Turn) -> Turn:
        """The turn with the risks that only the pipeline hears: then too there is help in a crisis."""
        if turn.is_hopeless:
            return turn
        try:
            return replace(turn, heard=self.engine.hear(abridged(turn.text)))
        except Exception:
            log.exception("turn %s was not listened to", turn.taken.conversation.id)
            return turn

    def _account(self, turn: Turn) -> Account | None:
        return self.knowledge.account(turn.taken.conversation.account)

    def _paused(self, turn: Turn) -> Said:
        """Staff have paused the assistant on this account. Where to look meanwhile; in a crisis, help all the same."""
        with self.knowledge.store.unit_of_work(write=False) as work:
            return self._said(turn, paused_answers(self._desk(work, turn)))

    def _say(self, turn: Turn, account: Account | None) -> Said:
        """Ask the engine. Raises TurnFailed where it says nothing, or was asked in vain too often, and whatever else it
        raises."""
        if turn.is_hopeless:
            raise TurnFailed("no attempt came to its end")
        # Twenty long messages must not hold everybody up.
        words = as_usually_written(without_markup(abridged(turn.text)))
        said = self.engine.say(turn.taken.conversation.id, words, _dialogue(turn), _told(turn, account))
        if not said.answers or not said.text.strip():
            raise TurnFailed("no answer")
        return said

    def _is_silent(self, turn: Turn, control: str | None) -> bool:
        """With an adviser, or after "stop": unless it is a crisis, or the person starts again. And to somebody who is
        blocked, unless it is a crisis."""
        if turn.risks or turn.is_blocked:
            return not turn.risks
        if turn.state is ConversationState.STOPPED:
            return control != "start"
        return turn.state is ConversationState.WITH_ADVISER

    def _keep_silence(self, turn: Turn, control: str | None) -> Outcome:
        is_stopped = control == "stop" or turn.state is ConversationState.STOPPED
        with self.knowledge.store.unit_of_work() as work:
            conversations.keep_silence(work, turn, is_stopped=is_stopped)
        language = turn.taken.conversation.language or self._language(turn)
        return Outcome(turn.taken.conversation.id, None, (), turn.state, language, turn.now, turn.redacted)

    def _stop_or_start(self, turn: Turn, control: str | None) -> Outcome:
        name = "utter_stopped" if control == "stop" else "utter_started"
        answers = (Answer(name, Kind.STOP, {"today": turn.now.date().isoformat()}),)
        language = self._language(turn)
        said = Said(render(self.responses, answers, language), answers, language, None, 1.0)
        return self._keep(turn, said, is_stopped=control == "stop")

    def _language(self, turn: Turn) -> Language:
        """Of the words, else as it was: where the pipeline is not asked."""
        return language_of(turn.text) or _language_so_far(turn, self._account(turn))

    def _desk(self, work: Any, turn: Turn) -> Desk:
        account = self._account(turn)
        context = Context(
            turn.now,
            account.handle if account else "",
            account.offices if account else (),
            account.nation if account else Nation.ENGLAND,
            self._language(turn).value,
            risks=turn.risks,
            is_with_adviser=turn.state is ConversationState.WITH_ADVISER,
        )
        return Desk(work, self.knowledge.gazetteer(), context)

    def _sorry(self, turn: Turn) -> Said:
        """Something went wrong: help in a crisis all the same, else sorry; people will look."""
        with self.knowledge.store.unit_of_work(write=False) as work:
            return self._said(turn, failure_answers(self._desk(work, turn)))

    def _only_help(self, turn: Turn) -> Said:
        """A crisis message to an adviser gets emergency help at once, and nothing else."""
        with self.knowledge.store.unit_of_work(write=False) as work:
            return self._said(turn, emergency_answers(self._desk(work, turn)))

    def _said(self, turn: Turn, answers: tuple[Answer, ...]) -> Said:
        language = self._language(turn)
        return Said(render(self.responses, answers, language), answers, language, None, 0.0)

    def _keep(self, turn: Turn, said: Said, *, is_stopped: bool | None = None) -> Outcome:
        is_forgotten = any(answer.response in FORGOTTEN for answer in said.answers)
        with self.knowledge.store.unit_of_work() as work:
            handoff = conversations.keep_reply(
                work,
                turn,
                text=said.text,
                answers=said.answers,
                dialogue=said.dialogue,
                language=said.language,
                guesses=said.guesses,
                is_stopped=is_stopped,
                is_cancelled=any(answer.response == CANCELLED for answer in said.answers),
                is_forgotten=is_forgotten,
            )
        if is_forgotten:
            self.knowledge.store.leave_no_trace()
        stopped = turn.taken.conversation.is_stopped if is_stopped is None else is_stopped
        return Outcome(
            turn.taken.conversation.id,
            said.text,
            said.answers,
            conversations.state_of(stopped, handoff),
            said.language,
            turn.now,
            turn.redacted,
            said.confidence,
            handoff=_raised(said.answers, handoff),
        )


def _control(turn: Turn) -> str | None:
    """ "stop" or "start", where a message of the turn says only that; the last one counts."""
    found = [control for message in turn.messages if (control := control_of(message.text))]
    return found[-1] if found else None


def _is_stopped(said: Said, control: str | None) -> bool | None:
    """Whether the turn stops the conversation or starts it again; None where it leaves it as it is. Whoever asks
    something, and then for no more, gets the answer and no more; nobody in a crisis is left."""
    kinds = {answer.kind for answer in said.answers}
    if Kind.STOP in kinds and not any(kind.is_crisis for kind in kinds):
        return True
    return False if control == "start" else None


def _told(turn: Turn, account: Account | None) -> dict[str, Any]:
    """What the pipeline and the action are told beside the words."""
    conversation = turn.taken.conversation
    thread = Thread.from_dict(conversation.dialogue).forgetting(turn.now)
    return {
        "now": turn.now.isoformat(),
        "account": conversation.account,
        "nation": account.nation.value if account else None,
        "language": _language_so_far(turn, account).value,
        "asked": thread.pending.asks if thread.pending else None,
        "risks": list(turn.risks),
        "redacted": list(turn.redacted),
        "is_crisis_open": turn.handoff is not None and turn.handoff.reason in IN_A_CRISIS,
        "is_threat_open": turn.handoff is not None and turn.handoff.is_after_threat,
        "is_in_queue": turn.is_in_queue,
        "has_open_case": turn.handoff is not None and turn.handoff.reason in NEEDED,
    }


def _language_so_far(turn: Turn, account: Account | None) -> Language:
    """The conversation's, else the account's."""
    return turn.taken.conversation.language or (account.language if account else Language.ENGLISH)


def _dialogue(turn: Turn) -> Any:
    return turn.taken.conversation.dialogue


def _raised(answers: Collection[Answer], handoff: Handoff | None) -> HandoffReason | None:
    reasons = [answer.handoff for answer in answers if answer.handoff]
    urgent = [reason for reason in reasons if reason.priority.value == "urgent"]
    return next(iter(urgent or reasons), None) if handoff else None
