"""Messages that were not understood: what is noted of them, and how that goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.jobcentre.answer import Answer, Asks
from bot.jobcentre.conversation import Conversation, Incoming, Language
from bot.jobcentre.errors import BadInput, NotFound
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.miss import Guess, Why
from bot.jobcentre.personal_data import PersonalData, Redacted
from bot.jobcentre.phrase import PhraseState
from bot.services import conversations, misses, retention, subject_access
from bot.services.practice import MARK
from bot.services.retention import Keeping
from bot.store.records import Miss, WantedMisses
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import DAY, HOUR, NOW, keep_conversation, keep_incoming, keep_miss, keep_phrase
from tests.services.test_no_trace import everything

UNCLEAR = Answer("utter_unclear", Kind.UNCLEAR, asks=Asks.REPHRASE)
AGAIN = Answer("utter_unclear_again", Kind.UNCLEAR, asks=Asks.CONFIRM)
OPEN = Answer("utter_office_open", Kind.OFFICE_OPEN)
GUESSES = (Guess("ask_hours", 0.24), Guess("ask_opening", 0.2))
SAYS: dict[str, Any] = {"by": "Ann", "at": NOW}
ALL = WantedMisses()


@pytest.fixture
def store(each_store: Store) -> Store:
    """Everything here holds on both databases."""
    return each_store


def turn(
    work: UnitOfWork,
    texts: str | Sequence[str],
    *answers: Answer,
    sender: str = "person-1",
    at: datetime = NOW,
    channel: str = "webchat",
    is_trial: bool = False,
    redacted: Sequence[str] = (),
    risks: Sequence[str] = (),
) -> None:
    """A person writes, and gets those answers in one reply."""
    for number, text in enumerate([texts] if isinstance(texts, str) else texts):
        incoming = Incoming("JCPinLeeds", sender, text, at, f"{sender}-{at.isoformat()}-{number}", channel)
        kept = conversations.receive(work, incoming, text=text, redacted=redacted, risks=risks, is_trial=is_trial)
    taken = conversations.take(work, at, kept.conversation_id)
    assert taken is not None
    conversations.keep_reply(
        work, taken, text="A reply.", answers=answers, dialogue={}, language=Language.ENGLISH, guesses=GUESSES
    )


def found(work: UnitOfWork, wanted: WantedMisses = ALL) -> list[Miss]:
    return misses.find(work, wanted)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        pytest.param((UNCLEAR,), Why.REPHRASE, id="asked to say it again"),
        pytest.param((OPEN, UNCLEAR), Why.REPHRASE, id="a part of it"),
        pytest.param((AGAIN,), Why.OFFERED, id="offered a person"),
        pytest.param((OPEN,), None, id="understood"),
        pytest.param((Answer("utter_which_office", Kind.OFFICE_OPEN, asks=Asks.OFFICE),), None, id="which office?"),
        pytest.param((Answer("utter_off_topic", Kind.OFF_TOPIC),), None, id="nothing for us"),
        pytest.param(
            (Answer("utter_failure", Kind.UNCLEAR, handoff=HandoffReason.FAILURE),), None, id="the assistant failed"
        ),
        pytest.param((UNCLEAR, Answer("utter_crisis", Kind.CRISIS_LIFE)), None, id="beside help in a crisis"),
    ],
)
def test_what_was_not_understood_is_noted(store: Store, answers: tuple[Answer, ...], why: Why | None) -> None:
    with store.unit_of_work() as work:
        turn(work, "wat bout the thing", *answers)
        assert [miss.why for miss in found(work)] == ([why] if why else [])


def test_a_note_says_what_was_said_and_taken_for_what_and_not_who_said_it(store: Store) -> None:
    with store.unit_of_work() as work:
        turn(work, ["hello", "wat bout the thing"], UNCLEAR, sender="person-77")
        (miss,) = found(work)
        conversation = keep_conversation(work, "person-77")
    assert (miss.text, miss.account, miss.channel) == ("hello\nwat bout the thing", "JCPinLeeds", "webchat")
    assert (miss.at, miss.language, miss.guesses, miss.kinds) == (NOW, Language.ENGLISH, GUESSES, ())
    assert "person-77" not in repr(miss)
    assert conversation.id not in repr(miss)


@pytest.mark.parametrize(
    "about",
    [
        pytest.param({"is_trial": True}, id="a trial"),
        pytest.param({"risks": ["suicide"]}, id="somebody at risk"),
    ],
)
def test_nothing_is_noted_of(store: Store, about: dict[str, Any]) -> None:
    with store.unit_of_work() as work:
        turn(work, "wat bout the thing", UNCLEAR, **about)
        assert found(work) == []


@pytest.mark.parametrize(
    ("redacted", "is_noted"),
    [((), True), (["postcode"], True), (["nhs_number"], False), (["postcode", "phone_number"], False)],
)
def test_what_held_personal_data_is_not_noted(store: Store, redacted: Sequence[str], is_noted: bool) -> None:
    with store.unit_of_work() as work:
        turn(work, "wat bout the thing", UNCLEAR, redacted=redacted)
        assert bool(found(work)) is is_noted


def test_nothing_is_noted_in_practice(store: Store) -> None:
    with store.unit_of_work() as work:
        work.settings.put(MARK, True)
        turn(work, "wat bout the thing", UNCLEAR)
        assert found(work) == []


@pytest.mark.parametrize("reason", list(HandoffReason), ids=lambda reason: reason.value)
def test_nothing_is_noted_while_a_case_needs_the_conversation(store: Store, reason: HandoffReason) -> None:
    with store.unit_of_work() as work:
        work.handoffs.open_one(keep_conversation(work).id, reason, at=NOW)
        turn(work, "wat bout the thing", UNCLEAR)
        assert bool(found(work)) is (reason not in retention.NEEDED)


# "That is not what I asked"


def test_who_says_that_it_is_not_what_they_asked_tells_which_answer_was_wrong(store: Store) -> None:
    with store.unit_of_work() as work:
        turn(work, "do u do the thing on the bus", OPEN, at=NOW - HOUR)
        turn(work, "thats not what i asked", UNCLEAR)
        (miss,) = found(work)
    assert (miss.text, miss.why, miss.kinds) == ("do u do the thing on the bus", Why.SAID, (Kind.OFFICE_OPEN,))
    assert miss.guesses == ()


def test_what_they_ask_besides_is_noted_too(store: Store) -> None:
    with store.unit_of_work() as work:
        turn(work, "do u do the thing on the bus", OPEN, at=NOW - HOUR)
        turn(work, "thats not what i asked, i was on about the thing for the kids and the other one", UNCLEAR)
        assert [miss.why for miss in found(work)] == [Why.REPHRASE, Why.SAID]


def test_the_answer_that_was_wrong_is_noted_though_the_next_is_right(store: Store) -> None:
    with store.unit_of_work() as work:
        turn(work, "do u do the thing on the bus", OPEN, at=NOW - HOUR)
        turn(work, "not what i asked. what are your hours", OPEN)
        assert [miss.why for miss in found(work)] == [Why.SAID]


def test_a_turn_is_noted_once(store: Store) -> None:
    with store.unit_of_work() as work:
        turn(work, "wat bout the thing", UNCLEAR, at=NOW - HOUR)
        turn(work, "thats not what i meant", UNCLEAR)
        turn(work, "you have not answered my question", AGAIN, at=NOW + HOUR)
        assert [(miss.text, miss.why) for miss in found(work)][-1] == ("wat bout the thing", Why.REPHRASE)


@pytest.mark.parametrize(
    "about", [{"redacted": ["nhs_number"]}, {"risks": ["suicide"]}], ids=["personal data", "somebody at risk"]
)
def test_what_must_not_be_noted_is_not_noted_afterwards(store: Store, about: dict[str, Any]) -> None:
    with store.unit_of_work() as work:
        turn(work, "something grave", OPEN, at=NOW - HOUR, **about)
        turn(work, "that's not what i asked", UNCLEAR)
        assert found(work) == []


def test_nobody_is_misunderstood_who_has_asked_nothing(store: Store) -> None:
    with store.unit_of_work() as work:
        turn(work, "that's not what i asked", UNCLEAR)
        assert found(work) == []


# Looking for them


def test_they_are_looked_for_and_counted(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_miss(work, keep_conversation(work, account="JCPinHull"), "in hull")
        keep_miss(work, keep_conversation(work, channel="x"), "on x")
        keep_miss(work, keep_conversation(work), "cymraeg", language=Language.WELSH)
        keep_miss(work, keep_conversation(work), "long ago", at=NOW - 2 * DAY, why=Why.OFFERED)

        def texts(**wanted: Any) -> list[str]:
            return [miss.text for miss in found(work, WantedMisses(**wanted))]

        assert texts() == ["long ago", "cymraeg", "on x", "in hull"]
        assert texts(accounts=frozenset({"JCPinHull"})) == ["in hull"]
        assert texts(accounts=frozenset()) == []
        assert texts(channel="x") == ["on x"]
        assert texts(language=Language.WELSH) == ["cymraeg"]
        assert texts(why=Why.OFFERED) == ["long ago"]
        assert texts(since=NOW - DAY) == ["cymraeg", "on x", "in hull"]
        assert misses.count(work, ALL) == {Why.REPHRASE: 3, Why.OFFERED: 1}
        assert [miss.text for miss in misses.find(work, ALL, first=1, limit=2)] == ["cymraeg", "on x"]


def test_one_is_taken_off_the_list_and_its_message_stays(store: Store) -> None:
    with store.unit_of_work() as work:
        miss = keep_miss(work, keep_conversation(work))
        misses.set_aside(work, miss.id, **SAYS)
        assert found(work) == []
        assert work.messages.transcript(keep_conversation(work).id)[0].text == miss.text
        with pytest.raises(NotFound):
            misses.set_aside(work, miss.id, **SAYS)


# How they go


def erase_by_name(work: UnitOfWork, conversation: Conversation) -> None:
    retention.erase(work, conversation.sender, **SAYS)


def erase_on_request(work: UnitOfWork, conversation: Conversation) -> None:
    last = work.messages.transcript(conversation.id)[-1].id
    retention.forget(work, conversation.id, before=last + 1, handoff=None, at=NOW)


def erase_by_age(work: UnitOfWork, conversation: Conversation) -> None:
    retention.purge(work, by="Ann", at=NOW + 31 * DAY)


def erase_by_own_age(work: UnitOfWork, conversation: Conversation) -> None:
    retention.purge(work, by="Ann", at=NOW + 14 * DAY + timedelta(seconds=1))


WAYS = [erase_by_name, erase_on_request, erase_by_age, erase_by_own_age]


@pytest.mark.parametrize("erase", WAYS, ids=lambda way: way.__name__)
def test_a_note_and_what_was_proposed_of_it_go(store: Store, erase: Callable[[UnitOfWork, Conversation], None]) -> None:
    with store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_phrase(work, keep_miss(work, conversation, guesses=[Guess("zzguess", 0.3)]), "qqphrase")
        other = keep_miss(work, keep_conversation(work, "person-2", account="JCPinHull"), at=NOW + 31 * DAY)
    before = everything(store)
    assert [piece for piece in ("zzguess", "qqphrase") if piece not in before] == []
    with store.unit_of_work() as work:
        erase(work, conversation)
        assert found(work) == [other]
    store.leave_no_trace()
    after = everything(store)
    assert [piece for piece in ("zzguess", "qqphrase") if piece in after] == []


def test_the_day_it_is_kept_for_is_the_whole_of_it(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_miss(work, keep_conversation(work))
        assert retention.purge(work, by="Ann", at=NOW + 14 * DAY).misses == 0
        assert retention.purge(work, by="Ann", at=NOW + 14 * DAY, dry_run=True).misses == 0
        assert retention.purge(work, Keeping(miss_days=13), by="Ann", at=NOW + 14 * DAY).misses == 1
        assert found(work) == []


@pytest.mark.parametrize("days", [0, 31])
def test_a_note_is_not_kept_longer_than_its_message(days: int) -> None:
    with pytest.raises(BadInput, match="JOBCENTRE_KEEP_MISS_DAYS"):
        Keeping(30, 90, days)


def test_a_case_keeps_the_message_and_not_the_note(store: Store) -> None:
    with store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_miss(work, conversation, "wat bout the thing")
        work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW)
        retention.purge(work, by="Ann", at=NOW + 60 * DAY)
        assert found(work) == []
        assert work.messages.transcript(conversation.id)


def test_the_person_gets_to_know_it(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_phrase(work, keep_miss(work, keep_conversation(work)), "about the thing")
        (held,) = subject_access.export(work, "person-1", **SAYS)["conversations"]
    (told,) = held["not_understood"]
    assert datetime.fromisoformat(told.pop("at")) == NOW
    assert told == {
        "known_by": "rephrase",
        "taken_for": [["ask_hours", 0.24], ["ask_opening", 0.2]],
        "answered_as": [],
        "phrase_made_of_it": "about the thing",
    }


def test_a_message_redacted_later_is_redacted_there_too(store: Store) -> None:
    with store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_miss(work, conversation, "it is AB 12")
        number = work.messages.transcript(conversation.id)[0].id
        work.messages.rewrite(number, "it is [removed]", ["national_insurance_number"])
        assert [miss.text for miss in found(work)] == ["it is [removed]"]


def test_what_turns_out_to_be_personal_data_is_noted_no_more(store: Store) -> None:
    with store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_phrase(work, keep_miss(work, conversation, "it is QQ 12 34"), "it is the thing")
        message = work.messages.transcript(conversation.id)[0]
        left = Redacted("it is [National Insurance number removed]", (PersonalData.NATIONAL_INSURANCE_NUMBER,))
        conversations.redact_more(work, message, left)
        assert found(work) == []
        assert work.phrases.count()[PhraseState.PROPOSED] == 0


@pytest.mark.parametrize(
    ("answer", "risks"),
    [
        pytest.param(Answer("utter_crisis_life", Kind.CRISIS_LIFE, handoff=HandoffReason.CRISIS), ["life"], id="heard"),
        pytest.param(Answer("utter_crisis_hardship", Kind.CRISIS_HARDSHIP), [], id="answered"),
        pytest.param(Answer("utter_threat", Kind.ABUSE, handoff=HandoffReason.THREAT), [], id="a threat"),
    ],
)
def test_of_whoever_turns_out_to_be_at_risk_nothing_stays(store: Store, answer: Answer, risks: list[str]) -> None:
    with store.unit_of_work() as work:
        turn(work, "wat bout the thing", UNCLEAR, at=NOW - HOUR)
        turn(work, "somebody else's", UNCLEAR, sender="person-2", at=NOW - HOUR)
        turn(work, "something grave", answer, risks=risks)
        assert [miss.text for miss in found(work)] == ["somebody else's"]


def test_an_open_turn_is_not_noted_before_it_is_answered(store: Store) -> None:
    with store.unit_of_work() as work:
        keep_incoming(work, keep_conversation(work))
        assert found(work) == []
