"""The second factor: codes of an app as RFC 6238 says, each counted once, few tries, a way back without the phone."""

from __future__ import annotations

import re
from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pytest

from office.sign_in import totp
from office.sign_in.sealing import Sealer
from storage import second_factors
from tests.office.browsing import PASSWORD, Browser, Opener, OpenOffice
from tests.support.families import AMINA, BEN

HALF_A_MINUTE = timedelta(seconds=30)
RFC_SECRET = b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert totp.code_at(RFC_SECRET, totp.step_of(now)) == code
    assert totp.matching_step(RFC_SECRET, f"{code[:3]} {code[3:]}", now) == seconds // 30


@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_one_step_before_and_after_its_own(steps: int, counts: bool) -> None:
    now = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
    code = totp.code_at(RFC_SECRET, totp.step_of(now) + steps)
    assert (totp.matching_step(RFC_SECRET, code, now) is not None) == counts


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "٠٥٠٤٧١", "05047!"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert totp.matching_step(RFC_SECRET, typed, datetime.fromtimestamp(1111111111, UTC)) is None


def test_a_sealed_secret_opens_with_its_own_key_and_purpose_only() -> None:
    sealer = Sealer("k" * 32, "second factor")
    sealed = sealer.seal(RFC_SECRET)
    assert sealer.open(sealed) == RFC_SECRET
    assert RFC_SECRET not in sealed
    assert Sealer("j" * 32, "second factor").open(sealed) is None
    assert Sealer("k" * 32, "something else").open(sealed) is None
    assert sealer.open("torn") is None


def secret_of(browser: Browser) -> str:
    """The secret that the page shows to be typed."""
    shown = re.search(r'<code class="secret">(.*?)</code>', browser.answer.text, re.DOTALL)
    assert shown is not None, browser.text
    return re.sub(r"<[^>]+>|\s", "", shown.group(1))


def code_now(office: OpenOffice, secret: str) -> str:
    return totp.code_at(secret, totp.step_of(office.school.world.clock.now()))


async def enrolled(office: OpenOffice, who: str) -> tuple[Browser, str, list[str]]:
    """Somebody who has just turned the code on: their browser, the secret, the recovery codes."""
    browser = await office.sign_in(who)
    await browser.see("/office/account")
    await browser.press("/office/account/begin", proof=PASSWORD)
    secret = secret_of(browser)
    await browser.press("/office/account/confirm", code=code_now(office, secret))
    codes = re.findall(r"<li><code>([a-z0-9-]+)</code></li>", browser.answer.text)
    return browser, secret, codes


async def typed_code(office: OpenOffice, who: str, code: str) -> Browser:
    browser = await office.sign_in(who)
    assert "Your code" in browser.text
    return await browser.press("/office/sign-in/code", code=code)


async def test_whoever_turns_it_on_is_asked_for_a_code_at_the_next_sign_in(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    browser, secret, codes = await enrolled(office, "reed")
    assert len(set(codes)) == 10
    assert "Act now" in (await browser.see("/office/")).text
    assert codes[0] not in (await browser.see("/office/account")).answer.text
    other = await office.sign_in("reed")
    assert "Your code" in other.text
    for path in ("/office/", "/office/child/amina", "/office/account"):
        await other.see(path)
        assert "Your code" in other.text
        assert "Amina" not in other.answer.text
    office.school.world.clock.turn_by(HALF_A_MINUTE)
    await other.press("/office/sign-in/code", code=code_now(office, secret))
    assert "Act now" in other.text


async def test_after_the_code_one_comes_to_the_page_that_was_wanted(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    _, secret, _ = await enrolled(office, "reed")
    office.school.world.clock.turn_by(HALF_A_MINUTE)
    browser = await office.browser()
    await browser.see("/office/child/amina")
    await browser.press("/office/sign-in", name="reed", password=PASSWORD)
    await browser.press("/office/sign-in/code", code=code_now(office, secret))
    assert str(browser.answer.url).endswith("/office/child/amina")


async def test_turning_it_on_signs_every_other_browser_out(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    before = await office.sign_in("reed")
    office.school.world.clock.turn_by(timedelta(minutes=1))
    await enrolled(office, "reed")
    assert "Sign in to the office" in (await before.see("/office/")).text


async def test_a_code_counts_once_in_all_browsers(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    _, secret, _ = await enrolled(office, "reed")
    used = code_now(office, secret)
    assert (await typed_code(office, "reed", used)).status == 401
    office.school.world.clock.turn_by(HALF_A_MINUTE)
    code = code_now(office, secret)
    assert "Act now" in (await typed_code(office, "reed", code)).text
    second = await typed_code(office, "reed", code)
    assert second.status == 401
    assert "used already" in second.text


async def test_five_wrong_codes_and_even_the_right_one_waits_although_the_password_is_right(
    open_office: Opener,
) -> None:
    office = await open_office(AMINA, BEN)
    _, secret, codes = await enrolled(office, "reed")
    office.school.world.clock.turn_by(HALF_A_MINUTE)
    for _ in range(5):
        assert (await typed_code(office, "reed", "000000")).status == 401
    assert (await typed_code(office, "reed", code_now(office, secret))).status == 429
    assert (await typed_code(office, "reed", codes[0])).status == 429
    office.school.world.clock.turn_by(timedelta(minutes=16))
    assert "Act now" in (await typed_code(office, "reed", code_now(office, secret))).text
    assert (None, "code_failed", "account/reed") in await office.audit()


async def test_a_right_password_waits_ten_minutes_for_its_code(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    _, secret, _ = await enrolled(office, "reed")
    browser = await office.sign_in("reed")
    office.school.world.clock.turn_by(timedelta(minutes=11))
    await browser.press("/office/sign-in/code", code=code_now(office, secret))
    assert "Please begin again." in browser.text


async def test_a_recovery_code_lets_in_once_and_says_how_many_are_left(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    _, _, codes = await enrolled(office, "reed")
    browser = await typed_code(office, "reed", codes[3].upper().replace("-", " "))
    assert "That recovery code is used up; 9 are left." in browser.text
    assert (await typed_code(office, "reed", codes[3])).status == 401
    world = office.school.world
    async with world.database.read() as db:
        assert await second_factors.codes_left(db, world.school_id, "reed") == 9
        kept = await second_factors.get(db, world.school_id, "reed")
    assert kept is not None
    assert codes[0] not in kept.secret


async def test_new_recovery_codes_end_the_old_ones_and_need_a_proof(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    browser, _, old = await enrolled(office, "reed")
    await browser.see("/office/account")
    await browser.press("/office/account/codes", proof="not my password")
    assert browser.status == 403
    await browser.press("/office/account/codes", proof=PASSWORD)
    fresh = re.findall(r"<li><code>([a-z0-9-]+)</code></li>", browser.answer.text)
    assert not set(fresh) & set(old)
    assert (await typed_code(office, "reed", old[0])).status == 401
    assert "Act now" in (await typed_code(office, "reed", fresh[0])).text


async def test_a_secret_is_set_up_only_by_whoever_knows_the_password(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    browser = await office.sign_in("reed")
    await browser.see("/office/account")
    await browser.press("/office/account/begin", proof="somebody at an open desk")
    assert browser.status == 403
    assert "secret" not in browser.answer.text.replace("show the secret", "")
    assert "Act now" in (await office.sign_in("reed")).text


async def test_it_can_be_turned_off_again_by_its_owner(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    browser, _, _ = await enrolled(office, "reed")
    await browser.see("/office/account")
    await browser.press("/office/account/off", proof=PASSWORD)
    assert "Only your password is asked from now on." in browser.text
    assert "Act now" in (await office.sign_in("reed")).text


async def test_a_role_that_needs_a_code_sees_nothing_before_it_is_set_up(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, settings={"code_roles": frozenset({"headteacher"})})
    assert "Act now" in (await office.sign_in("reed")).text
    hart = await office.sign_in("hart")
    assert "set up the code before you go on" in hart.text
    for path in ("/office/", "/office/child/amina", "/office/people", "/office/board/live"):
        await hart.see(path)
        assert "Amina" not in hart.answer.text
    await hart.see("/office/account")
    await hart.press("/office/account/begin", proof=PASSWORD)
    await hart.press("/office/account/confirm", code=code_now(office, secret_of(hart)))
    assert "Act now" in (await hart.see("/office/")).text
    await hart.see("/office/account")
    assert not hart.offers("/office/account/off")
    csrf = dict(hart.form("/office/account/codes")["fields"])["csrf"]
    await hart.send("/office/account/off", [("csrf", csrf), ("proof", PASSWORD)])
    assert hart.status == 403
    assert "cannot be turned off" in hart.text


async def test_the_picture_stands_in_the_page_without_style_or_script(open_office: Opener) -> None:
    office = await open_office(AMINA)
    browser = await office.sign_in("reed")
    await browser.see("/office/account")
    await browser.press("/office/account/begin", proof=PASSWORD)
    html = browser.answer.text
    assert "<svg" in html
    assert not re.search(r"style=|<style|<script(?![^>]*\bsrc=)|data:", html)
    assert (await browser.see("/office/account")).answer.headers["cache-control"] == "no-store"
