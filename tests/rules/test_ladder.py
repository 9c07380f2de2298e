"""The ladder: who is told when, and that nothing but standing it down ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from attendance.calendar import local
from attendance.effects import RaiseAlert
from attendance.ladder import Alert, acknowledge, more_children, open_alert, stand_down, time_passed
from attendance.people import StaffMember
from attendance.school import School
from tests.support.builders import AM, AMINA, DAY, STAFF, at, school, staff

REED, OKORO, HART = STAFF


def alert(reason: str = "not_reached", urgent: bool = True, **more: Any) -> RaiseAlert:
    return RaiseAlert("case/amina", reason, urgent, ("amina",), "because", AM, **more)


class Climb:
    """An alert and all who were told, as (minute, who, reason)."""

    def __init__(self, effect: RaiseAlert, school: School, clock: str = "12:00", day: date = DAY) -> None:
        self.school, self.day = school, day
        self.told: list[tuple[str, str, str]] = []
        self.alert: Alert
        self._take(open_alert(effect, at(clock, day), school), clock)

    def _take(self, climb: tuple[Alert, list[Any]], clock: str) -> None:
        self.alert, words = climb
        self.told += [(clock, one.staff.id, one.reason) for one in words]

    def at(self, clock: str) -> Climb:
        """Its time comes at this minute."""
        assert self.alert.due_at is not None
        self._take(time_passed(self.alert, self.alert.due_at, at(clock, self.day), self.school), clock)
        return self

    def acknowledged(self, who: str, clock: str) -> None:
        self.alert = acknowledge(self.alert, who, at(clock, self.day), self.school)


def test_unacknowledged_it_climbs_and_at_the_top_it_repeats_to_all() -> None:
    climb = Climb(alert(), school())
    climb.at("12:15").at("12:25").at("12:45").at("13:05")
    everybody = ["reed", "okoro", "hart"]
    assert [who for _, who, _ in climb.told] == [*everybody, *everybody, *everybody]
    assert [clock for clock, _, _ in climb.told[:3]] == ["12:00", "12:15", "12:25"]
    assert climb.alert.due_at == at("13:25")


def test_further_children_are_told_to_who_knows_and_the_next_rung_does_not_wait_for_them() -> None:
    climb = Climb(alert(), school())
    climb.at("12:15")
    both = replace(alert(), pupils=("amina", "ben"))
    climb._take(more_children(climb.alert, both, at("12:20"), climb.school), "12:20")
    assert climb.told[-2:] == [("12:20", "reed", "not_reached"), ("12:20", "okoro", "not_reached")]
    assert (climb.alert.pupils, climb.alert.due_at) == (("amina", "ben"), at("12:25"))
    climb.at("12:25")
    assert climb.told[-1] == ("12:25", "hart", "not_reached")


def test_further_children_begin_the_ladder_again_where_somebody_had_the_others() -> None:
    climb = Climb(alert(), school())
    climb.acknowledged("reed", "12:05")
    both = replace(alert(), pupils=("amina", "ben"))
    climb._take(more_children(climb.alert, both, at("12:20"), climb.school), "12:20")
    assert climb.told[-1] == ("12:20", "reed", "not_reached")
    assert (climb.alert.acknowledged_by, climb.alert.due_at) == (None, at("12:35"))


def test_further_children_are_news_of_their_own_where_the_first_were_not_settled() -> None:
    climb = Climb(alert("mass_send_held"), school())
    climb.acknowledged("reed", "12:05")
    climb.at("13:05")
    both = replace(alert("mass_send_held"), pupils=("amina", "ben"))
    climb._take(more_children(climb.alert, both, at("13:10"), climb.school), "13:10")
    assert climb.told[-1] == ("13:10", "okoro", "mass_send_held")
    assert climb.alert.reason == "mass_send_held"


def test_further_children_are_told_to_nobody_who_is_away_by_now() -> None:
    climb = Climb(alert(), school())
    away = school(team=(replace(REED, away=True), OKORO, HART))
    told, words = more_children(climb.alert, replace(alert(), pupils=("amina", "ben")), at("12:10"), away)
    assert (words, told.due_at) == ([], at("12:15"))


def test_acknowledged_and_not_settled_it_climbs_as_not_settled() -> None:
    climb = Climb(alert(), school())
    climb.acknowledged("reed", "12:05")
    assert climb.alert.due_at == at("13:05")
    climb.at("13:05")
    assert climb.told[-1] == ("13:05", "okoro", "not_settled")
    assert climb.alert.acknowledged_by is None
    climb.acknowledged("okoro", "13:06")
    assert climb.alert.due_at == at("14:06")


def test_an_acknowledgement_is_no_end_and_a_second_one_does_not_move_it() -> None:
    climb = Climb(alert(), school())
    climb.acknowledged("reed", "12:05")
    climb.acknowledged("okoro", "12:50")
    assert (climb.alert.acknowledged_by, climb.alert.due_at) == ("reed", at("13:05"))


def test_a_time_that_was_overtaken_tells_nobody() -> None:
    climb = Climb(alert(), school())
    old = climb.alert.due_at
    assert old is not None
    climb.acknowledged("reed", "12:05")
    assert time_passed(climb.alert, old, at("12:15"), climb.school) == (climb.alert, [])
    assert time_passed(climb.alert, at("13:05"), at("13:04"), climb.school) == (climb.alert, [])
    over = stand_down(climb.alert)
    assert time_passed(over, at("13:05"), at("13:05"), climb.school) == (over, [])


@pytest.mark.parametrize(
    ("team", "told"),
    [
        ([replace(REED, away=True), OKORO, HART], ["okoro"]),
        ([replace(REED, away=True), replace(OKORO, away=True), HART], ["hart"]),
        ([HART], ["hart"]),
        ([staff("lane", "tutor"), staff("gray", "office", away=True)], ["lane"]),
        ([staff("lane", "tutor", away=True), replace(REED, away=True)], ["lane", "reed"]),
    ],
    ids=["one away", "two away", "rungs without anybody", "an empty ladder", "everybody away"],
)
def test_somebody_always_hears(team: list[StaffMember], told: list[str]) -> None:
    climb = Climb(alert(), school(team=team))
    assert [who for _, who, _ in climb.told] == told
    assert climb.alert.due_at is not None


def test_a_role_that_was_asked_for_hears_before_the_ladder_and_once() -> None:
    climb = Climb(alert(roles=("safeguarding_lead",)), school())
    climb.at("12:15").at("12:30")
    assert [who for _, who, _ in climb.told] == ["okoro", "reed", "hart"]


def test_the_named_person_hears_together_with_the_first_rung() -> None:
    climb = Climb(alert(staff="hart"), school())
    assert [who for _, who, _ in climb.told] == ["hart", "reed"]
    away = Climb(alert(staff="hart"), school(team=[REED, replace(HART, away=True)]))
    assert [who for _, who, _ in away.told] == ["reed"]


def test_a_tutor_is_the_childs_own() -> None:
    tutors = [staff("lane", "tutor", group="8B"), staff("gray", "tutor", group="7M"), *STAFF]
    climb = Climb(alert("register_missing", False, roles=("tutor",)), school(team=tutors))
    assert climb.told[0][1] == "gray"
    gone = school(team=tutors, pupils=())
    assert open_alert(alert(roles=("tutor",)), at("12:00"), gone)[1]


def test_danger_climbs_at_night_and_what_is_not_urgent_waits_for_the_morning() -> None:
    night = Climb(alert("missing"), school(), "22:00").at("22:15")
    assert night.alert.due_at == at("22:25")
    quiet = Climb(alert("discrepancy", False), school(), "17:50")
    assert quiet.alert.due_at == at("07:30", date(2026, 11, 11))


def test_when_every_rung_was_told_a_night_hears_of_danger_by_the_hour() -> None:
    """By day the last rung repeats to all after its minutes; nobody is texted every quarter of an hour all night."""
    day = Climb(alert("missing"), school(), "12:00").at("12:15").at("12:25").at("12:45")
    assert day.alert.due_at == at("13:05")
    night = Climb(alert("missing"), school(), "20:00").at("20:15").at("20:25").at("20:45")
    assert night.alert.due_at == at("21:45")


def test_what_was_acknowledged_in_the_evening_and_is_not_urgent_waits_too() -> None:
    quiet = Climb(alert("discrepancy", False), school(), "17:30")
    quiet.acknowledged("reed", "17:40")
    assert quiet.alert.due_at == at("07:30", date(2026, 11, 11))
    urgent = Climb(alert("missing"), school(), "17:30")
    urgent.acknowledged("reed", "17:40")
    assert urgent.alert.due_at == at("18:40")


def test_on_a_friday_evening_the_morning_is_mondays() -> None:
    friday = date(2026, 11, 13)
    quiet = Climb(alert("message_to_read", False), school(), "17:50", friday)
    assert quiet.alert.due_at == at("07:30", date(2026, 11, 16))


def test_an_unread_message_climbs_and_reading_it_ends_it() -> None:
    climb = Climb(alert("message_to_read", False), school(), "09:20").at("09:35")
    assert climb.told[-1][1] == "okoro"
    climb.acknowledged("okoro", "09:40")
    assert (climb.alert.live, climb.alert.due_at) == (False, None)


def test_once_all_rungs_were_told_what_is_not_urgent_comes_again_by_the_hour() -> None:
    climb = Climb(alert("sender_doubt", False), school(), "09:00").at("09:15").at("09:25").at("09:45")
    assert climb.alert.due_at == at("10:45")


def repeats(effect: RaiseAlert, clock: str, day: date, until: date) -> list[str]:
    """When all three hear of it at once, with nobody taking it."""
    climb = Climb(effect, school(), clock, day)
    times: list[str] = []
    while (due := climb.alert.due_at) is not None and local(due).date() <= until:
        climb.alert, words = time_passed(climb.alert, due, due, climb.school)
        times += [f"{local(due):%a %H:%M}"] if len(words) == 3 else []
    return times


@pytest.mark.parametrize("reason", ["message_to_read", "unlisted_number", "sender_doubt"])
def test_words_that_can_wait_are_repeated_ever_more_seldom_and_never_end(reason: str) -> None:
    """A63: after an hour, some hours later, then once a morning on school days."""
    thursday = date(2026, 11, 12)
    first_day = ["Thu 09:45", "Thu 10:45", "Thu 13:45", "Thu 16:45"]
    told = repeats(alert(reason, False), "09:00", thursday, date(2026, 11, 18))
    assert told == [*first_day, "Fri 07:30", "Mon 07:30", "Tue 07:30", "Wed 07:30"]
    late = repeats(alert(reason, False), "17:40", date(2026, 11, 13), date(2026, 11, 17))
    monday = ["Mon 07:50", "Mon 08:50", "Mon 11:50", "Mon 14:50", "Mon 17:50"]
    assert late == [*monday, "Tue 07:30"], "its first day is Monday"


def test_danger_and_a_child_that_nobody_found_keep_their_pace() -> None:
    tuesday = date(2026, 11, 10)
    stranger = repeats(alert("unlisted_number", True), "09:00", tuesday, tuesday)
    assert stranger[:3] == ["Tue 09:45", "Tue 10:45", "Tue 11:45"]
    assert repeats(alert("missing"), "09:00", tuesday, tuesday)[:3] == ["Tue 09:45", "Tue 10:05", "Tue 10:25"]
    second = repeats(alert("message_to_read", True), "09:00", tuesday, date(2026, 11, 11))
    assert [one for one in second if one.startswith("Wed")][9:11] == ["Wed 09:45", "Wed 10:45"]


@pytest.mark.parametrize(
    "effect",
    [alert("discrepancy", False), alert("leave_to_decide", False), alert("vulnerable_absent", True)],
    ids=lambda effect: effect.reason,
)
def test_what_the_design_does_not_repeat_is_told_once_to_each_rung(effect: RaiseAlert) -> None:
    """Promise 2 repeats cases, unread messages and held sends; these have a case, a list or a page of their own."""
    climb = Climb(effect, school(), "09:00").at("09:15").at("09:25")
    assert [(clock, who) for clock, who, _ in climb.told] == [("09:00", "reed"), ("09:15", "okoro"), ("09:25", "hart")]
    assert (climb.alert.live, climb.alert.due_at) == (True, None)


def test_a_discrepancy_that_somebody_has_is_not_taken_from_them() -> None:
    climb = Climb(alert("discrepancy", False), school(), "09:00").at("09:15").at("09:25")
    climb.acknowledged("hart", "09:30")
    assert (climb.alert.acknowledged_by, climb.alert.reason, climb.alert.due_at) == ("hart", "discrepancy", None)
    early = Climb(alert("discrepancy", False), school(), "09:00")
    early.acknowledged("reed", "09:05")
    early.at("10:05")
    assert early.told[-1] == ("10:05", "okoro", "not_settled")
    gone = Climb(alert("discrepancy", False), school(), "09:00").at("09:15")
    gone.school = school(team=[REED, OKORO, replace(HART, away=True)])
    gone.at("09:25")
    assert (gone.told[-1][1], gone.alert.due_at, gone.alert.live) == ("okoro", None, True)


def test_a_class_without_marks_is_repeated_to_all_by_the_hour() -> None:
    climb = Climb(alert("unaccounted"), school(), "09:30").at("09:45").at("09:55").at("10:15")
    assert [who for clock, who, _ in climb.told if clock == "10:15"] == ["reed", "okoro", "hart"]
    assert climb.alert.due_at == at("11:15")


def test_danger_from_an_unlisted_number_is_not_over_when_it_was_read() -> None:
    calm = Climb(alert("unlisted_number", False), school())
    calm.acknowledged("reed", "12:05")
    assert not calm.alert.live
    danger = Climb(alert("unlisted_number", True), school())
    danger.acknowledged("reed", "12:05")
    assert (danger.alert.live, danger.alert.due_at) == (True, at("13:05"))


def test_a_notice_does_not_climb() -> None:
    climb = Climb(alert("opted_out", False, climbs=False), school())
    assert ([who for _, who, _ in climb.told], climb.alert.due_at) == (["reed"], None)


def test_the_words_of_one_alert_are_numbered_through() -> None:
    first, words = open_alert(alert(), at("12:00"), school())
    assert first.due_at is not None
    second, more = time_passed(first, first.due_at, at("12:15"), school())
    assert [one.number for one in (*words, *more)] == [0, 1]
    assert [one.staff for one in second.told] == ["reed", "okoro"]
    assert AMINA.id in second.pupils


def test_a_class_that_nobody_marked_is_not_shouted_about_once_the_children_have_gone_home() -> None:
    climb = Climb(alert("unaccounted"), school(), "15:30").at("15:45")
    assert climb.alert.due_at == at("15:55")
    climb.at("15:55")
    assert climb.alert.due_at == at("07:30", date(2026, 11, 11))
    had = Climb(alert("unaccounted"), school(), "15:00")
    had.acknowledged("reed", "15:05")
    assert had.at("16:05").told[-1] == ("16:05", "okoro", "not_settled")
    assert had.alert.due_at == at("07:30", date(2026, 11, 11)), "whoever had it: it is still that class"
    friday = Climb(alert("unaccounted"), school(), "15:50", date(2026, 11, 13))
    assert friday.alert.due_at == at("07:30", date(2026, 11, 16))
