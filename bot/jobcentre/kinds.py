"""Kinds of answer, and which of several is the main one. The names are public: see the contract in the README."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Kind(str, Enum):
    """In the order in which one of several becomes the main kind, routine questions before individual ones."""

    CRISIS_LIFE = "crisis_life"
    CRISIS_ABUSE = "crisis_abuse"
    ABUSE = "abuse"
    CRISIS_HARDSHIP = "crisis_hardship"
    STOP = "stop"
    OFFICE_OPEN = "office_open"
    OFFICE_HOURS = "office_hours"
    OFFICE_CLOSURES = "office_closures"
    OFFICE_FIND = "office_find"
    OFFICE_CONTACT = "office_contact"
    OFFICE_FACILITIES = "office_facilities"
    CLOSURE_APPOINTMENT = "closure_appointment"
    CONTACT_DWP = "contact_dwp"
    BENEFIT_INFO = "benefit_info"
    FOI = "foi"
    DATA_REQUEST = "data_request"
    PRESS = "press"
    JOBS = "jobs"
    ABOUT = "about"
    LANGUAGE = "language"
    OTHER_SERVICE = "other_service"
    SCAM = "scam"
    WRONG_INFORMATION = "wrong_information"
    INDIVIDUAL_CASE = "individual_case"
    COMPLAINT = "complaint"
    HANDOFF = "handoff"
    POLITICS = "politics"
    FEEDBACK = "feedback"
    PERSONAL_DATA = "personal_data"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    OFF_TOPIC = "off_topic"
    UNCLEAR = "unclear"

    @property
    def is_crisis(self) -> bool:
        return self in (Kind.CRISIS_LIFE, Kind.CRISIS_ABUSE, Kind.CRISIS_HARDSHIP)

    @property
    def is_routine(self) -> bool:
        """A question that the database or the directory answers for anyone."""
        return _ORDER[Kind.OFFICE_OPEN] <= _ORDER[self] <= _ORDER[Kind.SCAM]

    @property
    def is_about_offices(self) -> bool:
        return self.value.startswith("office_") or self is Kind.CLOSURE_APPOINTMENT

    @property
    def is_small_talk(self) -> bool:
        return self in (Kind.GREETING, Kind.THANKS, Kind.GOODBYE)


_ORDER = {kind: rank for rank, kind in enumerate(Kind)}


def in_order(kinds: Iterable[Kind]) -> list[Kind]:
    """The kinds without repeats, the main one first.

    Routine questions keep the order in which they were asked: the first of several is the main one.
    """
    unique = list(dict.fromkeys(kinds))
    return sorted(unique, key=lambda kind: _ORDER[Kind.OFFICE_OPEN] if kind.is_routine else _ORDER[kind])
