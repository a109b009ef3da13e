"""What an adviser is asked to look at again, and what may be sent without a question."""

from __future__ import annotations

import csv
import re

import pytest

from bot.jobcentre.reply_risks import ReplyRisk, find_risks
from bot.settings import PROJECT

BENEFIT, PROMISE, BLANK = ReplyRisk.INDIVIDUAL_BENEFIT, ReplyRisk.PROMISE, ReplyRisk.BLANK


@pytest.mark.parametrize(
    ("text", "risks"),
    [
        pytest.param("Your claim was closed on Monday.", [BENEFIT], id="their claim"),
        pytest.param("I have looked at your payment and it went out today.", [BENEFIT], id="looked at their payment"),
        pytest.param("We can see on your account that it was paid.", [BENEFIT], id="their account"),
        pytest.param("You’re not entitled to PIP.", [BENEFIT], id="not entitled, with a curly apostrophe"),
        pytest.param("You were sanctioned because you missed a meeting.", [BENEFIT], id="a sanction"),
        pytest.param("Your Universal Credit is paid on the 3rd.", [BENEFIT], id="their Universal Credit"),
        pytest.param("DWP has stopped paying you.", [BENEFIT], id="not paying"),
        pytest.param("Mae eich taliad wedi mynd allan.", [BENEFIT], id="their payment, in Welsh"),
        pytest.param("Nid ydych yn gymwys.", [BENEFIT], id="not eligible, in Welsh"),
        pytest.param("You will get your money on Friday.", [PROMISE], id="will get"),
        pytest.param("I promise we will sort this.", [PROMISE], id="a promise"),
        pytest.param("Someone will call you tomorrow.", [PROMISE], id="a call"),
        pytest.param("You won't be sanctioned for it.", [PROMISE], id="no sanction"),
        pytest.param("It will be fixed by noon, don't worry.", [PROMISE], id="will be fixed"),
        pytest.param("Byddwch yn cael eich arian yfory.", [PROMISE], id="will get, in Welsh"),
        pytest.param("Bydd rhywun yn eich ffonio.", [PROMISE], id="a call, in Welsh"),
        pytest.param("Your claim is fine and you will be paid soon.", [BENEFIT, PROMISE], id="both"),
        pytest.param("{office} is open today.", [BLANK], id="a blank"),
        # What advisers write all day.
        pytest.param("Leeds Park Place is open until 5pm today.", [], id="opening"),
        pytest.param("People here cannot discuss your claim. Use your journal.", [], id="a signpost"),
        pytest.param("We cannot see your claim. Call the line for your benefit.", [], id="cannot see"),
        pytest.param("To find out if you are eligible, see GOV.UK.", [], id="if eligible"),
        pytest.param("Thank you. We have told the people who keep the hours.", [], id="thanks"),
        pytest.param("You will find the office next to the library.", [], id="the way"),
        pytest.param("Pensioners are paid their winter fuel payment in November.", [], id="general"),
        pytest.param("Defnyddiwch eich dyddlyfr ar gyfer eich cais.", [], id="a signpost in Welsh"),
        pytest.param("Bydd y swyddfa ar agor yfory.", [], id="opening in Welsh"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_is_warned_about(text: str, risks: list[ReplyRisk]) -> None:
    assert sorted(found.risk for found in find_risks(text)) == sorted(risks)


def test_the_samples_replies_need_no_second_look() -> None:
    with (PROJECT / "data" / "sample" / "canned_replies.csv").open(encoding="utf-8") as file:
        texts = [re.sub(r"\{\w+\}", "", row[name]) for row in csv.DictReader(file) for name in ("text", "text_cy")]
    assert {text: find_risks(text) for text in texts if find_risks(text)} == {}


def test_the_words_are_shown() -> None:
    assert [found.words for found in find_risks("Well, it will   be sorted out.")] == ["will be sorted"]


def test_a_long_text_is_looked_through_quickly() -> None:
    """Nothing here tries every way to part the words."""
    assert find_risks("your a " * 1_400) == []
