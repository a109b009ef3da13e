"""Open data: what anybody may read without signing in. docs/open-data.md says what is in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from feedgenerator import Atom1Feed
from flask import Blueprint, Response, render_template, request, session

from bot.console import access
from bot.console.desk import Published, address_of, console, now, work
from bot.jobcentre.answer import Answer
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Cause, Closure, Effect, Watch
from bot.jobcentre.conversation import Language
from bot.jobcentre.hours import DAY_MINUTES, Certainty, OpeningHours, TimeSpan, clock_text
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import OfficeStatus
from bot.jobcentre.question import When
from bot.jobcentre.telling import is_told, office_blank, tell_notice
from bot.jobcentre.wording import render
from bot.jobcentre.wording.blanks import fill
from bot.services import open_data, samples
from bot.services.open_data import Alert, OpenOffice, SpecialDay
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("open_data", __name__, url_prefix="/open")
KEPT_SECONDS = 60
"""How long a copy may be shown before it is asked for anew."""
SCHEMA = "https://schema.org"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CAUSES = {
    Cause.WEATHER: "WEATHER",
    Cause.FLOOD: "OTHER_CAUSE",
    Cause.FIRE: "OTHER_CAUSE",
    Cause.POWER: "TECHNICAL_PROBLEM",
    Cause.HEATING: "TECHNICAL_PROBLEM",
    Cause.WATER: "TECHNICAL_PROBLEM",
    Cause.TECHNICAL: "TECHNICAL_PROBLEM",
    Cause.MAINTENANCE: "MAINTENANCE",
    Cause.CONSTRUCTION: "CONSTRUCTION",
    Cause.TRAINING: "OTHER_CAUSE",
    Cause.HOLIDAY: "HOLIDAY",
}
"""Ours as GTFS-realtime has them. The others are not told to the public: all of them are UNKNOWN_CAUSE alike."""
EFFECTS = {
    Effect.CLOSED: "NO_SERVICE",
    Effect.MOVED: "STOP_MOVED",
    Effect.PHONE_ONLY: "REDUCED_SERVICE",
    Effect.URGENT_ONLY: "REDUCED_SERVICE",
    Effect.APPOINTMENTS_ONLY: "REDUCED_SERVICE",
    Effect.REDUCED_HOURS: "MODIFIED_SERVICE",
    Effect.LATE_OPENING: "MODIFIED_SERVICE",
    Effect.EARLY_CLOSING: "MODIFIED_SERVICE",
    Effect.ACCESS_PROBLEM: "ACCESSIBILITY_ISSUE",
}
STARTS = {Language.ENGLISH: "From {start:moment}.", Language.WELSH: "Yn dechrau am {start:moment}."}
OPENS = {Language.ENGLISH: "Opens at {opens}.", Language.WELSH: "Yn agor am {opens}."}
CLOSES = {Language.ENGLISH: "Closes at {opens}.", Language.WELSH: "Yn cau am {opens}."}
OVER = {Language.ENGLISH: "No longer so", Language.WELSH: "Nid yw hyn yn wir bellach"}
TITLES = {Language.ENGLISH: "Jobcentre closures", Language.WELSH: "Canolfannau Byd Gwaith ar gau"}
LONG_BEFORE = timedelta(days=60)
"""So long before a closure nobody would say "tomorrow": then its days are named."""


@blueprint.get("/")
@access.for_everybody
def index() -> str:
    """What there is."""
    return render_template("open_data.html")


@blueprint.get("/offices.json")
@access.for_everybody
def offices() -> Response:
    """Every office that runs, with its hours, as schema.org has them."""
    text = _made(_offices_text)
    return _with_headers(Response(text, mimetype="application/ld+json"), text)


@blueprint.get("/alerts.json")
@access.for_everybody
def alerts() -> Response:
    """What is disrupted now or will be, as GTFS-realtime service alerts in JSON."""
    entities = _made(_alerts_text)
    header = {"gtfsRealtimeVersion": "2.0", "incrementality": "FULL_DATASET", "timestamp": str(_seconds(now()))}
    text = f'{{"header":{_json(header)},"entity":{entities}}}'
    # The time alone makes it no other version.
    return _with_headers(Response(text, mimetype="application/json"), entities)


@blueprint.get("/closures.atom")
@access.for_everybody
def closures() -> Response:
    """What is disrupted, or was until lately, as a feed in English."""
    return _feed(Language.ENGLISH)


@blueprint.get("/closures.cy.atom")
@access.for_everybody
def closures_cy() -> Response:
    """The same in Welsh."""
    return _feed(Language.WELSH)


# Offices


def _offices_text(piece: UnitOfWork) -> str:
    notes = {"description": "Sample data: not for use by the public"} if samples.is_marked(piece) else {}
    graph = [_office_json(one) for one in open_data.find_offices(piece, now())]
    return _json({"@context": SCHEMA, **notes, "@graph": graph})


def _office_json(one: OpenOffice) -> dict[str, Any]:
    office = one.office
    told: dict[str, Any] = {
        "@type": "GovernmentOffice",
        "@id": f"#{office.id}",
        "identifier": office.id,
        "name": f"{office.name} Jobcentre",
        "alternateName": [f"Canolfan Byd Gwaith {office.name_cy}"] if office.name_cy else None,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": office.address,
            "addressLocality": office.town,
            "postalCode": office.postcode,
            "addressCountry": "GB",
        },
        "geo": _geo(one),
        "telephone": office.phone,
        "openingHoursSpecification": [spec for hours in one.hours for spec in _weekly_json(hours)],
        "specialOpeningHoursSpecification": [spec for day in one.special for spec in _special_json(day)],
        "additionalProperty": _properties(one),
    }
    return {name: value for name, value in told.items() if value}


def _geo(one: OpenOffice) -> dict[str, Any] | None:
    point = one.office.point
    return {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon} if point else None


def _properties(one: OpenOffice) -> list[dict[str, Any]]:
    """What schema.org has no words for."""
    certainties = sorted({hours.certainty.value for hours in one.hours})
    properties = {"hoursCertainty": certainties, "daysUnknown": [day.isoformat() for day in one.unknown]}
    if one.office.status is not OfficeStatus.OPEN:
        properties["addressCertainty"] = ["unsure"]
    return [{"@type": "PropertyValue", "name": name, "value": value} for name, value in properties.items() if value]


def _weekly_json(hours: OpeningHours) -> list[dict[str, Any]]:
    """One for each span, with the weekdays that have it."""
    spans: dict[TimeSpan, list[str]] = {}
    for weekday, held in zip(WEEKDAYS, hours.week, strict=True):
        for span in held:
            spans.setdefault(span, []).append(f"{SCHEMA}/{weekday}")
    dates = {"validFrom": hours.valid_from, "validThrough": hours.valid_to}
    certainty = "usual, not confirmed" if hours.certainty is Certainty.USUAL else ""
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": days,
            "opens": clock_text(span.opens_at),
            "closes": _closes(span),
            **{name: day.isoformat() for name, day in dates.items() if day},
            **({"description": certainty} if certainty else {}),
        }
        for span, days in sorted(spans.items())
    ]


def _special_json(special: SpecialDay) -> list[dict[str, Any]]:
    """One for each span of the day; closed all day is from midnight to midnight, as Google and schema.org have it."""
    day = {"validFrom": special.day.isoformat(), "validThrough": special.day.isoformat()}
    kind = {"@type": "OpeningHoursSpecification", **({"name": special.name} if special.name else {}), **day}
    if not special.spans:
        return [{**kind, "opens": "00:00", "closes": "00:00"}]
    return [{**kind, "opens": clock_text(span.opens_at), "closes": _closes(span)} for span in special.spans]


def _closes(span: TimeSpan) -> str:
    return "23:59" if span.closes_at == DAY_MINUTES else clock_text(span.closes_at)


# Alerts


def _alerts_text(piece: UnitOfWork) -> str:
    found = open_data.find_alerts(piece, now())
    return _json([{"id": alert.notice.id, "alert": _alert_json(alert)} for alert in found])


def _alert_json(alert: Alert) -> dict[str, Any]:
    notice = alert.notice
    period = {"start": str(_seconds(notice.period.start))}
    if notice.period.end:
        period["end"] = str(_seconds(notice.period.end))
    said = {language: _message(notice, language) for language in Language}
    told = {
        "activePeriod": [period],
        "informedEntity": [{"stopId": office.id} for office in alert.offices],
        "cause": CAUSES.get(notice.cause, "UNKNOWN_CAUSE"),
        "effect": EFFECTS[notice.effect] if isinstance(notice, Closure) else "UNKNOWN_EFFECT",
        "headerText": _translated({language: _line(alert, language) for language in Language}),
    }
    return {**told, "descriptionText": _translated(said)} if any(said.values()) else told


def _translated(texts: dict[Language, str]) -> dict[str, Any]:
    return {"translation": [{"text": text, "language": language.value} for language, text in texts.items() if text]}


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _line(alert: Alert, language: Language) -> str:
    """What the assistant says of it in a list of closures; days by their names: a feed is read later."""
    notice = alert.notice
    unhurried = notice.period.start - LONG_BEFORE
    if isinstance(notice, Watch):
        cause = notice.cause.value if is_told(notice.cause) else None
        blanks = {"office": office_blank(alert.offices), "cause": cause, "today": unhurried.date().isoformat()}
        said = Answer("utter_closures_watched", Kind.OFFICE_CLOSURES, blanks)
    else:
        day = When(unhurried.astimezone(LONDON).date())
        said = tell_notice(notice, alert.offices, day, unhurried, Kind.OFFICE_CLOSURES, None)
    return " ".join([render(console().responses, [said], language), *_details(notice, language, unhurried.date())])


def _details(notice: Closure | Watch, language: Language, today: date) -> list[str]:
    """When it starts, and the time of day that it is about."""
    start = notice.period.start.astimezone(LONDON).isoformat()
    found = [fill(STARTS[language], {"start": start, "today": today.isoformat()}, language)]
    if isinstance(notice, Closure):
        for words, minute in ((OPENS, notice.opens_at), (CLOSES, notice.closes_at)):
            if minute:
                found.append(fill(words[language], {"opens": clock_text(minute)}, language))
    return found


def _message(notice: Closure | Watch, language: Language) -> str:
    if isinstance(notice, Watch):
        return ""
    return notice.message_cy if language is Language.WELSH else notice.message


# The feed


def _feed(language: Language) -> Response:
    text = _made(partial(_feed_text, language=language))
    # Without entries the feed bears the time of day, which makes it no other version.
    tag = text if "<entry>" in text else request.path
    return _with_headers(Response(text, mimetype="application/atom+xml"), tag)


def _feed_text(piece: UnitOfWork, language: Language) -> str:
    found = open_data.find_alerts(piece, now(), include_over=True)
    here = address_of(request.endpoint or "")
    feed = Atom1Feed(
        title=TITLES[language],
        link=address_of("open_data.index"),
        feed_url=here,
        description="",
        language=language.value,
        author_name="Jobcentre Assistant",
    )
    for alert in found:
        line, over = _line(alert, language), alert.is_over(now())
        feed.add_item(
            title=f"{OVER[language]}: {line}" if over else line,
            link=f"{address_of('open_data.index')}#{alert.notice.id}",
            description=_message(alert.notice, language),
            unique_id=f"tag:jobcentre-assistant,2026:{alert.notice.id}",
            pubdate=alert.notice.published_at,
            updateddate=_updated(alert),
        )
    text: str = feed.writeString("utf-8")
    return text


def _updated(alert: Alert) -> datetime:
    """When what is told of it last became different: it ended, or it was published or withdrawn."""
    end = alert.notice.period.end
    ended = end if end and alert.notice.withdrawn_at is None and end <= now() else None
    return max(alert.changed_at, ended) if ended else alert.changed_at


# How it is sent


def _made(make: Callable[[UnitOfWork], str]) -> str:
    """What is published at the address that is asked for: made anew where what it tells has changed, whoever changed it
    in whatever process, and else as it was made before."""
    published, address = console().published, request.endpoint or ""
    with work(write=False) as piece:
        version = open_data.version(piece, now())
        held = published.get(address)
        if held is None or held.version != version:
            held = published[address] = Published(version, make(piece))
    return held.text


def _json(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _with_headers(response: Response, version: str) -> Response:
    """For any site and any cache, and for nobody in particular. Who holds this version is sent no other copy."""
    session.modified = session.accessed = False  # no cookie in what caches keep, whoever asks
    response.set_etag(hashlib.sha256(version.encode()).hexdigest()[:32], weak=True)
    response.cache_control.public = True
    response.cache_control.max_age = KEPT_SECONDS
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.make_conditional(request)
    return response
