"""The words people use for days and times, English and Welsh, and how a message becomes a row of symbols.

A symbol is a word in capitals that stands for every way of writing one thing: `TOMORROW` for "tmrw", "2moro" and
"yfory"; `D4` for "friday", "fri" and "gwener". Words that matter to nobody keep their own small letters. `dates.py`
reads the row of symbols, never the spelling.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from rapidfuzz.distance import OSA


def word_set(words: str) -> frozenset[str]:
    """The words of one string, as a set."""
    return frozenset(words.split())


# A letter after the number of a weekday (D) or month (M) says how far the word can be trusted by itself:
# `w` it is an English word too ("sat", "may"); `c` it needs a word beside it ("llun" is also a picture);
# `p` is the plural, a habit ("saturdays"); `s` has an apostrophe ("friday's").
WORDS: dict[str, str] = {
    "NOW": "now currently atm presently rwan nawr",
    "TODAY": "today 2day tday todays tdy todat todya heddiw heddi heddyw",
    "TONIGHT": "tonight tonite 2nite 2night 2nyt tonyt tonights heno",
    "TOMORROW": "tomorrow tomorrows tomoz tomorra morra morrow tomoro tomo tmrw tmrow tmw tmr tmz tmoz tmro tmoro "
    "tmorrow 2moro 2morrow 2morro 2mrw 2mw 2moz 2mora 2mo yfory fory forys fori foru",
    "OVERMORROW": "overmorrow drennydd trennydd",
    "THIRDMORROW": "tradwy dradwy",
    "YESTERDAY": "yesterday yesterdays yday yest ystday ddoe",
    "EREYESTERDAY": "echdoe",
    "LASTNIGHT": "neithiwr",
    "D0": "monday mon mondy monady",
    "D0c": "llun lun",
    "D0p": "mondays mons",
    "D1": "tuesday tues tue teusday tusday tuseday chuesday chewsday toosday",
    "D1p": "tuesdays",
    "D2": "wednesday weds wedneday wendsday mercher fercher",
    "D2w": "wed",
    "D2p": "wednesdays",
    "D3": "thursday thurs thur thu thursd",
    "D3c": "iau",
    "D3p": "thursdays",
    "D4": "friday fri fryday gwener wener",
    "D4p": "fridays",
    "D5": "saturday satday sadwrn sadwn",
    "D5w": "sat",
    "D5p": "saturdays sats sadyrnau sadyrna",
    "D6": "sunday",
    "D6w": "sun",
    "D6c": "sul",
    "D6p": "sundays",
    "TM": "mawrth fawrth",  # dydd Mawrth is Tuesday, mis Mawrth is March
    "M1": "january jan ionawr",
    "M2": "february feb febuary febru chwefror",
    "M3": "marth",
    "M3w": "march mar",
    "M4": "april apr ebrill",
    "M5w": "may mai fai",
    "M6": "june jun mehefin fehefin",
    "M7": "july jul gorffennaf orffennaf",
    "M8": "august aug awst",
    "M9": "september sept sep medi fedi",
    "M10": "october oct hydref",
    "M11": "november nov tachwedd dachwedd nhachwedd",
    "M12": "december dec decemeber rhagfyr ragfyr",
    "MORNING": "morning mornin mornings' morn bore fore bora fora",
    "AFTERNOON": "afternoon efternoon affernoon aftrnoon arvo aft avo prynhawn brynhawn pnawn bnawn prynawn pnown",
    "EVENING": "evening evenin",
    "EVE": "eve",
    "NIGHT": "night nite nyt nicht nos noson",
    "PARTS": "mornings afternoons evenings nights boreau prynhawniau",
    "DYDD": "dydd ddydd dyth",
    "WEEK": "week wk wythnos wthnos wsnos",
    "WEEKS": "weeks wks weeks' wythnosau",
    "WEEKEND": "weekend wkend weekand wkd penwythnos benwythnos penwsnos benwsnos wicend",
    "WEEKENDS": "weekends wkends penwythnosau benwythnosau",
    "WEEKDAYS": "weekdays weekday",
    "FORTNIGHT": "fortnight fortnights fortnite pythefnos bythefnos",
    "MONTH": "month mis fis",
    "MONTHS": "months misoedd",
    "DAYS": "days diwrnod ddiwrnod dyddiau ddyddiau dyddia ddyddia dyddie ddyddie",
    "HOUR": "hour hr awr",
    "HOURS": "hours hrs oriau",
    "MINUTES": "minutes minute mins min munud funud munudau",
    "THIS": "this dis hwn hon yma",
    "NEXT": "next nxt nex nesaf nesa",
    "LAST": "last diwethaf dwetha dwethaf dwytha ddiwethaf ddwetha ddwytha",
    "EVERY": "every each bob pob",
    "XMAS": "christmas xmas xmass chrismas cristmas christmass crimbo chrimbo nadolig dolig",
    "EASTER": "easter eastr pasg",
    "before": "b4 befor",
    "after": "aftr afta",
    "until": "untill untl",
    "between": "btwn betwen bewteen",
    "am": "yb",
    "pm": "yp yh",
    "AGO": "ago nol",
    "N1": "one un",
    "N2": "two dau ddau dwy ddwy",
    "N3": "three tri dri thri tair dair",
    "N4": "four pedwar bedwar phedwar pedair bedair",
    "N5": "five pump bump phump pum bum",
    "N6": "six chwech chwe",
    "N7": "seven saith",
    "N8": "eight wyth",
    "N9": "nine naw",
    "N10": "ten deg ddeg deng",
    "N11": "eleven",
    "N12": "twelve deuddeg ddeuddeg",
    "N20": "twenty ugain",
    "N30": "thirty",
    "W1": "first cyntaf gyntaf unfed",
    "W2": "second ail",
    "W3": "third trydydd drydydd",
    "W4": "fourth pedwerydd bedwerydd",
    "W5": "fifth pumed bumed",
    "W6": "sixth chweched",
    "W7": "seventh seithfed",
    "W8": "eighth wythfed",
    "W9": "ninth nawfed",
    "W10": "tenth degfed ddegfed",
    "W11": "eleventh",
    "W12": "twelfth deuddegfed ddeuddegfed",
    "W13": "thirteenth",
    "W14": "fourteenth",
    "W15": "fifteenth pymthegfed bymthegfed",
    "W16": "sixteenth",
    "W17": "seventeenth",
    "W18": "eighteenth deunawfed ddeunawfed",
    "W19": "nineteenth",
    "W20": "twentieth ugeinfed",
    "W30": "thirtieth",
}

SYMBOL_OF: dict[str, str] = {word: symbol for symbol, words in WORDS.items() for word in words.split()}

# Long words that are near no other word, so that a slip of the finger can be repaired. Short ones ("march", "easter")
# are left out: match, marsh and eastern are words too.
REPAIRED = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february august september october november
    december tomorrow yesterday christmas weekend heddiw gwener sadwrn prynhawn nadolig wythnos
    penwythnos
    """
)
_REPAIRED_BY_LETTER = {word[0]: [other for other in sorted(REPAIRED) if other[0] == word[0]] for word in REPAIRED}
_REAL_WORDS = word_set("sundry sunder sundae mandate tuesdays weekends weakened augusta augment fridge")

# What may follow a bare number or ordinal that is a time or a day: "at 3 please", "on the 27th then". Before anything
# else the number counts or numbers a thing: "at 3 jobcentres", "the 2nd attempt", "at 1 high street".
CLOSED_CLASS = word_set(
    """
    . , ? ! ( ) - / & : ; a ac ag am an and any anyone anybody anymore already also are at be
    because been before after but by bye can cant cheers closed close closes closing come coming
    could cos coz couldnt cuz do does doesnt dont did during either else for from get getting go
    going gonna got had has hav have havent hello here hey hi hiya how however i if ill im in
    instead is isnt it its ive just kindly know lol lmk love m8 mate maybe me my neu nd no not
    off ok okay on only open opening opens or our out p pal para plz please pls plse possible
    possibly r really regards right see shall she he should shut shuts since so some somebody
    someone sorry still sure ta tho though than thank thanks thankyou that the them then there these
    they theyre thing this thnx thx til till to too u ur until us via was wasnt we well were what
    whats when where whether which while who whos why will with without wont would x xx xxx y yeah
    yep yes yet yh you your youre ar agor gau oes ydy ydi ydych ydach ydyn yw mae maen bydd fydd
    fyddwch fyddan yn yr o os gwelwch sgwn plis diolch tan hyd cyn na nac ond hefyd fel arfer felly
    efo gyda chi ti fi eto sy sydd hynny hyn yno ym yng te ta nawr rwan chwaith wedyn
    """
)

PAST_WORDS = word_set(
    """
    was were wasnt werent wernt did didnt had hadnt went came rang phoned visited attended missed
    turned happened tried moved started applied signed claimed lost began finished received died retired
    oedd roedd doedd roeddech oeddech oeddwn roeddwn oedden roedden fuodd
    fuoch aethon aeth es daeth des collais fethais bues wnaethoch wnaeth
    """
)
# The nearest word of this kind before the day says that the day is not (or not surely) gone by, whatever is
# farther off: "i was wondering if you are open monday".
PRESENT_WORDS = word_set(
    """
    is isnt are arent will wont can cant do does dont be am going gonna wondering hoping planning
    thinking told meant supposed need want have has ive could should would shall may might if
    whether due expecting booked got im youre ydy ydi ydych ydach mae bydd fydd fyddwch fyddan gaf
    alla allaf oes
    """
)
HABIT_WORDS = word_set("usually normally generally typically ever regularly arfer arferol rheol amlaf")
STATE_WORDS = word_set(
    "open opened opening closed close shut there running working available back reopened reopen agor gau agored cau"
)


class Token(NamedTuple):
    """A word of the message as a symbol, with its place in the text (characters)."""

    start: int
    end: int
    symbol: str


# Things full of numbers that never say a day; each becomes the symbol X. First alternative wins.
_OPAQUE = r"""
    https?://\S+ | www\.\S+
  | (?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+                               # an email address
  | (?<!\w)@[a-z_]\w*                                                       # @JCPinLeeds
  | [£$€]\s?\d[\d,.]*\w?                                                    # money
  | (?<![\w.])\d[\d,]*(?:\.\d+)?\s?(?:pounds?|quid|p(?!\.?\s?m\b)|k|gbp|punt|percent|%|\u00b0|th\s+of\s+the)(?!\w)
  | (?<!\w)[a-z]{2}[\s.]?(?:\d[\s.]?){6}[a-d](?!\w)                         # National Insurance number
  | (?<!\w)[a-z]{1,2}\d[a-z\d]?\s?(?!\d[ap]m)\d[a-z]{2}(?!\w)               # postcode
  | (?<!\w)(?:\+44|\(?0\d)[\d\s()-]{7,14}\d(?!\w)                           # phone
  | (?<!\w)\d{3,4}(?:[ -]\d{3,4}){2,3}(?!\w)                                # phone, card
  | (?<!\w)24\s?/\s?7(?![\w/]) | \d{5,}
"""
_NUMBERS = r"""
    (?<![\w/.-])(?:20\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?![\w/])
  | (?<![\d/.])\d{1,2}(?P<sep>[/.-])\d{1,2}(?:(?P=sep)(?:\d{4}|\d{2}))(?![\d/])
  | (?<![\d/.:])\d{1,2}[:.]\d{2}(?!\d|\.\d)
  | (?<![\d/.-])\d{1,2}[/.-]\d{1,2}(?![\d/a-z]|[.-]\d)
"""
_TOKEN = re.compile(
    rf"(?P<opaque>{_OPAQUE})|(?P<number>{_NUMBERS})|(?P<run>[a-z0-9'\u0300-\u036f]+)|(?P<mark>[.,?!:;/&()\n@–—-])",
    re.VERBOSE,
)
_ORDINAL_ENDS = "st|nd|rd|th|ain|fed|af|ydd|eg|ed|il"
_GLUED_ORDINAL = re.compile(rf"(\d{{1,2}})(?:{_ORDINAL_ENDS})")
_GLUED_TIME = re.compile(r"(\d{1,4})(am|pm|yb|yp|yh|ish|oclock|hrs|h|hr|mins|min|hours|days|wks|weeks|til|till)")
_GLUED_DATE = re.compile(
    rf"(?P<word>[a-z]{{3,9}})(?P<after>\d{{1,2}}(?:{_ORDINAL_ENDS})?)"
    rf"|(?P<before>\d{{1,2}}(?:{_ORDINAL_ENDS})?)(?P<month>[a-z]{{3,9}}?)(?P<year>\d{{2,4}})?"
)
_MARKS = re.compile("[\u0300-\u036f]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})


def fold(text: str) -> str:
    """The text in small letters without accents, each character in its own place (so offsets still hold)."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_character, text.translate(_QUOTES)))


def _fold_character(character: str) -> str:
    small = character.lower()
    base = unicodedata.normalize("NFD", small)[0] if not small.isascii() else small
    return base if len(base) == 1 else character


def tokenize(text: str) -> list[Token]:
    """The message as symbols in order. Emoji and other marks that say nothing are left out."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(fold(text)):
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind == "run":
            tokens.extend(_run_tokens(match.group(), start))
        elif kind == "mark":
            mark = {"\n": ".", "–": "-", "—": "-"}.get(match.group(), match.group())
            tokens.append(Token(start, end, "at" if mark == "@" else mark))
        else:
            tokens.append(Token(start, end, "X" if match["opaque"] else match.group()))
    return _settle_tuesdays(tokens)


def _run_tokens(run: str, start: int) -> list[Token]:
    """A run of letters and digits: one token, or several where they are glued ("mon27th", "9am")."""
    word = _MARKS.sub("", run)
    symbol = _symbol(word)
    if symbol is not None:
        return [Token(start, start + len(run), symbol)]
    pieces = _split_glued(word) if len(word) == len(run) else None
    if pieces is None:
        return [Token(start, start + len(run), "X")]
    tokens = []
    for piece in pieces:
        tokens.append(Token(start, start + len(piece), _symbol(piece) or "X"))
        start += len(piece)
    return tokens


def _symbol(word: str) -> str | None:
    """The symbol of a word, a number or an ordinal; None for letters and digits mixed some other way."""
    known = SYMBOL_OF.get(word)
    if known is not None:
        return known
    if word.isdigit():
        return word
    plain = word.replace("'", "")
    if plain.isalpha():
        return _word_symbol(word, plain)
    ordinal = _GLUED_ORDINAL.fullmatch(word)
    return f"O{int(ordinal[1])}" if ordinal else None


def _word_symbol(word: str, plain: str) -> str:
    known = SYMBOL_OF.get(plain)
    owner = SYMBOL_OF.get(word[:-2], "") if word.endswith("'s") else ""
    if owner[:1] == "D" and owner[1:2].isdigit():
        return f"{owner[:2]}s" if owner[2:] != "w" else plain
    if known is not None:
        return known
    return _repair(plain) or plain


def _repair(word: str) -> str | None:
    """The symbol of the long day word that this is one slip away from (two, if it is very long)."""
    if not 5 <= len(word) <= 11 or word in _REAL_WORDS:
        return None
    for target in _REPAIRED_BY_LETTER.get(word[0], ()):
        allowed = 2 if min(len(word), len(target)) >= 7 else 1
        if OSA.distance(word, target, score_cutoff=allowed) <= allowed:
            return SYMBOL_OF[target]
    return None


def _split_glued(run: str) -> list[str] | None:
    """["mon", "27th"], ["9", "am"], ["27", "nov", "26"]; None for "p45" and other codes."""
    clock = _GLUED_TIME.fullmatch(run)
    if clock:
        return [clock[1], clock[2]]
    dated = _GLUED_DATE.fullmatch(run)
    if dated is None:
        return None
    word = dated["word"] or dated["month"]
    if not re.match(r"[DM]\d", SYMBOL_OF.get(word, "")):
        return None
    return [piece for piece in (dated["before"], word, dated["after"], dated["year"]) if piece]


def _settle_tuesdays(tokens: list[Token]) -> list[Token]:
    """Mawrth is Tuesday after "dydd" or a part of the day, March beside a number or "mis"."""
    for index, token in enumerate(tokens):
        if token.symbol != "TM":
            continue
        before = tokens[index - 1].symbol if index else ""
        after = tokens[index + 1].symbol if index + 1 < len(tokens) else ""
        is_day = before in {"DYDD", "MORNING", "AFTERNOON", "EVENING", "NIGHT"}
        is_dated = after in {"y", "yr"} and tokens[index + 2 : index + 3] and tokens[index + 2].symbol[0] == "O"
        is_month = is_dated or before in {"o", "ym", "MONTH"} or re.fullmatch(r"[OW]?\d{1,2}", before or after)
        symbol = "D1" if is_day else "M3" if is_month or re.match(r"[OW]?\d", after) else "D1c"
        tokens[index] = token._replace(symbol=symbol)
    return tokens
