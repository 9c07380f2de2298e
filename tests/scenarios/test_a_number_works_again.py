"""A dead number that works again: the chase goes on with it, and whoever could not be reached is asked."""

from __future__ import annotations

import pytest

from service.errors import CannotDo
from service.outgoing import retrying
from tests.support.families import AMINA, BEN, child
from tests.support.fixtures import OpenSchool
from tests.support.school import School

TOLLIVER = child("tess", "Tess Tolliver", "kelly")


async def _works(school: School, contact: str, channel: str = "sms") -> int:
    world = school.world
    asked = await world.runner.turn(world.school_id, lambda turn: retrying.works_again(turn, "reed", contact, channel))
    await world.runner.settle()
    await school._look()
    return asked


async def test_whoever_could_not_be_reached_is_asked_and_the_ladder_waits_for_the_deadline(
    open_school: OpenSchool,
) -> None:
    school = await open_school(BEN)
    await school.at("09:15").register_closes(without_reason=["ben"])
    await school.at("09:16:30").receipt("kelly", "undelivered", "30005")
    assert school.state("ben") == "handed_over"
    assert await _works(school, "kelly") == 1
    assert school.state("ben") == "asked"
    assert school.texts() == [("kelly", "absence.ask"), ("kelly", "absence.ask")]
    assert [alert.reason for alert in await school.live_alerts()] == []
    assert "correct_number" not in [task.what for task in await school.open_tasks()]
    await school.at("12:00").nothing_heard()
    assert school.state("ben") == "handed_over"
    assert school.alerted("not_reached", "ben")[-1] == ("12:00", "reed")


async def test_an_answer_after_it_settles_the_case_as_any_other(open_school: OpenSchool) -> None:
    school = await open_school(BEN)
    await school.at("09:15").register_closes(without_reason=["ben"])
    await school.at("09:16:30").receipt("kelly", "undelivered", "30005")
    await _works(school, "kelly")
    await school.at("09:30").says("kelly", "Ben is poorly, back tomorrow")
    assert school.state("ben") == "answered"


async def test_siblings_of_the_contact_share_the_second_text(open_school: OpenSchool) -> None:
    school = await open_school(BEN, TOLLIVER)
    await school.at("09:15").register_closes(without_reason=["ben", "tess"])
    await school.at("09:16:30").receipt("kelly", "undelivered", "30005")
    assert await _works(school, "kelly") == 2
    assert school.texts() == [("kelly", "absence.ask_siblings"), ("kelly", "absence.ask_siblings")]


async def test_whoever_was_reached_meanwhile_or_answered_is_not_asked_again(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:16:30").receipt("ngozi", "undelivered", "30005")
    await school.at("09:20").says("chidi", "Amina is poorly, back tomorrow")
    before = len(school.texts())
    assert await _works(school, "ngozi") == 0
    assert len(school.texts()) == before


async def test_it_can_die_again_and_be_tried_again(open_school: OpenSchool) -> None:
    school = await open_school(BEN)
    await school.at("09:15").register_closes(without_reason=["ben"])
    await school.at("09:16:30").receipt("kelly", "undelivered", "30005")
    await _works(school, "kelly")
    await school.at("09:20").receipt("kelly", "undelivered", "30005")
    assert school.state("ben") == "handed_over"
    assert await _works(school, "kelly") == 1
    assert [to for to, _ in school.texts()] == ["kelly"] * 3


async def test_after_the_deadline_nobody_is_written_to_by_it(open_school: OpenSchool) -> None:
    school = await open_school(BEN)
    await school.at("09:15").register_closes(without_reason=["ben"])
    await school.at("09:16:30").receipt("kelly", "undelivered", "30005")
    await school.at("12:01").nothing_heard()
    assert await _works(school, "kelly") == 0
    assert school.texts() == [("kelly", "absence.ask")]


async def test_a_number_that_its_owner_stopped_is_theirs_to_open(open_school: OpenSchool) -> None:
    school = await open_school(BEN)
    await school.at("08:50").says("kelly", "STOP")
    with pytest.raises(CannotDo, match="Its owner stopped messages"):
        await _works(school, "kelly")
