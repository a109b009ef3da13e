"""Who deals with what DWP does not."""

from __future__ import annotations

import pytest

from bot.jobcentre.bodies import find_body

DEALS = {
    "i need to pay my council tax": "council",
    "how do i get a blue badge": "council",
    "sut mae talu treth gyngor": "council",
    "ar ei hôl hi gyda'n nhreth gyngor": "council",
    "who does self assessment": "hmrc",
    "child benifit number": "child_benefit",
    "budd-dal plant": "child_benefit",
    "tax credits": "hmrc",
    "my driving licence expired": "dvla",
    "car tax": "dvla",
    "new pasport": "passport",
    "pasbort newydd": "passport",
    "settled status": "home_office",
    "student loan": "student_finance",
    "see a doctor": "nhs",
    "deintydd": "nhs",
    "who do i get my next sick note from": "nhs",
    "cael nodyn ffitrwydd": "nhs",
    "i need a new fit note": "nhs",
    "post my fit note": None,
    "someone burgled my house": "police",
    "best start grant": "social_security_scotland",
    "my private pension": "private_pension",
    "i was sacked": "acas",
    "tv licence": "tv_licence",
    "what is pip": None,
    "": None,
}


@pytest.mark.parametrize(("text", "body"), DEALS.items(), ids=DEALS)
def test_the_body_is_found_by_what_it_does(text: str, body: str | None) -> None:
    found = find_body(text)
    assert (found and found.id) == body


def test_every_body_is_named_in_both_languages() -> None:
    for text in DEALS:
        found = find_body(text)
        assert found is None or (found.name and found.name_cy)
