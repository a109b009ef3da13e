"""From clauses to questions, with what the conversation remembers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.jobcentre.asked import ABOUT_CLAIM
from bot.jobcentre.choice import Untold, chosen, described_among, only_describes, pointed_at, words_for
from bot.jobcentre.control import control_of
from bot.jobcentre.courtesy import before_thanks
from bot.jobcentre.dates import find_days
from bot.jobcentre.dialogue import interpret
from bot.jobcentre.followup import days_wanted, topics_wanted
from bot.jobcentre.gazetteer import PlaceKind, PlaceMention
from bot.jobcentre.intent import FOLLOW_UPS, KIND_OF_INTENT
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Nation, Office
from bot.jobcentre.question import Clause, Context, Pending, Question, Thread, Utterance, When
from bot.settings import PROJECT
from tests.builders import NOW

TWO = ("bradford-eastbrook-court", "bradford-westfield-house")
CHOICES: dict[str, tuple[int, ...] | None] = {
    "2": (1,),
    "the second one": (1,),
    "number 2 please": (1,),
    "no.2 pls mate": (1,),
    "i'll go with the second": (1,),
    "last": (1,),
    "the other one": (1,),
    "top one": (0,),
    "one": (0,),
    "un": (0,),
    "y gyntaf": (0,),
    "yr ail": (1,),
    "a'r ail?": (1,),
    "opsiwn 1": (0,),
    "both": (0, 1),
    "all of them": (0, 1),
    "y ddwy": (0, 1),
    "first and second": (0, 1),
    "not the first one": (1,),
    "neither": (),
    "none of them": (),
    "dim un ohonyn nhw": (),
    "22": None,
    "3": None,
    "two of them": None,
    "that one": None,
    "not that one": None,
    "no": None,
    "all good": None,
    "is it open": None,
    "": None,
}


@pytest.mark.parametrize(("text", "indexes"), CHOICES.items(), ids=CHOICES)
def test_a_choice_in_any_form(text: str, indexes: tuple[int, ...] | None) -> None:
    assert chosen(text, TWO) == (None if indexes is None else tuple(TWO[index] for index in indexes))
    assert chosen(text, ()) is None


POINTED = {
    "is the second one open": 1,
    "what about the other one": None,
    "and the first?": 0,
    "address of the last office": 1,
    "is office 2 open at 2": 1,
    "on the second of": 1,
    "the first thing": None,
    "is it open at 2": None,
    "any other offices": None,
}


@pytest.mark.parametrize(("text", "index"), POINTED.items(), ids=POINTED)
def test_a_longer_question_points_at_one(text: str, index: int | None) -> None:
    assert pointed_at(text, TWO) == (None if index is None else TWO[index])


def test_the_other_one_is_the_one_not_spoken_of() -> None:
    assert pointed_at("and the other one", TWO, TWO[1:]) == TWO[0]
    assert pointed_at("and the other one", (*TWO, "dewsbury"), TWO[1:]) is None


CONTROLS = {
    "stop": "stop",
    "STOP!!": "stop",
    "please stop messaging me": "stop",
    "don't message me": "stop",
    "opt out": "stop",
    "please do not send me any more messages": "stop",
    "peidiwch â gyrru mwy o negeseuon ata i": "stop",
    "Stopiwch yrru negesa plis": "stop",
    "rhowch y gorau i anfon pethau ata i": "stop",
    "don't send my money to the old account": None,
    "do not contact my employer": None,
    "peidiwch ag anfon fy arian i'r hen gyfrif": None,
    "start": "start",
    "Dechrau": "start",
    "stop my claim": None,
    "can you stop the snow": None,
    "bus stop": None,
    "when do you start": None,
    "": None,
}


@pytest.mark.parametrize(("text", "control"), CONTROLS.items(), ids=CONTROLS)
def test_stop_and_start_are_all_that_a_message_says(text: str, control: str | None) -> None:
    assert control_of(text) == control


def read(text: str, *intents: str, thread: Thread | None = None, **fields: Any) -> Any:
    clauses = tuple(Clause(intent, 0.9, text, 0, len(text)) for intent in intents)
    utterance = Utterance(text, clauses, before_thanks=before_thanks(text), **fields)
    return interpret(utterance, Context(NOW, "JCPinLeeds", thread=thread or Thread()))


def test_every_intent_of_the_training_data_has_a_kind_or_goes_on() -> None:
    trained = {file.stem for file in (PROJECT / "data" / "nlu").glob("*.yml")}
    assert trained <= set(KIND_OF_INTENT) | FOLLOW_UPS


@pytest.mark.parametrize(
    ("intents", "kinds"),
    [
        (("greet", "ask_opening"), [Kind.OFFICE_OPEN]),
        (("ask_opening", "thank"), [Kind.OFFICE_OPEN]),
        (("greet",), [Kind.GREETING]),
        (("nlu_fallback", "ask_foi"), [Kind.FOI]),
        (("ask_opening", "ask_individual_case"), [Kind.OFFICE_OPEN, Kind.INDIVIDUAL_CASE]),
    ],
)
def test_small_talk_and_noise_beside_a_question_are_left(intents: tuple[str, ...], kinds: list[Kind]) -> None:
    assert [question.kind for question in read("some words", *intents).questions] == kinds


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ("their PIP goes down once they reach eighteen", [Kind.INDIVIDUAL_CASE]),
        ("how does PIP change once they reach eighteen", [Kind.BENEFIT_INFO, Kind.INDIVIDUAL_CASE]),
        ("tell me the rates of PIP these days", [Kind.BENEFIT_INFO, Kind.INDIVIDUAL_CASE]),
        ("pip rates", [Kind.BENEFIT_INFO, Kind.INDIVIDUAL_CASE]),
    ],
)
def test_what_is_told_of_a_benefit_before_a_matter_of_ones_own_asks_nothing(told: str, kinds: list[Kind]) -> None:
    own = "did you get our form"
    clauses = (Clause("ask_benefit_info", 0.7, told, 0, len(told)), Clause("ask_individual_case", 0.9, own, 50, 71))
    context = Context(NOW, "JCPinLeeds")
    questions = interpret(Utterance(f"{told:<50}{own}", clauses), context).questions
    assert [question.kind for question in questions] == kinds


def test_details_alone_ask_nothing_and_words_beside_them_do() -> None:
    for words in ("[National Insurance number removed]", "my NI number is [National Insurance number removed]"):
        assert read(words, "ask_other_service").questions == ()
    for words in ("is [National Insurance number removed] right?", "where is my money [phone number removed]"):
        assert len(read(words, "ask_individual_case").questions) == 1


def test_a_choice_keeps_the_day_and_the_kind_of_the_question() -> None:
    when = When(NOW.date() + timedelta(days=3))
    pending = Pending("office", Kind.OFFICE_HOURS, NOW, TWO, (when,))
    (question,) = read("2", "nlu_fallback", thread=Thread(pending=pending)).questions
    assert (question.kind, question.offices, question.whens) == (Kind.OFFICE_HOURS, TWO[1:], (when,))


@pytest.mark.parametrize(
    ("said", "index"), [("westfield", 1), ("eastbrook one please", 0), ("house", 1), ("westfeild", 1)]
)
def test_a_choice_by_a_word_of_its_name(said: str, index: int) -> None:
    pending = Pending("office", Kind.OFFICE_OPEN, NOW, TWO)
    (question,) = read(said, "nlu_fallback", thread=Thread(pending=pending)).questions
    assert question.offices == (TWO[index],)


def test_a_word_that_all_choices_share_chooses_none() -> None:
    pending = Pending("office", Kind.OFFICE_OPEN, NOW, TWO)
    questions = read("bradford", "nlu_fallback", thread=Thread(pending=pending)).questions
    assert all(question.offices != TWO[:1] and question.offices != TWO[1:] for question in questions)


@pytest.mark.parametrize(("intent", "affirmed"), [("affirm", True), ("deny", False), ("cancel", None)])
def test_yes_no_and_never_mind_ask_nothing_themselves(intent: str, affirmed: bool | None) -> None:
    said = read("some words", intent)
    assert (said.questions, said.affirmed, said.cancelled) == ((), affirmed, intent == "cancel")


@pytest.mark.parametrize("thread", [Thread(), Thread(pending=Pending("confirm", Kind.HANDOFF, NOW))])
@pytest.mark.parametrize("words", ["that's not what i asked", "nid dyna ofynnais i"])
def test_who_was_not_understood_says_no_to_nothing(words: str, thread: Thread) -> None:
    assert read(words, "deny", thread=thread).affirmed is None


PENDING = Pending("office", Kind.OFFICE_OPEN, NOW, TWO)
UNTOLD: dict[str, tuple[str, Untold | None]] = {
    "i dont know": ("nlu_fallback", Untold.UNKNOWN),
    "no idea mate which one is mine": ("out_of_scope", Untold.UNKNOWN),
    "dim syniad": ("nlu_fallback", Untold.UNKNOWN),
    "dwn i'm": ("report_crisis_life", Untold.UNKNOWN),
    "i don't know if i can carry on any more": ("report_crisis_life", None),
    "neither": ("deny", Untold.NONE),
    "the one near the station": ("nlu_fallback", Untold.UNSURE),
    "the blue building by asda": ("inform", Untold.UNSURE),
    "hello": ("greet", None),
    "can i speak to a person": ("ask_for_person", None),
}


@pytest.mark.parametrize(("text", "intent", "reason"), [(t, *u) for t, u in UNTOLD.items()], ids=UNTOLD)
def test_an_answer_that_does_not_tell_which_office_says_why(text: str, intent: str, reason: Untold | None) -> None:
    assert read(text, intent, thread=Thread(pending=PENDING)).untold is reason


SPOKEN = Thread(kind=Kind.OFFICE_OPEN, offices=TWO[:1], listed=TWO, asked=(Question(Kind.OFFICE_OPEN, "ask_opening"),))


@pytest.mark.parametrize("said", ["the other one", "y llall", "not that one"])
def test_the_other_of_two_that_were_named(said: str) -> None:
    (question,) = read(said, "inform", thread=SPOKEN).questions
    assert (question.kind, question.offices) == (Kind.OFFICE_OPEN, TWO[1:])


@pytest.mark.parametrize("said", ["is the other leeds one ok", "y swyddfa arall yn leeds", "the second one in leeds"])
def test_the_other_office_of_a_town(said: str) -> None:
    at = said.index("leeds")
    place = PlaceMention(at, at + 5, "leeds", PlaceKind.TOWN, "Leeds", TWO)
    (question,) = read(said, "ask_opening", thread=SPOKEN, places=(place,)).questions
    assert [office for place in question.places for office in place.offices] == [*TWO[1:]]


def test_what_is_ruled_out_was_not_meant_before() -> None:
    hull, bury = ("hull",), ("bury",)
    places = (
        PlaceMention(3, 7, "hull", PlaceKind.TOWN, "Hull", hull),
        PlaceMention(15, 19, "hull", PlaceKind.TOWN, "Hull", hull, negated=True),
        PlaceMention(26, 30, "bury", PlaceKind.TOWN, "Bury", bury),
    )
    (question,) = read("is hull, no not hull sorry bury open", "ask_opening", places=places).questions
    assert [place.offices for place in question.places] == [bury]


def test_here_is_the_office_spoken_of() -> None:
    here = PlaceMention(9, 13, "here", PlaceKind.OURS, "here")
    (question,) = read("shutters here down", "report_wrong_information", thread=SPOKEN, places=(here,)).questions
    assert question.places[0].offices == TWO[:1]


EXPECTED = {
    "i was due to see somebody at ten": True,
    "got to sign on there at 2": True,
    "o'n i fod i weld rhywun": True,
    "i have my coach there this morning": True,
    "i was due to be seen but i overslept": False,
    "my appointment was changed": False,
    "fine": False,
}


@pytest.mark.parametrize(("said", "is_expected"), EXPECTED.items(), ids=EXPECTED)
def test_who_is_expected_at_the_office_they_were_told_of(said: str, is_expected: bool) -> None:
    kinds = [question.kind for question in read(said, "ask_individual_case", thread=SPOKEN).questions]
    assert kinds == [Kind.CLOSURE_APPOINTMENT if is_expected else Kind.INDIVIDUAL_CASE]
    assert Kind.CLOSURE_APPOINTMENT not in [q.kind for q in read(said, "ask_individual_case").questions]


ONE_OF_THESE = {"i have one at 3": True, "mine's at 3, am i alright": True, "i had one at 3 and forgot": False}


@pytest.mark.parametrize(("said", "is_appointment"), ONE_OF_THESE.items(), ids=ONE_OF_THESE)
def test_one_with_a_time_is_an_appointment(said: str, is_appointment: bool) -> None:
    (question,) = read(said, "ask_opening", thread=SPOKEN, days=tuple(find_days(said, NOW))).questions
    assert (question.kind is Kind.CLOSURE_APPOINTMENT) is is_appointment


FROM_THERE = {
    "anywhere else i could go": True,
    "what is the closest one to that": True,
    "which is the nearest": False,
    "nearest one to where i live": False,
    "oes swyddfa arall": True,
}


@pytest.mark.parametrize(("said", "is_from_there"), FROM_THERE.items(), ids=FROM_THERE)
def test_another_office_is_sought_from_the_one_spoken_of(said: str, is_from_there: bool) -> None:
    (question,) = read(said, "ask_office", thread=SPOKEN).questions
    assert (question.matter == "elsewhere") is is_from_there


def test_the_line_for_those_who_cannot_come_is_the_one_they_were_told_of() -> None:
    thread = replace(SPOKEN, kind=Kind.CLOSURE_APPOINTMENT)
    (question,) = read("whom should i phone to explain", "ask_office_contact", thread=thread).questions
    assert (question.kind, question.topics) == (Kind.CONTACT_DWP, ("universal_credit",))
    (question,) = read("what is their number", "ask_office_contact", thread=thread).questions
    assert question.kind is Kind.OFFICE_CONTACT


def test_a_service_asked_for_there_is_of_the_place_just_named() -> None:
    omagh = PlaceMention(0, 5, "omagh", PlaceKind.NORTHERN_IRELAND, "Omagh", nation=Nation.NORTHERN_IRELAND)
    asked = Question(Kind.OFFICE_OPEN, "ask_opening", places=(omagh,))
    thread = Thread(asked=(asked,), subject=asked)
    (question,) = read("number for pip", "ask_contact", thread=thread, topics=("pip",)).questions
    assert question.places == (omagh,)
    inverness = replace(asked, places=(replace(omagh, kind=PlaceKind.TOWN, nation=Nation.SCOTLAND),))
    for said, is_there in (("number for pip there", True), ("number for pip", False)):
        (question,) = read(said, "ask_contact", thread=replace(thread, asked=(inverness,)), topics=("pip",)).questions
        assert bool(question.places) is is_there


def test_that_day_is_the_one_spoken_of() -> None:
    day = When(NOW.date() + timedelta(days=9))
    (question,) = read("is it open that day", "ask_opening", thread=replace(SPOKEN, whens=(day,))).questions
    assert question.whens == (day,)


def test_news_of_an_office_is_how_it_stands() -> None:
    for said in ("heard anything yet", "when would you know", "oes newyddion"):
        (question,) = read(
            said, "ask_further", thread=replace(SPOKEN, subject=Question(Kind.OFFICE_OPEN, ""))
        ).questions
        assert (question.kind, question.offices) == (Kind.OFFICE_OPEN, SPOKEN.offices)


def test_the_line_of_two_things_asked_is_the_one_with_a_line() -> None:
    asked = (Question(Kind.CONTACT_DWP, "ask_contact", topics=("pip",)), Question(Kind.OFFICE_FIND, "ask_office"))
    thread = replace(SPOKEN, kind=Kind.OFFICE_FIND, asked=asked, subject=asked[1])
    (question,) = read("how long does the line stay open", "ask_hours", thread=thread).questions
    assert (question.kind, question.topics) == (Kind.CONTACT_DWP, ("pip",))


def test_whether_to_change_office_is_their_own_matter() -> None:
    (question,) = read("would i switch to another office after i move", "ask_office").questions
    assert question.kind is Kind.INDIVIDUAL_CASE


def test_a_place_near_the_office_spoken_of_seeks_no_other() -> None:
    (question,) = read("is it close to the market", "ask_office", thread=SPOKEN).questions
    assert (question.offices, question.matter) == (SPOKEN.offices, "")


UNSUITED = {"i can't do tuesday, is wednesday ok": 2, "tuesday no good. wednesday?": 2, "tuesday is no good": 1}


@pytest.mark.parametrize(("said", "weekday"), UNSUITED.items(), ids=UNSUITED)
def test_a_day_that_does_not_suit_is_not_meant_beside_one_that_may(said: str, weekday: int) -> None:
    days = days_wanted(Utterance(said, (), days=tuple(find_days(said, NOW))))
    assert days[0].first.weekday() == weekday


def test_what_is_asked_beside_sorted_is_not_passed_over() -> None:
    first, second = "sorted.", "do i ring first"
    clauses = (Clause("cancel", 0.9, first, 0, 7), Clause("ask_further", 0.6, second, 8, 8 + len(second)))
    told = interpret(Utterance(f"{first} {second}", clauses), Context(NOW, "JCPinLeeds"))
    assert [question.kind for question in told.questions] == [Kind.UNCLEAR]


def test_another_office_is_affected_on_the_day_spoken_of() -> None:
    day, leith = (
        When(NOW.date() + timedelta(days=5)),
        PlaceMention(3, 8, "leith", PlaceKind.OFFICE, "Leith", ("leith",)),
    )
    thread = Thread(kind=Kind.OFFICE_CLOSURES, whens=(day,))
    (question,) = read("is leith affected", "ask_closures", thread=thread, places=(leith,)).questions
    assert question.whens == (day,)


def test_somebody_who_speaks_it_is_a_wish_for_the_language() -> None:
    (question,) = read("is there anyone that speaks tamil or polish", "ask_for_person").questions
    assert question.kind is Kind.HANDOFF
    (question,) = read("could someone who speaks polish call", "ask_for_person").questions
    assert question.kind is Kind.LANGUAGE


CANNOT_COME = ["i can't get there for the ice", "cant get to you, road's blocked", "we cannot make it in this"]


@pytest.mark.parametrize("said", CANNOT_COME)
def test_who_cannot_get_there_asks_of_the_appointment(said: str) -> None:
    assert [question.kind for question in read(said, "out_of_scope").questions] == [Kind.CLOSURE_APPOINTMENT]


def test_a_question_word_at_the_end_asks_of_the_office() -> None:
    thread = replace(SPOKEN, subject=Question(Kind.OFFICE_OPEN, ""))
    assert [q.kind for q in read("and closing when", "ask_further", thread=thread).questions] == [Kind.OFFICE_HOURS]
    assert [q.kind for q in read("until when", "nlu_fallback", thread=thread).questions] == [Kind.OFFICE_OPEN]


def test_one_day_after_the_hours_asks_whether_it_is_open() -> None:
    days = tuple(find_days("on 24 december", NOW))
    thread = replace(SPOKEN, kind=Kind.OFFICE_HOURS)
    assert [q.kind for q in read("on 24 december", "inform", thread=thread, days=days).questions] == [Kind.OFFICE_OPEN]
    saturdays = tuple(find_days("saturdays", NOW))
    assert [q.kind for q in read("saturdays", "inform", thread=thread, days=saturdays).questions] == [Kind.OFFICE_HOURS]


LATE = {"what if i'm 10 minutes late": True, "os bydda i'n hwyr": True, "how late is it open": False}


@pytest.mark.parametrize(("said", "is_theirs"), LATE.items(), ids=LATE)
def test_who_will_be_late_asks_nothing_of_hours(said: str, is_theirs: bool) -> None:
    (question,) = read(said, "ask_hours", thread=SPOKEN).questions
    assert (question.kind is Kind.INDIVIDUAL_CASE) is is_theirs


def test_a_day_put_right_in_the_same_breath_is_not_meant() -> None:
    said = "open tuesday no sorry wednesday"
    (day,) = days_wanted(Utterance(said, (), days=tuple(find_days(said, NOW))))
    assert day.first.weekday() == 2


def test_what_was_meant_to_be_is_of_their_own_matter() -> None:
    own = Question(Kind.INDIVIDUAL_CASE, "ask_individual_case", text="where is my money")
    (question,) = read("it was due on monday", "ask_closure_appointment", thread=Thread(asked=(own,))).questions
    assert question.kind is Kind.INDIVIDUAL_CASE


def test_the_jobcentre_there_is_the_one_spoken_of() -> None:
    said = "when does the jobcentre over there open"
    ours = PlaceMention(10, 23, "the jobcentre", PlaceKind.OURS, "ours", ("leeds-park-place",))
    (question,) = read(said, "ask_hours", thread=SPOKEN, places=(ours,)).questions
    assert question.places[0].offices == SPOKEN.offices


def test_an_office_put_right_in_many_words_is_asked_about() -> None:
    said = "no wait it's leith i was meant to be at"
    leith = PlaceMention(13, 18, "leith", PlaceKind.OFFICE, "Leith", ("leith",))
    assert [q.kind for q in read(said, "complain", thread=SPOKEN, places=(leith,)).questions] == [Kind.OFFICE_OPEN]
    said = "no i will complain about leith"
    leith = replace(leith, start=25, end=30)
    assert [q.kind for q in read(said, "complain", thread=SPOKEN, places=(leith,)).questions] == [Kind.COMPLAINT]


def test_the_language_they_write_in_is_no_wish() -> None:
    wish, question = "in english", "what are the hours"
    clauses = (Clause("ask_language", 0.9, wish, 0, 10), Clause("ask_hours", 0.9, question, 12, 30))
    for language, kinds in (("en", [Kind.OFFICE_HOURS]), ("cy", [Kind.LANGUAGE, Kind.OFFICE_HOURS])):
        utterance = Utterance(f"{wish}, {question}", clauses, language=language)
        assert [q.kind for q in interpret(utterance, Context(NOW, "JCPinLeeds", thread=SPOKEN)).questions] == kinds


def test_a_benefit_alone_after_a_claim_asks_who_deals_with_it() -> None:
    thread = Thread(subject=Question(Kind.INDIVIDUAL_CASE, "ask_individual_case"))
    (question,) = read("it's carers allowance", "inform", thread=thread, topics=("carers_allowance",)).questions
    assert (question.kind, question.topics) == (Kind.CONTACT_DWP, ("carers_allowance",))


def test_thanks_beside_what_declines_nothing_are_thanks() -> None:
    assert [q.kind for q in read("no bother, cheers", "cancel", thread=SPOKEN).questions] == [Kind.THANKS]
    assert not read("no thanks", "deny", thread=SPOKEN).questions
    waiting = Context(NOW, "JCPinLeeds", thread=SPOKEN, is_in_queue=True)
    clauses = (Clause("cancel", 0.9, "never mind, cheers", 0, 18),)
    assert interpret(Utterance("never mind, cheers", clauses, before_thanks="never mind, "), waiting).cancelled


def test_where_letters_go_is_no_office() -> None:
    (question,) = read("how can i update the postcode you have for post", "ask_office", thread=SPOKEN).questions
    assert question.kind is Kind.INDIVIDUAL_CASE


def test_what_an_office_is_compared_with_is_not_asked_about() -> None:
    (question,) = read("does it open late like the surgery", "ask_other_service", thread=SPOKEN).questions
    assert question.kind is Kind.OFFICE_HOURS


def test_a_greeting_in_another_language_asks_for_none() -> None:
    clauses = [
        Clause("ask_language", 0.9, "Sabah al khair", 0, 14),
        Clause("ask_hours", 0.9, "when do you open", 15, 31),
    ]
    utterance = Utterance("Sabah al khair when do you open", tuple(clauses))
    assert [q.kind for q in interpret(utterance, Context(NOW, "JCPinLeeds")).questions] == [Kind.OFFICE_HOURS]


TAKEN_UP = {
    Kind.OFFICE_CLOSURES: Kind.OFFICE_OPEN,
    Kind.WRONG_INFORMATION: Kind.OFFICE_OPEN,
    Kind.OFFICE_HOURS: Kind.OFFICE_HOURS,
}


@pytest.mark.parametrize(("kind", "asked"), TAKEN_UP.items(), ids=str)
def test_one_office_alone_after_a_question(kind: Kind, asked: Kind) -> None:
    leith = PlaceMention(0, 5, "leith", PlaceKind.OFFICE, "Leith", ("leith",))
    (question,) = read("leith", "inform", thread=replace(SPOKEN, kind=kind), places=(leith,)).questions
    assert question.kind is asked


SEARCHES = {"nearest to pudsey": Kind.OFFICE_FIND, "jobcentre for pudsey": Kind.OFFICE_FIND, "pudsey": Kind.OFFICE_OPEN}


@pytest.mark.parametrize(("said", "kind"), SEARCHES.items(), ids=SEARCHES)
def test_a_place_that_an_office_is_sought_for(said: str, kind: Kind) -> None:
    at = said.index("pudsey")
    place = PlaceMention(at, at + 6, "pudsey", PlaceKind.PLACE, "Pudsey")
    assert [question.kind for question in read(said, "inform", places=(place,)).questions] == [kind]


def test_an_office_for_a_place_is_sought_whatever_was_spoken_of() -> None:
    place = PlaceMention(14, 19, "leith", PlaceKind.OFFICE, "Leith", ("leith",))
    assert [q.kind for q in read("jobcentre for leith", "inform", thread=SPOKEN, places=(place,)).questions] == [
        Kind.OFFICE_FIND
    ]


def test_what_befell_them_is_what_they_complain_of() -> None:
    assert heard(("ask_individual_case", "i sat an hour past my slot."), ("complain", "who do i complain to?")) == [
        Kind.COMPLAINT
    ]
    assert heard(("ask_individual_case", "you stopped my money."), ("complain", "who do i complain to?")) == [
        Kind.INDIVIDUAL_CASE,
        Kind.COMPLAINT,
    ]


@pytest.mark.parametrize("said", ["the third", "what about zarquonia", "beth am llanrhywle"])
def test_what_points_at_nothing_that_we_know_is_not_taken_for_the_office_spoken_of(said: str) -> None:
    assert read(said, "inform", thread=SPOKEN).untold is Untold.UNSURE


@pytest.mark.parametrize("said", ["what about it", "and now", "beth am hynny"])
def test_what_points_back_is(said: str) -> None:
    assert read(said, "inform", thread=SPOKEN).untold is None


@pytest.mark.parametrize(
    ("said", "intent"), [("sorry?", "ask_repeat"), ("??", "nlu_fallback"), ("beth?", "ask_repeat")]
)
def test_the_last_answer_is_wanted_again(said: str, intent: str) -> None:
    assert read(said, intent, thread=SPOKEN).repeats
    assert not read(said, intent).repeats
    assert read(said, intent, thread=Thread(risks=("life",))).repeats


LANGUAGES = {
    "in welsh please": "cy",
    "cymraeg os gwelwch yn dda": "cy",
    "can i have that in english": "en",
    "is there a welsh phone line": None,
    "can someone speak to me in welsh on the phone": None,
    "do you speak polish": None,
    "does anyone there speak welsh": None,
    "do u speak welsh": None,
    "welsh speakers at your place?": None,
    "can i speak welsh": "cy",
    "welsh": "cy",
}


@pytest.mark.parametrize(("said", "language"), LANGUAGES.items(), ids=LANGUAGES)
def test_the_language_in_which_to_go_on(said: str, language: str | None) -> None:
    assert read(said, "ask_language", thread=SPOKEN).language == language


@pytest.mark.parametrize(
    ("wish", "intent", "other", "kind"),
    [
        ("sut ga i fy mhost yn gymraeg", "ask_individual_case", "ddim yn dallt fy nyfarniad", Kind.INDIVIDUAL_CASE),
        ("ga i hynny yn gymraeg", "complain", "ches i ddim ond saesneg ganddyn nhw", Kind.COMPLAINT),
    ],
)
def test_a_wish_for_welsh_beside_a_matter_of_ours_is_a_question(wish: str, intent: str, other: str, kind: Kind) -> None:
    clauses = (
        Clause("ask_language", 0.9, wish, 0, len(wish)),
        Clause(intent, 0.9, other, len(wish) + 2, len(wish) + 2 + len(other)),
    )
    read = interpret(Utterance(f"{wish}. {other}", clauses, language="cy"), Context(NOW, "JCPinGwynedd"))
    assert (read.language, [q.kind for q in read.questions]) == (None, [Kind.LANGUAGE, kind])


def test_the_language_of_an_interview_is_not_that_to_go_on_in() -> None:
    assert read("ga i fy nghyfweliad yn gymraeg", "ask_language").language is None
    assert read("fedra i gael y lythyr yn saesneg", "ask_language").language is None


WHAT_NOW = {
    "so what do i do": True,
    "what am i supposed to do then": True,
    "what now": True,
    "do i still go": True,
    "be ddylwn i neud": True,
    "whats the number then": False,
    "what do they do there": False,
    "what time now": False,
}


@pytest.mark.parametrize(("said", "is_asked"), WHAT_NOW.items(), ids=WHAT_NOW)
def test_what_now_asks_about_the_appointment(said: str, is_asked: bool) -> None:
    kinds = [question.kind for question in read(said, "nlu_fallback", thread=SPOKEN).questions]
    assert (kinds == [Kind.CLOSURE_APPOINTMENT]) == is_asked


def test_who_asks_for_a_person_after_speaking_of_a_claim_means_the_claim() -> None:
    claim = Question(Kind.INDIVIDUAL_CASE, "ask_individual_case", topics=("pip",), text="my pip claim is wrong")
    (question,) = read("get me a person", "ask_for_person", thread=Thread(asked=(claim,))).questions
    assert question.topics == ("pip",)
    assert "my pip claim" in question.text


NO_MORE = {
    "please leave off with the messages from now on will you": (0.65, True),
    "id rather not get any of your replies on here ever again": (0.65, True),
    "enough of it": (0.85, True),
    "enough of it all the way from here to there": (0.85, False),
    "does it ever stop": (0.65, False),
    "please stop the deductions on my claim and send a message": (0.9, False),
    "nothing further is to be sent to this account": (0.85, True),
}


@pytest.mark.parametrize(("said", "sure", "is_meant"), [(k, *v) for k, v in NO_MORE.items()], ids=NO_MORE)
def test_no_more_is_wanted_in_few_words_or_of_messages(said: str, sure: float, is_meant: bool) -> None:
    heard = Utterance(said, (Clause("stop", sure, said, 0, len(said)),))
    (question,) = interpret(heard, Context(NOW, "JCPinLeeds")).questions
    assert (question.kind is Kind.STOP) is is_meant


TWINS = {
    "holyhead": words_for(
        Office("holyhead", "Holyhead", Nation.WALES, address="1 Isle Road", district="North and Mid Wales")
    ),
    "hull": words_for(Office("hull", "Hull", Nation.ENGLAND, address="Quay House, Dock Lane", district="Humber")),
}
DESCRIBED = {
    "the welsh one": "holyhead",
    "and the english one then": "hull",
    "i meant the one on dock lane": "hull",
    "the island one please": "holyhead",
    "yr un ar yr ynys": "holyhead",
    "yr un yng Nghymru": "holyhead",
    "is the one in wales open sunday": "holyhead",
    "the scottish one": None,
    "the nearest one": None,
    "do you speak welsh": None,
}


@pytest.mark.parametrize(("text", "office"), DESCRIBED.items(), ids=DESCRIBED)
def test_one_of_several_is_told_by_what_the_others_are_not(text: str, office: str | None) -> None:
    assert described_among(text, tuple(TWINS), TWINS) == office
    assert described_among(text, tuple(TWINS)[:1], TWINS) is None


@pytest.mark.parametrize(
    ("text", "is_all"), [("ok the welsh one please", True), ("is the welsh one open", False), ("welsh", False)]
)
def test_a_description_may_be_all_that_is_said(text: str, is_all: bool) -> None:
    assert only_describes(text) is is_all


OFFERED = Thread(pending=Pending("confirm", Kind.HANDOFF, NOW), claims_told=True)


@pytest.mark.parametrize(
    ("said", "affirmed"),
    [
        ("ah go on, i'd still rather have a person", True),
        ("aye still want to speak to somebody", True),
        ("ia plis, dwi dal isio siarad efo rhywun", True),
        ("still no money though", None),
        ("yes but when are you open", None),
        ("no", None),
    ],
)
def test_a_person_that_was_offered_may_be_wished_for_in_many_words(said: str, affirmed: bool | None) -> None:
    assert read(said, "ask_contact", thread=OFFERED).affirmed is affirmed


@pytest.mark.parametrize(
    ("said", "intent", "is_report"),
    [
        ("nah, it's not. we are stood at the door and it's all locked", "ask_closures", True),
        ("they aren't", "deny", True),
        ("dydi o ddim", "deny", True),
        ("we're sat outside and there's nobody about", "nlu_fallback", True),
        ("it's not for me, it's for my nephew", "nlu_fallback", False),
        ("im outside and its shut, where else can i go", "ask_office", False),
        ("is it not open then", "ask_opening", False),
    ],
)
def test_what_is_said_against_what_was_told_is_a_report(said: str, intent: str, is_report: bool) -> None:
    kinds = [question.kind for question in read(said, intent, thread=SPOKEN).questions]
    assert (kinds == [Kind.WRONG_INFORMATION]) is is_report
    assert Kind.WRONG_INFORMATION not in [question.kind for question in read(said, intent).questions]


BOOKED = replace(SPOKEN, kind=Kind.CLOSURE_APPOINTMENT)


@pytest.mark.parametrize(
    ("said", "kind"),
    [("what of hull", Kind.OFFICE_OPEN), ("sorry, my appointment is in hull", Kind.CLOSURE_APPOINTMENT)],
)
def test_another_office_after_an_appointment_is_asked_about_for_itself(said: str, kind: Kind) -> None:
    start = said.index("hull")
    hull = PlaceMention(start, start + 4, "hull", PlaceKind.OFFICE, "Hull", ("hull",))
    (question,) = read(said, "inform", thread=BOOKED, places=(hull,)).questions
    assert (question.kind, question.places) == (kind, (hull,))


def test_a_name_that_two_towns_share_is_the_one_spoken_of() -> None:
    shared = PlaceMention(3, 9, "market", PlaceKind.TOWN, "Market", (*TWO, "hull"), ambiguous=True)
    (question,) = read("is market open", "ask_opening", thread=SPOKEN, places=(shared,)).questions
    assert question.places[0].offices == TWO[:1]
    (question,) = read("is market open", "ask_opening", places=(shared,)).questions
    assert question.places[0].ambiguous


def heard(*clauses: tuple[str, str]) -> list[Kind]:
    """The kinds of what is asked by clauses, each an intent and its words, one after the other."""
    text, found = "", []
    for intent, words in clauses:
        found.append(Clause(intent, 0.95, words, len(text), len(text) + len(words)))
        text += f"{words} "
    return [
        question.kind for question in interpret(Utterance(text, tuple(found)), Context(NOW, "JCPinLeeds")).questions
    ]


RULE = ("ask_benefit_info", "is a bonus counted as pay?")
OWN = {
    "told after the rule": ([RULE, ("ask_individual_case", "ninety pounds short on friday")], [Kind.INDIVIDUAL_CASE]),
    "told before the rule": (
        [("ask_individual_case", "my pay was short on friday"), RULE],
        [Kind.INDIVIDUAL_CASE, Kind.BENEFIT_INFO],
    ),
    "asked after the rule": (
        [RULE, ("ask_individual_case", "has mine been counted?")],
        [Kind.BENEFIT_INFO, Kind.INDIVIDUAL_CASE],
    ),
    "who it is for": ([RULE, ("ask_individual_case", "asking for our new cleaner")], [Kind.BENEFIT_INFO]),
}


@pytest.mark.parametrize(("clauses", "kinds"), OWN.values(), ids=OWN)
def test_a_rule_and_what_befell_them_is_about_their_claim(clauses: list[tuple[str, str]], kinds: list[Kind]) -> None:
    assert heard(*clauses) == kinds


PAIRS = {
    "what is asked without a verb": [("ask_closures", "any shut in kent"), ("ask_opening", "is dover all right")],
    "a shut door and another office": [
        ("ask_closure_appointment", "do i go to another for my interview"),
        ("ask_office", "which is nearest to hythe"),
    ],
    "a claim and a complaint": [
        ("ask_individual_case", "my housing costs are wrong"),
        ("complain", "i want to complain"),
    ],
    "a lift and what is surely theirs": [
        ("ask_facilities", "is there a lift"),
        ("ask_individual_case", "nobody wrote back to me in weeks"),
    ],
    "closures, and the nearest to a village": [
        ("ask_closures", "which ones are shut"),
        ("ask_office", "what is nearest to ham street"),
    ],
}


@pytest.mark.parametrize("clauses", PAIRS.values(), ids=PAIRS)
def test_two_questions_are_both_heard(clauses: list[tuple[str, str]]) -> None:
    assert heard(*clauses) == [KIND_OF_INTENT[intent] for intent, _ in clauses]


def test_a_shut_door_that_leads_up_to_an_appointment_is_told() -> None:
    told = ("ask_closures", "redcar's shut with the wind")
    assert heard(told, ("ask_closure_appointment", "do i still come at ten")) == [Kind.CLOSURE_APPOINTMENT]
    assert heard(("ask_closures", "whats shut round redcar"), ("ask_contact", "how do i ring pip")) == [
        Kind.OFFICE_CLOSURES,
        Kind.CONTACT_DWP,
    ]


def test_an_appointment_told_of_is_asked_about_with_what_now() -> None:
    said = heard(
        ("ask_closure_appointment", "i've an interview at two."),
        ("ask_closure_appointment", "what do i do?"),
        ("ask_office_contact", "is there a number"),
    )
    assert said == [Kind.CLOSURE_APPOINTMENT, Kind.OFFICE_CONTACT]


def test_of_two_things_told_of_a_claim_the_one_that_asks_counts() -> None:
    text = "they took forty pounds. how long for?"
    clauses = (
        Clause("ask_individual_case", 0.95, "they took forty pounds.", 0, 23),
        Clause("ask_individual_case", 0.95, "how long for?", 24, len(text)),
    )
    (question,) = interpret(Utterance(text, clauses), Context(NOW, "JCPinLeeds")).questions
    assert question.text == "how long for?"


def test_what_is_surely_asked_after_a_request_under_the_act_is_no_part_of_it() -> None:
    request = ("ask_foi", "foi request: how many staff left each year.")
    assert heard(request, ("ask_hours", "what are your hours?")) == [Kind.FOI, Kind.OFFICE_HOURS]
    assert heard(request, ("ask_contact", "where do i send it?")) == [Kind.FOI]


@pytest.mark.parametrize("said", ["will do", "aye will do ta", "ok shall do, cheers mate", "mi wna i diolch"])
def test_who_goes_and_does_it_thanks(said: str) -> None:
    (question,) = read(said, "inform", thread=SPOKEN).questions
    assert question.kind is Kind.THANKS


def test_what_people_call_themselves_is_no_insult() -> None:
    assert heard(("thank", "cheers for that"), ("insult", "i feel a right numpty")) == [Kind.THANKS]
    assert heard(("thank", "cheers for nowt"), ("insult", "you numpty")) == [Kind.ABUSE]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("was i supposed to come in monday", Kind.INDIVIDUAL_CASE),
        ("it's due to go in at one", Kind.INDIVIDUAL_CASE),
        ("was i meant to come, your doors are shut", Kind.CLOSURE_APPOINTMENT),
    ],
)
def test_what_was_arranged_with_them_is_theirs(said: str, kind: Kind) -> None:
    assert heard(("ask_closure_appointment", said)) == [kind]


WELSH_PAIRS = {
    "a lift and an interpreter": [("ask_facilities", "oes lifft acw"), ("ask_language", "pwy sy'n trefnu dehonglydd")],
    "a lift and their form": [
        ("ask_facilities", "oes lifft acw"),
        ("ask_individual_case", "newch chi sbio fy ffurflen"),
    ],
    "their money and a skip": [
        ("ask_individual_case", "pam ges i lai o bres"),
        ("ask_other_service", "phwy sy'n gwagio'r sgip"),
    ],
}


@pytest.mark.parametrize("clauses", WELSH_PAIRS.values(), ids=WELSH_PAIRS)
def test_two_questions_in_welsh_are_both_heard(clauses: list[tuple[str, str]]) -> None:
    assert heard(*clauses) == [KIND_OF_INTENT[intent] for intent, _ in clauses]


def test_a_habit_at_a_time_of_day_asks_for_hours() -> None:
    assert heard(("ask_opening", "do you shut at four every afternoon")) == [Kind.OFFICE_HOURS]
    assert heard(("ask_opening", "dach chi'n cau am bedwar bob pnawn")) == [Kind.OFFICE_HOURS]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("under the act, minutes of the board", Kind.FOI),
        ("under the act, whatever you hold about me", Kind.DATA_REQUEST),
        ("rhyddid gwybodaeth am fy nodiadau", Kind.DATA_REQUEST),
        ("foi request: number of complaints about security staff", Kind.FOI),
        ("foi request: copies of my own call notes", Kind.DATA_REQUEST),
    ],
)
def test_records_of_oneself_are_no_freedom_of_information(said: str, kind: Kind) -> None:
    assert heard(("ask_foi", said)) == [kind]


def test_the_act_and_records_of_oneself_are_two_questions() -> None:
    said = heard(
        ("ask_foi", "how do i use the freedom of information act?"), ("ask_own_data", "and a copy of my notes?")
    )
    assert said == [Kind.FOI, Kind.DATA_REQUEST]


def test_a_question_and_then_no_more_messages_are_both_heard() -> None:
    said = heard(("ask_opening", "is reading open"), ("stop", "after that i do not want any more messages"))
    assert said == [Kind.OFFICE_OPEN, Kind.STOP]


def test_a_detail_alone_reports_nothing_wrong() -> None:
    thread = replace(SPOKEN, subject=Question(Kind.OFFICE_OPEN, "ask_opening"))
    (question,) = read("an' the phone", "report_wrong_information", thread=thread).questions
    assert (question.kind, question.offices) == (Kind.OFFICE_CONTACT, TWO[:1])
    (question,) = read("phone is dead", "report_wrong_information", thread=thread).questions
    assert question.kind is Kind.WRONG_INFORMATION


def test_whether_they_may_have_a_benefit_is_asked_of_the_one_spoken_of() -> None:
    about = Question(Kind.BENEFIT_INFO, "ask_benefit_info", topics=("dla",), text="how is dla claimed")
    (question,) = read("could he have it", "ask_individual_case", thread=Thread(asked=(about,))).questions
    assert (question.kind, question.topics) == (Kind.INDIVIDUAL_CASE, ("dla",))


BESIDE: dict[str, tuple[list[tuple[str, str]], list[Kind]]] = {
    "what is asked before the Act is named": (
        [("ask_office", "where is reading?"), ("ask_foi", "and how do i ask under foi for the number of staff there")],
        [Kind.OFFICE_FIND, Kind.FOI],
    ),
    "an appointment beside when it opens again": (
        [("ask_closure_appointment", "no heating there, should i still go"), ("ask_opening", "will you open later")],
        [Kind.CLOSURE_APPOINTMENT, Kind.OFFICE_OPEN],
    ),
    "a shut door told before an appointment": (
        [("ask_closures", "water came through the roof at ours"), ("ask_closure_appointment", "is my slot off")],
        [Kind.CLOSURE_APPOINTMENT],
    ),
    "a place that we do not know, after a line": (
        [("ask_contact", "number for esa"), ("ask_opening", "is zarquonia open")],
        [Kind.CONTACT_DWP, Kind.OFFICE_OPEN],
    ),
    "a question that goes on with and, beside a scam": (
        [("ask_scam", "is this text real?"), ("ask_individual_case", " and is my award changed")],
        [Kind.SCAM, Kind.INDIVIDUAL_CASE],
    ),
    "you open, without the verb of a question": (
        [("ask_opening", "you open thursday"), ("ask_jobs", "where do i find kitchen work")],
        [Kind.OFFICE_OPEN, Kind.JOBS],
    ),
}


@pytest.mark.parametrize(("clauses", "kinds"), BESIDE.values(), ids=BESIDE)
def test_what_is_asked_beside_something_else(clauses: list[tuple[str, str]], kinds: list[Kind]) -> None:
    assert heard(*clauses) == kinds


def test_a_person_asked_for_beside_a_claim_is_asked_for_about_it() -> None:
    said = "is my award changed,  else let me speak to a human"
    clauses = (Clause("ask_individual_case", 0.9, said[:20], 0, 20), Clause("ask_for_person", 0.9, said[22:], 22, 50))
    (question,) = interpret(Utterance(said, clauses), Context(NOW, "JCPinLeeds")).questions
    assert (question.kind, question.matter) == (Kind.HANDOFF, ABOUT_CLAIM)


@pytest.mark.parametrize(
    ("said", "confidence", "kind"),
    [
        ("the hours on a wednesday", 0.9, Kind.OFFICE_HOURS),
        ("anything on wednesday", 0.9, Kind.OFFICE_HOURS),
        ("anything on wednesday", 0.7, Kind.OFFICE_OPEN),
    ],
)
def test_a_day_named_asks_whether_it_is_open_unless_hours_are_surely_heard(
    said: str, confidence: float, kind: Kind
) -> None:
    clauses = (Clause("ask_hours", confidence, said, 0, len(said)),)
    days = tuple(find_days(said, NOW))
    (question,) = interpret(Utterance(said, clauses, days=days), Context(NOW, "JCPinLeeds")).questions
    assert question.kind is kind


def test_still_is_no_day_that_makes_a_search_a_question_of_opening() -> None:
    said = "is there still one round ours"
    clauses = (Clause("ask_office", 0.7, said, 0, len(said)),)
    utterance = Utterance(said, clauses, days=tuple(find_days(said, NOW)))
    (question,) = interpret(utterance, Context(NOW, "JCPinLeeds")).questions
    assert question.kind is Kind.OFFICE_FIND


OBRIGADA = ["obrigada!", "muchas gracias", "dziekuje bardzo", "shukriya x", "ok danke"]


@pytest.mark.parametrize("said", OBRIGADA)
def test_thanks_are_thanks_in_any_language(said: str) -> None:
    (question,) = read(said, "ask_language", thread=SPOKEN, language="other").questions
    assert question.kind is Kind.THANKS
    (question,) = read(f"{said} dzien dobry", "ask_language", language="other").questions
    assert question.kind is Kind.LANGUAGE


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("sorry what was its postcode again", Kind.OFFICE_FIND),
        ("beth oedd y cyfeiriad eto", Kind.OFFICE_FIND),
        ("what was the phone number again", Kind.OFFICE_CONTACT),
        ("say that again", None),
    ],
)
def test_another_detail_wanted_again_is_no_wish_for_the_last_answer(said: str, kind: Kind | None) -> None:
    told = Question(Kind.OFFICE_OPEN, "ask_opening", offices=TWO[:1])
    thread = replace(SPOKEN, offices=TWO[:1], listed=(), asked=(told,), subject=told)
    found = read(said, "ask_repeat", thread=thread)
    assert (found.repeats, [question.kind for question in found.questions]) == (kind is None, [kind] if kind else [])


def test_the_other_one_is_never_the_one_spoken_of() -> None:
    for ours, left in (((), ()), (TWO, TWO[1:])):
        thread = replace(SPOKEN, offices=TWO[:1], listed=())
        clause = Clause("ask_opening", 0.9, "will the other one be open", 0, 26)
        context = Context(NOW, "JCPinLeeds", ours=ours, thread=thread)
        (question,) = interpret(Utterance(clause.text, (clause,)), context).questions
        assert question.offices == left


@pytest.mark.parametrize("said", ["do you have a number for it", "can you give me their phone number please"])
def test_what_is_wanted_of_us_to_tell_is_not_ours(said: str) -> None:
    benefit = Question(Kind.BENEFIT_INFO, "ask_benefit_info", topics=("funeral",))
    (question,) = read(said, "ask_office_contact", thread=Thread(asked=(benefit,), subject=benefit)).questions
    assert (question.kind, question.topics) == (Kind.CONTACT_DWP, ("funeral",))


@pytest.mark.parametrize("said", ["i've not got the internet", "no laptop here", "sdim cyfrifiadur, dim ar-lein"])
def test_who_has_no_internet_is_told_the_line(said: str) -> None:
    benefit = Question(Kind.BENEFIT_INFO, "ask_benefit_info", topics=("pip",))
    (question,) = read(said, "out_of_scope", thread=Thread(asked=(benefit,), subject=benefit)).questions
    assert (question.kind, question.topics) == (Kind.CONTACT_DWP, ("pip",))


@pytest.mark.parametrize("said", ["please do not send anybody", "don't get the police", "paid â gyrru neb"])
def test_who_wants_nobody_sent_stops_no_messages(said: str) -> None:
    assert Kind.STOP not in [question.kind for question in read(said, "stop").questions]


def test_their_office_is_the_one_where_they_live() -> None:
    said = "we live in pudsey, which is our office"
    lived = PlaceMention(11, 17, "pudsey", PlaceKind.PLACE, "Pudsey")
    ours = PlaceMention(28, 38, "our office", PlaceKind.OURS, "Leeds", TWO)
    clause = Clause("ask_office", 1.0, said[19:], 19, len(said))
    (question,) = interpret(Utterance(said, (clause,), places=(lived, ours)), Context(NOW, "JCPinLeeds")).questions
    assert question.places == (lived,)


@pytest.mark.parametrize(
    ("said", "kind", "asked"),
    [
        ("and pudsey, is there one there", Kind.OFFICE_OPEN, Kind.OFFICE_FIND),
        ("pudsey - have they got one there", Kind.OFFICE_OPEN, Kind.OFFICE_FIND),
        ("pudsey, oes un yno", Kind.OFFICE_OPEN, Kind.OFFICE_FIND),
        ("and pudsey, is there one there", Kind.OFFICE_FACILITIES, Kind.OFFICE_FACILITIES),
        ("pudsey, is there one open", Kind.OFFICE_OPEN, Kind.OFFICE_OPEN),
    ],
)
def test_whether_there_is_one_at_a_place_seeks_an_office(said: str, kind: Kind, asked: Kind) -> None:
    at = said.index("pudsey")
    place = PlaceMention(at, at + 6, "pudsey", PlaceKind.PLACE, "Pudsey")
    clause = Clause("inform", 1.0, said, 0, len(said))
    thread = replace(SPOKEN, kind=kind, offices=TWO[:1])
    (question,) = interpret(Utterance(said, (clause,), places=(place,)), Context(NOW, "x", thread=thread)).questions
    assert question.kind is asked


def test_how_to_tell_those_who_wait_asks_for_a_line() -> None:
    for kind in (Kind.CLOSURE_APPOINTMENT, Kind.OFFICE_OPEN):
        thread = replace(SPOKEN, kind=kind, offices=TWO[:1])
        for said in ("how should i let her know", "lle dwi'n rhoi gwybod iddyn nhw"):
            (question,) = read(said, "nlu_fallback", thread=thread).questions
            assert question.kind is Kind.CONTACT_DWP


def test_what_is_wanted_no_more_in_welsh() -> None:
    assert read("na, paid â phoeni am y peth", "nlu_fallback").cancelled
    assert not read("pwy sy'n poeni am y peth", "nlu_fallback").cancelled


@pytest.mark.parametrize(
    ("said", "topics", "left"),
    [
        ("no not pension credit, the state pension", ("pension_credit", "state_pension"), ("state_pension",)),
        ("dla rather than pip", ("dla", "pip"), ("dla",)),
        ("why can i not get pip with esa", ("pip", "esa"), ("pip", "esa")),
        ("not pip", ("pip",), ("pip",)),
    ],
)
def test_a_benefit_that_is_not_meant(said: str, topics: tuple[str, ...], left: tuple[str, ...]) -> None:
    assert topics_wanted(Utterance(said, (), topics=topics)) == left


def test_what_was_asked_after_in_an_office_is_asked_of_the_next() -> None:
    asked = Question(Kind.OFFICE_FACILITIES, "ask_facilities", offices=TWO[:1], text="is there a lift")
    thread = replace(SPOKEN, kind=Kind.OFFICE_FACILITIES, asked=(asked,))
    place = PlaceMention(0, 7, "norwich", PlaceKind.OFFICE, "Norwich", ("norwich",))
    clauses = (Clause("inform", 1.0, "norwich", 0, 7), Clause("ask_office_contact", 0.05, "have they one", 9, 22))
    utterance = Utterance("norwich, have they one", clauses, places=(place,))
    (question,) = interpret(utterance, Context(NOW, "x", thread=thread)).questions
    assert (question.kind, "lift" in question.text) == (Kind.OFFICE_FACILITIES, True)
    (question,) = read("the other one", "inform", thread=thread).questions
    assert (question.offices, "lift" in question.text) == (TWO[1:], True)


@pytest.mark.parametrize("said", ["which one opens earliest", "which of them is open late"])
def test_which_one_asks_of_both(said: str) -> None:
    (question,) = read(said, "ask_hours", thread=SPOKEN).questions
    assert question.offices == TWO


@pytest.mark.parametrize("said", ["and what do they shut at", "when does it lock up"])
def test_what_they_close_at_is_hours(said: str) -> None:
    (question,) = read(said, "ask_closures", thread=SPOKEN).questions
    assert question.kind is Kind.OFFICE_HOURS


@pytest.mark.parametrize(
    ("said", "index"), [("second one til when", 1), ("ok first one's postcode", 0), ("any first ones open", None)]
)
def test_one_of_a_list_needs_no_article(said: str, index: int | None) -> None:
    assert pointed_at(said, TWO) == (None if index is None else TWO[index])


@pytest.mark.parametrize(
    ("said", "is_measured"),
    [
        ("is that near ossett", True),
        ("how far is it from ossett", True),
        ("how do we get there from ossett", True),
        ("is there one near ossett", False),
        ("is it the nearest to ossett", False),
        ("do i get a letter from ossett", False),
    ],
)
def test_a_place_that_the_way_is_measured_from_is_not_asked_about(said: str, is_measured: bool) -> None:
    at = said.index("ossett")
    place = PlaceMention(at, at + 6, "ossett", PlaceKind.PLACE, "Ossett")
    thread = replace(SPOKEN, kind=Kind.OFFICE_FIND, listed=())
    (question,) = read(said, "ask_office", thread=thread, places=(place,)).questions
    assert (question.offices == TWO[:1], question.places == (place,)) == (is_measured, not is_measured)


@pytest.mark.parametrize("said", ["til?", "and until", "tan?"])
def test_until_is_no_farewell(said: str) -> None:
    (question,) = read(said, "goodbye", thread=SPOKEN).questions
    assert question.kind is Kind.OFFICE_HOURS


def test_what_is_asked_of_another_case_is_of_the_same_matter() -> None:
    rule = Question(Kind.INDIVIDUAL_CASE, "ask_individual_case", text="can i claim if i work 10 hours")
    thread = Thread(asked=(rule,), subject=rule)
    assert [q.kind for q in read("how about 25", "inform", thread=thread).questions] == [Kind.INDIVIDUAL_CASE]


def test_who_only_tells_of_a_death_is_told_whom_to_tell() -> None:
    (question,) = read("my aunt died on sunday", "out_of_scope", topics=("bereavement",)).questions
    assert (question.kind, question.topics) == (Kind.CONTACT_DWP, ("bereavement",))
    found = read("my aunt died on sunday, is bury open", "out_of_scope", "ask_opening", topics=("bereavement",))
    assert Kind.CONTACT_DWP not in [question.kind for question in found.questions]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("can we do it face to face", Kind.OFFICE_FIND),
        ("prefer to come in person", Kind.OFFICE_FIND),
        ("can i see somebody in person", Kind.HANDOFF),
    ],
)
def test_in_person_is_at_an_office(said: str, kind: Kind) -> None:
    (question,) = read(said, "ask_for_person").questions
    assert question.kind is kind


def kinds_of(*parts: tuple[str, str, float], thread: Thread | None = None) -> list[Kind]:
    """The kinds that a message asks whose clauses (words, intent, confidence) stand one after the other."""
    text, clauses = "", []
    for words, intent, confidence in parts:
        start = len(text)
        text += words
        clauses.append(Clause(intent, confidence, words, start, len(text)))
        text += " "
    told = interpret(Utterance(text.rstrip(), tuple(clauses)), Context(NOW, "JCPinLeeds", thread=thread or Thread()))
    return [question.kind for question in told.questions]


def test_what_was_as_good_as_not_heard_is_no_question_beside_one() -> None:
    asked = ("which line is it", "ask_contact", 0.9)
    assert kinds_of(("the nurse told me to", "ask_other_service", 0.1), asked) == [Kind.CONTACT_DWP]
    assert Kind.OTHER_SERVICE in kinds_of(("the nurse told me to", "ask_other_service", 0.7), asked)
    alone = [Kind.OTHER_SERVICE]
    assert kinds_of(("the nurse told me to", "ask_other_service", 0.1)) == alone
    assert kinds_of(("the nurse told me to", "ask_other_service", 0.1), ("in plain words?", "ask_repeat", 0.9)) == alone


def test_what_is_heard_in_a_part_and_in_all_is_asked_once() -> None:
    text = "when is it open on the 3rd, is there a lift"
    parts = [("ask_opening", 0, 26), ("ask_hours", 0, 43), ("ask_facilities", 28, 43)]
    clauses = tuple(Clause(intent, 0.7, text[start:end], start, end) for intent, start, end in parts)
    told = interpret(Utterance(text, clauses), Context(NOW, "JCPinLeeds"))
    assert [question.kind for question in told.questions] == [Kind.OFFICE_OPEN, Kind.OFFICE_FACILITIES]


def test_a_move_told_before_a_question_asks_of_no_closure() -> None:
    move = ("moving up to perth in the spring", "ask_closures", 0.7)
    assert kinds_of(move, ("where is the office there?", "ask_office", 0.9)) == [Kind.OFFICE_FIND]
    assert kinds_of(("moving to perth, do i switch to that office", "ask_closures", 0.6)) == [Kind.INDIVIDUAL_CASE]


TIMES = {
    "is it six that they shut": Kind.OFFICE_HOURS,
    "so is it shut for six weeks": Kind.OFFICE_CLOSURES,
    "is it shut with the gales": Kind.OFFICE_OPEN,
    "is owt shut round here": Kind.OFFICE_CLOSURES,
    "oes jobcentre wedi cau ffordd hyn": Kind.OFFICE_CLOSURES,
}


@pytest.mark.parametrize(("said", "kind"), TIMES.items(), ids=TIMES)
def test_the_time_at_which_it_shuts_is_of_its_hours(said: str, kind: Kind) -> None:
    assert kinds_of((said, "ask_closures", 0.4)) == [kind]


BESIDE = {
    "who writes stands behind what they ask": (
        [("I write for the Argus.", "ask_press", 0.9), ("where do FOI requests go?", "ask_foi", 1.0)],
        [Kind.FOI, Kind.PRESS],
    ),
    "what we said is no question": (
        [
            ("dych chi wedi dweud ei bod hi ar agor", "ask_opening", 1.0),
            ("y drws ar glo", "report_wrong_information", 0.9),
        ],
        [Kind.WRONG_INFORMATION],
    ),
    "what stands there instead is no question": (
        [("it is not where you put it", "report_wrong_information", 0.9), ("a car park now", "ask_facilities", 0.9)],
        [Kind.WRONG_INFORMATION],
    ),
    "a job that they started is none that they seek": (
        [
            ("I started work at the bakery last night", "ask_jobs", 0.8),
            ("put it on my claim", "ask_individual_case", 0.9),
        ],
        [Kind.INDIVIDUAL_CASE],
    ),
    "work that they seek is asked for": (
        [("is there bakery work", "ask_jobs", 0.8), ("put it on my claim", "ask_individual_case", 0.9)],
        [Kind.JOBS, Kind.INDIVIDUAL_CASE],
    ),
    "what should be is an opinion": (
        [("should folk on JSA have to volunteer", "ask_benefit_info", 0.9), ("your view?", "ask_politics", 0.9)],
        [Kind.POLITICS],
    ),
    "an insult beside what is of no subject is heard": (
        [("what a shower you are", "insult", 0.9), ("I kept pigs once", "out_of_scope", 0.9)],
        [Kind.ABUSE],
    ),
    "an insult beside a question is let pass": (
        [("what a shower you are", "insult", 0.9), ("is there a lift", "ask_facilities", 0.9)],
        [Kind.OFFICE_FACILITIES],
    ),
    "hours of work are no hours of an office": (
        [("faint o oriau ga i weithio a chadw'r lwfans", "ask_hours", 0.9)],
        [Kind.BENEFIT_INFO],
    ),
    "hours of work are none of an office in the south either": (
        [("sawl orie alla i witho cyn colli'r arian", "ask_hours", 0.9)],
        [Kind.BENEFIT_INFO],
    ),
    "the nearest one is asked for, in Welsh too": (
        [("swyddfa agosa i Lanrug", "ask_office", 0.9), ("pryd mae'n agor", "ask_hours", 0.9)],
        [Kind.OFFICE_FIND, Kind.OFFICE_HOURS],
    ),
    "a number is asked for, however faintly heard": (
        [("the one in Hull", "inform", 1.0), ("what phone number", "ask_office_contact", 0.1)],
        [Kind.OFFICE_CONTACT],
    ),
    "praise is no wish for records": (
        [("the lass took notes about me and was kindness itself", "give_feedback", 0.95)],
        [Kind.FEEDBACK],
    ),
    "the line for who writes for a paper is the press's": (
        [("I do a column for the Gazette", "ask_press", 0.9), ("who should i phone?", "ask_contact", 0.7)],
        [Kind.PRESS],
    ),
    "a line that is named is told beside it": (
        [("I do a column for the Gazette", "ask_press", 0.9), ("the PIP number?", "ask_contact", 0.9)],
        [Kind.CONTACT_DWP, Kind.PRESS],
    ),
    "papers of the department are asked for under the Act": (
        [("can i see the minutes you keep on closing offices", "ask_office_contact", 0.6)],
        [Kind.FOI],
    ),
    "what cannot be heard leads up to the signer": (
        [("deaf so no calls", "ask_language", 0.9), ("can i have a signer", "ask_language", 0.5)],
        [Kind.LANGUAGE],
    ),
}


@pytest.mark.parametrize(("parts", "kinds"), BESIDE.values(), ids=BESIDE)
def test_what_is_told_beside_a_question_is_no_other(parts: list[tuple[str, str, float]], kinds: list[Kind]) -> None:
    assert kinds_of(*parts) == kinds


def test_thanks_in_a_part_are_no_praise_in_all() -> None:
    text = "you saved me there, the boss was raging"
    parts = [("thank", 0, 18), ("give_feedback", 0, 39), ("out_of_scope", 20, 39)]
    clauses = tuple(Clause(intent, 0.95 if intent == "thank" else 0.6, text[a:b], a, b) for intent, a, b in parts)
    told = interpret(Utterance(text, clauses), Context(NOW, "JCPinLeeds"))
    assert [question.kind for question in told.questions] == [Kind.THANKS]


NUMBERS = {
    "what's the hull number": Kind.OFFICE_CONTACT,
    "beth yw rhif ffôn hull": Kind.OFFICE_CONTACT,
    "who can i ring in hull about moving house next week": Kind.CONTACT_DWP,
}


@pytest.mark.parametrize(("said", "kind"), NUMBERS.items(), ids=NUMBERS)
def test_nothing_but_the_number_of_a_place_is_its_office_s(said: str, kind: Kind) -> None:
    at = said.index("hull")
    places = (PlaceMention(at, at + 4, "hull", PlaceKind.TOWN, "Hull", ("hull",)),)
    utterance = Utterance(said, (Clause("ask_contact", 0.6, said, 0, len(said)),), places=places)
    (question,) = interpret(utterance, Context(NOW, "JCPinLeeds")).questions
    assert question.kind is kind


def test_a_detail_named_beside_no_place_or_day_is_asked_for() -> None:
    assert kinds_of(("fine, and might i have its postcode", "inform", 0.5), thread=SPOKEN) == [Kind.OFFICE_FIND]


def test_why_at_the_end_asks_how_the_office_stands() -> None:
    thread = replace(SPOKEN, subject=Question(Kind.OFFICE_OPEN, ""))
    assert kinds_of(("crikey, how come", "ask_further", 0.5), thread=thread) == [Kind.OFFICE_OPEN]


def test_how_to_have_what_an_office_has_is_asked_of_the_office() -> None:
    thread = replace(SPOKEN, kind=Kind.OFFICE_FACILITIES, subject=Question(Kind.OFFICE_FACILITIES, ""))
    assert kinds_of(("how would we arrange that", "ask_further", 0.7), thread=thread) == [Kind.OFFICE_CONTACT]


def test_a_service_named_where_it_was_asked_for_is_the_answer() -> None:
    asked = Question(Kind.CONTACT_DWP, "ask_contact")
    thread = Thread(asked=(asked,), pending=Pending("topic", Kind.CONTACT_DWP, NOW))
    (question,) = read("for pip", "ask_benefit_info", thread=thread, topics=("pip",)).questions
    assert (question.kind, question.topics) == (Kind.CONTACT_DWP, ("pip",))
    (question,) = read("what is pip", "ask_benefit_info", thread=thread, topics=("pip",)).questions
    assert question.kind is Kind.BENEFIT_INFO


def test_a_day_known_already_is_only_said_to_ask_of_another() -> None:
    sunday, said = (
        When(NOW.date() + timedelta(days=(6 - NOW.weekday()) % 7)),
        "oh its a sunday silly me. the monday then",
    )
    thread = replace(SPOKEN, kind=Kind.OFFICE_OPEN, whens=(sunday,))
    (question,) = read(said, "inform", thread=thread, days=tuple(find_days(said, NOW))).questions
    assert [when.day.weekday() for when in question.whens] == [0]


GOES = {
    "on my way": True,
    "right i'll phone them now": True,
    "catching the tram there": True,
    "dw i am ffonio nhw nawr": True,
    "heading there tomorrow": False,
    "getting no money": False,
    "going there to do myself in": False,
    "off to die": False,
    "ringing them, which number": False,
}


@pytest.mark.parametrize(("said", "is_thanks"), GOES.items(), ids=GOES)
def test_who_goes_and_does_what_they_were_told_asks_nothing(said: str, is_thanks: bool) -> None:
    told = replace(SPOKEN, asked=(Question(Kind.OFFICE_FIND, "ask_office"),))
    days = tuple(find_days(said, NOW))
    kinds = [question.kind for question in read(said, "ask_office", thread=told, days=days).questions]
    assert (kinds == [Kind.THANKS]) is is_thanks
    danger = replace(told, subject=Question(Kind.CRISIS_LIFE, ""))
    for thread in (Thread(), danger):
        assert [q.kind for q in read(said, "ask_office", thread=thread, days=days).questions] != [Kind.THANKS]


def test_who_is_heard_to_be_at_risk_is_not_thanked_for_going() -> None:
    said, told = "on my way", replace(SPOKEN, asked=(Question(Kind.OFFICE_FIND, "ask_office"),))
    utterance = Utterance(said, (Clause("report_crisis_life", 0.9, said, 0, len(said)),))
    questions = interpret(utterance, Context(NOW, "JCPinLeeds", thread=told, risks=("life",))).questions
    assert Kind.THANKS not in [question.kind for question in questions]


def test_a_date_and_its_day_of_the_week_are_one_day() -> None:
    said = "open on 30 november? it's a monday"
    (day,) = days_wanted(Utterance(said, (), days=tuple(find_days(said, NOW))))
    assert day.first.day == 30
    said = "open on 30 november? or is a tuesday better"
    assert len(days_wanted(Utterance(said, (), days=tuple(find_days(said, NOW))))) == 2


def test_a_town_around_the_office_named_is_not_asked_about() -> None:
    town = PlaceMention(16, 20, "bath", PlaceKind.TOWN, "Bath", ("bath-a", "bath-b"))
    office = PlaceMention(28, 36, "mill row", PlaceKind.OFFICE, "Bath A", ("bath-a",))
    (question,) = read("where is the bath office on mill row", "ask_office", places=(town, office)).questions
    assert question.places == (office,)


def test_back_to_a_language_beside_a_question_only_asks_that() -> None:
    first, second = "back to english then.", "is there a lift"
    clauses = (Clause("ask_language", 0.9, first, 0, 21), Clause("ask_facilities", 0.9, second, 22, 37))
    told = interpret(Utterance(f"{first} {second}", clauses, language="en"), Context(NOW, "JCPinLeeds", thread=SPOKEN))
    assert [question.kind for question in told.questions] == [Kind.OFFICE_FACILITIES]


def test_praise_beside_what_is_nothing_of_ours_is_of_nobody_here() -> None:
    told = ("our band won the cup on sunday", "out_of_scope", 0.9)
    assert kinds_of(told, ("splendid they were", "give_feedback", 0.9)) == [Kind.OFF_TOPIC]
    assert Kind.FEEDBACK in kinds_of(told, ("and your staff were splendid", "give_feedback", 0.9))


FIRST_WORDS = {"about the other one then": Kind.UNCLEAR, "y llall ta": Kind.UNCLEAR, "the office": Kind.OFFICE_OPEN}


@pytest.mark.parametrize(("said", "kind"), FIRST_WORDS.items(), ids=FIRST_WORDS)
def test_the_other_of_nothing_is_asked_after(said: str, kind: Kind) -> None:
    assert kinds_of((said, "inform", 0.8)) == [kind]


def test_late_nights_and_a_long_wait_are_not_somebody_s_own_lateness_or_absence() -> None:
    assert kinds_of(("do they ever do late nights for workers", "ask_hours", 0.9)) == [Kind.OFFICE_HOURS]
    assert kinds_of(("will they be late for it", "ask_hours", 0.9)) == [Kind.INDIVIDUAL_CASE]
    assert kinds_of(("i cannot go on hold all week", "complain", 0.8)) == [Kind.COMPLAINT]
    assert kinds_of(("i cannot go on tuesday", "out_of_scope", 0.8)) == [Kind.CLOSURE_APPOINTMENT]


DOORS = {
    "has hull got its lights on": Kind.OFFICE_OPEN,
    "hull has its lights off": Kind.WRONG_INFORMATION,
    "is your page wrong about hull's doors": Kind.WRONG_INFORMATION,
}


@pytest.mark.parametrize(("said", "kind"), DOORS.items(), ids=DOORS)
def test_who_asks_after_the_doors_of_a_place_reports_nothing(said: str, kind: Kind) -> None:
    at = said.index("hull")
    places = (PlaceMention(at, at + 4, "hull", PlaceKind.TOWN, "Hull", ("hull",)),)
    utterance = Utterance(said, (Clause("report_wrong_information", 0.7, said, 0, len(said)),), places=places)
    (question,) = interpret(utterance, Context(NOW, "JCPinLeeds")).questions
    assert question.kind is kind
