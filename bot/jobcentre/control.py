""" "Stop" and "start", which are obeyed at once."""

from __future__ import annotations

import re

_ENGLISH_STOP = (
    r"stop(?:\W+(?:it|now|messag\w+(?: me)?|texting(?: me)?|sending(?: me)?(?: messages)?|all|this))*"
    r"|unsubscribe|opt(?: me)? out|leave me (?:alone|be)|let me be"
    r"|do ?n[o']?t (?:message|contact|dm) me(?: again| any ?more)?"
    r"|(?:do ?n[o']?t|do not|never|stop|quit)\W+(?:send|messag|text|contact|writ|dm)\w*"
    r"(?:\W+(?:me|us|to|any|more|any ?more|these|this|stuff|messages?|texts?|dms?|again|ever))*"
    r"|no (?:more|further) (?:messages?|texts?|dms?)"
)
_WELSH_STOP = (
    r"stopiwch|stopia|peidiwch|(?:dim (?:mwy|rhagor) o )negeseuon|peidiwch â fy negeseuo"
    r"|(?:gadewch|gadwch|gad|gadael)\W+(?:llonydd|lonydd)(?:\W+i\W+(?:mi|fi))?"
    r"|(?:gadewch|gadwch|gad)\W+(?:i\W+)?(?:fi|mi) fod"
    r"|(?:peidiwch|paid|stopi(?:wch|a|o)|rhowch (?:y )?gorau? i)(?:\W+(?:â|a|ag))?"
    r"\W+(?:anfon|danfon|g?yrru|hala|sgwennu|ysgrifennu|ch?ysylltu|negeseuo|thecstio|tecstio)"
    r"(?:\W+(?:mwy|rhagor|unrhyw|dim|o|negese?uon|neges|negesa|pethau?|bethau?|eto|ata|ataf|atai|i|mi|fi|â|a|efo|gyda))*"
)
_STOP = re.compile(
    r"\W*(?:(?:please|pls|plz|can you|i said|just)\W+)*"
    rf"(?:{_ENGLISH_STOP}|{_WELSH_STOP})"
    r"(?:(?:\W+(?:and|now|a|ac|nawr|rwan|rŵan))?\W+"  # people say it in two ways in one breath
    rf"(?:{_ENGLISH_STOP}|{_WELSH_STOP})){{0,2}}"
    r"(?:\W+(?:please|pls|plz|thanks|now|then|os gwelwch yn dda|plis|diolch|nawr|rwan|rŵan))*\W*",
    re.IGNORECASE,
)
_LONGEST = 200
"""Characters of a message that says no more than that."""
_START = re.compile(
    r"\W*(?:start|re-?start|unstop|opt in|dechrau|ail-?ddechrau|cychwyn)(?:\W+(?:again|eto|please))*\W*",
    re.IGNORECASE,
)


def control_of(text: str) -> str | None:
    """ "stop" or "start" where that is all the message says (X asks automated accounts to obey it at once)."""
    if len(text) > _LONGEST:
        return None
    if _STOP.fullmatch(text):
        return "stop"
    return "start" if _START.fullmatch(text) else None
