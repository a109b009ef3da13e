"""Removal: what the detectors find, put together and taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.jobcentre.personal_data.bank import bank_details, card_number
from bot.jobcentre.personal_data.births import date_of_birth
from bot.jobcentre.personal_data.contact_details import email_address, our_numbers, phone_number
from bot.jobcentre.personal_data.national_insurance import (
    dictated_national_insurance,
    likely_national_insurance,
    national_insurance,
)
from bot.jobcentre.personal_data.ours import Ours
from bot.jobcentre.personal_data.postcodes import postcodes
from bot.jobcentre.personal_data.reading import GAP, Reading, Spans, digits_of, read
from bot.jobcentre.personal_data.references import long_number, nhs_number, reference
from bot.jobcentre.personal_data.sorts import PersonalData

_Detectors = tuple[tuple[PersonalData, Callable[[Reading], Spans]], ...]
_DETECTORS: _Detectors = (
    (PersonalData.EMAIL_ADDRESS, email_address),
    (PersonalData.BANK_DETAILS, bank_details),
    (PersonalData.CARD_NUMBER, card_number),
    (PersonalData.NATIONAL_INSURANCE_NUMBER, national_insurance),
    (PersonalData.NHS_NUMBER, nhs_number),
    (PersonalData.DATE_OF_BIRTH, date_of_birth),
    (PersonalData.REFERENCE_NUMBER, reference),
    (PersonalData.NATIONAL_INSURANCE_NUMBER, likely_national_insurance),
    (PersonalData.PHONE_NUMBER, phone_number),
    (PersonalData.REFERENCE_NUMBER, long_number),
)
"""Most telling first: where two see the same digits, the first names them."""
_DICTATED: _Detectors = (
    (PersonalData.NATIONAL_INSURANCE_NUMBER, dictated_national_insurance),
    (PersonalData.PHONE_NUMBER, phone_number),
)
"""What people dictate with words in between."""
_PERHAPS = re.compile("[0-9@]| at |mail|at?[)>}\\]\"']|born|birth|d[. ]?o[. ]?b|gan(?:wyd|ed)|eni")
"""Most messages hold nothing like it, and are done with at once."""
_PASSES = 5
"""What one removal uncovers the next pass sees; two have always been enough."""


@dataclass(frozen=True)
class Redacted:
    """A text without its personal data, and the kinds that it held: in order of first appearance, no repeats."""

    text: str
    kinds: tuple[PersonalData, ...]


def redact(text: str, *, ours: Collection[str] = ()) -> Redacted:
    """The text with personal data replaced by its kind. Idempotent; never raises.

    `ours` are our own phone numbers (in any spacing) and email addresses, which stay.
    """
    return redact_across([text], ours=ours)[0]


def redact_across(parts: Sequence[str], *, ours: Collection[str] = ()) -> list[Redacted]:
    """One `Redacted` for each part; a number that runs on from one part into the next is found in both."""
    done = [Redacted(part, ()) for part in parts]
    for _ in range(_PASSES):
        cut = _redact_once([part.text for part in done], Ours.of(frozenset(ours)))
        done = [Redacted(new.text, _unique(old.kinds + new.kinds)) for old, new in zip(done, cut, strict=True)]
        if not any(new.kinds for new in cut):
            break
    return done


@dataclass(frozen=True)
class _Find:
    """A place in the source, and what stands there instead."""

    start: int
    end: int
    kind: PersonalData
    instead: str
    digits: str = ""


def _redact_once(parts: Sequence[str], ours: Ours) -> list[Redacted]:
    ended = [part and part + "\n" for part in parts]
    finds = _find("".join(ended), ours)
    begins = accumulate(map(len, ended), initial=0)
    return [_cut(part, begin, finds) for part, begin in zip(parts, begins, strict=False)]


def _cut(part: str, begin: int, finds: Iterable[_Find]) -> Redacted:
    """The part that begins at `begin` of the whole, without the finds that reach into it."""
    pieces, at, kinds = [], 0, []
    for find in finds:
        start, end = max(find.start - begin, 0), min(find.end - begin, len(part))
        # Of a postcode in two parts the first holds no more than the sector that the second is left with.
        goes_on = find.kind is PersonalData.POSTCODE and find.end > begin + len(part)
        if start < end and not goes_on:
            pieces += [part[at:start], find.instead]
            kinds.append(find.kind)
            at = end
    return Redacted("".join(pieces) + part[at:], _unique(kinds))


def _unique(kinds: Iterable[PersonalData]) -> tuple[PersonalData, ...]:
    return tuple(dict.fromkeys(kinds))


def _find(text: str, ours: Ours) -> list[_Find]:
    """Everything personal in the text, in order and apart; offsets are the text's own."""
    reading = read(text, ours)
    spelled = reading.spelled
    finds = list(_found(_DICTATED, spelled)) if spelled and _PERHAPS.search(spelled.plain) else []
    if not finds and not _PERHAPS.search(reading.plain):
        return []
    finds = [*_found(_DETECTORS, reading), *finds]
    for start, end, sector in postcodes(reading):
        finds.append(_Find(*reading.shape.span(start, end), PersonalData.POSTCODE, sector))
    finds += list(_repeats(finds, reading))
    return _apart(finds)


def _found(detectors: _Detectors, reading: Reading) -> Iterator[_Find]:
    kept = bytearray(len(reading.plain))
    for start, end in our_numbers(reading):
        kept[start:end] = b"\1" * (end - start)
    for kind, detect in detectors:
        for start, end in detect(reading):
            if not any(kept[start:end]):
                digits = digits_of(reading.plain[start:end])
                yield _Find(*reading.shape.span(start, end), kind, kind.removed, digits)


def _repeats(finds: Iterable[_Find], reading: Reading) -> Iterator[_Find]:
    """The same digits said again in another shape ("JG103759A, I mean 10-37-59")."""
    said = {find.digits: find for find in finds}
    for digits, find in list(said.items())[:20]:
        if 6 <= len(digits) <= 20:
            for match in re.finditer(GAP.join(digits), reading.plain):
                yield _Find(*reading.shape.span(*match.span()), find.kind, find.instead)


def _apart(finds: Iterable[_Find]) -> list[_Find]:
    """Overlapping finds as one, which the detector that comes first names."""
    merged: list[tuple[int, _Find]] = []
    for rank, find in sorted(enumerate(finds), key=lambda item: (item[1].start, item[0])):
        last = merged[-1] if merged else None
        if last is None or find.start >= last[1].end:
            merged.append((rank, find))
            continue
        first = min(last, (rank, find), key=lambda item: item[0])
        merged[-1] = (first[0], _Find(last[1].start, max(last[1].end, find.end), first[1].kind, first[1].instead))
    return [find for _, find in merged]
