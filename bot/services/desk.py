"""What answering one turn has at hand: the facts, the directory, and which offices and days a question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.jobcentre.answer import Answer, Asks
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Closure
from bot.jobcentre.contact import blanks_of, choose
from bot.jobcentre.conversation import Language
from bot.jobcentre.gazetteer import Gazetteer, PlaceKind, PlaceMention
from bot.jobcentre.handoff import PeopleHours
from bot.jobcentre.hours import clock_text
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Nation, Office
from bot.jobcentre.opening import HORIZON, OfficeFacts
from bot.jobcentre.question import Context, Pending, Question, Thread, When, now_of, unique, whens_of
from bot.jobcentre.topics import NAMES
from bot.services import staffing
from bot.store.unit_of_work import UnitOfWork

_SECTOR = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? [0-9]\b", re.IGNORECASE)
_OF_PLACE_ALONE = (Kind.OFFICE_FIND, Kind.OFFICE_CONTACT, Kind.OFFICE_FACILITIES)
"""Kinds whose answer has nothing to do with a day: the one spoken of is not forgotten, nor one told beside."""
CONTACT_PAGE = "jc-contact-page"
DWP_PAGE = "dwp-org-page"
OFFER_AT_MOST = 5
"""Offices in a numbered list."""


@dataclass(frozen=True)
class Located:
    """The offices a question is about; none at all where nothing says."""

    offices: tuple[str, ...] = ()
    place: str | None = None
    """The town, where all of its offices are meant."""
    near: PlaceMention | None = None
    """A place or postcode without an office: `offices` is then the nearest."""
    missing: PlaceMention | None = None
    """A place that has no office to name: a postcode we do not know, say."""
    is_ours: bool = False
    """Whether they are the account's, for want of a place."""


@dataclass(frozen=True)
class Desk:
    """What answering one turn has at hand."""

    work: UnitOfWork
    gazetteer: Gazetteer
    context: Context
    draft: tuple[Closure, ...] = field(default=())
    """Closures not yet published, for a preview."""
    read: dict[Any, list[OfficeFacts]] = field(default_factory=dict, repr=False, compare=False)
    """Facts read before in this piece of work: several questions of one message are often about the same offices."""

    @property
    def now(self) -> datetime:
        return self.context.now

    @property
    def today(self) -> str:
        """The date in London, as an ISO blank."""
        return self.now.astimezone(LONDON).date().isoformat()

    @property
    def is_welsh(self) -> bool:
        return self.context.language == Language.WELSH.value

    @property
    def people(self) -> PeopleHours:
        """When people answer this account."""
        return staffing.get(self.work, self.context.account, self.context.nation).hours

    @property
    def people_week(self) -> list[list[list[str]]]:
        """The `people_hours` blank: for each weekday the spans in which people answer."""
        week = self.people.week
        return [[[clock_text(span.opens_at), clock_text(span.closes_at)] for span in spans] for spans in week]

    def when_people(self, kind: Kind) -> Answer:
        """When people will see what was passed to them."""
        people = self.people
        if people.is_open_at(self.now):
            return Answer("utter_people_hours", kind, {"people_hours": self.people_week})
        return Answer("utter_people_next", kind, {"next": people.next_open(self.now).isoformat()})

    @property
    def nation(self) -> Nation | None:
        """Where somebody at risk says that they are, else the account's; None where no account of ours was written
        to."""
        return self.context.thread.nation or (self.context.nation if self.context.account else None)

    # Facts

    def facts(self, ids: Sequence[str], whens: Sequence[When] = ()) -> list[OfficeFacts]:
        """The facts of the offices, in their order, over the days asked about and as far as a change is looked for."""
        days = [when.day for when in whens] or [self.now.astimezone(LONDON).date()]
        key = (tuple(ids), min(days), max(days))
        if key not in self.read:
            self.read[key] = self._facts(*key)
        return self.read[key]

    def _facts(self, ids: Sequence[str], first: date, last: date) -> list[OfficeFacts]:
        start = datetime.combine(first, time(0), LONDON) - timedelta(days=1)
        end = datetime.combine(last, time(0), LONDON) + HORIZON + timedelta(days=1)
        held = self.work.offices.facts(ids, min(start, self.now), max(end, self.now + HORIZON))
        facts = [held[office_id] for office_id in ids if office_id in held]
        return [replace(f, closures=(*f.closures, *self.draft)) for f in facts] if self.draft else facts

    def offices(self, ids: Sequence[str]) -> list[Office]:
        return [self.gazetteer.office(office_id) for office_id in ids]

    def successor(self, office: Office) -> Office | None:
        """The running office that took its place, however often that moved; None where we do not know it."""
        seen = {office.id}
        while office.replaced_by and office.replaced_by not in seen:
            seen.add(office.replaced_by)
            office = self.gazetteer.office(office.replaced_by)
        return office if office.is_running else None

    # The directory

    def contacts(self, *ids: str) -> list[dict[str, Any]]:
        """The `contacts` blank of directory rows, by id; what may not be said or is not held is left out."""
        return blanks_of(self.work.contacts.find_by_ids(ids))

    def credit_line(self) -> list[dict[str, Any]]:
        """Universal Credit's line, in Welsh where that is spoken: the one most people can call about an appointment."""
        return [c for c in self.contacts_for("universal_credit", self.nation, ("phone",)) if c["channel"] == "phone"][
            :1
        ]

    def link(self, contact_id: str) -> str:
        blanks = self.contacts(contact_id)
        return str(blanks[0]["value"]) if blanks else "https://www.gov.uk/"

    def contacts_for(
        self,
        topic: str,
        nation: Nation | None,
        channels: Sequence[str] = (),
        at_most: int = 3,
        stage: str = "",
        welsh: bool = False,
    ) -> list[dict[str, Any]]:
        """The few channels to tell about a topic."""
        rows = self.work.contacts.find(topic=topic)
        speaks_welsh = welsh or self.is_welsh
        return choose(rows, nation=nation, welsh=speaks_welsh, channels=channels, at_most=at_most, stage=stage)

    def serving(self, question: Question, *ids: str) -> list[dict[str, Any]]:
        """The `contacts` blank of directory rows, without those of other nations."""
        nation = self.nation_of(question)
        return blanks_of(row for row in self.work.contacts.find_by_ids(ids) if row.serves(nation))

    def page(self, topic: str, nation: Nation | None, stage: str = "") -> list[dict[str, Any]]:
        """The official page of a topic, as a `contacts` blank of one; empty where the directory has none."""
        rows = [row for row in self.work.contacts.find(topic=topic) if row.page and row.serves(nation)]
        # A page that is itself the way to do it, then one about this topic alone.
        rows.sort(key=lambda row: (not (stage and row.stage == stage and row.value == row.page), len(row.topics)))
        return [{"channel": "online", "value": row.page, "label": None, "hours": None} for row in rows[:1]]

    # Where and when

    def located(self, question: Question) -> Located:
        """Which offices a question is about."""
        if question.offices:
            return Located(question.offices, question.place_name)
        if not question.places:
            return self._unknown_sector(question) or Located(tuple(self.context.ours), is_ours=True)
        named = [place for place in question.places if self._ids_of(place)]
        if not named:
            return _nearby(question.places[0])
        ids = unique([office_id for place in named for office_id in self._ids_of(place)])
        first = named[0]
        whole = first.name if len(named) == 1 and first.kind not in (PlaceKind.OFFICE, PlaceKind.OURS) else None
        return Located(ids, None if first.ambiguous else whole, is_ours=first.kind is PlaceKind.OURS)

    def _unknown_sector(self, question: Question) -> Located | None:
        """A postcode that the door cut to its sector and that is none we know: said so, and never taken for ours."""
        found = _SECTOR.search(question.message) if "postcode" in self.context.redacted else None
        if found is None:
            return None
        name = found[0].upper()
        return Located(missing=PlaceMention(*found.span(), found[0], PlaceKind.UNKNOWN_POSTCODE, name))

    def _ids_of(self, place: PlaceMention) -> Sequence[str]:
        if place.kind is PlaceKind.OURS:
            return self.context.ours
        if place.kind is PlaceKind.NATION:
            return [o.id for o in self.gazetteer.offices() if o.nation is place.nation and o.is_running]
        return place.offices

    def whens(self, question: Question) -> tuple[When, ...]:
        """The days and times asked about; now, where none is."""
        return self.days_named(question) or (now_of(self.now),)

    def days_named(self, question: Question) -> tuple[When, ...]:
        """Those that the person named, in this message or before; none where they named none."""
        asked = tuple(when for day in question.days for when in whens_of(day, self.now))
        return asked or tuple(when for when in question.whens if not when.is_now)

    def nation_of(self, question: Question) -> Nation | None:
        """Of the place named, else of the account."""
        named = next((place.nation for place in question.places if place.nation), None)
        return named or self.nation

    def is_scottish(self, question: Question) -> bool:
        return self.nation_of(question) is Nation.SCOTLAND

    def remembered(self, thread: Thread, question: Question, located: Located, whens: Sequence[When] = ()) -> Thread:
        """The thread after a question was answered: what "and tomorrow?" and "the other one" will mean. Of an office
        that is gone the conversation goes on with the one that took its place."""
        named = located.offices if len(located.offices) <= 2 * OFFER_AT_MOST else ()
        is_of_place_alone = question.kind in _OF_PLACE_ALONE
        kept = thread.whens if is_of_place_alone and named == thread.offices else ()
        told = self.days_named(question) if is_of_place_alone else ()  # "where is it, we go on Friday"
        gone = [office for office in self.offices(named) if not office.is_running]
        offices = unique([instead.id for office in gone if (instead := self.successor(office))]) or named
        return replace(
            thread,
            kind=question.kind,
            offices=offices,
            listed=offices if len(offices) > 1 else thread.listed,
            place_name=located.place,
            whens=tuple(whens) or told or kept,
            topics=question.topics,
            at=self.now,
            pending=None,
        )

    def asking_office(
        self, question: Question, ids: Sequence[str], whens: Sequence[When], thread: Thread
    ) -> tuple[list[Answer], Thread]:
        """Which office? With a numbered list where it is short."""
        offered = tuple(ids) if 0 < len(ids) <= OFFER_AT_MOST else ()
        if offered:
            names = [office.name for office in self.offices(offered)]
            blanks = {"choices": names}
            answer = Answer("utter_which_office_choices", question.kind, blanks, offered, asks=Asks.OFFICE)
        else:
            answer = Answer("utter_which_office", question.kind, asks=Asks.OFFICE)
        pending = Pending(Asks.OFFICE.value, question.kind, self.now, offered, tuple(whens), question.topics)
        return [answer], replace(thread, pending=pending)


def named_topic(topic: str) -> dict[str, Any]:
    """The blanks that name a topic, in both languages."""
    english, welsh = NAMES.get(topic, (topic.replace("_", " "),) * 2)
    named = {"en": english, "cy": welsh}
    return {"topic_name": named, "topic": named}


def _nearby(place: PlaceMention) -> Located:
    if place.nearest:
        return Located((place.nearest[0].office_id,), near=place)
    return Located(missing=place)


def unlocated(located: Located, kind: Kind) -> list[Answer]:
    """What to say where the place named has no office to speak of."""
    place = located.missing
    if place is not None and place.kind is PlaceKind.UNKNOWN_POSTCODE:
        return [Answer("utter_postcode_unknown", kind, {"place": place.name})]
    return [Answer("utter_place_unknown", kind, asks=Asks.OFFICE)]
