"""When people answer on each account, and the targets and limits of their work: settings that staff change.

An account has settings of its own, or those that hold for all the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.jobcentre.calendar import Division, division_of
from bot.jobcentre.errors import Conflict, NotFound
from bot.jobcentre.office import Nation
from bot.jobcentre.staffing import Staffing
from bot.services import accounts, versions
from bot.store.unit_of_work import UnitOfWork

KEY = "staffing"
FOR_ALL = "all accounts"
"""The subject, in the history, of the settings that hold where an account has none of its own."""


@dataclass(frozen=True)
class Roster:
    """The settings of every account, read once."""

    for_all: Staffing
    own: Mapping[str, Staffing]
    """By handle; as they hold, whether the account's own or for all."""
    with_own: frozenset[str]
    """Handles of the accounts that have settings of their own."""

    def of(self, account: str) -> Staffing:
        """The settings of an account; those for all where it is none of ours."""
        return self.own.get(account, self.for_all)


def get(work: UnitOfWork, account: str = "", nation: Nation | None = None) -> Staffing:
    """The settings that hold on an account, whose nation may be known already; without one, those for all."""
    if not account:
        return Staffing.from_dict(work.settings.get(KEY) or {}, division_of(nation or Nation.ENGLAND))
    try:
        held = work.accounts.get_settings(account).get(KEY)
        nation = nation or work.accounts.get(account).nation
    except NotFound:
        return get(work, "", nation)
    return Staffing.from_dict(held or work.settings.get(KEY) or {}, division_of(nation))


def roster(work: UnitOfWork) -> Roster:
    """Of every account, in a number of queries that does not grow with them."""
    for_all = Staffing.from_dict(work.settings.get(KEY) or {})
    held = {handle: settings.get(KEY) for handle, settings in work.accounts.find_settings().items()}
    own = {
        account.handle: _of(held.get(account.handle), for_all, division_of(account.nation))
        for account in work.accounts.find_all()
    }
    return Roster(for_all, own, frozenset(handle for handle, settings in held.items() if settings))


def change(
    work: UnitOfWork, account: str | None, staffing: Staffing, *, by: str, at: datetime, expected: int | None = None
) -> Staffing:
    """Keep the settings of an account, or those for all (None). `expected` is the version that the page showed
    (`version`). Raises NotFound; ChangedMeanwhile as `versions.check`."""
    handle = accounts.get(work, account).handle if account else None
    versions.check(work, expected, KEY, handle or FOR_ALL)
    before = _held(work, handle)
    _keep(work, handle, staffing.to_dict())
    _audit(work, "change", handle, by, at, before, staffing.to_dict())
    return staffing


def follow(work: UnitOfWork, account: str, *, by: str, at: datetime, expected: int | None = None) -> Staffing:
    """Let an account have the settings for all again. Raises NotFound; Conflict where it has none of its own;
    ChangedMeanwhile."""
    found = accounts.get(work, account)
    versions.check(work, expected, KEY, found.handle)
    before = _held(work, found.handle)
    if not before:
        raise Conflict(f"{found.handle} has no settings of its own")
    _keep(work, found.handle, None)
    _audit(work, "follow", found.handle, by, at, before, None)
    return get(work, found.handle, found.nation)


def version(work: UnitOfWork, account: str | None) -> int:
    """For a page to remember, and to give to `change`."""
    return versions.latest(work, KEY, accounts.get(work, account).handle if account else FOR_ALL)


def without_night_contact(work: UnitOfWork) -> list[str]:
    """Handles of the accounts of which nobody is told at night: part of going live."""
    return [handle for handle, staffing in roster(work).own.items() if not staffing.night_contact]


def _of(held: Mapping[str, Any] | None, for_all: Staffing, division: Division) -> Staffing:
    return Staffing.from_dict(held, division) if held else replace(for_all, division=division)


def _held(work: UnitOfWork, handle: str | None) -> dict[str, Any] | None:
    found: dict[str, Any] | None = work.accounts.get_settings(handle).get(KEY) if handle else work.settings.get(KEY)
    return found


def _keep(work: UnitOfWork, handle: str | None, values: dict[str, Any] | None) -> None:
    if handle is None:
        work.settings.put(KEY, values)
        return
    others = {name: value for name, value in work.accounts.get_settings(handle).items() if name != KEY}
    work.accounts.set_settings(handle, {**others, KEY: values} if values else others)


def _audit(
    work: UnitOfWork,
    action: str,
    handle: str | None,
    by: str,
    at: datetime,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    subject = handle or FOR_ALL
    work.audit.add(by=by, action=action, subject_type=KEY, subject_id=subject, at=at, before=before, after=after)
