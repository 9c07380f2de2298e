"""The head decides in a chat: all days or some, refused, more asked for; by buttons, and words that we ask for."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from messaging.telegram_updates import ChatUpdate, parse_update
from service.incoming import chat_acts
from service.turns.turn import Turn
from storage import audit, leave, leave_letters, outbox, tables
from storage.inbox import InboxRow
from tests.support.families import AMINA, STAFF, staff
from tests.support.fixtures import OpenSchool
from tests.support.school import School

PLAIN = {"leave.fields": ["dates", "reason"]}
WEDDING = "Please may Amina have leave on 8 and 9 December for her aunt's wedding, back on the 10th"
CHAT = "82"
NUMBERS = count(1)
TEAM = (*STAFF[:2], {**STAFF[2], "telegram": CHAT}, staff("dunn", "Mrs Dunn", "Deputy head", "deputy_headteacher", 903))


async def asked(open_school: OpenSchool) -> tuple[School, Any]:
    """A request, and the row of the alert in the head's chat."""
    school = await open_school(AMINA, rules=PLAIN, staff=TEAM)
    await school.at("08:10").says("ngozi", WEDDING)
    async with school.world.database.read() as db:
        rows = await outbox.of_pupil(db, school.world.school_id, "amina")
    (row,) = [row for row in rows if row.staff_id == "hart" and row.channel == "telegram"]
    return school, row


async def press(school: School, row: Any, act: str, who: str = CHAT) -> None:
    world = school.world
    update = ChatUpdate("press", 1, who, who, True, payload=f"{act}:{row.message_id}", pressed=7, shown=row.text)
    inbox = InboxRow(f"press-{world.runner.new_id()}", "telegram", "p1", "firstcall", who, "", world.clock.now(), {})

    async def work(turn: Turn) -> None:
        await chat_acts.pressed(turn, inbox, update)

    await world.runner.turn(world.school_id, work)
    await world.runner.settle()
    await school._look()


async def state_of(school: School) -> tuple[str, str | None, str | None]:
    async with school.world.database.read() as db:
        (request,) = await leave.recent(db, school.world.school_id)
    return request.state, request.reason, request.decided_by


async def test_whoever_decides_has_the_buttons(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    assert row.about["acts"] == ["ack", "grant", "some", "not_exceptional", "refuse_why", "more"]
    await press(school, row, "grant")
    assert await state_of(school) == ("granted", "", "Dr Hart, Headteacher")
    assert school.texts()[-1] == ("ngozi", "leave.granted")


async def test_a_refusal_by_button_has_its_reason(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await press(school, row, "not_exceptional")
    assert await state_of(school) == (
        "refused",
        "The circumstances are not exceptional.",
        "Dr Hart, Headteacher",
    )


async def test_a_button_of_an_older_request_decides_nothing(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await school.at("08:20").says("ngozi", "Amina's leave for the wedding: 9 and 10 December, back on the 11th")
    await press(school, row, "grant")
    assert (await state_of(school))[0] == "requested"


@pytest.mark.parametrize("who", ["99", "81"])
async def test_nobody_else_can_press_it(open_school: OpenSchool, who: str) -> None:
    school, row = await asked(open_school)
    await press(school, row, "grant", who)
    assert (await state_of(school))[0] == "requested"


# -- only some days --------------------------------------------------------------------------------------------------


async def buttons(school: School, row: Any) -> tuple[str, dict[str, str]]:
    """The words of the alert as they stand now, and its buttons: label -> act."""
    chats = school.world.simulators["telegram"]
    shown = [one for one in chats.sent if one.to == CHAT and one.edits is not None][-1]
    assert all(one.data.endswith(f":{row.message_id}") for one in shown.buttons)
    assert all(len(one.data.encode()) <= 64 for one in shown.buttons)
    return shown.text, {one.label: one.data.partition(":")[0] for one in shown.buttons}


async def test_the_days_are_ticked_one_by_one_and_ticking_decides_nothing(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await press(school, row, "some")
    text, shown = await buttons(school, row)
    assert text.endswith("Tick the days that you grant, then choose what the letter says of the others.")
    assert list(shown) == ["Tue 8 Dec", "Wed 9 Dec", "Back"]
    await press(school, row, shown["Wed 9 Dec"])
    text, shown = await buttons(school, row)
    assert text.count("Tick the days") == 1
    assert list(shown) == [
        "Tue 8 Dec",
        "✅ Wed 9 Dec",
        "Grant this day; not exceptional beyond it",
        "Grant this day; it is enough",
        "Grant this day; I write why",
        "Back",
    ]
    await press(school, row, shown["Tue 8 Dec"])
    _, shown = await buttons(school, row)
    assert list(shown)[2:] == ["Grant all days", "Back"], "of no day is anything to be said"
    await press(school, row, shown["✅ Tue 8 Dec"])
    assert (await state_of(school))[0] == "requested"
    _, shown = await buttons(school, row)
    await press(school, row, shown["Grant this day; not exceptional beyond it"])
    assert await state_of(school) == (
        "granted_in_part",
        "For the other days the circumstances are not exceptional.",
        "Dr Hart, Headteacher",
    )
    assert "only on Wed 9 Dec" in school.words_to("ngozi")[-1]
    text, shown = await buttons(school, row)
    assert text.endswith("Dr Hart (Headteacher) granted some days.")
    assert "Tick the days" not in text
    assert shown == {}


async def test_that_the_days_are_enough_is_another_reason(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await press(school, row, "enough.1")
    assert await state_of(school) == (
        "granted_in_part",
        "The days that are granted are enough for the occasion.",
        "Dr Hart, Headteacher",
    )
    text, shown = await buttons(school, row)
    assert (text.endswith("Dr Hart (Headteacher) granted some days."), shown) == (True, {})


async def test_what_the_letter_says_of_the_others_is_the_heads_own_words(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await press(school, row, "only_why.1")
    assert last_words(school).wants_answer
    assert "Tue 8 Dec" in last_words(school).text, "the days are said once more"
    assert (await state_of(school))[0] == "requested"
    await answer(school, "On the 9th her class has its examination.")
    assert await state_of(school) == (
        "granted_in_part",
        "On the 9th her class has its examination.",
        "Dr Hart, Headteacher",
    )
    assert "only on Tue 8 Dec" in school.words_to("ngozi")[-1]
    assert "examination" not in school.words_to("ngozi")[-1], "never the reason in a text"
    async with school.world.database.read() as db:
        (letter,) = await leave_letters.drafts(db, school.world.school_id)
        deeds = await audit.newest(db, school.world.school_id)
    assert ["Reason", "On the 9th her class has its examination."] in letter.data["facts"]
    assert "telegram_only_why" in [deed.action for deed in deeds]
    text, shown = await buttons(school, row)
    assert (text.endswith("granted some days, with a reason."), shown) == (True, {})


async def test_all_days_ticked_are_all_of_it(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await press(school, row, "only.3")
    assert (await state_of(school))[:2] == ("granted", "")


async def test_back_brings_the_buttons_of_the_alert(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await press(school, row, "some")
    await press(school, row, "back")
    text, shown = await buttons(school, row)
    assert text == row.text
    assert list(shown.values()) == row.about["acts"]


@pytest.mark.parametrize(
    "act",
    ["only.4", "only.0", "only", "only.zz", "some.zz", "only.-1", "enough.4", "only_why", "only_why.0", "only_why.4"],
)
async def test_a_crafted_button_decides_nothing(open_school: OpenSchool, act: str) -> None:
    school, row = await asked(open_school)
    await press(school, row, act)
    assert (await state_of(school))[0] == "requested"


async def test_days_of_an_older_request_cannot_be_ticked(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await school.at("08:20").says("ngozi", "Amina's leave for the wedding: 9 and 10 December, back on the 11th")
    await press(school, row, "some")
    assert school.world.simulators["telegram"].sent[-1].text.startswith("Not done. The request changed")


# -- words of the head's own -----------------------------------------------------------------------------------------


async def answer(school: School, text: str, to: int | None = None) -> None:
    """The head answers our newest message in the chat, or the one with this number."""
    world = school.world
    if to is None:
        async with world.database.read() as db:
            rows = await outbox.to_staff(db, world.school_id, ["hart"], world.clock.now() - timedelta(days=1))
        asked_by = next(one for one in rows if one.about.get("asks"))
        to = 40
        async with world.database.begin() as db:  # as Telegram names its messages
            ours = tables.outbox.c.message_id == asked_by.message_id
            await db.execute(sa.update(tables.outbox).where(ours).values(provider_id=f"{CHAT}/{to}"))
    number = next(NUMBERS)
    raw = {
        "update_id": number,
        "message": {
            "message_id": 50,
            "date": 1_795_000_000,
            "chat": {"id": int(CHAT), "type": "private"},
            "from": {"id": int(CHAT), "is_bot": False, "first_name": "H"},
            "text": text,
            "reply_to_message": {
                "message_id": to,
                "date": 1_795_000_000,
                "chat": {"id": int(CHAT), "type": "private"},
                "text": "…",
            },
        },
    }
    await world.runner.receive(parse_update(json.dumps(raw).encode(), "firstcall"))
    await world.runner.settle()
    await school._look()


def last_words(school: School) -> Any:
    return [one for one in school.world.simulators["telegram"].sent if one.to == CHAT and one.edits is None][-1]


async def test_a_refusal_with_the_heads_own_reason(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await press(school, row, "refuse_why")
    assert last_words(school).wants_answer
    assert (await state_of(school))[0] == "requested"
    await answer(school, "She sits an examination on the 8th.")
    assert await state_of(school) == ("refused", "She sits an examination on the 8th.", "Dr Hart, Headteacher")
    assert last_words(school).text.startswith("Refused. The family is told")
    assert "examination" not in school.words_to("ngozi")[-1], "never the reason in a text"
    text, shown = await buttons(school, row)
    assert (text.endswith("refused, with a reason."), shown) == (True, {})
    await answer(school, "Second thoughts")
    assert last_words(school).text.startswith("Not done.")


async def test_more_is_asked_of_the_family_in_the_heads_words(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await press(school, row, "more")
    await answer(school, "Could she travel after school?")
    assert (await state_of(school))[0] == "more_asked"
    assert "the headteacher asks: Could she travel after school?" in school.words_to("ngozi")[-1]
    await school.at("08:30").says("ngozi", "No, the ceremony is at noon on the 8th")
    assert (await state_of(school))[0] == "requested"
    async with school.world.database.read() as db:
        deeds = await audit.newest(db, school.world.school_id)
    assert "telegram_more" in [deed.action for deed in deeds]


async def test_words_that_answer_nothing_of_ours_decide_nothing(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await press(school, row, "refuse_why")
    await answer(school, "No.", to=999)
    assert (await state_of(school))[0] == "requested"


async def test_words_that_are_too_long_are_asked_for_again(open_school: OpenSchool) -> None:
    school, row = await asked(open_school)
    await press(school, row, "more")
    await answer(school, "Why? " * 100)
    assert (await state_of(school))[0] == "requested"
    assert "at most 300 letters" in last_words(school).text
