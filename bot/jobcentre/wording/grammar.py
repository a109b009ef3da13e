"""What English and Welsh share: how a typed blank is put together. The words themselves are each language's own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.hours import DAY_MINUTES

KM_PER_MILE = 1.609344
NAMED_AT_MOST = 4
"""Offices named one by one; of more, the first four and how many else."""
YEAR_SHOWN_AFTER = timedelta(days=183)


class WordingError(ValueError):
    """A text or its blanks are wrong: a mistake of ours, never of the person who asks."""


class Grammar(ABC):
    """One language, on one day. Each public method makes the text of one type of blank from its JSON value."""

    DAYS: ClassVar[Sequence[str]]
    MONTHS: ClassVar[Sequence[str]]
    MIDDAY: ClassVar[str]
    MIDNIGHT: ClassVar[str]
    NOW: ClassVar[str]
    TO: ClassVar[str]
    OR: ClassVar[str]
    UNTIL: ClassVar[str]
    BECAUSE: ClassVar[str]
    ALL_DAY: ClassVar[str]
    EVERY_DAY: ClassVar[str]
    CLOSED: ClassVar[str]
    ANY_OFFICE: ClassVar[str]
    BENEFITS: ClassVar[str]
    UNDER_HALF_A_MILE: ClassVar[str]
    FROM_TO: ClassVar[str]
    """As the next three, with {} for what it is put round."""
    END_OF: ClassVar[str]
    ABOUT: ClassVar[str]
    MORE: ClassVar[str]
    RELATIONS: ClassVar[Mapping[str, str]]
    CAUSES: ClassVar[Mapping[str, str]]
    EFFECTS: ClassVar[Mapping[str, str]]
    FACILITIES: ClassVar[Mapping[str, str]]
    CHANNELS: ClassVar[Mapping[str, str]]
    NATIONS: ClassVar[Mapping[str, str]]
    TOPICS: ClassVar[Mapping[str, str]]

    def __init__(self, today: date | None) -> None:
        self._today = today

    @property
    def today(self) -> date:
        if self._today is None:
            raise WordingError("blank {today} is not given")
        return self._today

    # Days and times

    def clock(self, value: Any) -> str:
        """ "15:30", an ISO date-time, or minutes since midnight: "3:30pm"."""
        minutes = _minutes(value)
        if minutes % DAY_MINUTES == 0:
            return self.MIDNIGHT
        if minutes == DAY_MINUTES // 2:
            return self.MIDDAY
        hour, minute = divmod(minutes, 60)
        return f"{(hour - 1) % 12 + 1}{f':{minute:02d}' if minute else ''}{'am' if hour < 12 else 'pm'}"

    def dated(self, day: date) -> str:
        """ "Monday 23 November", with its year where that is not plain."""
        far = day.year != self.today.year or abs(day - self.today) > YEAR_SHOWN_AFTER
        return f"{self.DAYS[day.weekday()]} {day.day} {self.MONTHS[day.month - 1]}{f' {day.year}' if far else ''}"

    def day(self, value: Any) -> str:
        """ "today", "on Monday 23 November"."""
        return self._on(_day(value))

    def day_name(self, value: Any) -> str:
        """ "today", "Monday 23 November"."""
        day = _day(value)
        return self._near(day) or self.dated(day)

    def moment(self, value: Any) -> str:
        """ "3pm" today, "3pm tomorrow", "9am on Monday 23 November"."""
        at = _local(value)
        return self.clock(value) if at.date() == self.today else f"{self.clock(value)} {self._on(at.date())}"

    def end(self, value: Any) -> str:
        """As `moment`, for what comes after "until": the end of a day is said to be that."""
        at = _local(value)
        if (at.hour, at.minute) not in ((0, 0), (23, 59)):
            return self.moment(value)
        last = (at - timedelta(minutes=1)).date() if at.hour == 0 else at.date()
        return self.END_OF.format(self._near(last) or self.dated(last))

    def when(self, value: Any) -> str:
        """ "now", "tomorrow morning", "at 3pm on Monday 23 November"."""
        if value.get("now"):
            return self.NOW
        day = _day(value)
        if value.get("time"):
            clock = self.clock(value["time"])
            if value.get("until"):
                span = self.FROM_TO.format(clock, self.clock(value["until"]))
            else:
                span = f"{self.RELATIONS[value.get('relation') or 'at']} {clock}"
            return f"{span} {self._on(day)}"
        return self._part(value.get("part") or "", day) or self._on(day)

    def hours(self, value: Any) -> str:
        """[["09:00", "12:30"], …]: "9am to 12:30pm and 1:30pm to 5pm"."""
        spans = [(_minutes(start), _minutes(end)) for start, end in value]
        if not spans:
            return self.CLOSED
        if spans == [(0, DAY_MINUTES)]:
            return self.ALL_DAY
        return self.joined(f"{self.clock(start)} {self.TO} {self.clock(end)}" for start, end in spans)

    def week(self, value: Any) -> str:
        """Seven lists of hours from Monday: "Monday to Friday, 9am to 5pm; Saturday, 9am to midday"."""
        groups: dict[str, list[int]] = {}
        for weekday, spans in enumerate(value):
            if spans:
                groups.setdefault(self.hours(spans), []).append(weekday)
        if not groups:
            return self.CLOSED
        return "; ".join(f"{self._weekdays(days)}, {hours}" for hours, days in groups.items())

    def _weekdays(self, days: list[int]) -> str:
        if len(days) == len(self.DAYS):
            return self.EVERY_DAY
        out: list[str] = []
        for run in _runs(days):
            names = [self.DAYS[day] for day in run]
            out += [self._day_range(names[0], names[-1])] if len(run) > 2 else names
        return self.joined(out)

    # Offices

    def office(self, value: Any) -> str:
        """Which offices a sentence speaks of, as its subject."""
        count = _count(value)
        place = self._localised(value, "place") or ""
        if value.get("of"):
            return self._part_of_offices(count, value["of"], place)
        if value.get("all") and count > 1:
            return self._all_offices(count, place)
        return self._jobcentres(self.office_names(value), is_single(value))

    def office_names(self, value: Any) -> str:
        """The bare names: "Leeds Park Place and Leeds Southern House"."""
        names = self._names(value)
        if len(names) > NAMED_AT_MOST:
            names = [*names[:NAMED_AT_MOST], self.MORE.format(len(names) - NAMED_AT_MOST)]
        return self.joined(names)

    def where(self, value: Any) -> str:
        """After "for": null is any office, and all of several is any of them."""
        if value is None:
            return self.ANY_OFFICE
        if value.get("all") and _count(value) > 1:
            return self._any_of(_count(value), self._localised(value, "place") or "")
        return self.office(value)

    def in_place(self, value: Any) -> str:
        """ " in Leeds", or nothing."""
        return f" {self._in(self.text(value))}" if value else ""

    def soft_place(self, value: Any) -> str:
        """A place behind a word that softens it in Welsh: "at Gaerdydd"."""
        return self.text(value)

    def choices(self, value: Any) -> str:
        return _numbered([self._name(choice) for choice in value])

    def addresses(self, value: Any) -> str:
        lines = [self._address(entry) for entry in value]
        return lines[0] if len(lines) == 1 else _numbered(lines)

    def facilities(self, value: Any) -> str:
        return self.joined(self.FACILITIES.get(key, key.replace("_", " ")) for key in value)

    def _address(self, entry: Mapping[str, Any]) -> str:
        parts = (self._name(entry), entry.get("address"), entry.get("postcode"))
        line = ", ".join(part for part in parts if part)
        if entry.get("km") is None:
            return line
        distance = self._miles(entry["km"] / KM_PER_MILE)
        return f"{line} ({self.ABOUT.format(distance) if entry.get('about') else distance})"

    def _miles(self, miles: float) -> str:
        if miles < 0.5:
            return self.UNDER_HALF_A_MILE
        rounded = round(miles, 1) if round(miles, 1) < 10 else round(miles)
        return self._mile_words(f"{rounded:g}")

    def _names(self, value: Mapping[str, Any]) -> list[str]:
        return list(value["names"])

    def _name(self, entry: Any) -> str:
        """Of a choice or an address: a name, or an object with one."""
        return entry if isinstance(entry, str) else (self._localised(entry, "name") or "")

    def _localised(self, value: Mapping[str, Any], key: str) -> str | None:
        return value.get(key)

    # Why, and what else

    def cause(self, value: Any) -> str:
        if value not in self.CAUSES:
            raise WordingError(f"cause {value} has no words: use the response without a cause")
        return self.CAUSES[value]

    def because(self, value: Any) -> str:
        """ " because of flooding", or nothing where the cause is not told."""
        return f" {self.BECAUSE} {self.CAUSES[value]}" if value in self.CAUSES else ""

    def effect(self, value: Any) -> str:
        return self.EFFECTS[value]

    def note(self, name: str, value: Any) -> str:
        """What may be added to a line: ", until 5pm tomorrow", " (11am to 5pm)". Nothing for null."""
        if not value:
            return ""
        return f", {self.UNTIL} {self.end(value)}" if name == "until" else f" ({self.hours(value)})"

    def holiday(self, value: Any) -> str:
        """ " (Christmas Day)", or nothing where it has no name in this language."""
        title = self._title(value) if value else ""
        return f" ({title})" if title else ""

    def topic(self, value: Any) -> str:
        """A topic's id, or its name."""
        if value is None:
            return self.BENEFITS
        return self.TOPICS[value] if isinstance(value, str) and value in self.TOPICS else self.text(value)

    def contacts(self, value: Any) -> str:
        """One on a line, by channel, or by label or nation where these differ."""
        return self._contact_lines(value or (), len({self._label(contact) for contact in value or ()}) > 1)

    def named_contacts(self, value: Any) -> str:
        """One on a line, by label."""
        return self._contact_lines(value or (), True)

    def inline_contacts(self, value: Any) -> str:
        """The values alone: "111 or 116 123"."""
        return f" {self.OR} ".join(self._directory(contact["value"]) for contact in value)

    def _contact_lines(self, contacts: Sequence[Mapping[str, Any]], by_label: bool) -> str:
        by_nation = len({contact.get("nation") for contact in contacts}) > 1
        return "\n".join(self._contact(contact, by_label, by_nation) for contact in contacts)

    def _contact(self, contact: Mapping[str, Any], by_label: bool, by_nation: bool) -> str:
        value = self._directory(contact["value"])
        hours = self._contact_hours(contact.get("hours") or "")
        if hours:
            value = f"{value[:-1]}, {hours})" if value.endswith(")") else f"{value} ({hours})"
        head = self._contact_head(contact, by_label, by_nation)
        return f"{head}: {value}" if head else value

    def _contact_head(self, contact: Mapping[str, Any], by_label: bool, by_nation: bool) -> str:
        channel = contact["channel"]
        if by_nation and contact.get("nation"):
            return self.NATIONS[contact["nation"]]
        if by_label and self._label(contact) and channel not in ("Relay UK", "video relay"):
            return self._label(contact)
        return self.CHANNELS.get(channel, channel)

    def _label(self, contact: Mapping[str, Any]) -> str:
        label = contact.get("label")
        return self._directory(label) if isinstance(label, str) else self.text(label) if label else ""

    def _contact_hours(self, hours: str) -> str:
        return "" if hours == "any time" else self._directory(hours)

    # Plain things

    @abstractmethod
    def joined(self, items: Iterable[str]) -> str:
        """ "A, B and C"."""

    def number(self, value: Any) -> str:
        return str(value)

    def text(self, value: Any) -> str:
        """A plain value, or one with a text for each language."""
        return self._translated(value) if isinstance(value, Mapping) else str(value)

    def sentence(self, value: Any) -> str:
        """Staff's own words, ended like a sentence; nothing where they are not in this language."""
        text = (self.text(value) if value else "").strip()
        return text + "." if text and text[-1] not in ".!?" else text

    def finished(self, text: str) -> str:
        """The last touch on a whole text."""
        return text

    @abstractmethod
    def is_many(self, count: int) -> bool: ...

    @abstractmethod
    def _translated(self, value: Mapping[str, Any]) -> str: ...

    @abstractmethod
    def _title(self, holiday: Mapping[str, Any]) -> str: ...

    @abstractmethod
    def _directory(self, text: str) -> str: ...

    @abstractmethod
    def _near(self, day: date) -> str: ...

    @abstractmethod
    def _on(self, day: date) -> str: ...

    @abstractmethod
    def _part(self, part: str, day: date) -> str: ...

    @abstractmethod
    def _day_range(self, first: str, last: str) -> str: ...

    @abstractmethod
    def _jobcentres(self, names: str, single: bool) -> str: ...

    @abstractmethod
    def _all_offices(self, count: int, place: str) -> str: ...

    @abstractmethod
    def _part_of_offices(self, count: int, total: int, place: str) -> str: ...

    @abstractmethod
    def _any_of(self, count: int, place: str) -> str: ...

    @abstractmethod
    def _in(self, place: str) -> str: ...

    @abstractmethod
    def _mile_words(self, number: str) -> str: ...


def is_single(office: Mapping[str, Any]) -> bool:
    """Whether an office blank means one office."""
    return _count(office) == 1


def is_past(value: Mapping[str, Any]) -> bool:
    """Whether a `when` or a day lies behind."""
    if "past" in value:
        return bool(value["past"])
    return bool(value.get("day") and value.get("today") and value["day"] < value["today"])


def is_to_come(value: Mapping[str, Any]) -> bool:
    """Whether a `when` or a day lies ahead; a later hour of today does not."""
    return bool(not value.get("now") and value.get("day") and value.get("today") and value["day"] > value["today"])


def _count(office: Mapping[str, Any]) -> int:
    counted = office.get("all") or office.get("of")
    return int((counted and office.get("total")) or len(office["names"]))


def _minutes(value: Any) -> int:
    if isinstance(value, int):
        return value
    if "T" in value:
        local = _local(value)
        return local.hour * 60 + local.minute
    hour, minute = value.split(":")[:2]
    return int(hour) * 60 + int(minute)


def _local(value: Any) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise WordingError(f"a moment needs a zone: {value}")
    return at.astimezone(LONDON)


def _day(value: Any) -> date:
    return date.fromisoformat(value["day"] if isinstance(value, Mapping) else value)


def _runs(days: list[int]) -> list[list[int]]:
    """Weekdays in runs of neighbours."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _numbered(lines: list[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
