"""The form of an office's weekly hours: from what staff fill in to opening hours, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea, GovTextInput
from wtforms import HiddenField, RadioField, StringField, TextAreaField

from bot.console.telling import spans
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Scope
from bot.jobcentre.errors import BadInput, JobcentreError
from bot.jobcentre.hours import Certainty, OpeningHours, Spans
from bot.jobcentre.typed_times import date_of, spans_in
from bot.services import scopes
from bot.store.unit_of_work import UnitOfWork

Value = TypeVar("Value")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SAME, EACH = "same", "each"
_CERTAIN = [
    (Certainty.CONFIRMED.value, "Confirmed: somebody there has said so"),
    (Certainty.USUAL.value, "Usual: people are told that it is usually so"),
]
_STARTS = [("today", "Today"), ("other", "On another day")]


def _day(name: str) -> Any:
    return StringField(name.capitalize(), widget=GovTextInput())


class HoursForm(FlaskForm):  # type: ignore[misc]
    """One page."""

    where = TextAreaField("Which offices?", widget=GovTextArea())
    pattern = RadioField(
        "Which hours?",
        widget=GovRadioInput(),
        choices=[(SAME, "The same from Monday to Friday"), (EACH, "Different from day to day")],
        default=SAME,
    )
    same = StringField("Monday to Friday", widget=GovTextInput())
    monday, tuesday, wednesday, thursday = _day("monday"), _day("tuesday"), _day("wednesday"), _day("thursday")
    friday, saturday, sunday = _day("friday"), _day("saturday"), _day("sunday")
    certainty = RadioField(
        "How sure is it?", widget=GovRadioInput(), choices=_CERTAIN, default=Certainty.CONFIRMED.value
    )
    starts = RadioField("From when?", widget=GovRadioInput(), choices=_STARTS, default="today")
    first_day = StringField("First day", widget=GovTextInput())
    last_day = StringField("Last day", widget=GovTextInput())
    version = HiddenField()


def filled_from(hours: OpeningHours | None) -> dict[str, Any]:
    """The form's values for the hours that are held."""
    if hours is None:
        return {}
    week = {day: spans(open_spans) for day, open_spans in zip(DAYS, hours.week, strict=True)}
    is_same = len(set(hours.week[:5])) == 1 and not any(hours.week[5:])
    return {**week, "pattern": SAME if is_same else EACH, "same": week["monday"] if is_same else ""}


def read(work: UnitOfWork, form: HoursForm, now: datetime) -> tuple[Scope, OpeningHours] | None:
    """The offices and their hours; None where something cannot be used: the form then says what, beside its field."""
    scope = _told_beside(form, "where", lambda: _scope(work, form))
    week = _week(form)
    today = now.astimezone(LONDON).date()
    first = _told_beside(form, "first_day", lambda: _first(form, today))
    last = _told_beside(form, "last_day", lambda: _last(form, first, today))
    if scope is None or any(field.errors for field in form):
        return None
    is_confirmed = form.certainty.data == Certainty.CONFIRMED.value
    return scope, OpeningHours(week, Certainty.CONFIRMED if is_confirmed else Certainty.USUAL, first, last)


def _scope(work: UnitOfWork, form: HoursForm) -> Scope:
    wanted = [line for line in (form.where.data or "").splitlines() if line.strip()]
    if not wanted:
        raise BadInput("Enter at least one office, area or district")
    return scopes.Names(work).read(wanted)


def _week(form: HoursForm) -> tuple[Spans, ...]:
    if form.pattern.data == EACH:
        week = tuple(_told_beside(form, day, partial(spans_in, form[day].data or "")) or () for day in DAYS)
        if not any(week) and not any(form[day].errors for day in DAYS):
            _tell(form, DAYS[0], BadInput("Enter the hours of at least one day"))
        return week
    same = _told_beside(form, "same", lambda: _needed(form.same.data)) or ()
    return (same,) * 5 + ((), ())


def _needed(text: str | None) -> Spans:
    found = spans_in(text or "")
    if not found:
        raise BadInput("Enter hours like 9am to 5pm")
    return found


def _first(form: HoursForm, today: date) -> date:
    return date_of(form.first_day.data or "", today) if form.starts.data == "other" else today


def _last(form: HoursForm, first: date | None, today: date) -> date | None:
    if not (form.last_day.data or "").strip():
        return None
    last = date_of(form.last_day.data, today)
    if first and last < first:
        raise BadInput("The last day must not be before the first")
    return last


def _told_beside(form: HoursForm, name: str, read_it: Callable[[], Value]) -> Value | None:
    try:
        return read_it()
    except JobcentreError as error:
        _tell(form, name, error)
        return None


def _tell(form: HoursForm, name: str, error: Exception) -> None:
    told = str(error)
    form[name].errors = [*form[name].errors, told[:1].upper() + told[1:]]


def hidden(form: Iterable[Any]) -> Sequence[tuple[str, str]]:
    """Every value, to go on to the next page with."""
    return [(field.name, str(field.data or "")) for field in form if field.name not in ("csrf_token", "version")]
