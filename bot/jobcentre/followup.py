"""What goes on with what was spoken of: the other one, the same day, another topic, the same again."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from dateutil.relativedelta import relativedelta

from bot.jobcentre.choice import Untold, chosen, described_among, is_other, only_describes, pointed_at, points
from bot.jobcentre.dates import DayMention
from bot.jobcentre.gazetteer import PlaceKind, PlaceMention
from bot.jobcentre.intent import FOLLOW_UPS, KIND_OF_INTENT
from bot.jobcentre.kinds import Kind
from bot.jobcentre.masks import DAY, masked
from bot.jobcentre.question import Context, Question, Thread, Utterance, When, wanted, whens_of
from bot.jobcentre.topics import find_shortened, find_topics
from bot.jobcentre.words import FACILITIES, SAME_TIME

_LATE, _EARLY = 24, 8
"""Days of the month: after the 31st that was spoken of, "the 4th" is of the next."""
_TOPIC_WORDS = 4
_NOT_BEFORE = re.compile(
    r"(?:\b(?:not|never|isn'?t|rather than|instead of|nid|ddim|dim|yn lle)\s+(?:on |for |about |ar |am )?)$",
    re.IGNORECASE,
)
_PUT_RIGHT = re.compile(
    r"\W*(?:(?:no|nope|nah|wait|sorry|hang on|i mean(?:t)?|actually|or rather|make (?:it|that)|na|nage|sori)\b\W*)+"
    r"(?:on )?(?:the )?",
    re.IGNORECASE,
)
_CANNOT = re.compile(
    r"\W*(?:(?:is|are|['’]?s|i) )?(?:can(?: ?no)?['’]?t (?:do|make|come)\b|(?:no|not) (?:good|use|possible|any good)\b"
    r"|(?:won|doesn|don)['’]?t (?:do|work|suit)\b|['’]?s out\b|dim yn (?:bosib|gweithio|iawn)|(?:ddim|dim) yn dda)",
    re.IGNORECASE,
)
_CANNOT_DO = re.compile(
    r"\b(?:can(?: ?no)?['’]?t|cannot|won['’]?t be able to) (?:do|make|come|manage) (?:it )?(?:on )?(?:the )?$",
    re.IGNORECASE,
)
"""A day that does not suit them, beside one that may."""
_NOT_THAT_ONE = re.compile(
    r"\W*(?:(?:no|nah|na|nope|sorry|oh)\W+)*(?:not (?:that|this) (?:one|office|1)|(?:that'?s |it'?s )?(?:the )?wrong"
    r" (?:one|office)|(?:nid|ddim) (?:yr un yna|hon(?:na|no)?|hwn(?:na|nw)?))\W*(?:please|pls|sorry|plis)?\W*",
    re.IGNORECASE,
)
_WHAT_NOW = re.compile(
    r"\b(?:what|wat|wot|wht)\b(?:\W+(?:do|should|shall|can|will|am|r|are|could|must))*\W+(?:i|we)"
    r"(?:\W+(?:supposed|meant|to|be))*\W+(?:do|doing)\b"
    r"|\b(?:what|wat|wot) to do\b"
    r"|\b(?:what|wat|wot)\W+(?:now|next|then)\b\W*$|^\W*now what\b|\bnext steps?\b|\bcam(?:au)? nesaf?\b"
    r"|(?<!who )(?<!where )\bdo (?:i|we|they|he|she) (?:still )?(?:have to |need to )?(?:go|come|turn up|attend)\b"
    r"|\b(?:beth|be) (?:ddylwn|wna|nawn|dwi?|ddylen|rwy|wi|fi|[dy]{1,2}n|ydyn)['’]?n?(?: (?:i|ni)\b['’]?n?)?(?: i)?"
    r"(?: fod(?: i)?)?(?: (?:g?wneud|neud|nawr|rwan|rŵan)\b|\W*$)"
    r"|\b(?:beth|be) (?:nesaf|nawr|rwan|rŵan)\b",
    re.IGNORECASE,
)
_WHAT_ABOUT = re.compile(
    r"(?:(?:and|ok|so|a|ac)\W+)*(?:(?:what|wat|wot|how) (?:about|bout)|beth am|be am)\W+(?P<what>\w[\w' -]*)\W*",
    re.IGNORECASE,
)
_MEANT_OTHERWISE = re.compile(
    r"\b(?:i (?:\w+ )?(?:meant|mean)\b|had in mind|should have (?:said|written|put)|not (?:that|the) (?:one|benefit)"
    r"|wrong one|misdirected|misled you|oedd (?:gen i|gyda fi) mewn golwg|o'n i'n (?:feddwl|meddwl))",
    re.IGNORECASE,
)
_TOO = re.compile(r"\b(?:too|also|as well|aswell|hefyd)\W*$", re.IGNORECASE)
"""The same is asked of another."""
_POINTS_BACK = re.compile(
    r"(?:it|that|this|them|they|there|here|then|now|(?:that|this) (?:one|office)|hi|h[oyw]n\w*|nhw|yno|yna)\W*",
    re.IGNORECASE,
)
_WHAT_NOW_WORDS = 8
_LANGUAGES = {
    "cy": r"welsh|cymraeg|gymraeg|nghymraeg",
    "en": r"english|saesneg",
}
_IN_LANGUAGE = {
    language: re.compile(
        rf"\b(?:in|into|to|yn|i'?r|use|speak|answer|reply)\s+(?:{names})\b|^\W*(?:{names})\W*(?:\w+\W*){{0,4}}$",
        re.IGNORECASE,
    )
    for language, names in _LANGUAGES.items()
}
_NOT_SPOKEN = re.compile(r"\b(?:not|no|never|can'?t|cannot|\w+n'?t|ddim|methu)\b", re.IGNORECASE)
_ABOUT_OTHER_WORDS = re.compile(
    r"\b(?:phone|call|ring|line|number|letters?|forms?|interview|appointment|someone|somebody|person|speaker|coach"
    r"|interpreter|bsl|ffôn|ffonio|l?lythyr\w*|llinell|rhif|rhyw[uy]n|[hn]?apwyntiad\w*|(?:c|g|ch|ngh)yfweliad\w*"
    r"|ff?urflen\w*|cynghorydd|hyfforddwr\w*|g?wasanaeth\w*)\b",
    re.IGNORECASE,
)
"""Another thing than this conversation is wanted in that language."""
_MAY_WISH_FOR_LANGUAGE = {"ask_language", "ask_repeat", "nlu_fallback"}
_WHO_SPEAKS = re.compile(
    r"\b(?:(?:do(?:es)?|can|could) (?:you|u|ye|yous?|they|he|she|your|the|staff|any\w*|some\w*)|is|are|any|who)\b.*"
    r"\bspeaks?\b|\bspeak(?:ing|ers?)\b",
    re.IGNORECASE,
)
"""Asks whether it is spoken, and does not ask for it."""


def another_topic(utterance: Utterance, thread: Thread) -> Question | None:
    """ "And pip?" after a number was given: a benefit named alone asks how to reach it."""
    is_other = _MEANT_OTHERWISE.search(utterance.text) is not None or _TOO.search(utterance.text) is not None
    topics = utterance.topics or _shortened(utterance)
    informs = all(clause.intent == "inform" for clause in utterance.clauses)  # "ah, I need the pension one"
    words_at_most = 2 * _TOPIC_WORDS if informs else _TOPIC_WORDS
    is_bare = (len(_asked_about(utterance.text).split()) <= words_at_most or is_other) and not utterance.places
    is_bare = is_bare and not (utterance.days and is_other)
    if not _is_of_lines(thread) or not topics or not is_bare:
        return None
    if not is_other and any(
        KIND_OF_INTENT.get(c.intent) in (Kind.INDIVIDUAL_CASE, Kind.HANDOFF) for c in utterance.clauses
    ):
        return None
    return Question(Kind.CONTACT_DWP, "inform", topics=topics, text=utterance.text, message=utterance.text)


def _is_of_lines(thread: Thread) -> bool:
    """Whether the conversation is about how to reach a service: DWP's, Scotland's, or whoever deals with a claim."""
    subject = thread.subject
    is_of_scotland = subject is not None and subject.kind is Kind.OTHER_SERVICE and "scotland" in subject.topics
    is_own = subject is not None and subject.kind is Kind.INDIVIDUAL_CASE and not thread.offices
    return thread.kind in (Kind.CONTACT_DWP, Kind.OFFICE_CONTACT) or is_of_scotland or is_own


def _shortened(utterance: Utterance) -> tuple[str, ...]:
    """The topics of a benefit's name cut short, where nothing else is said."""
    is_named = len(utterance.text.split()) < _TOPIC_WORDS and not utterance.places and not utterance.days
    is_bare = all(clause.intent in _HARDLY_HEARD or clause.confidence < _FAINT for clause in utterance.clauses)
    return tuple(find_shortened(_asked_about(utterance.text))) if is_named and is_bare else ()


_HARDLY_HEARD = frozenset({"inform", "nlu_fallback", "out_of_scope", "ask_benefit_info", "ask_contact"})
_FAINT = 0.6


def points_nowhere(utterance: Utterance, thread: Thread) -> Untold | None:
    """Why "not that one", "the third" or "what about xyz" does not tell which office is meant, where nothing was asked
    and nothing picked."""
    if not (thread.kind and thread.kind.is_about_offices) or wanted(utterance.places) or utterance.topics:
        return None
    if utterance.places and all(clause.intent in FOLLOW_UPS for clause in utterance.clauses):
        return None if without_negated(thread, utterance) else Untold.NONE
    if len(thread.offices) > 1 and points(_without_days(utterance)) and not pointed_at(utterance.text, thread.listed):
        return Untold.UNSURE
    # After several "the 2nd" is one of them; after one it is a day.
    picks = chosen(utterance.text if len(thread.offices) > 1 else _without_days(utterance), _ANY_FEW)
    if picks == () or _NOT_THAT_ONE.fullmatch(utterance.text.strip()):
        return Untold.NONE
    is_choice = picks is not None or is_other(utterance.text)
    return Untold.UNSURE if is_choice or _asks_of_unknown(utterance) else None


def _without_days(utterance: Utterance) -> str:
    """ "On the 2nd" points at no office."""
    return masked(utterance.text, [(day.start, day.end, DAY) for day in utterance.days])


_ANY_FEW = ("1", "2", "3", "4", "5")


def _asks_of_unknown(utterance: Utterance) -> bool:
    """ "What about xyz": of something that is no place, day or topic we know."""
    found = _WHAT_ABOUT.fullmatch(utterance.text.strip())
    is_bare = all(clause.intent in ("inform", "nlu_fallback", "give_feedback") for clause in utterance.clauses)
    return bool(found and is_bare and not utterance.days and not _POINTS_BACK.fullmatch(found["what"]))


def picked(utterance: Utterance, context: Context) -> Question | None:
    """ "2", "the second one", "the other one", "the one on the island", "not that one", of what the last answer named;
    the other of an account or a town that has two."""
    thread, ours = context.thread, context.ours
    if thread.kind is None:
        return None
    if len(thread.listed) < 2:
        left = tuple(office for office in ours if office not in thread.offices) if len(ours) == 2 else ()
        left = left if len(left) == 1 else context.beside
        if len(left) == 1 and is_other(_AND_WHAT_OF.sub("", _asked_about(utterance.text))):
            return _asked_of(thread, left, utterance.text)
        return _asked_of(thread, thread.offices, utterance.text) if _is_all(utterance.text, thread) else None
    choice = _others(utterance.text, thread) or chosen(utterance.text, thread.listed)
    if not choice and only_describes(utterance.text):
        described = described_among(utterance.text, thread.listed, context.described)
        choice = (described,) if described else None
    return _asked_of(thread, choice, utterance.text) if choice else None


_AND_WHAT_OF = re.compile(r"^\W*(?:(?:and|ok|so|a|ac)\W+)+", re.IGNORECASE)


def _asked_about(text: str) -> str:
    """Without the "what about" before it."""
    found = _WHAT_ABOUT.fullmatch(text.strip())
    return found["what"] if found else text


def _is_all(text: str, thread: Thread) -> bool:
    return len(thread.offices) > 1 and chosen(text, thread.offices) == thread.offices


def _others(text: str, thread: Thread) -> tuple[str, ...]:
    """Those of the offices named that are not spoken of last."""
    left = tuple(office for office in thread.listed if office not in thread.offices)
    if _NOT_THAT_ONE.fullmatch(text.strip()):
        return left
    return left if len(left) == 1 and is_other(text) else ()


def _asked_of(thread: Thread, offices: tuple[str, ...], text: str) -> Question:
    """The last question again, of these offices."""
    kind = thread.kind or Kind.OFFICE_OPEN
    words = with_things_asked(kind, text, thread)
    return Question(kind, "inform", whens=thread.whens, offices=offices, topics=thread.topics, text=words, message=text)


def with_things_asked(kind: Kind, text: str, thread: Thread) -> str:
    """The words, with those that told what was asked after in an office: "and in Dewsbury?" asks of the same."""
    last = next((asked for asked in thread.asked if asked.kind is kind), None)
    is_named = any(pattern.search(text) for pattern in FACILITIES.values())
    return f"{text}\n{last.text}" if last and kind is Kind.OFFICE_FACILITIES and not is_named else text


def asks_what_now(text: str) -> bool:
    """ "So what do I do?": asks of what was told, and names nothing itself."""
    return len(text.split()) <= _WHAT_NOW_WORDS and _WHAT_NOW.search(text) is not None


def what_now(utterance: Utterance, thread: Thread) -> Question | None:
    """ "So what do I do?" after an office was told to be shut, or beside an appointment."""
    if not asks_what_now(utterance.text) or not thread.offices or thread.kind not in _STATES:
        return None
    if utterance.places or utterance.topics or any(not day.now for day in utterance.days):
        return None
    own = next((asked for asked in thread.asked if asked.kind is Kind.INDIVIDUAL_CASE), None)
    return own or replace(
        _asked_of(thread, thread.offices, utterance.text), kind=Kind.CLOSURE_APPOINTMENT, place_name=thread.place_name
    )


_STATES = (Kind.OFFICE_OPEN, Kind.OFFICE_CLOSURES, Kind.OFFICE_HOURS, Kind.CLOSURE_APPOINTMENT)


OF_APPOINTMENT = "appointment"
"""What a line is about that is told beside an appointment: the conversation goes on with the office."""


def of_appointment(question: Question, thread: Thread) -> Question | None:
    """ "What number do I ring to tell them", from somebody who was told what to do about their appointment: the line
    that they were told of."""
    is_bare = question.kind is Kind.CONTACT_DWP and not (question.topics or question.places)
    is_of_it = is_bare and thread.kind is Kind.CLOSURE_APPOINTMENT
    topics = thread.topics or ("universal_credit",)
    return replace(question, topics=topics, matter=OF_APPOINTMENT) if is_of_it else None


def is_repeat(utterance: Utterance) -> bool:
    """ "Sorry?", "say that again", "beth?", a bare "??"."""
    if not any(character.isalnum() for character in utterance.text):
        return "?" in utterance.text
    intents = {clause.intent for clause in utterance.clauses}
    return "ask_repeat" in intents and intents <= FOLLOW_UPS - {"inform"} | {"nlu_fallback", "thank", "greet"}


def language_wanted(utterance: Utterance) -> str | None:
    """The language, "en" or "cy", in which the person wants us to go on."""
    if _ABOUT_OTHER_WORDS.search(utterance.text) or _WHO_SPEAKS.search(utterance.text):
        return None
    intents = {clause.intent for clause in utterance.clauses}
    if not intents & _MAY_WISH_FOR_LANGUAGE or any(_asks_of_ours(intent) for intent in intents - {"ask_language"}):
        return None
    named = next((name for name, pattern in _IN_LANGUAGE.items() if pattern.search(utterance.text)), None)
    if named and _NOT_SPOKEN.search(
        utterance.text
    ):  # who has no Welsh wants English; who has no English, an interpreter
        return "en" if named == "cy" else None
    return named


_LIGHTLY = r"\W*(?:(?:sorry|sori|ok|and|right|oh|a|ac)\W+)*"
_WHY = r"(?:[^?.]{0,60}\bso )?"
_BACK_TO = r"(?:go(?:ing)? |i fynd )?(?:back (?:to|in)|(?:yn [oô]l|['’]?n[oô]l) i(?:['’]?r)?|yn [oô]l yn) "
_MANNERS = r"please|pls|plis|sorry|sori|thanks"
_IS_ALL_RIGHT = r"(?:(?:is|will be|yn) )?(?:ok|okay|k|fine|good|alright|all right|then|iawn)"


def is_language_alone(text: str, language: str | None) -> bool:
    """Whether the words say no more than in which language, and it is the one that they are in: "in English please"."""
    names = _LANGUAGES.get(language or "")
    lead, tail = rf"{_LIGHTLY}{_WHY}(?:{_BACK_TO}|in |yn |i'?r )?", rf"\W*(?:{_IS_ALL_RIGHT}|{_MANNERS})?\W*"
    return names is not None and re.fullmatch(rf"{lead}(?:{names}){tail}", text, re.I) is not None


def _asks_of_ours(intent: str) -> bool:
    kind = KIND_OF_INTENT.get(intent)
    return kind is not None and (kind.is_routine or kind in (Kind.INDIVIDUAL_CASE, Kind.COMPLAINT))


def without_negated(thread: Thread, utterance: Utterance) -> tuple[str, ...]:
    """The offices spoken of, without one that the person has just ruled out."""
    out = {office for place in utterance.places if place.negated for office in place.offices}
    return tuple(office for office in thread.listed or thread.offices if office not in out) if out else thread.offices


def topics_wanted(utterance: Utterance) -> tuple[str, ...]:
    """Without those that the person says they do not mean: "no not pip, universal credit"."""
    after = (found["what"].split() for found in _NOT_TOPIC.finditer(utterance.text))
    out = {topic for words in after for topic in _named_first(words)}
    return tuple(topic for topic in utterance.topics if topic not in out) or utterance.topics


_NOT_TOPIC = re.compile(
    r"\b(?:not|nid|ddim|instead of|rather than|yn lle|yn hytrach na)\W+(?:the |for |about |y |yr |am )?"
    r"(?P<what>(?:[\w'’]+ ?){1,3})",
    re.IGNORECASE,
)


def _named_first(words: Sequence[str]) -> Sequence[str]:
    """The topics of the name with which the words begin."""
    rest = find_topics(" ".join(words[1:]))
    return [topic for topic in find_topics(" ".join(words)) if topic not in rest]


AREAS = (PlaceKind.DISTRICT, PlaceKind.NATION)
_FEW_WORDS = 8
_OF_MORE = re.compile(
    r"\b(?:and|also|about|any\w*|all|whole|rest|other\w*|every\w*|else|too|what|how|a|ac|beth|pob|holl|hefyd)\b",
    re.IGNORECASE,
)
"""Asks of more than was told."""


def only_tells_area(utterance: Utterance) -> bool:
    """ "Gwent", "Lanarkshire obviously": an area that tells which place was meant, and asks nothing of all of it."""
    is_area = bool(utterance.places) and all(place.kind in AREAS for place in utterance.places)
    is_bare = all(clause.intent in FOLLOW_UPS | {"nlu_fallback"} for clause in utterance.clauses)
    is_short = len(utterance.text.split()) <= _FEW_WORDS
    return is_area and is_bare and is_short and not utterance.days and not _OF_MORE.search(utterance.text)


def those_in(places: Sequence[PlaceMention], offices: Sequence[str], context: Context) -> tuple[str, ...]:
    """Those of the offices named that the places name, or that lie in the nation named."""
    there = {office for place in places for office in place.offices}
    nations = {place.name.lower() for place in places if place.kind is PlaceKind.NATION}
    return tuple(o for o in offices if o in there or nations & context.described.get(o, frozenset()))


def days_wanted(utterance: Utterance) -> tuple[DayMention, ...]:
    """Without those that the person says they do not mean: "tomorrow, not today"."""
    text = utterance.text
    meant = [day for day in utterance.days if not _NOT_BEFORE.search(text[: day.start])]
    pairs = zip([None, *meant], meant, strict=False)
    meant = [day for before, day in pairs if not (before and _only_says_which(text, before, day))]
    meant = [d for d, after in zip_longest(meant, meant[1:]) if not (after and _is_put_right(text, d, after))]
    open_to_them = [day for day in meant if not (_CANNOT.match(text, day.end) or _CANNOT_DO.search(text[: day.start]))]
    return tuple(open_to_them or meant)


def _only_says_which(text: str, before: DayMention, day: DayMention) -> bool:
    """ "On St Andrew's Day, it's a Monday this year" is one day."""
    is_same = before.first == before.last and before.first.weekday() == day.first.weekday()
    return is_same and _WHICH_IS.search(text[before.end : day.start]) is not None


_WHICH_IS = re.compile(
    r"\b(?:it|that|which|this)(?:[’']?s| is| falls on| will be) (?:on )?(?:an? )?$"
    r"|\bsy(?:dd)?(?:[’']n| yn) (?:ddydd )?$",
    re.IGNORECASE,
)


def _is_put_right(text: str, day: DayMention, after: DayMention) -> bool:
    """ "Thursday, no, Friday"."""
    return _PUT_RIGHT.fullmatch(text[day.end : after.start]) is not None


def in_month_spoken_of(days: Sequence[DayMention], thread: Thread, today: date) -> tuple[DayMention, ...]:
    """The days; "the 23rd" is of the month that was spoken of just before, where that day still lies ahead."""
    before = thread.pending.whens if thread.pending else thread.whens
    spoken = before[-1].day if before else today
    out: list[DayMention] = []
    for mention in days:
        if mention.is_month_unsaid and mention.first.day <= monthrange(spoken.year, spoken.month)[1]:
            day = spoken.replace(day=mention.first.day)
            is_next = before and spoken.day > _LATE and mention.first.day < _EARLY
            day = day + relativedelta(months=1) if is_next else day
            mention = replace(mention, first=day, last=day) if day >= today else mention
        spoken = mention.last
        out.append(mention)
    return tuple(out)


def corrects(utterance: Utterance, thread: Thread) -> bool:
    """Whether a "no" or a "wait" brings another day or place to the last question: "no wait, wednesday"."""
    intents = {clause.intent for clause in utterance.clauses}
    is_ruled_out = any(place.negated for place in utterance.places) and without_negated(thread, utterance)
    is_said = bool(wanted(utterance.places) or days_wanted(utterance) or is_ruled_out)
    is_bare = intents <= {"deny", "affirm", "cancel", "ask_repeat", "inform"}
    is_put_right = bool(wanted(utterance.places)) and _NOT_THERE_BUT.match(utterance.text) and "?" not in utterance.text
    is_changed = _MAKE_IT.search(utterance.text) and _CHANGES.fullmatch(_without_days(utterance))
    return bool(is_said and thread.kind is not None and (is_bare or is_put_right or is_changed))


_CHANGES = re.compile(
    r"\W*(?:(?:no|ok|oh|sorry|actually|well|wait|hmm+)\W+)*(?:make (?:it|that)\W+)?(?:for )?"
    rf"{DAY}(?:\W+(?:then|instead|please|pls|not|on|at|and|{DAY}))*\W*",
    re.IGNORECASE,
)
_MAKE_IT = re.compile(r"\bmake (?:it|that)\b", re.IGNORECASE)
"""Another time for the same question: "make it half two"."""
_NOT_THERE_BUT = re.compile(
    r"\W*(?:(?:oh|ah|er|um|sorry)\W+)*(?:no|nah|nope|wait|hang on|hold on|actually|sorry|na|nage|sori)\b.{0,20}?"
    r"\b(?:it[’']?s|i mean(?:t)?|should (?:be|have)|(?:told|meant|supposed) to (?:go|be)|mine[’']?s|mine is|i go to"
    r"|i[’']?m under|(?:i )?fod i fynd|o[’']n i[’']n (?:meddwl|feddwl))\b",
    re.IGNORECASE,
)
"""Puts right which office is meant, in more words than its name."""


def whens_with(
    days: Sequence[DayMention], before: Sequence[When], context: Context, text: str = ""
) -> tuple[When, ...]:
    """The days named. A time of day alone ("what about 3pm") keeps the day that the conversation is about; "the same
    time" keeps the time."""
    kept = before[0] if len(before) == 1 and not before[0].is_now else None
    is_same_time = SAME_TIME.search(text) is not None
    out: list[When] = []
    for mention in days:
        for when in whens_of(mention, context.now):
            if kept and mention.is_time_alone:
                when = replace(when, day=kept.day, is_past=kept.is_past)
            elif kept and is_same_time and when.is_day_alone:
                when = replace(kept, day=when.day, is_past=when.is_past)
            out.append(when)
    return tuple(out)
