"""Who owns a message: danger first, whoever writes; and who may say what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from attendance.case import Attempt
from attendance.effects import RaiseAlert
from attendance.events import DangerHeard, NotWithMe
from attendance.people import AddressState
from attendance.register import Entry
from bot.conversation import Conversation, Question
from bot.outcome import AddressIs, CaseEvent, Record, Withdraw
from bot.understanding import Understanding
from tests.support.builders import AM, DAY, at, contact, link, report, school
from tests.support.messages import Thread, alerted, case, event, events, family, means, of, says, tasks, template

LEFT_AT_EIGHT = means("present", says("amina", code=None, first=None), urgent=True)
MISSING = means("missing", says("amina", code=None, first=None), urgent=True)
HARM = means("absence", says("amina"), safeguarding=True)


# -- danger ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["open", "asked", "answered", "handed_over", "alarmed", "settled"])
@pytest.mark.parametrize(("understood", "kind"), [(LEFT_AT_EIGHT, "believed_in_school"), (MISSING, "missing")])
def test_danger_reaches_the_case_in_every_stage(stage: str, understood: Understanding, kind: str) -> None:
    outcome = Thread("dad", cases=[case(stage=stage)]).hears(understood)
    danger = event(outcome)
    assert isinstance(danger, DangerHeard)
    assert (danger.kind, danger.contact) == (kind, "dad")
    assert template(outcome) == "absence.danger"


@pytest.mark.parametrize("intent", ["absence", "late", "return"])
def test_who_should_have_been_in_long_ago_and_is_not_is_searched_for(intent: str) -> None:
    going_in_for_eight = means(intent, says("amina", code="M", arrives=time(8, 0)))
    outcome = Thread("mum", cases=[case()]).hears(going_in_for_eight)
    danger = event(outcome)
    assert isinstance(danger, DangerHeard)
    assert danger.kind == "believed_in_school"
    assert template(outcome) == "absence.danger"


@pytest.mark.parametrize(
    "seen", [{"whereabouts": "confirmed"}, {"stage": "settled", "outcome": "arrived_late"}], ids=["after lunch", "late"]
)
def test_who_was_seen_since_is_not_searched_for(seen: dict[str, str]) -> None:
    outcome = Thread("mum", cases=[case(**seen)]).hears(means("late", says("amina", code=None, arrives=time(8, 0))))
    assert template(outcome) == "late.recorded"


HERE = [Entry("amina", AM, mis="U")]


@pytest.mark.parametrize(
    ("state", "entered", "words", "kinds"),
    [
        ({"stage": "settled", "outcome": "arrived_late"}, HERE, "Amina went in", ["message_to_read"]),
        (
            {"stage": "settled", "outcome": "arrived_late"},
            HERE,
            "Amina left at eight, where is she?",
            ["message_to_read"],
        ),
        ({"stage": "settled", "outcome": "answered_ill"}, HERE, "Amina went in", []),
        ({"stage": "alarmed"}, HERE, "Amina went in", []),
        ({"stage": "settled", "outcome": "present_after_all"}, [], "Amina went in", []),
        ({"stage": "settled", "outcome": "arrived_late"}, [Entry("amina", AM, mis="N")], "Amina went in", []),
    ],
    ids=["she is", "she left in time", "settled as ill", "sought", "no mark", "N again"],
)
def test_words_that_agree_with_the_register_start_no_search(
    state: dict[str, str], entered: list[Entry], words: str, kinds: list[str]
) -> None:
    thread = Thread("mum", cases=[case(**state)], entered=entered)  # type: ignore[arg-type]
    outcome = thread.hears(LEFT_AT_EIGHT, words)
    assert [reason for reason, _ in alerted(outcome)] == kinds
    assert (template(outcome) == "absence.danger") is (not kinds)


def test_danger_without_a_case_is_an_alert_with_work_and_a_clock() -> None:
    outcome = Thread("mum").hears(MISSING)
    assert alerted(outcome) == [("missing", True)]
    assert tasks(outcome.effects) == ["find_child", "ring"]
    assert template(outcome) == "absence.danger"


def test_she_is_in_school_of_a_child_whom_nobody_misses_is_for_a_person_and_no_alarm() -> None:
    outcome = Thread("mum").hears(means("present", says("amina", code=None, first=None)))
    assert alerted(outcome) == [("message_to_read", False)]


def test_she_is_in_school_on_the_second_day_of_a_reported_absence_is_an_alarm() -> None:
    away = report("a", first=date(2026, 11, 9), return_day=date(2026, 11, 12))
    outcome = Thread("mum", known=[away]).hears(means("present", says("amina", code=None, first=None)))
    assert alerted(outcome) == [("believed_in_school", True)]


def test_harm_is_told_and_the_report_stands() -> None:
    outcome = Thread("mum", cases=[case()]).hears(HARM)
    assert events(outcome) == [("amina", "DangerHeard"), ("amina", "ReasonGiven")]
    assert of(outcome, Record)
    assert tasks(outcome.effects) == ["ring"]
    assert template(outcome) == "absence.danger"


def test_words_of_danger_do_not_answer_for_the_same_child() -> None:
    both = means("absence", says("amina"), urgent=True)
    outcome = Thread("mum", cases=[case()]).hears(both)
    assert events(outcome) == [("amina", "DangerHeard")]


def test_one_is_ill_and_the_other_got_on_the_bus_alarms_the_other_only_and_records_the_one() -> None:
    both = means("present", says("ben", code=None, first=None), says("amina"), urgent=True)
    outcome = Thread("mum", cases=[case("amina"), case("ben")]).hears(both)
    assert events(outcome) == [("ben", "DangerHeard"), ("amina", "ReasonGiven")]
    assert [one.absence.pupil for one in of(outcome, Record)] == ["amina"]
    assert template(outcome) == "absence.danger"


def test_one_is_ill_and_the_other_is_late() -> None:
    both = means("late", says("ben", code=None, first=None), says("amina"))
    outcome = Thread("mum", cases=[case("amina"), case("ben")]).hears(both)
    assert sorted(events(outcome)) == [("amina", "ReasonGiven"), ("ben", "OnTheWay")]


def test_he_left_at_eight_without_a_name_means_any_child_who_is_not_here() -> None:
    settled_ill = case("amina", stage="settled", outcome="answered_ill")
    seen = case("ben", stage="settled", outcome="arrived_late")
    nameless = means("present", urgent=True)
    assert events(Thread("mum", cases=[settled_ill, case("ben")]).hears(nameless)) == [
        ("amina", "DangerHeard"),
        ("ben", "DangerHeard"),
    ]
    assert events(Thread("mum", cases=[settled_ill, seen]).hears(nameless)) == [("amina", "DangerHeard")]


def test_without_a_name_it_is_the_child_we_asked_about() -> None:
    asked = Conversation(Question("absence", ("ben",), DAY, at("09:15")))
    cases = [case("amina", stage="settled", outcome="answered_ill"), case("ben")]
    outcome = Thread("mum", cases=cases, conversation=asked).hears(means("present", urgent=True))
    assert events(outcome) == [("ben", "DangerHeard")]


def test_danger_is_heard_beside_stop() -> None:
    outcome = Thread("mum", cases=[case()]).hears(MISSING, opt_out="STOP")
    assert events(outcome) == [("amina", "DangerHeard")]
    assert of(outcome, AddressIs)[0].state is AddressState.STOPPED


def test_danger_is_heard_in_a_thread_that_a_person_has_taken_over() -> None:
    outcome = Thread("mum", cases=[case()], conversation=Conversation(owner="reed")).hears(MISSING)
    assert events(outcome) == [("amina", "DangerHeard")]
    assert [one.staff for one in of(outcome, RaiseAlert)] == ["reed"]
    assert template(outcome) is None


# -- who may say what ------------------------------------------------------------------------------------------------


def test_a_contact_who_may_not_report_stops_nothing() -> None:
    outcome = Thread("nan", cases=[case()]).hears(means("absence", says("amina")))
    assert (events(outcome), of(outcome, Record)) == ([], [])
    assert alerted(outcome) == [("sender_doubt", False)]
    assert template(outcome) == "absence.handed_to_staff"


def test_danger_from_a_contact_who_may_not_report_is_danger() -> None:
    assert events(Thread("nan", cases=[case()]).hears(MISSING)) == [("amina", "DangerHeard")]


def test_a_pupil_on_the_parents_phone_moves_the_chase_on() -> None:
    outcome = Thread("mum", cases=[case()]).hears(means("absence", says("amina"), sender_doubt=True))
    onward = event(outcome)
    assert isinstance(onward, NotWithMe)
    assert of(outcome, Record) == []
    assert alerted(outcome) == [("sender_doubt", False)]
    assert (template(outcome), outcome.reply and outcome.reply.pupils) == ("absence.handed_to_staff", ())


def test_a_number_of_several_families_settles_nothing_and_hears_no_name() -> None:
    shared = family(link("amina", "mum", 1), link("ben", "flat", 1), contacts=[contact("mum", 1), contact("flat", 1)])
    outcome = Thread("mum", of=shared, cases=[case()]).hears(means("absence", says("amina")))
    assert events(outcome) == [("amina", "NotWithMe")]
    assert (of(outcome, Record), outcome.reply and outcome.reply.pupils) == ([], ())


BARRED_FATHER = family(link("amina", "dad", 1, "father", barred=True), link("ben", "dad", 1, "father"))


@pytest.mark.parametrize(
    ("text", "reports", "touches"),
    [
        ("amina is ill", ("amina",), True),
        ("how is Amina's cold, and ben is off", ("ben",), True),
        ("ben is ill", ("ben",), False),
    ],
)
def test_barred_for_one_half_sister_only(text: str, reports: tuple[str, ...], touches: bool) -> None:
    outcome = Thread("dad", of=BARRED_FATHER, cases=[case("ben")]).hears(means("absence", says(*reports)), text)
    assert bool([one for one in alerted(outcome) if one == ("barred_contact_wrote", True)]) is touches
    assert [one.absence.pupil for one in of(outcome, Record)] == [one for one in reports if one == "ben"]
    assert (template(outcome) is None) is touches


def test_a_name_inside_another_word_touches_nobody() -> None:
    barred = family(link("amina", "dad", 1, "father", barred=True), link("ben", "dad", 1, "father"))
    short = replace(barred.roll.pupils["amina"], known_as=("Jo",))
    roll = replace(barred.roll, pupils={**barred.roll.pupils, "amina": short})
    thread = Thread("dad", of=replace(barred, roll=roll), cases=[case("ben")])
    assert of(thread.hears(means("absence", says("ben")), "Ben is ill and I have a job interview"), Record)
    both = thread.hears(means("absence", says("ben")), "Ben is ill, so is Jo")
    assert alerted(both) == [("barred_contact_wrote", True)]


def test_what_a_barred_father_says_of_his_other_child_answers_for_that_child_and_nothing_is_read_back() -> None:
    words = "Ben is ill, he is at his nan's. Where is Amina?"
    outcome = Thread("dad", of=BARRED_FATHER, cases=[case(), case("ben")]).hears(means("absence", says("ben")), words)
    assert (events(outcome), template(outcome)) == ([("ben", "ReasonGiven")], None)
    asks = means("present", says("amina", code=None, first=None), says("ben"), urgent=True)
    outcome = Thread("dad", of=BARRED_FATHER, cases=[case(), case("ben")]).hears(asks, words)
    assert ("ben", "ReasonGiven") in events(outcome)
    assert template(outcome) is None
    doubtful = means("absence", says("ben"), sender_doubt=True)
    assert events(Thread("dad", of=BARRED_FATHER, cases=[case(), case("ben")]).hears(doubtful, words)) == []


def test_a_man_barred_for_every_child_here_gets_no_answer_whatever_he_writes() -> None:
    barred = family(link("amina", "dad", 1, "father", barred=True))
    outcome = Thread("dad", of=barred).hears(means("question"), "is my child in school")
    assert alerted(outcome) == [("barred_contact_wrote", True)]
    assert of(outcome, RaiseAlert)[0].roles == ("safeguarding_lead",)
    assert template(outcome) is None


@pytest.mark.parametrize(
    "text",
    [
        "Is Amina in school today?",
        "hi is my daughter in school",
        "I said is Amina in?",
        "what time does Amina finish today and is she there",
    ],
)
def test_a_barred_mans_question_is_one_thing_to_hear_and_nobody_is_sought_for_it(text: str) -> None:
    barred = family(link("amina", "dad", 1, "father", barred=True))
    outcome = Thread("dad", of=barred, cases=[case()]).hears(means("present", says("amina"), urgent=True), text)
    assert (alerted(outcome), tasks(outcome.effects)) == ([("barred_contact_wrote", True)], [])


@pytest.mark.parametrize(
    "text", ["She is in school", "Is she there? I saw her go in", "She left at eight, is she there?"]
)
def test_what_a_barred_man_says_of_the_child_is_looked_into(text: str) -> None:
    barred = family(link("amina", "dad", 1, "father", barred=True))
    outcome = Thread("dad", of=barred, cases=[case()]).hears(means("present", says("amina"), urgent=True), text)
    assert alerted(outcome) == [("believed_in_school", True), ("barred_contact_wrote", True)]
    assert tasks(outcome.effects) == ["find_child"]


@pytest.mark.parametrize(("text", "opt_out"), [("Amina is fine, stop looking for us", None), ("STOP", "STOP")])
def test_a_barred_man_who_says_stop_has_written_all_the_same(text: str, opt_out: str | None) -> None:
    barred = family(link("amina", "dad", 1, "father", barred=True))
    outcome = Thread("dad", of=barred, cases=[case()]).hears(means("stop"), text, opt_out=opt_out)
    assert alerted(outcome) == [("barred_contact_wrote", True)]
    assert [one.state for one in of(outcome, AddressIs)] == [AddressState.STOPPED]


@pytest.mark.parametrize(("text", "more"), [("Stop", False), ("stop please", False), ("stop, I rang you at 8", True)])
def test_who_stops_us_and_says_more_is_read(text: str, more: bool) -> None:
    (alert,) = of(Thread("mum", cases=[case()]).hears(means("stop"), text), RaiseAlert)
    assert (alert.reason, "read it" in alert.because) == ("opted_out", more)


def test_danger_from_a_barred_man_is_danger_too() -> None:
    barred = family(link("amina", "dad", 1, "father", barred=True))
    outcome = Thread("dad", of=barred, cases=[case()]).hears(MISSING, "i dont know where amina is")
    assert alerted(outcome) == [("missing", True), ("barred_contact_wrote", True)]
    assert tasks(outcome.effects) == ["find_child"]
    assert template(outcome) is None


@pytest.mark.parametrize("understood", [MISSING, LEFT_AT_EIGHT])
def test_the_word_of_a_barred_man_stops_no_question_to_the_others(understood: Understanding) -> None:
    barred = family(link("amina", "dad", 1, "father", barred=True), link("amina", "mum", 2))
    assert events(Thread("dad", of=barred, cases=[case()]).hears(understood, "amina is in school")) == []


def test_who_may_have_done_the_harm_is_not_asked_at_once_on_the_word_of_a_doubtful_writer() -> None:
    words = means("absence", says("amina"), sender_doubt=True, safeguarding=True)
    outcome = Thread("mum", cases=[case()]).hears(words, "its amina, cant come in my arm hurts where dad grabbed me")
    assert alerted(outcome) == [("safeguarding", True), ("sender_doubt", False)]
    assert (events(outcome), template(outcome)) == ([], "absence.danger")


def test_danger_in_doubtful_words_is_told_and_the_next_contact_is_asked() -> None:
    outcome = Thread("mum", cases=[case()]).hears(replace(LEFT_AT_EIGHT, sender_doubt=True))
    assert alerted(outcome) == [("believed_in_school", True), ("sender_doubt", False)]
    assert events(outcome) == [("amina", "NotWithMe")]
    assert template(outcome) == "absence.danger"


def test_an_unlisted_number_learns_nothing_and_is_answered_once_an_hour() -> None:
    thread = Thread("+447700900999")
    first = thread.hears(means("absence", says("amina")), "Amina is ill")
    assert (alerted(first), template(first)) == ([("unlisted_number", False)], "unknown_sender")
    assert first.reply is not None
    assert first.reply.pupils == ()
    assert template(thread.hears(means("absence"), clock="09:50")) is None
    assert template(thread.hears(means("absence"), clock="10:21")) == "unknown_sender"


@pytest.mark.parametrize("understood", [MISSING, LEFT_AT_EIGHT, HARM])
def test_danger_from_an_unlisted_number_is_urgent(understood: Understanding) -> None:
    outcome = Thread("+447700900999").hears(understood)
    assert alerted(outcome) == [("unlisted_number", True)]
    assert of(outcome, RaiseAlert)[0].roles == ("safeguarding_lead",)


# -- STOP, START -----------------------------------------------------------------------------------------------------


def test_stop_switches_the_channel_and_not_the_safety_net() -> None:
    outcome = Thread("mum", cases=[case()]).hears(means("stop"))
    assert of(outcome, AddressIs) == [AddressIs("sms", "+447700900001", AddressState.STOPPED, "STOP")]
    assert (alerted(outcome), events(outcome), template(outcome)) == ([("opted_out", False)], [], None)
    assert of(outcome, RaiseAlert)[0].because == "Stopped texts; offer another channel."


def test_stop_in_answer_to_our_question_moves_the_chase_on() -> None:
    asked = Attempt("mum", "sms", "+447700900001", 1, at("09:15"), "left")
    outcome = Thread("mum", cases=[case(attempts=(asked,)), case("ben")]).hears(means("stop"))
    assert events(outcome) == [("amina", "ContactStopped")]


def test_start_opens_it_again() -> None:
    outcome = Thread("mum").hears(means("question"), "start", opt_out="START")
    assert of(outcome, AddressIs)[0].state is AddressState.LIVE
    assert (len(outcome.effects), template(outcome)) == (1, None)


def test_a_yes_that_the_provider_takes_for_start_is_still_a_yes() -> None:
    draft = Question("confirm", ("amina",), DAY, at("09:15"), drafts=(says("amina"),))
    outcome = Thread("mum", cases=[case()], conversation=Conversation(draft)).hears(means("confirm"), opt_out="START")
    assert of(outcome, AddressIs)[0].state is AddressState.LIVE
    assert events(outcome) == [("amina", "ReasonGiven")]


# -- wrong numbers ---------------------------------------------------------------------------------------------------


def test_a_wrong_number_is_closed_mended_and_the_next_contact_is_asked() -> None:
    outcome = Thread("mum", cases=[case()]).hears(means("wrong_number"))
    assert [(one.channel, one.state) for one in of(outcome, AddressIs)] == [("sms", AddressState.BAD)]
    assert (alerted(outcome), tasks(outcome.effects)) == ([("number_bad", False)], ["correct_number"])
    assert events(outcome) == [("amina", "NotWithMe")]
    assert template(outcome) is None


def test_a_wrong_number_asks_nobody_where_another_contact_has_said_why() -> None:
    answered = case(stage="answered", answered_by="mum", next_at=None)
    by_mum, by_dad = report("m", contact="mum"), report("d", contact="dad")
    outcome = Thread("mum", known=[by_mum, by_dad], cases=[answered]).hears(means("wrong_number"))
    assert events(outcome) == []
    assert [one.absence.contact for one in of(outcome, Withdraw)] == ["mum"]
    alone = Thread("mum", known=[by_mum], cases=[answered]).hears(means("wrong_number"))
    assert events(alone) == [("amina", "NotWithMe")]


def test_whoever_holds_a_wrong_number_settles_nothing_with_a_later_text() -> None:
    at_home = school(addresses={("sms", "+447700900001"): AddressState.BAD})
    outcome = Thread("mum", cases=[case()], of=at_home).hears(means("absence", says("amina")))
    assert of(outcome, Record) == []
    assert alerted(outcome) == [("sender_doubt", False)]
    assert events(outcome) == [("amina", "NotWithMe")]


def test_danger_is_heard_from_a_wrong_number_too() -> None:
    at_home = school(addresses={("sms", "+447700900001"): AddressState.BAD})
    outcome = Thread("mum", cases=[case()], of=at_home).hears(MISSING)
    assert ("missing", True) in alerted(outcome)
    assert events(outcome) == [("amina", "NotWithMe")]
    assert template(outcome) == "absence.danger"


def test_a_strangers_number_is_wrong_on_whatsapp_too() -> None:
    both = family(link("amina", "mum", 1), contacts=[contact("mum", 1, whatsapp=True, email="mum@home.example")])
    outcome = Thread("mum", of=both).hears(means("wrong_number"))
    assert [one.channel for one in of(outcome, AddressIs)] == ["sms", "whatsapp"]


def test_what_a_stranger_reported_this_morning_is_taken_back() -> None:
    stranger = report("s")
    mine = [stranger, report("old", first=date(2026, 10, 5)), report("dad's", contact="dad")]
    mine[1] = replace(mine[1], recorded_at=at("08:00", date(2026, 10, 5)))
    outcome = Thread("mum", cases=[case(stage="answered")], known=mine).hears(means("wrong_number"))
    assert [one.absence.id for one in of(outcome, Withdraw)] == ["s"]
    kinds = [type(effect) for effect in outcome.effects]
    assert kinds.index(Withdraw) < kinds.index(CaseEvent)
