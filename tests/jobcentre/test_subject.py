"""A message that names no subject of its own goes on with what the conversation is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from bot.jobcentre.dates import find_days
from bot.jobcentre.false_alarm import without_alarm
from bot.jobcentre.followup import whens_with
from bot.jobcentre.gazetteer import PlaceKind, PlaceMention
from bot.jobcentre.intent import FURTHER
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Nation
from bot.jobcentre.question import Clause, Context, Pending, Question, Thread, Utterance, When
from bot.jobcentre.subject import gone_on_with, in_one_breath, remembered
from bot.jobcentre.topics import find_topics
from tests.builders import NOW

LINE = Question(Kind.CONTACT_DWP, "ask_contact", topics=("pip",))
DEATH = Question(Kind.CONTACT_DWP, "ask_contact", topics=("bereavement",))
BENEFIT = Question(Kind.BENEFIT_INFO, "ask_benefit_info", topics=("pip",), text="what is pip", message="what is pip")
PAYDAYS = Question(Kind.BENEFIT_INFO, "ask_benefit_info", matter="paydays")
FOI = Question(Kind.FOI, "ask_foi")
RECORDS = Question(Kind.DATA_REQUEST, "ask_own_data")
COMPLAINT = Question(Kind.COMPLAINT, "complain")
COUNCIL = Question(Kind.OTHER_SERVICE, "ask_other_service", text="who deals with council tax")
PERSON = Question(Kind.HANDOFF, "ask_for_person")
OFFICE = Question(Kind.OFFICE_OPEN, "ask_opening")
DANGER = Question(Kind.CRISIS_ABUSE, "goes_on")
HUNGER = Question(Kind.CRISIS_HARDSHIP, "goes_on")
SCAM = Question(Kind.SCAM, "ask_scam")
CLAIM = Question(Kind.INDIVIDUAL_CASE, "ask_individual_case")


def goes_on(
    text: str, subject: Question | None, intent: str = "ask_hours", confidence: float = 0.9, **fields: Any
) -> Question | None:
    clause = Clause(intent, confidence, text, 0, len(text))
    told = {"days": tuple(find_days(text, NOW)), "topics": tuple(find_topics(text)), **fields}
    thread = Thread(subject=subject, kind=subject.kind if subject else None, offices=("wakefield",))
    return gone_on_with(Utterance(text, (clause,), **told), Context(NOW, "JCPinLeeds", thread=thread))


GOES_ON: list[tuple[Question, str, Kind, str]] = [
    (LINE, "what are their times", Kind.CONTACT_DWP, ""),
    (LINE, "can either be rung after 6pm", Kind.CONTACT_DWP, ""),
    (LINE, "and on saturdays?", Kind.CONTACT_DWP, ""),
    (LINE, "is it free on a mobile", Kind.CONTACT_DWP, "cost"),
    (LINE, "os dwi'n fyddar?", Kind.CONTACT_DWP, ""),
    (LINE, "pryd maen nhw'n agor?", Kind.CONTACT_DWP, ""),
    (BENEFIT, "number?", Kind.CONTACT_DWP, ""),
    (BENEFIT, "how much is it", Kind.BENEFIT_INFO, ""),
    (PAYDAYS, "what about easter", Kind.BENEFIT_INFO, "paydays"),
    (FOI, "when would you reply", Kind.FOI, "time"),
    (FOI, "is it free", Kind.FOI, "cost"),
    (FOI, "where should I post it", Kind.FOI, ""),
    (FOI, "pryd ga i ateb", Kind.FOI, "time"),
    (FOI, "beth yw'r cyfeiriad post", Kind.FOI, ""),
    (FOI, "oes cost iddi hi", Kind.FOI, "cost"),
    (LINE, "pryd mae ateb ganddyn nhw", Kind.CONTACT_DWP, ""),
    (RECORDS, "how many weeks is that", Kind.DATA_REQUEST, "time"),
    (COMPLAINT, "how soon will they reply", Kind.COMPLAINT, "time"),
    (COUNCIL, "what is their number", Kind.OTHER_SERVICE, ""),
    (PERSON, "how long is the wait", Kind.ABOUT, "people"),
    (PERSON, "are they there at the weekend", Kind.ABOUT, "people"),
    (PERSON, "faint fydd rhaid aros", Kind.ABOUT, "people"),
    (CLAIM, "who can i ring then", Kind.CONTACT_DWP, ""),
    (DANGER, "are they open at night", Kind.CRISIS_ABUSE, ""),
    (OFFICE, "if i came at 8.30 instead", Kind.OFFICE_OPEN, ""),
]


@pytest.mark.parametrize(("subject", "text", "kind", "matter"), GOES_ON, ids=[text for _, text, *_ in GOES_ON])
def test_a_side_of_what_is_spoken_of(subject: Question, text: str, kind: Kind, matter: str) -> None:
    question = goes_on(text, subject, "nlu_fallback")
    assert question
    assert (question.kind, question.matter, question.topics) == (kind, matter, subject.topics)


LIGHT = frozenset(
    [
        "already",
        "anything",
        "are",
        "gave",
        "here",
        "i",
        "is",
        "it",
        "make",
        "out",
        "send",
        "should",
        "them",
        "to",
        "who",
    ]
)


@pytest.mark.parametrize(
    ("subject", "text", "intent", "confidence"),
    [
        pytest.param(FOI, "who should i make it out to", "ask_contact", 0.8, id="what light words sound like"),
        pytest.param(SCAM, "i already gave them", "cancel", 0.4, id="hardly heard"),
        pytest.param(FOI, "can i send it here", "ask_office_contact", 0.4, id="here is this conversation"),
    ],
)
def test_light_words_go_on(subject: Question, text: str, intent: str, confidence: float) -> None:
    question = goes_on(text, subject, intent, confidence, light=LIGHT, places=here(text))
    assert question
    assert question.kind is subject.kind


@pytest.mark.parametrize(
    ("subject", "text", "intent", "confidence"),
    [
        pytest.param(FOI, "who should i make the cheque out to", "ask_contact", 0.8, id="a word that is not light"),
        pytest.param(FOI, "are you here", "ask_about_assistant", 0.8, id="surely something else"),
        pytest.param(FOI, "should i make out", "ask_contact", 0.8, id="points at nothing"),
        pytest.param(FOI, "who should i make it out to", "stop", 0.4, id="no more messages"),
        pytest.param(OFFICE, "i already gave them", "nlu_fallback", 0.4, id="an office is not told twice"),
        pytest.param(FOI, "anything else", "ask_contact", 0.4, id="something new"),
    ],
)
def test_light_words_are_not_enough(subject: Question, text: str, intent: str, confidence: float) -> None:
    assert goes_on(text, subject, intent, confidence, light=LIGHT, places=here(text)) is None


def here(text: str) -> tuple[PlaceMention, ...]:
    start = text.find("here")
    return (PlaceMention(start, start + 4, "here", PlaceKind.OURS, ""),) if start >= 0 else ()


FRAUD = Question(Kind.CONTACT_DWP, "ask_contact", topics=("fraud",))
JOBS = Question(Kind.JOBS, "ask_jobs")
PRIVACY = Question(Kind.ABOUT, "ask_about_assistant", matter="privacy")
FURTHER_ASKED = [
    (BENEFIT, "who is it meant for", Kind.BENEFIT_INFO),
    (FOI, "must a reason be stated", Kind.FOI),
    (COMPLAINT, "what if it is turned down", Kind.COMPLAINT),
    (CLAIM, "fourth time of asking", Kind.INDIVIDUAL_CASE),
    (DANGER, "nobody ever picks up", Kind.CRISIS_ABUSE),
]


@pytest.mark.parametrize(("subject", "text", "kind"), FURTHER_ASKED, ids=[text for _, text, _ in FURTHER_ASKED])
def test_what_names_nothing_is_of_what_was_spoken_of(subject: Question, text: str, kind: Kind) -> None:
    question = goes_on(text, subject, FURTHER, light=LIGHT | {"nobody", "ever", "is", "a", "time", "of"})
    assert question
    assert question.kind is kind


@pytest.mark.parametrize(
    ("subject", "text", "intent", "kind", "matter"),
    [
        pytest.param(FRAUD, "can i remain anonymous", "ask_about_assistant", Kind.CONTACT_DWP, "", id="a report"),
        pytest.param(
            FRAUD, "will they be told who it was", "ask_about_assistant", Kind.CONTACT_DWP, "", id="of others"
        ),
        pytest.param(PRIVACY, "get rid of mine", "ask_individual_case", Kind.ABOUT, "delete", id="what is kept here"),
        pytest.param(JOBS, "where", "ask_office", Kind.JOBS, "", id="work somewhere"),
        pytest.param(LINE, "when are they quietest", "ask_hours", Kind.CONTACT_DWP, "", id="no office"),
    ],
)
def test_whatever_it_sounds_like_alone(subject: Question, text: str, intent: str, kind: Kind, matter: str) -> None:
    question = goes_on(text, subject, intent)
    assert question
    assert (question.kind, question.matter) == (kind, matter)


def alarm(text: str, subject: Question, crisis: Kind | None = None, risk: str = "abuse") -> tuple[str, ...]:
    """The risks that are left of one that was heard in the text."""
    clause = Clause(FURTHER if risk == "threat" else "report_crisis_abuse", 0.9, text, 0, len(text))
    context = Context(NOW, "JCPinLeeds", thread=Thread(subject=subject, crisis=crisis), risks=(risk,))
    return without_alarm(Utterance(text, (clause,)), context)[1].risks


def test_who_reports_somebody_may_ask_whether_they_learn_of_it() -> None:
    assert alarm("does she find out it was me", FRAUD) == ()
    assert alarm("will he know who told you", COMPLAINT) == ()
    assert alarm("what would become of him", FRAUD, risk="threat") == ()


ONLY_SOUNDS = [
    ("i've got my coach at 11 today", "threat", ()),
    ("i've got my coach's address", "threat", ("threat",)),
    ("starved, is there a pub round there", "hardship", ()),
    ("starved and no money, any cafe giving it away", "hardship", ("hardship",)),
    ("I'd die of shame if I got the day wrong", "threat", ()),
    ("I'd die of shame, and so will they", "threat", ("threat",)),
    ("the hill is pure ice this morning", "threat", ()),
    ("I'll wait for her on the ice", "threat", ("threat",)),
    ("put out a post that the soup kitchen is on", "hardship", ()),
    ("look at my page and then pay up", "threat", ()),
    ("my girl is poorly with a temperature", "child", ()),
    ("his girl is poorly and they never feed her", "child", ("child",)),
    ("y ferch yn dost", "child", ()),
    ("a fella says he has a gun for the jobcentre", "life", ("life",)),
]


def test_another_s_threat_is_no_danger_to_whoever_tells_of_it() -> None:
    text = "some fella is bringing an axe to your office on friday"
    utterance = Utterance(text, (Clause("report_crisis_life", 0.5, text, 0, len(text)),))
    assert without_alarm(utterance, Context(NOW, "JCPinLeeds", risks=("life", "threat")))[1].risks == ("threat",)
    own = replace(utterance, text=f"{text}. i am done")
    assert without_alarm(own, Context(NOW, "JCPinLeeds", risks=("life", "threat")))[1].risks == ("life", "threat")


@pytest.mark.parametrize(("text", "risk", "left"), ONLY_SOUNDS, ids=[text for text, _, _ in ONLY_SOUNDS])
def test_what_only_sounds_of_a_risk_is_none(text: str, risk: str, left: tuple[str, ...]) -> None:
    clause = Clause("ask_individual_case", 0.5, text, 0, len(text))
    thread = Thread(subject=OFFICE, kind=Kind.OFFICE_OPEN, offices=("wakefield",))
    utterance = Utterance(text, (clause,), days=tuple(find_days(text, NOW)))
    assert without_alarm(utterance, Context(NOW, "JCPinLeeds", thread=thread, risks=(risk,)))[1].risks == left


FAINT = [
    ("what if my phone is off", LINE, "life", 0.5, ()),
    ("dw i wedi rhoi o iddyn nhw", SCAM, "life", 0.55, ()),
    ("can my pal come too", OFFICE, "threat", 0.45, ()),
    ("what if my phone is off", LINE, "life", 0.8, ("life",)),
    ("i finish at 5 so it is no good", OFFICE, "life", 0.85, ()),
    ("i want out", LINE, "life", 0.6, ("life",)),
    ("he took it from me", LINE, "abuse", 0.6, ("abuse",)),
    ("what if my phone is off", DANGER, "life", 0.5, ("life",)),
]


@pytest.mark.parametrize(
    ("text", "subject", "risk", "confidence", "left"),
    FAINT,
    ids=[f"{row[0]} {row[1].kind.value} {row[3]}" for row in FAINT],
)
def test_a_risk_faintly_heard_in_words_of_the_subject_is_none(
    text: str, subject: Question, risk: str, confidence: float, left: tuple[str, ...]
) -> None:
    clause = Clause("report_crisis_life", confidence, text, 0, len(text))
    context = Context(NOW, "JCPinLeeds", thread=Thread(subject=subject, kind=subject.kind), risks=(risk,))
    language, days = "cy" if "wedi" in text else "en", tuple(find_days(text, NOW))
    utterance, context = without_alarm(Utterance(text, (clause,), days=days, language=language), context)
    assert context.risks == left
    assert (utterance.clauses[0].intent == FURTHER) is (not left)


WAYS = [
    ("i would prefer to do this in person", LINE, "life", 0.9, None, ()),
    ("not on the phone", OFFICE, "life", 0.85, None, ()),
    ("well gen i wyneb yn wyneb", LINE, "life", 0.9, None, ()),
    ("better face to face than dead", LINE, "life", 0.9, None, ("life",)),
    ("i cannot do this any more in person", LINE, "life", 0.9, None, ("life",)),
    ("i would prefer to do this in person", LINE, "life", 0.9, Kind.CRISIS_LIFE, ("life",)),
    ("he slipped away in the ward", DEATH, "abuse", 0.95, None, ()),
    ("she left nothing", DEATH, "life", 0.7, None, ()),
    ("clearing the house out", DEATH, "abuse", 0.65, None, ()),
    ("she left nothing", LINE, "life", 0.7, None, ("life",)),
    ("she left me nothing", DEATH, "life", 0.7, None, ("life",)),
    ("he wants to follow her", DEATH, "life", 0.9, None, ("life",)),
    ("he hits me", DEATH, "abuse", 0.95, None, ("abuse",)),
    ("cannot speak, sorry", DANGER, "hardship", 0.4, Kind.CRISIS_ABUSE, ()),
    ("nobody come near the house", DANGER, "threat", 0.85, Kind.CRISIS_ABUSE, ()),
    ("cannot speak, sorry", DANGER, "life", 0.4, Kind.CRISIS_ABUSE, ("life",)),
    ("we have not eaten since monday", DANGER, "hardship", 0.95, Kind.CRISIS_ABUSE, ("hardship",)),
    ("her next door is a benefit cheat", OFFICE, "abuse", 0.5, None, ()),
    ("the benefit cheat hurt me", OFFICE, "abuse", 0.5, None, ("abuse",)),
]


@pytest.mark.parametrize(
    ("text", "subject", "risk", "confidence", "crisis", "left"), WAYS, ids=[f"{r[0]} {r[4]} {r[1].kind}" for r in WAYS]
)
def test_a_way_to_do_it_and_what_is_said_of_the_dead_are_no_risk(
    text: str, subject: Question, risk: str, confidence: float, crisis: Kind | None, left: tuple[str, ...]
) -> None:
    clause = Clause(f"report_crisis_{risk}", confidence, text, 0, len(text))
    thread = Thread(subject=subject, kind=subject.kind, crisis=crisis)
    context = Context(NOW, "JCPinLeeds", thread=thread, risks=(risk,))
    utterance = Utterance(text, (clause,), topics=tuple(find_topics(text)))
    assert without_alarm(utterance, context)[1].risks == left


@pytest.mark.parametrize(
    ("text", "subject", "crisis"),
    [
        pytest.param("does she find out it was me", BENEFIT, None, id="nobody was reported"),
        pytest.param("he will kill me if he finds out", FRAUD, None, id="more is said"),
        pytest.param("will he know it was me", FRAUD, Kind.CRISIS_ABUSE, id="after danger was spoken of"),
    ],
)
def test_any_other_risk_stays(text: str, subject: Question, crisis: Kind | None) -> None:
    assert alarm(text, subject, crisis) == ("abuse",)


@pytest.mark.parametrize(
    ("first", "second", "intents"),
    [
        pytest.param("she swore at me.", "who do i write to about it", ["complain"], id="one complaint"),
        pytest.param("she swore at me.", "when is norwich open", ["complain", "ask_contact"], id="two matters"),
        pytest.param("she swore at me.", "whats the number", ["complain", "ask_contact"], id="points at nothing"),
    ],
)
def test_a_side_asked_in_the_same_breath(first: str, second: str, intents: list[str]) -> None:
    text = f"{first} {second}"
    clauses = [
        Clause("complain", 0.9, first, 0, len(first)),
        Clause("ask_contact", 0.9, second, len(first) + 1, len(text)),
    ]
    assert [clause.intent for clause in in_one_breath(clauses, Utterance(text, tuple(clauses)))] == intents


OWN: list[tuple[Question | None, str]] = [
    (None, "what hours do they keep"),
    (DANGER, "is it open late"),
    (LINE, "is the office open tomorrow"),
    (LINE, "what time do you close"),
    (LINE, "number for pension credit"),
    (LINE, "how do i complain"),
    (LINE, "what can you do"),
    (FOI, "what time do they close"),
    (FOI, "can i bring my dog"),
    (PERSON, "is it open tomorrow"),
    (PERSON, "what time do you shut"),
    (HUNGER, "what time do they shut"),
    (PAYDAYS, "how do i ring about it"),
    (OFFICE, "can i speak to someone"),
    (CLAIM, "when is it open again"),
]


IN_WELSH: list[tuple[Question, str, Kind | None]] = [
    (FOI, "sawl diwrnod gymerith o fel rheol", Kind.FOI),
    (FOI, "fyddwch chi'n codi ffi", Kind.FOI),
    (RECORDS, "ydi hi'n ddrud", Kind.DATA_REQUEST),
    (COMPLAINT, "i ble ma postio honno", Kind.COMPLAINT),
    (LINE, "beth yw lliw'r drws", None),
    (LINE, "sgynnoch chi ramp", None),
]


@pytest.mark.parametrize(("subject", "text", "kind"), IN_WELSH, ids=[text for _, text, _ in IN_WELSH])
def test_welsh_goes_on_where_its_english_does(subject: Question, text: str, kind: Kind | None) -> None:
    question = goes_on(text, subject, "nlu_fallback", language="cy")
    assert (question and question.kind) == kind


@pytest.mark.parametrize(("subject", "text"), OWN, ids=[text for _, text in OWN])
def test_words_of_another_subject_are_not_of_this_one(subject: Question | None, text: str) -> None:
    assert goes_on(text, subject) is None


@pytest.mark.parametrize("intent", ["thank", "report_crisis_life"])
def test_what_is_answered_for_itself_does_not_go_on(intent: str) -> None:
    assert goes_on("what are their hours", LINE, intent) is None


@pytest.mark.parametrize(("pending", "goes"), [(Pending("confirm", Kind.HANDOFF, NOW), False), (None, True)])
def test_a_yes_or_no_is_to_the_question_that_waits_for_one(pending: Pending | None, goes: bool) -> None:
    text = "no what are their hours"
    thread = Thread(subject=LINE, pending=pending)
    heard = Utterance(text, (Clause("deny", 0.9, text, 0, len(text)),))
    assert (gone_on_with(heard, Context(NOW, "JCPinLeeds", thread=thread)) is not None) == goes


def test_what_is_surely_of_their_own_claim_does_not_go_on_with_a_line() -> None:
    assert goes_on("will i get it early", LINE, "ask_individual_case") is None


def test_what_the_pipeline_heard_of_an_office_is_left_to_it() -> None:
    assert goes_on("what are the hours", OFFICE, "ask_hours") is None
    question = goes_on("hours", OFFICE, "nlu_fallback")
    assert question
    assert question.kind is Kind.OFFICE_HOURS


CARDIFF = PlaceMention(6, 13, "cardiff", PlaceKind.TOWN, "Cardiff", ("cardiff-charles-street",), nation=Nation.WALES)


def test_where_somebody_at_risk_is_goes_on_with_the_help() -> None:
    question = goes_on("im in cardiff", DANGER, "ask_office", places=(CARDIFF,))
    assert question
    assert (question.kind, question.places) == (Kind.CRISIS_ABUSE, (CARDIFF,))
    assert goes_on("where cardiff jobcentre", DANGER, "ask_office", places=(CARDIFF,)) is None


def test_the_subject_is_the_last_routine_question() -> None:
    thread = Thread(subject=FOI)
    assert remembered(thread, [LINE, CLAIM], None) == LINE
    assert remembered(thread, [CLAIM], None) == CLAIM
    assert remembered(thread, [], Kind.CRISIS_ABUSE) == DANGER
    assert remembered(thread, [LINE], Kind.CRISIS_ABUSE) == LINE
    assert remembered(thread, [CLAIM, Question(Kind.COMPLAINT, "complain")], None) == CLAIM
    for said in (Kind.UNCLEAR, Kind.THANKS, Kind.GREETING):
        assert remembered(thread, [Question(said, "")], None) == FOI


def test_the_thread_keeps_its_subject_and_forgets_its_words() -> None:
    thread = Thread(subject=FOI, nation=Nation.WALES)
    assert Thread.from_dict(thread.to_dict()) == thread
    assert thread.without_words().subject is None


TOMORROW_AT_FOUR = When(NOW.date() + timedelta(days=1), time(16))
MONDAY = NOW.date() + timedelta(days=3)
SAME_TIMES = ["same time monday", "and monday at the same time", "dydd llun yr un amser"]


@pytest.mark.parametrize("text", SAME_TIMES)
def test_the_same_time_is_kept_on_another_day(text: str) -> None:
    context = Context(NOW, "JCPinLeeds")
    (when,) = whens_with(find_days(text, NOW), (TOMORROW_AT_FOUR,), context, text)
    assert (when.day, when.clock) == (MONDAY, time(16))
    (alone,) = whens_with(find_days("monday", NOW), (TOMORROW_AT_FOUR,), context, "monday")
    assert (alone.day, alone.clock) == (MONDAY, None)


def test_a_time_supposed_is_of_the_office_and_the_day_spoken_of() -> None:
    text = "could i come in for 8.45"
    thread = Thread(kind=Kind.OFFICE_OPEN, offices=("wakefield",), whens=(TOMORROW_AT_FOUR,), subject=OFFICE)
    heard = Utterance(text, (Clause("ask_individual_case", 0.9, text, 0, len(text)),), days=tuple(find_days(text, NOW)))
    question = gone_on_with(heard, Context(NOW, "JCPinLeeds", thread=thread))
    assert question
    assert (question.kind, question.offices) == (Kind.OFFICE_OPEN, ("wakefield",))
    assert [(when.day, when.clock) for when in question.whens] == [(TOMORROW_AT_FOUR.day, time(8, 45))]


def test_the_wait_for_people_who_were_told_is_theirs() -> None:
    police = Question(Kind.INDIVIDUAL_CASE, "", message="I am a police officer, did he sign on today")
    question = goes_on("how long will a reply take", police)
    assert question
    assert question.matter == "people"
    own = goes_on("how long will a reply take", CLAIM)
    assert own
    assert own.kind is Kind.INDIVIDUAL_CASE


def test_a_bare_number_of_nobody_is_asked_back() -> None:
    clause = Clause("ask_language", 0.3, "the number", 0, 10)
    question = gone_on_with(Utterance("the number", (clause,)), Context(NOW, "JCPinLeeds"))
    assert question
    assert (question.kind, question.topics) == (Kind.CONTACT_DWP, ())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("then saturday works better", ()),
        ("dydd mawrth yn well", ()),
        ("i will not be here saturday", ("life",)),
        ("it ends saturday", ("life",)),
        ("saturday will be better for everyone without me", ("life",)),
    ],
)
def test_a_day_that_would_do_as_well_is_no_risk(text: str, left: tuple[str, ...]) -> None:
    clause = Clause("report_crisis_life", 0.85, text, 0, len(text))
    thread = Thread(subject=OFFICE, kind=OFFICE.kind, offices=("wakefield",))
    context = Context(NOW, "JCPinLeeds", thread=thread, risks=("life",))
    utterance = Utterance(text, (clause,), days=tuple(find_days(text, NOW)))
    assert without_alarm(utterance, context)[1].risks == left
    assert without_alarm(utterance, replace(context, thread=replace(thread, offices=())))[1].risks == ("life",)


@pytest.mark.parametrize(
    ("text", "risk", "left"),
    [
        ("there are no trains", "hardship", ()),
        ("i'm bringing my sister", "threat", ()),
        ("i'm bringing my brothers for your staff", "threat", ("threat",)),
        ("bringing the lads", "threat", ("threat",)),
        ("no fare for the bus", "hardship", ("hardship",)),
        ("sleeping on the night bus", "hardship", ("hardship",)),
        ("he walks behind me", "abuse", ("abuse",)),
        ("i will walk in front of a train", "life", ("life",)),
    ],
)
def test_how_they_get_there_is_no_threat_and_no_want(text: str, risk: str, left: tuple[str, ...]) -> None:
    clause = Clause("threaten", 0.9, text, 0, len(text))
    thread = Thread(subject=OFFICE, kind=OFFICE.kind, offices=("wakefield",))
    context = Context(NOW, "JCPinLeeds", thread=thread, risks=(risk,))
    assert without_alarm(Utterance(text, (clause,)), context)[1].risks == left


@pytest.mark.parametrize(
    ("text", "intent", "risk", "left"),
    [
        ("we lost our dad at easter and were told a grant is paid", "ask_benefit_info", "life", ()),
        (
            "we lost our dad at easter, is there a grant, it would be for mine soon",
            "ask_benefit_info",
            "life",
            ("life",),
        ),
        ("lost my husband, what is the point of a claim", "ask_benefit_info", "life", ("life",)),
        ("lost my husband and his pension, cupboards bare", "ask_benefit_info", "hardship", ("hardship",)),
        ("we lost our dad at easter and were told a grant is paid", "report_crisis_life", "life", ("life",)),
        ("how much is a funeral payment roughly", "ask_benefit_info", "life", ("life",)),
    ],
)
def test_the_bereaved_who_only_ask_for_a_payment_are_in_no_danger(
    text: str, intent: str, risk: str, left: tuple[str, ...]
) -> None:
    utterance = Utterance(text, (Clause(intent, 0.7, text, 0, len(text)),), topics=tuple(find_topics(text)))
    assert without_alarm(utterance, Context(NOW, "JCPinLeeds", risks=(risk,)))[1].risks == left
