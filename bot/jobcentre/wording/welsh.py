"""Welsh, with the mutations that the blanks need, and GOV.UK's Welsh style of times: "9am i 5pm"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from bot.jobcentre.place_names import welsh_name
from bot.jobcentre.topics import NAMES
from bot.jobcentre.wording import welsh_directory as directory
from bot.jobcentre.wording.grammar import Grammar
from bot.jobcentre.wording.mutation import after_a, after_yn, aspirated, softened


class Welsh(Grammar):
    DAYS = ("dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn", "dydd Sul")
    MONTHS = (
        *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf"),
        *("Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
    )
    MIDDAY = "hanner dydd"
    MIDNIGHT = "hanner nos"
    NOW = "nawr"
    TO = "i"
    OR = "neu"
    UNTIL = "tan"
    BECAUSE = "oherwydd"
    ALL_DAY = "drwy’r dydd"
    EVERY_DAY = "bob dydd"
    CLOSED = "ar gau"
    ANY_OFFICE = "unrhyw swyddfa"
    BENEFITS = "budd-daliadau"
    UNDER_HALF_A_MILE = "llai na hanner milltir"
    FROM_TO = "o {} i {}"
    END_OF = "ddiwedd {}"  # it follows "tan", which softens
    ABOUT = "tua {}"
    MORE = "{} arall"
    RELATIONS: ClassVar[Mapping[str, str]] = {"at": "am", "after": "ar ôl", "before": "cyn", "until": "tan"}
    CAUSES: ClassVar[Mapping[str, str]] = {
        "weather": "y tywydd",
        "flood": "llifogydd",
        "fire": "tân",
        "power": "toriad trydan",
        "heating": "nam ar y system wresogi",
        "water": "problem gyda’r cyflenwad dŵr",
        "technical": "nam technegol",
        "maintenance": "gwaith cynnal a chadw",
        "construction": "gwaith adeiladu",
        "strike": "streic",
        "staffing": "prinder staff",
        "training": "hyfforddiant staff",
        "police": "digwyddiad heddlu",
        "safety": "problem diogelwch",
        "medical": "argyfwng meddygol",
        "holiday": "gŵyl",
    }
    EFFECTS: ClassVar[Mapping[str, str]] = {
        "closed": "ar gau",
        "late_opening": "yn agor yn hwyr",
        "early_closing": "yn cau’n gynnar",
        "reduced_hours": "oriau byrrach",
        "phone_only": "dros y ffôn yn unig",
        "appointments_only": "apwyntiadau yn unig",
        "urgent_only": "materion brys yn unig",
        "access_problem": "ar agor, ond mae’n anoddach mynd i mewn",
        "moved": "wedi symud",
    }
    FACILITIES: ClassVar[Mapping[str, str]] = {
        "computers": "cyfrifiaduron i chi eu defnyddio",
        "wifi": "Wi-Fi am ddim",
        "step_free": "mynediad heb risiau",
        "parking": "lle parcio",
        "disabled_parking": "lle parcio i bobl anabl",
        "toilets": "toiledau",
        "accessible_toilet": "toiled hygyrch",
        "baby_change": "lle i newid babanod",
        "interview_rooms": "ystafelloedd cyfweld preifat",
        "hearing_loop": "dolen glyw",
        "lift": "lifft",
        "printer": "argraffydd",
        "dogs": "lle i gŵn cymorth",
        "children": "lle i blant",
    }
    CHANNELS: ClassVar[Mapping[str, str]] = {
        "phone": "Ffôn",
        "online": "Ar-lein",
        "email": "E-bost",
        "post": "Post",
        "text": "",
        "none": "",
        "video relay": "Iaith Arwyddion Prydain (BSL)",
    }
    NATIONS: ClassVar[Mapping[str, str]] = {
        "england": "Lloegr",
        "wales": "Cymru",
        "scotland": "Yr Alban",
        "northern_ireland": "Gogledd Iwerddon",
    }
    TOPICS: ClassVar[Mapping[str, str]] = {topic: names[1] for topic, names in NAMES.items()}

    def joined(self, items: Iterable[str]) -> str:
        *first, last = items
        return f"{', '.join(first)} {after_a(last)}" if first else last

    def number(self, value: Any) -> str:
        return "un" if value == 1 else str(value)

    def is_many(self, count: int) -> bool:
        """Above ten, Welsh counts "31 o swyddfeydd"; to ten, "3 swyddfa"."""
        return count > 10

    def facilities(self, value: Any) -> str:
        """What we name in Welsh mutates after "a"; a name that we do not know is left as it is."""
        *first, last = [self.FACILITIES.get(key, key.replace("_", " ")) for key in value]
        joined = aspirated(last) if value[-1] in self.FACILITIES else last
        return f"{', '.join(first)} {after_a(joined)}" if first else last

    def finished(self, text: str) -> str:
        """The article of "y ddwy swyddfa" leans on a vowel before it: "Mae’r ddwy swyddfa", "a yw’r ddwy swyddfa"."""
        return re.sub(r"(?<=[aeiouwyâêîôûŵŷ]) y (?=ddwy )", "’r ", text)

    def soft_place(self, value: Any) -> str:
        return softened(welsh_name(self.text(value)))

    def _names(self, value: Mapping[str, Any]) -> list[str]:
        welsh = value.get("names_cy") or value["names"]
        return [name or english for name, english in zip(welsh, value["names"], strict=True)]

    def _localised(self, value: Mapping[str, Any], key: str) -> str | None:
        return value.get(f"{key}_cy") or value.get(key)

    def _translated(self, value: Mapping[str, Any]) -> str:
        return value.get("cy") or value.get("name_cy") or value.get("name") or ""

    def sentence(self, value: Any) -> str:
        return super().sentence(value if isinstance(value, Mapping) else None)

    def _title(self, holiday: Mapping[str, Any]) -> str:
        """Staff's own title is in English: a Welsh one is known by being different."""
        welsh = holiday.get("title_cy") or ""
        return "" if welsh == holiday.get("title") else welsh

    def _contact_hours(self, hours: str) -> str:
        return directory.hours_in_welsh(hours)

    def _directory(self, text: str) -> str:
        return directory.in_welsh(text)

    def _near(self, day: date) -> str:
        return {-1: "ddoe", 0: "heddiw", 1: "yfory"}.get((day - self.today) // timedelta(days=1), "")

    def _on(self, day: date) -> str:
        return self._near(day) or f"d{self.dated(day)}"  # dydd softens to ddydd when it says when

    def _part(self, part: str, day: date) -> str:
        if part not in _PARTS:
            return ""
        near = self._near(day)
        if near:
            return _PARTS[part][near]
        if part in _NIGHTLY:
            return f"{_NIGHTS[day.weekday()]}{self.dated(day).removeprefix(self.DAYS[day.weekday()])}"
        return _PARTS[part]["other"].format(self.dated(day))

    def _day_range(self, first: str, last: str) -> str:
        return f"{first} i d{last}"

    def _jobcentres(self, names: str, single: bool) -> str:
        if "canolfan byd gwaith" in names.lower():
            return names
        return f"{'Canolfan' if single else 'Canolfannau'} Byd Gwaith {names}"

    def _all_offices(self, count: int, place: str) -> str:
        offices = "y ddwy swyddfa" if count == 2 else f"pob un o’r {_counted(count)}"
        return f"{offices}{self._of(place)}"

    def _part_of_offices(self, count: int, total: int, place: str) -> str:
        return f"{count} o’r {total} swyddfa{self._of(place)}"

    def _any_of(self, count: int, place: str) -> str:
        return f"unrhyw un o’r {'ddwy swyddfa' if count == 2 else _counted(count)}{self._of(place)}"

    def _of(self, place: str) -> str:
        return f" {self._in(place)}" if place else " ar y cyfrif hwn"

    def _in(self, place: str) -> str:
        return after_yn(welsh_name(place))

    def _mile_words(self, number: str) -> str:
        return f"{number} {'filltir' if number == '1' else 'milltir'}"


def _counted(count: int) -> str:
    return f"{count} o swyddfeydd" if count > 10 else f"{count} swyddfa"


# "Fore", "brynhawn" and "ddydd" are soft because they say when.
_PARTS = {
    "morning": {"ddoe": "bore ddoe", "heddiw": "y bore yma", "yfory": "bore yfory", "other": "fore {}"},
    "lunchtime": {
        "ddoe": "amser cinio ddoe",
        "heddiw": "amser cinio heddiw",
        "yfory": "amser cinio yfory",
        "other": "amser cinio d{}",
    },
    "afternoon": {
        "ddoe": "prynhawn ddoe",
        "heddiw": "y prynhawn yma",
        "yfory": "prynhawn yfory",
        "other": "brynhawn {}",
    },
    "evening": {"ddoe": "neithiwr", "heddiw": "heno", "yfory": "nos yfory"},
    "night": {"ddoe": "neithiwr", "heddiw": "heno", "yfory": "nos yfory"},
}
_NIGHTLY = ("evening", "night")
_NIGHTS = ("nos Lun", "nos Fawrth", "nos Fercher", "nos Iau", "nos Wener", "nos Sadwrn", "nos Sul")
