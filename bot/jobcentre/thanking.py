"""Whether a person only thanks for what they were told: "that's me sorted then, ta", "ringing them now"."""

from __future__ import annotations

import re

from bot.jobcentre.clauses import asks
from bot.jobcentre.courtesy import is_thanks_elsewhere
from bot.jobcentre.intent import FURTHER
from bot.jobcentre.question import Context, Utterance
from bot.jobcentre.question_words import WELSH_WISHES


def is_thanks(utterance: Utterance, context: Context) -> bool:
    """Whether it asks nothing, and only thanks, in whatever words."""
    ways = (_goes_and_does_it, _says_only_thanks)
    return is_thanks_elsewhere(utterance.text) or any(way(utterance, context) for way in ways)


def thanks_at_end(utterance: Utterance, context: Context) -> bool:
    """ "No bother, cheers", where there is nothing to decline or to call off."""
    said, is_open = utterance.before_thanks, context.thread.pending is not None or context.is_in_queue
    return said is not None and not is_open and not _DECLINES.fullmatch(said)


def _goes_and_does_it(utterance: Utterance, context: Context) -> bool:
    """Whether they only say that they do what they were told, with thanks: "will do", "ringing them now, ta". Who is at
    risk, and says that they are off, is not thanked."""
    thread = context.thread
    if _WILL_DO.fullmatch(utterance.text):
        return thread.pending is None
    in_danger = context.risks or thread.risks or (thread.subject is not None and thread.subject.kind.is_crisis)
    is_told = bool(thread.asked) and thread.pending is None and not in_danger
    is_bare = not utterance.places and all(day.now for day in utterance.days)  # else it may be shut then
    return is_told and is_bare and _OFF_TO.fullmatch(utterance.text) is not None


_OFF_TO = re.compile(
    r"\W*(?:(?:ok(?:ay)?|right|great|grand|lovely|sound|cool|ah|oh|iawn|reit|so)\W+)*"
    r"(?:(?:i|we)(?:[’']?(?:m|ll|re)| am| are| will)?\W+)?(?:(?:just|now|gonna|going to|off to|about to)\s+)*"
    r"(?:(?:ringing|calling|phoning|emailing|ring|call|phone) (?:them|it|that|him|her|(?:the|that|my) \w+)"
    r"|(?:getting|catching|get|catch) (?:the|a|my) (?:bus|train|tram|taxi|cab|lift|ferry|tube|metro)"
    r"|(?:heading|popping|nipping|going|walking|driving|setting|head|pop|nip|go|walk)"
    r" (?:there|over|down|in|off|up|round|along|straight)|on (?:my|our) way|off (?:to (?:bed|work|town)|out|now|there)"
    r"|(?:(?:dw i|dwi|fi) )?(?:am|wna i|mi wna i|fe wna i) (?:(?:eu|ei) )?(?:ffonio|fynd|alw)|ar (?:fy|y|ein) ffordd)"
    r"(?:\s+(?:there|over|down|in|now|then|later|soon|first|straight away|right away|up"
    r"|nhw|yno|lawr|draw|nawr|r[wŵ]an|wedyn))*\W*",
    re.IGNORECASE,
)
"""What somebody goes and does who was told how."""


_WILL_DO = re.compile(
    r"\W*(?:(?:ok(?:ay)?|yes|aye|right|great|grand|lovely|iawn|cheers|ta|thanks)\W+)*"
    r"(?:(?:i )?(?:will|shall) do|mi wna i)"
    r"(?:\W+(?:that|thanks?|thank you|ta|cheers|diolch|then|now|mate|pal|love|x+))*\W*",
    re.IGNORECASE,
)
"""Thanks of somebody who goes and does it."""


def _says_only_thanks(utterance: Utterance, context: Context) -> bool:
    """Whether what stands before the thanks for what was told asks nothing: "that's me sorted then, ta", "will use the
    journal. Thank you", "top, thanks"."""
    said = utterance.before_thanks
    is_told = bool(context.thread.asked) and context.thread.pending is None and not context.risks
    if (
        said is None
        or _DECLINES.fullmatch(said)
        or not is_told
        or utterance.places
        or not all(day.now for day in utterance.days)
    ):
        return False
    if _MAY_WANT.search(said) or asks(said) or (context.is_in_queue and _CALLS_OFF.search(said)):
        return False
    heard = {c.intent for c in utterance.clauses if c.confidence >= _OPENLY}
    if not heard <= _SAYS_LITTLE:
        return False
    return _TELLS.match(said) is not None or (len(said.split()) <= _AT_MOST_BESIDE_THANKS and heard <= _SAYS_NOTHING)


_DECLINES = re.compile(r"\W*(?:no|nah|nope|na|dim)\W*", re.IGNORECASE)
"""Before thanks: nothing more is wanted."""
_AT_MOST_BESIDE_THANKS = 3
"""Words."""
_OPENLY = 0.5
_SAYS_NOTHING = frozenset({"thank", "greet", "affirm", "deny", "cancel", "nlu_fallback"})
_SAYS_LITTLE = _SAYS_NOTHING | {"inform", FURTHER, "ask_repeat", "out_of_scope"}
_MAY_WANT = re.compile(
    r"\?|\b(?:what|wots?|where|when|which|who|how|why|need|want|wanna|help|tell me|find|number|address"
    r"|postcode|hours|times?|other|others|one|another|else|same|again|second|first|next|more|also|instead|but|wrong|not"
    r"|starv\w*|freez\w*|die|dying|dead|suffer\w*|homeless|useless|joke|lle|ble|pryd|beth|pa|sut|pam|rhif|eto|arall|ond"
    rf"|{WELSH_WISHES})\b",
    re.IGNORECASE,
)
"""May ask or wish for something, or is no thanks at heart: "I'll just freeze then, cheers"."""
_CALLS_OFF = re.compile(r"\b(?:never ?mind|forget|leave it|don[’']?t|cancel|dim ots|paid)\b", re.IGNORECASE)
_TELLS = re.compile(
    r"\W*(?:(?:ok(?:ay)?|oki|right|great|grand|lovely|sound|cool|ah|oh|aw|well|so|top|ace|fine|yes|yeah|aye|no|nah|iawn|reit"
    r"|oc[eê]|wel)\W+)*"
    r"(?:(?:i|we|he|she|they|it|that|this)(?:[’']?(?:ll|s|m|re|ve|d))?|thats|ill|will|gonna"
    r"|no (?:worries|bother|problem|probs|trouble)|fair (?:enough|dos|do)"
    r"|mi|fe|dyna|na i|wna i|fydda i|dim problem)\b",
    re.IGNORECASE,
)
"""Says how things are, or what somebody will do."""
