"""What X's headers say of its limits."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.channels.x.rates import Scope, Window, skew_of, wait_of, windows_of

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=timezone.utc)
QUARTER, USER, APP = "x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour"


def headers(prefix: str, remaining: int, minutes: float, limit: int = 15) -> dict[str, str]:
    reset = int((NOW + timedelta(minutes=minutes)).timestamp())
    return {f"{prefix}-limit": str(limit), f"{prefix}-remaining": str(remaining), f"{prefix}-reset": str(reset)}


def test_each_family_is_a_window() -> None:
    told = {**headers(QUARTER, 3, 10), **headers(APP, 7, 600, 1440)}
    assert windows_of(told, NOW) == {
        Scope.ACCOUNT_QUARTER: Window(15, 3, NOW + timedelta(minutes=10)),
        Scope.APP_DAY: Window(1440, 7, NOW + timedelta(hours=10)),
    }


@pytest.mark.parametrize("minutes", [-1, 0, 25 * 60 + 1, 1e7], ids=str)
def test_a_window_that_is_over_or_absurd_is_none(minutes: float) -> None:
    assert windows_of(headers(QUARTER, 3, minutes), NOW) == {}


@pytest.mark.parametrize("name", ["limit", "remaining", "reset"])
@pytest.mark.parametrize("value", [None, "", "soon", "9" * 30])
def test_a_family_is_told_in_full_or_not_at_all(name: str, value: str | None) -> None:
    told = {key: text for key, text in headers(QUARTER, 3, 10).items() if key != f"{QUARTER}-{name}"}
    if value is not None:
        told[f"{QUARTER}-{name}"] = value
    assert windows_of(told, NOW).keys() <= ({Scope.ACCOUNT_QUARTER} if value == "9" * 30 and name != "reset" else set())


def test_times_are_by_our_clock() -> None:
    told = {**headers(QUARTER, 3, 10), "Date": "Fri, 20 Nov 2026 08:58:00 GMT"}
    assert skew_of(told, NOW) == timedelta(minutes=2)
    assert windows_of(told, NOW)[Scope.ACCOUNT_QUARTER].resets_at == NOW + timedelta(minutes=12)


@pytest.mark.parametrize("date", ["", "yesterday", "Fri, 99 Nov 2026 08:58:00 GMT"])
def test_a_date_that_cannot_be_read_says_nothing(date: str) -> None:
    assert skew_of({"Date": date}, NOW) == timedelta()


@pytest.mark.parametrize(
    ("told", "wait", "scope"),
    [
        ({}, 15, None),
        ({"Retry-After": "120"}, 2, None),
        ({"Retry-After": "Fri, 20 Nov 2026 09:05:00 GMT"}, 15, None),
        ({"Retry-After": "0"}, 15, None),
        (headers(QUARTER, 3, 10), 15, None),
        (headers(QUARTER, 0, 10), 10, Scope.ACCOUNT_QUARTER),
        ({**headers(QUARTER, 3, 10), **headers(APP, 0, 600)}, 600, Scope.APP_DAY),
        ({**headers(QUARTER, 0, 10), **headers(USER, 0, 300), **headers(APP, 2, 600)}, 300, Scope.ACCOUNT_DAY),
    ],
)
def test_the_latest_reset_of_what_is_used_up_counts(told: dict[str, str], wait: float, scope: Scope | None) -> None:
    assert wait_of(windows_of(told, NOW), told, NOW) == (NOW + timedelta(minutes=wait), scope)
