"""The words in a row: the last ones that say something, with what was understood, never only a bare "yes"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import context
from bot.understanding import Message, Report, Understanding
from office.board.last_words import is_answer
from office.board.snapshot import Said
from tests.office.browsing import Opener
from tests.support.families import AMINA, BEN, child
from tests.support.school import DAY

TWIN = child("obi", "Obi Okafor", "ngozi", group="7M")


@pytest.mark.parametrize(
    ("text", "intent", "answer"),
    [
        ("yes", "confirm", True),
        ("BOTH", "absence", True),
        ("1", "absence", True),
        ("ok thanks", "chat", True),
        ("Thank you so much for letting us know this morning", "chat", True),
        ("No, it is Obi who is ill, Amina is coming in", "reject", False),
        ("They both have a temperature", "absence", False),
    ],
)
def test_what_means_little_by_itself(text: str, intent: str, answer: bool) -> None:
    said = Said("m", datetime(2026, 11, 9, 9, tzinfo=UTC), "ngozi", "sms", text, (), {"intent": intent})
    assert is_answer(said) is answer


def test_short_words_of_danger_are_never_a_mere_answer() -> None:
    said = Said("m", datetime(2026, 11, 9, 9, tzinfo=UTC), "ngozi", "sms", "he's not", (), {"urgent": True})
    assert not is_answer(said)


async def test_a_bare_answer_stands_behind_the_words_that_it_answers_for(open_office: Opener) -> None:
    office = await open_office(AMINA, TWIN)
    await office.school.at("09:15").register_closes(without_reason=["amina", "obi"])
    await office.school.at("09:20").says("ngozi", "fever and sick all night, off today back tomorrow")
    await office.school.at("09:22").says("ngozi", "BOTH")
    confirm = (await office.sign_in("reed")).band("confirm")
    assert confirm.count("fever and sick all night") == 2
    assert confirm.count("BOTH") == 2
    assert confirm.count("Understood: from ") == 2
    assert "back Wed 18 Nov" in confirm


async def test_thanks_do_not_take_the_place_of_the_report(open_office: Opener) -> None:
    office = await open_office(AMINA)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:20").says("ngozi", "Amina has a bad chest infection, she is off today, back tomorrow")
    await office.school.at("09:25").says("ngozi", "thanks")
    confirm = (await office.sign_in("reed")).band("confirm")
    assert "bad chest infection" in confirm
    assert "thanks" in confirm


async def test_an_alarm_keeps_its_words_when_others_follow(open_office: Opener) -> None:
    office = await open_office(BEN)
    await office.school.at("09:15").register_closes(without_reason=["ben"])
    await office.school.at("09:20").says("kelly", "he left at 8 to get the bus, he should be with you by now")
    await office.school.at("09:24").says("kelly", "I am ringing round his friends to see whether they know")
    act = (await office.sign_in("reed")).band("act")
    assert "he left at 8" in act
    assert "ringing round his friends" in act


async def test_words_of_the_evening_before_stand_in_the_row(open_office: Opener) -> None:
    office = await open_office(AMINA)
    await office.school.at("19:40").says("ngozi", "Amina has a tummy bug and will be off tomorrow, back on Wednesday")
    await office.school.at("08:30", DAY + timedelta(days=1)).nothing_heard()
    assert "tummy bug" in (await office.sign_in("reed")).text


async def test_words_of_a_request_for_leave_do_not_stand_beside_an_illness_of_today(open_office: Opener) -> None:
    office = await open_office(AMINA, TWIN, rules={"leave.fields": ["dates", "reason"]})
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:20").says("ngozi", "Could they have the week of 7 December off?")
    await office.school.at("09:21").says("ngozi", "Amina has a temperature today")
    await office.school.at("09:22").says("ngozi", "It is a wedding in Leeds")
    confirm = (await office.sign_in("reed")).band("confirm")
    assert "Amina has a temperature today" in confirm
    assert "wedding in Leeds" not in confirm


async def test_an_address_that_was_read_as_a_report_does_not_stand_beside_an_illness(
    open_office: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, usual = "Hotel Sol, Avenida Bruselas", context.understand

    def understand(message: Message, *more: Any, **options: Any) -> Understanding:
        read = Understanding("absence", (Report(("amina",), "I", DAY, None, "day"),))
        return read if message.text == address else usual(message, *more, **options)

    monkeypatch.setattr(context, "understand", understand)
    office = await open_office(AMINA, TWIN, rules={"leave.fields": ["dates", "reason", "stay_address"]})
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:20").says("ngozi", "Amina has a temperature today")
    await office.school.at("09:21").says(
        "ngozi", "Please may Amina have leave on 8 and 9 December for a wedding in Spain"
    )
    await office.school.at("09:22").says("ngozi", address)
    confirm = (await office.sign_in("reed")).band("confirm")
    assert "Amina has a temperature today" in confirm
    assert "Bruselas" not in confirm


async def test_what_was_not_said_is_called_not_said(open_office: Opener) -> None:
    office = await open_office(AMINA)
    await office.school.at("08:20").says("ngozi", "Amina is poorly today")
    reed = await office.sign_in("reed")
    assert "; no return day said" in reed.band("confirm")
    assert "not sure" not in reed.text
    await reed.see("/office/child/amina")
    assert "Left open no return day said" in reed.text.replace(":", "")


async def test_an_appointment_of_one_morning_is_said_as_one_says_it(open_office: Opener) -> None:
    office = await open_office(AMINA)
    await office.school.at("08:20").says("ngozi", "Amina has the dentist at 9, she will be in by 10.30")
    confirm = (await office.sign_in("reed")).band("confirm")
    assert re.search(r"Understood: on \w{3} \d+ \w{3}, in by 10:30(?!,)", confirm)


async def test_newest_words_in_which_nothing_was_read_do_not_pass_for_understood(open_office: Opener) -> None:
    office = await open_office(AMINA)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:20").says("ngozi", "I don't know where she is")
    await office.school.at("09:40").says("ngozi", "We found the cat in the garden and everybody says hello to you")
    act = (await office.sign_in("reed")).band("act")
    assert "does not know where the child is (09:20); nothing in the newest words" in act


async def test_of_two_messages_of_one_moment_the_later_is_understood(open_office: Opener) -> None:
    office = await open_office(AMINA)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    await office.school.at("09:20").says("ngozi", "Amina is at the dentist, in by 11:30")
    await office.school.at("09:20").says("ngozi", "Amina is at the dentist, in by 12:30")
    assert "in by 12:30" in (await office.sign_in("reed")).text
