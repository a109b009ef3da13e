"""How our accounts stand on a channel: whether they may speak, how far they have read, and how much waits in each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.store.records import Quota
from bot.store.unit_of_work import UnitOfWork

ALL = ""
"""In place of an account: what stops all of them."""


@dataclass(frozen=True)
class Reading:
    """How far an account has read."""

    mark: int | None = None
    """The id, at the channel, of the last event that is kept; None before the first time."""
    good_at: datetime | None = None
    """When the list was read to its end last."""
    heard_at: datetime | None = None
    """When the newest event was made."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "mark": str(self.mark) if self.mark is not None else None,
            "good_at": self.good_at.isoformat() if self.good_at else None,
            "heard_at": self.heard_at.isoformat() if self.heard_at else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Reading:
        data = data or {}
        mark, good_at, heard_at = (data.get(name) for name in ("mark", "good_at", "heard_at"))
        return cls(int(mark) if mark is not None else None, _moment(good_at), _moment(heard_at))


@dataclass(frozen=True)
class LineState:
    """Whether an account may speak, as it was found last."""

    state: str
    """As the channel names it."""
    told: str = ""
    """What to do about it, in words for staff. Holds no secret."""
    since: datetime | None = None
    checked_at: datetime | None = None
    until: datetime | None = None
    """When it is asked again."""
    id: str = ""
    """The account's own id at the channel."""
    key: str = ""
    """Tells the tokens with which it was found from others, without holding them."""

    def to_dict(self) -> dict[str, Any]:
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in vars(self).items()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> LineState:
        moments = {name: _moment(data.get(name)) for name in ("since", "checked_at", "until")}
        return cls(data["state"], data.get("told", ""), id=data.get("id", ""), key=data.get("key", ""), **moments)


@dataclass(frozen=True)
class Line:
    """All that is told of one account on a channel."""

    account: str
    state: LineState | None
    """None where it never ran."""
    reading: Reading = field(default_factory=Reading)
    counts: Mapping[str, int] = field(default_factory=dict)
    """Messages by state: "received" and "queued" wait, "sending" is on its way or in doubt, "failed", "uncertain"."""
    quotas: tuple[Quota, ...] = ()
    came_in: int = 0
    """Messages in the last 24 hours; 0 where they were not counted."""
    usually: float | None = None
    """Messages in 24 hours, over the two weeks before; None where there were none."""

    @property
    def sends_left(self) -> int | None:
        """The least that any limit leaves; None where nothing was sent yet."""
        return min((quota.remaining for quota in self.quotas if quota.window.startswith("send")), default=None)

    def to_dict(self) -> dict[str, Any]:
        """For programs: JSON."""
        state = self.state.to_dict() if self.state else {}
        return {
            **{name: state.get(name) for name in ("state", "told", "since", "checked_at", "until", "id")},
            "polled_at": self.reading.good_at.isoformat() if self.reading.good_at else None,
            "last_event_at": self.reading.heard_at.isoformat() if self.reading.heard_at else None,
            "waiting_in": self.counts.get("received", 0),
            "waiting_out": self.counts.get("queued", 0),
            "on_the_way": self.counts.get("sending", 0),
            "failed": self.counts.get("failed", 0),
            "uncertain": self.counts.get("uncertain", 0),
            "came_in": self.came_in,
            "usually": self.usually,
            "quotas": [
                {
                    "of": "app" if quota.account == ALL else "account",
                    "window": quota.window,
                    "limit": quota.limit,
                    "remaining": quota.remaining,
                    "reserved": quota.reserved,
                    "resets_at": quota.resets_at.isoformat() if quota.resets_at else None,
                }
                for quota in self.quotas
            ],
        }


def get_reading(work: UnitOfWork, account: str, *, channel: str) -> Reading:
    return Reading.from_dict(work.channels.get_state(account, f"{channel}.reading"))


def keep_reading(work: UnitOfWork, account: str, reading: Reading, *, channel: str) -> None:
    work.channels.put_state(account, f"{channel}.reading", reading.to_dict())


def get_state(work: UnitOfWork, account: str, *, channel: str) -> LineState | None:
    found = work.channels.get_state(account, f"{channel}.state")
    return LineState.from_dict(found) if found else None


def keep_state(work: UnitOfWork, account: str, state: LineState | None, *, channel: str) -> None:
    """`account` may be ALL; None where nothing stops them any more."""
    work.channels.put_state(account, f"{channel}.state", state.to_dict() if state else None)


def find(
    work: UnitOfWork, accounts: Collection[str], *, channel: str, at: datetime, with_volumes: bool = True
) -> list[Line]:
    """Those accounts as they stand, in their order. Without volumes what came in is not counted: whoever asks again
    and again need not go through the messages of two weeks."""
    states = work.channels.find_states([f"{channel}.state", f"{channel}.reading"])
    counts = work.messages.count_by_account(channel)
    volumes = work.messages.count_incoming(channel, at=at) if with_volumes else {}
    quotas = work.quotas.find([*accounts, ALL])
    stopped = states.get((ALL, f"{channel}.state"))
    return [
        Line(
            account,
            _state_of(stopped or states.get((account, f"{channel}.state"))),
            Reading.from_dict(states.get((account, f"{channel}.reading"))),
            counts.get(account, {}),
            tuple(_at(quota, at) for quota in quotas if quota.account in (account, ALL)),
            *volumes.get(account, (0, None)),
        )
        for account in accounts
    ]


def _at(quota: Quota, at: datetime) -> Quota:
    """As it stands then: full again where its time is over."""
    is_over = quota.resets_at is not None and quota.resets_at <= at
    return replace(quota, remaining=quota.limit, resets_at=None) if is_over else quota


def _state_of(data: Mapping[str, Any] | None) -> LineState | None:
    return LineState.from_dict(data) if data else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
