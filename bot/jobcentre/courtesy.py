"""Manners at the end of a message: "…, thanks", "ta mate", "plis", a smile. They never change what is asked."""

from __future__ import annotations

import re

from bot.jobcentre.text import PICTURE

_PICTURES = f"(?:{PICTURE}[\ufe0f\u200d]*)"
_THANKS = r"thanks|thank (?:you|u|yo)|thankyou|thanx|thnx|thx|tnx|tar|fanks|fank (?:you|u)|cheers|diolch"
_MANNERS = (
    r"(?:(?:with|many|so much|kind|best|warm)\s+)*"
    rf"(?:{_THANKS}|ta|regards"
    r"|if (?:that|it)[’']?s (?:all right|alright|ok|okay|no trouble|possible)|os (?:ydi|yw) hynny'n iawn"
    r"|please|pls|plz|plis|os gwelwch (?:yn )?dda)"
    r"(?:\s+(?:you|so|very|ever|much|a (?:lot|bunch|million)|in advance|again|mate|love|pal|hun|guys|all|bud|duck|sir"
    r"|yn fawr|iawn|i chi|o galon))*(?:\s+x+)?"
)
_AT_THE_END = re.compile(
    rf"(?:(?P<mark>[\s,.;:!?)*-]*)(?<![\w'’]){_MANNERS}|\s*(?:{_PICTURES}\s*)+|\s+x+)(?:[\s.!,]|{_PICTURES})*\Z",
    re.IGNORECASE,
)
_TAIL = 120
"""Characters at the end in which manners are looked for: a search of a whole long message would take long."""
_LAYERS = 4
"""Of manners, one behind the other: "thanks 🙂 xx"."""
_CONTENT = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ASSENT_ENGLISH = (
    "no nope nah yes yeah yep yup aye ok okay k oki right oh ah er um hi hello hiya hey great lovely brilliant perfect "
    "cool good fine nice super ace sound safe wicked magic awesome amazing wonderful excellent fab helpful alright "
    "sorted done understood got gotcha cheers bye thats that's that is its it's it was all really very so much you u "
    "youve you've have been are a the an star legend help for your this many not now today just "
    "bother worries problem probs hassle "
    "tidy proper job champion champ mint lush belting belter smashing grand braw bonny canny bostin bostin' cushty "
    "ideal mega banana cracking cracker class quality gr8 brill spot on bang pukka peachy splendid marvellous "
    "fantastic fabulous fabby terrific superb barry magic gallus dancer beauty beaut reet gradely sweet sterling "
    "stellar boss solid fair enough noted roger doke dokey righto aye lovely jubbly gud gd kool coolio swell neat "
    "bonus result relief phew appreciated appreciate grateful obliged kind hero lifesaver angel diamond gem treasure"
)
_ASSENT_WELSH = (
    "na nage ie ia iawn dim da gwych hyfryd bendigedig grêt hwyl helo bore prynhawn tsiampion penigamp arbennig "
    "ardderchog rhagorol ffantastig ffab neis lyfli bril briliant campus gwd siort ore orau gorau sort cŵl cwl "
    "perffaith del"
)
_ASSENT = frozenset([*_ASSENT_ENGLISH.split(), *_ASSENT_WELSH.split()])
"""Words beside which the thanks is itself what is said: "no thanks", "that's great, ta"."""


_THANKS_ELSEWHERE = re.compile(
    r"(?:(?:ok|okay|non|no|si|oui|tak|da)\W+)?(?:"
    r"merci(?: beaucoup| bien)?|(?:muchas |mil )?gracias|danke(?: sch[oö]n| sehr)?|vielen dank|(?:tante |mille )?grazie"
    r"(?: mille)?|(?:muito )?obrigad[oa]|dzi[eę]kuj[eę](?: bardzo)?|dzi[eę]ki|spasibo|spasiba|спасибо|d[iy]akuju|дякую"
    r"|mul[tț]umesc(?: mult)?|mersi|hvala|d[eě]kuji|d[ií]ky|ďakujem|köszönöm|koszonom|a[cč]i[uū]|paldies|blagodar[iy]a"
    r"|благодаря|efharist[oó]|ευχαριστώ|te[sş]ekk[uü]r(?:ler)?(?: ederim)?|sa[gğ]ol|faleminderit|shukran(?: jazeelan)?"
    r"|شكرا|shukri?y?a|bahut shukriya|meherbani|شکریہ|dh?any[ae]?[bv]a+d|धन्यवाद|ਧੰਨਵਾਦ|ধন্যবাদ|nandri|mahadsanid"
    r"|asante(?: sana)?|salamat(?: po)?|cảm ơn|cam on|xie ?xie|谢谢|謝謝|doh? je|arigat[oō]u?|mamnoon|merci jan"
    r"|takk|tack|kiitos|dankjewel|dank je(?: wel)?|go raibh (?:maith|mile) agat|tapadh leat)"
    r"(?:\W+(?:x+|mate|love|bro|sir|madam|my friend|thanks?|thank you))*[\W_]*",
    re.IGNORECASE,
)
"""As people say it whose own language is none of ours."""


def is_thanks_elsewhere(text: str) -> bool:
    """Whether it says no more than thanks, in a language that is neither English nor Welsh."""
    return _THANKS_ELSEWHERE.fullmatch(text.strip()) is not None


_THANKS_AT_END = re.compile(
    rf"(?<![\w'’])(?:{_THANKS}|(?<!ta )ta(?!\W*r?a\b|\W+ta\b))"
    rf"(?:\s+(?!for nothing|a bunch)[\w'’]+){{0,6}}(?:[\s.!,x]|{_PICTURES})*\Z",
    re.IGNORECASE,
)
"""With what they are for, and to whom; "ta ta" is no thanks, nor is "thanks for nothing"."""


def before_thanks(text: str) -> str | None:
    """What stands before the thanks at the end of a text, with what they are for ("… thanks for both numbers"); None
    where it does not end so."""
    found = _THANKS_AT_END.search(text, max(0, len(text) - _TAIL))
    return text[: found.start()] if found else None


def without_manners(text: str) -> str:
    """The text without thanks, "please" and pictures at its end; all of it where it is nothing but manners."""
    left = text
    for _ in range(_LAYERS):
        found = _AT_THE_END.search(left, max(0, len(left) - _TAIL))
        if not found or not _says_something(left[: found.start()]):
            break
        left = left[: found.start()] + _question_mark(found["mark"])
    return left


def _says_something(text: str) -> bool:
    words = [word.lower() for word in _CONTENT.findall(text)]
    return any(word not in _ASSENT for word in words)


def _question_mark(mark: str | None) -> str:
    return "?" if mark and "?" in mark else ""
