"""What staff say of disruption: closures published, amended and withdrawn, and watches while nobody knows yet.

Every function takes an open unit of work, never commits, and writes an audit event for each change.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.jobcentre.closure import Closure, Effect, Period, Scope, Watch
from bot.jobcentre.contact import Contact
from bot.jobcentre.errors import BadInput, Conflict
from bot.jobcentre.office import Office
from bot.jobcentre.reach import Reach
from bot.jobcentre.text import clean
from bot.services.offices import check_scope, confirm, find_in, get_office
from bot.services.public_words import check_note, check_public, tidy
from bot.store.codecs import body_of, closure_row, entities_of, watch_row
from bot.store.unit_of_work import UnitOfWork

MESSAGE_AT_MOST = 280


def publish(work: UnitOfWork, closure: Closure, *, by: str, at: datetime) -> Closure:
    """Publish a draft: the next question about its offices reads it. Returns it with its id.

    Raises NotFound for a name that nothing has, BadInput for what could not be told.
    """
    draft = check(work, replace(closure, published_at=at))
    kept = work.closures.get(work.closures.add(draft, by=by))
    _audit(work, "publish", kept, by, at, None)
    return kept


def amend(
    work: UnitOfWork, closure_id: str, closure: Closure, *, by: str, at: datetime, expected_version: int | None = None
) -> Closure:
    """Publish it anew under its id. Raises as `publish`, and Conflict where it was withdrawn or changed meanwhile."""
    before = _get(work, closure_id, expected_version)
    draft = check(work, replace(closure, published_at=at, withdrawn_at=None))
    kept = work.closures.amend(closure_id, draft, by=by, at=at, expected_version=before.version)
    _audit(work, "amend", kept, by, at, before)
    return kept


def end(
    work: UnitOfWork, closure_id: str, *, by: str, at: datetime, expected_version: int | None = None
) -> Closure | Watch:
    """It is over: it applied until now. One that has not begun is withdrawn. Raises as `amend`."""
    held = _get(work, closure_id, expected_version)
    said: dict[str, Any] = {"by": by, "at": at, "expected_version": held.version}
    if held.period.start >= at:
        return withdraw(work, closure_id, reason="ended before it began", **said)
    return amend(work, closure_id, replace(held, period=Period(held.period.start, at), review_by=None), **said)


def reopen(
    work: UnitOfWork,
    closure_id: str,
    office_ids: Collection[str],
    *,
    by: str,
    at: datetime,
    expected_version: int | None = None,
) -> Closure | Watch:
    """Take the offices out of it: they are open as usual again, and a watch on them knows it. Where none is left, it
    ends. Raises as `amend`."""
    held = _get(work, closure_id, expected_version)
    out = frozenset(office_ids)
    watches = work.closures.find_watches(at=at)
    offices = [office for office in work.offices.find(sorted(out)) if office.is_running]
    watched = [office.id for office in offices if any(watch.is_active(office, at) for watch in watches)]
    confirm(work, watched, by=by, at=at)
    said: dict[str, Any] = {"by": by, "at": at, "expected_version": held.version}
    if all(office.id in out for office in find_offices(work, held)):
        return end(work, closure_id, **said)
    excluding = held.scope.excluding | out
    scope = replace(held.scope, offices=held.scope.offices - out, excluding=excluding)
    return amend(work, closure_id, replace(held, scope=scope), **said)


def withdraw(
    work: UnitOfWork, closure_id: str, *, by: str, at: datetime, reason: str, expected_version: int | None = None
) -> Closure | Watch:
    """As if it had never applied. Raises NotFound; BadInput without a reason; Conflict where a closure was changed
    meanwhile, or either is withdrawn already."""
    reason = tidy(reason)
    if not reason:
        raise BadInput("say why it is withdrawn: --reason")
    check_note(reason, "the reason")
    if is_watch(closure_id):
        watch = work.closures.withdraw_watch(closure_id, by=by, at=at, reason=reason)
        return _audit_watch(work, "withdraw", watch, by, at)
    before = _get(work, closure_id, expected_version)
    kept = work.closures.withdraw(closure_id, by=by, at=at, reason=reason, expected_version=before.version)
    _audit(work, "withdraw", kept, by, at, before, reason=reason)
    return kept


def undo(work: UnitOfWork, closure_id: str, *, by: str, at: datetime, expected_version: int) -> Closure:
    """Take the last change back: an amendment, a withdrawal, or the publishing itself.

    Raises NotFound; Conflict where it was changed since that version was read.
    """
    before = _get(work, closure_id, expected_version)
    said: dict[str, Any] = {"by": by, "at": at, "expected_version": expected_version}
    versions = work.closures.versions(closure_id)[:expected_version]
    if before.withdrawn_at is not None:
        kept = work.closures.restore(closure_id, **said)
    elif versions[-1].action == "amended":
        former = replace(versions[-2].closure, withdrawn_at=None)
        kept = work.closures.amend(closure_id, former, **said)
    else:
        kept = work.closures.withdraw(closure_id, reason="undone", **said)
    _audit(work, "undo", kept, by, at, before)
    return kept


def watch(work: UnitOfWork, draft: Watch, *, by: str, at: datetime) -> Watch:
    """Start a watch: its offices are unknown until each is confirmed or given a closure. Returns it with its id.

    Raises NotFound for a name that nothing has, BadInput where no office is left in it.
    """
    if draft.period.end is None:
        raise BadInput("a watch needs an end, after which the offices are told as usual again: --until")
    checked = replace(draft, scope=check_scope(work, draft.scope), published_at=at)
    kept = work.closures.get_watch(work.closures.add_watch(checked, by=by))
    return _audit_watch(work, "watch", kept, by, at)


def is_watch(closure_id: str) -> bool:
    """Whether the id is one of a watch (W13), not of a closure (C12)."""
    return closure_id.strip()[:1].upper() == "W"


def find_deciding(work: UnitOfWork, offices: Collection[Office], *, at: datetime) -> list[str]:
    """Ids of what still says of any of these offices that it is not as usual: closures, and watches that wait."""
    closures = work.closures.find(at=at)
    watches = work.closures.find_watches(at=at)
    closed = [one.id for one in closures if any(one.is_active(office, at) for office in offices)]
    waiting = [office for office in offices if not any(one.is_active(office, at) for one in closures)]
    return closed + [
        one.id
        for one in watches
        if any(one.is_active(office, at) and office.id not in one.confirmed for office in waiting)
    ]


def find_offices(work: UnitOfWork, closure: Closure | Watch) -> list[Office]:
    """The offices that it is about, as they are now."""
    return find_in(work, closure.scope)


@dataclass(frozen=True)
class Overlap:
    """Another closure that speaks of some of the same offices at some of the same time."""

    other: Closure
    offices: tuple[Office, ...]
    """Those that both are about."""
    is_stronger: bool
    """Whether the other one is what people are told there."""


def find_overlaps(work: UnitOfWork, closure: Closure) -> list[Overlap]:
    """With a draft or a closure that is published, the strongest first."""
    reach = Reach(find_offices(work, closure))
    others = work.closures.find(start=closure.period.start, end=closure.period.end)
    found = []
    for other in sorted(others, key=Closure.rank, reverse=True):
        both = reach.of(other.scope)
        if both and other.id != closure.id:
            found.append(Overlap(other, both, other.rank() > closure.rank()))
    return found


# Telling staff of them


def where(scope: Scope) -> list[str]:
    """What a scope names, exceptions apart: ids, districts, nations, handles, "everywhere"."""
    return [value for _, value, is_exception in entities_of(scope) if not is_exception]


def to_json(found: Closure | Watch) -> dict[str, Any]:
    """All of it. Times are ISO text in UTC, opens_at and closes_at minutes since midnight."""
    row = closure_row(found) if isinstance(found, Closure) else watch_row(found)
    body = body_of({**row, "withdrawn_at": found.withdrawn_at}, found.scope)
    more = {"version": found.version} if isinstance(found, Closure) else {"confirmed": sorted(found.confirmed)}
    return {"id": found.id, **body, **more}


# Checks


def _get(work: UnitOfWork, closure_id: str, expected_version: int | None) -> Closure:
    """What is to be changed, at the version that was read; None is whoever has seen none. Raises Conflict.

    Its own version goes on to the store: between two statements PostgreSQL lets others through.
    """
    held = work.closures.get(closure_id)
    if expected_version is not None and held.version != expected_version:
        raise Conflict(f"{held.id} was changed by somebody else in the meantime: look at it again")
    return held


def check(work: UnitOfWork, closure: Closure) -> Closure:
    """The closure with every name as it is held and its messages tidied. Raises NotFound and BadInput."""
    if closure.withdrawn_at is not None:
        raise Conflict(f"{closure.id} is withdrawn already")
    moved_to = get_office(work, closure.moved_to).id if closure.moved_to else None
    checked = replace(
        closure,
        scope=check_scope(work, closure.scope),
        moved_to=moved_to,
        message=tidy(closure.message),
        message_cy=tidy(closure.message_cy),
        note=clean(closure.note, len(closure.note)),
    )
    check_note(checked.note, "the note")
    offices = find_in(work, checked.scope)
    contacts = work.contacts.find()
    _check_move(work, checked, offices)
    check_public(checked.message, "--message", MESSAGE_AT_MOST, contacts, offices)
    check_public(checked.message_cy, "--message-cy", MESSAGE_AT_MOST, contacts, offices)
    _check_phone(checked, contacts, offices)
    return checked


def warnings(closure: Closure) -> list[str]:
    """What staff should know of a closure that is right as it stands."""
    number = " and its phone number with it" if closure.effect is Effect.PHONE_ONLY else ""
    if closure.message and not closure.message_cy:
        return [f"the message is in English alone: Welsh replies will leave it out{number} (--message-cy adds it)"]
    if closure.message_cy and not closure.message:
        return [f"the message is in Welsh alone: English replies will leave it out{number} (--message adds it)"]
    return []


def _check_move(work: UnitOfWork, closure: Closure, offices: Iterable[Office]) -> None:
    if closure.moved_to is None:
        return
    if not get_office(work, closure.moved_to).is_running:
        raise BadInput(f"{closure.moved_to} is shut for good or has moved: send people to an office that is open")
    if all(office.id == closure.moved_to for office in offices):
        raise BadInput(f"{closure.moved_to} cannot move to itself: --to needs another office")


def _check_phone(closure: Closure, contacts: Iterable[Contact], offices: Iterable[Office]) -> None:
    if closure.effect is not Effect.PHONE_ONLY:
        return
    without = [office.id for office in offices if office.is_running and not office.phone]
    numbers = {_digits(c.value) for c in contacts if c.say == "say" and c.channel == "phone"} - {""}
    said = (_digits(closure.message), _digits(closure.message_cy))
    if without and not any(number in text for number in numbers for text in said):
        raise BadInput(
            f"phone_only needs a number that may be said, and none is held for {_some(without)}: "
            "put a number of the contacts into --message"
        )


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text))


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _audit(
    work: UnitOfWork, action: str, closure: Closure, by: str, at: datetime, before: Closure | None, **more: Any
) -> None:
    work.audit.add(
        by=by,
        action=action,
        subject_type="closure",
        subject_id=closure.id,
        at=at,
        before=_body(before) if before else None,
        after={**_body(closure), **more},
    )


def _body(closure: Closure) -> dict[str, Any]:
    return body_of({**closure_row(closure), "withdrawn_at": closure.withdrawn_at}, closure.scope)


def _audit_watch(work: UnitOfWork, action: str, kept: Watch, by: str, at: datetime) -> Watch:
    after = body_of({**watch_row(kept), "withdrawn_at": kept.withdrawn_at}, kept.scope)
    work.audit.add(by=by, action=action, subject_type="watch", subject_id=kept.id, at=at, after=after)
    return kept
