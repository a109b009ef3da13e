"""What a question about DWP is about: the topics of the contacts directory, in people's own words."""

from __future__ import annotations

import re

from bot.jobcentre.misspelling import mended, vocabulary

_SOMEBODY = (
    r"(?:some(?:one|body)|(?:step|god)?-?(?:mum|mam|mom|dad|mother|father|sister|brother|son|daughter)|husband|hubby|wife"
    r"|partner|fianc[eé]e?|nana?|nanna|gran(?:ny|ma|dma|dad|pa|dpa|father|mother)?|gramps|nain|taid|mam-?gu|tad-?cu|aunt"
    r"|aunt(?:ie|y)|uncle(?: \w+)?|cousin|nephew|niece|friend|mate|neighbour|client|tenant|resident)(?:[- ]in[- ]law)?"
)
# Topic to patterns of whole words, English | Welsh | how people type. More telling ones stand first: a message about
# "new style jsa" is not about "general".
_WORDS: dict[str, str] = {
    "universal_credit": r"universal ?credits?|uni ?credit|univ?ersal|\bu\.?c\.?\b|(?:ng|g|ch|c)h?redyd cynhwysol"
    r"|journal|dyddlyfr",
    "jsa": r"jsa|job ?seekers?'?s?(?: allowance)?|lwfans ceisio gwaith|lcg|sign(?:ing)? on",
    "esa": r"esa|employment (?:and|&) support|lwfans cyflogaeth|sick(?:ness)? benefit",
    "income_support": r"income support|(?:g|ngh|ch|c)ymhorthdal incwm",
    "pip": r"p\.?i\.?p\.?|personal independence(?: payments?)?|(?:t|d|th|nh)aliad(?:au)? annibyniaeth personol|tap",
    "dla": r"dla|disability living(?: allowance)?|lwfans byw i'r anabl",
    "attendance_allowance": r"attendance allowance|lwfans gweini",
    "carers_allowance": r"carers?'?s? (?:allowance|benefit|support payment)|lwfans gofalwy?r",
    "pension_credit": r"pension credits?|(?:ng|g|ch|c)h?redyd pensiwn",
    "state_pension": r"(?:state |old age )?pensions?(?! credit)(?: service)?"
    r"|(?<!redyd )(?:p|b|ph|mh)ensiwn(?: y wladwriaeth)?",
    "bereavement": rf"bereavement|(?:has|have|just|who|when|he|she|they) (?:died|passed away)"
    rf"|{_SOMEBODY} (?:has |have |just |sadly |recently |suddenly )*"
    r"(?:died|passed away|passed(?=\W*(?:$|[.,!?]"
    r"|(?:last|this|yesterday|today|on (?:mon|tue|wed|thu|fri|sat|sun)\w*)\b)))"
    rf"|{_SOMEBODY}(?:[’']?s| is) dead(?=\W*(?:$|[.,!?]|(?:and|now|so)\b))"
    r"|(?:my|his|her|our|the) late (?:husband|wife|partner|mother|father|mum|dad|brother|sister|son|daughter)"
    r"|lost (?:my |our |his |her |their )(?:dear )?(?:husband|wife|partner|mother|father|mum|mam|dad)(?!['’]?s)"
    r"|lost (?:my |our )?(?:nan|gran|granny|grandma|grandad|grandfather|grandmother) (?:last|on|in|this|yesterday)"
    r"|(?:his|her|their) passing|(?:passing|death) of(?! (?:me|us|you|it|the party)\b)|wedi marw|bu farw"
    r"|coll(?:ais|es|odd) (?:i |o |hi )?(?:fy |ei )(?:nh?ad|mam|ng[wŵ]r|g[wŵ]r|(?:ng|g)?wraig)"
    r"|widow(?:er|ed|s)?|(?:p|b|ph|mh)rofedigaeth",
    "funeral": r"funerals?|h?angladd(?:au)?",
    "maternity_allowance": r"maternity(?! grant)(?: allowance| pay)?|lwfans mamolaeth|(?:m|f)amolaeth",
    "maternity_grant": r"sure ?start|maternity grant|grant mamolaeth",
    "winter_fuel": r"winter (?:fuel|heating)(?: payments?| allowance)?"
    r"|(?:t|d|th|nh)aliad(?:au)? tanwydd gaeaf|(?:t|d|th|nh)anwydd gaeaf",
    "cold_weather": r"cold weather payments?|tywydd oer",
    "christmas_bonus": r"christmas bonus|xmas bonus|(?:b|f|m)onws nadolig",
    "budgeting_loan": r"budgeting (?:loans?|advances?)|social fund|(?:b|f|m)enthyciad(?:au)? cyllidebu|crisis loan",
    "debt": r"debt management|overpa(?:id|yments?)|(?:g|ng)?ordaliad(?:au)?|owe (?:the )?dwp|debt",
    "national_insurance_number": r"(?:national insurance|n\.?i\.?) (?:no|num(?:ber)?s?|card)|nino|rh?if yswiriant"
    r"(?: gwladol)?|national insurance",
    "access_to_work": r"access to work|(?:m|f)ynediad at waith",
    "child_maintenance": r"child maintenance|cms|csa|(?:g|ngh|ch|c)ynhaliaeth plant",
    "industrial_injuries": r"industrial injur(?:y|ies)|iidb|anafiadau diwydiannol",
    "housing_benefit": r"housing benefits?|(?:b|f|m)udd-?dal tai",
    "fraud": r"fraud|benefit cheat\w*|(?:report|dob|grass|shop)\w* (?:\w+ ){0,2}?(?:neighbou?r|someone|somebody"
    r"|some1|cheat|person|people|bloke|couple)\w*|fiddling|(?:t|d|th|nh)wyll(?:o)?|cheating"
    r"|cash in hand|working on the side|claiming (?:while|whilst|and) working"
    r"|claim(?:s|ing) (?:to be )?single|(?:false|bogus) claims?"
    r"|on the side(?=.{0,80}\b(?:report|r[hi]ip?orto|grass|shop)\w*)"
    r"|(?:bloke|neighbou?r|man|woman|lad|lass|guy|someone|somebody|couple|fella)\b.{1,60}\b(?:claim(?:s|ing)|working"
    r"|on the sick)\b.{1,80}\b(?:report|dob|grass|shop)",
    "benefit_cap": r"benefits? cap|cap (?:ar )?fudd-?daliadau",
    "mortgage_interest": r"(?:support for )?mortgage interest|smi|llog morgais",
    "other_service": r"child benefit|council tax|tax credits?|(?:b|f|m)udd-?dal plant|(?:t|d|th|nh)reth gyngor",
    "scotland": r"(?:adult|child) disability payments?|adp|scottish child payments?|best start|social security scotland"
    r"|pension age (?:disability|winter heating)|funeral support payments?|job start payments?",
    "jobs_employers": r"(?:post|advertise|list|recruit\w*) (?:a |our |my )?(?:job|vacanc)\w*|employer",
}
_PATTERNS = {topic: re.compile(rf"(?<![\w'])(?:{words})(?![\w'])", re.IGNORECASE) for topic, words in _WORDS.items()}

NAMES: dict[str, tuple[str, str]] = {
    "universal_credit": ("Universal Credit", "Credyd Cynhwysol"),
    "jsa": ("New Style Jobseeker’s Allowance", "Lwfans Ceisio Gwaith Dull Newydd"),
    "esa": ("New Style Employment and Support Allowance", "Lwfans Cyflogaeth a Chymorth Dull Newydd"),
    "income_support": ("Income Support", "Cymhorthdal Incwm"),
    "pip": ("Personal Independence Payment (PIP)", "Taliad Annibyniaeth Personol (PIP)"),
    "dla": ("Disability Living Allowance for children", "Lwfans Byw i’r Anabl i blant"),
    "attendance_allowance": ("Attendance Allowance", "Lwfans Gweini"),
    "carers_allowance": ("Carer’s Allowance", "Lwfans Gofalwr"),
    "pension_credit": ("Pension Credit", "Credyd Pensiwn"),
    "state_pension": ("State Pension", "Pensiwn y Wladwriaeth"),
    "bereavement": ("Bereavement Support Payment", "Taliad Cymorth Profedigaeth"),
    "funeral": ("Funeral Expenses Payment", "Taliad Costau Angladd"),
    "maternity_allowance": ("Maternity Allowance", "Lwfans Mamolaeth"),
    "maternity_grant": ("Sure Start Maternity Grant", "Grant Mamolaeth Cychwyn Cadarn"),
    "winter_fuel": ("Winter Fuel Payment", "Taliad Tanwydd Gaeaf"),
    "cold_weather": ("Cold Weather Payment", "Taliad Tywydd Oer"),
    "christmas_bonus": ("Christmas Bonus", "Bonws Nadolig"),
    "budgeting_loan": ("Budgeting Loan", "Benthyciad Cyllidebu"),
    "debt": ("DWP Debt Management", "Rheoli Dyledion DWP"),
    "national_insurance_number": ("National Insurance numbers", "rhifau Yswiriant Gwladol"),
    "access_to_work": ("Access to Work", "Mynediad at Waith"),
    "child_maintenance": ("Child Maintenance Service", "Gwasanaeth Cynhaliaeth Plant"),
    "industrial_injuries": ("Industrial Injuries Disablement Benefit", "Budd-dal Anabledd Anafiadau Diwydiannol"),
    "housing_benefit": ("Housing Benefit", "Budd-dal Tai"),
    "benefit_cap": ("the benefit cap", "y cap ar fudd-daliadau"),
    "mortgage_interest": ("Support for Mortgage Interest", "Cymorth ar gyfer Llog Morgais"),
    "fraud": ("reporting benefit fraud", "rhoi gwybod am dwyll budd-daliadau"),
    "other_service": ("other services", "gwasanaethau eraill"),
    "scotland": ("Social Security Scotland", "Nawdd Cymdeithasol yr Alban"),
    "northern_ireland": ("Northern Ireland", "Gogledd Iwerddon"),
    "jobs_employers": ("employers", "cyflogwyr"),
    "jobs": ("looking for work", "chwilio am waith"),
    "jobcentre": ("Jobcentres", "Canolfannau Byd Gwaith"),
    "general": ("DWP", "DWP"),
}


_VOCABULARY = vocabulary([*_WORDS.values(), *(name for names in NAMES.values() for name in names)])

SCOTLANDS_OWN: dict[str, tuple[str, str]] = {
    "pip": ("Adult Disability Payment", "Taliad Anabledd Oedolion"),
    "dla": ("Child Disability Payment", "Taliad Anabledd Plant"),
    "attendance_allowance": ("Pension Age Disability Payment", "Taliad Anabledd Oedran Pensiwn"),
    "carers_allowance": ("Carer Support Payment", "Taliad Cymorth Gofalwyr"),
    "winter_fuel": ("Pension Age Winter Heating Payment", "Taliad Gwresogi Gaeaf Oedran Pensiwn"),
    "funeral": ("Funeral Support Payment", "Taliad Cymorth Angladd"),
    "maternity_grant": ("Best Start Grant", "Grant Best Start"),
}
"""What is paid in Scotland instead, by Social Security Scotland (facts 1.10)."""
_ENDED = {
    ("Income Support", "Cymhorthdal Incwm"): r"income support|(?:g|ngh|ch|c)ymhorthdal incwm",
    (
        "income-based Jobseeker’s Allowance",
        "Lwfans Ceisio Gwaith seiliedig ar incwm",
    ): r"income[ -]?based|seiliedig ar incwm",
    (
        "income-related Employment and Support Allowance",
        "Lwfans Cyflogaeth a Chymorth yn gysylltiedig ag incwm",
    ): r"income[ -]?related|gysylltiedig ag incwm",
}


def find_ended(text: str) -> tuple[str, str] | None:
    """The English and Welsh name of a benefit that Universal Credit has taken the place of (facts 1.11)."""
    return next((names for names, words in _ENDED.items() if re.search(words, text, re.IGNORECASE)), None)


def find_topics(text: str) -> list[str]:
    """Topics in the order in which the text names them, without repeats; misspelt ones where none is spelt right."""
    return _found(text) or _found(mended(text, _VOCABULARY))


_SHORT_OF = ("allowance", "credit", "payment", "benefit")
"""What people leave away of a benefit's name, where one was asked for."""


def find_shortened(text: str) -> list[str]:
    """The topics of a name cut short: "carers", "attendance", "winter fuel"."""
    name = text.strip(" ?.!")
    return find_topics(text) or next(filter(None, (_found(f"{name} {rest}") for rest in _SHORT_OF)), [])


def _found(text: str) -> list[str]:
    found: list[tuple[int, str]] = []
    for topic, pattern in _PATTERNS.items():
        match = pattern.search(text)
        if match:
            found.append((match.start(), topic))
    topics = [topic for _, topic in sorted(found)]
    # "sure start maternity" is not also the allowance.
    if "maternity_grant" in topics and "maternity_allowance" in topics:
        topics.remove("maternity_allowance")
    return topics
