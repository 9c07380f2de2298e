"""When a register closes: who is chased, who is not, and what staff must look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from attendance.absences import Absence
from attendance.calendar import Session
from attendance.calling import new_case
from attendance.case import Attempt
from attendance.closing import (
    Cleaned,
    back_on,
    clean,
    counted,
    held_alert,
    missing_register_alerts,
    must_hold,
    release_of,
    unaccounted_alert,
)
from attendance.register import Entry
from tests.support.builders import AM, AMINA, PM, STAFF, at, pupil, report, school, staff

GROUP = ["7M"]


def closed(
    mark: str | None, *reports: Absence, session: Session = AM, ours: str | None = None, provisional: bool = True
) -> str:
    """What becomes of Amina at the close, in one word."""
    entry = Entry("amina", session, mis=mark, ours=ours, provisional=provisional)
    entries: Mapping[str, Entry] = {} if mark is None and ours is None else {"amina": entry}
    found = clean(GROUP, session, entries, reports, {"7M"}, school())
    words = [
        word
        for word, names in (
            ("chased", found.chase),
            ("reported", found.reported),
            ("late", found.late),
            ("disagrees", found.disagree),
        )
        if names
    ]
    return "+".join(words) or "left alone"


@pytest.mark.parametrize("mark", ["N", "-", "", None])
def test_a_blank_or_a_dash_in_a_marked_class_counts_as_n(mark: str | None) -> None:
    assert closed(mark) == "chased"


@pytest.mark.parametrize("mark", ["D", "X", "C2", "V", "I", "M", "E", "Y1", "#", "/", "\\", "L", "U", "O"])
def test_who_is_here_or_known_to_be_elsewhere_is_not_chased(mark: str) -> None:
    assert closed(mark) == "left alone"


@pytest.mark.parametrize(
    ("what", "reports", "becomes"),
    [
        ("ill today", [report("a")], "reported"),
        ("ill yesterday, back today", [report("a", first=date(2026, 11, 9), return_day=AM.day)], "chased"),
        (
            "ill yesterday, back tomorrow",
            [report("a", first=date(2026, 11, 9), return_day=date(2026, 11, 11))],
            "reported",
        ),
        ("ill yesterday, no return day", [report("a", first=date(2026, 11, 9))], "chased"),
        ("dentist this afternoon only", [report("a", code="M", half="pm")], "chased"),
        ("rejected", [report("a", state="rejected")], "chased"),
        ("rather not say", [report("a", code="N")], "reported"),
        ("on the way", [report("a", code="L", half="am")], "late"),
        ("ill, then on the way", [report("a"), report("b", code="L", half="am", sent="08:40")], "late"),
        (
            "father: on the way, after mother: ill",
            [report("a"), report("b", code="L", sent="08:40", contact="dad")],
            "late",
        ),
        ("on the way, then ill", [report("a", sent="08:40"), report("b", code="L", half="am")], "reported"),
        ("another child's report", [report("a", child="ben")], "chased"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_n_and_what_the_family_said(what: str, reports: list[Absence], becomes: str) -> None:
    assert closed("N", *reports) == becomes


def test_a_provisional_code_does_not_hide_that_the_family_now_says_on_the_way() -> None:
    later = report("b", code="L", half="am", sent="08:40")
    assert closed("N", report("a"), later, ours="I") == "late"
    assert closed("N", report("a"), later, ours="I", provisional=False) == "left alone"


def test_a_morning_that_was_answered_for_the_morning_only_is_chased_after_lunch() -> None:
    dentist = report("a", code="M", half="am", arrives=time(11, 0))
    assert closed("N", dentist) == "reported"
    assert closed("N", dentist, session=PM) == "chased"


def test_late_until_the_afternoon_is_late_for_the_afternoon_too() -> None:
    assert closed("N", report("a", code="L", half="am", arrives=time(14, 0)), session=PM) == "late"
    assert closed("N", report("a", code="L", half="am", arrives=time(10, 0)), session=PM) == "chased"
    assert closed("N", report("a", code="L", half="am"), session=PM) == "chased"


def test_a_reported_child_who_is_marked_present_disagrees() -> None:
    assert closed("/", report("a"), ours="I") == "disagrees"


def test_a_child_marked_present_whose_report_came_afterwards_disagrees_too() -> None:
    assert closed("/", report("a")) == "disagrees"
    assert closed("/", report("a", half="pm")) == "left alone"
    assert closed("/", report("a", code="N")) == "left alone"
    assert closed("/", report("a", code="L", half="am")) == "left alone"


def test_a_class_that_nobody_marked_is_chased_itself_and_its_families_are_not() -> None:
    found = clean(GROUP, AM, {"amina": Entry("amina", AM, mis="N")}, (), set(), school())
    assert found == Cleaned(unmarked=("7M",))


def test_a_class_that_is_named_twice_chases_each_child_once() -> None:
    assert clean(["7M", "7M"], AM, {}, (), {"7M"}, school()).chase == (AMINA,)


def test_a_child_without_an_afternoon_register_is_not_missed_in_the_afternoon() -> None:
    windows = [
        {"session": "am", "opens": "08:45", "closes": "09:15"},
        {"session": "pm", "years": [7], "opens": "13:10", "closes": "13:40"},
    ]
    leaver = pupil("ben", year=13)
    mixed = school(pupils=[AMINA, leaver], register=windows)
    assert clean(GROUP, AM, {}, (), {"7M"}, mixed).chase == (AMINA, leaver)
    assert clean(GROUP, PM, {}, (), {"7M"}, mixed).chase == (AMINA,)


# -- the brake -------------------------------------------------------------------------------------------------------

SOCIAL = pupil("sam", tags=frozenset({"social_worker"}))
SIX = [AMINA, SOCIAL, *(pupil(f"p{number}") for number in range(4))]


def braked(**more: Any) -> Any:
    return school(pupils=SIX, brake={"usual": 2, "more_than": 5}, **more)


def test_far_more_than_usual_is_held_but_never_a_child_in_a_risk_tier() -> None:
    held = must_hold(SIX, 0, braked())
    assert [child.id for child in held] == ["amina", "p0", "p1", "p2", "p3"]


@pytest.mark.parametrize(("new", "already", "held"), [(5, 0, 0), (6, 0, 5), (1, 5, 1), (1, 4, 0)])
def test_the_closes_of_one_session_are_counted_together(new: int, already: int, held: int) -> None:
    assert len(must_hold(SIX[:new], already, braked())) == held


def test_what_a_person_let_go_is_not_counted_against_the_next_class() -> None:
    let_go = new_case(SIX[0], AM, at("09:15"), "N", braked())
    let_go = let_go.saw(release_of(let_go, at("09:20")))
    waits = new_case(SIX[1], AM, at("09:15"), "N", braked())
    assert counted([let_go, waits], AM) == 1
    assert counted([waits], PM) == 0


def test_a_mark_put_right_before_anybody_was_told_is_not_counted() -> None:
    case = new_case(SIX[0], AM, at("09:00"), "N", braked())
    right = replace(case, stage="settled", outcome="present_after_all")
    told = replace(right, attempts=(Attempt("mum", "sms", "+447700900001", 1, at("09:00"), "left"),))
    assert counted([right], AM) == 0
    assert counted([told], AM) == 1


def test_a_hold_says_how_many_came_and_how_many_of_them_wait() -> None:
    assert held_alert(AM, SIX[2:], braked()).because.startswith("Usually 2 N marks, now 4: no family is written to")
    part = held_alert(AM, SIX[2:], braked(), 6).because
    assert part.startswith("Usually 2 N marks, now 6 (4 held): none of their families is written to")


def test_a_hold_is_itself_on_the_ladder() -> None:
    alert = held_alert(AM, SIX[2:], braked())
    assert (alert.reason, alert.urgent, alert.climbs) == ("mass_send_held", True, True)
    assert alert.pupils == ("p0", "p1", "p2", "p3")


# -- registers that are not in ---------------------------------------------------------------------------------------


def test_a_missing_register_goes_to_the_classs_own_teacher_and_the_office() -> None:
    team = [staff("gray", "tutor", group="8B"), staff("lane", "teacher", group="7M"), *STAFF]
    alerts = missing_register_alerts("7M", AM, school(team=team))
    assert [one.roles for one in alerts] == [("attendance_officer",), ("teacher",)]
    assert not any(one.climbs for one in alerts), "from the deadline on the children are unaccounted for"
    assert [one.roles for one in missing_register_alerts("7M", AM, school())] == [("attendance_officer",)]


def test_at_the_register_deadline_its_children_are_unaccounted_for() -> None:
    alert = unaccounted_alert("7M", AM, [AMINA])
    assert (alert.reason, alert.urgent, alert.climbs, alert.pupils) == ("unaccounted", True, True, ("amina",))
    assert at("09:15") < at("09:30")


def waited_for(ours: str | None, mark: str | None, provisional: bool = True, **said: Any) -> bool:
    dentist = report("a", **{"code": "M", "half": "am", "arrives": time(10, 30), **said})
    entry = Entry("amina", AM, mis=mark, ours=ours, provisional=provisional)
    return bool(clean(GROUP, AM, {"amina": entry}, [dentist], {"7M"}, school()).expected)


def test_a_time_of_arrival_is_waited_for_whatever_the_reason() -> None:
    assert waited_for("M", "N")
    assert waited_for(None, None)
    assert waited_for("I", "N", code="I")


def test_nobody_waits_for_who_is_here_or_whom_a_person_has_decided_or_who_said_no_time() -> None:
    assert not waited_for("M", "L")
    assert not waited_for("M", "N", provisional=False)
    assert not waited_for("M", "N", arrives=None)
    assert not waited_for("N", "N", code="N")
    assert not waited_for("M", "N", return_day=date(2026, 11, 12))


WEDNESDAY = date(2026, 11, 11)


def marked(day: date, am: str, pm: str, since: str = "08:57") -> list[Entry]:
    since_then = at(since, day)
    morning = Entry("amina", Session(day, "am"), mis=am, mis_at=since_then)
    return [morning, Entry("amina", Session(day, "pm"), mis=pm, mis_at=since_then)]


def test_who_was_here_for_a_whole_day_of_the_report_is_back() -> None:
    flu = report("a", return_day=date(2026, 11, 13))
    assert back_on(flu, [*marked(AM.day, "N", "N"), *marked(WEDNESDAY, "/", "\\")]) == WEDNESDAY
    assert back_on(flu, marked(AM.day, "L", "\\")) == AM.day


def test_half_a_day_or_a_mark_from_before_the_report_is_no_return() -> None:
    flu = report("a", return_day=date(2026, 11, 13))
    assert back_on(flu, marked(WEDNESDAY, "/", "N")) is None
    assert back_on(flu, marked(date(2026, 11, 13), "/", "\\")) is None
    assert back_on(report("b", sent="15:00", return_day=date(2026, 11, 13)), marked(AM.day, "/", "\\")) is None
