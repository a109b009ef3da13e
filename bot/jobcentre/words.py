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

FOI_REQUEST = re.compile(
    r"\bunder the (?:freedom of information|foi)\b|\bfoi (?:act )?request\s*:|\bthis is (?:a|an|my) (?:freedom of|foi)|"
    r"\b(?:i (?:am|would like to|want to|wish to|hereby)|i'd like to)\s+(?:\w+\s+)?(?:request|requesting|ask under)\b"
    r".{0,80}\b(?:how many|copies|a copy|information|details|data|figures|number of|statistics)\b|"
    r"\bo dan y ddeddf rhyddid gwybodaeth\b|\bdyma (?:fy )?nghais rhyddid\b",
    re.IGNORECASE | re.DOTALL,
)
"""A request made in the message itself, not a question about how to make one."""

WANTED_CHANNELS = {
    "phone": re.compile(r"\b(?:phone|ring|call|number|tele|dial|bell|ffonio|ffôn|rhif|galw)", re.IGNORECASE),
    "email": re.compile(r"\be-?mail|\be-?bost", re.IGNORECASE),
    "post": re.compile(r"\b(?:post|address|write to|letter|postal|cyfeiriad|llythyr|ysgrifennu)\b", re.IGNORECASE),
    "online": re.compile(r"\b(?:online|website|web ?site|link|ar-?lein|gwefan)\b", re.IGNORECASE),
    "Relay UK": re.compile(r"\b(?:relay|deaf|hard of hearing|textphone|minicom|byddar|text ?relay)\b", re.IGNORECASE),
}
"""The directory's channels that the words ask for."""
