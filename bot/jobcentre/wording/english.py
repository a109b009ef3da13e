"""English, in GOV.UK style: 9am, 5:30pm, midday; "Monday to Friday, 9am to 5pm"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from bot.jobcentre.topics import NAMES
from bot.jobcentre.wording.grammar import Grammar


class English(Grammar):
    DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    MONTHS = (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    )
    MIDDAY = "midday"
    MIDNIGHT = "midnight"
    NOW = "now"
    TO = "to"
    OR = "or"
    UNTIL = "until"
    BECAUSE = "because of"
    ALL_DAY = "all day"
    EVERY_DAY = "every day"
    CLOSED = "closed"
    ANY_OFFICE = "any office"
    BENEFITS = "benefits"
    UNDER_HALF_A_MILE = "less than half a mile"
    FROM_TO = "from {} to {}"
    END_OF = "the end of {}"
    ABOUT = "about {}"
    MORE = "{} more"
    RELATIONS: ClassVar[Mapping[str, str]] = {"at": "at", "after": "after", "before": "before", "until": "until"}
    CAUSES: ClassVar[Mapping[str, str]] = {
        "weather": "the weather",
        "flood": "flooding",
        "fire": "a fire",
        "power": "a power cut",
        "heating": "a heating fault",
        "water": "a water supply problem",
        "technical": "a technical fault",
        "maintenance": "maintenance",
        "construction": "building work",
        "strike": "a strike",
        "staffing": "staff shortages",
        "training": "staff training",
        "police": "a police incident",
        "safety": "a safety problem",
        "medical": "a medical emergency",
        "holiday": "a holiday",
    }
    EFFECTS: ClassVar[Mapping[str, str]] = {
        "closed": "closed",
        "late_opening": "opening late",
        "early_closing": "closing early",
        "reduced_hours": "shorter hours",
        "phone_only": "phone only",
        "appointments_only": "appointments only",
        "urgent_only": "urgent matters only",
        "access_problem": "open, but harder to get into",
        "moved": "moved",
    }
    FACILITIES: ClassVar[Mapping[str, str]] = {
        "computers": "computers you can use",
        "wifi": "free Wi-Fi",
        "step_free": "step-free access",
        "parking": "parking",
        "disabled_parking": "parking for disabled people",
        "toilets": "toilets",
        "accessible_toilet": "an accessible toilet",
        "baby_change": "baby changing",
        "interview_rooms": "private interview rooms",
        "hearing_loop": "a hearing loop",
        "lift": "a lift",
        "printer": "a printer",
        "dogs": "space for assistance dogs",
        "children": "space for children",
    }
    CHANNELS: ClassVar[Mapping[str, str]] = {
        "phone": "Telephone",
        "online": "Online",
        "email": "Email",
        "post": "Post",
        "text": "",
        "none": "",
        "video relay": "British Sign Language (BSL)",
    }
    NATIONS: ClassVar[Mapping[str, str]] = {
        "england": "England",
        "wales": "Wales",
        "scotland": "Scotland",
        "northern_ireland": "Northern Ireland",
    }
    TOPICS: ClassVar[Mapping[str, str]] = {topic: names[0] for topic, names in NAMES.items()}

    def joined(self, items: Iterable[str]) -> str:
        *first, last = items
        return f"{', '.join(first)} and {last}" if first else last

    def number(self, value: Any) -> str:
        return "one" if value == 1 else str(value)

    def is_many(self, count: int) -> bool:
        return count != 1

    def _translated(self, value: Mapping[str, Any]) -> str:
        return value.get("en") or value.get("name") or ""

    def _title(self, holiday: Mapping[str, Any]) -> str:
        return holiday.get("title") or ""

    def _directory(self, text: str) -> str:
        return text

    def _near(self, day: date) -> str:
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - self.today) // timedelta(days=1), "")

    def _on(self, day: date) -> str:
        return self._near(day) or f"on {self.dated(day)}"

    def _part(self, part: str, day: date) -> str:
        if part not in _PARTS:
            return ""
        at_night = _PARTS[part] in ("evening", "night")
        near = self._near(day)
        if near == "today":
            return "tonight" if part == "night" else f"this {_PARTS[part]}"
        if near == "yesterday" and at_night:
            return "last night" if part == "night" else "yesterday evening"
        return f"{near} {_PARTS[part]}" if near else f"on the {_PARTS[part]} of {self.dated(day)}"

    def _day_range(self, first: str, last: str) -> str:
        return f"{first} to {last}"

    def _jobcentres(self, names: str, single: bool) -> str:
        if "jobcentre" in names.lower():
            return names
        return f"{names} {'Jobcentre' if single else 'Jobcentres'}"

    def _all_offices(self, count: int, place: str) -> str:
        offices = "both offices" if count == 2 else f"all {count} offices"
        return f"{offices}{self._of(place)}"

    def _part_of_offices(self, count: int, total: int, place: str) -> str:
        return f"{count} of the {total} offices{self._of(place)}"

    def _any_of(self, count: int, place: str) -> str:
        offices = "either office" if count == 2 else f"any of the {count} offices"
        return f"{offices}{self._of(place)}"

    def _of(self, place: str) -> str:
        return f" in {place}" if place else " we answer for here"

    def _in(self, place: str) -> str:
        return f"in {place}"

    def _mile_words(self, number: str) -> str:
        return f"{number} {'mile' if number == '1' else 'miles'}"


_PARTS = {
    "morning": "morning",
    "lunchtime": "lunchtime",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "night",
}
