"""The history in plain sentences: "Ann closed 11 offices until midday because of bad weather"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.console.labels import said
from bot.console.telling import CAUSES, EFFECTS, clock, counted, day, minutes, moment, weekday
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.closure import Cause, Effect, Scope
from bot.jobcentre.errors import BadInput
from bot.jobcentre.hours import OpeningHours, TimeSpan, parse_spans
from bot.jobcentre.office import Office
from bot.jobcentre.reach import Reach
from bot.jobcentre.six_points import Point
from bot.services.history import Change
from bot.services.staffing import FOR_ALL
from bot.services.versions import differences
from bot.store.codecs import scope_from_json
from bot.store.records import AuditEvent

Body = Mapping[str, Any]
NAMED_AT_MOST = 3
"""More are counted."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
THE_PERSON = "the person"
"""Who asks in a conversation that their own messages are erased."""
TYPING_TAKES = timedelta(minutes=20)
"""A start so little before the publishing means "now"."""
COLUMNS = {
    "lat": "place on the map",
    "lon": "place on the map",
    "name_cy": "Welsh name",
    "replaced_by": "office to go to instead",
    "local_authority": "council",
    "facilities": "what is there",
    "say": "whether it may be said",
    "value": "number or address",
    "hours_say": "whether its hours may be said",
    "last_checked": "",
    "updated_by": "",
    "source_url": "source",
    "source_date": "date of its source",
    "topic_id": "topic",
}
"""Columns whose names say nothing to staff; the empty ones are not told."""


class Teller:
    """Tells changes, with the names of the offices as they are now."""

    def __init__(self, offices: Iterable[Office]) -> None:
        self._offices = {office.id: office for office in offices}
        self._reach = Reach(self._offices.values())
        self._told: dict[Scope, str] = {}
        """Thousands of changes are about the same few areas."""

    def tell(self, change: Change) -> str:
        """One sentence, without a full stop and without the time."""
        lead = change.lead
        who = "Somebody who wrote to us" if lead.by == THE_PERSON else lead.by
        return f"{who[:1].upper()}{who[1:]} {_joined(self._deeds(change))}"

    def name(self, change: Change) -> str:
        """What the one thing that was changed is called: an office's name, a contact's topic, a closure's number."""
        lead = change.lead
        if lead.subject_type == "contact":
            return _contact_name(lead)
        return self._name(lead.subject_id)

    def _deeds(self, change: Change) -> list[str]:
        """Each thing done, in the order in which it was done."""
        by_action: dict[str, list[AuditEvent]] = {}
        for event in change.events:
            by_action.setdefault(event.action, []).append(event)
        return [self._deed(events) for events in by_action.values()]

    def _deed(self, events: list[AuditEvent]) -> str:
        lead = events[0]
        tellers: dict[str, Callable[[list[AuditEvent]], str]] = {
            "closure": lambda found: self._closure(found[0]),
            "watch": lambda found: self._watch(found[0]),
            "office": self._office,
            "staff_day": lambda found: self._day(found[0]),
            "contact": self._contact,
            "account": self._account,
            "staff": lambda found: _staff(found[0]),
            "handoff": lambda found: _handoff(found[0]),
            "staffing": lambda found: _staffing(found[0]),
            "canned_reply": lambda found: _canned_reply(found[0]),
            "places": lambda found: _places(found[0]),
            "message": lambda _: "had a message sent again that was not delivered",
            "messages": lambda found: _messages(found[0]),
            "miss": lambda _: "took a message that was not understood off the list",
            "phrase": lambda found: _phrase(found[0]),
            "database": lambda found: _database(found[0]),
        }
        return tellers.get(lead.subject_type, _plainly)(events)

    # Closures and watches

    def _closure(self, event: AuditEvent) -> str:
        body = event.after or {}
        if event.action == "publish":
            is_over = bool(body.get("ends_at")) and _moment(body["ends_at"]) <= event.at
            told = f"{self._published(body)}{_when(body, event.at)}{_because(body)}"
            return f"{told}, and recorded it afterwards" if is_over else told
        held = event.before or body
        named = f"{EFFECTS[Effect(held['effect'])].lower()} for {self._where(held)}"
        if event.action == "withdraw":
            reason = f": {body['reason']}" if body.get("reason") else ""
            return f"withdrew “{named}”{reason}"
        changes = self._differences(event.before or {}, body, event.at)
        if event.action == "undo":
            return f"took back the last change to “{named}”" + (f": {_joined(changes)}" if changes else "")
        if changes == [ENDED]:
            return f"ended “{named}”"
        return f"changed “{named}”: {_joined(changes) if changes else 'published it again as it was'}"

    def _published(self, body: Body) -> str:
        where, effect = self._where(body), Effect(body["effect"])
        plain = {
            Effect.CLOSED: f"closed {where}",
            Effect.MOVED: f"sent people of {where} to {self._name(body.get('moved_to'))}",
            Effect.PHONE_ONLY: f"made {where} phone only",
            Effect.URGENT_ONLY: f"kept {where} for urgent help only",
            Effect.APPOINTMENTS_ONLY: f"kept {where} for appointments only",
            Effect.ACCESS_PROBLEM: f"said that it is hard to get into {where}",
        }
        if effect in plain:
            return plain[effect]
        return f"{_SHORTENED[effect].format(where)}{_hours_left(body)}"

    def _where(self, body: Body) -> str:
        """ "Leeds Park Place", or "11 offices in West Yorkshire, but not Pudsey"."""
        scope = scope_from_json(body["scope"])
        if scope not in self._told:
            self._told[scope] = self._area(scope)
        return self._told[scope]

    def _area(self, scope: Scope) -> str:
        offices = self._reach.of(scope)
        if len(offices) <= NAMED_AT_MOST and offices:
            return _joined(sorted(office.name for office in offices))
        broad = [
            *(["all nations"] if scope.everywhere else []),
            *sorted(nation.value.replace("_", " ").title() for nation in scope.nations),
            *sorted(scope.districts),
            *sorted(f"the area of {handle}" for handle in scope.accounts),
        ]
        without = [self._name(office_id) for office_id in sorted(scope.excluding)]
        told = counted(len(offices) or len(scope.offices), "office")
        told += f" in {_joined(broad)}" if broad else ""
        return told + (f", but not {_some(without)}" if without else "")

    def _offices_in(self, body: Body) -> Sequence[Office]:
        return self._reach.of(scope_from_json(body["scope"]))

    def _differences(self, before: Body, after: Body, at: datetime) -> list[str]:
        if not before.get("withdrawn_at") and after.get("withdrawn_at"):
            return ["it is withdrawn"]
        found = ["it applies again"] if before.get("withdrawn_at") and not after.get("withdrawn_at") else []
        found += self._moved_offices(before, after)
        if before.get("ends_at") != after.get("ends_at"):
            ended = after.get("ends_at") and _moment(after["ends_at"]) <= at
            found.append(ENDED if ended else f"now{_until(after, at)}")
        found += [told for column, told in _CHANGED.items() if before.get(column) != after.get(column)]
        if _hours_left(before) != _hours_left(after) and _hours_left(after):
            found.append(f"now{_hours_left(after)}")
        if before.get("review_by") != after.get("review_by") and after.get("review_by"):
            found.append(f"to be looked at again on {weekday(_moment(after['review_by']))}")
        return found

    def _moved_offices(self, before: Body, after: Body) -> list[str]:
        if before.get("scope") == after.get("scope"):
            return []
        was, now = scope_from_json(before["scope"]), scope_from_json(after["scope"])
        held = self._offices.values()
        out = [office.name for office in held if was.includes(office) and not now.includes(office)]
        added = [office.name for office in held if now.includes(office) and not was.includes(office)]
        found = [f"reopened {_some(out)}"] if out else []
        return [*found, f"added {_some(added)}"] if added else found

    def _watch(self, event: AuditEvent) -> str:
        body = event.after or {}
        if event.action == "watch":
            return f"started to watch {self._where(body)}{_when(body, event.at)}{_because(body)}"
        return f"stopped watching {self._where(body)}"

    # Offices, days, contacts, accounts

    def _office(self, events: list[AuditEvent]) -> str:
        lead = events[0]
        ids = list(dict.fromkeys(event.subject_id for event in events))
        where = _named([self._name(office_id) for office_id in ids], "office")
        before, after = lead.before or {}, lead.after or {}
        if lead.action == "hours":
            alike = all(event.after == lead.after for event in events)
            return f"said that {where} {_keep(len(ids))} {_week(after)}" if alike else f"changed the hours of {where}"
        if lead.action == "change":
            told = _columns(before, after) if len(events) == 1 else []
            return f"changed {where}" + (f": {_joined(told)}" if told else "")
        if lead.action in ("add_names", "remove_names"):
            names = [name for event in events for name in ((event.after or event.before or {}).get("names") or [])]
            verb = "added" if lead.action == "add_names" else "removed"
            which = f": {_joined(names)}" if len(names) <= NAMED_AT_MOST else ""
            return f"{verb} {counted(len(names), 'other name')} of {where}{which}"
        confirmed = "confirmed that {} {} open as usual" if after.get("watches") else "checked what we hold of {}"
        plain = {
            "add": f"added {where}",
            "retire": f"marked {where} as shut for good: not in the register any more",
            "confirm": confirmed.format(where, "is" if len(ids) == 1 else "are"),
        }
        return plain.get(lead.action) or f"{lead.action.replace('_', ' ')}: {where}"

    def _day(self, event: AuditEvent) -> str:
        body = event.after or event.before or {}
        on = date.fromisoformat(body["day"])
        where, number = self._where(body), len(self._offices_in(body))
        said = f"{where} {'is' if number == 1 else 'are'} {'open' if body.get('is_open') else 'closed'}"
        said += f" on {weekday(on)} {on.year}" + (f": {body['title']}" if body.get("title") else "")
        return f"said that {said}" if event.action == "add" else f"took back that {said}"

    def _contact(self, events: list[AuditEvent]) -> str:
        lead = events[0]
        names = [_contact_name(event) for event in events]
        which = _named(names, "contact") if len(names) > NAMED_AT_MOST else f"the contact{_s(names)} {_joined(names)}"
        if lead.action == "check":
            return f"checked {which}: still right"
        verb = {"add": "added", "change": "changed", "remove": "removed"}.get(lead.action, lead.action)
        changes = _columns(lead.before or {}, lead.after or {}) if len(events) == 1 and lead.action == "change" else []
        return f"{verb} {which}" + (f": {_joined(changes)}" if changes else "")

    def _account(self, events: list[AuditEvent]) -> str:
        lead = events[0]
        handles = [event.subject_id for event in events]
        named = _named(handles, "account")
        if lead.action == "pause":
            return f"paused the assistant on {named}: {(lead.after or {}).get('reason', '')}"
        if lead.action == "resume":
            return f"let the assistant answer again on {named}"
        verb = {"add": "added", "change": "changed"}.get(lead.action, lead.action)
        after = lead.after or {}
        serves = f": it serves {self._where(after)}" if len(events) == 1 and after.get("scope") else ""
        noun = "" if len(handles) > NAMED_AT_MOST else f"the account{_s(handles)} "
        return f"{verb} {noun}{named}{serves}"

    def _name(self, office_id: str | None) -> str:
        return self._offices[office_id].name if office_id in self._offices else str(office_id)


# What needs no names of offices

ENDED = "ended it"
_SHORTENED = {
    Effect.LATE_OPENING: "had {} open late",
    Effect.EARLY_CLOSING: "had {} close early",
    Effect.REDUCED_HOURS: "shortened the hours of {}",
}
_CHANGED = {
    "starts_at": "another start",
    "cause": "another cause",
    "effect": "another effect",
    "message": "other words for the public",
    "message_cy": "other words in Welsh",
    "note": "another note for staff",
    "moved_to": "another office to go to",
}


def _hours_left(body: Body) -> str:
    """What a closure leaves of a day: " at 11am"."""
    at = body.get("opens_at") or body.get("closes_at")
    if at:
        return f" at {minutes(at)}"
    return f" to {_spans(parse_spans(body['spans']))}" if body.get("spans") else ""


def _because(body: Body) -> str:
    cause = Cause(body["cause"])
    return "" if cause is Cause.OTHER else f" because of {CAUSES[cause]}"


def _when(body: Body, at: datetime) -> str:
    start = _moment(body["starts_at"])
    is_later = start - at > timedelta(minutes=1) or at - start > TYPING_TAKES
    told = f" from {_point(start, at)}" if is_later else ""
    return f"{told}{_until(body, start if is_later else at)}"


def _until(body: Body, at: datetime) -> str:
    """ " until midday", as it is told on the day of `at`."""
    if not body.get("ends_at"):
        return " until further notice"
    end = _moment(body["ends_at"])
    if end.time() != time(0):
        return f" until {_point(end, at)}"
    last = end - timedelta(days=1)
    return " for the rest of the day" if _is_same_day(last, at) else f" until the end of {_dated(last, at)}"


def _point(moment: datetime, at: datetime) -> str:
    if _is_same_day(moment, at):
        return clock(moment)
    return _dated(moment, at) if moment.time() == time(0) else f"{clock(moment)} on {_dated(moment, at)}"


def _dated(moment: datetime, at: datetime) -> str:
    year = "" if moment.year == at.astimezone(LONDON).year else f" {moment.year}"
    return f"{weekday(moment)}{year}"


def _is_same_day(moment: datetime, at: datetime) -> bool:
    return moment.date() == at.astimezone(LONDON).date()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(LONDON)


def _keep(number: int) -> str:
    return "keeps" if number == 1 else "keep"


def _week(body: Body) -> str:
    """ "these usual hours from 1 December 2026: Monday to Friday 9am to 5pm"."""
    if not body.get("hours"):
        return "hours that we do not hold"
    try:
        week = OpeningHours.parse(body["hours"]).week
    except BadInput:
        return f"these hours: {body['hours']}"
    runs: list[list[int]] = []
    for index, spans in enumerate(week):
        if runs and week[runs[-1][0]] == spans:
            runs[-1].append(index)
        else:
            runs.append([index])
    told = [f"{_days(run)} {_spans(week[run[0]])}" for run in runs if week[run[0]]]
    usual = "usual " if body.get("certainty") == "usual" else ""
    start = f" from {day(date.fromisoformat(body['valid_from']))}" if body.get("valid_from") else ""
    end = f" to {day(date.fromisoformat(body['valid_to']))}" if body.get("valid_to") else ""
    return f"these {usual}hours{start}{end}: {', '.join(told) or 'closed all week'}"


def _days(run: list[int]) -> str:
    return WEEKDAYS[run[0]] if len(run) == 1 else f"{WEEKDAYS[run[0]]} to {WEEKDAYS[run[-1]]}"


def _spans(spans: Iterable[TimeSpan]) -> str:
    return " and ".join(f"{minutes(s.opens_at)} to {minutes(s.closes_at % (24 * 60))}" for s in spans)


def _columns(before: Body, after: Body) -> list[str]:
    """Names of what differs, for staff."""
    changed = [name for name in after if before.get(name) != after.get(name)]
    told = (COLUMNS.get(name, name.replace("_", " ")) for name in changed)
    return list(dict.fromkeys(name for name in told if name))


def _contact_name(event: AuditEvent) -> str:
    body = event.after or event.before or {}
    return f"{body.get('topic') or event.subject_id} ({body.get('channel', '')})"


def _staff(event: AuditEvent) -> str:
    body, before = event.after or {}, event.before or {}
    name = body.get("name", event.subject_id)
    own = {
        "choose password": "chose a password",
        "sign in": "signed in",
        "use codes": "signs in with one-time codes from now on",
        "lock": "was locked out after too many wrong tries",
    }
    if event.action in own:
        return own[event.action]
    if event.action == "change" and before.get("is_active") != body.get("is_active"):
        return f"let {name} in again" if body.get("is_active") else f"shut {name} out"
    seen = _joined(list(body.get("accounts") or [])) or "all accounts"
    return {
        "add": f"added {name} as {_a(body.get('role'))} of {seen}",
        "change": f"made {name} {_a(body.get('role'))} of {seen}",
        "invite": f"made a link for {name} to choose a password",
        "drop codes": f"took one-time codes off {name}",
    }.get(event.action, f"{event.action}: {name}")


def _a(role: str | None) -> str:
    """An editor, a viewer."""
    return f"{'an' if str(role).startswith(('a', 'e')) else 'a'} {role}"


def _handoff(event: AuditEvent) -> str:
    number, after = event.subject_id, event.after or {}
    return {
        "claim": f"took conversation {number} over from the assistant",
        "reply": f"replied in conversation {number}",
        "note": f"wrote a note on conversation {number}",
        "release": f"put conversation {number} back into the queue",
        "return": f"gave conversation {number} back to the assistant",
        "resolve": f"finished conversation {number}",
        "lapse": f"put conversation {number} back into the queue: {_LAPSES.get(after.get('why', ''), '')}",
        "reassign": f"gave conversation {number} to {after.get('assignee')}",
        "block": f"blocked the sender of conversation {number}",
        "unblock": f"unblocked the sender of conversation {number}" if number else "unblocked a sender",
        "tick": f"ticked a step of the plan for conversation {number}: {_step(after)}",
        "untick": f"took a tick off the plan for conversation {number}: {_step(after)}",
    }.get(event.action, f"{event.action}: conversation {number}")


_LAPSES = {"closed": "people went home", "silent": "the adviser was silent for too long"}


def _step(after: Mapping[str, Any]) -> str:
    return Point(after["point"]).text.partition(".")[0].lower() if "point" in after else ""


def _staffing(event: AuditEvent) -> str:
    whose = "every account without settings of its own" if event.subject_id == FOR_ALL else event.subject_id
    if event.action == "follow":
        return f"let {whose} have the settings for all accounts again"
    changed = [name.replace("_", " ") for name, _, _ in differences(event.before or {}, event.after or {})]
    what = _joined(["people’s hours" if name == "week" else name for name in changed]) or "nothing"
    return f"changed when and how people answer on {whose}: {what}"


def _canned_reply(event: AuditEvent) -> str:
    title = (event.after or {}).get("title", event.subject_id)
    verb = {"add": "wrote", "change": "changed", "retire": "retired"}.get(event.action, event.action)
    return f"{verb} the canned reply “{title}”"


def _places(event: AuditEvent) -> str:
    number = (event.after or {}).get("count", 0)
    noun, plural = {"outcodes": ("postcode area", None), "sectors": ("postcode sector", None)}.get(
        event.subject_id, ("town or village", "towns and villages")
    )
    return f"imported {counted(number, noun, plural)}"


def _messages(event: AuditEvent) -> str:
    body = event.after or {}
    messages = counted(body.get("messages", 0), "message")
    if event.action == "purge":
        return f"erased {messages} older than {counted(body.get('days', 0), 'day')}"
    if event.action == "export":
        return f"made a copy of {messages} for the person who wrote them"
    return f"had {messages} erased" if event.by == THE_PERSON else f"erased {messages} that somebody wrote"


def _phrase(event: AuditEvent) -> str:
    body = event.after or {}
    if event.action == "export":
        return f"took away {counted(body.get('phrases', 0), 'training phrase')}"
    verb = {"propose": "proposed", "accept": "accepted", "reject": "rejected", "remove": "removed"}.get(event.action)
    return f"{verb or event.action} a training phrase for “{said(body.get('intent', ''))}”"


def _database(event: AuditEvent) -> str:
    body = event.after or {}
    made = f" made {moment(datetime.fromisoformat(body['made_at']))}" if body.get("made_at") else ""
    again = body.get("erased_again", 0)
    return f"brought back a backup{made}" + (f" and erased {counted(again, 'message')} in it again" if again else "")


def _plainly(events: list[AuditEvent]) -> str:
    lead = events[0]
    return f"{lead.action.replace('_', ' ')}: {lead.subject_type.replace('_', ' ')} {lead.subject_id}"


def _named(names: list[str], noun: str) -> str:
    """By name where they are few, else how many."""
    return _joined(names) if len(names) <= NAMED_AT_MOST else counted(len(names), noun)


def _s(names: list[str]) -> str:
    return "" if len(names) == 1 else "s"


def _some(names: list[str]) -> str:
    if len(names) <= NAMED_AT_MOST:
        return _joined(names)
    return f"{', '.join(names[:NAMED_AT_MOST])} and {len(names) - NAMED_AT_MOST:,} more"


def _joined(told: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))
