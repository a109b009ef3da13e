"""What the pipeline's intents mean: the kind of each, and those that plain words settle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.jobcentre.background import is_disrupted
from bot.jobcentre.choice import named_among, pointed_at
from bot.jobcentre.clauses import asks
from bot.jobcentre.contradiction import contradicts
from bot.jobcentre.dates import DayMention
from bot.jobcentre.gazetteer import PlaceKind
from bot.jobcentre.kinds import Kind
from bot.jobcentre.masks import PLACE, masked
from bot.jobcentre.matters import find_matter
from bot.jobcentre.question import Clause, Thread, Utterance
from bot.jobcentre.somebody import asks_after_somebody
from bot.jobcentre.topics import find_topics
from bot.jobcentre.words import (
    APPOINTMENT,
    ASKS_FOR_HOURS,
    ASKS_TIME_OF_DAY,
    ASKS_WHERE,
    ELSEWHERE_WORDS,
    EVERY_DAY,
    FACILITIES,
    FOR_GOOD,
    LINE,
    NO_INTERNET,
    NO_PHONE,
    OFFICE_WORDS,
    REOPENS,
    SAME_DAY,
    SAME_TIME,
    TELLS_OF_CLOSING,
    THE_ONE_IN,
    WHEREABOUTS,
    speaks_of_foi,
    wants_statistics,
)

KIND_OF_INTENT: dict[str, Kind] = {
    "ask_opening": Kind.OFFICE_OPEN,
    "ask_hours": Kind.OFFICE_HOURS,
    "ask_closures": Kind.OFFICE_CLOSURES,
    "ask_office": Kind.OFFICE_FIND,
    "ask_office_contact": Kind.OFFICE_CONTACT,
    "ask_facilities": Kind.OFFICE_FACILITIES,
    "ask_closure_appointment": Kind.CLOSURE_APPOINTMENT,
    "ask_contact": Kind.CONTACT_DWP,
    "ask_benefit_info": Kind.BENEFIT_INFO,
    "ask_foi": Kind.FOI,
    "ask_own_data": Kind.DATA_REQUEST,
    "complain": Kind.COMPLAINT,
    "give_feedback": Kind.FEEDBACK,
    "report_wrong_information": Kind.WRONG_INFORMATION,
    "ask_press": Kind.PRESS,
    "ask_jobs": Kind.JOBS,
    "ask_about_assistant": Kind.ABOUT,
    "ask_language": Kind.LANGUAGE,
    "ask_other_service": Kind.OTHER_SERVICE,
    "ask_scam": Kind.SCAM,
    "ask_individual_case": Kind.INDIVIDUAL_CASE,
    "ask_after_somebody": Kind.INDIVIDUAL_CASE,
    "ask_as_official": Kind.INDIVIDUAL_CASE,
    "report_stray_letter": Kind.INDIVIDUAL_CASE,
    "ask_to_post": Kind.ABOUT,
    "ask_politics": Kind.POLITICS,
    "insult": Kind.ABUSE,
    "insult_a_group": Kind.ABUSE,
    "ask_for_person": Kind.HANDOFF,
    "stop": Kind.STOP,
    "greet": Kind.GREETING,
    "thank": Kind.THANKS,
    "goodbye": Kind.GOODBYE,
    "out_of_scope": Kind.OFF_TOPIC,
    "report_crisis_life": Kind.CRISIS_LIFE,
    "report_crisis_abuse": Kind.CRISIS_ABUSE,
    "report_crisis_hardship": Kind.CRISIS_HARDSHIP,
    "report_child_at_risk": Kind.CRISIS_LIFE,
    "threaten": Kind.ABUSE,
    "ask_further": Kind.UNCLEAR,
    "nlu_fallback": Kind.UNCLEAR,
}
OTHER_PERSON = "other_person"
POSTING = "posting"
"""What is wanted of our page, or with theirs."""
MATTER_OF_INTENT = {
    "ask_after_somebody": OTHER_PERSON,
    "ask_as_official": "official",
    "report_stray_letter": "letter",
    "ask_to_post": POSTING,
}
"""Intents that say more than their kind."""
FURTHER = "ask_further"
"""The intent of what asks of something that it does not name: "will they tell him", "and if that doesn't work"."""
# Intents that only make sense beside what was said before.
FOLLOW_UPS = frozenset({"inform", "affirm", "deny", "cancel", "ask_repeat"})
_NOT_OF_GETTING_THERE = frozenset(
    {"ask_politics", "ask_other_service", "nlu_fallback", "out_of_scope", "complain", "ask_contact"}
)
"""What the reason that somebody gives, a strike say, is taken for."""
_OF_OPENING = frozenset({"ask_opening", "ask_hours", "ask_closures"})
_STATES = (Kind.OFFICE_OPEN, Kind.OFFICE_HOURS, Kind.OFFICE_CLOSURES)
_NOT_OF_PEOPLE = frozenset(
    {"ask_opening", "ask_hours", "ask_closures", "ask_office", "ask_benefit_info", "nlu_fallback", "out_of_scope"}
)
"""What a question after somebody is taken for."""
_NOT_OF_RECORDS = frozenset(
    {"ask_individual_case", "ask_closures", "ask_benefit_info", "ask_politics", "out_of_scope", "nlu_fallback"}
)
"""What a question for figures is taken for."""
_CANNOT_GET_THERE = re.compile(
    r"\b(?:can(?: ?no)?[’']?t|cannot|wo ?n[’']?t|will not|could ?n[’']?t|unable to|(?:not able|no way|struggling|gonna "
    r"struggle) to)\s+(?:be able to\s+)?(?:get (?:to|there|in|into|down|over|out)|make (?:it|my|the|an?)|come|reach"
    r"|attend|travel|be there|drive|go)\b"
    r"|\b(?:methu|ddim yn gallu|alla i ddim|fedra i ddim|galla i ddim)\s+(?:â\s+)?(?:cyrraedd|dod|dwad|mynd|teithio)\b",
    re.IGNORECASE,
)
"""They are expected somewhere and will not be there."""
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
_ASKS_FOR_LIST = re.compile(
    r"\b(?:[ao]ny(?! (?:use|good|better|chance|odds))\w*|which|(?:what|wot)\w*|where|why|how (?:come|long)|reason|all"
    r"|every\w*|rest|whole|are there (?:more|others)|offices|job ?cent(?:re|er)s|branches|places|closures?|list"
    r"|disrupt\w*|affected|problems?|news|r[wh]+beth|updates?"
    r"|unrhyw\w*|pa|pam|am faint|rheswm|beth|be|rhywle|rhywbeth|rhestr|swyddfeydd|canolfannau|trafferth\w*)\b",
    re.IGNORECASE,
)
"""More than whether one place is open: which are not, or why."""
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
_OF_ATTENDING = re.compile(
    r"\b(?:sign(?:ing|ed)?|appointments?|appts?|interview|coach|attend|come|sanction\w*|turn(?:ing|ed)? up"
    r"|still (?:go|goes|stands?|on)\b|(?:do|should|shall) (?:i|we) (?:bother )?(?:go|set off|head)"
    r"|due (?:in|there|at)|miss (?:my|it)\b|my \d{1,2}(?:[.:]\d\d)?(?: o[’']?clock)?|what (?:do|should|shall|can) i do"
    r"|fod (?:efo|gyda|yna|yno|mewn)\b"
    r"|se?inio|seino|arwyddo|h?apwyntiad\w*|nghyfweliad|sancsiwn|dod)\b",
    re.IGNORECASE,
)
"""What somebody asks of who finds the office shut."""
_OF_SANCTION = re.compile(r"\bsan[cks]+t?i?\w*", re.IGNORECASE)
FOR_PEOPLE = ("official", "letter")
"""Matters that are passed to people here at once."""
FOR_OTHERS = (*FOR_PEOPLE, "representative", OTHER_PERSON)
_OPENING = re.compile(r"\b(?:open\w*|clos\w+|shut\w*|hours|times?|agor\w*|ar gau|cau|oriau)\b", re.IGNORECASE)
_OF_THE_LINE = re.compile(r"\b(?:lines?|number|phone|helpline|l?linell|rh?if|ff[oô]n)\b", re.IGNORECASE)
_WAY_THERE = re.compile(
    r"\b(?:how|which (?:bus|train|way))\b.*\b(?:get|go|walk|drive)\b.*\b(?:there|it|to (?:you|u))\b|\bdirections\b"
    r"|\bsut\b.*\b(?:cyrraedd|mynd)\b",
    re.IGNORECASE,
)
_WHEN_IT_OPENS = re.compile(
    r"\b(?:when|what time) (?!.*\b(?:next|re-?open|back|again)\b).*\b(?:opens?|closes?|shuts?)$", re.IGNORECASE
)
"""With a place between them, and nothing of a day."""
_CLOSES_AT = re.compile(
    r"\b(?:what|wat|wot|when)\b(?: time)? (?:do|does|d['’]?)\W*(?:they|it|you|u|ya|yous|ye|\w+)"
    r" (?:close|shut|lock up|open)(?: at)?\W*$",
    re.IGNORECASE,
)
_HOLIDAYS = re.compile(r"\b(?:bank (?:holidays|hols)|(?:g?wyliau|wyl[iy]a) banc)\b", re.IGNORECASE)
"""All of them, and not the one that is next."""
_ASKS_IF_OPEN = re.compile(
    r"\b(?:is|are|r|will|ydy|ydi|fydd|ydyn)\b.*\b(?:open|clos(?:ed|ing)|shut|agor|gau)\b", re.IGNORECASE
)
_STRIKE_OF_TRANSPORT = re.compile(
    r"\b(?:bus(?:es)?|trains?|rail|tube|trams?|metro|ferry|bysus?|trên|trenau)\b.{0,20}\bstri[ck]\w*"
    r"|\bstrei[ck]\w*\b.{0,20}\b(?:bysus?|trên|trenau)\b",
    re.IGNORECASE,
)
_OPEN_OR_SHUT = re.compile(r"\b(?:opened|open|closed|shut|agor|agored|ar gau|wedi cau)\b", re.IGNORECASE)
DETAILS = {
    Kind.OFFICE_FIND: re.compile(
        r"\b(?<!mail )(?:address|postcode|[cg]h?yfeiriad(?! e-?bost)|nghyfeiriad(?! e-?bost)|cod post)\b", re.IGNORECASE
    ),
    Kind.OFFICE_CONTACT: re.compile(r"\b(?:phone|tele?phone|tel|number|e-?mail|ff[oô]n|e-?bost)\b", re.IGNORECASE),
    Kind.OFFICE_HOURS: re.compile(r"\b(?:hours|(?:opening|open) (?:times|hours)|times|ori(?:au|a|e))\b", re.IGNORECASE),
}
"""What people list of an office in one breath."""
ASIDE = (Kind.POLITICS, Kind.OFF_TOPIC, Kind.FEEDBACK, Kind.ABUSE, Kind.PRESS, Kind.SCAM)
"""Kinds that a stray sentence beside a question is soon taken for."""
ASIDE_SURE = 0.65
_OF_THEIRS = re.compile(
    r"\b(?:my|his|her|our|their)\s+(?:\w+\s+){0,2}?(?:claim|payments?|money|sanction|award|advance|appeal|assessment"
    r"|(?:over|under)payment|(?:fit|sick) ?note|journal|work coach|tax credits?|arrears|decision|deductions?"
    r"|uc|universal credit|jsa|esa|pip|dla|pension|self[- ]employed figures)\b"
    r"|\b(?:off|owe[sd]?|paid|pay|paying) (?:me|us)\b"
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
_NOT_HEARD = frozenset({"nlu_fallback", "out_of_scope"})
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
_SENDS_PEOPLE = re.compile(
    r"\b(?:send(?:ing)?|call(?:ing)?|ring(?:ing)?|tell(?:ing)?|get(?:ting)?|a?gyrru|d?anfon|hala|galw|ffonio"
    r"|d?weud wrth)\W+(?:for |â |am )?(?:(?:the|an?|yr?) )?"
    r"(?:any(?:one|body)|some(?:one|body)|nobody|no ?one|people|police|cops|ambulance|help|doctor|neb"
    r"|unrhyw un|rhywun|heddlu|ambiwlans|meddyg)\b",
    re.IGNORECASE,
)


def wants_nobody_sent(clause: Clause) -> bool:
    """Whether what sounds like a "stop" is of people and not of messages: "don't send anyone"."""
    return clause.intent == "stop" and _SENDS_PEOPLE.search(clause.text) is not None


_STOP_WORDS = 6
_FEW_WORDS = 3
_FAINTEST = 0.3
_LIKELY = 0.6
_SURE = 0.8
_CERTAIN = 0.9
_BEYOND_DOUBT = 0.98


def settled(clause: Clause, utterance: Utterance, thread: Thread) -> Clause:
    """The clause with the intent that plain words settle where the classifier's border is thin."""
    if clause.intent == FURTHER:
        clause = replace(clause, intent=_plain_of_further(clause, utterance, thread))
    intent = _plain(clause, utterance, thread)
    return replace(_widened(clause, utterance) if intent == "inform" else clause, intent=intent)


def _widened(clause: Clause, utterance: Utterance) -> Clause:
    """The clause; all of the message where it was hardly heard in it, for what it says may stand before."""
    is_stray = clause.confidence < _FAINTEST
    return replace(clause, text=utterance.text, start=0, end=len(utterance.text)) if is_stray else clause


def _plain_of_further(clause: Clause, utterance: Utterance, thread: Thread) -> str:
    """ "Where would that be" asks for an office, beside a place; "same again tomorrow" what was asked before."""
    if ASKS_WHERE.search(clause.text) and utterance.places:
        return "ask_office"
    is_of_office = thread.kind is not None and thread.kind.is_about_offices and bool(thread.offices)
    if is_of_office and ELSEWHERE_WORDS.search(clause.text):
        return "ask_office"
    if is_of_office and _ASKS_IF_OPEN.search(clause.text):
        return "ask_opening"
    if is_of_office and _WHICH_OTHERS.search(clause.text):
        return "ask_office"
    is_named = utterance.places or any(not day.past for day in utterance.days)
    return "inform" if is_named and is_of_office else "nlu_fallback"


_WHICH_OTHERS = re.compile(
    r"\b(?:which|what|any|how many)\b.{0,20}\bothers?\b.{0,20}\b(?:you|u|ya|yous|there)\b|\bpa rai eraill\b",
    re.IGNORECASE,
)
"""Asks for the list of offices."""


def _plain(clause: Clause, utterance: Utterance, thread: Thread) -> str:
    return (
        _plain_of_lateness(clause)
        or _plain_of_thread(clause, utterance, thread)
        or _plain_of_offices(clause, utterance, thread)
        or _plain_of_claims(clause, utterance)
        or _plain_of_people(clause, utterance, thread)
        or clause.intent
    )


def _plain_of_lateness(clause: Clause) -> str | None:
    """Who will be late speaks of their own appointment, and not of how late an office is open."""
    is_of_them = _RUNS_LATE.search(clause.text) and not _OPENING.search(clause.text)
    return "ask_individual_case" if is_of_them and clause.intent in _HEARD_OF_LATENESS else None


def _plain_of_thread(clause: Clause, utterance: Utterance, thread: Thread) -> str | None:
    """What words that say little alone ask of what the conversation is about."""
    if contradicts(clause, utterance, thread):
        return "report_wrong_information"
    if clause.intent == "ask_other_service" and thread.offices and _compares_hours(clause.text):
        return "ask_hours"
    if _takes_up(clause, utterance, thread):
        return "inform"
    if thread.offices and utterance.days_in(clause) and SAME_TIME.search(clause.text) and clause.confidence < _SURE:
        return "ask_opening"
    if clause.intent in _NOT_OF_PEOPLE and asks_after_somebody(clause, utterance):
        return "ask_individual_case"  # whoever it is, and whatever was spoken of
    if clause.intent == "report_wrong_information" and thread.offices and _only_names(clause.text):
        return _only_detail(clause.text)
    if clause.intent not in _NOT_HEARD:
        return None
    return _plain_of_unheard(clause, utterance, thread) or ("ask_contact" if _only_tells_of_death(utterance) else None)


def _only_tells_of_death(utterance: Utterance) -> bool:
    """Whether they say that somebody has died, and nothing else was heard: whom to tell is what they need."""
    kinds = [KIND_OF_INTENT.get(c.intent) for c in utterance.clauses if c.intent not in _NOT_HEARD]
    return "bereavement" in utterance.topics and all(kind and kind.is_small_talk for kind in kinds)


_NEVER_MIND = re.compile(
    r"\W*(?:(?:na|ok|iawn|o)\W+)?(?:paid|peid\w*)\W+(?:(?:â|a|ag)\W+)?ph?oeni\b(?!.*\?)"
    r"|\W*(?:(?:na|ok|iawn|o)\W+)?(?:(?:does )?dim ots|anghofi\w+ (?:o|fo|amdano\w*|am y peth))\b(?!.*\?)",
    re.IGNORECASE,
)
"""What was asked for is wanted no more, as Welsh has it."""


def _plain_of_unheard(clause: Clause, utterance: Utterance, thread: Thread) -> str | None:
    """What was heard as nothing of ours, of the service or office that was spoken of."""
    if _NEVER_MIND.match(clause.text):
        return "cancel"
    if _is_of_service_spoken_of(thread) and NO_INTERNET.search(clause.text):
        return "ask_contact"  # by another way than the page that was told
    if clause.intent != "nlu_fallback":
        return None
    is_of_line = thread.kind is Kind.CONTACT_DWP and bool(thread.topics)
    if is_of_line and (_OF_THE_LINE.search(clause.text) or utterance.places):
        return "ask_contact"  # "he's in Inverness if that changes things"
    if not thread.offices:
        return None
    if _HOW_TO_TELL.search(clause.text):
        return "ask_contact"
    is_pointed = pointed_at(clause.text, thread.listed, thread.offices) is not None
    return _only_detail(clause.text) or _way_or_time(clause.text) or ("inform" if is_pointed else None)


_HOW_TO_TELL = re.compile(
    r"\b(?:how|who|where|sut|pwy|lle|ble)\b.{0,20}"
    r"\b(?:let \w+(?: \w+)? know|tell (?:them|her|him|some\w+|any\w+|the \w+)|inform|notify"
    r"|(?:dd?weud|deud|ddeud) wrth\w*|rhoi gwybod|gadael i \w+ wybod)\b",
    re.IGNORECASE,
)
"""How to reach those who expect them."""


def _is_of_service_spoken_of(thread: Thread) -> bool:
    subject = thread.subject
    of_services = (Kind.BENEFIT_INFO, Kind.CONTACT_DWP, Kind.INDIVIDUAL_CASE)
    return subject is not None and subject.kind in of_services and bool(subject.topics)


_COMPARED = re.compile(
    r"\b(?:like|same as|unlike|as late as|as early as)\s+(?:(?:the|a|my|our|your|at|in) )+\w+|\bfel (?:yr? )?\w+",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"{ASKS_FOR_HOURS.pattern}|\b(?:late|early|evenings?|nights?|open\w*|clos\w+|shut\w*|hwyr|cynnar|agor|cau)\b",
    re.IGNORECASE,
)


def _compares_hours(text: str) -> bool:
    """ "Does it do a late night like the library": the other body is only what the office is compared with."""
    rest = _COMPARED.sub(" ", text)
    return rest != text and _WHEN.search(rest) is not None


def _takes_up(clause: Clause, utterance: Utterance, thread: Thread) -> bool:
    """Whether a few words that were hardly heard ask of another day or place what was asked before: "tomorrow the same
    story?" """
    is_hardly_heard = clause.intent in _NOT_HEARD and clause.confidence < _LIKELY and asks(utterance.text)
    is_named = utterance.places_in(clause) or any(not day.past for day in utterance.days_in(clause))
    is_of_office = thread.kind is not None and thread.kind.is_about_offices and bool(thread.offices)
    words = len(clause.text.split())
    is_same = SAME_DAY.search(clause.text) or SAME_TIME.search(clause.text)
    if is_of_office and is_same and words <= _FEW_WORDS:
        return True  # "and Wakefield, same day?"
    if is_of_office and clause.intent == "thank" and "?" in clause.text and is_named:
        return True  # "great, and Monday?"
    return bool(is_hardly_heard and is_named and is_of_office and words <= _STOP_WORDS)


def _plain_of_offices(clause: Clause, utterance: Utterance, thread: Thread) -> str | None:
    """Which question about offices it is."""
    text, intent = clause.text, clause.intent
    if intent in _OF_OPENING and (other := _plain_of_opening(clause, utterance)):
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
    if intent == "ask_hours" and clause.confidence < _SURE and not ASKS_FOR_HOURS.search(text):
        return "ask_opening"
    if intent == "ask_closures" and _STRIKE_OF_TRANSPORT.search(text) and not _ASKS_FOR_LIST.search(text):
        return "ask_closure_appointment"  # no strike of ours, and they may not get here
    is_named = utterance.places_in(clause) or days
    if intent == "inform" and (_ASKS_IF_OPEN.search(text) or (is_named and _OPEN_OR_SHUT.search(text))):
        return "ask_opening"
    return _plain_of_contact(clause, utterance, thread)


def _plain_of_facilities(clause: Clause, utterance: Utterance) -> str | None:
    """Whether something in an office is asked after, or a detail of it: "may I trouble you for its postcode"."""
    text, intent = clause.text, clause.intent
    is_named = _names_facility(clause, utterance)
    if intent in ("ask_opening", "ask_closures") and not _OPENING.search(text) and is_named:
        return "ask_facilities"
    if intent != "ask_facilities" or is_named:
        return None
    return _only_detail(text) or ("nlu_fallback" if _is_faint(clause, utterance) else None)


def _is_sure_of_hours(clause: Clause, thread: Thread) -> bool:
    """Whether it surely asks for hours, though it names a day: "Saturday opening, do you have any". After an office was
    spoken of, a day alone asks whether that is open: "and tomorrow, as usual?"."""
    return clause.intent == "ask_hours" and clause.confidence >= _SURE and not thread.offices


def _is_of_service(clause: Clause, utterance: Utterance) -> bool:
    """Whether a benefit that it names tells more than the faint likeness to a question about offices."""
    kind = KIND_OF_INTENT.get(clause.intent)
    is_faint = kind is not None and kind.is_about_offices and clause.confidence < _SURE
    if not is_faint or not set(utterance.topics) - {"jobcentre", "general"} or utterance.places_in(clause):
        return False
    return not any(pattern.search(clause.text) for pattern in (_OF_ATTENDING, _OPENING, OFFICE_WORDS, ASKS_WHERE))


def _asks_of_one_place(clause: Clause, utterance: Utterance, thread: Thread) -> bool:
    """Whether no more is asked than if one place is open: "is it true bradford is shut" asks not what is shut, and "is
    Huddersfield any better" nothing of the appointment in Dewsbury."""
    if clause.intent == "ask_closures":
        is_of_day = bool(thread.offices and utterance.days_in(clause)) and not _ASKS_FOR_LIST.search(clause.text)
        if is_of_day or (utterance.places_in(clause) and _asks_if_shut(clause.text)):
            return True
    is_of_state = clause.intent == "ask_closure_appointment" or not _OPENING.search(clause.text)
    return is_of_state and clause.intent in _OF_STATE and _asks_of_another(clause, utterance, thread)


_OF_STATE = ("ask_closures", "ask_closure_appointment")


def _asks_of_another(clause: Clause, utterance: Utterance, thread: Thread) -> bool:
    clause = _widened(clause, utterance)
    others = {office for place in utterance.places_in(clause) for office in place.offices}.difference(thread.offices)
    if not (thread.offices and others and _ASKS_HOW_IT_IS.search(clause.text)):
        return False
    return not (_OF_ATTENDING.search(clause.text) or _CANNOT_GET_THERE.search(clause.text))


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
    if clause.intent == "ask_contact" and not is_told and OFFICE_WORDS.search(clause.text) and is_of_place:
        return "ask_office_contact"
    is_of_service = set(utterance.topics) - {"jobcentre", "general"} and not utterance.places
    is_of_line = NO_PHONE.search(utterance.text) and not is_of_place
    return "ask_contact" if clause.intent == "ask_office_contact" and (is_of_service or is_of_line) else None


_TO_TELL = re.compile(
    r"\b(?:tell|let|inform|notify|report|say|explain|cancel|dd?weud|deud|ddeud|hysbysu|esbonio|roi gwybod)\b",
    re.IGNORECASE,
)
"""Why somebody who cannot come would ring."""


def _plain_of_claims(clause: Clause, utterance: Utterance) -> str | None:
    """Whether it is a matter of somebody's own claim, which is never discussed."""
    text, intent = clause.text, clause.intent
    if intent == "ask_after_somebody" and find_topics(text) and _WHO_DEALS.search(text):
        return "ask_contact"
    if intent in _NOT_HEARD and _OF_THEIRS.search(text) and not _CANNOT_GET_THERE.search(text):
        return "ask_individual_case"
    if intent == "ask_individual_case" and _OF_ATTENDING.search(text) and _is_beside_closing(clause, utterance):
        return "ask_closure_appointment"  # the disrupted office wins (contract, rule 2)
    if intent == "ask_individual_case" and "bereavement" in utterance.topics and _WHO_TO_TELL.search(text):
        return "ask_contact"
    if intent in ("ask_contact", "ask_own_data") and _OFFERS_DETAILS.search(text):
        return "ask_individual_case"
    if intent == "ask_closure_appointment" and _UNWELL.search(utterance.text) and not _OPENING.search(text):
        return "ask_individual_case"
    if intent == "ask_closure_appointment" and _leads_up_to_case(clause, utterance):
        return "ask_individual_case"
    if intent == "ask_individual_case" and _THANKS.match(text):
        return "thank"
    return None


_HEARD_OF_LATENESS = _NOT_HEARD | {"ask_hours", "ask_opening"}
_RUNS_LATE = re.compile(
    r"\b(?:i|we|he|she|they)(?:['’]?(?:m|re|s|ll be)| am| are| is| will be| might be| may be| turn up| get there)?"
    r"(?: \w+){0,3}? late\b|\b(?:dwi|dw i|rwy|b?fydda i|bydda i|mae (?:hi|o|e))(?:['’]?n| yn)?(?: \w+)? hwyr\b",
    re.IGNORECASE,
)
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
    others = [other for other in utterance.clauses if other.start != clause.start and other.intent in _OF_OPENING]
    return any(TELLS_OF_CLOSING.fullmatch(other.text) for other in others)


def _plain_of_opening(clause: Clause, utterance: Utterance) -> str | None:
    """What is asked with the words for open and shut, where that is plain of itself."""
    if clause.intent != "ask_opening" and REOPENS.search(clause.text):
        return "ask_opening"
    if FOR_GOOD.search(clause.text):
        return "ask_closures"
    if clause.intent == "ask_closures" and _CLOSES_AT.search(clause.text):
        return "ask_hours"
    if clause.intent == "ask_opening" and _WHEN_IT_OPENS.search(clause.text) and not utterance.days_in(clause):
        return "ask_hours"
    if LINE.search(clause.text) and not utterance.places_in(clause):
        return "ask_contact"  # a line's hours (contract, rule 2)
    is_habit = EVERY_DAY.search(clause.text) and not utterance.days_in(clause)
    return "ask_hours" if is_habit and clause.intent != "ask_closures" else None


def _plain_of_whereabouts(clause: Clause, utterance: Utterance, thread: Thread) -> str | None:
    if clause.intent == "inform":
        return "ask_office"
    if (_OWN_ADDRESS.search(clause.text) and not utterance.places) or _CHANGES_OFFICE.search(clause.text):
        return "ask_individual_case"
    if _narrows(clause, utterance, thread):
        return "inform"
    is_faint = clause.confidence < _CERTAIN and not WHEREABOUTS.search(clause.text)
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
    return bool(_OPENING.search(text)) and not (_ASKS_FOR_LIST.search(text) or FOR_GOOD.search(text))


def _narrows(clause: Clause, utterance: Utterance, thread: Thread) -> bool:
    """ "The one on Westfield Road or whatever it is called", after two offices were told of, goes on with them."""
    named = {office for place in utterance.places_in(clause) for office in place.offices}
    is_theirs = (named and named < set(thread.offices)) or named_among(clause.text, thread.offices)
    return bool(is_theirs and THE_ONE_IN.search(clause.text) and not ASKS_WHERE.search(clause.text))


def _tells_nothing(utterance: Utterance, thread: Thread) -> bool:
    """A "1" to no list, or a benefit that completes no question: it names neither place nor day."""
    is_placed = any(place.kind is not PlaceKind.NATION for place in utterance.places)
    is_bare = not (is_placed or utterance.days or utterance.impossible_days)
    is_number = thread.kind is None and not any(letter.isalpha() for letter in utterance.text)
    return is_bare and bool(utterance.topics or is_number)


def _plain_of_people(clause: Clause, utterance: Utterance, thread: Thread) -> str | None:
    """What it asks of us, or says of themselves."""
    text, intent, is_certain = clause.text, clause.intent, clause.confidence >= _CERTAIN
    if intent == "inform" and _tells_nothing(utterance, thread):
        return "nlu_fallback"
    if of_records := _plain_of_records(text, intent):
        return of_records
    if _CANNOT_GET_THERE.search(text) and (intent in _NOT_OF_GETTING_THERE or _is_faint_report(clause)):
        return "ask_closure_appointment"
    if intent == "ask_contact" and _WHO_TO_TELL.search(text) and _CANNOT_GET_THERE.search(utterance.text):
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
    return clause.intent == "report_wrong_information" and clause.confidence < _SURE


def _plain_of_records(text: str, intent: str) -> str | None:
    """Whether records are asked for, and whose."""
    if intent in ("ask_foi", "give_feedback") and _OF_ONESELF.search(text) and not _THANKS.match(text):
        return "ask_own_data"  # whichever Act they name
    is_of_figures = intent in _NOT_OF_RECORDS and wants_statistics(text)
    is_of_act = speaks_of_foi(text) and intent in ("ask_contact", "ask_office_contact", "ask_office", "nlu_fallback")
    return "ask_foi" if is_of_figures or is_of_act else None


def _plain_of_nothing(clause: Clause) -> str | None:
    """Of what sounds like nothing of ours: thanks, and what is too short to tell."""
    if _ONLY_THANKS.match(clause.text):
        return "thank"
    return "nlu_fallback" if len(clause.text.split()) <= 2 and clause.confidence < _SURE else None


def _asks_for_person(intent: str, confidence: float, text: str) -> bool:
    """Whether it asks for a person, and not for a line that has people on it."""
    if intent in ("nlu_fallback", "ask_individual_case") and _wants_person(text):
        return True
    if intent == "ask_contact" and find_topics(text) and (confidence >= _CERTAIN or _BY_PHONE.search(text)):
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


def _of_days(text: str, days: Sequence[DayMention]) -> str | None:
    """ "Open saturdays" asks for hours, "open this saturday" whether it is open, whatever else is near."""
    text = SAME_TIME.sub("", text)
    if all(day.weekly is not None for day in days) or _HOLIDAYS.search(text):
        return "ask_hours"
    return None if ASKS_FOR_HOURS.search(text) else "ask_opening"


def _is_faint(clause: Clause, utterance: Utterance) -> bool:
    """Whether it is one of several, and heard without certainty: a stray piece of what the others say."""
    return len(utterance.clauses) > 1 and clause.confidence < _SURE and not asks(clause.text)


def _names_facility(clause: Clause, utterance: Utterance) -> bool:
    """Whether it names one outside the names of places: Park Place has no car park for that."""
    places = [(place.start - clause.start, place.end - clause.start, PLACE) for place in utterance.places_in(clause)]
    words = masked(clause.text, places)
    return any(pattern.search(words) for pattern in FACILITIES.values())


_DETAIL_WORDS = 5
_WRONG = re.compile(
    r"\b(?:wrong|not|no longer|\w+n[’']?t|incorrect|changed|old|different|dead|moved|out of date"
    r"|anghywir|ddim|wedi newid)\b",
    re.IGNORECASE,
)


def _only_names(text: str) -> bool:
    """Whether it is too short to report anything and says of nothing that it is wrong: "and its number"."""
    return len(text.split()) <= _DETAIL_WORDS and not _WRONG.search(text)


def _only_detail(text: str) -> str | None:
    """The intent that asks for the one detail of an office that the words name."""
    kinds = [kind for kind, pattern in DETAILS.items() if pattern.search(text)]
    return next(name for name, kind in KIND_OF_INTENT.items() if kind is kinds[0]) if len(kinds) == 1 else None


def _way_or_time(text: str) -> str | None:
    """ "How late are they there", "how do I get there": of the office spoken of."""
    if ASKS_TIME_OF_DAY.search(text):
        return "ask_hours"
    return "ask_office" if _WAY_THERE.search(text) else None


def _is_beside_opening(clause: Clause, utterance: Utterance) -> bool:
    """Whether it tells of a shut door, beside the question whether that is open, and of no appointment."""
    asks_opening = any(other.intent == "ask_opening" for other in utterance.clauses if other != clause)
    is_of_attending = any(pattern.search(clause.text) for pattern in (APPOINTMENT, _OF_SANCTION, _OF_ATTENDING))
    return asks_opening and not (is_of_attending or _CANNOT_GET_THERE.search(utterance.text))


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
        return clause.confidence >= (_CERTAIN if says_more else _LIKELY)
    if says_more:
        return False
    is_short = len(clause.text.split()) <= (_STOP_WORDS if clause.confidence < _BEYOND_DOUBT else 2 * _STOP_WORDS)
    return is_short and clause.confidence >= _SURE and "?" not in clause.text
