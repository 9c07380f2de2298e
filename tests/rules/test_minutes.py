"""Minutes from register close, from the lines of a morning: per child and per day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from attendance.calendar import Session
from attendance.minutes import ChildMinutes, Spread, minutes_of_day

DAY = date(2026, 11, 17)
AM, PM = Session(DAY, "am"), Session(DAY, "pm")
CLOSES = datetime.combine(DAY, time(9, 15), UTC)


@dataclass(frozen=True)
class Line:
    at: datetime
    kind: str
    data: dict[str, Any]
    pupils: tuple[str, ...] = field(default=())


def at(clock: str, kind: str, *pupils: str, **data: Any) -> Line:
    return Line(datetime.combine(DAY, time.fromisoformat(clock), UTC), kind, data, pupils)


def case(clock: str, pupil: str, state: str, session: str = "am", outcome: str | None = None) -> Line:
    return at(clock, "case", pupil, pupil=pupil, day=str(DAY), session=session, state=state, outcome=outcome)


def ask(clock: str, *pupils: str, template: str = "absence.ask") -> Line:
    return at(clock, "sent", *pupils, template=template)


def measured(*lines: Line) -> list[ChildMinutes]:
    closes = {("mo", AM): CLOSES, ("ella", AM): CLOSES, ("mo", PM): CLOSES.replace(hour=13, minute=40)}
    return list(minutes_of_day(DAY, lines, closes).children)


def test_asked_at_once_and_answered_after_seven_minutes() -> None:
    [mo] = measured(
        case("09:15", "mo", "asked"),
        ask("09:15:30", "mo"),
        ask("09:45", "mo"),
        case("09:52", "mo", "answered", outcome="answered_ill"),
        case("10:30", "mo", "settled", outcome="answered_ill"),
    )
    assert mo == ChildMinutes("mo", AM, CLOSES, to_case=0, to_attempt=0.5, to_answer=37)


def test_handed_over_at_noon_and_acknowledged() -> None:
    [mo] = measured(
        case("09:15", "mo", "asked"),
        ask("09:16", "mo"),
        at("09:20", "alert", "mo", reason="number_bad", session=None),
        at("09:25", "acknowledged", "mo", reason="number_bad", session=None),
        case("12:00", "mo", "handed_over", outcome="not_reached"),
        at("12:00", "alert", "mo", reason="not_reached", session="am"),
        at("12:15", "alert", "mo", reason="not_reached", session="am"),
        at("12:20", "acknowledged", "mo", reason="not_reached", session="am"),
        case("13:00", "mo", "settled", outcome="not_reached"),
    )
    assert (mo.to_attempt, mo.to_answer, mo.to_person, mo.to_acknowledged) == (1, None, 165, 185)


def test_marks_that_came_late_are_told_apart() -> None:
    [mo] = measured(case("10:15", "mo", "asked"), ask("10:16", "mo"))
    assert (mo.to_case, mo.to_attempt) == (60, 61)


def test_a_word_before_the_close_or_after_the_answer_is_no_attempt() -> None:
    [mo] = measured(
        ask("08:50", "mo"),
        case("09:15", "mo", "answered", outcome="late_on_the_way"),
        ask("09:30", "mo"),
        ask("09:31", "mo", template="absence.all_clear"),
    )
    assert (mo.to_attempt, mo.to_answer) == (None, 0)


def test_brother_and_sister_in_one_text_and_morning_apart_from_afternoon() -> None:
    found = measured(
        case("09:15", "mo", "asked"),
        case("09:15", "ella", "asked"),
        ask("09:17", "mo", "ella", template="absence.ask_siblings"),
        case("09:20", "mo", "settled", outcome="arrived_late"),
        case("13:40", "mo", "asked", session="pm"),
        at("13:40", "alert", "mo", reason="afternoon_absence", session="pm"),
        ask("13:42", "mo"),
    )
    assert [(one.pupil, one.session.half, one.to_attempt, one.to_answer, one.to_person) for one in found] == [
        ("ella", "am", 2, None, None),
        ("mo", "am", 2, 5, None),
        ("mo", "pm", 2, None, 0),
    ]


def test_the_day_in_one_line() -> None:
    lines = [case("09:15", pupil, "asked") for pupil in ("a", "b", "c", "d")]
    lines += [ask("09:16", "a"), ask("09:18", "b"), ask("09:35", "c"), case("09:45", "a", "answered")]
    closes = {(pupil, AM): CLOSES for pupil in "abcd"}
    day = minutes_of_day(DAY, lines, closes)
    assert day.to_attempt == Spread(3, 4, 3, 20)
    assert day.to_answer == Spread(1, 4, 30, 30)
    assert day.to_person == day.to_acknowledged == Spread(0, 4, None, None)
    assert minutes_of_day(DAY, [], {}).to_attempt == Spread(0, 0, None, None)


def test_a_case_of_another_day_is_left_out() -> None:
    earlier = at("09:15", "case", "mo", pupil="mo", day="2026-11-16", session="am", state="settled")
    assert measured(earlier) == []
