"""The directory in Welsh: what each line is for, what to press or send, and its hours.

The directory is kept in English, as its sources are. What has no sure Welsh here is said as it stands (a name) or, of
hours, left out.
"""

from __future__ import annotations

import re

_LABELS = {
    "Immediate danger": "Perygl uniongyrchol",
    "Someone to talk to": "Siarad â rhywun",
    "Text support": "Cymorth drwy neges destun",
    "Urgent mental health": "Iechyd meddwl brys",
    "Crisis line": "Llinell argyfwng",
    "Under 19": "Dan 19 oed",
    "Struggling, need to talk": "Angen siarad â rhywun",
    "Domestic abuse": "Cam-drin domestig",
    "Domestic and sexual abuse": "Cam-drin domestig a rhywiol",
    "Domestic abuse, men": "Cam-drin domestig, dynion",
    "Food bank": "Banc bwyd",
    "Discretionary Assistance Fund": "Cronfa Cymorth Dewisol",
    "Scottish Welfare Fund": "Cronfa Lles yr Alban",
    "Crisis and Resilience Fund": "Crisis and Resilience Fund (Lloegr)",
    "Homeless or about to be": "Digartref neu ar fin bod",
    "Housing advice": "Cyngor ar dai",
    "Someone sleeping rough": "Rhywun yn cysgu allan",
    "Debt": "Dyled",
    "Suspicious text": "Neges destun amheus",
    "Suspicious email": "E-bost amheus",
    "Lost money or details to a scam": "Wedi colli arian neu fanylion i sgam",
    "Find a job": "Dod o hyd i swydd",
    "National Careers Service": "Gwasanaeth Gyrfaoedd Cenedlaethol (Lloegr)",
    "Recruiting or vacancies": "Recriwtio neu swyddi gwag",
    "Jobcentre finder": "Chwilio am Ganolfan Byd Gwaith",
    "Jobcentre contact": "Cysylltu â Chanolfan Byd Gwaith",
    "Help to Claim": "Help i Hawlio",
    "Universal Credit new claim": "Cais newydd am Gredyd Cynhwysol",
    "Child Benefit": "Budd-dal Plant",
    "Housing Benefit, Council Tax Reduction, homelessness, crisis help": "Budd-dal Tai, Gostyngiad Treth Gyngor, "
    "digartrefedd, cymorth mewn argyfwng",
    "Jobs and Benefits offices": "Swyddfeydd Swyddi a Budd-daliadau",
    "Freedom of Information request to DWP": "Cais Rhyddid Gwybodaeth i DWP",
    "How to make an FOI request": "Sut i wneud cais Rhyddid Gwybodaeth",
    "DWP press office": "Swyddfa’r wasg DWP",
    "Independent Case Examiner": "Archwilydd Achosion Annibynnol",
    "Complaint about DWP service": "Cwyn am wasanaeth DWP",
    "Report benefit fraud": "Rhoi gwybod am dwyll budd-daliadau",
    "New Style JSA or ESA, new claim by phone": "JSA neu ESA Dull Newydd, cais newydd dros y ffôn",
    "Existing New Style JSA claim": "JSA Dull Newydd, cais cyfredol",
    "Existing New Style JSA or ESA claim": "JSA neu ESA Dull Newydd, cais cyfredol",
    "Benefit cap enquiries": "Ymholiadau am y cap ar fudd-daliadau",
    "New Style ESA": "ESA Dull Newydd",
    "Closed: use Universal Credit": "Wedi dod i ben: defnyddiwch Gredyd Cynhwysol",
    "PIP new claims": "PIP, ceisiadau newydd",
    "PIP enquiries and changes": "PIP, ymholiadau a newidiadau",
    "Adult Disability Payment and other devolved disability benefits": "Budd-daliadau anabledd yn yr Alban",
    "DLA for children": "DLA i blant",
    "Funeral Support Payment": "Taliad Cymorth Angladd",
    "Pension Age Winter Heating Payment": "Taliad Gwresogi Gaeaf Oedran Pensiwn",
    "State Pension: invitation letter not received": "Pensiwn y Wladwriaeth: heb gael y llythyr gwahoddiad",
    "Pension Service, existing State Pension": "Y Gwasanaeth Pensiwn, Pensiwn y Wladwriaeth cyfredol",
    "Winter Fuel Payment Centre": "Canolfan Taliadau Tanwydd Gaeaf",
    "Bereavement Support Payment and funeral payments": "Taliad Cymorth Profedigaeth a thaliadau angladd",
    "Tell Us Once": "Dywedwch Wrthym Unwaith",
    "Budgeting Loan, Social Fund enquiry line": "Benthyciad Cyllidebu, llinell ymholiadau’r Gronfa Gymdeithasol",
    "DWP Debt Management": "Rheoli Dyled DWP",
    "DWP Loan Management (mortgage interest loans)": "Rheoli Benthyciadau DWP (benthyciadau llog morgais)",
    "National Insurance number applications": "Ceisiadau am rif Yswiriant Gwladol",
    "Universal Credit in Northern Ireland": "Credyd Cynhwysol yng Ngogledd Iwerddon",
    "Copy of own personal data (subject access request)": "Copi o’ch data personol (cais gwrthrych am wybodaeth)",
    "Complaint about Universal Credit in Northern Ireland": "Cwyn am Gredyd Cynhwysol yng Ngogledd Iwerddon",
    "Citizens Advice Adviceline": "Adviceline Cyngor ar Bopeth",
    "DWP, general contact": "DWP, cyswllt cyffredinol",
    "Disagree with a benefit decision (mandatory reconsideration)": "Anghytuno â phenderfyniad am fudd-dal "
    "(ailystyriaeth orfodol)",
    "Universal Credit": "Credyd Cynhwysol",
    "Income Support": "Cymhorthdal Incwm",
    "Attendance Allowance": "Lwfans Gweini",
    "Carer’s Allowance": "Lwfans Gofalwr",
    "Access to Work": "Mynediad at Waith",
    "Pension Credit": "Credyd Pensiwn",
    "Bereavement Support Payment": "Taliad Cymorth Profedigaeth",
    "Funeral Expenses Payment": "Taliad Costau Angladd",
    "Maternity Allowance": "Lwfans Mamolaeth",
    "Sure Start Maternity Grant": "Grant Mamolaeth Cychwyn Cadarn",
    "Child Maintenance Service": "Gwasanaeth Cynhaliaeth Plant",
}

_PHRASES = {
    r"^Sign in to the Universal Credit account and use the journal": "Mewngofnodwch i’ch cyfrif Credyd Cynhwysol a "
    "defnyddiwch y dyddlyfr",
    r"\bthen\b": "yna",
    r"choose the mental health option": "dewiswch yr opsiwn iechyd meddwl",
    r"\boption 2\b": "opsiwn 2",
    r"^Text (\w+) to\b": r"Tecstiwch \1 i",
    r"^Forward to\b": "Anfonwch ymlaen i",
    r"\(free\)": "(am ddim)",
    r" or (?=0)": " neu ",
    r"^British Sign Language video relay service, link on the GOV\.UK contact page": "gwasanaeth cyfnewid fideo, "
    "dolen ar dudalen gyswllt GOV.UK",
    r"\bLive Fear Free\b": "Byw Heb Ofn",
}

_DAYS = {
    "Monday": "dydd Llun",
    "Tuesday": "dydd Mawrth",
    "Wednesday": "dydd Mercher",
    "Thursday": "dydd Iau",
    "Friday": "dydd Gwener",
    "Saturday": "dydd Sadwrn",
    "Sunday": "dydd Sul",
}
_CLOCKS = {"midday": "hanner dydd", "midnight": "hanner nos"}
_HOURS = {
    "24 hours": "24 awr",
    "free": "am ddim",
    "every day": "bob dydd",
    "office hours": "oriau swyddfa",
    "apply to the local council": "gwnewch gais i’r cyngor lleol",
    "reply due in 20 working days": "ateb o fewn 20 diwrnod gwaith",
    "within 6 months of the final response": "o fewn 6 mis i’r ymateb terfynol",
    "councils have out-of-hours lines": "mae gan gynghorau linellau y tu allan i oriau",
}
_SPAN = re.compile(r"(\S+) to (\S+)")


def in_welsh(text: str) -> str:
    """A label or a value of the directory."""
    if text.replace("'", "’") in _LABELS:
        return _LABELS[text.replace("'", "’")]
    for english, welsh in _PHRASES.items():
        text = re.sub(english, welsh, text)
    return text


def hours_in_welsh(hours: str) -> str:
    """ "Monday to Friday, 8am to 6pm" as "dydd Llun i ddydd Gwener, 8am i 6pm"; nothing where a part has no sure Welsh,
    or where it is any time."""
    if not hours or hours == "any time":
        return ""
    parts = [[_piece(piece) for piece in part.split(", ")] for part in hours.split("; ")]
    return "; ".join(", ".join(part) for part in parts) if all(piece for part in parts for piece in part) else ""


def _piece(piece: str) -> str:
    known = _HOURS.get(piece) or _DAYS.get(piece)
    span = _SPAN.fullmatch(piece)
    if known or not span:
        return known or ""
    start, end = span.groups()
    if start in _DAYS and end in _DAYS:
        return f"{_DAYS[start]} i d{_DAYS[end]}"
    return f"{_CLOCKS.get(start, start)} i {_CLOCKS.get(end, end)}" if start[0].isdigit() or start in _CLOCKS else ""
