"""Full postcodes, which are cut to their sector."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.jobcentre.personal_data.reading import Reading

_POSTCODE = re.compile(
    r"(?<![a-z0-9])(?P<out>[a-z]{1,2}[0-9][a-z0-9]?)(?P<gap>[\s.,_-]{0,3})"
    r"(?P<in>[0-9o](?:[abd-hjlnp-uw-z]{2}|(?:\s(?!(?:at|as|by|be|we|he|an|us|up|uk|ur|ya|ye|eh|ah|rn|yr|ar|ag|yn)\b)"
    r"[abd-hjlnp-uw-z]{2}(?![a-z0-9]))+))(?![a-z0-9])"
)
_SPACED_POSTCODE = re.compile(
    r"(?<![a-z0-9])(?P<out>[a-z](?:[\s.-][a-z])?[\s.-][0-9](?:[\s.-][0-9](?=[\s.-][0-9]))?)(?P<gap>[\s.-]{1,2})"
    r"(?P<in>[0-9][\s.-][a-z][\s.-][a-z])(?![a-z0-9])"
)

_AREAS = (
    "ab|al|b|ba|bb|bd|bh|bl|bn|br|bs|bt|ca|cb|cf|ch|cm|co|cr|ct|cv|cw|da|dd|de|dg|dh|dl|dn|dt|dy|e|ec|eh|en|ex|fk|fy|g|gl|gu"
    "|gy|ha|hd|hg|hp|hr|hs|hu|hx|ig|im|ip|iv|je|ka|kt|kw|ky|l|la|ld|le|ll|ln|ls|lu|m|me|mk|ml|n|ne|ng|nn|np|nr|nw|ol|ox"
    "|pa|pe|ph|pl|po|pr|rg|rh|rm|s|sa|se|sg|sk|sl|sm|sn|so|sp|sr|ss|st|sw|sy|ta|td|tf|tn|tq|tr|ts|tw|ub|w|wa|wc|wd|wf|wn|wr"
    "|ws|wv|yo|ze"
)
_PARTED_POSTCODE = re.compile(
    rf"(?<![a-z0-9])(?P<out>(?:{_AREAS})\s[0-9][0-9a-z]?)(?P<gap>\s?)"
    r"(?P<in>[0-9](?!st|nd|rd|th|hr|yr)(?:[abd-hjlnp-uw-z]{2}|(?:\s[abd-hjlnp-uw-z](?![a-z0-9])){2}))(?![a-z0-9])"
)
_LIKE_ONE_POSTCODE = re.compile(
    rf"(?<![a-z0-9])(?P<out>(?:{_AREAS})[il])(?P<gap>\s?)(?P<in>[0-9][abd-hjlnp-uw-z]{{2}})(?![a-z0-9])"
)
"""With a letter that looks like a 1, in capitals: "LSI 4AB"."""


def postcodes(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Spans with the sector that stays."""
    for pattern in (_POSTCODE, _SPACED_POSTCODE, _PARTED_POSTCODE, _LIKE_ONE_POSTCODE):
        for match in pattern.finditer(reading.plain):
            is_likely = pattern is not _LIKE_ONE_POSTCODE or reading.written(*match.span()).isupper()
            if is_likely and not _is_only_words(match, reading):
                out = re.sub(r"[^a-z0-9]", "", match["out"]).upper()
                out = out[:-1] + "1" if pattern is _LIKE_ONE_POSTCODE else out
                yield match.start(), match.end(), f"{out} {match['in'][0].replace('o', '0')}"


def _is_only_words(match: re.Match[str], reading: Reading) -> bool:
    """ "m1 our", "a1 2nd floor": words or an ordinal after a road or an outcode."""
    inward = reading.written(*match.span("in"))
    if inward[0] in "oO":
        return not inward.isupper() or not match["gap"]
    return bool(match["gap"]) and bool(re.fullmatch("1st|2nd|3rd|[4-9]th", inward))
