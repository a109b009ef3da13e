"""One YAML file on its way in: its nodes with their lines, and every slip of the pen that was found in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.errors import BadInput
from bot.jobcentre.typed_times import parse_when
from bot.testing.script import NOTHING
from bot.testing.staff import suggestion

CLOCK_HELP = "write a date and a time in London, such as 2026-11-19 10:30"
EXAMPLE = "conversations: [{name: …, turns: [{person: …, kind: …}]}], with a clock above them"
_LATER = re.compile(r"\+(\d{1,4}) (minute|hour|day|week)s?")


@dataclass(frozen=True)
class Slip:
    """One thing in a file that cannot be meant. The line is 0 where it is the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


class BadScript(BadInput):
    """Files cannot be read. The message has a line for every slip."""

    def __init__(self, slips: Sequence[Slip]) -> None:
        super().__init__("\n".join(map(str, slips)))
        self.slips = tuple(slips)


@dataclass
class Page:
    """One file on its way in, and the slips found so far. What cannot be read is noted and read as nothing."""

    file: str
    slips: list[Slip] = field(default_factory=list)

    def finish(self) -> None:
        if self.slips:
            raise BadScript(sorted(self.slips, key=lambda slip: slip.line))

    def slip(self, node: Node | int, text: str) -> None:
        line = node if isinstance(node, int) else node.start_mark.line + 1
        self.slips.append(Slip(self.file, line, text))

    def root(self, file: Path, *, may_be_empty: bool = False) -> Node | None:
        """The file's one document. Everything in it is text: 2026-11-19 is read by us, and "no" is a word."""
        try:
            node: Node | None = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        except UnicodeDecodeError as error:
            self.slip(0, f"it is not in UTF-8: {error.reason} at byte {error.start}")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.slip(mark.line + 1 if mark else 0, _of_yaml(error))
        except yaml.YAMLError as error:
            self.slip(0, f"it is not YAML: {error}")
        else:
            if node is None and not may_be_empty:
                self.slip(0, f"it is empty: write {EXAMPLE}")
            return node
        return None

    def mapping(self, node: Node, known: Sequence[str] | None, what: str) -> dict[str, Node]:
        """Names and values, each name once and known."""
        if not isinstance(node, MappingNode):
            self.slip(node, f"{what} is written as names and values, such as “{(known or ['name'])[0]}: …”")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = self.text(key)
            if known is not None and name not in known:
                self.slip(key, f"“{name}” is not a name of {what}{suggestion(name, known)}")
            elif name in found:
                self.slip(key, f"“{name}” stands here twice: put both values into one list")
            else:
                found[name] = value
        return found

    def items(self, node: Node) -> list[Node]:
        """A list; one thing alone is a list of one."""
        if isinstance(node, SequenceNode):
            if not node.value:
                self.slip(node, f"the list is empty: leave it out, or write “{NOTHING}”")
            return list(node.value)
        return [node]

    def text(self, node: Node, *, may_be_empty: bool = False) -> str:
        if not isinstance(node, ScalarNode):
            self.slip(node, "this should be words: put words that have a colon or a bracket in quotes")
            return ""
        if not node.value and not (may_be_empty and node.style):
            empty = '; for a message without words write ""' if may_be_empty else ""
            self.slip(node, f"nothing is written here: words that begin with # need quotes{empty}")
        return str(node.value)

    def texts(self, node: Node) -> tuple[str, ...]:
        return tuple(self.text(item) for item in self.items(node))

    def number(self, node: Node) -> int:
        text = self.text(node)
        if not text.isdecimal():
            self.slip(node, f"“{text}” should be a whole number")
            return 0
        return int(text)

    def truth(self, node: Node) -> bool:
        text = self.text(node)
        if text not in ("true", "false"):
            self.slip(node, f"“{text}” should be true or false")
        return text == "true"

    def moment(self, node: Node, before: datetime | None = None) -> datetime:
        """A clock, or with one before it also how much later: "+3 days"."""
        text = self.text(node)
        later = _LATER.fullmatch(text)
        if later and before:
            return _later(before, int(later[1]), later[2])
        try:
            if later or len(text) <= len("2026-11-19"):
                raise BadInput(f'"{text}" is not a clock')
            return parse_when(text).astimezone(LONDON)
        except BadInput:
            or_later = "; or how much later, such as +3 days" if before else ""
            self.slip(node, f"the clock is “{text}”: {CLOCK_HELP}{or_later}")
            return datetime(2000, 1, 1, tzinfo=LONDON)


def _later(before: datetime, count: int, unit: str) -> datetime:
    if unit in ("day", "week"):
        return before + timedelta(days=count * (7 if unit == "week" else 1))  # the same time on the wall
    span = timedelta(**{f"{unit}s": count})
    return (before.astimezone(timezone.utc) + span).astimezone(LONDON)


def _of_yaml(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "it is not YAML"
    if "'\\t'" in problem or "tab" in problem:
        return "there is a tab: YAML is indented with spaces"
    if "mapping values are not allowed" in problem:
        return "a second colon in one line: put the words after the first one in quotes"
    if problem.startswith("expected ',' or"):
        return "inside { } and [ ] put words that have a question mark, a comma or a colon in quotes"
    return f"this is not YAML: {problem}"
