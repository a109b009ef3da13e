"""Personal data in messages, and its removal before anything is kept.

Removed: National Insurance numbers, NHS numbers, bank details, card numbers, phone numbers and email addresses other
than ours, dates of birth, benefit reference numbers. Full postcodes are cut to their sector (`LS1 4`). Names and street
addresses stay: no pattern tells them from the offices and places that people ask about.

It errs towards removing. What opening hours, dates and money look like is left alone unless words around it say more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import accumulate

from stdnum import iban, luhn
from stdnum.gb import nhs

from bot.jobcentre.text import Skeleton, skeleton


class PersonalData(str, Enum):
    NATIONAL_INSURANCE_NUMBER = "national_insurance_number"
    NHS_NUMBER = "nhs_number"
    BANK_DETAILS = "bank_details"
    CARD_NUMBER = "card_number"
    PHONE_NUMBER = "phone_number"
    EMAIL_ADDRESS = "email_address"
    DATE_OF_BIRTH = "date_of_birth"
    REFERENCE_NUMBER = "reference_number"
    POSTCODE = "postcode"

    @property
    def removed(self) -> str:
        """What stands in its place: `[National Insurance number removed]`."""
        words = self.value.replace("_", " ")
        words = words.replace("national insurance", "National Insurance").replace("nhs", "NHS")
        return f"[{words} removed]"


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


def without_removed(text: str) -> str:
    """The text without what stands for personal data that was removed: those words are ours, not the person's."""
    return re.sub(r"\[[A-Za-z ]+ removed\]", " ", text)


def redact_across(parts: Sequence[str], *, ours: Collection[str] = ()) -> list[Redacted]:
    """One `Redacted` for each part; a number that runs on from one part into the next is found in both."""
    done = [Redacted(part, ()) for part in parts]
    for _ in range(_PASSES):
        cut = _redact_once([part.text for part in done], _Ours.of(frozenset(ours)))
        done = [Redacted(new.text, _unique(old.kinds + new.kinds)) for old, new in zip(done, cut, strict=True)]
        if not any(new.kinds for new in cut):
            break
    return done


_PASSES = 5
"""What one removal uncovers the next pass sees; two have always been enough."""


@dataclass(frozen=True)
class _Find:
    start: int
    end: int
    kind: PersonalData
    instead: str


def _redact_once(parts: Sequence[str], ours: _Ours) -> list[Redacted]:
    ended = [part and part + "\n" for part in parts]
    finds = _find("".join(ended), ours)
    begins = accumulate(map(len, ended), initial=0)
    return [_cut(part, begin, finds) for part, begin in zip(parts, begins, strict=False)]


def _cut(part: str, begin: int, finds: Iterable[_Find]) -> Redacted:
    """The part that begins at `begin` of the whole, without the finds that reach into it."""
    pieces, at, kinds = [], 0, []
    for find in finds:
        start, end = max(find.start - begin, 0), min(find.end - begin, len(part))
        if start < end:
            pieces += [part[at:start], find.instead]
            kinds.append(find.kind)
            at = end
    return Redacted("".join(pieces) + part[at:], _unique(kinds))


def _unique(kinds: Iterable[PersonalData]) -> tuple[PersonalData, ...]:
    return tuple(dict.fromkeys(kinds))


# Our own lines


@dataclass(frozen=True)
class _Ours:
    numbers: frozenset[str]
    emails: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=8)
    def of(contacts: frozenset[str]) -> _Ours:
        emails = frozenset(contact.strip().lower() for contact in contacts if "@" in contact)
        written = (re.sub(r"\D", "", contact) for contact in contacts if "@" not in contact)
        # What has no digits is no number; kept, it would be the beginning of every number, and let all of them stay.
        numbers = frozenset(form for number in written if len(number) >= 3 for form in _forms_of(number))
        return _Ours(numbers, emails)


def _forms_of(number: str) -> tuple[str, ...]:
    """The ways to write a number of ours: with or without Relay UK's 18001 and the country's 44."""
    number = re.sub(r"^(18001)?(00)?(44)?0?(?=\d{9})", "0", number)
    return (number, "44" + number[1:], "0044" + number[1:], "440" + number[1:])


# What detectors read


@dataclass(frozen=True)
class _Reading:
    source: str
    shape: Skeleton
    calm: str
    """The skeleton with the digits of times, dates and money masked by letters."""
    ours: _Ours

    @property
    def plain(self) -> str:
        return self.shape.text

    def written(self, start: int, end: int) -> str:
        return self.source[slice(*self.shape.span(start, end))]

    def is_everyday(self, start: int, end: int) -> bool:
        return self.calm[start:end] != self.plain[start:end]


_DIGIT_WORDS = {
    "oh": "0", "o": "0", "zero": "0", "nought": "0", "naught": "0", "nil": "0", "dim": "0", "sero": "0",
    "one": "1", "un": "1", "two": "2", "dau": "2", "dwy": "2", "three": "3", "tri": "3", "tair": "3",
    "four": "4", "pedwar": "4", "pedair": "4", "five": "5", "pump": "5", "pum": "5", "six": "6", "chwech": "6",
    "chwe": "6", "seven": "7", "saith": "7", "eight": "8", "wyth": "8", "nine": "9", "naw": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_TENS = {
    "twenty": "2",
    "thirty": "3",
    "forty": "4",
    "fifty": "5",
    "sixty": "6",
    "seventy": "7",
    "eighty": "8",
    "ninety": "9",
}
_SPOKEN_DIGIT = (
    rf"(?:(?P<times>double|treble|triple)[ -])?(?:(?P<tens>{'|'.join(_TENS)})"
    r"(?:[ -](?P<unit>one|two|three|four|five|six|seven|eight|nine))?"
    rf"|(?P<digit>{'|'.join(sorted(_DIGIT_WORDS, key=len, reverse=True))})(?P<hundred> hundred(?: and)?)?)"
)
_SPOKEN = re.compile(rf"\b{_SPOKEN_DIGIT}\b")
_ITEM = rf"(?:\b(?:{re.sub(r'[?]P<[a-z]+>', '?:', _SPOKEN_DIGIT)})\b|[0-9]{{1,8}})"
_SPOKEN_RUN = re.compile(rf"{_ITEM}(?:[^a-z0-9]{{1,3}}{_ITEM}){{3,}}")

_EVERYDAY = re.compile(
    r"[£€$] ?[0-9][0-9,]*(?:\.[0-9]{1,2})?"
    r"|(?<![0-9/.-])(?:[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:20)?[0-9]{2}|20[0-9]{2}-[0-9]{2}-[0-9]{2})(?![/.-]?[0-9])"
    r"|(?<![0-9/.-])[0-9]{1,2} [0-9]{1,2} 20[0-9]{2}(?![0-9])"
    r"|(?<![0-9.:])(?:[01]?[0-9]|2[0-3])[.:][0-5][0-9](?::[0-5][0-9])?(?![.:]?[0-9])"
    r"|(?<![0-9])(?:[01][0-9]|2[0-3])[0-5][0-9] ?(?:-|to) ?(?:[01][0-9]|2[0-3])[0-5][0-9](?![^a-z0-9]?[0-9])"
)
_LETTER_IN_NUMBER = re.compile(r"(?<![a-z])o(?=[0-9])|(?<=[0-9])o+(?=[0-9]|\b)|(?<=[0-9])[il]+(?=[0-9])")


def _read(text: str, ours: _Ours) -> _Reading:
    shape = _digits_for_words(skeleton(text))
    digits = _LETTER_IN_NUMBER.sub(lambda found: ("0" if "o" in found[0] else "1") * len(found[0]), shape.text)
    shape = Skeleton(digits, shape.starts, shape.ends)
    calm = _EVERYDAY.sub(lambda found: re.sub("[0-9]", "x", found[0]), digits)
    return _Reading(text, shape, calm, ours)


def _digits_for_words(shape: Skeleton) -> Skeleton:
    """ "oh seven nine one one" as 07911. A word alone among digits is left: OH 12 34 56 A begins with letters."""
    runs = [run.span() for run in _SPOKEN_RUN.finditer(shape.text) if len(_SPOKEN.findall(run[0])) > 1]
    if not runs:
        return shape
    inside = bytearray(len(shape.text))
    for start, end in runs:
        inside[start:end] = b"\1" * (end - start)
    return shape.replaced(_SPOKEN, lambda word: _digits(word) if inside[word.start()] else None)


def _digits(word: re.Match[str]) -> str:
    if word["tens"]:
        digits = _TENS[word["tens"]] + _DIGIT_WORDS.get(word["unit"], "0")
    else:
        digits = _DIGIT_WORDS[word["digit"]] + ("00" if word["hundred"] else "")
    return digits * {None: 1, "double": 2}.get(word["times"], 3)


# Detectors: each gives spans of the skeleton

_Spans = Iterator[tuple[int, int]]
_GAP = r"[^a-z0-9\[\]]{0,8}"
"""What people put between the digits of one number: spaces, dots, dashes, line breaks, emoji."""
_TIGHT = r"[^a-z0-9\[\]£€$]{0,3}"


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match that begins anywhere, overlapping ones too; patterns are bounded, so this is linear."""
    at, match = 0, pattern.search(text)
    while match:
        yield match
        at = match.start() + 1
        match = pattern.search(text, at)


_SAMARITANS = "116123"
_NI_DIGITS = rf"[0-9oil](?:{_GAP}[0-9oil]){{5}}"
_NI = re.compile(
    rf"(?<![a-z0-9])(?P<first>[a-z]){_GAP}(?P<second>[a-z]){_GAP}(?P<digits>{_NI_DIGITS})"
    rf"(?:{_GAP}(?P<suffix>[a-dfmp])(?![a-z0-9])|(?!{_GAP}[0-9])(?![a-z]))"
)
_NI_GLUED = re.compile(r"[a-z]{2}[0-9]{6}(?![0-9])(?:[a-d](?![0-9]))?")
_NI_RUN_IN = re.compile(r"[a-z]{2}[ ./-]?[0-9]{2}[ ./-]?[0-9]{2}[ ./-]?[0-9]{2}[ ./-]?[a-d]")
_NI_LED = re.compile(rf"\b(?:my)?nin?o?(?:no|is|number)?(?P<number>{_NI_RUN_IN.pattern})(?![a-z])")
_TWO_LETTER_WORDS = (
    "on|at|is|in|by|to|of|my|no|or|so|it|we|he|me|us|as|if|up|do|go|be|am|an|pm|ni|uc|id|ok|hi|ya|ur|un|uk|ll|re|ve|st|nd"
    "|rd|th|mo|tu|fr|sa|su|yn|ar|yr|ag|im|ah|eh|oh|rn|ye|ay|po|os|ei|fy|dy|na|ac|yw"
)
_NI_TOLD = re.compile(
    rf"(?P<told>\bn\.?i\.?(?: ?(?:no|num\w*))?|\bnino?|\bnat\w*{_GAP}ins\w*|\binsurance (?:no|num\w*)"
    r"|\byswiriant\w*|\brhif yg)\b[^0-9\[\]]{0,40}?"
    rf"(?P<number>(?:\b(?!(?:{_TWO_LETTER_WORDS})\b)[a-z]{_GAP}[a-z]{_GAP})?(?<![0-9])[0-9](?:{_GAP}[0-9oil]){{5,8}}"
    rf"(?:{_GAP}[a-dfmp](?![a-z0-9]))?)(?!{_GAP}[0-9])"
)


def _national_insurance(reading: _Reading) -> _Spans:
    for match in _matches(_NI, reading.plain):
        if _is_national_insurance(match, reading):
            yield match.span()
    yield from (match.span() for match in _NI_GLUED.finditer(reading.plain))
    yield from (match.span() for match in _matches(_NI_RUN_IN, reading.plain) if _is_apart_by_case(match, reading))
    yield from (match.span("number") for match in _NI_LED.finditer(reading.plain))
    for match in _NI_TOLD.finditer(reading.plain):
        is_vague = match["told"] in ("ni", "n.i", "n.i.", "nin") and not match["number"][0].isalpha()
        if not (is_vague and reading.is_everyday(*match.span("number"))):
            yield match.span("number")


def _is_apart_by_case(match: re.Match[str], reading: _Reading) -> bool:
    """ "niQQ 12 34 56 Cthanks": run into the words beside it, but all in capitals, which they are not."""
    start, end = match.span()
    beside = [reading.written(at, at + 1) for at in (start - 1, end) if 0 <= at < len(reading.plain)]
    letters = re.sub(r"[^a-zA-Z]", "", reading.written(start, end))
    return len(letters) == 3 and letters.isupper() and not any(character.isupper() for character in beside)


def _is_national_insurance(match: re.Match[str], reading: _Reading) -> bool:
    digits = re.sub(r"[^0-9oil]", "", match["digits"])
    is_word = match["first"] + match["second"] in _TWO_LETTER_WORDS.split("|")
    if sum(digit.isdigit() for digit in digits) < 3:
        return False
    if match["suffix"]:
        is_plain_speech = is_word and match["suffix"] == "a" and not reading.written(*match.span("first")).isupper()
        return not (is_plain_speech and (digits == _SAMARITANS or reading.is_everyday(*match.span("digits"))))
    return not is_word and not re.search(r"[^a-z0-9 .\-/_\n]", match[0])


_PHONE = re.compile(
    rf"(?<![0-9])(?:(?:\+|00){_TIGHT}44{_TIGHT}(?:0{_TIGHT})?|44(?={_TIGHT}[127]){_TIGHT}|0{_TIGHT})"
    rf"(?:[1-35-9](?:{_TIGHT}[0-9]){{9}}|[18](?:{_TIGHT}[0-9]){{8}})(?![0-9])"
    rf"|(?<![0-9])7(?:{_TIGHT}[0-9]){{9}}(?![0-9])"
    rf"|(?:\+|(?<![0-9])00)[1-9](?:{_TIGHT}[0-9]){{7,13}}(?![0-9])"
)


_PHONE_TOLD = re.compile(
    r"\b(?:phone|tel|telephone|mob|mobile|landline|cell|whats ?app|ring|call|text|ffon|symudol|ffoniwch|ffonia"
    r"|(?:my|our|fy) (?:number|no|num|rhif))(?:'?s)?"
    r"(?: (?:number|no|num|is|me|us|back|on|at|it's|its|yw|ydy|fi|ar))*[^a-z0-9\[\]]{1,4}"
    rf"([0-9](?:{_TIGHT}[0-9]){{5,11}})(?!{_TIGHT}[0-9])"
)
_PUBLIC_NUMBERS = frozenset({_SAMARITANS, "116000", "08001111"})


def _phone(reading: _Reading) -> _Spans:
    yield from (match.span() for match in _PHONE.finditer(reading.calm))
    for match in _PHONE_TOLD.finditer(reading.calm):  # a local number, or one with a digit too few
        if re.sub("[^0-9]", "", match[1]) not in _PUBLIC_NUMBERS:
            yield match.span(1)


_DIGIT_RUN = re.compile(rf"(?<![0-9])[0-9](?:{_TIGHT}[0-9]){{2,18}}")


def _our_numbers(reading: _Reading) -> _Spans:
    lengths = sorted({len(number) for number in reading.ours.numbers}, reverse=True)
    for run in _matches(_DIGIT_RUN, reading.plain) if lengths else ():
        at = [index for index in range(*run.span()) if reading.plain[index].isdigit()]
        digits = "".join(reading.plain[index] for index in at)
        ours = (length for length in lengths if length <= len(at) and digits[:length] in reading.ours.numbers)
        ends = (at[length - 1] + 1 for length in ours)
        end = next((end for end in ends if not reading.plain[end : end + 1].isdigit()), None)
        if end:
            yield run.start(), end


_PROVIDER = (
    "(?:gmail|googlemail|hotmail|outlook|yahoo|ymail|icloud|live|msn|aol|me|btinternet|sky|talktalk|virginmedia"
    "|proton(?:mail)?)"
)
_DOT = r"(?: ?\. ?| ?[(\[]dot[)\]] ?| dot )"
_AT = r"(?: ?@ ?| at | ?[(\[] ?at ?[)\]] ?)"
_DOMAIN = rf"(?:{_DOT}(?:com|co|uk|org|net|gov|ac|info|wales|cymru|scot|io)\b)+"
_EMAIL = re.compile(
    r"[a-z0-9._%+'-]{1,64}"
    rf"(?:@[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{2,24}})+| ?@ ?[a-z0-9-]{{1,63}}{_DOMAIN}"
    rf"| ?@ ?{_PROVIDER}\b|{_AT}{_PROVIDER}{_DOMAIN}"
    rf"|{_AT}[a-z0-9-]{{1,63}}(?: dot | ?[(\[]dot[)\]] ?)(?:com|co|org|net)\b(?:{_DOT}uk\b)?)"
)


def _email(reading: _Reading) -> _Spans:
    for match in _EMAIL.finditer(reading.plain):
        if match[0].strip("'.-") not in reading.ours.emails:
            yield match.span()


_CARD_RUN = re.compile(rf"(?<![0-9])[3-6](?:{_TIGHT}[0-9]){{12,18}}(?![0-9])")


def _card(reading: _Reading) -> _Spans:
    for match in _CARD_RUN.finditer(reading.calm):
        groups = [len(group) for group in re.findall("[0-9]+", match[0])]
        is_even = groups == [4, 6, 5] or (len(set(groups[:-1])) <= 1 and groups[-1] <= groups[0])
        if is_even and (groups == [4] * 4 or luhn.is_valid(re.sub("[^0-9]", "", match[0]))):
            yield match.span()


_NHS = re.compile(r"(?<![0-9])[0-9]{3}([ .-]?)[0-9]{3}\1[0-9]{4}(?![0-9])")
_NHS_TOLD = re.compile(rf"\b(?:nhs|health|gig)\b[^0-9\[\]]{{0,30}}([0-9](?:{_TIGHT}[0-9]){{9}})(?!{_TIGHT}[0-9])")


def _nhs(reading: _Reading) -> _Spans:
    for match in _NHS.finditer(reading.calm):
        digits = re.sub("[^0-9]", "", match[0])
        if digits[0] not in "07" and nhs.is_valid(digits):
            yield match.span()
    yield from (match.span(1) for match in _NHS_TOLD.finditer(reading.calm))


_ACCOUNT = r"[0-9](?:[ .-]{0,2}[0-9]){6,7}(?![ .-]?[0-9])"
_SORT_CODE = rf"[0-9]{{2}}(?P<between>{_TIGHT})[0-9]{{2}}(?P=between)[0-9]{{2}}"
_BANK = re.compile(
    rf"(?<![0-9])(?<![0-9][.:])(?P<pair>{_SORT_CODE}[^0-9\[\]]{{1,40}}[0-9]{{4}} ?[0-9]{{4}})(?![0-9])"
    rf"|\b(?:sort ?c\w*|s/c|cod didoli)\b[^0-9\[\]]{{0,25}}(?P<code>[0-9](?:{_TIGHT}[0-9]){{5}})(?![0-9])"
    rf"|\b(?P<british>gb[0-9]{{2}}{_TIGHT}[a-z]{{4}}(?:{_TIGHT}[0-9]){{14}})(?![0-9])"
)
_ACCOUNT_TOLD = re.compile(
    r"\b(?:account|acc|acct|acount|a/c|bank|banc|cyfrif|monzo|starling|barclays|halifax|natwest|lloyds|santander|hsbc)\b"
    rf"[^0-9\[\]]{{0,30}}({_ACCOUNT})"
)
_IBAN = re.compile(r"\b[a-z]{2}[0-9]{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?\b")


def _bank(reading: _Reading) -> _Spans:
    for match in _BANK.finditer(reading.plain):
        group = match.lastgroup or 0
        if group != "pair" or not reading.is_everyday(match.end() - 8, match.end()):
            yield match.span(group)
    yield from (match.span(1) for match in _ACCOUNT_TOLD.finditer(reading.calm))
    for match in _IBAN.finditer(reading.plain):
        words = match[0].split(" ")
        for count in range(len(words), 0, -1):
            if iban.is_valid("".join(words[:count])):
                yield match.start(), match.start() + len(" ".join(words[:count]))
                break


_MONTH = (
    "jan|feb|mar|mawrth|apr|may|jun|jul|aug|sep|oct|nov|dec|ionawr|chwefror|fawrth|ebrill|mai|fai|mehefin|fehefin"
    "|gorffennaf|orffennaf|awst|medi|fedi|hydref|tachwedd|dachwedd|rhagfyr|ragfyr"
)
_ORDINAL = "(?:st|nd|rd|th|af|ain|fed|eg|ydd)?"
_YEAR = "(?:(?:19|20)[0-9]{2}|[0-9]{2})"
_PAST_YEAR = "(?:19[0-9]{2}|200[0-9])"


def _date_before(year: str) -> str:
    return (
        rf"(?<![0-9])(?:[0-9]{{1,2}} ?[^a-z0-9\[\]:] ?[0-9]{{1,2}} ?[^a-z0-9\[\]:] ?{year}"
        rf"|{year}[/.-][0-9]{{1,2}}[/.-][0-9]{{1,2}}"
        rf"|[0-9]{{1,2}} ?{_ORDINAL} ?(?:of |o )?(?:{_MONTH})[a-z]*,? ?{year}"
        rf"|(?:{_MONTH})[a-z]* [0-9]{{1,2}}{_ORDINAL},? {year}"
        rf"|[0-9]{{4}}{year})(?![0-9])"
    )


_BORN = r"\b(?:d\.?o\.?b|date of birth|birth ?date|birth ?day|bday|b-day|born|ganwyd|ganed|geni|eni|pen-?blwydd)\b"
_BORN_SURELY = r"\b(?:d\.?o\.?b|date of birth|birth ?date|born|ganwyd|ganed|geni|eni)\b"
_BIRTH = re.compile(
    rf"{_BORN}[^0-9\[\]]{{0,30}}?({_date_before(_YEAR)})"
    rf"|({_date_before(_YEAR)})[^a-z0-9\[\]]{{0,4}}(?:(?:is|was|yw|ydy) )?(?:(?:my|his|her|the|fy) )?{_BORN}"
    rf"|{_BORN_SURELY}[^0-9\[\]]{{0,20}}?([0-9]{{1,2}} ?{_ORDINAL} ?(?:of |o )?(?:{_MONTH})[a-z]*\b)"
)
_PAST_DATE = re.compile(_date_before(_PAST_YEAR))


def _birth(reading: _Reading) -> _Spans:
    for match in _BIRTH.finditer(reading.plain):
        yield match.span(match.lastindex or 0)
    if " removed]" in reading.plain:  # beside other personal details, a date of long ago is one of them
        yield from (match.span() for match in _PAST_DATE.finditer(reading.plain))


_VALUE = r"(?:[a-z]{1,5}[-/ ]?)?[0-9]+(?:[ ./-]{1,2}[a-z]{0,2}[0-9]{2,}){0,5}(?:[a-z](?![a-z]))?"
_MATTER = "claim|case|appeal|tribunal|customer|agreement|journal|client|payment|uc|pip|esa|jsa|cms|hawliad|achos|apel"
_REFERENCE = re.compile(
    rf"\b(?:my |our |fy |ein )?(?:(?:{_MATTER})[ -]?)?(?:ref(?:erence)?s?(?: ?(?:no|num\w*|code|id))?|cyfeirnod)\b"
    rf"[^0-9a-z\[\]]{{0,4}}(?:(?:is|was|number|no|yw|ydy)\b[^0-9a-z\[\]]{{0,4}})?({_VALUE})"
    rf"|\b(?:{_MATTER})[ -]?(?:no|num\w*|nr|id|#)\b[^0-9\[\]]{{0,20}}?\b({_VALUE})"
    rf"|\b(?:rhif|cyfeirnod)[^0-9\[\]]{{0,25}}?\b({_VALUE})"
    rf"|\b(?:{_MATTER})\b[^0-9a-z\[\]]{{0,4}}((?:[a-z]{{1,5}})?[0-9]{{6,}})"
    r"|\b(sc[0-9]{3}/[0-9]{2}/[0-9]{4,6})\b"
)
_LONG_NUMBER = re.compile(r"(?<![0-9])(?:(?<![a-z])[a-z]{1,4})?[0-9]{8,}")
_GLUED_DATE = re.compile(r"(?:[0-3][0-9][01][0-9]20[0-9]{2}|20[0-9]{2}[01][0-9][0-3][0-9])")


def _reference(reading: _Reading) -> _Spans:
    for match in _REFERENCE.finditer(reading.calm):
        value = match[match.lastindex or 0]
        digits = re.sub("[^0-9]", "", value)
        if len(digits) >= 4 and not re.fullmatch(r"20[0-9]{2}", value) and not value.startswith("foi"):
            yield match.span(match.lastindex or 0)
    for match in _LONG_NUMBER.finditer(reading.calm):
        if not _GLUED_DATE.fullmatch(match[0]) and not match[0].startswith("foi"):
            yield match.span()


_POSTCODE = re.compile(
    r"(?<![a-z0-9])(?P<out>[a-z]{1,2}[0-9][a-z0-9]?)(?P<gap>[\s.,_-]{0,3})"
    r"(?P<in>[0-9o](?:[abd-hjlnp-uw-z]{2}|(?:\s(?!(?:at|as|by|be|we|he|an|us|up|uk|ur|ya|ye|eh|ah|rn|yr|ar|ag|yn)\b)"
    r"[abd-hjlnp-uw-z]{2}(?![a-z0-9]))+))(?![a-z0-9])"
)
_SPACED_POSTCODE = re.compile(
    r"(?<![a-z0-9])(?P<out>[a-z](?:\s[a-z])?\s[0-9](?:\s[0-9](?=\s[0-9]))?)(?P<gap>\s)"
    r"(?P<in>[0-9]\s[a-z]\s[a-z])(?![a-z0-9])"
)

_AREAS = (
    "ab|al|b|ba|bb|bd|bh|bl|bn|br|bs|bt|ca|cb|cf|ch|cm|co|cr|ct|cv|cw|da|dd|de|dg|dh|dl|dn|dt|dy|e|ec|eh|en|ex|fk|fy|g|gl|gu"
    "|gy|ha|hd|hg|hp|hr|hs|hu|hx|ig|im|ip|iv|je|ka|kt|kw|ky|l|la|ld|le|ll|ln|ls|lu|m|me|mk|ml|n|ne|ng|nn|np|nr|nw|ol|ox"
    "|pa|pe|ph|pl|po|pr|rg|rh|rm|s|sa|se|sg|sk|sl|sm|sn|so|sp|sr|ss|st|sw|sy|ta|td|tf|tn|tq|tr|ts|tw|ub|w|wa|wc|wd|wf|wn|wr"
    "|ws|wv|yo|ze"
)
_PARTED_POSTCODE = re.compile(
    rf"(?<![a-z0-9])(?P<out>(?:{_AREAS})\s[0-9][0-9a-z]?)(?P<gap>\s?)"
    r"(?P<in>[0-9](?!st|nd|rd|th|hr|yr)[abd-hjlnp-uw-z]{2})(?![a-z0-9])"
)


def _postcodes(reading: _Reading) -> Iterator[tuple[int, int, str]]:
    """Spans with the sector that stays."""
    for pattern in (_POSTCODE, _SPACED_POSTCODE, _PARTED_POSTCODE):
        for match in pattern.finditer(reading.plain):
            if not _is_only_words(match, reading):
                out = re.sub(r"\s", "", match["out"]).upper()
                yield match.start(), match.end(), f"{out} {match['in'][0].replace('o', '0')}"


def _is_only_words(match: re.Match[str], reading: _Reading) -> bool:
    """ "m1 our", "a1 2nd floor": words or an ordinal after a road or an outcode."""
    inward = reading.written(*match.span("in"))
    if inward[0] in "oO":
        return not inward.isupper() or not match["gap"]
    return bool(match["gap"]) and bool(re.fullmatch("1st|2nd|3rd|[4-9]th", inward))


_DETECTORS: tuple[tuple[PersonalData, Callable[[_Reading], _Spans]], ...] = (
    (PersonalData.EMAIL_ADDRESS, _email),
    (PersonalData.BANK_DETAILS, _bank),
    (PersonalData.CARD_NUMBER, _card),
    (PersonalData.NATIONAL_INSURANCE_NUMBER, _national_insurance),
    (PersonalData.NHS_NUMBER, _nhs),
    (PersonalData.DATE_OF_BIRTH, _birth),
    (PersonalData.PHONE_NUMBER, _phone),
    (PersonalData.REFERENCE_NUMBER, _reference),
)
"""Most telling first: where two see the same digits, the first names them."""


def _find(text: str, ours: _Ours) -> list[_Find]:
    """Everything personal in the text, in order and apart; offsets are the text's own."""
    reading = _read(text, ours)
    if not re.search("[0-9@]| at |at[)\\]]", reading.plain):
        return []
    kept = bytearray(len(reading.plain))
    for start, end in _our_numbers(reading):
        kept[start:end] = b"\1" * (end - start)
    spans = [
        (start, end, kind, kind.removed)
        for kind, detect in _DETECTORS
        for start, end in detect(reading)
        if not any(kept[start:end])
    ]
    spans += [(start, end, PersonalData.POSTCODE, sector) for start, end, sector in _postcodes(reading)]
    spans += _repeats(spans, reading)
    return _apart(_Find(*reading.shape.span(start, end), kind, instead) for start, end, kind, instead in spans)


def _repeats(
    spans: list[tuple[int, int, PersonalData, str]], reading: _Reading
) -> Iterator[tuple[int, int, PersonalData, str]]:
    """The same digits said again in another shape ("JG103759A, I mean 10-37-59")."""
    said = {re.sub("[^0-9]", "", reading.plain[start:end]): (kind, instead) for start, end, kind, instead in spans}
    for digits, (kind, instead) in list(said.items())[:20]:
        if 6 <= len(digits) <= 20:
            for match in re.finditer(_GAP.join(digits), reading.plain):
                yield match.start(), match.end(), kind, instead


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
