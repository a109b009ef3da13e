"""Several who ask alike are answered at once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot.console import access, cases
from bot.console.desk import me, now, work
from bot.console.pages.conversations import told
from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import BadInput
from bot.services import handoffs, inbox

blueprint = Blueprint("together", __name__, url_prefix="/inbox/together")
AT_MOST = 50


@blueprint.route("/", methods=["GET", "POST"])
@access.advisers
def index() -> Any:
    numbers = [int(each) for each in request.values.getlist("of") if each.isdecimal() and len(each) < 16][:AT_MOST]
    if not numbers:
        flash("Tick those that you want to answer")
        return redirect(url_for("inbox.index"))
    if request.method == "GET":
        return _page(numbers, {})
    try:
        return _sent(numbers)
    except BadInput as error:
        return _page(numbers, {"text": told(error)}), 400


def _sent(numbers: list[int]) -> Any:
    """Sends it; whom it could not be sent to is told. Raises BadInput."""
    text, welsh = request.form.get("text", ""), request.form.get("text_cy", "")
    with work() as piece:
        for entry in inbox.find(piece, numbers):
            access.check_area(entry.conversation.account)
        replied = handoffs.reply_to_all(piece, numbers, text, text_cy=welsh, by=me().name, at=now())
    problems = [(one.handoff_id, told(BadInput(one.problem))) for one in replied if one.problem]
    sent = len(replied) - len(problems)
    if not problems:
        flash(f"Sent to {sent}")
        return redirect(url_for("inbox.index", view="mine", done="together"))
    return render_template("together_sent.html", sent=sent, problems=problems, texts=((text, "en"), (welsh, "cy")))


def _page(numbers: list[int], wrong: dict[str, str]) -> str:
    with work(write=False) as piece:
        found = inbox.find(piece, numbers)
    for entry in found:
        access.check_area(entry.conversation.account)
    welsh = sum(entry.conversation.language is Language.WELSH for entry in found)
    lines = [cases.line(entry, now()) for entry in found]
    typed = {name: request.form.get(name, "") for name in ("text", "text_cy")}
    return render_template("together.html", lines=lines, welsh=welsh, wrong=wrong, typed=typed)
