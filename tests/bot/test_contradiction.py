"""Two contacts who cannot both be right about today, where no case knows of it yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from attendance.absences import Absence
from attendance.case import Case
from bot.outcome import Record
from bot.understanding import Understanding
from tests.support.builders import DAY, at, link, report
from tests.support.messages import Thread, alerted, case, events, family, means, of, says, tasks, template

MONDAY = date(2026, 11, 9)
"""The day before the day of these tests."""
ILL = means("absence", says("amina"))
HOLIDAY = means("absence", says("amina", code="G", return_day=date(2026, 11, 17)))


def from_mum(code: str = "I", **more: object) -> Absence:
    return report("m", code=code, contact="mum", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("stage", ["answered", "settled"])
def test_a_case_that_is_contradicted_is_never_answered_with_a_receipt(stage: str) -> None:
    answered = case(stage=stage, outcome="answered_ill", code="I", answered_by="mum")
    assert template(Thread("dad", cases=[answered]).hears(HOLIDAY)) == "absence.danger"
    assert template(Thread("dad", cases=[answered]).hears(ILL)) == "absence.recorded"


def test_ill_from_one_and_a_holiday_from_the_other_before_any_case_is_an_alarm() -> None:
    outcome = Thread("dad", known=[from_mum()]).hears(HOLIDAY)
    assert alerted(outcome) == [("contradicted", True)]
    assert tasks(outcome.effects) == ["ring"]
    assert template(outcome) == "absence.danger"


@pytest.mark.parametrize(
    ("cases", "heard"),
    [
        ((), ([("contradicted", True)], [])),
        (
            (case(stage="answered", answered_by="mum", code="I", outcome="answered_ill"),),
            ([], [("amina", "ReasonGiven")]),
        ),
    ],
)
def test_a_parent_who_objects_to_what_the_other_does_today_is_heard_at_once(
    cases: tuple[Case, ...], heard: tuple[list[tuple[str, bool]], list[tuple[str, str]]]
) -> None:
    """ "I never agreed" is for a person; of a child whom the other parent reported ill today it is an alarm."""
    words = "Her mum has taken Amina on holiday and I never agreed to it"
    outcome = Thread("dad", known=[from_mum()], cases=cases).hears(HOLIDAY, words)
    assert of(outcome, Record) == []
    assert template(outcome) == "absence.danger"
    assert (alerted(outcome), events(outcome)) == heard
    plain = Thread("dad").hears(HOLIDAY, words)
    assert (alerted(plain), template(plain)) == ([("message_to_read", False)], "absence.handed_to_staff")


def test_a_report_that_covers_today_since_monday_is_contradicted_too() -> None:
    since = from_mum(first=MONDAY, return_day=date(2026, 11, 12))
    assert alerted(Thread("dad", known=[since]).hears(HOLIDAY)) == [("contradicted", True)]


@pytest.mark.parametrize(
    "known",
    [
        from_mum("I"),
        from_mum("M"),
        from_mum("G", first=MONDAY),
        report("d", code="G", contact="dad"),
        report("m", code="G", contact="mum", state="cancelled"),
        report("m", code="G", contact=None),
    ],
    ids=["the same", "ill and doctor", "over since yesterday", "his own", "taken back", "entered by staff"],
)
def test_what_contradicts_nothing_is_only_recorded(known: Absence) -> None:
    outcome = Thread("dad", known=[known]).hears(ILL)
    assert alerted(outcome) == []
    assert template(outcome) in ("absence.recorded", "absence.corrected")


def test_on_the_way_against_ill_is_an_alarm_unless_the_illness_is_of_another_day() -> None:
    late = means("late", says("amina", code=None))
    today = from_mum()
    said = at("08:05", MONDAY)
    monday = replace(from_mum(first=MONDAY, return_day=date(2026, 11, 12)), recorded_at=said)
    assert alerted(Thread("dad", known=[today]).hears(late)) == [("contradicted", True)]
    assert alerted(Thread("dad", known=[monday]).hears(late)) == []


BIRTHDAY = means("absence", says("amina", code="O"))


@pytest.mark.parametrize(
    ("known", "meant", "words", "alert"),
    [
        (from_mum(), BIRTHDAY, "Amina is having a day off with me for her birthday", "discrepancy"),
        (from_mum("O"), ILL, "Amina is ill at home with me", "discrepancy"),
        (from_mum("O"), ILL, "Amina is ill", "contradicted"),
        (from_mum(), BIRTHDAY, "Amina is at her cousin's birthday today", "contradicted"),
        (from_mum("L", half="am"), BIRTHDAY, "Amina is with me today, her birthday", "discrepancy"),
        (from_mum("L", half="am"), BIRTHDAY, "Amina is off today, her birthday", "contradicted"),
        (from_mum("L", half="am"), ILL, "Amina is at home with me, ill", "contradicted"),
    ],
)
def test_who_only_gives_another_reason_is_a_matter_for_the_office(
    known: Absence, meant: Understanding, words: str, alert: str
) -> None:
    outcome = Thread("dad", known=[known]).hears(meant, words)
    assert (alert, alert == "contradicted") in alerted(outcome)
    assert (template(outcome) == "absence.danger") is (alert == "contradicted")


def test_a_grandmother_who_has_the_child_is_believed_and_not_asked_why() -> None:
    expected = case(stage="answered", outcome="late_on_the_way", answered_by="mum", next_at=at("10:00"))
    stays = means("absence", says("amina", code="N"), ask=("reason",))
    minds = family(link("amina", "mum", 1, household="a"), link("amina", "nan", 2, "grandmother"))
    outcome = Thread("nan", cases=[expected], of=minds).hears(stays, "She's staying with me today")
    assert events(outcome) == [("amina", "SafeWithoutReason")]
    assert template(outcome) == "absence.handed_to_staff"


DENTIST = means("absence", says("amina", code="M", return_day=DAY, session="am", arrives=time(10)))


def test_ill_in_the_one_home_and_in_at_ten_by_the_other_is_for_the_office_to_see() -> None:
    outcome = Thread("dad", known=[from_mum()]).hears(DENTIST, "Amina in at 10 after dentist")
    assert alerted(outcome) == [("discrepancy", False)]
    assert template(outcome) == "absence.recorded"


def test_in_at_ten_after_the_dentist_is_no_return_of_the_child_that_the_other_reported_ill() -> None:
    back = means("return", says("amina", code=None, first=None, return_day=DAY, arrives=time(10)))
    ill = case(stage="answered", outcome="answered_ill", code="I", answered_by="mum")
    outcome = Thread("dad", known=[from_mum()], cases=[ill]).hears(back, "in at 10 after dentist")
    assert [one.absence.code for one in of(outcome, Record)] == ["M"]
    assert alerted(outcome) == [("discrepancy", False)]
    again = Thread("dad", known=[from_mum()], cases=[ill]).hears(back, "she's better, in at 10")
    assert "discrepancy" not in [reason for reason, _ in alerted(again)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Amina's stopping at mine today love", "SafeWithoutReason"),
        ("keeping her at home today", "SafeWithoutReason"),
        ("she's at mine, dropping her in shortly", "OnTheWay"),
        ("she'll be late, stopping at home for her bag", "OnTheWay"),
    ],
)
def test_who_keeps_the_child_does_not_bring_it(text: str, meant: str) -> None:
    expected = case(stage="answered", outcome="late_on_the_way", answered_by="mum", next_at=at("10:00"))
    outcome = Thread("dad", cases=[expected]).hears(means("late", says("amina", code=None)), text)
    assert events(outcome) == [("amina", meant)]


LEAVING = means("late", says("amina", code=None, first=None))


@pytest.mark.parametrize(
    ("words", "home", "found"),
    [
        ("gran got mixed up, Amina IS coming in, were just leaving now", "a", [("discrepancy", False)]),
        ("ignore my mum, I'm bringing Amina in now", "a", [("discrepancy", False)]),
        ("Amina is on her way", "a", [("contradicted", True)]),
        ("were just leaving now", "b", [("contradicted", True)]),
        ("are we leaving now?", "a", [("contradicted", True)]),
    ],
)
def test_who_brings_the_child_from_the_home_where_it_was_ill_frightens_nobody(
    words: str, home: str, found: list[tuple[str, bool]]
) -> None:
    people = [link("amina", "mum", 1, household="a"), link("amina", "dad", 2, "father", household=home)]
    outcome = Thread("dad", of=family(*people), known=[from_mum()]).hears(LEAVING, words)
    assert alerted(outcome) == found
    assert template(outcome) == ("absence.danger" if found == [("contradicted", True)] else "late.recorded")
