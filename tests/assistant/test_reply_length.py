"""How long whole replies are, as people get them: the answer, where to go, and the introduction of a first message."""

from __future__ import annotations

import re

import pytest

from bot.jobcentre.conversation import Language
from tests.assistant.worlds import World

PROSE, WHOLE = 60, 90
"""Words of sentences, without the introduction and the lines of the directory; and of all."""
INTRODUCTION = {Language.ENGLISH: "This is an automated assistant.", Language.WELSH: "Cynorthwyydd awtomatig yw hwn."}
_LINE_OF_DIRECTORY = re.compile(r"^(\d+\. .*|[^.?!]{1,60}: \S.*|https://\S+)$")

ASKED = {
    "office_open": ("is bangor open on monday", "ydy Bangor ar agor ddydd Llun"),
    "office_open at a time": ("is caernarfon open at 4 tomorrow", "ydy Caernarfon ar agor am 4 yfory"),
    "office_open of three": ("are you open today", "ydych chi ar agor heddiw"),
    "office_open at Christmas": ("is llandudno open over christmas", "ydy Llandudno ar agor dros y Nadolig"),
    "office_hours": ("what are the hours in wrexham", "beth yw oriau Wrecsam"),
    "office_hours unknown": ("opening hours of aberystwyth", "oriau agor Aberystwyth"),
    "office_closures": ("what is closed today", "beth sydd ar gau heddiw"),
    "office_find": ("where is the dolgellau jobcentre", "ble mae swyddfa Dolgellau"),
    "office_find nearest": ("nearest jobcentre to LL55 2HN", "y swyddfa agosaf at LL55 2HN"),
    "office_contact": ("phone number of swansea jobcentre", "rhif ffôn swyddfa Abertawe"),
    "office_facilities": ("is there parking in bangor", "oes lle parcio ym Mangor"),
    "closure_appointment": ("i have an appointment at 11, do i come", "mae gen i apwyntiad am 11, ydw i’n dod"),
    "contact_dwp": ("phone number for pip", "rhif ffôn PIP"),
    "contact_dwp, which": ("how do i contact dwp", "sut mae cysylltu â DWP"),
    "benefit_info": ("what is pension credit", "beth yw credyd pensiwn"),
    "foi": ("how do i make an foi request", "sut mae gwneud cais rhyddid gwybodaeth"),
    "data_request": ("i want a copy of my data", "dw i eisiau copi o fy nata personol"),
    "complaint": ("i want to complain", "dw i eisiau cwyno"),
    "wrong_information": ("the doors are locked in bangor", "mae drysau Bangor ar glo"),
    "press": ("i am a journalist with a question", "newyddiadurwr ydw i"),
    "jobs": ("i am looking for a job", "dw i’n chwilio am swydd"),
    "about": ("are you a bot", "ai robot wyt ti"),
    "language": ("can i get an interpreter", "ga i gyfieithydd"),
    "other_service": ("how do i renew my passport", "sut mae adnewyddu fy mhasbort"),
    "scam": (
        "i got a text asking for my bank details, is it dwp",
        "ges i neges yn gofyn am fanylion banc, ai DWP yw hi",
    ),
    "individual_case": ("why was my payment stopped", "pam stopiodd fy nhaliad"),
    "personal_data": ("my ni number is QQ 12 34 56 C", "fy rhif yswiriant gwladol yw QQ 12 34 56 C"),
    "crisis_life": ("i want to end my life", "dw i eisiau lladd fy hun"),
    "crisis_abuse": ("my husband hits me", "mae fy ngŵr yn fy nharo i"),
    "crisis_hardship": ("i have no food for my children", "does gen i ddim bwyd i’r plant"),
    "politics": ("what do you think of the government", "beth ydych chi’n feddwl o’r llywodraeth"),
    "handoff": ("i want to speak to a person", "dw i eisiau siarad â pherson"),
    "handoff about a claim": ("can a person look at my claim", "all person edrych ar fy nghais"),
    "off_topic": ("what is the capital of france", "beth yw prifddinas Ffrainc"),
    "two at once": ("is bangor open tomorrow and where is it", "ydy Bangor ar agor yfory a ble mae hi"),
    "routine and own": ("is bangor open and why am i sanctioned", "ydy Bangor ar agor a pham ces i sancsiwn"),
}


@pytest.mark.parametrize("language", list(Language), ids=[language.value for language in Language])
@pytest.mark.parametrize("questions", ASKED.values(), ids=ASKED)
def test_a_first_reply_is_short_and_answers_first(world: World, questions: tuple[str, str], language: Language) -> None:
    reply = world.say(questions[language is Language.WELSH], account="JCPinGwynedd").reply or ""
    answer, introduction, _ = reply.partition(INTRODUCTION[language])
    prose = [line for line in answer.splitlines() if not _LINE_OF_DIRECTORY.match(line)]
    assert answer.strip(), "the introduction comes after the answer"
    assert len(" ".join(prose).split()) <= PROSE, reply
    assert len(reply.split()) <= WHOLE, reply
    assert reply.count(introduction) == 1 or not introduction
