"""Bank details and card numbers."""

from __future__ import annotations

import re

from stdnum import iban, luhn

from bot.jobcentre.personal_data.reading import TAKEN, TIGHT, Reading, Spans, digits_of

_ACCOUNT = r"[0-9](?:[ .-]{0,2}[0-9]){6,7}(?![ .-]?[0-9])"
_SORT_CODE = rf"[0-9]{{2}}(?P<between>{TIGHT})[0-9]{{2}}(?P=between)[0-9]{{2}}"
_DASHED = "[0-9]{2}-[0-9]{2}-[0-9]{2}"
_BANK = re.compile(
    rf"(?<![0-9])(?<![0-9][.:])(?P<pair>{_SORT_CODE}[^0-9{TAKEN}]{{1,40}}[0-9]{{4}} ?[0-9]{{4}})(?![0-9])"
    rf"|(?<![0-9])(?P<turned>[0-9]{{4}} ?[0-9]{{4}}[^0-9{TAKEN}]{{1,20}}{_DASHED})(?![0-9])"
    rf"|\b(?:sort(?: ?c\w*)?(?! (?:it|this|that|them|out|of|me|my)\b)|s[/.]c"
    rf"|sc(?= ?{_DASHED}(?!-?[a-d]\b))|cod didoli)\b"
    rf"[^0-9{TAKEN}]{{0,25}}(?P<code>[0-9](?:{TIGHT}[0-9]){{5}})(?![0-9])"
    rf"|\b(?P<british>gb[0-9]{{2}}{TIGHT}[a-z]{{4}}(?:{TIGHT}[0-9]){{14}})(?![0-9])"
)
_TOLD = re.compile(
    r"\b(?:account|acc|acct|acount|a/c|bank|banc|cyfrif|monzo|starling|barclays|halifax|natwest|lloyds|santander|hsbc"
    r"|roll (?:no|num\w*))\b"
    rf"[^0-9{TAKEN}]{{0,30}}({_ACCOUNT})"
)
_IBAN = re.compile(r"\b[a-z]{2}[0-9]{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?\b")


def bank_details(reading: Reading) -> Spans:
    for match in _BANK.finditer(reading.plain):
        group = match.lastgroup or 0
        if group != "pair" or not reading.is_everyday(match.end() - 8, match.end()):
            yield match.span(group)
    yield from (match.span(1) for match in _TOLD.finditer(reading.calm))
    for match in _IBAN.finditer(reading.plain):
        groups = re.split("[ -]", match[0])
        for count in range(len(groups), 0, -1):
            if iban.is_valid("".join(groups[:count])):
                yield match.start(), match.start() + len(" ".join(groups[:count]))
                break


_LONG = rf"[0-9](?:{TIGHT}[0-9]){{14,15}}"
_CARD = re.compile(rf"(?<![0-9])[3-6](?:{TIGHT}[0-9]){{12,18}}(?![0-9])")
_CARD_TOLD = re.compile(
    rf"\b(?:card|visa|mastercard|amex|cerdyn|ngherdyn)\b[^0-9{TAKEN}]{{0,30}}(?P<after>{_LONG})(?!{TIGHT}[0-9])"
    rf"|(?<![0-9])(?P<before>{_LONG})[^0-9{TAKEN}]{{1,20}}\b(?:card|cerdyn|ngherdyn)\b"
)
_CARD_DETAIL = re.compile(
    rf"\b(?:cvv2?|cvc2?|security code)\b[^a-z0-9{TAKEN}]{{0,4}}(?:(?:is|number|no|yw)\b[^a-z0-9]{{0,4}})?"
    r"([0-9]{3,4})\b"
)


def card_number(reading: Reading) -> Spans:
    for match in _CARD.finditer(reading.plain):
        groups = [len(group) for group in re.findall("[0-9]+", match[0])]
        is_usual = (
            groups == [4, 6, 5] or set(groups) <= {1, 4} or (len(set(groups[:-1])) <= 1 and groups[-1] <= groups[0])
        )
        is_valid = luhn.is_valid(digits_of(match[0]))
        if is_usual and (is_valid or (groups == [4] * 4 and not reading.is_everyday(*match.span()))):
            yield match.span()
    yield from (match.span(match.lastgroup or 0) for match in _CARD_TOLD.finditer(reading.calm))
    yield from (match.span(1) for match in _CARD_DETAIL.finditer(reading.plain))
