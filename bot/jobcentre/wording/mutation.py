"""Welsh mutations of place names: after "a" (and) and after "yn" (in).

Names that are not Welsh are left alone, as people do: "yn Leeds", "Bradford a Crewe". Which are Welsh cannot be told by
their letters (Caernarfon is, Castleford is not), so they are listed by their first word.
"""

from __future__ import annotations

import re

_WELSH_PLACE = re.compile(
    "(Caer(dydd|fyrddin|ffili|gybi|narfon)?|Cas(llwchwr|newydd|tell(-nedd)?)|Cil-y-coed|Clydach|Coed-duon|Conwy|Crymych"
    "|Cwmbr[aâ]n|Cydweli|Pen(arth|coed|fro|-y-bont)|Pont(ardawe|ardulais|-y-pŵl|ypool|ypridd)|Porth(cawl|madog)?|Pwllheli"
    "|Tonypandy|Tredegar|Tre(fynwy|ffynnon|orci)|Tywyn|Bala|Bangor|Bargo(d|ed)|Bedwas|Bethesda|Bryn(buga|mawr)"
    "|Dinbych|Doc|Dolgellau|Dyffryn|Glynebwy|Glyn-nedd|Gorseinon|Gwynedd|Gwent)(?![\\w-])"
)
_ASPIRATE = {"P": "Ph", "T": "Th", "C": "Ch"}
_NASAL = {"P": "Mh", "T": "Nh", "C": "Ngh", "B": "M", "D": "N", "G": "Ng"}
_YN = {"M": "ym", "Ng": "yng"}
_VOWELS = tuple("aeiouyâêîôûŷäëïöüáéíóú")
_VOWEL_NUMBERS = frozenset({1, 8, 11})
"""Un, wyth, un ar ddeg: the hours that begin with a vowel."""


def after_a(word: str) -> str:
    """ "a Leeds", "ac Abertawe", "a Chaerdydd", "ac 1:30pm"."""
    if _begins_with_vowel(word):
        return f"ac {word}"
    return f"a {_mutated(word, _ASPIRATE)}"


def after_yn(place: str) -> str:
    """ "yn Leeds", "yng Nghaerdydd", "ym Mangor"."""
    mutated = _mutated(place, _NASAL)
    if mutated == place:
        return f"yn {place}"
    return f"{'yng' if mutated.startswith('Ng') else _YN.get(mutated[0], 'yn')} {mutated}"


def _mutated(name: str, mutation: dict[str, str]) -> str:
    return mutation.get(name[0], name[0]) + name[1:] if _WELSH_PLACE.match(name) else name


def _begins_with_vowel(word: str) -> bool:
    digits = word[: next((at for at, letter in enumerate(word) if not letter.isdigit()), len(word))]
    if digits:
        return int(digits) in _VOWEL_NUMBERS
    lowered = word.lower()  # w is a consonant in names: "a Wrecsam", "a Walsall"
    return lowered.startswith(_VOWELS) and not (lowered[0] == "y" and lowered[1:2] in _VOWELS)
