"""Nothing personal is kept or logged, and nobody's words are logged at all."""

from __future__ import annotations

import json
import logging
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from bot.assistant.loading import Wordless
from bot.assistant.turn import Engine, Said
from bot.channels.answering import log_error
from tests.assistant.test_ask import ask
from tests.assistant.worlds import ACCOUNT, BrokenEngine, SqliteTemplate, World, personal

SECRETS = {
    "national_insurance_number": ("my NI number is AB 12 34 56 C", ["AB 12 34 56 C", "AB123456C", "123456"]),
    "phone_number": ("ring me on 07700 900123 please", ["07700 900123", "07700900123", "900123"]),
    "email_address": ("write to jo.bloggs@example.org", ["jo.bloggs@example.org", "bloggs"]),
    "date_of_birth": ("i was born on 14/02/1987", ["14/02/1987"]),
    "bank_details": ("sort code 12-34-56 account number 87654321", ["12-34-56", "87654321"]),
    "card_number": ("card 4111 1111 1111 1111", ["4111 1111 1111 1111", "4111111111111111"]),
    "postcode": ("i live at LS6 3HN", ["LS6 3HN", "LS63HN"]),
    "nhs_number": ("my nhs number is 943 476 5919", ["943 476 5919", "9434765919", "5919"]),
    "reference_number": ("my claim reference is 5566778899", ["5566778899"]),
}
DISGUISED = {
    "look-alike letters": ("ＡＢ １２ ３４ ５６ Ｃ", ["ＡＢ １２", "AB 12"]),
    "marked up": ("<b>AB</b><i>123456</i>C", ["123456", "<b>AB"]),
    "in a link": ("https://x.example/?n=AB%2012%2034%2056%20C", ["AB%2012", "AB 12"]),
    "spelled out": ("alpha bravo one two three four five six charlie", ["four five six", "123456"]),
    "hidden characters": ("A\u200bB\u200b12\u20603456\u202eC", ["123456", "3456\u202eC", "3456C"]),
    "backwards": ("C654321BA", ["654321"]),
}
QUESTION = "is leeds park place open"


def _bytes_of(world: World) -> bytes:
    """Everything of the database that lies on disk, the write-ahead log included."""
    file = Path(str(make_url(world.url).database))
    return b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What is logged at a level in use: warnings of everybody, and all of our own."""
    caplog.handler.setFormatter(Wordless("%(message)s"))
    caplog.set_level(logging.WARNING)
    for ours in ("bot", "actions"):
        caplog.set_level(logging.DEBUG, ours)
    yield caplog
    logging.getLogger().setLevel(logging.WARNING)


@pytest.mark.parametrize(("kind", "words", "secrets"), [(k, *v) for k, v in SECRETS.items()], ids=SECRETS)
@pytest.mark.parametrize(
    "order", ["{words}. {question}?", "{question}? {words}", "{words}"], ids=["1st", "2nd", "alone"]
)
def test_personal_data_is_nowhere_after_the_turn(
    world: World,
    logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    kind: str,
    words: str,
    secrets: list[str],
    order: str,
) -> None:
    outcome = world.say(order.format(words=words, question=QUESTION))
    assert kind in outcome.redacted
    printed = capfd.readouterr()
    for place in (
        _bytes_of(world).decode("utf-8", "replace"),
        personal(outcome),
        logged.text,
        printed.out,
        printed.err,
    ):
        assert [secret for secret in secrets if secret in place] == []


@pytest.mark.parametrize(("words", "secrets"), DISGUISED.values(), ids=DISGUISED)
def test_a_disguised_number_is_nowhere_after_the_turn(
    world: World, logged: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], words: str, secrets: list[str]
) -> None:
    outcome = world.say(f"{QUESTION}? {words}")
    assert outcome.redacted == ("national_insurance_number",)
    assert [kind.value for kind in outcome.kinds] == ["office_open", "personal_data"]
    printed = capfd.readouterr()
    everywhere = _bytes_of(world).decode("utf-8", "replace"), personal(outcome), logged.text, printed.out, printed.err
    assert [secret for secret in secrets for place in everywhere if secret in place] == []


def test_a_number_in_two_messages_is_nowhere_after_both_turns(
    world: World, logged: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    world.say("my ni number starts AB 12 34")
    outcome = world.say("then 56 C")
    assert "national_insurance_number" in outcome.redacted
    printed = capfd.readouterr()
    everywhere = (
        _bytes_of(world).decode("utf-8", "replace") + personal(outcome) + logged.text + printed.out + printed.err
    )
    assert "12 34" not in everywhere
    assert "56 C" not in everywhere


@dataclass
class Interrupted:
    """An engine to which a further message comes in while it answers."""

    engine: Engine
    interrupt: Callable[[], object]

    def say(self, conversation_id: str, text: str, dialogue: Any, turn: dict[str, Any]) -> Said:
        said = self.engine.say(conversation_id, text, dialogue, turn)
        self.interrupt()
        return said

    def hear(self, text: str) -> tuple[str, ...]:
        return self.engine.hear(text)


def test_nor_where_the_second_comes_in_while_the_first_is_answered(world: World) -> None:
    alone = world.assistant.engine
    world.assistant.engine = Interrupted(alone, lambda: world.send("then 56 C"))
    world.say("my ni number starts AB 12 34")
    world.assistant.engine = alone
    assert world.assistant.take_turn() is not None
    everywhere = _bytes_of(world).decode("utf-8", "replace")
    assert "12 34" not in everywhere
    assert "56 C" not in everywhere


@pytest.mark.slow
def test_a_whole_process_leaves_none_of_it_anywhere(sqlite_sample: SqliteTemplate, model: Path, tmp_path: Path) -> None:
    url = sqlite_sample.new()
    told = {
        **{kind: words for kind, (words, _) in SECRETS.items()},
        **{n: words for n, (words, _) in DISGUISED.items()},
    }
    asked = [{"id": name, "text": words, "account": ACCOUNT} for name, words in told.items()]
    done = ask(url, "--batch", "-", lines="\n".join(json.dumps(line) for line in asked))
    assert done.returncode == 0, done.stderr
    assert all(json.loads(line)["redacted"] for line in done.stdout.splitlines())
    file = Path(str(make_url(url).database))
    on_disk = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*")).decode("utf-8", "replace")
    leaked = [
        s for _, secrets in (*SECRETS.values(), *DISGUISED.values()) for s in secrets if s in on_disk + done.stderr
    ]
    assert leaked == []
    assert [s for _, secrets in SECRETS.values() for s in secrets if s in done.stdout] == []


ALONE, OFFICE, CASE = ["personal_data"], ["office_open", "personal_data"], ["individual_case", "personal_data"]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("AB 12 34 56 C", ALONE),
        ("my NI number is AB 12 34 56 C", ALONE),
        ("fy rhif yswiriant gwladol yw AB123456C", ALONE),
        (f"my NI number is AB 12 34 56 C. {QUESTION}?", OFFICE),
        (f"{QUESTION}? ring me on 07700 900123", OFFICE),
        ("when will my payment arrive, my nino is AB123456C", CASE),
    ],
)
def test_it_is_warned_of_beside_what_is_asked(world: World, words: str, kinds: list[str]) -> None:
    assert [kind.value for kind in world.say(words).kinds] == kinds


def test_the_numbers_of_the_directory_are_nobodys(world: World) -> None:
    outcome = world.say("is 0800 328 5644 the right number for universal credit")
    assert outcome.redacted == ()
    assert "0800 328 5644" in world.transcript()[0].text


MARK = "wombat marmalade"


@pytest.mark.parametrize("words", [f"is leeds open {MARK}", f"{MARK} {MARK}", f"i want to kill myself {MARK}"])
def test_nobodys_words_are_logged(
    world: World, logged: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], words: str
) -> None:
    world.say(words)
    printed = capfd.readouterr()
    assert MARK not in logged.text + printed.out + printed.err


def test_nor_when_an_error_quotes_them(
    world: World,
    logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(desk: object, utterance: object) -> None:
        raise ValueError(f"cannot read {utterance}")

    monkeypatch.setattr("actions.answer.answer", fail)
    outcome = world.say(f"is leeds open {MARK}")
    assert str(outcome.reply).startswith("Sorry")
    printed = capfd.readouterr()
    assert MARK not in logged.text + printed.out + printed.err
    # What went wrong, and where, is there to be found.
    assert "ValueError" in logged.text
    assert "in fail" in logged.text
    assert not [record for record in logged.records if MARK in record.getMessage()]


def test_nor_when_the_engine_fails(
    world: World, logged: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(words: str) -> Said:
        raise RuntimeError(f"no idea about {words}")

    world.assistant.engine = BrokenEngine(fail)
    world.say(f"is leeds open {MARK}")
    printed = capfd.readouterr()
    assert "RuntimeError" in logged.text
    assert MARK not in logged.text + printed.out + printed.err


def test_nor_when_the_database_fails(
    world: World, logged: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(str(make_url(world.url).database)) as file:
        file.execute("CREATE TRIGGER no_room BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    file.close()
    with pytest.raises(Exception, match="disk full") as failed:
        world.say(f"is leeds open {MARK}")
    log_error(failed.value)
    assert MARK not in "".join(traceback.format_exception(failed.type, failed.value, failed.tb))
    printed = capfd.readouterr()
    assert MARK not in logged.text + printed.out + printed.err


def test_an_error_is_logged_by_its_kind_and_place_through_all_its_causes() -> None:
    try:
        try:
            raise KeyError("what the person wrote")
        except KeyError as cause:
            raise RuntimeError("and again") from cause
    except RuntimeError as error:
        text = Wordless().formatException((type(error), error, error.__traceback__))
    assert "KeyError" in text
    assert "RuntimeError" in text
    assert "test_privacy.py" in text
    assert "person wrote" not in text
    assert "and again" not in text
