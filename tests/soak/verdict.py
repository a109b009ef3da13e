"""What came of each message, as X has it and, where X has no answer, as the database has it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select

from bot.jobcentre.conversation import MessageState
from bot.store.tables import messages
from bot.store.unit_of_work import Store
from tests.fake_x.server import FakeX
from tests.soak.people import NUMBER, Letter

_MARK = re.compile(r"\bzz[a-z]{6}\b")
WAITING = {MessageState.RECEIVED, MessageState.QUEUED, MessageState.SENDING}
Said = Mapping[tuple[str, str], Sequence[list[str]]]
"""By person and account: the marks in each of our messages, oldest first."""


@dataclass
class Verdict:
    messages: int
    answered_once: int = 0
    waiting: int = 0
    stale: int = 0
    uncertain: int = 0
    failed: int = 0
    ignored: int = 0
    """Passed over, as after a long silence."""
    lost: int = 0
    doubled: int = 0
    over_quota: int = 0
    out_of_order: int = 0
    leaks: int = 0
    kills: int = 0

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled or self.over_quota or self.out_of_order or self.leaks)

    def to_dict(self) -> dict[str, int]:
        return asdict(self)


def judge(x: FakeX, store: Store, written: Mapping[str, Letter], logs: Iterable[Path], kills: int) -> Verdict:
    """`written` is by X's id of the message."""
    said = _said(x, written.values())
    times = Counter(mark for replies in said.values() for marks in replies for mark in marks)
    verdict = Verdict(len(written), kills=kills, over_quota=len(x.journal.over_limits()))
    states = _states(store)
    for number, letter in written.items():
        outcome = _outcome(times[letter.mark], states.get((letter.account, number), ()))
        setattr(verdict, outcome, getattr(verdict, outcome) + 1)
    order = {letter.mark: place for place, letter in enumerate(written.values())}
    verdict.out_of_order = sum(_disorder(replies, order) for replies in said.values())
    verdict.leaks = _strangers(said, written.values()) + _kept(store) + _told(x, logs)
    return verdict


def _outcome(times: int, states: Sequence[str]) -> str:
    """`states` are those of the message and of what answers it."""
    if times:
        return "answered_once" if times == 1 else "doubled"
    last = MessageState(states[-1]) if states else None
    if last in WAITING:
        return "waiting"
    kept = {MessageState.STALE, MessageState.UNCERTAIN, MessageState.FAILED, MessageState.IGNORED}
    return last.value if last in kept else "lost"


def _said(x: FakeX, letters: Iterable[Letter]) -> Said:
    found = {}
    for person, account in {(letter.person, letter.account) for letter in letters}:
        texts = [text for who, text in x.texts(person, account) if who == account]
        found[person, account] = [_MARK.findall(text) for text in texts]
    return found


def _states(store: Store) -> dict[tuple[str, str], list[str]]:
    """By account and X's id: the state of what came in, and of its last reply where there is one."""
    out, into = messages.alias(), messages.alias()
    with store.unit_of_work(write=False) as work:
        rows = work.connection.execute(
            select(into.c.account, into.c.external_id, into.c.state, out.c.state)
            .select_from(into.outerjoin(out, out.c.id == into.c.answered_by))
            .where(into.c.direction == "in")
        ).all()
    return {(account, number): [s for s in states if s] for account, number, *states in rows}


def _disorder(replies: Sequence[list[str]], order: Mapping[str, int]) -> int:
    """How many marks come after a later one, doubled ones aside."""
    places = list(dict.fromkeys(order[mark] for marks in replies for mark in marks if mark in order))
    return sum(after < before for before, after in pairwise(places))


def _strangers(said: Said, letters: Iterable[Letter]) -> int:
    """Marks that somebody was told who never wrote them to that account."""
    own: dict[tuple[str, str], set[str]] = defaultdict(set)
    for letter in letters:
        own[letter.person, letter.account].add(letter.mark)
    return sum(mark not in own[who] for who, replies in said.items() for marks in replies for mark in marks)


def _kept(store: Store) -> int:
    """Messages in which a number is that was to be taken out."""
    with store.unit_of_work(write=False) as work:
        texts = work.connection.execute(select(messages.c.text)).scalars()
        return sum(NUMBER in text for text in texts)


def _told(x: FakeX, logs: Iterable[Path]) -> int:
    """Lines of the logs with words of people, or with secrets."""
    app = x.world.app
    secrets = [NUMBER, app.consumer_secret, *(a.token_secret for a in x.world.accounts())]
    lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()]
    return sum(bool(_MARK.search(line)) or any(secret in line for secret in secrets) for line in lines)
