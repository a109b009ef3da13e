"""`jobcentre chat`: a conversation in the terminal."""

from __future__ import annotations

import os
import secrets

import click

from bot.jobcentre.conversation import Incoming
from bot.settings import Settings


@click.command()
@click.option("--account", metavar="HANDLE", default="", help="The account that is asked, such as JCPinLeeds.")
def chat(account: str) -> None:
    """Talk to the assistant as a person would. An empty line or Ctrl-D ends it."""
    from bot.assistant.loading import load_assistant

    assistant = load_assistant(Settings.read(os.environ))
    sender = f"chat:{secrets.token_hex(8)}"
    click.echo("Write as a person would. An empty line ends it.")
    while True:
        try:
            text = click.prompt("You", default="", show_default=False)
        except (click.Abort, EOFError):
            return
        if not text.strip():
            return
        now = assistant.clock()
        incoming = Incoming(account, sender, text, now, f"chat:{secrets.token_hex(12)}", "chat", now)
        outcome = assistant.answer(incoming, is_trial=True)
        reply = outcome.reply if outcome and outcome.reply else "(no reply)"
        click.echo(f"\n{reply}\n")
