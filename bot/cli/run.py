"""`jobcentre run`: the assistant with its web chat, in one process."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from typing import Any

import click

from bot.jobcentre.errors import BadInput
from bot.settings import Settings


@click.command()
def run() -> None:
    """Start the assistant with its web chat. Ctrl-C stops it.

    JOBCENTRE_HOST and JOBCENTRE_PORT say where it listens (127.0.0.1 and 5005).
    """
    settings = Settings.read(os.environ)
    for number in (signal.SIGINT, signal.SIGTERM):  # until the server has its own
        signal.signal(number, _stop)
    with _listening(settings) as listener:
        app = _application(settings)
        app.run(sock=listener, protocol=_protocol(), access_log=False, motd=False)
    click.echo("Stopped.")


def _stop(*_: Any) -> None:
    sys.exit(0)


def _application(settings: Settings) -> Any:
    """The server's application, with the assistant loaded. Raises NoModel, StoreError."""
    from bot.assistant.loading import load_assistant
    from bot.assistant.training import find_model

    assistant = load_assistant(settings)
    from sanic import Sanic

    from bot.channels.framing import FramedRequest
    from bot.channels.webchat import WebChat
    from bot.services import samples

    with assistant.knowledge.store.unit_of_work(write=False) as work:
        is_sample = samples.is_marked(work)
    channel = WebChat(assistant, find_model(settings.models).name.removesuffix(".tar.gz"))
    app = Sanic("jobcentre", configure_logging=False, request_class=FramedRequest)
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 5.0
    app.config.PROXIES_COUNT = settings.proxies
    app.blueprint(channel.blueprint())
    channel.tell_problems(app)

    async def tell(*_: Any) -> None:
        click.echo(f"Web chat: {_address(settings)}{' (sample data)' if is_sample else ''}")
        click.echo(f"Health:   {_address(settings)}health")
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


def _listening(settings: Settings) -> socket.socket:
    """The open port: taken before anything slow is done. Raises BadInput."""
    try:
        family, kind, number, _, where = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, number)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(100)
    except OSError as error:
        raise BadInput(_cannot_listen(settings, error)) from error
    return listener


def _cannot_listen(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {settings.port} is in use: stop what uses it, or set JOBCENTRE_PORT to another port"
    if error.errno == errno.EACCES:
        return f"port {settings.port} may not be used: set JOBCENTRE_PORT to a port above 1023"
    return (
        f"cannot listen at {settings.host}, port {settings.port} ({error.strerror}): "
        "set JOBCENTRE_HOST and JOBCENTRE_PORT to others"
    )
