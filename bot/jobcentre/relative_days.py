"""Rules for the days counted from today ("in 2 weeks", "friday week"), and for weeks and weekdays ("next friday")."""

from __future__ import annotations

import re
from datetime import time, timedelta, timezone

from dateutil.relativedelta import relativedelta

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.day_pieces import DAY, WEEK, Clock, Day, coming, latest, monday_of, single_day
from bot.jobcentre.day_row import REACH, Message, Rules, words_of
from bot.jobcentre.day_words import STATE_WORDS, word_set

RULES = Rules()


_COUNTS = {"": 1, "a": 1, "an": 1, "a few": 3, "few": 3, "a couple": 2, "couple": 2, "couple of": 2, "a couple of": 2}


def _count(words: str) -> int:
    return _COUNTS[words] if words in _COUNTS else int(words.lstrip("N"))


def _moved(message: Message, count: int, unit: str, sign: int) -> Day:
    """The day, or for hours and minutes the moment, so far from now."""
    if unit.startswith(("HOUR", "MINUTES")):
        minutes = count * (60 if unit.startswith("HOUR") else 1)
        moment = (message.now.astimezone(timezone.utc) + sign * timedelta(minutes=minutes)).astimezone(LONDON)
        clock = Clock(moment.time().replace(second=0, microsecond=0))
        return single_day(moment.date(), clock=clock, past=sign < 0)
    if unit.startswith(("working", "business")):
        return single_day(message.working_days_from(message.today, sign * count), past=sign < 0)
    if unit == "tridiau":
        return single_day(message.today + sign * 3 * DAY, past=sign < 0)
    if unit.startswith("MONTH"):
        return single_day(message.today + relativedelta(months=sign * count), past=sign < 0)
    days = count * (14 if unit == "FORTNIGHT" else 7 if unit.startswith("WEEK") else 1)
    return single_day(message.today + sign * days * DAY, past=sign < 0)


@RULES.add(r"(?:in|mewn|ymhen) <COUNT> (?P<unit>WEEKS?|FORTNIGHT)(?: s)?(?: time)? (?:on (?:an? |the )?|ar )<WD>")
def _weekday_in_weeks(message: Message, match: re.Match[str]) -> Day:
    """ "In 2 weeks on the wednesday"."""
    ahead = _moved(message, _count(match["count"]), match["unit"], 1).first
    return single_day(monday_of(ahead) + DAY * int(match["wd"]))


@RULES.add(
    r"(?:in|mewn|ymhen) (?:about |around |roughly |tua )?<COUNT> (?P<half>half (?:an? )?)?<UNIT>(?: s)?(?: time)?",
    r"(?:in|mewn|ymhen) (?:about |around )?(?P<count>)(?P<half>half an? |hanner )?"
    r"(?P<unit>HOUR|tridiau|FORTNIGHT|WEEK)(?: time)?",
    r"<COUNT> (?P<half>)<UNIT> (?:(?:s )?time|from (?:now|NOW|TODAY)|o nawr)",
)
def _in_a_while(message: Message, match: re.Match[str]) -> Day | None:
    a, _ = message.span(match)
    if message.near(a, _STRETCH_WORDS, on=0) or message.near(a, _WEDDING) or message.is_past(match):
        return None  # "not been paid in 2 weeks"
    if not message.closes_number(message.span(match)[1]):
        return None  # "in 2 weeks arrears"
    if match["half"]:
        return _moved(message, 30, "MINUTES", 1)
    return _moved(message, _count(match["count"] or ""), match["unit"], 1)


_STRETCH_WORDS = word_set(
    "times havent hasnt hadnt never eaten heard slept anything nothing wed wedding married havnt takes took answered "
    "answer reply replied respond done twice"
)


@RULES.add(r"<COUNT> <UNIT> (?:AGO|back|yn ol)(?: TODAY)?")
def _ago(message: Message, match: re.Match[str]) -> Day | None:
    a, _ = message.span(match)
    if not message.near(a, _OFFICE_PAST, on=4):
        return None  # "i applied 3 weeks ago": their own story
    return _moved(message, _count(match["count"] or ""), match["unit"], -1)


_OFFICE_PAST = word_set("was were wasnt werent did didnt oedd roedd oeddech roeddech")


@RULES.add(
    r"(?:the )?day after (?:TOMORROW|tmrrw)|(?:y )?(?:diwrnod|DAYS) ar ol TOMORROW|OVERMORROW",
    r"(?P<three>THIRDMORROW)",
)
def _after_tomorrow(message: Message, match: re.Match[str]) -> Day:
    return single_day(message.today + DAY * (3 if "THIRD" in words_of(match) else 2))


@RULES.add(
    r"(?P<not>(?:not|nid|dim) )?(?:<REF>|(?:THIS )?<WD>)(?: (?:and|or|but|ac|ar?|neu|ond|,))*"
    r" (?:the (?P<step>N1|day|WEEK) after|(?:yr? )?(?P<step_cy>N1|DAYS|WEEK) wedyn)"
    r"(?=$| [?.!,;]| (?:please|pls|too|instead|is|are|ok|if|will|can|do)(?!\S))"
)
def _and_the_one_after(message: Message, match: re.Match[str]) -> list[Day]:
    """Tomorrow and the day after; not this friday, the one after."""
    if match["ref"]:
        first = message.today + DAY * {"TODAY": 0, "TOMORROW": 1, "YESTERDAY": -1}[match["ref"]]
    else:
        first = coming(int(match["wd"]), message.today)
    step = match["step"] or match["step_cy"]
    after = single_day(first + (DAY if step in {"day", "DAYS"} or (step == "N1" and match["ref"]) else WEEK))
    return [after] if match["not"] else [single_day(first, past=match["ref"] == "YESTERDAY"), after]


@RULES.add(r"(?:on )?the (?:MORNING|morns)(?P<part>(?: s)? (?:MORNING|AFTERNOON|NIGHT)|)")
def _scots_tomorrow(message: Message, match: re.Match[str]) -> Day | None:
    """ "The morn", "the morn's nicht": "in the morn" is a morning."""
    a, _ = message.span(match)
    written = message.written(a + (message.word(a) == "on") + 1)
    if written.replace("’", "'") not in _MORN or message.before(match) in {"in", "of"}:
        return None
    return single_day(message.today + DAY, part=match["part"].split()[-1] if match["part"] else None)


_MORN = word_set("morn morns morn's")


@RULES.add(r"the (?P<day>day|NIGHT|noo)(?=$| [?.!,]| (?:or|aye|pal|hen|then)(?!\S))")
def _scots_today(message: Message, match: re.Match[str]) -> Day | None:
    """ "Are yous open the day?" """
    a, b = message.span(match)
    is_english = match["day"] == "NIGHT" and message.written(b - 1) != "nicht"
    if is_english or not message.near(a, STATE_WORDS, on=0) or message.before(match) in _OF_A_DAY:
        return None
    if match["day"] == "noo":
        return single_day(message.today, now=True)
    return single_day(message.today, part="NIGHT" if match["day"] == "NIGHT" else None)


_OF_A_DAY = word_set("of in on during for by that all half rest end about through")


@RULES.add(r"(?:the )?day before YESTERDAY|EREYESTERDAY")
def _before_yesterday(message: Message, match: re.Match[str]) -> Day:
    return single_day(message.today - 2 * DAY, past=True)


@RULES.add(
    r"(?P<n>a|N1|1|N2|2|N3|3|) ?(?P<unit>WEEKS?|FORTNIGHT) (?:on |from |i |)(?:<REF>|(?:THIS )?<WD>)(?: coming)?",
    r"(?P<n>)(?:<REF>|(?:THIS )?<WD>) (?P<unit>WEEK|FORTNIGHT)",
    r"(?:<REF>|(?:THIS )?<WD>) in (?P<n>a|N1|1|N2|2|N3|3) (?P<unit>WEEKS?|FORTNIGHT)(?: time)?",
)
def _weeks_after(message: Message, match: re.Match[str]) -> Day | None:
    """Friday week, a week on friday, a fortnight today, wythnos i ddydd Gwener."""
    if message.near(message.span(match)[0], _WEDDING, back=4, on=REACH):
        return None
    if match["n"] == "" and message.before(match) in {"THIS", "NEXT", "LAST", "DAYS", "the", "HOURS"} | _HALVES:
        return None
    if message.before(match) == "for" or (match["n"] == "" and message.after(match) in {"NEXT", "LAST", "THIS"}):
        return None  # the second: "dydd Llun wythnos nesaf"
    weeks = _count(match["n"]) * (2 if match["unit"] == "FORTNIGHT" else 1)
    if match["ref"]:
        start = message.today + DAY * {"TODAY": 0, "TOMORROW": 1, "YESTERDAY": -1}[match["ref"]]
    else:
        start = coming(int(match["wd"]), message.today)
    return single_day(start + weeks * WEEK)


_WEDDING = word_set("wife husband fiance fiancee bride groom wedding marry married")
_HALVES = word_set("a per")


# --- Weeks and weekdays ------------------------------------------------------------------------------------------


@RULES.add(
    r"(?:on )?<WD> (?:of |in )?(?:the |yr )?(?P<week>WEEK after NEXT|(?:THIS|NEXT|LAST) WEEK|WEEK (?:THIS|NEXT|LAST))",
    r"(?P<week>(?:THIS|NEXT|LAST) WEEK|WEEK (?:THIS|NEXT|LAST)) ?(?:, )?(?:on |ar )?(?:the )?<WD>",
)
def _weekday_of_week(message: Message, match: re.Match[str]) -> Day:
    weeks = 2 if "after" in match["week"] else 1 if "NEXT" in match["week"] else -1 if "LAST" in match["week"] else 0
    day = monday_of(message.today) + WEEK * weeks + DAY * int(match["wd"])
    return single_day(day, past=day < message.today)


@RULES.add(
    r"(?:<WD>|WEEK|(?P<weekend>WEEKEND)) (?:after NEXT|NEXT (?:but|ond) N1)",
    r"NEXT (?:<WD>|WEEK|(?P<weekend>WEEKEND)) but N1",
)
def _after_next(message: Message, match: re.Match[str]) -> Day:
    monday = monday_of(message.today) + 2 * WEEK
    if match["wd"]:
        return single_day(monday + DAY * int(match["wd"]))
    return Day(monday + DAY * (5 if match["weekend"] else 0), monday + 6 * DAY)


@RULES.add(
    r"(?P<edge>end|start|beginning|diwedd|dechrau)(?: (?:of|o))?(?: the| yr| y)?"
    r" (?:(?P<which>THIS|NEXT) )?WEEK(?: (?P<later>NEXT|THIS))?"
)
def _edge_of_week(message: Message, match: re.Match[str]) -> Day:
    """The Friday or the Monday of the week."""
    is_next = "NEXT" in (match["which"], match["later"])
    if match["edge"] in {"end", "diwedd"}:
        friday = monday_of(message.today) + 4 * DAY + WEEK * is_next
        return single_day(max(friday, message.today))
    return single_day(monday_of(message.today) + WEEK * (is_next or message.today.weekday() > 0))


@RULES.add(r"(?:about )?(?:THIS|same) (?:time|day) (?:NEXT WEEK|WEEK NEXT)|yr un (?:amser|DYDD|DAYS) WEEK NEXT")
def _same_day_next_week(message: Message, match: re.Match[str]) -> Day:
    return single_day(message.today + WEEK)


@RULES.add(
    r"(?:(?P<early>early|later|earlier|rest of|remainder of|weddill) )?(?:(?:the|yr|y) )?"
    r"(?:(?P<which>THIS|NEXT|LAST) WEEK|WEEK (?P<later>THIS|NEXT|LAST))"
)
def _week(message: Message, match: re.Match[str]) -> Day | None:
    which = match["which"] or match["later"]
    today, monday = message.today, monday_of(message.today)
    if which == "THIS":
        past = match["early"] == "earlier" or message.is_past(match)
        return Day(monday, today, past=True) if past else Day(today, monday + 6 * DAY)
    if which == "LAST":
        return Day(monday - WEEK, monday - DAY, past=True) if message.before(match) != "the" else None
    return Day(monday + WEEK, monday + (8 if match["early"] == "early" else 13) * DAY)


@RULES.add(
    r"(?:in|over|for|within|during) the NEXT (?:<COUNT> )?"
    r"(?P<unit>(?:working |business )?DAYS|WEEKS?|HOURS?|FORTNIGHT)",
    r"(?:yn|dros|o fewn) (?:yr|y) (?P<count>N?\d{1,2}|) ?(?P<unit>DAYS|WEEKS?|HOURS?|FORTNIGHT) NEXT",
)
def _next_few(message: Message, match: re.Match[str]) -> Day:
    """Any closures in the next 2 weeks? Today and so many days on."""
    count, unit = _count(match["count"] or ""), match["unit"]
    if unit.startswith("HOUR"):
        end = _moved(message, count, unit, 1)
        start = message.now.time().replace(second=0, microsecond=0)
        until = end.clock.at if end.clock and end.first == message.today else time(23, 59)
        return single_day(message.today, clock=Clock(start, until=until))
    return Day(message.today, _moved(message, count, unit, 1).first)


@RULES.add(r"(?:(?P<which>NEXT|LAST|THIS|THIS coming|coming) )?WEEKEND(?: (?P<later>NEXT|LAST|THIS|just gone|gone))?")
def _weekend(message: Message, match: re.Match[str]) -> Day:
    today = message.today
    saturday = monday_of(today) + 5 * DAY
    which = match["which"] or match["later"]
    if which == "NEXT":
        return Day(saturday + WEEK, saturday + WEEK + DAY)
    if which in {"LAST", "just gone", "gone"} or (message.is_past(match) and today < saturday):
        return Day(saturday - WEEK, saturday - WEEK + DAY, past=True)
    if message.before(match, 2) == "after" or message.before(match) == "after":
        return single_day(saturday + 2 * DAY)
    return Day(max(saturday, today), saturday + DAY, kind="weekend")


@RULES.add(r"(?:(?:on|at|EVERY|ar) )?(?P<which>WEEKENDS|WEEKDAYS)", r"EVERY (?P<which>WEEKEND)")
def _weekly_run(message: Message, match: re.Match[str]) -> list[Day]:
    days = range(5) if match["which"] == "WEEKDAYS" else (5, 6)
    return [single_day(coming(day, message.today), weekly=day) for day in days]


@RULES.add(
    r"(?:THIS coming|(?:the )?coming|THIS) <WD>",
    r"<WD> (?:coming|THIS)",
    r"(?P<next>(?:the )?(?:NEXT|following)) <WD>",
    r"<WD> (?P<next>NEXT)",
    r"(?:THIS )?(?P<last>LAST|past) <WD>",
    r"<WD> (?P<last>LAST|just gone|gone|past)",
)
def _relative_weekday(message: Message, match: re.Match[str]) -> Day | None:
    groups, weekday = match.groupdict(), int(match["wd"])
    if groups.get("next"):
        return single_day(monday_of(message.today) + WEEK + DAY * weekday, kind="next_weekday")
    if groups.get("last"):
        if message.after(match) in _LONGER:
            return None  # "wed last year"
        return single_day(latest(weekday, message.today), past=True)
    return single_day(coming(weekday, message.today), kind="weekday")


_LONGER = word_set("year MONTH summer winter spring autumn XMAS EASTER")


@RULES.add(
    r"(?:EVERY|on an?|of an?|any|bob|most) <WD>(?: (?P<part>MORNING|AFTERNOON|EVENING|NIGHT))?",
    r"(?:on |ar )?(?:DYDD |DAYS )?D(?P<wd>\d)p(?: (?P<part>MORNING|AFTERNOON|EVENING|NIGHT))?",
    r"(?:on |ar )?D(?P<wd>\d)s(?= (?:[?.!,]|or|and|DYDD|D\ds))(?P<part>)",
    r"(?:on )?<WD> (?P<part>PARTS)",
    r"EVERY <PART> <WD>",
    r"DAYS D(?P<wd>\d)[wc]?(?P<part>)",
)
def _habit(message: Message, match: re.Match[str]) -> Day | None:
    part = match["part"] or None
    if part == "PARTS":
        part = _plural_part(message, match)
    return single_day(coming(int(match["wd"]), message.today), weekly=int(match["wd"]), part=part)


def _plural_part(message: Message, match: re.Match[str]) -> str:
    written = message.written(message.span(match)[1] - 1)
    return next((part for part in ("MORNING", "AFTERNOON", "EVENING", "NIGHT") if part.lower() in written), "MORNING")
