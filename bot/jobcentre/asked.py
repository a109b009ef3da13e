"""From the clauses of a message to the questions they ask."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.jobcentre.background import is_background, is_disrupted, is_of_claim, tells_where_somebody_is
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.choice import described_among, named_among, pointed_at, points_at_other
from bot.jobcentre.clauses import asks, split
from bot.jobcentre.dates import DayMention
from bot.jobcentre.followup import (
    asks_what_now,
    of_appointment,
    only_tells_area,
    those_in,
    whens_with,
    with_things_asked,
    without_negated,
)
from bot.jobcentre.gazetteer import PlaceKind, PlaceMention
from bot.jobcentre.intent import (
    ASIDE,
    ASIDE_SURE,
    DETAILS,
    FOLLOW_UPS,
    FOR_OTHERS,
    FOR_PEOPLE,
    KIND_OF_INTENT,
    MATTER_OF_INTENT,
    OTHER_PERSON,
)
from bot.jobcentre.kinds import Kind
from bot.jobcentre.masks import DAY, Span, masked
from bot.jobcentre.matters import matter_of, speaks_of
from bot.jobcentre.personal_data import without_removed
from bot.jobcentre.question import Clause, Context, Question, Thread, Utterance, wanted
from bot.jobcentre.somebody import asks_after_somebody
from bot.jobcentre.spelling import is_common
from bot.jobcentre.topics import find_topics
from bot.jobcentre.words import (
    APPOINTMENT,
    ASKS_TIME_OF_DAY,
    ELSEWHERE_WORDS,
    LINE,
    NEAREST,
    NO_PHONE,
    SAME_DAY,
    SAME_TIME,
    SPEAKS_OF_COMING,
    TELLS_OF_CLOSING,
    THAT_DAY,
    THE_ONE_IN,
)

RULE_AND_CASE = "rule_and_case"
"""What a matter of their own is about where the rule was asked after too."""
ELSEWHERE = "elsewhere"
"""What a search is about that starts from the office spoken of: "where else can I go"."""
ABOUT_CLAIM = "about_claim"
"""What a person is asked for, where something of their own claim was asked beside it."""
_OF_CLOSING = ("ask_opening", "ask_closures")
_TOLD_BESIDE = ("ask_closures", "ask_office")
_TOLD_AS = ("ask_office", *_OF_CLOSING)
"""What the circumstances that somebody tells before a question are taken for."""
_OF_DAYS = (Kind.OFFICE_OPEN, Kind.OFFICE_HOURS, Kind.OFFICE_CLOSURES, Kind.CLOSURE_APPOINTMENT)
"""Kinds that "and tomorrow?" asks again; after any other it asks whether the office is open."""
_OFFICE = re.compile(r"\b(?:office|job ?cent(?:re|er)|jcp|branch|swyddfa|canolfan)", re.IGNORECASE)
_DWP = re.compile(r"\b(?:dwp|gov\.uk|you|u|chi)\b", re.IGNORECASE)
"""Us, and not what was spoken of."""
_ASKED_OF_US = re.compile(
    r"\b(?:(?:do|have|had|would|might)\W+(?:you|u|ya)(?:\W+(?:have|got|know|happen to have))?|(?:you|u) got"
    r"|(?:can|could|will|would|cud|wud)\W+(?:you|u|ya)(?:\W+(?:please|pls))?\W+(?:give|tell|send|text|dm|find|get)"
    r"|(?:(?:oes|sgin|sgen|s?gynno|gan) (?:gynnoch|gennych|ganddoch|gyda|da)?\W*chi|(?:oes )?(?:gennych|gynnoch) chi"
    r"|(?:allwch|fedrwch|wnewch) chi (?:roi|ddweud|ddeud|anfon)))\b",
    re.IGNORECASE,
)
"""What is wanted of us to tell, which is not ours: "do you have their number"."""
_US = re.compile(r"\b(?:you(?:'?(?:re|se))?|u|ya|yous|ye|youse|chi|ydych|dych|dach)\b", re.IGNORECASE)
"""The offices of the account that is written to."""
_HAVE_OWN_LINE = (Kind.JOBS, Kind.COMPLAINT, Kind.PRESS, Kind.OTHER_SERVICE)
"""Kinds whose answer names the way to get in touch."""
_LINES = (Kind.CONTACT_DWP, Kind.OFFICE_CONTACT)
_HELPED_BY_PHONE = (Kind.CRISIS_LIFE, Kind.CRISIS_ABUSE)
_TAKEN_UP_WORDS = 8
"""Words that take up what was spoken of are few."""
_NAMES_DETAILS = re.compile(
    r"(?:\W|\d|(?:hi|hello|hiya|and|or|my|mine|the|our|his|her|is|are|was|it'?s|its|here|this|that|i'?m|i|am|on|at|to|of|no"
    r"|me|please|pls|call|ring|phone|text|write|email|e-mail|mobile|mob|tel|telephone|number|num|ni|nino|nat|national"
    r"|insurance|nhs|dob|date|birth|born|that'?s|here'?s|exp|expiry|expires|cvv|sort|code|account|acc|bank|card|reference|ref|address|details|name"
    r"|fy|yw|yd[iy]|y|yr|a|ac|rhif|yswiriant|gwladol|ffôn|n?gh?yfeiriad|e-bost|d?dyddiad|nyddiad|geni|ganed|n?gh?yfrif"
    r"|cyfeiriad|cyfrif|cod|didoli|ebost|banc|ffoniwch|fi)\b)*",
    re.IGNORECASE,
)
"""Words with which people only give details of theirs."""

_IN_PASSING = re.compile(
    r"\W*(?:(?:i|we|i'?m|my \w+|dwi|dw i|rwy)(?:'?(?:m|ve|n)| am| have| is| has)?(?: (?:been|currently|only|just))*"
    r" (?:on|gets?|getting|claim|claims|claiming|receiv(?:e|es|ing)|in receipt of|ar|cael|hawlio|derbyn)"
    r"(?:,? (?:uc|universal credit|pip|jsa|esa|dla|benefits?|carer'?s allowance|income support|pension credit|credyd"
    r" cynhwysol|lwfans \w+|both|and|or|for|since|\d+|a|long|time|years?|months?|ages|now|already|too|never knew))*"
    r"|(?:so (?:that )?)?(?:i|we) can (?:do|use|write|update|check|fill)(?: in)? (?:my|the) "
    r"(?:journal|cv|job ?search|forms?))\W*",
    re.IGNORECASE,
)
"""What they say of their claim only to say who asks, or what for."""
_ALL_IS_WELL = re.compile(
    r"\baside\b|\bapart from\b|\bno (?:problems?|issues?|trouble|complaints?) with\b|\b(?:claim|payments?|money"
    r"|benefits?|journal)(?:'?s| is| are) (?:all )?(?:fine|ok|okay|sorted|in order)\b",
    re.IGNORECASE,
)
"""What they say of their claim to say that it is not what they ask about."""
_FOR_WHOM = re.compile(
    r"\W*(?:(?:so|and|i[’']?m|i am|we[’']?re|just|only|it[’']?s|dwi[’']?n|dim ond)\W+)*"
    r"(?:(?:ask|enquir|inquir|check|wonder|find)(?:ing)?(?: out)?(?: this)?|gofyn|holi)\W+"
    r"(?:for|on behalf of|dros|ar ran)\W+(?!me\b|myself|.*\bmy (?:claim|payment|money|own)\b)[^?]*",
    re.IGNORECASE,
)
"""Whom they ask for, which is no matter of a claim."""
_MAY_ASK = re.compile(
    r"\b(?:what|wots?|where|when|which|who|how|why|is|are|r|can|could|will|would|do|does|did|need|want|wanna|help|tell"
    r"|find|open|ydy|ydi|fydd|beth|be|ble|lle|pryd|sut|faint|pwy|pam|alla|ga|gaf|allwch|fedra|angen|isio|eisiau|moyn|agor)\b",
    re.IGNORECASE,
)
"""What asks, or may."""
_OF_ALL = re.compile(
    r"\b(?:both|(?:n?either)(?!\W*$))\b(?! (?:day|week|year|night|morning|time)s?\b)|\ball of (?:them|these|those)\b"
    r"|\bwhich (?:one|1|of (?:them|those|these|the two))\b(?=.*\b(?:has|have|is|are|opens?|closes?|shuts?)\b)"
    r"|\b(?:y ddwy|y ddau|y naill|pa un)\b",
    re.IGNORECASE,
)
"""The offices that were named together, or one after the other."""
_TOO = re.compile(r"\b(?:too|also|as well|aswell|either|both|hefyd|chwaith)\b", re.IGNORECASE)
"""Asks the same of what was named before."""
_IN_A_LINK = re.compile(r"[\w&]+=")
"""What names a detail in the address of a page: `?nino=`."""
_TELLS = re.compile(
    r"\W*(?:(?:right|so|well|look|ok|okay|anyway|basically|honestly|reit|wel|felly)\W+)*"
    r"(?:i|i[’']?m|i[’']?ve|we|we[’']?re|we[’']?ve|just|my|our|you|u|your|he|she|they|it|it[’']?s|there|there[’']?s|theres"
    r"|the|that|dwi|dw i|rwy|mae|ma|newydd|es i)\b"
    r"(?![^?]*\b(?:need|want|wanna|looking|trying|tell|know|wonder\w*|ask\w*|find|where|which|what|how|if|whether"
    r"|number|address|hours|angen|isio|eisiau|moyn|gwybod)\b)[^?]*",
    re.IGNORECASE,
)
"""Says how things are, and asks nothing."""
_ASKS = re.compile(
    r"\W*(?:is|are|was|do|does|did|can|could|would|will|should|has|have|how|what\w*|when|where|which|who|why|any|if|tell"
    r"|explain|give|send|sut|beth|be|pryd|ble|lle|pwy|pam|faint|sawl|pa|oes|ydy|ydi|yw|all|ga|gaf)\b"
    r"|.*(?:\?|\b(?:need|want|wanna|looking|know|wonder\w*|ask\w*|number|address|line|hours|how|what|where|help"
    r"|angen|isio|eisiau|moyn|gwybod|rhif)\b)",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]+")
_SURE = 0.8
_LIKELY = 0.6
_BARELY = 0.2
_OF_BENEFITS = ("ask_benefit_info", "ask_contact")
_SENTENCE = 5
"""Words, at least, of what tells something and is no heading: "pip rates"."""


def asking(clauses: Sequence[Clause]) -> list[Clause]:
    """Without what the person says they do not ask, details they give, and small talk beside a question."""
    asking = [c for c in _without_barely_heard(clauses) if not _only_gives_data(c)]
    wanted = [c for c in asking if not c.negated or c.intent == "stop"] or asking
    kinds = [KIND_OF_INTENT.get(c.intent) for c in wanted]
    real = [
        c
        for c, kind in zip(wanted, kinds, strict=True)
        if c.intent in FOLLOW_UPS or (kind and not kind.is_small_talk and kind is not Kind.UNCLEAR)
    ]
    if any(c.intent == "inform" for c in real):  # what goes on is asked, and not what is told beside it
        real = [c for c in real if c.intent != "out_of_scope" or "?" in c.text]
    real = _without_line_of_another(_without_line_of_person(_without_dislike_of_phones(real)))
    real = _without_greeting_of_elsewhere(real)
    real = _without_claimed([c for c in real if not tells_where_somebody_is(c.text)] or real)
    real = _without_complained_of(_without_in_passing(_without_what_now(_without_reported(real))))
    sure = [c for c in real if KIND_OF_INTENT.get(c.intent) not in ASIDE or c.confidence >= ASIDE_SURE]
    calm = [c for c in sure if not c.intent.startswith("insult")]  # beside a question it is let pass
    return _farewell(wanted) or _parting(wanted) or calm or sure or _manners(wanted) or real or wanted


def _without_barely_heard(clauses: Sequence[Clause]) -> list[Clause]:
    """Without what was as good as not heard, beside a place or a day that goes on: "and Bury, have they got one"."""
    goes_on = any(c.intent == "inform" and c.confidence >= _LIKELY for c in clauses)
    return [c for c in clauses if not goes_on or c.confidence >= _BARELY]


def _without_dislike_of_phones(clauses: Sequence[Clause]) -> list[Clause]:
    """ "I can't face the phone. Could I go to Norwich instead" asks for no number."""
    told = [
        c
        for c in clauses
        if c.intent not in ("ask_contact", "ask_office_contact") or asks(c.text) or not NO_PHONE.search(c.text)
    ]
    return told if any(asks(clause.text) for clause in told) else list(clauses)


def _without_line_of_person(clauses: Sequence[Clause]) -> list[Clause]:
    """Without what sounds like a line and only goes on with the wish for a person: "a real person | about my claim"."""
    people = [clause for clause in clauses if clause.intent == "ask_for_person"]
    goes_on = {
        c: p
        for p in people
        for c in clauses
        if c.intent == "ask_contact" and not asks(c.text) and c.start <= p.end + 1 and p.start <= c.end
    }
    told = {person: replace(person, text=f"{person.text} {clause.text}") for clause, person in goes_on.items()}
    return [told.get(clause, clause) for clause in clauses if clause not in goes_on]


def _without_line_of_another(clauses: Sequence[Clause]) -> list[Clause]:
    """Without the line that is asked for right after what another body does was told: "lost my passport. Who do I
    ring?" It is theirs."""
    told = [c for c in clauses if c.intent == "ask_other_service" and not asks(c.text)]
    return [
        c
        for c in clauses
        if c.intent != "ask_contact" or find_topics(c.text) or not any(t.end <= c.start <= t.end + 2 for t in told)
    ]


def _without_greeting_of_elsewhere(clauses: Sequence[Clause]) -> list[Clause]:
    """ "Sat Sri Akal ji, is there a room for prayer" asks for no language."""
    left = [c for c in clauses if c.intent != "ask_language" or not _is_of_no_words(c.text)]
    return left if any((kind := KIND_OF_INTENT.get(c.intent)) and kind.is_routine for c in left) else list(clauses)


def _is_of_no_words(text: str) -> bool:
    """Whether most of its words, of several, are none that people here use."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) > 1 and sum(map(is_common, words)) < len(words) / 2


def _without_claimed(clauses: Sequence[Clause]) -> list[Clause]:
    """Beside the question whether it is a scam, what a message said of their payment is no matter of theirs, unless it
    is told after that: "and I'm still waiting to be paid". A number in it is not asked for."""
    scams = [clause for clause in clauses if clause.intent == "ask_scam"]
    if not scams:
        return list(clauses)
    last = max(scam.start for scam in scams)
    left = [c for c in clauses if c.intent != "ask_contact" or asks(c.text)]
    return [
        c
        for c in left
        if c.intent != "ask_individual_case" or asks(c.text) or (c.start > last and not _SAYS.search(c.text))
    ]


_SAYS = re.compile(r"\b(?:sa(?:ys?|id|ying)|claim(?:s|ing) to|reckons?|deu?d|dweud|gweud)\b", re.IGNORECASE)
"""What somebody else said."""


def _farewell(clauses: Sequence[Clause]) -> list[Clause]:
    """Thanks that come first, with what somebody goes on to do: "ok ta, off to bed"."""
    is_first = bool(clauses) and clauses[0].intent in ("thank", "goodbye") and clauses[0].confidence >= _LIKELY
    return _manners(clauses) if is_first else []


def _parting(clauses: Sequence[Clause]) -> list[Clause]:
    """The goodbye of a message that only says why beside it: "the tide's turning so I'm off, cheerio"."""
    if not any(clause.intent == "goodbye" for clause in clauses) or any(_MAY_ASK.search(c.text) for c in clauses):
        return []
    return _manners(clauses)


def _manners(clauses: Sequence[Clause]) -> list[Clause]:
    """The thanks or the goodbye of a message that says something of no subject beside it, and asks nothing."""
    said = [c for c in clauses if (kind := KIND_OF_INTENT.get(c.intent)) and kind.is_small_talk]
    others = [c for c in clauses if c not in said]
    is_aside = all(c.intent == "out_of_scope" and "?" not in c.text for c in others)
    return said if is_aside else []


def _without_reported(clauses: Sequence[Clause]) -> list[Clause]:
    """Beside "your page is wrong", what an office is said to be is part of the report and no question."""
    if all(clause.intent != "report_wrong_information" for clause in clauses):
        return list(clauses)
    if any(clause.intent == "ask_individual_case" for clause in clauses):  # "it's not right" is said of that
        clauses = [c for c in clauses if c.intent != "report_wrong_information" or len(c.text.split()) > _SENTENCE]
    return [c for c in clauses if c.intent not in _OF_CLOSING or "?" in c.text or _ASKS_OPENLY.match(c.text)]


_ASKS_OPENLY = re.compile(
    r"\W*(?:(?:so|and|but|then|also|a|ond)\W+)*(?:is|are|was|will|do|does|can|when|where|what|how|which|yd[iy]|yw|fydd"
    r"|pryd|ble|beth|pa|oes)\b",
    re.IGNORECASE,
)


def _without_complained_of(clauses: Sequence[Clause]) -> list[Clause]:
    """Beside "who do I complain to", what befell them and is no matter of a claim is what they complain of; and what
    comes next is the complaint's next step."""
    if all(clause.intent != "complain" for clause in clauses):
        return list(clauses)
    clauses = [c for c in clauses if c.intent == "complain" or not asks_what_now(c.text)]
    return [c for c in clauses if c.intent != "ask_individual_case" or not is_background(Kind.INDIVIDUAL_CASE, c.text)]


def _without_what_now(clauses: Sequence[Clause]) -> list[Clause]:
    """ "My office is shut and I'm booked in, what do I do" asks of that, and nothing else."""
    told = [c for c in clauses if not asks_what_now(c.text)]
    return told if any(c.intent == "ask_closure_appointment" for c in told) else list(clauses)


def _without_in_passing(clauses: Sequence[Clause]) -> list[Clause]:
    """Beside a routine question: "I get UC, is Leeds open" asks nothing of a claim, and "mine is shut, where else can I
    go" nothing of mine."""
    kinds = [KIND_OF_INTENT.get(clause.intent) for clause in clauses]
    if not any(kind and kind.is_routine for kind in kinds):
        return list(clauses)
    left = [c for c in clauses if c.intent != "ask_individual_case" or not _is_in_passing(c.text)]
    if any(asks(clause.text) for clause in left):  # "moving to Leeds on the 10th, do I change office"
        left = [c for c in left if c.intent != "ask_closures" or c.confidence >= _LIKELY or asks(c.text)]
    if "ask_individual_case" in {clause.intent for clause in left}:
        left = [clause for clause in left if not _leads_up_to_case(clause)]
    beside = [c for c in left if c.intent not in _OF_CLOSING or not TELLS_OF_CLOSING.fullmatch(c.text)]
    if any(c.intent in ("ask_opening", "ask_closure_appointment") and asks(c.text) for c in beside):
        # "the road is shut. Is Dolgellau open?", "the heating broke so is my interview on", "I sign in Bury. Open now?"
        beside = [c for c in beside if c.intent not in _TOLD_BESIDE or asks(c.text) or _WANTS.search(c.text)]
    beside = [c for c in beside if not _is_background(c) or _bears_on_opening(c, beside) or _befell_them(c, beside)]
    is_asked = any(_surely_asks(clause) or _takes_up(clause) for clause in beside)
    return sorted(beside, key=_only_tells) if is_asked else left


_WANTS = re.compile(
    r"\b(?:need|want|wanna|looking|tell me|find|address|postcode|know|wonder\w*|ask\w*|number|angen|isio|isho|eisiau"
    r"|moyn|gwybod|chwilio|cyfeiriad|dwedwch|dudwch)\b",
    re.IGNORECASE,
)
"""Asks for something without the form of a question."""


def _leads_up_to_case(clause: Clause) -> bool:
    """ "His DLA stops when he is 16" beside "have you had our form" is no question about DLA."""
    is_told = len(clause.text.split()) >= _SENTENCE and not _ASKS.match(clause.text)
    return clause.intent in _OF_BENEFITS and clause.confidence < _SURE and is_told


def _is_background(clause: Clause) -> bool:
    if clause.intent == "ask_jobs" and speaks_of(Kind.JOBS, "employer", clause.text):
        return False  # whoever hires tells of it what they want
    return is_background(KIND_OF_INTENT.get(clause.intent), clause.text)


def _bears_on_opening(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """An appointment matters where the question is whether the office will be open, or something is in the way."""
    is_of_it = clause.intent == "ask_closure_appointment" or APPOINTMENT.search(clause.text)
    others = [other for other in clauses if other != clause]
    is_in_doubt = any(c.intent in _OF_CLOSING or is_disrupted(c.text) for c in others)
    return bool(is_of_it) and not _WAS.search(clause.text) and is_in_doubt


_WAS = re.compile(r"\b(?:was|were|used to|roedd|oedd)\b", re.IGNORECASE)
"""Of an appointment that is over."""


def _befell_them(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """What is told after a question of benefits, and was surely heard as their own, is why it is asked: "twenty quid
    less than he had"."""
    is_sure = clause.intent == "ask_individual_case" and clause.confidence >= _LIKELY
    return is_sure and any(other.intent in _OF_BENEFITS and other.start < clause.start for other in clauses)


def _surely_asks(clause: Clause) -> bool:
    """A routine question that was heard with some certainty."""
    kind = KIND_OF_INTENT.get(clause.intent)
    is_report = kind is Kind.WRONG_INFORMATION
    return kind is not None and kind.is_routine and not is_report and clause.confidence >= ASIDE_SURE


def _takes_up(clause: Clause) -> bool:
    """ "What about the other one" asks, of what was spoken of."""
    return clause.intent == "inform" and _WHAT_ABOUT.match(clause.text) is not None


_WHAT_ABOUT = re.compile(
    r"\W*(?:(?:and|so|ok|right|then|a|ac|iawn)\W+)*(?:(?:wh?[ao]t|how)[’']?s? (?:about|bout|of)|(?:beth|be) am)\b",
    re.IGNORECASE,
)


def _only_tells(clause: Clause) -> bool:
    """ "Just moved to Leeds, what are the hours": what is asked comes before what leads up to it."""
    if clause.intent == "ask_opening" and _YOU_OPEN.match(clause.text):
        return False
    return _is_background(clause) or (clause.intent in _TOLD_AS and _TELLS.fullmatch(clause.text) is not None)


_YOU_OPEN = re.compile(r"\W*(?:you|u|ya|yous|youse|ye)\W+(?:lot\W+)?(?:open|shut|closed)\b", re.IGNORECASE)
""" "You open friday", without the verb that would make it a question."""


def _is_in_passing(text: str) -> bool:
    return bool(_IN_PASSING.fullmatch(text) or _ALL_IS_WELL.search(text) or _FOR_WHOM.fullmatch(text))


def _only_gives_data(clause: Clause) -> bool:
    """ "My NI number is [removed]" asks nothing, nor do a few words beside details that were heard as nothing much."""
    rest = without_removed(clause.text)
    if rest == clause.text or "?" in rest:
        return False
    is_faint = clause.confidence < ASIDE_SURE and len(rest.split()) <= _TAKEN_UP_WORDS and not _MAY_ASK.search(rest)
    is_name = not any(is_common(word.lower()) for word in _WORD.findall(rest))
    return is_name or is_faint or _NAMES_DETAILS.fullmatch(_IN_A_LINK.sub("", rest)) is not None


def questions_of(clauses: Sequence[Clause], utterance: Utterance, context: Context) -> list[Question]:
    out: list[Question] = []
    informs: list[Clause] = []
    for clause in clauses:
        if clause.intent == "inform":
            informs.append(clause)
        elif clause.intent not in FOLLOW_UPS:
            out += _each_detail(_question(clause, utterance, context))
    informs = _without_day_known(informs, utterance, context.thread)
    for clause in informs if out else _as_one(informs, utterance):
        _add_inform(out, clause, utterance, context)
    out = [_nearest_wanted(question, utterance) for question in _without_bare_number(_without_line_hours(out))]
    return _merged(_of_their_own(_with_claims(_of_others_alone(out))))


def _of_others_alone(questions: Sequence[Question]) -> list[Question]:
    """Beside who writes for a body, or got another's letter, what sounds like a claim is no claim of theirs: "opened a
    brown envelope, it's somebody's PIP decision"."""
    is_for_people = any(question.matter in FOR_PEOPLE for question in questions)
    return [q for q in questions if not is_for_people or q.kind is not Kind.INDIVIDUAL_CASE or q.matter in FOR_PEOPLE]


def _nearest_wanted(question: Question, utterance: Utterance) -> Question:
    """ "The Brixton one shut. What's nearest now", of a place that has no office; and "Tiverton or Taunton for TA4",
    which is nearest to that; "I'm in Batley, is Leeds or Dewsbury nearer"."""
    home = tuple(place for place in utterance.places if place.nearest and not place.negated)
    home = home if NEAREST.search(utterance.text) else tuple(p for p in home if p.kind is PlaceKind.POSTCODE)
    offices = {office for place in question.places for office in place.offices}
    if question.kind is Kind.OFFICE_FIND and home and len(offices) > 1 and _EITHER.search(utterance.text):
        near = tuple(near for near in home[0].nearest if near.office_id in offices)
        return replace(question, places=(replace(home[0], nearest=near if len(near) > 1 else home[0].nearest),))
    is_of_state = question.kind in (Kind.OFFICE_OPEN, Kind.OFFICE_CLOSURES) and all(d.now for d in question.days)
    is_without = bool(question.places) and all(place.nearest for place in question.places)
    is_wanted = is_of_state and is_without and _WHAT_IS_NEAREST.search(utterance.text)
    return replace(question, kind=Kind.OFFICE_FIND) if is_wanted else question


_EITHER = re.compile(r"\b(?:or|neu)\b", re.IGNORECASE)
_WHAT_IS_NEAREST = re.compile(
    r"\b(?:wh?[ao]t|where|which|who)(?:['’]?s)?(?: \w+){0,2}? (?:nearest|closest)\b|\b(?:b?ble|lle|p'?un|pa).*\bagosa",
    re.IGNORECASE,
)


def _without_day_known(informs: Sequence[Clause], utterance: Utterance, thread: Thread) -> list[Clause]:
    """ "Course, it's Sunday. Monday then": the day that they asked of is only named to say why they ask of another."""
    known = {when.day for when in thread.whens}
    told = [c for c in informs if not utterance.places_in(c) and _is_of_days(utterance.days_in(c), known)]
    left = [clause for clause in informs if clause not in told]
    return left if any(utterance.days_in(clause) for clause in left) else list(informs)


def _is_of_days(days: Sequence[DayMention], known: Collection[date]) -> bool:
    return bool(days) and all(day.first == day.last and day.first in known for day in days)


def _as_one(informs: Sequence[Clause], utterance: Utterance) -> Sequence[Clause]:
    """ "Back to Norwich. Saturday?" is one place on one day; "Leeds on Friday, Bury on Monday" are two."""
    if len(informs) < 2 or any(utterance.places_in(clause) and utterance.days_in(clause) for clause in informs):
        return informs
    first, last = informs[0], informs[-1]
    return [replace(first, text=utterance.text[first.start : last.end], end=last.end)]


def _question(clause: Clause, utterance: Utterance, context: Context) -> Question:
    thread, question = context.thread, _with_what_is_named(clause, utterance, context)
    if question.matter:
        return question
    question = _of_same_matter(question, thread)
    kind, places = question.kind, question.places
    if kind is thread.kind is Kind.CONTACT_DWP and not question.topics:
        return replace(question, topics=thread.topics)
    if kind is Kind.INDIVIDUAL_CASE and asks_after_somebody(clause, utterance):
        return replace(question, matter=OTHER_PERSON)
    if kind is Kind.INDIVIDUAL_CASE:
        return _of_their_benefit(question, thread)
    if kind is Kind.HANDOFF:
        return _about_claim(question, thread)
    if goes_on := _gone_on(question, context):
        return goes_on
    if places and kind in _OF_DAYS and not question.days and _is_of_their_day(utterance.text, context):
        return replace(question, whens=thread.whens)
    if not kind.is_about_offices or places or not thread.offices:
        return question
    is_search = (_searches_on(clause.text) or NEAREST.search(clause.text)) and not _OF_WHERE_IT_IS.search(clause.text)
    if kind is not Kind.OFFICE_FACILITIES and is_search:
        return _search(question, thread)
    return replace(question, **_spoken_of(clause, utterance, context), **_days_kept(question, context))


def _with_what_is_named(clause: Clause, utterance: Utterance, context: Context) -> Question:
    """The question of a clause, with the places and days that it names, or that the rest of the message lends it."""
    thread, kind = context.thread, KIND_OF_INTENT[clause.intent]
    part = _part_that_asks(clause, utterance)
    places = wanted(_surely_places(utterance.places_in(part)) or utterance.places_in(clause) or utterance.places)
    places = _both(clause, utterance) or places
    places = (
        _of_others(places)
        or _where_they_are(places, utterance)
        or places
        or _there(kind, clause.text, utterance, thread)
    )
    if kind in _OF_DAYS and (thread.offices or context.ours) and _asks_of_us(clause.text, places):
        places = ()
    days = utterance.days_in(part) or utterance.days_in(clause) or _days_lent(utterance, clause)
    return Question(
        kind,
        clause.intent,
        places,
        days,
        topics=utterance.topics,
        text=clause.text,
        message=utterance.text,
        matter=MATTER_OF_INTENT.get(clause.intent, ""),
    )


def _both(clause: Clause, utterance: Utterance) -> tuple[PlaceMention, ...]:
    """The two places that were named, where both are asked about and neither is named with that: "I'm in Bude and then
    in Truro, are both open"."""
    named = tuple(place for place in utterance.places if place.offices and not place.negated)
    is_of_all = _OF_ALL.search(clause.text) is not None and KIND_OF_INTENT[clause.intent].is_about_offices
    is_before = all(place.start < clause.end for place in named)
    return named if is_of_all and is_before and len({place.offices for place in named}) == 2 else ()


def _of_same_matter(question: Question, thread: Thread) -> Question:
    """ "It was meant to be yesterday", after a matter of their own, is of that: no office or appointment is named."""
    last = thread.asked[-1] if thread.asked else None
    is_of_none = not (question.places or thread.offices or APPOINTMENT.search(question.text))
    is_of_own = last is not None and last.kind is Kind.INDIVIDUAL_CASE
    if last and is_of_own and question.kind is Kind.CLOSURE_APPOINTMENT and is_of_none:
        return replace(question, kind=last.kind, text=f"{question.text}\n{last.text}")
    return question


def _gone_on(question: Question, context: Context) -> Question | None:
    """The question, of what was spoken of before, where it names nothing of its own."""
    thread = context.thread
    return (
        _of_danger(question, thread)
        or of_appointment(question, thread)
        or _of_last_topic(question, thread)
        or _of_service(question, context)
    )


_OF_SEARCHES = (Kind.OFFICE_FIND, Kind.OFFICE_OPEN, Kind.OFFICE_CLOSURES)
_NEAR_THERE = re.compile(
    r"\b(?:nearest|closest)(?: \w+){0,3}? (?:to |near )?(?:one|1|ones|there|that|it)\b"
    r"(?!.*\b(?:me|us|my|our|mine|here|where)\b)"
    r"|\b(?:one|ones|office|job ?cent\w+|any\w*)(?: \w+){0,2}? (?:near|close to|by) (?:it|there|that(?: one)?)\b(?! \w)"
    r"|\b(?:un|swyddfa|canolfan)(?: \w+)? agosaf?(?: ati)?\b(?!.*\b(?:i fi|i mi|yma|ata i|fy)\b)",
    re.IGNORECASE,
)
"""Nearest to the office spoken of, and not to wherever they live."""


_OF_WHERE_IT_IS = re.compile(
    r"\b(?:is|how) (?:it|that|this|that one|the (?:other|first|second|last) one|they|close|near|far)\b"
    r"(?! (?:one|the) (?:nearest|closest)).*\b(?:near\w*|close|by|far)\b(?! (?:one|office|job ?cent))"
    r"|\byd[iy]'?r? (?:hi|honno|o|fo) yn agos\b",
    re.IGNORECASE,
)
"""Asks what is near the office spoken of, and seeks no other."""


_NEXT_NEAREST = re.compile(r"\b(?:next|second|2nd) (?:nearest|closest)\b", re.IGNORECASE)


def _search(question: Question, thread: Thread) -> Question:
    """A search for an office: from the one spoken of, or from wherever they say when they are asked."""
    is_next = len(thread.listed) < 2 and _NEXT_NEAREST.search(question.text)  # of a list it is the second
    is_search = is_next or _searches_on(question.text)
    if question.kind not in _OF_SEARCHES or len(thread.offices) != 1 or not is_search:
        return question
    return replace(question, kind=Kind.OFFICE_FIND, offices=thread.offices, whens=thread.whens, matter=ELSEWHERE)


def _searches_on(text: str) -> bool:
    """Whether it asks for another office than the one spoken of, or for those near it."""
    return bool(ELSEWHERE_WORDS.search(text) or _NEAR_THERE.search(text))


_THERE = re.compile(r"\b(?:there|yno|fan(?:no|na))\b", re.IGNORECASE)
_OF_A_NATION = (Kind.CONTACT_DWP, Kind.BENEFIT_INFO)
"""Kinds whose answer differs from nation to nation."""


def _there(kind: Kind, text: str, utterance: Utterance, thread: Thread) -> tuple[PlaceMention, ...]:
    """The place just named, where a service is asked for "there"; and whoever asked after an office in Northern Ireland
    asks for its service."""
    named = thread.asked[-1].places if thread.asked else ()
    is_of_other_service = any(place.kind is PlaceKind.NORTHERN_IRELAND for place in named)
    is_of_last = is_of_other_service and not named_among(utterance.text, thread.offices)
    is_of_nation = kind in _OF_A_NATION or (kind.is_about_offices and is_of_last)
    return named if is_of_nation and (is_of_last or _THERE.search(text)) else ()


def _part_that_asks(clause: Clause, utterance: Utterance) -> Clause:
    """The clause from where it begins to ask, where what stands before only tells: "I go to Truro for my GP on Friday,
    is Redruth open on Monday"."""
    named = [(place.start, place.end) for place in utterance.places]
    named += [span for day in utterance.days for span in day.spans]
    parts = [part for part in split(utterance.text, named) if clause.start <= part[0] < clause.end]
    asking = [part for part in parts if asks(utterance.text[slice(*part)])]
    if len(asking) != 1 or asking == parts[:1] or _TOO.search(clause.text):
        return clause
    return replace(clause, start=asking[0][0])


def _surely_places(places: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The places, if one of them is named and meant."""
    is_named = any(not place.negated and place.kind not in (PlaceKind.OURS, PlaceKind.NATION) for place in places)
    return tuple(places) if is_named else ()


_AFFECTED = re.compile(r"\b(?:affected|included|one of (?:them|those)|effeithio|cynnwys)\b", re.IGNORECASE)
"""By what was just told of others, on that day."""


def _is_of_their_day(text: str, context: Context) -> bool:
    """Whether a question about another office is of the day spoken of: where it says so, or that day is today and not
    over. Who asked at 7am of the day asks of it still."""
    if SAME_DAY.search(text) or _AFFECTED.search(text) or _TOO.search(text):
        return True
    today = context.now.astimezone(LONDON).date()
    whens = context.thread.whens
    is_today = len(whens) == 1 and whens[0].day == today and not (whens[0].is_now or whens[0].is_past)
    return is_today and (whens[0].is_day_alone or whens[0].moment(context.now) >= context.now)


def _days_lent(utterance: Utterance, clause: Clause) -> tuple[DayMention, ...]:
    """The days of the other clauses, without those of what is said of something else: "my payment was due monday";
    with them where the clause says that it means the day told before: "I'm free on the 8th, are you open then"."""
    if THAT_DAY.search(clause.text) and (told := [day for day in utterance.days if day.start < clause.start]):
        return tuple(told[-1:])
    if len(utterance.clauses) < 2:
        return () if is_of_claim(utterance.text[: clause.start]) else tuple(d for d in utterance.days if not d.past)
    kept = {day for clause in utterance.clauses if _is_of_something_else(clause) for day in utterance.days_in(clause)}
    return tuple(day for day in utterance.days if day not in kept)


def _is_of_something_else(clause: Clause) -> bool:
    kind = KIND_OF_INTENT.get(clause.intent)
    is_open_to_us = kind is None or kind.is_about_offices or kind.is_small_talk or kind is Kind.UNCLEAR
    return not is_open_to_us and not SPEAKS_OF_COMING.search(clause.text)


def _of_danger(question: Question, thread: Thread) -> Question | None:
    """Whom to ring, from somebody in danger: those who help them."""
    subject = thread.subject
    if subject is None or subject.kind not in _HELPED_BY_PHONE or question.kind not in _LINES:
        return None
    return None if question.topics or question.places else replace(question, kind=subject.kind)


def _of_service(question: Question, context: Context) -> Question | None:
    """ "Where might I telephone", after a benefit or a claim and where no office is spoken of or written to."""
    subject, is_office = context.thread.subject, question.places or context.thread.offices or context.ours
    is_told = subject is not None and subject.kind in (Kind.BENEFIT_INFO, Kind.INDIVIDUAL_CASE)
    is_way = question.kind is Kind.OFFICE_CONTACT and not is_office
    return replace(question, kind=Kind.CONTACT_DWP) if is_told and is_way else None


def _of_last_topic(question: Question, thread: Thread) -> Question | None:
    """ "And the number?", "how much is it" right after a benefit or a body was spoken of: that one's; else None."""
    last = _last_of(question, thread)
    if last is None or question.topics or question.places or _OFFICE.search(question.text):
        return None
    if len(without_removed(question.text).split()) > _TAKEN_UP_WORDS or _is_of_us(question.text):
        return None
    is_report = question.kind is Kind.CONTACT_DWP and last.kind is Kind.SCAM and _REPORTS.search(question.text)
    if is_report or (question.kind is Kind.OFFICE_CONTACT and last.kind in _HAVE_OWN_LINE):
        return replace(question, kind=last.kind, text=f"{question.text}\n{last.text}")
    if question.kind not in (Kind.CONTACT_DWP, Kind.OFFICE_CONTACT, Kind.BENEFIT_INFO) or not last.topics:
        return None
    if last.kind not in (Kind.CONTACT_DWP, Kind.BENEFIT_INFO, Kind.INDIVIDUAL_CASE):
        return None
    kind = Kind.BENEFIT_INFO if question.kind is Kind.BENEFIT_INFO else Kind.CONTACT_DWP
    return replace(question, kind=kind, topics=last.topics)


def _is_of_us(text: str) -> bool:
    return _DWP.search(_ASKED_OF_US.sub(" ", text)) is not None


_REPORTS = re.compile(r"\b(?:report|riporti?o|adrodd|tell|ddweud|ddeud)\w*\b", re.IGNORECASE)
"""To report what may be a trick is of that, and of no line."""


def _last_of(question: Question, thread: Thread) -> Question | None:
    """What was asked last; of several at once the line, where a line is spoken of."""
    lines = [asked for asked in thread.asked if asked.topics] if LINE.search(question.text) else []
    return next(iter((lines or list(thread.asked))[-1:]), None)


def _of_their_benefit(question: Question, thread: Thread) -> Question:
    """ "Do I qualify", right after a benefit was spoken of: for that one."""
    last = thread.asked[-1] if thread.asked else None
    is_bare = not question.topics and len(question.text.split()) <= _TAKEN_UP_WORDS
    is_of_it = last is not None and last.kind in (Kind.CONTACT_DWP, Kind.BENEFIT_INFO, Kind.INDIVIDUAL_CASE)
    return replace(question, topics=last.topics) if last and is_bare and is_of_it else question


def _about_claim(question: Question, thread: Thread) -> Question:
    """Who asks for a person right after speaking of their claim means that: people are told the same."""
    spoken = next((asked for asked in thread.asked if asked.kind is Kind.INDIVIDUAL_CASE), None)
    if spoken is None:
        return question
    return replace(question, topics=question.topics or spoken.topics, text=f"{question.text}\n{spoken.text}")


def _spoken_of(clause: Clause, utterance: Utterance, context: Context) -> dict[str, Any]:
    """The offices of the conversation: the one of a list that the words point at, else those spoken of last."""
    thread = context.thread
    words = masked(clause.text, [_within(day, clause) for day in utterance.days_in(clause)])
    if len(thread.listed) > 1 and _OF_ALL.search(words):
        return {"offices": thread.listed}
    beside = [other.text for other in utterance.clauses if other.intent == "inform" and other != clause]
    pointed = next((office for text in (words, *beside) if (office := _meant(text, context))), None)
    pointed = pointed or named_among(utterance.text, thread.listed)  # in a part that asks nothing: "ok, Bury then"
    if clause.intent == "inform" and len(utterance.text.split()) <= _TAKEN_UP_WORDS:
        pointed = pointed or named_among(utterance.text, (*thread.offices, *context.beside))  # "and City?"
    if pointed and not any(place.negated for place in utterance.places):
        return {"offices": (pointed,)}
    if points_at_other(words) and not any(place.negated for place in utterance.places):
        return {"offices": _others_of(thread, context.ours) or context.beside}
    return {"offices": without_negated(thread, utterance), "place_name": thread.place_name}


def _others_of(thread: Thread, ours: Sequence[str]) -> tuple[str, ...]:
    """What "the other one" may be: those told beside the one spoken of, or of an account that has two."""
    left = tuple(office for office in thread.listed if office not in thread.offices)
    is_of_two = len(ours) == 2 and set(thread.offices) < set(ours)
    return left or (tuple(office for office in ours if office not in thread.offices) if is_of_two else ())


def _meant(text: str, context: Context) -> str | None:
    """The one of the offices named that the words point at, name or describe."""
    thread = context.thread
    return (
        pointed_at(text, thread.listed, thread.offices)
        or named_among(text, thread.listed or thread.offices)
        or described_among(text, thread.listed, context.described)
    )


def _within(day: DayMention, clause: Clause) -> Span:
    return day.start - clause.start, day.end - clause.start, DAY


def _with_claims(questions: Sequence[Question]) -> list[Question]:
    """A person asked for beside a matter of their own is asked for about that: one question, and not two."""
    cases = [q for q in questions if q.kind is Kind.INDIVIDUAL_CASE and matter_of(q) not in FOR_OTHERS]
    kinds = [question.kind for question in questions]
    if not cases or Kind.HANDOFF not in kinds or any(kind.is_routine for kind in kinds):
        return list(questions)
    about = "\n".join(case.text for case in cases)
    matter = ABOUT_CLAIM if any(map(_is_asked_for, cases)) else ""
    return [
        replace(q, text=f"{q.text}\n{about}", matter=matter) if q.kind is Kind.HANDOFF else q
        for q in questions
        if q not in cases
    ]


def _is_asked_for(question: Question) -> bool:
    """Whether it asks something of its own, and does not only tell what a person is wanted for."""
    is_of_person = _WHO_CAN.match(question.text)  # "somebody real who can sort it out"
    return bool((asks(question.text) and not is_of_person) or _TELL_ME.search(question.text))


_WHO_CAN = re.compile(r"\W*(?:who|that) (?:can|could|will|would|actually|knows?|has|deals?)\b(?!.*\?)", re.IGNORECASE)


_TELL_ME = re.compile(r"\b(?:tell|give|show) (?:me|us)\b|\bdwedwch wrth\b", re.IGNORECASE)


def _of_their_own(questions: Sequence[Question]) -> list[Question]:
    """A rule asked after in general, and then what befell them: "… even if it was your mistake? £60 gone again". The
    question is about their own claim, and the rule is told with the refusal. Two questions stay two."""
    kinds = [question.kind for question in questions]
    if Kind.BENEFIT_INFO not in kinds or Kind.INDIVIDUAL_CASE not in kinds:
        return list(questions)
    rule, case = kinds.index(Kind.BENEFIT_INFO), kinds.index(Kind.INDIVIDUAL_CASE)
    first, then = questions[rule], questions[case]
    is_told = not asks(then.text) and matter_of(then) not in FOR_OTHERS
    if then.message.find(then.text) < first.message.find(first.text) or not is_told:
        return list(questions)
    own = replace(questions[case], matter=RULE_AND_CASE)
    return [own if at == case else question for at, question in enumerate(questions) if at != rule]


def _each_detail(question: Question) -> list[Question]:
    """ "Address, phone and opening times" are three questions, in the order in which they are named."""
    if question.kind not in DETAILS or question.topics:
        return [question]
    found = [(match.start(), kind) for kind, pattern in DETAILS.items() if (match := pattern.search(question.text))]
    kinds = [kind for _, kind in sorted(found)]
    return [replace(question, kind=kind) for kind in kinds] if len(kinds) > 1 else [question]


def _days_kept(question: Question, context: Context) -> dict[str, Any]:
    """The day of the conversation, where the question names only a time of day or asks until when."""
    thread = context.thread
    if question.days:
        goes_on = all(mention.is_time_alone for mention in question.days) or SAME_TIME.search(question.text)
        whens = whens_with(question.days, thread.whens, context, question.text)
        return {"days": (), "whens": whens} if goes_on else {}
    is_timed = question.kind is Kind.OFFICE_HOURS and ASKS_TIME_OF_DAY.search(question.text)
    is_of_appointment = question.kind is thread.kind is Kind.CLOSURE_APPOINTMENT
    is_that_day = question.kind in _OF_DAYS and (THAT_DAY.search(question.text) or SAME_DAY.search(question.text))
    return {"whens": thread.whens} if is_timed or is_of_appointment or is_that_day else {}


def _add_inform(out: list[Question], clause: Clause, utterance: Utterance, context: Context) -> None:
    """A bare place or day: completes the question before it, or takes the last one up again."""
    places, days = wanted(utterance.places_in(clause)), utterance.days_in(clause)
    thread = context.thread
    if out and out[-1].days and any(place.is_setting for place in places):
        return  # "coming up from London on Sunday" leads up to a question of another day
    # "and tomorrow?" beside "I want to speak to a person" goes on with the office spoken of.
    if out and not (thread.offices and all(question.kind is Kind.HANDOFF for question in out)):
        _complete(out, places, days)
        return
    is_of_moment = bool(days) and all(day.now for day in days) and not (places or thread.offices or thread.kind)
    taken_up = _taken_up(thread.kind or _of_detail(clause, places, days), places, days, utterance)
    kind = Kind.UNCLEAR if is_of_moment and not context.ours else taken_up  # "im ok now" asks of no office
    words = with_things_asked(kind, clause.text, thread)
    topics = utterance.topics or thread.topics
    question = Question(kind, clause.intent, places, topics=topics, text=words, message=utterance.text)
    within = _narrowed_to(places, utterance, context)
    if within:
        question = replace(question, places=(), offices=within)
    elif not places:
        question = replace(question, **_spoken_of(clause, utterance, context))
    out.append(replace(question, whens=whens_with(days, thread.whens, context, clause.text) or thread.whens))


def _of_detail(clause: Clause, places: Sequence[PlaceMention], days: Sequence[DayMention]) -> Kind:
    """What a place named at the start asks: what stands beside it, "Yeovil postcode", or where its office is, "Mere,
    which one", "TA4"; else whether it is open."""
    if not places or days:
        return Kind.OFFICE_OPEN
    if any(place.kind is PlaceKind.POSTCODE for place in places):
        return Kind.OFFICE_FIND
    detail = next((kind for kind, pattern in DETAILS.items() if pattern.search(clause.text)), Kind.OFFICE_OPEN)
    return Kind.OFFICE_FIND if detail is Kind.OFFICE_OPEN and _WHICH_ONE.search(clause.text) else detail


_WHICH_ONE = re.compile(
    r"\b(?:where(?:abouts|['’]?s)?|which|who(?:s|['’]s|se)?|nearest|closest|near|patch|add?res+s?|ble|lle|pa|p['’]un"
    r"|agosa\w?)\b",
    re.IGNORECASE,
)


def _taken_up(kind: Kind, places: Sequence[PlaceMention], days: Sequence[DayMention], utterance: Utterance) -> Kind:
    """What a bare place or day asks after a question of that kind. Of another day or office than that of the
    appointment it asks only whether that is open; unless it puts right what was told of the appointment. Of one office,
    after what is shut somewhere or what was told wrong of another, it asks that too."""
    if kind is Kind.CLOSURE_APPOINTMENT and not _CORRECTS.search(utterance.text):
        is_of_another = bool(places) or any(not (day.is_time_alone or day.now) for day in days)
        return Kind.OFFICE_OPEN if is_of_another else kind
    if kind is Kind.OFFICE_CLOSURES and places and all(len(place.offices) == 1 for place in places):
        return Kind.OFFICE_OPEN
    if kind is Kind.OFFICE_HOURS and any(_is_of_one_day(day) for day in days):
        return Kind.OFFICE_OPEN  # "Boxing Day?"
    if kind is Kind.WRONG_INFORMATION and places and not _CORRECTS.search(utterance.text):
        return Kind.OFFICE_OPEN
    return Kind.OFFICE_OPEN if days and kind not in _OF_DAYS else kind


def _is_of_one_day(day: DayMention) -> bool:
    """A day, and no habit and no time of day alone: "open this Saturday" is of that day (contract, rule 2)."""
    return day.weekly is None and not (day.now or day.is_time_alone)


_CORRECTS = re.compile(
    r"\b(?:no|nope|not|wait|sorry|meant?|actually|appointments?|booked|na|nage|nid|sori|meddwl|feddwl|h?apwyntiad)\b",
    re.IGNORECASE,
)


def _narrowed_to(places: Sequence[PlaceMention], utterance: Utterance, context: Context) -> tuple[str, ...]:
    """Those of the offices named that are there: "I mean the one in Staffordshire", "Lanarkshire obviously"; of
    several, some of which are there, "Gwent"."""
    if not places or any(place.kind is PlaceKind.OFFICE for place in places):
        return ()
    thread = context.thread
    named = thread.listed or thread.offices
    within = those_in(places, named, context)
    if THE_ONE_IN.search(utterance.text):
        return within
    if not only_tells_area(utterance):
        return ()
    last = those_in(places, thread.offices, context) if _OBVIOUSLY.search(utterance.text) else ()
    return last or (within if len(within) < len(named) else ())


_OBVIOUSLY = re.compile(
    r"\b(?:obv\w*|of course|course|clearly|mean|meant|duh|the one|as in|wrth gwrs|meddwl|feddwl)\b", re.IGNORECASE
)


def _of_others(places: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Without "my jobcentre", which any place named beside it explains."""
    return tuple(place for place in places if place.kind is not PlaceKind.OURS)


def _where_they_are(places: Sequence[PlaceMention], utterance: Utterance) -> tuple[PlaceMention, ...]:
    """ "We're in Prestwich, where's our office": the places in which they say that they are explain whose it is."""
    lived_in = [p for p in _surely_places(utterance.places) if _LIVES_BEFORE.search(utterance.text[: p.start])]
    return wanted(lived_in) if places else ()


_LIVES_BEFORE = re.compile(
    r"\b(?:(?:i|we)(?:\W*(?:m|am|re|are))?(?: (?:both|all|currently|now|just))*(?: (?:live|living|based|staying))?"
    r"|dw i['’]?n byw|dwi['’]?n byw|(?:rydyn|dan|dyn) ni['’]n byw)\W+(?:over |up |down |out )?"
    r"(?:in|at|near|by|yn|ym|yng|ger)\W+$",
    re.IGNORECASE,
)


def _asks_of_us(text: str, places: Sequence[PlaceMention]) -> bool:
    """ "I'm coming down from Bristol, will you be open": of none of the places named."""
    return bool(places) and all(place.is_setting for place in places) and _US.search(text) is not None


def _is_around(place: PlaceMention, named: Sequence[PlaceMention]) -> bool:
    """Whether it only tells where the office is that is asked about: "I'm in Glasgow, is Partick open"."""
    return any(set(one.offices) < set(place.offices) for one in named if one.kind is PlaceKind.OFFICE)


def _complete(out: list[Question], places: tuple[PlaceMention, ...], days: tuple[DayMention, ...]) -> None:
    """Give the last question what it lacks; ask it again of another place or day where it has its own."""
    last = replace(out[-1], places=_of_others(out[-1].places)) if _of_others(places) else out[-1]
    places = tuple(p for p in places if not (_is_around(p, last.places) or (last.places and p.is_setting)))
    is_new = (places and places != last.places) or (days and days != last.days)
    if not last.kind.is_about_offices or not is_new:
        return
    if (last.places and places) or (last.days and days):
        out.append(replace(last, places=places or last.places, days=days or last.days))
    else:
        offices = () if places else last.offices  # those named now, and not those of before
        out[-1] = replace(last, places=last.places or places, days=last.days or days, offices=offices)


def _without_line_hours(questions: Sequence[Question]) -> list[Question]:
    """Hours asked after a line's number are the line's (contract, rule 2), unless they are said to be an office's."""
    numbers = [at for at, q in enumerate(questions) if q.kind is Kind.CONTACT_DWP and q.topics]
    first = numbers[0] if numbers else len(questions)
    return [q for at, q in enumerate(questions) if at < first or not _may_be_of_a_line(q)]


def _may_be_of_a_line(question: Question) -> bool:
    """ "When is it open", and nothing of a place. "Are you open" asks it of us."""
    if question.places or question.offices or _OFFICE.search(question.text) or _names_something(question.text):
        return False
    is_asked_of_us = question.kind is Kind.OFFICE_OPEN and _DWP.search(question.text)
    return question.kind in (Kind.OFFICE_HOURS, Kind.OFFICE_OPEN) and not is_asked_of_us


def _names_something(text: str) -> bool:
    """Whether a word in it is a name, perhaps of a place that we do not know: "is Stranraer open"."""
    return any(not is_common(word.lower()) for word in _WORD.findall(text))


def _merged(questions: Sequence[Question]) -> list[Question]:
    """Without a question that repeats another, or asks the same of the town of the office just asked about: "Temple
    Street? the Bristol one"."""
    out: list[Question] = []
    for question in questions:
        same = [q for q in out if (q.kind, q.days) == (question.kind, question.days)]
        is_around = question.places and all(any(_is_around(place, q.places) for q in same) for place in question.places)
        if not is_around and not any(q.places == question.places for q in same):
            out.append(question)
    return out


def _without_bare_number(questions: Sequence[Question]) -> list[Question]:
    """ "I need to ring Leith, what's the number" asks once, for the office's."""
    is_office = any(q.kind is Kind.OFFICE_CONTACT and q.places for q in questions)
    return [q for q in questions if not (is_office and q.kind is Kind.CONTACT_DWP and not q.topics)]
