"""The form of a closure: from what staff fill in to a closure, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCharacterCount,
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField

from bot.console.desk import me
from bot.console.telling import CAUSES, EFFECTS
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Cause, Closure, Effect, Period, Scope
from bot.jobcentre.errors import BadInput, JobcentreError
from bot.jobcentre.hours import clock_text, parse_spans, spans_text
from bot.jobcentre.typed_times import REVIEW_AT, minutes_in, start_of
from bot.services import scopes
from bot.services.closures import MESSAGE_AT_MOST
from bot.services.offices import find_in, get_office, get_offices
from bot.store.unit_of_work import UnitOfWork

STARTS = [("now", "Now"), ("today", "From the start of today"), ("tomorrow", "Tomorrow"), ("other", "At another time")]
ENDS = [
    ("today", "At the end of today"),
    ("midday", "At midday"),
    ("tomorrow", "At the end of tomorrow"),
    ("unknown", "Until further notice"),
    ("other", "At another time"),
]
REVIEW_AFTER = timedelta(days=1)
"""When to look again at a closure without an end: 9am the next day, unless staff say otherwise."""


@dataclass(frozen=True)
class Template:
    """A closure that happens again and again, as a start."""

    name: str
    cause: Cause
    effect: Effect
    ends: str
    message: str = ""
    message_cy: str = ""


_CHECK_AGAIN = ("Check again before you travel.", "Gwiriwch eto cyn teithio.")
TEMPLATES: Mapping[str, Template] = {
    "snow": Template("Snow or ice", Cause.WEATHER, Effect.CLOSED, "today", *_CHECK_AGAIN),
    "flood": Template("Flood", Cause.FLOOD, Effect.CLOSED, "unknown", *_CHECK_AGAIN),
    "strike": Template("Strike", Cause.STRIKE, Effect.CLOSED, "today"),
    "power": Template("Power cut", Cause.POWER, Effect.CLOSED, "today", *_CHECK_AGAIN),
    "training": Template("Training day", Cause.TRAINING, Effect.LATE_OPENING, "today"),
}


AREAS_AT_MOST = 12
"""So many of our accounts are shown to tick; where there are more, they are found by name as all else is."""


def areas_field() -> SelectMultipleField:
    """Areas of our accounts, to tick; `offer_areas` says which."""
    return SelectMultipleField("Areas", widget=GovCheckboxesInput(), choices=[], validate_choice=False)


def offer_areas(work: UnitOfWork, form: FlaskForm) -> None:
    """The areas that whoever is signed in may tick; those that the form names already are ticked."""
    seen = [account for account in work.accounts.find_all() if me().may_see(account.handle)]
    areas = [f"{account.name} ({account.handle})" for account in seen] if len(seen) <= AREAS_AT_MOST else []
    named = lines_of(form)
    form.areas.choices = [(area, area) for area in areas]
    form.areas.data = [area for area in areas if area in named]
    form.where.data = "\n".join(name for name in named if name not in areas)


def lines_of(form: FlaskForm) -> list[str]:
    """Every name that the form has, ticked or typed."""
    return [*(form.areas.data or ()), *_lines(form.where.data)]


class ClosureForm(FlaskForm):  # type: ignore[misc]
    """One page. Times are London's."""

    areas = areas_field()
    where = TextAreaField("Which offices?", widget=GovTextArea())
    without = TextAreaField("All but these", widget=GovTextArea())
    cause = SelectField(
        "Why?", widget=GovSelect(), choices=[(c.value, said[:1].upper() + said[1:]) for c, said in CAUSES.items()]
    )
    effect = RadioField(
        "What is different?",
        widget=GovRadioInput(),
        choices=[(e.value, said) for e, said in EFFECTS.items()],
        default=Effect.CLOSED.value,
    )
    opens = StringField("Opens at", widget=GovTextInput())
    closes = StringField("Closes at", widget=GovTextInput())
    hours = StringField("Hours that are left", widget=GovTextInput())
    moved_to = StringField("Office to go to instead", widget=GovTextInput())
    starts = RadioField("When does it start?", widget=GovRadioInput(), choices=STARTS, default="now")
    start_day = StringField("Start date", widget=GovTextInput())
    start_time = StringField("Start time", widget=GovTextInput())
    ends = RadioField("When does it end?", widget=GovRadioInput(), choices=ENDS, default="today")
    end_day = StringField("End date", widget=GovTextInput())
    end_time = StringField("End time", widget=GovTextInput())
    review_day = StringField("Look at it again on", widget=GovTextInput())
    message = TextAreaField("Words for the public, in English", widget=GovCharacterCount())
    message_cy = TextAreaField("The same in Welsh", widget=GovCharacterCount())
    note = TextAreaField("Note for staff", widget=GovTextArea())
    version = HiddenField()

    message_at_most = MESSAGE_AT_MOST


_TIME = {"classes": "govuk-input--width-5", "type": "time"}
_DATE = {"classes": "govuk-input--width-10", "type": "date"}
_REVEALS: Mapping[str, Mapping[str, Sequence[tuple[str, Mapping[str, Any]]]]] = {
    "effect": {
        Effect.LATE_OPENING.value: [("opens", _TIME)],
        Effect.EARLY_CLOSING.value: [("closes", _TIME)],
        Effect.REDUCED_HOURS.value: [("hours", {"hint": {"text": "Like 10:00-12:00,13:00-15:00"}})],
        Effect.MOVED.value: [
            ("moved_to", {"attributes": {"list": "offices", "data-names": "offices"}, "autocomplete": "off"})
        ],
    },
    "starts": {"other": [("start_day", _DATE), ("start_time", _TIME)]},
    "ends": {
        "unknown": [("review_day", {**_DATE, "hint": {"text": "Without a date: 9am tomorrow"}})],
        "other": [("end_day", _DATE), ("end_time", {**_TIME, "hint": {"text": "Without a time: the end of that day"}})],
    },
}


def items_of(form: ClosureForm, name: str) -> list[dict[str, Any]]:
    """For GOV.UK's radios: the fields that each choice reveals."""
    revealed = _REVEALS[name]
    return [
        {"conditional": {"html": "".join(form[field](params=deepcopy(dict(params))) for field, params in found)}}
        if (found := revealed.get(value))
        else {}
        for value, _ in form[name].choices
    ]


def filled_by(template: Template) -> dict[str, Any]:
    """The form's values for a template."""
    return {
        "cause": template.cause.value,
        "effect": template.effect.value,
        "ends": template.ends,
        "message": template.message,
        "message_cy": template.message_cy,
    }


def filled_from(work: UnitOfWork, closure: Closure) -> dict[str, Any]:
    """The form's values for a closure that is published."""
    start, end = closure.period.start.astimezone(LONDON), closure.period.end
    values: dict[str, Any] = {
        "where": "\n".join(scopes.told(work, closure.scope)),
        "without": "\n".join(office.name for office in work.offices.find(sorted(closure.scope.excluding))),
        "cause": closure.cause.value,
        "effect": closure.effect.value,
        "opens": clock_text(closure.opens_at) if closure.opens_at else "",
        "closes": clock_text(closure.closes_at) if closure.closes_at else "",
        "hours": spans_text(closure.spans) if closure.spans else "",
        "moved_to": get_office(work, closure.moved_to).name if closure.moved_to else "",
        "starts": "other",
        "start_day": start.date().isoformat(),
        "start_time": f"{start:%H:%M}",
        "ends": "other" if end else "unknown",
        "message": closure.message,
        "message_cy": closure.message_cy,
        "note": closure.note,
        "version": str(closure.version),
    }
    if end:
        last = end.astimezone(LONDON)
        is_midnight = last.time() == time(0)
        day = last.date() - timedelta(days=is_midnight)  # the end of a day is told as that day
        values |= {"end_day": day.isoformat(), "end_time": "" if is_midnight else f"{last:%H:%M}"}
    if closure.review_by:
        values["review_day"] = closure.review_by.astimezone(LONDON).date().isoformat()
    return values


def read(work: UnitOfWork, form: ClosureForm, now: datetime) -> Closure | None:
    """The draft that the form describes; None where something in it cannot be used: the form then says what."""
    reader = _Reader(work, form, now)
    return reader.draft()


class _Reader:
    """Reads field by field, so that every mistake is told at once and beside its field."""

    def __init__(self, work: UnitOfWork, form: ClosureForm, now: datetime) -> None:
        self.work, self.form, self.now = work, form, now

    def draft(self) -> Closure | None:
        scope = self._told_beside("where", self._scope)
        effect = Effect(self.form.effect.data) if self.form.effect.data in {e.value for e in Effect} else Effect.CLOSED
        details = self._details(effect)
        start = self._told_beside("start_day" if self.form.starts.data == "other" else "starts", self._start)
        end = self._told_beside("end_day" if self.form.ends.data == "other" else "ends", self._end)
        review = self._told_beside("review_day", self._review)
        if self._is_wrong or scope is None or start is None:
            return None
        try:
            return Closure(
                id="",
                cause=self._cause(),
                effect=effect,
                period=Period(start, end),
                scope=scope,
                published_at=self.now,
                review_by=None if end else review,
                message=_text(self.form.message.data),
                message_cy=_text(self.form.message_cy.data),
                note=(self.form.note.data or "").strip(),
                **details,
            )
        except BadInput as error:
            tell(self.form, error)
            return None

    @property
    def _is_wrong(self) -> bool:
        return any(field.errors for field in self.form)

    def _cause(self) -> Cause:
        known = {cause.value: cause for cause in Cause}
        return known.get(str(self.form.cause.data), Cause.OTHER)

    def _scope(self) -> Any:
        names = scopes.Names(self.work)
        wanted = lines_of(self.form)
        if not wanted:
            raise BadInput("Enter at least one office, area or district")
        return names.read(wanted, _lines(self.form.without.data))

    def _details(self, effect: Effect) -> dict[str, Any]:
        """What the effect needs beside itself."""
        if effect is Effect.LATE_OPENING:
            return {"opens_at": self._told_beside("opens", lambda: _needed(self.form.opens.data, minutes_in))}
        if effect is Effect.EARLY_CLOSING:
            return {"closes_at": self._told_beside("closes", lambda: _needed(self.form.closes.data, minutes_in))}
        if effect is Effect.REDUCED_HOURS:
            return {"spans": self._told_beside("hours", lambda: _needed(self.form.hours.data, parse_spans)) or ()}
        if effect is Effect.MOVED:
            return {"moved_to": self._told_beside("moved_to", self._moved_to)}
        return {}

    def _moved_to(self) -> Any:
        return _needed(self.form.moved_to.data, lambda name: get_office(self.work, name).id)

    def _start(self) -> datetime:
        if self.form.starts.data == "other":
            return self._at(self.form.start_day.data, self.form.start_time.data, time(0))
        return start_of(str(self.form.starts.data or "now"), self.now)

    def _end(self) -> datetime | None:
        local = self.now.astimezone(LONDON)
        midnight = datetime.combine(local.date() + timedelta(days=1), time(0), LONDON)
        if self.form.ends.data == "other":
            return self._at(self.form.end_day.data, self.form.end_time.data, None)
        if self.form.ends.data == "midday":
            return datetime.combine(local.date() + timedelta(days=local.hour >= 12), time(12), LONDON)
        return {"today": midnight, "tomorrow": midnight + timedelta(days=1)}.get(str(self.form.ends.data))

    def _review(self) -> datetime:
        day = (self.form.review_day.data or "").strip()
        if day:
            return start_of(day, self.now, clock=REVIEW_AT)
        return datetime.combine(self.now.astimezone(LONDON).date() + REVIEW_AFTER, REVIEW_AT, LONDON)

    def _at(self, day: str | None, clock: str | None, default: time | None) -> datetime:
        """A day and a time as typed; a day alone is its start, or as an end the end of it."""
        if not (day or "").strip():
            raise BadInput("Enter a date")
        said = (clock or "").strip()
        if said:
            exact = said if re.fullmatch(r"\d\d:\d\d", said) else clock_text(minutes_in(said))
            return start_of(f"{str(day).strip()}T{exact}", self.now)
        start = start_of(str(day).strip(), self.now)
        return start if default is not None else start + timedelta(days=1)

    def _told_beside(self, name: str, read_it: Any) -> Any:
        try:
            return read_it()
        except JobcentreError as error:
            self._tell(name, error)
            return None

    def _tell(self, name: str, error: Exception) -> None:
        field = self.form[name]
        field.errors = [*field.errors, plain(str(error))]


def check_area(work: UnitOfWork, scope: Scope) -> None:
    """Raises BadInput for offices outside the accounts that whoever is signed in sees, NotFound for one that nobody
    knows. Offices may be named as the services read them: "Leeds Park Place" is leeds-park-place."""
    theirs = me().accounts
    named = frozenset(office.id for office in get_offices(work, sorted(scope.offices)))
    found = find_in(work, replace(scope, offices=named))
    outside = [office.name for office in found if theirs and not set(theirs) & set(office.accounts)]
    if outside:
        raise BadInput(f"You can change the offices of {', '.join(theirs)}: {outside[0]} is not one of them")


def merged(held: Closure, draft: Closure) -> Closure:
    """A published closure with what the form says of it."""
    return replace(draft, id=held.id, version=held.version, published_at=draft.published_at)


def hidden(form: ClosureForm) -> Sequence[tuple[str, str]]:
    """Every value, to go on to the next page with."""
    fields = [field for field in form if field.name != "csrf_token"]
    many = [(field.name, value) for field in fields if isinstance(field.data, list) for value in field.data]
    return [*many, *((field.name, str(field.data or "")) for field in fields if not isinstance(field.data, list))]


TOLD_AT_MOST = 500
"""Characters of an error, which says again what was typed."""
_COMMANDS = re.compile(r': (?:"jobcentre [^"]+" \w+ \w+|--[a-z-]+)$')
"""What the command line is told to do at the end of an error."""
_OPTIONS = {
    "--until": "the end",
    "--message-cy": "the Welsh words",
    "--message": "the words",
    "--to": "the other office",
}


def tell(form: ClosureForm, error: BadInput) -> None:
    """Put what a service says of the draft beside the field that it is about."""
    named = {"--message-cy": "message_cy", "--message": "message", "--to": "moved_to", "cannot end": "ends"}
    name = next((field for words, field in named.items() if words in str(error)), "where")
    form[name].errors = [*form[name].errors, plain(str(error))]


def plain(told: str) -> str:
    """An error of a service in the words of the page."""
    told = _COMMANDS.sub("", told if len(told) <= TOLD_AT_MOST else f"{told[:TOLD_AT_MOST]}…")
    for option, name in _OPTIONS.items():
        told = told.replace(option, name)
    return told[:1].upper() + told[1:]


def number(text: str | None) -> int:
    """The version that a page was made of; one that no page has is as old as can be."""
    return int(text) if text and text.isdecimal() and len(text) < 16 else 0


def _needed(text: str | None, read_it: Any) -> Any:
    if not (text or "").strip():
        raise BadInput("Enter this too")
    return read_it(str(text).strip())


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _text(text: str | None) -> str:
    return " ".join((text or "").split())
