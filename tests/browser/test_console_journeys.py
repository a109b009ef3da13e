"""What members of staff do in the console, in a real browser, on a phone and at a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.store.records import Role
from tests.browser.desk import DESK, PHONE, Member

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]
each_size = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@each_size
@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_each_member_signs_in(member: Member, size: dict[str, int], role: Role) -> None:
    page = member(role, viewport=size)
    expect(page.get_by_text("7:30am").first).to_be_visible()


def test_nobody_sees_a_page_without_signing_in(member: Member) -> None:
    expect(member(None).get_by_role("heading", level=1)).to_have_text("Sign in")
