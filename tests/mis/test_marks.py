"""The marks import: one row for each session, or one for each day, and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.codes import code_set
from mis.csv_marks import MarkRow, read_marks
from mis.faults import ImportRefused

CODES = code_set("england-2024")
DAY = date(2027, 2, 3)


def marks(text: str, known: Collection[str] | None = None) -> list[tuple[str, date, str, str]]:
    found = read_marks(text.encode(), CODES, known_pupils=known)
    return [(row.pupil_id, row.day, row.half, row.code) for row in found.rows]


def test_a_row_for_each_session() -> None:
    text = (
        "UPN,Name,Reg,Date,Session,Mark,Minutes late,Comment\n"
        "p1,Mo Hussain,4K,03/02/2027,AM,L,12,bus broke down\n"
        "p2,Ella Reed,4K,2027-02-03,pm,N,,\n"
    )
    found = read_marks(text.encode(), CODES)
    assert found.rows == (
        MarkRow("p1", DAY, "am", "L", 12, "bus broke down", 2),
        MarkRow("p2", DAY, "pm", "N", None, "", 3),
    )
    assert found.warnings == ("columns that were not read: Name, Reg",)


def test_a_row_for_each_day_with_a_column_for_each_half() -> None:
    assert marks("pupil_id,date,AM,PM\np1,03/02/2027,N,\\\np2,03/02/2027,/,\n") == [
        ("p1", DAY, "am", "N"),
        ("p1", DAY, "pm", "\\"),
        ("p2", DAY, "am", "/"),
        ("p2", DAY, "pm", "-"),
    ]


@pytest.mark.parametrize(
    ("cell", "half", "code"),
    [
        ("n", "AM", "N"),
        ("i", "PM", "I"),
        ("/", "PM", "\\"),
        ("\\", "AM", "/"),
        ("-", "AM", "-"),
        ("", "AM", "-"),
        ("–", "AM", "-"),
        ("C1", "AM", "C1"),
        ("#", "AM", "#"),
    ],
)
def test_marks_as_registers_write_them(cell: str, half: str, code: str) -> None:
    assert marks(f"id,date,session,mark\np1,03/02/2027,{half},{cell}\n")[0][3] == code


@pytest.mark.parametrize(
    "cell",
    [
        *("03/02/2027", "3/2/2027", "3/2/27", "2027-02-03", "03-02-2027", "03.02.2027", "3 Feb 2027", "03-Feb-27"),
        *("3 February 2027", "03/02/2027 00:00:00", "2027-02-03T08:45:00", "2027-02-03 08:45"),
    ],
)
def test_the_day_stands_before_the_month(cell: str) -> None:
    assert marks(f"id,date,session,mark\np1,{cell},AM,N\n")[0][1] == DAY


@pytest.mark.parametrize(
    ("row", "column", "problem", "remedy"),
    [
        (",03/02/2027,AM,N,", "Pupil ID", "the cell is empty", "fill it in"),
        ("p9,03/02/2027,AM,N,", "Pupil ID", "pupil `p9` is not on roll here", "import the people first"),
        ("p1,,AM,N,", "Date", "the cell is empty", "fill it in"),
        ("p1,02/31/2027,AM,N,", "Date", "`02/31/2027` is no date", "dd/mm/yyyy"),
        ("p1,46056,AM,N,", "Date", "`46056` is Excel's number for a date", "format the column"),
        ("p1,03/02/2027,,N,", "Session", "the cell is empty", "fill it in"),
        ("p1,03/02/2027,noon,N,", "Session", "`noon` is neither AM nor PM", "write AM or PM"),
        ("p1,03/02/2027,AM,QQ,", "Code", "`QQ` is not a code of england-2024", "the codes are"),
        ("p1,03/02/2027,AM,H,", "Code", "`H` (", "use"),
        ("p1,03/02/2027,AM,L,late", "Minutes late", "`late` is no number of minutes", "whole number"),
    ],
)
def test_a_bad_row_is_named(row: str, column: str, problem: str, remedy: str) -> None:
    text = f"Pupil ID,Date,Session,Code,Minutes late\np2,03/02/2027,AM,/,\n{row}\n"
    found = read_marks(text.encode(), code_set("england-2024"), known_pupils={"p1", "p2"})
    assert [(row.pupil_id, row.code) for row in found.rows] == [("p2", "/")]
    (fault,) = found.refused
    assert (fault.line, fault.column) == (3, column)
    assert problem in fault.problem
    assert remedy in fault.remedy


def test_two_marks_for_one_session_are_refused_and_the_same_twice_is_one() -> None:
    head = "id,date,session,mark\np1,03/02/2027,AM,N\n"
    assert len(marks(head + "p1,2027-02-03,am,N\n")) == 1
    with pytest.raises(ImportRefused, match=r"on 03/02/2027 AM is `I` here and `N` on line 2; neither is taken"):
        marks(head + "p1,03/02/2027,AM,I\n")
    found = read_marks((head + "p1,03/02/2027,AM,/\np2,03/02/2027,AM,/\n").encode(), code_set("england-2024"))
    assert [row.pupil_id for row in found.rows] == ["p2"]
    assert len(found.refused) == 1


def test_a_closed_day_is_refused_and_the_next_day_taken() -> None:
    text = "id,date,session,mark\np1,30/01/2027,AM,N\np1,01/02/2027,AM,N\np1,31/01/2027,AM,#\n"
    found = read_marks(text.encode(), code_set("england-2024"), is_school_day=lambda day: day.weekday() < 5)
    assert [row.day.day for row in found.rows] == [1]
    assert [str(fault) for fault in found.refused] == [
        "line 2, column date: 30/01/2027 is no school day in the calendar; correct the date, or the school's calendar"
    ]


def test_a_session_before_the_new_codes_has_the_old_ones() -> None:
    text = "id,date,session,mark\np1,01/07/2024,AM,J\np1,01/02/2027,AM,J\n"
    found = read_marks(text.encode(), code_set("england-2024"))
    assert [(row.day.year, row.code) for row in found.rows] == [(2024, "J")]
    assert "use `J1`" in str(found.refused[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,date,mark\np1,03/02/2027,N\n", "no column `session`"),
        ("id,session,mark\np1,AM,N\n", "no column `date`"),
        ("date,session,mark\n03/02/2027,AM,N\n", "no column `pupil_id`"),
        ("id,date,session,mark\n", "no mark below"),
        ("", "it is empty"),
    ],
)
def test_a_file_without_what_it_needs_is_refused(text: str, words: str) -> None:
    with pytest.raises(ImportRefused, match=words):
        marks(text)


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: f"id,date,session,mark\n{text}".encode("utf-8", "ignore"))
)
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    faults = None
    try:
        read_marks(data, CODES)
    except ImportRefused as refused:
        faults = refused.faults
    assert faults is None or all(fault.problem and fault.remedy for fault in faults)
    assert faults != ()
