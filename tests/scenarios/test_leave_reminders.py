"""A decision that is due: the head, or the deputy while the head is away, is reminded on every route that they have,
and can decide by each: the office, a button in Telegram, the link in the e-mail. By text they are sent to the board."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from office.leave.links import DecisionLink
from service.leave.deciding import Decision, decide
from service.rehearsal.simulation import LINKS
from service.staff import staffing
from service.turns.turn import Turn
from storage import leave, outbox
from tests.scenarios.test_leave_buttons import press
from tests.support.families import AMINA, STAFF, staff
from tests.support.fixtures import OpenSchool
from tests.support.school import School

PLAIN = {"leave.fields": ["dates", "reason"]}
WEDDING = "Please may Amina have leave on 8 and 9 December for her aunt's wedding, back on the 10th"
DUE = date(2026, 11, 24)
HEAD = {**STAFF[2], "telegram": "82"}
DEPUTY = {**staff("dunn", "Mrs Dunn", "Deputy head", "deputy_headteacher", 903), "telegram": "83"}


async def reminded(open_school: OpenSchool, *, away: bool = False, **routes: Any) -> tuple[School, list[Any]]:
    """A request that nobody decided until its day, and what whoever decides was sent on that day."""
    head, deputy = {**HEAD, **routes}, {**DEPUTY, **routes}
    school = await open_school(AMINA, rules=PLAIN, staff=(*STAFF[:2], head, deputy), all_in_until=DUE)
    await school.at("10:30").says("ngozi", WEDDING)
    if away:
        await school.at("10:40").staff("hart").is_away()
    await school.at("10:05", DUE).nothing_heard()
    who = "dunn" if away else "hart"
    async with school.world.database.read() as db:
        rows = await outbox.of_pupil(db, school.world.school_id, "amina")
    due = [row for row in rows if any("/due/" in key for key in row.about.get("alerts", ()))]
    sent = [row for row in due if row.staff_id is not None]
    assert {row.staff_id for row in sent} == {who}, "only whoever decides today"
    return school, sent


async def decided(school: School) -> tuple[str, str | None]:
    async with school.world.database.read() as db:
        (request,) = await leave.recent(db, school.world.school_id)
    return request.state, request.decided_by


@pytest.mark.parametrize(("away", "name"), [(False, "Dr Hart, Headteacher"), (True, "Mrs Dunn, Deputy head")])
async def test_in_telegram_with_the_buttons(open_school: OpenSchool, away: bool, name: str) -> None:
    school, sent = await reminded(open_school, away=away)
    (row,) = [row for row in sent if row.channel == "telegram"]
    assert row.about["acts"] == ["ack", "grant", "some", "not_exceptional", "refuse_why", "more"]
    await press(school, row, "grant", row.address)
    assert await decided(school) == ("granted", name)


@pytest.mark.parametrize(("away", "who"), [(False, "hart"), (True, "dunn")])
async def test_by_mail_with_a_link_of_their_own(open_school: OpenSchool, away: bool, who: str) -> None:
    school, sent = await reminded(open_school, away=away)
    (row,) = [row for row in sent if row.channel == "email"]
    token = re.search(r"/leave/decide/(\S+)", row.text)
    assert token is not None
    found = LINKS.read_decision(token[1], school.world.clock.now())
    assert isinstance(found, DecisionLink)
    assert found.staff == who


async def test_by_text_where_there_is_neither(open_school: OpenSchool) -> None:
    _, sent = await reminded(open_school, away=True, email=None, telegram=None)
    assert [row.channel for row in sent] == ["sms"]
    assert "A decision on leave is due." in sent[0].text


async def test_what_is_due_of_a_longer_stay_is_the_longer_stay(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN, all_in_until=date(2026, 12, 8))
    await school.at("10:30").says("ngozi", WEDDING)
    await school.at("11:00").staff("hart").grants("amina")
    await school.at("08:00", date(2026, 12, 10)).says(
        "ngozi", "Our flight is cancelled, Amina will be back on Monday 14th"
    )
    await school.at("15:00", date(2026, 12, 14)).nothing_heard()
    told = [line for line in school.of_kind("alert", "amina") if line["reason"] == "leave_overdue"]
    assert [(line["at"][8:10], line["because"]) for line in told] == [
        (day, "A decision on leave is due. The family asks to be back on 14 December instead of 10 December.")
        for day in ("10", "11")
    ], "on the day back nothing is left to grant"


async def test_the_deputys_link_decides_nothing_once_the_head_is_back(open_school: OpenSchool) -> None:
    school, sent = await reminded(open_school, away=True)

    async def back(turn: Turn) -> None:
        await staffing.set_away(turn, "hart", away=False)

    await school.world.runner.turn(school.world.school_id, back)
    (row,) = [row for row in sent if row.channel == "telegram"]
    await press(school, row, "grant", row.address)
    assert (await decided(school))[0] == "requested"

    async def by_link(turn: Turn) -> None:
        member = turn.school.roll.staff_member("dunn")
        assert member is not None
        (request,) = await leave.open(turn.db, turn.school.id)
        await decide(turn, member, request, Decision("grant"))

    with pytest.raises(Exception, match="Only the headteacher decides"):
        await school.world.runner.turn(school.world.school_id, by_link)


async def test_a_letter_waits_as_a_task_of_whoever_decides_until_it_is_released(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    await school.at("11:00").staff("hart").grants("amina", "A wedding")
    await school.at("11:10").staff("hart").refuses("amina", "On second thoughts, no")
    waiting = [one for one in await school.open_tasks() if one.what == "letter_to_release"]
    assert [(one.role, one.pupils) for one in waiting] == [("headteacher", ("amina",))], "the older draft is withdrawn"
    await school.at("11:30").staff("reed").releases_letter("amina")
    assert not [one for one in await school.open_tasks() if one.what == "letter_to_release"]
