"""What a message tells around its question."""

from __future__ import annotations

import pytest

from bot.jobcentre.background import is_background
from bot.jobcentre.kinds import Kind


@pytest.mark.parametrize(
    ("kind", "text", "background"),
    [
        (Kind.JOBS, "i stack shelves till six", True),
        (Kind.JOBS, "i want to stack shelves", False),
        (Kind.JOBS, "shelf stacking", False),
        (Kind.OTHER_SERVICE, "the nursery has let me down", True),
        (Kind.OTHER_SERVICE, "who sorts out nurseries for me", False),
        (Kind.INDIVIDUAL_CASE, "my adviser is ever so nice", True),
        (Kind.INDIVIDUAL_CASE, "my payment is short", False),
        (Kind.INDIVIDUAL_CASE, "has my adviser rung", False),
        (Kind.INDIVIDUAL_CASE, "mae fy nhaliad yn hwyr", False),
        (Kind.CLOSURE_APPOINTMENT, "i've an interview at three", True),
        (Kind.CLOSURE_APPOINTMENT, "i've an interview and the road is flooded", False),
        (Kind.CLOSURE_APPOINTMENT, "mae gen i gyfweliad am dri", True),
        (Kind.OTHER_SERVICE, "Landlord here.", True),
        (Kind.OTHER_SERVICE, "is a landlord here", False),
        (Kind.OFFICE_OPEN, "you told me it was open", False),
        (Kind.SCAM, "somebody texted me for my bank details", False),
        (Kind.LANGUAGE, "i'm still learning the language", True),
        (Kind.LANGUAGE, "maddeuwch fy Nghymraeg i", True),
        (Kind.LANGUAGE, "i only sign", False),
        (Kind.OTHER_SERVICE, "dwi'n byw mewn fflat efo lleithder", True),
        (Kind.OTHER_SERVICE, "pam fod fy mws i'n ddrud", False),
        (Kind.INDIVIDUAL_CASE, "newch chi sbio ar fy nodyn i", False),
        (Kind.JOBS, "dwi'n whilo am waith plastro", False),
        (None, "i am here", False),
    ],
)
def test_what_only_tells_of_somebody_asks_nothing(kind: Kind | None, text: str, background: bool) -> None:
    assert is_background(kind, text) is background
