"""Answers to the assistant's own question."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.jobcentre.choice import Untold, chosen, described_among, named_among, only_describes
from bot.jobcentre.clauses import asks
from bot.jobcentre.followup import those_in, whens_with
from bot.jobcentre.intent import ASIDE, ASIDE_SURE, FOLLOW_UPS, KIND_OF_INTENT
from bot.jobcentre.question import Clause, Context, Pending, Question, Utterance, wanted
from bot.jobcentre.topics import find_shortened

_THIN = FOLLOW_UPS | {"nlu_fallback", "greet", "thank", "out_of_scope"}
_EMPTY = frozenset({"nlu_fallback", "out_of_scope", "inform", "affirm"})
"""Intents of words that try to answer and do not."""
_ANSWER_WORDS = 8
"""An answer to the assistant's own question is hardly longer."""
_DOES_NOT_KNOW = re.compile(
    r"\b(?:do ?n[o'’]?t|do not|did ?n[o'’]?t|can ?n?[o'’]?t)\s+(?:\w+\s+)?(?:know|no|remember|say|tell)\b"
    r"|\b(?:dunno|idk|dk|no (?:idea|clue)|not (?:sure|certain)|unsure|haven'?t a clue|which\?|dim (?:syniad|clem)"
    r"|ddim yn (?:gwybod|siŵr|siwr|cofio)|d?wn i(?: ddim|'?m)|sa ?i'?n gwybod|dim yn siŵr)\b",
    re.IGNORECASE,
)
_NAMING_WORDS = 4
"""Of a service that is named, and no more."""
_DESCRIBES = re.compile(
    r"\b(?:near|by|next to|opposite|behind|beside|above|in town|town cent(?:re|er)|city cent(?:re|er)|local|usual"
    r"|nearest|closest|my one|ger|wrth|drws nesaf|gyferbyn|yn y dre\w*|canol y)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 4
"""Of so few, "I don't know" is all that they say."""
_OTHER_ANSWER_WORDS = 12
"""People tell where an office stands at more length."""


def answer_to(pending: Pending, utterance: Utterance, context: Context) -> Question | None:
    """The question that the message completes, where it answers what the assistant asked."""
    if not (_may_answer(utterance) or (pending.asks == "topic" and _names_service(utterance))):
        return None
    base = Question(
        pending.kind,
        "inform",
        whens=whens_with(utterance.days, pending.whens, context, utterance.text) or pending.whens,
        topics=pending.topics,
        text=utterance.text,
        message=utterance.text,
    )
    if pending.asks == "topic":
        topics = utterance.topics or chosen(utterance.text, pending.choices) or tuple(find_shortened(utterance.text))
        return replace(base, topics=topics) if topics else None
    if pending.asks == "day" and utterance.days:
        return replace(base, offices=pending.choices)
    if pending.asks == "confirm" and not pending.choices:
        return None
    return _office_answer(base, pending, utterance, context)


_YES = re.compile(
    r"\W*(?:(?:oh|ah|aw|well|um|er|ok|okay|wel|right|fine)\W+)*"
    r"(?:(?:yes|yeah|yep|yup|yh|aye|sure|please|go (?:on|ahead)|do (?:that|it)|ie|ia|plis|cewch"
    r"|os gwelwch yn dda)\b|(?:(?:i|i[’']?d|we|would|do)\W+)*still\b|(?:ydw\W+)?(?:d?wi|dw i|rwy)\W+dal\b|ydw\b)",
    re.IGNORECASE,
)
"""Wishes for what was offered."""
_WISHING = (
    "yes yeah yep yup yh aye ah aw have sure please pls plz go on ahead do that it i id i'd we would will am me my "
    "still want wanna like need to a the with and then oh well um er ok okay right fine talk speak chat them him "
    "her someone somebody person human one adviser wait waiting queue anyway though thanks ta cheers mate love put "
    "through in for connect even if just rather prefer so so's that's ie ia plis cewch os gwelwch yn dda dwi dw wi "
    "rwy ydw dal isio isho eisiau moyn hoffwn siarad efo gyda â rhywun nhw wel aros disgwyl beth bynnag o hyd fi mi n "
    "'n i'n"
)
_OF_WISHING = frozenset(_WISHING.split())
_DECIDING_WORDS = 12


def decided(pending: Pending, utterance: Utterance) -> bool | None:
    """Whether the message wishes for what was offered, in whatever words: "yeah i'd still like to talk to them". None
    where it says anything else."""
    if pending.asks != "confirm" or pending.choices or utterance.places or utterance.days or utterance.topics:
        return None
    words = re.findall(r"[\w'’]+", utterance.text.lower())
    is_of_it = len(words) <= _DECIDING_WORDS and all(word.replace("’", "'") in _OF_WISHING for word in words)
    return True if is_of_it and "?" not in utterance.text and _YES.match(utterance.text) else None


def untold(pending: Pending, utterance: Utterance) -> Untold | None:
    """Why the message does not tell which office is meant, where that is what it tries; else None."""
    if pending.asks != "office" or utterance.topics or wanted(utterance.places):
        return None
    words = len(utterance.text.split())
    if chosen(utterance.text, pending.choices) == ():
        return Untold.NONE
    if _may_be_crisis(utterance) and words > _FEW_WORDS:
        return None
    if words <= _OTHER_ANSWER_WORDS and _DOES_NOT_KNOW.search(utterance.text):
        return Untold.UNKNOWN
    is_try = words <= _ANSWER_WORDS and re.search(r"\w", utterance.text) and all(map(_is_empty, utterance.clauses))
    is_described = words <= _OTHER_ANSWER_WORDS and "?" not in utterance.text and _DESCRIBES.search(utterance.text)
    return Untold.UNSURE if is_try or is_described else None


def _is_empty(clause: Clause) -> bool:
    """Whether it says nothing else for certain."""
    return clause.intent in _EMPTY or (KIND_OF_INTENT.get(clause.intent) in ASIDE and clause.confidence < ASIDE_SURE)


def _may_be_crisis(utterance: Utterance) -> bool:
    kinds = [KIND_OF_INTENT.get(clause.intent) for clause in utterance.clauses]
    return any(kind and kind.is_crisis for kind in kinds)


def _may_answer(utterance: Utterance) -> bool:
    """Whether the message is thin enough to be an answer, and not a question of its own."""
    if all(clause.intent in _THIN for clause in utterance.clauses):
        return len(utterance.text.split()) <= _ANSWER_WORDS or all(c.intent == "inform" for c in utterance.clauses)
    return _is_short(utterance) or only_describes(utterance.text)


def _names_service(utterance: Utterance) -> bool:
    """ "For UC", to whose line is wanted, whatever else that sounds like."""
    is_short = len(utterance.text.split()) <= _NAMING_WORDS and not asks(utterance.text)
    return is_short and all(c.intent in (*_THIN, "ask_benefit_info") for c in utterance.clauses)


def _office_answer(base: Question, pending: Pending, utterance: Utterance, context: Context) -> Question | None:
    places = wanted(utterance.places)
    narrowed = those_in(places, pending.choices, context)
    described = described_among(utterance.text, pending.choices, context.described)
    named = named_among(utterance.text, pending.choices) or described
    if picks := chosen(utterance.text, pending.choices):
        return replace(base, offices=picks, whens=pending.whens)  # "the 2nd" is no day
    if named or narrowed:
        return replace(base, offices=(named,) if named else narrowed)
    if places:
        return replace(base, places=places)
    intents = {clause.intent for clause in utterance.clauses}
    if pending.asks == "confirm" and pending.choices and "affirm" in intents:
        return replace(base, offices=pending.choices[:1])
    return None


def _is_short(utterance: Utterance) -> bool:
    return len(utterance.text.split()) <= 4 and bool(utterance.places)
