"""Which of our accounts speak on X, with which tokens, and whether they may.

credentials.yml says it, for any number of accounts. A secret stands there only by name, of an environment variable
(`env:NAME`) or a file (`file:PATH`); `{handle}` in it is each account's own handle:

    bot.channels.x.channel.X:
      consumer_key: env:JOBCENTRE_X_CONSUMER_KEY
      consumer_secret: env:JOBCENTRE_X_CONSUMER_SECRET
      access_token: file:/run/secrets/x/{handle}/access_token
      access_token_secret: file:/run/secrets/x/{handle}/access_token_secret
      accounts:
        JCPinLeeds: "880001"        # X's id of the account, which no change of its name changes
        JCPinYork:                  # not known yet: its name alone is compared
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from bot.channels.x.client import BASE_URL, Client, Owner, Tokens
from bot.channels.x.errors import (
    CreditsExhausted,
    NotAllowed,
    NotFound,
    RateLimited,
    Refusal,
    TokenRefused,
    XError,
)
from bot.jobcentre.errors import BadInput

SECRETS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
_KNOWN = {*SECRETS, "accounts", "base_url"}
_HANDLE = re.compile(r"\w{1,40}", re.ASCII)
_ID = re.compile(r"[0-9]{1,20}")
_SAFE_URL = re.compile(r"https://|http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/|$)")


class State(Enum):
    """How things stand with an account."""

    READY = "ready"
    NO_TOKENS = "no tokens"
    NO_AREA = "no area"
    PRESS_OFFICE = "press office"
    WRONG_ACCOUNT = "wrong account"
    TOKENS_REFUSED = "tokens refused"
    NO_PERMISSION = "no permission"
    SUSPENDED = "suspended"
    APP_REFUSED = "app refused"
    NO_CREDIT = "no credit"
    WAITING = "waiting"
    """For a limit to be over."""
    UNREACHABLE = "unreachable"

    @property
    def is_passing(self) -> bool:
        """Whether time alone may mend it."""
        return self in (State.WAITING, State.UNREACHABLE)

    @property
    def is_of_all(self) -> bool:
        """Whether it stops every account, as it is the app's."""
        return self in (State.APP_REFUSED, State.NO_CREDIT)


@dataclass(frozen=True)
class Standing:
    """A state, and what to do about it in words for staff. Holds no secret."""

    state: State
    told: str = ""
    until: datetime | None = None
    """When to ask again, where X has said so."""
    owner: Owner | None = None
    """Whose tokens they are, once X has told."""

    @property
    def is_ready(self) -> bool:
        return self.state is State.READY


@dataclass(frozen=True)
class XAccount:
    """One account as credentials.yml has it."""

    handle: str
    id: str | None
    tokens: Tokens | None
    """None where one of them cannot be read."""
    missing: str = ""
    """Which, and where it was looked for."""


@dataclass(frozen=True)
class XSettings:
    accounts: tuple[XAccount, ...]
    base_url: str = BASE_URL
    again: Callable[[], XSettings | None] | None = field(default=None, compare=False, repr=False)
    """Reads them again from where they stand. Raises BadInput."""


SECTION = "bot.channels.x.channel.X"


def find_settings(file: Path, environment: Mapping[str, str]) -> XSettings | None:
    """What credentials.yml says of X; None where it says nothing. Raises BadInput."""
    try:
        held = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise BadInput(f"{file} cannot be read: {type(error).__name__}") from error
    if not isinstance(held, Mapping) or SECTION not in held:
        return None
    section = held[SECTION]
    found = read_settings(section if isinstance(section, Mapping) else {}, environment)
    return replace(found, again=partial(find_settings, file, environment))


def read_settings(section: Mapping[str, Any], environment: Mapping[str, str]) -> XSettings:
    """The channel's section of credentials.yml. An account whose secrets are missing is there without tokens: the
    others speak all the same. Raises BadInput for a section that cannot be used, naming what is wrong in it."""
    if strange := sorted(set(section) - _KNOWN):
        raise BadInput(f"credentials.yml: {strange[0]} is not known; there are {', '.join(sorted(_KNOWN))}")
    names = {name: _reference(section, name) for name in SECRETS}
    base_url = str(section.get("base_url") or BASE_URL)
    if not _SAFE_URL.match(base_url):
        raise BadInput(f"credentials.yml: base_url is {base_url}: tokens are sent over https only")
    accounts = [_account(handle, given, names, environment) for handle, given in _listed(section).items()]
    _check_apart(accounts)
    return XSettings(tuple(accounts), base_url, partial(read_settings, section, environment))


async def check(account: XAccount, connect: Callable[[Tokens], Client], ours: Collection[str]) -> Standing:
    """Whether an account may speak: it has tokens, they are its own, it is no press office's, and it may read messages
    (one event of its list is read). `ours` are the handles that have an area. Raises nothing that X can cause."""
    if account.tokens is None:
        return Standing(State.NO_TOKENS, account.missing)
    if standing := _refused_here(account, ours):
        return standing
    client = connect(account.tokens)
    try:
        owner = await client.whoami()
        if standing := _refused_owner(account, owner):
            return standing
        await client.read(1)
    except XError as error:
        return standing_after(error) or Standing(State.UNREACHABLE, str(error))
    return Standing(State.READY, owner=owner)


async def check_all(
    accounts: Collection[XAccount], connect: Callable[[Tokens], Client], ours: Collection[str]
) -> dict[str, Standing]:
    """How each of them stands, by handle: none keeps another from being checked."""
    found = await asyncio.gather(*(check(account, connect, ours) for account in accounts))
    return {account.handle: standing for account, standing in zip(accounts, found, strict=True)}


def standing_after(error: XError) -> Standing | None:
    """How an account stands after a call that failed, at the start or later. None where the error says nothing of the
    account, but of one person or message."""
    if isinstance(error, NotAllowed):
        found = _AFTER_REFUSAL.get(error.refusal)
        return Standing(*found) if found else None
    if isinstance(error, NotFound):
        return None
    if isinstance(error, RateLimited):
        return Standing(State.WAITING, str(error), error.until)
    if isinstance(error, TokenRefused):
        return Standing(State.TOKENS_REFUSED, _told_of_tokens(error))
    if isinstance(error, CreditsExhausted):
        return Standing(State.NO_CREDIT, "the app has no credit left: buy some in X's developer pages")
    return Standing(State.UNREACHABLE, str(error))


_AFTER_REFUSAL = {
    Refusal.PERMISSION: (
        State.NO_PERMISSION,
        "the app may not read and send this account's messages: set it to \"Read and write and Direct message\" in X's "
        "developer pages, then let the account's owner authorise it again",
    ),
    Refusal.SUSPENDED: (State.SUSPENDED, "X has suspended or locked the account: sign in to it on X"),
    Refusal.APP: (State.APP_REFUSED, "X does not let the app in: look at its project in X's developer pages"),
    Refusal.POLICY: (State.UNREACHABLE, "X does not permit it now: the account rests, and is tried again"),
}


def _told_of_tokens(error: TokenRefused) -> str:
    if error.skew:
        return f"{error}: set this computer's clock right"
    return "X refuses the tokens: they are wrong or taken back, unless X itself is out of order; they are kept"


def _refused_here(account: XAccount, ours: Collection[str]) -> Standing | None:
    if _is_press_office(account.handle):
        return Standing(State.PRESS_OFFICE, f"@{account.handle} {_NO_AUTOMATION}")
    if account.handle.casefold() not in {handle.casefold() for handle in ours}:
        told = f'nobody has said which offices it serves: "jobcentre accounts add {account.handle}" does'
        return Standing(State.NO_AREA, told)
    return None


def _refused_owner(account: XAccount, owner: Owner) -> Standing | None:
    if _is_press_office(owner.username):
        return Standing(
            State.PRESS_OFFICE, f"these are tokens of @{owner.username}, which {_NO_AUTOMATION}", owner=owner
        )
    is_same = owner.id == account.id if account.id else owner.username.casefold() == account.handle.casefold()
    if is_same:
        return None
    return Standing(State.WRONG_ACCOUNT, f"these are tokens of @{owner.username} ({owner.id})", owner=owner)


_NO_AUTOMATION = "is a press office account: its own published policy says that nothing on it is automated"


def _is_press_office(handle: str) -> bool:
    return "pressoffice" in handle.replace("_", "").casefold()


# The section


def _listed(section: Mapping[str, Any]) -> dict[str, str | None]:
    """Handles, with the id of each where it is given. Raises BadInput."""
    given = section.get("accounts")
    if isinstance(given, list):
        given = dict.fromkeys(given)
    if not isinstance(given, Mapping) or not given:
        raise BadInput("credentials.yml: accounts names no account: write handles, each with its id on X")
    return {_handle(handle): _id(handle, number) for handle, number in given.items()}


def _handle(given: Any) -> str:
    handle = str(given).lstrip("@")
    if not _HANDLE.fullmatch(handle):
        raise BadInput(f"credentials.yml: {handle} is not a handle")
    return handle


def _id(handle: str, given: Any) -> str | None:
    if given is None:
        return None
    if not _ID.fullmatch(str(given)):
        raise BadInput(f"credentials.yml: {given} is not an id on X: {handle}'s is digits alone")
    return str(given)


def _check_apart(accounts: Collection[XAccount]) -> None:
    """Raises BadInput where two accounts have one handle or one id."""
    seen: dict[str, str] = {}
    for account in accounts:
        for key in filter(None, (account.handle.casefold(), account.id)):
            if key in seen:
                raise BadInput(f"credentials.yml: {seen[key]} and {account.handle} are the same account")
            seen[key] = account.handle


def _reference(section: Mapping[str, Any], name: str) -> str:
    """Raises BadInput for a secret that stands in the file itself, without showing it."""
    given = str(section.get(name) or "")
    if not given.startswith(("env:", "file:")):
        raise BadInput(f"credentials.yml: {name} must be env:NAME or file:PATH; no secret stands in the file itself")
    return given


def _account(handle: str, number: str | None, names: Mapping[str, str], environment: Mapping[str, str]) -> XAccount:
    found = {name: _secret(where.replace("{handle}", handle), environment) for name, where in names.items()}
    missing = [f"{name} ({names[name].replace('{handle}', handle)})" for name, secret in found.items() if not secret]
    if missing:
        return XAccount(handle, number, None, f"cannot be read, or empty: {', '.join(missing)}")
    return XAccount(handle, number, Tokens(**found))


def _secret(where: str, environment: Mapping[str, str]) -> str:
    """Empty where there is none."""
    kind, _, name = where.partition(":")
    if kind == "env":
        return environment.get(name, "").strip()
    try:
        return Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):
        return ""
