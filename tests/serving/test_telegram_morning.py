"""A parent and the staff on Telegram through a morning: the whole service over HTTP, with a Bot API that misbehaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from attendance.people import Link
from messaging.telegram_updates import SECRET_HEADER
from service import web
from service.staff import staffing
from storage import people
from tests.support.fake_telegram import BOT, SECRET, chat_of, user_of
from tests.support.telegram_school import (
    CONTACTS,
    DAD,
    FIONA,
    LINKS,
    NAN,
    NGOZI,
    OKORO,
    PUPILS,
    REED,
    TelegramSchool,
    label,
    open_telegram_school,
)

STRANGER = 99


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[TelegramSchool]:
    async with open_telegram_school(tmp_path) as opened:
        yield opened


async def post(school: TelegramSchool, body: object, secret: str | None = SECRET) -> int:
    """A webhook call of one's own."""
    url = f"{school.service.settings.public_url}/telegram"
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    async with aiohttp.ClientSession() as http, http.post(url, json=body, headers=headers) as answer:
        return answer.status


def words(number: int, text: str, chat: int = NGOZI) -> dict[str, object]:
    message = {"message_id": 1, "date": 1_700_000_000, "chat": chat_of(chat), "from": user_of(chat), "text": text}
    return {"update_id": number, "message": message}


async def test_a_morning_from_the_invitation_to_the_register(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    assert await school.chat_of("ngozi") == str(NGOZI)
    assert "now writes to you here" in school.telegram.texts(NGOZI)[-1]

    await school.at("09:15")
    await school.marks(amina="N", callum="N")
    assert "Amina" in school.telegram.texts(NGOZI)[-1]
    assert len(school.texts(1)) == 1  # the invitation; the question went where she chose
    assert "Callum" in school.texts(2)[-1]

    await school.at("09:20")
    school.telegram.says(NGOZI, "she has a temperature, back tomorrow")
    await school.quiet()
    read_back = school.telegram.texts(NGOZI)[-1]
    assert "Amina" in read_back
    assert "temperature" not in read_back
    assert await school.rows("SELECT pupil_id, code, state FROM absence") == [("amina", "I", "recorded")]
    assert len(school.texts(1)) == 1


async def test_who_answers_by_text_is_asked_by_text_the_next_time(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    roll = (await school.service.runner.school("school")).roll
    assert roll.ways_to("amina", "ngozi", ("sms", "telegram"))[0] == ("telegram", str(NGOZI))
    await school.at("08:30")
    await school.hears(1, "Amina is poorly today")
    roll = (await school.service.runner.school("school")).roll
    assert roll.ways_to("amina", "ngozi", ("telegram", "sms"))[0] == ("sms", "+447700900001")


async def test_who_blocked_the_bot_is_asked_by_text_and_the_office_hears(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    school.telegram.blocked.add(NGOZI)  # and Telegram has not told us
    await school.at("09:15")
    await school.marks(amina="N")
    assert "Amina" in school.texts(1)[-1]
    assert len(school.texts(1)) == 2
    assert await school.rows("SELECT state FROM address_state WHERE channel = 'telegram'") == [("stopped",)]
    assert await school.rows("SELECT what FROM task") == [("correct_number",)]


async def test_a_chat_that_is_gone_is_bad_and_the_question_goes_by_text(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    school.telegram.unknown.add(NGOZI)
    await school.at("09:15")
    await school.marks(amina="N")
    assert "Amina" in school.texts(1)[-1]
    assert await school.rows("SELECT state FROM address_state WHERE channel = 'telegram'") == [("bad",)]
    assert await school.rows("SELECT what FROM task") == [("correct_number",)]


async def test_blocking_and_coming_back_by_themselves(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    school.telegram.blocks(NGOZI)
    await school.quiet()
    assert ("opted_out",) in await school.rows("SELECT reason FROM alert")
    await school.at("09:15")
    await school.marks(amina="N")
    assert "Amina" in school.texts(1)[-1]
    school.telegram.blocks(NGOZI, blocked=False)
    await school.quiet()
    school.telegram.says(NGOZI, "Amina is ill")
    await school.quiet()
    assert "Amina" in school.telegram.texts(NGOZI)[-1]


@pytest.mark.parametrize("fault", ["taken_then_hang", "502", "nonsense"])
async def test_a_lost_answer_is_said_by_text_and_not_twice_in_the_chat(school: TelegramSchool, fault: str) -> None:
    await school.link("ngozi", NGOZI)
    channel = school.service.channels["telegram"]
    channel._channel._http._limit = aiohttp.ClientTimeout(total=0.3)  # type: ignore[attr-defined]  # a short wait
    school.telegram.faults["sendmessage"] = [fault]
    await school.at("09:15")
    await school.marks(amina="N")
    await school.quiet()
    asked = [text for text in school.telegram.texts(NGOZI) if "Amina" in text]
    assert len(asked) == (0 if fault == "502" else 1)
    assert "Amina" in school.texts(1)[-1]
    assert await school.rows("SELECT count(*) FROM alert WHERE reason = 'delivery_outage'") == [(0,)]


async def test_too_many_means_later_and_the_same_words_once(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    school.telegram.faults["sendmessage"] = ["429"]
    await school.at("09:15")
    await school.marks(amina="N")
    assert not [text for text in school.telegram.texts(NGOZI) if "Amina" in text]
    await school.at("09:15:08")
    assert len([text for text in school.telegram.texts(NGOZI) if "Amina" in text]) == 1
    assert len(school.texts(1)) == 1


async def test_a_reply_that_telegram_does_not_take_goes_by_text(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    school.telegram.blocked.add(NGOZI)
    school.telegram.says(NGOZI, "Amina is ill today, back tomorrow")
    await school.quiet()
    assert "Amina" in school.texts(1)[-1]


# -- updates -----------------------------------------------------------------------------------------------------------


async def test_nobody_without_the_secret_is_heard(school: TelegramSchool) -> None:
    forged = [await post(school, words(1, "Amina is ill"), secret) for secret in (None, "", "wrong", SECRET + "x")]
    assert forged == [403] * 4
    assert [await post(school, body) for body in ([], {}, {"update_id": "1"})] == [400] * 3
    assert await school.rows("SELECT count(*) FROM inbox") == [(0,)]


async def test_an_update_that_comes_again_changes_nothing(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    number = school.telegram.says(NGOZI, "Amina is ill today, back tomorrow")
    await school.quiet()
    before = school.telegram.texts(NGOZI)
    school.telegram.again(number)
    await school.quiet()
    assert school.telegram.texts(NGOZI) == before
    assert await school.rows(f"SELECT count(*) FROM inbox WHERE provider_id = '{BOT}:{number}'") == [(1,)]
    assert await school.rows("SELECT count(*) FROM absence") == [(1,)]


async def test_what_cannot_be_stored_is_not_answered_and_comes_again(
    school: TelegramSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await school.link("ngozi", NGOZI)
    monkeypatch.setattr(web, "STORE_WITHIN", 0.1)
    async with school.service.database.begin():  # another writer holds the database
        number = school.telegram.says(NGOZI, "Amina is ill today, back tomorrow")
        while (number, 503) not in school.telegram.told:
            await asyncio.sleep(0.01)
    await school.quiet()
    assert school.telegram.told[-1] == (number, 200)
    assert await school.rows("SELECT count(*) FROM absence") == [(1,)]


async def test_an_outage_of_telegram_is_told_another_way(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    await school.link("reed", REED)
    school.telegram.token = "123456:another"  # the token was taken back
    await school.at("09:15")
    await school.marks(amina="N")
    assert "Amina" in school.texts(1)[-1]
    assert [text for text in school.texts(900) if "messages to families are not leaving" in text]
    assert await school.rows("SELECT count(*) FROM alert WHERE reason = 'delivery_outage'") == [(1,)]


async def test_what_telegram_could_not_bring_comes_when_we_are_back(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    kept, school.telegram.hook = school.telegram.hook, {}
    school.telegram.says(NGOZI, "Amina is ill today, back tomorrow")
    school.telegram.hook = kept | {"url": "http://127.0.0.1:9/elsewhere"}
    school.clock.turn_by(timedelta(minutes=6))
    school.service.clockwork.bell.ring()  # the keeper looks, and finds the webhook where it should not be
    await school.quiet()
    assert await school.rows("SELECT pupil_id FROM absence") == [("amina",)]


async def test_many_chats_at_once_each_in_its_order(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    await school.link("fiona", FIONA)
    for text in ("Amina is ill today, back tomorrow", "sorry, I mean back on Thursday"):
        school.telegram.says(NGOZI, text)
        school.telegram.says(FIONA, text.replace("Amina", "Callum"))
    await school.quiet()
    live = await school.rows("SELECT pupil_id, return_day FROM absence WHERE state = 'recorded' ORDER BY pupil_id")
    assert [(pupil, str(day)) for pupil, day in live] == [("amina", "2026-11-19"), ("callum", "2026-11-19")]


# -- linking -----------------------------------------------------------------------------------------------------------


async def test_an_unlinked_chat_is_told_how_and_nothing_is_recorded(school: TelegramSchool) -> None:
    school.telegram.says(STRANGER, "Amina Okafor is ill today")
    await school.quiet()
    (answer,) = school.telegram.texts(STRANGER)
    assert "we do not know this chat" in answer
    assert "Amina" not in answer
    markup = school.telegram.messages[STRANGER, school.telegram.last(STRANGER)]["markup"]
    assert markup["keyboard"][0][0]["request_contact"] is True
    for table in ("absence", "alert", "case_", "thread"):
        assert await school.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert await school.journal("received") == []
    school.telegram.says(STRANGER, "hello?")
    await school.quiet()
    assert len(school.telegram.texts(STRANGER)) == 1


async def test_danger_from_an_unlinked_chat_is_heard_all_the_same(school: TelegramSchool) -> None:
    school.telegram.says(STRANGER, "I don't know where my daughter is, she left for school at eight")
    await school.quiet()
    assert await school.rows("SELECT reason FROM alert") == [("unlisted_number",)]
    assert "we do not know this chat" in school.telegram.texts(STRANGER)[-1]


async def test_a_link_counts_once_and_only_for_a_week(school: TelegramSchool) -> None:
    token = await school.invite("ngozi")
    school.telegram.says(NGOZI, f"/start {token}")
    school.telegram.says(STRANGER, f"/start {token}")
    await school.quiet()
    assert await school.chat_of("ngozi") == str(NGOZI)
    assert "that did not work" in school.telegram.texts(STRANGER)[-1]
    late = await school.invite("fiona")
    school.clock.turn_by(timedelta(days=7))
    school.telegram.says(FIONA, f"/start {late}")
    await school.quiet()
    assert await school.chat_of("fiona") is None


async def test_an_own_card_links_and_anybody_elses_does_not(school: TelegramSchool) -> None:
    school.telegram.shares(STRANGER, "447700900001", owner=NGOZI)
    school.telegram.shares(STRANGER + 1, "447700900555")
    school.telegram.shares(NGOZI, "447700900001")
    await school.quiet()
    assert await school.chat_of("ngozi") == str(NGOZI)
    # a number that is not listed and a card of somebody else hear the same
    assert school.telegram.texts(STRANGER) == school.telegram.texts(STRANGER + 1)
    assert "that did not work" in school.telegram.texts(STRANGER)[0]


async def test_somebody_barred_is_not_linked_and_learns_nothing(school: TelegramSchool) -> None:
    school.telegram.shares(DAD, "447700900004")
    school.telegram.shares(STRANGER, "447700900555")
    await school.quiet()
    assert school.telegram.texts(DAD) == school.telegram.texts(STRANGER)
    assert await school.chat_of("dad") is None
    assert await school.rows("SELECT reason FROM alert") == [("barred_contact_wrote",)]


async def test_a_bar_holds_for_the_chat_of_a_shared_phone(tmp_path: Path) -> None:
    """The barred father is listed with the grandmother's number: nobody knows who holds that phone."""

    def shared(lists: dict[str, Sequence[Any]]) -> None:
        lists["contacts"] = [replace(one, phone="+447700900003") if one.id == "dad" else one for one in CONTACTS]

    async with open_telegram_school(tmp_path, shared) as school:
        await school.link("fiona", FIONA)
        school.telegram.shares(NAN, "447700900003")
        await school.quiet()
        assert await school.chat_of("dad") == str(NAN)
        roll = (await school.service.runner.school("school")).roll
        assert roll.ways_to("callum", "nan", ("telegram", "sms")) == ()
        assert roll.ways_to("callum", "fiona", ("sms", "telegram"))[0] == ("telegram", str(FIONA))


async def test_a_corrected_number_unlinks_the_chat_that_the_old_one_had_proved(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    await school.link("nan", NAN)
    changed = [replace(one, phone="+447700900011") if one.id == "ngozi" else one for one in CONTACTS]
    async with school.service.database.begin() as db:
        await people.save_people(db, "school", PUPILS, changed, LINKS)
    assert (await school.chat_of("ngozi"), await school.chat_of("nan")) == (None, str(NAN))


async def test_stop_and_start_again(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    school.telegram.says(NGOZI, "/stop")
    await school.quiet()
    assert await school.rows("SELECT state FROM address_state WHERE channel = 'telegram'") == [("stopped",)]
    school.telegram.says(NGOZI, "/start")
    await school.quiet()
    assert await school.rows("SELECT state FROM address_state WHERE channel = 'telegram'") == [("live",)]


async def test_a_voice_message_is_not_heard_and_says_so(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    school.telegram.says(NGOZI, "", voice={"file_id": "f", "file_unique_id": "u", "duration": 3})
    await school.quiet()
    assert "we can only read words" in school.telegram.texts(NGOZI)[-1]
    (alert,) = await school.rows("SELECT state FROM alert WHERE reason = 'message_to_read'")
    assert "voice message" in str(alert)


async def test_a_card_from_a_linked_chat_is_for_a_person_and_the_chat_stays_linked(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    school.telegram.shares(NGOZI, "447700900555", owner=999)
    await school.quiet()
    assert "not linked" not in school.telegram.texts(NGOZI)[-1]
    assert len(await school.rows("SELECT reason FROM alert WHERE reason = 'message_to_read'")) == 1


async def test_forwarded_words_are_read_by_a_person_and_an_edited_report_corrects(
    school: TelegramSchool,
) -> None:
    await school.link("ngozi", NGOZI)
    dad = {"type": "user", "sender_user": user_of(DAD), "date": 1_780_000_000}
    school.telegram.says(NGOZI, "Amina is ill today", forward_origin=dad)
    await school.quiet()
    assert await school.rows("SELECT pupil_id FROM absence") == []
    assert len(await school.rows("SELECT reason FROM alert WHERE reason = 'message_to_read'")) == 1
    school.telegram.says(NGOZI, "Amina is ill today, back tomorow")
    await school.quiet()
    said = len(school.telegram.texts(NGOZI))
    number = school.telegram.last_said
    school.telegram.edits(NGOZI, number, "Amina is ill today, back tomorrow")
    await school.quiet()
    assert len(school.telegram.texts(NGOZI)) == said, "a slip of the pen is nothing"
    school.telegram.edits(NGOZI, number, "Amina is ill today, back on Friday")
    await school.quiet()
    assert "back Friday" in school.telegram.texts(NGOZI)[-1]
    assert len(await school.rows("SELECT state FROM absence WHERE state = 'recorded'")) == 1
    assert len(await school.rows("SELECT reason FROM alert WHERE reason = 'message_to_read'")) == 1
    school.telegram.edits(NGOZI, number, "Could somebody ring me about her lunch money?")
    await school.quiet()
    assert len(await school.rows("SELECT reason FROM alert WHERE reason = 'message_to_read'")) == 2


async def test_a_no_under_what_was_said_of_one_child_is_not_about_the_other(tmp_path: Path) -> None:
    def two(lists: dict[str, Sequence[Any]]) -> None:
        lists["links"] = [*LINKS, Link("callum", "ngozi", 4, "mother")]

    async with open_telegram_school(tmp_path, two) as school:
        await school.link("ngozi", NGOZI)
        school.telegram.says(NGOZI, "Amina is ill today, back tomorrow")
        await school.quiet()
        of_amina = {"message_id": school.telegram.last(NGOZI), "date": 1_780_000_000, "chat": chat_of(NGOZI)}
        school.telegram.says(NGOZI, "Callum is ill today, back tomorrow")
        await school.quiet()
        school.telegram.says(NGOZI, "NO", reply_to_message=of_amina)
        await school.quiet()
        assert len(await school.rows("SELECT state FROM alert WHERE reason = 'message_to_read'")) == 1
        school.telegram.says(NGOZI, "NO")
        await school.quiet()
        assert len(await school.rows("SELECT state FROM alert WHERE reason = 'message_to_read'")) == 1


# -- staff -------------------------------------------------------------------------------------------------------------


async def alerted(school: TelegramSchool) -> int:
    """Callum is not here and nobody answers: at the deadline Ms Reed's chat has the alert. Its message's number."""
    await school.link("reed", REED)
    await school.at("09:15")
    await school.marks(callum="N")
    await school.at("09:45")
    await school.at("12:00")
    return school.telegram.last(REED)


async def test_the_deadline_comes_with_buttons_and_shows_who_has_it(school: TelegramSchool) -> None:
    message = await alerted(school)
    text = school.telegram.texts(REED)[-1]
    assert "C.H. 7M" in text
    assert "Callum" not in text
    buttons = school.telegram.buttons(REED, message)
    assert list(buttons) == ["I have it", "I ring", "Found safe", "Home visit"]
    assert all(len(data.encode()) <= 64 for data in buttons.values())

    school.telegram.presses(REED, message, label(buttons, "ack"))
    await school.quiet()
    assert school.telegram.texts(REED)[-1] == f"{text}\n12:00: Ms Reed (Attendance officer) has it."
    assert list(school.telegram.buttons(REED, message)) == ["I ring", "Found safe", "Home visit"]
    assert [line["by"] for line in await school.journal("acknowledged")] == ["reed"]
    assert any(method == "answercallbackquery" for method, _ in school.telegram.calls)
    assert await school.rows("SELECT staff_id, action FROM audit") == [("reed", "telegram_ack")]


async def test_ring_then_visit_then_found_safe(school: TelegramSchool) -> None:
    message = await alerted(school)
    buttons = school.telegram.buttons(REED, message)
    for act, minute in (("ring", "12:01"), ("visit", "12:05"), ("safe", "12:30")):
        await school.at(minute)
        school.telegram.presses(REED, message, label(buttons, act))
        await school.quiet()
        if act != "safe":
            opened = await school.rows("SELECT what FROM task WHERE state = 'open' AND task_key LIKE '%/promised'")
            assert opened[-1] == ({"ring": "ring", "visit": "home_visit"}[act],)
    assert school.telegram.texts(REED)[-1].splitlines()[-3:] == [
        "12:01: Ms Reed (Attendance officer) rings.",
        "12:05: Ms Reed (Attendance officer) goes on a home visit.",
        "12:30: Ms Reed (Attendance officer) found the child safe.",
    ]
    assert school.telegram.buttons(REED, message) == {}
    assert await school.rows("SELECT stage FROM case_ WHERE pupil_id = 'callum'") == [("settled",)]
    assert await school.rows("SELECT count(*) FROM task WHERE state = 'open' AND task_key LIKE '%/promised'") == [(0,)]


async def test_only_that_member_of_staff_can_press(school: TelegramSchool) -> None:
    await school.link("okoro", OKORO)
    message = await alerted(school)
    before = school.telegram.texts(REED)
    data = label(school.telegram.buttons(REED, message), "safe")
    school.telegram.presses(REED, message, data, user=STRANGER)
    school.telegram.presses(REED, message, data, user=OKORO)
    school.telegram.presses(REED, message, "safe:nonsense")
    school.telegram.presses(REED, message, "boom:" + data.partition(":")[2])
    await school.quiet()
    assert school.telegram.texts(REED) == before
    assert await school.rows("SELECT stage FROM case_ WHERE pupil_id = 'callum'") == [("handed_over",)]
    assert len(await school.journal("press_refused")) == 2


async def test_a_button_that_was_overtaken_says_so_and_changes_nothing(school: TelegramSchool) -> None:
    message = await alerted(school)
    found_safe = label(school.telegram.buttons(REED, message), "safe")
    await school.at("12:03")
    school.telegram.says(STRANGER, "hello")
    await school.hears(2, "I don't know where Callum is")
    assert await school.rows("SELECT stage FROM case_ WHERE pupil_id = 'callum'") == [("alarmed",)]
    assert any("12:03: Changed since" in text for text in school.telegram.texts(REED))
    school.telegram.presses(REED, message, found_safe)
    await school.quiet()
    assert "Something changed for Callum" in school.telegram.texts(REED)[-1]
    assert await school.rows("SELECT stage FROM case_ WHERE pupil_id = 'callum'") == [("alarmed",)]


async def test_the_same_press_twice_is_one_act(school: TelegramSchool) -> None:
    message = await alerted(school)
    data = label(school.telegram.buttons(REED, message), "ack")
    school.telegram.again(school.telegram.presses(REED, message, data))
    school.telegram.presses(REED, message, data)
    await school.quiet()
    assert len(await school.journal("acknowledged")) == 1
    assert "Not done" not in "".join(school.telegram.texts(REED))


async def test_an_alert_that_telegram_does_not_take_goes_by_text_once(school: TelegramSchool) -> None:
    await school.link("reed", REED)
    school.telegram.blocked.add(REED)
    await school.at("09:15")
    await school.marks(callum="N")
    await school.at("12:00")
    assert len([text for text in school.texts(900) if "C.H. 7M" in text and "deadline" in text]) == 1


async def test_the_board_is_for_staff(school: TelegramSchool) -> None:
    await alerted(school)
    school.telegram.says(REED, "/board")
    school.telegram.says(STRANGER, "/board")
    school.telegram.says(REED, "anybody there?")
    await school.quiet()
    board, chat = school.telegram.texts(REED)[-2:]
    assert "C.H. 7M: " in board
    assert "Callum" not in board
    assert "nothing was taken" in chat
    assert "C.H." not in "".join(school.telegram.texts(STRANGER))


async def test_staff_take_an_alert_by_writing_and_an_answer_to_its_message_says_which(school: TelegramSchool) -> None:
    message = await alerted(school)
    await school.hears(99, "who is this?")
    other = school.telegram.last(REED)
    assert other != message
    school.telegram.says(REED, "ok")
    await school.quiet()
    assert "nothing was taken" in school.telegram.texts(REED)[-1]
    school.telegram.says(
        REED, "on it", reply_to_message={"message_id": message, "date": 1, "chat": chat_of(REED), "text": "x"}
    )
    await school.quiet()
    assert "you have" in school.telegram.texts(REED)[-1]
    taken = dict(await school.rows("SELECT reason, json_extract(state, '$.acknowledged_by') FROM alert"))
    assert (taken["not_reached"], taken["unlisted_number"]) == ("reed", None)
    assert await school.rows("SELECT staff_id, action FROM audit") == [("reed", "answered_ack")]


async def test_an_answer_to_somebody_elses_alert_takes_nothing(school: TelegramSchool) -> None:
    await school.link("okoro", OKORO)
    await alerted(school)
    number = school.telegram.texts(REED)[-1].partition("Reply OK ")[2].partition(" ")[0]
    assert number.isdecimal()
    school.telegram.says(OKORO, f"ok {number}")
    school.telegram.says(STRANGER, f"ok {number}")
    await school.quiet()
    taken = await school.rows("SELECT DISTINCT json_extract(state, '$.acknowledged_by') FROM alert")
    assert taken == [(None,)]
    assert "no alert of yours is open" in school.telegram.texts(OKORO)[-1]
    assert "we do not know this chat" in school.telegram.texts(STRANGER)[-1]


async def two_told(school: TelegramSchool) -> tuple[int, int]:
    """Ms Reed did not answer, and Mrs Okoro is told too. The numbers of both messages."""
    await school.link("okoro", OKORO)
    first = await alerted(school)
    await school.at("12:16")
    return first, school.telegram.last(OKORO)


async def test_when_one_acts_the_others_copies_say_so_and_lose_their_buttons(school: TelegramSchool) -> None:
    first, second = await two_told(school)
    before = school.telegram.texts(REED)[-1]
    sounds = len(school.telegram.texts(REED))
    school.telegram.presses(OKORO, second, label(school.telegram.buttons(OKORO, second), "ack"))
    await school.quiet()
    assert school.telegram.texts(REED)[-1] == f"{before}\n12:16: Mrs Okoro (Safeguarding lead) has it."
    assert school.telegram.buttons(REED, first) == {}
    assert list(school.telegram.buttons(OKORO, second)) == ["I ring", "Found safe", "Home visit"]
    assert school.telegram.texts(OKORO)[-1].count("has it") == 1
    assert len(school.telegram.texts(REED)) == sounds

    await school.at("12:30")
    school.telegram.presses(OKORO, second, label(school.telegram.buttons(OKORO, second), "safe"))
    await school.quiet()
    assert school.telegram.texts(REED)[-1].endswith("\n12:30: Mrs Okoro (Safeguarding lead) found the child safe.")
    assert school.telegram.buttons(OKORO, second) == {}


async def test_what_is_done_at_the_desk_or_by_text_shows_in_the_chats(school: TelegramSchool) -> None:
    first, second = await two_told(school)
    number = school.telegram.texts(OKORO)[-1].partition("Reply OK ")[2].partition(" ")[0]
    await school.hears(901, f"ok {number}")
    for chat, message in ((REED, first), (OKORO, second)):
        assert school.telegram.texts(chat)[-1].endswith("\n12:16: Mrs Okoro (Safeguarding lead) has it.")
        assert school.telegram.buttons(chat, message) == {}
    await school.at("12:40")
    await school.service.runner.turn("school", lambda turn: staffing.settle(turn, "reed", "callum", "arrived_late"))
    await school.quiet()
    for chat in (REED, OKORO):
        assert school.telegram.texts(chat)[-1].endswith("\n12:40: Ms Reed (Attendance officer) settled it.")


async def test_what_ends_by_itself_says_so(school: TelegramSchool) -> None:
    await two_told(school)
    await school.at("12:20")
    await school.marks(callum="/")
    for chat in (REED, OKORO):
        assert school.telegram.texts(chat)[-1].endswith("\n12:20: Changed since; see newer alerts or the board.")
    assert school.telegram.buttons(REED, school.telegram.last(REED)) == {}


async def test_a_copy_about_several_children_waits_until_all_are_taken(school: TelegramSchool) -> None:
    await school.link("reed", REED)
    await school.at("09:15")
    await school.marks(callum="N", amina="N")
    await school.at("12:00")
    before = school.telegram.texts(REED)[-1]
    turn = school.service.runner.turn
    await turn("school", lambda turn: staffing.acknowledge(turn, "okoro", pupil="amina"))
    await school.quiet()
    assert school.telegram.texts(REED)[-1] == before
    await turn("school", lambda turn: staffing.acknowledge(turn, "okoro", pupil="callum"))
    await school.quiet()
    assert school.telegram.texts(REED)[-1] == f"{before}\n12:00: Mrs Okoro (Safeguarding lead) has it."


async def test_an_edit_that_did_not_leave_is_part_of_the_next(school: TelegramSchool) -> None:
    first, second = await two_told(school)
    school.telegram.faults["editmessagetext"] = ["429", "429"]
    school.telegram.presses(OKORO, second, label(school.telegram.buttons(OKORO, second), "ack"))
    await school.quiet()
    assert "has it" not in school.telegram.texts(REED)[-1]
    turn = school.service.runner.turn
    await turn("school", lambda turn: staffing.settle(turn, "reed", "callum", "arrived_late"))
    await school.quiet()
    await school.at("12:17")
    assert school.telegram.texts(REED)[-1].splitlines()[-2:] == [
        "12:16: Mrs Okoro (Safeguarding lead) has it.",
        "12:16: Ms Reed (Attendance officer) settled it.",
    ]
    assert school.telegram.buttons(REED, first) == {}


async def test_an_album_is_one_message(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)

    def picture(number: int, **more: Any) -> None:
        sizes = [{"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 90, "height": 90}]
        school.telegram.says(NGOZI, "", photo=sizes, media_group_id="77", **more)

    picture(1, caption="Amina is ill today, back tomorrow. The doctor's note")
    picture(2)
    picture(3)
    await school.quiet()
    said = len(school.telegram.texts(NGOZI))
    assert len(await school.rows("SELECT pupil_id FROM absence")) == 1
    read = "SELECT alert_key FROM alert WHERE alert_key LIKE 'message/%/read'"
    alerts = len(await school.rows(read))
    school.telegram.says(NGOZI, "", photo=[{"file_id": "f9", "file_unique_id": "u9", "width": 9, "height": 9}])
    await school.quiet()
    assert len(school.telegram.texts(NGOZI)) == said + 1, "a picture by itself is a message of its own"
    assert len(await school.rows(read)) == alerts + 1


async def test_an_album_without_words_is_read_by_a_person_once(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    for number in (1, 2, 3):
        sizes = [{"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 90, "height": 90}]
        school.telegram.says(NGOZI, "", photo=sizes, media_group_id="78")
    before = len(school.telegram.texts(NGOZI))
    await school.quiet()
    assert len(school.telegram.texts(NGOZI)) == before + 1
    assert len(await school.rows("SELECT alert_key FROM alert WHERE alert_key LIKE 'message/%/read'")) == 1
