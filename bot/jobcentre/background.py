"""What a message tells around its question: who somebody is, and why they come. It asks nothing of us."""

from __future__ import annotations

import re

from bot.jobcentre.clauses import asks
from bot.jobcentre.kinds import Kind
from bot.jobcentre.question_words import WELSH_OPENINGS, WELSH_WISHES

_ASKS = re.compile(
    r"\?|^\W*(?:(?:and|but|so|also|plus|oh|then|well|or|anyway|a|ac|ond) )*"
    r"(?:is|are|am|r|do|does|did|can|could|will|would|has|have|may|should|any\w*)\b"
    r"|\b(?:should|shall|must) (?:i|we)\b"
    r"|\b(?:wh?[ao]t|whit|when|where|whaur|which|who|how|why|whether|if|there any|any chance|can i"
    r"|could (?:i|you)|do you|are you|is (?:it|there|that|this)|need\w*|want\w*|wanna|look(?:ing)? for|looking"
    r"|trying|after|seeking|tell me|let me know|know|wonder\w*|ask\w*"
    r"|find|nearest|closest|agosa\w*|check\w*|complain\w*|number|address|hours|times|phone|email|please|pls|plz|help"
    rf"|os|{WELSH_OPENINGS}|{WELSH_WISHES})(?:[’']?(?:s|re|n))?\b",
    re.IGNORECASE,
)
"""Anything that may ask or wish for something: rather too much than too little."""
_SOMEBODY = re.compile(
    r"\b(?:i|im|ive|me|my|mine|we|us|our|he|hes|she|shes|they|theyve|his|her|their|somebody|someone|dwi|dw i|rwy|fi|fy"
    r"|gen i|gynno i|mae'r|ni|ein|o'n i|es i|rhywun)\b",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(r"\W*(?!is\b|are\b|anyone|any\b|some)(?:\w+\W+){1,4}(?:here|yma)\W*", re.IGNORECASE)
"""Who it is that writes: "landlord here"."""
_WHERE_SOMEBODY_IS = re.compile(
    r"\W*where (?:i|we|(?:my|his|her|our|the) \w+)(?:[’']?(?:s|m|re)| is| am| are| was| lives?| works?| stays?)"
    r"(?: now| at the moment)?\W*",
    re.IGNORECASE,
)
_CIRCUMSTANCES = (
    Kind.JOBS,
    Kind.OTHER_SERVICE,
    Kind.BENEFIT_INFO,
    Kind.ABOUT,
    Kind.OFFICE_FIND,
    Kind.OFFICE_FACILITIES,
)
"""Kinds for which what somebody tells of their life is taken."""
_OF_A_CLAIM = re.compile(
    r"\b(?:claim\w*|pay\w*|paid|money|sanction\w*|award\w*|advance|appeal\w*|over ?pa\w*|ow(?:e|ed|es|ing)|benefits?|uc"
    r"|universal credit|pip|esa|jsa|dla|pension|allowance|journal|decision|assess\w*|deduct\w*|stop\w*|refus\w*"
    r"|reject\w*|turned down|miss(?:ed|ing)?|late|cancel\w*|chang\w*|mov(?:e|ed|ing)|re-?arrang\w*|re-?schedul\w*"
    r"|evidence|notes?|reconsider\w*|tribunal|element|housing costs?|£ ?\d+"
    r"|forms?|letters?|upload\w*|documents?|hawl\w*|chais|cais|nghais|nhaliad\w*|dal\w*|taliad\w*|talu|arian|mhres|pres"
    r"|bres|san[ck]\w+|coll\w+|newid|symud\w*|[cg]anslo\w*|gohirio|aildrefnu|l?lythyr\w*|ff?urflen\w*|stopi\w*"
    r"|g?wrthod\w*|hwyr|n?halu|dalwyd|talwyd|(?:n?h|d)aliad\w*|asesiad\w*|(?:p|b|mh)enderfyniad\w*|lwfans|mhensiwn|d?tynnu)\b",
    re.IGNORECASE,
)
"""A matter of somebody's own, which is refused beside the answer (contract, rule 3)."""
_DISRUPTED = re.compile(
    r"\b(?:snow\w*|snaw|ic[ey]|iced|flood\w*|storm\w*|fire|burst|evacuat\w*"
    r"|power cut|gas leak|weather|strik\w+|shut\w*|clos\w+|cancel\w*|stuck|strand\w*|off|broke\w*"
    r"|(?:can|could|wo|will)\W?(?:no|n[’']?t)|cannae|unable|late|miss\w*|traffic|eira|rhew|llif\w*|tywydd|streic|cau|gau|methu"
    r"|hwyr|colli|sownd)\b",
    re.IGNORECASE,
)
"""What stands between somebody and their appointment."""


_LEARNS = re.compile(
    r"\b(?:learn\w*|dd?ysgu|dd?ysgwr|dysgwraig"
    r"|(?:sorry|apolog\w+|excuse|forgive|pardon|sori|maddeuwch|ymddiheur\w*)\b.{0,20}"
    r"\b(?:english|welsh|n?gh?ymraeg|cymraeg|saesneg))\b",
    re.IGNORECASE,
)
"""How well they have the language in which they ask."""


def is_of_claim(text: str) -> bool:
    """Whether it may tell of a claim, a payment or the like of somebody's own."""
    return _OF_A_CLAIM.search(text) is not None


def is_disrupted(text: str) -> bool:
    """Whether it speaks of something that may stand between somebody and their appointment."""
    return _DISRUPTED.search(text) is not None


def tells_where_somebody_is(text: str) -> bool:
    """Whether it tells of the place named before it, and asks after none: "Wakefield, where my brother is"."""
    return _WHERE_SOMEBODY_IS.fullmatch(text) is not None


def is_background(kind: Kind | None, text: str) -> bool:
    """Whether a clause that was heard as that kind only tells something of somebody, beside a question that was asked:
    "my coach said pop in any day", "I finish at eight", "the childminder let me down"."""
    if _INTRODUCES.fullmatch(text):
        return kind in _CIRCUMSTANCES
    if asks(text) or _ASKS.search(text) or not _SOMEBODY.search(text):
        return False
    if kind is Kind.LANGUAGE:
        return _LEARNS.search(text) is not None
    if kind is Kind.INDIVIDUAL_CASE:
        return not is_of_claim(text)
    if kind is Kind.CLOSURE_APPOINTMENT:
        return not is_disrupted(text)  # else somebody may be kept from it
    return kind in _CIRCUMSTANCES
