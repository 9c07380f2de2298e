"""An answer of ours that does not arrive is said once more; one to a stranger or a machine is nobody's task."""

from __future__ import annotations

import pytest

from tests.support.families import BEN
from tests.support.fixtures import OpenSchool

REPORT = "Ben is ill today, back on Thursday"


@pytest.mark.parametrize("code", ["30003", "30008", "30410"])
async def test_an_answer_to_a_phone_that_is_off_is_sent_once_more_and_no_more(
    open_school: OpenSchool, code: str
) -> None:
    school = await open_school(BEN)
    await school.at("08:20").says("kelly", REPORT)
    await school.at("08:21").receipt("kelly", "undelivered", code)
    await school.at("08:30").nothing_heard()
    assert len(school.world.simulators["sms"].sent) == 2
    await school.at("08:31").receipt("kelly", "undelivered", code)
    await school.at("08:50").nothing_heard()
    first, second = school.world.simulators["sms"].sent
    assert (first.to, first.text) == (second.to, second.text)
    assert school.alerts() == []


async def test_a_question_about_a_child_is_not_waited_for(open_school: OpenSchool) -> None:
    school = await open_school(BEN)
    await school.at("09:15").register_closes(without_reason=["ben"])
    await school.at("09:16:30").receipt("kelly", "undelivered", "30003")
    assert school.state("ben") == "handed_over"
    await school.at("09:40").nothing_heard()
    assert school.texts() == [("kelly", "absence.ask")]


async def test_one_text_with_a_code_that_nobody_knows_is_no_outage(open_school: OpenSchool) -> None:
    school = await open_school(BEN)
    await school.at("09:15").register_closes(without_reason=["ben"])
    await school.at("09:16:30").receipt("kelly", "undelivered", "30999")
    assert school.state("ben") == "handed_over"
    assert school.alerted("delivery_outage") == []


@pytest.mark.parametrize("sender", ["60777", "AMAZON"])
async def test_a_short_code_and_a_name_are_not_answered_and_staff_can_read_them(
    open_school: OpenSchool, sender: str
) -> None:
    school = await open_school(BEN)
    await school.at("08:20").says(sender, "Your parcel is at the depot")
    assert school.texts() == []
    assert [who for _, who in school.alerted("unlisted_number")] == ["reed"]


async def test_a_strangers_dead_number_is_nobodys_to_correct(open_school: OpenSchool) -> None:
    school = await open_school(BEN)
    await school.at("08:20").says("+447700900555", "Hello, who is this?")
    await school.at("08:21").receipt("+447700900555", "undelivered", "30005")
    assert [task.what for task in await school.open_tasks()] == []
    assert school.alerted("number_bad") == []


async def test_a_heart_from_a_phone_in_another_language_is_no_report(open_school: OpenSchool) -> None:
    school = await open_school(BEN)
    await school.at("09:15").register_closes(without_reason=["ben"])
    (asked,) = school.words_to("kelly")
    await school.at("09:20").says("kelly", f"Le encantó “{asked}”")
    assert (school.state("ben"), school.marks("ben")) == ("asked", [])
    assert [who for _, who in school.alerted("message_to_read")] == ["reed"]
