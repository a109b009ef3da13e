"""People: added, changed, shut out and let in again by an administrator."""

from __future__ import annotations

from bot.store.records import Role
from bot.store.unit_of_work import Store
from tests.console.conftest import PEOPLE
from tests.console.visitor import Visitor


def test_somebody_added_gets_a_link_that_works(administrator: Visitor, stranger: Visitor, staffed: Store) -> None:
    page = administrator.press(
        administrator.get("/people/new"), "Save", {"name": "Bo Jones", "role": "adviser", "accounts": ["JCPinLeeds"]}
    )
    assert page.heading == "Give this link to Bo Jones"
    address = page.soup.select_one("#link")
    assert address is not None
    path = str(address["value"]).split("localhost")[1]
    assert stranger.get(path).heading == "Choose a password, Bo Jones"
    with staffed.unit_of_work(write=False) as work:
        member = work.staff.get("bo jones")
    assert (member.role, member.accounts) == (Role.ADVISER, ("JCPinLeeds",))


def test_a_name_that_is_taken_is_refused_and_nothing_typed_is_lost(administrator: Visitor) -> None:
    page = administrator.press(
        administrator.get("/people/new"), "Save", {"name": PEOPLE[Role.VIEWER].lower(), "role": "adviser"}
    )
    assert "called viewer ann already" in page.errors[0]
    assert page.soup.select_one("input[name=role][checked]")["value"] == "adviser"  # type: ignore[index]


def test_a_role_is_changed(administrator: Visitor, staffed: Store) -> None:
    page = administrator.get(administrator.get("/people/").link(PEOPLE[Role.VIEWER]))
    page = administrator.press(page, "Save", {"role": "editor"})
    assert page.heading == "People"
    with staffed.unit_of_work(write=False) as work:
        assert work.staff.get(PEOPLE[Role.VIEWER]).role is Role.EDITOR
        changed = work.audit.find(subject_type="staff", action="change")[0]
    assert (changed.by, changed.after and changed.after["role"]) == (PEOPLE[Role.ADMINISTRATOR], "editor")


def test_the_only_administrator_stays_one(administrator: Visitor) -> None:
    page = administrator.get(administrator.get("/people/").link(PEOPLE[Role.ADMINISTRATOR]))
    page = administrator.press(page, "Shut out", status=409)
    assert "only administrator" in page.main


def test_somebody_is_shut_out_and_let_in_again(administrator: Visitor, staffed: Store) -> None:
    path = administrator.get("/people/").link(PEOPLE[Role.EDITOR])
    administrator.press(administrator.get(path), "Shut out")
    with staffed.unit_of_work(write=False) as work:
        assert not work.staff.get(PEOPLE[Role.EDITOR]).is_active
    administrator.press(administrator.get(path), "Let in again")
    with staffed.unit_of_work(write=False) as work:
        assert work.staff.get(PEOPLE[Role.EDITOR]).is_active


def test_somebody_who_is_not_there_is_not_found(administrator: Visitor) -> None:
    administrator.get("/people/999", status=404)
