"""A message in parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.jobcentre.question_words import WELSH_OPENINGS

_SENTENCE_END = re.compile(r"[.?!;]+(?=\s|$)|[?!]+|\n+")
_JOIN = re.compile(
    r"\s*,?\s+(?:(?:and|but|so) )?(?:anyways?|basically|because|cause|cos|coz|cuz|bc|achos|oherwydd|beth bynnag),?\s+|"
    r"\s*,?\s+(?:and also|and then|and|an[’']?|[’']?nd?|&|\+|also|plus|but|so|just|then|oh(?: and)?|btw|by the way"
    r"|a hefyd|a|ac|hefyd|ond|(?<!os )felly|o ie|gyda llaw)\s+|\s*,\s+"
    r"|\s+-\s+|"
    r"\s+(?=(?:i|we) (?:only|just|simply) (?:want|need|wanna|wanted|needed)\b)",
    re.IGNORECASE,
)
# What may open a question or a request: a join before one of these starts a new clause.
_OPENER = re.compile(
    r"(?:(?:is|are|do|does|did|could|would|should|has|have|was|were)(?:n[’']?t)?|ai?n[’']?t|won[’']?t|can(?:[’']?t)?|r|"
    r"will|cud|"
    r"where|wheres|when|whens|what|whats|wat|how|hows|who|whos|which(?! (?:has|had|means|meant|i|we|they|he|she)\b)"
    r"(?! is (?:where|what|why|how|when)\b)|why|whys|"
    r"if|whether|any|anything|wh?[ei]+r|whaur|whar|whit|worra?|fit(?! (?:notes?|for|as|in|to)\b)|fan|fa|hoo|whae|dae"
    r"|dis|kin|must|(?:its?|your|ur|their|the) (?:number|address|hours|postcode|phone|email|times)|til+ when|"
    r"i need|need|i want|wanna|i'd like|tell me|give me|"
    r"send me|im|i'm|i|my|ur|you|u|"
    r"(?:ai? )?(?:ydy|ydi|ydyn|ydw|odi|odw|yw|di|dych|dach|ydych|ydach|odych|y['’]ch|chi|fydd|fyddwch|oedd|"
    r"oes|o['’]s|wes)|"
    r"(?:ac? )?(?:fydd(?:an|wn|a)?|[gc]ai?ff|[gc]eith|[gc]eiff|aiff|eith|d?daw|all(?:ith)?|gall(?:a|ith)?|fed[ra]r?)|"
    r"rhowch|dwedwch|dudwch|esboniwch|rhif|oriau|cyfeiriad|"
    r"b?['’]?le|phle|lle|ph?ryd|beth|be|sut|shwt|sud|faint|sawl|ph?wy|ph?am|ph?a|ym mhle|am faint|o faint|"
    r"[gc]af? i|gewch|gai|(?:alla|fedra) i(?! ddim)|allwch|allech|fedrwch|wnewch|newch|sgen|sgynn\w+|ddylwn|"
    r"mae?|dw i|dwi|rwy|rydw|fi|isio|eisiau|moyn|angen|hoffwn|licen|liciwn)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\W*(?:(?:and|an|so|but|or|also|plus|then|well|a|ac|ond|neu|hefyd|wedyn|felly|jyst|jest|wel|reit|plis)\W+)*"
    r"(?:is|are|r|am|do|does|did|will|can|could|cud|would|where|whereabouts|when|wh?[ao]t|whit|how|who|which|why|has"
    r"|have (?:you|u|they|i|we)|whaur|wheer|whar|worra|hoo|whae|dae|kin|fan|hae ye"
    rf"|oedd(?:ech|et|en)?|[’']?di(?= \w+(?:[’']n| yn| ar)\b)|{WELSH_OPENINGS})(?:[’']?(?:s|re))?\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|isn'?t|wasn'?t|don'?t|didn'?t|no need to)\s+(?:\w+\s+){0,2}?(?:ask(?:ing|in)?|about|after|want(?:ing)?|"
    r"talk(?:ing)?|need(?:ing)?|care about|interested|bothered|fussed|here)\b|"
    r"\b(?:ddim|nid)\s+(?:\w+\s+){0,2}?(?:gofyn|eisiau|isio|am)\b|"
    r"\bforget (?:about )?(?:my|the)\b|\b(?:nothing|nowt|not a thing) to do with\b|\bdim i'?w wneud â\b",
    re.IGNORECASE,
)
_PLAIN_JOIN = {
    "en": re.compile(
        r"\s*,?\s+(?:oh )?(?:and also|and then|and|also|plus|oh|then|as well as|btw|by the way|nd?|&|\+)\s+"
        r"|\s*[,/]\s+|\s+[-–—/]+\s+",
        re.IGNORECASE,
    ),
    "cy": re.compile(
        r"\s*,?\s+(?:o )?(?:a hefyd|ac hefyd|a|ac|hefyd|wedyn|gyda llaw|&|\+)\s+|\s*[,/]\s+|\s+[-–—/]+\s+",
        re.IGNORECASE,
    ),
}
"""What may stand between two questions of which the second has no opening word: "your address and any parking"."""
_REQUEST = re.compile(
    r"(?:can|cud|could|will|would|do|did) (?:you|u|ya|i|we)|(?:allwch|fedrwch|wnewch) chi", re.IGNORECASE
)
"""Words that ask for what follows them: "can you just tell me" is one clause."""
_BARE_JOIN = {
    "en": re.compile(
        r"(?<!\bof)(?<!\babout)(?<!\bwipe)(?<!delete)(?<!erase)(?<!remove)\s+"
        r"(?=(?:where|when(?! (?:it(?:[’']?s)?|i|s?he|they|we|my|his|her|their|our|some\w+|a|the)\b)|wh?[ao]t|whit"
        r"|whaur|how|(?<!one )(?<!body )(?<!person )(?<!people )(?<!human )who|which|why)(?:[’']?s|[’']?re)?\b"
        r"|(?:is|are|r|do|have|can) (?:there|it|you|u|ya|yous|i|we)\b|(?:i[’']?ve|they[’']?ve)\b"
        r"|my (?:\w+ ){1,2}(?:is|are|was|were|has|have|had|says?|said|keeps?|wants?|needs?|got)\b(?!\W*\Z))",
        re.IGNORECASE,
    ),
    "cy": re.compile(
        r"\s+(?=(?:ble|lle|pryd|beth|be|sut|faint|pwy|pa|oes|ydy|ydi|ydych|dych|dach|ga i|gaf i|alla i)\b)",
        re.IGNORECASE,
    ),
}
"""Where a question may begin with nothing between: "are you open sat what time do you shut". "The notes my coach keeps"
and "someone who isn't a computer" are one thing."""
_UNFINISHED = re.compile(
    r"\b(?:what|which|how|pa|faint|sawl)\b(?!.*\b(?:is|are|r|do|does|did|can|will|yd[yi]|yw|ydych|dach|oes|mae)\b).*",
    re.IGNORECASE,
)
"""A question whose verb is still to come: "what hours" before "are you doing"."""
_INSTEAD = re.compile(r"just|but|ond|only")
_MIN_WORDS = 2
Span = tuple[int, int]
"""The first character, and the one after the last."""


def split(text: str, kept_whole: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Spans of the clauses, in order. Spans in `kept_whole` (a place, a date) are never cut through."""
    out: list[tuple[int, int]] = []
    for start, end in _sentences(text, kept_whole):
        out += _parts(text, start, end, kept_whole)
    return out


def halves(text: str, start: int, end: int, language: str, kept_whole: Sequence[Span] = ()) -> list[tuple[Span, Span]]:
    """The ways to cut a clause in two where words are joined, whether or not a question begins there, then those
    where one may begin though nothing joins them. What they are taken for must tell. No span in `kept_whole` is cut
    through."""
    plain, bare = (joins.get(language, joins["en"]) for joins in (_PLAIN_JOIN, _BARE_JOIN))
    joined = [join.span() for join in plain.finditer(text, start, end)]
    begun = {after for _, after in joined}
    unjoined = []
    for join in bare.finditer(text, start, end):
        is_within = text.rfind(" ", 0, join.start()) + 1 in begun or _UNFINISHED.search(text, start, join.start())
        if join.end() not in begun and not is_within:
            unjoined.append(join.span())
        begun.add(join.end())
    return [
        ((start, before), (after, end))
        for before, after in (*joined, *unjoined)
        if not _is_inside(before + 1, kept_whole)
        and len(text[start:before].split()) >= _MIN_WORDS
        and len(text[after:end].split()) >= _MIN_WORDS
    ]


def asks(text: str) -> bool:
    """Whether the clause has the form of a question: a mark at its end, or the order of words of one."""
    return bool(_ASKS.match(text) or text.rstrip().endswith("?"))


def is_negated(text: str) -> bool:
    """Whether the clause says what the person does NOT ask."""
    return bool(_NEGATED.search(text))


def _sentences(text: str, kept_whole: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    out, start = [], 0
    for mark in _SENTENCE_END.finditer(text):
        if not _is_inside(mark.start(), kept_whole):
            out.append((start, mark.end()))
            start = mark.end()
    out.append((start, len(text)))
    return [(a, b) for a, b in out if re.search(r"\w", text[a:b])]


def _parts(text: str, start: int, end: int, kept_whole: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    out, at = [], start
    for join in _JOIN.finditer(text, start, end):
        if _is_inside(join.start() + 1, kept_whole) or not _opens(text, at, join, end):
            continue
        if _REQUEST.fullmatch(text[at : join.start()].strip()):
            continue
        if len(text[at : join.start()].split()) >= _MIN_WORDS and len(text[join.end() : end].split()) >= _MIN_WORDS:
            out.append((at, join.start()))
            at = join.end()
    out.append((at, end))
    return out


def _opens(text: str, at: int, join: re.Match[str], end: int) -> bool:
    """Whether a clause begins after the join: with an opening word, or with what is wanted instead of what is not."""
    is_instead = _INSTEAD.fullmatch(join[0].strip(" ,").lower()) and is_negated(text[at : join.start()])
    return bool(is_instead or _OPENER.match(text, join.end(), end))


def _is_inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < position < end for start, end in spans)
