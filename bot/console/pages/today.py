"""Today: what is closed or different now and soon."""

from __future__ import annotations

from flask import Blueprint, render_template

from bot.console import access

blueprint = Blueprint("today", __name__)


@blueprint.get("/")
@access.viewers
def board() -> str:
    return render_template("today.html")
