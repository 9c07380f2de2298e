"""The head decides by a button in a chat: all days, or the one refusal that needs no typing; on what was seen."""

from __future__ import annotations

from typing import Any

import pytest

from messaging.telegram_updates import ChatUpdate
from service import chat_acts
from service.turn import Turn
from storage import leave, outbox
from storage.inbox import InboxRow
from tests.support.families import AMINA, STAFF, staff
from tests.support.fixtures import OpenSchool
from tests.support.school import School

PLAIN = {"leave.fields": ["dates", "reason"]}
WEDDING = "Please may Amina have leave on 8 and 9 December for her aunt's wedding, back on the 10th"
CHAT = "82"
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
    inbox = InboxRow("press-1", "telegram", "p1", "firstcall", who, "", world.clock.now(), {})

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
    assert row.about["acts"] == ["ack", "grant", "not_exceptional"]
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
