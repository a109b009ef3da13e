"""The staff console beside the web chat: its server, and how somebody signs in for the first time."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Thread
from typing import TYPE_CHECKING, Any

from bot.services import staff
from bot.settings import PROJECT, Settings
from bot.store.records import Role
from bot.store.unit_of_work import Store, UnitOfWork

if TYPE_CHECKING:
    from bot.console.desk import Practice

FIRST = "Administrator"
"""Who signs in first, where only the sample is held."""
THREADS = 8
LARGEST_BODY = 16 * 1024 * 1024
"""Bytes, of which nothing more is read: the console itself tells people of more than it takes, until here."""


@contextmanager
def serving(settings: Settings, listener: socket.socket, practice: Practice | None = None) -> Iterator[None]:
    """The console, served on the open port while the block runs. It has a database connection of its own."""
    is_set = settings.now is not None or practice is not None
    store = Store(settings.database_url, clock_is_fixed=is_set)
    try:
        with answering(application(settings, store, practice), listener, **behind(settings)):
            yield
    finally:
        store.close()


@contextmanager
def answering(pages: Any, listener: socket.socket, **options: Any) -> Iterator[None]:
    """The WSGI application, served on the open port while the block runs; with more options of waitress."""
    from waitress.server import create_server

    server = create_server(
        pages, sockets=[listener], threads=THREADS, ident="", max_request_body_size=LARGEST_BODY, **options
    )
    thread = Thread(target=server.run, name="console", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.close()
        thread.join(timeout=5)


def behind(settings: Settings) -> dict[str, Any]:
    """Whom to believe where a request comes from: proxies, where the console is said to stand behind them; else
    nobody, or a stranger could come from a new address with every try."""
    if not (settings.console_url and settings.proxies):
        return {}
    return {
        "trusted_proxy": "*",
        "trusted_proxy_count": settings.proxies,
        "trusted_proxy_headers": {"x-forwarded-for"},
        "clear_untrusted_proxy_headers": True,
    }


def application(settings: Settings, store: Store, practice: Practice | None = None) -> Any:
    """The console on that database, as a WSGI application."""
    import yaml

    from bot.console.application import make_application
    from bot.console.desk import Console
    from bot.jobcentre.wording import load_responses
    from bot.services.knowledge import Knowledge

    responses = load_responses(yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8")))
    clock = practice.clock if practice else settings.clock
    is_fixed = settings.now is not None and practice is None
    console = Console(
        Knowledge(store),
        responses,
        clock,
        is_clock_fixed=is_fixed,
        practice=practice,
        can_mail=bool(settings.smtp),
        learns_from_x=settings.learns_from_x,
        address=settings.console_address,
    )
    return make_application(console, is_https=settings.console_address.startswith("https://"))


def how_to_sign_in(work: UnitOfWork, settings: Settings, is_sample: bool) -> str:
    """A line for whoever starts it. On the sample an administrator is made, who needs only a password."""
    members = work.staff.find_all()
    if any(member.password_hash for member in members):
        return "Sign in with your name and password."
    if not is_sample:
        return 'Nobody can sign in yet: "jobcentre staff add NAME --role administrator" prints a link.'
    if not members:
        staff.add(work, FIRST, Role.ADMINISTRATOR, by="jobcentre run", at=settings.clock())
    first = next((m for m in members if m.role is Role.ADMINISTRATOR), None)
    return f"To sign in, choose a password: {invitation(work, settings, first.name if first else FIRST)}"


def invitation(
    work: UnitOfWork, settings: Settings, name: str, *, by: str = "jobcentre run", at: datetime | None = None
) -> str:
    """The address at which that member chooses a password, once."""
    secret = staff.invite(work, name, by=by, at=at or settings.clock())
    return f"{settings.console_address}invitation/{secret}"
