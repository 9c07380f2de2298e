"""The button that invites a parent to Telegram: a link that counts once, texted to the listed number."""

from __future__ import annotations

import re

from tests.office.browsing import Opener
from tests.support.families import AMINA, BEN, EVERYBODY, adult, child

MAISIE = child("maisie", "Maisie Tolliver", "kelly", "dean")
DEAN = adult("dean", "Dean Tolliver", 20, "father", "dean")
INVITE = "/office/child/amina/invite/ngozi"


async def bot() -> str:
    """The bot's name, as Telegram would say it."""
    return "blue_coat_bot"


async def no_bot_now() -> str:
    raise ConnectionError("TimedOut")


async def test_a_press_texts_one_link_that_counts_once(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, bot=bot)
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    await reed.press(INVITE)
    assert "A link is on its way" in reed.text
    await reed.press(INVITE)  # twice
    (words,) = office.school.words_to("ngozi")
    assert re.search(r"https://t\.me/blue_coat_bot\?start=[\w-]{32} ", words)
    assert "Amina" not in words
    assert ("reed", "invite_telegram", "pupil/amina") in await office.audit()


async def test_who_cannot_be_texted_is_not_offered_one(open_office: Opener) -> None:
    landline = {**EVERYBODY["ngozi"], "phone": "+441632960123"}
    linked = {**EVERYBODY["chidi"], "telegram": "77"}
    barred = {**DEAN, "barred": True}
    office = await open_office(AMINA, MAISIE, adults=[landline, linked, barred], bot=bot)
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    assert not reed.offers(INVITE)
    assert not reed.offers("/office/child/amina/invite/chidi")
    await reed.see("/office/child/maisie")
    assert not reed.offers("/office/child/maisie/invite/dean")
    fields = [(name, value) for name, value in reed.form("/office/child/maisie/invite/kelly")["fields"]]
    await reed.send("/office/child/maisie/invite/dean", fields)
    assert reed.status == 422
    assert office.school.words_to("dean") == []


async def test_without_a_bot_there_is_no_button_and_without_an_answer_nothing_is_sent(open_office: Opener) -> None:
    office = await open_office(AMINA)
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    assert not reed.offers(INVITE)
    silent = await open_office(AMINA, bot=no_bot_now)
    reed = await silent.sign_in("reed")
    await reed.see("/office/child/amina")
    await reed.press(INVITE)
    assert reed.status == 422
    assert "Telegram could not be asked" in reed.text
    assert silent.school.words_to("ngozi") == []
