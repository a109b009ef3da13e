""" "Stop" and "start", which are obeyed at once."""

from __future__ import annotations

import re

_STOP = re.compile(
    r"\W*(?:(?:please|pls|plz|can you|i said|just)\W+)*"
    r"(?:stop(?:\W+(?:it|now|messag\w+(?: me)?|texting(?: me)?|sending(?: me)?(?: messages)?|all|this))*"
    r"|unsubscribe|opt(?: me)? out|do ?n[o']?t (?:message|contact|dm) me(?: again| any ?more)?|leave me alone"
    r"|(?:do ?n[o']?t|stop|quit)\W+(?:send|messag|text|contact|writ|dm)\w*"
    r"(?:\W+(?:me|us|to|any|more|any ?more|these|this|stuff|messages?|texts?|dms?|again|ever))*"
    r"|no more messages|stopiwch|stopia|peidiwch|(?:dim (?:mwy|rhagor) o )negeseuon|peidiwch â fy negeseuo"
    r"|(?:peidiwch|paid|stopi(?:wch|a|o)|rhowch (?:y )?gorau? i)(?:\W+(?:â|a|ag))?"
    r"\W+(?:anfon|danfon|g?yrru|hala|sgwennu|ysgrifennu|ch?ysylltu|negeseuo|thecstio|tecstio)"
    r"(?:\W+(?:mwy|rhagor|unrhyw|dim|o|negese?uon|neges|negesa|pethau?|bethau?|eto|ata|ataf|atai|i|mi|fi|â|a|efo|gyda))*)"
    r"(?:\W+(?:please|pls|plz|thanks|now|os gwelwch yn dda|plis|diolch))*\W*",
    re.IGNORECASE,
)
_START = re.compile(
    r"\W*(?:start|re-?start|unstop|opt in|dechrau|ail-?ddechrau|cychwyn)(?:\W+(?:again|eto|please))*\W*",
    re.IGNORECASE,
)


def control_of(text: str) -> str | None:
    """ "stop" or "start" where that is all the message says (X asks automated accounts to obey it at once)."""
    if _STOP.fullmatch(text):
        return "stop"
    return "start" if _START.fullmatch(text) else None
