"""Another time, or a later day, said after an appointment was told: its own time, its own day, its own end."""

from __future__ import annotations

from datetime import date

from tests.support.families import AMINA
from tests.support.fixtures import OpenSchool
from tests.support.school import School


async def _told(open_school: OpenSchool, *texts: str) -> School:
    school = await open_school(AMINA)
    for number, text in enumerate(texts):
        await school.at(f"08:{20 + 5 * number}").says("ngozi", text)
    return school


def _marked(school: School) -> set[tuple[str, str]]:
    found = {(line["day"], line["session"]): line["code"] for line in school.of_kind("mark", "amina")}
    return {key for key, code in found.items() if code == "M"}


async def test_an_appointment_keeps_its_day_at_another_time(open_school: OpenSchool) -> None:
    school = await _told(open_school, "Amina has physio at 10 on Thursday, in by 11.30", "physio now at 9")
    assert {day for day, _ in _marked(school)} == {"2026-11-19"}
    assert school.alerted("message_to_read") == [("08:25", "reed")], "when she comes is to be asked"


async def test_an_appointment_that_is_in_the_afternoon_now(open_school: OpenSchool) -> None:
    school = await _told(open_school, "Amina has physio at 2 today, collecting her at 1.15", "physio is now at 3")
    assert _marked(school) == {("2026-11-17", "pm")}
    assert school.alerted("message_to_read") == [("08:25", "reed")]
    assert "13:15" not in school.words_to("ngozi")[-1]


async def test_the_morning_is_free_when_it_is_in_the_afternoon_now(open_school: OpenSchool) -> None:
    school = await _told(open_school, "Amina has physio at 10 today", "physio now at 3")
    assert _marked(school) == {("2026-11-17", "pm")}


async def test_a_new_time_of_what_had_none_is_recorded_alone(open_school: OpenSchool) -> None:
    school = await _told(open_school, "Amina has physio at 10 today", "appointment is at 9.30 now")
    assert (_marked(school), school.alerted("message_to_read")) == ({("2026-11-17", "am")}, [])


async def test_in_on_a_later_day_is_no_end_of_an_appointment(open_school: OpenSchool) -> None:
    school = await _told(open_school, "Amina has a dentist appointment today at 10", "she'll be in on Friday for PE")
    assert _marked(school) == {("2026-11-17", "am")}


async def test_back_on_a_later_day_is_its_end(open_school: OpenSchool) -> None:
    school = await _told(open_school, "Amina has physio at 2 today", "back Thursday now, they are keeping her in")
    assert {day for day, _ in _marked(school)} == {str(date(2026, 11, 17)), str(date(2026, 11, 18))}


async def test_why_is_the_reason_of_each_day_that_was_told(open_school: OpenSchool) -> None:
    school = await _told(open_school, "Amina is off Monday morning and Tuesday afternoon", "hospital")
    assert _marked(school) == {("2026-11-23", "am"), ("2026-11-24", "pm")}
