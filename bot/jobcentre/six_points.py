"""DWP's Six Point Plan for somebody who says that they may harm themselves, as a checklist for the adviser.

That the plan exists and what it covers: facts 5.17 (a released copy of 2017, ministers in 2022 and 2024). The words of
each step are ours; where an office's own copy differs, it goes before this one.
"""

from __future__ import annotations

from enum import Enum


class Point(str, Enum):
    """One step, in its order."""

    TAKE_SERIOUSLY = "take_seriously"
    KEEP_TALKING = "keep_talking"
    FIND_OUT = "find_out"
    TELL_MANAGER = "tell_manager"
    EMERGENCY = "emergency"
    RECORD = "record"

    @property
    def text(self) -> str:
        return _TEXTS[self]


_TEXTS = {
    Point.TAKE_SERIOUSLY: "Take it seriously. Treat every statement as possibly real.",
    Point.KEEP_TALKING: "Keep the person talking.",
    Point.FIND_OUT: "Find out what is planned, and whether they are at risk right now.",
    Point.TELL_MANAGER: "Tell a manager.",
    Point.EMERGENCY: "Call 999 if needed.",
    Point.RECORD: "Record what happened, and get support for yourself.",
}
