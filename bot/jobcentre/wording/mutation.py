"""Welsh mutations of place names: after "a" (and), "yn" (in), and words that soften, such as "at" and "i".

Names that are not Welsh are left alone, as people do: "yn Leeds", "Bradford a Crewe". Most cannot be told by their
letters (Caernarfon is Welsh, Castleford is not), so they are listed by their first word.
"""

from __future__ import annotations

import re

_WELSH_PLACE = re.compile(
    r"(Caer\w*|Cas(-gwent|llwchwr|newydd|tell(-nedd|newydd)?)|Cefn|Cemaes|Ceredigion|Cil-y-coed|Cilgerran|Clwyd"
    r"|Clydach|Coed(-duon|poeth)?|Conwy|Corris|Corwen|Cricc?ieth|Croesoswallt|Crymych|Crughywel|Cwm\w*|Cydweli|Cymru"
    r"|Pant\w*|Pen(arth|cader|coed|fro|llergaer|maenmawr|parcau|rh\w+|t(re\w*|wyn|yrch|ywyn)|-y-\w+|y\w+)"
    r"|Pont(-y-\w+|ar\w+|lliw|lotyn|rhyd\w+|y\w+)|Porth(aethwy|cawl|madog)?|Powys|Prestatyn|Pwllheli"
    r"|Talgarth|Tal-?[ys]\w+|Tal-y-\w+|Ton(du|pentre|y\w+)|Tre(degar|f\w+|garon|garth|harris|herbert|orci)"
    r"|Tyddewi|Tywyn"
    r"|Bae|Bangor|Bargo(d|ed)|Beddau|Bedwas|Benllech|Bermo|Bethesda|Betws\S*|Biwmares|Blaen[\w-]*"
    r"|Bod(edern|elwyddan|organ)|Bryn\S*|Bryste|Bwcle"
    r"|Deganwy|Deiniolen|Dinas|Dinbych(-y-pysgod)?|Doc|Dol(gellau|wyddelan)|Dyfed|Dyffryn"
    r"|Glan\S*|Glyn\S*|Gogledd|Gors\w*|Gwent|Gwynedd|Ll\w+|Rh(aeadr|os\w*|ondda|uthun|ydaman|ymni)"
    r"|Machynlleth|Maesteg|Manceinion|Merthyr|Môn|Mynydd|Mynwy)(?![\w-])"
)
_ARTICLE = re.compile("^Yr? (?=[A-ZŴÂÊ])")
"""Of names that have one: "Y Bala", "Yr Wyddgrug"."""
_ASPIRATE = {"P": "Ph", "T": "Th", "C": "Ch"}
_NASAL = {"P": "Mh", "T": "Nh", "C": "Ngh", "B": "M", "D": "N", "G": "Ng"}
_SOFT = {"Ll": "L", "Rh": "R", "P": "B", "T": "D", "C": "G", "B": "F", "D": "Dd", "G": "", "M": "F"}
_VOWELS = tuple("aeiouyâêîôûŷäëïöüáéíóú")
_VOWEL_NUMBERS = frozenset({1, 8, 11})
"""Un, wyth, un ar ddeg: the hours that begin with a vowel."""


def after_a(word: str) -> str:
    """ "a Leeds", "ac Abertawe", "a Chaerdydd", "a’r Bala", "ac 1:30pm"."""
    if _ARTICLE.match(word):
        return f"a’r {_ARTICLE.sub('', word)}"
    if _begins_with_vowel(word):
        return f"ac {word}"
    return f"a {_mutated(word, _ASPIRATE)}"


def after_yn(place: str) -> str:
    """ "yn Leeds", "yng Nghaerdydd", "ym Mangor", "ym Machynlleth", "yn y Bala"."""
    if _ARTICLE.match(place):
        return f"yn {_article_small(place)}"
    mutated = _mutated(place, _NASAL)
    before = "yng" if mutated.startswith("Ng") else "ym" if mutated.startswith("M") else "yn"
    return f"{before} {mutated}"


def softened(place: str) -> str:
    """As after "at", "i", "o" and "ar": "Gaerdydd", "Landudno", "y Bala", "Leeds"."""
    mutated = _article_small(place) if _ARTICLE.match(place) else _mutated(place, _SOFT)
    return mutated[:1].upper() + mutated[1:] if mutated[:2] not in ("y ", "yr") else mutated


def aspirated(word: str) -> str:
    """A Welsh common noun as after "a": "chyfrifiaduron", "thoiledau"."""
    return _ASPIRATE[word[0].upper()].lower() + word[1:] if word[:1].upper() in _ASPIRATE else word


def _article_small(place: str) -> str:
    return place[0].lower() + place[1:]


def _mutated(name: str, mutation: dict[str, str]) -> str:
    if not _WELSH_PLACE.match(name):
        return name
    first = next((letters for letters in mutation if name.startswith(letters)), "")
    return mutation[first] + name[len(first) :] if first else name


def _begins_with_vowel(word: str) -> bool:
    digits = word[: next((at for at, letter in enumerate(word) if not letter.isdigit()), len(word))]
    if digits:
        return int(digits) in _VOWEL_NUMBERS
    lowered = word.lower()  # w is a consonant in names: "a Wrecsam", "a Walsall"
    return lowered.startswith(_VOWELS) and not (lowered[0] == "y" and lowered[1:2] in _VOWELS)
