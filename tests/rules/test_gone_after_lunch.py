"""Missed after lunch: of one child one alert climbs, and those who must hear are told with it."""

from __future__ import annotations

from dataclasses import replace

from attendance.effects import Effect, RaiseAlert, StandDown, Tell
from attendance.events import AfternoonMissed, DangerHeard, MarkChanged, StaffSettled
from tests.support.builders import AM, PM, Chase, alerts, pupil, school


def gone_after_lunch(held: bool = False, tags: tuple[str, ...] = ()) -> tuple[Chase, list[Effect]]:
    """A child who was here in the morning and is missed at the close of the afternoon's register."""
    child = pupil("amina", tags=frozenset(tags))
    one = Chase(school(pupils=[child], notify_roles=["safeguarding_lead"]), PM, opened="13:40", child=child)
    one.case = replace(one.case, afternoon_missed=True, held=held)
    return one, one.begins("13:40")


def climbing(effects: list[Effect]) -> list[str]:
    return [one.reason for one in effects if isinstance(one, RaiseAlert) and one.climbs]


def because(effects: list[Effect]) -> list[str]:
    return [one.because for one in effects if isinstance(one, RaiseAlert)]


def test_one_alert_climbs_for_a_child_of_the_priority_list_too() -> None:
    _, effects = gone_after_lunch(tags=("social_worker",))
    assert climbing(effects) == ["afternoon_absence"]
    assert alerts(effects) == ["afternoon_absence", "afternoon_absence"]
    assert all(one.endswith("On the priority list.") for one in because(effects))


def test_nobody_else_is_on_the_priority_list() -> None:
    _, effects = gone_after_lunch()
    assert because(effects) == ["Present this morning, not in afternoon registration."] * 2


def test_an_alarm_takes_the_place_of_what_climbs_and_is_told_to_those_who_know_of_the_child() -> None:
    one, begun = gone_after_lunch()
    effects = one.hears(DangerHeard("d", "mum", "missing", ""), "13:50")
    assert climbing(effects) == ["missing"]
    assert [e.roles for e in effects if isinstance(e, RaiseAlert)] == [(), ("safeguarding_lead",)]
    down = [e.prefix for e in effects if isinstance(e, StandDown)]
    assert f"{one.case.key}/afternoon_absence" in down
    assert all(e.key.startswith(f"{one.case.key}/afternoon_absence") for e in begun if isinstance(e, RaiseAlert))


def test_one_who_is_held_with_many_others_is_told_once() -> None:
    _, effects = gone_after_lunch(held=True)
    assert alerts(effects) == climbing(effects) == ["afternoon_absence"]


def test_words_of_harm_end_nothing_of_what_climbs_about_where_the_child_is() -> None:
    one, _ = gone_after_lunch()
    effects = one.hears(DangerHeard("d", "mum", "safeguarding", ""), "13:50")
    assert not [e for e in effects if isinstance(e, StandDown)]


def test_who_heard_in_the_morning_that_all_is_well_hears_it_once() -> None:
    one = Chase(school(), AM)
    one.begins("09:15")
    assert told_all_clear(one.hears(MarkChanged("m", "/"), "09:30")) == ["mum"]
    one.hears(StaffSettled("s", "reed", "not_reached"), "09:40")
    one.hears(AfternoonMissed("a"), "13:30")
    assert told_all_clear(one.hears(MarkChanged("n", "/"), "13:45")) == []


def told_all_clear(effects: list[Effect]) -> list[str]:
    return [one.contact for one in effects if isinstance(one, Tell) and one.template == "absence.all_clear"]
