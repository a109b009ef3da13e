"""The crisis check and the hearing are weighed together: only a figure of speech can be explained away."""

from __future__ import annotations

import pytest

from actions.answer import risks_of


@pytest.mark.parametrize(
    ("read", "heard", "is_calm", "told"),
    [
        (["abuse"], [], False, ("abuse",)),
        (["abuse"], [], True, ()),
        (["threat", "hardship"], [], True, ()),
        (["life"], [], True, ("life",)),
        (["child"], [], True, ("child",)),
        (["hardship"], ["life"], False, ("life", "hardship")),
    ],
    ids=["read alone", "a game", "prices", "life always counts", "a child always counts", "both, life first"],
)
def test_what_is_told_of_what_was_read_and_heard(
    read: list[str], heard: list[str], is_calm: bool, told: tuple[str, ...]
) -> None:
    assert risks_of({"risks": read}, {"risks": heard, "is_calm": is_calm}) == told
