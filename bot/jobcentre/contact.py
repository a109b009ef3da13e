"""The directory: how to reach DWP and others about a topic, and what of it may be said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.jobcentre.office import Nation

GREAT_BRITAIN = frozenset(nation.value for nation in (Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES))
_OFFICIAL = ("https://www.gov.uk/", "https://www.gov.wales/", "https://www.mygov.scot/", "https://www.nidirect.gov.uk/")
_ORDER = ("phone", "online", "email", "post")
_STAGE = re.compile(r"(?P<new>new claim|help to claim|not received)|existing|enquiries", re.IGNORECASE)
_ON_REQUEST = frozenset({"Relay UK", "video relay", "none"})
"""Channels told only to those who ask for them."""
FREE_PREFIX = "0800"
"""What every DWP helpline begins with; calls to them are free (facts 1.1)."""
RELAY_PREFIX = "18001"
"""What a person dials before a number to use Relay UK (facts 4.18)."""
_NEW = re.compile(
    r"\b(?:claim(?:ing)?|apply|applying|application|new(?! style)|start|first time|hawlio|gwneud cais|newydd)\b",
    re.IGNORECASE,
)
_EXISTING = re.compile(
    r"\b(?:already|existing|current|my (?!first|new)\w+|i(?: am|'m)? (?:get|on|getting|receive)|change|report|stopped"
    r"|review|renew|eisoes|fy|presennol|newid)\b",
    re.IGNORECASE,
)
_NUMBERED = frozenset({"phone", "Relay UK", "text", "email"})


@dataclass(frozen=True)
class Contact:
    """One way to reach DWP or somebody else: the columns of the contacts file, and who checked it when."""

    id: str
    topic_id: str = ""
    """Topics divided by ";"."""
    topic: str = ""
    nation: str = ""
    """Nations divided by ";"; none is every nation."""
    audience: str = ""
    channel: str = ""
    """`phone`, `Relay UK`, `online`, `post` …"""
    value: str = ""
    say: str = ""
    """`say`, `link` (only as a link to the official page) or `never`."""
    hours: str = ""
    hours_say: str = ""
    """`say`, `never` or `none`."""
    language: str = ""
    source_url: str = ""
    source_date: str = ""
    certainty: str = ""
    last_checked: date | None = None
    updated_by: str = ""

    @property
    def topics(self) -> frozenset[str]:
        return _parts(self.topic_id)

    @property
    def nations(self) -> frozenset[str]:
        return _parts(self.nation)

    @property
    def label(self) -> str:
        """What it is for, without what follows a semicolon: notes for staff."""
        return self.topic.partition(";")[0].strip()

    @property
    def stage(self) -> str:
        """Whether it is for a "new" claim or an "existing" one, as its label has it; "" is for either."""
        told = _STAGE.search(self.label)
        return "" if told is None else "new" if told["new"] else "existing"

    @property
    def page(self) -> str | None:
        """The official page about its topic; None where it has none or may not be spoken of."""
        link = self.value if self.value.startswith("https://") else self.source_url
        return link if self.say != "never" and link.startswith(_OFFICIAL) else None

    @property
    def is_welsh(self) -> bool:
        """Whether it is a line in Welsh alone."""
        return self.language.strip().casefold() == "welsh"

    def serves(self, nation: Nation | None) -> bool:
        """Whether it is for people of the nation; for any of Great Britain's where the nation is not known."""
        if not self.nations:
            return True
        return not self.nations.isdisjoint(GREAT_BRITAIN) if nation is None else nation.value in self.nations

    def blank(self) -> dict[str, Any] | None:
        """For the `contacts` blank of an Answer; None where nothing of it may be said."""
        if self.say == "say":
            told = self.hours_say == "say" and self.channel in ("phone", "Relay UK")
            return {
                "channel": self.channel,
                "value": self.value,
                "label": self.label,
                "hours": self.hours if told else None,
            }
        link = self.value if self.value.startswith("https://") else self.source_url
        if self.say == "link" and (link == self.value or link.startswith(_OFFICIAL)):
            return {"channel": "online", "value": link, "label": self.label, "hours": None}
        return None


def _parts(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(";") if part.strip())


def blanks_of(contacts: Iterable[Contact]) -> list[dict[str, Any]]:
    """What may be said of the contacts, no channel and value twice."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for contact in contacts:
        blank = contact.blank()
        if blank:
            seen.setdefault((blank["channel"], blank["value"]), blank)
    return list(seen.values())


def choose(
    contacts: Sequence[Contact],
    *,
    nation: Nation | None,
    welsh: bool,
    channels: Sequence[str] = (),
    at_most: int = 3,
    stage: str = "",
) -> list[dict[str, Any]]:
    """The few channels to tell a person: theirs by nation and language, those they asked for first.

    `stage` is "new" or "existing" where they say that they claim or have a claim.
    """
    fitting = [c for c in contacts if c.serves(nation) and (welsh or not c.is_welsh)]
    fitting = _of_stage(fitting, stage)
    if welsh and any(c.is_welsh and c.say == "say" for c in fitting):
        fitting = [c for c in fitting if c.is_welsh or c.channel != "phone"]
    wanted = [c for c in fitting if c.channel in channels]
    rest = [c for c in fitting if c not in wanted and c.channel not in _ON_REQUEST]
    rest.sort(key=lambda c: _ORDER.index(c.channel) if c.channel in _ORDER else len(_ORDER))
    return blanks_of([*wanted, *rest])[:at_most]


def _of_stage(contacts: Sequence[Contact], stage: str) -> list[Contact]:
    """Without those for the other stage, where there are any for this one."""
    other = {"new": "existing", "existing": "new"}.get(stage)
    left = [contact for contact in contacts if contact.stage != other]
    return left if any(contact.say != "never" for contact in left) else list(contacts)


def stage_of(words: str) -> str:
    """ "new" for somebody who means to claim, "existing" for somebody who has one; "" where the words do not say."""
    is_new, is_existing = bool(_NEW.search(words)), bool(_EXISTING.search(words))
    if is_new is is_existing:
        return ""
    return "new" if is_new else "existing"


def sayable_numbers(contacts: Iterable[Contact]) -> frozenset[str]:
    """The numbers and email addresses that may be said: ours, never personal data in a message.

    Links and postal addresses are left out: redaction compares digits, and what has none would be like any number.
    """
    return frozenset(c.value for c in contacts if c.say != "never" and c.channel in _NUMBERED)
