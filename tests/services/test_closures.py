"""What staff say of disruption."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.jobcentre.closure import Cause, Closure, Effect
from bot.jobcentre.errors import BadInput, Conflict, NotFound
from bot.jobcentre.office import OfficeStatus
from bot.jobcentre.opening import OpeningState, opening_at
from bot.services import closures
from bot.store.unit_of_work import Store, UnitOfWork
from tests.builders import (
    DAY,
    GLASGOW,
    HOUR,
    LEEDS,
    NOW,
    keep_offices,
    make_closure,
    make_contact,
    make_office,
    make_period,
    make_scope,
    make_watch,
)


@pytest.fixture
def store(each_store: Store) -> Store:
    """Everything here holds on both databases."""
    return each_store


SAYS = {"by": "Ann", "at": NOW}


def keep(work: UnitOfWork) -> None:
    """Two offices, the second with a phone of its own, and contacts of which one must not be said."""
    keep_offices(work, [make_office(), make_office(GLASGOW, phone="0141 496 0000"), make_office("old", status=GONE)])
    work.contacts.put(make_contact())
    work.contacts.put(make_contact("secret", value="0800 169 0000", say="never"))


GONE = OfficeStatus.CLOSED


def state(work: UnitOfWork, office_id: str = LEEDS, at: Any = NOW) -> OpeningState:
    return opening_at(work.offices.facts([office_id], NOW - DAY, NOW + 3 * DAY)[office_id], at).state


def test_a_published_closure_decides_the_next_answer_and_is_audited(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        assert state(work) is OpeningState.OPEN
        closure = closures.publish(work, make_closure("Leeds Park Place", message=" Go to  York Road. "), **SAYS)
        assert (closure.id, closure.scope.offices, closure.message) == ("C1", {LEEDS}, "Go to York Road.")
        assert state(work) is OpeningState.CLOSED
        event = work.audit.find(subject_type="closure")[0]
        assert (event.action, event.subject_id, event.by, event.before) == ("publish", "C1", "Ann", None)
        assert (event.after or {})["effect"] == "closed"


def test_it_is_published_when_it_is_published(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        drafted = make_closure(published_at=NOW - DAY)
        assert closures.publish(work, drafted, **SAYS).published_at == NOW
        assert closures.amend(work, "C1", drafted, by="Bo", at=NOW + HOUR).published_at == NOW + HOUR


def test_a_closure_counts_from_its_period_not_from_when_it_was_typed(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        closures.publish(work, make_closure(period=make_period(NOW - 3 * HOUR, NOW - HOUR)), **SAYS)
        assert (state(work, at=NOW - 2 * HOUR), state(work)) == (OpeningState.CLOSED, OpeningState.OPEN)


MESSAGES = [
    pytest.param("x" * 281, "281 characters: 280 is the most", id="too long"),
    pytest.param("Go to <b>York Road</b>", "markup", id="html"),
    pytest.param("See [here](https://www.gov.uk)", "markup", id="markdown link"),
    pytest.param("**Closed**", "markup", id="bold"),
    pytest.param("Ring Bob on 07700 900123", "personal data (phone number)", id="mobile"),
    pytest.param("Ring 0800 169 0000", "personal data (phone number)", id="number that must not be said"),
    pytest.param("Write to bob@example.com", "personal data (email address)", id="email"),
    pytest.param("About QQ123456C", "personal data (national insurance number)", id="National Insurance number"),
]


@pytest.mark.parametrize("field", ["message", "message_cy"])
@pytest.mark.parametrize(("text", "says"), MESSAGES)
def test_a_message_that_must_not_be_said_is_refused(store: Store, field: str, text: str, says: str) -> None:
    with store.unit_of_work() as work:
        keep(work)
        with pytest.raises(BadInput, match="--message") as raised:
            closures.publish(work, make_closure(**{field: text}), **SAYS)
        assert says in str(raised.value)
        assert work.closures.find(include_withdrawn=True) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 280, id="as long as it may be"),
        pytest.param("Ring 0800 328 5644.", id="a number of the contacts"),
        pytest.param("Go to the Town Hall, LS1 1UR, from 10am to 2pm on 24/11.", id="another address"),
        pytest.param("Ffoniwch ni’n gyntaf – £5 & mwy", id="signs"),
    ],
)
def test_plain_words_are_said(store: Store, text: str) -> None:
    with store.unit_of_work() as work:
        keep(work)
        assert closures.publish(work, make_closure(message=text), **SAYS).message == text


@pytest.mark.parametrize(
    ("office", "fields", "is_fine"),
    [
        pytest.param(LEEDS, {}, False, id="no number at all"),
        pytest.param(GLASGOW, {}, True, id="the office's own number"),
        pytest.param(LEEDS, {"message": "Ring 08003285644."}, True, id="a number that may be said"),
        pytest.param(LEEDS, {"message_cy": "Ffoniwch 0800 328 5644."}, True, id="in Welsh alone"),
        pytest.param(LEEDS, {"message": "Ring us."}, False, id="a message without one"),
    ],
)
def test_phone_only_needs_a_number_that_may_be_said(
    store: Store, office: str, fields: dict[str, str], is_fine: bool
) -> None:
    draft = make_closure(office, effect=Effect.PHONE_ONLY, **fields)
    with store.unit_of_work() as work:
        keep(work)
        if is_fine:
            assert closures.publish(work, draft, **SAYS).effect is Effect.PHONE_ONLY
        else:
            with pytest.raises(BadInput, match=f"none is held for {office}"):
                closures.publish(work, draft, **SAYS)


@pytest.mark.parametrize(
    ("scope", "moved_to", "says"),
    [
        pytest.param(make_scope(LEEDS), "glasgow-lauriston", "did you mean glasgow-laurieston", id="unknown"),
        pytest.param(make_scope(LEEDS), "old", "shut for good", id="to an office that is gone"),
        pytest.param(make_scope("Leeds Park Place"), LEEDS, "cannot move to itself", id="to itself by another name"),
    ],
)
def test_a_move_needs_somewhere_to_go(store: Store, scope: Any, moved_to: str, says: str) -> None:
    with store.unit_of_work() as work:
        keep(work)
        with pytest.raises((BadInput, NotFound), match=says):
            closures.publish(work, make_closure(scope=scope, effect=Effect.MOVED, moved_to=moved_to), **SAYS)


def test_what_cannot_be_seen_is_taken_out_of_a_message(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        text = "Closed\u202e for\u200b a\nﬁre."
        assert closures.publish(work, make_closure(message=text), **SAYS).message == "Closed for a fire."


def test_a_number_that_is_only_linked_to_does_not_make_phone_only(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        work.contacts.put(make_contact("linked", value="0800 055 6688", say="link"))
        with pytest.raises(BadInput, match="a number that may be said"):
            closures.publish(work, make_closure(effect=Effect.PHONE_ONLY, message="Ring 0800 055 6688."), **SAYS)


def test_an_offices_own_number_may_be_said_of_it_and_of_no_other(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        text = "Ring 0141 496 0000."
        assert closures.publish(work, make_closure(GLASGOW, message=text), **SAYS).message == text
        with pytest.raises(BadInput, match="phone number"):
            closures.publish(work, make_closure(message=text), **SAYS)


def test_an_office_that_is_gone_needs_no_number(store: Store) -> None:
    draft = make_closure(effect=Effect.PHONE_ONLY, scope=make_scope(GLASGOW, "old"))
    with store.unit_of_work() as work:
        keep(work)
        assert closures.publish(work, draft, **SAYS).id == "C1"


def test_a_message_in_one_language_is_warned_of() -> None:
    assert "in English alone" in closures.warnings(make_closure(message="Go home."))[0]
    phone = make_closure(effect=Effect.PHONE_ONLY, message="Ring 0800 328 5644.")
    assert "its phone number with it" in closures.warnings(phone)[0]
    assert "in Welsh alone" in closures.warnings(make_closure(message_cy="Ewch adref."))[0]
    assert closures.warnings(make_closure(message="Go home.", message_cy="Ewch adref.")) == []


def test_an_amendment_replaces_and_keeps_the_history(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        held = closures.publish(work, make_closure(), **SAYS)
        draft = make_closure(period=make_period(NOW + 2 * HOUR, NOW + DAY), cause=Cause.FIRE)
        amended = closures.amend(work, held.id, draft, by="Bo", at=NOW + HOUR, expected_version=1)
        assert (amended.id, amended.version, amended.cause) == ("C1", 2, Cause.FIRE)
        assert state(work) is OpeningState.OPEN
        assert [v.by for v in work.closures.versions("C1")] == ["Ann", "Bo"]
        event = work.audit.find(action="amend")[0]
        assert ((event.before or {})["cause"], (event.after or {})["cause"]) == ("flood", "fire")


def test_somebody_elses_change_in_between_is_not_lost(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        held = closures.publish(work, make_closure(), **SAYS)
        closures.amend(work, held.id, make_closure(cause=Cause.FIRE), by="Bo", at=NOW, expected_version=1)
        with pytest.raises(Conflict, match="changed by somebody else"):
            closures.amend(work, held.id, make_closure(), by="Cy", at=NOW, expected_version=1)


def test_a_withdrawn_closure_stops_deciding_and_cannot_be_touched_again(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        held = closures.publish(work, make_closure(), **SAYS)
        kept = closures.withdraw(work, held.id, by="Bo", at=NOW + HOUR, reason="a mistake")
        assert isinstance(kept, Closure)
        assert kept.withdrawn_at == NOW + HOUR
        assert state(work) is OpeningState.OPEN
        for again in (
            lambda: closures.withdraw(work, held.id, by="Bo", at=NOW, reason="again"),
            lambda: closures.amend(work, held.id, make_closure(), by="Bo", at=NOW),
        ):
            with pytest.raises(Conflict, match="withdrawn already"):
                again()
        event = work.audit.find(action="withdraw")[0]
        assert (event.by, (event.after or {})["withdrawn_at"]) == ("Bo", (NOW + HOUR).isoformat())


@pytest.mark.parametrize("closure_id", ["C9", "9", "", "closure", "W9", "c²"])
def test_an_unknown_id_is_not_found(store: Store, closure_id: str) -> None:
    with store.unit_of_work() as work, pytest.raises(NotFound, match="there is no"):
        closures.withdraw(work, closure_id, reason="because", **SAYS)


def test_a_reason_is_needed(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        held = closures.publish(work, make_closure(), **SAYS)
        with pytest.raises(BadInput, match="--reason"):
            closures.withdraw(work, held.id, reason="  ", **SAYS)


def test_a_watch_makes_unknown_until_it_is_withdrawn(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        watch = closures.watch(work, make_watch(), **SAYS)
        assert (watch.id, state(work)) == ("W1", OpeningState.UNKNOWN)
        closures.withdraw(work, "w1", by="Bo", at=NOW + HOUR, reason="over")
        assert state(work) is OpeningState.OPEN
        assert [event.action for event in work.audit.find(subject_type="watch")] == ["withdraw", "watch"]


def test_offices_taken_out_are_open_and_the_last_ones_end_it(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        held = closures.publish(work, make_closure(LEEDS, GLASGOW, period=make_period(NOW - HOUR)), **SAYS)
        closures.reopen(work, held.id, [GLASGOW], expected_version=1, **SAYS)
        assert (state(work), state(work, GLASGOW)) == (OpeningState.CLOSED, OpeningState.OPEN)
        with pytest.raises(Conflict, match="somebody else"):
            closures.reopen(work, held.id, [LEEDS], expected_version=1, **SAYS)
        ended = closures.reopen(work, held.id, [LEEDS], expected_version=2, **SAYS)
        assert (ended.period.end, ended.withdrawn_at, state(work)) == (NOW, None, OpeningState.OPEN)


def test_ending_what_has_not_begun_withdraws_it(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        held = closures.publish(work, make_closure(period=make_period(NOW + HOUR)), **SAYS)
        assert closures.end(work, held.id, **SAYS).withdrawn_at == NOW


def test_what_one_change_left_is_what_the_next_one_found(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        held = closures.publish(work, make_closure(), **SAYS)
        closures.withdraw(work, held.id, reason="a mistake", **SAYS)
        closures.undo(work, held.id, expected_version=2, **SAYS)
        undone, withdrawn, published = work.audit.find(subject_type="closure")
    assert withdrawn.before == published.after
    assert undone.before == {name: value for name, value in withdrawn.after.items() if name != "reason"}  # type: ignore[union-attr]


def test_a_closure_in_a_watch_decides(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        closures.watch(work, make_watch(scope=make_scope(everywhere=True)), **SAYS)
        closures.publish(work, make_closure(), **SAYS)
        assert (state(work), state(work, GLASGOW)) == (OpeningState.CLOSED, OpeningState.UNKNOWN)


def test_a_watch_needs_an_end_and_an_office(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        with pytest.raises(BadInput, match="--until"):
            closures.watch(work, make_watch(period=make_period(NOW, None)), **SAYS)
        with pytest.raises(NotFound, match="did you mean leeds-park-place"):
            closures.watch(work, make_watch("leeds-park-plaice"), **SAYS)


def test_nothing_is_kept_of_a_transaction_that_fails(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)

    def publish_two() -> None:
        with store.unit_of_work() as work:
            closures.publish(work, make_closure(), **SAYS)
            closures.publish(work, make_closure("nowhere-at-all"), **SAYS)

    with pytest.raises(NotFound):
        publish_two()
    with store.unit_of_work() as work:
        assert (work.closures.find(), work.audit.find()) == ([], [])


def test_the_day_of_a_period_is_londons(store: Store) -> None:
    with store.unit_of_work() as work:
        keep(work)
        assert NOW.date() == date(2026, 11, 20)
        closures.publish(
            work, make_closure(period=make_period(NOW.replace(hour=0, minute=0), None), review_by=NOW), **SAYS
        )
        assert state(work, at=NOW.replace(hour=9, minute=0)) is OpeningState.CLOSED
