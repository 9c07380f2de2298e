"""Signing in: wrong passwords, too many of them, cookies, forged forms, and what every answer carries."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from office.sign_in.sessions import COOKIE, Sessions
from storage import accounts
from tests.office.browsing import HASH, PASSWORD, SECRET, Opener
from tests.support.families import AMINA, BEN


async def test_nobody_sees_a_page_without_signing_in_and_then_comes_back_to_it(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    browser = await office.browser()
    await browser.see("/office/child/amina")
    assert "Sign in to the office" in browser.text
    assert "Amina" not in browser.text
    await browser.press("/office/sign-in", name="Reed", password=PASSWORD)
    assert str(browser.answer.url).endswith("/office/child/amina")
    assert "Amina Okafor" in browser.text


async def test_a_wrong_password_does_not_say_which_half_was_wrong(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    wrong = await office.sign_in("reed", "not this")
    nobody = await office.sign_in("no such person", "not this")
    assert wrong.status == nobody.status == 401
    assert "The name or the password is not right." in wrong.text
    assert "The name or the password is not right." in nobody.text
    assert (None, "sign_in_failed", "account/reed") in await office.audit()


async def test_after_five_wrong_passwords_even_the_right_one_waits(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    for _ in range(5):
        assert (await office.sign_in("reed", "not this")).status == 401
    assert (await office.sign_in("reed")).status == 429
    assert "Act now" in (await office.sign_in("okoro")).text
    office.school.world.clock.turn_by(timedelta(minutes=16))
    assert "Act now" in (await office.sign_in("reed")).text


async def test_many_names_from_one_address_wait_too(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    for number in range(30):
        await office.sign_in(f"guess{number}", "not this")
    assert (await office.sign_in("okoro")).status == 429


async def test_a_closed_account_or_a_new_password_signs_everybody_out(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed, okoro = await office.sign_in("reed"), await office.sign_in("okoro")
    world = office.school.world
    async with world.database.begin() as db:
        await accounts.set_disabled(db, world.school_id, "reed", True)
        await accounts.set_password(db, world.school_id, "okoro", HASH.replace("$p=", "$p=", 1) + "x")
    assert "Sign in to the office" in (await reed.see("/office/")).text
    assert "Sign in to the office" in (await okoro.see("/office/")).text


async def test_after_twelve_hours_everybody_signs_in_anew_however_busy(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed = await office.sign_in("reed")
    for _ in range(80):
        office.school.world.clock.turn_by(timedelta(minutes=9))
        assert "Act now" in (await reed.see("/office/")).text
    office.school.world.clock.turn_by(timedelta(minutes=9))
    assert "Sign in to the office" in (await reed.see("/office/")).text


async def test_signing_out_is_a_press_and_the_page_is_gone(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed = await office.sign_in("reed")
    await reed.press("/office/sign-out")
    assert "Sign in to the office" in (await reed.see("/office/")).text


async def test_a_form_from_elsewhere_changes_nothing(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed, okoro = await office.sign_in("reed"), await office.sign_in("okoro")
    foreign = dict((await okoro.see("/office/child/amina")).form("/office/child/amina/settle")["fields"])
    await reed.see("/office/child/amina")
    own = dict(reed.form("/office/child/amina/settle")["fields"])
    for fields, headers in (
        ({**own, "csrf": ""}, {}),
        ({**own, "csrf": foreign["csrf"]}, {}),
        (own, {"Sec-Fetch-Site": "cross-site"}),
    ):
        wanted = [*fields.items(), ("outcome", "present_after_all")]
        await reed.send("/office/child/amina/settle", wanted, **headers)
        assert reed.status == 403
        assert "That form did not count" in reed.text
    assert office.school.state("amina") == "asked"
    await reed.send("/office/child/amina/settle", [*own.items(), ("outcome", "present_after_all")])
    assert office.school.state("amina") == "settled"


async def test_a_form_sends_nobody_to_another_site(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    for elsewhere in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        browser = await office.browser()
        await browser.see(f"/office/sign-in?next={elsewhere}")
        browser.client.follow_redirects = False
        await browser.press("/office/sign-in", name="reed", password=PASSWORD, next=elsewhere)
        assert browser.answer.headers["location"] == "/office/"


async def test_the_cookie_is_for_the_server_alone_and_by_https_where_there_is_any(open_office: Opener) -> None:
    office = await open_office(AMINA, public_url="https://absence.school.example")
    browser = await office.browser()
    cookie = (await browser.see("/office/sign-in")).answer.headers["set-cookie"]
    assert cookie.startswith(COOKIE)
    for word in ("HttpOnly", "SameSite=lax", "Secure", "Path=/"):
        assert word in cookie
    plain = await open_office(BEN)
    cookie = (await (await plain.browser()).see("/office/sign-in")).answer.headers["set-cookie"]
    assert "Secure" not in cookie


async def test_a_forged_or_torn_cookie_is_nobody(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    world = office.school.world
    forged = Sessions("another secret of at least thirty-two letters")
    session = forged.signed_in(world.clock.now(), world.school_id, "reed", "x")
    for value in (forged.dump(session), "torn", "", "e30.x"):
        browser = await office.browser()
        browser.client.cookies.set(COOKIE, value)
        assert "Sign in to the office" in (await browser.see("/office/")).text
    right = Sessions(SECRET)
    assert right.load(right.dump(session), world.clock.now()) == session


async def test_every_answer_allows_no_script_of_the_page_and_is_kept_by_nobody(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed = await office.sign_in("reed")
    for path in ("/office/", "/office/child/amina", "/office/child/nobody", "/office/call-sheet", "/office/sign-in"):
        await reed.see(path)
        policy = reed.answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert reed.answer.headers["cache-control"] == "no-store"
        assert reed.answer.headers["x-content-type-options"] == "nosniff"
        html = reed.answer.text
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)
        assert not re.search(r"\son[a-z]+=|style=|<style", html)
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", html)


async def test_static_files_are_kept_and_nothing_else_is_served(open_office: Opener) -> None:
    office = await open_office(AMINA)
    browser = await office.browser()
    await browser.see("/office/sign-in")
    css = re.search(r'href="(/office/static/office\.css\?v=[0-9a-f]+)"', browser.answer.text)
    assert css is not None
    await browser.see(css.group(1))
    assert browser.status == 200
    assert "immutable" in browser.answer.headers["cache-control"]
    for path in ("/office/static/..%2fdesk.py", "/office/static/nothing.css", "/office/static/%2e%2e/desk.py"):
        assert (await browser.see(path)).status == 404


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32 random characters"):
        Sessions("short")


async def test_a_mistyped_password_does_not_lose_the_page_that_was_wanted(open_office: Opener) -> None:
    office = await open_office(AMINA)
    browser = await office.browser()
    await browser.see("/office/child/amina")
    await browser.press("/office/sign-in", name="reed", password="mistyped")
    assert browser.status == 401
    await browser.press("/office/sign-in", name="reed", password=PASSWORD)
    assert "The story, newest first" in browser.text
