"""Parts of a page that it fetches again by itself, only where they have changed."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template, request


def parts(template: str, **blanks: Any) -> Any:
    """The parts alone, under an ETag of what they say: 304 where the page has them already."""
    response = make_response(render_template(template, **blanks))
    response.headers["Cache-Control"] = "no-cache, private"
    response.add_etag()
    return response.make_conditional(request)
