"""The marks that go back to the school's register."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest

from attendance.calendar import Half, Session
from attendance.codes import code_set
from attendance.register import Entry
from mis.csv_marks import read_marks
from mis.export_marks import COLUMNS, write_marks

AT = datetime(2027, 5, 4, 8, 20, tzinfo=UTC)
WHO = ("Ms Reed", "Attendance officer")


def entry(
    pupil: str, half: Half, mis: str | None, ours: str | None = None, *, sure: bool = True, why: str = ""
) -> Entry:
    return Entry(pupil, Session(date(2027, 5, 4), half), mis, AT, ours, not sure, *WHO, why, AT)


def rows(*entries: Entry, names: dict[str, str] | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_marks(entries, names), newline="")))


def test_a_proposal_stands_beside_what_the_register_had() -> None:
    (row,) = rows(entry("mo", "am", "N", "I", sure=False, why="Mother says ill"), names={"mo": "Mo Hussain"})
    values = (
        "mo",
        "Mo Hussain",
        "2027-05-04",
        "AM",
        "I",
        "yes",
        "N",
        "Mother says ill",
        *WHO,
        "2027-05-04T09:20:00+01:00",
    )
    assert row == dict(zip(COLUMNS, values, strict=True))


def test_a_child_who_was_seen_keeps_the_registers_mark() -> None:
    (row,) = rows(entry("mo", "am", "/", "I", sure=False))
    assert (row["mark"], row["provisional"], row["original"]) == ("/", "no", "")


def test_rows_come_by_day_session_and_pupil() -> None:
    found = rows(entry("b", "pm", "N"), entry("b", "am", "N"), entry("a", "pm", None))
    assert [(row["session"], row["pupil_id"], row["mark"]) for row in found] == [
        ("AM", "b", "N"),
        ("PM", "a", "-"),
        ("PM", "b", "N"),
    ]


@pytest.mark.parametrize("words", ['=HYPERLINK("x")', "+44", "@SUM(A1)", "-1", "\tx"])
def test_no_words_are_run_as_a_formula_by_a_spreadsheet(words: str) -> None:
    (row,) = rows(entry("mo", "am", "N", "I", why=words))
    assert row["reason"] == f"'{words}"


def test_what_is_exported_can_be_imported() -> None:
    text = write_marks([entry("mo", "am", "N", "I"), entry("mo", "pm", "\\"), entry("ella", "am", None)])
    found = read_marks(text.encode(), code_set("england-2024"))
    assert [(row.pupil_id, row.half, row.code) for row in found.rows] == [
        ("ella", "am", "-"),
        ("mo", "am", "I"),
        ("mo", "pm", "\\"),
    ]
