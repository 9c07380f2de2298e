"""Promise 2. At the deadline a named person has the case; it climbs until it is settled. Silence is never an answer."""

from __future__ import annotations

from tests.support.families import AMINA, BEN, CALLUM, ZOFIA
from tests.support.fixtures import OpenSchool


async def test_the_deadline_does_not_depend_on_sending(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:10").provider_down("240m")
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("12:00").nothing_heard()
    assert school.texts() == []
    assert school.alerted("not_reached", "amina") == [("12:00", "reed")]


async def test_an_acknowledgement_that_nobody_follows_up_is_not_an_end(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("12:05").staff("reed").acknowledges("amina")
    await school.at("13:05").nothing_heard()
    assert school.alerted("not_settled", "amina") == [("13:05", "okoro")]
    await school.at("13:10").staff("okoro").acknowledges("amina")
    await school.at("13:20").nothing_heard()
    assert school.alerted("not_settled", "amina") == [("13:05", "okoro")]


async def test_an_unread_message_climbs_like_anything_else(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:30").says("ngozi", "who do I talk to about her maths set?")
    assert school.alerted("message_to_read") == [("08:30", "reed")]
    await school.at("09:01").nothing_heard()
    assert [who for _, who in school.alerted("message_to_read")] == ["reed", "okoro", "hart"]


async def test_a_held_send_climbs_too(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM, ZOFIA, rules={"brake.usual": 1, "brake.more_than": 2})
    await school.at("09:15").register_closes(without_reason=["amina", "ben", "callum", "zofia"])
    assert school.texts() == []
    await school.at("09:46").nothing_heard()
    assert [who for _, who in school.alerted("mass_send_held")] == ["reed", "okoro", "hart"]
    await school.at("12:00").nothing_heard()
    assert {
        pupil for line in school.of_kind("alert") if line["reason"] == "not_reached" for pupil in line["pupils"]
    } == {
        "amina",
        "ben",
        "callum",
        "zofia",
    }


async def test_every_waiting_case_has_a_time_at_which_silence_becomes_an_event(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    for clock in ("09:15:30", "09:40", "10:30", "11:59"):
        await school.at(clock).nothing_heard()
        assert all(case.due_at is not None for case in await school.cases() if case.is_waiting)
    await school.at("12:00").nothing_heard()
    assert not any(case.is_waiting for case in await school.cases())
    assert all(alert.due_at is not None for alert in await school.live_alerts() if alert.climbs)


async def test_an_unread_message_is_not_forgotten_and_not_shouted(open_school: OpenSchool) -> None:
    """A63: thirty alerts a day about one question would teach staff to read none."""
    school = await open_school(AMINA)
    await school.at("08:05").says("+447700900777", "Is he in today?")
    await school.at("16:00").nothing_heard()
    told = school.alerted("unlisted_number")
    assert [clock for clock, who in told if who == "hart"] == ["08:35", "08:50", "09:50", "12:50", "15:50"]
    assert all(alert.due_at is not None for alert in await school.live_alerts() if alert.climbs)
