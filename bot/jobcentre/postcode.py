"""Postcodes in messages: full ("LS1 2SL"), sectors ("LS1 2") and outcodes ("LS1")."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

# The last two letters of a postcode are never C, I, K, M, O or V.
POSTCODE = re.compile(
    r"(?<![a-z0-9@#])([a-z]{1,2}[0-9][a-z0-9]?)"
    r"(?:[ .\-]{0,2}([0-9])(?![.:][0-9]|-[0-9]|\s?[ap]\.?m\b)(?:\s?([abd-hjlnp-uw-z]{2}))?)?(?![a-z0-9])",
    re.IGNORECASE,
)
SPACED = re.compile(
    r"(?<![a-z0-9@#])([a-z]{1,2}) ([0-9][a-z0-9]?) ?([0-9])([abd-hjlnp-uw-z]{2})(?![a-z0-9])", re.IGNORECASE
)
""" "LS 1 2SL": only where there is such a sector."""
ORDINALS = frozenset({"st", "nd", "rd", "th"})
SLANG = frozenset({"b4", "m8", "l8", "w8", "n1", "g2", "e2", "g8", "n8", "l7", "s8", "co2", "me2", "cr8", "sk8", "st8"})
"""Before, mate, late, wait …: written like outcodes, and seldom meant so."""
LONG_OUTCODE = re.compile(r"[a-z]{2}\d{2}", re.IGNORECASE)
"""Like little else that people write: "whose patch is tr26"."""
LEADS = re.compile(
    r"(?:\b(?:in|near|from|around|at|to|for|by|area|round|outside|live|nearest|local|ym|yn|i|o|ger)|"
    r"(?P<sure>post\s?codes?|post\s?code\s+is|code|code\s+is|cod post)|\bis|\bits|\bit's)[\s:=,\"'(]*$",
    re.IGNORECASE,
)
NEARBY = re.compile(
    r"(?:nearest|closest|near|local|my|job ?cent(?:re|er)s?|jcp|office|branch|agosaf)\W+(?:(?:is|to|one|in)\W+){0,2}$",
    re.IGNORECASE,
)
NEARBY_AFTER = re.compile(
    r"\W{1,3}(?:job ?cent(?:re|er)|jcp|office|branch|one\b|area|postcode|nearest|please|pls|which\b|who)", re.IGNORECASE
)
SURE_AFTER = re.compile(r"\W{1,3}(?:area|postcode|one|job ?cent(?:re|er)|jcp)\b", re.IGNORECASE)
OFFICE_TALK = re.compile(
    r"\b(?:job ?cent(?:re|er)s?|jcp|offices?|nearest|closest|local|postcode|open\w*|clos\w+|shut|hours|swyddfa|agosaf"
    r"|agor)\b",
    re.IGNORECASE,
)
ROAD_BEFORE = re.compile(r"\b(?:the|on|off|along|down|up|via|motorway|junction|j\d+)\s+$", re.IGNORECASE)
ROAD_AFTER = re.compile(r"\s*(?:\(?m\)?\b|motorway|junction|j\d|form|petrol|visa|road|bus|train)", re.IGNORECASE)


@dataclass(frozen=True)
class PostcodeHit:
    start: int
    end: int
    code: str
    """A sector or an outcode, never the full postcode: "LS1 2"."""
    is_known: bool


def find_postcodes(text: str, known: Container[str], *, expecting: bool = False) -> Iterator[PostcodeHit]:
    """Postcodes in text order. `known` holds the outcodes and sectors there are.

    A bare outcode counts where something says that it is one: capitals, a word before it, or nothing beside it.
    """
    is_office_talk = OFFICE_TALK.search(text) is not None
    for match in POSTCODE.finditer(text):
        hit = _read(match, known)
        if hit and _is_meant(text, match, hit, expecting, is_office_talk):
            yield hit
    for match in SPACED.finditer(text):
        sector = f"{match[1]}{match[2]} {match[3]}".upper()
        if sector in known and match[4].lower() not in ORDINALS:
            yield PostcodeHit(match.start(), match.end(), sector, True)


def _read(match: re.Match[str], known: Container[str]) -> PostcodeHit | None:
    outcode, digit, letters = match.group(1).upper(), match.group(2), match.group(3)
    start, end = match.span()
    if letters and letters.lower() in ORDINALS and match.group()[-3 - 1] in " .":
        letters, digit, end = None, None, match.end(1)
    sector = f"{outcode} {digit}"
    if digit and (sector in known or (letters and outcode in known)):
        return PostcodeHit(start, end, sector if sector in known else outcode, True)
    if letters:
        return PostcodeHit(start, end, outcode, outcode.startswith("BT"))
    if outcode in known or outcode.startswith("BT"):
        return PostcodeHit(start, match.end(1), outcode, True)
    return PostcodeHit(start, match.end(1), outcode, False)


def _is_meant(text: str, match: re.Match[str], hit: PostcodeHit, expecting: bool, is_office_talk: bool) -> bool:
    is_full = match.group(3) is not None and hit.end == match.end()
    if is_full and hit.is_known:
        return True
    before, after = text[max(hit.start - 24, 0) : hit.start], text[hit.end : hit.end + 24]
    lead = LEADS.search(before)
    raw = text[hit.start : hit.end]
    if lead and lead["sure"]:
        return True
    if not hit.is_known:
        return is_full and (raw.isupper() or lead is not None or not (before + after).strip(" ?.!"))
    if not (before + after).strip(" ?.!,"):
        return True
    if len(raw) <= 3 and not SURE_AFTER.match(after) and (ROAD_BEFORE.search(before) or ROAD_AFTER.match(after)):
        return False
    if raw.isupper() or " " in raw:
        return True
    if expecting:
        return len(text) <= 40
    if lead is not None and (raw.lower() not in SLANG or lead.group().strip().lower() in ("in", "near", "around")):
        return True
    is_first = not before.strip() and raw[1].isalpha()
    is_clear = hit.end == match.end() and (is_first or LONG_OUTCODE.fullmatch(raw) is not None)
    return raw.lower() not in SLANG and (is_clear or _is_spoken_of(is_office_talk, before, after, raw))


def _is_spoken_of(is_office_talk: bool, before: str, after: str, raw: str) -> bool:
    """Whether a bare outcode in small letters stands in a question about offices: "nearest jobcentre ls11".

    One letter with digits may be much else (m6, e10, b12), so that the office must be beside it.
    """
    if raw[1].isdigit():
        return bool(NEARBY.search(before) or NEARBY_AFTER.match(after))
    return is_office_talk or NEARBY_AFTER.match(after) is not None
