"""Rules for one day said by itself: now, today, tomorrow, a weekday, "the 27th"."""

from __future__ import annotations

import re

from bot.jobcentre.day_pieces import DAY, Day, coming, latest, month_day, single_day
from bot.jobcentre.day_row import NUMBER, Message, Rules, dom_value, words_of
from bot.jobcentre.day_words import HABIT_WORDS, STATE_WORDS, word_set

RULES = Rules()


@RULES.add(
    r"right NOW|(?P<soft>(?:at|in) (?:the|THIS) (?:moment|mo|minute|min|time|MINUTES)|at present|a t m|as we speak"
    r"|THIS MINUTES|ar hyn o bryd|ar y MINUTES|y MINUTES (?:THIS|ma))|rn|(?P<plain>NOW)"
)
def _now(message: Message, match: re.Match[str]) -> Day | None:
    a, b = message.span(match)
    before, after = message.word(a - 1), message.word(b)
    if match["plain"]:
        if before in _NOT_NOW or after in {"that", "then"} or (before == "for" and after != "or"):
            return None
        if len(message.words) > 4 and not message.near(a, _HERE_OR_OPEN):
            return None
    is_soft = match["soft"] is not None or message.written(a) in {"currently", "presently", "atm"}
    is_soft = is_soft or (match["plain"] is not None and after in _TELLERS)
    return single_day(message.today, now=True, soft=is_soft)


_TELLERS = word_set("i im ive id ill we were weve my dwi rwy")
"""After "now" somebody tells how it came to that: "and now i dont know if you open on friday"."""
_NOT_NOW = word_set("i ive we weve he she they by until til till from have had just what up")
_HERE_OR_OPEN = STATE_WORDS | word_set("is are can come in anyone speak go get what whats ydy ydi ydych ydach oes mae")


@RULES.add(r"still|yet|dal")
def _still(message: Message, match: re.Match[str]) -> Day | None:
    if not message.near(message.span(match)[0], STATE_WORDS, back=4, on=3):
        return None
    return single_day(message.today, now=True, soft=True)


@RULES.add(r"(?:later (?:on )?)?TODAY(?: later)?|rest of the day|later on(?=$| [?.!,])")
def _today(message: Message, match: re.Match[str]) -> Day:
    return single_day(message.today, past=message.is_past(match))


@RULES.add(r"(?:on )?(?P<day>TOMORROW|YESTERDAY)")
def _tomorrow(message: Message, match: re.Match[str]) -> Day:
    if match["day"] == "YESTERDAY":
        return single_day(message.today - DAY, past=True)
    return single_day(message.today + DAY)


@RULES.add(r"<WD> (?:, )?(?:the |y |yr )?(?P<dom>O\d{1,2}|\d{1,2})(?! (?:WEEKS?|MINUTES|HOURS?|DAYS|MONTHS?))")
def _weekday_and_number(message: Message, match: re.Match[str]) -> Day | None:
    """Mon 30th, "monday 30". A small bare number may be an hour: it is a date only if the weekday agrees."""
    number = dom_value(match["dom"])
    if match["dom"][0] == "O":
        return month_day(message.today, number, message.is_past(match))
    if number > 31 or not message.closes_number(message.span(match)[1]):
        return None
    day = month_day(message.today, number, message.is_past(match))
    return day if number > 12 or day.first.weekday() == int(match["wd"]) else None


@RULES.add(
    r"(?P<lead>(?:on |for |by |until |from |before |after |till? |erbyn |ar |tan )?(?:(?:the|y|yr) )?)"
    r"(?P<dom>O\d{1,2}|N[23]0 (?:- )?W\d|W\d{1,2} ar (?:hugain|bymtheg))",
    r"(?P<lead>on the |on |for the |ar y |by the )(?P<dom>\d{1,2})",
)
def _ordinal(message: Message, match: re.Match[str]) -> Day | None:
    a, b = message.span(match)
    lead, after, number = match["lead"], message.word(b), dom_value(match["dom"])
    if (
        message.word(a - 1) in _OWNERS
        or after == "of"
        or (after == "-" and not NUMBER.fullmatch(message.word(b + 1).lstrip("O")))
    ):
        return None  # "my 2nd", "the 1st of many"
    is_on = lead.startswith("on") and match["dom"][0] not in "0123456789"
    if not message.closes_number(b) and not (is_on and after not in _NUMBERED):
        return None
    if number > 31 and not lead.startswith(("on ", "for ", "ar ")):
        return None
    return month_day(message.today, number, message.is_past(match))


_OWNERS = word_set("my his her their our your a its im since")
_NUMBERED = word_set(
    "floor street attempt time try day occasion week month year WEEK MONTH phone road avenue party row call one"
)


@RULES.add(
    r"(?:(?:the|y) )?(?P<dom>\d{1,2}|W\d{1,2}|N\d{1,2}|N20 (?:- )?W\d)(?=$| [?.!,]| (?:please|pls|diolch)(?!\S))"
)
def _answer(message: Message, match: re.Match[str]) -> Day | None:
    """A bare number, when the assistant has just asked for the day."""
    if not message.expecting or len(message.words) > 5 or not 1 <= dom_value(match["dom"]) <= 31:
        return None
    return month_day(message.today, dom_value(match["dom"]), is_past=False)


@RULES.add(r"(?P<lead>(?:on |ar |THIS )?(?:the )?)<WD>")
def _weekday(message: Message, match: re.Match[str]) -> Day | None:
    weekday, a = int(match["wd"]), message.span(match)[0]
    if message.word(a - 1) in {"since", "ers"} or _is_name(message, a) or not _is_weekday_meant(message, match):
        return None
    if message.near(a, HABIT_WORDS, on=6) or _is_welsh_habit(message, match):
        return single_day(coming(weekday, message.today), weekly=weekday)
    if message.is_past(match):
        return single_day(latest(weekday, message.today), kind="weekday", past=True)
    return single_day(coming(weekday, message.today), kind="weekday")


def _is_welsh_habit(message: Message, match: re.Match[str]) -> bool:
    """ "Ydych chi ar agor ar ddydd Sadwrn" is any Saturday, where "ddydd Sadwrn" alone is the coming one. A verb in the
    future asks of one day all the same."""
    is_on_a_day = match["lead"].startswith("ar") and "DYDD" in words_of(match)
    a = message.span(match)[0]
    return is_on_a_day and message.near(a, _AT_WORK) and not message.near(a, _WELSH_FUTURE)


_AT_WORK = STATE_WORDS | word_set("gweithio gweitho yno yna")
_WELSH_FUTURE = word_set("bydd fydd fyddi fyddwch fyddan fyddech byddwch byddan")


def _is_name(message: Message, a: int) -> bool:
    """Call me friday, Mr Friday, my name is friday, girl friday."""
    before, earlier = message.word(a - 1), message.word(a - 2)
    if before in _HOLDERS and message.word(a + 1) in _THINGS:
        return True  # "i have a sunday job"
    called = before == "me" and earlier in {"call", "called", "name"}
    return called or (before == "is" and earlier == "name") or before in _BEFORE_NAMES


_HOLDERS = word_set("a my his her their our")
_THINGS = word_set("job jobs shift shifts league school roast paper girl boy lad rota round")
_BEFORE_NAMES = word_set("mr mrs ms miss dr girl man named called freaky manic ynys")


def _is_weekday_meant(message: Message, match: re.Match[str]) -> bool:
    """Whether a word that means something else too ("sat", "sun", "wed", "llun") is a weekday here."""
    symbol = re.findall(r"D\d[wc]?", words_of(match))[0]
    if symbol[-1].isdigit() or "DYDD" in words_of(match):
        return True
    a, b = message.span(match)
    before, after = message.word(a - 1), message.word(b)
    if symbol.endswith("c"):
        return before in _WELSH_BEFORE_DAY or after in {"neu", "tan"} or len(message.words) <= 2
    if match["lead"]:
        return "the" not in match["lead"]
    wrong_before, wrong_after, always_wrong = _NOT_WEEKDAY[symbol]
    if after in always_wrong:
        return False
    return before in _BEFORE_DAY or (before not in wrong_before and after not in wrong_after)


_WELSH_BEFORE_DAY = word_set("neu a ac i tan or MORNING AFTERNOON NIGHT EVENING")
_BEFORE_DAY = STATE_WORDS - {"there"} | word_set("or and / until til till by before from EVERY -")

# The words before and the words after that make it the English word, and those after that do so whatever stands before.
_NOT_WEEKDAY: dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {
    "D5w": (
        word_set("i ive we weve he she they theyve been was were am im just have had still got where being me"),
        word_set("in on at for with by like beside NEXT behind"),
        word_set("here there waiting down outside around about inside all nav"),
    ),
    "D6w": (
        word_set("the hot in some more enough much bit of"),
        word_set("and is was has isnt"),
        word_set(
            "out shining shines shine cream newspaper set tan block bathing light came comes goes article says "
            "reader glasses lounger bed burn burnt"
        ),
    ),
    "D2w": (
        word_set("be get getting got were was newly been to we im am"),
        word_set("to my him her in"),
        word_set("wife husband like love prefer rather need appreciate hoped better have been"),
    ),
}
