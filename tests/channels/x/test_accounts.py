"""Which accounts may speak on X."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.x.accounts import Standing, State, XSettings, check_all, read_settings, standing_after
from bot.channels.x.client import Client, open_session
from bot.channels.x.errors import NotAllowed, NotFound, Refusal, Unavailable, Unsure
from bot.jobcentre.errors import BadInput
from tests.fake_x import FakeX
from tests.fake_x.__main__ import write_secrets
from tests.fake_x.world import Permission

SECRET = "a-secret-that-nobody-may-see"


@pytest.fixture
def section(x: FakeX, tmp_path: Path) -> dict[str, Any]:
    """credentials.yml for the two accounts of the fake, whose secrets are files."""
    write_secrets(x, tmp_path)
    return {
        "consumer_key": "env:X_KEY",
        "consumer_secret": f"file:{tmp_path}/consumer_secret",
        "access_token": f"file:{tmp_path}/{{handle}}/access_token",
        "access_token_secret": f"file:{tmp_path}/{{handle}}/access_token_secret",
        "base_url": x.url,
        "accounts": {account.username: account.id for account in x.world.accounts()},
    }


def settings(x: FakeX, section: dict[str, Any]) -> XSettings:
    return read_settings(section, {"X_KEY": x.world.app.consumer_key})


def standings(
    x: FakeX, section: dict[str, Any], ours: tuple[str, ...] = ("JCPinLeeds", "jcpinyork")
) -> dict[str, Standing]:
    async def run() -> dict[str, Standing]:
        found = settings(x, section)
        async with open_session() as session:
            return await check_all(
                found.accounts, lambda tokens: Client(tokens, session, x.clock, found.base_url), ours
            )

    return asyncio.run(run())


def test_accounts_with_their_own_tokens_are_ready(x: FakeX, section: dict[str, Any]) -> None:
    found = standings(x, section)
    assert {handle: standing.state for handle, standing in found.items()} == {
        "JCPinLeeds": State.READY,
        "JCPinYork": State.READY,
    }
    assert [standing.owner.id for standing in found.values() if standing.owner] == [a.id for a in x.world.accounts()]


def test_without_an_id_the_name_is_compared(x: FakeX, section: dict[str, Any]) -> None:
    section["accounts"] = ["@jcpinleeds"]
    section["access_token"] = section["access_token"].replace("{handle}", "JCPinLeeds")
    section["access_token_secret"] = section["access_token_secret"].replace("{handle}", "JCPinLeeds")
    assert standings(x, section)["jcpinleeds"].is_ready


def _swap_tokens(x: FakeX, section: dict[str, Any]) -> None:
    for name in ("access_token", "access_token_secret"):
        section[name] = section[name].replace("{handle}", "JCPinYork")


def _id_of_another(x: FakeX, section: dict[str, Any]) -> None:
    section["accounts"] = {"JCPinLeeds": "7", "JCPinYork": None}


def _revoke(x: FakeX, section: dict[str, Any]) -> None:
    x.world.account_of_name("JCPinLeeds").is_revoked = True


def _take_permission(x: FakeX, section: dict[str, Any]) -> None:
    x.world.account_of_name("JCPinLeeds").permission = Permission.READ_AND_WRITE


def _suspend(x: FakeX, section: dict[str, Any]) -> None:
    x.world.account_of_name("JCPinLeeds").is_suspended = True


def _lose_tokens(x: FakeX, section: dict[str, Any]) -> None:
    Path(section["access_token"].removeprefix("file:").replace("{handle}", "JCPinLeeds")).unlink()


def _empty_tokens(x: FakeX, section: dict[str, Any]) -> None:
    Path(section["access_token"].removeprefix("file:").replace("{handle}", "JCPinLeeds")).write_text("\n")


def _limit(x: FakeX, section: dict[str, Any]) -> None:
    x.faults.add("too_many", account="JCPinLeeds")


def _break(x: FakeX, section: dict[str, Any]) -> None:
    x.faults.add("unavailable_html", account="JCPinLeeds")


def _forget(x: FakeX, section: dict[str, Any]) -> None:
    x.faults.add("not_found", account="JCPinLeeds")


@pytest.mark.parametrize(
    ("change", "state", "word"),
    [
        (_swap_tokens, State.WRONG_ACCOUNT, "@JCPinYork"),
        (_id_of_another, State.WRONG_ACCOUNT, "@JCPinLeeds"),
        (_revoke, State.TOKENS_REFUSED, "they are kept"),
        (_take_permission, State.NO_PERMISSION, "Direct message"),
        (_suspend, State.SUSPENDED, "sign in"),
        (_lose_tokens, State.NO_TOKENS, "JCPinLeeds/access_token)"),
        (_empty_tokens, State.NO_TOKENS, "JCPinLeeds/access_token)"),
        (_limit, State.WAITING, "until"),
        (_break, State.UNREACHABLE, "503"),
        (_forget, State.UNREACHABLE, "404"),
    ],
)
def test_what_is_wrong_with_one_account_is_said_and_the_other_is_unharmed(
    x: FakeX,
    section: dict[str, Any],
    change: Callable[[FakeX, dict[str, Any]], None],
    state: State,
    word: str,
) -> None:
    change(x, section)
    found = standings(x, section)
    assert found["JCPinLeeds"].state is state
    assert word in found["JCPinLeeds"].told
    assert found["JCPinYork"].is_ready


def _no_credit(x: FakeX) -> None:
    x.faults.add("credits")


def _not_enrolled(x: FakeX) -> None:
    x.world.app.is_enrolled = False


@pytest.mark.parametrize(("change", "state"), [(_no_credit, State.NO_CREDIT), (_not_enrolled, State.APP_REFUSED)])
def test_what_is_wrong_with_the_app_is_wrong_for_all(
    x: FakeX, section: dict[str, Any], change: Callable[[FakeX], None], state: State
) -> None:
    change(x)
    assert {standing.state for standing in standings(x, section).values()} == {state}
    assert state.is_of_all


def test_an_account_without_an_area_is_not_asked_for(x: FakeX, section: dict[str, Any]) -> None:
    found = standings(x, section, ours=("JCPinYork",))
    assert found["JCPinLeeds"].state is State.NO_AREA
    assert "jobcentre accounts add JCPinLeeds" in found["JCPinLeeds"].told
    assert x.journal.find(account="JCPinLeeds") == []


def test_a_press_office_is_refused_by_its_name_before_x_is_asked(x: FakeX, section: dict[str, Any]) -> None:
    x.world.add_account("DWP_PressOffice")
    write_secrets(x, Path(section["consumer_secret"].removeprefix("file:")).parent)
    section["accounts"] = ["DWP_PressOffice"]
    assert standings(x, section, ours=("DWP_PressOffice",))["DWP_PressOffice"].state is State.PRESS_OFFICE
    assert x.journal.find() == []


def test_a_press_office_is_refused_by_whose_tokens_they_are(x: FakeX, section: dict[str, Any]) -> None:
    x.world.account_of_name("JCPinLeeds").username = "dwppressoffice"
    found = standings(x, section)
    assert found["JCPinLeeds"].state is State.PRESS_OFFICE
    assert found["JCPinYork"].is_ready


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"accounts": {}}, "accounts"),
        ({"accounts": None}, "accounts"),
        ({"accounts": "JCPinLeeds"}, "accounts"),
        ({"accounts": ["JCP in Leeds"]}, "JCP in Leeds"),
        ({"accounts": {"JCPinLeeds": "@leeds"}}, "digits"),
        ({"accounts": ["JCPinLeeds", "jcpinleeds"]}, "same account"),
        ({"accounts": {"JCPinLeeds": 7, "JCPinYork": "7"}}, "same account"),
        ({"access_tokens": "env:X"}, "access_tokens"),
        ({"access_token": None}, "access_token"),
        ({"access_token_secret": SECRET}, "access_token_secret"),
        ({"base_url": "http://api.x.com"}, "https"),
        ({"base_url": "http://localhost.example.org"}, "https"),
    ],
    ids=str,
)
def test_a_section_that_cannot_be_used_says_what_is_wrong(
    x: FakeX, section: dict[str, Any], change: dict[str, Any], word: str
) -> None:
    with pytest.raises(BadInput) as caught:
        settings(x, {**section, **change})
    assert word in str(caught.value)
    assert SECRET not in str(caught.value)


def test_no_secret_is_in_a_repr(x: FakeX, section: dict[str, Any]) -> None:
    shown = repr(settings(x, section))
    assert [a.username for a in x.world.accounts() if a.username in shown] == ["JCPinLeeds", "JCPinYork"]
    assert [a for a in x.world.accounts() if a.token in shown or a.token_secret in shown] == []


@pytest.mark.parametrize("error", [NotAllowed("no", Refusal.RECIPIENT), NotFound("no")], ids=["recipient", "not found"])
def test_what_concerns_one_person_is_no_matter_of_the_account(error: Any) -> None:
    assert standing_after(error) is None


@pytest.mark.parametrize("error", [Unavailable("no"), Unsure("no"), NotAllowed("no", Refusal.POLICY)], ids=str)
def test_what_passes_is_said_to_pass(error: Any) -> None:
    standing = standing_after(error)
    assert standing is not None
    assert standing.state.is_passing
