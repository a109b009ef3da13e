"""What plain words settle of people: their claims, their records, and whom they want."""

from __future__ import annotations

import re

from bot.jobcentre.background import is_disrupted
from bot.jobcentre.clauses import asks
from bot.jobcentre.gazetteer import PlaceKind
from bot.jobcentre.intent import CERTAIN, FOR_OTHERS, LIKELY, NOT_HEARD, OF_OPENING, SURE
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import find_matter
from bot.jobcentre.question import Clause, Thread, Utterance
from bot.jobcentre.topics import find_topics
from bot.jobcentre.words import (
    APPOINTMENT,
    CANNOT_GET_THERE,
    OF_ATTENDING,
    OPENING,
    TELLS_OF_CLOSING,
    speaks_of_foi,
    wants_statistics,
)

_NOT_OF_GETTING_THERE = frozenset(
    {"ask_politics", "ask_other_service", "nlu_fallback", "out_of_scope", "complain", "ask_contact"}
)
"""What the reason that somebody gives, a strike say, is taken for."""
_NOT_OF_RECORDS = frozenset(
    {"ask_individual_case", "ask_closures", "ask_benefit_info", "ask_politics", "out_of_scope", "nlu_fallback"}
)
"""What a question for figures is taken for."""
_WHO_DEALS = re.compile(
    r"\b(?:who|which (?:lot|people|team))\b\W+(?:does|deals|handles?|runs|pays|sorts|looks after)\b", re.IGNORECASE
)
_WHO_TO_TELL = re.compile(
    r"\b(?:who|pwy)\b.*\b(?:tell|let know|inform|ring|call|contact|phone|ask|ddweud|ddeud|ffonio|gysylltu)\b",
    re.IGNORECASE,
)
_HAS_APPOINTMENT = re.compile(
    r"\b(?:have|has|having|i'?ve|got|there'?s|my|his|her|an?|due|mae gen|mae gan|gyda|apwyntiad)\b[^.?!]{0,25}"
    r"\b(?:appointments?|appts?|interview|h?apwyntiad|nghyfweliad|cyfweliad)\b",
    re.IGNORECASE,
)
_OF_THE_CLAIM = re.compile(
    r"\b(?:miss(?:ed|ing)?|chang\w+|re-?arrang\w+|re-?schedul\w+|cancel\w*|mov(?:e|ed|ing)|book\w*|late|sanction\w*|claim"
    r"|shift\w*|swap\w*|switch\w*|postpon\w*|push(?:ed|ing)?|forg[eo]t\w*|(?:over)?slept"
    r"|(?:what time|when|(?:what|which) day)(?:[’']?s| is| are)? (?:my|his|her|our)"
    r"|(?:have|do) (?:i|we|they) (?:\w+ )?(?:got|have) an|(?:over|on|by) the phone|by phone"
    r"|online instead|dros y ff[oô]n"
    r"|payment|money|coach said|letter|why|colli|collais|newid|aildrefnu|canslo|symud|hwyr|hawliad|arian|taliad"
    r"|anghofi\w+|gohirio)\b",
    re.IGNORECASE,
)
"""What makes an appointment a matter of somebody's own claim, and not only of the office's door."""
_WANTS_PERSON = re.compile(
    r"\b(?:i\s+(?:need|want|wanna\s+have)|(?:get|give|find)\s+me|put\s+me\s+(?:on\s+to|through\s+to))\s+(?:an?\s+)?(?:real\s+|actual\s+|live\s+)*"
    r"(?:person|human|human being|adviser|advisor)\b"
    r"|\b(?:talk|speak|chat|spk|siarad)\s+(?:to|with|wi|â|efo|gyda)\s+(?:an?\s+|some\s+|y\s+)?(?:real\s+|actual\s+)?"
    r"(?:someone|some1|somebody|any(?:one|body)|person|human|adviser|advisor|member of staff|rhywun|pherson|berson)\b",
    re.IGNORECASE,
)
_WANTS_HUMAN = re.compile(
    r"\b(?:talk|speak|chat|spk|deal|put|get|have|find|want|need)\b[^.?!]{0,30}?"
    r"\b(?:human(?: being)?s?"
    r"|(?:real|actual|live|proper|living) (?:life )?(?:person|people|human|someone|somebody|adviser|advisor)"
    r"|(?:someone|somebody|person|some1|anyone) (?:real|human|in the flesh)|not a (?:bot|robot|machine))\b"
    r"|\bsiarad\b[^.?!]{0,20}\b(?:rhywun|person|berson) (?:go iawn|byw)\b"
    r"|\b(?:can|could|will|would|may)\b[^.?!]{0,10}\b(?:someone|somebody|some1|anyone) (?:real|human|actual|proper)\b",
    re.IGNORECASE,
)
"""A human is asked for by that name: not only somebody on a line."""
_OF_SANCTION = re.compile(r"\bsan[cks]+t?i?\w*", re.IGNORECASE)
_OF_THEIRS = re.compile(
    r"\b(?:my|his|her|our|their)\s+(?:\w+\s+){0,2}?(?:claim|payments?|money|sanction|award|advance|appeal|assessment"
    r"|(?:over|under)payment|(?:fit|sick) ?note|journal|work coach|tax credits?|arrears|decision|deductions?"
    r"|uc|universal credit|jsa|esa|pip|dla|pension|self[- ]employed figures)\b"
    r"|\b(?:off|owe[sd]?|paid|pay|paying) (?:me|us)\b"
    r"|\bno (?:money|pay(?:ment)?)\b.{0,20}\b(?:today|tonight|yet|again|this (?:week|month|morning))\b"
    r"|\b(?:i'?m|i am|am i|we'?re|are we) (?:not )?(?:eligible|entitled)\b"
    r"|\b(?:fy|ein) (?:nghais|hawliad|nhaliad|arian|mudd-?dal|nghyfrif|apwyntiad|nyddlyfr|sancsiwn|mhensiwn)\b"
    r"|\bmhres\b|\b(?:pres|arian|claim|taliad|payment|pensiwn|apwyntiad|cyfri) fi\b",
    re.IGNORECASE,
)
"""Somebody's own dealings with DWP, where nothing else was understood."""
_OF_ONESELF = re.compile(
    r"\b(?:about|on|concerning|regarding|of) (?:me|myself)\b"
    r"|\bmy (?:own )?(?:\w+ )?(?:files?|records?|notes|data|calls?|history|personal \w+)\b"
    r"|\bnotes (?:that )?my \w+ (?:keeps?|has|holds?|wrote|writes?|made|makes?)\b"
    r"|\b(?:amdana ?i|amdanaf(?: i)?|arna ?i|arnaf(?: i)?|fy (?:\w+ )?(?:ffeil|nodiadau|nghofnodion|data|ngalwadau))\b",
    re.IGNORECASE,
)
"""Records that are kept on whoever asks for them."""
_HELD_BY_US = re.compile(
    r"\b(?:e-?mails|records|documents|minutes|papers|correspondence|reports) (?:that |which )?(?:the )?"
    r"(?:dwp|department|you) (?:hold|has|have|keep)s?\b",
    re.IGNORECASE,
)
"""Papers of the department, by what they are about."""
_ONLY_THANKS = re.compile(
    r"\W*(?:(?:ok|okay|oh|ah|right|great|lovely|grand|iawn)\W+)*"
    r"(?:thanks|thank you|thank u|thx|ta|cheers|diolch)\b(?!.*\?)",
    re.IGNORECASE,
)
"""Thanks, and what somebody goes on to do."""
_THANKS = re.compile(
    r"\W*(?:thanks|thank you|thx|ta|cheers|diolch)\b(?: \w+){0,3}? (?:for|am) (?:sorting|fixing|helping|dealing|all"
    r"|your help|ddatrys|helpu|sortio|eich help)\b(?!.*(?:\?|\b(?:but|not|still|ond)\b))",
    re.IGNORECASE,
)
"""Thanks for what was done about a claim."""
_OF_MESSAGES = re.compile(
    r"\b(?:messag\w*|texts?|texting|dms?|repl(?:y|ies|ying)|contact\w*|notifications?|unsubscribe|opt(?:ing)? out"
    r"|(?:hear|hearing) from|writ(?:e|ing)|send\w*|account|inbox|phone|list|gyrru|d?anfon|ha?la|hela|neges\w*"
    r"|[dt]ecst\w*|ateb\w*|ymateb|ch?ysylltu|(?:c|g|ch)lyw[ae]d|rhestr|rhain)\b",
    re.IGNORECASE,
)
_STOPS_OTHERS = re.compile(
    r"\b(?:stop|halt|end|quit|kill|stopi(?:wch|a|o)?)\W+(?:(?:being|all|every|the|your|those|pob|y|yr)\W+)*"
    r"(?:a |an )?(?:bots?|robots?|machines?|computers?|systems?|servers?|programs?|process\w*|count\w*|world|strikes?"
    r"|peiriant|peiriannau)\b",
    re.IGNORECASE,
)
"""Something else than messages to them."""
_BEYOND_DOUBT = 0.98
_STOP_WORDS = 6
"""Of a message that wants no more, at most; twice as many where that is beyond doubt."""


def plain_of_claims(clause: Clause, utterance: Utterance) -> str | None:
    """Whether it is a matter of somebody's own claim, which is never discussed."""
    text, intent = clause.text, clause.intent
    if intent == "ask_after_somebody" and find_topics(text) and _WHO_DEALS.search(text):
        return "ask_contact"
    if intent in NOT_HEARD and _OF_THEIRS.search(text) and not CANNOT_GET_THERE.search(text):
        return "ask_individual_case"
    if intent == "ask_individual_case" and OF_ATTENDING.search(text) and _is_beside_closing(clause, utterance):
        return "ask_closure_appointment"  # the disrupted office wins (contract, rule 2)
    if intent == "ask_individual_case" and "bereavement" in utterance.topics and _WHO_TO_TELL.search(text):
        return "ask_contact"
    if intent in ("ask_contact", "ask_own_data") and _OFFERS_DETAILS.search(text):
        return "ask_individual_case"
    if intent == "ask_closure_appointment" and _UNWELL.search(utterance.text) and not OPENING.search(text):
        return "ask_individual_case"
    if intent == "ask_closure_appointment" and _MEANT_TO_BE.search(text) and not is_disrupted(utterance.text):
        return "ask_individual_case"
    if intent == "ask_closure_appointment" and _leads_up_to_case(clause, utterance):
        return "ask_individual_case"
    if intent == "ask_individual_case" and _THANKS.match(text):
        return "thank"
    return None


_MAY_GET = re.compile(
    r"\b(?:do|can|could|will|would) (?:i|we|you|people|folk) (?:\w+ )?(?:get|claim)\b|\bentitled\b"
    r"|\b(?:ga|alla) i gael\b",
    re.IGNORECASE,
)
"""Asks for a benefit, whatever it is wanted for."""
_MEANT_TO_BE = re.compile(
    r"\bwas (?:i|we|he|she) (?:meant|supposed|due) to\b"
    r"|\b(?:it[’']?s|it was|it is|money|payment) (?:meant|supposed|due) to (?:be|go) in\b",
    re.IGNORECASE,
)
"""What was arranged with them, or is due to them: "was I meant to sign", "it's meant to be in by midnight"."""
_OFFERS_DETAILS = re.compile(
    r"\b(?:(?:i[’']?ll|i will|i can|can i|shall i|let me|want me to)\W+)(?:just )?(?:give|send|tell|dm|text|show) "
    r"(?:you|u|ya|ye|yous) (?:my|the|his|her|our)\b"
    r"|\b(?:mi|fe) (?:ro|rof|rodda|anfona|wna) ?i (?:chi )?(?:fy|y)\b",
    re.IGNORECASE,
)
"""Somebody would have us look at their claim."""
_UNWELL = re.compile(
    r"\b(?:i[’']?m|i am|been|feel\w*|s?he[’']?s|is) (?:\w+ )?(?:ill|sick|poorly|unwell)\b"
    r"|\b(?:in|at) (?:the )?hospital\b"
    r"|\b(?:flu|covid|migraines?|norovirus|vomiting|throwing up|chest infection|tonsillitis"
    r"|(?:bad|dodgy|upset) (?:belly|stomach|tummy|back)|sick bug|stomach bug|food poisoning"
    r"|ffliw|cofid|meigryn|chwydu)\b"
    r"|\b(?:yn|[’']n) (?:sâl|sal|dost|anhwylus)\b|\bysbyty\b",
    re.IGNORECASE,
)
"""Why somebody cannot come that has nothing to do with the office."""


def _leads_up_to_case(clause: Clause, utterance: Utterance) -> bool:
    """Whether it tells of an appointment, of no shut door or road, and something of a claim is asked beside it."""
    is_asked = any(o.intent == "ask_individual_case" and asks(o.text) for o in utterance.clauses if o != clause)
    return is_asked and not asks(clause.text) and not is_disrupted(utterance.text)


def _is_beside_closing(clause: Clause, utterance: Utterance) -> bool:
    others = [other for other in utterance.clauses if other.start != clause.start and other.intent in OF_OPENING]
    return any(TELLS_OF_CLOSING.fullmatch(other.text) for other in others)


_THE_OTHER = re.compile(
    r"\b(?:the (?:other|one)|(?:y|yr|['’]r) (?:llall|un))\b(?!.*\b(?:in|at|near|on|yn|ger)\b)", re.IGNORECASE
)


def _tells_nothing(utterance: Utterance, thread: Thread) -> bool:
    """A "1" to no list, "the other one" of none, or a benefit that completes no question: it names neither place nor
    day."""
    is_placed = any(place.kind is not PlaceKind.NATION for place in utterance.places)
    is_bare = not (is_placed or utterance.days or utterance.impossible_days)
    is_new = thread.kind is None and not thread.asked
    is_number = thread.kind is None and not any(letter.isalpha() for letter in utterance.text)
    points_at_nothing = is_new and _THE_OTHER.search(utterance.text) and not OPENING.search(utterance.text)
    return is_bare and bool(utterance.topics or is_number or points_at_nothing)


def plain_of_people(clause: Clause, utterance: Utterance, thread: Thread) -> str | None:
    """What it asks of us, or says of themselves."""
    text, intent, is_certain = clause.text, clause.intent, clause.confidence >= CERTAIN
    if intent == "inform" and _tells_nothing(utterance, thread):
        return "nlu_fallback"
    if intent == "ask_jobs" and utterance.topics and _MAY_GET.search(text):
        return "ask_benefit_info"  # "do I get JSA while I look"
    if of_records := _plain_of_records(clause):
        return of_records
    is_kept = CANNOT_GET_THERE.search(text) and (intent in _NOT_OF_GETTING_THERE or _is_faint_report(clause))
    is_to_tell = intent == "ask_contact" and _WHO_TO_TELL.search(text) and CANNOT_GET_THERE.search(utterance.text)
    if is_kept or is_to_tell:
        return "ask_closure_appointment"
    if intent == "ask_closure_appointment" and _is_beside_opening(clause, utterance):
        return "nlu_fallback"
    if intent in ("ask_individual_case", "nlu_fallback") and not is_certain and _tells_appointment(text, utterance):
        return "ask_closure_appointment"
    if intent == "ask_for_person" and (other := _of_no_person(text, utterance)):
        return other
    if _asks_for_person(intent, clause.confidence, text):
        return "ask_for_person"
    if intent == "stop" and not _wants_no_more(clause, utterance):
        return "ask_individual_case" if _OF_THEIRS.search(text) else "nlu_fallback"
    return _plain_of_nothing(clause) if intent == "out_of_scope" else None


def _is_faint_report(clause: Clause) -> bool:
    """Whether it was hardly heard to report a state: who cannot come tells nothing of a door."""
    return clause.intent == "report_wrong_information" and clause.confidence < SURE


def _plain_of_records(clause: Clause) -> str | None:
    """Whether records are asked for, and whose."""
    text, intent = clause.text, clause.intent
    is_praise = intent == "give_feedback" and (clause.confidence >= SURE or _THANKS.match(text))
    if intent in ("ask_foi", "give_feedback") and _OF_ONESELF.search(text) and not is_praise:
        return "ask_own_data"  # whichever Act they name
    is_of_figures = intent in _NOT_OF_RECORDS and wants_statistics(text)
    is_named = speaks_of_foi(text) or (_HELD_BY_US.search(text) and not _OF_ONESELF.search(text))
    is_of_act = is_named and intent in ("ask_contact", "ask_office_contact", "ask_office", "nlu_fallback")
    return "ask_foi" if is_of_figures or is_of_act else None


def _plain_of_nothing(clause: Clause) -> str | None:
    """Of what sounds like nothing of ours: thanks, and what is too short to tell."""
    if _ONLY_THANKS.match(clause.text):
        return "thank"
    return "nlu_fallback" if len(clause.text.split()) <= 2 and clause.confidence < SURE else None


def _asks_for_person(intent: str, confidence: float, text: str) -> bool:
    """Whether it asks for a person, and not for a line that has people on it."""
    if intent in ("nlu_fallback", "ask_individual_case") and _wants_person(text):
        return True
    if intent == "ask_contact" and find_topics(text) and (confidence >= CERTAIN or _BY_PHONE.search(text)):
        return False  # "get hold of a human at PIP by telephone"
    return intent in _NOT_FOR_PERSON and bool(_WANTS_HUMAN.search(text))


_BY_PHONE = re.compile(r"\b(?:tele)?phone\b|\bphoning\b|\bring(?:ing)?\b|\bline\b|\bff[oô]n\w*", re.IGNORECASE)
_NOT_FOR_PERSON = frozenset({"ask_contact", "ask_individual_case", "ask_benefit_info", "nlu_fallback"})
"""What a wish for a human is taken for."""
_TO_RING = re.compile(
    r"\b(?:some(?:one|body|1)|any(?:one|body)|person) (?:that |who )?(?:i|we|she|he|they) (?:can|could|may|might)"
    r" (?:ring|phone|call|telephone)\b"
    r"|\brhywun (?:alla|fedra|gall|gallaf) (?:i|ni|hi|o|e) (?:ei )?ff[oô]nio\b",
    re.IGNORECASE,
)
"""A line with people on it is wanted, and nobody who writes here."""


def _of_no_person(text: str, utterance: Utterance) -> str | None:
    """What is wanted where "somebody" is whoever answers a line, or explains a benefit."""
    if _TO_RING.search(text):
        return "ask_contact"
    if _IN_PERSON.search(text) and not _WITH_SOMEBODY.search(text):
        return "ask_office"
    if _WHO_SPEAKS_IT.search(text):
        return "ask_language"
    return "ask_benefit_info" if utterance.topics and _TO_EXPLAIN.search(text) else None


_IN_PERSON = re.compile(r"\bin person\b|\bface[- ]?(?:to|2)[- ]?face\b|\bwyneb yn wyneb\b", re.IGNORECASE)
"""By going there, and not a person who answers here."""
_WITH_SOMEBODY = re.compile(
    r"\b(?:speak|talk|chat|see|meet|some(?:one|body|1)|any(?:one|body)|human|advis[eo]r|staff|siarad|gweld|rhywun)\b",
    re.IGNORECASE,
)
_WHO_SPEAKS_IT = re.compile(
    r"\b(?:some(?:one|body|1)|any(?:one|body)|person|people|adviser|staff)(?: (?:there|here))? (?:who |that )?"
    r"(?:can |could )?(?:speaks?|talks?) (?:it|that|her|his|our|my|their|welsh|\w+(?:ish|ese|ic|ian|ali|jabi|du))\b"
    r"|\brhywun sy['’]n (?:gallu )?siarad\b",
    re.IGNORECASE,
)
_TO_EXPLAIN = re.compile(
    r"\b(?:can|could|will|would) (?:some(?:one|body|1)|any(?:one|body)) (?:please )?"
    r"(?:explain|tell me (?:what|how|about))\b"
    r"|\b(?:all|allai|fedr|fedrai) (?:rywun|unrhyw un) (?:esbonio|egluro|ddweud wrth(?:a i|yf) (?:beth|sut|am))\b",
    re.IGNORECASE,
)
"""A thing to be explained, whoever does it."""


def _wants_person(text: str) -> bool:
    """Whether a person is asked for, and not by an official, or for somebody else's sake."""
    return bool(_WANTS_PERSON.search(text)) and find_matter(Kind.INDIVIDUAL_CASE, text) not in FOR_OTHERS


def _is_beside_opening(clause: Clause, utterance: Utterance) -> bool:
    """Whether it tells of a shut door, beside the question whether that is open, and of no appointment."""
    asks_opening = any(other.intent == "ask_opening" for other in utterance.clauses if other != clause)
    is_of_attending = any(pattern.search(clause.text) for pattern in (APPOINTMENT, _OF_SANCTION, OF_ATTENDING))
    return asks_opening and not (is_of_attending or CANNOT_GET_THERE.search(utterance.text))


def _tells_appointment(text: str, utterance: Utterance) -> bool:
    """ "I've an appointment at Bangor tomorrow": whether its door will be open, and nothing of the claim."""
    is_to_come = utterance.places or any(not day.past for day in utterance.days)
    is_theirs = _OF_THE_CLAIM.search(utterance.text) or _UNWELL.search(utterance.text)
    return bool(is_to_come and _HAS_APPOINTMENT.search(text) and not is_theirs)


def _wants_no_more(clause: Clause, utterance: Utterance) -> bool:
    """Whether "stop" is all that is said: "does his pension stop" is a question about a pension. Few words, or of
    messages, or surely heard."""
    if find_topics(clause.text) or _OF_THEIRS.search(clause.text) or _STOPS_OTHERS.search(clause.text):
        return False
    says_more = any(other.intent != "stop" for other in utterance.clauses)
    if _OF_MESSAGES.search(clause.text):
        return clause.confidence >= (CERTAIN if says_more else LIKELY)
    if says_more:
        return False
    is_short = len(clause.text.split()) <= (_STOP_WORDS if clause.confidence < _BEYOND_DOUBT else 2 * _STOP_WORDS)
    return is_short and clause.confidence >= SURE and "?" not in clause.text
