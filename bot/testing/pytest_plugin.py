"""A pytest plugin: conversation files are collected like other tests. Turn it on with `-p bot.testing.pytest_plugin`.

It collects the `.yml` files of every folder that has a `suite.yml`, or stands below one, and files named to pytest
themselves. A known failure is an expected one, strictly; `suite.yml` is a test of how many there may be.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
import pytest

from bot.testing.suite import FILE, SUFFIXES, find_suite_file

if TYPE_CHECKING:
    from bot.testing.result import Played
    from bot.testing.script import Conversation
    from bot.testing.stage import Stage
    from bot.testing.suite import Suite
    from bot.testing.variations import World


@dataclass
class Stages:
    """One for each set of sample data, opened when it is first needed and closed with the session."""

    stack: ExitStack = field(default_factory=ExitStack)
    opened: dict[Path, tuple[Stage, World]] = field(default_factory=dict)

    def of(self, suite: Suite) -> tuple[Stage, World]:
        if suite.data not in self.opened:
            self.opened[suite.data] = self._open(suite)
        return self.opened[suite.data]

    def _open(self, suite: Suite) -> tuple[Stage, World]:
        from bot.settings import Settings
        from bot.testing.run import known_world
        from bot.testing.stage import Stage, ensure_model, make_world

        ensure_model(Settings.read(os.environ))
        folder = self.stack.enter_context(TemporaryDirectory(prefix="jobcentre-test-"))
        world = make_world(suite.data, Path(folder) / "world.db")
        return self.stack.enter_context(Stage(world)), known_world(world)


_STAGES = pytest.StashKey[Stages]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_STAGES] = Stages()


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_STAGES].stack.close()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    if file_path.suffix not in SUFFIXES:
        return None
    if not (find_suite_file(file_path) or parent.session.isinitpath(file_path)):
        return None
    kind = SuiteFile if file_path.name == FILE else ConversationFile
    collected: pytest.File = kind.from_parent(parent, path=file_path)
    return collected


class ConversationFile(pytest.File):
    """A file of conversations."""

    def collect(self) -> Iterator[pytest.Item]:
        from bot.testing.page import BadScript
        from bot.testing.reading import read_file, read_suite

        try:
            suite = read_suite(self.path)
            conversations = read_file(self.path, suite)
        except BadScript as bad:
            raise self.CollectError(str(bad)) from bad
        for conversation in conversations:
            yield ConversationItem.from_parent(self, name=conversation.name, conversation=conversation, suite=suite)


class ConversationFailed(Exception):
    """A conversation is not as its file expects. The message is for people."""


class ConversationItem(pytest.Item):
    """One conversation."""

    def __init__(self, *, conversation: Conversation, suite: Suite, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self._conversation = conversation
        self._suite = suite
        if conversation.not_yet:
            reason = f"not yet: {conversation.not_yet} (once it is right, take `not_yet` out of {self.path.name})"
            self.add_marker(pytest.mark.xfail(reason=reason, strict=True, raises=ConversationFailed))

    def runtest(self) -> None:
        from bot.testing.playing import play
        from bot.testing.result import Status

        stage, world = self.config.stash[_STAGES].of(self._suite)
        played = play(stage, self._conversation)
        if played.status is Status.ERROR:
            pytest.fail(self._told(played), pytrace=False)
        if played.faults:
            raise ConversationFailed(self._told(played))
        self._vary(stage, world, played)

    def _vary(self, stage: Stage, world: World, original: Played) -> None:
        """What the conversation asks for itself, said in other ways."""
        from bot.testing.invariance import compare_variants, find_variants
        from bot.testing.playing import play
        from bot.testing.text_report import varied

        variants = find_variants([self._conversation], world, every=False)
        played = [play(stage, variant.conversation) for variant in variants]
        invariance = compare_variants([original], variants, played)
        if invariance.changes:
            raise ConversationFailed(self._plain(varied(invariance)))

    def _told(self, played: Played) -> str:
        from bot.testing.text_report import told

        return self._plain(told(played, every=True))

    def _plain(self, text: str) -> str:
        return text if self.config.get_terminal_writer().hasmarkup else click.unstyle(text)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: object) -> str:  # type: ignore[override]
        if isinstance(excinfo.value, ConversationFailed):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self._conversation.line - 1, self._conversation.id


class SuiteFile(pytest.File):
    """A suite: one test, that its known failures are no more than it allows."""

    def collect(self) -> Iterator[pytest.Item]:
        yield KnownFailuresItem.from_parent(self, name="known failures")


class KnownFailuresItem(pytest.Item):
    """Reads the suite's folder; plays nothing."""

    def runtest(self) -> None:
        from bot.testing.page import BadScript
        from bot.testing.reading import read
        from bot.testing.run import too_many_known_failures

        try:
            problem = too_many_known_failures(read([self.path.parent]))
        except BadScript as bad:
            pytest.fail(str(bad), pytrace=False)
        if problem:
            pytest.fail(problem, pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, "known failures"
