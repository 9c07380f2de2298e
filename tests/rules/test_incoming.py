"""Marks from outside: each wrong one is refused with its reason, and the others are taken."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.calendar import Session
from attendance.incoming import refused_alert, sort_marks
from tests.support.builders import AM, AMINA, PM, pupil, school

BEN = pupil("ben")
HERE = school(pupils=[AMINA, BEN])


def test_what_is_right_is_taken_as_the_register_spells_it() -> None:
    assert sort_marks({"amina": "n", "ben": "\\"}, AM, HERE) == ({"amina": "N", "ben": "/"}, ())
    assert sort_marks({"amina": " i ", "ben": "/"}, PM, HERE) == ({"amina": "I", "ben": "\\"}, ())
    assert sort_marks({"amina": "-", "ben": ""}, AM, HERE) == ({"amina": "-", "ben": ""}, ())


@pytest.mark.parametrize(
    ("marks", "session", "code", "why"),
    [
        ({"zoe": "/", "ben": "N"}, AM, "/", "nobody on roll has this id"),
        ({"amina": "H", "ben": "N"}, AM, "H", "is a code of england-2006, not of england-2024; use `C`"),
        ({"amina": "J", "ben": "N"}, AM, "J", "use `J1`"),
        ({"amina": "QQ", "ben": "N"}, AM, "QQ", "is not a code of england-2024"),
    ],
)
def test_one_is_refused_and_the_other_taken(marks: dict[str, str], session: Session, code: str, why: str) -> None:
    taken, refused = sort_marks(marks, session, HERE)
    assert taken == {"ben": "N"}
    assert [one.code for one in refused] == [code]
    assert why in refused[0].why


def test_every_mark_of_a_closed_day_is_refused() -> None:
    taken, refused = sort_marks({"amina": "N", "ben": "/"}, Session(date(2026, 11, 14), "am"), HERE)
    assert taken == {}
    assert ["Saturday 14 November 2026 is no school day" in one.why for one in refused] == [True, True]
    assert sort_marks({"amina": "#", "ben": "-"}, Session(date(2026, 11, 14), "am"), HERE) == ({}, ())


def test_an_old_session_has_the_old_codes() -> None:
    """Before 19 August 2024 an interview was J; the calendar of that year is another matter."""
    old = Session(date(2024, 7, 1), "am")
    _, refused = sort_marks({"amina": "J"}, old, HERE)
    assert ["is no school day" in one.why for one in refused] == [True]


def test_staff_hear_of_them_and_of_children_on_roll_only() -> None:
    _, refused = sort_marks({"zoe": "/", "amina": "H", "ben": "N"}, AM, HERE)
    alert = refused_alert(refused, "refused/1")
    assert (alert.reason, alert.pupils, alert.roles) == ("register_missing", ("amina",), ("attendance_officer",))
    assert "2 marks of 10 November am were refused" in alert.because
    assert "zoe" not in alert.because
