"""Promise 4. What was received is stored first; a repeat, a restart or a crash at any point changes nothing."""

from __future__ import annotations

import pytest

from messaging.channel import Received
from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool

ILL = Received("sms", "SM77", "+447700900000", "+447700900001", "Amina is ill today")


async def test_the_same_webhook_twice_is_one_message(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    runner = school.world.runner
    assert await runner.receive(ILL)
    assert not await runner.receive(ILL)
    await runner.settle()
    assert not await runner.receive(ILL)
    await school.at("08:30").nothing_heard()
    assert len(school.of_kind("received")) == 1
    assert school.texts() == [("ngozi", "absence.recorded")]


async def test_dead_between_storing_and_answering_it_is_answered_after_the_restart(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    assert await school.world.runner.receive(ILL)
    await school.world.crash()
    await school.at("08:01").nothing_heard()
    assert await school.unread() == 0
    assert school.texts() == [("ngozi", "absence.recorded")]


async def test_dead_between_deciding_and_handing_over_it_leaves_once(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    assert await school.world.runner.receive(ILL)
    await school.world.runner.step_inbox()
    assert school.world.simulators["sms"].sent == []
    await school.world.crash()
    await school.at("08:01").nothing_heard()
    assert len(school.world.simulators["sms"].sent) == 1


@pytest.mark.parametrize("lost", [1, 2])
async def test_what_the_provider_may_have_is_looked_up_before_it_is_sent_again(
    open_school: OpenSchool, lost: int
) -> None:
    school = await open_school(AMINA, BEN)
    sms = school.world.simulators["sms"]
    sms.lost_answers = lost
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("09:25").nothing_heard()
    assert sorted(message.to for message in sms.sent) == ["+447700900001", "+447700900003"]
    assert sorted(school.texts()) == [("kelly", "absence.ask"), ("ngozi", "absence.ask")]


async def test_what_the_provider_surely_has_not_is_sent_again(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    sms = school.world.simulators["sms"]
    sms.lost_sends = 1
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:25").nothing_heard()
    assert [message.to for message in sms.sent] == ["+447700900001"]
    assert school.texts() == [("ngozi", "absence.ask")]


async def test_a_crash_at_every_second_step_changes_nothing(open_school: OpenSchool) -> None:
    calm, shaken = await open_school(AMINA, BEN), await open_school(AMINA, BEN)
    for school, crashes in ((calm, False), (shaken, True)):
        for clock in ("08:59", "09:14:59", "09:15:01", "09:30", "09:46", "11:59:30", "12:00:30", "12:16"):
            if crashes:
                await school.at(clock).crash()
            if clock == "09:14:59":
                await school.at("09:15").register_closes(without_reason=["amina", "ben"])
            if clock == "09:30":
                await school.at("09:31").says("kelly", "Ben is ill", id="SM9")
        await school.at("12:40").nothing_heard()
    assert [(line["at"], line["kind"]) for line in shaken.lines] == [(line["at"], line["kind"]) for line in calm.lines]
    assert sorted(shaken.texts()) == sorted(calm.texts())
    assert shaken.alerts() == calm.alerts()


@pytest.mark.parametrize("words", ["", "x" * 10_000, "🐢🐢🐢", "\x01\ufffd\x7f", "   \n\n  "])
async def test_odd_words_are_stored_and_answered_or_put_before_staff(open_school: OpenSchool, words: str) -> None:
    school = await open_school(AMINA)
    await school.at("08:30").says("ngozi", words)
    assert len(school.of_kind("received")) == 1
    assert await school.unread() == 0
    assert school.marks("amina") == []
