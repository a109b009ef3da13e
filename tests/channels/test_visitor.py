from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.channels.visitor import address_of
from bot.settings import Settings, SettingsError


def _request(**fields: Any) -> Any:
    return SimpleNamespace(**{"remote_addr": "", "ip": "", **fields})


@pytest.mark.parametrize(
    ("request_", "address"),
    [
        (_request(ip="192.0.2.7"), "192.0.2.7"),
        (_request(ip="127.0.0.1", remote_addr="192.0.2.7"), "192.0.2.7"),
        (_request(ip="2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64"),
        (_request(ip="::ffff:192.0.2.7"), "192.0.2.7"),
        (_request(remote_addr="unknown"), "unknown"),
        (_request(), ""),
    ],
    ids=["direct", "behind a proxy", "IPv6", "IPv4 in IPv6", "not told", "none"],
)
def test_an_address_is_as_many_people_as_a_home(request_: Any, address: str) -> None:
    assert address_of(request_) == address


@pytest.mark.parametrize(("text", "proxies"), [("", None), ("0", None), ("2", 2)])
def test_how_many_proxies_is_a_setting(text: str, proxies: int | None) -> None:
    assert Settings.read({"JOBCENTRE_PROXIES": text}).proxies == proxies


@pytest.mark.parametrize("text", ["one", "-1", "99"])
def test_a_wrong_number_of_proxies_is_named(text: str) -> None:
    with pytest.raises(SettingsError, match="JOBCENTRE_PROXIES"):
        Settings.read({"JOBCENTRE_PROXIES": text})
