"""From what a message says to the questions it asks, with what the conversation remembers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.jobcentre.asked import asking, questions_of, without_faint_crises
from bot.jobcentre.followup import another_topic, picked
from bot.jobcentre.intent import FOLLOW_UPS, settled
from bot.jobcentre.pending import answer_to
from bot.jobcentre.question import Clause, Context, Question, Utterance
from bot.jobcentre.words import is_foi_request


@dataclass(frozen=True)
class Interpretation:
    """What a turn comes to."""

    questions: tuple[Question, ...]
    cancelled: bool = False
    """ "Never mind." """
    affirmed: bool | None = None
    """A yes or no that answers nothing asked."""


def interpret(utterance: Utterance, context: Context) -> Interpretation:
    """The questions of a turn, in the order asked."""
    thread = context.thread
    if is_foi_request(utterance.text):  # all of it is the request: its words are not questions to us
        request = Clause("ask_foi", 1.0, utterance.text, 0, len(utterance.text))
        utterance = replace(utterance, clauses=(request,))
    answered = answer_to(thread.pending, utterance, context) if thread.pending else picked(utterance, thread)
    answered = answered or another_topic(utterance, thread)
    if answered:
        return Interpretation((answered,))
    clauses = asking(without_faint_crises(utterance.clauses, context))
    intents = {clause.intent for clause in clauses}
    substantive = [c for c in clauses if c.intent not in FOLLOW_UPS]
    if not substantive and "inform" not in intents:
        return Interpretation(
            (),
            cancelled="cancel" in intents,
            affirmed=True if "affirm" in intents else False if "deny" in intents else None,
        )
    return Interpretation(tuple(questions_of([settled(c, utterance, thread) for c in clauses], utterance, context)))
