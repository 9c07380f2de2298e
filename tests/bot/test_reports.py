"""What a listed contact's words record, ask or pass on."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from attendance.absences import Absence
from attendance.case import Attempt, Case
from attendance.closing import LATE
from attendance.effects import RaiseAlert
from attendance.events import NotWithMe, OnTheWay, ReasonGiven, ReasonWithdrawn, SafeWithoutReason
from bot.conversation import Conversation, Question
from bot.outcome import AskLeave, CaseEvent, ComesIn, Record, Withdraw
from tests.support.builders import AM, DAD, DAY, PM, at, report, school
from tests.support.messages import Thread, alerted, case, event, events, means, of, says, template

CALENDAR = school().calendar
TOMORROW, THURSDAY, MONDAY = date(2026, 11, 11), date(2026, 11, 12), date(2026, 11, 9)


def record(outcome: Any) -> Record:
    (only,) = of(outcome, Record)
    return only


# -- absence ---------------------------------------------------------------------------------------------------------


def test_a_sure_report_is_recorded_and_read_back_and_settles_the_case() -> None:
    thread = Thread("mum", cases=[case()])
    outcome = thread.hears(means("absence", says("amina", return_day=THURSDAY)))
    absence = record(outcome).absence
    assert (absence.code, absence.contact, absence.return_day, absence.state) == ("I", "mum", THURSDAY, "recorded")
    given = event(outcome)
    assert isinstance(given, ReasonGiven)
    assert (given.code, given.contact) == ("I", "mum")
    assert outcome.reply is not None
    assert outcome.reply.values["what"] == "Amina off ill today, back Thursday"
    assert thread.conversation.question is None
    assert thread.conversation.last_recorded(at("10:00")) == (absence.id,)


def test_a_report_for_tomorrow_does_not_answer_for_today() -> None:
    assert events(Thread("mum", cases=[case()]).hears(means("absence", says("amina", first=TOMORROW)))) == []


def test_of_a_child_who_is_missed_only_after_lunch_today_means_the_afternoon() -> None:
    known = report("a", code="M", half="am")
    after_lunch = case(session=PM)
    outcome = Thread("mum", cases=[after_lunch], known=[known]).hears(means("absence", says("amina")))
    assert (record(outcome).absence.half, record(outcome).replaces) == ("pm", None)
    assert isinstance(event(outcome), ReasonGiven)
    assert outcome.reply is not None
    assert outcome.reply.values["what"] == "Amina off ill this afternoon"


@pytest.mark.parametrize("stage", ["answered", "settled"])
def test_an_afternoon_that_the_morning_answered_for_leaves_the_whole_day(stage: str) -> None:
    outcome = Thread("mum", cases=[case(session=PM, stage=stage)]).hears(means("absence", says("amina")))
    assert record(outcome).absence.half == "day"


def test_siblings_who_are_missed_for_different_halves_are_recorded_for_them() -> None:
    outcome = Thread("mum", cases=[case(session=PM), case("ben")]).hears(means("absence", says("amina", "ben")))
    assert {(one.absence.pupil, one.absence.half) for one in of(outcome, Record)} == {("amina", "pm"), ("ben", "day")}


def test_a_report_for_the_afternoon_does_not_answer_for_the_morning() -> None:
    outcome = Thread("mum", cases=[case()]).hears(means("absence", says("amina", code="M", session="pm")))
    assert (events(outcome), len(of(outcome, Record))) == ([], 1)


def test_rather_not_say_answers_where_and_a_person_reads_it() -> None:
    outcome = Thread("mum", cases=[case()]).hears(means("absence", says("amina", code="N")))
    assert isinstance(event(outcome), SafeWithoutReason)
    assert alerted(outcome) == [("message_to_read", False)]


def test_two_children_of_whom_one_has_no_reason() -> None:
    both = means("absence", says("amina"), says("ben", code="N"))
    outcome = Thread("mum", cases=[case(), case("ben")]).hears(both)
    assert events(outcome) == [("amina", "ReasonGiven"), ("ben", "SafeWithoutReason")]
    assert [(one.reason, one.pupils) for one in of(outcome, RaiseAlert)] == [("message_to_read", ("ben",))]
    assert outcome.reply is not None
    assert outcome.reply.values["what"] == "Amina off ill today"


def test_of_two_children_only_the_one_without_a_reason_is_asked_about() -> None:
    both = means("absence", says("amina"), says("ben", code="N"), ask=("reason",))
    thread = Thread("mum", cases=[case(), case("ben")])
    outcome = thread.hears(both)
    assert events(outcome) == [("amina", "ReasonGiven")]
    assert outcome.reply is not None
    assert outcome.reply.values == {"what": "Amina off ill today", "why": ("Ben",)}
    question = thread.conversation.question
    assert question is not None
    assert (question.kind, question.children) == ("reason", ("ben",))


def test_who_was_asked_about_in_the_same_text_is_asked_after_in_the_read_back() -> None:
    asked = (Attempt("mum", "sms", "+447700900001", 1, at("09:15"), "left"),)
    cases = [case(attempts=asked), case("ben", attempts=asked)]
    reply = Thread("mum", cases=cases).hears(means("absence", says("amina"))).reply
    assert reply is not None
    assert reply.values["still"] == ("Ben",)


@pytest.mark.parametrize("ben", [case("ben"), case("ben", stage="answered", outcome="answered_ill")])
def test_whom_the_writer_was_not_asked_about_or_who_is_explained_is_not(ben: Case) -> None:
    reply = Thread("mum", cases=[case(), ben]).hears(means("absence", says("amina"))).reply
    assert reply is not None
    assert "still" not in reply.values


def test_after_an_appointment_the_child_is_waited_for() -> None:
    outcome = Thread("mum", cases=[case()]).hears(means("absence", says("amina", code="M", arrives=time(10, 30))))
    given, coming = [effect.event for effect in of(outcome, CaseEvent)]
    assert isinstance(given, ReasonGiven)
    assert isinstance(coming, OnTheWay)
    assert coming.expected_at == at("10:45")


def test_a_draft_never_stops_a_chase() -> None:
    thread = Thread("mum", cases=[case()])
    outcome = thread.hears(means("absence", says("amina"), ask=("confirm",)))
    assert (events(outcome), template(outcome)) == ([("amina", "UnclearAnswer")], "absence.confirm")
    assert len(outcome.effects) == 1
    question = thread.conversation.question
    assert question is not None
    assert (question.kind, question.drafts) == ("confirm", (says("amina"),))
    yes = thread.hears(means("confirm"))
    assert events(yes) == [("amina", "ReasonGiven")]
    assert thread.conversation.question is None


def test_which_child_is_asked_only_where_there_are_several() -> None:
    asked = means("absence", says(), ask=("child",))
    both = Thread("mum").hears(asked)
    assert (template(both), both.reply and both.reply.pupils) == ("absence.which_child", ("amina", "ben"))
    assert template(Thread("dad").hears(asked)) == "absence.handed_to_staff"


# -- corrections -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "new", "replaced"),
    [
        (report("k"), says("amina", code="M"), True),
        (report("k"), says("amina", session="am"), True),
        (report("k", half="am"), says("amina"), True),
        (report("k", half="am"), says("amina", code="M", session="pm"), False),
        (report("k", code=LATE, half="am"), says("amina"), True),
        (report("k", contact="dad"), says("amina"), False),
        (report("k", child="ben"), says("amina"), False),
        (report("k", state="rejected"), says("amina"), False),
        (report("k", first=MONDAY), says("amina"), False),
    ],
    ids=[
        "code",
        "only the morning",
        "the whole day",
        "other half",
        "ill after late",
        "father's",
        "ben's",
        "dead",
        "old",
    ],
)
def test_the_same_writers_report_of_the_same_time_is_corrected(known: Absence, new: Any, replaced: bool) -> None:
    outcome = Thread("mum", known=[known]).hears(means("absence", new))
    assert record(outcome).replaces == (known if replaced else None)
    assert template(outcome) == ("absence.corrected" if replaced else "absence.recorded")


def test_the_same_words_again_change_nothing_and_are_read_back_so() -> None:
    """A text that is sent twice, or by text and by e-mail: "we have changed that" would frighten whoever wrote it."""
    outcome = Thread("mum", known=[report("k")]).hears(means("absence", says("amina")))
    assert template(outcome) == "absence.recorded"


def test_one_is_ill_and_the_other_on_the_way_are_both_read_back() -> None:
    ill_and_late = means("absence", says("amina"), says("ben", code=None, arrives=time(9, 40)))
    outcome = Thread("mum", cases=[case(), case("ben")]).hears(ill_and_late)
    assert outcome.reply is not None
    assert template(outcome) == "absence.recorded"
    assert (outcome.reply.values["late"], outcome.reply.values["arrives"]) == (("Ben",), time(9, 40))


def test_in_this_afternoon_after_all_leaves_no_report_that_hides_an_empty_chair_after_lunch() -> None:
    made = record(Thread("mum", known=[report("k")]).hears(means("absence", says("amina", session="am"))))
    assert made.replaces is not None
    assert made.absence.covers(AM, CALENDAR)
    assert not made.absence.covers(PM, CALENDAR)


def test_no_that_is_wrong_rejects_what_was_read_back_and_the_case_waits_again() -> None:
    thread = Thread("mum", cases=[case()])
    thread.keeps(thread.hears(means("absence", says("amina"))))
    no = thread.hears(means("reject"))
    assert [one.state for one in of(no, Withdraw)] == ["rejected"]
    assert isinstance(event(no), ReasonWithdrawn)
    assert template(no) == "absence.reason"
    assert thread.conversation.question is not None


@pytest.mark.parametrize("text", ["Amina", "AMINA.", "Amina Okafor"])
def test_a_bare_name_after_the_read_back_takes_nothing_back(text: str) -> None:
    thread = Thread("mum", cases=[case()])
    first = thread.hears(means("absence", says("amina", return_day=THURSDAY)))
    thread.known = (record(first).absence,)
    named = thread.hears(means("reject"), text)
    assert (of(named, Withdraw), events(named)) == ([], [])
    assert named.reply is not None
    assert named.reply.values["what"] == "Amina off ill today, back Thursday"


@pytest.mark.parametrize(
    "text",
    [
        "no sorry I meant Ben!",
        "No, Ben",
        "Not Amina, Ben",
        "wrong child, Ben",
        "Sorry wrong child, I meant Ben. Amina is fine and coming in today",
        "no sorry, Ben! Amina is fine and on the bus",
        "Ben not Amina. Amina is walking to school",
        "Sorry, my brain is not awake yet, it is Ben who is ill not Amina",
        "Please ignore that, it is Ben who is poorly, Amina is on her way in now",
    ],
)
@pytest.mark.parametrize("understood", [means("reject"), means("chat"), means("absence", says("ben", code="N"))])
def test_no_with_another_childs_name_moves_what_was_read_back(text: str, understood: Any) -> None:
    thread = Thread("mum", cases=[case(), case("ben")])
    thread.keeps(thread.hears(means("absence", says("amina", return_day=THURSDAY))))
    moved = thread.hears(understood, text)
    assert [(one.absence.pupil, one.state) for one in of(moved, Withdraw)] == [("amina", "rejected")]
    assert (record(moved).absence.pupil, record(moved).absence.return_day) == ("ben", THURSDAY)
    assert events(moved) == [("ben", "ReasonGiven"), ("amina", "ReasonWithdrawn")]
    assert template(moved) == "absence.corrected"


@pytest.mark.parametrize(
    "text",
    [
        "Ben too",
        "no",
        "No he is not ill, Ben has his dentist at ten and Amina is fine",
        "Ben is not well either",
        "No, Ben is ill as well",
        "Ben is not in",
        "I meant to ask when Ben's trip is",
        "No, Ben is fine",
        "no ben's fine, just amina",
        "No Ben is in school! Amina has tonsillitis",
        "Ben was ill in the night as well, not Amina's fault",
        "Ben is still in bed and has not seen Amina",
    ],
)
def test_other_words_move_nothing(text: str) -> None:
    thread = Thread("mum", cases=[case(), case("ben")])
    thread.known = (record(thread.hears(means("absence", says("amina")))).absence,)
    assert of(thread.hears(means("chat"), text), Record) == []


def test_another_child_who_is_not_well_either_takes_nothing_back() -> None:
    thread = Thread("mum", cases=[case(), case("ben")])
    thread.known = (record(thread.hears(means("absence", says("amina")))).absence,)
    outcome = thread.hears(means("absence", says("ben")), "Ben is not well either")
    assert (of(outcome, Withdraw), record(outcome).absence.pupil) == ([], "ben")


def test_the_wrong_child_and_another_reason() -> None:
    thread = Thread("mum", cases=[case(), case("ben")])
    thread.known = (record(thread.hears(means("absence", says("amina")))).absence,)
    words = "Sorry, wrong child. It is Ben, he has the dentist this morning"
    outcome = thread.hears(means("absence", says("ben", code="M", session="am")), words)
    assert [one.absence.pupil for one in of(outcome, Withdraw)] == ["amina"]
    assert (record(outcome).absence.pupil, record(outcome).absence.code) == ("ben", "M")
    assert template(outcome) == "absence.corrected"


def test_no_to_a_report_for_next_week_leaves_today_as_it_is() -> None:
    thread = Thread("mum", cases=[case(stage="answered")])
    first = thread.hears(means("absence", says("amina", code="M", first=date(2026, 11, 17))))
    thread.known = (record(first).absence,)
    assert events(thread.hears(means("reject"))) == []


def test_no_to_ones_own_words_leaves_what_the_other_parent_reported() -> None:
    """Dad said "family reasons", mum then that she is ill; dad's NO takes back his own, and nobody is asked again."""
    thread = Thread("mum", cases=[case(stage="answered")], known=[report("dads"), report("mums", code="N")])
    thread.conversation = Conversation(None, ("mums",), at("09:00"))
    outcome = thread.hears(means("reject"))
    assert [one.absence.id for one in of(outcome, Withdraw)] == ["mums"]
    assert events(outcome) == []
    assert template(outcome) == "absence.handed_to_staff"
    assert alerted(outcome) == [("message_to_read", False)]


def test_a_bare_no_long_afterwards_is_for_a_person() -> None:
    thread = Thread(
        "mum", known=[report("k")], conversation=Conversation(None, ("k",), at("09:00") - timedelta(days=2))
    )
    assert alerted(thread.hears(means("reject"))) == [("message_to_read", False)]


def test_taking_an_absence_back_opens_todays_case_again() -> None:
    outcome = Thread("mum", cases=[case(stage="answered")], known=[report("k")]).hears(means("cancel", says("amina")))
    assert [one.state for one in of(outcome, Withdraw)] == ["cancelled"]
    assert events(outcome) == [("amina", "ReasonWithdrawn")]
    assert alerted(outcome) == [("message_to_read", False)]


TAKEN_BACK = [means("reject"), means("cancel", says("amina"))]


@pytest.mark.parametrize("understood", TAKEN_BACK, ids=lambda one: one.intent)
def test_a_child_who_was_explained_at_the_close_and_is_not_any_more_is_with_a_person(understood: Any) -> None:
    """Nobody opened a case for it at the close, so nobody would ask."""
    for clock, alarms in (("08:40", 0), ("09:40", 1)):
        thread = Thread("mum", known=[report("k")], conversation=Conversation(None, ("k",), at("08:00")))
        urgent = [one for one in of(thread.hears(understood, clock=clock), RaiseAlert) if one.urgent]
        assert [one.pupils for one in urgent] == [("amina",)] * alarms


def test_a_child_who_was_explained_at_the_close_and_is_brought_in_now_is_waited_for() -> None:
    back = means("return", says("amina", code=None, return_day=DAY))
    for clock, waited in (("08:40", []), ("09:40", [at("10:25")])):
        outcome = Thread("mum", known=[report("k")]).hears(back, clock=clock)
        assert [one.event.expected_at for one in of(outcome, ComesIn)] == waited
        assert alerted(outcome) == []


def test_late_and_explained_at_the_close_takes_the_place_of_the_report_in_one_step() -> None:
    """The report that is replaced opens the case again, and finds the child on the way."""
    outcome = Thread("mum", known=[report("k")]).hears(means("late", says("amina", code=None)), clock="09:40")
    assert [(one.absence.code, one.replaces and one.replaces.id) for one in of(outcome, Record)] == [(LATE, "k")]
    assert alerted(outcome) == []


def test_nobody_takes_back_what_they_may_not_report() -> None:
    outcome = Thread("nan", known=[report("k", contact="nan")]).hears(means("cancel", says("amina")))
    assert of(outcome, Withdraw) == []


# -- late ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arrives", "expected"),
    [(time(10, 0), at("10:15")), (time(9, 0), at("09:35")), (None, at("10:05"))],
    ids=["a time to come", "a time gone by", "no time"],
)
def test_on_the_way_is_expected_a_quarter_of_an_hour_after_the_time_said(
    arrives: time | None, expected: object
) -> None:
    outcome = Thread("mum", cases=[case()]).hears(means("late", says("amina", code=None, arrives=arrives)))
    coming = event(outcome)
    assert isinstance(coming, OnTheWay)
    assert coming.expected_at == expected
    assert outcome.reply is not None
    assert outcome.reply.template == "late.recorded"
    assert outcome.reply.values["soon"] == (arrives == time(9, 0))
    assert outcome.reply.values["arrives"] == (time(10, 0) if arrives == time(10, 0) else None)


def test_on_the_way_takes_back_ill_so_that_a_child_who_never_arrives_is_missed() -> None:
    ill = report("k")
    made = record(Thread("mum", known=[ill]).hears(means("late", says("amina", code=None)), clock="08:40"))
    assert (made.absence.code, made.replaces) == (LATE, ill)


def test_of_a_longer_absence_the_days_before_stay_reported() -> None:
    ill = report("k", first=MONDAY, return_day=THURSDAY)
    made = of(Thread("mum", known=[ill]).hears(means("late", says("amina", code=None)), clock="08:40"), Record)
    assert [(one.absence.code, one.absence.return_day, one.replaces) for one in made] == [
        (LATE, None, None),
        ("I", DAY, ill),
    ]


@pytest.mark.parametrize(
    "known", [report("k", code="M", half="am"), report("k", half="pm"), report("k", contact="dad")]
)
def test_on_the_way_takes_nothing_else_back(known: Absence) -> None:
    made = record(Thread("mum", known=[known]).hears(means("late", says("amina", code=None)), clock="08:40"))
    assert made.replaces is None


def test_late_for_a_child_one_may_not_report_is_for_staff() -> None:
    outcome = Thread("nan", cases=[case()]).hears(means("late", says("amina", code=None)))
    assert (events(outcome), alerted(outcome)) == ([], [("sender_doubt", False)])


# -- the return day --------------------------------------------------------------------------------------------------


def test_a_later_return_day_takes_the_place_of_the_report() -> None:
    ill = report("k", first=MONDAY, return_day=DAY)
    outcome = Thread("mum", cases=[case()], known=[ill]).hears(
        means("return", says("amina", code=None, return_day=THURSDAY))
    )
    assert (record(outcome).replaces, record(outcome).absence.return_day) == (ill, THURSDAY)
    assert events(outcome) == [("amina", "ReasonGiven")]


def test_an_illness_of_three_weeks_ago_is_not_made_three_weeks_long() -> None:
    old = report("k", first=date(2026, 10, 19))
    outcome = Thread("mum", known=[old]).hears(means("return", says("amina", code=None, return_day=THURSDAY)))
    assert (of(outcome, Record), alerted(outcome)) == ([], [("message_to_read", False)])


def test_yesterdays_illness_without_a_return_day_goes_on() -> None:
    ill = report("k", first=MONDAY)
    outcome = Thread("mum", known=[ill]).hears(means("return", says("amina", code=None, return_day=THURSDAY)))
    assert record(outcome).absence.covers(AM, CALENDAR)


def test_back_in_today_expects_the_child_from_now_on() -> None:
    ill = report("k")
    answered = case(stage="answered", answered_by="mum", code="I", next_at=None)
    today = means("return", says("amina", code=None, return_day=DAY))
    outcome = Thread("mum", cases=[answered], known=[ill]).hears(today, clock="11:30")
    coming = event(outcome)
    assert isinstance(coming, OnTheWay)
    assert coming.expected_at == at("12:15")
    assert record(outcome).absence.covers(AM, CALENDAR)
    assert not record(outcome).absence.covers(PM, CALENDAR)


def test_back_in_today_of_a_child_whom_we_miss_answers_nothing() -> None:
    ill = report("k", first=MONDAY, return_day=THURSDAY)
    today = means("return", says("amina", code=None, return_day=DAY))
    outcome = Thread("mum", cases=[case()], known=[ill]).hears(today)
    assert (events(outcome), alerted(outcome)) == ([], [("message_to_read", False)])
    assert not record(outcome).absence.covers(AM, CALENDAR)


# -- leave -----------------------------------------------------------------------------------------------------------


def test_a_planned_absence_that_only_the_head_grants_is_a_request_whatever_the_intent() -> None:
    holiday = says("amina", code="G", first=date(2026, 11, 23), return_day=date(2026, 11, 30))
    for intent in ("absence", "leave"):
        outcome = Thread("mum").hears(means(intent, holiday))
        (asked,) = of(outcome, AskLeave)
        assert (asked.request.code, asked.request.flags, asked.request.notice_days) == ("G", ("short_notice",), 13)
        assert (of(outcome, Record), alerted(outcome)) == ([], [("leave_to_decide", False)])
        assert template(outcome) == "leave.received"


def test_ill_today_and_a_holiday_next_week_are_one_report_and_one_request() -> None:
    both = means("absence", says("amina"), says("amina", code="G", first=date(2026, 11, 23)))
    outcome = Thread("mum", cases=[case()]).hears(both)
    assert [one.absence.code for one in of(outcome, Record)] == ["I"]
    assert [one.request.code for one in of(outcome, AskLeave)] == ["G"]
    assert events(outcome) == [("amina", "ReasonGiven")]


def test_a_funeral_today_is_recorded() -> None:
    assert record(Thread("mum", cases=[case()]).hears(means("absence", says("amina", code="C")))).absence.code == "C"


def test_leave_for_a_child_one_may_not_report_is_verified() -> None:
    outcome = Thread("nan").hears(means("leave", says("amina", code="G", first=date(2026, 11, 23))))
    assert (of(outcome, AskLeave), alerted(outcome)) == ([], [("sender_doubt", False)])


# -- ask somebody else -----------------------------------------------------------------------------------------------


def test_with_his_dad_asks_the_next_contact() -> None:
    onward = event(Thread("mum", cases=[case()]).hears(means("other_parent", says("amina", code=None))))
    assert isinstance(onward, NotWithMe)
    assert onward.outcome == "with_other_parent"


def test_who_says_that_the_child_is_elsewhere_hears_what_we_do_now() -> None:
    words = means("other_parent", says("amina", code=None))
    asking = Thread("mum", cases=[case()]).hears(words)
    assert (template(asking), alerted(asking)) == ("absence.passed_on", [])
    dad = Attempt("dad", "sms", DAD.phone or "", 2, at("09:15"), "left")
    everybody_asked = Thread("mum", cases=[case(round=9, attempts=(dad,))]).hears(words)
    assert (template(everybody_asked), alerted(everybody_asked)) == (
        "absence.handed_to_staff",
        [("message_to_read", False)],
    )


def test_a_parent_who_points_back_hears_that_staff_are_told_now() -> None:
    pointed = case(outcome="with_other_parent", pointed_by="mum", round=2)
    outcome = Thread("dad", cases=[pointed]).hears(means("other_parent", says("amina", code=None)))
    assert template(outcome) == "absence.danger"


@pytest.mark.parametrize("stage", ["handed_over", "alarmed", "answered"])
def test_when_nobody_is_asked_any_more_a_person_reads_who_has_the_child(stage: str) -> None:
    outcome = Thread("mum", cases=[case(stage=stage)]).hears(means("other_parent", says("amina", code=None)))
    assert alerted(outcome) == [("message_to_read", False)]


# -- everything else -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("intent", ["question", "leaver", "something new"])
def test_what_only_a_person_can_answer_is_read_by_one(intent: str) -> None:
    outcome = Thread("mum", cases=[case()]).hears(means(intent))
    assert (alerted(outcome), template(outcome)) == ([("message_to_read", False)], "absence.handed_to_staff")
    assert of(outcome, CaseEvent) == []


def test_thanks_closes_no_question_and_answers_nothing() -> None:
    asked = Conversation(Question("absence", ("amina",), DAY, at("09:15")))
    thread = Thread("mum", cases=[case()], conversation=asked)
    outcome = thread.hears(means("chat"))
    assert (outcome.effects, outcome.reply, thread.conversation) == ((), None, asked)


def test_a_bare_name_is_half_an_answer() -> None:
    asked = Conversation(Question("absence", ("amina",), DAY, at("09:15")))
    thread = Thread("mum", cases=[case()], conversation=asked)
    assert template(thread.hears(means("question"), "Amina")) == "absence.reason"
    assert template(thread.hears(means("question"), "is Amina there?")) == "absence.handed_to_staff"


def test_help_is_help() -> None:
    assert template(Thread("mum").hears(means("help"))) == "help"
