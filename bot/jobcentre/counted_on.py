"""Days counted on from the one spoken of: "the day after", "and the tuesday after that", "a week later"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from bot.jobcentre.dates import DayMention
from bot.jobcentre.question import Thread, When

_WEEK = timedelta(days=7)
_FAR = timedelta(days=6)
"""Of a day further off than this, "and the sunday" is the one beside it, and not the coming one."""
_ENDS = r"(?=\W*(?:$|\n|(?:at|then|please|pls|too|also|instead|is|are|ok|okay|if|will|can|do|hefyd|plis)\b))"
"""Nothing follows that it could be after: "the tuesday after christmas" counts from Christmas."""
_AFTER = (
    r"(?:(?:straight |right )?after(?:wards)?(?: (?:that|then|it))?|following|wedyn|canlynol"
    r"|ar [oô]l (?:hynny|hyn|hwnnw))"
)
_BEFORE = r"(?:before(?: (?:that|then|it))?|cynt|cyn (?:hynny|hyn|hwnnw))"
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\b(?:llun|mawrth|mercher|iau|g?wener|sadwrn|sul)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\W*(?:{_AFTER}|(?P<before>{_BEFORE})){_ENDS}", re.IGNORECASE)
_FOLLOWING = re.compile(r"\bfollowing\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:^|\W)(?:the|yr?|a['’]r|i['’]r|o['’]r)\s", re.IGNORECASE)
_BEFORE_DAY = 5
"""Characters in which an article stands that is not counted as part of the day."""
_SAYS_WHICH = re.compile(r"\d|\b(?:after|before|of|week|wythnos|ar [oô]l|cyn)\b", re.IGNORECASE)
"""A date, or a weekday that counts from a feast."""
_ANCHORED = re.compile(r"\W*(?:after|before|of|in|ar [oô]l|cyn|wedi|o|ym|yn)\b", re.IGNORECASE)
"""The day is told from something else."""
_NEXT_DAY = re.compile(
    r"\b(?:the )?(?:(?:day|one) (?:after|(?P<before>before|b4))|(?:next|following) day)(?: that| then)?"
    r"(?=\W*(?:$|\n|at\b|then\b))"
    r"|\b(?:y )?diwrnod (?:wedyn|nesaf|canlynol|ar [oô]l(?: hynny)?|(?P<cynt>cynt))(?=\W*(?:$|\n))",
    re.IGNORECASE,
)
_WEEKS_ON = re.compile(
    rf"\b(?:the |a |one |yr? )?(?:(?:week|wythnos) (?:{_AFTER}|(?P<before>{_BEFORE})|later|on from (?:that|then))"
    rf"|following week){_ENDS}",
    re.IGNORECASE,
)
_DAYS_ON = re.compile(
    rf"\b(?P<count>\d|a couple of|couple of|two|three|four|five|deu|dau|tri) ?(?:days?|ddiwrnod|ddydd|diwrnod)"
    rf" (?:{_AFTER}|later|on from (?:that|then)){_ENDS}",
    re.IGNORECASE,
)
_COUNTS = {"a couple of": 2, "couple of": 2, "two": 2, "deu": 2, "dau": 2, "three": 3, "tri": 3, "four": 4, "five": 5}


def counted_on(text: str, days: Sequence[DayMention], thread: Thread, today: date) -> tuple[DayMention, ...]:
    """The days of the text, those that it counts from the day spoken of put where they belong."""
    spoken = thread.pending.whens if thread.pending and thread.pending.whens else thread.whens
    if not spoken:
        return tuple(days)
    moved = tuple(_weekday_on(text, mention, spoken[-1].day, today) for mention in days)
    if any(not mention.is_time_alone for mention in moved):
        return moved
    rules = (_next_day, _weeks_on, _days_on, _morning, _hour)
    counted = next(filter(None, (rule(text, spoken) for rule in rules)), None)
    if counted is None:
        return moved
    counted = replace(counted, past=counted.last < today)
    if not moved:
        return (counted,)
    return tuple(replace(m, first=counted.first, last=counted.last, is_time_alone=False) for m in moved)


def _weekday_on(text: str, mention: DayMention, spoken: date, today: date) -> DayMention:
    """ "The tuesday after that"; and "the sunday", after a Saturday some weeks off."""
    if not _is_weekday(mention):
        return mention
    counted = _COUNTED.match(text, mention.end)
    is_beside = spoken - today > _FAR and _has_article(text, mention) and not _ANCHORED.match(text, mention.end)
    if counted:
        mention = replace(mention, spans=(*mention.spans, (mention.end, counted.end())))
    if counted and counted["before"]:
        return _on(mention, spoken - timedelta(days=(spoken.weekday() - mention.first.weekday() - 1) % 7 + 1))
    if counted or _FOLLOWING.search(mention.text) or is_beside:
        return _on(mention, spoken + timedelta(days=(mention.first.weekday() - spoken.weekday() - 1) % 7 + 1))
    return mention


def _is_weekday(mention: DayMention) -> bool:
    is_one = mention.first == mention.last and mention.weekly is None and not (mention.now or mention.past)
    return is_one and _WEEKDAY.search(mention.text) is not None and not _SAYS_WHICH.search(mention.text)


def _has_article(text: str, mention: DayMention) -> bool:
    """ "The sunday", "y dydd Sul": whether the article is counted as part of the day or stands before it."""
    return _ARTICLE.search(f"{text[max(0, mention.start - _BEFORE_DAY) : mention.start]}{mention.text}") is not None


def _on(mention: DayMention, day: date) -> DayMention:
    return replace(mention, first=day, last=day)


def _next_day(text: str, spoken: Sequence[When]) -> DayMention | None:
    found = _NEXT_DAY.search(text)
    if found is None:
        return None
    day = spoken[-1].day + timedelta(days=-1 if found["before"] or found["cynt"] else 1)
    return DayMention(*found.span(), found[0], day, day)


_MORNING = re.compile(
    r"\W*(?:(?:ok|okay|so|and|what about|how about|or|right|ah|oh|iawn|a|beth am|be am)\W+)*(?:(?:the|in the|y) )?"
    r"(?P<part>morning|bore)\b\W*(?:\?|(?:then|instead|any good|better|ok|okay|te|felly)\W*)\W*",
    re.IGNORECASE,
)
"""Asks for that part of the day spoken of, and is no greeting."""
_OPENS, _NOON = time(9), time(12)


def _morning(text: str, spoken: Sequence[When]) -> DayMention | None:
    found = _MORNING.fullmatch(text)
    if found is None:
        return None
    day = spoken[-1].day
    return DayMention(*found.span("part"), found["part"], day, day, _OPENS, until=_NOON, part="morning")


_HOUR_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_HOUR = re.compile(
    rf"\W*(?:(?:ok|okay|so|and|what about|how about|or|right|ah|oh|say|at|a|beth am|be am|am)\W+)*"
    rf"(?P<hour>1[0-2]|[1-9]|{'|'.join(_HOUR_WORDS.split())})(?:[.:](?P<minute>[0-5]\d))?"
    r"\W*(?:(?:then|instead|any good|better|ok|okay|te|felly)\W*)*",
    re.IGNORECASE,
)
"""An hour alone, which is one only after another hour."""
_FIRST_OF_MORNING = 7


def _hour(text: str, spoken: Sequence[When]) -> DayMention | None:
    found = _HOUR.fullmatch(text)
    if found is None or spoken[-1].clock is None:
        return None
    said, day = found["hour"].lower(), spoken[-1].day
    hour = int(said) if said.isdigit() else _HOUR_WORDS.split().index(said) + 1
    at = time(hour + 12 * (hour < _FIRST_OF_MORNING), int(found["minute"] or 0))
    return DayMention(*found.span("hour"), found["hour"], day, day, at)


def _weeks_on(text: str, spoken: Sequence[When]) -> DayMention | None:
    found = _WEEKS_ON.search(text)
    if found is None:
        return None
    step = -_WEEK if found["before"] else _WEEK
    return DayMention(*found.span(), found[0], spoken[0].day + step, spoken[-1].day + step)


def _days_on(text: str, spoken: Sequence[When]) -> DayMention | None:
    found = _DAYS_ON.search(text)
    if found is None:
        return None
    count = found["count"].lower()
    day = spoken[-1].day + timedelta(days=_COUNTS[count] if count in _COUNTS else int(count))
    return DayMention(*found.span(), found[0], day, day)
