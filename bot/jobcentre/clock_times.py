"""Rules for the times of the clock ("half nine", "9-5", "after 4") and the parts of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bot.jobcentre.day_pieces import DAY, Clock, Day, Piece, single_day
from bot.jobcentre.day_row import DAY_SYMBOL, MACROS, Message, Rules, words_of
from bot.jobcentre.day_words import STATE_WORDS, word_set

RULES = Rules()


_WORD_TIMES = {
    **dict.fromkeys(("noon", "midday", "mid day", "hanner DYDD", "canol DYDD", "ganol DYDD"), time(12)),
    **dict.fromkeys(("midnight", "hanner NIGHT", "canol NIGHT", "ganol NIGHT"), time(0)),
    **dict.fromkeys(("teatime", "tea time", "amser te"), time(17)),
}
_MINUTE_WORDS = {"quarter": 15, "chwarter": 15, "half": 30, "hanner": 30, "N5": 5, "N10": 10, "N20": 20}
_AFTER_HOUR = {"N30": 30, "N20": 20, "N20 N5": 25, "fifteen": 15, "forty": 40, "fifty": 50, "forty five": 45}
_NUM = MACROS["NUM"]
_HALF = r"am|pm|a (?:\. )?m|p (?:\. )?m"

_OCLOCK = "ish|oclock|o clock|clock|sharp|on the dot|or gloch|ar y dot"


def _time_pattern(n: int) -> str:
    """One clock time; the names of the groups carry the number, so that a span can hold two."""
    return (
        rf"(?:(?P<word{n}>{'|'.join(_WORD_TIMES)})"
        rf"|(?:a )?(?P<minutes{n}>half|hanner(?: HOUR)?|quarter|chwarter|N20 N5|N5 ar hugain|N5|N10|N20|5|10|20|25)"
        rf"(?: MINUTES)?(?: (?P<way{n}>past|to|till|after|wedi|i))? (?P<of{n}>{_NUM})"
        rf"(?: (?P<of_half{n}>{_HALF}|oclock|ish))?"
        rf"|(?P<exact{n}>\d{{1,2}}[:.]\d{{2}})(?: (?P<exact_half{n}>{_HALF}))?(?: ish)?"
        rf"|(?P<four{n}>[012]\d[0-5]\d)(?: (?P<hundred{n}>HOURS|h))?"
        rf"|(?P<spelt{n}>N\d{{1,2}}) (?P<past_hour{n}>N30|N20(?: N5)?|fifteen|forty five|forty|fifty)"
        rf"|(?P<hour{n}>{_NUM})(?: (?P<hour_half{n}>{_HALF}|{_OCLOCK}))?(?: - ish)?)"
    )


@dataclass(frozen=True)
class _Time:
    at: time
    bare: bool
    """Without am or pm, and not on the 24-hour clock."""
    sure: bool
    """Written as a time and nothing else: "3pm", "half nine", "15:30"."""


def _clock_time(
    hour: int, minute: int, half: str | None = None, *, sure: bool = False, padded: bool = False
) -> _Time | None:
    if half and half[0] in "ap":
        if not 1 <= hour <= 12 or minute > 59:
            return None
        return _Time(time(hour % 12 + 12 * (half[0] == "p"), minute), bare=False, sure=True)
    if hour > 23 or minute > 59:
        return None
    return _Time(time(hour, minute), bare=1 <= hour <= 12 and not padded, sure=sure)


def _read_time(match: re.Match[str], n: int) -> _Time | None:
    group = {name[:-1]: value for name, value in match.groupdict().items() if name.endswith(str(n)) and value}
    if "word" in group:
        return _Time(_WORD_TIMES[group["word"]], bare=False, sure=True)
    if "minutes" in group:
        return _minutes_of(group)
    if "exact" in group:
        hour, minute = re.split("[:.]", group["exact"])
        padded = hour[0] == "0"
        return _clock_time(int(hour), int(minute), group.get("exact_half"), sure=":" in group["exact"], padded=padded)
    if "four" in group:
        return _clock_time(int(group["four"][:2]), int(group["four"][2:]), sure="hundred" in group, padded=True)
    if "spelt" in group:
        return _clock_time(_hour_value(group["spelt"]), _AFTER_HOUR[group["past_hour"]], sure=True)
    half = group.get("hour_half")
    return _clock_time(_hour_value(group["hour"]), 0, half, sure=half is not None)


def _hour_value(words: str) -> int:
    """11 for `N11`, `11` and `un ar N10` (un ar ddeg)."""
    return 11 if " ar " in words else int(words.lstrip("N"))


def _minutes_of(group: dict[str, str]) -> _Time | None:
    """Half nine, quarter to five, ten past three, hanner awr wedi naw."""
    words, way, hour = group["minutes"], group.get("way"), _hour_value(group["of"])
    if (way is None and words != "half") or hour > 12:
        return None
    minute = (
        int(words) if words.isdigit() else 25 if words[0] == "N" and " " in words else _MINUTE_WORDS[words.split()[0]]
    )
    if way in {"to", "till", "i"}:
        hour, minute = (hour - 1) or 12, 60 - minute
    return _clock_time(hour, minute, group.get("of_half"), sure=True)


_BETWEEN = frozenset({"between", "btwn", "rhwng", "o", "from"})
_LEAD = r"(?P<lead>between|btwn|from|rhwng|o|open|opening|opens|hours|HOURS|agor|its|it|be)"


@RULES.add(
    rf"(?:{_LEAD} )?(?:at )?{_time_pattern(1)} (?P<link>-|to|until|til|till|and|&|tan|a|ac|hyd|i)"
    rf" (?:at |about )?{_time_pattern(2)}",
    rf"(?:{_LEAD} )?(?P<pair>\d{{1,2}}-\d{{1,2}})(?: (?P<half>am|pm))?",
)
def _time_span(message: Message, match: re.Match[str]) -> Piece | None:
    is_pair = "pair" in match.groupdict()
    start, end = _pair_times(match) if is_pair else (_read_time(match, 1), _read_time(match, 2))
    if start is None or end is None:
        return None
    sure = start.sure or end.sure
    if not sure and not message.closes_number(message.span(match)[1]):
        return None  # "9-5 job", "between 2 and 4 weeks"
    if not is_pair and not _is_span(message, match, sure):
        return None
    clock = Clock(start.at, end.at, bare=start.bare, bare_end=end.bare)
    return Piece(0, 0, clock=clock, weak=not sure and match["lead"] is None)


def _pair_times(match: re.Match[str]) -> tuple[_Time | None, _Time | None]:
    start, end = match["pair"].split("-")
    return _clock_time(int(start), 0), _clock_time(int(end), 0, match["half"])


def _is_span(message: Message, match: re.Match[str], sure: bool) -> bool:
    """Whether "9 and 5" or "10 to 4" is a span of hours and not two times or four minus ten minutes."""
    if match["link"] in {"and", "&", "a", "ac", "i"} and match["lead"] not in _BETWEEN:
        return False
    is_led = match["lead"] is not None and words_of(match).split()[1] != "at"  # "open at 20 to 5"
    # Of hours both are written alike: "ten to 5" is a time, also after "open".
    is_mixed = match["lead"] not in _BETWEEN and (match["hour2"] or "").isdigit()
    if (not is_led or is_mixed) and match["link"] == "to" and match["hour1"] in {"N5", "N10", "N20", "20"}:
        return False
    return sure or match["lead"] is not None or message.before(match) not in _RELATIONS


_RELATION_WORDS = {
    "at": "at for about around roughly approx circa tua am say",
    "after": "after past from o ar_ol wedi later_than",
    "before": "by before cyn erbyn no_later_than b4 earlier_than",
    "until": "until til till tan hyd untill",
}
_RELATIONS = {word.replace("_", " "): name for name, words in _RELATION_WORDS.items() for word in words.split()}
_RELATION = "|".join(sorted(_RELATIONS, key=len, reverse=True))


@RULES.add(rf"(?:(?:(?P<outer>{_RELATION}) )?(?P<relation>{_RELATION}) (?:the )?)?{_time_pattern(1)}")
def _clock(message: Message, match: re.Match[str]) -> Piece | None:
    found = _read_time(match, 1)
    if found is None or message.before(match) in {"since", "ers", "age", "aged"}:
        return None
    if not found.sure and not _is_hour_asked(message, match, found):
        return None
    if (match["minutes1"] or "").isdigit() and not message.closes_number(message.span(match)[1]):
        return None  # "5 to 10 people"
    if match["hour_half1"] in {"am", "a m"} and message.after(match) in {"i", "y"} and not match["relation"]:
        return None  # "i have 2 am i entitled"
    written = [word for word in (match["outer"], match["relation"]) if word and _RELATIONS[word] != "at"]
    relation = _RELATIONS[written[0]] if written else "at"
    at = time(23, 59) if match["word1"] and found.at == time(0) and relation in {"before", "until"} else found.at
    return Piece(0, 0, clock=Clock(at, relation=relation, bare=found.bare))


def _is_hour_asked(message: Message, match: re.Match[str], found: _Time) -> bool:
    """Whether a number that might be a time is one, by the words round it."""
    relation, closed = match["relation"], message.closes_number(message.span(match)[1])
    before = message.before(match)
    if relation == "am" and before in {"i", "im", "who", "what", "why"}:
        return False  # English "am"
    if match["exact1"]:
        return found.at.minute % 5 == 0 and closed
    if match["four1"] and len(message.words) > 2:
        is_year = match["four1"][:2] in {"19", "20"} and relation != "at"
        return relation is not None and not is_year and found.at.minute % 5 == 0
    if relation == "past" and before not in STATE_WORDS:
        return False
    if relation is None and _is_second_hour(message, match):
        return True
    if relation in {None, "for", "say"} or found.at.hour > 12:
        return False
    return _is_bare_hour(message, match, closed)


def _is_second_hour(message: Message, match: re.Match[str]) -> bool:
    """The 4 of "at 9 on friday and 4 on monday"."""
    is_on_a_day = message.after(match) == "on" and DAY_SYMBOL.fullmatch(message.after(match, 1)) is not None
    return is_on_a_day and message.before(match) in {"and", "or"} and message.near(message.span(match)[0], _AT, on=0)


_AT = word_set("at by before after from until")


def _is_bare_hour(message: Message, match: re.Match[str], closed: bool) -> bool:
    after = message.after(match)
    if closed:
        return match["hour1"] != "N1" or not after or after in _PAUSES or DAY_SYMBOL.fullmatch(after) is not None
    arrives = match["relation"] == "at" and message.before(match) in _ARRIVALS
    return arrives and after not in _COUNTED


_PAUSES = word_set("? . ! , or on please pls plz then for")
_ARRIVALS = STATE_WORDS | word_set("arrive arriving appointment appt apt meeting come in interview opens closes shuts")
_COUNTED = word_set(
    "high street road lane avenue place park X of DAYS WEEKS HOURS MONTHS MINUTES jobcentres offices branches sites "
    "centres places people"
)


@RULES.add(
    rf"(?P<hour>{_NUM})(?= (?:TONIGHT|(?:in the|yn y|yr?|THIS|TOMORROW|TODAY|D\d)"
    r" (?:MORNING|AFTERNOON|EVENING|EVE|NIGHT)))",
    rf"make (?:it|that) (?P<hour>{_NUM})(?=$| (?:[?.!,]|TODAY|TOMORROW|on|instead|please|pls|then|not))",
)
def _hour_before_part(message: Message, match: re.Match[str]) -> Piece | None:
    hour = _hour_value(match["hour"])
    return Piece(0, 0, clock=Clock(time(hour), bare=True)) if 1 <= hour <= 12 else None


@RULES.add(
    rf"(?P<hour>{_NUM})(?= (?:on )?(?:TODAY|TOMORROW|(?:DYDD )?D\d)(?!\S))",
    rf"(?:(?<= TODAY )|(?<= TOMORROW )|(?<= D\d ))(?P<hour>{_NUM})",
)
def _hour_beside_day(message: Message, match: re.Match[str]) -> Piece | None:
    """ "Exeter 12 tomorrow open", "tomorrow 9 are you open": where opening is spoken of, and nothing is counted."""
    a, b = message.span(match, "hour")
    hour, before = _hour_value(match["hour"]), message.word(a - 1)
    is_asked = message.near(a, STATE_WORDS) and message.closes_number(b) and before not in _COUNTING
    return Piece(0, 0, clock=Clock(time(hour), bare=True)) if is_asked and 1 <= hour <= 12 else None


_COUNTING = word_set(
    "have has had got get only just last all are there is was were need no number unit room floor level page platform "
    "bus stage step phase age aged the these those of than least most over under and or / - ."
)


@RULES.add(r"(?:(?:at|in|over|around) )?(?:the )?(?:lunch ?time|dinner ?time|amser cinio)")
def _lunch(message: Message, match: re.Match[str]) -> Piece:
    return Piece(0, 0, clock=Clock(time(12), until=time(14)))


# --- Parts of the day ------------------------------------------------------------------------------------------


@RULES.add(
    r"(?P<lead>the )?(?:W1|O1) thing(?: in the MORNING)?",
    r"(?P<lead>)(?:ben MORNING|(?:y )?peth (?:cyntaf|W1)(?: yn y MORNING)?)",
)
def _first_thing(message: Message, match: re.Match[str]) -> Piece | None:
    if match["lead"]:
        return None
    return Piece(0, 0, part="FIRST", weak="MORNING" not in words_of(match))


@RULES.add(r"(?:(?:y|yr) )?<PART> (?:ma|THIS)", r"(?:(?:later|earlier) )?THIS <PART>")
def _this_part(message: Message, match: re.Match[str]) -> Day:
    return single_day(message.today, part=match["part"], past=message.is_past(match))


@RULES.add(r"LAST NIGHT|LASTNIGHT")
def _last_night(message: Message, match: re.Match[str]) -> Day:
    return single_day(message.today - DAY, part="NIGHT", past=True)


@RULES.add(r"(?:later )?TONIGHT")
def _tonight(message: Message, match: re.Match[str]) -> Day:
    return single_day(message.today, part="NIGHT", past=message.is_past(match))


@RULES.add(r"gydar NIGHT|(?:min|fin|MINUTES) NIGHT")
def _welsh_evening(message: Message, match: re.Match[str]) -> Piece:
    return Piece(0, 0, part="EVENING")


@RULES.add(
    r"(?:(?:what|how) about|and|or|beth am|be am|neu|ac?|ar) (?:(?:in )?the |yr? |yn y )?<PART>(?=$| [?.!])",
    r"(?:the |yr? )?<PART>(?= [?])",
)
def _part_alone(message: Message, match: re.Match[str]) -> Piece | None:
    """ "And the afternoon?" of the day that was spoken of."""
    return None if message.before(match) else Piece(0, 0, part=match["part"])


@RULES.add(
    r"(?P<lead>(?:in|during) the |yn y )?(?:at )?<PART>",
    r"(?P<lead>)(?P<part>am|pm)(?=$| [?.!,/&-]| (?:or|on|and|please|pls)(?!\S))",
)
def _part_of_day(message: Message, match: re.Match[str]) -> Piece | None:
    if message.before(match) in {"good", "gud"} or message.after(match) in {"da", "shift", "all"}:
        return None  # greetings
    part = {"am": "MORNING", "pm": "AFTERNOON"}.get(match["part"], match["part"])
    return Piece(0, 0, part=part, weak=match["lead"] is None or not match["lead"])
