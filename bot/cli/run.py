"""`jobcentre run`: the assistant with its web chat and the staff console, in one process."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from contextlib import AbstractContextManager
from datetime import datetime, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from bot.cli import chores
from bot.cli.console import how_to_sign_in, serving
from bot.jobcentre.errors import BadInput
from bot.settings import PROJECT, Settings
from bot.store.unit_of_work import Store

if TYPE_CHECKING:
    from bot.console.desk import Practice

PRACTICE_DATABASE = f"sqlite:///{PROJECT / 'var' / 'practice.db'}"
"""Where practice is kept, unless JOBCENTRE_PRACTICE_DATABASE_URL says so."""


@click.command()
@click.option(
    "--practice", "is_practice", is_flag=True, help="With sample data of its own and a clock that can be set."
)
def run(is_practice: bool) -> None:
    """Start the assistant with its web chat and the staff console. Ctrl-C stops it.

    JOBCENTRE_HOST, JOBCENTRE_PORT and JOBCENTRE_CONSOLE_PORT say where they listen (127.0.0.1, 5005 and 5006).
    Practice is for new starters: it leaves the real database alone, and nobody outside is told anything.
    """
    if is_practice:
        # The pipeline and the actions read the environment for themselves.
        kept = os.environ.get("JOBCENTRE_PRACTICE_DATABASE_URL", PRACTICE_DATABASE)
        os.environ["JOBCENTRE_DATABASE_URL"] = kept
    settings = Settings.read(os.environ)
    for number in (signal.SIGINT, signal.SIGTERM):  # until the server has its own
        signal.signal(number, _stop)
    web_chat = _listening(settings.host, settings.port, "JOBCENTRE_PORT")
    staff_console = _listening(settings.host, settings.console_port, "JOBCENTRE_CONSOLE_PORT")
    with web_chat, staff_console:
        practice = _prepare_practice(settings) if is_practice else None
        app = _application(settings, practice)
        with serving(settings, staff_console, practice), _doing_chores(settings, practice):
            app.run(sock=web_chat, protocol=_protocol(), access_log=False, motd=False)
    click.echo("Stopped.")


def _stop(*_: Any) -> None:
    sys.exit(0)


def _prepare_practice(settings: Settings) -> Practice:
    """The database of practice, with the sample; its clock begins at JOBCENTRE_NOW, or now. Raises StoreError,
    Conflict."""
    from bot.console.desk import Practice
    from bot.services import practice

    clock = practice.PracticeClock(lambda: datetime.now(timezone.utc))
    if settings.now:
        clock.set(settings.now)
    store = Store(settings.database_url, clock_is_fixed=True)
    practice.prepare(store, PROJECT / "data" / "sample", at=clock())
    store.close()
    return Practice(clock, _address(settings))


def _doing_chores(settings: Settings, practice: Practice | None) -> AbstractContextManager[None]:
    """With a database connection of their own."""
    is_set = settings.now is not None or practice is not None
    store = Store(settings.database_url, clock_is_fixed=is_set)
    clock = practice.clock if practice else settings.clock
    return chores.doing(chores.chores_of(settings, is_clock_real=not is_set), store, clock)


def _application(settings: Settings, practice: Practice | None) -> Any:
    """The server's application, with the assistant loaded. Raises NoModel, StoreError."""
    from bot.assistant.loading import load_assistant
    from bot.assistant.training import find_model

    assistant = load_assistant(settings)
    if practice:
        assistant.clock = practice.clock
    from sanic import Sanic

    from bot.channels.framing import FramedRequest
    from bot.channels.webchat import WebChat
    from bot.channels.x.accounts import find_settings
    from bot.channels.x.channel import X, health
    from bot.services import samples

    with assistant.knowledge.store.unit_of_work() as work:
        is_sample = samples.is_marked(work)
        first_steps = how_to_sign_in(work, settings, is_sample)
    on_x = None if settings.now or practice else find_settings(settings.credentials, os.environ)
    others = {"x": partial(health, settings=on_x)} if on_x else {}
    channel = WebChat(assistant, find_model(settings.models).name.removesuffix(".tar.gz"), others)
    app = Sanic("jobcentre", configure_logging=False, request_class=FramedRequest)
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 5.0
    app.config.PROXIES_COUNT = settings.proxies
    app.blueprint(channel.blueprint())
    channel.tell_problems(app)
    if on_x:
        app.blueprint(X(on_x, assistant.knowledge, assistant.responses, assistant.clock).blueprint())

    async def tell(*_: Any) -> None:
        click.echo(f"Web chat: {_address(settings)}{' (sample data)' if is_sample else ''}")
        click.echo(f"Console:  {settings.console_address}")
        click.echo(f"          {first_steps}")
        click.echo(f"Health:   {_address(settings)}health")
        if on_x:
            click.echo(f'X:        {len(on_x.accounts)} accounts; "jobcentre accounts list" says how they stand')
        if practice:
            click.echo("This is practice: the real database is left alone.")
        click.echo("Ctrl-C stops it.")
        sys.stdout.flush()

    app.register_listener(tell, "after_server_start")
    return app


def _protocol() -> Any:
    from bot.channels.patience import Patience

    return Patience


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}/"


def _listening(host: str, port: int, setting: str) -> socket.socket:
    """The open port: taken before anything slow is done. Raises BadInput, which names the setting."""
    try:
        family, kind, number, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, number)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(100)
    except OSError as error:
        raise BadInput(_cannot_listen(host, port, setting, error)) from error
    return listener


def _cannot_listen(host: str, port: int, setting: str, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use: stop what uses it, or set {setting} to another port"
    if error.errno == errno.EACCES:
        return f"port {port} may not be used: set {setting} to a port above 1023"
    return f"cannot listen at {host}, port {port} ({error.strerror}): set JOBCENTRE_HOST and {setting} to others"
