"""Credentials that are put right are used without a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.x.accounts import State, find_settings
from bot.jobcentre.errors import BadInput
from tests.channels.x.desk import Desk
from tests.fake_x import FakeX
from tests.fake_x.credentials import write_credentials, write_secrets

OPEN = "are you open today"


@pytest.fixture
def file(x: FakeX, desk: Desk, tmp_path: Path) -> Path:
    """credentials.yml, with its secrets in files, from which the channel reads."""
    file, secrets = tmp_path / "credentials.yml", tmp_path / "secrets"
    write_secrets(x, secrets)
    write_credentials(x, file, secrets)
    settings = find_settings(file, {})
    assert settings
    desk.board.settings = settings
    return file


def state_of(desk: Desk) -> str:
    state = desk.report().state
    return state.state if state else ""


def test_new_tokens_are_tried_at_once(x: FakeX, desk: Desk, file: Path) -> None:
    account = x.world.account_of_name("JCPinLeeds")
    account.token = f"{account.id}-new"
    x.write("anna", "JCPinLeeds", OPEN)
    desk.work()
    assert state_of(desk) == State.TOKENS_REFUSED.value
    asked = len(x.journal.find())
    desk.does(desk.board.reread())
    desk.read()
    assert len(x.journal.find()) == asked, "nothing has changed, so nothing is asked"

    write_secrets(x, file.parent / "secrets")
    desk.does(desk.board.reread())
    desk.work()
    assert desk.said() == [f"1: {OPEN}"]
    assert state_of(desk) == State.READY.value


def test_the_other_accounts_go_on_as_they_were(x: FakeX, desk: Desk, file: Path) -> None:
    x.world.account_of_name("JCPinLeeds").is_revoked = True
    desk.work()
    york = desk.line("JCPinYork")
    client, standing = york.client, york.standing
    (file.parent / "secrets" / "JCPinLeeds" / "access_token").write_text("another")
    desk.does(desk.board.reread())
    assert (york.client, york.standing) == (client, standing)


def test_a_number_put_right_is_read_from_the_file_itself(x: FakeX, desk: Desk, file: Path) -> None:
    right = file.read_text()
    file.write_text(right.replace(x.world.account_of_name("JCPinLeeds").id, "77"))
    desk.does(desk.board.reread())
    desk.read()
    assert state_of(desk) == State.WRONG_ACCOUNT.value
    file.write_text(right)
    desk.does(desk.board.reread())
    desk.read()
    assert state_of(desk) == State.READY.value


def test_a_file_that_cannot_be_read_changes_nothing(x: FakeX, desk: Desk, file: Path) -> None:
    desk.read("JCPinYork")
    before = desk.line("JCPinYork").account
    file.write_text("a: [")
    with pytest.raises(BadInput):
        desk.does(desk.board.reread())
    file.unlink()
    desk.does(desk.board.reread())
    assert desk.line("JCPinYork").account == before


def test_while_all_may_speak_nothing_is_read(desk: Desk, file: Path) -> None:
    desk.read_all()
    file.write_text("a: [")
    desk.does(desk.board.reread())
