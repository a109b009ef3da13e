"""The web chat page: plain HTML that needs no script. Words are in `words.yml`, the frame in `templates/`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode

import yaml

from bot.channels.transcript import Part, Shown, Transcript, find_links
from bot.jobcentre.conversation import Account, Language
from bot.jobcentre.conversation import ConversationState as State
from bot.jobcentre.text import LIMIT

FOLDER = Path(__file__).parent
STATIC_TYPES = {"chat.css": "text/css", "chat.js": "text/javascript", "icon.svg": "image/svg+xml"}


class Html(str):
    """Text that is HTML already. Every other text is escaped when it goes into the page."""


NOTHING = Html()


class Problem(Exception):
    """Why a request was not done, and its HTTP status. `code` names its words in `words.yml`."""

    def __init__(self, code: str, status: int = 400, **blanks: object) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.blanks = blanks

    def told(self, language: Language) -> str:
        return word(self.code, language, **self.blanks)


@dataclass(frozen=True)
class View:
    """What one page shows."""

    language: Language
    now: datetime
    is_sample: bool
    accounts: Sequence[Account]
    account: Account | None
    transcript: Transcript
    message_id: str
    form_token: str
    is_over: bool = False
    """The person has just ended a chat."""
    text: str = ""
    """What was written and could not be sent."""
    problem: Problem | None = None

    @property
    def handle(self) -> str:
        return self.account.handle if self.account else ""

    @property
    def here(self) -> str:
        return address(self.handle, self.language)


def address(handle: str, language: Language) -> str:
    """The page's own address, relative: no word of a message is ever part of it."""
    chosen = {"account": handle} if handle else {}
    return "./?" + urlencode({**chosen, "lang": language.value})


def word(name: str, language: Language, **blanks: object) -> str:
    return _words()[name][language.value].format(**blanks)


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "words.yml").read_text(encoding="utf-8"))
    return words


@cache
def static_files() -> dict[str, bytes]:
    return {name: (FOLDER / "static" / name).read_bytes() for name in STATIC_TYPES}


@cache
def _version() -> str:
    """Changes with any static file, so that browsers may keep them for good."""
    return hashlib.sha256(b"".join(static_files().values())).hexdigest()[:10]


@cache
def _template(name: str) -> Template:
    return Template((FOLDER / "templates" / name).read_text(encoding="utf-8"))


def _filled(name: str, language: Language, **values: str) -> Html:
    words = {f"w_{key}": escape(texts[language.value]) for key, texts in _words().items()}
    given = {key: value if isinstance(value, Html) else escape(value) for key, value in values.items()}
    return Html(_template(name).substitute({**words, **given, "lang": language.value}))


def _tag(name: str, content: str, **attributes: str) -> Html:
    told = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{told}>{content if isinstance(content, Html) else escape(content)}</{name}>")


def _join(pieces: Sequence[str], between: str = "") -> Html:
    return Html(between.join(pieces))


def chat_page(view: View) -> str:
    skip = _tag("a", word("skip", view.language), class_="skip", href="#text")
    summary = _summary(view.language, view.problem)
    return _page(view.language, view.handle, _chat(view), skip=skip, sample=_sample(view), summary=summary)


def problem_page(problem: Problem, language: Language) -> str:
    """For what is not the chat itself: a page that is not there, say."""
    back = _tag("p", _tag("a", word("title", language), href="./"))
    return _page(language, "", _tag("div", back, class_="intro width"), summary=_summary(language, problem, href="./"))


def _page(
    language: Language,
    handle: str,
    content: Html,
    *,
    summary: Html,
    skip: Html = NOTHING,
    sample: Html = NOTHING,
) -> str:
    title = f"{word('title', language)} – {word('service', language)}"
    return "" + _filled(
        "page.html",
        language,
        page_title=(word("error_prefix", language) if summary else "") + title,
        version=_version(),
        languages=_languages(language, handle),
        skip=skip,
        summary=summary,
        sample=sample,
        content=content,
    )


def _languages(language: Language, handle: str) -> Html:
    """The other language as a link, each in its own words."""
    items = []
    for each in Language:
        name = word("language_name", each)
        if each is language:
            item = _tag("span", name, lang=each.value, aria_current="true")
        else:
            item = _tag("a", name, lang=each.value, hreflang=each.value, href=address(handle, each))
        items.append(_tag("li", item))
    return _join(items)


def _sample(view: View) -> Html:
    if not view.is_sample:
        return NOTHING
    tag = _tag("strong", word("sample", view.language), class_="tag")
    return _tag("p", _join([tag, " ", escape(word("sample_more", view.language))]), class_="phase")


def _summary(language: Language, problem: Problem | None, href: str = "#text") -> Html:
    """An error summary as GOV.UK has it: what is wrong, with the way to where it is put right."""
    if problem is None:
        return NOTHING
    link = _tag("a", problem.told(language), href=href)
    content = _tag("h2", word("problem", language), id="summary-title") + _tag("p", link)
    return _tag("div", Html(content), id="summary", class_="summary", role="alert", aria_labelledby="summary-title")


def _chat(view: View) -> Html:
    language, problem, transcript = view.language, view.problem, view.transcript
    name = view.account.name if view.account else ""
    earlier = _tag("p", word("earlier", language), class_="hint")
    return _filled(
        "chat.html",
        language,
        account=view.handle,
        accounts=_accounts(view),
        choosing=Html("" if view.account else " open"),
        danger=_join([_part(part) for part in find_links(word("danger", language))]),
        ended=_tag("p", word("ended", language), class_="notice", data_ended="") if view.is_over else NOTHING,
        account_name=name or word("any_account", language),
        log_title=word("log_with", language, account=name) if name else word("log", language),
        earlier=earlier if transcript.is_cut else NOTHING,
        nothing=Html() if transcript.messages else _filled("nothing.html", language),
        messages=_join([_message(shown, view) for shown in transcript.messages], "\n"),
        waiting=word("waiting", language) if transcript.is_waiting else "",
        here=view.here,
        message_id=view.message_id,
        form_token=view.form_token,
        limit=str(LIMIT),
        message_label=word("message_to", language, account=name) if name else word("message", language),
        error=problem.told(language) if problem else "",
        error_class=" has-error" if problem else "",
        version=_version(),
        invalid=Html(' aria-invalid="true" autofocus') if problem else NOTHING,
        text=view.text,
        unless_any=Html("" if transcript.messages else " hidden"),
        **_states(view),
    )


def _states(view: View) -> dict[str, str]:
    """How the conversation stands, in words: all of them are in the page, and the script shows another when it has
    changed."""
    return {f"unless_{state.value}": Html("" if state is view.transcript.state else " hidden") for state in State}


def _accounts(view: View) -> Html:
    choices = [("", word("any_account", view.language))]
    choices += [(account.handle, f"{account.name} (@{account.handle})") for account in view.accounts]
    return _join([_option(handle, name, handle == view.handle) for handle, name in choices])


def _option(handle: str, name: str, is_chosen: bool) -> Html:
    return _tag("option", name, value=handle, **({"selected": "selected"} if is_chosen else {}))


def _message(shown: Shown, view: View) -> Html:
    who = _tag("span", word(shown.author, view.language), class_="who")
    at = _tag("time", shown.time(view.language, view.now), datetime=shown.at.isoformat())
    head = _tag("p", Html(f"{who} {at}"), class_="head")
    said = _join([_tag("p", _join([_part(part) for part in each]), dir="auto") for each in shown.paragraphs])
    text = _tag("div", said, class_="said", lang=shown.language.value)
    return _tag(
        "article", Html(head + text), class_=f"message {shown.author}", id=f"m{shown.id}", data_id=str(shown.id)
    )


def _part(part: Part) -> Html:
    if part.href:
        return _tag("a", part.text, href=part.href, rel="noreferrer")
    return Html(escape(part.text))
