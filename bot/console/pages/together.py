"""Several who ask alike are answered at once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot.console import access, canned, cases, second_look
from bot.console.desk import me, now, work
from bot.console.pages.conversations import told
from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import BadInput
from bot.services import handoffs, inbox
from bot.services.inbox import Entry
from bot.services.outgoing import language_of
from bot.store.unit_of_work import UnitOfWork

blueprint = Blueprint("together", __name__, url_prefix="/inbox/together")
AT_MOST = 50
BOXES = {"text": Language.ENGLISH, "text_cy": Language.WELSH}


@blueprint.route("/", methods=["GET", "POST"])
@access.advisers
def index() -> Any:
    numbers = _numbers()
    if not numbers:
        flash("Tick those that you want to answer")
        return redirect(url_for("inbox.index"))
    typed = {name: request.form.get(name, "") for name in BOXES}
    if request.method == "GET":
        return _page(numbers, typed)
    with work(write=False) as piece:
        found = second_look.look(piece, *typed.values())
    if not found.is_over(request.form.get("anyway")):
        wrong = {"text": found.wrong} if found.wrong else {}
        return _page(numbers, typed, wrong, found.warnings), 400 if wrong else 200
    try:
        return _sent(numbers, typed)
    except BadInput as error:
        return _page(numbers, typed, {"text": told(error)}), 400


@blueprint.post("/fill")
@access.advisers
def fill() -> Any:
    """A canned reply goes into both boxes; what is typed there stays."""
    numbers, asked = _numbers(), canned.Asked.read(request.form)
    typed: dict[str, str] = {}
    with work(write=False) as piece:
        found = _check(piece, numbers)
        accounts = {entry.conversation.account for entry in found}
        for name, language in BOXES.items():
            if language not in _languages(piece, found):
                continue
            filled = canned.filled(piece, asked, min(accounts, default=""), language)
            parts = (request.form.get(name, "").rstrip(), filled)
            typed[name] = "\n".join(part for part in parts if part)
    return _page(numbers, typed, {} if asked.reply else {"canned": "Choose a canned reply"})


def _numbers() -> list[int]:
    return [int(each) for each in request.values.getlist("of") if each.isdecimal() and len(each) < 16][:AT_MOST]


def _check(piece: UnitOfWork, numbers: list[int]) -> list[Entry]:
    """The conversations, if all of them are of the member's area."""
    found = inbox.find(piece, numbers)
    for entry in found:
        access.check_area(entry.conversation.account)
    return found


def _languages(piece: UnitOfWork, found: list[Entry]) -> list[Language]:
    """In which each of them is written to."""
    return [language_of(piece, entry.conversation) for entry in found]


def _sent(numbers: list[int], typed: dict[str, str]) -> Any:
    """Sends it; whom it could not be sent to is told. Raises BadInput."""
    with work() as piece:
        found = _check(piece, numbers)
        english, welsh = (typed[name] for name in BOXES)
        if Language.ENGLISH not in _languages(piece, found):
            english = english or welsh  # nobody gets the English
        replied = handoffs.reply_to_all(piece, numbers, english, text_cy=welsh, by=me().name, at=now())
    problems = [(one.handoff_id, told(BadInput(one.problem))) for one in replied if one.problem]
    sent = len(replied) - len(problems)
    if not problems:
        flash(f"Sent to {sent}")
        return redirect(url_for("inbox.index", view="mine", done="together"))
    wrote = [(typed[name], language.value) for name, language in BOXES.items()]
    return render_template("together_sent.html", sent=sent, problems=problems, texts=wrote)


def _page(
    numbers: list[int],
    typed: dict[str, str],
    wrong: dict[str, str] | None = None,
    warnings: dict[str, str] | None = None,
) -> str:
    with work(write=False) as piece:
        found = _check(piece, numbers)
        choices = canned.choices(piece, [entry.conversation for entry in found])
        languages = _languages(piece, found)
    return render_template(
        "together.html",
        lines=[cases.line(entry, now()) for entry in found],
        welsh=languages.count(Language.WELSH),
        choices=choices,
        asked=canned.Asked.read(request.form),
        wrong=wrong or {},
        warnings=warnings or {},
        typed=typed,
    )
