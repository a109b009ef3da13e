"""The staff commands, as staff type them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from bot.cli import sentence
from bot.jobcentre.closure import Effect
from bot.jobcentre.handoff import HandoffReason
from bot.services import phrases
from bot.store.unit_of_work import Store
from tests.builders import DAY, NOW, keep_conversation, keep_incoming, keep_miss, keep_phrase
from tests.cli.conftest import CLOCK, Jobcentre, read_json
from tests.services.rows import contact_file, csv_file, outcode_file, place_file, register, sector_file

FLOOD = ("--cause", "flood", "--effect", "closed", "--from", "2026-11-20", "--by", "Ann")
LEEDS = ("--office", "leeds-park-place")
PUBLISH = ("closures", "publish", *LEEDS, *FLOOD)


def now_at(jobcentre: Jobcentre, office: str) -> str:
    """The state of the office now."""
    return str(read_json(jobcentre("offices", "show", office, "--json"))["opening"]["state"])


def complaint(result: Result) -> str:
    """What stands on stderr, on one line and in small letters."""
    return " ".join(result.stderr.split()).casefold()


# Closures


def test_publish_prints_the_new_id_alone_and_the_next_look_shows_it(stocked: Jobcentre) -> None:
    assert now_at(stocked, "leeds-park-place") == "open"
    result = stocked(*PUBLISH, "--until", "2026-11-21")
    assert result.stdout.splitlines()[0] == "C1"
    assert now_at(stocked, "leeds-park-place") == "closed"
    assert now_at(stocked, "leeds-southern-house") == "open"
    listed = read_json(stocked("closures", "list", "--json"))
    assert [(c["id"], c["ends_at"]) for c in listed] == [("C1", "2026-11-22T00:00:00+00:00")]
    stocked("closures", "withdraw", "C1", "--by", "Bo", "--reason", "dry again")
    assert now_at(stocked, "leeds-park-place") == "open"
    shown = read_json(stocked("closures", "show", "C1", "--json"))
    assert [(v["action"], v["by"], v["reason"]) for v in shown["history"]] == [
        ("published", "Ann", ""),
        ("withdrawn", "Bo", "dry again"),
    ]


def test_publish_for_several_offices_with_exceptions_as_json(stocked: Jobcentre) -> None:
    options = ("--cause", "weather", "--effect", "late_opening", "--opens", "11am", "--from", "now", "--by", "Ann")
    result = stocked(
        "closures", "publish", "--everywhere", "--except", "cardiff", *options, "--review-by", "2026-11-23", "--json"
    )
    assert read_json(result) == {"id": "C1", "offices": 2, "version": 1}
    shown = read_json(stocked("closures", "show", "C1", "--json"))
    assert (shown["opens_at"], shown["review_by"]) == (660, "2026-11-23T09:00:00+00:00")
    assert shown["offices"] == ["leeds-park-place", "leeds-southern-house"]


def test_one_option_takes_several_offices(stocked: Jobcentre) -> None:
    both = ("--office", "leeds-park-place", "leeds-southern-house")
    again = ("--office", "leeds-park-place", "--office", "leeds-southern-house")
    for offices in (both, again):
        result = stocked("closures", "publish", *offices, *FLOOD, "--until", "2026-11-21", "--json")
        assert read_json(result)["offices"] == 2


def test_amend_changes_what_is_given_and_keeps_the_rest(stocked: Jobcentre) -> None:
    stocked(*PUBLISH, "--review-by", "2026-11-23", "--message", "Go to York Road.", "--note", "boiler")
    options = ("--effect", "early_closing", "--closes", "15:00", "--until", "2026-11-24T12:00", "--by", "Bo")
    stocked("closures", "amend", "C1", *options)
    shown = read_json(stocked("closures", "show", "C1", "--json"))
    assert (shown["effect"], shown["closes_at"], shown["version"]) == ("early_closing", 900, 2)
    assert (shown["ends_at"], shown["review_by"]) == ("2026-11-24T12:00:00+00:00", None)
    assert (shown["message"], shown["note"], shown["cause"]) == ("Go to York Road.", "boiler", "flood")
    stocked("closures", "amend", "C1", "--effect", "closed", "--office", "cardiff", "--message", "", "--by", "Bo")
    shown = read_json(stocked("closures", "show", "C1", "--json"))
    assert (shown["effect"], shown["closes_at"], shown["offices"], shown["message"]) == (
        "closed",
        None,
        ["cardiff"],
        "",
    )


def test_a_message_in_english_alone_is_warned_of_on_stderr(stocked: Jobcentre) -> None:
    result = stocked(*PUBLISH, "--until", "2026-11-21", "--message", "Go to York Road.")
    assert "in English alone" in result.stderr
    assert result.stdout.startswith("C1\n")


def test_a_dry_run_shows_both_languages_and_keeps_nothing(stocked: Jobcentre) -> None:
    dry = (*PUBLISH, "--until", "2026-11-21", "--dry-run")
    shown = stocked(*dry).stdout
    assert "> is Leeds Park Place open now?" in shown
    assert "because of flooding" in shown
    assert "oherwydd llifogydd" in shown
    assert [list(said) for said in read_json(stocked(*dry, "--json"))["says"]] == [["question", "en", "cy"]] * 2
    assert "There are none" in stocked("closures", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(("--until", "2026-02-30"), 'there is no day "2026-02-30"', id="impossible date"),
        pytest.param(("--until", "31/11"), "write a date like 2026-11-27", id="British date"),
        pytest.param(("--until", "2026-11-19"), "cannot end", id="ends before it starts"),
        pytest.param((), "either when it ends (--until) or", id="no end"),
        pytest.param(("--until", "2026-11-21", "--review-by", "2026-11-22"), "either when it ends", id="both ends"),
        pytest.param(
            ("--until", "2026-11-21", "--opens", "11:00"), "goes with late_opening", id="opens of a closed one"
        ),
        pytest.param(("--until", "2026-11-21", "--office", "leds-park-place"), "did you mean leeds-park", id="office"),
        pytest.param(("--until", "2026-11-21", "--district", "Yorks"), "there is no district Yorks", id="district"),
        pytest.param(("--until", "2026-11-21", "--account", "JCPinX"), "there is no account JCPinX", id="account"),
        pytest.param(("--until", "2026-11-21", "--nation", "France"), '"France" is not a nation', id="nation"),
        pytest.param(("--until", "2026-11-21", "--everywhere"), "leave the others out", id="everywhere and one"),
        pytest.param(("--until", "2026-11-21", "--except", "leeds-park-place"), "no office is left", id="all excepted"),
        pytest.param(("--until", "2026-11-21", "--cause", "aliens"), "'aliens' is not one of", id="cause"),
        pytest.param(("--until", "2026-11-21", "--effect", "late_opening"), "--opens 11:00", id="no opening time"),
        pytest.param(("--until", "2026-11-21", "--effect", "phone_only"), "a number that may be said", id="no number"),
        pytest.param(("--until", "2026-11-21", "--message", "<b>x</b>"), "markup", id="markup"),
        pytest.param(("--until", "2026-11-21", "--by", " "), "it is empty", id="nobody"),
    ],
)
def test_a_closure_that_cannot_be_is_refused_and_nothing_kept(
    stocked: Jobcentre, arguments: tuple[str, ...], says: str
) -> None:
    result = stocked(*PUBLISH, *arguments, code=2)
    assert says.casefold() in complaint(result)
    assert result.stdout == ""
    assert read_json(stocked("closures", "list", "--all", "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("closures", "publish", *FLOOD, "--until", "2026-11-21"), "say which offices"),
        (("closures", "publish", *LEEDS, "--until", "2026-11-21", "--by", "Ann"), "--cause and --effect and --from"),
        (("closures", "amend", "C1", "--by", "Ann"), "say what changes"),
        (("closures", "amend", "W1", "--cause", "fire", "--by", "Ann"), "a watch is not amended"),
        (("closures", "amend", "C9", "--cause", "fire", "--by", "Ann"), 'there is no closure "C9"'),
        (("closures", "withdraw", "C9", "--by", "Ann", "--reason", "x"), 'there is no closure "C9"'),
        (("closures", "withdraw", "C1", "--by", "Ann"), "Missing option '--reason'"),
        (("closures", "show", "seven"), "there is no closure"),
        (("closures", "list", "--at", "noon"), "is not a date or a time"),
        (("closures", "watch", *LEEDS, "--from", "now", "--cause", "weather", "--by", "Ann"), "'--until'"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else "",
)
def test_what_is_missing_is_said(stocked: Jobcentre, arguments: tuple[str, ...], says: str) -> None:
    assert says.casefold() in complaint(stocked(*arguments, code=2))


def test_a_list_at_a_time_or_a_day(stocked: Jobcentre) -> None:
    stocked(*PUBLISH[:-4], "--from", "2026-11-25T10:00", "--by", "Ann", "--until", "2026-11-25T12:00")

    def listed(*arguments: str) -> int:
        return len(read_json(stocked("closures", "list", *arguments, "--json")))

    moments = ("2026-11-25", "2026-11-25T11:00", "2026-11-25T12:00", "2026-11-24")
    assert [listed("--at", moment) for moment in moments] == [1, 1, 0, 0]
    assert (listed(), listed("--all")) == (1, 1)


def test_a_watch_and_a_confirmation(stocked: Jobcentre) -> None:
    watch = ("closures", "watch", "--nation", "england", "--from", "now", "--until", "today")
    result = stocked(*watch, "--cause", "weather", "--by", "Ann")
    assert result.stdout.splitlines()[0] == "W1"
    assert now_at(stocked, "leeds-park-place") == "unknown"
    confirmed = stocked("offices", "confirm", "leeds-park-place", "--by", "Bo").stdout
    assert "open as usual for the rest of W1" in confirmed
    assert (now_at(stocked, "leeds-park-place"), now_at(stocked, "leeds-southern-house")) == ("open", "unknown")
    assert "leeds-park-place" in stocked("closures", "show", "W1").stdout
    assert "checked now" in stocked("offices", "confirm", "cardiff", "--by", "Bo").stdout


# Offices


def test_an_import_reports_row_by_row(jobcentre: Jobcentre, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_bytes(register({}, {"id": "bad", "status": "?"}))
    result = jobcentre("offices", "import", str(file), "--by", "Ann", code=2)
    assert "line 3: refused bad" in result.stderr
    assert "1 row is refused: mend it, or add --skip-bad" in result.stderr
    assert "nothing was changed" in result.stdout
    assert read_json(jobcentre("offices", "list", "--json")) == []
    result = jobcentre("offices", "import", str(file), "--by", "Ann", "--skip-bad", "--json")
    report = read_json(result)
    assert (report["applied"], report["counts"]["added"], report["counts"]["refused"]) == (True, 1, 1)
    assert [office["id"] for office in read_json(jobcentre("offices", "list", "--json"))] == ["leeds-park-place"]


def test_a_dry_run_of_an_import_finds_what_is_wrong(jobcentre: Jobcentre, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_bytes(register({}))
    assert "1 added; nothing was changed" in jobcentre("offices", "import", str(file), "--by", "A", "--dry-run").stdout
    file.write_bytes(register({"status": "?"}))
    jobcentre("offices", "import", str(file), "--by", "A", "--dry-run", code=2)
    assert read_json(jobcentre("offices", "list", "--json")) == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("none.csv", None, "none.csv cannot be read: No such file or directory"),
        (".", None, "cannot be read: Is a directory"),
        ("latin.csv", "id,name\na,Ynys Môn\n".encode("latin-1"), "latin.csv, line 2: it is not in UTF-8"),
        ("short.csv", b"id,name\na,b\n", "short.csv, line 1: no column status, nation, address, postcode"),
        ("open.csv", b'id,name,status,nation,address,postcode\n"a,b\n', "open.csv, line 2: it cannot be read as CSV"),
    ],
)
@pytest.mark.parametrize("command", [("offices", "import", "--by", "Ann")])
def test_a_file_that_cannot_be_read(
    jobcentre: Jobcentre, tmp_path: Path, command: tuple[str, ...], name: str, content: bytes | None, says: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert says in jobcentre(*command, str(file), code=2).stderr


def test_a_file_from_standard_input(jobcentre: Jobcentre) -> None:
    jobcentre("offices", "import", "-", "--by", "Ann", stdin=register({}))
    alias = csv_file({"id": "leeds-park-place", "alias": "City Square"})
    jobcentre("offices", "import-aliases", "-", stdin=alias)
    assert "City Square" in jobcentre("offices", "show", "leeds-park-place").stdout
    assert "Standard input, line 1" in jobcentre("offices", "import", "-", "--by", "A", stdin=b"x\ny\n", code=2).stderr


def test_hours_in_their_forms(stocked: Jobcentre) -> None:
    stocked("offices", "hours", "cardiff", "Mo-Fr 10:00-16:00", "--usual", "--from", "2026-11-23", "--by", "Ann")
    shown = stocked("offices", "show", "cardiff").stdout
    assert "Mo-Fr 10:00-16:00 (usual) from 2026-11-23" in shown
    result = stocked("offices", "hours", "--everywhere", "Mo-Sa 09:00-17:00", "--by", "Ann")
    assert result.stdout == "3 offices keep these hours: Mo-Sa 09:00-17:00\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("hours", "leeds-park-place", "--by", "Ann"), "are not hours"),
        (("hours", "Mo-Fr 09:00-17:00", "--by", "Ann"), "say which offices"),
        (("hours", "leeds", "Mo-Fr 09:00-17:00", "--by", "Ann"), "there is no office leeds"),
        (("hours", "cardiff", "Mo-Fr 17:00-09:00", "--by", "Ann"), "must end after it starts"),
        (("hours", "cardiff", "Mo 09:00-17:00", "--from", "2026-02-30", "--by", "A"), "there is no day"),
        (("hours", "cardiff", "Mo 09:00-17:00"), "Missing option '--by'"),
        (("closed-day", "2026-12-35", "cardiff", "--title", "x", "--by", "A"), "there is no day"),
        (("closed-day", "2026-12-24", "--title", "x", "--by", "A"), "say which offices"),
        (("closed-day", "2026-12-24", "cardiff", "--title", " ", "--by", "A"), "needs a title"),
        (("show", "cardif"), "did you mean cardiff"),
        (("confirm", "cardiff", "leds-park-place", "--by", "A"), "did you mean leeds-park-place"),
        (("list", "--district", "South Whales"), "did you mean South Wales"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else "",
)
def test_what_offices_cannot_do(stocked: Jobcentre, arguments: tuple[str, ...], says: str) -> None:
    before = read_json(stocked("data", "export"))["tables"]
    assert says.casefold() in complaint(stocked("offices", *arguments, code=2))
    assert read_json(stocked("data", "export"))["tables"] == before


def test_a_closed_day_and_an_open_one(stocked: Jobcentre) -> None:
    stocked("offices", "closed-day", "2026-11-20", "--nation", "England", "--title", "Training", "--by", "Ann")
    assert now_at(stocked, "leeds-park-place") == "closed"
    stocked("offices", "closed-day", "today", "leeds-park-place", "--open", "--title", "After all", "--by", "Ann")
    assert "2026-11-20: open (After all)" in stocked("offices", "show", "leeds-park-place").stdout


# Accounts, staff, contacts, data


def test_accounts(stocked: Jobcentre) -> None:
    add = ("accounts", "add", "@JCPinLeeds", "--name", "Jobcentre in Leeds")
    stocked(*add, "--office", "leeds-park-place", "leeds-southern-house")
    assert "JCPinLeeds" in stocked("offices", "list", "--account", "jcpinleeds").stdout
    stocked("accounts", "pause", "--by", "Ann", "--reason", "a fault")
    assert "paused: a fault" in stocked("accounts", "list").stdout
    stocked("accounts", "resume", "JCPinLeeds")
    assert "speaking" in stocked("accounts", "list").stdout
    assert "is not paused" in stocked("accounts", "resume", "JCPinLeeds", code=2).stderr
    assert "say which offices" in complaint(stocked(*add, code=2))
    stocked("staff", "add", "Bo Jones", "--role", "editor", "--account", "JCPinLeeds")
    assert "Bo Jones  editor  JCPinLeeds" in stocked("staff", "list").stdout
    assert "already" in stocked("staff", "add", "bo jones", "--role", "viewer", code=2).stderr


def test_places_postcodes_and_contacts(jobcentre: Jobcentre) -> None:
    assert "1 added" in jobcentre("data", "import-places", "-", stdin=place_file({})).stdout
    result = jobcentre("data", "import-postcodes", "-", stdin=sector_file({}), code=2)
    assert "import the outcodes first" in result.stderr
    jobcentre("data", "import-postcodes", "-", stdin=outcode_file({}))
    jobcentre("data", "import-postcodes", "-", stdin=sector_file({}))
    for command in (("data", "import-contacts"), ("contacts", "import")):
        jobcentre(*command, "-", stdin=contact_file({}))
    assert "uc-phone" in jobcentre("contacts", "list", "--topic", "universal_credit").stdout


def test_the_sample_is_loaded_once(jobcentre: Jobcentre) -> None:
    assert "44 sample offices" in jobcentre("data", "load-sample").stdout
    assert "(sample data)" in jobcentre("db", "check").stdout
    assert "offices already" in jobcentre("data", "load-sample", code=2).stderr
    assert "left out" in jobcentre("data", "load-sample", "--if-empty").stdout


def test_backup_restore_and_reset(stocked: Jobcentre, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    stocked("data", "backup", str(copy))
    assert "is there already" in stocked("data", "backup", str(copy), code=2).stderr
    assert "add --yes" in stocked("db", "reset", code=2).stderr
    assert len(read_json(stocked("offices", "list", "--json"))) == 3
    stocked("db", "reset", "--yes")
    assert read_json(stocked("offices", "list", "--json")) == []
    assert "add --yes" in stocked("data", "restore", str(copy), code=2).stderr
    stocked("data", "restore", str(copy), "--yes")
    assert len(read_json(stocked("offices", "list", "--json"))) == 3


def test_export_to_a_file(stocked: Jobcentre, tmp_path: Path) -> None:
    stocked("data", "export", "--output", str(tmp_path / "all.json"))
    assert (tmp_path / "all.json").read_text().startswith("{")
    assert "cannot be written" in stocked("data", "export", "--output", str(tmp_path / "all.json"), code=2).stderr


def test_accepted_phrases_are_exported_for_rasa(
    stocked: Jobcentre, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(sqlite_url)
    with store.unit_of_work() as work:
        for channel in ("webchat", "x"):
            miss = keep_miss(work, keep_conversation(work, channel=channel))
            phrase = keep_phrase(work, miss, f"what about the thing on {channel}")
            phrases.accept(work, phrase.id, from_x=True, by="Bea", at=NOW)
        keep_phrase(work, keep_miss(work, keep_conversation(work)), "nobody has looked at it")
    store.close()
    stocked("data", "export", "--phrases", "--output", str(tmp_path / "phrases.yml"), "--by", "Ann")
    text = (tmp_path / "phrases.yml").read_text(encoding="utf-8")
    assert "- what about the thing on webchat" in text
    assert "thing on x" not in text
    assert "nobody" not in text
    monkeypatch.setenv("JOBCENTRE_LEARN_FROM_X", "yes")
    assert "thing on x" in stocked("data", "export", "--phrases").stdout
    assert "Choose one" in stocked("data", "export", "--phrases", "--sender", "1", code=2).stderr
    monkeypatch.setenv("JOBCENTRE_LEARN_FROM_X", "perhaps")
    assert "yes or no" in stocked("data", "export", "--phrases", code=2).stderr


@pytest.mark.parametrize(
    ("environment", "options", "says"),
    [
        pytest.param({}, (), "1 notes of what was not understood", id="of itself"),
        pytest.param({"JOBCENTRE_KEEP_MISS_DAYS": "20"}, (), "0 notes", id="by the setting"),
        pytest.param({"JOBCENTRE_KEEP_DAYS": "10"}, (), "0 notes", id="with its message"),
        pytest.param({"JOBCENTRE_KEEP_MISS_DAYS": "20"}, ("--miss-days", "14"), "1 notes", id="by the option"),
        pytest.param({}, ("--days", "10"), "0 notes", id="with its message, by the option"),
    ],
)
def test_what_was_not_understood_is_purged(
    stocked: Jobcentre,
    sqlite_url: str,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    options: tuple[str, ...],
    says: str,
) -> None:
    store = Store(sqlite_url)
    with store.unit_of_work() as work:
        keep_miss(work, keep_conversation(work), at=NOW - 15 * DAY)
    store.close()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert says in stocked("data", "purge", *options).stdout


def test_a_note_is_not_kept_longer_than_its_message(stocked: Jobcentre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBCENTRE_KEEP_MISS_DAYS", "31")
    assert "JOBCENTRE_KEEP_MISS_DAYS" in stocked("data", "purge", code=2).stderr


def test_handoffs_and_erasing(stocked: Jobcentre, sqlite_url: str) -> None:
    store = Store(sqlite_url)
    with store.unit_of_work() as work:
        conversation = keep_conversation(work)
        keep_incoming(work, conversation, "I want a person")
        work.handoffs.open_one(conversation.id, HandoffReason.ASKED, at=NOW)
    store.close()
    assert "asked" in stocked("handoffs", "list").stdout
    stocked("handoffs", "claim", "1", "--by", "Ann")
    assert "Ann has handoff 1" in stocked("handoffs", "claim", "1", "--by", "Bo", code=2).stderr
    stocked("handoffs", "reply", "1", "Hello there", "--by", "Ann")
    stocked("handoffs", "note", "1", "called back", "--by", "Ann")
    shown = stocked("handoffs", "show", "1").stdout
    assert all(words in shown for words in ("I want a person", "Hello there", "called back"))
    stocked("handoffs", "release", "1", "--by", "Ann")
    stocked("handoffs", "return", "1", "--note", "no need", "--by", "Ann")
    assert "resolved already" in stocked("handoffs", "resolve", "1", "--by", "Ann", code=2).stderr
    assert "no handoff 9" in stocked("handoffs", "show", "9", code=2).stderr
    assert "1 conversations and 2 messages" in stocked("data", "erase", "--sender", "person-1").stdout
    assert "0 messages" in stocked("data", "purge", "--days", "30").stdout


# The edges of the process


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"JOBCENTRE_DATABASE_URL": "sqlite:////nowhere/at/all.db"}, 'run "jobcentre db upgrade"'),
        ({"JOBCENTRE_DATABASE_URL": "what is this"}, "the database URL cannot be read"),
        ({"JOBCENTRE_DATABASE_URL": "mysql://x/y"}, '"mysql" is not a database that works here'),
        ({"JOBCENTRE_NOW": "noonish"}, "JOBCENTRE_NOW is noonish"),
        ({"JOBCENTRE_SETTINGS": "/nowhere.env"}, "JOBCENTRE_SETTINGS names /nowhere.env"),
    ],
)
def test_a_setting_that_cannot_be_used(
    jobcentre: Jobcentre, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], says: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert says.casefold() in complaint(jobcentre("offices", "list", code=2))


def test_what_was_typed_is_not_utf8(jobcentre: Jobcentre) -> None:
    assert "not in UTF-8" in jobcentre("offices", "show", "\udcff", code=2).stderr


def test_the_audit_says_that_the_clock_was_fixed(stocked: Jobcentre) -> None:
    events = read_json(stocked("data", "export"))["tables"]["audit_events"]
    assert {event["clock_was_fixed"] for event in events} == {True}
    assert {event["at"] for event in events} == {f"{CLOCK}:00+00:00"}


def environment(url: str) -> dict[str, str]:
    return {**os.environ, "JOBCENTRE_DATABASE_URL": url, "JOBCENTRE_NOW": CLOCK, "PYTHONIOENCODING": "latin-1"}


def test_a_real_process_publishes_and_another_reads(stocked: Jobcentre, sqlite_url: str) -> None:
    command = [sys.executable, "-m", "bot.cli"]
    options = {"capture_output": True, "env": environment(sqlite_url), "check": False}
    published = subprocess.run([*command, *PUBLISH, "--until", "2026-11-21", "--message", "Ŵy"], **options)  # type: ignore[call-overload]
    assert (published.returncode, published.stdout.splitlines()[0]) == (0, b"C1")
    assert "Ŵy" in stocked("closures", "show", "C1").stdout
    refused = subprocess.run([*command, "offices", "show", "nowhere"], **options)  # type: ignore[call-overload]
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.startswith(b"Error: There is no office nowhere")


def test_a_reader_that_goes_away_gets_no_traceback(stocked: Jobcentre, sqlite_url: str) -> None:
    command = [sys.executable, "-m", "bot.cli", "data", "export"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(sqlite_url))
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait()


@pytest.mark.parametrize(
    ("text", "told"),
    [("there is no", "There is no"), ("--until is", "--until is"), ("r.csv, line 1", "r.csv, line 1"), ("", "")],
)
def test_an_error_begins_with_a_capital_unless_with_a_name(text: str, told: str) -> None:
    assert sentence(text) == told


def test_every_effect_is_told_in_the_list(stocked: Jobcentre) -> None:
    options = {
        Effect.LATE_OPENING: ("--opens", "11:00"),
        Effect.EARLY_CLOSING: ("--closes", "15:00"),
        Effect.REDUCED_HOURS: ("--hours", "10:00-14:00"),
        Effect.MOVED: ("--to", "cardiff"),
    }
    for effect in Effect:
        if effect is Effect.PHONE_ONLY:
            continue
        rest = ("--from", "now", "--until", "tomorrow", "--by", "Ann", *options.get(effect, ()))
        stocked("closures", "publish", *LEEDS, "--cause", "other", "--effect", effect.value, *rest)
    shown = stocked("closures", "list").stdout
    assert all(words in shown for words in ("late opening 11:00", "early closing 15:00", "reduced hours 10:00-14:00"))
    assert "moved to cardiff" in shown
