"""Training phrases: proposed by one, accepted by another, taken away as what Rasa reads."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.loading import load_data

from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.jobcentre.gazetteer import Gazetteer
from bot.jobcentre.phrase import PhraseState, parts_of
from bot.nlu.question_finder import language_of_example, masked_example
from bot.services import phrases, retention
from bot.store.records import Miss, Phrase
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import DAY, NOW, keep_conversation, keep_miss, keep_phrase, make_office, make_place

GAZETTEER = Gazetteer([make_office()], [make_place("Otley")])
WORDS = "wat bout the thing"
BY_ANN: dict[str, Any] = {"by": "Ann", "at": NOW}
BY_BEA: dict[str, Any] = {"by": "Bea", "at": NOW + DAY}
ENGLISH = Language.ENGLISH


@pytest.fixture
def store(each_store: Store) -> Store:
    """Everything here holds on both databases."""
    return each_store


def missed(work: UnitOfWork, sender: str = "person-1", text: str = WORDS, **fields: Any) -> Miss:
    return keep_miss(work, keep_conversation(work, sender, **fields), text)


def propose(work: UnitOfWork, miss: Miss, text: str = WORDS, intent: str = "ask_hours", **told: Any) -> Phrase:
    says = {"from_x": False, **BY_ANN, **told}
    return phrases.propose(work, GAZETTEER, miss.id, intent, text, ENGLISH, **says)


def test_one_proposes_and_another_accepts(store: Store) -> None:
    with store.unit_of_work() as work:
        miss = missed(work)
        proposed = propose(work, miss, "  wat bout   the {place} thing ")
        assert (proposed.text, proposed.state, proposed.proposed_by) == (
            "wat bout the {place} thing",
            PhraseState.PROPOSED,
            "Ann",
        )
        accepted = phrases.accept(work, proposed.id, from_x=False, **BY_BEA)
        assert (accepted.state, accepted.decided_by, accepted.decided_at) == (
            PhraseState.ACCEPTED,
            "Bea",
            NOW + DAY,
        )


def test_nothing_leads_from_an_accepted_phrase_to_its_message(store: Store) -> None:
    with store.unit_of_work() as work:
        miss = missed(work)
        accepted = phrases.accept(work, propose(work, miss).id, from_x=False, **BY_BEA)
        assert accepted.miss_id is None
        with pytest.raises(NotFound):
            work.misses.get(miss.id)
        retention.erase(work, "person-1", **BY_ANN)
        assert phrases.find(work, PhraseState.ACCEPTED) == [accepted]


def test_the_second_look_is_somebody_elses(store: Store) -> None:
    with store.unit_of_work() as work:
        proposed = propose(work, missed(work))
        with pytest.raises(Conflict, match="somebody else"):
            phrases.accept(work, proposed.id, from_x=False, **BY_ANN)
        with pytest.raises(Conflict, match="somebody else"):
            phrases.reject(work, proposed.id, "no", **BY_ANN)


def test_it_is_looked_at_once(store: Store) -> None:
    with store.unit_of_work() as work:
        proposed = propose(work, missed(work))
        phrases.reject(work, proposed.id, "it names a street", **BY_BEA)
        with pytest.raises(Conflict, match="Bea"):
            phrases.accept(work, proposed.id, from_x=False, by="Cy", at=NOW)


@pytest.mark.parametrize("state", [PhraseState.ACCEPTED, PhraseState.REJECTED], ids=lambda state: state.value)
def test_of_two_who_look_at_once_one_decides(store: Store, state: PhraseState) -> None:
    with store.unit_of_work() as work:
        proposed = propose(work, missed(work))
        work.phrases.decide(proposed.id, state, by="Bea", at=NOW)
        with pytest.raises(Conflict):
            work.phrases.decide(proposed.id, PhraseState.ACCEPTED, by="Cy", at=NOW)
        assert work.phrases.get(proposed.id).decided_by == "Bea"


def test_what_is_erased_while_somebody_looks_is_not_accepted(store: Store) -> None:
    with store.unit_of_work() as work:
        proposed = propose(work, missed(work))
        retention.erase(work, "person-1", **BY_ANN)
        with pytest.raises(Conflict):
            work.phrases.decide(proposed.id, PhraseState.ACCEPTED, by="Bea", at=NOW)


def test_of_what_is_erased_meanwhile_nothing_is_proposed(store: Store) -> None:
    with store.unit_of_work() as work:
        miss = missed(work)
        phrase = Phrase(WORDS, "ask_hours", ENGLISH, "webchat", NOW, "Ann", miss_id=miss.id)
        retention.erase(work, "person-1", **BY_ANN)
    with pytest.raises(Conflict, match="erased"), store.unit_of_work() as work:
        work.phrases.propose(phrase)


def test_a_rejected_one_says_why_and_another_may_be_made(store: Store) -> None:
    with store.unit_of_work() as work:
        miss = missed(work)
        rejected = phrases.reject(work, propose(work, miss).id, "it names a street", **BY_BEA)
        assert (rejected.state, rejected.reason, rejected.miss_id) == (
            PhraseState.REJECTED,
            "it names a street",
            miss.id,
        )
        again = propose(work, miss)
        assert (work.misses.get(miss.id).phrase or again).id == again.id


@pytest.mark.parametrize(
    "reason", ["", "  ", "rang her on 07700 900123, NI QQ123456C"], ids=["none", "blank", "personal"]
)
def test_a_reason_is_needed_and_holds_nothing_personal(store: Store, reason: str) -> None:
    with store.unit_of_work() as work:
        proposed = propose(work, missed(work))
        with pytest.raises(BadInput):
            phrases.reject(work, proposed.id, reason, **BY_BEA)


def test_one_message_has_one_phrase_that_waits(store: Store) -> None:
    with store.unit_of_work() as work:
        miss = missed(work)
        propose(work, miss)
        with pytest.raises(Conflict, match="waits"):
            propose(work, miss, "another one")


def test_the_same_phrase_is_kept_once(store: Store) -> None:
    with store.unit_of_work() as work:
        propose(work, missed(work), "Wat bout it")
        with pytest.raises(Conflict, match="already"):
            propose(work, missed(work, "person-2"), "wat bout IT")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{place} {day}?", id="only blanks"),
        pytest.param("12 34", id="no letters"),
        pytest.param("is it open in otley", id="a place"),
        pytest.param("are u open at LS1 4", id="a postcode sector"),
        pytest.param("are u open at LS1 4AB", id="a postcode"),
        pytest.param("my number is 07700 900123", id="a phone number"),
        pytest.param("my ni is QQ 12 34 56 C", id="a National Insurance number"),
        pytest.param("is [leeds](office) open", id="Rasa’s brackets"),
        pytest.param("the {town} office", id="another blank"),
        pytest.param("a\\nb", id="a backslash"),
        pytest.param("long " * 80, id="too long"),
        pytest.param("<b>bold</b>", id="markup"),
    ],
)
def test_what_no_phrase_may_hold_is_refused(store: Store, text: str) -> None:
    with store.unit_of_work() as work:
        with pytest.raises(BadInput):
            propose(work, missed(work), text)
        assert phrases.count(work)[PhraseState.PROPOSED] == 0


def test_a_label_that_the_model_does_not_know_is_refused(store: Store) -> None:
    with store.unit_of_work() as work, pytest.raises(BadInput, match="choose"):
        propose(work, missed(work), intent="ask_weather")


def test_the_form_begins_without_places_and_days(store: Store) -> None:
    with store.unit_of_work() as work:
        miss = missed(work, text="wat bout the thing at leeds park place tomorrow")
    assert phrases.first_text(GAZETTEER, miss, at=NOW) == "wat bout the thing at {place} {day}"


# X


def test_of_messages_on_x_no_phrases_are_made(store: Store) -> None:
    with store.unit_of_work() as work:
        miss = missed(work, channel="x")
        with pytest.raises(BadInput, match="X"):
            propose(work, miss)
        allowed = propose(work, miss, from_x=True)
        with pytest.raises(BadInput, match="X"):
            phrases.accept(work, allowed.id, from_x=False, **BY_BEA)
        phrases.accept(work, allowed.id, from_x=True, **BY_BEA)
        assert WORDS not in phrases.export(work, from_x=False, **BY_ANN)
        assert WORDS in phrases.export(work, from_x=True, **BY_ANN)


# Going


def test_what_nobody_accepted_goes_with_its_message(store: Store) -> None:
    with store.unit_of_work() as work:
        propose(work, missed(work))
        phrases.reject(work, propose(work, missed(work, "person-2"), "another").id, "no", **BY_BEA)
        for sender in ("person-1", "person-2"):
            retention.erase(work, sender, **BY_ANN)
        assert set(phrases.count(work).values()) == {0}


def test_an_accepted_one_can_be_taken_out(store: Store) -> None:
    with store.unit_of_work() as work:
        accepted = phrases.accept(work, propose(work, missed(work)).id, from_x=False, **BY_BEA)
        phrases.remove(work, accepted.id, **BY_ANN)
        with pytest.raises(NotFound):
            phrases.get(work, accepted.id)
        with pytest.raises(NotFound):
            phrases.remove(work, accepted.id, **BY_ANN)


def test_the_history_tells_who_and_when_and_none_of_the_words(store: Store) -> None:
    with store.unit_of_work() as work:
        first, second = propose(work, missed(work), "qqone"), propose(work, missed(work, "person-2"), "qqtwo")
        phrases.accept(work, first.id, from_x=False, **BY_BEA)
        phrases.reject(work, second.id, "qqreason", **BY_BEA)
        phrases.export(work, from_x=False, **BY_ANN)
        phrases.remove(work, first.id, **BY_ANN)
        events = work.audit.find(subject_type="phrase")
    assert [(event.by, event.action) for event in reversed(events)] == [
        ("Ann", "propose"),
        ("Ann", "propose"),
        ("Bea", "accept"),
        ("Bea", "reject"),
        ("Ann", "export"),
        ("Ann", "remove"),
    ]
    assert "qq" not in repr(events)


# Looking for them


def test_an_editor_of_some_accounts_sees_what_was_said_there_and_what_is_accepted(store: Store) -> None:
    with store.unit_of_work() as work:
        theirs = keep_phrase(work, missed(work, "person-1", account="JCPinHull"), "in hull")
        keep_phrase(work, missed(work, "person-2"), "in leeds")
        accepted = phrases.accept(work, propose(work, missed(work, "person-3"), "somewhere").id, from_x=False, **BY_BEA)
        hull = ["JCPinHull"]
        assert phrases.find(work, PhraseState.PROPOSED, hull) == [theirs]
        assert phrases.find(work, PhraseState.ACCEPTED, hull) == [accepted]
        assert phrases.count(work, hull) == {
            PhraseState.PROPOSED: 1,
            PhraseState.ACCEPTED: 1,
            PhraseState.REJECTED: 0,
        }
        assert phrases.count(work)[PhraseState.PROPOSED] == 2


# What Rasa reads

ODD = [
    "is {place} library open {day} or on saturdays, like tesco at 3",
    "- r u open {day}",
    'she said "hello": yes/no?',
    "# not a comment, 100% & *stars* 'quoted' £5 at 6",
    "what's up 🏴󠁧󠁢󠁷󠁬󠁳󠁿 at {place}?",
    "ŵ ŷ â: sut dach chi",
    "key: value | > ~ null",
    "${HOME} no braces".replace("{", "").replace("}", ""),
]


def accepted(work: UnitOfWork, texts: list[str], intent: str, language: Language) -> None:
    for number, text in enumerate(texts):
        miss = missed(work, f"{intent}-{language.value}-{number}")
        kept = phrases.propose(work, GAZETTEER, miss.id, intent, text, language, from_x=False, **BY_ANN)
        phrases.accept(work, kept.id, from_x=False, **BY_BEA)


def test_rasa_reads_what_is_taken_away(store: Store, tmp_path: Path) -> None:
    with store.unit_of_work() as work:
        accepted(work, ODD, "ask_opening", ENGLISH)
        accepted(work, ["ydi {place} ar agor {day}"], "ask_opening", Language.WELSH)
        accepted(work, ["what are the hours"], "ask_hours", ENGLISH)
        text = phrases.export(work, from_x=False, **BY_ANN)
    file = tmp_path / "phrases.yml"
    file.write_text(text, encoding="utf-8")
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        read = load_data(str(file))
    assert [str(one.message) for one in warned if "phrases.yml" in str(one.message)] == []
    got = [(e.get("intent"), language_of_example(e), masked_example(e)) for e in read.intent_examples]
    assert [(intent, language) for intent, language, _ in got] == [
        ("ask_hours", "en"),
        *[("ask_opening", "cy")],
        *[("ask_opening", "en")] * len(ODD),
    ]
    previews = [" ".join(part.text for part in parts_of(text, NOW)) for text in ODD]
    assert [heard.split() for _, _, heard in got[2:]] == [preview.split() for preview in previews]
    spoken = [e.get("text") for e in read.intent_examples][2:]
    assert spoken == [text.replace("{place}", "leeds").replace("{day}", "tomorrow") for text in ODD]


def test_rasa_reads_nothing_where_nothing_is_accepted(store: Store, tmp_path: Path) -> None:
    with store.unit_of_work() as work:
        propose(work, missed(work))
        text = phrases.export(work, from_x=False, **BY_ANN)
    file = tmp_path / "phrases.yml"
    file.write_text(text, encoding="utf-8")
    assert load_data(str(file)).intent_examples == []
