"""What the rules ask of a policy: which register, which rounds, which deadline, which notice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from attendance.calendar import instant
from attendance.policy import Notice, Policy, calendar_of, policy_by_key, with_override

DAY = date(2026, 11, 11)
SUMMER = date(2027, 6, 9)


def closes(policy: Policy, group: str, year: int, half: str) -> str | None:
    window = policy.window_for(group, year, "am" if half == "am" else "pm")
    return f"{window.opens:%H:%M}-{window.closes:%H:%M}" if window else None


def test_a_lower_school_has_a_register_for_each_age() -> None:
    mary_bassett = policy_by_key("mary-bassett")
    assert closes(mary_bassett, "Ducklings", -1, "am") == "09:00-09:15"
    assert closes(mary_bassett, "Owls", 1, "am") == "08:45-09:15"
    assert closes(mary_bassett, "Ducklings", -1, "pm") == "12:00-12:30"
    assert closes(mary_bassett, "Robins", 0, "pm") == "12:45-13:15"
    assert closes(mary_bassett, "4K", 4, "pm") == "13:30-14:00"
    assert closes(mary_bassett, "Leavers", 5, "pm") is None


def test_the_own_group_goes_before_the_year_and_the_year_before_all() -> None:
    policy = with_override(
        policy_by_key("blue-coat"),
        {
            "register": [
                {"session": "am", "opens": "08:45", "closes": "09:15"},
                {"session": "am", "years": [10, 11], "opens": "08:50", "closes": "09:10"},
                {"session": "am", "group": "10S", "opens": "09:00", "closes": "09:20"},
                {"session": "am", "group": "10T", "years": [10], "opens": "09:00", "closes": "09:25"},
                {"session": "am", "group": "10T", "opens": "09:00", "closes": "09:30"},
            ]
        },
    )
    assert closes(policy, "7M", 7, "am") == "08:45-09:15"
    assert closes(policy, "10R", 10, "am") == "08:50-09:10"
    assert closes(policy, " 10s ", 10, "am") == "09:00-09:20"
    assert closes(policy, "10T", 10, "am") == "09:00-09:25"
    assert closes(policy, "10T", 11, "am") == "09:00-09:30"
    assert closes(policy, "7M", 7, "pm") is None


def test_an_unmarked_afternoon_class_has_as_long_as_a_morning_one() -> None:
    policy = policy_by_key("mary-bassett")
    owls = policy.window_for("Owls", 1, "pm")
    assert owls is not None
    assert policy.register_deadline_for(owls, "pm") == time(13, 30)
    morning = policy.window_for("Owls", 1, "am")
    assert morning is not None
    assert policy.register_deadline_for(morning, "am") == time(9, 30)


def test_a_register_deadline_never_comes_before_the_close_that_a_rehearsal_moved() -> None:
    policy = with_override(
        policy_by_key("st-joseph-st-bede"),
        {
            "register": [
                {"session": "am", "opens": "09:10", "closes": "09:30"},
                {"session": "pm", "opens": "13:15", "closes": "13:20"},
            ]
        },
    )
    assert policy.register_deadline_for(policy.register[0], "am") == time(9, 30)
    assert policy.register_deadline_for(policy.register[1], "pm") == time(13, 20)
    late = with_override(
        policy_by_key("blue-coat"),
        {
            "register": [
                {"session": "am", "opens": "08:45", "closes": "09:15"},
                {"session": "pm", "opens": "17:00", "closes": "17:30"},
            ],
            "register_deadline": "16:00",
        },
    )
    assert late.register_deadline_for(late.register[1], "pm") == time(23, 59), "a day has an end"


@pytest.mark.parametrize(
    ("day", "wanted"),
    [(DAY, datetime(2026, 11, 11, 12, tzinfo=UTC)), (SUMMER, datetime(2027, 6, 9, 11, tzinfo=UTC))],
    ids=["winter", "summer time"],
)
def test_noon_is_noon_on_the_wall_clock(day: date, wanted: datetime) -> None:
    policy = policy_by_key("mary-bassett")
    deadline = policy.deadline_for(day, "am", instant(day, time(9, 15)))
    assert deadline == wanted
    assert deadline.tzinfo is UTC


def test_the_afternoon_deadline_is_an_hour_after_the_close() -> None:
    policy = policy_by_key("blue-coat")
    assert policy.deadline_for(DAY, "pm", instant(DAY, time(13, 40))) == instant(DAY, time(14, 40))
    clock = with_override(policy, {"firstday": {"afternoon_deadline": "15:30"}})
    assert clock.deadline_for(DAY, "pm", instant(DAY, time(13, 25))) == instant(DAY, time(15, 30))


def test_a_deadline_never_lies_before_the_close() -> None:
    policy = policy_by_key("mary-bassett")
    assert policy.deadline_for(DAY, "am", instant(DAY, time(13, 0))) == instant(DAY, time(13, 0))


def test_a_morning_deadline_may_be_a_duration() -> None:
    policy = with_override(policy_by_key("looe"), {"firstday.deadline": "90m"})
    assert policy.deadline_for(DAY, "am", instant(DAY, time(9, 5))) == instant(DAY, time(10, 35))


TIERS = {
    "tiers": {
        "walks_alone": {"deadline": "10:00", "rounds": [{"after": "0m", "to": [1, 2], "by": ["sms"]}]},
        "in_care": {"deadline": "20m", "notify": ["senior_leader"]},
    }
}


def test_a_tier_has_its_own_rounds_and_an_earlier_deadline() -> None:
    policy = with_override(policy_by_key("blue-coat"), TIERS)
    close = instant(DAY, time(9, 15))
    assert [one.to for one in policy.rounds_for(["walks_alone"])] == [(1, 2)]
    assert policy.rounds_for(["in_care"]) == policy.firstday.rounds
    assert policy.rounds_for([]) == policy.firstday.rounds
    assert policy.deadline_for(DAY, "am", close, ["walks_alone"]) == instant(DAY, time(10, 0))
    assert policy.deadline_for(DAY, "am", close, ["walks_alone", "in_care"]) == instant(DAY, time(9, 35))
    assert policy.deadline_for(DAY, "am", close, ["sen"]) == instant(DAY, time(12, 0))
    afternoon = instant(DAY, time(13, 40))
    assert policy.deadline_for(DAY, "pm", afternoon, ["walks_alone"]) == instant(DAY, time(14, 40)), "10:00 is morning"
    assert policy.deadline_for(DAY, "pm", afternoon, ["in_care"]) == instant(DAY, time(14, 0))


def test_who_hears_at_once_of_a_child_on_the_first_day_list() -> None:
    policy = policy_by_key("blue-coat")
    house = ("head_of_house", "assistant_head_of_house")
    assert policy.notify_for(["vulnerable"]) == ("attendance_officer", "safeguarding_lead", *house)
    assert policy.notify_for(["young_carer"]) == ()
    assert with_override(policy, TIERS).notify_for(["in_care"])[-1] == "senior_leader"
    assert policy.is_tiered({"yot", "sen"})
    assert not policy.is_tiered({"sen"})
    assert not policy.is_tiered(())


def test_a_child_whose_worker_must_be_told_is_in_a_tier_even_off_the_list() -> None:
    policy = with_override(policy_by_key("looe"), {"firstday": {"priority_list": []}})
    assert policy.is_tiered(["social_worker"])
    without = with_override(policy, {"firstday": {"notify_workers": []}})
    assert not without.is_tiered(["social_worker"])


def test_the_home_visit_comes_on_day_three_and_every_third_day() -> None:
    visit = next(step for step in policy_by_key("st-joseph-st-bede").unexplained if step.action == "home_visit")
    assert [day for day in range(1, 13) if visit.falls_on(day)] == [3, 6, 9, 12]
    once = next(step for step in policy_by_key("mary-bassett").unexplained if step.action == "home_visit")
    assert [day for day in range(1, 13) if once.falls_on(day)] == [2]


@pytest.mark.parametrize(
    ("notice", "first_day", "last_day_to_ask"),
    [
        (Notice(2, "w"), date(2027, 5, 5), date(2027, 4, 21)),
        (Notice(10, "d"), date(2027, 5, 5), date(2027, 4, 25)),
        (Notice(0, "d"), date(2027, 5, 5), date(2027, 5, 5)),
        # half term, 24 October to 1 November, is no school week
        (Notice(4, "sw"), date(2026, 11, 16), date(2026, 10, 12)),
        (Notice(4, "w"), date(2026, 11, 16), date(2026, 10, 19)),
        (Notice(4, "sw"), date(2026, 10, 12), date(2026, 9, 14)),
        # before the calendar begins ordinary weeks are counted
        (Notice(4, "sw"), date(2026, 9, 9), date(2026, 8, 12)),
    ],
)
def test_notice_in_days_weeks_and_school_weeks(notice: Notice, first_day: date, last_day_to_ask: date) -> None:
    calendar = calendar_of(policy_by_key("west-coventry"))
    assert notice.latest(first_day, calendar) == last_day_to_ask
    assert notice.is_met(last_day_to_ask, first_day, calendar)
    assert not notice.is_met(last_day_to_ask + timedelta(days=1), first_day, calendar)
