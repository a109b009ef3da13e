"""Small patterns of what a question speaks of, in English and Welsh."""

from __future__ import annotations

import re

ON_A_CLAIM = re.compile(
    r"\b(?:my|his|her|our|their|the)\s+(?:\w+\s+){0,2}?(?:claim|payments?|money|benefits?|sanction|journal|award|"
    r"appeal|overpayment|account|case|work coach|appointment)\b|\b(?:fy|ein)\s+(?:\w+\s+)?(?:nghais|nhaliad|arian|"
    r"mudd-?dal|nghyfrif|achos)\b",
    re.IGNORECASE,
)
"""Somebody's own dealings with DWP: people here cannot discuss those either."""

_FOI = re.compile(r"\bfoi\b|freedom of information|rhyddid gwybodaeth", re.IGNORECASE)
_WANTS_RECORDS = re.compile(
    r"\bhow (?:many|much)\b|\b(?:copies|a copy|copy) of\b|\bnumber of\b|\b(?:all|any) (?:emails|documents|letters|"
    r"correspondence|records|minutes)\b|\bplease (?:provide|disclose|send)\b|\bprovide me with\b|\b(?:cost|figures|"
    r"statistics|spend(?:ing)?|amount) (?:of|on|for)\b|\bunder the (?:act|foi|freedom)\b|\bfaint o\b|\bcopi o\b|"
    r"\bnifer y\b|\bo dan y ddeddf\b",
    re.IGNORECASE,
)


def is_foi_request(text: str) -> bool:
    """Whether the message itself asks for records under the Act, and not only how to. It errs to yes (facts 2.11)."""
    return bool(_FOI.search(text) and _WANTS_RECORDS.search(text))


WANTED_CHANNELS = {
    "phone": re.compile(r"\b(?:phone|ring|call|number|tele|dial|bell|ffonio|ffôn|rhif|galw)", re.IGNORECASE),
    "email": re.compile(r"\be-?mail|\be-?bost", re.IGNORECASE),
    "post": re.compile(r"\b(?:post|address|write to|letter|postal|cyfeiriad|llythyr|ysgrifennu)\b", re.IGNORECASE),
    "online": re.compile(r"\b(?:online|website|web ?site|link|ar-?lein|gwefan)\b", re.IGNORECASE),
    "Relay UK": re.compile(r"\b(?:relay|deaf|hard of hearing|textphone|minicom|byddar|text ?relay)\b", re.IGNORECASE),
}
"""The directory's channels that the words ask for."""
