"""Open data: what anybody may read, in forms that others' libraries understand."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from subprocess import run
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from google.protobuf import json_format
from google.transit.gtfs_realtime_pb2 import Alert, FeedMessage

from bot.console.desk import EXTENSION
from bot.console.pages import open_data as pages
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Cause, Effect, Period
from bot.jobcentre.hours import Certainty, TimeSpan
from bot.jobcentre.office import Nation, OfficeStatus
from bot.jobcentre.telling import is_told
from bot.services import closures, offices
from bot.services.open_data import AHEAD
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import (
    DAY,
    HOUR,
    LEEDS,
    make_account,
    make_closure,
    make_hours,
    make_scope,
    make_staff_day,
    make_watch,
)
from tests.console.conftest import NOW, Clock
from tests.console.visitor import Visitor
from tests.store.queries import recorded

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FILES = ("/open/offices.json", "/open/alerts.json", "/open/closures.atom", "/open/closures.cy.atom")
each_file = pytest.mark.parametrize("path", FILES)


def publish(store: Store, *named: str, **fields: Any) -> str:
    with store.unit_of_work() as work:
        defaults = {"cause": Cause.WEATHER, "period": Period(NOW, NOW + 5 * HOUR)}
        return closures.publish(work, make_closure(*named, **{**defaults, **fields}), by="Ann Other", at=NOW).id


def office(visitor: Visitor, office_id: str) -> dict[str, Any]:
    graph = json.loads(visitor.raw("GET", "/open/offices.json").get_data())["@graph"]
    (found,) = [one for one in graph if one["identifier"] == office_id]
    return dict(found)


def properties(found: dict[str, Any]) -> dict[str, list[str]]:
    return {one["name"]: one["value"] for one in found.get("additionalProperty", [])}


def alerts(visitor: Visitor) -> FeedMessage:
    """Read by the protocol's own library, which refuses what its schema does not have."""
    return json_format.Parse(visitor.raw("GET", "/open/alerts.json").get_data(as_text=True), FeedMessage())


def entries(visitor: Visitor, path: str = "/open/closures.atom") -> list[dict[str, str]]:
    feed = ElementTree.fromstring(visitor.raw("GET", path).get_data())
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"a:{name}", ATOM) is not None, f"a feed has {name} (RFC 4287)"
    found = feed.findall("a:entry", ATOM)
    return [{child.tag.split("}")[1]: child.text or "" for child in entry} for entry in found]


# How it is sent


@each_file
def test_anybody_may_read_it_and_keep_it(stranger: Visitor, path: str) -> None:
    response = stranger.raw("GET", path)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.cache_control.public
    assert response.cache_control.max_age == 60


@each_file
def test_who_holds_the_latest_is_sent_nothing(stranger: Visitor, staffed: Store, path: str) -> None:
    tag = stranger.raw("GET", path).headers["ETag"]
    again = stranger.raw("GET", path, headers={"If-None-Match": tag})
    assert (again.status_code, again.get_data()) == (304, b"")
    publish(staffed, "wakefield")
    changed = stranger.raw("GET", path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_the_time_alone_makes_no_other_version(stranger: Visitor, staffed: Store, clock: Clock) -> None:
    publish(staffed, "wakefield")
    before = [stranger.raw("GET", path).headers["ETag"] for path in FILES]
    clock.now += timedelta(minutes=5)
    assert [stranger.raw("GET", path).headers["ETag"] for path in FILES] == before


def keep_office(work: UnitOfWork, **fields: Any) -> None:
    work.offices.put([replace(work.offices.get(LEEDS), **fields)])


def set_hours(work: UnitOfWork) -> None:
    work.offices.set_hours([LEEDS], make_hours("Mo-Fr 08:00-11:00"), by="Ann", at=NOW)


def serve(work: UnitOfWork) -> None:
    """The closure of an account is then about another office too."""
    work.accounts.put(make_account("JCPinLeeds"), make_scope(LEEDS, "wakefield"))


CHANGES: dict[str, Callable[[UnitOfWork], object]] = {
    "a closure is published": lambda work: closures.publish(
        work, make_closure("wakefield", period=Period(NOW, NOW + HOUR)), by="Ann", at=NOW
    ),
    "a closure is withdrawn": lambda work: closures.withdraw(work, "C1", by="Ann", at=NOW, reason="wrong"),
    "a watch is published": lambda work: closures.watch(
        work, make_watch("wakefield", period=Period(NOW, NOW + HOUR)), by="Ann", at=NOW
    ),
    "a watched office is open": lambda work: offices.confirm(work, [LEEDS], by="Ann", at=NOW),
    "an office has other hours": set_hours,
    "an office has another name": lambda work: keep_office(work, name="Leeds Central"),
    "an office is shut for good": lambda work: work.offices.set_status(LEEDS, OfficeStatus.CLOSED),
    "an account serves another office": serve,
    "staff say something of a day": lambda work: work.offices.add_staff_day(
        make_staff_day(NOW.date() + 4 * DAY, scope=make_scope(everywhere=True)), by="Ann"
    ),
    "staff take that back": lambda work: work.offices.withdraw_staff_day(1, at=NOW, by="Ann"),
}
"""All that is told of can change; each is told at once."""


@pytest.fixture
def told_before(stranger: Visitor, staffed: Store) -> dict[str, bytes]:
    """The files as they were last made, with something in them that each change can change."""
    with staffed.unit_of_work() as work:
        period = Period(NOW, NOW + 5 * HOUR)
        closures.publish(work, make_closure("huddersfield", period=period), by="Ann", at=NOW)
        closures.watch(work, make_watch(LEEDS, period=period), by="Ann", at=NOW)
        leeds = make_closure(scope=make_scope(accounts=["JCPinLeeds"]), period=period, effect=Effect.URGENT_ONLY)
        closures.publish(work, leeds, by="Ann", at=NOW)
        far = make_staff_day(NOW.date() + 3 * DAY, scope=make_scope(everywhere=True))
        work.offices.add_staff_day(far, by="Ann")
    return {path: stranger.raw("GET", path).get_data() for path in FILES}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_by_another_process_is_told_at_once(
    stranger: Visitor,
    staffed: Store,
    told_before: dict[str, bytes],
    app: Flask,
    change: Callable[[UnitOfWork], object],
) -> None:
    other = Store(str(staffed.engine.url))
    with other.unit_of_work() as work:
        change(work)
    other.close()
    told = {path: stranger.raw("GET", path).get_data() for path in FILES}
    assert told != told_before
    app.extensions[EXTENSION].published.clear()
    assert {path: stranger.raw("GET", path).get_data() for path in FILES} == told, "as if it had never been made before"


@pytest.mark.slow
def test_a_closure_from_the_command_line_is_told_at_once(
    stranger: Visitor, staffed: Store, told_before: dict[str, bytes]
) -> None:
    what = [
        "--office",
        "wakefield",
        "--cause",
        "weather",
        "--effect",
        "closed",
        "--from",
        "now",
        "--until",
        "2026-11-21",
        "--by",
        "Ann",
    ]
    names = {"JOBCENTRE_DATABASE_URL": str(staffed.engine.url), "JOBCENTRE_NOW": NOW.isoformat()}
    run([sys.executable, "-m", "bot.cli", "closures", "publish", *what], check=True, env={**os.environ, **names})
    path = "/open/closures.atom"
    assert b"Wakefield" not in told_before[path]
    assert b"Wakefield" in stranger.raw("GET", path).get_data()


def test_what_ends_and_what_begins_by_itself_is_told(
    stranger: Visitor, staffed: Store, clock: Clock, told_before: dict[str, bytes]
) -> None:
    publish(staffed, "wakefield", period=Period(NOW + AHEAD + HOUR, NOW + AHEAD + 30 * HOUR))
    told = [office(stranger, "wakefield").get("specialOpeningHoursSpecification"), len(entries(stranger))]
    clock.now += 2 * HOUR
    assert [office(stranger, "wakefield").get("specialOpeningHoursSpecification"), len(entries(stranger))] != told
    clock.now += 4 * HOUR
    assert "No longer so" in " ".join(entry["title"] for entry in entries(stranger))
    assert [entity.id for entity in alerts(stranger).entity] == ["C4"]


@each_file
def test_while_nothing_changes_it_is_not_made_anew(
    stranger: Visitor, staffed: Store, told_before: dict[str, bytes], path: str
) -> None:
    with recorded(staffed) as queries:
        stranger.raw("GET", path)
    assert len(queries) <= 3


def test_the_time_of_the_alerts_is_that_of_the_question(stranger: Visitor, clock: Clock) -> None:
    """Readers tell from it that the feed is alive."""
    alerts(stranger)
    clock.now += HOUR
    assert alerts(stranger).header.timestamp == int(clock.now.timestamp())


@each_file
def test_no_cookie_is_in_what_caches_keep(editor: Visitor, path: str) -> None:
    headers = editor.raw("GET", path).headers
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")


@each_file
def test_nothing_private_is_in_it(stranger: Visitor, staffed: Store, path: str) -> None:
    publish(staffed, "wakefield", cause=Cause.POLICE, note="knife found by Sam", message="Use Leeds Park Place.")
    text = stranger.raw("GET", path).get_data(as_text=True)
    for private in ("police", "POLICE", "heddlu", "knife", "Ann Other"):
        assert private not in text
    assert "wakefield" in text.lower()


def test_the_page_tells_of_every_file(stranger: Visitor) -> None:
    page = stranger.get("/open/")
    assert {page.link(path.split("/")[-1]) for path in FILES} == set(FILES)


# Offices


def test_weekly_hours_are_as_said_and_usual_ones_are_marked(stranger: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        hours = make_hours("Mo-Tu 09:00-12:30,13:30-17:00", certainty=Certainty.CONFIRMED, valid_from=date(2026, 11, 1))
        offices.set_hours(work, make_scope("wakefield"), hours, by="Ann", at=NOW)
    days = ["https://schema.org/Monday", "https://schema.org/Tuesday"]
    found = office(stranger, "wakefield")
    now = [spec for spec in found["openingHoursSpecification"] if spec.get("validFrom") == "2026-11-01"]
    assert [(spec["dayOfWeek"], spec["opens"], spec["closes"]) for spec in now] == [
        (days, "09:00", "12:30"),
        (days, "13:30", "17:00"),
    ]
    assert not [spec for spec in now if "description" in spec]
    norwich = office(stranger, "norwich")
    assert {spec["description"] for spec in norwich["openingHoursSpecification"]} == {"usual, not confirmed"}
    assert properties(norwich)["hoursCertainty"] == ["usual"]


@pytest.mark.parametrize(
    ("fields", "special"),
    [
        pytest.param({"period": Period(NOW, NOW + 12 * HOUR)}, [("closed", "00:00", "00:00")], id="closed all day"),
        pytest.param({}, [("closed", "12:30", "17:00")], id="until midday or so"),
        pytest.param(
            {"effect": Effect.LATE_OPENING, "opens_at": 660, "period": Period(NOW, NOW + 12 * HOUR)},
            [("late_opening", "11:00", "17:00")],
            id="late",
        ),
        pytest.param(
            {
                "effect": Effect.REDUCED_HOURS,
                "spans": (TimeSpan(600, 720), TimeSpan(780, 900)),
                "period": Period(NOW, NOW + 12 * HOUR),
            },
            [("reduced_hours", "10:00", "12:00"), ("reduced_hours", "13:00", "15:00")],
            id="shorter hours",
        ),
        pytest.param({"effect": Effect.ACCESS_PROBLEM}, [], id="open all the same"),
    ],
)
def test_a_closure_is_a_special_day(
    stranger: Visitor, staffed: Store, fields: dict[str, Any], special: list[tuple[str, str, str]]
) -> None:
    publish(staffed, "wakefield", **fields)
    found = office(stranger, "wakefield").get("specialOpeningHoursSpecification", [])
    assert [(spec["name"], spec["opens"], spec["closes"]) for spec in found] == special
    assert {spec["validFrom"] for spec in found} <= {"2026-11-20"}


def test_a_holiday_is_a_special_day_and_a_doubtful_one_is_not_guessed(stranger: Visitor, clock: Clock) -> None:
    clock.now = datetime(2026, 12, 20, 9, tzinfo=LONDON)
    found = office(stranger, "norwich")
    special = {spec["validFrom"]: spec["name"] for spec in found["specialOpeningHoursSpecification"]}
    assert special["2026-12-25"] == "Christmas Day"
    assert {"2026-12-24", "2026-12-29"} <= set(properties(found)["daysUnknown"])
    assert not {"2026-12-24", "2026-12-29"} & set(special)


def test_a_watched_day_is_not_known(stranger: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        closures.watch(work, make_watch("wakefield", period=Period(NOW, NOW + 5 * HOUR)), by="Ann", at=NOW)
    assert properties(office(stranger, "wakefield"))["daysUnknown"] == ["2026-11-20"]


def test_what_is_not_sure_or_gone_is_never_given_hours(stranger: Visitor) -> None:
    unsure = office(stranger, "openshaw")
    assert "openingHoursSpecification" not in unsure
    assert properties(unsure) == {"addressCertainty": ["unsure"]}
    assert "openingHoursSpecification" not in office(stranger, "aberystwyth")
    graph = json.loads(stranger.raw("GET", "/open/offices.json").get_data())["@graph"]
    assert not {"hove", "leeds-eastgate"} & {one["identifier"] for one in graph}


def test_sample_data_says_so(stranger: Visitor) -> None:
    assert "Sample data" in json.loads(stranger.raw("GET", "/open/offices.json").get_data())["description"]


# Alerts


def test_an_alert_names_its_offices_and_says_what_the_assistant_says(stranger: Visitor, staffed: Store) -> None:
    number = publish(staffed, "wakefield", "norwich", message="Phones work.", message_cy="Mae’r ffonau’n gweithio.")
    feed = alerts(stranger)
    assert feed.header.timestamp == int(NOW.timestamp())
    (entity,) = feed.entity
    assert entity.id == number
    assert sorted(chosen.stop_id for chosen in entity.alert.informed_entity) == ["norwich", "wakefield"]
    assert (entity.alert.cause, entity.alert.effect) == (Alert.WEATHER, Alert.NO_SERVICE)
    assert entity.alert.active_period[0].start == int(NOW.timestamp())
    header = {told.language: told.text for told in entity.alert.header_text.translation}
    assert header["en"] == (
        "Norwich and Wakefield: closed because of the weather, until 12:30pm on Friday 20 November. "
        "From 7:30am on Friday 20 November."
    )
    assert header["cy"].startswith("Norwich a Wakefield: ar gau")
    assert [told.text for told in entity.alert.description_text.translation] == [
        "Phones work.",
        "Mae’r ffonau’n gweithio.",
    ]


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("effect", [Effect.CLOSED, Effect.URGENT_ONLY], ids=lambda effect: effect.value)
def test_every_cause_is_one_of_the_protocols_and_private_ones_are_alike(
    stranger: Visitor, staffed: Store, cause: Cause, effect: Effect
) -> None:
    publish(staffed, "wakefield", cause=cause, effect=effect)
    (entity,) = alerts(stranger).entity
    assert (entity.alert.cause == Alert.UNKNOWN_CAUSE) is not is_told(cause)


def test_every_effect_has_its_own_in_the_protocol() -> None:
    assert set(pages.EFFECTS) == set(Effect)
    for effect in pages.EFFECTS.values():
        assert Alert.Effect.Value(effect)


def test_a_watch_is_an_alert_of_what_is_not_known(stranger: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        draft = make_watch("wakefield", "norwich", period=Period(NOW, NOW + 5 * HOUR))
        closures.watch(work, draft, by="Ann", at=NOW)
        offices.confirm(work, ["norwich"], by="Ann", at=NOW)
    (entity,) = alerts(stranger).entity
    assert [chosen.stop_id for chosen in entity.alert.informed_entity] == ["wakefield"]
    assert entity.alert.effect == Alert.UNKNOWN_EFFECT


def test_what_is_over_is_no_alert(stranger: Visitor, staffed: Store, clock: Clock) -> None:
    publish(staffed, "wakefield")
    clock.now += 5 * HOUR
    assert not alerts(stranger).entity


def test_a_closure_without_an_end_has_none(stranger: Visitor, staffed: Store) -> None:
    publish(staffed, "wakefield", period=Period(NOW), review_by=NOW + HOUR)
    (entity,) = alerts(stranger).entity
    assert not entity.alert.active_period[0].HasField("end")


# The feed


def test_the_feed_tells_the_latest_first_and_then_that_it_is_over(
    stranger: Visitor, staffed: Store, clock: Clock
) -> None:
    publish(staffed, "wakefield", message="Norwich & others")
    with staffed.unit_of_work() as work:
        later = NOW + HOUR
        draft = make_closure("norwich", period=Period(later, later + HOUR))
        withdrawn = closures.publish(work, draft, by="Ann", at=later)
    titles = [entry["title"] for entry in entries(stranger)]
    assert [title.split(":")[0] for title in titles] == ["Norwich", "Wakefield"]
    with staffed.unit_of_work() as work:
        closures.withdraw(work, withdrawn.id, by="Ann", at=NOW + 2 * HOUR, reason="wrong office")
    clock.now += 6 * HOUR
    found = entries(stranger)
    assert [entry["title"].split(": ")[:2] for entry in found] == [
        ["No longer so", "Norwich"],
        ["No longer so", "Wakefield"],
    ]
    assert "wrong office" not in str(found)
    assert found[1]["updated"] == "2026-11-20T12:30:00+00:00"
    assert found[1]["summary"] == "Norwich & others"
    clock.now += timedelta(days=8)
    assert entries(stranger) == []


def test_the_welsh_feed_is_in_welsh(stranger: Visitor, staffed: Store) -> None:
    publish(staffed, "caernarfon", message="English only.")
    (entry,) = entries(stranger, "/open/closures.cy.atom")
    assert entry["title"].startswith("Caernarfon: ar gau oherwydd y tywydd, tan 12:30pm ddydd Gwener 20 Tachwedd.")
    assert "English only" not in str(entry)


# What it costs


def test_queries_do_not_grow_with_closures(stranger: Visitor, staffed: Store) -> None:
    for path in FILES:
        stranger.raw("GET", path)
        with recorded(staffed) as before:
            stranger.raw("GET", path)
        for _ in range(5):
            publish(staffed, scope=make_scope(nations={Nation.ENGLAND}))
        with recorded(staffed) as after:
            stranger.raw("GET", path)
        assert len(after) <= max(len(before), 12), path
