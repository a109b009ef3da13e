"""Words as people type them."""

from __future__ import annotations

import time

import pytest

from bot.jobcentre.spelling import as_usually_written
from bot.jobcentre.text import LIMIT


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("iiiss hulll ooopen", "is hul open"),
        ("CLOOOOSED tomorrrow???", "CLOSED tomorrow???"),
        ("cooool pleeeease", "cool please"),
        ("c.l.o.s.e.d", "closed"),
        ("h-u-l-l is o*p*e*n", "hull is open"),
        ("is is it op-open on on, on Friday", "is it op-open on Friday"),
        ("c-c-can I I come Sh-Shipley way", "can I come Shipley way"),
        ("it is... is it shut", "it is it shut"),
        ("2 2 hours, wi-fi", "2 2 hours, wi-fi"),
        ("D.W.P", "DWP"),
        ("www.gov.uk/pip", "www.gov.uk/pip"),
        ("9 a.m. to 5 p.m.", "9 a.m. to 5 p.m."),
        ("aaaa xxx", "aaaa xxx"),
        ("Llanfairpwllgwyngyll", "Llanfairpwllgwyngyll"),
        ("1111 222333", "1111 222333"),
        ("w h a t t i m e d o y o u c l o s e", "what time do you close"),
        ("whattimedoyouclose", "what time do you close"),
        ("wh3r3 d0es", "where does"),
        ("gr8 4pm 1st 24hrs ls1 sw1a uc50 m62 2moro", "gr8 4pm 1st 24hrs ls1 sw1a uc50 m62 2moro"),
        ("is it open question mark", "is it open?"),
        ("hello comma where are you full stop", "hello, where are you."),
        ("i ended up in a full stop", "i ended up in a."),
        ("misunderstanding Wolverhampton unconstitutional", "misunderstanding Wolverhampton unconstitutional"),
    ],
)
def test_words_drawn_out_or_spelt_out_are_read_as_usual(written: str, usual: str) -> None:
    assert as_usually_written(written) == usual


@pytest.mark.parametrize("piece", ["a.", "aaa", "aab ", "ab", "a*a", "a_", "a b ", "a1b2 ", "x" * 39 + " "])
def test_reading_odd_words_is_linear(piece: str) -> None:
    text = piece * (LIMIT // len(piece))
    started = time.process_time()
    as_usually_written(text)
    assert time.process_time() - started < 0.5
