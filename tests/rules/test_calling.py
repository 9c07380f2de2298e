"""First-day calling: the chase of one case, what settles it, and the ways in which a child could be lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from attendance.calling import new_case
from attendance.effects import CancelWords, CloseTasks, OpenTask, RaiseAlert, StandDown, Tell
from attendance.events import (
    AfternoonMissed,
    ChaseBegins,
    ContactStopped,
    DangerHeard,
    Event,
    MarkChanged,
    NotWithMe,
    OnTheWay,
    ReasonGiven,
    ReasonWithdrawn,
    SafeWithoutReason,
    SendHeld,
    SendReleased,
    StaffConfirmed,
    StaffSettled,
    StaffTookBack,
    TimePassed,
    UnclearAnswer,
    WordsFailed,
    WordsLeft,
)
from attendance.people import AddressState, Pupil, Roll, StaffMember
from attendance.settling import all_clear
from tests.support.builders import (
    AM,
    AMINA,
    DAD,
    NAN,
    PM,
    STAFF,
    Chase,
    alerts,
    asks,
    at,
    contact,
    pupil,
    rounds,
    school,
    told,
)


def chase(**rules: Any) -> Chase:
    one = Chase(school(**rules))
    one.begins()
    return one


def time_passes(one: Chase, clock: str) -> list[object]:
    assert one.case.due_at is not None
    return list(one.hears(TimePassed(f"time/{clock}", one.case.due_at), clock))


# -- rounds, then a person -------------------------------------------------------------------------------------------


def test_the_first_contact_is_asked_at_once_and_the_second_half_an_hour_after_the_words_left() -> None:
    one = chase()
    assert (one.asked(), one.case.due_at) == ([("mum", "sms")], at("09:45"))
    one.words_leave("09:17")
    assert one.case.due_at == at("09:47")
    assert time_passes(one, "09:47")
    assert one.asked() == [("mum", "sms"), ("dad", "sms")]
    assert one.case.due_at == at("12:00")


def test_the_deadline_hands_over_to_a_named_person_whatever_was_sent_or_not() -> None:
    one = chase()
    time_passes(one, "09:45")
    effects = time_passes(one, "12:00")
    assert (one.case.stage, one.case.outcome, alerts(effects)) == ("handed_over", "not_reached", ["not_reached"])
    assert CancelWords("amina", AM) in effects
    assert one.case.due_at is None


@pytest.mark.parametrize(
    ("wrote", "said"),
    [
        ((), "No answer by the deadline; 2 of 3 contacts were asked."),
        (("mum",), "No clear answer by the deadline: 1 contact wrote, read what; 2 of 3 contacts were asked."),
        (("mum", "mum"), "No clear answer by the deadline: 1 contact wrote, read what; 2 of 3 contacts were asked."),
        (("mum", "dad"), "No clear answer by the deadline: 2 contacts wrote, read what; 2 of 3 contacts were asked."),
    ],
)
def test_the_named_person_hears_whether_anybody_wrote(wrote: tuple[str, ...], said: str) -> None:
    one = chase()
    one.words_leave("09:15")
    for number, writer in enumerate(wrote):
        assert one.hears(UnclearAnswer(f"u{number}", writer), "09:20") == []
    time_passes(one, "09:45")
    one.words_leave("09:45")
    assert [one.because for one in time_passes(one, "12:00") if isinstance(one, RaiseAlert)] == [said]


@pytest.mark.parametrize(
    ("leave", "said"),
    [
        ((), "0 of 3 contacts were asked, and the words to 2 did not arrive."),
        (("09:15",), "1 of 3 contacts were asked, and the words to 1 did not arrive."),
    ],
)
def test_words_that_did_not_arrive_have_asked_nobody(leave: tuple[str, ...], said: str) -> None:
    one = chase()
    for clock in leave:
        one.words_leave(clock)
    time_passes(one, "09:45")
    handed = [one.because for one in time_passes(one, "12:00") if isinstance(one, RaiseAlert)]
    assert handed == [f"No answer by the deadline; {said}"]


def test_an_unclear_answer_after_somebody_has_settled_it_changes_nothing() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    before = one.case
    assert one.hears(UnclearAnswer("u", "dad"), "09:21") == []
    assert one.case == before.saw("u")


def test_a_process_that_was_down_past_the_deadline_hands_over_at_once() -> None:
    one = chase()
    assert alerts(time_passes(one, "12:30")) == ["not_reached"]
    assert one.asked() == [("mum", "sms")]


def test_a_time_that_was_overtaken_changes_nothing() -> None:
    one = chase()
    one.words_leave("09:20")
    before = one.case
    assert one.hears(TimePassed("old", at("09:45")), "09:45") == []
    assert one.case == before.saw("old")
    assert one.hears(TimePassed("early", at("09:50")), "09:49") == []


def test_a_mark_that_comes_after_the_deadline_asks_and_tells_staff_together() -> None:
    one = Chase(school(), opened="12:40")
    assert asks(one.begins("12:40")) == [("mum", "sms")]
    assert one.case.due_at == at("12:40")
    effects = time_passes(one, "12:40")
    assert alerts(effects) == ["not_reached"]
    assert CancelWords("amina", AM) not in effects


def test_beginning_again_under_another_name_asks_nobody_again_and_reopens_nothing() -> None:
    one = chase()
    assert one.hears(ChaseBegins("again"), "09:16") == []
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    assert one.hears(ChaseBegins("once more"), "09:21") == []
    assert one.case.stage == "answered"


def test_a_child_taken_off_the_roll_in_the_morning_still_reaches_a_person_at_the_deadline() -> None:
    one = chase()
    one.school = replace(one.school, roll=Roll.of((), (), (), one.school.roll.staff))
    assert alerts(time_passes(one, "12:00")) == ["not_reached"]


# -- words that fail -------------------------------------------------------------------------------------------------


def test_a_dead_number_goes_to_the_next_channel_and_then_to_the_next_contact() -> None:
    one = chase()
    assert asks(one.hears(WordsFailed("f1", "mum", "sms", 1, "bad_number"), "09:16")) == [("mum", "email")]
    assert asks(one.hears(WordsFailed("f2", "mum", "email", 1, "bad_number"), "09:17")) == [("dad", "sms")]
    effects = one.hears(WordsFailed("f3", "dad", "sms", 2, "bad_number"), "09:18")
    assert (one.case.stage, alerts(effects)) == ("handed_over", ["no_contact"])


def test_a_late_failure_of_the_first_round_still_tries_that_contacts_other_channel() -> None:
    one = chase()
    one.words_leave("09:16")
    time_passes(one, "09:46")
    due = one.case.due_at
    assert asks(one.hears(WordsFailed("f", "mum", "sms", 1, "not_a_mobile"), "09:50")) == [("mum", "email")]
    assert (one.case.round, one.case.due_at) == (2, due)


def test_stop_is_no_answer_the_contacts_other_channel_is_used_and_then_the_next_contact() -> None:
    addresses = {("sms", "+447700900001"): AddressState.STOPPED}
    one = Chase(school(addresses=addresses))
    one.school, stopped = school(), one.school
    one.begins()
    one.words_leave("09:16")
    one.school = stopped
    assert asks(one.hears(ContactStopped("s1", "mum", "sms"), "09:20")) == [("mum", "email")]
    assert asks(one.hears(ContactStopped("s2", "mum", "email"), "09:25")) == [("dad", "sms")]
    assert (one.case.stage, alerts(one.effects)) == ("asked", [])


def test_stop_leaves_somebody_else_who_was_asked_the_time_to_answer_and_asks_nobody_for_who_was_never_asked() -> None:
    one = chase()
    one.words_leave("09:16")
    time_passes(one, "09:46")
    one.words_leave("09:47")
    before = one.case.due_at
    assert asks(one.hears(ContactStopped("s", "nan", "sms"), "09:50")) == []
    assert asks(one.hears(ContactStopped("s2", "mum", "email"), "09:51")) == []
    stopped = {("sms", "+447700900001"): AddressState.STOPPED}
    one.school = school(addresses=stopped, contacts=(contact("mum", 1), DAD, NAN))
    assert asks(one.hears(ContactStopped("s3", "mum", "sms"), "09:52")) == []
    assert (one.case.round, one.case.due_at) == (2, before)


def test_when_the_last_words_fail_in_another_order_a_person_has_it_all_the_same() -> None:
    one = chase()
    time_passes(one, "09:45")
    one.hears(WordsFailed("f2", "dad", "sms", 2, "bad_number"), "09:46")
    one.hears(WordsFailed("f1", "mum", "sms", 1, "bad_number"), "09:47")
    assert one.asked()[-1] == ("mum", "email")
    assert alerts(one.hears(WordsFailed("f3", "mum", "email", 1, "bad_number"), "09:48")) == ["no_contact"]


def test_a_failure_while_the_send_is_held_writes_to_nobody() -> None:
    one = chase()
    one.hears(SendHeld("h"), "09:16")
    assert one.hears(WordsFailed("f", "mum", "sms", 1, "bad_number"), "09:17") == []
    assert one.case.due_at == at("12:00")


def test_words_of_which_nobody_knows_move_the_chase_on_and_get_the_all_clear() -> None:
    one = Chase(school(contacts=[contact("mum", 1), DAD, NAN]))
    one.begins()
    assert asks(one.hears(WordsFailed("f", "mum", "sms", 1, "unknown"), "09:46")) == [("dad", "sms")]
    effects = one.hears(MarkChanged("m", "/"), "09:50")
    assert told(effects) == [("mum", "absence.all_clear"), ("dad", "absence.all_clear")]


# -- answers ---------------------------------------------------------------------------------------------------------


def test_one_answer_settles_it_for_everybody_and_the_other_household_hears_once() -> None:
    one = chase()
    one.words_leave("09:16")
    time_passes(one, "09:46")
    one.words_leave("09:47")
    effects = one.hears(ReasonGiven("r", "mum", "I"), "09:50")
    case = one.case
    assert (case.stage, case.whereabouts, case.reason, case.code) == ("answered", "claimed", "proposed", "I")
    assert told(effects) == [("dad", "absence.settled_other_household")]
    assert {CancelWords("amina", AM), CloseTasks(f"{case.key}/ring/")} <= set(effects)
    assert case.due_at is None
    assert told(one.hears(ReasonGiven("r2", "dad", "I"), "10:00")) == []


def test_an_answer_after_the_deadline_stands_the_ladder_down() -> None:
    one = chase()
    time_passes(one, "12:00")
    effects = one.hears(ReasonGiven("r", "dad", "I"), "12:10")
    assert (one.case.stage, one.case.code) == ("answered", "I")
    assert StandDown(f"{one.case.key}/") in effects


@pytest.mark.parametrize(
    ("first", "second", "contradicts"),
    [
        (ReasonGiven("1", "mum", "I"), ReasonGiven("2", "dad", "I"), False),
        (ReasonGiven("1", "mum", "I"), ReasonGiven("2", "dad", "M"), False),
        (ReasonGiven("1", "mum", "I"), ReasonGiven("2", "dad", "G"), True),
        (ReasonGiven("1", "mum", "I"), ReasonGiven("2", "mum", "G"), False),
        (ReasonGiven("1", "mum", "I"), OnTheWay("2", "dad", at("10:00")), True),
        (ReasonGiven("1", "mum", "I"), OnTheWay("2", "mum", at("10:00")), False),
        (ReasonGiven("1", "mum", "M"), OnTheWay("2", "dad", at("10:00")), False),
        (OnTheWay("1", "mum", at("10:00")), ReasonGiven("2", "dad", "I"), True),
        (OnTheWay("1", "mum", at("10:00")), ReasonGiven("2", "dad", "M"), False),
        (OnTheWay("1", "mum", at("10:00")), ReasonGiven("2", "mum", "I"), False),
        (SafeWithoutReason("1", "mum"), ReasonGiven("2", "dad", "I"), False),
    ],
)
def test_two_contacts_who_cannot_both_be_right_are_an_alarm(first: Event, second: Event, contradicts: bool) -> None:
    one = chase()
    one.hears(first, "09:20")
    effects = one.hears(second, "09:25")
    assert (one.case.stage == "alarmed") is contradicts
    assert ("contradicted" in alerts(effects)) is contradicts


def test_rather_not_say_answers_where_and_not_why() -> None:
    one = chase()
    one.hears(SafeWithoutReason("s", "mum"), "09:20")
    assert (one.case.stage, one.case.whereabouts, one.case.reason) == ("answered", "claimed", "none")


def test_who_has_the_child_with_them_ends_the_waiting_for_it_and_the_office_hears_that_the_two_differ() -> None:
    one = chase()
    one.hears(OnTheWay("o", "mum", at("10:00")), "09:20")
    effects = one.hears(SafeWithoutReason("s", "dad", says_where=True), "09:25")
    assert (one.case.stage, one.case.outcome, one.case.due_at) == ("answered", "no_reason_given", None)
    assert [(one.reason, one.urgent) for one in effects if isinstance(one, RaiseAlert)] == [("discrepancy", False)]


@pytest.mark.parametrize(
    ("first", "second", "alert"),
    [
        (ReasonGiven("r", "mum", "I"), ReasonGiven("s", "dad", "O", says_where=True), "discrepancy"),
        (ReasonGiven("r", "mum", "O"), ReasonGiven("s", "dad", "M", says_where=True), "discrepancy"),
        (ReasonGiven("r", "mum", "I"), ReasonGiven("s", "dad", "O"), "contradicted"),
        (ReasonGiven("r", "mum", "I"), ReasonGiven("s", "dad", "G", says_where=True), "contradicted"),
        (OnTheWay("r", "mum", at("10:00")), ReasonGiven("s", "dad", "O", says_where=True), "discrepancy"),
        (OnTheWay("r", "mum", at("10:00")), ReasonGiven("s", "dad", "O"), "contradicted"),
        (OnTheWay("r", "mum", at("10:00")), ReasonGiven("s", "dad", "I", says_where=True), "contradicted"),
        (ReasonGiven("r", "mum", "I"), ReasonGiven("s", "dad", "G"), "contradicted"),
    ],
)
def test_only_the_reason_differs_where_both_have_the_child_away(first: Event, second: Event, alert: str) -> None:
    one = chase()
    one.hears(first, "09:20")
    assert alerts(one.hears(second, "09:25")) == [alert]
    assert one.case.stage == ("answered" if alert == "discrepancy" else "alarmed")


@pytest.mark.parametrize(
    ("before", "outcome"),
    [
        (ReasonGiven("r", "mum", "I"), "contradicted"),
        (SafeWithoutReason("r", "mum"), "contradicted"),
        (ReasonGiven("r", "dad", "I"), "believed_in_school"),
        (ReasonGiven("r", "mum", "M"), "believed_in_school"),
        (OnTheWay("r", "mum", at("10:00")), "believed_in_school"),
    ],
    ids=["ill", "at home", "his own word", "after an appointment", "on the way"],
)
def test_at_the_gate_for_one_and_away_for_the_other_contradict_each_other(before: Event, outcome: str) -> None:
    one = chase()
    one.hears(before, "09:20")
    effects = one.hears(DangerHeard("d", "dad", "believed_in_school", "at the gate"), "09:25")
    assert (one.case.stage, one.case.outcome) == ("alarmed", outcome)
    assert alerts(effects) == ["believed_in_school"]
    assert "find_child" in [e.what for e in effects if isinstance(e, OpenTask)]


def test_a_vaguer_answer_of_another_contact_takes_nothing_away() -> None:
    one = chase()
    one.hears(OnTheWay("o", "mum", at("10:00")), "09:20")
    one.hears(SafeWithoutReason("s", "dad"), "09:25")
    assert (one.case.outcome, one.case.due_at) == ("late_on_the_way", at("10:00"))


def test_a_child_on_the_way_who_does_not_come_is_missing() -> None:
    one = chase()
    one.hears(OnTheWay("o", "mum", at("10:00")), "09:20")
    assert one.case.due_at == at("10:00")
    effects = time_passes(one, "10:00")
    assert (one.case.stage, alerts(effects)) == ("alarmed", ["missing"])


def test_on_the_way_after_ill_expects_an_arrival_even_when_staff_had_confirmed_ill() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    one.hears(StaffConfirmed("c", "Ms Reed"), "09:30")
    one.hears(OnTheWay("o", "mum", at("10:30")), "09:40")
    assert (one.case.stage, one.case.due_at) == ("answered", at("10:30"))
    assert one.case.code is None


def test_the_other_parent_is_asked_at_once_when_this_one_points_there() -> None:
    one = chase()
    assert asks(one.hears(NotWithMe("n", "mum", "with_other_parent"), "09:17")) == [("dad", "sms")]
    assert one.case.outcome == "with_other_parent"
    assert one.hears(NotWithMe("n2", "mum", "with_other_parent"), "09:18") == []
    assert one.case.due_at == at("12:00")


def test_two_parents_who_each_say_that_the_child_is_with_the_other_contradict_each_other() -> None:
    one = chase()
    one.hears(NotWithMe("n", "mum", "with_other_parent"), "09:17")
    effects = one.hears(NotWithMe("n2", "dad", "with_other_parent"), "09:40")
    assert alerts(effects) == ["contradicted"]
    assert (one.case.stage, one.case.outcome) == ("alarmed", "contradicted")


def test_a_grandmother_who_says_with_his_dad_as_well_contradicts_nobody() -> None:
    one = chase()
    one.hears(NotWithMe("n", "mum", "with_other_parent"), "09:17")
    one.hears(NotWithMe("n2", "gran", "with_other_parent"), "09:40")
    assert (one.case.stage, one.case.outcome) == ("asked", "with_other_parent")


def test_an_answer_from_a_number_that_turns_out_to_be_a_strangers_counts_for_nothing() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    effects = one.hears(NotWithMe("n", "mum", "wrong_person"), "09:22")
    assert asks(effects) == [("dad", "sms")]
    assert (one.case.stage, one.case.code, one.case.answered_by) == ("asked", None, None)


BY_TEXT = rounds(("0m", [1], ["sms"]), ("30m", [2], ["sms"]))


def test_strangers_phones_with_nobody_behind_them_are_with_a_person_at_once() -> None:
    one = chase(rounds=BY_TEXT)
    one.words_leave("09:15")
    assert asks(one.hears(NotWithMe("n", "mum", "wrong_person"), "09:18")) == [("dad", "sms")]
    one.words_leave("09:18")
    assert "no_contact" in alerts(one.hears(NotWithMe("n2", "dad", "wrong_person"), "09:20"))
    assert (one.case.stage, one.case.outcome) == ("handed_over", "wrong_person")


def test_a_contact_who_has_the_child_nowhere_was_reached_and_the_deadline_stands() -> None:
    one = chase()
    one.words_leave("09:15")
    one.hears(NotWithMe("n", "mum", "wrong_person"), "09:18")
    one.words_leave("09:18")
    assert one.hears(NotWithMe("n2", "dad", ""), "09:20") == []
    assert (one.case.stage, one.case.due_at) == ("asked", at("12:00"))


def test_after_the_last_wrong_number_the_mail_of_whom_nothing_reached_is_tried() -> None:
    one = chase()
    one.words_leave("09:15")
    one.hears(NotWithMe("n", "mum", "wrong_person"), "09:18")
    one.words_leave("09:18")
    assert asks(one.hears(NotWithMe("n2", "dad", "wrong_person"), "09:20")) == [("mum", "email")]
    assert (one.case.stage, one.case.due_at) == ("asked", at("12:00"))


def test_a_wrong_number_after_staff_confirmed_its_words_is_heard_at_once() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    one.hears(StaffConfirmed("c", "Ms Reed"), "09:30")
    assert "contradicted" in alerts(one.hears(NotWithMe("n", "mum", "wrong_person"), "09:40"))
    assert one.case.stage == "alarmed"


def test_no_that_is_wrong_opens_the_case_again_with_a_deadline() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    one.hears(ReasonWithdrawn("no", "mum"), "09:25")
    assert (one.case.stage, one.case.reason, one.case.due_at) == ("asked", "none", at("09:55"))
    time_passes(one, "09:55")
    assert one.asked()[-1] == ("dad", "sms")


def test_no_where_the_words_have_reached_nobody_meanwhile_asks_the_next_at_once() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:16")
    one.hears(WordsFailed("f", "mum", "sms", 1, "bad_number"), "09:18")
    assert asks(one.hears(ReasonWithdrawn("no", "mum"), "09:25")) != []


def test_no_of_a_child_whose_class_has_no_register_writes_to_no_family() -> None:
    """Source: DESIGN, promise 8; the alarm of the class has the child again."""
    one = Chase(chase().school)
    one.case = replace(one.case, mark=None, stage="answered", whereabouts="claimed", answered_by="mum", code="M")
    assert asks(one.hears(ReasonWithdrawn("no", "mum"), "09:25")) == []
    assert (one.case.stage, one.case.whereabouts, one.case.due_at) == ("open", "unknown", at("12:00"))


def test_no_leaves_what_another_contact_has_said_of_where_the_child_is() -> None:
    one = chase()
    one.hears(SafeWithoutReason("s", "dad"), "09:16")
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    assert asks(one.hears(ReasonWithdrawn("no", "mum", stands="dad"), "09:25")) == []
    assert (one.case.stage, one.case.outcome, one.case.answered_by) == ("answered", "no_reason_given", "dad")
    assert (one.case.reason, one.case.code) == ("none", None)


def test_no_after_the_deadline_gives_half_an_hour_and_then_a_fresh_ladder() -> None:
    one = chase()
    time_passes(one, "12:00")
    one.hears(ReasonGiven("r", "mum", "I"), "12:10")
    one.hears(ReasonWithdrawn("no", "mum"), "12:20")
    assert one.case.deadline_at == at("12:50")
    one.hears(TimePassed("t", at("12:50")), "12:50")
    keys = [effect.key for effect in one.effects if isinstance(effect, RaiseAlert) and effect.reason == "not_reached"]
    assert len(keys) == len(set(keys)) == 2


def test_no_after_staff_settled_on_it_is_a_contradiction() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    one.hears(StaffConfirmed("c", "Ms Reed"), "09:30")
    assert "contradicted" in alerts(one.hears(ReasonWithdrawn("no", "mum"), "09:40"))


def test_the_same_contact_who_changes_a_settled_reason_is_put_before_staff() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    one.hears(StaffConfirmed("c", "Ms Reed"), "09:30")
    assert alerts(one.hears(ReasonGiven("r2", "mum", "G"), "09:40")) == ["discrepancy"]
    assert (one.case.stage, one.case.code) == ("settled", "I")


# -- the brake -------------------------------------------------------------------------------------------------------


def held() -> Chase:
    one = Chase(school())
    one.hears(SendHeld("h"), "09:15")
    assert asks(one.begins()) == []
    return one


def test_a_held_send_waits_for_a_person_and_the_deadline_still_stands() -> None:
    one = held()
    assert one.case.due_at == at("12:00")
    assert asks(one.hears(SendReleased("r", "Dr Hart"), "09:30")) == [("mum", "sms")]
    assert one.case.due_at == at("10:00")


def test_a_hold_that_nobody_answers_is_with_a_person_at_the_deadline() -> None:
    one = held()
    assert alerts(time_passes(one, "12:00")) == ["not_reached"]


def test_a_release_after_the_deadline_asks_and_leaves_the_case_with_its_person() -> None:
    one = held()
    time_passes(one, "12:00")
    assert asks(one.hears(SendReleased("r", "Dr Hart"), "12:05")) == [("mum", "sms")]
    assert (one.case.stage, one.case.due_at, one.case.held) == ("handed_over", None, False)


def test_words_stopped_in_the_middle_are_said_when_released_and_the_next_contact_waits_his_turn() -> None:
    one = chase()
    one.hears(SendHeld("h"), "09:16")
    effects = one.hears(SendReleased("r", "Dr Hart"), "09:40")
    assert asks(effects) == [("mum", "sms")]
    assert one.case.due_at == at("10:10")
    one.words_leave("09:41")
    one.hears(SendHeld("h2"), "09:42")
    assert asks(one.hears(SendReleased("r2", "Dr Hart"), "09:43")) == []


def test_holding_what_is_already_answered_changes_nothing() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    one.hears(SendHeld("h"), "09:21")
    assert not one.case.held


# -- marks -----------------------------------------------------------------------------------------------------------


def test_present_after_all_closes_it_and_clears_those_who_were_asked() -> None:
    one = chase()
    one.words_leave("09:16")
    effects = one.hears(MarkChanged("m", "/"), "09:20")
    assert (one.case.stage, one.case.whereabouts, one.case.outcome) == ("settled", "confirmed", "present_after_all")
    assert told(effects) == [("mum", "absence.all_clear")]
    assert told(one.hears(MarkChanged("m2", "L"), "09:25")) == []
    assert told(all_clear(one.case, one.school)[1]) == []


def test_nobody_whose_words_failed_gets_an_all_clear() -> None:
    one = chase()
    one.hears(WordsFailed("f", "mum", "sms", 1, "bad_number"), "09:16")
    one.hears(WordsFailed("f2", "mum", "email", 1, "bad_number"), "09:17")
    assert told(one.hears(MarkChanged("m", "L"), "09:20")) == [("dad", "absence.all_clear")]


def test_who_stopped_texts_hears_the_all_clear_on_another_way_of_the_rounds() -> None:
    one = chase()
    one.words_leave("09:16")
    stopped = {("sms", "+447700900001"): AddressState.STOPPED}
    one.school = replace(one.school, roll=replace(one.school.roll, addresses=stopped))
    (tell,) = [effect for effect in one.hears(MarkChanged("m", "/"), "09:20") if isinstance(effect, Tell)]
    assert (tell.contact, tell.channel, tell.address) == ("mum", "email", "mum@home.example")


def test_a_reported_child_who_is_marked_present_is_a_discrepancy() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    assert alerts(one.hears(MarkChanged("m", "/"), "09:30")) == ["discrepancy"]


def test_a_report_for_a_child_who_is_marked_present_is_one_too() -> None:
    one = chase()
    one.hears(MarkChanged("m", "/"), "09:20")
    assert alerts(one.hears(ReasonGiven("r", "mum", "I"), "09:30")) == ["discrepancy"]
    assert one.case.stage == "settled"


def test_a_mark_put_back_to_n_after_present_is_with_a_person_at_once() -> None:
    one = chase()
    one.words_leave("09:16")
    one.hears(MarkChanged("m", "/"), "09:20")
    effects = one.hears(MarkChanged("m2", "N"), "09:40")
    assert (one.case.stage, one.case.whereabouts, alerts(effects)) == ("handed_over", "unknown", ["discrepancy"])
    (alert,) = [effect for effect in effects if isinstance(effect, RaiseAlert)]
    assert alert.because.endswith("The family was told that all is well: ring.")
    effects = one.hears(MarkChanged("m3", "L"), "09:50")
    assert one.case.stage == "settled"
    assert told(effects) == []


def test_who_was_told_that_all_is_well_and_worried_again_hears_in_the_end() -> None:
    one = chase()
    one.words_leave("09:16")
    time_passes(one, "09:46")
    one.words_leave("09:47")
    first = told(one.hears(MarkChanged("m", "/"), "09:50"))
    one.hears(MarkChanged("m2", "N"), "09:55")
    one.hears(DangerHeard("d", "mum", "believed_in_school", ""), "10:00")
    effects = one.hears(StaffSettled("s", "Ms Reed", "present_after_all"), "10:10")
    assert told(effects) == first != []
    keys = {effect.purpose for effect in one.effects if isinstance(effect, Tell)}
    assert keys == {"all_clear", "found_1"}


@pytest.mark.parametrize(
    ("outcome", "whereabouts"),
    [("not_reached", "unknown"), ("does_not_know", "unknown"), ("answered_ill", "confirmed")],
)
def test_a_person_who_closes_a_case_without_having_found_the_child_confirms_nothing(
    outcome: str, whereabouts: str
) -> None:
    one = chase()
    one.hears(StaffSettled("s", "Ms Reed", outcome), "12:10")
    assert (one.case.stage, one.case.whereabouts) == ("settled", whereabouts)


def test_a_mark_put_back_to_n_is_explained_by_the_report_that_still_stands() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    one.hears(MarkChanged("m", "/"), "09:30")
    effects = one.hears(MarkChanged("m2", "N"), "09:40")
    assert (one.case.stage, one.case.code, alerts(effects), told(effects)) == ("answered", "I", [], [])


def test_a_blank_that_becomes_n_opens_nothing_that_a_person_settled() -> None:
    one = chase()
    one.hears(StaffSettled("s", "Ms Reed", "present_after_all"), "09:20")
    assert one.hears(MarkChanged("m", "N"), "09:40") == []
    assert one.case.stage == "settled"


def test_a_persons_amendment_outlives_an_old_mark_that_is_imported_again() -> None:
    one = chase()
    one.hears(MarkChanged("a", "L", by_staff="Ms Reed"), "09:20")
    assert one.hears(MarkChanged("m", ""), "09:40") == []
    assert (one.case.stage, one.case.mark) == ("settled", "L")


def test_a_person_who_enters_a_code_settles_an_answered_case() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    one.hears(MarkChanged("a", "M", by_staff="Ms Reed"), "09:30")
    assert (one.case.stage, one.case.reason, one.case.code) == ("settled", "confirmed", "M")


def test_the_schools_own_code_is_the_last_word_on_what_a_contact_said() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "I"), "09:20")
    one.hears(MarkChanged("m", "C2"), "09:30")
    assert (one.case.stage, one.case.reason, one.case.code) == ("settled", "confirmed", "C2")


def test_who_is_to_come_in_after_the_appointment_that_the_register_has_too_is_waited_for() -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", "M"), "09:20")
    one.hears(OnTheWay("w", "mum", at("11:00")), "09:20")
    one.hears(MarkChanged("m", "M"), "09:30")
    assert (one.case.stage, one.case.due_at) == ("answered", at("11:00"))
    one.hears(MarkChanged("e", "E"), "09:40")
    assert (one.case.stage, one.case.due_at) == ("settled", None)


@pytest.mark.parametrize(("code", "outcome"), [("I", "answered_ill"), ("M", "answered_other")])
def test_in_by_the_afternoon_is_nothing_against_the_mornings_reason(code: str, outcome: str) -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", code), "09:20")
    effects = one.hears(MarkChanged("m", "\\", later=True), "13:20")
    assert alerts(effects) == []
    assert (one.case.stage, one.case.whereabouts, one.case.outcome) == ("settled", "confirmed", outcome)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("D", "not_expected"),
        ("C2", "not_expected"),
        ("V", "not_expected"),
        ("X", "not_expected"),
        ("I", "answered_ill"),
        ("M", "answered_other"),
        ("C", "on_leave"),
    ],
)
def test_a_code_that_explains_the_empty_chair_ends_the_chase(code: str, outcome: str) -> None:
    one = chase()
    one.hears(MarkChanged("m", code), "09:20")
    assert (one.case.stage, one.case.outcome, one.case.due_at) == ("settled", outcome, None)


# -- what a person said of it is taken back ---------------------------------------------------------------------------


def test_a_person_who_was_mistaken_has_the_child_looked_for_again() -> None:
    one = chase()
    time_passes(one, "12:00")
    one.hears(StaffSettled("s", "Ms Reed", "present_after_all"), "12:05")
    effects = one.hears(StaffTookBack("b", "Ms Reed"), "12:07")
    assert (one.case.stage, one.case.whereabouts) == ("handed_over", "unknown")
    assert alerts(effects) == ["not_reached"]
    assert asks(effects) == []
    assert one.hears(StaffTookBack("c", "Ms Reed"), "12:08") == []  # once


def test_an_alarm_that_was_ended_by_mistake_is_an_alarm_again() -> None:
    one = chase()
    one.hears(DangerHeard("d", "dad", "missing", ""), "09:20")
    one.hears(StaffSettled("s", "Ms Reed", "present_after_all"), "09:25")
    effects = one.hears(StaffTookBack("b", "Ms Reed"), "09:26")
    assert one.case.stage == "alarmed"
    assert alerts(effects) == ["missing"]


def test_what_the_register_has_seen_nobody_takes_back() -> None:
    one = chase()
    one.hears(StaffSettled("s", "Ms Reed", "present_after_all"), "09:25")
    one.hears(MarkChanged("m", "/"), "09:26")
    assert one.hears(StaffTookBack("b", "Ms Reed"), "09:27") == []
    assert one.case.stage == "settled"


# -- the afternoon ---------------------------------------------------------------------------------------------------


def test_a_child_still_missed_after_lunch_stays_on_the_mornings_ladder() -> None:
    one = chase()
    time_passes(one, "12:00")
    effects = one.hears(AfternoonMissed("a"), "13:40")
    assert alerts(effects) == ["not_reached"]
    assert one.hears(AfternoonMissed("b"), "13:41") == []


def test_a_morning_closed_without_finding_the_child_climbs_again_after_lunch_and_asks_nobody() -> None:
    one = chase()
    time_passes(one, "12:00")
    one.hears(StaffSettled("s", "marsh", "not_reached"), "12:58")
    effects = one.hears(AfternoonMissed("a"), "13:40")
    assert alerts(effects) == ["not_reached"]
    assert asks(effects) == []
    assert one.case.stage == "handed_over"


def test_a_morning_closed_with_the_child_found_is_not_opened_by_the_afternoon() -> None:
    one = chase()
    one.hears(StaffSettled("s", "marsh", "no_reason_given"), "12:58")
    assert one.hears(AfternoonMissed("a"), "13:40") == []


def test_missed_before_the_deadline_the_alert_says_so() -> None:
    one = chase(deadline="14:00")
    assert one.hears(AfternoonMissed("a"), "13:40") == []
    effects = time_passes(one, "14:00")
    assert next(e.because for e in effects if isinstance(e, RaiseAlert)).endswith("The afternoon is missed too.")


def test_gone_after_a_present_morning_goes_to_staff_first_and_asks_at_once() -> None:
    one = Chase(school(), PM, opened="13:40")
    one.case = replace(one.case, afternoon_missed=True)
    effects = one.begins("13:40")
    assert alerts(effects) == ["afternoon_absence", "afternoon_absence"]
    assert [e.roles for e in effects if isinstance(e, RaiseAlert)] == [(), ("safeguarding_lead",)]
    assert asks(effects) == [("mum", "sms")]


# -- who hears at once -----------------------------------------------------------------------------------------------


def test_the_named_person_of_a_child_in_a_risk_tier_hears_before_anybody_is_asked() -> None:
    child = pupil("amina", tags=frozenset({"social_worker"}), named_person="okoro")
    one = Chase(school(pupils=[child], notify_roles=["safeguarding_lead"]), child=child)
    effects = one.begins()
    alert = next(e for e in effects if isinstance(e, RaiseAlert))
    assert (alert.reason, alert.roles, alert.staff) == ("vulnerable_absent", ("safeguarding_lead",), "okoro")
    assert [e.what for e in effects if isinstance(e, OpenTask)] == ["tell_social_worker"]


def test_every_role_that_the_policy_names_hears_at_once_and_one_of_them_climbs() -> None:
    """Blue Coat 7.3.2. Nobody is senior leader here, and Mr House holds two of the roles."""
    child = pupil("amina", tags=frozenset({"previous_concern"}))
    house = StaffMember("house", "Mr House", "Head of House", ("head_of_house", "assistant_head_of_house"))
    roles = ["safeguarding_lead", "head_of_house", "assistant_head_of_house", "senior_leader"]
    given = school(pupils=[child], team=[*STAFF, house], notify_roles=roles, priority_list=["previous_concern"])
    told = [effect for effect in Chase(given, child=child).begins() if isinstance(effect, RaiseAlert)]
    assert [(one.roles, one.climbs) for one in told] == [(("safeguarding_lead",), True), (("head_of_house",), False)]
    assert len({one.key for one in told}) == len(told)


def test_a_tiers_own_deadline_holds_for_its_children() -> None:
    child = pupil("amina", tags=frozenset({"social_worker"}))
    tiered = school(pupils=[child], tiers={"social_worker": {"deadline": "10:00"}})
    assert new_case(child, AM, at("09:15"), "N", tiered).deadline_at == at("10:00")
    assert new_case(AMINA, AM, at("09:15"), "N", tiered).deadline_at == at("12:00")


# -- danger ----------------------------------------------------------------------------------------------------------

SETTLING: list[Event] = [
    ReasonGiven("r", "mum", "I"),
    MarkChanged("m", "/"),
    StaffSettled("s", "Ms Reed", "answered_ill"),
    TimePassed("t", at("12:00")),
]


@pytest.mark.parametrize("before", SETTLING, ids=lambda event: type(event).__name__)
def test_he_left_at_eight_is_heard_in_every_stage(before: Event) -> None:
    one = chase(rounds=[{"after": "0m", "to": [1], "by": ["sms"]}])
    one.hears(before, "12:00")
    effects = one.hears(DangerHeard("d", "dad", "believed_in_school", "left at eight"), "12:01")
    assert (one.case.stage, one.case.whereabouts) == ("alarmed", "alarmed")
    assert alerts(effects) == ["believed_in_school"]
    assert [e.what for e in effects if isinstance(e, OpenTask)] == ["find_child", "ring"]


def test_each_alarm_has_a_ladder_of_its_own() -> None:
    one = chase()
    for number in (1, 2):
        one.hears(DangerHeard(f"d{number}", "dad", "missing", ""), "09:20")
    keys = [e.key for e in one.effects if isinstance(e, RaiseAlert)]
    assert keys == [f"{one.case.key}/alarm/1", f"{one.case.key}/alarm/2"]


@pytest.mark.parametrize(
    "event",
    [
        ReasonGiven("r", "mum", "I"),
        SafeWithoutReason("r", "mum"),
        OnTheWay("r", "mum", at("10:00")),
        ReasonWithdrawn("r", "mum"),
        NotWithMe("r", "mum", "wrong_person"),
        ContactStopped("r", "mum", "sms"),
        MarkChanged("r", "/"),
        MarkChanged("r", "I", by_staff="Ms Reed"),
        MarkChanged("r", "N"),
        StaffConfirmed("r", "Ms Reed"),
        SendReleased("r", "Dr Hart"),
        ChaseBegins("r"),
        AfternoonMissed("r"),
        WordsLeft("r", "mum", "sms", 1),
        WordsFailed("r", "mum", "sms", 1, "bad_number"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_only_a_named_person_ends_an_alarm(event: Event) -> None:
    one = chase()
    one.hears(DangerHeard("d", "dad", "missing", ""), "09:20")
    effects = one.hears(event, "09:25")
    stages = [one.case.stage]
    assert not any(isinstance(effect, StandDown) for effect in effects)
    one.hears(StaffSettled("s", "Ms Reed", "present_after_all"), "09:30")
    assert [*stages, one.case.stage] == ["alarmed", "settled"]


def test_whoever_searches_hears_at_once_that_somebody_has_answered() -> None:
    one = chase()
    one.hears(DangerHeard("d", "dad", "missing", ""), "09:20")
    effects = one.hears(ReasonGiven("r", "mum", "I"), "09:25")
    assert [(e.reason, e.urgent) for e in effects if isinstance(e, RaiseAlert)] == [("message_to_read", True)]


def test_a_mark_that_turns_present_asks_the_person_who_searches() -> None:
    one = chase()
    one.hears(DangerHeard("d", "dad", "missing", ""), "09:20")
    assert alerts(one.hears(MarkChanged("m", "/"), "09:25")) == ["discrepancy"]
    assert told(one.effects) == []


@pytest.mark.parametrize("after", SETTLING, ids=lambda event: type(event).__name__)
def test_a_disclosure_of_harm_is_not_stood_down_by_what_settles_the_case(after: Event) -> None:
    """ "Amina is ill, and her stepfather hit her": the reason settles the absence and not the harm."""
    one = chase(rounds=[{"after": "0m", "to": [1, 2], "by": ["sms"]}])
    one.hears(DangerHeard("d", "mum", "safeguarding", "read it"), "09:20")
    alert = next(e for e in one.effects if isinstance(e, RaiseAlert))
    assert (alert.reason, alert.urgent, alert.roles) == ("safeguarding", True, ("safeguarding_lead",))
    assert one.case.stage == "asked"
    one.hears(after, "12:00")
    stood_down = [effect.prefix for effect in one.effects if isinstance(effect, StandDown)]
    assert stood_down
    assert not any(alert.key.startswith(prefix) for prefix in stood_down)


def test_a_child_whom_staff_found_is_told_of_to_all_who_were_asked_the_one_who_answered_too() -> None:
    one = chase()
    one.words_leave("09:16")
    one.hears(DangerHeard("d", "mum", "believed_in_school", ""), "09:20")
    effects = one.hears(StaffSettled("s", "Ms Reed", "present_after_all"), "09:30")
    assert told(effects) == [("mum", "absence.all_clear")]


@pytest.mark.parametrize(
    ("outcome", "heard"),
    [("answered_ill", ["dad"]), ("no_reason_given", ["dad"]), ("not_reached", []), ("contradicted", [])],
)
def test_who_was_asked_and_feared_for_the_child_hears_that_it_is_accounted_for(outcome: str, heard: list[str]) -> None:
    one = chase()
    one.words_leave("09:16")
    time_passes(one, "09:46")
    one.words_leave("09:47")
    one.hears(DangerHeard("d", "dad", "believed_in_school", ""), "09:50")
    one.hears(ReasonGiven("r", "mum", "I"), "09:55")
    effects = one.hears(StaffSettled("s", "Ms Reed", outcome), "10:10")
    assert told(effects) == [(who, "absence.all_clear") for who in heard]
    assert all(tell.how == "explained" for tell in effects if isinstance(tell, Tell))
    assert told(one.hears(StaffSettled("s2", "Ms Reed", outcome), "10:11")) == []


def test_an_earlier_settled_case_whose_child_was_seen_is_cleared_as_well() -> None:
    one = chase()
    one.words_leave("09:16")
    one.hears(ReasonGiven("r", "dad", "I"), "09:20")
    one.hears(StaffConfirmed("c", "Ms Reed"), "09:25")
    effects = one.hears(StaffSettled("s", "Ms Reed", "arrived_late"), "09:30")
    assert told(effects) == [("mum", "absence.all_clear")]
    assert told(one.hears(StaffSettled("s2", "Ms Reed", "arrived_late"), "09:31")) == []


def after_the_dentist(child: Pupil = AMINA) -> Chase:
    one = Chase(school(pupils=[child]), child=child)
    one.hears(ReasonGiven("r", "mum", "M"), "09:15")
    one.hears(OnTheWay("o", "mum", at("10:45")), "09:15")
    return one


def test_who_does_not_come_in_after_an_appointment_is_looked_for_by_the_office_first() -> None:
    one = after_the_dentist()
    (alert,) = one.hears(TimePassed("t", at("10:45")), "10:45")
    assert isinstance(alert, RaiseAlert)
    assert (alert.reason, alert.urgent, alert.climbs) == ("not_returned", False, True)
    assert (one.case.stage, one.case.reason, one.case.due_at) == ("answered", "proposed", None)


def test_of_the_priority_list_such_a_child_is_missing_at_once_and_whoever_said_it_is_rung() -> None:
    one = after_the_dentist(replace(AMINA, tags=frozenset({"social_worker"})))
    effects = one.hears(TimePassed("t", at("10:45")), "10:45")
    assert alerts(effects) == ["missing", "missing"]  # the ladder, and who hears of such a child at once
    assert {effect.what for effect in effects if isinstance(effect, OpenTask)} == {"find_child", "ring"}
    assert one.case.stage == "alarmed"


@pytest.mark.parametrize(
    ("code", "mark", "raised"), [("M", "U", []), ("M", "/", ["discrepancy"]), ("I", "U", ["discrepancy"])]
)
def test_in_late_from_an_appointment_is_as_it_was_said(code: str, mark: str, raised: list[str]) -> None:
    one = chase()
    one.hears(ReasonGiven("r", "mum", code), "09:20")
    assert alerts(one.hears(MarkChanged("m", mark), "10:55")) == raised


def test_an_answer_ends_the_hold_of_its_child() -> None:
    one = Chase(school())
    one.hears(SendHeld("h"), "09:15")
    one.hears(ReasonGiven("r", "mum", "I"), "09:24")
    assert (one.case.stage, one.case.held) == ("answered", False)
