"""Which of a message's clauses ask: without what is told beside a question, and small talk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.jobcentre.background import is_background, is_disrupted, tells_where_somebody_is
from bot.jobcentre.clauses import asks
from bot.jobcentre.followup import asks_what_now
from bot.jobcentre.glossary import is_ordinary
from bot.jobcentre.intent import ASIDE, ASIDE_SURE, CERTAIN, DETAILS, FOLLOW_UPS, KIND_OF_INTENT, LIKELY, SURE
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import speaks_of
from bot.jobcentre.personal_data import without_removed
from bot.jobcentre.question import Clause
from bot.jobcentre.question_words import WELSH_OPENINGS, WELSH_WISHES
from bot.jobcentre.topics import find_topics
from bot.jobcentre.words import APPOINTMENT, NO_PHONE, OF_ATTENDING, TELLS_OF_CLOSING

_OF_CLOSING = ("ask_opening", "ask_closures")
_OF_DOORS = ("ask_opening", "ask_hours")
_TOLD_BESIDE = ("ask_closures", "ask_office")
_TOLD_AS = ("ask_office", "ask_press", *_OF_CLOSING)
"""What the circumstances that somebody tells before a question, and who they are, are taken for."""
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
    rf"|find|open|{WELSH_OPENINGS}|{WELSH_WISHES}|agor)\b",
    re.IGNORECASE,
)
"""What asks, or may."""
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
    rf"|explain|give|send|{WELSH_OPENINGS})\b"
    r"|.*(?:\?|\b(?:need|want|wanna|looking|know|wonder\w*|ask\w*|number|address|line|hours|how|what|where|help"
    rf"|{WELSH_WISHES})\b)",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]+")
_OPENLY = 0.4
_BARELY = 0.2
_OF_BENEFITS = ("ask_benefit_info", "ask_contact")
_FAINT_WORDS = 8
"""Words, at most, that say little beside details they give."""
_SENTENCE = 5
"""Words, at least, of what tells something and is no heading: "pip rates"."""


def asking(clauses: Sequence[Clause]) -> list[Clause]:
    """Without what the person says they do not ask, details they give, and small talk beside a question."""
    asking = [c for c in _without_barely_heard(_without_heard_twice(clauses)) if not _only_gives_data(c)]
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
    real = _without_subject_of_opinion(_without_praise_of_others(real))
    sure = [c for c in real if KIND_OF_INTENT.get(c.intent) not in ASIDE or c.confidence >= ASIDE_SURE]
    insults = [c for c in sure if c.intent.startswith("insult")]
    calm = [c for c in sure if c not in insults]
    if all(c.intent == "out_of_scope" and "?" not in c.text for c in calm):
        calm = insults  # "never met such clowns, and I worked at the Tower"; beside a question it is let pass
    return _farewell(wanted) or _parting(wanted) or calm or sure or _manners(wanted) or real or wanted


def _without_heard_twice(clauses: Sequence[Clause]) -> list[Clause]:
    """ "When is Bangor open on Monday", heard in a part as whether it is and in all as when, is asked once; and who is
    thanked in a part is not praised in all."""
    doors = [clause for clause in clauses if clause.intent in _OF_DOORS]
    thanks = [clause for clause in clauses if clause.intent == "thank" and clause.confidence >= CERTAIN]
    left = [c for c in clauses if c not in doors or not any(_is_around(c, other) for other in doors)]
    return [c for c in left if c.intent != "give_feedback" or not any(_is_around(c, other) for other in thanks)]


def _is_around(clause: Clause, other: Clause) -> bool:
    return (clause.start, clause.end) != (other.start, other.end) and (
        clause.start <= other.start and other.end <= clause.end
    )


def _without_praise_of_others(clauses: Sequence[Clause]) -> list[Clause]:
    """ "The tenor cried all the way home, lovely he was" praises nobody of ours."""
    is_of_others = any(c.intent == "out_of_scope" and c.confidence >= SURE for c in clauses)
    return [c for c in clauses if c.intent != "give_feedback" or not is_of_others or _OURS.search(c.text)]


def _without_subject_of_opinion(clauses: Sequence[Clause]) -> list[Clause]:
    """ "Should folk on JSA be made to work for it, what do you think" asks for an opinion, and nothing of JSA."""
    is_opinion = any(c.intent == "ask_politics" for c in clauses)
    return [c for c in clauses if not is_opinion or c.intent not in _OF_BENEFITS or not _SHOULD.match(c.text)]


_SHOULD = re.compile(
    r"\W*(?:should|shouldn[’']?t|ought|a? ?dd?yl(?:e|ai|en|ent|sai)\w*)\b(?! (?:i|we|my)\b)", re.IGNORECASE
)
_OURS = re.compile(
    r"\b(?:you\w*|u|ur|staff|office|job ?cent\w+|jcp|dwp|advis\w+|coach\w*|lad(?:y|ies)|service|bot|reception\w*"
    r"|security|guard|desk|helped|helpful|chi|eich|swyddfa|canolfan|hyfforddwr|cynghor\w+)\b",
    re.IGNORECASE,
)
"""People here, and what they do."""


def _without_barely_heard(clauses: Sequence[Clause]) -> list[Clause]:
    """Without what was as good as not heard, beside a place or a day that goes on, "and Bury, have they got one", or
    beside what asks, where it only tells: "the doctor says Attendance Allowance, so who do I ring"."""
    goes_on = any(c.intent == "inform" and c.confidence >= LIKELY for c in clauses)
    is_asked = any(c.confidence >= LIKELY and c.intent not in FOLLOW_UPS and asks(c.text) for c in clauses)
    asked = [c for c in clauses if c.intent in _OF_DOORS and asks(c.text)]  # "Norwich again. On Saturday?"
    barely = [c for c in clauses if c.confidence < _BARELY and c not in asked and not _asks_for_detail(c)]
    return [c for c in clauses if c not in barely or not (goes_on or (is_asked and not asks(c.text)))]


def _asks_for_detail(clause: Clause) -> bool:
    """ "The office in Hull, what number": plain, however faintly it was heard."""
    return asks(clause.text) and any(pattern.search(clause.text) for pattern in DETAILS.values())


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
    """Without the line that is asked for right after what another body does was told, "lost my passport. Who do I
    ring?", or that they write for a paper: it is theirs, or that of the press."""
    told = [c for c in clauses if c.intent in ("ask_other_service", "ask_press") and not asks(c.text)]
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
    words = _WORD.findall(text.lower())
    return len(words) > 1 and sum(map(is_ordinary, words)) < len(words) / 2


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
    is_first = bool(clauses) and clauses[0].intent in ("thank", "goodbye") and clauses[0].confidence >= LIKELY
    return _manners(clauses) if is_first else []


def _parting(clauses: Sequence[Clause]) -> list[Clause]:
    """The goodbye of a message that only says why beside it: "the tide's turning so I'm off, cheerio"."""
    if not any(clause.intent == "goodbye" for clause in clauses) or any(_MAY_ASK.search(c.text) for c in clauses):
        return []
    return _manners(clauses)


def _manners(clauses: Sequence[Clause]) -> list[Clause]:
    """The thanks or the goodbye of a message that says something of no subject beside it, and asks nothing: "you are a
    doll. night night"."""
    said = [c for c in clauses if (kind := KIND_OF_INTENT.get(c.intent)) and kind.is_small_talk]
    others = [c for c in clauses if c not in said]
    is_kind = any(c.confidence >= CERTAIN for c in said)
    teasing = [
        c
        for c in others
        if c.intent == "insult" and ((is_kind and c.confidence < SURE) or _OF_THEMSELVES.search(c.text))
    ]
    is_aside = all((c.intent == "out_of_scope" or c in teasing) and "?" not in c.text for c in others)
    return said if is_aside else []


_OF_THEMSELVES = re.compile(
    r"\b(?:(?:feel|felt|i[’']?m|i am|im|me)\W+(?:like |being )?(?:such )?(?:an? )?(?:\w+ )?"
    r"(?:idiot|fool|numpty|plonker|muppet|prat|eejit|dafty|div|wally|twit|donkey)"
    r"|(?:dwi|rwy|fi)['’]?n (?:\w+ )?(?:dwp|twpsyn))\b",
    re.IGNORECASE,
)
"""What people call themselves."""


def _without_reported(clauses: Sequence[Clause]) -> list[Clause]:
    """Beside "your page is wrong", what an office is said to be is part of the report and no question."""
    if all(clause.intent != "report_wrong_information" for clause in clauses):
        return list(clauses)
    if any(clause.intent == "ask_individual_case" for clause in clauses):  # "it's not right" is said of that
        clauses = [c for c in clauses if c.intent != "report_wrong_information" or len(c.text.split()) > _SENTENCE]
    told = [c for c in clauses if _YOU_SAID.match(c.text) or not ("?" in c.text or _ASKS_OPENLY.match(c.text))]
    return [c for c in clauses if c.intent not in (*_OF_CLOSING, "ask_facilities") or c not in told]


_YOU_SAID = re.compile(
    r"\W*(?:you(?:[’']?ve)?|u|(?:dach|dych|ydych|rydych|dy|wyt) (?:chi|ti)|naethoch chi|mi|fe)\W+(?:\w+ )?"
    r"(?:said|say|told|tell|reckon\w*|dd?eud|d?dweud|gweud|dd?udoch|dd?wedoch|wedoch)\b",
    re.IGNORECASE,
)
"""What we are said to have told."""
_ASKS_OPENLY = re.compile(
    r"\W*(?:(?:so|and|but|then|also|a|ond)\W+)*(?:is|are|was|will|do|does|can|when|where|what|how|which"
    rf"|{WELSH_OPENINGS})\b",
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
    appointment = next((c for c in told if c.intent == "ask_closure_appointment"), None)
    if appointment is None:
        return list(clauses)
    asked = " ".join(c.text for c in clauses if c not in told)
    return [replace(c, text=f"{c.text} {asked}".rstrip()) if c is appointment else c for c in told]


def _without_in_passing(clauses: Sequence[Clause]) -> list[Clause]:
    """Beside a routine question: "I get UC, is Leeds open" asks nothing of a claim, and "mine is shut, where else can I
    go" nothing of mine."""
    kinds = [KIND_OF_INTENT.get(clause.intent) for clause in clauses]
    if not any(kind and kind.is_routine for kind in kinds):
        return list(clauses)
    left = [c for c in clauses if c.intent != "ask_individual_case" or not _is_in_passing(c.text)]
    if any(asks(clause.text) for clause in left):  # "moving to Leeds on the 10th, do I change office"
        left = [c for c in left if c.intent != "ask_closures" or c.confidence >= SURE or asks(c.text)]
    if "ask_individual_case" in {clause.intent for clause in left}:
        left = [clause for clause in left if not _leads_up_to_case(clause)]
    beside = [c for c in left if c.intent not in _OF_CLOSING or not TELLS_OF_CLOSING.fullmatch(c.text)]
    if any(c.intent in (*_OF_CLOSING, "ask_closure_appointment") and asks(c.text) for c in beside):
        # "the road is shut. Is Dolgellau open?", "the heating broke so is my interview on", "I sign in Bury. Open now?"
        beside = [c for c in beside if c.intent not in _TOLD_BESIDE or asks(c.text) or _WANTS.search(c.text)]
    beside = [c for c in beside if not _is_background(c) or _bears_on_opening(c, beside) or _befell_them(c, beside)]
    is_asked = any(_surely_asks(clause) or _takes_up(clause) for clause in beside)
    is_of_doors = any(c.intent in _OF_CLOSING and asks(c.text) for c in beside)
    return sorted(beside, key=lambda c: _only_tells(c) or (is_of_doors and _is_of_no_visit(c))) if is_asked else left


_WANTS = re.compile(
    r"\b(?:need|want|wanna|looking|tell me|find|address|postcode|know|wonder\w*|ask\w*|number"
    r"|any\w*|which|what\w*|(?<!is )where\w*(?! (?:i|we|my)\b)|how|nearest|closest|list|agosa\w*|rhestr"
    rf"|{WELSH_OPENINGS}|{WELSH_WISHES})\b",
    re.IGNORECASE,
)
"""Asks for something without the form of a question: "nearest to Leek", "any closures in Fife"."""


def _leads_up_to_case(clause: Clause) -> bool:
    """ "His DLA stops when he is 16" beside "have you had our form" is no question about DLA, nor "started at Tesco on
    Monday" beside "put that on my claim" one about work."""
    is_told = len(clause.text.split()) >= _SENTENCE and not _ASKS.match(clause.text)
    if clause.intent == "ask_jobs" and not asks(clause.text) and _HAS_WORK.search(clause.text):
        return True
    return clause.intent in _OF_BENEFITS and clause.confidence < SURE and is_told


_HAS_WORK = re.compile(
    r"\b(?:(?:start|began|beg[iu]n|got|landed|found|finish|left|lost|quit)\w*|(?:took|taken) on"
    r"|dechrau|cael|ca['’]?l|colli|gadael|gadel)\b.{0,20}\b(?:job|work(?:ing)?|shifts?|swydd|gwaith|waith|gwitho|gweithio)\b",
    re.IGNORECASE,
)
"""A change to a claim, and no search for work."""


def _is_background(clause: Clause) -> bool:
    if clause.intent == "ask_jobs" and speaks_of(Kind.JOBS, "employer", clause.text):
        return False  # whoever hires tells of it what they want
    is_sure = clause.confidence >= CERTAIN and not APPOINTMENT.search(clause.text)
    if clause.intent == "ask_individual_case" and is_sure:
        return False  # of their claim, whatever its words
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
    is_sure = clause.intent == "ask_individual_case" and clause.confidence >= LIKELY
    return is_sure and any(other.intent in _OF_BENEFITS and other.start < clause.start for other in clauses)


def _surely_asks(clause: Clause) -> bool:
    """A routine question that was heard with some certainty; less where it has the form of one about an office."""
    kind = KIND_OF_INTENT.get(clause.intent)
    if kind is None or kind is Kind.WRONG_INFORMATION:
        return False
    is_open = kind.is_about_offices and asks(clause.text)
    return kind.is_routine and clause.confidence >= (_OPENLY if is_open else ASIDE_SURE)


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


def _is_of_no_visit(clause: Clause) -> bool:
    """ "I can't get up our road" speaks of no appointment."""
    is_of_attending = asks(clause.text) or OF_ATTENDING.search(clause.text)
    return clause.intent == "ask_closure_appointment" and not is_of_attending


_YOU_OPEN = re.compile(r"\W*(?:you|u|ya|yous|youse|ye)\W+(?:lot\W+)?(?:open|shut|closed)\b", re.IGNORECASE)
""" "You open friday", without the verb that would make it a question."""


def _is_in_passing(text: str) -> bool:
    return bool(_IN_PASSING.fullmatch(text) or _ALL_IS_WELL.search(text) or _FOR_WHOM.fullmatch(text))


def _only_gives_data(clause: Clause) -> bool:
    """ "My NI number is [removed]" asks nothing, nor do a few words beside details that were heard as nothing much."""
    rest = without_removed(clause.text)
    if rest == clause.text or "?" in rest:
        return False
    is_faint = clause.confidence < ASIDE_SURE and len(rest.split()) <= _FAINT_WORDS and not _MAY_ASK.search(rest)
    is_name = not any(is_ordinary(word.lower()) for word in _WORD.findall(rest))
    return is_name or is_faint or _NAMES_DETAILS.fullmatch(_IN_A_LINK.sub("", rest)) is not None
