from __future__ import annotations

import re
from string import Formatter

import pytest
import yaml

from bot.channels.page import FOLDER, static_files, word
from bot.channels.transcript import Part, find_links
from bot.jobcentre.conversation import Language

WORDS = yaml.safe_load((FOLDER / "words.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", WORDS)
def test_every_word_is_in_both_languages_with_the_same_blanks(name: str) -> None:
    texts = WORDS[name]
    assert set(texts) == {"en", "cy"}
    blanks = [{found[1] for found in Formatter().parse(text)} for text in texts.values()]
    assert blanks[0] == blanks[1]
    assert all(text.strip() for text in texts.values())


def test_every_word_that_the_frame_names_is_there() -> None:
    frames = "".join(file.read_text(encoding="utf-8") for file in (FOLDER / "templates").iterdir())
    named = set(re.findall(r"\$w_(\w+)", frames))
    assert named <= set(WORDS)


def test_blanks_are_filled() -> None:
    assert word("too_many", Language.ENGLISH, seconds=4).startswith("You are sending messages very quickly. Wait 4 ")


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("no link", []),
        ("See https://www.gov.uk/jobsearch.", ["https://www.gov.uk/jobsearch"]),
        ("(https://www.gov.uk/a) and https://b.example/x?y=1, ok", ["https://www.gov.uk/a", "https://b.example/x?y=1"]),
        ("Email: foi-request@dwp.gov.uk", ["mailto:foi-request@dwp.gov.uk"]),
        ("javascript:alert(1) data:text/html,x", []),
        ("https://", []),
        ('https://a.example/"onmouseover="x', ['https://a.example/"onmouseover="x']),
        ("Universal Credit: 0800 328 5644 (Monday to Friday)", ["tel:08003285644"]),
        ("Childline: 0800 1111, or 0800 58 58 58.", ["tel:08001111", "tel:0800585858"]),
        ("From abroad: +44 191 218 7777.", ["tel:+441912187777"]),
        ("Relay UK: 18001 then 0800 328 5644", ["tel:1800108003285644"]),
        ("Relay UK: 18001 ac yna 0800 328 5644", ["tel:1800108003285644"]),
        ("in danger now, call 999.", ["tel:999"]),
        ("Someone to talk to: 116 123 (24 hours)", ["tel:116123"]),
        ("urgent help: 111, choose the mental health option.", ["tel:111"]),
        ("Text SHOUT to 85258", ["sms:85258"]),
        ("The other 111 offices in London", []),
        ("1,999 people, £999, 9999, 999.50 and 2999", []),
        ("0000 000 0000 and 01 02 2026", []),
        ("LS1 2SL, 20 November 2026, 9am to 5pm", []),
    ],
)
def test_links_are_found_without_their_full_stops(text: str, links: list[str]) -> None:
    parts = find_links(text)
    assert [part.href for part in parts if part.href] == links
    assert "".join(part.text for part in parts) == text


def test_text_without_links_is_one_part() -> None:
    assert find_links("two\nlines") == [Part("two\nlines")]


def _colours(scheme: str) -> dict[str, str]:
    """The page's colours by name; the dark scheme's are the later ones."""
    found = re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", static_files()["chat.css"].decode())
    both: dict[str, list[str]] = {}
    for name, colour in found:
        both.setdefault(name, []).append(colour)
    assert all(len(colours) == 2 for colours in both.values()), "each colour is in both schemes"
    return {name: colours[scheme == "dark"] for name, colours in both.items()}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


_PAPERS = ("paper", "shade", "ours", "adviser")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *((ink, paper) for ink in ("ink", "quiet", "link") for paper in _PAPERS),
        *((f"on-{paper}", paper) for paper in ("brand", "mine", "go", "focus", "tag")),
        *(("wrong", "paper"), ("on-go", "go-dark")),
    ],
)
def test_words_can_be_told_from_their_ground(ink: str, paper: str, scheme: str) -> None:
    colours = _colours(scheme)
    assert _contrast(colours[ink], colours[paper]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "paper"), [("ink", "paper"), ("edge", "paper"), ("edge", "shade")])
def test_edges_of_what_can_be_used_are_seen(edge: str, paper: str, scheme: str) -> None:
    colours = _colours(scheme)
    assert _contrast(colours[edge], colours[paper]) >= 3
