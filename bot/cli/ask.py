"""`jobcentre ask`: questions answered by the real assistant, without servers."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from bot.jobcentre.conversation import Incoming
from bot.jobcentre.errors import BadInput
from bot.jobcentre.typed_times import start_of
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.assistant.turn import Assistant, Outcome

CHANNEL = "ask"


@click.command()
@click.argument("question", required=False)
@click.option("--at", metavar="WHEN", help="The clock for the question, such as 2026-11-20T10:30. London time.")
@click.option("--account", metavar="HANDLE", default="", help="The account that is asked, such as JCPinLeeds.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as one line of JSON.")
@click.option("--conversation", metavar="ID", help="Continue the conversation of that name.")
@click.option("--batch", metavar="FILE", help='Answer a file of JSON lines, one for each; "-" is standard input.')
def ask(
    question: str | None, at: str | None, account: str, as_json: bool, conversation: str | None, batch: str | None
) -> None:
    """Ask the assistant one question, or many.

    \b
    jobcentre ask "is leeds park place open tomorrow" --account JCPinLeeds
    jobcentre ask --batch questions.jsonl > answers.jsonl
    """
    if (question is None) == (batch is None):
        raise click.UsageError('give one question in quotes, or --batch FILE ("-" for standard input)')
    if batch is not None:
        sys.exit(_ask_many(batch))
    line = {"text": question, "conversation": conversation, "at": at, "account": account}
    moment = _moment(at, Settings.read(os.environ).clock())
    outcome = _answer(_assistant(), {k: v for k, v in line.items() if v is not None}, moment)
    click.echo(json.dumps(outcome, ensure_ascii=False) if as_json else outcome["reply"] or "(no reply)")


def _assistant() -> Assistant:
    from bot.assistant.loading import load_assistant

    assistant: Assistant = load_assistant(Settings.read(os.environ))
    return assistant


def _ask_many(batch: str) -> int:
    """Answer line by line; returns the exit code."""
    with _opened(batch) as lines:
        assistant = _assistant()
        failed = False
        for number, line in _numbered(lines):
            answer = _answer_line(assistant, line, number)
            failed = failed or "error" in answer
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return 1 if failed else 0


def _opened(batch: str) -> IO[bytes]:
    if batch == "-":
        return sys.stdin.buffer
    try:
        return Path(batch).open("rb")
    except OSError as error:
        raise BadInput(f"{batch} cannot be read: {error.strerror}") from error


def _numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _answer_line(assistant: Assistant, line: bytes, number: int) -> dict[str, Any]:
    try:
        asked = json.loads(line.decode("utf-8"))
    except ValueError as error:
        return {"id": None, "error": f"line {number} is not JSON: {error}"}
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        name = asked.get("id") if isinstance(asked, dict) else None
        return {"id": name, "error": f'line {number} has no "text"'}
    try:
        return _answer(assistant, asked, _moment(asked.get("at"), assistant.clock()))
    except BadInput as error:
        return {"id": asked.get("id"), "error": f"line {number}: {error}"}


def _moment(text: Any, now: datetime) -> datetime | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise BadInput('"at" must be a time in quotes, such as "2026-11-20T10:30"')
    return start_of(text, now)


def _answer(assistant: Assistant, asked: dict[str, Any], at: datetime | None) -> dict[str, Any]:
    """One line out. Without a conversation each line is a new person."""
    now = assistant.clock()
    conversation = asked.get("conversation") or secrets.token_hex(8)
    incoming = Incoming(
        account=str(asked.get("account") or ""),
        sender=f"ask:{conversation}",
        text=asked["text"],
        sent_at=now,
        message_id=f"ask:{secrets.token_hex(12)}",
        channel=CHANNEL,
        at=at or now,
    )
    outcome = assistant.answer(incoming, is_trial=True)
    if outcome is None:
        raise BadInput("another process is answering this conversation: try again")
    return {"id": asked.get("id"), "conversation": asked.get("conversation") or conversation, **_line(outcome)}


def _line(outcome: Outcome) -> dict[str, Any]:
    """An outcome as the contract gives it."""
    kinds = [kind.value for kind in outcome.kinds]
    handoff = outcome.handoff
    return {
        "reply": outcome.reply,
        "kind": kinds[0] if kinds else None,
        "kinds": kinds,
        "asks": outcome.asks.value if outcome.asks else None,
        "offices": outcome.offices,
        "opening": outcome.opening,
        "at": outcome.at.isoformat() if outcome.at else None,
        "topics": outcome.topics,
        "language": outcome.language.value,
        "handoff": {"reason": handoff.value, "priority": handoff.priority.value} if handoff else None,
        "state": outcome.state.value,
        "redacted": list(outcome.redacted),
        "confidence": round(outcome.confidence, 2),
        "ms": round(outcome.milliseconds, 1),
    }
