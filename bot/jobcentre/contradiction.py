"""What people say against what they were just told of an office: "well it isn't, I'm stood outside"."""

from __future__ import annotations

import re

from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Clause, Thread, Utterance

_TOLD_OF_DOORS = (Kind.OFFICE_OPEN, Kind.OFFICE_HOURS, Kind.OFFICE_CLOSURES, Kind.CLOSURE_APPOINTMENT)
_DENIES = re.compile(
    r"\W*(?:(?:well|no|nope|nah|um+|er+m?|but|actually|sorry|eh|hang on|wait|see|look|funny|na|nage|ond|wel)\W+)*"
    r"(?:(?:it|that|they|you|u|your \w+|the \w+)(?:[’']?s|[’']?re|r| is| are)?"
    r"\s*(?:n[’']?t|not|isn[’']?t|aren[’']?t|aint|ain[’']?t)"
    r"(?:\s+(?:open|closed|shut|right|true|correct|accurate|though|actually|tho|so))*(?=\s*(?:$|[.,;!-]))"
    r"|(?:dyd[iy]|dyw) (?:o|hi|e|fe)(?:[’']n)? ddim\b(?=\s*(?:$|[.,;!-]))|nac yd(?:i|y|yw)\b)",
    re.IGNORECASE,
)
"""Says of what was told that it is not so, and no more."""
_AT_THE_DOOR = re.compile(
    r"\b(?:i[’']?m|i am|we[’']?re|we are|been|just|stood|standing|sat|dwi|dw i|rwy)\b[^?]{0,30}"
    r"\b(?:outside|out front|at the (?:door|entrance|front)|in front|by the door|inside|here now|there now|walked up"
    r"|got (?:here|there)|tu allan|y tu mewn|wrth y drws|o flaen)\b",
    re.IGNORECASE,
)
_FOUND_THERE = re.compile(
    r"\b(?:shut\w*|closed|lock\w*|lights?|dark|nobody|no ?one|notice|signs?|busy|open|empty|heaving|packed|queu\w+"
    r"|ar gau|ar glo|neb|golau\w*|goleuadau|tywyll|arwydd|hysbysiad|ar agor|brysur|drysau?|drws)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:(?:so|and|but|then)\W+)*(?:is|are|do|does|can|could|will|where|when|what|how|who|which|should)\b"
    r"|\b(?:where (?:else|can|do)|what (?:do|now|shall|should|time)|when (?:will|does|do))\b",
    re.IGNORECASE,
)
_NEVER_OF_DOORS = frozenset(
    {"report_crisis_life", "report_crisis_abuse", "report_crisis_hardship", "report_child_at_risk", "threaten"}
)


def contradicts(clause: Clause, utterance: Utterance, thread: Thread) -> bool:
    """Whether somebody who was just told how an office stands says that it is not so, or what they find at its door."""
    last = thread.asked[-1].kind if thread.asked else None
    if last not in _TOLD_OF_DOORS or thread.pending or "?" in clause.text or clause.intent in _NEVER_OF_DOORS:
        return False
    is_seen = _AT_THE_DOOR.search(utterance.text) and _FOUND_THERE.search(utterance.text)
    return bool(_DENIES.match(clause.text)) or bool(is_seen and not _ASKS.search(clause.text))
