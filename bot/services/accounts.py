"""Our accounts: which offices each of them serves, and whether the assistant speaks on it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.jobcentre.closure import Scope
from bot.jobcentre.conversation import Account, Language
from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.jobcentre.office import Nation
from bot.services import versions
from bot.services.files import did_you_mean
from bot.services.offices import check_scope, find_in
from bot.services.public_words import check_note, check_plain, tidy
from bot.store.codecs import scope_to_json
from bot.store.unit_of_work import UnitOfWork

NAME_AT_MOST = 80
_HANDLE = re.compile(r"\w{1,40}", re.ASCII)


def get(work: UnitOfWork, handle: str) -> Account:
    """Raises NotFound with the nearest handle."""
    try:
        return work.accounts.get(handle)
    except NotFound as error:
        near = did_you_mean(handle.lstrip("@"), (account.handle for account in work.accounts.find_all()))
        if not near:
            raise
        raise NotFound(f"there is no account {handle}{near}") from error


def add(
    work: UnitOfWork,
    handle: str,
    name: str,
    scope: Scope,
    language: Language,
    *,
    by: str,
    at: datetime,
    expected: int | None = None,
) -> Account:
    """Add an account, or change the one of that handle; a pause stays. Its nation is that of most of its offices.

    Raises NotFound for an office that nobody knows, BadInput for a handle that cannot be one or an area that it cannot
    serve, ChangedMeanwhile as `versions.check`.
    """
    handle = handle.strip().lstrip("@")
    if not _HANDLE.fullmatch(handle):
        raise BadInput(f'"{handle}" is not a handle: write letters, digits and underscores, like JCPinLeeds')
    if not name.strip():
        raise BadInput("the account needs a name: --name")
    check_plain(tidy(name), "the name", NAME_AT_MOST)
    scope = check_scope(work, _servable(scope))
    versions.check(work, expected, "account", handle)
    nations = Counter(office.nation for office in find_in(work, scope))
    before = next((a for a in work.accounts.find_all() if a.handle.casefold() == handle.casefold()), None)
    was = _json(before, work.accounts.get_scope(handle)) if before else None
    account = Account(handle, tidy(name), nations.most_common(1)[0][0], language)
    work.accounts.put(account, scope)
    _audit(work, "change" if before else "add", handle, by, at, was, _json(account, scope))
    return work.accounts.get(handle)


def _servable(scope: Scope) -> Scope:
    """What an account can be said to serve: offices, districts and nations. Everywhere is each nation."""
    if scope.accounts or scope.excluding:
        raise BadInput("an account serves offices, districts or nations: name those")
    if not scope.everywhere:
        return scope
    return Scope(nations=frozenset({Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES}))


def pause(work: UnitOfWork, handle: str | None, *, by: str, at: datetime, reason: str) -> list[Account]:
    """The assistant is silent on the account, or on all of them. Returns those that were not silent before.

    Raises NotFound; BadInput without a reason; Conflict where there is nothing to pause.
    """
    reason = tidy(reason)
    if not reason:
        raise BadInput("say why: --reason")
    check_note(reason, "the reason")
    speaking = [account for account in _named(work, handle) if not account.is_paused]
    if not speaking:
        raise Conflict(f"{handle or 'every account'} is paused already")
    for account in speaking:
        work.accounts.pause(account.handle, by=by, at=at, reason=reason)
        _audit(work, "pause", account.handle, by, at, {"is_paused": False}, {"is_paused": True, "reason": reason})
    return speaking


def resume(work: UnitOfWork, handle: str | None, *, by: str, at: datetime) -> list[Account]:
    """The assistant speaks again. Returns the accounts that were paused. Raises NotFound; Conflict where none is."""
    silent = [account for account in _named(work, handle) if account.is_paused]
    if not silent:
        raise Conflict(f"{handle} is not paused" if handle else "no account is paused")
    for account in silent:
        work.accounts.resume(account.handle)
        before = {"is_paused": True, "reason": account.pause_reason}
        _audit(work, "resume", account.handle, by, at, before, {"is_paused": False})
    return [replace(account, is_paused=False, pause_reason="") for account in silent]


def _named(work: UnitOfWork, handle: str | None) -> list[Account]:
    accounts = [get(work, handle)] if handle else work.accounts.find_all()
    if not accounts:
        raise NotFound('there are no accounts: "jobcentre accounts add" adds one')
    return accounts


def _json(account: Account, scope: Scope) -> dict[str, Any]:
    said = {"name": account.name, "nation": account.nation.value, "language": account.language.value}
    return {**said, "scope": scope_to_json(scope)}


def _audit(
    work: UnitOfWork,
    action: str,
    handle: str,
    by: str,
    at: datetime,
    before: dict[str, Any] | None,
    after: dict[str, Any],
) -> None:
    work.audit.add(by=by, action=action, subject_type="account", subject_id=handle, at=at, before=before, after=after)
