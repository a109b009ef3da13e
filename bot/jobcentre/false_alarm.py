"""Where what sounds like a risk is, in the conversation, of what was spoken of."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.jobcentre.aspect_words import by_aspect, radical, small_words, words_besides_names
from bot.jobcentre.crisis import (
    FIGURATIVE,
    Risk,
    find_risks,
    is_figure_of_speech,
    is_of_eating_out,
    is_of_the_way,
    without_misheard,
)
from bot.jobcentre.expected import is_expected
from bot.jobcentre.intent import CERTAIN, FURTHER, KIND_OF_INTENT, SURE
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import speaks_of
from bot.jobcentre.question import Context, Utterance
from bot.jobcentre.spelling import plain_words
from bot.jobcentre.subject import asks_further, asks_something, aspects_of, is_bare, sides_of


def without_alarm(utterance: Utterance, context: Context) -> tuple[Utterance, Context]:
    """Both, without a risk that was only heard in "will he know it was me" or "what happens to him", from somebody who
    asks how to report or complain of another and has spoken of no danger; in "I've got my coach at 10", from somebody
    told how an office stands; in the hunger of whoever asks for a café; in "I'd rather do it face to face"; in what is
    said of somebody who has died; or in what other words of theirs explain."""
    left = without_misheard(utterance.text, context.risks)
    if left and left != context.risks:
        heard = tuple(c for c in utterance.clauses if c.intent not in _OF_DANGER) or utterance.clauses
        utterance, context = replace(utterance, clauses=heard), replace(context, risks=left)
    if context.risks and (not left or _only_sounds_of_it(utterance, context)):
        told = tuple(c for c in utterance.clauses if c.intent not in _OF_DANGER)
        clauses = told or tuple(replace(clause, intent=FURTHER) for clause in utterance.clauses)
        return replace(utterance, clauses=clauses), replace(context, risks=())
    subject = context.thread.subject
    if not context.risks or subject is None or context.thread.crisis or "secrecy" not in sides_of(subject):
        return utterance, context
    words = words_besides_names(utterance)
    is_only_of_it = not words.difference(*(by_aspect()[head] for head in ("secrecy", "small", "they", "us")))
    is_threat = set(context.risks) == {Risk.THREAT.value}
    if not (is_only_of_it and words & by_aspect()["learns"]) and not (is_threat and asks_further(utterance)):
        return utterance, context
    clauses = tuple(replace(clause, intent=FURTHER) for clause in utterance.clauses)
    return replace(utterance, clauses=clauses), replace(context, risks=())


_OF_DANGER = frozenset(intent for intent, kind in KIND_OF_INTENT.items() if kind.is_crisis) | {"threaten"}
_PLAIN_RISK = 0.7
"""Who speaks of a risk after something else, in words that no check knows, is heard as surely as this: of those that
conversations hold the least stood at 0.75, and calm words that go on with a line or an office at up to 0.55."""
_PLAIN_BESIDE_A_TIME = 0.95
"""And in words of hours beside an hour: "I only finish at five, so no good"."""
_OF_ORDER = frozenset({"after", "next", "then", "wedyn", "nesaf"})
"""What follows in time, which is of the same subject."""


def _is_faintly_heard(utterance: Utterance, context: Context) -> bool:
    """Whether a risk was faintly heard in words of what is spoken of, "what if I've no phone" after a line, from
    somebody who has spoken of no danger."""
    subject = context.thread.subject
    if not context.risks or subject is None or _is_in_danger(context):
        return False
    words = words_besides_names(utterance) - _OF_ORDER
    aspects = aspects_of(words, subject)
    least = _PLAIN_BESIDE_A_TIME if aspects and utterance.days else _PLAIN_RISK
    is_plain = any(c.intent in _OF_DANGER and c.confidence >= least for c in utterance.clauses)
    is_of_it = bool(aspects) or asks_something(utterance.text)
    return is_of_it and not is_plain and not find_risks(utterance.text) and is_bare(words, subject, aspects)


_WAYS = re.compile(
    r"\b(?:face[- ]?(?:to|2|t)[- ]?face|in person|over the counter|(?:(?:over|on|by|use|using|face) )(?:the |a |my )?"
    r"(?:tele)?(?:phones?|calls?|post|e-?mail|internet|computer)|by (?:letter|text)|on ?line|phoning|telephoning"
    r"|wyneb yn wyneb|(?:dros|ar|drwy|defnyddio|licio|hoffi)(?:['’]?r)? (?:y |yr )?(?:ff[oô]n|post|we)|ar-?lein"
    r"|ffonio)\b",
    re.IGNORECASE,
)
_CHOICE = "rather prefer preferred sooner better easier instead over licio hoffi well gwell gen gyda"
_OF_CHOICE = frozenset(_CHOICE.split())


def _is_of_way(utterance: Utterance, context: Context) -> bool:
    """Whether a risk was only heard in words of the way in which they would do a thing, from somebody who has spoken of
    no danger: "I'd rather do it face to face"."""
    if not context.risks or _is_in_danger(context) or find_risks(utterance.text):
        return False
    heard = [clause for clause in utterance.clauses if clause.intent in _OF_DANGER] or utterance.clauses
    return all(
        _WAYS.search(clause.text) and not _plain(_WAYS.sub(" ", clause.text)) - by_aspect()["small"] - _OF_CHOICE
        for clause in heard
    )


def _plain(text: str) -> frozenset[str]:
    return frozenset(map(radical, plain_words(text)))


_OF_DEATH = frozenset({"bereavement", "funeral"})
_OF_PAYMENT = re.compile(
    r"\b(?:pay(?:ment|ments|s|able|out)?|benefits?|allowances?|claim\w*|apply|entitled?|grants?|pensions?|cost\w*|taliad\w*"
    r"|budd-?dal\w*|lwfans\w*|hawl\w*|cais|grant|pensiwn)\b",
    re.IGNORECASE,
)
_OF_THEMSELVES = re.compile(
    r"\b(?:mine|myself|me|my own|alone|lonely|without|point|reason|gone|join\w*|end\w*|tired|sleep\w*|cope|coping|carry"
    r"|going on|go on|any ?more|goodbye|die|dying|live|living|life|alive|tablets?|pills?|cannot|can[’']?t|food|eat\w*"
    r"|heat\w*|fy hun|unig|byw|marw|gysgu|diben|bwyd|methu)\b",
    re.IGNORECASE,
)
"""How those speak who may be in danger or in want themselves."""
_GRAVEST = frozenset({Risk.LIFE.value, Risk.CHILD.value})


def _is_of_the_dead(utterance: Utterance, context: Context) -> bool:
    """Whether a risk was only heard in what is said of somebody who has died, or of what has to be done since: "he went
    in his sleep", "he left no will", "I lost my wife and am told there is a payment". Of the one who writes, all else
    that sounds like danger to life counts."""
    thread = context.thread
    topics = {*thread.topics, *(thread.subject.topics if thread.subject else ())}
    if not context.risks or _is_in_danger(context) or find_risks(utterance.text):
        return False
    if _only_asks_for_payment(utterance, context):
        return True
    if not topics & _OF_DEATH:
        return False
    is_of_them = bool(words_besides_names(utterance) & _DEAD) and not words_besides_names(utterance) & _WRITER
    if _GRAVEST.isdisjoint(context.risks):
        return is_of_them or not _is_plainly_heard(utterance)
    return Risk.CHILD.value not in context.risks and is_of_them and not _is_plainly_heard(utterance)


def _only_asks_for_payment(utterance: Utterance, context: Context) -> bool:
    """Whether somebody bereaved asks for what may be paid, and says nothing of themselves."""
    is_heard = any(clause.intent in _OF_DANGER for clause in utterance.clauses)
    is_of_them = "bereavement" in utterance.topics and _OF_PAYMENT.search(utterance.text) is not None
    is_of_life = set(context.risks) == {Risk.LIFE.value}
    return is_of_life and is_of_them and not is_heard and _OF_THEMSELVES.search(utterance.text) is None


def _is_of_danger_spoken_of(utterance: Utterance, context: Context) -> bool:
    """Whether a lesser risk was only heard, and not for certain, in what somebody in danger goes on to say: "I can't
    talk now". They are helped for what they spoke of."""
    subject = context.thread.subject
    is_in_danger = subject is not None and subject.kind in (Kind.CRISIS_LIFE, Kind.CRISIS_ABUSE)
    is_lesser = {Risk.HARDSHIP.value, Risk.THREAT.value}.issuperset(context.risks)
    is_certain = any(c.intent in _OF_DANGER and c.confidence >= CERTAIN for c in utterance.clauses)
    return is_in_danger and is_lesser and not is_certain and not find_risks(utterance.text)


_SUITS = frozenset({"better", "best", "easier", "good", "suits", "suit", "works", "work", "gwell", "well", "haws"})


def _is_of_the_way(utterance: Utterance, context: Context) -> bool:
    """Whether somebody who asked after an office says no more than how they will get there."""
    is_after_office = bool(context.thread.offices) and not _is_in_danger(context)
    return is_after_office and is_of_the_way(utterance.text, context.risks)


def _is_of_a_day(utterance: Utterance, context: Context) -> bool:
    """Whether a risk was only heard in a day or a place that would do as well, after an office was spoken of: "actually
    Monday would be better". Of the one who writes it says nothing."""
    is_after_office = bool(context.thread.offices) and not _is_in_danger(context)
    is_named = bool(utterance.days or utterance.places)
    words = words_besides_names(utterance)
    is_bare = is_named and not (words - small_words() - _SUITS or words & _WRITER)
    return is_after_office and is_bare and not find_risks(utterance.text)


def _is_of_fraud(utterance: Utterance, context: Context) -> bool:
    """Whether abuse was only heard, and not for certain, in what somebody tells of another who cheats: "my neighbour's
    fiddling his benefits". Whoever writes speaks of no harm to themselves."""
    is_abuse = set(context.risks) == {Risk.ABUSE.value} and "fraud" in utterance.topics
    is_calm = not _is_in_danger(context) and not words_besides_names(utterance) & {"me", "us", "fi", "ni"}
    return is_abuse and is_calm and not _is_plainly_heard(utterance) and not find_risks(utterance.text)


def _is_plainly_heard(utterance: Utterance) -> bool:
    return any(c.intent in _OF_DANGER and c.confidence >= SURE for c in utterance.clauses)


_THE_DEAD = "he hes she shes his her him they their mum mam dad nan gran grandad wife husband brother sister"
_DEAD = frozenset(_THE_DEAD.split())
_WHO_WRITES = "i im ive id ill me my mine myself we us our fi mi dwi rwy fy ni"
_WRITER = frozenset(_WHO_WRITES.split())


def _is_in_danger(context: Context) -> bool:
    """Whether they have spoken of a danger before, or somebody is told of one already."""
    subject = context.thread.subject
    is_open = context.is_crisis_open or context.is_threat_open
    return is_open or context.thread.crisis is not None or (subject is not None and subject.kind.is_crisis)


_OF_COACHES = frozenset({"work", "coach", "adviser", "advisor", "tho", "though", "today", "review", "slot"})


def _only_sounds_of_it(utterance: Utterance, context: Context) -> bool:
    """Whether what was heard is no risk, by any of the ways in which calm words sound of one."""
    text, risks = utterance.text, context.risks
    if is_of_eating_out(text, risks) or is_figure_of_speech(text, risks):
        return True
    ways = (
        _is_of_posting,
        _is_of_coach,
        _is_of_way,
        _is_of_the_dead,
        _is_of_danger_spoken_of,
        _is_of_fraud,
        _is_of_a_day,
        _is_of_the_way,
    )
    return any(way(utterance, context) for way in (*ways, _is_faintly_heard))


def _is_of_posting(utterance: Utterance, context: Context) -> bool:
    """Whether a risk that no phrase tells of was heard where a post, a like or a look at their page is wanted."""
    is_figurative = FIGURATIVE.issuperset(map(Risk, context.risks))
    return is_figurative and speaks_of(Kind.ABOUT, "socially", utterance.text) and not find_risks(utterance.text)


def _is_of_coach(utterance: Utterance, context: Context) -> bool:
    """Whether a threat was heard where somebody only says that they are expected at the office spoken of, and when."""
    if set(context.risks) != {Risk.THREAT.value} or find_risks(utterance.text):
        return False
    is_bare = not words_besides_names(utterance) - by_aspect()["small"] - _OF_COACHES
    calm = [replace(clause, intent="nlu_fallback") for clause in utterance.clauses]
    return is_bare and all(is_expected(clause, utterance, context.thread) for clause in calm)
