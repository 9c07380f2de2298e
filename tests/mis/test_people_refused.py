"""The people import refuses a file as a whole, and names each mistake with line, column and remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mis.csv_people import read_people, shrinkage
from mis.faults import ImportRefused

HEAD = "pupil_id,given,family,year,group,tags,contact_id,contact_name,priority,barred,mobile,email,language"
GOOD = "p1,Mo,Hussain,4,4K,,c1,Sana Hussain,1,N,07700900001,sana@example.org,en"


def faults(*rows: str, head: str = HEAD) -> list[tuple[int, str, str, str]]:
    with pytest.raises(ImportRefused) as refused:
        read_people("\n".join([head, *rows]).encode())
    return [(fault.line, fault.column, fault.problem, fault.remedy) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("column", "cell", "problem", "remedy"),
    [
        ("pupil_id", "", "the cell is empty", "fill it in"),
        ("given", "", "the cell is empty", "fill it in"),
        ("group", "", "the cell is empty", "fill it in"),
        ("year", "Oak", "is no year group", "Reception"),
        ("year", "15", "is no year group", "Reception"),
        ("tags", "social_wroker", "is no tag", "did you mean `social_worker`?"),
        ("tags", "zzz", "is no tag", "the tags are"),
        ("contact_name", "", "no name beside it", "write whose it is"),
        ("priority", "first", "is no place in an order", "1 for who is rung first"),
        ("priority", "-1", "is no place in an order", "1 for who is rung first"),
        ("barred", "see file", "is neither yes nor no", "write Y or N"),
        ("mobile", "4.47701E+11", "Excel has shortened", "format the column as Text"),
        ("mobile", "07700 9000", "is no telephone number that can be reached", "digit"),
        ("mobile", "ring gran", "holds no telephone number", "with its area code"),
        ("email", "sana at example", "is no e-mail address", "correct it"),
        ("language", "Klingon", "is not known", "two-letter code"),
    ],
)
def test_a_bad_cell_is_named_with_line_column_and_remedy(column: str, cell: str, problem: str, remedy: str) -> None:
    cells = dict(zip(HEAD.split(","), GOOD.replace("p1", "p2").replace("c1", "c2").split(","), strict=True))
    cells[column] = cell
    found = faults(GOOD, ",".join(cells.values()))
    assert [(line, heading) for line, heading, _, _ in found] == [(3, column)]
    assert problem in found[0][2]
    assert remedy in found[0][3]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines() -> None:
    bad = "p2,Mo,Hussain,Oak,4K,,c2,Sana Khan,1,maybe,0770090,,en"
    found = faults(bad, GOOD, ",,,4,4K,,,,,,,,")
    assert [line for line, *_ in found] == [2, 2, 2, 4, 4, 4]


def test_the_text_of_the_refusal_is_what_an_office_reads() -> None:
    with pytest.raises(ImportRefused) as refused:
        read_people(f"{HEAD}\n{GOOD.replace('07700900001', '4.47701E+11')}".encode())
    assert str(refused.value) == (
        "line 2, column mobile: `4.47701E+11` is a number that Excel has shortened, its digits are lost; "
        "format the column as Text in the export, and export again"
    )


def test_a_line_number_is_that_of_the_file_though_cells_hold_line_breaks() -> None:
    note = '"two\nlines"'
    rows = (
        f"id,given,family,year,group,contact_name,mobile,note\n1,A,B,1,1A,C D,07700900001,{note}\n\n2,A,B,1,1A,C D,x,"
    )
    with pytest.raises(ImportRefused) as refused:
        read_people(rows.encode())
    assert [fault.line for fault in refused.value.faults] == [5]


def test_one_id_for_two_pupils_or_two_people_is_refused() -> None:
    assert "has family `Khan` here and `Hussain` on line 2" in faults(GOOD, GOOD.replace("Mo,Hussain", "Mo,Khan"))[0][2]
    assert "has group `4L` here" in faults(GOOD, GOOD.replace("4K", "4L"))[0][2]
    other = GOOD.replace("p1", "p2").replace("Sana Hussain", "John Smith")
    assert faults(GOOD, other)[0][1:3] == ("contact_id", "contact c1 has another name on line 2")


def test_rows_that_contradict_each_other_about_a_bar_are_refused() -> None:
    found = faults(GOOD, GOOD.replace(",N,", ",Y,"))
    assert [(line, column) for line, column, *_ in found] == [(3, "barred")]


def test_a_missing_column_is_named_with_the_heading_that_comes_nearest() -> None:
    found = faults("1,A,B,4,4K,C D,07700900001", head="Pupl ID,given,family,year,group,contact_name,mobile")
    assert found == [
        (
            1,
            "",
            "there is no column `pupil_id` (or `pupil id`, `id`, `student id`)",
            "rename `Pupl ID` to `pupil_id` if that is it",
        )
    ]


def test_a_comma_too_many_is_found() -> None:
    assert "14 cells under 13 headings" in faults(GOOD + ",Flat 2")[0][2]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b" \r\n", "it is empty"),
        (b"PK\x03\x04whatever", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"good morning", "no line of headings"),
        (b"id,given,family,year,group,contact_name,mobile\n", "no pupil below"),
        (b'id,given,family,year,group,contact_name,mobile\n1,"A,B,1,1A,C D,0770', "quotation mark"),
        (b"id,given,family,year,group,contact_name,mobile\n1,\x81\x8d,B,1,1A,C D,", "no encoding"),
    ],
)
def test_what_is_no_people_file_is_said_plainly(data: bytes, words: str) -> None:
    with pytest.raises(ImportRefused, match=words):
        read_people(data)


def school(count: int) -> bytes:
    rows = [f"{n},A,B,4,4K,C D,07700900001" for n in range(count)]
    return "\n".join(["id,given,family,year,group,contact_name,mobile", *rows]).encode()


def test_a_file_of_one_class_is_not_taken_for_the_school() -> None:
    on_roll = [str(n) for n in range(200)]
    with pytest.raises(ImportRefused, match=r"takes 170 of 200 pupils off roll \(85%\)"):
        read_people(school(30), existing_ids=on_roll)
    assert len(read_people(school(30), existing_ids=on_roll, allow_shrink=True).pupils) == 30


def test_a_tenth_may_go_and_one_more_may_not() -> None:
    on_roll = [str(n) for n in range(200)]
    assert len(read_people(school(180), existing_ids=on_roll).pupils) == 180
    with pytest.raises(ImportRefused):
        read_people(school(179), existing_ids=on_roll)


def test_shrinkage_counts_who_goes_not_how_many_there_are() -> None:
    assert shrinkage(["a", "b", "c", "d"], ["a", "b", "c", "e", "f"]) == 0.25
    assert shrinkage([], ["a"]) == 0.0
    assert shrinkage(["a"], []) == 1.0


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"{HEAD}\n{text}".encode("utf-8", "ignore")))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    faults = None
    try:
        read_people(data)
    except ImportRefused as refused:
        faults = refused.faults
    assert faults is None or all(fault.problem and fault.remedy for fault in faults)
    assert faults != ()
