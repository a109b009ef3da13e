"""The environment, read once, frozen, passed on. Every name starts with JOBCENTRE_; the README lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

PROJECT = Path(__file__).resolve().parent.parent
LONDON = ZoneInfo("Europe/London")
DAYS_AT_MOST = 36_500
"""What may be set as a number of days."""


class SettingsError(ValueError):
    """A setting cannot be used. The message names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    database_url: str = f"sqlite:///{PROJECT / 'var' / 'jobcentre.db'}"
    """JOBCENTRE_DATABASE_URL: any SQLAlchemy URL of SQLite or PostgreSQL."""
    now: datetime | None = None
    """JOBCENTRE_NOW: a fixed clock (ISO 8601; London time without an offset), for tests and practice."""
    host: str = "127.0.0.1"
    """JOBCENTRE_HOST: where the web chat listens."""
    port: int = 5005
    """JOBCENTRE_PORT: the port of the web chat."""
    proxies: int | None = None
    """JOBCENTRE_PROXIES: how many proxies of ours the web chat is behind; they tell where a visitor comes from. So is
    the console where it has an address of its own."""
    console_port: int = 5006
    """JOBCENTRE_CONSOLE_PORT: the port of the staff console."""
    console_url: str = ""
    """JOBCENTRE_CONSOLE_URL: where staff reach the console, if a proxy stands before it."""
    models: Path = PROJECT / "models"
    """JOBCENTRE_MODELS: the folder of trained models."""
    credentials: Path = PROJECT / "credentials.yml"
    """JOBCENTRE_CREDENTIALS: which accounts speak on X, and where their tokens are."""
    alarm_webhook: str = ""
    """JOBCENTRE_ALARM_WEBHOOK: address that is sent JSON when somebody waits too long for a person."""
    alarm_emails: tuple[str, ...] = ()
    """JOBCENTRE_ALARM_EMAILS: who is sent an email then, with commas between; needs JOBCENTRE_SMTP."""
    alarm_from: str = ""
    """JOBCENTRE_ALARM_FROM: the address those emails come from."""
    smtp: str = field(default="", repr=False)
    """JOBCENTRE_SMTP: the mail server, like smtps://user:password@mail.example.org or smtp://localhost:25."""
    keep_days: int = 30
    """JOBCENTRE_KEEP_DAYS: days after which what people wrote is erased."""
    keep_handoff_days: int = 90
    """JOBCENTRE_KEEP_HANDOFF_DAYS: days after which what was handed to people is erased, from when it was resolved."""
    keep_miss_days: int = 14
    """JOBCENTRE_KEEP_MISS_DAYS: days for which staff see that a message was not understood; never longer than the
    message is kept."""
    learns_from_x: bool = False
    """JOBCENTRE_LEARN_FROM_X: whether training phrases may be made of messages on X (yes). Its terms forbid it."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """Read JOBCENTRE_… names, and those in the file that JOBCENTRE_SETTINGS names. Raises SettingsError."""
        values = {**_file_values(environment.get("JOBCENTRE_SETTINGS")), **environment}
        defaults = cls()
        keep_days = _days(values, "JOBCENTRE_KEEP_DAYS") or defaults.keep_days
        return cls(
            database_url=values.get("JOBCENTRE_DATABASE_URL") or defaults.database_url,
            now=_moment(values.get("JOBCENTRE_NOW")),
            host=values.get("JOBCENTRE_HOST") or defaults.host,
            proxies=_proxies(values.get("JOBCENTRE_PROXIES")),
            port=_port(values.get("JOBCENTRE_PORT"), "JOBCENTRE_PORT") or defaults.port,
            console_port=_port(values.get("JOBCENTRE_CONSOLE_PORT"), "JOBCENTRE_CONSOLE_PORT") or defaults.console_port,
            console_url=_address(values.get("JOBCENTRE_CONSOLE_URL")),
            credentials=Path(values.get("JOBCENTRE_CREDENTIALS") or defaults.credentials),
            models=Path(values.get("JOBCENTRE_MODELS") or defaults.models),
            alarm_webhook=_web_address(values.get("JOBCENTRE_ALARM_WEBHOOK"), "JOBCENTRE_ALARM_WEBHOOK"),
            alarm_emails=_emails(values.get("JOBCENTRE_ALARM_EMAILS"), "JOBCENTRE_ALARM_EMAILS"),
            alarm_from=_sender(values),
            smtp=_mail_server(values.get("JOBCENTRE_SMTP")),
            keep_days=keep_days,
            keep_handoff_days=_days(values, "JOBCENTRE_KEEP_HANDOFF_DAYS") or defaults.keep_handoff_days,
            keep_miss_days=_days(values, "JOBCENTRE_KEEP_MISS_DAYS") or min(defaults.keep_miss_days, keep_days),
            learns_from_x=_yes(values, "JOBCENTRE_LEARN_FROM_X"),
        )

    @property
    def console_address(self) -> str:
        """Where staff reach the console, with a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.console_url or f"http://{host}:{self.console_port}/"

    def clock(self) -> datetime:
        """The time now, or the fixed one."""
        return self.now or datetime.now(timezone.utc)


def _file_values(path: str | None) -> dict[str, str]:
    if not path:
        return {}
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingsError(f"JOBCENTRE_SETTINGS names {path}, which cannot be read: {error.strerror}") from error
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip() for name, value in pairs}


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise SettingsError(f"JOBCENTRE_NOW is {text}: write a time like 2026-11-20T10:30") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def _port(text: str | None, name: str) -> int | None:
    if not text:
        return None
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"{name} is {text}: write a number from 1 to 65535")
    return int(text)


def _days(values: Mapping[str, str], name: str) -> int | None:
    text = values.get(name)
    if not text:
        return None
    if not text.isdigit() or not 0 < int(text) <= DAYS_AT_MOST:
        raise SettingsError(f"{name} is {text}: write a number of days from 1 to {DAYS_AT_MOST}")
    return int(text)


def _yes(values: Mapping[str, str], name: str) -> bool:
    text = (values.get(name) or "no").casefold()
    if text not in ("yes", "no"):
        raise SettingsError(f"{name} is {text}: write yes or no")
    return text == "yes"


def _proxies(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isdigit() or int(text) > 10:
        raise SettingsError(f"JOBCENTRE_PROXIES is {text}: write how many proxies stand before the web chat, 0 to 10")
    return int(text) or None


def _address(text: str | None) -> str:
    address = _web_address(text, "JOBCENTRE_CONSOLE_URL")
    return address.rstrip("/") + "/" if address else ""


def _web_address(text: str | None, name: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise SettingsError(f"{name} is {text}: write an address like https://console.example.org/")
    return text or ""


def _emails(text: str | None, name: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in (text or "").split(",") if part.strip())
    wrong = [address for address in found if address.count("@") != 1 or " " in address]
    if wrong:
        raise SettingsError(f"{name} has {wrong[0]}: write email addresses with commas between")
    return found


def _sender(values: Mapping[str, str]) -> str:
    found = _emails(values.get("JOBCENTRE_ALARM_FROM"), "JOBCENTRE_ALARM_FROM")
    if values.get("JOBCENTRE_SMTP") and len(found) != 1:
        raise SettingsError("JOBCENTRE_SMTP is set: set JOBCENTRE_ALARM_FROM to the address that emails come from")
    return found[0] if found else ""


def _mail_server(text: str | None) -> str:
    # Its password is in it: never quoted.
    if text and (not text.startswith(("smtp://", "smtps://")) or not urlsplit(text).hostname):
        raise SettingsError("JOBCENTRE_SMTP is not the address of a mail server: write smtps://user:password@host:465")
    return text or ""
