"""The days after the first: visits, referrals and returns as tasks, reminders, children who were expected back."""

from __future__ import annotations

from datetime import date, timedelta

from tests.support.families import AMINA, BEN, STAFF, staff
from tests.support.fixtures import OpenSchool
from tests.support.school import School, clock_of

MONDAY = date(2026, 11, 16)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in range(1, 5))
MORNINGS_ONLY = {"register": [{"session": "am", "opens": "08:45", "closes": "09:15"}], "register_deadline": "09:30"}
EVERYBODY = (
    *STAFF,
    staff("park", "Mr Park", "Pastoral manager", "pastoral", 903),
    staff("lund", "Ms Lund", "Deputy head", "senior_leader", 904),
    staff("bell", "Mrs Bell", "School secretary", "office", 905),
)


def opened(school: School, *what: str) -> list[tuple[date, str, str, str]]:
    """(day, minute, what, role) of the tasks of these kinds."""
    return [
        (date.fromisoformat(line["at"][:10]), clock_of(line), line["what"], line["role"])
        for line in school.of_kind("task")
        if line["what"] in what
    ]


async def missing_on(school: School, *days: date, pupil: str = "amina") -> None:
    """N each morning; somebody looks into it after noon without finding anything out, and the day goes by."""
    for day in days:
        await school.at("09:10", day).register_closes(without_reason=[pupil])
        await school.at("12:05", day).staff("reed").settles(pupil, "not_reached")
        await school.at("16:00", day).nothing_heard()


async def test_a_visit_on_day_three_and_again_on_day_six(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, policy="st-joseph-st-bede", rules=MORNINGS_ONLY, staff=EVERYBODY, day=MONDAY)
    await missing_on(school, MONDAY, TUESDAY, WEDNESDAY)
    visits = [(WEDNESDAY, "12:00", "home_visit", "attendance_officer"), (WEDNESDAY, "12:00", "home_visit", "pastoral")]
    assert opened(school, "risk_assess") == [(MONDAY, "12:00", "risk_assess", "safeguarding_lead")]
    assert opened(school, "home_visit") == visits
    await missing_on(school, THURSDAY, FRIDAY)
    assert opened(school, "home_visit") == visits
    await missing_on(school, MONDAY + timedelta(days=7))
    again = MONDAY + timedelta(days=7)
    assert opened(school, "home_visit")[2:] == [
        (again, "12:00", "home_visit", "attendance_officer"),
        (again, "12:00", "home_visit", "pastoral"),
    ]


async def test_a_day_in_school_ends_the_count(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, policy="st-joseph-st-bede", rules=MORNINGS_ONLY, staff=EVERYBODY, day=MONDAY)
    await missing_on(school, MONDAY, TUESDAY)
    await school.at("09:10", WEDNESDAY).register_closes()
    await missing_on(school, THURSDAY, FRIDAY)
    assert opened(school, "home_visit") == []
    assert opened(school, "risk_assess") == [
        (MONDAY, "12:00", "risk_assess", "safeguarding_lead"),
        (THURSDAY, "12:00", "risk_assess", "safeguarding_lead"),
    ]


async def test_warned_in_the_morning_and_answered_before_noon_nobody_visits(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, policy="mary-bassett", rules=MORNINGS_ONLY, staff=EVERYBODY, day=MONDAY)
    await missing_on(school, MONDAY)
    await school.at("09:10", TUESDAY).register_closes(without_reason=["amina"])
    await school.at("10:00").nothing_heard()
    assert opened(school, "warn_of_visit") == [(TUESDAY, "10:00", "warn_of_visit", "office")]
    await school.at("10:40").says("ngozi", "so sorry, Amina has been poorly since yesterday")
    await school.at("16:00").nothing_heard()
    assert opened(school, "home_visit") == []


async def test_two_staff_visit_one_of_them_senior(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, policy="mary-bassett", rules=MORNINGS_ONLY, staff=EVERYBODY, day=MONDAY)
    await missing_on(school, MONDAY)
    await school.at("09:10", TUESDAY).register_closes(without_reason=["amina"])
    await school.at("11:30").crash()
    await school.at("16:00").nothing_heard()
    assert opened(school, "warn_of_visit", "home_visit") == [
        (TUESDAY, "10:00", "warn_of_visit", "office"),
        (TUESDAY, "12:00", "home_visit", "senior_leader"),
        (TUESDAY, "12:00", "home_visit", "office"),
    ]


async def test_a_family_that_says_she_is_safe_was_reached(open_school: OpenSchool) -> None:
    """Blue Coat 5.5.1 is about families that nobody reached; Mary Bassett App A 3 about each N."""
    for policy, assessed in (("blue-coat", []), ("mary-bassett", ["risk_assess"])):
        school = await open_school(AMINA, BEN, policy=policy, rules=MORNINGS_ONLY, staff=EVERYBODY, day=MONDAY)
        await school.at("09:10", MONDAY).register_closes(without_reason=["amina", "ben"])
        await school.at("09:30").says("ngozi", "Amina is with me at home, I would rather not say why")
        await school.at("16:00").nothing_heard()
        assert school.state("amina") == "answered"
        assert [what for what in school.tasks("amina") if what == "risk_assess"] == assessed
        assert [what for what in school.tasks("ben") if what == "risk_assess"] == ["risk_assess"]


async def test_a_register_that_comes_after_the_time_of_the_step(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, policy="mary-bassett", rules=MORNINGS_ONLY, staff=EVERYBODY, day=MONDAY)
    await school.at("13:00", MONDAY).register(amina="N")
    assert opened(school, "risk_assess") == [(MONDAY, "13:00", "risk_assess", "attendance_officer")]


async def test_seen_after_all_the_visit_needs_nobody(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, policy="mary-bassett", rules=MORNINGS_ONLY, staff=EVERYBODY, day=MONDAY)
    await missing_on(school, MONDAY)
    await school.at("09:10", TUESDAY).register_closes(without_reason=["amina"])
    await school.at("12:10").nothing_heard()
    assert {"home_visit", "risk_assess"} <= {task.what for task in await school.open_tasks()}
    await school.at("12:20").register(amina="U")
    assert not {"home_visit", "warn_of_visit", "risk_assess"} & {task.what for task in await school.open_tasks()}


async def test_five_days_without_contact_at_blue_coat(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, rules=MORNINGS_ONLY, day=MONDAY)
    await missing_on(school, MONDAY, TUESDAY, WEDNESDAY, THURSDAY)
    assert opened(school, "la_referral") == []
    await missing_on(school, FRIDAY, MONDAY + timedelta(days=7))
    assert opened(school, "la_referral") == [(FRIDAY, "09:15", "la_referral", "attendance_officer")]


async def test_a_mother_who_keeps_the_reason_to_herself_is_contact(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, rules=MORNINGS_ONLY, day=MONDAY)
    await missing_on(school, MONDAY, TUESDAY)
    await school.at("09:10", WEDNESDAY).register_closes(without_reason=["amina"])
    await school.at("09:30").staff("reed").settles("amina", "no_reason_given")
    await missing_on(school, THURSDAY, FRIDAY)
    assert opened(school, "la_referral") == []


async def test_no_word_on_the_second_day_of_a_report_is_a_reminder_and_nothing_else(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, rules=MORNINGS_ONLY, day=MONDAY)
    await school.at("08:10", MONDAY).says("ngozi", "Amina is poorly with flu, she will be back on Thursday")
    for day in (MONDAY, TUESDAY):
        await school.at("09:10", day).register_closes(without_reason=["amina"])
        await school.at("16:00", day).nothing_heard()
    reminder = (TUESDAY, "08:30", "daily_contact", "attendance_officer")
    assert opened(school, "daily_contact") == [reminder]
    await school.at("19:00").says("ngozi", "Amina is still in bed")
    await missing_on(school, WEDNESDAY)
    assert opened(school, "daily_contact") == [reminder]
    assert school.of_kind("case") == []
    assert school.alerts() == []


async def test_a_school_that_does_not_want_word_each_day_is_not_reminded(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules={**MORNINGS_ONLY, "report.repeat": "none"}, day=MONDAY)
    await school.at("08:10", MONDAY).says("ngozi", "Amina is poorly with flu, she will be back on Thursday")
    await missing_on(school, MONDAY, TUESDAY)
    assert opened(school, "daily_contact") == []


async def test_expected_back_and_not_here(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, rules={**MORNINGS_ONLY, "report.repeat": "none"}, day=MONDAY)
    await school.at("08:10", MONDAY).says("ngozi", "Amina is poorly with flu, she will be back on Wednesday")
    await missing_on(school, MONDAY, TUESDAY)
    assert school.alerts() == []
    await school.at("09:10", WEDNESDAY).register_closes(without_reason=["amina"])
    await school.at("09:16").nothing_heard()
    assert school.alerts() == [("reed", "not_returned")]
    assert school.texts()[-1] == ("ngozi", "absence.ask")
    await school.at("09:20").says("ngozi", "sorry, Amina is still poorly today")
    await school.at("16:00").nothing_heard()
    assert school.alerts() == [("reed", "not_returned")]
    assert await school.live_alerts() == []


async def test_an_operation_with_four_weeks_at_home_is_a_return_at_once(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=MORNINGS_ONLY, day=MONDAY)
    await school.at("08:10", MONDAY).says("ngozi", "Amina is ill and had an operation, she will be back on 14 December")
    assert opened(school, "sickness_return") == [(MONDAY, "08:10", "sickness_return", "attendance_officer")]
    await missing_on(school, MONDAY, TUESDAY)
    assert len(opened(school, "sickness_return")) == 1


async def test_a_sickness_return_goes_with_the_report_it_rests_on(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=MORNINGS_ONLY, day=MONDAY)

    async def waiting() -> list[str]:
        return [task.what for task in await school.open_tasks() if task.what == "sickness_return"]

    await school.at("08:10", MONDAY).says("ngozi", "Amina is ill and had an operation, she will be back on 14 December")
    assert await waiting() == ["sickness_return"]
    await school.at("08:14").says("ngozi", "no")
    assert await waiting() == []
    await school.at("08:20").says("ngozi", "Amina is ill and had an operation, she will be back on 15 December")
    assert await waiting() == ["sickness_return"]
    assert len(opened(school, "sickness_return")) == 2


async def test_back_sooner_than_was_said_a_sickness_return_falls_away(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=MORNINGS_ONLY, day=MONDAY)
    await school.at("08:10", MONDAY).says("ngozi", "Amina is ill and had an operation, she will be back on 14 December")
    await missing_on(school, MONDAY, TUESDAY)
    assert "sickness_return" in [task.what for task in await school.open_tasks()]
    await school.at("08:30", WEDNESDAY).says("ngozi", "good news, Amina will be back on Friday this week")
    await school.at("09:10", THURSDAY).register_closes(without_reason=["amina"])
    await school.at("09:10", FRIDAY).register_closes()
    await school.at("16:05").nothing_heard()
    assert "sickness_return" not in [task.what for task in await school.open_tasks()]


async def test_word_about_one_child_closes_no_other_childs_reminder(open_school: OpenSchool) -> None:
    other = {**BEN, "id": "amina2"}
    school = await open_school(AMINA, other, policy="mary-bassett", rules=MORNINGS_ONLY, staff=EVERYBODY, day=MONDAY)
    await school.at("08:10", MONDAY).says("ngozi", "Amina is ill, back on Friday")
    await school.at("08:12").says("kelly", "Ben is ill, back on Friday")
    await school.at("08:50", TUESDAY).nothing_heard()
    await school.at("09:00").says("ngozi", "Amina still ill, back on Friday")
    left = [task.pupils for task in await school.open_tasks() if task.what == "daily_contact"]
    assert left == [("amina2",)]
