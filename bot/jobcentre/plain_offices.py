"""What plain words settle of offices: whether one is open, its hours, where it is, what it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.jobcentre.choice import named_among
from bot.jobcentre.clauses import asks
from bot.jobcentre.dates import DayMention
from bot.jobcentre.gazetteer import PlaceKind
from bot.jobcentre.intent import CERTAIN, DETAILS, KIND_OF_INTENT, OF_OPENING, SURE
from bot.jobcentre.kinds import Kind
from bot.jobcentre.masks import PLACE, masked
from bot.jobcentre.question import Clause, Thread, Utterance
from bot.jobcentre.words import (
    ASKS_FOR_HOURS,
    ASKS_IF_OPEN,
    ASKS_WHERE,
    CANNOT_GET_THERE,
    EVERY_DAY,
    FACILITIES,
    FOR_GOOD,
    LINE,
    NO_PHONE,
    OF_ATTENDING,
    OFFICE_WORDS,
    OPENING,
    REOPENS,
    SAME_TIME,
    THAT_DAY,
    THE_ONE_IN,
    WHEREABOUTS,
)

_STATES = (Kind.OFFICE_OPEN, Kind.OFFICE_HOURS, Kind.OFFICE_CLOSURES)
_ASKS_FOR_LIST = re.compile(
    r"\b(?:[ao]nn?y(?! (?:use|good|better|chance|odds))\w*|owt|some(?:thing|where)|summat|which"
    r"|(?:what|wot)\w*|where|why|how (?:come|long)|reason|all|every\w*|rest|whole|are there (?:more|others)|offices"
    r"|job ?cent(?:re|er)s|branches|places|closures?|list|disrupt\w*|affected|problems?|news|r[wh]+beth|updates?"
    r"|unrhyw\w*|pa|pam|am faint|rheswm|beth|be|rh?[wy]+w?l[ae]"
    r"|oes (?:\w+ )?(?:swyddfa|canolfan|job ?sent\w+|job ?cent\w+)|unlle|unman|nunlle|rhywbeth|rhai|p['’]?rai|llefydd"
    r"|rhestr|swyddfeydd|canolfannau|trafferth\w*)\b",
    re.IGNORECASE,
)
"""More than whether one place is open: which are not, or why."""
_WHEN_IT_OPENS = re.compile(
    r"\b(?:when|what time) (?!.*\b(?:next|re-?open|back|again)\b).*\b(?:opens?|closes?|shuts?)$", re.IGNORECASE
)
"""With a place between them, and nothing of a day."""
_CLOSES_AT = re.compile(
    r"\b(?:what|wat|wot|when)\b(?: time)? (?:do|does|d['’]?)\W*(?:they|it|you|u|ya|yous|ye|\w+)"
    r" (?:close|shut|lock up|open)(?: at)?\W*$"
    r"|\bis it (?:at )?(?:\d{1,2}|half \w+|five|four|six)(?: ?[ap]m| o[’']?clock)? (?:that )?(?:it|you|u|they)"
    r" (?:closes?|shuts?|opens?)\b",
    re.IGNORECASE,
)
_HOLIDAYS = re.compile(r"\b(?:bank (?:holidays|hols)|(?:g?wyliau|wyl[iy]a) banc)\b", re.IGNORECASE)
"""All of them, and not the one that is next."""
_STRIKE_OF_TRANSPORT = re.compile(
    r"\b(?:bus(?:es)?|trains?|rail|tube|trams?|metro|ferry|bysus?|trên|trenau)\b.{0,20}\bstri[ck]\w*"
    r"|\bstrei[ck]\w*\b.{0,20}\b(?:bysus?|trên|trenau)\b",
    re.IGNORECASE,
)
_HOURS_WORKED = re.compile(
    r"\bhours\b.{0,30}\b(?:i|we|he|she|people|folk|someone|somebody|you) (?:\w+ )?work\b"
    r"(?=.*\b(?:claim|keep|still|get|on|before|allow)\b)"
    r"|\bor(?:iau|ia|ie|a)\b.{0,30}\bg?w(?:eithio|eitho|itho)\b",
    re.IGNORECASE,
)
"""By somebody who claims."""
_OPEN_OR_SHUT = re.compile(r"\b(?:opened|open|closed|shut|agor|agored|ar gau|wedi cau)\b", re.IGNORECASE)
_FAINTEST = 0.3


def widened(clause: Clause, utterance: Utterance) -> Clause:
    """The clause; all of the message where it was hardly heard in it, for what it says may stand before."""
    is_stray = clause.confidence < _FAINTEST
    return replace(clause, text=utterance.text, start=0, end=len(utterance.text)) if is_stray else clause


def plain_of_offices(clause: Clause, utterance: Utterance, thread: Thread) -> str | None:
    """Which question about offices it is."""
    text, intent = clause.text, clause.intent
    if intent in OF_OPENING and (other := _plain_of_opening(clause, utterance)):
        return other
    if facility := _plain_of_facilities(clause, utterance):
        return facility
    if _asks_of_one_place(clause, utterance, thread):
        return "ask_opening"
    if intent == "ask_office" or (intent == "inform" and _searches(clause, utterance, thread)):
        return _plain_of_whereabouts(clause, utterance, thread)
    days = utterance.days_in(clause)
    if intent in ("ask_opening", "ask_hours") and days and not _is_sure_of_hours(clause, thread):
        return _of_days(text, days) or intent
    if intent == "ask_hours" and clause.confidence < SURE and not ASKS_FOR_HOURS.search(text):
        return "ask_opening"
    if intent == "ask_closures" and _STRIKE_OF_TRANSPORT.search(text) and not _ASKS_FOR_LIST.search(text):
        return "ask_closure_appointment"  # no strike of ours, and they may not get here
    is_named = utterance.places_in(clause) or days
    if intent == "inform" and (ASKS_IF_OPEN.search(text) or (is_named and _OPEN_OR_SHUT.search(text))):
        return "ask_opening"
    if intent == "inform" and not is_named and thread.offices and (detail := only_detail(text)):
        return detail  # "in that case, may I trouble you for its postcode"
    return _plain_of_contact(clause, utterance, thread)


def _asks_of_doors(clause: Clause, utterance: Utterance) -> bool:
    """ "Are the doors at Selby locked" reports nothing."""
    is_of_doors = _DOORS.search(clause.text) and not _OF_WHAT_IS_SAID.search(clause.text)
    return bool(is_of_doors and _YES_OR_NO.match(clause.text) and utterance.places_in(clause))


_YES_OR_NO = re.compile(r"\W*(?:is|are|has|have|will|yd[iy]|yw|od[iy]|oes|fydd)\b", re.IGNORECASE)
_DOORS = re.compile(r"\b(?:doors?|shutters?|lights?|gates?|drws|drysau)\b", re.IGNORECASE)
_OF_WHAT_IS_SAID = re.compile(
    r"\b(?:wrong|says?|said|told|tell|page|site|website|google|map|info\w*|listed|correct|d?dweud|deud|anghywir)\b",
    re.IGNORECASE,
)


def _plain_of_facilities(clause: Clause, utterance: Utterance) -> str | None:
    """Whether something in an office is asked after, or a detail of it: "may I trouble you for its postcode"."""
    text, intent = clause.text, clause.intent
    is_named = _names_facility(clause, utterance)
    is_sure = clause.confidence >= CERTAIN  # "is it working now, I come with my baby"
    if intent in ("ask_opening", "ask_closures") and not (is_sure or OPENING.search(text)) and is_named:
        return "ask_facilities"
    if intent != "ask_facilities" or is_named:
        return None
    return only_detail(text) or ("nlu_fallback" if _is_faint(clause, utterance) else None)


def _is_sure_of_hours(clause: Clause, thread: Thread) -> bool:
    """Whether it surely asks for hours, though it names a day: "Saturday opening, do you have any". After an office was
    spoken of, a day alone asks whether that is open: "and tomorrow, as usual?"."""
    return clause.intent == "ask_hours" and clause.confidence >= SURE and not thread.offices


def _is_of_service(clause: Clause, utterance: Utterance) -> bool:
    """Whether a benefit that it names tells more than the faint likeness to a question about offices."""
    kind = KIND_OF_INTENT.get(clause.intent)
    is_faint = kind is not None and kind.is_about_offices and clause.confidence < SURE
    if not is_faint or not set(utterance.topics) - {"jobcentre", "general"} or utterance.places_in(clause):
        return False
    return not any(pattern.search(clause.text) for pattern in (OF_ATTENDING, OPENING, OFFICE_WORDS, ASKS_WHERE))


def _asks_of_one_place(clause: Clause, utterance: Utterance, thread: Thread) -> bool:
    """Whether no more is asked than if one place is open: "is it true bradford is shut" asks not what is shut, and "is
    Huddersfield any better" nothing of the appointment in Dewsbury."""
    if clause.intent == "report_wrong_information":
        return _asks_of_doors(clause, utterance)
    if clause.intent == "ask_closures":
        is_of_day = bool(thread.offices and utterance.days_in(clause)) and not _ASKS_FOR_LIST.search(clause.text)
        is_of_one = utterance.places_in(clause) or _IS_IT.match(clause.text)
        if is_of_day or (is_of_one and _asks_if_shut(clause.text)):
            return True
    is_of_state = clause.intent == "ask_closure_appointment" or not OPENING.search(clause.text)
    return is_of_state and clause.intent in _OF_STATE and _asks_of_another(clause, utterance, thread)


_OF_STATE = ("ask_closures", "ask_closure_appointment")
_IS_IT = re.compile(
    r"(?!.*\b(?:weeks?|months?|years?|until|till?|wythnos\w*|mis(?:oedd)?|tan)\b)"
    r"\W*(?:(?:so|and|hi|hello|but)\W+)*(?:(?:is|was|will) it|(?:ydi|ydy|odi|yw|fydd)(?: hi|['’]r (?:lle|swyddfa)))\b",
    re.IGNORECASE,
)
"""Whether one place is, and not for how long."""


def _asks_of_another(clause: Clause, utterance: Utterance, thread: Thread) -> bool:
    clause = widened(clause, utterance)
    others = {office for place in utterance.places_in(clause) for office in place.offices}.difference(thread.offices)
    if not (thread.offices and others and _ASKS_HOW_IT_IS.search(clause.text)):
        return False
    return not (OF_ATTENDING.search(clause.text) or CANNOT_GET_THERE.search(clause.text))


_OWN_ADDRESS = re.compile(
    r"\b(?:chang|updat|amend|correct|switch)\w*(?: \w+){0,3}? (?:address|postcode)\b"
    r"|\bnewid(?: \w+){0,3}? (?:[cg]h?yfeiriad|nghyfeiriad)\b",
    re.IGNORECASE,
)
"""Where DWP writes to, and not where an office is."""
_CHANGES_OFFICE = re.compile(
    r"\b(?:i|we) (?:\w+ )?(?:change|switch|swap|transfer)(?: \w+){0,2}? (?:job ?cent\w+|office|branch)\b"
    r"|\bnewid (?:fy )?(?:nghanolfan|canolfan|swyddfa)\b",
    re.IGNORECASE,
)
"""Whether they are to go to another from now on."""
_HAS_ONE_TOO = re.compile(
    r"\W*(?:(?:and|ok|so|a|ac)\W+)*(?:(?:what|wat|wot|how) (?:about|bout)|beth am|be am|(?:has|does|have|do|got)\b"
    r"(?=.*\b(?:one|1|any|them|it)\b))",
    re.IGNORECASE,
)
"""Whether another has what was just asked after: "what about Leith, have you got one for them"."""
_AND_ANOTHER = re.compile(r"\W*(?:and|ac?)\b", re.IGNORECASE)
_ASKS_HOW_IT_IS = re.compile(
    r"\b(?:is|are|will|what about|how about|how(?:[’']?s| is| are)|hows|yd[iy]|ydyw|fydd|beth am|be am)\b",
    re.IGNORECASE,
)


def _plain_of_contact(clause: Clause, utterance: Utterance, thread: Thread) -> str | None:
    """Whether an office is to be reached, or a service that has lines of its own."""
    if _is_of_service(clause, utterance):
        return "ask_contact" if clause.intent == "ask_office_contact" else "ask_benefit_info"
    is_of_appointment = thread.kind is Kind.CLOSURE_APPOINTMENT and not utterance.places
    if clause.intent in ("ask_contact", "ask_office_contact") and is_of_appointment and _TO_TELL.search(clause.text):
        return "ask_contact"
    is_of_place = thread.offices or utterance.places
    is_of_absence = any(other.intent == "ask_closure_appointment" for other in utterance.clauses)
    is_told = utterance.topics or NO_PHONE.search(utterance.text) or is_of_absence
    is_of_office = OFFICE_WORDS.search(clause.text) or _asks_number_of_place(clause, utterance)
    if clause.intent == "ask_contact" and not is_told and is_of_office and is_of_place:
        return "ask_office_contact"
    is_of_service = set(utterance.topics) - {"jobcentre", "general"} and not utterance.places
    is_of_line = NO_PHONE.search(utterance.text) and not is_of_place
    return "ask_contact" if clause.intent == "ask_office_contact" and (is_of_service or is_of_line) else None


def _asks_number_of_place(clause: Clause, utterance: Utterance) -> bool:
    """Nothing but the number of a place: "have you a tel no for Leigh"."""
    is_bare = len(clause.text.split()) <= _NUMBER_WORDS and not LINE.search(clause.text)
    return is_bare and bool(utterance.places_in(clause)) and _NUMBER.search(clause.text) is not None


_NUMBER = re.compile(r"\b(?:number|num|no|tel|telephone|phone|rh?if|ff[oô]n)\b", re.IGNORECASE)
_NUMBER_WORDS = 8
_TO_TELL = re.compile(
    r"\b(?:tell|let|inform|notify|report|say|explain|cancel|dd?weud|deud|ddeud|hysbysu|esbonio|roi gwybod)\b",
    re.IGNORECASE,
)
"""Why somebody who cannot come would ring."""


def _plain_of_opening(clause: Clause, utterance: Utterance) -> str | None:
    """What is asked with the words for open and shut, where that is plain of itself."""
    if clause.intent != "ask_opening" and REOPENS.search(clause.text):
        return "ask_opening"
    if FOR_GOOD.search(clause.text):
        return "ask_closures"
    if clause.intent == "ask_closures" and _CHANGES_OFFICE.search(clause.text):
        return "ask_individual_case"  # "moving to Leeds on the 10th, do I change jobcentre"
    if clause.intent == "ask_closures" and _CLOSES_AT.search(clause.text):
        return "ask_hours"
    if clause.intent == "ask_opening" and _WHEN_IT_OPENS.search(clause.text) and not utterance.days_in(clause):
        return "ask_hours"
    if LINE.search(clause.text) and not utterance.places_in(clause):
        return "ask_contact"  # a line's hours (contract, rule 2)
    if clause.intent == "ask_hours" and _HOURS_WORKED.search(clause.text):
        return "ask_benefit_info"
    is_of_day = any(not day.is_time_alone for day in utterance.days_in(clause))
    is_habit = EVERY_DAY.search(clause.text) and not is_of_day
    return "ask_hours" if is_habit and clause.intent != "ask_closures" else None


def _plain_of_whereabouts(clause: Clause, utterance: Utterance, thread: Thread) -> str | None:
    if clause.intent == "inform":
        return "ask_office"
    if (_OWN_ADDRESS.search(clause.text) and not utterance.places) or _CHANGES_OFFICE.search(clause.text):
        return "ask_individual_case"
    if _narrows(clause, utterance, thread):
        return "inform"
    is_faint = clause.confidence < CERTAIN and not WHEREABOUTS.search(clause.text)
    if is_faint and thread.kind in _STATES and _AND_ANOTHER.match(clause.text) and utterance.places_in(clause):
        return "inform"  # "and ours in Leeds"
    if is_faint and thread.kind in _HAS_THINGS and _HAS_ONE_TOO.match(clause.text) and utterance.places_in(clause):
        return "inform"
    is_of_state = is_faint and thread.kind in (*_STATES, Kind.CLOSURE_APPOINTMENT)
    if is_of_state and _asks_of_another(clause, utterance, thread):
        return "inform"  # "is Cardiff any different"
    is_of_day = any(not day.now for day in utterance.days_in(clause))  # "is there still one in Skegness" is of none
    return "ask_opening" if is_of_day and not WHEREABOUTS.search(clause.text) else None


def _searches(clause: Clause, utterance: Utterance, thread: Thread) -> bool:
    """Whether no more than a place is named, and an office sought there: "nearest to LS9", "jobcentre for Pudsey",
    a village without one."""
    places = [place for place in utterance.places if not place.negated]
    if places and _OFFICE_FOR.search(clause.text) and not utterance.days:
        return True
    if places and not utterance.days and _asks_for_one(utterance.text, thread):
        return True
    if utterance.days or any(place.kind is PlaceKind.OFFICE for place in places):
        return False
    is_new = thread.kind is None and not thread.offices
    return bool(_CLOSEST.search(clause.text) or (is_new and places and _AN_OFFICE_FOR.search(clause.text)))


def _asks_for_one(text: str, thread: Thread) -> bool:
    """Whether there is an office at the place: "and Pudsey, is there one there". After a lift it may be that, and after
    a number "have they got one" may be of that."""
    if thread.kind is Kind.OFFICE_FACILITIES:
        return False
    return bool(_IS_THERE_ONE.search(text) or (thread.kind not in _HAS_THINGS and _HAVE_THEY_ONE.search(text)))


_HAS_THINGS = (Kind.OFFICE_FACILITIES, Kind.OFFICE_CONTACT)
_IS_THERE_ONE = re.compile(
    r"\b(?:is|are|isn[’']?t|aren[’']?t) there (?:not )?(?:one|1|any|an? (?:office|job ?cent\w+|jcp)|anything)\b"
    r"(?!.*\b(?:open|shut|closed|for|with|that)\b)"
    r"|\boes (?:na |yna )?(?:un|swyddfa|canolfan)\b(?!.*\b(?:agor|gau|cau)\b)",
    re.IGNORECASE,
)
_HAVE_THEY_ONE = re.compile(
    r"\b(?:have|has|do|does|got) (?:they|it|you|u|yous)?\W*(?:got|have)? ?(?:one|1|an? (?:office|job ?cent\w+|jcp))"
    r"(?: (?:there|in|near|at)\b|\W*$)",
    re.IGNORECASE,
)
_CLOSEST = re.compile(r"\b(?:nearest|closest|agosa[fc]h?)\b", re.IGNORECASE)
_OFFICE_FOR = re.compile(r"\b(?:office|job ?cent(?:re|er)|jcp|branch) for\b", re.IGNORECASE)
_AN_OFFICE_FOR = re.compile(
    r"\b(?:office|job ?cent(?:re|er)|jcp|branch|swyddfa|canolfan(?: (?:byd )?g?waith)?)s?"
    r" (?:for|near|in|around|covering|i|yn|ger)\b",
    re.IGNORECASE,
)


def _asks_if_shut(text: str) -> bool:
    """Whether no more is asked than that: not what is shut, nor why, nor whether it is gone."""
    return bool(OPENING.search(text)) and not any(p.search(text) for p in (_ASKS_FOR_LIST, FOR_GOOD, _MOVED))


_MOVED = re.compile(r"\b(?:moved|relocat\w*|symud\w*|old one|hen un)\b", re.IGNORECASE)


def _narrows(clause: Clause, utterance: Utterance, thread: Thread) -> bool:
    """ "The one on Westfield Road or whatever it is called", after two offices were told of, goes on with them."""
    named = {office for place in utterance.places_in(clause) for office in place.offices}
    is_theirs = (named and named < set(thread.offices)) or named_among(clause.text, thread.offices)
    return bool(is_theirs and THE_ONE_IN.search(clause.text) and not ASKS_WHERE.search(clause.text))


def _of_days(text: str, days: Sequence[DayMention]) -> str | None:
    """ "Open saturdays" asks for hours, "open this saturday" whether it is open, whatever else is near."""
    text = SAME_TIME.sub("", text)
    is_of_holidays = _HOLIDAYS.search(text) and not THAT_DAY.search(text)
    if all(day.weekly is not None for day in days) or is_of_holidays:
        return "ask_hours"
    return None if ASKS_FOR_HOURS.search(text) else "ask_opening"


def _is_faint(clause: Clause, utterance: Utterance) -> bool:
    """Whether it is one of several, and heard without certainty: a stray piece of what the others say."""
    return len(utterance.clauses) > 1 and clause.confidence < SURE and not asks(clause.text)


def _names_facility(clause: Clause, utterance: Utterance) -> bool:
    """Whether it names one outside the names of places: Park Place has no car park for that."""
    places = [(place.start - clause.start, place.end - clause.start, PLACE) for place in utterance.places_in(clause)]
    words = masked(clause.text, places)
    return any(pattern.search(words) for pattern in FACILITIES.values())


def only_detail(text: str) -> str | None:
    """The intent that asks for the one detail of an office that the words name."""
    kinds = [kind for kind, pattern in DETAILS.items() if pattern.search(text)]
    return next(name for name, kind in KIND_OF_INTENT.items() if kind is kinds[0]) if len(kinds) == 1 else None
