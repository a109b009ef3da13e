"""Joins the days and times of a message that belong together: ranges, lists, a day and its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from bot.jobcentre.day_pieces import DAY, WEEK, Day, Piece, coming, latest, single_day
from bot.jobcentre.day_row import Message
from bot.jobcentre.day_words import word_set

_BETWEEN_DAY_AND_TIME = word_set(", at on the in for of ar y yr - & around about then ( )")
_LISTED = word_set("or and , / & neu a ac na nor then")
_RANGE = word_set("to - until til till thru through tan hyd i untill")


def joined(message: Message, pieces: list[Piece]) -> list[Piece]:
    """One piece for each day meant, with the time that belongs to it; the pieces given are in the order of the text."""
    pieces = [_beside(message, piece) for piece in pieces]
    groups = _join_times(message, _join_days(message, pieces))
    return _lend_times(message, _share_next(message, _drop_soft(groups)))


def _beside(message: Message, piece: Piece) -> Piece:
    """Week commencing 30 November: its seven days; the day after boxing day: the day after, or the working day."""
    before = [word for word in message.words[max(piece.a - 4, 0) : piece.a] if word not in {"the", "y"}]
    day, lead = piece.day, " ".join(before[-3:])
    if day is None or day.now:
        return piece
    if lead.endswith(_WEEK_BEGINNING):
        return replace(piece, day=replace(day, last=day.first + 6 * DAY))
    for side, edge, step in (("after", day.last, 1), ("before", day.first, -1)):
        if lead.endswith(f"working day {side}"):
            return replace(piece, day=single_day(message.working_days_from(edge, step), past=day.past))
        if lead.endswith(f"day {side}"):
            return replace(piece, day=single_day(edge + step * DAY, past=day.past))
    return piece


_WEEK_BEGINNING = ("w / c", "wc", "WEEK commencing", "WEEK beginning", "WEEK starting")


def _gap(message: Message, left: Piece, right: Piece) -> list[str]:
    """The words between, or at most the first six of them."""
    return message.words[left.b : min(right.a, left.b + 6)]


def _join_days(message: Message, pieces: list[Piece]) -> list[Piece]:
    """Makes ranges ("monday to friday") and gives "27th" in "27th and 29th december" its month."""
    joined: list[Piece] = []
    for piece in reversed(pieces):
        after = joined[-1] if joined else None
        if after is None or piece.day is None or after.day is None or piece.day.weekly is not None:
            joined.append(piece)
            continue
        gap = [word for word in _gap(message, piece, after) if word not in {"the", "y", "yr", "on"}]
        day = _with_month(piece.day, after.day) if len(gap) <= 1 else piece.day
        anchored = _anchored(day, after.day, gap)
        if anchored is not None:
            joined[-1] = replace(after, a=piece.a, day=anchored)
            continue
        if _is_same_day(day, after.day, gap) and piece.clock is None and piece.part is None:
            joined[-1] = replace(after, a=piece.a)
            continue
        last = _moved_after(after.day, day.first)
        if piece.clock is None and last >= day.first and _is_range(message, piece, gap):
            days = replace(after.day, first=day.first, last=last, weekly=None, past=last < message.today)
            joined[-1] = replace(after, a=piece.a, day=days)
        else:
            joined.append(replace(piece, day=day))
    return joined[::-1]


def _anchored(day: Day, feast: Day, gap: list[str]) -> Day | None:
    """The monday after christmas, the weekend before easter."""
    if feast.kind != "feast" or gap not in (["before"], ["after"]) or day.kind not in {"weekday", "weekend", "week"}:
        return None
    is_after = gap == ["after"]
    if day.kind == "week":
        return Day(feast.last + DAY, feast.last + WEEK) if is_after else Day(feast.first - WEEK, feast.first - DAY)
    weekday = day.first.weekday() if day.kind == "weekday" else 5
    if is_after:
        first = coming(weekday, feast.last + DAY)
    else:
        first = latest(weekday, feast.first - DAY * (day.kind == "weekend"))
    return Day(first, first + DAY * (day.kind == "weekend"))


def _is_same_day(day: Day, after: Day, gap: list[str]) -> bool:
    """Tomorrow (thursday); friday, the 20th; the monday following, the 28th, though another monday is nearer."""
    if day.now or after.now:
        return False
    if day.kind == "holiday" and after.kind == "date":
        return not gap  # "a bank holiday on 28 december"
    if day.kind == "weekday" and after.kind in {"month_day", "date"} and after.first == after.last:
        return day.first.weekday() == after.first.weekday() and all(word in _APART | _LATER for word in gap)
    return (day.first, day.last) == (after.first, after.last) and all(word in _APART for word in gap)


_APART = frozenset({"(", ",", "-"})
_LATER = frozenset({"following", "after", "that", "next", "sef", "wedyn", "canlynol", "nesaf"})


def _is_range(message: Message, piece: Piece, gap: list[str]) -> bool:
    is_between = message.word(piece.a - 1) in {"between", "rhwng", "btwn"}
    return len(gap) == 1 and (gap[0] in _RANGE or (is_between and gap[0] in {"and", "a", "ac", "&"}))


def _moved_after(day: Day, first: date) -> date:
    """The last day of a range, moved on until it comes after the first: "thursday to monday"."""
    step = {"weekday": relativedelta(days=7), "month_day": relativedelta(months=1), "date": relativedelta(years=1)}.get(
        day.kind
    )
    last = day.last
    for times in range(1, 13):
        if last >= first or step is None:
            break
        last = day.last + step * times
    return last


def _with_month(day: Day, after: Day) -> Day:
    """The 27th listed before 29 December is the 27th of that month."""
    if (
        day.kind != "month_day"
        or after.kind not in {"date", "day", "feast"}
        or after.now
        or day.first.day >= after.first.day
    ):
        return day
    return single_day(after.first.replace(day=day.first.day), kind="date", past=after.past)


def _join_times(message: Message, pieces: list[Piece]) -> list[Piece]:
    """Joins days with the times and parts of the day beside them."""
    groups: list[Piece] = []
    for piece in pieces:
        if groups and _fit_together(message, groups[-1], piece):
            groups[-1] = _united(groups[-1], piece) if groups[-1].b == piece.a else _linked(message, groups[-1], piece)
        else:
            groups.append(piece)
    return [group for group in groups if group.day or not group.weak]


def _fit_together(message: Message, left: Piece, right: Piece) -> bool:
    for name in ("day", "clock", "part"):
        if getattr(left, name) and getattr(right, name):
            return name == "day" and _is_moment(left, right)
    if (left.day and left.day.now) or (right.day and right.day.now):
        return False
    words = _gap(message, left, right)
    if left.weak and left.day is None and right.day is not None:
        return all(word in {"of", "on", "the", "o", "i", "ar"} for word in words) and len(words) < 4
    return all(word in _BETWEEN_DAY_AND_TIME for word in words) and len(words) < 4


def _is_today_now(left: Day, right: Day) -> bool:
    return left.first == right.first == left.last == right.last and left.now != right.now


def _is_moment(left: Piece, right: Piece) -> bool:
    """ "Still open today" is of now; "still open today at 6" and "still open tonight" are of then."""
    if left.day is None or right.day is None or left.clock or left.part or right.clock or right.part:
        return False
    return _is_today_now(left.day, right.day)


def _united(left: Piece, right: Piece) -> Piece:
    day = left.day or right.day
    if left.day and right.day and right.day.now:
        day = replace(left.day, now=True)
    spans = [*left.others, *right.others]
    return Piece(
        left.a,
        right.b,
        day,
        left.clock or right.clock,
        left.part or right.part,
        weak=left.weak and right.weak,
        others=spans,
        time_first=left.day is None and right.day is not None,
    )


def _linked(message: Message, left: Piece, right: Piece) -> Piece:
    """Both as one; "today" and a "still" apart from it without the words between them."""
    both = _united(left, right)
    if left.day is None or right.day is None or not _gap(message, left, right):
        return both
    return replace(both, b=left.b, others=[*both.others, (right.a, right.b)])


def _drop_soft(groups: list[Piece]) -> list[Piece]:
    """ "Are you still open tomorrow" asks about tomorrow alone; "still open at 5" about 5."""
    firm = [group for group in groups if not (group.day and group.day.soft)]
    return firm or groups[:1]


def _share_next(message: Message, groups: list[Piece]) -> list[Piece]:
    """ "Next wed or thurs": the thursday after that wednesday."""
    for left, right in pairwise(groups):
        if left.day is None or right.day is None or not _is_listed(message, left, right):
            continue
        if left.day.kind == "next_weekday" and right.day.kind == "weekday":
            right.day = single_day(coming(right.day.first.weekday(), left.day.first), kind="next_weekday")
    return groups


def _lend_times(message: Message, groups: list[Piece]) -> list[Piece]:
    """Gives a time apart from its day to that day; with one day and one time in the message they belong together."""
    alone_together = len(groups) == 2 and (groups[0].day is None) != (groups[1].day is None)
    lent: list[Piece] = []
    for group in groups:
        before = lent[-1] if lent else None
        is_near = before is not None and (alone_together or _same_sentence(message, before, group))
        if before is None or not is_near or (before.day is None) == (group.day is None):
            lent.append(group)
        elif _has_room(before, group):
            lent[-1] = replace(_united(before, group), b=before.b, others=[*before.others, (group.a, group.b)])
        elif group.day is None and before.day is not None and not before.day.now:
            lent.append(replace(group, day=before.day))
        else:
            lent.append(group)
    return _share_times(message, lent)


def _same_sentence(message: Message, left: Piece, right: Piece) -> bool:
    return message.sentence[left.a] == message.sentence[right.a]


def _has_room(left: Piece, right: Piece) -> bool:
    """Whether the two say different things, of which neither is the present moment."""
    if any(piece.day and (piece.day.now or piece.day.weekly) for piece in (left, right)):
        return False
    return not (left.clock and right.clock) and not (left.part and right.part)


def _share_times(message: Message, groups: list[Piece]) -> list[Piece]:
    """ "Monday or tuesday after 4" and "at 3 on monday or tuesday" give the time to both days."""
    for i in range(len(groups) - 2, -1, -1):
        left, right = groups[i], groups[i + 1]
        if _is_listed(message, left, right) and _is_timed(right) and not _is_timed(left) and not right.time_first:
            groups[i] = replace(left, clock=right.clock, part=right.part)
    for i in range(1, len(groups)):
        left, right = groups[i - 1], groups[i]
        if _is_listed(message, left, right) and left.time_first and not _is_timed(right):
            groups[i] = replace(right, clock=left.clock, part=left.part, time_first=True)
    return groups


def _is_timed(piece: Piece) -> bool:
    return piece.clock is not None or piece.part is not None


def _is_listed(message: Message, left: Piece, right: Piece) -> bool:
    both = left.day is not None and right.day is not None and not left.day.now and not right.day.now
    words = _gap(message, left, right)
    return both and 1 <= len(words) <= 2 and all(word in _LISTED | {"on", "ar", "the", "y"} for word in words)
