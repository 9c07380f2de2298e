"""The lock: a browser that was left alone asks who is there, and gives back what was half typed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from office.sign_in.sessions import COOKIE, Sessions
from tests.office.browsing import PASSWORD, SECRET, Browser, Opener, OpenOffice
from tests.office.test_second_factor import code_now, enrolled
from tests.support.families import AMINA, BEN

TEN_MINUTES = timedelta(minutes=10)
LOCKS = {"lock_after": TEN_MINUTES}
LOCKED = "Sign in as somebody else"
"""What the page that asks who is there says, and no other."""
WORDS = "We rang twice, please ring the office"


async def _left_alone(open_office: Opener, who: str = "reed") -> tuple[OpenOffice, Browser]:
    office = await open_office(AMINA, BEN, settings=LOCKS)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    browser = await office.sign_in(who)
    await browser.see("/office/child/amina")
    return office, browser


async def test_after_ten_minutes_alone_nothing_of_a_child_is_shown_on_any_page(open_office: Opener) -> None:
    office, reed = await _left_alone(open_office)
    office.school.world.clock.turn_by(TEN_MINUTES)
    for path in ("/office/", "/office/child/amina", "/office/people", "/office/account", "/office/call-sheet"):
        await reed.see(path)
        assert LOCKED in reed.text
        assert "Amina" not in reed.answer.text
    await reed.see("/office/child/amina")
    await reed.press("/office/lock", proof=PASSWORD)
    assert str(reed.answer.url).endswith("/office/child/amina")
    assert "Amina Okafor" in reed.text
    assert ("reed", "unlock", "account/reed") in await office.audit()


async def test_a_page_that_refreshes_itself_keeps_nothing_open(open_office: Opener) -> None:
    office, reed = await _left_alone(open_office)
    await reed.see("/office/")
    for _ in range(3):
        office.school.world.clock.turn_by(timedelta(minutes=3))
        assert "tally" in (await reed.parts())["parts"]
    office.school.world.clock.turn_by(timedelta(minutes=1))
    assert await reed.parts() == {}
    assert reed.status == 401
    assert reed.answer.headers["X-Firstcall-Lock"] == "1"
    await reed.poll("/office/people")
    assert (reed.status, reed.answer.headers["HX-Trigger"]) == (401, "firstcall:locked")
    assert "HX-Redirect" not in reed.answer.headers


async def test_an_answer_to_a_page_that_refreshes_itself_brings_no_cookie(open_office: Opener) -> None:
    _, reed = await _left_alone(open_office)
    await reed.see("/office/")
    page = reed.answer
    assert "set-cookie" in page.headers or reed.client.cookies.get(COOKIE)
    await reed.parts()
    await reed.client.get("/office/lock/state", headers={"X-Firstcall-Poll": "1"})
    answer = await reed.client.get("/office/lock/state", headers={"X-Firstcall-Poll": "1"})
    assert "set-cookie" not in answer.headers


async def test_typing_on_an_open_page_is_being_here(open_office: Opener) -> None:
    office, reed = await _left_alone(open_office)
    csrf = str(dict(reed.form("/office/sign-out")["fields"])["csrf"])
    for _ in range(4):
        office.school.world.clock.turn_by(timedelta(minutes=6))
        assert (await reed.send("/office/still-here", [("csrf", csrf)])).status == 204
    state = (await reed.client.get("/office/lock/state", headers={"X-Firstcall-Poll": "1"})).json()
    assert (state["signed_in"], state["locked"], state["left"]) == (True, False, 600)
    office.school.world.clock.turn_by(TEN_MINUTES)
    assert (await reed.send("/office/still-here", [("csrf", csrf)])).status == 401
    assert (await reed.send("/office/still-here", [("csrf", "another")])).status == 403


async def test_a_form_sent_from_a_locked_screen_is_kept_and_then_sent_by_one_press(open_office: Opener) -> None:
    office, reed = await _left_alone(open_office)
    before = len(office.school.texts())
    office.school.world.clock.turn_by(TEN_MINUTES)
    await reed.press("/office/child/amina/note", note=WORDS)
    assert "What you had typed is kept" in reed.text
    assert WORDS not in reed.answer.text
    assert len(office.school.texts()) == before
    await reed.press("/office/lock", proof="wrong")
    assert reed.status == 403
    await reed.press("/office/lock", proof=PASSWORD)
    assert WORDS in reed.text
    await reed.press("/office/child/amina/note")
    assert WORDS in (await reed.see("/office/child/amina")).text


async def test_a_kept_form_is_of_this_browser_only(open_office: Opener) -> None:
    office, reed = await _left_alone(open_office)
    okoro = await office.sign_in("okoro")
    office.school.world.clock.turn_by(TEN_MINUTES)
    await reed.press("/office/child/amina/note", note=WORDS)
    held = str(dict(reed.form("/office/lock")["fields"])["held"])
    await okoro.see("/office/")
    await okoro.press("/office/lock", proof=PASSWORD, held=held)
    assert WORDS not in okoro.answer.text
    for forged in ("x", "gAAAAA"):
        reed = await office.sign_in("reed")
        office.school.world.clock.turn_by(TEN_MINUTES)
        await reed.see("/office/")
        await reed.press("/office/lock", proof=PASSWORD, held=forged)
        assert "Act now" in reed.text


async def test_a_form_from_elsewhere_is_not_kept(open_office: Opener) -> None:
    office, reed = await _left_alone(open_office)
    office.school.world.clock.turn_by(TEN_MINUTES)
    await reed.send("/office/child/amina/note", [("csrf", "foreign"), ("note", WORDS)])
    assert "What you had typed is kept" not in reed.text


async def test_a_script_unlocks_the_page_where_it_stands(open_office: Opener) -> None:
    office, reed = await _left_alone(open_office)
    csrf = str(dict(reed.form("/office/sign-out")["fields"])["csrf"])
    office.school.world.clock.turn_by(TEN_MINUTES)
    script = {"X-Firstcall-Part": "1"}
    await reed.send("/office/lock", [("csrf", csrf), ("proof", "wrong")], **script)
    assert (reed.status, reed.answer.json()["unlocked"]) == (403, False)
    await reed.send("/office/lock", [("csrf", csrf), ("proof", PASSWORD)], **script)
    assert reed.answer.json()["unlocked"] is True
    await reed.send("/office/child/amina/note", [("csrf", csrf), ("note", WORDS)])
    assert WORDS in (await reed.see("/office/child/amina")).text


async def test_a_code_unlocks_too_and_counts_once(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, settings=LOCKS)
    reed, secret, _ = await enrolled(office, "reed")
    office.school.world.clock.turn_by(TEN_MINUTES)
    code = code_now(office, secret)
    await reed.see("/office/")
    await reed.press("/office/lock", proof=code)
    assert "Act now" in reed.text
    await reed.press("/office/lock/now")
    assert LOCKED in reed.text
    await reed.press("/office/lock", proof=code)
    assert reed.status == 403


async def test_after_five_wrong_tries_the_session_is_over(open_office: Opener) -> None:
    office, reed = await _left_alone(open_office)
    office.school.world.clock.turn_by(TEN_MINUTES)
    await reed.see("/office/")
    for _ in range(5):
        await reed.press("/office/lock", proof="wrong")
        assert reed.status == 403
    await reed.press("/office/lock", proof=PASSWORD)
    assert reed.status == 429
    assert "Sign in to the office" in (await reed.see("/office/")).text


async def test_lock_is_a_press_and_a_closed_account_does_not_open_again(open_office: Opener) -> None:
    from storage import accounts

    office, reed = await _left_alone(open_office)
    await reed.press("/office/lock/now")
    assert LOCKED in reed.text
    world = office.school.world
    async with world.database.begin() as db:
        await accounts.set_disabled(db, world.school_id, "reed", True)
    await reed.press("/office/lock", proof=PASSWORD)
    assert "Sign in to the office" in reed.text


@pytest.mark.parametrize(("minutes", "locked"), [(4, False), (5, True)])
async def test_a_setting_says_after_how_long(open_office: Opener, minutes: int, locked: bool) -> None:
    office = await open_office(AMINA, settings={"lock_after": timedelta(minutes=5)})
    reed = await office.sign_in("reed")
    assert 'data-after="300"' in reed.answer.text
    office.school.world.clock.turn_by(timedelta(minutes=minutes))
    assert (LOCKED in (await reed.see("/office/")).text) == locked


def test_a_session_is_locked_by_time_or_by_a_press_and_only_where_somebody_signed_in() -> None:
    from datetime import UTC, datetime

    now = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
    sessions = Sessions(SECRET, TEN_MINUTES)
    nobody, reed = sessions.new(now), sessions.signed_in(now, "s", "reed", "x")
    later = now + TEN_MINUTES
    loaded = sessions.load(sessions.dump(reed), later)
    assert loaded is not None
    assert loaded.locked
    assert sessions.touched(loaded, later) == loaded
    assert sessions.load(sessions.dump(nobody), later) == nobody
    assert sessions.load(sessions.dump(reed), now + timedelta(hours=13)) is None
    never = Sessions(SECRET, None)
    assert never.load(never.dump(reed), now + timedelta(hours=13)) == reed
