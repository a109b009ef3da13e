"""People at risk are told the lines of their own nation, in both languages, by day and by night."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.jobcentre.calendar import LONDON
from bot.jobcentre.conversation import Language
from bot.jobcentre.crisis import Risk
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.office import Nation
from bot.jobcentre.question import Context
from bot.jobcentre.wording import render
from bot.services import samples
from bot.services.crisis_answers import help_for
from bot.services.desk import Desk
from bot.services.knowledge import Knowledge
from bot.store.unit_of_work import Store
from tests.services.test_answers import RESPONSES

PROJECT = Path(__file__).parents[2]

DAY = datetime(2026, 11, 19, 10, 30, tzinfo=LONDON)
NIGHT = datetime(2026, 11, 19, 23, 40, tzinfo=LONDON)
OWN = {
    (Risk.LIFE, Nation.ENGLAND): "In England,|Yn Lloegr,",
    (Risk.LIFE, Nation.WALES): "In Wales,|Yng Nghymru,",
    (Risk.LIFE, Nation.SCOTLAND): "In Scotland,|Yn yr Alban,",
    (Risk.LIFE, Nation.NORTHERN_IRELAND): "0808 808 8000",
    (Risk.ABUSE, Nation.ENGLAND): "0808 2000 247",
    (Risk.ABUSE, Nation.WALES): "0808 80 10 800",
    (Risk.ABUSE, Nation.SCOTLAND): "0800 027 1234",
    (Risk.ABUSE, Nation.NORTHERN_IRELAND): "0808 802 1414",
    (Risk.HARDSHIP, Nation.ENGLAND): "Crisis and Resilience Fund",
    (Risk.HARDSHIP, Nation.WALES): "discretionary-assistance-fund",
    (Risk.HARDSHIP, Nation.SCOTLAND): "mygov.scot/scottish-welfare-fund",
    (Risk.HARDSHIP, Nation.NORTHERN_IRELAND): "nidirect.gov.uk",
}
"""What only that nation is told; where the languages differ, the English and the Welsh."""
KINDS = {Risk.LIFE: Kind.CRISIS_LIFE, Risk.ABUSE: Kind.CRISIS_ABUSE, Risk.HARDSHIP: Kind.CRISIS_HARDSHIP}


@pytest.fixture(scope="module")
def store(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    file = tmp_path_factory.mktemp("crisis") / "sample.db"
    file.write_bytes(sqlite_template.read_bytes())
    store = Store(f"sqlite:///{file}")
    with store.unit_of_work() as work:
        samples.load(work, PROJECT / "data" / "sample", at=DAY)
    yield store
    store.close()


def told(
    store: Store, risks: list[Risk], nation: Nation | None, language: Language = Language.ENGLISH, now: datetime = DAY
) -> tuple[list[Kind], list[HandoffReason], str]:
    """The kinds, the handoffs and the words."""
    context = Context(
        now, "" if nation is None else "JCPinLeeds", (), nation or Nation.ENGLAND, language.value, risks=()
    )
    with store.unit_of_work(write=False) as work:
        answers = help_for(Desk(work, Knowledge(store).gazetteer(), context), risks)
    reasons = [answer.handoff for answer in answers if answer.handoff]
    return [answer.kind for answer in answers], reasons, render(RESPONSES, answers, language)


def names(words: str, risk: Risk, nation: Nation) -> bool:
    """Whether the nation's own line is told."""
    return any(line in words for line in OWN[risk, nation].split("|"))


@pytest.mark.parametrize("now", [DAY, NIGHT], ids=["by day", "at night"])
@pytest.mark.parametrize("language", list(Language), ids=[language.value for language in Language])
@pytest.mark.parametrize(("risk", "nation"), OWN, ids=[f"{risk.value} {nation.value}" for risk, nation in OWN])
def test_each_nation_is_told_its_own_lines_and_no_other(
    store: Store, risk: Risk, nation: Nation, language: Language, now: datetime
) -> None:
    kinds, reasons, words = told(store, [risk], nation, language, now)
    assert set(kinds) == {KINDS[risk]}
    assert reasons == [HandoffReason.CRISIS]
    assert "999" in words
    assert [where for where in Nation if names(words, risk, where)] == [nation]
    nobody = "Nobody is reading" if language is Language.ENGLISH else "Nid oes neb yn darllen"
    assert (nobody in words) is (now is NIGHT)


@pytest.mark.parametrize("risk", KINDS, ids=[risk.value for risk in KINDS])
def test_where_the_nation_is_not_known_each_one_has_its_line(store: Store, risk: Risk) -> None:
    _, _, words = told(store, [risk], None)
    assert all(names(words, risk, nation) for nation in Nation)


@pytest.mark.parametrize("language", list(Language), ids=[language.value for language in Language])
def test_a_child_at_risk_goes_to_people_and_is_told_of_childline(store: Store, language: Language) -> None:
    kinds, reasons, words = told(store, [Risk.CHILD], Nation.ENGLAND, language)
    assert kinds == [Kind.CRISIS_LIFE]
    assert reasons == [HandoffReason.CHILD_AT_RISK]
    assert "999" in words.split("\n")[0]
    assert "0800 1111" in words


def test_a_child_who_is_hurt_suffers_abuse(store: Store) -> None:
    kinds, reasons, _ = told(store, [Risk.CHILD, Risk.ABUSE], Nation.ENGLAND)
    assert (kinds, reasons) == ([Kind.CRISIS_ABUSE], [HandoffReason.CHILD_AT_RISK])


@pytest.mark.parametrize(
    ("risks", "first", "beside"),
    [
        ([Risk.LIFE, Risk.HARDSHIP], "116 123", "Crisis and Resilience Fund"),
        ([Risk.LIFE, Risk.ABUSE], "116 123", "0808 2000 247"),
        ([Risk.ABUSE, Risk.HARDSHIP], "0808 2000 247", "Crisis and Resilience Fund"),
        ([Risk.CHILD, Risk.HARDSHIP], "0800 1111", "Crisis and Resilience Fund"),
    ],
    ids=["life and want", "life and abuse", "abuse and want", "a child and want"],
)
def test_what_stands_beside_the_worst_is_helped_too(store: Store, risks: list[Risk], first: str, beside: str) -> None:
    _, reasons, words = told(store, risks, Nation.ENGLAND)
    assert words.index(first) < words.index(beside)
    assert len(reasons) == 1


def test_a_threat_alone_is_helped_with_nothing(store: Store) -> None:
    assert told(store, [Risk.THREAT], Nation.ENGLAND)[0] == []


@pytest.mark.parametrize(
    ("risks", "language"),
    itertools.product([[Risk.ABUSE], [Risk.ABUSE, Risk.HARDSHIP], [Risk.CHILD, Risk.ABUSE]], Language),
    ids=str,
)
def test_the_first_words_give_nothing_away_on_a_lock_screen(
    store: Store, risks: list[Risk], language: Language
) -> None:
    first = told(store, risks, Nation.WALES, language)[2].split(".")[0]
    assert first in (
        "Thank you for your message",
        "Diolch am eich neges",
        "Thank you for telling us",
        "Diolch am roi gwybod",
    )
