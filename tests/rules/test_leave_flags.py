"""What a policy wants the headteacher to look at in a request for leave."""

from __future__ import annotations

import pytest

from attendance.leave.flags import Record, codes_of, licence_flags, performance_flags, record_flags, said_flags

ALL = (
    "near_statutory_assessment",
    "any_unauthorised",
    "authorised_above_10pct",
    "performance_below_95",
    "family_holiday",
    "protest",
)


@pytest.mark.parametrize(
    ("code", "text", "flags"),
    [
        ("G", "a week in Spain", ("family_holiday",)),
        ("C", "her aunt's wedding", ()),
        ("C", "we are taking her to the climate strike", ("protest",)),
        ("C", "away from March 3", ()),
        ("C", "he is marching with the protesters", ("protest",)),
        ("C", "we are going to the march on Friday", ("protest",)),
        ("C", "off on the 12th for the March for Nature", ("protest",)),
        ("C", "its a family christening, 11th and 12th March, back in school monday 15th", ()),
        ("C", "can he have the week of 8th March for his cousin's christening", ()),
        ("C", "on March the 5th please", ()),
    ],
)
def test_a_flag_that_the_request_itself_raises(code: str, text: str, flags: tuple[str, ...]) -> None:
    assert said_flags(code, text, ALL) == flags


@pytest.mark.parametrize(
    ("code", "text", "raised"),
    [
        ("C1", "Nell has a performance on 1 and 2 December, there is no licence yet", True),
        ("C1", "Nell is filming for the BBC on 1 December", True),
        ("C1", "Filming on 1 December. The council licence came through this week", False),
        ("C1", "We applied for the licence last week. Filming on 1 December", True),
        ("C1", "Perran is filming on 1 December. We haven't got a licence", True),
        ("C1", "Filming on 1 December. The licence hasn’t come", True),
        ("C", "her aunt's wedding", False),
    ],
)
def test_a_performance_without_a_word_of_its_licence_says_so(code: str, text: str, raised: bool) -> None:
    assert licence_flags(code, text) == (("no_licence_said",) if raised else ())


def test_only_flags_that_the_policy_names() -> None:
    assert said_flags("G", "a week in Spain for the protest", ("protest",)) == ("protest",)
    assert record_flags(Record(0, 0, 20), ()) == ()


@pytest.mark.parametrize(
    ("record", "flags"),
    [
        (Record(100, 0, 0), ()),
        (Record(95, 5, 0), ()),
        (Record(90, 10, 0), ()),
        (Record(89, 11, 0), ("authorised_above_10pct",)),
        (Record(99, 0, 1), ("any_unauthorised",)),
        (Record(4, 5, 0), ()),
    ],
)
def test_a_flag_that_the_record_raises(record: Record, flags: tuple[str, ...]) -> None:
    assert record_flags(record, ALL) == flags


@pytest.mark.parametrize(
    ("record", "code", "asked", "raised"),
    [
        (Record(95, 5, 0), "C1", 0, False),
        (Record(94, 6, 0), "C1", 2, True),
        (Record(96, 4, 0), "C1", 1, False),  # 96 of 101
        (Record(96, 4, 0), "C1", 2, True),  # 96 of 102: would fall below
        (Record(90, 10, 0), "C", 2, False),  # no performance
        (Record(3, 1, 0), "C1", 2, False),  # too few sessions to say anything
    ],
)
def test_a_performance_that_would_take_attendance_below_95(record: Record, code: str, asked: int, raised: bool) -> None:
    """Mary Bassett: leave for a performance is not given if attendance would fall below 95 %."""
    found = performance_flags(record, code, asked, ALL)
    assert found == (("performance_below_95",) if raised else ())
    assert performance_flags(record, code, asked, ()) == ()


def test_what_counts_as_what_is_the_table_of_codes() -> None:
    codes = codes_of("england-2024")
    assert {"/", "\\", "L", "K", "P", "V", "W", "B"} <= codes["attended"]
    assert {"I", "M", "C", "R", "S", "J1"} <= codes["authorised"]
    assert codes["unauthorised"] == {"G", "N", "O", "U"}
    assert not {"D", "X", "Q", "Y1", "Z", "#"} & set().union(*codes.values())
