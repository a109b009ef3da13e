"""The console attacked: forged requests, copied cookies, other people's areas, links away, and secrets that leak."""

from __future__ import annotations

import csv
import io
import logging
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer
from waitress.adjustments import Adjustments
from waitress.proxy_headers import proxy_headers_middleware

from bot.cli.console import behind
from bot.console import access, browsers
from bot.console.application import HEADERS, make_application
from bot.console.desk import EXTENSION, Console
from bot.jobcentre.six_points import Point
from bot.jobcentre.wording import Responses
from bot.services import closures, offices, staff
from bot.services.knowledge import Knowledge
from bot.settings import Settings
from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.console.conftest import PASSWORD, PEOPLE, Clock
from tests.console.test_access import views
from tests.console.test_inbox import waits
from tests.console.visitor import Visitor

SignedIn = Callable[[Role], Visitor]
ANN = PEOPLE[Role.EDITOR]
LOCAL = "Local Ann"
"""An editor of the account of Leeds alone."""
OURS, THEIRS = "Leeds Park Place", "Bradford Westfield House"
ATTACKS = ["\x00", "²", "9" * 5000, "9999-12-31", "'; DROP TABLE staff; --", "\u202e\u200b"]
EACH_ATTACK = pytest.mark.parametrize("attack", ATTACKS, ids=[ascii(attack)[:16] for attack in ATTACKS])


def token_of(visitor: Visitor, path: str = "/") -> str:
    return str(visitor.get(path).soup.find(attrs={"name": "csrf_token"})["value"])  # type: ignore[index]


def sign_in(visitor: Visitor, name: str, password: str = PASSWORD, code: str = "", **options: Any) -> Any:
    form = {"name": name, "password": password, "code": code, "csrf_token": token_of(visitor, "/sign-in")}
    return visitor.raw("POST", "/sign-in", data=form, **options)


def cookie_of(visitor: Visitor) -> str:
    cookie = visitor._client.get_cookie("jobcentre")
    assert cookie is not None
    return str(cookie.value)


def with_cookie(app: Flask, value: str) -> Visitor:
    thief = Visitor(app)
    thief._client.set_cookie("jobcentre", value)
    return thief


@pytest.fixture
def local(app: Flask, staffed: Store, clock: Clock) -> Visitor:
    with staffed.unit_of_work() as work:
        staff.add(work, LOCAL, Role.EDITOR, ["JCPinLeeds"], by="test", at=clock.now)
        staff.accept(work, staff.invite(work, LOCAL, by="test", at=clock.now), PASSWORD, at=clock.now)
    visitor = Visitor(app)
    assert sign_in(visitor, LOCAL).status_code == 302
    return visitor


def publish(visitor: Visitor, where: str, **more: str) -> str:
    """The number of a closure of that place."""
    form = {"where": where, "cause": "weather", "effect": "closed", "starts": "now", "ends": "today", "step": "publish"}
    response = visitor.raw("POST", "/closures/new", data={**form, **more, "csrf_token": token_of(visitor)})
    assert response.status_code == 302, response.get_data(as_text=True)
    return response.headers["Location"].rsplit("/", 1)[1]


# Forged requests


def test_the_token_of_somebody_else_is_none(app: Flask, administrator: Visitor, editor: Visitor) -> None:
    token = token_of(editor)
    for path, method, _ in views(app):
        if method == "POST":
            assert administrator.raw("POST", path, data={"csrf_token": token}).status_code == 400, path


def test_a_token_from_before_signing_in_is_none_after_it(stranger: Visitor) -> None:
    before = token_of(stranger, "/sign-in")
    assert sign_in(stranger, ANN).status_code == 302
    assert stranger.raw("POST", "/sign-out", data={"csrf_token": before}).status_code == 400


# Copied cookies


def test_a_copied_cookie_ends_with_signing_out(app: Flask, editor: Visitor) -> None:
    copied = cookie_of(editor)
    assert with_cookie(app, copied).get("/").heading == "Today"
    editor.press(editor.get("/"), "Sign out")
    assert with_cookie(app, copied).get("/").heading == "Sign in"


@pytest.mark.parametrize("change", ["password", "role", "accounts", "shut out", "codes", "no codes"])
def test_a_copied_cookie_ends_when_its_owner_changes(
    app: Flask, editor: Visitor, staffed: Store, clock: Clock, change: str
) -> None:
    copied, at = cookie_of(editor), clock.now
    with staffed.unit_of_work() as work:
        if change == "password":
            staff.accept(work, staff.invite(work, ANN, by="test", at=at), "lantern-oboe-drizzle", at=at)
        elif change == "codes":
            secret = staff.new_code_secret()
            staff.use_codes(work, ANN, secret, pyotp.TOTP(secret).at(at), at=at)
        elif change == "no codes":
            staff.drop_codes(work, ANN, by="test", at=at)
        else:
            role = Role.VIEWER if change == "role" else Role.EDITOR
            handles = ["JCPinLeeds"] if change == "accounts" else []
            staff.change(work, ANN, role, handles, change != "shut out", by="test", at=at)
    assert with_cookie(app, copied).get("/").heading == "Sign in"


def test_a_second_tab_that_was_left_open_changes_nothing(editor: Visitor) -> None:
    other_tab = editor.get("/pause")
    editor.press(editor.get("/"), "Sign out")
    values = {"csrf_token": other_tab.form("Pause it").find(attrs={"name": "csrf_token"})["value"], "reason": "x"}  # type: ignore[index]
    assert editor.post("/pause", values, status=400).heading == "This page is too old"


def test_files_come_without_a_cookie_since_caches_keep_them(editor: Visitor) -> None:
    for path in ("/assets/images/favicon.svg", "/static/console.js", "/open/alerts.json"):
        response = editor.raw("GET", path)
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers, path
    assert "no-store" in editor.raw("GET", "/").headers["Cache-Control"]


# Guessing, and locking others out


def test_strangers_lock_nobody_out_of_a_browser_they_know(app: Flask, editor: Visitor, stranger: Visitor) -> None:
    editor.press(editor.get("/"), "Sign out")
    for _ in range(staff.TRIES):
        sign_in(stranger, ANN, "wrong")
    assert sign_in(stranger, ANN).status_code == 401
    assert sign_in(editor, ANN).status_code == 302
    assert sign_in(stranger, ANN).status_code == 401, "what the owner does opens nothing to strangers"


def test_a_known_browser_has_as_few_tries(editor: Visitor) -> None:
    editor.press(editor.get("/"), "Sign out")
    for _ in range(staff.TRIES):
        sign_in(editor, ANN, "wrong")
    for _ in range(staff.TRIES):  # from now on as in any browser
        sign_in(editor, ANN, "wrong")
    assert sign_in(editor, ANN).status_code == 401


@pytest.mark.parametrize("forged", ["", "x.y", "eyJtZW1iZXJzIjpbMSwyLDMsNF19.AAAA"])
def test_a_browser_cannot_say_that_it_is_known(stranger: Visitor, forged: str) -> None:
    stranger._client.set_cookie("jobcentre-known", forged)
    for _ in range(staff.TRIES):
        sign_in(stranger, ANN, "wrong")
    assert sign_in(stranger, ANN).status_code == 401


def test_a_known_browser_is_forgotten(app: Flask, editor: Visitor, stranger: Visitor, clock: Clock) -> None:
    editor.press(editor.get("/"), "Sign out")
    clock.now += browsers.LASTS
    for _ in range(staff.TRIES):
        sign_in(stranger, ANN, "wrong")
    assert sign_in(editor, ANN).status_code == 401


def test_a_whole_building_signs_in_from_one_address(app: Flask) -> None:
    for _ in range(30):
        assert sign_in(Visitor(app), ANN).status_code == 302


def test_an_address_that_a_stranger_makes_up_is_not_believed(stranger: Visitor) -> None:
    statuses = {
        sign_in(stranger, f"name {number}", "x", headers={"X-Forwarded-For": f"10.0.0.{number}"}).status_code
        for number in range(25)
    }
    assert 429 in statuses


@pytest.mark.parametrize(
    ("settings", "believed"),
    [
        (Settings(), False),
        (Settings(proxies=1), False),
        (Settings(console_url="https://console.example.org/"), False),
        (Settings(console_url="https://console.example.org/", proxies=1), True),
    ],
    ids=["alone", "the web chat behind one", "a name of its own", "behind one"],
)
def test_only_a_proxy_of_ours_says_where_somebody_comes_from(settings: Settings, believed: bool) -> None:
    told = Adjustments(**behind(settings))
    came_from = []
    proxied = proxy_headers_middleware(
        lambda environ, _: came_from.append(environ["REMOTE_ADDR"]),
        trusted_proxy=told.trusted_proxy,
        trusted_proxy_count=told.trusted_proxy_count,
        trusted_proxy_headers=told.trusted_proxy_headers,
        clear_untrusted=told.clear_untrusted_proxy_headers,
    )
    proxied({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.1, 203.0.113.9"}, None)
    assert came_from == ["203.0.113.9" if believed else "127.0.0.1"]


# One-time codes


@pytest.fixture
def codes(staffed: Store, clock: Clock) -> pyotp.TOTP:
    """Those of the editor."""
    secret = staff.new_code_secret()
    with staffed.unit_of_work() as work:
        staff.use_codes(work, ANN, secret, pyotp.TOTP(secret).at(clock.now), at=clock.now)
    clock.now += timedelta(minutes=5)
    return pyotp.TOTP(secret)


def spaced(code: str) -> str:
    return f"{code[:3]} {code[3:]}"


def full_width(code: str) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in code)


@pytest.mark.parametrize("first", [str, spaced])
@pytest.mark.parametrize("again", [str, spaced, full_width])
def test_a_code_works_once_however_it_is_written(
    app: Flask, codes: pyotp.TOTP, clock: Clock, first: Callable[[str], str], again: Callable[[str], str]
) -> None:
    code = codes.at(clock.now)
    assert sign_in(Visitor(app), ANN, code=first(code)).status_code == 302
    assert sign_in(Visitor(app), ANN, code=again(code)).status_code == 200


def test_a_code_of_before_the_last_one_works_no_more(app: Flask, codes: pyotp.TOTP, clock: Clock) -> None:
    used, later = codes.at(clock.now), codes.at(clock.now + timedelta(seconds=30))
    assert sign_in(Visitor(app), ANN, code=used).status_code == 302
    assert sign_in(Visitor(app), ANN, code=later).status_code == 302
    assert sign_in(Visitor(app), ANN, code=used).status_code == 200


def test_a_link_does_not_stand_in_for_a_code(
    stranger: Visitor, staffed: Store, codes: pyotp.TOTP, clock: Clock
) -> None:
    with staffed.unit_of_work() as work:
        secret = staff.invite(work, ANN, by="test", at=clock.now)
    page = stranger.get(f"/invitation/{secret}")
    assert stranger.press(page, "Save and sign in", {"password": "lantern-oboe-drizzle"}).heading == "Sign in"
    assert stranger.get("/").heading == "Sign in"
    assert sign_in(stranger, ANN, "lantern-oboe-drizzle", codes.at(clock.now)).status_code == 302


def test_letting_somebody_in_again_does_not_revive_their_link(staffed: Store, clock: Clock) -> None:
    with staffed.unit_of_work() as work:
        secret = staff.invite(work, ANN, by="test", at=clock.now)
        for is_active in (False, True):
            staff.change(work, ANN, Role.EDITOR, [], is_active, by="test", at=clock.now)
        assert staff.find_invited(work, secret, at=clock.now) is None


# Areas


AREA = ["offices/{}/confirm", "offices/{}/change", "offices/{}/names", "offices/{}/names/remove"]


@pytest.mark.parametrize(
    "spelt", ["bradford-westfield-house", "Bradford-Westfield-House", "Bradford%20Westfield%20House"]
)
@pytest.mark.parametrize("path", AREA)
def test_no_spelling_reaches_an_office_of_others(local: Visitor, staffed: Store, path: str, spelt: str) -> None:
    before = held(staffed)
    form = {"csrf_token": token_of(local), "name": "Ours now", "kind": "alias", "status": "open", "nation": "england"}
    assert local.raw("POST", "/" + path.format(spelt), data=form).status_code in (200, 400, 404)
    assert held(staffed) == before


@pytest.mark.parametrize("spelt", ["bradford-westfield-house", THEIRS, THEIRS.upper()])
def test_no_spelling_confirms_an_office_of_others(
    local: Visitor, administrator: Visitor, staffed: Store, spelt: str
) -> None:
    token = token_of(administrator)
    watched = {"where": f"{OURS}\n{THEIRS}", "cause": "weather", "ends": "today", "csrf_token": token}
    watch = administrator.raw("POST", "/watches/new", data=watched).headers["Location"]
    before = held(staffed)
    form = {"csrf_token": token_of(local), "office": spelt}
    assert local.raw("POST", f"{watch}/confirm", data=form).status_code in (400, 404)
    assert local.raw("POST", f"{watch}/end", data=form).status_code == 400
    assert held(staffed) == before


def held(store: Store) -> tuple[Any, ...]:
    """All that an editor could have changed."""
    with store.unit_of_work(write=False) as work:
        found = work.audit.find(limit=1000)
        changes = [event for event in found if event.action != "sign in"]
        return (changes, work.offices.find_all(), work.closures.find_watches(), work.closures.find())


@pytest.mark.parametrize("step", ["amend", "reopen", "end", "withdraw", "undo"])
@pytest.mark.parametrize("where", [THEIRS, f"{OURS}\n{THEIRS}", "Everywhere"])
def test_a_closure_of_others_is_not_for_editors_of_some_accounts(
    local: Visitor, administrator: Visitor, staffed: Store, where: str, step: str
) -> None:
    number = publish(administrator, where)
    before = held(staffed)
    form = {"where": OURS, "cause": "weather", "effect": "closed", "starts": "now", "ends": "today", "step": "publish"}
    more = {"version": "1", "reason": "x", "office": "leeds-park-place", "csrf_token": token_of(local)}
    assert local.raw("POST", f"/closures/{number}/{step}", data={**form, **more}).status_code == 400
    assert held(staffed) == before


def test_undoing_does_not_bring_back_offices_of_others(
    local: Visitor, administrator: Visitor, staffed: Store, clock: Clock
) -> None:
    number = publish(administrator, f"{OURS}\n{THEIRS}")
    with staffed.unit_of_work() as work:
        closures.reopen(work, number, ["bradford-westfield-house"], by="test", at=clock.now + timedelta(minutes=1))
    before = held(staffed)
    clock.now += timedelta(minutes=2)
    form = {"version": "2", "csrf_token": token_of(local)}
    assert local.raw("POST", f"/closures/{number}/undo", data=form).status_code == 400
    assert held(staffed) == before


OTHERS = [
    ("/closures/new", {"where": THEIRS, "cause": "weather", "effect": "closed", "step": "publish", "ends": "today"}),
    ("/closures/new", {"where": "Everywhere", "cause": "weather", "effect": "closed", "step": "publish"}),
    ("/watches/new", {"where": THEIRS, "cause": "weather", "ends": "today"}),
    ("/hours/new", {"where": THEIRS, "pattern": "same", "same": "9am to 5pm", "step": "publish"}),
    ("/days/new", {"where": THEIRS, "day": "2026-12-24", "title": "A day", "is_open": "no"}),
    ("/days/2026-12-24", {"division": "scotland", "title": "A day", "is_open": "no"}),
    ("/pause", {"account": "JCPinBradford", "reason": "x"}),
    ("/resume", {"account": "JCPinBradford"}),
    ("/resume", {}),
    ("/imports/offices", {}),
    ("/imports/offices/preview", {"seen": "x"}),
    ("/contacts/uc-helpline/check", {}),
    ("/accounts/new", {"handle": "Mine", "name": "Mine", "where": "Everywhere"}),
    ("/accounts/JCPinBradford", {"name": "Mine", "where": "Everywhere"}),
    ("/people/new", {"name": "Me Again", "role": "administrator"}),
    ("/people/1", {"role": "viewer"}),
    ("/people/1/link", {}),
    ("/people/1/out", {}),
    ("/people/1/codes/drop", {}),
]


@pytest.mark.parametrize(("path", "values"), OTHERS, ids=[path for path, _ in OTHERS])
def test_an_editor_of_some_accounts_changes_nothing_elsewhere(
    local: Visitor, staffed: Store, path: str, values: dict[str, str]
) -> None:
    before = held(staffed)
    status = local.raw("POST", path, data={**values, "csrf_token": token_of(local)}).status_code
    assert status in (200, 400, 403, 404), status
    assert held(staffed) == before


@pytest.mark.parametrize("role", list(Role), ids=[role.value for role in Role])
def test_every_administrator_sees_all_accounts(administrator: Visitor, role: Role) -> None:
    form = {"name": "New Ann", "role": role.value, "accounts": ["JCPinLeeds"]}
    page = administrator.press(administrator.get("/people/new"), "Save", form)
    is_made = page.heading == "Give this link to New Ann"
    assert is_made is (role is not Role.ADMINISTRATOR)
    assert is_made or "sees all accounts" in page.errors[0]


def test_every_page_of_a_conversation_is_not_there_for_others(app: Flask, local: Visitor, staffed: Store) -> None:
    """Whatever pages there are: those that are added too."""
    number = waits(staffed, account="JCPinPlymouth")
    token = token_of(local)
    values = {"csrf_token": token, "text": "x", "note": "x", "how": "resolve", "to": ANN, "done": "yes"}
    seen = 0
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/inbox/<int:number>"):
            continue
        with app.test_request_context():
            blanks = (
                {"number": number, "point": next(iter(Point)).value}
                if "point" in rule.arguments
                else {"number": number}
            )
            path = app.url_map.bind("localhost").build(rule.endpoint, blanks)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            seen += 1
            data = values if method == "POST" else None
            assert local.raw(method, path, data=data).status_code == 404, (method, path)
    assert seen > 5
    for method in ("GET", "POST"):
        together = {"query_string": {"of": number}} if method == "GET" else {"data": {**values, "of": number}}
        assert local.raw(method, "/inbox/together/", **together).status_code == 404
    with staffed.unit_of_work(write=False) as work:
        assert work.handoffs.get(number).version == 1


# The last administrator


def test_the_last_administrator_stays(administrator: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work(write=False) as work:
        number = work.staff.get(PEOPLE[Role.ADMINISTRATOR]).id
    page = administrator.get(f"/people/{number}")
    page = administrator.press(page, "Save", {"role": "viewer"})
    assert "is the only administrator" in page.errors[0]
    token = token_of(administrator)
    assert administrator.raw("POST", f"/people/{number}/out", data={"csrf_token": token}).status_code == 409


# Links away


AWAY = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\r/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/\u2028/evil.example",
    "https://evil.example",
    "HtTpS:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "@evil.example",
    ".evil.example",
    "/\x00/evil.example",
    "/a\\..\\evil",
    "/ok\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("address", AWAY, ids=[ascii(address) for address in AWAY])
def test_no_disguise_of_an_address_leads_away(address: str) -> None:
    assert not access.is_ours(address)


@pytest.mark.parametrize(
    "address", ["/", "/people/new", "/history/?who=Ann%20B&about=closures", "/offices/?q=caf%C3%A9"]
)
def test_our_own_pages_are_gone_back_to(address: str) -> None:
    assert access.is_ours(address)


@pytest.mark.parametrize("address", AWAY, ids=[ascii(address) for address in AWAY])
def test_nobody_is_sent_away_after_signing_in(stranger: Visitor, address: str) -> None:
    response = sign_in(stranger, ANN, query_string={"next": address})
    assert response.headers.get("Location", "/") == "/"


# Hosts, headers and errors


FORWARDED = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}


@pytest.mark.parametrize("path", ["/people/2/link", "/open/closures.atom", "/sign-in", "/"])
def test_no_link_goes_to_the_host_that_a_request_names(administrator: Visitor, path: str) -> None:
    method = "POST" if path.endswith("/link") else "GET"
    data = {"csrf_token": token_of(administrator)} if method == "POST" else None
    response = administrator.raw(method, path, data=data, headers=FORWARDED)
    assert response.status_code == 200
    told = response.get_data(as_text=True) + repr(list(response.headers))
    assert "evil.example" not in told
    administrator._client.set_cookie("jobcentre", cookie_of(administrator), domain="evil.example")
    evil = administrator.raw(method, path, data=data, base_url="http://evil.example")
    assert evil.status_code == 200
    assert "evil.example" not in evil.get_data(as_text=True)


def test_links_for_others_begin_with_the_address_of_the_settings(
    made_once: Flask, staffed: Store, responses: Responses, clock: Clock, app: Flask
) -> None:
    behind = Console(Knowledge(staffed), responses, clock, address="https://console.example.org/staff/")
    made_once.extensions[EXTENSION] = behind
    feed = Visitor(made_once).raw("GET", "/open/closures.atom").get_data(as_text=True)
    assert "https://console.example.org/staff/open/" in feed


def answers(app: Flask, visitor: Visitor) -> Iterator[tuple[str, Any]]:
    """One answer of every sort."""
    yield "page", visitor.raw("GET", "/")
    yield "redirect", Visitor(app).raw("GET", "/")
    yield "form", Visitor(app).raw("GET", "/sign-in")
    yield "csv", visitor.raw("GET", "/offices/export.csv")
    yield "static", visitor.raw("GET", "/static/console.js")
    yield "asset", visitor.raw("GET", "/assets/images/favicon.svg")
    yield "open data", visitor.raw("GET", "/open/offices.json")
    yield "400", visitor.raw("POST", "/pause")
    yield "403", visitor.raw("GET", "/people/")
    yield "404", visitor.raw("GET", "/no-such-page")
    yield "404 of a file", visitor.raw("GET", "/assets/" + "a" * 300)
    yield "405", visitor.raw("DELETE", "/")
    yield "413", visitor.raw("POST", "/imports/offices", data={"file": b"x" * (5 * 1024 * 1024)})
    yield "options", visitor.raw("OPTIONS", "/")
    yield "head", visitor.raw("HEAD", "/sign-in")


def test_every_sort_of_answer_has_the_headers(app: Flask, editor: Visitor) -> None:
    for sort, response in answers(app, editor):
        for name in HEADERS:
            assert name in response.headers, (sort, name)
        assert "Cache-Control" in response.headers, sort
        assert "Server" not in response.headers, sort
        if sort[:3].isdigit():
            assert response.status_code == int(sort[:3]), sort
            assert response.mimetype == "text/html", sort


def test_what_is_not_allowed_says_what_is(editor: Visitor) -> None:
    assert "GET" in editor.raw("DELETE", "/").headers["Allow"]


def test_an_error_of_ours_shows_nothing_and_its_log_holds_no_link(
    app: Flask, stranger: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a private cause")

    monkeypatch.setattr(staff, "find_invited", fail)
    with caplog.at_level(logging.DEBUG):
        response = stranger.raw("GET", "/invitation/a-secret-of-somebody")
    told = response.get_data(as_text=True)
    assert response.status_code == 500
    assert "Something went wrong" in told
    assert "private" not in told
    assert "Traceback" not in told
    assert set(HEADERS) <= set(response.headers.keys())
    assert "in fail" in caplog.text, "the log says where"
    assert "RuntimeError" in caplog.text, "and what"
    assert "a-secret-of-somebody" not in caplog.text


def test_behind_https_cookies_are_for_https_alone(staffed: Store, responses: Responses, clock: Clock) -> None:
    secure = make_application(Console(Knowledge(staffed), responses, clock), is_https=True)
    client = secure.test_client()
    page = client.get("/sign-in", base_url="https://localhost")
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
    token = page.get_data(as_text=True).split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    form = {"name": ANN, "password": PASSWORD, "csrf_token": token}
    response = client.post(
        "/sign-in", data=form, base_url="https://localhost", headers={"Referer": "https://localhost/"}
    )
    cookies = [*page.headers.getlist("Set-Cookie"), *response.headers.getlist("Set-Cookie")]
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-jobcentre", "__Host-jobcentre-known"}
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert "SameSite=" in cookie
        assert "Domain" not in cookie


def test_the_cookie_holds_no_name_and_no_password(editor: Visitor, app: Flask) -> None:
    for name in ("jobcentre", "jobcentre-known"):
        cookie = editor._client.get_cookie(name)
        assert cookie is not None
        assert ANN not in cookie.decoded_value
    salted = URLSafeSerializer(str(app.secret_key), salt="cookie-session")
    assert salted.loads_unsafe(cookie_of(editor))[0] is False, "one cookie cannot be taken for another"


# Hostile values


def blanks(app: Flask, rule: Any, value: str) -> str:
    with app.test_request_context():
        values = {name: 1 if name == "number" else value for name in rule.arguments}
        if "way" in values:
            values["way"] = "in"
        return str(app.url_map.bind("localhost").build(rule.endpoint, values))


@EACH_ATTACK
def test_nothing_fails_on_a_hostile_address(app: Flask, administrator: Visitor, attack: str) -> None:
    token = token_of(administrator)
    for rule in app.url_map.iter_rules():
        if rule.arguments - {"number", "way"} and not rule.endpoint.startswith("sign_in"):
            path = blanks(app, rule, attack)
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                data = {"csrf_token": token, "version": attack, "reason": "x"} if method == "POST" else None
                assert administrator.raw(method, path, data=data).status_code < 500, (method, rule.rule)


@pytest.mark.parametrize("number", ["0", "99999999999", "9" * 400, "-1", "1e3"])
def test_a_number_that_no_table_has_is_not_found(app: Flask, administrator: Visitor, number: str) -> None:
    token = token_of(administrator)
    for path in (
        "/people/{}",
        "/people/{}/link",
        "/people/{}/out",
        "/days/{}/withdraw",
        "/inbox/{}/",
        "/inbox/{}/claim",
    ):
        for method in ("GET", "POST"):
            data = {"csrf_token": token} if method == "POST" else None
            assert administrator.raw(method, path.format(number), data=data).status_code in (404, 405), (method, path)


@EACH_ATTACK
def test_nothing_fails_on_a_hostile_question(administrator: Visitor, attack: str) -> None:
    asked = {
        "/offices/": ("q", "status", "page"),
        "/closures/": ("past", "page"),
        "/closures/new": ("copy", "like", "where"),
        "/hours/new": ("office",),
        "/days/new": ("where", "day", "title"),
        "/history/": ("who", "office", "first", "last", "about", "below"),
        "/history/export": ("who", "first"),
        "/insights/": ("period", "account"),
        "/contacts/": ("topic", "nation", "page"),
        "/inbox/": ("view", "account", "page", "below"),
    }
    for path, names in asked.items():
        for name in names:
            assert administrator.raw("GET", path, query_string={name: attack}).status_code < 500, (path, name)


FIELDS = {
    "/closures/new": {
        "where": OURS, "cause": "weather", "effect": "closed", "starts": "other", "start_day": "2026-11-20",
        "start_time": "09:00", "ends": "other", "end_day": "2026-11-20", "end_time": "12:00", "review_day": "",
        "without": "", "message": "", "message_cy": "", "note": "", "step": "publish", "has_ticks": "", "version": "",
    },
    "/watches/new": {"where": OURS, "cause": "weather", "ends": "today"},
    "/hours/new": {
        "where": OURS, "pattern": "same", "same": "9am to 5pm", "certainty": "usual", "starts": "other",
        "first_day": "2026-11-20", "last_day": "", "step": "publish", "version": "",
    },
    "/days/new": {"where": OURS, "day": "2026-12-24", "title": "A day", "is_open": "no"},
    "/days/2026-12-24": {"division": "scotland", "title": "A day", "is_open": "no"},
    "/offices/leeds-park-place/change": {
        "name": OURS, "nation": "england", "status": "open", "postcode": "LS1 2BE", "position": "", "phone": "",
        "address": "", "town": "", "district": "", "replaced_by": "", "facilities": "", "version": "",
    },
    "/offices/leeds-park-place/names": {"name": "The place", "kind": "alias"},
    "/accounts/new": {"handle": "Mine", "name": "Mine", "where": OURS, "language": "en"},
    "/people/new": {"name": "Somebody", "role": "viewer", "accounts": "JCPinLeeds"},
    "/pause": {"account": "all", "reason": "x"},
    "/resume": {"account": "JCPinLeeds"},
}  # fmt: skip


@EACH_ATTACK
@pytest.mark.parametrize("path", list(FIELDS))
def test_nothing_fails_on_a_hostile_field(administrator: Visitor, path: str, attack: str) -> None:
    token = token_of(administrator)
    for name in FIELDS[path]:
        data = {**FIELDS[path], name: attack, "csrf_token": token}
        assert administrator.raw("POST", path, data=data).status_code < 500, name


def test_a_search_is_not_sql(administrator: Visitor) -> None:
    for probe in ("%", "_", "' OR '1'='1", "\\"):
        assert administrator.get(f"/history/?who={probe.replace('%', '%25')}").soup.select(".console-history li") == []
        assert administrator.get(f"/offices/?q=zzz{probe.replace('%', '%25')}").main.count(OURS) == 0


# Words


MARKED = "<script>alert(1)</script>"


def test_the_words_that_staff_write_are_only_words(
    administrator: Visitor, staffed: Store, clock: Clock, app: Flask
) -> None:
    """Whatever got in by another way than a form is shown as it is written, wherever it is shown."""
    number = publish(administrator, OURS, note=MARKED)
    with staffed.unit_of_work() as work:
        work.connection.exec_driver_sql("UPDATE offices SET name = ?, town = ?, district = ?", (MARKED,) * 3)
        work.connection.exec_driver_sql("UPDATE staff SET name = ?", (MARKED,))
        work.connection.exec_driver_sql("UPDATE accounts SET name = ?", (MARKED,))
        work.connection.exec_driver_sql("UPDATE contacts SET audience = ?, value = ?, hours = ?", (MARKED,) * 3)
        work.connection.exec_driver_sql("UPDATE audit_events SET by = ?", (MARKED,))
        contact = work.contacts.find()[0].id
    paths = ["/", f"/closures/{number}", f"/closures/{number}/amend", "/closures/", "/closures/new", "/watches/new"]
    paths += ["/offices/", "/offices/leeds-park-place", "/offices/leeds-park-place/change", "/contacts/", "/days/"]
    paths += [f"/contacts/{contact}", f"/contacts/{contact}/change", "/accounts/", "/people/", "/people/1", "/pause"]
    paths += ["/history/", "/insights/", "/hours/new", "/offices/leeds-park-place/names", "/inbox/", "/codes"]
    for path in paths:
        page = administrator.get(path)
        assert "alert(1)</script" not in page.response.get_data(as_text=True), path
        assert not [script for script in page.soup.find_all("script") if "alert" in script.get_text()], path


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (MARKED, "markup"),
        ("Read [this](https://evil.example)", "markup"),
        ("More at https://evil.example/x", "a link"),
        ("More at www.evil.example", "a link"),
        ("More at evil.com now", "a link"),
        ("More at https://www.gov.uk@evil.example/", "a link"),
        ("More at https://www.gov.uk.evil.example/", "a link"),
        ("More at https://evil.example\\@www.gov.uk/", "a link"),
        ("Ask for QQ 12 34 56 C", "personal data"),
        ("Ring 07700 900123", "personal data"),
        ("Write to ann@evil.example", "personal data"),
        ("a" * 281, "281 characters"),
    ],
)
def test_words_for_the_public_are_caught(administrator: Visitor, words: str, told: str) -> None:
    page = administrator.get("/closures/new")
    page = administrator.press(page, "See what people will be told", {"where": OURS, "message": words}, status=400)
    assert any(told in error for error in page.errors), page.errors


@pytest.mark.parametrize(
    "words", ["Check again before you travel.", "See www.gov.uk/contact-jobcentre-plus", "Open 9.30am.We close at 5pm"]
)
def test_plain_words_and_links_of_the_government_are_not(administrator: Visitor, words: str) -> None:
    publish(administrator, OURS, message=words)


def test_hidden_characters_are_left_out(administrator: Visitor, staffed: Store) -> None:
    number = publish(administrator, OURS, message="Open\u202e again\u200b soon", note="Boiler\u202e\x07 broken")
    with staffed.unit_of_work(write=False) as work:
        kept = work.closures.get(number)
    assert (kept.message, kept.note) == ("Open again soon", "Boiler broken")


@pytest.mark.parametrize("note", ["His number is QQ 12 34 56 C", "a" * 1001])
def test_a_note_with_a_number_of_somebody_is_caught(administrator: Visitor, note: str) -> None:
    page = administrator.get("/closures/new")
    page = administrator.press(page, "See what people will be told", {"where": OURS, "note": note}, status=400)
    assert page.errors


@pytest.mark.parametrize("name", ["Viewer\u200b Ann", "VIEWER  ANN", "\u202eViewer Ann", "Ｖｉｅｗｅｒ Ann"])
def test_nobody_is_called_like_somebody_else(administrator: Visitor, name: str) -> None:
    page = administrator.press(administrator.get("/people/new"), "Save", {"name": name, "role": "viewer"})
    assert "already" in page.errors[0]


# Files


FILES = {
    "nul": b"id,alias\nleeds-park-place,a\x00b\n",
    "utf-16": "id,alias\nleeds-park-place,b\n".encode("utf-16"),
    "latin-1": "id,alias\nleeds-park-place,caf\xe9\n".encode("latin-1"),
    "spreadsheet": b"PK\x03\x04zip",
    "empty": b"",
    "no rows": b"id,alias\n",
    "many columns": b"id,alias" + b"".join(b",c%d" % n for n in range(100_000)) + b"\nleeds-park-place,b\n",
    "large cell": b"id,alias\nleeds-park-place," + b"a" * 1_000_000 + b"\n",
    "open quote": b'id,alias\nleeds-park-place,"' + b"a\n" * 1000,
    "many lines": b"id,alias\n" + b"\n" * 100_000,
    "many lines of carriage returns": b"id,alias\r" + b"x,y\r" * 100_000,
}


@pytest.mark.parametrize("data", FILES.values(), ids=list(FILES))
def test_a_hostile_file_is_refused_beside_its_field(administrator: Visitor, staffed: Store, data: bytes) -> None:
    before = held(staffed)
    response = upload(administrator, data, "names.csv")
    told = response.get_data(as_text=True)
    assert response.status_code in (302, 400), told
    assert response.status_code == 302 or "govuk-error-message" in told
    assert len(told) < 40_000
    assert held(staffed) == before


def upload(visitor: Visitor, data: bytes, name: str) -> Any:
    form = {"file": (io.BytesIO(data), name), "csrf_token": token_of(visitor)}
    return visitor.raw("POST", "/imports/names", data=form, content_type="multipart/form-data")


@pytest.mark.parametrize("name", ["../../etc/passwd", MARKED, "\u202evsc.exe", "n" * 5000])
def test_the_name_of_a_file_is_only_told(administrator: Visitor, name: str) -> None:
    response = upload(administrator, b"id,alias\nleeds-park-place,The place\n", name)
    assert response.status_code == 302
    page = administrator.get("/imports/names/preview")
    assert MARKED not in page.response.get_data(as_text=True)


EXPORTS = (
    "/offices/export.csv",
    "/offices/names.csv",
    "/contacts/export.csv",
    "/history/export",
    "/insights/download",
)
FORMULAS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "|x", "%x", "＝1", "＋1", "－1", "＠x", "'=1"]


def is_formula(cell: str) -> bool:
    return bool(re.match(r"\s*[=+\-@|%＝＋－＠]", cell)) and not re.fullmatch(r"-?\d+\.\d+", cell)


@pytest.mark.parametrize("formula", FORMULAS, ids=[ascii(formula) for formula in FORMULAS])
def test_no_cell_of_any_file_is_a_formula(administrator: Visitor, staffed: Store, clock: Clock, formula: str) -> None:
    publish(administrator, OURS)
    with staffed.unit_of_work() as work:
        offices.confirm(work, ["leeds-park-place"], by="test", at=clock.now)
        work.connection.exec_driver_sql("UPDATE offices SET name = ?, town = ?", (formula, formula))
        work.connection.exec_driver_sql("UPDATE office_names SET name = ? WHERE rowid = 1", (formula,))
        work.connection.exec_driver_sql("UPDATE contacts SET value = ?, hours = ?", (formula, formula))
        work.connection.exec_driver_sql("UPDATE audit_events SET by = ?", (formula,))
    for path in EXPORTS:
        response = administrator.raw("GET", path)
        assert response.headers["Content-Disposition"].startswith("attachment; filename=")
        for row in csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if is_formula(cell)], path
