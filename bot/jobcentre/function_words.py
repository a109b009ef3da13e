"""The small words by which English and Welsh are told apart, however many of the other's nouns stand between them.

"Ydi jobcentre Bangor ar agor fory" is Welsh and "what are the oriau" English: it is the grammar that tells.
"""

from __future__ import annotations

import re

from bot.jobcentre.conversation import Language
from bot.jobcentre.spelling import fold


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# As `fold` leaves them: without accents and apostrophes. A word is in neither list where it is a word of both ("am",
# "do", "ar" for "are", "yr" for "your"), a name ("Pam"), or a common word of other languages that people here write
# ("ein", "eu", "in", "ti").
_WELSH = _words(
    "yn ym yng yw ydy ydi ydyw ydych ydach ydyn ydynt ydw dach dwi dwin dydy dydi dydw rydw rydych rydach rwy rwyf",
    "wyf ody odych odi mae maen maent maer sydd syn oes oedd roedd doedd bydd byddaf byddwch byddwn bydda fydd fyddaf",
    "fyddwch fyddwn fyddai byddai bod wedi nid nac ddim efo hefo gyda gydag gan heb trwy drwy dros ynghylch ir ydyr",
    "ydir ywr odyr bler bethr sut ble pryd pwy faint sawl lle chin chir chdi nhw eich fy sgen sgynnoch gennych gennyf",
    "gennym gynnoch gynno gallaf gallwch gallwn allaf allwch allwn gaf gai cael gael eisiau isie isio isho iso dwisho",
    "dwisio moyn angen rhaid hoffwn hoffen heddiw heddi heno yfory fory ddoe rwan nawr eto hefyd neu ond achos",
    "oherwydd plis peidiwch stopiwch stopia dechrau ddechrau cychwyn ga hyn hynny hynna hwnna hwnnw honno rheiny",
    "dim sdim neb gin sgin sda alla fedra dwn oeddwn oeddech oeddan dylwn ddylwn",
)
_ENGLISH = _words(
    "is isnt are arent doesnt did didnt can cant could will wont would should have havent has had dont the my",
    "your our their his what whats when whens where wheres why who whos how hows which im ive id you youre u we were",
    "they its it this that there here and but if not for from with of today tomorrow yesterday tonight please pls plz",
    "thanks thats theres heres hes shes theyre weve youve lets whens",
)


# What people name in a word or two, without grammar: "ffôn pip", "eira?". Not what stands in the names of places,
# offices and benefits, which English keeps.
_WELSH_NAMED = _words(
    "oriau oria orie swyddfa swyddfeydd ffon rhif cyfeiriad agor agored gorad gau cau caewyd eira llifogydd streic neb",
    "yma yno nadolig dolig pasg gwyl parcio toiled toiledau grisiau lifft mynediad anabl cadair apwyntiad cyfweliad",
    "taliad arian pres cais cwyn gwyno cwyno swydd swyddi gofalwr diolch helo bore bora prynhawn pnawn noswaith hwyl",
    "dydd ddydd llun mawrth mercher iau gwener sadwrn llythyr cynghorydd rhywun bras cymraeg gymraeg nghymraeg saesneg",
    "drws drysau trydan gwres cymorth gwybodaeth cwestiwn anghywir celwydd gwarthus hyfryd gwych",
    "pwynt bwynt byw fyw bwyd fwyd",
)
_ENGLISH_NAMED = _words(
    "hours times office offices phone number line address postcode open opens opening close closed closes closing",
    "shut snow flood floods strike nobody christmas easter parking toilet toilets stairs lift access disabled",
    "appointment interview payment money claim complaint hello morning afternoon evening bye monday tuesday",
    "wednesday thursday friday saturday sunday letter adviser someone somebody welsh english door doors half new",
)
# Said in either language, and no sign of which: an answer of one of these stays in the conversation's.
_OF_BOTH = _words(
    "ok okay oke hm hmm hmmm mm um umm er err erm ah aha oh ooh eh ha haha lol omg xx xxx stop start help",
    "dwp jcp jobcentre uc pip esa jsa dla nino foi bsl universal credit am pm",
)

_PLAIN = 3
"""Small words of one language, which tell it whatever the rest looks like."""
_YES = {"do"}
"""Alone it is a Welsh yes: in English nobody says it alone."""


def has_language(text: str) -> bool:
    """Whether any of its words may tell a language: not a letter, a number, or a word of both."""
    return any(len(word) > 1 and word not in _OF_BOTH for word in _words_of(text))


def language_of(text: str) -> Language | None:
    """The one language whose small words it has; None where it has none, or some of both.

    Its places should be taken out before: a name belongs to both.
    """
    words = _words_of(text)
    return Language.WELSH if words == _YES else _one_of(words, _WELSH, _ENGLISH)


def is_plainly(language: Language, text: str) -> bool:
    """Whether so many of its small words stand there, and none of the other, that no third language has them all."""
    words = _words_of(text)
    own, other = (_WELSH, _ENGLISH) if language is Language.WELSH else (_ENGLISH, _WELSH)
    return len(words & own) >= _PLAIN and not words & other


def language_of_names(text: str) -> Language | None:
    """The one language in which it names things, where its grammar does not tell; None as `language_of`."""
    return _one_of(_words_of(text), _WELSH_NAMED, _ENGLISH_NAMED)


def _one_of(words: set[str], welsh: frozenset[str], english: frozenset[str]) -> Language | None:
    is_welsh, is_english = bool(words & welsh), bool(words & english)
    if is_welsh == is_english:
        return None
    return Language.WELSH if is_welsh else Language.ENGLISH


def _words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", fold(text)))
