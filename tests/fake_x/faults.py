"""What can go wrong on X's side, switched on by name, for one account or all, a number of times or until lifted."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.fake_x import answer
from tests.fake_x.answer import HTML, Answer, Ending
from tests.fake_x.limits import CALLS, READS, SENDS

_PAGE = b"<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Something went wrong</h1></body></html>"

INSTEAD: Mapping[str, Callable[[], Answer]] = {
    # Answered at once: the call does nothing.
    "unauthorized": answer.unauthorized,
    "credits": answer.credits_depleted,
    "usage_cap": lambda: answer.problem(
        429,
        "UsageCapExceeded",
        "Usage cap exceeded: Monthly product cap",
        "usage-capped",
        period="Monthly",
        scope="Product",
    ),
    "forbidden": answer.forbidden,
    "not_permitted": lambda: answer.forbidden("This operation is not permitted"),
    "recipient_closed": answer.recipient_closed,
    "permissions": answer.permissions_missing,
    "not_enrolled": answer.not_enrolled,
    "suspended": answer.account_suspended,
    "not_found": lambda: answer.not_found("user", "participant_id", "0"),
    "forbidden_html": lambda: Answer(403, _PAGE, HTML),
    "not_found_html": lambda: Answer(404, _PAGE, HTML),
    "conflict": lambda: answer.problem(409, "Conflict", "Conflict", "conflict"),
    "too_many": answer.too_many,
    "too_many_old": lambda: answer.old_problem(429, 88, "Rate limit exceeded"),
    "too_many_text": lambda: Answer(429, b"Too Many Requests", "text/plain; charset=utf-8"),
    "too_many_html": lambda: Answer(429, _PAGE, HTML),
    "server_error": lambda: Answer(500, b"", "text/plain"),
    "bad_gateway": lambda: Answer(502, _PAGE, HTML),
    "unavailable": lambda: answer.problem(503, "Service Unavailable", "Service Unavailable"),
    "unavailable_html": lambda: Answer(503, _PAGE, HTML),
    "moved": lambda: Answer(301, b"", HTML, {"Location": "https://x.com/elsewhere"}),
    "not_json": lambda: Answer(200, _PAGE, HTML),
    "wrong_shape": lambda: answer.json_answer(["data"]),
    "no_data": lambda: answer.json_answer({}),
    "cut": lambda: Answer(0, ending=Ending.CUT),
    "silence": lambda: Answer(0, ending=Ending.SILENCE),
}
TOO_MANY = frozenset(name for name in INSTEAD if name.startswith("too_many"))
AFTER: Mapping[str, Callable[[Answer], Answer]] = {
    # Done first: only then is the answer lost. A message is made.
    "done_then_cut": lambda made: replace(made, ending=Ending.CUT),
    "done_then_half": lambda made: replace(made, ending=Ending.HALF),
    "done_then_silence": lambda made: replace(made, ending=Ending.SILENCE),
    "done_then_bad_gateway": lambda made: Answer(502, _PAGE, HTML),
    "done_then_unavailable": lambda made: answer.problem(503, "Service Unavailable", "Service Unavailable"),
    "done_then_not_json": lambda made: replace(made, body=_PAGE, content_type=HTML),
    "done_then_no_data": lambda made: replace(made, body=b"{}"),
}
HEADERS: Mapping[str, Callable[[Mapping[str, str]], Mapping[str, str]]] = {
    "no_rate_headers": lambda headers: {},
    "odd_rate_headers": lambda headers: dict.fromkeys(headers, "soon"),
    "past_rate_headers": lambda headers: {n: "1" if n.endswith("reset") else value for n, value in headers.items()},
}
Page = dict[str, Any]
"""The JSON of a page of events."""


def _each(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Page, random.Random], Page]:
    return lambda page, dice: {**page, "data": [change(event) for event in page.get("data", [])]}


def _without(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda event: {key: value for key, value in event.items() if key != name}


def _spoiled_first(page: Page, dice: random.Random) -> Page:
    events = page.get("data", [])
    return {**page, "data": [_without("event_type")(event) if not n else event for n, event in enumerate(events)]}


PAGES: Mapping[str, Callable[[Page, random.Random], Page]] = {
    "duplicates": lambda page, dice: {
        **page,
        "data": [e for e in page.get("data", []) for _ in range(dice.choice((1, 2)))],
    },
    "out_of_order": lambda page, dice: {**page, "data": dice.sample(page.get("data", []), len(page.get("data", [])))},
    "first_without_event_type": _spoiled_first,
    "without_sender": _each(_without("sender_id")),
    "without_includes": lambda page, dice: {key: value for key, value in page.items() if key != "includes"},
    "new_event_type": _each(lambda event: {**event, "event_type": "ReactionCreate"}),
    "with_errors": lambda page, dice: {
        **page,
        "errors": [{"title": "Not Found Error", "type": "about:blank", "status": 200}],
    },
    "empty_list": lambda page, dice: {**page, "data": page.get("data", [])},
}
NAMES = frozenset({*INSTEAD, *AFTER, *HEADERS, *PAGES})
_KINDS_OF_CALL: Mapping[str, frozenset[str]] = {"reads": READS, "sends": SENDS, "": CALLS}


@dataclass
class Fault:
    """One switch. It counts what it `met`."""

    name: str
    calls: frozenset[str] = CALLS
    account: str | None = None
    """Its name; None is every account."""
    times: int | None = None
    """None: until it is lifted."""
    chance: float = 1.0
    met: int = 0

    def lift(self) -> None:
        self.times = 0

    def is_on(self, call: str, account: str | None) -> bool:
        return self.times != 0 and call in self.calls and self.account in (None, account)

    def take(self) -> None:
        self.met += 1
        if self.times is not None:
            self.times -= 1


@dataclass
class Faults:
    """All switches. The dice are seeded: the same calls meet the same faults."""

    dice: random.Random
    on: list[Fault] = field(default_factory=list)

    def add(
        self, name: str, *, calls: str = "", account: str | None = None, times: int | None = None, chance: float = 1.0
    ) -> Fault:
        """`calls` is "reads", "sends", one call by its name, or nothing for all. Raises KeyError for a name or a call
        that there is not."""
        if name not in NAMES or calls not in {*_KINDS_OF_CALL, *CALLS}:
            raise KeyError(f"{name} {calls}")
        fault = Fault(name, _KINDS_OF_CALL.get(calls, frozenset({calls})), account, times, chance)
        self.on.append(fault)
        return fault

    def clear(self) -> None:
        self.on.clear()

    def take(self, names: Collection[str], call: str, account: str | None) -> str | None:
        """The name of the first of those that is met by this call."""
        for fault in self.on:
            if fault.name in names and fault.is_on(call, account) and self.dice.random() < fault.chance:
                fault.take()
                return fault.name
        return None
