"""One's own password in the browser: the old one is asked, other browsers are signed out, and tries are few."""

from __future__ import annotations

import pytest

from office.sign_in.password_page import unfit
from tests.office.browsing import PASSWORD, Opener
from tests.support.families import AMINA, BEN

NEW = "seven wet umbrellas on a bus"
PATH = "/office/account/password"


async def test_a_new_password_counts_at_once_and_ends_every_other_session(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    here, elsewhere = await office.sign_in("reed"), await office.sign_in("reed")
    await (await here.see("/office/account")).press(PATH, old=PASSWORD, new=NEW, again=NEW)
    assert "Your password is changed, and you are signed out everywhere else." in here.text
    assert "Act now" in (await here.see("/office/")).text
    assert "Sign in to the office" in (await elsewhere.see("/office/")).text
    assert (await office.sign_in("reed")).status == 401
    assert "Act now" in (await office.sign_in("reed", NEW)).text
    assert ("reed", "change_password", "account/reed") in await office.audit()


async def test_without_the_old_one_nothing_changes_and_tries_are_few(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed = await office.sign_in("reed")
    await reed.see("/office/account")
    for _ in range(5):
        await reed.press(PATH, old="not this", new=NEW, again=NEW)
        assert reed.status == 403
        assert "The old password is not right." in reed.text
    await reed.press(PATH, old=PASSWORD, new=NEW, again=NEW)
    assert reed.status == 429
    assert "Too many tries." in reed.text
    assert (None, "password_failed", "account/reed") in await office.audit()
    assert NEW not in reed.answer.text


@pytest.mark.parametrize(
    ("new", "again", "why"),
    [
        (NEW, NEW + "s", "not the same"),
        ("short", "short", "at least 10"),
        ("x" * 1001, "x" * 1001, "at most"),
        (PASSWORD, PASSWORD, "not the old one"),
        ("Reed is my name", "Reed is my name", "user name"),
        (NEW, NEW, ""),
    ],
)
def test_what_is_wrong_with_a_new_password(new: str, again: str, why: str) -> None:
    found = unfit(new, again, PASSWORD, "reed")
    assert why in found
    assert bool(found) == bool(why)


async def test_a_form_from_elsewhere_changes_no_password(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed = await office.sign_in("reed")
    await reed.send(PATH, [("csrf", "made up"), ("old", PASSWORD), ("new", NEW), ("again", NEW)])
    assert reed.status == 403
    assert "Act now" in (await office.sign_in("reed")).text
