"""Replies that advisers choose: kept in both languages, with an office's facts filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import yaml

from bot.jobcentre.conversation import Language
from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.question import Thread
from bot.jobcentre.reply_risks import ReplyRisk
from bot.jobcentre.wording import load_responses
from bot.services import canned_replies, closures, handoffs, reply_risks
from bot.services.versions import ChangedMeanwhile
from bot.settings import PROJECT
from bot.store.records import CannedReply
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import (
    LEEDS,
    NOW,
    keep_conversation,
    make_account,
    make_closure,
    make_contact,
    make_hours,
    make_office,
    make_scope,
)

RESPONSES = load_responses(yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8")))
ANN = {"by": "Ann", "at": NOW}
OPENING = CannedReply("Is it open?", "{opening} {address}.", "{opening} {address}.")


@pytest.fixture
def work(each_store: Store) -> Iterator[UnitOfWork]:
    with each_store.unit_of_work() as piece:
        piece.offices.put([make_office(LEEDS, name_cy="Leeds Plas y Parc")])
        piece.offices.set_hours([LEEDS], make_hours(), by="Ann", at=NOW)
        piece.accounts.put(make_account(), make_scope(LEEDS))
        piece.contacts.put(make_contact())
        yield piece


def filled(work: UnitOfWork, reply: CannedReply, language: Language = Language.ENGLISH) -> canned_replies.Filled:
    return canned_replies.fill(work, RESPONSES, reply, language, account="JCPinLeeds", office_id=LEEDS, at=NOW)


def test_the_offices_facts_are_what_the_assistant_says(work: UnitOfWork) -> None:
    kept = canned_replies.put(work, OPENING, **ANN)
    assert filled(work, kept).text == (
        "Leeds Park Place Jobcentre is due to be open now. Hours today: 9am to 5pm. No closure reported at 10:30am. "
        "1 High Street, Leeds Park Place, LS1 2SL."
    )
    closures.publish(work, make_closure(), by="Ann", at=NOW)
    assert filled(work, kept).text.startswith("Leeds Park Place Jobcentre is closed now")
    assert filled(work, kept, Language.WELSH).text.startswith("Mae Canolfan Byd Gwaith Leeds Plas y Parc ar gau nawr")


def test_a_blank_without_a_fact_stays_and_cannot_be_sent(work: UnitOfWork) -> None:
    kept = canned_replies.put(work, CannedReply("Where", "{office} is at {address}. {people_hours}."), **ANN)
    got = canned_replies.fill(work, RESPONSES, kept, Language.ENGLISH, account="JCPinLeeds", at=NOW)
    assert got.text == "{office} is at {address}. Monday to Friday, 9am to 5pm."
    assert got.missing == ("address", "office")
    number = work.handoffs.open_one(keep_conversation(work).id, HandoffReason.ASKED, at=NOW).id
    handoffs.claim(work, number, **ANN)
    with pytest.raises(BadInput, match=r"still has the blank \{office\}"):
        handoffs.reply(work, number, got.text, **ANN)


def test_without_welsh_there_is_no_welsh(work: UnitOfWork) -> None:
    kept = canned_replies.put(work, CannedReply("Hours", "{hours}"), **ANN)
    assert filled(work, kept, Language.WELSH) == canned_replies.Filled("")
    with pytest.raises(NotFound):
        canned_replies.fill(work, RESPONSES, kept, Language.ENGLISH, account="", office_id="no-such", at=NOW)


def test_the_office_spoken_of_comes_first(work: UnitOfWork) -> None:
    conversation = keep_conversation(work)
    assert canned_replies.offices_for(work, conversation) == [LEEDS]
    spoken = replace(conversation, dialogue=Thread(offices=("pudsey",)).to_dict())
    assert canned_replies.offices_for(work, spoken) == ["pudsey", LEEDS]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"title": " "}, "enter a title"),
        ({"text": " "}, "enter the reply in English"),
        ({"text": "Hello {name}"}, "has the blank {name}"),
        ({"text_cy": "Helo {}"}, "the reply in Welsh has the blank {}"),
        ({"text": "Ring 07700 900123"}, "personal data"),
        ({"text": "<b>Hello</b>"}, "markup"),
        ({"text": "x" * 1_001}, "1001 characters"),
    ],
)
def test_what_cannot_be_said_is_refused(work: UnitOfWork, fields: dict[str, str], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        canned_replies.put(work, replace(OPENING, **fields), **ANN)  # type: ignore[arg-type]


def test_they_are_changed_retired_and_seen_where_they_belong(work: UnitOfWork) -> None:
    everywhere = canned_replies.put(work, replace(OPENING, text="Ring 0800 328 5644."), **ANN)
    leeds = canned_replies.put(work, replace(OPENING, title="A", account="jcpinleeds"), **ANN)
    assert leeds.account == "JCPinLeeds"
    assert [reply.id for reply in canned_replies.find(work, ["JCPinLeeds"])] == [leeds.id, everywhere.id]
    assert [reply.id for reply in canned_replies.find(work, [])] == [everywhere.id]
    seen = canned_replies.version(work, leeds.id)
    canned_replies.put(work, replace(leeds, title="B"), **ANN, expected=seen)
    with pytest.raises(ChangedMeanwhile):
        canned_replies.put(work, replace(leeds, title="C"), **ANN, expected=seen)
    assert not canned_replies.retire(work, leeds.id, **ANN).is_active
    with pytest.raises(Conflict, match="retired already"):
        canned_replies.retire(work, leeds.id, **ANN)
    assert [reply.title for reply in canned_replies.find(work)] == ["Is it open?"]
    assert len(canned_replies.find(work, include_retired=True)) == 2
    actions = [event.action for event in work.audit.find(subject_type="canned_reply")]
    assert actions == ["retire", "change", "add", "add"]


def test_an_adviser_is_warned_of_personal_data_too(work: UnitOfWork) -> None:
    found = reply_risks.find(work, "Your number QQ123456C is fine. You will get it.")
    assert [(one.risk, one.risk.forbids) for one in found] == [
        (ReplyRisk.PERSONAL_DATA, True),
        (ReplyRisk.PROMISE, False),
    ]
    assert found[0].words == "national insurance number"
    assert reply_risks.find(work, "Ring 0800 328 5644, LS1 2SL") == []
