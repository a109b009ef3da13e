"""What a conversation is about, and the messages that name no subject of their own and so go on with it.

"What hours do they keep", after a helpline was told, asks for the line's; after an office, for the office's; after a
request under the Freedom of Information Act "how long does it take" asks when the reply is due. Such a message has only
small words, days, and words for the sides that a subject may have: when it is open, how long it takes, what it costs,
how to reach it. `data/aspects.txt` holds those words; a message with any other has a subject of its own, but for words
that people ask of everything with ("who should I make it out to"), where nothing else was heard in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.jobcentre.aspect_words import by_aspect, radical, readings, telling, words_besides_names
from bot.jobcentre.choice import points_at_other
from bot.jobcentre.clauses import asks
from bot.jobcentre.followup import OF_APPOINTMENT, of_appointment, whens_with
from bot.jobcentre.gazetteer import PlaceKind
from bot.jobcentre.intent import CERTAIN, FOLLOW_UPS, FOR_PEOPLE, FURTHER, KIND_OF_INTENT, SURE
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import find_matter
from bot.jobcentre.orders import is_command_alone
from bot.jobcentre.question import Clause, Context, Question, Thread, Utterance, wanted
from bot.jobcentre.spelling import plain_words
from bot.jobcentre.words import ASKS_TIME_OF_DAY, ELSEWHERE_WORDS, LINE, OPENING

Side = tuple[Kind, str]
"""The kind of a question for one side of a subject, and its matter."""

_FEW = 3
_OF_REACHING = ("ask_contact", "ask_office_contact", "ask_for_person")
GOES_ON = "goes_on"
"""What stands for the intent of a question that goes on."""
WORDS_AT_MOST = 14
"""Who says more than this has something of their own to say."""
_LINE: Mapping[str, Side] = {
    aspect: (Kind.CONTACT_DWP, "cost" if aspect == "cost" else "")
    for aspect in ("cost", "ways", "hours", "doors", "reach", "post", "wait")
}
_BODY = ("cost", "hours", "doors", "reach", "post", "wait", "ways")
_HELPLINE = ("cost", "hours", "doors", "reach", "wait")
_OF_ONESELF: Mapping[str, Side] = {"secrecy": (Kind.CONTACT_DWP, "")}
"""What somebody who reports another asks of a line beside the rest."""
_PEOPLE: Mapping[str, Side] = {aspect: (Kind.ABOUT, "people") for aspect in ("wait", "hours", "presence")}
_OFFICE: Mapping[str, Side] = {
    "reach": (Kind.OFFICE_CONTACT, ""),
    "post": (Kind.OFFICE_FIND, ""),
    "where": (Kind.OFFICE_FIND, ""),
    "doors": (Kind.OFFICE_HOURS, ""),
    "hours": (Kind.OFFICE_HOURS, ""),
    "why": (Kind.OFFICE_OPEN, ""),
    "news": (Kind.OFFICE_OPEN, ""),
}


def _all(kind: Kind, aspects: Sequence[str]) -> dict[str, Side]:
    return {aspect: (kind, "") for aspect in aspects}


_SIDES: Mapping[Kind, Mapping[str, Side]] = {
    Kind.CONTACT_DWP: {**_LINE, "apply": (Kind.BENEFIT_INFO, "")},
    Kind.BENEFIT_INFO: {**_LINE, **_all(Kind.BENEFIT_INFO, ("cost", "wait", "pay", "apply"))},
    Kind.INDIVIDUAL_CASE: {
        **_all(Kind.CONTACT_DWP, ("reach", "doors", "hours", "post")),
        **_all(Kind.INDIVIDUAL_CASE, ("wait", "why")),
    },
    Kind.FOI: {
        "cost": (Kind.FOI, "cost"),
        "wait": (Kind.FOI, "time"),
        **_all(Kind.FOI, ("post", "reach", "where", "form")),
    },
    Kind.DATA_REQUEST: {
        **_all(Kind.DATA_REQUEST, ("cost", "post", "reach", "where", "form")),
        "wait": (Kind.DATA_REQUEST, "time"),
    },
    Kind.COMPLAINT: {
        **_all(Kind.COMPLAINT, ("cost", "post", "reach", "where", "form")),
        "wait": (Kind.COMPLAINT, "time"),
        "secrecy": (Kind.COMPLAINT, ""),
    },
    Kind.ABOUT: {"delete": (Kind.ABOUT, "delete"), "privacy": (Kind.ABOUT, "privacy")},
    Kind.LANGUAGE: {
        **_all(Kind.CONTACT_DWP, ("hours", "doors")),
        **_all(Kind.LANGUAGE, ("cost", "wait", "reach")),
    },
    Kind.HANDOFF: _PEOPLE,
    Kind.WRONG_INFORMATION: {"wait": (Kind.ABOUT, "people")},
    Kind.POLITICS: _all(Kind.POLITICS, ("view",)),
    **{kind: _all(kind, _BODY) for kind in (Kind.OTHER_SERVICE, Kind.PRESS)},
    Kind.JOBS: _all(Kind.JOBS, (*_BODY, "apply", "where")),
    Kind.SCAM: _all(Kind.SCAM, (*_BODY, "where", "report", "given")),
    **{kind: _all(kind, _HELPLINE) for kind in (Kind.CRISIS_LIFE, Kind.CRISIS_ABUSE)},
    Kind.CRISIS_HARDSHIP: _all(Kind.CRISIS_HARDSHIP, ("cost", "reach", "wait")),
    **{kind: _OFFICE for kind in Kind if kind.value.startswith("office_")},
    Kind.CLOSURE_APPOINTMENT: {**_OFFICE, "reach": (Kind.CONTACT_DWP, "")},
}
"""For each kind of subject its sides, those that tell most first, and what asks for them."""

_OF_DWP = ("cost", "wait", "presence", "form", "view", "delete", "privacy")
"""Sides in which "you" is DWP; beside any other it is whoever is written to."""
_ANSWERS = FOLLOW_UPS - {"inform"}
"""Yes, no, never mind and "sorry?"."""
_LOOKED_AT = (Kind.INDIVIDUAL_CASE, Kind.WRONG_INFORMATION, Kind.CRISIS_LIFE, Kind.CRISIS_ABUSE, Kind.CRISIS_HARDSHIP)
"""What people here look at, where it was passed to them."""
_OWN_CASE_SURE = 0.62
_FAINT = 0.5
_TOLD_AGAIN = (
    Kind.ABOUT,
    Kind.BENEFIT_INFO,
    Kind.JOBS,
    Kind.PRESS,
    Kind.POLITICS,
    Kind.FOI,
    Kind.DATA_REQUEST,
    Kind.COMPLAINT,
    Kind.SCAM,
    Kind.LANGUAGE,
    Kind.CONTACT_DWP,
    Kind.INDIVIDUAL_CASE,
    Kind.OTHER_SERVICE,
)
"""What is told once more where what is asked of it is unclear."""
_TOLD_BY_LITTLE = frozenset(
    {
        FURTHER,
        "nlu_fallback",
        "out_of_scope",
        "inform",
        "ask_contact",
        "ask_benefit_info",
        "ask_other_service",
        "ask_jobs",
    }
)
"""What light words sound like by chance."""
_HERE = ("here", "yma")
_NEVER_OF_IT = frozenset({"stop", "ask_for_person", "greet", "thank", "goodbye", "affirm", "deny"})
_HOW_MANY = re.compile(r"\bhow many\b|\b(?:faint o|sawl)\b", re.IGNORECASE)
_SUPPOSES = re.compile(r"\b(?:if|can|could|would|will|ok to|os|petawn|gallwn|alla i|allwn|ga i)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|can'?t|cannot|won'?t|couldn'?t|methu|ddim)\b", re.IGNORECASE)


def gone_on_with(utterance: Utterance, context: Context) -> Question | None:
    """The question of a message that names no subject of its own, about what the conversation is about; else None."""
    subject = context.thread.subject
    if context.risks or not _may_go_on(utterance, context.thread):
        return None
    if subject is None:
        return _of_nothing(utterance, context)
    if utterance.places and (subject.kind.is_crisis or _tells_home(utterance, subject)):
        return _told_where(utterance, subject)
    if _is_day_of(utterance, subject, context):
        return _asked(subject, (subject.kind, ""), utterance)
    if _is_place_of(utterance, subject):
        return replace(_asked(subject, (subject.kind, ""), utterance), places=utterance.places)
    if subject.kind.is_crisis and _may_be_of_danger(utterance):
        return _asked(subject, (subject.kind, ""), utterance)
    if _is_somewhere(utterance, subject) or set(utterance.topics) - set(subject.topics) or utterance.impossible_days:
        return None
    sides = (_side_told(words, subject, utterance, context) for words in readings(utterance))
    side = next(filter(None, sides), None)
    if side is None:
        return None
    question = _asked(subject, side, utterance)
    if question.kind.is_about_offices:
        return _of_offices(question, utterance, context)
    return of_appointment(question, context.thread) or question


def _is_place_of(utterance: Utterance, subject: Question) -> bool:
    """ "In Leeds", after work or another body was spoken of, and nothing else."""
    is_bare = all(clause.intent == "inform" for clause in utterance.clauses) and not (
        utterance.days or utterance.topics
    )
    is_town = all(place.kind is not PlaceKind.OFFICE for place in utterance.places)
    return subject.kind in (Kind.JOBS, Kind.OTHER_SERVICE) and bool(utterance.places) and is_bare and is_town


def _is_day_of(utterance: Utterance, subject: Question, context: Context) -> bool:
    """ "And last month", of somebody's own claim, where no office was spoken of or written to."""
    is_bare = all(clause.intent == "inform" for clause in utterance.clauses) and not utterance.places
    is_office = context.thread.offices or context.ours
    return subject.kind is Kind.INDIVIDUAL_CASE and bool(utterance.days) and is_bare and not is_office


def _may_be_of_danger(utterance: Utterance) -> bool:
    """Whether somebody at risk says something that was hardly heard: "nobody ever listens", "he's out till three"."""
    if _THEY_WHO_HARM.search(utterance.text) and all(c.confidence < _FAINT for c in utterance.clauses):
        return not (utterance.places or utterance.topics or "?" in utterance.text)
    asks_of_doors = asks(utterance.text) and OPENING.search(utterance.text)
    is_bare = not (utterance.places or utterance.days or utterance.topics or "?" in utterance.text or asks_of_doors)
    return is_bare and all(c.intent in _SAID_IN_DANGER and c.confidence < CERTAIN for c in utterance.clauses)


_THEY_WHO_HARM = re.compile(r"^\W*(?:s?he|mae (?:o|e|fe|fo|hi))(?:[’']?(?:s|n|ll|d))?\b", re.IGNORECASE)
"""Begins with somebody else, of whom they may be afraid."""
_SAID_IN_DANGER = frozenset({FURTHER, "nlu_fallback", "out_of_scope", "complain", "insult", "insult_a_group"})


def _is_somewhere(utterance: Utterance, subject: Question) -> bool:
    """Whether it names a place. "Here" is this conversation, where no office was spoken of."""
    places = (utterance.text[place.start : place.end].lower() for place in wanted(utterance.places))
    return any(subject.kind.is_about_offices or place not in _HERE for place in places)


def _of_nothing(utterance: Utterance, context: Context) -> Question | None:
    """ "Number?" from somebody who has said nothing yet and wrote to no office: whose is asked back."""
    words = words_besides_names(utterance)
    is_heard = any(clause.intent in _OF_REACHING for clause in utterance.clauses) and bool(context.ours)
    is_heard = is_heard or not _is_few(utterance) or "ask_for_person" in {c.intent for c in utterance.clauses}
    is_bare = not words - by_aspect()["small"] - by_aspect()["reach"] and words & telling()["reach"]
    if is_heard or not is_bare or utterance.places or utterance.topics:
        return None
    return Question(Kind.CONTACT_DWP, GOES_ON, text=utterance.text, message=utterance.text)


def _is_few(utterance: Utterance) -> bool:
    """Whether it is so short, small talk apart, that what it sounds like tells little."""
    said = [clause.text for clause in utterance.clauses if not _is_small_talk(clause)] or [utterance.text]
    return sum(len(text.split()) for text in said) <= _FEW


def _is_small_talk(clause: Clause) -> bool:
    kind = KIND_OF_INTENT.get(clause.intent)
    return clause.intent in _ANSWERS or (kind is not None and kind.is_small_talk)


def _may_go_on(utterance: Utterance, thread: Thread) -> bool:
    """Whether it is short, and nothing that is answered for itself whatever was spoken of."""
    kinds = [KIND_OF_INTENT.get(clause.intent) for clause in utterance.clauses]
    is_own = any(kind and kind.is_crisis for kind in kinds) or all(_stands_alone(c, thread) for c in utterance.clauses)
    is_own = is_own or is_command_alone(utterance.text) or _is_in_want_of_person(utterance, thread)
    return not is_own and len(utterance.text.split()) <= WORDS_AT_MOST


def _is_in_want_of_person(utterance: Utterance, thread: Thread) -> bool:
    """ "Is there somebody I can speak to", of who has no food: people here. Who would end their life is told again who
    is there to talk to."""
    is_in_want = thread.subject is not None and thread.subject.kind is Kind.CRISIS_HARDSHIP
    return is_in_want and any(c.intent == "ask_for_person" and c.confidence >= SURE for c in utterance.clauses)


def _stands_alone(clause: Clause, thread: Thread) -> bool:
    """Whether it is small talk, or a yes or no where one was waited for."""
    if clause.intent in _ANSWERS:
        return thread.pending is not None
    kind = KIND_OF_INTENT.get(clause.intent)
    return kind is not None and kind.is_small_talk and clause.confidence >= _OWN_CASE_SURE


def _side_told(words: frozenset[str], subject: Question, utterance: Utterance, context: Context) -> Side | None:
    """What such words ask of the subject, where they are of nothing else."""
    if _is_also_of(subject, utterance):
        return subject.kind, ""
    is_loose = asks_further(utterance) or subject.kind is Kind.BENEFIT_INFO
    aspects = aspects_of(words - _OF_ANYTHING if is_loose else words, subject)
    tells_own = subject.kind is Kind.INDIVIDUAL_CASE and "my" in words
    if (asks_further(utterance) or tells_own) and not asks_something(utterance.text):
        aspects = []  # "my bus was late" asks no hours
    light = utterance.light - by_aspect()["new"] if _is_hardly_heard(utterance, subject) else frozenset()
    is_of_it = asks_further(utterance) or is_bare(words - light, subject, aspects) or _is_of_them(utterance, subject)
    return _side(subject, aspects, words, utterance, context) if is_of_it else None


def _is_also_of(subject: Question, utterance: Utterance) -> bool:
    """Whether the same is asked of something that is no place, day or benefit: "what about 16", after hours of work."""
    named = utterance.places or utterance.days or utterance.topics
    is_inform = all(clause.intent == "inform" for clause in utterance.clauses) and not named
    return subject.kind in _TOLD_AGAIN and is_inform and _WHAT_ABOUT.match(utterance.text) is not None


_WHAT_ABOUT = re.compile(
    r"\W*(?:(?:and|so|ok|a|ac)\W+)*(?:(?:what|wat|wot|how) (?:about|bout|if)|be(?:th)? am)\b", re.IGNORECASE
)


def asks_something(text: str) -> bool:
    """Whether it has the form of a question, after an "and", or ends in the word that asks: "and shuts when"."""
    return asks(_AND.sub("", text)) or _ASKS_LAST.search(text) is not None


_ASKS_LAST = re.compile(
    r"\b(?:when|where|why|how come|what time|how long|how much|pryd|ble|lle|pam|faint)\W*$", re.IGNORECASE
)
_AND = re.compile(r"^\W*(?:(?:and|so|but|then|or|after (?:that|this)|a|ac|ond|wedyn)\b\W*)+", re.IGNORECASE)


def sides_of(subject: Question) -> Mapping[str, Side]:
    sides = _SIDES.get(subject.kind, {})
    return {**sides, **_OF_ONESELF} if subject.kind is Kind.CONTACT_DWP and "fraud" in subject.topics else sides


def asks_further(utterance: Utterance) -> bool:
    """Whether it was heard as asking of something that it does not name, and as nothing else."""
    return all(clause.intent == FURTHER for clause in utterance.clauses)


def _is_of_them(utterance: Utterance, subject: Question) -> bool:
    """Whether words that were hardly heard are of somebody who was spoken of, "they sounded so official", or inform of
    no place and no day: "it is for my brother"."""
    is_faint = all(c.confidence < _OWN_CASE_SURE and c.intent not in _NEVER_OF_IT for c in utterance.clauses)
    words = words_besides_names(utterance)
    is_fainter = all(c.confidence < _FAINT for c in utterance.clauses)
    tells_nothing = {c.intent for c in utterance.clauses} == {"inform"} and not utterance.days
    return (
        subject.kind in _TOLD_AGAIN
        and is_faint
        and (tells_nothing or bool(words & _THEM) or (is_fainter and bool(words & _IT)))
    )


_THEM = frozenset({"they", "theyre", "them", "he", "hes", "she", "shes", "him", "her", "nhw"})
_IT = frozenset({"it", "its", "itll", "that", "thats"})
_OF_ANYTHING = frozenset({"who", "whom", "pwy", "when", "whens", "pryd"})
"""Of nobody in particular, "who gets it"; of a line, "who do I ring"."""


def aspects_of(words: frozenset[str], subject: Question) -> list[str]:
    """The sides of the subject that the words ask for, the one with most of them first."""
    hits = {aspect: len(words & telling()[aspect]) for aspect in sides_of(subject)}
    return sorted((aspect for aspect, hit in hits.items() if hit), key=lambda aspect: -hits[aspect])


def is_bare(words: frozenset[str], subject: Question, aspects: Sequence[str]) -> bool:
    """Whether no word is of anything but this subject."""
    is_of_people = subject.kind is Kind.HANDOFF or subject.kind.is_crisis
    sides = [*sides_of(subject), "small", *(["people"] if is_of_people else [])]
    known = frozenset().union(*(by_aspect()[side] for side in sides))
    left = words - known - by_aspect()["they"]
    if left & by_aspect()["us"] and all(aspect in _OF_DWP for aspect in aspects):
        left -= by_aspect()["us"]
    return not left - (by_aspect()["visit"] if subject.kind.is_about_offices else frozenset())


def _side(
    subject: Question, aspects: Sequence[str], words: frozenset[str], utterance: Utterance, context: Context
) -> Side | None:
    """What is asked of the subject; None where the words ask nothing of it."""
    if subject.kind.is_about_offices:
        return _side_of_office(subject, aspects, words, utterance, context)
    people = by_aspect()["they"] | by_aspect()["people"]
    if asks_further(utterance) and not aspects:
        return (subject.kind, "") if _points_at(subject, words, utterance) else None
    if subject.kind is Kind.HANDOFF and "wait" not in aspects and not _is_of_people(words, aspects, context):
        return None
    if _is_own_case(subject, utterance) or _is_of_last_office(subject, aspects, words, utterance, context.thread):
        return None
    if aspects[:1] == ["wait"] and _is_with_people(subject, context):
        return _PEOPLE["wait"]
    if _is_of_paydays(subject):
        return (Kind.BENEFIT_INFO, "paydays") if utterance.days else None
    if subject.kind is Kind.BENEFIT_INFO and _HOW_MANY.search(utterance.text):
        return Kind.BENEFIT_INFO, ""  # the hours that somebody works
    if not aspects and utterance.days and (subject.kind is Kind.CONTACT_DWP or words & people):
        return sides_of(subject).get("hours")
    if aspects:
        return sides_of(subject)[aspects[0]]
    return (subject.kind, "") if _points_at(subject, words, utterance) else None


def _is_of_last_office(
    subject: Question, aspects: Sequence[str], words: frozenset[str], utterance: Utterance, thread: Thread
) -> bool:
    """Whether the office that was spoken of before the claim or the danger, or named beside a language, is asked
    about."""
    if subject.kind is Kind.INDIVIDUAL_CASE and thread.offices and utterance.days and words & _THERE:
        return True  # "are they there tomorrow"
    if not thread.offices or aspects[:1] not in (["doors"], ["hours"]):
        return False
    is_it = "it" in words and (
        aspects[0] == "doors" if subject.kind is Kind.INDIVIDUAL_CASE else subject.kind.is_crisis
    )
    return subject.kind is Kind.LANGUAGE or is_it


_THERE = frozenset({"there", "yno"})


def _points_at(subject: Question, words: frozenset[str], utterance: Utterance) -> bool:
    """Whether "I already gave it to them" is more likely of this subject than of nothing."""
    is_unsure = all(clause.confidence < _OWN_CASE_SURE for clause in utterance.clauses)
    is_pointing = bool(words & (telling()["they"] | by_aspect()["persons"]))
    return (
        (subject.kind in _TOLD_AGAIN or subject.kind.is_crisis)
        and (is_unsure or is_pointing or asks_further(utterance))
        and bool(utterance.light)
        and not words & by_aspect()["new"]
        and _is_hardly_heard(utterance, subject)
    )


def _is_hardly_heard(utterance: Utterance, subject: Question) -> bool:
    """Whether nothing in it is surely of something else, and so its light words may be of the subject."""
    return not subject.kind.is_about_offices and all(
        clause.intent not in _NEVER_OF_IT
        and (clause.confidence < _OWN_CASE_SURE or clause.intent in _TOLD_BY_LITTLE or _is_of_others(clause, utterance))
        for clause in utterance.clauses
    )


def _is_of_others(clause: Clause, utterance: Utterance) -> bool:
    """Whether what was heard as a question about us, or about an office that nobody named, speaks of others: "will they
    be told who rang", "when are they least busy"."""
    words = words_besides_names(utterance)
    of_others = words & (telling()["persons"] | {"they", "them", "their", "nhw", "ef", "fo"})
    is_open = clause.intent == "ask_about_assistant" or (_is_of_office(clause.intent) and not utterance.places)
    return is_open and bool(of_others) and not words & by_aspect()["us"]


def _is_of_people(words: frozenset[str], aspects: Sequence[str], context: Context) -> bool:
    """Whether the words mean the people waited for, and not an office: "are they in on Saturday", "are you there"."""
    named = words & (telling()["they"] | by_aspect()["people"]) - {"it", "that", "this"}
    return bool(named) or ("presence" in aspects and context.is_in_queue and bool(words & by_aspect()["us"]))


def _is_own_case(subject: Question, utterance: Utterance) -> bool:
    """Whether it is surely of their own claim, beside a benefit that was spoken of."""
    if subject.kind not in (Kind.CONTACT_DWP, Kind.BENEFIT_INFO):
        return False
    return any(c.intent == "ask_individual_case" and c.confidence >= _OWN_CASE_SURE for c in utterance.clauses)


def _is_with_people(subject: Question, context: Context) -> bool:
    """Whether people here look at it: they were told at once, or the person waits for them."""
    is_passed = (subject.matter or find_matter(Kind.INDIVIDUAL_CASE, subject.message)) in FOR_PEOPLE
    return subject.kind in _LOOKED_AT and (context.is_in_queue or is_passed)


def _is_of_paydays(subject: Question) -> bool:
    if subject.kind is not Kind.BENEFIT_INFO:
        return False
    return (subject.matter or find_matter(subject.kind, subject.message)) in ("paydays", "payday_rule")


def _side_of_office(
    subject: Question, aspects: Sequence[str], words: frozenset[str], utterance: Utterance, context: Context
) -> Side | None:
    """Where the pipeline heard nothing of an office: "number", or "what if I came at half eight"."""
    thread = context.thread
    if thread.pending or not thread.offices or any(map(_is_of_office_or_expected, utterance.clauses)):
        return None
    if LINE.search(utterance.text) or ELSEWHERE_WORDS.search(utterance.text) or points_at_other(utterance.text):
        return None
    if _AWAITS_NEWS.search(utterance.text) or _UNTIL_WHEN.fullmatch(utterance.text):
        return (thread.kind, "") if thread.kind in _OF_STATE else (Kind.OFFICE_OPEN, "")
    is_timed = any(not day.now for day in utterance.days)
    supposes = _SUPPOSES.search(utterance.text) and not _NOT.search(utterance.text)
    if is_timed and supposes and words & by_aspect()["visit"]:
        return Kind.OFFICE_OPEN, ""
    if is_timed and aspects and aspects[0] in ("doors", "hours"):
        return Kind.OFFICE_OPEN, ""
    if "where" in aspects and words & by_aspect()["new"]:
        return None  # "where else can I go"
    if asks_further(utterance):
        return _side_asked_further(subject, aspects, words, utterance, thread)
    is_heard = any(c.intent not in _NOT_HEARD and c.confidence >= _OWN_CASE_SURE for c in utterance.clauses)
    if is_heard and all(c.intent == "report_wrong_information" for c in utterance.clauses):
        return None
    return sides_of(subject)[aspects[0]] if aspects and (_is_few(utterance) or not is_heard) else None


def _side_asked_further(
    subject: Question, aspects: Sequence[str], words: frozenset[str], utterance: Utterance, thread: Thread
) -> Side | None:
    """Of an office, where it was heard that they ask further, and not after what."""
    if subject.kind is Kind.OFFICE_FACILITIES and _ARRANGES.search(utterance.text):
        return Kind.OFFICE_CONTACT, ""  # "how do I book it"
    if aspects and asks_something(utterance.text) and not words & _OURSELVES:
        return sides_of(subject)[aspects[0]]  # "and shuts when"
    is_asked = not words & _OURSELVES and utterance.clauses[0].confidence >= SURE
    return (thread.kind, "") if thread.kind and is_asked and thread.kind in _OF_STATE else None


_ARRANGES = re.compile(
    r"\b(?:how|who|where)\b.{0,12}\b(?:book|arrange|request|order|reserve|ask for)\b|\b(?:sut|pwy)\b.{0,20}\b(?:drefnu"
    r"|trefnu|f?wcio|archebu|gofyn am)\b",
    re.IGNORECASE,
)
"""How to have what an office has."""
_UNTIL_WHEN = re.compile(
    r"\W*(?:(?:and|so|ok|oh|right|a|ac)\W+)*"
    r"(?:for how long|how long for|(?:un)?till? when|tan pryd|am ba hyd|am faint)\W*",
    re.IGNORECASE,
)
"""How long what was just told holds."""
_AWAITS_NEWS = re.compile(
    r"\bwhen (?:will|would|do|might|can|should) (?:you|u|ya|yous|they|we|i|it)\b(?: \w+){0,2}?"
    r" (?:know|hear|find out|be told)\b"
    r"|\b(?:any|heard|got) (?:\w+ )?(?:news|word|updates?)\b|\bkeep (?:me|us) posted\b"
    r"|\bpryd (?:f?b?ydd\w*|g?ch?ewch|ga|gawn|cawn)\b.*\b(?:g?wybod|ch?lywed|glywed)\b|\b(?:unrhyw|oes) newyddion\b",
    re.IGNORECASE,
)
"""How things stand with the office is asked again, or will be."""
_OURSELVES = frozenset({"i", "im", "ive", "id", "ill", "we", "my", "me", "dwi", "rwy", "fi", "ni"})
"""Who tells of themselves, and asks nothing."""
_NOT_HEARD = frozenset({FURTHER, "nlu_fallback", "out_of_scope", "ask_contact", "inform", "ask_repeat"})
_OF_STATE = (Kind.OFFICE_OPEN, Kind.OFFICE_CLOSURES)
"""Kinds that "are you certain?" asks again."""


def _is_of_office_or_expected(clause: Clause) -> bool:
    """Whether it was heard as a question about an office, or surely as one of an appointment there."""
    is_expected_there = clause.intent == "ask_closure_appointment" and clause.confidence >= CERTAIN
    return is_expected_there or _is_of_office(clause.intent)


def _is_of_office(intent: str) -> bool:
    kind = KIND_OF_INTENT.get(intent)
    return kind is not None and kind.is_about_offices and kind is not Kind.CLOSURE_APPOINTMENT


def _of_offices(question: Question, utterance: Utterance, context: Context) -> Question:
    """The question, of the offices spoken of and on their day."""
    thread = context.thread
    whens = whens_with(utterance.days, thread.whens, context, utterance.text)
    if question.kind is Kind.OFFICE_OPEN or ASKS_TIME_OF_DAY.search(utterance.text):
        whens = whens or thread.whens
    return replace(question, days=(), whens=whens, offices=thread.offices, place_name=thread.place_name)


_OFFICE_NAMES = frozenset({"jobcentre", "jobcenter", "job", "jcp", "office", "branch", "swyddfa", "canolfan", "waith"})


def _told_where(utterance: Utterance, subject: Question) -> Question | None:
    """ "I'm in Cardiff", from somebody at risk: the lines that serve them there."""
    words = words_besides_names(utterance)
    left = words - by_aspect()["small"] - by_aspect()["they"] - by_aspect()["home"]
    is_of_office = words & (by_aspect()["doors"] | telling()["hours"] | by_aspect()["where"] | _OFFICE_NAMES)
    if is_of_office or len(left) > _FEW or "?" in utterance.text or utterance.days:
        return None
    return replace(_asked(subject, (subject.kind, ""), utterance), places=utterance.places)


def _tells_home(utterance: Utterance, subject: Question) -> bool:
    """ "She lives in Aberdeen", after a benefit: who pays it there, and no question about an office."""
    words = words_besides_names(utterance)
    is_told = (
        words & by_aspect()["home"] and not words - by_aspect()["small"] - by_aspect()["they"] - by_aspect()["home"]
    )
    return subject.kind in (Kind.CONTACT_DWP, Kind.BENEFIT_INFO) and bool(subject.topics and is_told)


def _asked(subject: Question, side: Side, utterance: Utterance) -> Question:
    """The question, with what the subject brings: its topics, and its words where they tell which body or matter."""
    kind, matter = side
    text = utterance.text if kind.is_about_offices or subject.kind is not kind else f"{utterance.text}\n{subject.text}"
    is_timed = kind.is_about_offices or kind is Kind.CONTACT_DWP
    return Question(
        kind,
        GOES_ON,
        days=utterance.days if is_timed else (),
        topics=subject.topics,
        text=text,
        message=utterance.text,
        matter=matter,
    )


_NO_SUBJECT = (Kind.UNCLEAR, Kind.OFF_TOPIC, Kind.PERSONAL_DATA)


def remembered(thread: Thread, questions: Sequence[Question], crisis: Kind | None) -> Question | None:
    """What the conversation is about after these questions. What was not understood, and small talk, changes
    nothing."""
    told = [q for q in questions if not q.kind.is_small_talk and q.kind not in _NO_SUBJECT]
    told = [q for q in told if q.matter not in ("people", OF_APPOINTMENT)]
    told = [replace(q, topics=q.topics or thread.topics) if q.kind is Kind.LANGUAGE else q for q in told]
    kinds = {question.kind for question in told}
    if Kind.INDIVIDUAL_CASE in kinds:  # "you're not listening, why haven't I been paid" is about the pay
        told = [q for q in told if q.kind is not Kind.COMPLAINT]
    routine = [q for q in told if q.kind.is_routine]
    if crisis and not routine:
        return Question(crisis, GOES_ON)
    return next(iter((routine or told)[-1:]), thread.subject)


# One message


def in_one_breath(clauses: Sequence[Clause], utterance: Utterance) -> list[Clause]:
    """The clauses, without those that only ask for a side of what the one before is about: "I sat there an hour. Who do
    I write to about it" is one complaint."""
    out: list[Clause] = []
    for clause in clauses:
        before = KIND_OF_INTENT.get(out[-1].intent) if out else None
        if before in _OF_ONE_WAY and _is_side_of(Question(before, out[-1].intent), clause, utterance):
            out[-1] = replace(out[-1], text=f"{out[-1].text} {clause.text}", end=clause.end)
        else:
            out.append(clause)
    return out


_OF_ONE_WAY = (Kind.COMPLAINT, Kind.FOI, Kind.DATA_REQUEST, Kind.SCAM, Kind.PRESS)
"""Kinds whose answer tells how to go about it, to whom, and how long that takes."""


def _is_side_of(subject: Question, clause: Clause, utterance: Utterance) -> bool:
    if (
        utterance.places_in(clause)
        or clause.intent in _NEVER_OF_IT
        or KIND_OF_INTENT.get(clause.intent) is subject.kind
    ):
        return False
    words = frozenset(map(radical, plain_words(clause.text)))
    aspects = aspects_of(words, subject)
    return bool(aspects and words & _POINTING) and is_bare(words, subject, aspects)


_POINTING = frozenset(["it", "this", "that", "them", "they", "him", "her", "to", "hynny", "hyn", "o", "hi", "nhw"])
