"""Puts an assistant together: the store, the trained model of these sources, the wording."""

from __future__ import annotations

import logging
import os
import sys
import traceback
import warnings
from collections.abc import Iterator
from copy import copy
from typing import TYPE_CHECKING, Any

import structlog

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.assistant.turn import Assistant

# What the imports of Rasa's own dependencies print, by its text (finding 15); everything else stays visible.
_NOT_OURS = (
    "Deprecated API features",
    "pkg_resources",
    "declare_namespace",
    "distutils",
    "load_module",
    "setParse",
    "parseString",
    "resetCache",
    "setName",
    "oneOf",
    "enablePackrat",
    "Slot auto-fill",
)


class Wordless(logging.Formatter):
    """Shows of an error its type and its place, and leaves out its message: that may quote what a person wrote.

    Rasa logs the errors of actions with all their text, so this cannot be left to our own log lines.
    """

    def format(self, record: logging.LogRecord) -> str:
        record = copy(record)
        record.exc_text = None  # another handler may have left its own, with the message
        return super().format(record)

    def formatException(self, info: Any) -> str:  # noqa: N802 — logging's name
        return "\n".join(_frames(info[1])) if info[1] else ""


def _frames(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _frames(cause)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    yield type(error).__qualname__


def quiet() -> None:
    """Before Rasa is imported: no telemetry, no debug lines with message text (finding 23), no warnings of others."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    import sanic.app  # noqa: F401 — sets a filter of its own when it is imported, so ours come after it

    for text in _NOT_OURS:
        warnings.filterwarnings("ignore", message=f"(?s).*{text}")
    # Rasa's own set-up would log to stdout, where `ask` prints its answers.
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Wordless("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.render_to_log_kwargs],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def load_assistant(settings: Settings) -> Assistant:
    """The assistant on the configured database. Raises NoModel, StoreError."""
    quiet()
    from bot.assistant.rasa_runner import RasaRunner
    from bot.assistant.training import find_model
    from bot.assistant.turn import Assistant
    from bot.services.knowledge import knowledge_at

    model = find_model(settings.models)
    knowledge = knowledge_at(settings.database_url)
    knowledge.store.check()
    runner = RasaRunner.load(model)
    return Assistant(knowledge, runner, runner.responses, settings.clock)
