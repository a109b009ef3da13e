"""Messages that were not understood, for editors of their accounts and administrators. Nothing tells who wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot.console import access, cases, labels
from bot.console.desk import console, me, now, work
from bot.console.pages.insights import KINDS
from bot.console.paging import Paged, paged_of
from bot.jobcentre.conversation import Language
from bot.jobcentre.miss import Why
from bot.services import misses as service
from bot.services import phrases
from bot.store.records import Miss, WantedMisses
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("misses", __name__, url_prefix="/insights/not-understood")
PAGE = 25
PERIODS = {"": ("All that are kept", None), "today": ("Today", 1), "week": ("7 days", 7)}


@dataclass(frozen=True)
class Look:
    """What the list shows."""

    found: Paged[Miss]
    counts: Mapping[Why, int]
    handles: tuple[str, ...]
    """Of the accounts that the member sees."""
    asked: dict[str, str]
    """What the address asks for, but for the page."""


@blueprint.get("/")
@access.editors
def index() -> str:
    with work(write=False) as piece:
        look = _look(piece)
    return render_template(
        "misses.html",
        look=look,
        accounts=[(handle, handle) for handle in look.handles],
        whys={why.value: words for why, words in labels.WHYS.items()},
        periods=PERIODS,
        channels=cases.CHANNELS,
        languages=cases.LANGUAGES,
        guessed=guessed,
        states=labels.STATES,
    )


@blueprint.get("/<int:number>")
@access.editors
def show(number: int) -> str:
    with work(write=False) as piece:
        miss = seen(piece, number)
    return render_template(
        "miss.html",
        miss=miss,
        whys=labels.WHYS,
        channels=cases.CHANNELS,
        languages=cases.LANGUAGES,
        said=labels.said,
        kinds=[KINDS[kind] for kind in miss.kinds],
        states=labels.STATES,
        reason=forbidden(miss.channel),
        x_says=phrases.X_SAYS,
    )


@blueprint.post("/<int:number>/set-aside")
@access.editors
def set_aside(number: int) -> Any:
    """There is nothing to learn from it."""
    with work() as piece:
        seen(piece, number)
        service.set_aside(piece, number, by=me().name, at=now())
    flash("Taken off the list. The conversation itself stays for as long as it is kept")
    return redirect(url_for("misses.index"))


def seen(piece: UnitOfWork, number: int) -> Miss:
    """One of the member's accounts. Aborts where it is of another; raises NotFound."""
    miss = service.get(piece, number)
    access.check_area(miss.account)
    return miss


def forbidden(channel: str) -> bool:
    """Whether the channel's terms forbid to make phrases of its messages."""
    return not phrases.may_learn_from(channel, from_x=console().learns_from_x)


def guessed(miss: Miss) -> str:
    """ "Opening hours, 24% sure"; what it was answered as, where the person said that it was not that."""
    if miss.kinds:
        return f"Answered as: {', '.join(KINDS[kind] for kind in miss.kinds)}"
    if not miss.guesses:
        return "Nothing"
    best = miss.guesses[0]
    return f"{labels.said(best.intent)} ({best.confidence:.0%} sure)"


def _look(piece: UnitOfWork) -> Look:
    handles = tuple(one.handle for one in piece.accounts.find_all() if me().may_see(one.handle))
    asked = {
        "account": _one_of(handles, "account"),
        "channel": _one_of(tuple(cases.CHANNELS), "channel"),
        "language": _one_of(tuple(cases.LANGUAGES), "language"),
        "why": _one_of(tuple(why.value for why in Why), "why"),
        "period": _one_of(tuple(PERIODS), "period"),
    }
    wanted = _wanted(asked, handles)
    counts = service.count(piece, wanted)
    found = paged_of(
        sum(counts.values()),
        lambda first, limit: service.find(piece, wanted, first=first, limit=limit),
        request.args.get("page"),
        PAGE,
    )
    return Look(found, counts, handles, {name: value for name, value in asked.items() if value})


def _wanted(asked: Mapping[str, str], handles: tuple[str, ...]) -> WantedMisses:
    days = PERIODS[asked["period"]][1]
    return WantedMisses(
        accounts=frozenset({asked["account"]} if asked["account"] else handles)
        if asked["account"] or me().accounts
        else None,
        channel=asked["channel"] or None,
        language=Language(asked["language"]) if asked["language"] else None,
        why=Why(asked["why"]) if asked["why"] else None,
        since=now() - timedelta(days=days) if days else None,
    )


def _one_of(choices: tuple[str, ...], name: str) -> str:
    asked = request.args.get(name, "")
    return asked if asked in choices else ""
