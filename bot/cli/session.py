"""What a command works with: the settings, the clock and the database."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cached_property, update_wrapper
from typing import Any

import click

from bot.settings import Settings
from bot.store.unit_of_work import Store, UnitOfWork


class Session:
    """One run of a command. The clock stands still while it runs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.now: datetime = settings.clock()

    @cached_property
    def store(self) -> Store:
        return Store(self.settings.database_url, clock_is_fixed=self.settings.now is not None)

    def work(self, *, write: bool = True) -> AbstractContextManager[UnitOfWork]:
        """One transaction: kept when the block ends, undone when it raises."""
        return self.store.unit_of_work(write=write)

    def close(self) -> None:
        if "store" in vars(self):
            self.store.close()


def pass_session(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command a Session as its first argument, and close it afterwards."""

    @click.pass_context
    def run(ctx: click.Context, /, *arguments: Any, **options: Any) -> Any:
        session = Session(Settings.read(os.environ))
        ctx.call_on_close(session.close)
        return ctx.invoke(command, session, *arguments, **options)

    return update_wrapper(run, command)
