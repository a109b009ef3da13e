"""Every kind beyond offices: the fitting answer, from the directory, for the nation and in the language."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from bot.jobcentre.answer import kinds_of
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from tests.services.test_answers import NOW, Talk, at, sample, talk

__all__ = ["sample", "talk"]

INTENTS = {
    "contact_dwp": "ask_contact",
    "benefit_info": "ask_benefit_info",
    "foi": "ask_foi",
    "data_request": "ask_own_data",
    "complaint": "complain",
    "feedback": "give_feedback",
    "wrong_information": "report_wrong_information",
    "press": "ask_press",
    "jobs": "ask_jobs",
    "about": "ask_about_assistant",
    "language": "ask_language",
    "other_service": "ask_other_service",
    "scam": "ask_scam",
    "individual_case": "ask_individual_case",
    "politics": "ask_politics",
    "unclear": "nlu_fallback",
    "off_topic": "out_of_scope",
    "handoff": "ask_for_person",
}
ENGLAND, SCOTLAND, WALES, NOWHERE = "JCPinLeeds", "JCPinDundee", "JCPinGwynedd", ""
Row = tuple[str, str, str, list[str], list[str], list[str]]
# The kind it is heard as, the account, the words, the first responses, what the reply says and what it does not.
SAID: list[Row] = [
    # How to reach DWP
    ("contact_dwp", ENGLAND, "phone number for pip", ["contact"], ["0800 917 2222", "0800 121 4433"], ["Scotland"]),
    ("contact_dwp", ENGLAND, "number to start a pip claim", ["contact"], ["0800 917 2222"], ["0800 121 4433"]),
    ("contact_dwp", ENGLAND, "i already get pip, number?", ["contact"], ["0800 121 4433"], ["0800 917 2222"]),
    (
        "contact_dwp",
        SCOTLAND,
        "phone number for pip",
        ["contact_scotland"],
        ["Adult Disability", "0800 182 2222"],
        ["0800 917"],
    ),
    ("contact_dwp", NOWHERE, "phone number for pip", ["contact", "contact_if_scotland"], ["0800 182 2222"], []),
    (
        "contact_dwp",
        ENGLAND,
        "is there a webchat for universal credit",
        ["contact_no_chat", "contact"],
        ["0800 328 5644"],
        [],
    ),
    (
        "contact_dwp",
        ENGLAND,
        "ring me back about pension credit",
        ["contact_no_callback", "contact"],
        ["0800 99 1234"],
        [],
    ),
    (
        "contact_dwp",
        ENGLAND,
        "email for pension credit",
        ["contact_no_email", "contact"],
        ["0800 99 1234"],
        ["letters"],
    ),
    ("contact_dwp", ENGLAND, "relay uk for universal credit", ["contact"], ["18001 then 0800 328 5644"], []),
    (
        "contact_dwp",
        ENGLAND,
        "I am deaf, carers allowance?",
        ["contact", "contact_relay"],
        ["18001", "0800 731 0297"],
        [],
    ),
    ("contact_dwp", ENGLAND, "I am deaf, bereavement payment?", ["contact"], ["0800 151 2012"], ["18001"]),
    ("contact_dwp", ENGLAND, "welsh line for universal credit", ["contact"], ["0800 328 1744"], ["0800 328 5644"]),
    (
        "contact_dwp",
        ENGLAND,
        "income support number",
        ["contact_ended"],
        ["Universal Credit"],
        ["has stopped", "you will"],
    ),
    ("contact_dwp", ENGLAND, "when is the pension credit line open", ["contact", "contact_hours_unknown"], [], ["8am"]),
    (
        "contact_dwp",
        ENGLAND,
        "maternity allowance line hours",
        ["contact"],
        ["10am to 3pm"],
        ["8am", "confirmed hours"],
    ),
    (
        "contact_dwp",
        ENGLAND,
        "child maintenance number",
        ["contact", "contact_on_letters"],
        ["gov.uk"],
        ["0800 171 2345"],
    ),
    (
        "contact_dwp",
        ENGLAND,
        "report my neighbour for fraud",
        ["contact_fraud"],
        ["report-benefit-fraud"],
        ["0800 854"],
    ),
    ("contact_dwp", ENGLAND, "housing benefit number", ["other_service"], ["council"], []),
    # Benefits in general
    ("benefit_info", ENGLAND, "what is pension credit", ["benefit_info"], ["gov.uk/pension-credit"], []),
    (
        "benefit_info",
        ENGLAND,
        "how do i apply for universal credit",
        ["benefit_info"],
        ["how-to-claim"],
        ["cannot say"],
    ),
    (
        "benefit_info",
        ENGLAND,
        "how much is carers allowance",
        ["benefit_info", "benefit_no_advice"],
        ["carers-allowance"],
        ["£"],
    ),
    (
        "benefit_info",
        SCOTLAND,
        "what is carers allowance",
        ["contact_scotland"],
        ["Carer Support Payment"],
        ["0800 731"],
    ),
    ("benefit_info", ENGLAND, "are we paid early at christmas", ["benefit_paydays"], ["working day before"], []),
    ("benefit_info", ENGLAND, "how long is the wait for the first payment", ["benefit_first_payment"], ["5 weeks"], []),
    (
        "benefit_info",
        ENGLAND,
        "is there extra money when it is freezing",
        ["benefit_cold_weather"],
        ["£25", "31 March 2027"],
        [],
    ),
    ("benefit_info", SCOTLAND, "extra money when it is freezing", ["other_service"], ["0800 182 2222"], ["£25"]),
    ("benefit_info", ENGLAND, "what is a hardship payment", ["benefit_hardship"], ["sanction"], ["will not"]),
    (
        "benefit_info",
        ENGLAND,
        "what is a budgeting loan",
        ["benefit_budgeting"],
        ["Budgeting Advance", "0800 169 0140"],
        [],
    ),
    ("benefit_info", ENGLAND, "when is the next cost of living payment", ["benefit_cost_of_living"], ["ended"], []),
    ("benefit_info", ENGLAND, "what benefits are there", ["benefit_info_any"], ["0800 144 8848"], []),
    ("benefit_info", SCOTLAND, "what benefits are there", ["benefit_info_any"], [], ["0800 144 8848"]),
    ("unclear", ENGLAND, "bus fares to the jobcentre paid?", ["visit_travel"], ["work coach"], ["will be paid"]),
    # Their own case
    ("individual_case", ENGLAND, "why is my pip late", ["individual_case_topic"], ["0800 121 4433"], ["journal"]),
    ("individual_case", ENGLAND, "why is my uc late", ["individual_case"], ["journal"], []),
    ("individual_case", SCOTLAND, "why is my pip late", ["individual_case_topic"], ["0800 182 2222"], ["0800 121"]),
    ("individual_case", ENGLAND, "we have moved house", ["report_change"], ["cannot take changes"], []),
    (
        "individual_case",
        ENGLAND,
        "I disagree with the decision",
        ["disagree_decision"],
        ["mandatory-reconsideration"],
        [],
    ),
    (
        "individual_case",
        ENGLAND,
        "why was I sanctioned",
        ["case_sanction"],
        ["mandatory-reconsideration"],
        ["will not be"],
    ),
    ("individual_case", ENGLAND, "move my appointment", ["case_appointment"], ["unless you are told otherwise"], []),
    ("individual_case", ENGLAND, "can I send you my fit note", ["case_evidence"], ["Do not send"], []),
    ("individual_case", ENGLAND, "locked out of my journal", ["case_account"], ["0800 328 5644"], []),
    ("individual_case", ENGLAND, "am I entitled to pip", ["case_eligibility"], ["cannot say who", "gov.uk/pip"], []),
    ("individual_case", ENGLAND, "is my ex still signing on", ["other_person"], ["cannot talk"], ["0800"]),
    ("individual_case", ENGLAND, "I am my mum's appointee for her pip", ["representative"], ["0800 121 4433"], []),
    # Records
    ("foi", ENGLAND, "how long does a request take", ["foi_time"], ["20 working days"], []),
    ("foi", ENGLAND, "does a request cost anything", ["foi_cost"], ["£600"], []),
    ("foi", ENGLAND, "my request was refused", ["foi_ignored"], ["internal review", "Information Commissioner"], []),
    ("data_request", ENGLAND, "how do I see what you hold on me", ["data_request"], ["request-your-personal"], []),
    ("data_request", ENGLAND, "correct my record", ["data_change"], ["delete my messages"], []),
    # Complaints and praise
    ("complaint", ENGLAND, "your staff were rude", ["complaint"], ["sorry", "complaints-procedure"], ["reference"]),
    (
        "complaint",
        ENGLAND,
        "how do i go to the ombudsman",
        ["complaint_steps"],
        ["Independent Case Examiner", "6 months"],
        [],
    ),
    ("complaint", ENGLAND, "the assessor was rude", ["complaint_provider"], ["company first"], []),
    ("complaint", ENGLAND, "a complaint about my sanction decision", ["complaint_decision"], ["cannot change"], []),
    ("feedback", ENGLAND, "lovely staff today", ["feedback_praise"], ["good to hear"], []),
    ("feedback", ENGLAND, "you should open earlier", ["feedback_suggestion"], ["idea"], ["good to hear"]),
    # Work
    ("jobs", ENGLAND, "help with my cv", ["jobs_careers"], ["nationalcareers"], []),
    ("jobs", SCOTLAND, "help with my cv", ["jobs_careers"], ["find-a-job"], ["nationalcareers"]),
    ("jobs", ENGLAND, "we are hiring drivers", ["jobs_employer"], ["0800 169 0178"], []),
    ("jobs", ENGLAND, "is there a jobs fair", ["jobs_fair"], ["do not have a list"], []),
    # The assistant
    ("about", ENGLAND, "are you a robot", ["about"], ["automated"], []),
    ("about", ENGLAND, "who runs this", ["about_owner"], ["DWP"], []),
    ("about", ENGLAND, "do you look at my profile", ["about_posting"], ["do not look"], []),
    ("about", ENGLAND, "please retweet this", ["about_posting"], ["cannot post"], []),
    ("about", ENGLAND, "is this private", ["about_privacy"], ["delete my messages"], []),
    ("about", ENGLAND, "what time do people answer", ["about_people"], ["Monday to Friday, 9am to 5pm"], []),
    ("about", ENGLAND, "delete my messages", ["messages_deleted"], ["deleted"], []),
    # Languages
    ("language", ENGLAND, "sign language", ["language_bsl"], ["contact-universal-credit"], []),
    ("language", ENGLAND, "large print", ["language_print"], ["braille"], []),
    ("language", ENGLAND, "an interpreter in Polish", ["language_interpreter"], ["interpreter"], []),
    ("language", WALES, "can I write in Welsh", ["language_welsh"], ["0800 328 1744"], []),
    # Other bodies
    ("other_service", ENGLAND, "council tax", ["other_service"], ["find-local-council"], []),
    ("other_service", ENGLAND, "my driving licence", ["other_service_page"], ["DVLA", "GOV.UK"], ["council"]),
    ("other_service", ENGLAND, "child benefit", ["other_service"], ["HMRC", "gov.uk/child-benefit"], ["0300"]),
    ("other_service", ENGLAND, "pension credit number", ["contact"], ["0800 99 1234"], ["council"]),
    ("other_service", ENGLAND, "a matter of nobody's", ["other_service_any"], ["GOV.UK"], []),
    # Scams
    ("scam", ENGLAND, "is this text real", ["scam"], ["7726"], []),
    ("scam", ENGLAND, "I gave them my bank details", ["scam_lost"], ["bank", "reportfraud"], ["101"]),
    ("scam", SCOTLAND, "I gave them my bank details", ["scam_lost"], ["101"], ["reportfraud"]),
    ("scam", NOWHERE, "scammers took my money", ["scam_lost"], ["reportfraud", "In Scotland: 101"], []),
    ("press", ENGLAND, "a reporter with a question", ["press"], ["020 3267 5144"], ["0800"]),
    ("politics", ENGLAND, "what do you think of the minister", ["politics"], ["do not take sides"], []),
]
WELSH: list[tuple[str, str, str, list[str]]] = [
    ("contact_dwp", "rhif credyd cynhwysol", "contact", ["0800 328 1744"]),
    ("contact_dwp", "rhoi gwybod am dwyll", "contact_fraud", ["report-benefit-fraud"]),
    ("benefit_info", "pryd mae taliadau dros y Nadolig", "benefit_paydays", ["diwrnod gwaith"]),
    ("individual_case", "rydyn ni wedi symud tŷ", "report_change", ["newid mewn amgylchiadau"]),
    ("individual_case", "dw i isio apelio", "disagree_decision", ["penderfyniadau"]),
    ("foi", "faint mae cais yn costio", "foi_cost", ["£600"]),
    ("complaint", "sut mae mynd at yr ombwdsmon", "complaint_steps", ["Ombwdsmon"]),
    ("jobs", "cyrsiau hyfforddi", "jobs_careers", ["Canolfan Byd Gwaith"]),
    ("about", "dilëwch fy negeseuon", "messages_deleted", ["wedi dileu"]),
    ("language", "ga i siarad Cymraeg", "language_welsh", ["yn Gymraeg"]),
    ("other_service", "treth gyngor", "other_service", ["Eich cyngor lleol sy’n"]),
    ("scam", "maen nhw wedi cael fy manylion, colli arian", "scam_lost", ["banc"]),
]


@pytest.mark.parametrize(
    ("kind", "account", "words", "responses", "said", "unsaid"), SAID, ids=[f"{r[0]}: {r[2]} {r[1]}" for r in SAID]
)
def test_the_answer_fits(
    talk: Talk, kind: str, account: str, words: str, responses: list[str], said: list[str], unsaid: list[str]
) -> None:
    talk.account = account
    told = talk.ask(words, INTENTS[kind])
    assert told.responses[: len(responses)] == responses
    assert [part for part in said if part not in told.text] == []
    assert [part for part in unsaid if part in told.text.split("This is an automated")[0]] == []


@pytest.mark.parametrize(("kind", "words", "response", "said"), WELSH, ids=[row[1] for row in WELSH])
def test_the_answer_fits_in_welsh(talk: Talk, kind: str, words: str, response: str, said: list[str]) -> None:
    talk.account, talk.language = WALES, "cy"
    told = talk.ask(words, INTENTS[kind])
    assert told.responses[0] == response
    assert [part for part in said if part not in told.text] == []


# People

HANDED: dict[str, tuple[str, str, HandoffReason]] = {
    "a solicitor": ("unclear", "I am a solicitor with a client who claims", HandoffReason.OFFICIAL),
    "an MP's office": ("handoff", "writing on behalf of Tom Brown MP", HandoffReason.OFFICIAL),
    "a letter gone astray": ("complaint", "a letter came here for somebody else", HandoffReason.MISDIRECTED_LETTER),
    "a complaint to be answered": (
        "complaint",
        "I want an answer from a manager",
        HandoffReason.COMPLAINT_REPLY_WANTED,
    ),
    "a formal request for data": ("data_request", "this is a subject access request", HandoffReason.DATA_REQUEST),
    "an FOI request": ("foi", "under FOI, how many staff are in Leeds", HandoffReason.FOI_REQUEST),
    "records without the Act": ("foi", "please provide copies of all minutes of 2025", HandoffReason.FOI_REQUEST),
    "wrong information": ("wrong_information", "your hours are wrong", HandoffReason.WRONG_INFORMATION),
    "a person": ("handoff", "a person please", HandoffReason.ASKED),
}


@pytest.mark.parametrize(("kind", "words", "reason"), HANDED.values(), ids=HANDED)
def test_people_get_what_is_theirs(talk: Talk, kind: str, words: str, reason: HandoffReason) -> None:
    assert talk.ask(words, INTENTS[kind]).handoffs == [reason]


@pytest.mark.parametrize(
    ("now", "account", "said"),
    [
        (NOW, ENGLAND, "Monday to Friday, 9am to 5pm"),
        (at(20, 18), ENGLAND, "9am on Monday 23 November"),
        (at(28, 12, month=12), ENGLAND, "9am on Wednesday 30 December"),  # the 29th may be a holiday
        (at(28, 12, month=12), SCOTLAND, "9am tomorrow"),
        (at(30, 12), SCOTLAND, "9am tomorrow"),  # St Andrew's Day
    ],
)
def test_when_people_answer_is_never_promised_in_doubt(talk: Talk, now: datetime, account: str, said: str) -> None:
    talk.now, talk.account = now, account
    assert said in talk.ask("I am a solicitor with a client who claims", "nlu_fallback").text


def test_an_address_in_a_request_is_said_not_to_be_kept(talk: Talk) -> None:
    words = "under FOI, how many staff are in Leeds? reply to [email address removed]"
    told = talk.ask(words, "ask_foi", redacted=("email_address",))
    assert told.responses[0] == "foi_request_redacted"
    assert "freedom-of-information-request@dwp.gov.uk" in told.text


def test_a_number_that_is_not_ours_is_told_from_ours(talk: Talk) -> None:
    words = "is [phone number removed] right for universal credit"
    told = talk.ask(words, "ask_contact", redacted=("phone_number",))
    assert told.responses[:2] == ["contact_free", "contact"]
    assert set(re.findall(r"08\d\d", told.text)) == {"0800"}


# What we hold, to somebody who says that it is wrong


def test_a_report_is_thanked_for_and_what_is_held_is_said_with_care(talk: Talk) -> None:
    told = talk.ask("doors locked in wakefield", "report_wrong_information")
    assert (told.kinds, told.offices, told.states) == (["wrong_information"], ["wakefield"], {"open"})
    assert "9am to 5pm" in told.text
    assert "check before you travel" in told.text
    assert "due to be open" not in told.text
    assert "usually open" not in told.text


def test_a_wrong_address_is_answered_with_the_one_that_is_held(talk: Talk) -> None:
    told = talk.ask("the address of wakefield is wrong", "report_wrong_information")
    assert "Crowther House" in told.text
    assert told.offices == ["wakefield"]


def test_a_report_without_a_place_is_about_the_office_spoken_of(talk: Talk) -> None:
    talk.ask("is huddersfield open", "ask_opening")
    assert talk.ask("that is wrong", "report_wrong_information").offices == ["huddersfield"]


# Beside a routine question


def test_a_refusal_beside_a_routine_question_is_one_line_but_what_people_must_see_is_whole(talk: Talk) -> None:
    claim = talk.ask("why is my money short? is wakefield open", "ask_individual_case", "ask_opening")
    assert claim.responses[-1] == "individual_case_beside"
    letter = talk.ask("i got a letter for someone else. is wakefield open", "ask_individual_case", "ask_opening")
    assert letter.kinds[0] == "office_open"
    assert letter.handoffs == [HandoffReason.MISDIRECTED_LETTER]


def test_a_wish_to_be_posted_stands_after_a_question_and_a_like_says_nothing(talk: Talk) -> None:
    wish = talk.ask("would you share our leaflet? is wakefield open", "ask_to_post", "ask_opening")
    assert wish.kinds == ["office_open", "about"]
    like = talk.ask("liked your tweet. is wakefield open", "ask_to_post", "ask_opening")
    assert like.kinds == ["office_open"]


def test_nobody_is_told_of_other_people(talk: Talk) -> None:
    told = talk.ask("which days does the tall guard do", "ask_after_somebody")
    assert (told.kinds, told.responses[0]) == (["individual_case"], "other_person")


def test_a_line_for_those_who_cannot_hear_is_told_once(talk: Talk) -> None:
    told = talk.ask("i am deaf, how do i reach universal credit", "ask_language", "ask_contact")
    assert told.text.count("18001 then 0800 328 5644") == 1


def test_who_signs_and_cannot_phone_is_told_of_the_video_line_and_no_phone(talk: Talk) -> None:
    told = talk.ask("no phone for me, i use bsl, how do i reach universal credit", "ask_contact").text
    assert "British Sign Language" in told
    assert "Telephone" not in told


def test_an_interpreter_asked_for_beside_a_line_is_told_too(talk: Talk) -> None:
    told = talk.ask("how does he get a sign interpreter? how does he phone pip", "ask_language", "ask_contact")
    assert set(told.kinds) >= {"language", "contact_dwp"}


def test_a_body_asked_after_is_told_beside_an_office_though_we_do_not_know_which(talk: Talk) -> None:
    told = talk.ask("is wakefield open? and who do i see about my cracked pavement", "ask_opening", "ask_other_service")
    assert told.kinds == ["office_open", "other_service"]


def test_a_person_asked_for_beside_a_claim_is_told_both_and_the_claim_is_served(talk: Talk) -> None:
    told = talk.ask("is my award changed? else let me talk to a human", "ask_individual_case", "ask_for_person")
    assert set(kinds_of(told.answers)) == {Kind.INDIVIDUAL_CASE, Kind.HANDOFF}
