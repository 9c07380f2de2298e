"""A form that is sent after the session has gone: nothing is done, nothing is lost, and the way leads back."""

from __future__ import annotations

from tests.office.browsing import Browser, Opener
from tests.support.families import AMINA, BEN

OURS = {"Sec-Fetch-Site": "same-origin"}
PAGE = "/office/child/amina"
WORDS = "Gran rang at nine: <b>she</b> is at the dentist"


async def _send_note(browser: Browser, fields: dict[str, str], **headers: str) -> None:
    await browser.send(f"{PAGE}/note", [*{**fields, "note": WORDS}.items()], **headers)


async def test_whoever_was_signed_out_meanwhile_reads_what_was_typed_and_comes_back_to_the_page(
    open_office: Opener,
) -> None:
    office = await open_office(AMINA, BEN)
    reed = await office.sign_in("reed")
    await reed.see(PAGE)
    fields = dict(reed.form(f"{PAGE}/note")["fields"])
    reed.client.cookies.clear()
    await _send_note(reed, fields, **OURS)
    assert reed.status == 401
    assert WORDS in reed.text
    assert "<b>she</b>" not in reed.answer.text
    assert "/office/sign-in?next=/office/child/amina" in reed.answer.text
    await reed.see("/office/sign-in?next=/office/child/amina")
    await reed.press("/office/sign-in", name="reed", password="correct horse battery staple")
    assert "Amina" in reed.text
    assert "Gran rang" not in reed.text


async def test_whoever_signed_in_again_in_another_tab_reads_what_was_typed(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed = await office.sign_in("reed")
    await reed.see(PAGE)
    fields = dict(reed.form(f"{PAGE}/note")["fields"])
    await reed.press("/office/sign-out")
    await reed.see("/office/sign-in")
    await reed.press("/office/sign-in", name="reed", password="correct horse battery staple")
    await _send_note(reed, fields, **OURS)
    assert reed.status == 403
    assert WORDS in reed.text
    assert f'href="{PAGE}"' in reed.answer.text
    assert "Reload it" not in reed.text
    assert "Gran rang" not in (await reed.see(PAGE)).text


async def test_a_form_of_another_site_shows_nothing_of_itself(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed = await office.sign_in("reed")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {}):
        await _send_note(reed, {"csrf": "x", "back": "https://evil.example/"}, **headers)
        assert reed.status == 403
        assert "Gran rang" not in reed.text
        assert "evil.example" not in reed.answer.text
    stranger = await office.browser()
    await _send_note(stranger, {"csrf": "x", "back": "//evil.example/"}, **OURS)
    assert "evil.example" not in stranger.answer.text


async def test_a_choice_is_no_writing_and_a_press_alone_goes_to_the_sign_in(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed = await office.sign_in("reed")
    await reed.see(PAGE)
    reed.client.cookies.clear()
    await reed.send(f"{PAGE}/settle", [("csrf", "x"), ("back", PAGE), ("outcome", "present_after_all")], **OURS)
    assert "Sign in to the office" in reed.text
    assert 'name="next" value="/office/child/amina"' in reed.answer.text
