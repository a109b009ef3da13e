"""Names of several words of which some are cut short."""

from __future__ import annotations

import pytest

from bot.jobcentre.shortened import ShortenedNames

KNOWN = ShortenedNames(
    name.split()
    for name in (
        "bury st edmunds",
        "newcastle under lyme",
        "north shields",
        "south shields",
        "market harborough",
        "market hallow",
        "leeds southern house",
        "leeds",
    )
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("bury st eds", "bury st edmunds"),
        ("bury st e", "bury st edmunds"),
        ("n shields", "north shields"),
        ("newcastle u lyme", "newcastle under lyme"),
        ("leeds southern hse", "leeds southern house"),
        ("market harb", "market harborough"),
        ("market ha", None),
        ("bury st edmunds", None),
        ("bury open today", None),
        ("n s", None),
        ("b st e", None),
        ("newcastle u l", "newcastle under lyme"),
        ("bury u", None),
        ("leeds", None),
        ("", None),
    ],
)
def test_a_name_cut_short_is_known_where_it_can_be_but_one(written: str, name: str | None) -> None:
    found = KNOWN.find(written.split())
    assert (" ".join(found) if found else None) == name


def test_a_word_left_out_of_names_is_no_piece_of_one() -> None:
    assert KNOWN.find(["bury", "", "eds"]) is None
