"""Rules for the days that the calendar names: bank holidays, feasts, dates with a month, and months."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from bot.jobcentre.day_pieces import DAY, WEEK, Day, Impossible, month_day, single_day
from bot.jobcentre.day_row import Message, Rules, dom_value, words_of
from bot.jobcentre.day_words import word_set
from bot.jobcentre.feasts import FEASTS, FeastRule, nth_weekday

RULES = Rules()
LOOK_BACK = timedelta(days=60)
YEARS_ASKED_ABOUT = 2
_WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)


def _month_days(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _written_date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Impossible from None


_BANK_HOLIDAY = (
    r"(?:bank (?:hols?|holidays?|hoildays?|holliday|holidy)|bankhol(?:s|iday|idays)?|g?wyl (?:y )?banc"
    r"|gwyliau (?:y )?banc)"
)


@RULES.add(rf"(?P<feast>{'|'.join(pattern for pattern, _ in FEASTS)}) {_BANK_HOLIDAY}")
def _holiday_of_feast(message: Message, match: re.Match[str]) -> Day | None:
    """The boxing day bank holiday: the day off, which is another day where the feast falls on a weekend."""
    feast = match["feast"]
    rule = next((rule for pattern, rule in FEASTS if re.fullmatch(pattern, feast)), None)
    if rule is None or message.is_past(match):
        return None
    years = (message.today.year, message.today.year + 1)
    firsts = [first for first, last in (rule(year, message.is_holiday) for year in years) if last >= message.today]
    # A feast at the weekend has its day off on the Monday or Tuesday.
    substitutes = [day for day in message.holidays for first in firsts[:1] if first <= day <= first + 4 * DAY]
    return single_day(next(iter(substitutes), firsts[0]))


@RULES.add(
    r"(?:(?P<which>NEXT|LAST|THIS) )?(?:(?:the|y) )?(?:(?P<season>early|late|spring|summer|EASTER|XMAS) )?"
    rf"(?:M(?P<month>\d+)w? )?{_BANK_HOLIDAY}(?: (?:mis )?M(?P<month_cy>\d+)w?)?"
    r"(?: (?P<weekend>WEEKEND)| D(?P<wd>\d)\w?| (?P<later>NEXT|LAST)| (?P<after>after|ar ol) XMAS)?(?: day)?"
)
def _bank_holiday(message: Message, match: re.Match[str]) -> Day | None:
    month = match["month"] or match["month_cy"] or {"summer": "8", "XMAS": "12"}.get(match["season"] or "")
    is_last = "LAST" in (match["which"], match["later"]) or message.is_past(match)

    def fits(day: date) -> bool:
        if match["season"] in ("late", "spring") and not (day.month == 5 and day.day > 20):
            return False
        if match["season"] == "early" and not (day.month == 5 and day.day < 10):
            return False
        if match["season"] == "EASTER" and day.month not in (3, 4):
            return False
        if match["after"] and not (day.month == 12 and day.day > 25):
            return False
        return month is None or day.month == int(month)

    days = [day for day in message.holidays if fits(day)]
    if match["wd"]:
        days = [day for day in days if day.weekday() == int(match["wd"])]
    if is_last:
        found = [day for day in reversed(days) if day < message.today]
    else:
        found = [day for day in days if day >= message.today]
    if not found:
        return None
    day = found[0]
    if match["weekend"]:
        saturday = day - DAY * ((day.weekday() - 5) % 7)
        return Day(saturday, max(day, saturday + DAY), past=is_last)
    return single_day(day, kind="holiday", past=is_last)


def _add_feast(pattern: str, rule: FeastRule) -> None:
    @RULES.add(rf"(?:(?P<which>NEXT|LAST|THIS) )?(?:{pattern})(?: (?P<later>NEXT|LAST))?(?: (?P<year>20\d\d))?")
    def read(message: Message, match: re.Match[str]) -> Day | None:
        return _feast(message, match, rule)


for _pattern, _feast_rule in FEASTS:
    _add_feast(_pattern, _feast_rule)


def _feast(message: Message, match: re.Match[str], rule: FeastRule) -> Day | None:
    before, after = message.before(match), message.after(match)
    if before in {"happy", "merry", "joyous", "c"} or after in {"llawen", "dda", "hapus"}:
        return None  # a greeting
    name = words_of(match).split()
    if name[0] == "new" and (message.before(match, 2), before) == ("in", "the"):
        return None
    if name[-1] in {"XMAS", "EASTER", "year", "years"} and not message.closes_number(message.span(match)[1]):
        return None  # "christmas bonus", "easter road"
    today, year = message.today, message.today.year
    if match["year"]:
        return Day(*rule(int(match["year"]), message.is_holiday), past=int(match["year"]) < year)
    is_eve = name[0] == "LAST" and "before" in name  # "the last day before christmas"
    is_past = ("LAST" in (match["which"], match["later"]) and not is_eve) or message.is_past(match)
    seasons = [rule(y, message.is_holiday) for y in (year - 1, year, year + 1)]
    if is_past:
        first, last = [season for season in seasons if season[0] < today][-1]
    else:
        first, last = next(season for season in seasons if season[1] >= today)
    side, is_anchor = _side(message, match)
    if side == "after" and not is_past and not is_anchor:
        return Day(last + DAY, last + WEEK)
    if side == "before" and first > today and not is_anchor:
        return Day(today, first - DAY)
    return Day(first, last, kind="feast", past=is_past)


def _side(message: Message, match: re.Match[str]) -> tuple[str, bool]:
    """Whether "after" or "before" leads to a feast, and whether a day leads to that ("the friday before easter")."""
    a, _ = message.span(match)
    lead = [word for word in message.words[max(a - 5, 0) : a] if word not in {"the", "y", "yr"}]
    if lead[-2:] == ["ar", "ol"]:
        lead[-2:] = ["after"]
    side = _SIDES.get(lead[-1] if lead else "", "")
    return side, len(lead) > 1 and _BEFORE_ANCHOR.fullmatch(lead[-2]) is not None


_SIDES = {"after": "after", **dict.fromkeys(("before", "by", "cyn", "erbyn"), "before")}
_BEFORE_ANCHOR = re.compile(r"day|D\d\w?|WEEKEND|WEEK")


@RULES.add(r"(?:the )?WEEK(?= (?:before|after) (?:the )?(?:XMAS|EASTER|new year))")
def _week_beside_feast(message: Message, match: re.Match[str]) -> Day:
    """Becomes the week before or after the feast when the days are joined."""
    return single_day(message.today, kind="week")


# --- Dates with a month ------------------------------------------------------------------------------------------


def _dated(message: Message, match: re.Match[str], day: int, month: int, year: str | None) -> Day | None:
    """A day of a month; raises Impossible for the 30th of February."""
    today = message.today
    if year is not None:
        full = int(year) + (2000 if len(year) == 2 else 0)
        if abs(full - today.year) > YEARS_ASKED_ABOUT:
            return None
        found = _written_date(full, month, day)
        return single_day(found, past=found < today)
    is_past = message.is_past(match)
    # The year is chosen by a day that every year has, so that the 29th of February is judged in the year meant.
    probes = [date(y, month, min(day, 28)) for y in (today.year - 1, today.year, today.year + 1)]
    if is_past:
        probe = [probe for probe in probes if probe <= today][-1]
    else:
        probe = next(probe for probe in probes if probe >= today - LOOK_BACK)
    found = _written_date(probe.year, month, day)
    return single_day(found, kind="date", past=found < today)


@RULES.add(r"(?:the |yr )?(?:(?P<which>W1|O1|LAST) WEEK (?:of|in)|WEEK (?P<which_cy>W1|olaf)(?: (?:o|ym|yn))?) <MON>")
def _week_of_month(message: Message, match: re.Match[str]) -> Day | None:
    """The first or the last seven days of the month."""
    if message.is_past(match):
        return None
    month = int(match["month"])
    first, last = _month_days(message.today.year + (month < message.today.month), month)
    is_last = (match["which"] or match["which_cy"]) in {"LAST", "olaf"}
    days = (last - 6 * DAY, last) if is_last else (first, first + 6 * DAY)
    return Day(max(days[0], message.today), days[1]) if days[1] >= message.today else None


@RULES.add(r"(?:<WD> (?:, )?)?(?:the |y |yr )?(?P<dom><DOM>)(?: (?:of|o|st|th|nd|rd))?(?: the)? <MON>(?: <YEAR>)?")
def _day_then_month(message: Message, match: re.Match[str]) -> Day | None:
    dom, word = match["dom"], words_of(match)
    is_loose = re.search(r"M\d+w", word) is not None and not re.search(r" (?:of|o|MONTH) ", word)
    if is_loose and match["year"] is None and message.after(match) in _VERBS:
        return None  # "3 may apply"
    if message.after(match) in _STREETS:
        return None
    if is_loose and dom[0] == "W":
        return None  # "second may"
    return _dated(message, match, dom_value(dom), int(match["month"]), match["year"])


_VERBS = word_set("be have apply need not get also help want come go take still as even i we you they he she")


_STREETS = word_set("street st road rd avenue lane terrace stryd heol")


@RULES.add(r"(?:<WD> (?:, )?)?<MON> (?:the |yr? )?(?P<dom><DOM>)(?: <YEAR>)?(?! (?:am|pm|MINUTES|HOURS?)(?!\S))")
def _month_then_day(message: Message, match: re.Match[str]) -> Day | None:
    is_plain = match["dom"][0] in "N0123456789"
    if message.before(match) in _PERSON or (is_plain and dom_value(match["dom"]) > 31):
        return None
    if is_plain and not message.closes_number(message.span(match)[1]):
        return None  # "may 1 of your staff"
    if message.after(match) == "of":
        return None
    return _dated(message, match, dom_value(match["dom"]), int(match["month"]), match["year"])


_PERSON = word_set("mr mrs ms miss dr sir madam i you he she we they it named")


@RULES.add(r"(?:<WD> (?:, )?)?(?:the )?(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
def _iso_date(message: Message, match: re.Match[str]) -> Day | None:
    if int(match["m"]) > 12:
        raise Impossible
    return _dated(message, match, int(match["d"]), int(match["m"]), match["y"])


@RULES.add(r"(?:the )?(?P<a>\d{1,2})(?P<link>-|/| / | - )(?P<b>\d{1,2}) <MON>(?: <YEAR>)?")
def _pair_of_month(message: Message, match: re.Match[str]) -> list[Day] | None:
    """28-30 december is a range, 28/29 december two days."""
    numbers = (int(match["a"]), int(match["b"]))
    days = [_dated(message, match, number, int(match["month"]), match["year"]) for number in numbers]
    if days[0] is None or days[1] is None or numbers[0] >= numbers[1]:
        return None
    return [days[0], days[1]] if "/" in match["link"] else [replace(days[0], last=days[1].last)]


@RULES.add(
    r"(?:<WD> (?:, )?)?(?:the )?(?P<d>\d{1,2})(?P<sep>[/.-]| / )(?P<m>\d{1,2})(?:(?P=sep)(?P<year>\d{4}|\d{2}))?"
)
def _numeric_date(message: Message, match: re.Match[str]) -> Day | None:
    day, month, year, separator = int(match["d"]), int(match["m"]), match["year"], match["sep"].strip()
    if year is None and not _is_written_as_date(match["d"], match["m"], separator):
        return None
    if separator == "/" and year is None and _is_fraction(message, match):
        return None
    if separator == "." and year is None and message.near(message.span(match)[0], _MONEY, back=4, on=3):
        return None  # "owed me 24.11"
    if day > 39 or month > 31 or not day or not month:
        if year and len(year) == 4 and _is_near(message, year):
            raise Impossible  # with its year it is no score and no fraction
        return None
    if month > 12:
        if separator == "/" and (year is None or _is_near(message, year)):
            raise Impossible
        return None
    return _dated(message, match, day, month, year)


def _is_near(message: Message, year: str) -> bool:
    full = int(year) + (2000 if len(year) == 2 else 0)
    return abs(full - message.today.year) <= YEARS_ASKED_ABOUT


def _is_written_as_date(day: str, month: str, separator: str) -> bool:
    """27.11 and 27-11 are dates, 9.30 is a time and 9-5 a span of hours."""
    if separator == ".":
        return int(day) > 23 and int(month) <= 12
    if separator == "-":
        return int(month) <= 12 and (int(day) > 12 or month[0] == "0")
    return True


def _is_fraction(message: Message, match: re.Match[str]) -> bool:
    """1/2 hour, 2/3 of, 10/10 service."""
    if message.before(match) in _DATE_LEADS or match["wd"]:
        return False
    rated = message.before(match) in {"score", "rated", "rate", "rating", "give", "given", "gave", "got", "a"}
    counted = message.after(match) in _PARTED
    return rated or counted or match["d"] == match["m"]


_MONEY = word_set("owe owed owes owing cost costs costing price fare fares fee fees charge charged refund costio pris")
_PARTED = word_set("of HOUR HOURS price DAYS day way an a the times people")
_DATE_LEADS = word_set("on for by until till til before after open closed shut the from ar erbyn")


@RULES.add(
    r"(?:D\d\w? )?(?:the |y )?(?P<dom>O\d{1,2}|\d{1,2})"
    r"(?= (?:to|-|and|or|&|until|til|till|,|tan|a|ac|neu|/) (?:<WD> )?(?:the |y )?"
    r"(?:O\d{1,2}|\d{1,2})(?: (?:of|o))? M\d)"
)
def _number_in_list(message: Message, match: re.Match[str]) -> Day | None:
    """The 27th in "27th to 29th december": the month is found when the days are joined."""
    return month_day(message.today, dom_value(match["dom"]), is_past=False)


@RULES.add(
    r"(?:the )?(?P<nth>W[1-5]|O[1-5]|LAST) <WD> (?:of|in) (?:<MON>|(?P<which>the|THIS|NEXT|the NEXT) MONTH)"
    r"(?: (?P<year>20\d\d))?"
)
def _nth_weekday(message: Message, match: re.Match[str]) -> Day | None:
    nth = -1 if match["nth"] == "LAST" else int(match["nth"][1:])
    today = message.today
    starts = [today.replace(day=1) + relativedelta(months=n) for n in range(-12, 13)]
    if match["month"]:
        starts = [start for start in starts if start.month == int(match["month"])]
    else:
        starts = [starts[13 if "NEXT" in match["which"] else 12]]
    if match["year"]:
        starts = [start for start in starts if start.year == int(match["year"])]
    days = [nth_weekday(start.year, start.month, _WEEKDAYS[int(match["wd"])](nth)) for start in starts]
    return next((single_day(day) for day in days if day >= today), single_day(days[-1]) if days else None)


@RULES.add(
    r"(?:by )?(?:the )?(?P<edge>end|start|beginning|(?:LAST|W1|O1) day|dd?iwedd|dd?echrau)(?: (?:of|o))?(?: the| y)?"
    r" (?:<MON>|(?:(?P<which>THIS|NEXT) )?MONTH(?: (?P<later>NEXT))?)"
)
def _edge_of_month(message: Message, match: re.Match[str]) -> Day | None:
    start = message.today.replace(day=1)
    if match["month"]:
        start += relativedelta(months=(int(match["month"]) - start.month) % 12)
    elif "NEXT" in (match["which"], match["later"]) or (
        match["edge"] in {"W1 day", "O1 day"} and message.today > start and not message.is_past(match)
    ):
        start += relativedelta(months=1)
    first, last = _month_days(start.year, start.month)
    return single_day(last if match["edge"] in {"end", "diwedd", "ddiwedd", "LAST day"} else first)


@RULES.add(
    r"(?:the |y )?(?P<dom>[OW]\d{1,2}) (?:of|o) (?:the |y )?(?:THIS |(?P<next>NEXT) )?MONTH(?: (?P<later>NEXT))?",
    r"(?:the |y )?(?P<dom>[OW]\d{1,2}) (?:(?P<next>NEXT) MONTH|MONTH (?P<later>NEXT))",
    r"(?:(?P<next>NEXT) MONTH|MONTH (?P<later>NEXT)) (?:, )?(?:on |ar )?(?:the |y )?(?P<dom>[OW]\d{1,2})",
)
def _day_of_the_month(message: Message, match: re.Match[str]) -> Day:
    start = message.today.replace(day=1)
    number = dom_value(match["dom"])
    if match["next"] or match["later"]:
        start += relativedelta(months=1)
        return single_day(_written_date(start.year, start.month, number))
    return month_day(message.today, number, message.is_past(match))


@RULES.add(r"(?:(?:the|y) )?(?:(?P<which>THIS|NEXT|LAST) MONTH|MONTH (?P<later>THIS|NEXT|LAST))")
def _month(message: Message, match: re.Match[str]) -> Day | None:
    which, today = match["which"] or match["later"], message.today
    months = {"THIS": 0, "NEXT": 1, "LAST": -1}[which]
    start = today.replace(day=1) + relativedelta(months=months)
    first, last = _month_days(start.year, start.month)
    if which == "LAST":
        return Day(first, last, past=True) if message.before(match) != "the" else None
    return Day(max(first, today), last)


@RULES.add(
    r"(?:in|during|throughout|ym|yn|THIS|NEXT|all of) (?P<third>(?:early|mid|late) (?:- )?)?<MON>"
    r"(?: (?P<year>20\d\d))?",
    r"(?P<third>early|mid|late) (?:- )?<MON>(?P<year>)",
    r"<MON> (?P<year>20\d\d)",
    r"MONTH M(?P<month>\d+)w?(?P<year>)",
)
def _whole_month(message: Message, match: re.Match[str]) -> Day | None:
    if message.is_past(match) or message.before(match) in {"born", "since"}:
        return None
    today, month = message.today, int(match["month"])
    year = int(match["year"] or today.year + (month < today.month))
    first, last = _month_days(year, month)
    if abs(year - today.year) > YEARS_ASKED_ABOUT or last < today:
        return None
    third = (match.groupdict().get("third") or "")[:3]
    first = first.replace(day={"mid": 11, "lat": 21}.get(third, 1))
    last = last.replace(day={"ear": 10, "mid": 20}.get(third, last.day))
    return Day(max(first, today), last)
