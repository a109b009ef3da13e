"""Offices through the pages: found, looked at, mended, imported."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.jobcentre.hours import Certainty, OpeningHours
from bot.jobcentre.office import Office, OfficeStatus
from bot.services import channel_lines, closures, exports, staff
from bot.services.channel_lines import LineState, Reading
from bot.store.records import NameKind, Role
from bot.store.unit_of_work import Store
from tests.builders import keep_offices, make_account, make_contact, make_office, make_scope, make_staff_day, make_watch
from tests.console.conftest import NOW, PEOPLE, Clock
from tests.console.visitor import Page, Visitor
from tests.register import register_folder
from tests.store.queries import recorded

SignedIn = Callable[[Role], Visitor]
LEEDS = "leeds-park-place"
SEE, PUBLISH = "See what changes", "Publish"


def held(store: Store, office_id: str = LEEDS) -> Office:
    with store.unit_of_work(write=False) as work:
        return work.offices.get(office_id)


def hours_on(store: Store, day: date, office_id: str = LEEDS) -> OpeningHours | None:
    with store.unit_of_work(write=False) as work:
        return work.offices.facts([office_id], NOW, NOW + timedelta(days=40))[office_id].hours_on(day)


def rows(page: Page) -> list[str]:
    return [row.th.get_text(" ", strip=True) for row in page.soup.select("tbody tr") if row.th]


# Finding them


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param("park place", "Leeds Park Place", id="name"),
        pytest.param("LS1 2SL", "Leeds Park Place", id="postcode"),
        pytest.param("ls12sl", "Leeds Park Place", id="postcode without its space"),
        pytest.param("west yorkshire", "Wakefield", id="district"),
        pytest.param("Caerdydd", "Cardiff Charles Street", id="Welsh name"),
        pytest.param("leeds city centre", "Leeds Park Place", id="another name"),
    ],
)
def test_an_office_is_found_by_what_people_know_of_it(editor: Visitor, wanted: str, found: str) -> None:
    assert found in rows(editor.get(f"/offices/?q={wanted}"))


def test_nothing_found_says_so(editor: Visitor) -> None:
    assert "No office fits" in editor.get("/offices/?q=atlantis").main
    assert editor.get("/offices/?status=closed&page=x").heading == "Offices"


def test_a_long_list_comes_in_pages(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        work.offices.put(make_office(f"office-{number:03}") for number in range(120))
    page = editor.get("/offices/?q=office")
    assert "page 1 of 3" in page.main
    assert len(rows(page)) == 50
    assert "Office 119" in rows(editor.get("/offices/?q=office&page=3"))
    assert "page 3 of 3" in editor.get("/offices/?q=office&page=99").main


@pytest.mark.parametrize("path", ["/offices/", "/contacts/", "/accounts/", "/days/", "/hours/new", f"/offices/{LEEDS}"])
def test_queries_do_not_grow_with_what_is_held(editor: Visitor, staffed: Store, path: str) -> None:
    with recorded(staffed) as before:
        editor.get(path)
    with staffed.unit_of_work() as work:
        keep_offices(work, [make_office(f"office-{number:03}") for number in range(600)])
        everywhere = make_scope(everywhere=True)
        for number in range(40):
            work.accounts.put(make_account(f"JCP{number}"), make_scope(f"office-{number:03}"))
            work.offices.add_staff_day(make_staff_day(scope=everywhere), by="Ann")
            work.contacts.put(make_contact(f"line-{number}", topic=f"Line {number}"))
    with recorded(staffed) as after:
        editor.get(path)
    assert len(after) == len(before)


# One office


def test_an_office_says_how_it_stands_and_what_people_are_told(editor: Visitor) -> None:
    page = editor.get(f"/offices/{LEEDS}")
    assert "Closed" in page.main  # it is half past seven
    assert "Open from 9am today" in page.main
    assert "9am to 5pm" in page.main
    assert "Usual hours" in page.main
    assert "JCPinLeeds" in page.main
    assert "agor" in page.main


def test_checking_it_is_noted_with_one_tap(editor: Visitor, staffed: Store) -> None:
    page = editor.press(editor.get(f"/offices/{LEEDS}"), "I have checked it now")
    assert "Last checked 20 November 2026, 7:30am" in page.main
    assert f"{PEOPLE[Role.EDITOR]} checked what we hold of Leeds Park Place" in page.main


def test_a_watched_office_is_said_to_be_open(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        closures.watch(work, make_watch("wakefield"), by="Ann", at=NOW)
    page = editor.press(editor.get("/offices/wakefield"), "It is open as usual")
    assert "Open as usual while it is watched" in page.main


def test_a_page_speaks_of_no_command(editor: Visitor) -> None:
    assert editor.get("/offices/atlantis", status=404).main == 'Not found There is no office "atlantis". Go to Today'


def test_details_are_changed_and_stand_in_the_history(editor: Visitor, staffed: Store) -> None:
    page = editor.get(f"/offices/{LEEDS}/change")
    page = editor.press(page, "Save", {"phone": "0113 496 0000", "facilities": ["wifi", "step_free"]})
    assert page.heading == "Leeds Park Place"
    assert held(staffed).phone == "0113 496 0000"
    assert held(staffed).facilities == ("wifi", "step_free")
    assert f"{PEOPLE[Role.EDITOR]} changed Leeds Park Place: phone and what is there, 20 November 2026" in page.main
    assert held(staffed).accounts == ("JCPinLeeds",)


def test_an_office_that_moved_sends_people_on(editor: Visitor, staffed: Store) -> None:
    page = editor.get(f"/offices/{LEEDS}/change")
    page = editor.press(page, "Save", {"status": "moved", "replaced_by": "Leeds Southern House"})
    assert (held(staffed).status, held(staffed).replaced_by) == (OfficeStatus.MOVED, "leeds-southern-house")
    assert "People are sent to Leeds Southern House" in page.main


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        pytest.param({"name": " "}, "name", "Enter a name", id="no name"),
        pytest.param({"name": "<b>Leeds</b>"}, "name", "markup", id="markup"),
        pytest.param({"postcode": "LS1"}, "postcode", "not a full postcode", id="half a postcode"),
        pytest.param({"postcode": "LS1 4AP"}, "position", "postcode is new", id="the place of before"),
        pytest.param({"position": "-1.5, 53.8"}, "position", "United Kingdom", id="the wrong way round"),
        pytest.param({"position": "here"}, "position", "not a position", id="no place"),
        pytest.param({"phone": "call us"}, "phone", "not a phone number", id="no number"),
        pytest.param({"status": "closed", "replaced_by": "Mars"}, "replaced_by", "no office Mars", id="nowhere"),
        pytest.param({"status": "closed", "replaced_by": LEEDS}, "replaced_by", "another one", id="itself"),
    ],
)
def test_a_mistake_is_told_beside_its_field(
    editor: Visitor, staffed: Store, values: dict[str, str], field: str, told: str
) -> None:
    before = held(staffed)
    page = editor.press(editor.get(f"/offices/{LEEDS}/change"), "Save", {"town": "Typed", **values}, status=400)
    assert told in " ".join(page.errors)
    assert page.soup.select_one(f".govuk-error-summary a[href='#{field}']")
    assert page.soup.find("input", {"name": "town"})["value"] == "Typed"  # type: ignore[index]
    assert held(staffed) == before


def test_nobody_is_overwritten_unasked(editor: Visitor, administrator: Visitor, staffed: Store) -> None:
    mine = editor.get(f"/offices/{LEEDS}/change")
    administrator.press(administrator.get(f"/offices/{LEEDS}/change"), "Save", {"phone": "0113 496 0001"})
    page = editor.press(mine, "Save", {"town": "Leeds centre"}, status=409)
    assert "Somebody else was quicker" in page.main
    assert f"{PEOPLE[Role.ADMINISTRATOR]} changed it: phone from none to 0113 496 0001" in page.main
    assert held(staffed).phone == "0113 496 0001"
    editor.press(page, "Save")
    assert (held(staffed).town, held(staffed).phone) == ("Leeds centre", "0113 496 0001"), "both are kept"


def test_where_both_changed_the_same_ones_own_is_kept_only_when_saved_again(
    editor: Visitor, administrator: Visitor, staffed: Store
) -> None:
    mine = editor.get(f"/offices/{LEEDS}/change")
    theirs = administrator.get(f"/offices/{LEEDS}/change")
    administrator.press(theirs, "Save", {"town": "Leeds City", "status": "check"})
    page = editor.press(mine, "Save", {"town": "Leeds centre", "facilities": ["wifi"]}, status=409)
    assert (held(staffed).town, held(staffed).facilities) == ("Leeds City", ("computers", "wifi"))
    editor.press(page, "Save")
    kept = held(staffed)
    assert (kept.town, kept.facilities, kept.status) == ("Leeds centre", ("wifi",), OfficeStatus.CHECK)


def test_names_are_added_and_removed(editor: Visitor, staffed: Store) -> None:
    page = editor.get(f"/offices/{LEEDS}/names")
    page = editor.press(page, "Add it", {"name": "The Leeds one", "kind": "nickname"})
    with staffed.unit_of_work(write=False) as work:
        assert ("The Leeds one", NameKind.NICKNAME) in [(n.name, n.kind) for n in work.offices.find_names(LEEDS)]
    again = editor.press(page, "Add it", {"name": "the leeds ONE"}, status=400)
    assert "already" in again.errors[0]
    page = editor.press(page, "Remove The Leeds one")
    assert "The Leeds one is removed" in page.main
    assert "The Leeds one" not in held(staffed).alternate_names


def test_a_name_of_two_offices_says_that_people_are_asked(editor: Visitor) -> None:
    page = editor.press(editor.get("/offices/wakefield/names"), "Add it", {"name": "Leeds Park Place"})
    assert "Leeds Park Place is called so too" in page.main


# Hours


def test_hours_are_seen_before_they_count(editor: Visitor, staffed: Store) -> None:
    page = editor.press(editor.get(f"/hours/new?office={LEEDS}"), SEE, {"same": "10am to 4pm"})
    assert "10am to 4pm" in page.main
    assert "Monday to Friday 9am to 5pm (usual)" in page.main
    assert str(hours_on(staffed, NOW.date())) == "Mo-Fr 09:00-17:00"
    page = editor.press(page, PUBLISH)
    assert page.heading == "Leeds Park Place"
    now = hours_on(staffed, NOW.date())
    assert now is not None
    assert (str(now), now.certainty) == ("Mo-Fr 10:00-16:00", Certainty.CONFIRMED)
    assert "Confirmed hours since 20 November 2026" in page.main


def test_each_day_can_have_its_own_spans_from_a_date(editor: Visitor, staffed: Store) -> None:
    values = {"pattern": "each", "monday": "9am to 12:30pm and 1:30pm to 5pm", "wednesday": "10:00-17:00"}
    values |= dict.fromkeys(("tuesday", "thursday", "friday"), "") | {"starts": "other", "first_day": "2026-11-30"}
    page = editor.press(editor.get(f"/hours/new?office={LEEDS}"), SEE, {**values, "certainty": "usual"})
    assert "open on Monday 30 November?" in page.main
    editor.press(page, PUBLISH)
    assert str(hours_on(staffed, NOW.date())) == "Mo-Fr 09:00-17:00"
    assert str(hours_on(staffed, date(2026, 11, 30))) == "Mo 09:00-12:30,13:30-17:00; We 10:00-17:00"


def test_a_district_changes_together(editor: Visitor, staffed: Store) -> None:
    page = editor.press(editor.get("/hours/new"), SEE, {"where": "West Yorkshire", "same": "9am to 4pm"})
    page = editor.press(page, PUBLISH)
    assert "offices have new hours" in page.main
    assert str(hours_on(staffed, NOW.date(), "wakefield")) == "Mo-Fr 09:00-16:00"


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        pytest.param({"where": ""}, "where", "Enter at least one office", id="no office"),
        pytest.param({"where": "Leeds Park Plaice"}, "where", "did you mean", id="unknown office"),
        pytest.param({"same": ""}, "same", "Enter hours like", id="no hours"),
        pytest.param({"same": "9 to 5"}, "same", "not a time of day", id="morning or evening"),
        pytest.param({"same": "5pm to 9am"}, "same", "must end after it starts", id="backwards"),
        pytest.param({"pattern": "each", "monday": "open"}, "monday", "not a span", id="no times"),
        pytest.param({"starts": "other", "first_day": "soon"}, "first_day", "not a date", id="no date"),
        pytest.param({"last_day": "2026-11-19"}, "last_day", "must not be before", id="over before it begins"),
    ],
)
def test_hours_that_cannot_be_are_told_beside_their_field(
    editor: Visitor, values: dict[str, str], field: str, told: str
) -> None:
    page = editor.press(editor.get(f"/hours/new?office={LEEDS}"), SEE, values, status=400)
    assert told in " ".join(page.errors)
    assert page.soup.select_one(f".govuk-error-summary a[href='#{field}']")


def test_hours_changed_by_another_meanwhile_are_shown_first(
    editor: Visitor, administrator: Visitor, staffed: Store
) -> None:
    mine = editor.press(editor.get(f"/hours/new?office={LEEDS}"), SEE, {"same": "10am to 4pm"})
    theirs = administrator.press(administrator.get(f"/hours/new?office={LEEDS}"), SEE, {"same": "8am to 6pm"})
    administrator.press(theirs, PUBLISH)
    page = editor.press(mine, PUBLISH, status=409)
    assert f"{PEOPLE[Role.ADMINISTRATOR]} changed its hours" in page.main
    assert str(hours_on(staffed, NOW.date())) == "Mo-Fr 08:00-18:00"
    editor.press(page, "Publish mine all the same")
    assert str(hours_on(staffed, NOW.date())) == "Mo-Fr 10:00-16:00"


def test_an_editor_of_one_account_changes_its_offices_alone(
    editor: Visitor, staffed: Store, clock: Clock, signed_in: SignedIn
) -> None:
    with staffed.unit_of_work() as work:
        staff.change(work, PEOPLE[Role.EDITOR], Role.EDITOR, ["JCPinLeeds"], True, by="test", at=clock.now)
    visitor = signed_in(Role.EDITOR)
    visitor.press(visitor.get(f"/offices/{LEEDS}/change"), "Save", {"town": "Leeds"})
    page = visitor.press(visitor.get("/hours/new?office=wakefield"), SEE, status=400)
    assert "You can change the offices of JCPinLeeds" in page.errors[0]
    page = visitor.press(visitor.get("/offices/wakefield/change"), "Save", {"town": "Elsewhere"}, status=400)
    assert held(staffed, "wakefield").town == "Wakefield"
    assert "Change its details" not in visitor.get("/offices/wakefield").main
    assert visitor.get("/imports/offices", status=403).heading == "You cannot see this page"


# Days


PREVIEW_DAY = "See what people will be told"


def test_a_day_is_said_and_taken_back(editor: Visitor, staffed: Store) -> None:
    page = editor.get("/days/new")
    values = {"day": "2026-12-29", "title": "extra closing day", "where": "England\nWales"}
    page = editor.press(page, PREVIEW_DAY, values)
    assert "will be closed on Tuesday 29 December 2026: extra closing day" in page.main
    assert "is closed on Tuesday 29 December" in page.soup.get_text() or "are closed" in page.soup.get_text()
    with staffed.unit_of_work(write=False) as work:
        assert work.offices.find_staff_days() == [], "a preview keeps nothing"
    page = editor.press(page, "Publish")
    assert "Tuesday 29 December 2026: closed" in page.main
    assert "Tuesday 29 December 2026: closed, extra closing day" in editor.get(f"/offices/{LEEDS}").main
    page = editor.press(page, "Withdraw Tuesday 29 December, England, Wales")
    assert "Staff have said nothing of days to come" in page.main
    with staffed.unit_of_work(write=False) as work:
        assert work.offices.find_staff_days() == []
        assert [e.action for e in work.audit.find(subject_type="staff_day")] == ["withdraw", "add"]


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        pytest.param({"day": ""}, "day", "Enter a day", id="no day"),
        pytest.param({"where": ""}, "where", "Enter at least one office", id="nowhere"),
        pytest.param({"title": ""}, "title", "title", id="no title"),
        pytest.param({"title": "ask Ann on 07700 900123"}, "title", "personal data", id="personal data"),
    ],
)
def test_a_day_that_cannot_be_told_is_refused(
    editor: Visitor, staffed: Store, values: dict[str, str], field: str, told: str
) -> None:
    good = {"day": "2026-12-29", "title": "extra closing day", "where": "England"}
    page = editor.press(editor.get("/days/new"), PREVIEW_DAY, {**good, **values}, status=400)
    assert told in " ".join(page.errors)
    assert page.soup.select_one(f".govuk-error-summary a[href='#{field}']")


def test_a_day_can_be_mended_before_it_counts(editor: Visitor, staffed: Store) -> None:
    values = {"day": "2026-12-04", "title": "training day", "where": "Wakefield"}
    page = editor.press(editor.get("/days/new"), PREVIEW_DAY, values)
    page = editor.press(page, "Go back and change it")
    page = editor.press(editor.press(page, PREVIEW_DAY, {"title": "staff training day"}), "Publish")
    assert "staff training day" in page.main


# Accounts


def test_an_account_is_added_and_its_area_changed(administrator: Visitor, staffed: Store) -> None:
    page = administrator.get("/accounts/new")
    values = {"handle": "@JCPinWakefield", "name": "Jobcentre in Wakefield", "where": "Wakefield"}
    page = administrator.press(page, "Save", values)
    assert "JCPinWakefield serves 1 office" in page.main
    page = administrator.press(administrator.get("/accounts/JCPinWakefield"), "Save", {"where": "West Yorkshire"})
    with staffed.unit_of_work(write=False) as work:
        assert {"wakefield", LEEDS} <= set(work.accounts.get("JCPinWakefield").offices)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        pytest.param({"handle": "JCPinLeeds"}, "already", id="taken"),
        pytest.param({"handle": "JCP in Leeds"}, "not a handle", id="no handle"),
        pytest.param({"where": "JCPinLeeds"}, "name those", id="another account's area"),
        pytest.param({"name": ""}, "needs a name", id="no name"),
    ],
)
def test_an_account_that_cannot_be_is_refused(administrator: Visitor, values: dict[str, str], told: str) -> None:
    good = {"handle": "JCPinWakefield", "name": "Jobcentre in Wakefield", "where": "Wakefield"}
    page = administrator.press(administrator.get("/accounts/new"), "Save", {**good, **values}, status=400)
    assert told in " ".join(page.errors)


# Files


def hand_in(visitor: Visitor, data: bytes, kind: str = "offices", name: str = "r.csv", **more: str) -> Page:
    token = visitor.get(f"/imports/{kind}").soup.find(attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    form = {"csrf_token": token, "file": (io.BytesIO(data), name), **more}
    response = visitor.raw("POST", f"/imports/{kind}", data=form, content_type="multipart/form-data")
    return visitor.get(response.headers["Location"]) if response.status_code == 302 else Page(response)


def exported(store: Store) -> str:
    with store.unit_of_work(write=False) as work:
        return exports.register(work, NOW).decode("utf-8-sig")


def test_what_is_exported_would_change_nothing(editor: Visitor, staffed: Store) -> None:
    data = editor.raw("GET", "/offices/export.csv")
    assert data.headers["Content-Disposition"] == 'attachment; filename="offices.csv"'
    page = hand_in(editor, data.get_data())
    assert "There is nothing to import" in page.main


def test_every_change_is_seen_before_any_is_made(editor: Visitor, staffed: Store) -> None:
    text = exported(staffed).replace("LS1 2SL", "LS1 9ZZ")
    page = hand_in(editor, text.encode())
    assert "Postcode: LS1 2SL becomes LS1 9ZZ" in page.main
    assert held(staffed).postcode == "LS1 2SL"
    page = editor.press(page, "Import: one change")
    assert "Imported: 1 changed" in page.main
    assert held(staffed).postcode == "LS1 9ZZ"
    assert editor.get("/imports/offices/preview").heading == "Import offices", "the file is gone"


def test_refused_rows_say_why_and_the_others_can_be_imported(editor: Visitor, staffed: Store) -> None:
    text = exported(staffed).replace("LS1 2SL", "LS1 9ZZ").replace("LS9 6TF", "Leeds")
    page = hand_in(editor, text.encode())
    assert "is not a full postcode" in page.main
    editor.press(page, "Import the others: one change")
    assert held(staffed).postcode == "LS1 9ZZ"
    assert held(staffed, "leeds-southern-house").postcode == "LS9 6TF"


def test_a_complete_file_shows_what_it_would_close(editor: Visitor, staffed: Store) -> None:
    lines = [line for line in exported(staffed).splitlines() if not line.startswith("wakefield,")]
    page = hand_in(editor, "\n".join(lines).encode(), is_complete="y")
    assert "Closed for good: 1" in page.main
    editor.press(page, "Import: one change")
    assert held(staffed, "wakefield").status is OfficeStatus.CLOSED


def test_what_changed_after_the_preview_is_shown_first(editor: Visitor, administrator: Visitor, staffed: Store) -> None:
    page = hand_in(editor, exported(staffed).replace("LS1 2SL", "LS1 9ZZ").encode())
    administrator.press(administrator.get(f"/offices/{LEEDS}/change"), "Save", {"phone": "0113 496 0001"})
    page = editor.press(page, "Import: one change", status=409)
    assert "Something changed meanwhile" in page.main
    assert "Phone: 0113 496 0001 becomes none" in page.main
    assert held(staffed).phone == "0113 496 0001"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"PK\x03\x04rest", "is a spreadsheet", id="spreadsheet"),
        pytest.param("name\nLlanfair\xe9".encode("latin-1"), "not in UTF-8", id="another encoding"),
        pytest.param(b"id,name\na,b\n", "no column", id="columns missing"),
        pytest.param(b'id,name,status,nation,address,postcode\n"a', "cannot be read as CSV", id="open quotes"),
        pytest.param(b"id,id,name,status,nation,address,postcode\n", "there twice", id="a column twice"),
        pytest.param(b"\x00" * 50, "not text", id="not text"),
        pytest.param(b"id,name\n" + b"a\n" * 20_000, "more than 20,000 lines", id="too many lines"),
        pytest.param(
            b"id,name,status,nation,address,postcode\n" + b"x" * 200_000, "cannot be read as CSV", id="a huge cell"
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why(editor: Visitor, data: bytes, told: str) -> None:
    page = hand_in(editor, data)
    assert told in " ".join(page.errors)


def test_no_file_at_all_says_so(editor: Visitor) -> None:
    assert editor.press(editor.get("/imports/names"), "See what would change", status=400).errors == ["Choose a file"]


def test_a_hostile_file_name_does_no_harm(editor: Visitor, staffed: Store) -> None:
    page = hand_in(editor, exported(staffed).encode(), name="../../<b>\x00=cmd.csv\u202e")
    assert not page.soup.find("b")
    assert "\x00" not in page.main
    assert "\u202e" not in page.main
    assert "There is nothing to import" in page.main


def test_too_large_a_file_is_refused(editor: Visitor) -> None:
    assert hand_in(editor, b"x" * (4 * 1024 * 1024 + 1)).heading == "The file is too large"


def test_a_file_waits_an_hour_and_no_longer(editor: Visitor, staffed: Store, clock: Clock) -> None:
    page = hand_in(editor, exported(staffed).replace("LS1 2SL", "LS1 9ZZ").encode())
    clock.now += timedelta(minutes=59)
    editor.get("/imports/offices/preview")
    clock.now += timedelta(minutes=2)
    page = editor.press(page, "Import: one change")
    assert page.heading == "Import offices"
    assert held(staffed).postcode == "LS1 2SL"


def test_a_file_of_one_person_is_nobody_elses(editor: Visitor, administrator: Visitor, staffed: Store) -> None:
    hand_in(editor, exported(staffed).encode())
    assert administrator.get("/imports/offices/preview").heading == "Import offices"


def test_no_cell_of_an_export_is_a_formula(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        work.offices.put(
            [make_office("sly", name="=cmd|calc", address="+44 High Street", town="@SUM(1)", district="-2+3")]
        )
    text = editor.raw("GET", "/offices/export.csv").get_data(as_text=True)
    assert "'=cmd|calc" in text
    assert [cell for cell in re.split(r"[,\r\n]+", text) if cell.startswith(("=", "@", "+"))] == []
    page = hand_in(editor, text.encode())
    assert "There is nothing to import" in page.main


def test_markup_in_a_file_is_shown_as_text(editor: Visitor, staffed: Store) -> None:
    text = exported(staffed).replace("leeds-park-place,Leeds Park Place", "leeds-park-place,<script>alert(1)</script>")
    page = hand_in(editor, text.replace("LS9 6TF", "<i>").encode())
    assert "<i>" in page.main
    assert not page.soup.find("script", string="alert(1)")
    assert "The name holds markup" in page.main


def test_offices_without_hours_can_be_found(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        work.offices.put([make_office("hourless"), make_office("gone", status=OfficeStatus.CLOSED)])
    page = editor.get("/offices/?status=no-hours")
    assert "Hourless" in rows(page)
    assert "Gone" not in rows(page)
    assert "Leeds Park Place" not in rows(page)
    assert "No hours held" in editor.get("/offices/?q=hourless").soup.tbody.get_text()  # type: ignore[union-attr]


@pytest.mark.register
def test_the_register_is_imported_through_the_page(editor: Visitor, staffed: Store) -> None:
    page = hand_in(editor, (register_folder() / "jobcentres.csv").read_bytes())
    assert "Added: " in page.main
    assert "Refused" not in page.main
    button = next(b.get_text(" ", strip=True) for b in page.soup.find_all("button") if "Import" in b.get_text())
    assert "Imported: " in editor.press(page, button).main
    assert held(staffed, "aberdare").postcode == "CF44 7HU"


def test_how_accounts_stand_on_x_is_shown_once_they_are_there(editor: Visitor, staffed: Store) -> None:
    assert "On X" not in editor.get("/accounts/").main
    with staffed.unit_of_work() as work:
        work.accounts.put(make_account("JCPinYork"), make_scope(LEEDS))
        refused = LineState("tokens refused", "X refuses the tokens: they are kept", since=NOW)
        channel_lines.keep_state(work, "JCPinYork", refused, channel="x")
        channel_lines.keep_reading(work, "JCPinYork", Reading(1, NOW - timedelta(hours=1)), channel="x")
    page = editor.get("/accounts/")
    rows = {row.th.get_text(): row.find(attrs={"data-label": "On X"}).text for row in page.soup.select("tbody tr")}
    york = next(told for name, told in rows.items() if "JCPinYork" in name)
    for words in ("Tokens refused", "X refuses the tokens: they are kept", "Read 6:30am today", "0 to be answered"):
        assert words in york
    assert all(told == "Not on X" for name, told in rows.items() if "JCPinYork" not in name)


def test_what_stops_all_accounts_stands_at_each(editor: Visitor, staffed: Store) -> None:
    with staffed.unit_of_work() as work:
        channel_lines.keep_state(work, channel_lines.ALL, LineState("no credit", "buy some"), channel="x")
    page = editor.get("/accounts/")
    assert page.main.count("No credit") == len(page.soup.select("tbody tr"))
