"""Sends alarms: JSON to a webhook, and emails. What they say of a person is that they wait."""

from __future__ import annotations

import json
import logging
import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from bot.jobcentre.typed_times import told
from bot.services import alarms
from bot.services.alarms import WEBHOOK, Notice, Receivers
from bot.settings import Settings
from bot.store.unit_of_work import Store

log = logging.getLogger(__name__)

SECONDS_AT_MOST = 10.0


class NotSent(Exception):
    """Why an alarm did not arrive, in words without an address or a password."""


def receivers_of(settings: Settings) -> Receivers:
    return Receivers(bool(settings.alarm_webhook), settings.alarm_emails, bool(settings.smtp))


def send_due(store: Store, settings: Settings, now: datetime) -> int:
    """Send what is due, each outside of any transaction. Returns how many arrived."""
    with store.unit_of_work() as work:
        due = alarms.take_due(work, at=now)
    arrived = 0
    for notice in due:
        try:
            send(notice, settings)
        except NotSent as error:
            log.warning("alarm %s did not arrive: %s", notice.alarm.id, error)
            with store.unit_of_work() as work:
                alarms.mark_failed(work, notice.alarm, error=str(error))
        else:
            arrived += 1
            with store.unit_of_work() as work:
                alarms.mark_sent(work, notice.alarm, at=now)
    return arrived


def send(notice: Notice, settings: Settings) -> None:
    """Raises NotSent."""
    if notice.alarm.way == WEBHOOK:
        _post(settings.alarm_webhook, {**notice.to_dict(), "console": _page(notice, settings)})
    else:
        _mail(settings, _email(notice, settings))


def _page(notice: Notice, settings: Settings) -> str:
    return f"{settings.console_address}inbox/{notice.case.handoff.id}/"


def _post(address: str, body: dict[str, object]) -> None:
    if not address:
        raise NotSent("no webhook is set any more")
    head = {"Content-Type": "application/json", "User-Agent": "jobcentre-assistant"}
    request = Request(address, json.dumps(body).encode(), head, method="POST")
    try:
        with urlopen(request, timeout=SECONDS_AT_MOST) as answer:
            answer.read(1)
    except HTTPError as error:
        error.close()
        raise NotSent(f"the webhook answered {error.code}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise NotSent(f"the webhook cannot be reached ({_cause(error)})") from error


def _email(notice: Notice, settings: Settings) -> EmailMessage:
    facts = notice.to_dict()
    reason = str(facts["reason"]).replace("_", " ")
    email = EmailMessage()
    waited = "1 minute" if facts["minutes"] == 1 else f"{facts['minutes']} minutes"
    email["Subject"] = f"{str(facts['priority']).capitalize()}: somebody has waited {waited} for a person"
    email["From"] = settings.alarm_from
    email["To"] = notice.alarm.to
    email.set_content(
        f"Nobody has taken this conversation yet.\n\nAccount: {facts['account']}\nWhy: {reason}\n"
        f"Waiting since: {told(notice.case.handoff.waiting_since)}\n\n{_page(notice, settings)}\n"
    )
    return email


def _mail(settings: Settings, email: EmailMessage) -> None:
    if not settings.smtp:
        raise NotSent("no mail server is set any more")
    server = urlsplit(settings.smtp)
    tls = ssl.create_default_context()
    try:
        with _connected(server.scheme, server.hostname or "", server.port, tls) as connection:
            if server.scheme == "smtp" and connection.has_extn("starttls"):
                connection.starttls(context=tls)
                connection.ehlo()
            elif server.scheme == "smtp" and server.username:
                raise NotSent("the mail server offers no encryption, so it is not told our password")
            if server.username:
                connection.login(unquote(server.username), unquote(server.password or ""))
            connection.send_message(email)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NotSent(f"the mail server did not take it ({_cause(error)})") from error


def _connected(scheme: str, host: str, port: int | None, tls: ssl.SSLContext) -> smtplib.SMTP:
    """To the mail server, once it has said what it can do."""
    connection: smtplib.SMTP
    if scheme == "smtps":
        connection = smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS_AT_MOST, context=tls)
    else:
        connection = smtplib.SMTP(host, port or 25, timeout=SECONDS_AT_MOST)
    connection.ehlo()
    return connection


def _cause(error: BaseException) -> str:
    """The kind of error: its own words may quote an address."""
    reason = getattr(error, "reason", None)
    return type(reason).__name__ if isinstance(reason, BaseException) else type(error).__name__
