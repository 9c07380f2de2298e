"""The same webhook twice, a process that dies in the middle, a provider that is down or loses its answers."""

from __future__ import annotations

from tests.support.families import AMINA, BEN, JAN, ZOFIA
from tests.support.fixtures import OpenSchool


async def test_the_same_webhook_three_times_is_one_message(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:10:00").says("ngozi", "Amina is ill today", id="SM1")
    await school.at("08:10:04").says("ngozi", "Amina is ill today", id="SM1")
    await school.at("08:12:00").says("ngozi", "Amina is ill today", id="SM1")
    assert len(school.of_kind("received")) == 1
    assert school.texts() == [("ngozi", "absence.recorded")]
    await school.at("09:15").register_closes(without_reason=["amina"])
    assert school.marks("amina") == [(None, "I")]


async def test_a_restart_between_text_and_answer(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:16").crash()
    await school.at("09:20").says("ngozi", "she is ill today")
    assert school.marks("amina") == [("N", "I")]
    await school.at("13:00").nothing_heard()
    assert school.texts() == [("ngozi", "absence.ask"), ("ngozi", "absence.recorded")]


async def test_a_restart_at_every_step_of_the_ladder(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:14").crash()
    await school.at("09:15").register_closes(without_reason=["amina"])
    for clock in ("09:15:10", "09:44:59", "09:45:01", "11:59:59", "12:00:01", "12:14"):
        await school.at(clock).crash()
    await school.at("12:30").nothing_heard()
    assert school.texts() == [("ngozi", "absence.ask"), ("chidi", "absence.ask")]
    assert school.alerted("not_reached") == [("12:00", "reed"), ("12:15", "okoro"), ("12:30", "hart")]


async def test_down_over_the_close_the_first_round_leaves_when_it_is_back(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:10").provider_down("20m")
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("09:29").nothing_heard()
    assert school.texts() == []
    (outage, *_) = [line for line in school.of_kind("alert") if line["reason"] == "delivery_outage"]
    assert outage["channel"] == "email"
    await school.at("09:33").nothing_heard()
    assert sorted(school.texts()) == [("kelly", "absence.ask"), ("ngozi", "absence.ask")]


async def test_lost_answers_and_a_crash_still_one_text_each(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, ZOFIA, JAN)
    await school.at("09:14").answers_lost("3m")
    await school.at("09:15").register_closes(without_reason=["amina", "zofia", "jan"])
    await school.at("09:15:20").crash()
    await school.at("09:40").nothing_heard()
    sms = school.world.simulators["sms"]
    assert sorted(message.to for message in sms.sent) == ["+447700900001", "+447700900004"]
    assert sorted(school.texts()) == [("agata", "absence.ask_siblings"), ("ngozi", "absence.ask")]
