"""Somebody with a browser, without a browser: follows links, fills in forms, and looks at every page it is shown.

Every page has to keep to the house rules, so that a test of one thing looks at all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

Values = Mapping[str, Any]


class Page:
    """An HTML page as it was sent."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")

    @property
    def heading(self) -> str:
        return _text(self.soup.h1)

    @property
    def main(self) -> str:
        """The words of the page itself, without header, navigation and footer."""
        return _text(self.soup.main)

    @property
    def errors(self) -> list[str]:
        return [_text(item) for item in self.soup.select(".govuk-error-summary__list li")]

    def link(self, words: str) -> str:
        """Where the link with these words goes. Fails where there is none, or more than one place."""
        found = {str(a["href"]) for a in self.soup.find_all("a", href=True) if _text(a) == words}
        assert len(found) == 1, f"{len(found)} links “{words}” on “{self.heading}”"
        return found.pop()

    def form(self, button: str) -> Tag:
        """The form with that button, inside it or pointing to it."""
        found = [form for form in self.soup.find_all("form") if button in [_text(b) for b in self.buttons(form)]]
        assert len(found) == 1, f"{len(found)} forms with “{button}” on “{self.heading}”"
        return found[0]

    def buttons(self, form: Tag) -> list[Tag]:
        return self._of(form, ["button"])

    def fields(self, form: Tag) -> list[Tag]:
        return self._of(form, ["input", "select", "textarea"])

    def _of(self, form: Tag, names: list[str]) -> list[Tag]:
        """Inside the form or pointing to it."""
        elsewhere = self.soup.find_all(names, attrs={"form": form["id"]}) if form.get("id") else []
        return [*form.find_all(names), *elsewhere]


class Visitor:
    """One person, with cookies of their own."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()

    def get(self, path: str, status: int = 200) -> Page:
        return self._shown(self._client.get(path, follow_redirects=True), status)

    def post(self, path: str, values: Values | None = None, status: int = 200, *, follow: bool = True) -> Page:
        """Without the page that would have the form: no token, unless it is among the values."""
        return self._shown(self._client.post(path, data=values or {}, follow_redirects=follow), status)

    def press(self, page: Page, button: str, values: Values | None = None, status: int = 200) -> Page:
        """Fill in the form with that button and press it. Names that the form does not have are an error."""
        form = page.form(button)
        data = _filled(page.fields(form))
        names = {field.get("name") for field in page.fields(form)}
        for name, value in (values or {}).items():
            assert name in names, f"the form has no “{name}”"
            data[name] = value
        pressed = next(b for b in page.buttons(form) if _text(b) == button)
        if pressed.get("name"):
            data[str(pressed["name"])] = str(pressed.get("value", ""))
        here = page.response.request.full_path.rstrip("?") if page.response.request else "/"
        path = str(pressed.get("formaction") or form.get("action") or here)
        if str(form.get("method", "get")).lower() == "get":
            return self._shown(self._client.get(path, query_string=data, follow_redirects=True), status)
        return self.post(path, data, status)

    def raw(self, method: str, path: str, **options: Any) -> TestResponse:
        """For what is no page: files, headers, attacks."""
        return self._client.open(path, method=method, **options)

    def _shown(self, response: TestResponse, status: int) -> Page:
        page = Page(response)
        assert response.status_code == status, f"{response.status_code} at {response.request.path}: {page.main[:300]}"
        if response.mimetype == "text/html":
            check_house_rules(page)
        return page


def check_house_rules(page: Page) -> None:
    """What every page has, whatever it is for."""
    soup = page.soup
    if soup.html is None or not soup.find("main"):
        return  # a redirect's few words
    assert len(soup.find_all("h1")) == 1, "a page has one h1"
    assert soup.html.get("lang") == "en"
    title = _text(soup.title)
    assert title.endswith("Jobcentre Assistant staff console")
    assert not title.startswith("–"), "the title names the page"
    assert bool(page.errors) == title.startswith("Error: "), "the title says when there is an error"
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    assert not [*soup.find_all(style=True), *soup.find_all("style")], "the policy allows no inline style"
    assert not [s for s in soup.find_all("script") if not s.get("src")], "the policy allows no inline script"
    assert not [a for a in soup.find_all(True) if any(name.startswith("on") for name in a.attrs)], "no handlers"
    labelled = {label.get("for") for label in soup.find_all("label")}
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.get("type") not in ("hidden", "submit"):
            assert field.get("id") in labelled or field.get("aria-label"), f"no label: {field}"
    for form in soup.find_all("form"):
        if str(form.get("method", "")).lower() == "post":
            assert form.find(attrs={"name": "csrf_token"}), "a form that changes something has a token"
    for table in soup.find_all("table"):
        assert table.caption, "a table has a caption"
    for link in soup.find_all("a", href=True):
        assert _text(link) or link.get("aria-label"), "a link says where it goes"
        assert not urlsplit(str(link["href"])).netloc or link.get("rel"), f"a link outward has a rel: {link}"


def _filled(fields: Sequence[Tag]) -> dict[str, Any]:
    """What a browser would send if nothing were changed."""
    values: dict[str, Any] = {}
    for field in fields:
        name, kind = field.get("name"), field.get("type")
        if not name or kind in ("submit", "file"):
            continue
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        for value in _values(field):
            _add(values, str(name), value)
    return values


def _values(field: Tag) -> Sequence[str]:
    if field.name == "select":
        chosen = [o for o in field.find_all("option") if o.has_attr("selected")] or field.find_all("option")[:1]
        return [str(option.get("value", _text(option))) for option in chosen]
    return [field.get_text() if field.name == "textarea" else str(field.get("value", ""))]


def _add(values: dict[str, Any], name: str, value: str) -> None:
    if name in values:
        before = values[name] if isinstance(values[name], list) else [values[name]]
        values[name] = [*before, value]
    else:
        values[name] = value


def _text(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ", strip=True).split()) if tag else ""
