"""Small patterns of what a question speaks of, in English and Welsh."""

from __future__ import annotations

import re

from bot.jobcentre.spelling import mutated


def _welsh(words: str) -> str:
    """The words in each of their mutations, as part of a pattern."""
    return "(?:{})".format("|".join(form for word in words.split() for form in (word, *mutated(word))))


ON_A_CLAIM = re.compile(
    r"\b(?:my|his|her|our|their|the)\s+(?:\w+\s+){0,2}?(?:claim|payments?|money|benefits?|sanction|journal|award|"
    r"appeal|overpayment|account|case|work coach|appointment)\b|\b(?:fy|ein)\s+(?:\w+\s+)?(?:nghais|nhaliad|arian|"
    r"mudd-?dal|nghyfrif|achos)\b|\bsan[ck][st]i?on\w*|\bpaid\b|\bnhalu\b|\bsancsi\w*"
    r"|\b(?:my|his|her)\s+(?:uc|universal credit|pip|jsa|esa|dla|pension)\b",
    re.IGNORECASE,
)
"""Somebody's own dealings with DWP: people here cannot discuss those either."""

_FOI = re.compile(r"\bf\.?o\.?ia?\b|freedom of information|\binformation act\b|rhyddid gwybodaeth", re.IGNORECASE)
_FOI_HEADING = re.compile(
    r"\b(?:foia?|freedom of information|rhyddid gwybodaeth)\b(?: act\b)?(?: request\b)?\s*(?::|\s-|[–—])\s*"
    r"(?!how (?:do|can|to|long)\b|where\b|who\b|what (?:is|are)\b|sut\b|ble\b|pwy\b|beth yw\b)\w",
    re.IGNORECASE,
)
"""What stands under such a heading is the request: "FOI request - staff numbers in Norwich"."""
_WANTS_RECORDS = re.compile(
    r"\bhow (?:many|much)\b|\b(?:copies|a copy|copy) of\b|\bnumber of\b|\b(?:all|any) (?:emails|documents|letters|"
    r"correspondence|records|minutes)\b|\bplease (?:provide|disclose|send)\b|\bprovide me with\b|\b(?:cost|figures|"
    r"statistics|spend(?:ing)?|amount) (?:of|on|for)\b|\bunder the (?:act|foi|freedom)\b|\bfaint (?:o|\w+odd)\b|"
    r"\bcopi o\b|\bnifer y\b|\bo dan y ddeddf\b",
    re.IGNORECASE,
)


def speaks_of_foi(text: str) -> bool:
    return bool(_FOI.search(text))


def wants_records(text: str) -> bool:
    """Whether records or figures are asked for, with or without the name of the Act."""
    return bool(_WANTS_RECORDS.search(text))


def is_foi_request(text: str) -> bool:
    """Whether the message itself asks for records under the Act, and not only how to. It errs to yes (facts 2.11)."""
    return bool(_FOI.search(text) and (_WANTS_RECORDS.search(text) or _FOI_HEADING.search(text)))


_STATISTICS = re.compile(
    r"\bhow (?:many|much)\b(?! notice)(?:\W+\w+){0,2}?\W+"
    r"(?:people|claimants?|customers|staff|sanctions?|complaints?|appeals|"
    r"decisions|money|referrals|appointments)\b"
    r"(?=.{0,80}\b(?:sanction\w*|refused|complain\w*|each|every|per|a (?:month|year)|last (?:year|month)|"
    r"since|between|figures?|statistics|on strike|employed|were|missed|spent)\b)"
    r"|\b(?:send|provide|give|get|share|have)\b(?: (?:me|us))?(?: (?:the|any|some|your))?(?: \w+)?"
    r" (?:figures|statistics)\b"
    r"|\b(?:faint|sawl)\b.{0,30}\b(?:bob|y) (?:mis|flwyddyn)\b|\b(?:ffigurau|ystadegau)\b",
    re.IGNORECASE,
)
_OWN_AMOUNT = re.compile(
    r"\b(?:i|i'?ll|i'?d|we|we'?ll|my \w+)\b(?: \w+){0,2}? (?:get|have|receive|be paid|be left|end up|owe)\b"
    r"|\b(?:ga|gaf|gawn|cawn|fydda|fyddwn) (?:i|ni)\b|\bi (?:fi|mi|ni)\b",
    re.IGNORECASE,
)
"""Their own money, though it comes every month."""


def wants_statistics(text: str) -> bool:
    """Whether it asks for figures of many people, and of nobody's own claim."""
    return bool(_STATISTICS.search(text)) and not _OWN_AMOUNT.search(text)


APPOINTMENT = re.compile(
    r"\b(?:n?app?ointments?|appts?|apps?|interviews?|booked in|sign(?:ing)? on|meeting|see(?:ing)? my (?:work )?coach|"
    rf"[hn]?app?(?:wy|oi|ei)nt?iad(?:au|a|e)?|{_welsh('cyfweliad cyfarfod')})\b",
    re.IGNORECASE,
)

SPEAKS_OF_COMING = re.compile(
    rf"{APPOINTMENT.pattern}|\b(?:com(?:e|es|ing)|go(?:es|ing)? (?:in|to|down|there|up|over)|pop(?:ping)?|visit\w*"
    r"|call(?:ing)? in|drop(?:ping)? (?:in|by|off)|travel\w*|head(?:ing)? (?:in|to|down|over)"
    r"|get(?:ting)? (?:to|there|in)|be there|see (?:my|the|a) (?:work )?coach"
    r"|(?:am|i[’']?m|only|be) (?:free|off|available)|days? off"
    r"|(?:shift|work|class|school)\W+(?:ends?|finish\w*|starts?)|(?:finish\w*|start\w*) (?:work|my shift)"
    r"|dod|d?ddod|mynd|galw (?:i mewn|heibio)|rhydd)\b",
    re.IGNORECASE,
)
"""Somebody means to be at an office, and the day that they say is the day on which it matters."""

ASKS_FOR_HOURS = re.compile(
    r"\b(?:hours?|hrs|times?|tym\w*|(?:op+en|clos|shut)\w* (?:ours|owers)|when|whens|what days?|which days?"
    r"|till?|until|from|how (?:late|early|long)|weekends?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days|bank holidays|or(?:iau|ia|ie|a)|ams[ea]r(?:oedd|au)?|pryd|tan|"
    r"faint o'r gloch|pa mor|dyddiau)\b",
    re.IGNORECASE,
)
"""Words that ask for times, and not only whether it is open."""

ASKS_TIME_OF_DAY = re.compile(
    r"\b(?:til+|until|what time|when do (?:u|you|ya|they|yous) (?:close|shut|open|finish|start)|how late|tan|"
    r"faint o'r gloch|pryd (?:mae|ydych|dych|dach))\b",
    re.IGNORECASE,
)
"""Asks for the times of one day, where the conversation is about one."""

SAME_TIME = re.compile(r"\bsame (?:sort of )?(?:time|hour)s?\b|\b(?:yr )?un (?:amser|pryd|adeg)\b", re.IGNORECASE)
"""The time of day that was spoken of, on another day."""

THAT_DAY = re.compile(
    r"\bthen(?=\W*$)|\bthat (?:day|morning|afternoon|evening|date)\b|\b(?:by|before|at) then\b"
    r"|\b(?:bryd|pryd) hynny\b|\by (?:diwrnod|dydd) hwnnw\b",
    re.IGNORECASE,
)
"""Points at a day that was just told."""

SAME_DAY = re.compile(r"\b(?:same|that) day\b|\byr un (?:diwrnod|dydd)\b", re.IGNORECASE)
"""The day that was spoken of, at another office."""

REOPENS = re.compile(
    r"\bre-?open|\bopen(?:ing)? (?:up )?again|\bback open|\bback (?:up and )?running|\bail-?agor|\bagor eto",
    re.IGNORECASE,
)
"""Asks when a closed office opens again."""

TELLS_OF_CLOSING = re.compile(
    r"(?!.*\b(?:is|are|r|will|do) (?:it|you|u|ya|yous|they|there)\b)\W*(?=\w)"
    r"(?:(?:as|since|if|because|cos|now|and|but) )*"
    r"(?:(?:my|our|the|this|that|you|your|they|mae|ma)\b[^?]*|(?:job ?centre|office|swyddfa)[^?]{0,20}"
    r"|(?!(?:is|are|was|were|will|do|does|did|has|have|can|could|why|when|what|which|how|where|who|any|if|a)(?:['’]?s)?\b)"
    r"[^?]{2,30}(?:['’]s|\w\ws| (?:is|are|was|were))\b[^?]*)"
    r"\b(?:shut|closed|not open|ar gau|wedi cau)\b(?![^?]*\b(?:right|yeah|yes|innit|true|no|ie|tydi)\W*$)[^?]*",
    re.IGNORECASE,
)
"""That an office is shut, said and not asked."""

OF_A_DISRUPTION = re.compile(
    r"\b(?:snow\w*|snaw|ic[ey]|frost|flood\w*|storm\w*|gales?|weather|strik(?:e|es|ing)|walk ?out|power ?cut"
    r"|(?:no|burst) (?:power|electric\w*|water|heating|pipes?)|toriad trydan"
    rf"|{_welsh('eira rhew llifogydd llif storm tywydd streic')})\b",
    re.IGNORECASE,
)
"""What may keep an office from opening on a day."""

AS_ALWAYS = re.compile(
    rf"\b(?:as (?:normal|usual|always)|normal(?:ly)?|(?:re)?opening at all|at all|{_welsh('arfer arferol')})\b",
    re.IGNORECASE,
)
"""Whether a day is as others are."""

FOR_GOOD = re.compile(
    r"\b(?:permanently|merg(?:e[ds]?|ing)|for good|for ever|forever|(?:clos|shut)\w* down|being closed"
    r"|going to (?:close|shut)(?! at)|am byth|bwriadu cau|yn barhaol|cau lawr|cau i lawr)\b",
    re.IGNORECASE,
)
"""Asks whether an office is gone, or going, and not whether it is open at a time."""

LINE = re.compile(
    r"\b(?:help ?lines?|phone ?lines?|(?:the|your|their|a) (?:phone )?lines?|telephone line|llinell(?:au)?|linell"
    r"|(?:y|r) lein)\b",
    re.IGNORECASE,
)
"""A line to call, which has hours of its own."""

EVERY_DAY = re.compile(
    r"\b(?:(?:every|each) ?(?:day|morning|afternoon|evening|lunch\w*)|daily|(?:7|seven) days(?: a week)?"
    r"|[bp]ob (?:dydd|diwrnod|bor[ea]|prynh?awn|pnawn|nos|noson|(?:amser )?cinio)|(?:saith|7) diwrnod)\b",
    re.IGNORECASE,
)

THE_ONE_IN = re.compile(r"\b(?:one|office|yr un|swyddfa)\s+(?:in|at|near|by|on|yn|ger)\b", re.IGNORECASE)
"""Tells one office from others by where it is."""

ASKS_WHERE = re.compile(
    rf"\b(?:where|wheres|whereabouts|address|postcode|ble|lle|b'le|ymhle|{_welsh('cyfeiriad')}|[cg]od post)\b",
    re.IGNORECASE,
)

WHEREABOUTS = re.compile(
    r"\b(?:where|wheres|whereabouts|address|find|located?|location|directions?|postcode|map|which"
    r"|how (?:do|can) (?:i|we) get|near(?:est|by)?|clos(?:est|e to)|ble|lle|b'le|ymhle|agosa\w?|pa"
    rf"|{_welsh('cyfeiriad')}|[cg]od post)\b",
    re.IGNORECASE,
)
"""Asks where an office is, and not only about going there."""

NEAREST = re.compile(
    r"\b(?:near(?:est|by|er)?|close(?:st|r)|local to|around here|agosa[fc]h?|agos|ger)\b", re.IGNORECASE
)
"""A search for an office: never the one spoken of."""

ELSEWHERE_WORDS = re.compile(
    r"\b(?:where|which|what|any\w*|some\w*)(?: \w+)? else\b|\belsewhere\b"
    r"|\b(?:another|a different) (?:one|office|job ?cent\w+|branch)\b"
    r"|\b(?:ble|lle|le|rhywle|swyddfa|un|canolfan) arall\b",
    re.IGNORECASE,
)
"""Another office than the one spoken of."""

OFFICE_WORDS = re.compile(
    r"\b(?:office|job ?cent(?:re|er)s?|jcp|branch|building|it|there|that one|them|they|u|you|swyddfa|canolfan|chi|"
    r"yno)\b",
    re.IGNORECASE,
)
"""What may stand for an office spoken of, or for us."""

FACILITIES: dict[str, re.Pattern[str]] = {
    "computers": re.compile(
        rf"\b(?:computers?|pcs?|laptops?|print(?:er|ers|ing)?|{_welsh('cyfrifiadur')}\w*"
        rf"|{_welsh('argraffu printio')})\b",
        re.IGNORECASE,
    ),
    "wifi": re.compile(rf"\b(?:wi-?fi|internet|{_welsh('rhyngrwyd')})\b", re.IGNORECASE),
    "step_free": re.compile(
        r"\b(?:wheel ?chairs?|step(?:-| )?free|ramps?|lifts?|stairs|steps|disabled access|mobility|scooter|"
        rf"{_welsh('cadair cader cadeiriau')} olwyn|lifft|{_welsh('grisiau')})\b",
        re.IGNORECASE,
    ),
    "parking": re.compile(rf"\b(?:park(?:ing)?|car ?park|blue badge|{_welsh('parcio')})\b", re.IGNORECASE),
    "toilets": re.compile(
        rf"\b(?:toilets?|loos?|lavs?|lavator\w+|bogs?|bathroom|wc|{_welsh('toiled')}\w*"
        rf"|{_welsh('tŷ ty tai')} bach|l?le chwech)\b",
        re.IGNORECASE,
    ),
    "baby_change": re.compile(
        rf"\b(?:baby|nappy|changing|prams?|buggy|pushchair|{_welsh('babi bygi coets cewyn clwt')})\b", re.IGNORECASE
    ),
    "interview_rooms": re.compile(
        rf"\b(?:private|interview) rooms?\b|\by?stafell {_welsh('preifat')}\b", re.IGNORECASE
    ),
    "dogs": re.compile(rf"\b(?:dogs?|pets?|assistance animal|{_welsh('cŵn cwn')}|ci|gi tywys)\b", re.IGNORECASE),
}
"""The facilities that a question names, by the names that offices hold."""

WELSH_LINE = re.compile(r"\b(?:welsh|cymraeg|gymraeg|nghymraeg)\b", re.IGNORECASE)
"""Asks for a line in Welsh, whatever the language of the message."""

NO_PHONE = re.compile(
    r"\b(?:not|no|never|without|don[’']?t|doesn[’']?t|can(?: ?no)?[’']?t|hate|dim|heb|methu|ddim)"
    r" (?:really |do |want |like |use |speak |face |cope |manage |stand |bear |deal |afford |with |to |by |on |over "
    r"|the |a |my |yn |â |defnyddio )*"
    r"(?:(?:tele)?phon(?:e|es|ing)|call(?:s|ing)?|ring|ffôn|ffonio)\b(?! (?:numbers?|lines?|no|back)\b)",
    re.IGNORECASE,
)
"""A phone is of no use to them."""

NO_INTERNET = re.compile(
    r"\b(?:not|no|never|without|don[’']?t|doesn[’']?t|haven[’']?t|hasn[’']?t|aren[’']?t|isn[’']?t|ain[’']?t"
    r"|can(?: ?no)?[’']?t|dim|heb|methu|ddim)\W+(?:\w+\W+){0,3}?"
    r"(?:on ?line|internet|wi-?fi|broadband|computers?|laptops?|e-?mails?|smart ?phone|rhyngrwyd|cyfrifiadur\w*"
    r"|ar-?lein)\b",
    re.IGNORECASE,
)
"""A page is of no use to them."""

WANTED_CHANNELS = {
    "phone": re.compile(r"\b(?:phone|ring|call|number|tele|dial|bell|ff[oô]n|ffono|rh?if|galw)", re.IGNORECASE),
    "email": re.compile(r"\be-?mail|\be-?bost", re.IGNORECASE),
    "post": re.compile(
        rf"\b(?:{_welsh('cyfeiriad llythyr')}|y?sgrifennu|sgwennu"
        r"|post|(?<!email )(?<!e-mail )address|write to|letter|postal)\b",
        re.IGNORECASE,
    ),
    "online": re.compile(r"\b(?:online|website|web ?site|link|ar-?lein|g?wefan)\b", re.IGNORECASE),
    "video relay": re.compile(r"\b(?:bsl|sign language|signer|iaith arwyddion)\b", re.IGNORECASE),
    "Relay UK": re.compile(
        r"\b(?:relay|deaf|hard of hearing|hearing (?:impaired|loss)|(?:cannot|can'?t) hear|textphone|minicom|[bf]yddar|"
        r"text ?relay)\b",
        re.IGNORECASE,
    ),
}
"""The directory's channels that the words ask for."""
CANNOT_GET_THERE = re.compile(
    r"\b(?:can(?: ?no)?[’']?t|cannot|wo ?n[’']?t|will not|could ?n[’']?t|unable to|(?:not able|no way|struggling|gonna "
    r"struggle) to)\s+(?:be able to\s+)?(?:get (?:to|there|in|into|down|over|out)|make (?:it|my|the|an?)|come|reach"
    r"|attend|travel|be there|drive|go(?! on (?:hold|any|like|much|with)\b))\b"
    r"|\b(?:methu|ddim yn gallu|alla i ddim|fedra i ddim|galla i ddim)\s+(?:â\s+)?(?:cyrraedd|dod|dwad|mynd|teithio)\b",
    re.IGNORECASE,
)
"""They are expected somewhere and will not be there."""
OF_ATTENDING = re.compile(
    r"\b(?:sign(?:ing|ed)?|appointments?|appts?|interview|coach|attend|come|sanction\w*|turn(?:ing|ed)? up"
    r"|still (?:go|goes|stands?|on)\b|(?:do|should|shall) (?:i|we) (?:bother )?(?:go|set off|head)"
    r"|due (?:in|there|at)|miss (?:my|it)\b|my \d{1,2}(?:[.:]\d\d)?(?: o[’']?clock)?|what (?:do|should|shall|can) i do"
    r"|fod (?:efo|gyda|yna|yno|mewn)\b"
    r"|se?inio|seino|arwyddo|[hn]?ap+(?:wyn|oin|woin|ein)t\w*|nghyfweliad|sancsiwn|d?dod)\b",
    re.IGNORECASE,
)
"""What somebody asks of who finds the office shut."""
OPENING = re.compile(r"\b(?:open\w*|clos\w+|shut\w*|hours|times?|agor\w*|ar gau|cau|oriau)\b", re.IGNORECASE)
ASKS_IF_OPEN = re.compile(
    r"\b(?:is|are|r|will|ydy|ydi|fydd|ydyn)\b.*\b(?:open|clos(?:ed|ing)|shut|agor|gau)\b", re.IGNORECASE
)
