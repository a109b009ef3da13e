"""An address for every page that the console shows, found in the application itself: a new page is one of them."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask
from werkzeug.routing import Rule

NO_PAGES = ("static", "assets", "sign_in.invitation")
"""Files, and a page whose address is a secret."""


def addresses(app: Flask, examples: Mapping[str, object]) -> dict[str, str]:
    """The address of each page by its rule. `examples` fills its blanks ("closure_id"), by blueprint where that differs
    ("imports.kind"). Raises LookupError for a blank that has none."""
    found = {}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES:
                found[rule.rule] = app.url_for(rule.endpoint, **_filled(rule, examples))
    return dict(sorted(found.items()))


def _filled(rule: Rule, examples: Mapping[str, object]) -> dict[str, object]:
    filled = {}
    for name in rule.arguments:
        own = f"{rule.endpoint.split('.')[0]}.{name}"
        if own not in examples and name not in examples:
            raise LookupError(f'{rule.rule} needs an example of "{name}": say one where its pages are listed')
        filled[name] = examples.get(own, examples.get(name))
    return filled
