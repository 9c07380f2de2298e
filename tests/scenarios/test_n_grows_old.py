"""A session without a reason grows old: a task on the fifth school day, O at its end, with the whole amendment.

Source: SI 2024/208 reg 10(7)-(9); DESIGN promises 1 (a blank or `-` in a marked class counts as N) and 6.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool
from tests.support.school import School

MONDAY = date(2026, 11, 9)
FIFTH = MONDAY + timedelta(days=7)
MORNINGS_ONLY = {"register": [{"session": "am", "opens": "08:45", "closes": "09:15"}], "register_deadline": "09:30"}


async def a_week_later(school: School) -> None:
    """The week's other registers come in with everybody there, up to the evening of the fifth school day."""
    for days in (1, 2, 3, 4, 7):
        await school.at("09:00", MONDAY + timedelta(days=days)).register_closes()
    await school.at("18:00", FIFTH).nothing_heard()


def became(school: School, pupil: str) -> list[tuple[object, ...]]:
    """(original, code, by, position) of the marks that became O for Monday."""
    return [
        (line["original"], line["code"], line["by"], line["position"])
        for line in school.of_kind("mark", pupil)
        if line["day"] == MONDAY.isoformat() and line["code"] == "O"
    ]


@pytest.mark.parametrize("blank", ["-", "", None], ids=["dash", "empty", "nothing at all"])
async def test_a_blank_in_a_marked_class_becomes_o_like_any_n(open_school: OpenSchool, blank: str | None) -> None:
    school = await open_school(AMINA, BEN, rules=MORNINGS_ONLY, day=MONDAY)
    marks = {"ben": "/"} if blank is None else {"ben": "/", "amina": blank}
    await school.at("09:00").register(group="7M", **marks)
    await school.at("12:05").staff("reed").settles("amina", "no_reason_given")
    await a_week_later(school)
    assert [line["at"][:10] for line in school.of_kind("task", "amina") if line["what"] == "decide_n"] == [
        FIFTH.isoformat()
    ]
    assert became(school, "amina") == [(blank, "O", "Ms Reed", "Attendance officer")]
    assert became(school, "ben") == []


async def test_a_blank_of_a_child_who_was_here_waits_for_a_person(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, rules=MORNINGS_ONLY, day=MONDAY)
    await school.at("09:00").register(group="7M", ben="/", amina="-")
    await school.at("09:40").staff("reed").settles("amina", "present_after_all")
    await a_week_later(school)
    assert "decide_n" in school.tasks("amina")
    assert became(school, "amina") == []


async def test_the_task_says_that_a_person_had_the_reason_and_no_code_was_entered(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, rules=MORNINGS_ONLY, day=MONDAY)
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("12:05").staff("reed").settles("amina", "answered_ill")
    await school.at("12:06").staff("reed").settles("ben", "no_reason_given")
    for days in (1, 2, 3, 4, 7):
        await school.at("09:00", MONDAY + timedelta(days=days)).register_closes()
    notes = {task.pupils: task.note for task in await school.open_tasks() if task.what == "decide_n"}
    assert notes == {
        ("amina",): "Somebody settled 9 November am with a reason, and no code was entered: amend it; it becomes O at "
        "the end of today.",
        ("ben",): "No reason for 9 November am; it becomes O at the end of today.",
    }


async def test_a_class_that_nobody_marked_does_not_become_o(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, rules=MORNINGS_ONLY, day=MONDAY)
    await school.at("09:00").nothing_heard()
    await a_week_later(school)
    assert became(school, "amina") == []
    assert became(school, "ben") == []


async def test_a_child_seen_after_lunch_leaves_the_mornings_reason_open(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, day=MONDAY)
    await school.at("09:00").register(group="7M", ben="/", amina="-")
    await school.at("13:20").register_closes("pm")
    assert school.state("amina") == "settled"
    for days in (1, 2, 3, 4, 7):
        await school.at("09:00", MONDAY + timedelta(days=days)).register_closes()
        await school.at("13:20").register_closes("pm")
    await school.at("18:00", FIFTH).nothing_heard()
    assert became(school, "amina") == [("-", "O", "Ms Reed", "Attendance officer")]
