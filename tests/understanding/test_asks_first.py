"""Whoever asks whether a child may come has reported nothing; nor has whoever asks something else after a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, read, written

SENT = "2026-11-17T08:05"
HELD = (Report(("c1",), "I", date(2026, 11, 17), None, "day"),)


def after_a_report(text: str) -> Understanding:
    return understand(replace(written(text, SENT, "Tom:8"), known=HELD), CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "both kids got nits the school sent them home friday do they need to stay off",
        "Tom has a runny nose and slight cough is it ok to send him",
        "Tom has a rash should i keep him off",
        "Tom has ringworm does he have to stay off school",
        "threadworms in our house, do i need to keep them off",
        "hi tom has a verruca is he ok to come in",
        "Tom was sick once last night but is fine now do i send him in",
    ],
)
def test_a_question_of_coming_reports_nothing(text: str) -> None:
    told = read(text, SENT, "Tom:8 Ella:6")
    assert (told.intent, told.reports, told.urgent) == ("question", (), False)


@pytest.mark.parametrize(
    "text",
    [
        "Tom has been sick so keeping him off today, can he come in tomorrow",
        "Tom has a temperature so he's not in today, do you need a note?",
        "can't bring Tom in, he's been sick",
        "Tom has norovirus. how many days does he have to be off",
        "Tom's got chicken pox how many more days must he stay off",
        "Tom has nits so is off today, is it ok to send Ella",
    ],
)
def test_a_report_with_a_question_is_the_report(text: str) -> None:
    told = read(text, SENT, "Tom:8 Ella:6")
    assert told.intent == "absence"
    assert "c1" in {child for report in told.reports for child in report.children}


@pytest.mark.parametrize(
    "text",
    [
        "does he still have to do 48 hours",
        "is the maths test still tomorrow and can he do it another day",
        "ok so do i send him or not",
        "Will he get his work sent home tomorrow",
    ],
)
def test_a_question_after_a_report_moves_no_day(text: str) -> None:
    assert after_a_report(text).intent == "question"


@pytest.mark.parametrize(
    "text", ["is it ok if he comes back thursday", "he'll be back thursday", "can you tell Mr Jones hes back wednesday"]
)
def test_a_day_of_return_is_still_one(text: str) -> None:
    told = after_a_report(text)
    assert (told.intent, len([one for one in told.reports if one.return_day])) == ("return", 1)


@pytest.mark.parametrize("text", ["will see how he goes for tomorrow", "did my mum let you know about Tom"])
def test_what_stands_is_read_back_to_whoever_wants_to_know(text: str) -> None:
    told = after_a_report(text)
    assert (told.intent, told.ask) == ("return", ())


def test_anger_at_being_asked_twice_believes_nobody_in_school() -> None:
    told = read("why do we have to do it twice", "2026-11-17T09:19", "Tom:8", asked="absence")
    assert (told.intent, told.urgent) == ("question", False)
    assert read("why have you marked him absent, he is in school", "2026-11-17T09:19", "Tom:8", asked="absence").urgent


@pytest.mark.parametrize(
    "text", ["forgot to say he wont be able to do pe this week either", "he can't do games this week"]
)
def test_sport_that_is_missed_is_no_school_that_is_missed(text: str) -> None:
    assert after_a_report(text).intent == "question"


@pytest.mark.parametrize(
    "text", ["oh sorry wrong school that was for his cousin ignore me", "sorry ignore my last message"]
)
def test_what_was_meant_for_somebody_else_is_taken_back(text: str) -> None:
    assert after_a_report(text).intent == "cancel"


@pytest.mark.parametrize(
    ("text", "whose"), [("and his sister", "c2"), ("and Ella", "c2"), ("his sister has got it now too", "c2")]
)
def test_the_sister_of_the_child_just_reported(text: str, whose: str) -> None:
    message = replace(written(text, SENT, "Tom:8 Ella:6"), known=HELD)
    told = understand(message, CALENDAR)
    assert told.intent == "absence"
    assert [(one.children, one.code) for one in told.reports] == [((whose,), "I")]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Tom stays put, bad belly. Can Ella bring her egg home??", "absence"),
        ("Son is poorly. Daughter will be in", "absence"),
        ("Tom has a cold. Can I send him in?", "question"),
    ],
)
def test_a_question_or_a_word_of_the_other_child_takes_no_report_away(text: str, intent: str) -> None:
    assert read(text, SENT, "Tom:8 Ella:6").intent == intent


def test_a_day_without_its_subject_is_no_question() -> None:
    assert read("Should be right for the end of the week", SENT, asked="return").intent == "return"


@pytest.mark.parametrize("asked", [None, "return"])
@pytest.mark.parametrize(
    "text",
    [
        "also their dad will pick Ella up today not me",
        "his nan will collect his sister today",
        "can he come in for the exam this afternoon",
    ],
)
def test_who_fetches_the_other_and_what_he_may_come_in_for_change_no_report(text: str, asked: str | None) -> None:
    told = understand(replace(written(text, SENT, "Tom:8 Ella:6", asked), known=HELD), CALENDAR)
    assert (told.intent, told.reports) == ("question", ())


def test_what_a_child_may_come_in_for_is_no_reason_to_be_away() -> None:
    assert after_a_report("is it ok if he just comes in for his mock at 1.30").intent == "question"


@pytest.mark.parametrize(
    "text", ["he's better, can he come in for lunch", "picking him up from the doctors, he'll be in at 11"]
)
def test_who_is_better_comes_in(text: str) -> None:
    assert after_a_report(text).intent in ("return", "absence", "late")


def test_of_two_who_are_late_one_is_no_illness() -> None:
    late = tuple(Report((child,), "L", date(2026, 11, 17), None, "am") for child in ("c1", "c2"))
    message = written("only Tom now, Ella got the earlier bus", "2026-11-17T08:50", "Tom:8 Ella:6")
    assert understand(replace(message, known=late), CALENDAR).intent == "late"
    message = written("Tom has been sick so not coming now", "2026-11-17T08:50", "Tom:8 Ella:6")
    told = understand(replace(message, known=late), CALENDAR)
    assert [(one.children, one.code) for one in told.reports] == [(("c1",), "I")]


@pytest.mark.parametrize(
    "text",
    [
        "Tom has pink eye, is it ok to send him in? keeping him home till you say",
        "Tom has ringworm. Can he come in or not? I have kept him off to be safe",
        "Tom has a stye. I'd send him but it is weeping and you would only send him home",
    ],
)
def test_who_is_kept_at_home_meanwhile_is_away(text: str) -> None:
    told = read(text, "2026-11-10T08:05", "Tom:8")
    assert (told.intent, [one.code for one in told.reports]) == ("absence", ["I"])


@pytest.mark.parametrize(
    "text",
    [
        "Tom has chickenpox. does Ella need to stay off?",
        "Tom has been sick. Does Ella need to stay off too?",
        "Tom is ill. Can Ella come in?",
        "Tom has a temperature so is staying home. Is Ella ok to come in?",
        "Does Ella need to isolate? Tom has covid",
    ],
)
def test_asked_of_the_one_the_other_is_reported(text: str) -> None:
    told = read(text, children="Tom:3 Ella:6")
    assert [(one.children, one.code) for one in told.reports] == [(("c1",), "I")]


@pytest.mark.parametrize(
    "text",
    [
        "Tom had chickenpox last week, can Ella still come in?",
        "Tom has a cold. Ella has a cough, should she come in?",
        "Tom has chickenpox, do I need to keep both off?",
        "Tom has chickenpox, should I keep him and Ella off?",
        "My niece has chickenpox, can Ella come in?",
        "Tom has nits, does he need to stay off?",
    ],
)
def test_asked_of_the_ill_one_itself_nothing_is_reported(text: str) -> None:
    told = read(text, children="Tom:3 Ella:6")
    assert (told.intent, told.reports) == ("question", ())
