"""Reads conversation files strictly: every slip of the pen is told with its file, its line and what to write."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from yaml.nodes import MappingNode, Node

from bot.jobcentre.answer import Asks
from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import ConversationState, Language
from bot.jobcentre.errors import BadInput
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.opening import OpeningState
from bot.jobcentre.personal_data import PersonalData
from bot.jobcentre.typed_times import date_of
from bot.testing.page import CLOCK_HELP, EXAMPLE, BadScript, Page, Slip
from bot.testing.script import (
    FACTS,
    LIST_FACTS,
    NOTHING,
    SOMEBODY,
    Conversation,
    Expected,
    Step,
    Turn,
    Wanted,
)
from bot.testing.staff import ADVISER, HANDOFF, find_fault, suggestion
from bot.testing.suite import FILE, Suite, find_files, find_suite_file
from bot.testing.variations import VARIATIONS

FOLDER = "{folder}"
"""In a command of staff: the folder of the file that it stands in."""
BY = "Staff"
"""Who does what `given` says."""
_ABOVE = ("clock", "account", "staff", "given", "rules")
_FILE_NAMES = ("about", *_ABOVE, "conversations")
_CONVERSATION_NAMES = ("name", *_ABOVE, "turns", "not_yet", "exact", "invariance")
_WORDS = ("says", "never_says", "begins", "words_at_most", "silent")
_DOING = ("staff", "adviser")
_TURN_NAMES = ("person", "as", "account", "clock", *_DOING, *FACTS, *_WORDS)
_SUITE_NAMES = ("about", "data", "rules", "known_failures_at_most", "unchanged_at_least")
_GIVEN_NAMES = ("closures", "watches", "hours", "closed_days", "confirmed", "paused")
_ADVISER_DOES = ("claim", "reply", "note", "release", "return", "resolve")


@dataclass(frozen=True)
class Script:
    """All that was read: the suite, and its conversations in the order of the files."""

    suite: Suite
    conversations: tuple[Conversation, ...]


def read(paths: Sequence[Path]) -> Script:
    """Read files, and folders with all that is in them. Raises BadScript with every slip that was found."""
    slips = [Slip(str(path), 0, "there is no such file or folder") for path in paths if not path.exists()]
    if slips:
        raise BadScript(slips)
    suite = read_suite(paths[0])
    files = find_files(paths)
    if not files:
        raise BadScript([Slip(", ".join(map(str, paths)), 0, "there are no .yml files in it")])
    conversations: list[Conversation] = []
    for file in files:
        try:
            conversations += read_file(file, suite)
        except BadScript as bad:
            slips += bad.slips
    if slips:
        raise BadScript(slips)
    return Script(suite, tuple(conversations))


def read_suite(path: Path) -> Suite:
    """The suite of a file or folder, from the nearest `suite.yml`. Raises BadScript."""
    file = find_suite_file(path)
    if file is None:
        return Suite(path.resolve() if path.is_dir() else path.resolve().parent)
    page = Page(_told(file))
    suite = _suite(page, file)
    page.finish()
    return suite


def read_file(file: Path, suite: Suite) -> list[Conversation]:
    """The conversations of one file. Raises BadScript."""
    page = Page(_told(file))
    conversations = FileReader(page, suite, _id_of(file, suite)).read(file)
    page.finish()
    return conversations


def _told(file: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        return str(file.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(file)


def _id_of(file: Path, suite: Suite) -> str:
    resolved = file.resolve()
    within = resolved.relative_to(suite.folder) if resolved.is_relative_to(suite.folder) else Path(file.name)
    return within.as_posix()


def _suite(page: Page, file: Path) -> Suite:
    root = page.root(file, may_be_empty=True)
    given = page.mapping(root, _SUITE_NAMES, "a suite") if root else {}
    suite = Suite(file.parent)
    data = file.parent / page.text(given["data"]) if "data" in given else suite.data
    if not (data / "offices.csv").is_file():
        page.slip(given.get("data", 0), f"there is no offices.csv in {data}: data names a folder such as data/sample")
    rules = page.mapping(given["rules"], None, "the rules") if "rules" in given else {}
    shares = (
        page.mapping(given["unchanged_at_least"], sorted(VARIATIONS), "unchanged_at_least")
        if ("unchanged_at_least" in given)
        else {}
    )
    return Suite(
        file.parent,
        data,
        {number: page.text(name) for number, name in rules.items()},
        page.number(given["known_failures_at_most"]) if "known_failures_at_most" in given else 0,
        {name: page.number(share) for name, share in shares.items()},
    )


# ------------------------------------------------------------------ conversations


@dataclass(frozen=True)
class Setting:
    """What holds for turns that do not say otherwise."""

    clock: datetime | None
    account: str
    staff: tuple[Step, ...]
    rules: tuple[str, ...]


class FileReader:
    """Reads one file of conversations."""

    def __init__(self, page: Page, suite: Suite, file_id: str) -> None:
        self._page = page
        self._suite = suite
        self._file_id = file_id
        self._words = _vocabulary(suite)
        self._accounts = suite.accounts()
        self._folder = "."

    def read(self, file: Path) -> list[Conversation]:
        page = self._page
        root = page.root(file)
        self._folder = str(file.resolve().parent)
        self._open_vocabulary(file)
        told = page.mapping(root, _FILE_NAMES, "a file") if root else {}
        if "conversations" not in told:
            if root and not page.slips:
                page.slip(root, f"there are no conversations: write {EXAMPLE}")
            return []
        above = self._setting(told, Setting(None, "", (), ()))
        found = [self._conversation(node, above) for node in page.items(told["conversations"])]
        self._refuse_names_used_twice(found)
        return found

    def _open_vocabulary(self, file: Path) -> None:
        """Where staff bring offices or accounts of their own, any name may be right."""
        text = file.read_text(encoding="utf-8", errors="replace")
        if "offices import" in text:
            self._words["offices"] = set()
        if "accounts add" in text:
            self._accounts = set()

    def _refuse_names_used_twice(self, conversations: Iterable[Conversation]) -> None:
        first: dict[str, int] = {}
        for conversation in conversations:
            if conversation.name in first:
                before = first[conversation.name]
                self._page.slip(conversation.line, f"“{conversation.name}” is also the name in line {before}")
            elif conversation.name:
                first[conversation.name] = conversation.line

    def _setting(self, told: Mapping[str, Node], above: Setting) -> Setting:
        return Setting(
            self._page.moment(told["clock"]) if "clock" in told else above.clock,
            self._account(told["account"]) if "account" in told else above.account,
            (*above.staff, *self._given(told.get("given")), *self._staff(told.get("staff"))),
            tuple(dict.fromkeys((*above.rules, *self._rules(told.get("rules"))))),
        )

    def _account(self, node: Node) -> str:
        handle = self._page.text(node, may_be_empty=True)
        known = {account.casefold() for account in self._accounts}
        if handle and known and handle.lstrip("@").casefold() not in known:
            near = suggestion(handle, sorted(self._accounts))
            self._page.slip(node, f"“{handle}” is not an account of {self._suite.data.name}{near}")
        return handle

    def _conversation(self, node: Node, above: Setting) -> Conversation:
        page = self._page
        line = node.start_mark.line + 1
        told = page.mapping(node, _CONVERSATION_NAMES, "a conversation")
        setting = self._setting(told, above)
        if told and not ("name" in told and "turns" in told):
            page.slip(node, "a conversation needs a name and turns")
        if told and setting.clock is None and "turns" in told:
            page.slip(node, f"there is no clock, here or above: {CLOCK_HELP}")
        begins_at = setting.clock or datetime(2000, 1, 1, tzinfo=LONDON)
        return Conversation(
            self._file_id,
            page.text(told["name"]) if "name" in told else "",
            line,
            begins_at,
            self._turns(told.get("turns"), begins_at, setting.account),
            setting.staff,
            setting.rules,
            page.text(told["not_yet"]) if "not_yet" in told else "",
            "exact" in told and page.truth(told["exact"]),
            self._variations(told.get("invariance")),
        )

    def _turns(self, node: Node | None, clock: datetime, account: str) -> tuple[Turn, ...]:
        turns: list[Turn] = []
        for item in self._page.items(node) if node else []:
            turns.append(self._turn(item, clock, account))
            clock = turns[-1].clock
        return tuple(turns)

    def _turn(self, node: Node, before: datetime, account: str) -> Turn:
        page = self._page
        told = page.mapping(node, _TURN_NAMES, "a turn")
        expected = self._expected(told)
        if told and "person" not in told and (expected != Expected() or not set(told) & set(_DOING)):
            page.slip(node, "a turn needs “person”: what the person says")
        if "person" in told and expected == Expected():
            page.slip(node, "a turn needs something to look for in the reply, such as “kind”, “says” or “never_says”")
        person = page.items(told["person"]) if "person" in told else []
        return Turn(
            node.start_mark.line + 1,
            page.moment(told["clock"], before) if "clock" in told else before,
            self._account(told["account"]) if "account" in told else account,
            page.text(told["as"]) if "as" in told else SOMEBODY,
            (*self._staff(told.get("staff")), *self._adviser(told.get("adviser"))),
            tuple(page.text(item, may_be_empty=True) for item in person),
            expected,
        )

    # -------------------------------------------------------------- what is expected

    def _expected(self, told: Mapping[str, Node]) -> Expected:
        page = self._page
        return Expected(
            {name: self._wanted(name, told[name]) for name in FACTS if name in told},
            self._says(told["says"]) if "says" in told else (),
            page.texts(told["never_says"]) if "never_says" in told else (),
            page.texts(told["begins"]) if "begins" in told else (),
            page.number(told["words_at_most"]) if "words_at_most" in told else None,
            "silent" in told and page.truth(told["silent"]),
        )

    def _says(self, node: Node) -> tuple[tuple[str, ...], ...]:
        return tuple(self._alternatives(item) for item in self._page.items(node))

    def _alternatives(self, node: Node) -> tuple[str, ...]:
        if not isinstance(node, MappingNode):
            return (self._page.text(node),)
        given = self._page.mapping(node, ("any_of",), "words to be said")
        return self._page.texts(given["any_of"]) if "any_of" in given else ()

    def _wanted(self, name: str, node: Node) -> Wanted:
        """A list is alternatives where the fact has one value, and the whole where it may have several."""
        several = name in LIST_FACTS
        if not isinstance(node, MappingNode):
            whole = tuple(self._word(name, item) for item in self._page.items(node))
            return Wanted((whole,) if several else tuple((word,) for word in whole))
        known = ("any_of", "includes", "not") if several else ("any_of", "not")
        given = self._page.mapping(node, known, f"“{name}” with conditions")
        wholes = self._page.items(given["any_of"]) if "any_of" in given else []
        return Wanted(
            tuple(tuple(self._word(name, word) for word in self._page.items(whole)) for whole in wholes),
            self._all(name, given.get("includes")),
            self._all(name, given.get("not")),
        )

    def _all(self, name: str, node: Node | None) -> tuple[str, ...]:
        return tuple(self._word(name, item) for item in self._page.items(node)) if node else ()

    def _word(self, name: str, node: Node) -> str:
        """One value of a fact, if it is one that the fact can have."""
        text = self._page.text(node)
        if text == NOTHING or not text:
            return text
        if name == "at":
            return self._page.moment(node).isoformat()
        if name == "day":
            return self._day(text, node)
        known = self._words[name]
        if known and text not in known:
            self._page.slip(node, f"“{text}” is not one of “{name}”{suggestion(text, sorted(known))}")
        return text

    def _day(self, text: str, node: Node) -> str:
        try:
            if not text[:1].isdigit():
                raise BadInput(text)
            return date_of(text, datetime(2000, 1, 1, tzinfo=LONDON).date()).isoformat()
        except BadInput:
            self._page.slip(node, f"the day is “{text}”: write it like 2026-11-19")
            return text

    def _rules(self, node: Node | None) -> tuple[str, ...]:
        rules = self._page.texts(node) if node else ()
        for rule in rules:
            if node and rule not in self._suite.rules:
                named = ", ".join(self._suite.rules) or "none yet"
                self._page.slip(node, f"there is no rule “{rule}” in {FILE}: it names {named}")
        return rules

    def _variations(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        names = self._page.texts(node)
        if names == ("true",):
            return tuple(VARIATIONS)
        for name in names:
            if name not in VARIATIONS:
                self._page.slip(node, f"there is no variation “{name}”{suggestion(name, sorted(VARIATIONS))}")
        return names

    # -------------------------------------------------------------- what staff do

    def _staff(self, node: Node | None) -> tuple[Step, ...]:
        steps = []
        for item in self._page.items(node) if node else []:
            text = self._page.text(item)
            try:
                words = shlex.split(text)
                steps.append(self._step(item, [word.replace(FOLDER, self._folder) for word in words]))
            except ValueError:
                self._page.slip(item, f"a quotation mark is left open in: {text}")
        return tuple(steps)

    def _step(self, node: Node, command: Sequence[str]) -> Step:
        if fault := find_fault(command):
            self._page.slip(node, fault)
        return Step(node.start_mark.line + 1, tuple(command))

    def _adviser(self, node: Node | None) -> tuple[Step, ...]:
        return tuple(self._adviser_step(item) for item in self._page.items(node)) if node else ()

    def _adviser_step(self, node: Node) -> Step:
        """`claim`, or `reply: words`."""
        words: list[str] = []
        if isinstance(node, MappingNode):
            given = self._page.mapping(node, _ADVISER_DOES, "what an adviser does")
            name = next(iter(given), "")
            words = [self._page.text(given[name])] if name else []
        else:
            name = self._page.text(node)
        if name not in _ADVISER_DOES:
            if not isinstance(node, MappingNode):
                self._page.slip(node, f"an adviser cannot “{name}”{suggestion(name, _ADVISER_DOES)}")
            return Step(node.start_mark.line + 1, ())
        option = ["--note"] if name == "return" and words else []
        return self._step(node, ["handoffs", name, HANDOFF, *option, *words, "--by", ADVISER])

    def _given(self, node: Node | None) -> tuple[Step, ...]:
        """What holds before it begins, said without commands; each thing is the command that would bring it about."""
        given = self._page.mapping(node, _GIVEN_NAMES, "what is given") if node else {}
        makers: Mapping[str, Callable[[Node], list[Step]]] = {
            "closures": lambda one: self._commands(one, ["closures", "publish"]),
            "watches": lambda one: self._commands(one, ["closures", "watch"]),
            "closed_days": lambda one: self._commands(one, ["offices", "closed-day"], ("day", "office")),
            "hours": self._hours,
            "confirmed": lambda one: [self._step(one, ["offices", "confirm", *self._page.texts(one), "--by", BY])],
            "paused": self._paused,
        }
        return tuple(step for name, value in given.items() for step in makers[name](value))

    def _commands(self, node: Node, command: Sequence[str], plain: Sequence[str] = ()) -> list[Step]:
        """Each of the list as a command, its names as options; `plain` are the names of what stands without one."""
        steps = []
        for item in self._page.items(node):
            told = self._page.mapping(item, None, f"each of “{command[0]}”")
            leading = [word for name in plain if name in told for word in self._page.texts(told.pop(name))]
            options = [word for name, value in told.items() for word in self._option(name, value)]
            by = [] if "by" in told else ["--by", BY]
            steps.append(self._step(item, [*command, *leading, *options, *by]))
        return steps

    def _option(self, name: str, node: Node) -> list[str]:
        flag = f"--{name.replace('_', '-')}"
        values = self._page.texts(node)
        if values == ("true",):
            return [flag]
        return [word for value in values for word in (flag, value)]

    def _hours(self, node: Node) -> list[Step]:
        told = self._page.mapping(node, None, "hours")
        return [
            self._step(value, ["offices", "hours", office, self._page.text(value), "--by", BY])
            for office, value in told.items()
        ]

    def _paused(self, node: Node) -> list[Step]:
        return [
            self._step(item, ["accounts", "pause", self._page.text(item), "--reason", "A test", "--by", BY])
            for item in self._page.items(node)
        ]


def _vocabulary(suite: Suite) -> dict[str, set[str]]:
    """The words that each fact can have."""
    return {
        "kind": _values(Kind),
        "kinds": _values(Kind),
        "offices": suite.offices(),
        "opening": _values(OpeningState) | {"mixed"},
        "asks": _values(Asks),
        "topics": suite.topics(),
        "language": _values(Language),
        "handoff": _values(HandoffReason),
        "state": _values(ConversationState),
        "redacted": _values(PersonalData),
    }


def _values(words: type[Enum]) -> set[str]:
    return {str(word.value) for word in words}
