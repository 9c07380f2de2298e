"""Promise 9. One report settles it everywhere; siblings share a text; nobody is asked twice; quiet hours are kept."""

from __future__ import annotations

from datetime import date, timedelta

from tests.support.families import AMINA, BEN, JAN, ZOFIA, adult, child
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY

TOMORROW = DAY + timedelta(days=1)
SATURDAY = date(2026, 11, 21)


async def test_siblings_share_one_text_and_one_answer(open_school: OpenSchool) -> None:
    school = await open_school(ZOFIA, JAN)
    await school.at("09:15").register_closes(without_reason=["zofia", "jan"])
    await school.at("09:20").says("agata", "both are ill today")
    assert [template for _, template in school.texts()] == ["absence.ask_siblings", "absence.recorded"]
    await school.at("13:00").nothing_heard()
    assert len(school.texts()) == 2


async def test_one_accepted_report_settles_it_on_every_channel(open_school: OpenSchool) -> None:
    kim = adult("kim", "Kim Dale", 60, "mother", "dale", email="kim@home.example", telegram="8811")
    rounds = [
        {"after": "0m", "to": [1], "by": ["sms"]},
        {"after": "10m", "to": [1], "by": ["telegram"]},
        {"after": "20m", "to": [1], "by": ["email"]},
    ]
    school = await open_school(child("rory", "Rory Dale", "kim"), adults=[kim], rules={"firstday.rounds": rounds})
    await school.at("09:15").register_closes(without_reason=["rory"])
    await school.at("09:25").nothing_heard()
    assert [line["channel"] for line in school.of_kind("sent")] == ["sms", "telegram"]
    await school.at("09:28").says("kim", "Rory has a cold", channel="telegram")
    await school.at("13:00").nothing_heard()
    assert [line["channel"] for line in school.of_kind("sent")] == ["sms", "telegram", "telegram"]


async def test_a_report_with_a_return_day_covers_until_then(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("08:10").says("ngozi", "Amina has flu, back on Thursday")
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("13:35").register_closes("pm", without_reason=["amina"])
    await school.at("09:15", TOMORROW).register_closes(without_reason=["amina"])
    assert school.texts() == [("ngozi", "absence.recorded")]
    await school.at("13:35", TOMORROW).register_closes("pm", without_reason=["amina"])
    await school.at("09:15", TOMORROW + timedelta(days=1)).register_closes(without_reason=["amina"])
    assert school.texts() == [("ngozi", "absence.recorded"), ("ngozi", "absence.ask")]


async def test_a_report_without_one_covers_its_first_day(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("08:10").says("ngozi", "Amina is ill today")
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("13:35").register_closes("pm", without_reason=["amina"])
    assert school.texts() == [("ngozi", "absence.recorded")]
    await school.at("09:15", TOMORROW).register_closes(without_reason=["amina"])
    assert school.texts()[1:] == [("ngozi", "absence.ask")]


async def test_nobody_is_asked_again_in_the_afternoon_of_a_morning_without_an_answer(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("12:05").staff("reed").acknowledges("amina")
    await school.at("13:35").register_closes("pm", without_reason=["amina"])
    await school.at("14:30").nothing_heard()
    assert school.texts() == [("ngozi", "absence.ask"), ("chidi", "absence.ask")]
    assert school.state("amina", "pm") is None


async def test_at_night_an_answer_leaves_at_once_and_what_nobody_asked_for_waits(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("21:40").says("ngozi", "Amina is ill, she will be off tomorrow")
    assert [line["at"][11:16] for line in school.of_kind("sent")] == ["21:40"]
    await school.at("09:15", TOMORROW).register_closes(without_reason=["amina"])
    assert len(school.texts()) == 1


async def test_closed_days_are_kept(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, day=SATURDAY)
    await school.at("18:00").nothing_heard()
    assert school.texts() == []
    assert school.alerts() == []


async def test_two_messages_in_a_row_that_a_person_must_read_are_answered_once(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:30").says("ngozi", "who do I talk to about her maths set?")
    await school.at("08:32").says("ngozi", "and who is her tutor now?")
    assert school.texts() == [("ngozi", "absence.handed_to_staff")]
    assert school.alerted("message_to_read") == [("08:30", "reed"), ("08:32", "reed")]
    await school.at("08:45").says("ngozi", "hello? who can I ask?")
    assert len(school.texts()) == 2
