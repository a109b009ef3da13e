"""Answers: real facts in a real store, the words found as the pipeline finds them, the intents given by the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.jobcentre.answer import Answer, kinds_of
from bot.jobcentre.calendar import LONDON, division_of, is_bank_holiday
from bot.jobcentre.clauses import split
from bot.jobcentre.closure import Cause, Effect
from bot.jobcentre.conversation import Language
from bot.jobcentre.crisis import find_risks
from bot.jobcentre.dates import find_days, find_impossible
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.hours import Certainty
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Nation, OfficeStatus
from bot.jobcentre.question import Clause, Context, Pending, Thread, Utterance, When
from bot.jobcentre.topics import find_topics
from bot.jobcentre.wording import load_responses, render
from bot.services import offices, samples
from bot.services.answers import answer
from bot.services.desk import Desk
from bot.services.knowledge import Knowledge
from bot.settings import PROJECT
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import LEEDS, NOW, make_closure, make_hours, make_period, make_scope, make_staff_day, make_watch

RESPONSES = load_responses(yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8")))
OPENING, HOURS, CLOSURES, FIND = "ask_opening", "ask_hours", "ask_closures", "ask_office"
LEEDS_BOTH = ["leeds-park-place", "leeds-southern-house"]
BRADFORD = ["bradford-eastbrook-court", "bradford-westfield-house"]
Setting = Callable[[UnitOfWork], object]


@dataclass(frozen=True)
class Told:
    """What one reply says."""

    answers: tuple[Answer, ...]
    text: str

    @property
    def responses(self) -> list[str]:
        return [a.response.removeprefix("utter_") for a in self.answers if a.response != "utter_intro"]

    @property
    def kinds(self) -> list[str]:
        return [kind.value for kind in kinds_of(self.answers)]

    @property
    def offices(self) -> list[str]:
        return list(dict.fromkeys(office for a in self.answers for office in a.offices))

    @property
    def states(self) -> set[str]:
        return {a.opening.value for a in self.answers if a.opening}

    @property
    def asks(self) -> str | None:
        return next((a.asks.value for a in self.answers if a.asks), None)

    @property
    def handoffs(self) -> list[HandoffReason]:
        return [a.handoff for a in self.answers if a.handoff]


@dataclass
class Talk:
    """One conversation. Words go through the gazetteer, the day extractor and the crisis check; intents are given."""

    store: Store
    account: str = "JCPinLeeds"
    language: str = "en"
    now: datetime = NOW
    thread: Thread = field(default_factory=Thread)

    def put(self, *settings: Setting) -> Talk:
        with self.store.unit_of_work() as work:
            for setting in settings:
                setting(work)
        return self

    def ask(self, text: str, *intents: str, **told: Any) -> Told:
        knowledge = Knowledge(self.store)
        account = knowledge.account(self.account)
        context = Context(
            self.now,
            account.handle if account else "",
            account.offices if account else (),
            account.nation if account else Nation.ENGLAND,
            self.language,
            self.thread,
            tuple(risk.value for risk in find_risks(text)),
            **told,
        )
        asked = self.thread.pending.asks if self.thread.pending else None
        places = tuple(knowledge.gazetteer().find(text, ours=context.ours, expecting=asked == "office"))
        nation = next((place.nation for place in places if place.nation), context.nation)
        holiday = division_of(nation)
        days = find_days(text, self.now, lambda day: is_bank_holiday(day, holiday), expecting=asked == "day")
        spans = split(text, [(p.start, p.end) for p in places]) if len(intents) > 1 else [(0, len(text))]
        assert len(spans) == len(intents)
        clauses = [Clause(i, 0.9, text[a:b], a, b) for i, (a, b) in zip(intents, spans, strict=True)]
        utterance = Utterance(
            text,
            tuple(clauses),
            places,
            tuple(days),
            tuple(find_topics(text)),
            self.language,
            tuple(find_impossible(text, self.now)),
        )
        with self.store.unit_of_work(write=False) as work:
            reply = answer(Desk(work, knowledge.gazetteer(), context), utterance)
        self.thread = reply.thread
        return Told(reply.answers, render(RESPONSES, reply.answers, Language(self.language)))


@pytest.fixture(scope="module")
def sample(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("answers") / "sample.db"
    shutil.copy(sqlite_template, file)
    store = Store(f"sqlite:///{file}")
    with store.unit_of_work() as work:
        samples.load(work, PROJECT / "data" / "sample", at=NOW)
    store.close()
    return file


@pytest.fixture
def talk(sample: Path, tmp_path: Path) -> Iterator[Talk]:
    store = Store(f"sqlite:///{shutil.copy(sample, tmp_path / 'answers.db')}")
    yield Talk(store)
    store.close()


# Settings


def closed(*offices: str, **fields: Any) -> Setting:
    """A closure, published."""
    fields = {"period": make_period(at(20), at(21)), **fields}
    return lambda work: work.closures.add(make_closure(*offices, **fields), by="Ann")


def watched(*offices: str, **fields: Any) -> Setting:
    return lambda work: work.closures.add_watch(make_watch(*offices, **fields), by="Ann")


def hours(text: str, *offices: str, certainty: Certainty = Certainty.CONFIRMED) -> Setting:
    return lambda work: work.offices.set_hours(
        offices or (LEEDS,), make_hours(text, certainty=certainty), by="Ann", at=NOW
    )


def status(value: OfficeStatus, office: str = LEEDS, instead: str | None = None) -> Setting:
    return lambda work: work.offices.set_status(office, value, instead)


def phone(number: str, office: str = LEEDS) -> Setting:
    return lambda work: work.offices.put([replace(work.offices.get(office), phone=number)])


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


SURE = hours("Mo-Fr 09:00-17:00")
IS_IT = "is leeds park place open"

# What is put in · the question · when it is asked · the responses · the state · words that must be there, or must not

TABLE: dict[str, tuple[list[Setting], str, datetime, list[str], str, list[str], list[str]]] = {
    "usual": ([], IS_IT, NOW, ["office_open_usual"], "open", ["usually open now", "9am to 5pm", "10:30am"], []),
    "confirmed": ([SURE], IS_IT, NOW, ["office_open"], "open", ["due to be open", "9am to 5pm"], ["usually"]),
    "checked today": (
        [SURE, lambda work: work.offices.confirm([LEEDS], at=NOW - timedelta(hours=2), by="Ann")],
        IS_IT,
        NOW,
        ["office_open_confirmed"],
        "open",
        ["8:30am"],
        ["usually"],
    ),
    "the last minute": ([SURE], IS_IT, at(20, 16, 59), ["office_open"], "open", [], []),
    "at closing": (
        [SURE],
        IS_IT,
        at(20, 17),
        ["office_closed_hours", "office_next_open"],
        "closed",
        ["9am on Monday 23 November"],
        [],
    ),
    "before opening": (
        [SURE],
        IS_IT,
        at(20, 8, 59),
        ["office_closed_hours", "office_next_open"],
        "closed",
        ["9am"],
        [],
    ),
    "the weekend": (
        [SURE],
        IS_IT + " on saturday",
        NOW,
        ["office_closed_day", "office_next_open"],
        "closed",
        ["tomorrow"],
        [],
    ),
    "boxing day": (
        [SURE],
        IS_IT + " on boxing day",
        NOW,
        ["office_closed_holiday", "office_next_unknown"],
        "closed",
        ["Boxing Day", "do not know yet about Tuesday 29 December"],
        [],
    ),
    "christmas eve": (
        [SURE],
        IS_IT + " on christmas eve",
        NOW,
        ["office_closing_unsaid"],
        "open",
        ["9am", "do not know yet what time"],
        ["5pm"],
    ),
    "29 december": (
        [SURE],
        IS_IT + " on 29 december",
        NOW,
        ["office_unknown_holiday"],
        "unknown",
        ["do not know"],
        ["is due to be open"],
    ),
    "29 december said": (
        [SURE, lambda work: work.offices.add_staff_day(make_staff_day(), by="Ann")],
        IS_IT + " on 29 december",
        NOW,
        ["office_closed_holiday", "office_next_open"],
        "closed",
        [],
        [],
    ),
    "flood": ([SURE, closed()], IS_IT, NOW, ["office_closed_cause"], "closed", ["because of flooding"], []),
    "a private cause": (
        [SURE, closed(cause=Cause.POLICE)],
        IS_IT,
        NOW,
        ["office_closed_no_cause"],
        "closed",
        [],
        ["police", "because"],
    ),
    "over": ([SURE, closed(period=make_period(at(19), at(20)))], IS_IT, NOW, ["office_open"], "open", [], ["flood"]),
    "without an end": (
        [SURE, closed(period=make_period(at(20), None), review_by=at(21))],
        IS_IT,
        NOW,
        ["office_closed_cause", "office_until_unknown"],
        "closed",
        ["do not know when this will end"],
        [],
    ),
    "withdrawn": (
        [SURE, lambda work: work.closures.withdraw(closed()(work), by="Ann", at=NOW)],  # type: ignore[arg-type]
        IS_IT,
        NOW,
        ["office_open"],
        "open",
        [],
        [],
    ),
    "late opening": (
        [SURE, closed(effect=Effect.LATE_OPENING, opens_at=660)],
        IS_IT,
        NOW,
        ["office_cut_closed_cause", "office_next_open"],
        "closed",
        ["11am to 5pm"],
        [],
    ),
    "early closing": (
        [SURE, closed(effect=Effect.EARLY_CLOSING, closes_at=900)],
        IS_IT,
        NOW,
        ["office_cut_cause"],
        "open",
        ["9am to 3pm"],
        [],
    ),
    "phone only": (
        [SURE, phone("0800 169 0190"), closed(effect=Effect.PHONE_ONLY)],
        IS_IT,
        NOW,
        ["office_phone_only_cause", "office_phone", "office_until"],
        "limited",
        ["0800 169 0190", "Do not travel"],
        [],
    ),
    "appointments only": (
        [SURE, closed(effect=Effect.APPOINTMENTS_ONLY)],
        IS_IT,
        NOW,
        ["office_appointments_only_cause", "office_until"],
        "limited",
        ["only for people with an appointment"],
        [],
    ),
    "urgent only": (
        [SURE, closed(effect=Effect.URGENT_ONLY)],
        IS_IT,
        NOW,
        ["office_urgent_only_cause", "office_until"],
        "limited",
        ["urgent help only"],
        [],
    ),
    "hard to get in": (
        [SURE, closed(effect=Effect.ACCESS_PROBLEM, cause=Cause.MAINTENANCE)],
        IS_IT,
        NOW,
        ["office_open", "office_access_cause"],
        "open",
        ["harder than usual"],
        [],
    ),
    "watched": (
        [SURE, watched()],
        IS_IT,
        NOW,
        ["office_unknown_watch"],
        "unknown",
        ["do not know yet", "before you travel"],
        ["due to be open"],
    ),
    "watched and confirmed": (
        [
            SURE,
            lambda work: work.closures.confirm(
                watched()(work),  # type: ignore[arg-type]
                [LEEDS],
                at=NOW,
                by="Ann",
            ),
        ],
        IS_IT,
        NOW,
        ["office_open_confirmed"],
        "open",
        ["Staff confirmed"],
        [],
    ),
    "watched and shut": (
        [SURE, watched(), closed()],
        IS_IT,
        NOW,
        ["office_closed_cause"],
        "closed",
        [],
        ["do not know yet if"],
    ),
    "no hours": (
        [],
        "is aberystwyth open",
        NOW,
        ["office_unknown_hours", "find_out"],
        "unknown",
        ["do not have opening hours", "https://"],
        ["9am"],
    ),
    "address unsure": (
        [],
        "is openshaw open",
        NOW,
        ["office_unknown_address", "find_out"],
        "unknown",
        ["not sure"],
        ["9am", "usually"],
    ),
    "gone, with another": (
        [],
        "is leeds eastgate open",
        NOW,
        ["office_shut_for_good", "office_go_instead"],
        "closed",
        ["closed for good", "21-22 Park Place"],
        [],
    ),
    "gone, without another": (
        [status(OfficeStatus.CLOSED)],
        IS_IT,
        NOW,
        ["office_shut_for_good", "office_go_instead_unknown"],
        "closed",
        ["https://"],
        ["9am"],
    ),
}


@pytest.mark.parametrize(
    ("settings", "question", "now", "responses", "state", "said", "unsaid"), TABLE.values(), ids=TABLE
)
def test_one_office(
    talk: Talk,
    settings: list[Setting],
    question: str,
    now: datetime,
    responses: list[str],
    state: str,
    said: list[str],
    unsaid: list[str],
) -> None:
    talk.now = now
    told = talk.put(*settings).ask(question, OPENING)
    assert told.responses[: len(responses)] == responses
    assert (told.states, told.kinds) == ({state}, ["office_open"])
    assert [words for words in said if words not in told.text] == []
    assert [words for words in unsaid if words in told.text.split("This is an automated")[0]] == []


def test_a_message_of_staff_is_said_in_its_own_language_alone(talk: Talk) -> None:
    talk.put(SURE, closed(message="Use the side door on Monday."))
    assert "Use the side door" in talk.ask(IS_IT, OPENING).text
    talk.language = "cy"
    welsh = talk.ask("ydy leeds park place ar agor", OPENING)
    assert "side door" not in welsh.text
    assert "ar gau" in welsh.text


@pytest.mark.parametrize(
    ("question", "day", "state", "title"),
    [
        ("is dundee open on st andrews day", "30 November", "unknown", "St Andrew"),
        ("is dundee open on 2 january", "2 January", "closed", None),
        ("is leeds park place open on 30 november", "30 November", "open", None),
        ("is caernarfon open on 25 december", "25 December", "closed", "Christmas"),
    ],
)
def test_each_nation_keeps_its_own_holidays(talk: Talk, question: str, day: str, state: str, title: str | None) -> None:
    told = talk.put(hours("Mo-Sa 09:00-17:00", LEEDS, "dundee-wellgate", "caernarfon")).ask(question, OPENING)
    assert told.states == {state}
    assert day in told.text
    assert title is None or title in told.text


# Several offices


def test_a_town_whose_offices_stand_alike_is_told_in_one_breath(talk: Talk) -> None:
    told = talk.ask("is leeds open", OPENING)
    assert (told.offices, told.states, told.asks) == (LEEDS_BOTH, {"open"}, None)
    assert told.text.startswith("Both offices in Leeds")


def test_offices_that_stand_alike_are_told_together_and_the_one_that_differs_by_name(talk: Talk) -> None:
    talk.account = "JCPinManchester"
    told = talk.put(status(OfficeStatus.OPEN, "openshaw"), closed("rusholme")).ask("are you open", OPENING)
    assert (len(told.offices), told.states) == (4, {"open", "closed"})
    assert told.text.startswith("Cheetham Hill, Didsbury and Openshaw")
    assert "Rusholme Jobcentre is closed now because of flooding" in told.text


def test_several_towns_in_one_question(talk: Talk) -> None:
    told = talk.ask("are wakefield and huddersfield open", OPENING)
    assert told.offices == ["wakefield", "huddersfield"]


def test_a_few_days_are_told_one_by_one(talk: Talk) -> None:
    told = talk.put(SURE).ask("is leeds park place open monday to wednesday", OPENING)
    assert [a.at.date().day for a in told.answers if a.at] == [23, 24, 25]


def test_my_jobcentre_is_the_accounts(talk: Talk) -> None:
    assert talk.ask("are you open today", OPENING).offices == LEEDS_BOTH
    talk.thread = Thread()
    talk.account = ""
    assert talk.ask("are you open today", OPENING).asks == "office"


# A question that goes on


def test_a_choice_is_made_by_number_by_order_or_by_name(talk: Talk) -> None:
    for chosen, office in (("2", 1), ("the second one", 1), ("first", 0), ("westfield", 1), ("the other one", 1)):
        talk.thread = Thread()
        _asked_which(talk)
        told = talk.ask(chosen, "inform")
        assert (told.offices, told.kinds) == ([BRADFORD[office]], ["office_open"]), chosen
        assert talk.thread.pending is None


def _asked_which(talk: Talk) -> None:
    """As after "which of these two?", with a day in mind."""
    when = When((NOW + timedelta(days=3)).date())
    pending = Pending("office", Kind.OFFICE_OPEN, NOW, tuple(BRADFORD), (when,))
    talk.thread = Thread(pending=pending)


def test_the_day_asked_about_is_kept_through_the_choice(talk: Talk) -> None:
    _asked_which(talk)
    assert "Monday 23 November" in talk.ask("2", "inform").text


def test_never_mind_drops_the_question(talk: Talk) -> None:
    _asked_which(talk)
    told = talk.ask("never mind", "cancel")
    assert (told.responses, told.kinds, told.offices) == (["ok"], ["office_open"], [])
    assert talk.thread.pending is None


def test_an_old_choice_answers_nothing(talk: Talk) -> None:
    _asked_which(talk)
    talk.now = NOW + timedelta(hours=13)
    assert talk.ask("2", "nlu_fallback").kinds == ["unclear"]


def test_another_question_wins_over_the_one_that_waits(talk: Talk) -> None:
    _asked_which(talk)
    assert talk.ask("where is wakefield jobcentre located please", FIND).offices == ["wakefield"]


def test_a_day_and_a_place_go_on_with_what_was_asked(talk: Talk) -> None:
    talk.put(SURE).ask(IS_IT, OPENING)
    monday = talk.ask("and on monday?", "inform")
    assert (monday.offices, "Monday 23 November" in monday.text) == ([LEEDS], True)
    bradford = talk.ask("what about bradford", "inform")
    assert (bradford.offices, "Monday 23 November" in bradford.text) == (BRADFORD, True)
    assert talk.ask("and the hours?", HOURS).offices == BRADFORD


def test_an_impossible_day_is_asked_again_and_the_office_is_kept(talk: Talk) -> None:
    told = talk.ask("is wakefield open on 31 november", OPENING)
    assert (told.asks, told.offices) == ("day", [])
    assert talk.ask("the 30th", "inform").offices == ["wakefield"]


# Hours, closures, places


def test_weekly_hours_and_what_differs_soon(talk: Talk) -> None:
    talk.now = at(18, 10, month=12)
    told = talk.put(SURE, closed(period=make_period(at(21, month=12), at(22, month=12)))).ask(
        "leeds park place hours", HOURS
    )
    assert told.kinds == ["office_hours"]
    assert told.responses[0] == "office_week"
    for words in ("9am to 5pm", "21 December", "Christmas"):
        assert words in told.text


def test_closures_somewhere_and_none(talk: Talk) -> None:
    none = talk.ask("any closures in leeds", CLOSURES)
    assert (none.kinds, none.states) == (["office_closures"], {"open"})
    assert "No closure reported at 10:30am" in none.text
    some = talk.put(closed("leeds-southern-house")).ask("any closures in leeds", CLOSURES)
    assert some.offices[0] == "leeds-southern-house"
    assert "flooding" in some.text
    everywhere = talk.ask("what is shut today anywhere in england", CLOSURES)
    assert "leeds-southern-house" in everywhere.offices


def test_nearest_to_a_postcode_with_distances(talk: Talk) -> None:
    told = talk.ask("nearest jobcentre to LS6 3", FIND)
    assert told.kinds == ["office_find"]
    assert told.offices[0] == LEEDS
    assert "miles" in told.text


def test_a_postcode_that_is_not_held_is_said_not_to_be(talk: Talk) -> None:
    told = talk.ask("nearest jobcentre to AB99 1AA", FIND)
    assert (told.responses, told.offices) == (["postcode_unknown"], [])
    assert "AB99" in told.text


@pytest.mark.parametrize(
    "words", ["is belfast jobcentre open", "nearest jobcentre to BT1 1", "where is the derry office"]
)
def test_northern_ireland_has_its_own_service(talk: Talk, words: str) -> None:
    told = talk.ask(words, FIND if "open" not in words else OPENING)
    assert (told.kinds, told.offices, told.states) == (["other_service"], [], set())
    assert "nidirect" in told.text


def test_a_list_of_a_town_and_one_address(talk: Talk) -> None:
    assert talk.ask("where are the jobcentres in leeds", FIND).offices == LEEDS_BOTH
    assert "Crowther House" in talk.ask("where is wakefield jobcentre", FIND).text


def test_an_appointment_at_a_shut_office(talk: Talk) -> None:
    told = talk.put(closed()).ask(
        "i have an appointment at leeds park place at 11 do i still come", "ask_closure_appointment"
    )
    assert (told.kinds, told.states) == (["closure_appointment"], {"closed"})
    assert "journal" in told.text
    for promise in ("sanction", "will be paid", "will not lose"):
        assert promise not in told.text.casefold()


# DWP and people


@pytest.mark.parametrize(
    ("words", "topic", "number", "account"),
    [
        ("number for universal credit", "universal_credit", "0800 328 5644", "JCPinLeeds"),
        ("phone number for pension credit", "pension_credit", "0800 99 1234", "JCPinLeeds"),
        ("how do i ring about maternity allowance", "maternity_allowance", "0800 169 0283", "JCPinLeeds"),
        ("winter fuel number", "winter_fuel", "0800 182 2222", "JCPinDundee"),
    ],
)
def test_the_line_for_a_topic_and_nation(talk: Talk, words: str, topic: str, number: str, account: str) -> None:
    talk.account = account
    told = talk.ask(words, "ask_contact")
    assert ([t for a in told.answers for t in a.topics], told.kinds) == ([topic], ["contact_dwp"])
    assert number in told.text


def test_hours_of_a_line_are_not_known_over_christmas(talk: Talk) -> None:
    talk.now = at(28, 10, month=12)
    told = talk.ask("number for universal credit", "ask_contact")
    assert "contact_bank_holiday" in told.responses


def test_without_a_topic_the_service_is_asked_for(talk: Talk) -> None:
    assert talk.ask("what is the phone number", "ask_contact").asks == "topic"
    told = talk.ask("pension credit", "inform")
    assert (told.kinds, "0800 99 1234" in told.text) == (["contact_dwp"], True)


def test_a_contact_that_may_not_be_said_is_not(talk: Talk) -> None:
    told = talk.ask("number to report benefit fraud", "ask_contact")
    assert "0800 854 440" not in told.text
    assert "https://www.gov.uk/report-benefit-fraud" in told.text


def test_a_freedom_of_information_route_and_a_request(talk: Talk) -> None:
    route = talk.ask("how do i make an foi request", "ask_foi")
    assert (route.kinds, route.handoffs) == (["foi"], [])
    assert "freedom-of-information-request@dwp.gov.uk" in route.text
    request = talk.ask("Under the Freedom of Information Act please send me the number of staff", "ask_foi")
    assert request.handoffs == [HandoffReason.FOI_REQUEST]


def test_a_claim_alone_and_beside_a_routine_question(talk: Talk) -> None:
    alone = talk.ask("when will i be paid", "ask_individual_case")
    assert alone.kinds == ["individual_case"]
    beside = talk.ask("when will i be paid? is wakefield open", "ask_individual_case", OPENING)
    assert (beside.kinds, beside.responses[-1]) == (["office_open", "individual_case"], "individual_case_beside")


CRISES = {
    "life": ("i want to kill myself", "crisis_life", ["999", "116 123"]),
    "abuse": ("my partner beats me up", "crisis_abuse", ["999"]),
    "hardship": ("we have no food and no money for the kids", "crisis_hardship", []),
}


@pytest.mark.parametrize(("words", "kind", "said"), CRISES.values(), ids=CRISES)
@pytest.mark.parametrize("account", ["JCPinLeeds", "JCPinDundee", "JCPinGwynedd", ""], ids=["e", "s", "w", "none"])
@pytest.mark.parametrize("now", [NOW, at(21, 23)], ids=["day", "night"])
def test_help_comes_first_by_nation_and_hour(
    talk: Talk, words: str, kind: str, said: list[str], account: str, now: datetime
) -> None:
    talk.account, talk.now = account, now
    told = talk.ask(words, "nlu_fallback")
    assert (told.kinds, told.handoffs) == ([kind], [HandoffReason.CRISIS])
    assert ("crisis_nobody_reading" in told.responses) == (now != NOW)
    own = {"JCPinLeeds": "England", "JCPinDundee": "Scotland", "JCPinGwynedd": "Wales"}
    for handle, nation in own.items():
        assert (nation in told.text) == (account in (handle, "")), nation
    assert [words for words in said if words not in told.text] == []
    assert "automated" not in told.text


def test_the_first_words_about_abuse_tell_nothing_on_a_lock_screen(talk: Talk) -> None:
    first = talk.ask("my partner beats me up", "nlu_fallback").text[:40]
    assert first.startswith("Thank you for your message")


def test_a_routine_question_in_a_crisis_is_answered_after_the_help(talk: Talk) -> None:
    told = talk.ask("i want to kill myself. is wakefield open", "nlu_fallback", OPENING)
    assert told.kinds == ["crisis_life", "office_open"]
    assert told.text.index("999") < told.text.index("Wakefield")


def test_a_threat_gets_no_times_or_places(talk: Talk) -> None:
    told = talk.ask("i will come and hurt you all. is wakefield open", "insult", OPENING)
    assert (told.kinds, told.offices, told.handoffs) == (["abuse"], [], [HandoffReason.THREAT])
    later = talk.ask("is wakefield open", OPENING, is_threat_open=True)
    assert (later.offices, later.states) == ([], set())


@pytest.mark.parametrize(
    ("now", "account", "said"),
    [
        (NOW, "JCPinLeeds", "9am to 5pm"),
        (at(20, 17), "JCPinLeeds", "9am on Monday 23 November"),
        (at(24, 17, month=12), "JCPinLeeds", "December"),
        (at(30, 10), "JCPinDundee", "9am tomorrow"),
        (at(30, 10), "JCPinLeeds", "9am to 5pm"),
    ],
    ids=["now", "after hours", "christmas", "st andrews day", "not ours"],
)
def test_a_handoff_says_when_people_answer(talk: Talk, now: datetime, account: str, said: str) -> None:
    talk.now, talk.account = now, account
    told = talk.ask("can i speak to a person", "ask_for_person")
    assert told.handoffs == [HandoffReason.ASKED]
    assert said in told.text


def test_a_handoff_about_a_claim_is_told_first_and_queues_only_if_still_wanted(talk: Talk) -> None:
    told = talk.ask("i want to talk to a person about my payment", "ask_for_person")
    assert (told.handoffs, told.asks) == ([], "confirm")
    assert "cannot discuss" in told.text
    assert talk.ask("yes", "affirm").handoffs == [HandoffReason.ASKED]


def test_no_ends_it(talk: Talk) -> None:
    talk.ask("i want to talk to a person about my payment", "ask_for_person")
    told = talk.ask("no", "deny")
    assert (told.handoffs, told.responses) == ([], ["ok"])


def test_a_scope_wider_than_an_office_reaches_it(talk: Talk) -> None:
    for scope in (
        make_scope(districts=["West Yorkshire"]),
        make_scope(nations=[Nation.ENGLAND]),
        make_scope(accounts=["JCPinLeeds"]),
        make_scope(everywhere=True),
    ):
        with talk.store.unit_of_work() as work:
            kept = work.closures.add(make_closure(scope=scope, period=make_period(at(20), at(21))), by="Ann")
        assert talk.ask(IS_IT, OPENING).states == {"closed"}
        with talk.store.unit_of_work() as work:
            work.closures.withdraw(kept, by="Ann", at=NOW)
    talk.put(closed(scope=make_scope(everywhere=True, excluding=[LEEDS])))
    assert talk.ask(IS_IT, OPENING).states == {"open"}
    assert talk.ask("is wakefield open", OPENING).states == {"closed"}


def test_an_office_confirmed_alone_is_still_told_with_its_neighbour(talk: Talk) -> None:
    """What one sentence can say of both is said of both: when one was last confirmed does not divide them."""
    with talk.store.unit_of_work() as work:
        offices.confirm(work, [LEEDS], by="Bo", at=NOW - timedelta(days=3))
    told = talk.ask("are both leeds offices open on saturday", "ask_opening")
    assert told.responses.count("office_closed_day_usual") == 1


# Carrying on


def test_the_same_again_is_told_as_things_now_stand(talk: Talk) -> None:
    assert talk.ask("is leeds park place open", OPENING).states == {"open"}
    talk.put(closed(LEEDS, cause=Cause.FLOOD))
    again = talk.ask("sorry?", "ask_repeat")
    assert (again.offices, again.states) == ([LEEDS], {"closed"})
    assert "intro" not in again.responses


def test_a_crisis_said_again_is_no_less_and_alarms_nobody_twice(talk: Talk) -> None:
    first = talk.ask("i want to kill myself", "report_crisis_life")
    again = talk.ask("what?", "ask_repeat")
    assert again.text == first.text
    assert (first.handoffs, again.handoffs) == ([HandoffReason.CRISIS], [])


def test_a_repeat_counts_as_no_failure_and_keeps_the_question_of_ours(talk: Talk) -> None:
    talk = replace(talk, account="JCPNobody")
    talk.ask("is it open on friday", OPENING)
    assert talk.ask("eh?", "ask_repeat").asks == "office"
    assert talk.thread.misses == 0
    assert talk.thread.pending is not None
    assert talk.ask("bradford eastbrook court", "inform").offices == BRADFORD[:1]


@pytest.mark.parametrize(("asides", "is_kept"), [(1, True), (2, True), (3, False)])
def test_a_question_of_ours_survives_some_other_things(talk: Talk, asides: int, is_kept: bool) -> None:
    talk = replace(talk, account="JCPNobody")
    talk.ask("is it open on friday", OPENING)
    for _ in range(asides):
        talk.ask("are you a robot", "ask_about_assistant")
    assert (talk.thread.pending is not None) is is_kept


def test_an_offer_of_a_person_stands_only_until_something_else_is_said(talk: Talk) -> None:
    for _ in range(2):
        talk.ask("qwzx", "nlu_fallback")
    talk.ask("are you a robot", "ask_about_assistant")
    assert talk.ask("yes", "affirm").handoffs == []


@pytest.mark.parametrize(
    ("words", "intent", "kind"),
    [("thanks", "thank", "thanks"), ("never mind", "cancel", "crisis_abuse"), ("ok", "affirm", "crisis_abuse")],
)
def test_small_talk_after_a_crisis_is_never_brushed_off(talk: Talk, words: str, intent: str, kind: str) -> None:
    talk.ask("my husband hits me", "report_crisis_abuse")
    said = talk.ask(words, intent, is_crisis_open=True)
    assert (said.responses, said.kinds, said.handoffs) == (["crisis_still"], [kind], [])


def test_which_office_is_asked_again_with_what_helps(talk: Talk) -> None:
    talk = replace(talk, account="JCPNobody")
    talk.ask("is it open on friday", OPENING)
    assert talk.ask("no idea", "nlu_fallback").responses == ["which_office_help"]
    assert talk.ask("the tall one", "nlu_fallback").responses == ["which_office_unsure", "which_office"]
    offered = talk.ask("the tall building", "nlu_fallback")
    assert (offered.responses, offered.asks) == (["unclear_again"], "confirm")
    assert talk.ask("yes", "affirm").handoffs == [HandoffReason.NOT_UNDERSTOOD]


def test_numbers_count_only_for_names_that_were_shown(talk: Talk) -> None:
    talk.ask("is bradford open", OPENING)
    asked = talk.ask("2", "nlu_fallback")
    assert (asked.asks, asked.offices) == ("office", BRADFORD)
    assert talk.ask("2", "nlu_fallback").offices == BRADFORD[1:]
    assert talk.ask("the other one", "inform").offices == BRADFORD[:1]
    assert talk.ask("both", "inform").offices == BRADFORD


def test_words_that_held_personal_data_are_not_remembered(talk: Talk) -> None:
    talk.ask("is leeds park place open", OPENING, redacted=("national_insurance_number",))
    assert talk.thread.asked == ()


def test_a_welsh_wish_is_answered_in_welsh_and_the_answer_given_again(talk: Talk) -> None:
    talk.ask("is leeds park place open", OPENING)
    said = talk.ask("in welsh please", "ask_language")
    assert said.kinds == ["language", "office_open"]
    assert said.offices == [LEEDS]


# What goes on


def test_the_day_spoken_of_outlasts_a_question_of_the_place_alone(talk: Talk) -> None:
    talk.ask("is wakefield open tomorrow", "ask_opening")
    talk.ask("is there wifi", "ask_facilities")
    told = talk.ask("would they be open at 4", "ask_opening")
    assert told.answers[0].at == NOW.replace(hour=16, minute=0) + timedelta(days=1)


def test_the_day_told_beside_a_place_is_remembered(talk: Talk) -> None:
    talk.ask("where is wakefield, we go there on monday", "ask_office")
    assert talk.ask("do they open before 10", "ask_opening").answers[0].at.date() == NOW.date() + timedelta(days=3)


def test_other_offices_near_the_one_spoken_of_are_told_with_their_state(talk: Talk) -> None:
    talk.ask("is wakefield open tomorrow", "ask_opening")
    told = talk.ask("where else could i go", "ask_office")
    assert told.kinds == ["office_find", "office_open"]
    assert len(told.offices) == 3
    assert "wakefield" not in told.offices
    assert talk.thread.whens[0].day == NOW.date() + timedelta(days=1)


def test_after_the_line_for_an_appointment_the_talk_goes_on_with_the_office(talk: Talk) -> None:
    talk.ask("i have an appointment at wakefield at 3, the trains are off", "ask_closure_appointment")
    assert talk.ask("who should i phone to explain", "ask_contact").kinds == ["contact_dwp"]
    told = talk.ask("and on monday?", "inform")
    assert (told.kinds, told.offices) == (["office_open"], ["wakefield"])


def test_after_an_office_that_is_gone_the_talk_goes_on_with_the_one_in_its_place(talk: Talk) -> None:
    talk.ask("is leeds eastgate still there", "ask_closures")
    assert talk.ask("when does it open", "ask_hours").offices == ["leeds-park-place"]


def test_where_somebody_at_risk_is_tells_whose_lines_help(talk: Talk) -> None:
    talk.ask("my partner hits me and i am scared to go home", "report_crisis_abuse")
    told = talk.ask("im in swansea", "ask_office", is_crisis_open=True)
    assert "0808 80 10 800" in told.text
    assert not told.handoffs
    assert talk.thread.nation is Nation.WALES


def test_who_waits_for_a_person_is_told_when_people_answer(talk: Talk) -> None:
    talk.ask("can i talk to a person", "ask_for_person")
    told = talk.ask("how long is the wait", "ask_hours", is_in_queue=True)
    assert told.kinds == ["handoff"]
    assert "Monday to Friday" in told.text


def test_the_other_of_two_offices_that_are_called_alike(talk: Talk) -> None:
    talk = replace(talk, account="JCPNobody")
    talk.ask("is bradford westfield house open on monday", OPENING)
    told = talk.ask("what about the other one", "inform")
    assert (told.kinds, told.offices) == (["office_open"], BRADFORD[:1])
    assert talk.ask("and westfield?", "inform").offices == BRADFORD[1:]


def test_an_area_tells_which_of_the_offices_named_is_meant(talk: Talk) -> None:
    talk = replace(talk, account="JCPNobody")
    talk.ask("is newport open on monday", OPENING)
    assert talk.ask("wales", "inform").offices == ["newport-gwent"]
    talk.ask("is bangor in gwynedd open on monday", OPENING)
    assert talk.ask("wales obviously", "inform").offices == ["bangor"]
    assert len(talk.ask("and what about all of wales", "inform").offices) > 1


def test_another_time_for_the_same_question_in_whatever_intent(talk: Talk) -> None:
    talk.ask("is wakefield open on monday at 10", OPENING)
    for said, clock in (("make it half 3", 15), ("actually make that 4", 16)):
        told = talk.ask(said, "ask_individual_case")
        assert (told.kinds, told.offices) == (["office_open"], ["wakefield"])
        assert (talk.thread.whens[0].day.day, talk.thread.whens[0].clock.hour) == (23, clock)  # type: ignore[union-attr]


def test_both_of_two_offices_named_apart(talk: Talk) -> None:
    text = "im in wakefield on monday and then at dewsbury for the dentist, are both open that day"
    assert talk.ask(text, OPENING).offices == ["wakefield", "dewsbury"]


def test_a_place_at_the_start_asks_for_what_stands_beside_it(talk: Talk) -> None:
    assert talk.ask("dewsbury postcode", "inform").kinds == ["office_find"]
    talk.thread = Thread()
    assert talk.ask("dewsbury hours", "inform").kinds == ["office_hours"]
    talk.thread = Thread()
    assert talk.ask("dewsbury", "inform").kinds == ["office_open"]


def test_a_number_asked_for_twice_is_one_question(talk: Talk) -> None:
    told = talk.ask("i need to ring dewsbury, what's the number", "ask_office_contact", "ask_contact")
    assert (told.kinds, told.asks) == (["office_contact"], None)


def test_the_town_of_the_office_just_asked_about_is_no_second_question(talk: Talk) -> None:
    told = talk.ask("where is southern house? the one in leeds, the address", FIND, FIND)
    assert told.offices == ["leeds-southern-house"]


def test_the_reply_names_the_office_to_go_to_instead(talk: Talk) -> None:
    assert talk.ask("is leeds eastgate open", OPENING).offices == ["leeds-eastgate", "leeds-park-place"]


def test_the_nearest_to_an_office_that_is_gone(talk: Talk) -> None:
    talk.put(status(OfficeStatus.CLOSED))
    told = talk.ask("leeds park place has shut, what is nearest", FIND)
    assert told.responses[-1] == "offices_nearest"
    assert told.offices[1] == "leeds-southern-house"


def test_which_of_two_offices_is_nearer_to_a_postcode(talk: Talk) -> None:
    assert talk.ask("wakefield or bradford for LS11", FIND).responses[0] == "offices_nearest"
    assert talk.ask("i live in BD18, is leeds or bradford closer", FIND).offices[0] in BRADFORD


def test_a_word_of_an_office_s_name_is_no_other_body(talk: Talk) -> None:
    assert talk.ask("bradford eastbrook court number please", "ask_office_contact").kinds == ["office_contact"]
    assert talk.ask("the crown court number please", "ask_office_contact").kinds == ["other_service"]


def test_an_area_tells_another_place_of_the_name_just_asked_about(talk: Talk) -> None:
    talk = replace(talk, account="JCPinGwynedd")
    assert talk.ask("is bangor open on monday", OPENING).offices == ["bangor"]
    assert talk.ask("county down", "inform").offices == []


def test_the_next_nearest_is_another_than_the_one_spoken_of(talk: Talk) -> None:
    talk.ask("is dewsbury shut", OPENING)
    told = talk.ask("where is the next nearest", FIND)
    assert told.kinds[0] == "office_find"
    assert "dewsbury" not in told.offices


PAIRS = {
    "is leeds open friday. what hours do you do": ((OPENING, HOURS), ["office_open", "office_hours"]),
    "any of the leeds offices shut friday, when do they open": ((CLOSURES, HOURS), ["office_closures", "office_hours"]),
    "what may i earn on esa. who runs the bus passes": (
        ("ask_benefit_info", "ask_other_service"),
        ["benefit_info", "other_service"],
    ),
    "who runs the bus passes. what is the number for esa": (
        ("ask_other_service", "ask_contact"),
        ["other_service", "contact_dwp"],
    ),
    "is leeds open friday. they moved my appointment": (
        (OPENING, "ask_individual_case"),
        ["office_open", "individual_case"],
    ),
    "is leeds open friday. i have an appointment": (
        (OPENING, "ask_individual_case"),
        ["office_open", "closure_appointment"],
    ),
    "if leeds is shut friday do i come. how much will my payment be": (
        ("ask_closure_appointment", "ask_individual_case"),
        ["closure_appointment", "individual_case"],
    ),
}


@pytest.mark.parametrize(("text", "asked"), PAIRS.items(), ids=PAIRS)
def test_two_questions_are_served_in_the_order_asked(talk: Talk, text: str, asked: tuple[Any, list[str]]) -> None:
    intents, kinds = asked
    assert talk.ask(text, *intents).kinds == kinds


def test_in_need_a_complaint_is_answered_where_its_way_is_asked_for(talk: Talk) -> None:
    hungry = "we have no food and no money."
    asked = talk.ask(f"{hungry} how do i complain?", "report_crisis_hardship", "complain")
    assert asked.kinds == ["crisis_hardship", "complaint"]
    told = talk.ask(f"{hungry} you lot are a disgrace.", "report_crisis_hardship", "complain")
    assert told.kinds == ["crisis_hardship"]


def test_a_date_beside_a_card_is_no_day_but_one_beside_a_postcode_is(talk: Talk) -> None:
    card = talk.ask(
        "[card number removed] exp 31/02. what is the debt line",
        "ask_contact",
        "ask_contact",
        redacted=("card_number",),
    )
    assert card.kinds[0] == "contact_dwp"
    assert card.asks != "day"
    assert talk.ask("is leeds open 31/02", OPENING, redacted=("postcode",)).asks == "day"
