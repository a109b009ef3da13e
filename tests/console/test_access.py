"""Who may see which page, how sessions begin and end, and what no page lets in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from bot.console import access
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.console.conftest import PASSWORD, PEOPLE, Clock
from tests.console.visitor import Visitor

SignedIn = Callable[[Role], Visitor]
EACH_ROLE = pytest.mark.parametrize("role", list(Role), ids=[role.value for role in Role])


def views(app: Flask) -> list[tuple[str, str, Role | None]]:
    """Path, method and role of each view; numbers and names of things that are not there stand in for blanks."""
    blanks = {"number": 99, "secret": "x", "way": "out", "name": "x.css", "filename": "console.js"}
    found = []
    for rule in app.url_map.iter_rules():
        with app.test_request_context():
            adapter = app.url_map.bind("localhost")
            path = adapter.build(rule.endpoint, {name: blanks.get(name, "x1") for name in rule.arguments})
        role = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
        found += [(path, method, role) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


def test_every_view_says_who_may_see_it(app: Flask) -> None:
    assert len(views(app)) > 10
    careless = Flask("careless")
    careless.add_url_rule("/open", "open", lambda: "")
    with pytest.raises(RuntimeError, match="open"):
        access.check_every_view(careless)


def test_a_stranger_sees_nothing_that_needs_a_role(app: Flask, stranger: Visitor) -> None:
    for path, method, role in views(app):
        if role is not None:
            response = stranger.raw(method, path, data={"csrf_token": "x"} if method == "POST" else None)
            assert response.status_code in (302, 400), (method, path)
            assert "/sign-in" in response.headers.get("Location", "/sign-in")


@EACH_ROLE
def test_a_role_sees_what_it_may_and_no_more(app: Flask, signed_in: SignedIn, role: Role) -> None:
    visitor = signed_in(role)
    for path, method, needed in views(app):
        if needed is not None and method == "GET":
            status = visitor.raw(method, path).status_code
            assert (status == 403) is not role.includes(needed), (path, status)
            assert status < 500


@EACH_ROLE
def test_a_role_sends_what_it_may_and_no_more(app: Flask, signed_in: SignedIn, role: Role) -> None:
    visitor = signed_in(role)
    token = visitor.get("/").soup.find(attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    for path, method, needed in views(app):
        if needed is not None and method == "POST" and not role.includes(needed):
            assert visitor.raw(method, path, data={"csrf_token": token}).status_code == 403, path


def test_nothing_is_changed_without_a_token(app: Flask, administrator: Visitor) -> None:
    for path, method, _ in views(app):
        if method == "POST":
            assert administrator.raw(method, path, data={"name": "x"}).status_code == 400, path


def test_the_page_asked_for_is_shown_after_signing_in(stranger: Visitor) -> None:
    page = stranger.get("/people/new")
    assert page.heading == "Sign in"
    page = stranger.press(page, "Sign in", {"name": PEOPLE[Role.ADMINISTRATOR], "password": PASSWORD})
    assert page.heading == "Add somebody"


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_away_by_a_link(stranger: Visitor, onward: str) -> None:
    page = stranger.get("/sign-in")
    token = page.soup.find(attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    form = {"name": PEOPLE[Role.VIEWER], "password": PASSWORD, "csrf_token": token}
    response = stranger.raw("POST", "/sign-in", query_string={"next": onward}, data=form)
    assert response.headers["Location"] == "/"


def test_a_session_ends_when_nothing_is_done(editor: Visitor, clock: Clock) -> None:
    clock.now += access.IDLE_FOR
    assert editor.get("/").heading == "Today"
    clock.now += access.IDLE_FOR + timedelta(seconds=1)
    assert editor.get("/").heading == "Sign in"


def test_a_session_ends_at_the_end_of_a_long_day(editor: Visitor, clock: Clock) -> None:
    began = clock.now
    while clock.now + timedelta(minutes=59) <= began + access.AT_MOST:
        clock.now += timedelta(minutes=59)
        assert editor.get("/").heading == "Today"
    clock.now = began + access.AT_MOST + timedelta(seconds=1)
    assert editor.get("/").heading == "Sign in"


def test_signing_out_ends_the_session(editor: Visitor) -> None:
    page = editor.press(editor.get("/"), "Sign out")
    assert page.heading == "Sign in"
    assert editor.get("/").heading == "Sign in"


def test_a_session_from_before_signing_in_is_not_kept(app: Flask, stranger: Visitor) -> None:
    stranger.get("/sign-in")
    before = stranger.raw("GET", "/sign-in").headers.get("Set-Cookie", "")
    page = stranger.get("/sign-in")
    stranger.press(page, "Sign in", {"name": PEOPLE[Role.VIEWER], "password": PASSWORD})
    other = Visitor(app)
    other.raw("GET", "/", headers={"Cookie": before.split(";")[0]})
    assert other.get("/").heading == "Sign in"


def test_a_forged_cookie_is_nobody(app: Flask, staffed: Store) -> None:
    visitor = Visitor(app)
    visitor._client.set_cookie("jobcentre", "eyJzdGFmZiI6MX0.aaaaaa.bbbbbbbbbbbb")
    assert visitor.get("/").heading == "Sign in"


def test_every_answer_has_the_headers_that_keep_others_out(app: Flask, stranger: Visitor) -> None:
    for path in ("/sign-in", "/no-such-page", "/static/console.js"):
        headers = stranger.raw("GET", path).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    cookie = Visitor(app).raw("GET", "/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
