"""Whoever is expected at the office they were just told of: "I was meant to see someone at ten though"."""

from __future__ import annotations

import re

from bot.jobcentre.kinds import Kind
from bot.jobcentre.question import Clause, Thread, Utterance
from bot.jobcentre.words import APPOINTMENT

_TOLD_OF_DOORS = (Kind.OFFICE_OPEN, Kind.OFFICE_HOURS, Kind.OFFICE_CLOSURES, Kind.CLOSURE_APPOINTMENT)
_MISHEARD = frozenset(
    {
        *("ask_individual_case", "nlu_fallback", "out_of_scope", "cancel", "goodbye", "inform", "deny", "affirm"),
        *("give_feedback", "complain", "ask_scam", "ask_for_person", "ask_about_assistant", "ask_jobs", "greet"),
        *("report_wrong_information", "ask_closures", "ask_benefit_info", "ask_other_service"),
    }
)
"""What the words of somebody who is expected somewhere are taken for."""
_MUST_BE_THERE = re.compile(
    r"\b(?:supposed|meant|due|booked|down|expected|told|asked|got|gotta|have|has|need)\s+(?:in\s+)?(?:to\s+)?"
    r"(?:be (?:there|in|seen)|go in|come in|see (?:\w+ )?(?:some(?:one|body)|coach|advis\w+|him|her|them)"
    r"|be seeing|sign(?: on)?|attend|meet(?: \w+)? coach|check in|turn up)\b"
    r"|\bbooked in\b"
    r"|\b(?:i|we|he|she)[’']?(?:m|re|s| am| are| is| was| were)? (?:signing|seeing (?:my|a|the|his|her))\b"
    r"|\b(?:got|have|[’']?ve|with|see|seeing) (?:my|a|the|his|her) (?:work )?"
    r"(?:coach|advis[eo]r|slot|review|sign(?:ing)?)\b"
    r"|\b(?:o[’']n i|oeddwn i|ro[’']n i|dwi|dw i|rwy|fi)\b(?:[’']?n| yn)?\s+(?:i )?(?:fod|i fod) i\s+(?:\w+ )?"
    r"(?:weld|fynd|mynd|ddod|dod|arwyddo|seinio|gyfarfod|fod)\b"
    r"|\b(?:gweld|cyfarfod) (?:â )?(?:fy|yr) (?:hyfforddwr|anogwr|nghynghorydd)\b",
    re.IGNORECASE,
)
_HAS_ONE = re.compile(
    r"\b(?:got|have|had|[’']?ve|ive) (?:one|mine) (?:booked |down |set )?(?:at|for|from|about|around|@)(?!\w)"
    r"|\b(?:mine|my one)(?:[’']?s| is| was)? (?:at|for|booked|down)\b"
    r"|\b(?:mae gen i|ma gen i|gen i|gyda fi|sgen i) un (?:am|ar)\b",
    re.IGNORECASE,
)
"""An appointment, where these were spoken of: "got one at 2, am I ok to come"."""
_OF_A_CLAIM = re.compile(
    r"\b(?:miss(?:ed|ing)?|chang\w+|re-?arrang\w+|re-?schedul\w+|cancel\w*|mov(?:e|ed|ing)|late|sanction\w*|claim|why"
    r"|shift\w*|swap\w*|switch\w*|postpon\w*|forg[eo]t\w*|(?:over)?slept|payment|money|paid|yesterday|last|ill|sick"
    r"|poorly|hospital|colli|collais|newid|aildrefnu|canslo|symud|hwyr|arian|taliad|anghofi\w+|gohirio|ddoe|sâl|dost)\b",
    re.IGNORECASE,
)
"""What makes it a matter of their own claim, and not only of the door."""


def is_expected(clause: Clause, utterance: Utterance, thread: Thread) -> bool:
    """Whether somebody who was just told how an office stands says that they have to be there."""
    if thread.kind not in _TOLD_OF_DOORS or not (thread.offices or utterance.places) or thread.pending:
        return False
    is_timed = any(not day.past or day.is_time_alone for day in utterance.days_in(clause))  # "had one at 1"
    if is_timed and _HAS_ONE.search(clause.text) and not _OF_A_CLAIM.search(clause.text):
        return clause.intent in (*_MISHEARD, "ask_opening", "ask_hours")
    if clause.intent not in _MISHEARD or "?" in clause.text or _OF_A_CLAIM.search(clause.text):
        return False
    return bool(_MUST_BE_THERE.search(clause.text) or (is_timed and APPOINTMENT.search(clause.text)))
