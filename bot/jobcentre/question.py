"""Questions: what a person asks, when, and about which offices. And the thread that a conversation keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.dates import DayMention, is_part_alone
from bot.jobcentre.gazetteer import NearOffice, PlaceKind, PlaceMention
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Nation

PENDING_LASTS = timedelta(hours=12)
"""How long the assistant's own question stands: after that a "2" answers nothing."""
THREAD_LASTS = timedelta(hours=48)
"""How long "and tomorrow?" still means the office spoken of."""
WORDS_KEPT = 300
"""Characters of a question's words that the conversation remembers."""


@dataclass(frozen=True)
class When:
    """The day, and perhaps the time of day, that a question is about."""

    day: date
    clock: time | None = None
    relation: str = "at"
    """at, after, before or until the time."""
    until: time | None = None
    part: str | None = None
    """morning, afternoon, evening or night."""
    is_now: bool = False
    is_past: bool = False

    @property
    def is_day_alone(self) -> bool:
        return not (self.is_now or self.clock or self.until or self.part)

    def blank(self, today: date) -> dict[str, Any]:
        """The `when` blank of an Answer."""
        if self.is_now:
            return {"now": True}
        is_timed = not is_part_alone(self.part, self.clock, self.until)
        return {
            "day": self.day.isoformat(),
            "today": today.isoformat(),
            "time": self.clock.isoformat("minutes") if self.clock and is_timed else None,
            "relation": self.relation,
            "until": self.until.isoformat("minutes") if self.until and is_timed else None,
            "part": self.part,
            "past": self.is_past,
        }

    def moment(self, now: datetime) -> datetime:
        """The moment asked about; the start of the day where none is named."""
        if self.is_now:
            return now
        return datetime.combine(self.day, self.clock or time(0), LONDON)

    def to_dict(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "day": self.day.isoformat(),
            "clock": self.clock.isoformat() if self.clock else None,
            "until": self.until.isoformat() if self.until else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> When:
        return cls(
            **{
                **data,
                "day": date.fromisoformat(data["day"]),
                "clock": time.fromisoformat(data["clock"]) if data["clock"] else None,
                "until": time.fromisoformat(data["until"]) if data["until"] else None,
            }
        )


def now_of(now: datetime) -> When:
    return When(now.astimezone(LONDON).date(), is_now=True)


def whens_of(mention: DayMention, now: datetime) -> list[When]:
    """The days of a mention, one When each; at most a week of them."""
    if mention.now:
        return [now_of(now)]
    days = [mention.first + timedelta(days=n) for n in range(min((mention.last - mention.first).days, 6) + 1)]
    return [When(day, mention.at, mention.relation, mention.until, mention.part, is_past=mention.past) for day in days]


@dataclass(frozen=True)
class Clause:
    """One part of a message that asks or says one thing."""

    intent: str
    confidence: float
    text: str
    start: int
    end: int
    negated: bool = False


@dataclass(frozen=True)
class Utterance:
    """What the pipeline found in a turn's text."""

    text: str
    clauses: tuple[Clause, ...]
    places: tuple[PlaceMention, ...] = ()
    days: tuple[DayMention, ...] = ()
    topics: tuple[str, ...] = ()
    language: str | None = None
    impossible_days: tuple[str, ...] = ()
    light: frozenset[str] = frozenset()
    """Words that tell nothing of what is asked, folded."""
    before_thanks: str | None = None
    """What stands before the thanks with which it ends, if it does: the text is without those."""

    def places_in(self, clause: Clause) -> tuple[PlaceMention, ...]:
        return tuple(p for p in self.places if clause.start <= p.start < clause.end)

    def days_in(self, clause: Clause) -> tuple[DayMention, ...]:
        """Those of which some words stand in the clause: "tomorrow" may have its "by 9" in the next."""
        return tuple(d for d in self.days if any(clause.start <= s < clause.end for s, _ in d.spans or ((d.start, 0),)))


@dataclass(frozen=True)
class Question:
    """One thing to answer."""

    kind: Kind
    intent: str
    places: tuple[PlaceMention, ...] = ()
    days: tuple[DayMention, ...] = ()
    whens: tuple[When, ...] = ()
    """Instead of `days`, where they come from the thread."""
    offices: tuple[str, ...] = ()
    """Instead of `places`, where they come from the thread or a choice."""
    place_name: str | None = None
    """The town that `offices` are all of, where they come from the thread."""
    topics: tuple[str, ...] = ()
    text: str = ""
    """The clause."""
    message: str = ""
    """All that the person wrote in the turn."""
    matter: str = ""
    """What it is more closely about, where the conversation tells it and not the words."""

    def to_dict(self) -> dict[str, Any]:
        """JSON, with the first words only: enough to answer it again."""
        return {
            "kind": self.kind.value,
            "intent": self.intent,
            "places": [place_to_dict(place) for place in self.places],
            "days": [day_to_dict(day) for day in self.days],
            "whens": [when.to_dict() for when in self.whens],
            "offices": list(self.offices),
            "place_name": self.place_name,
            "topics": list(self.topics),
            "text": self.text[:WORDS_KEPT],
            "message": self.message[:WORDS_KEPT],
            "matter": self.matter,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Question:
        return cls(
            **{
                **data,
                "kind": Kind(data["kind"]),
                "places": tuple(place_from_dict(place) for place in data["places"]),
                "days": tuple(day_from_dict(day) for day in data["days"]),
                "whens": tuple(When.from_dict(when) for when in data["whens"]),
                "offices": tuple(data["offices"]),
                "topics": tuple(data["topics"]),
            }
        )


@dataclass(frozen=True)
class Pending:
    """What the assistant has asked and waits for."""

    asks: str
    kind: Kind
    at: datetime
    choices: tuple[str, ...] = ()
    """Ids of the offices offered, in the order of their numbers; topics where a topic was asked."""
    whens: tuple[When, ...] = ()
    topics: tuple[str, ...] = ()
    asides: int = 0
    """How many other things were said since."""
    also: tuple[Kind, ...] = ()
    """What else was asked, of the same office."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "asks": self.asks,
            "kind": self.kind.value,
            "at": self.at.isoformat(),
            "choices": list(self.choices),
            "topics": list(self.topics),
            "asides": self.asides,
            "whens": [when.to_dict() for when in self.whens],
            "also": [kind.value for kind in self.also],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Pending:
        return cls(
            **{
                **data,
                "kind": Kind(data["kind"]),
                "at": datetime.fromisoformat(data["at"]),
                "choices": tuple(data["choices"]),
                "whens": tuple(When.from_dict(when) for when in data["whens"]),
                "topics": tuple(data["topics"]),
                "also": tuple(map(Kind, data.get("also", ()))),  # of older threads there is none
            }
        )


@dataclass(frozen=True)
class Thread:
    """What a conversation remembers from turn to turn. Bounded: it never grows with the conversation."""

    kind: Kind | None = None
    offices: tuple[str, ...] = ()
    place_name: str | None = None
    whens: tuple[When, ...] = ()
    topics: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    """The offices that the last list or answer named, in order: what "the second one" means without a question."""
    at: datetime | None = None
    pending: Pending | None = None
    language: str | None = None
    introduced: bool = False
    misses: int = 0
    """How often in a row the assistant did not understand."""
    claims_told: bool = False
    """Whether the person was told that people here cannot discuss claims either."""
    asked: tuple[Question, ...] = ()
    """What the last answer was to: "sorry?" asks it again."""
    risks: tuple[str, ...] = ()
    """What the crisis check had found in those words."""
    crisis: Kind | None = None
    """The crisis that they last spoke of."""
    subject: Question | None = None
    """What the conversation is about: what a message goes on with that names nothing of its own."""
    nation: Nation | None = None
    """Where somebody at risk says that they are."""

    def forgetting(self, now: datetime) -> Thread:
        """Without what is too old to speak of."""
        thread = self
        if thread.pending and now - thread.pending.at > PENDING_LASTS:
            thread = replace(thread, pending=None)
        if thread.at and now - thread.at > THREAD_LASTS:
            thread = replace(thread, kind=None, offices=(), place_name=None, whens=(), topics=(), listed=())
            thread = replace(thread.without_words(), nation=None)
        return thread

    def without_words(self) -> Thread:
        """Without what was asked, which holds the person's own words."""
        return replace(self, asked=(), risks=(), subject=None)

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value if self.kind else None,
            "offices": list(self.offices),
            "place_name": self.place_name,
            "whens": [when.to_dict() for when in self.whens],
            "topics": list(self.topics),
            "listed": list(self.listed),
            "at": self.at.isoformat() if self.at else None,
            "language": self.language,
            "introduced": self.introduced,
            "misses": self.misses,
            "claims_told": self.claims_told,
            "asked": [question.to_dict() for question in self.asked],
            "risks": list(self.risks),
            "crisis": self.crisis.value if self.crisis else None,
            "subject": self.subject.to_dict() if self.subject else None,
            "nation": self.nation.value if self.nation else None,
            "pending": self.pending.to_dict() if self.pending else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Thread:
        if not data:
            return cls()
        return cls(
            kind=Kind(data["kind"]) if data.get("kind") else None,
            offices=tuple(data.get("offices", ())),
            place_name=data.get("place_name"),
            whens=tuple(When.from_dict(when) for when in data.get("whens", ())),
            topics=tuple(data.get("topics", ())),
            listed=tuple(data.get("listed", ())),
            at=datetime.fromisoformat(data["at"]) if data.get("at") else None,
            language=data.get("language"),
            introduced=bool(data.get("introduced")),
            misses=int(data.get("misses", 0)),
            claims_told=bool(data.get("claims_told")),
            asked=tuple(Question.from_dict(question) for question in data.get("asked", ())),
            risks=tuple(data.get("risks", ())),
            crisis=Kind(data["crisis"]) if data.get("crisis") else None,
            subject=Question.from_dict(data["subject"]) if data.get("subject") else None,
            nation=Nation(data["nation"]) if data.get("nation") else None,
            pending=Pending.from_dict(data["pending"]) if data.get("pending") else None,
        )


def place_to_dict(place: PlaceMention) -> dict[str, Any]:
    """JSON of a mention, for Rasa's entities."""
    return {
        **asdict(place),
        "kind": place.kind.value,
        "nation": place.nation.value if place.nation else None,
        "offices": list(place.offices),
        "nearest": [[near.office_id, near.km] for near in place.nearest],
        "alternatives": list(place.alternatives),
    }


def place_from_dict(data: Mapping[str, Any]) -> PlaceMention:
    return PlaceMention(
        **{
            **data,
            "kind": PlaceKind(data["kind"]),
            "nation": Nation(data["nation"]) if data["nation"] else None,
            "offices": tuple(data["offices"]),
            "nearest": tuple(NearOffice(*near) for near in data["nearest"]),
            "alternatives": tuple(data["alternatives"]),
        }
    )


def day_to_dict(day: DayMention) -> dict[str, Any]:
    return {
        **asdict(day),
        "first": day.first.isoformat(),
        "last": day.last.isoformat(),
        "at": day.at.isoformat() if day.at else None,
        "until": day.until.isoformat() if day.until else None,
        "spans": [list(span) for span in day.spans],
    }


def day_from_dict(data: Mapping[str, Any]) -> DayMention:
    return DayMention(
        **{
            **data,
            "first": date.fromisoformat(data["first"]),
            "last": date.fromisoformat(data["last"]),
            "at": time.fromisoformat(data["at"]) if data["at"] else None,
            "until": time.fromisoformat(data["until"]) if data["until"] else None,
            "spans": tuple((start, end) for start, end in data["spans"]),
        }
    )


@dataclass(frozen=True)
class Context:
    """What the turn knows besides the words."""

    now: datetime
    account: str
    ours: tuple[str, ...] = ()
    """Ids of the account's offices."""
    nation: Nation = Nation.ENGLAND
    language: str = "en"
    thread: Thread = field(default_factory=Thread)
    risks: tuple[str, ...] = ()
    """What the crisis check found in the words, most serious first."""
    redacted: tuple[str, ...] = ()
    """Types of personal data that the door took out."""
    is_threat_open: bool = False
    """Whether a threat waits for an adviser: until then no reply gives times or places of offices."""
    speaks_other: bool = False
    """Whether they wrote in a language that is neither English nor Welsh."""
    is_crisis_open: bool = False
    """Whether somebody at risk waits for an adviser: small talk is then never brushed off."""
    has_open_case: bool = False
    """Whether an open case needs what the conversation holds: then not all of it is erased on request."""
    is_in_queue: bool = False
    """Whether the person waits for an adviser and may still say that they need not."""
    is_with_adviser: bool = False
    """Whether an adviser has the conversation, at whatever hour."""
    beside: tuple[str, ...] = ()
    """The other offices that are called after the town of the one spoken of."""
    described: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each office that the conversation has named, the words by which people may tell it from the others."""


def unique(items: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def wanted(places: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Without those that the person says they do not mean; and without where they are, beside one they ask about."""
    meant = tuple(place for place in places if not place.negated)
    asked = tuple(place for place in meant if not place.is_setting)
    return asked if any(place.kind not in _NO_PLACE for place in asked) else meant


_NO_PLACE = (PlaceKind.OURS, PlaceKind.NATION)
