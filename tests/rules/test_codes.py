"""The code tables, and what a mark says about where a child is."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.codes import (
    EDITIONS,
    UnknownCode,
    code_set,
    edition_for,
    has_arrived,
    is_present,
    is_unexplained,
    not_expected,
)


def test_the_law_has_34_codes_and_the_old_set_25() -> None:
    assert (len(code_set("england-2024")), len(code_set("england-2006"))) == (34, 25)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_row_is_complete_and_names_its_source(edition: str) -> None:
    other = code_set(next(name for name in EDITIONS if name != edition))
    for code in code_set(edition):
        assert code.name
        assert code.note
        assert code.source
        assert all(near in other for near in code.closest), code.code
        assert code.statistical_meaning in {"attending", "absent", "not_possible_attendance"}
        assert code.counts_as_possible_session == (code.statistical_meaning != "not_possible_attendance")


def test_the_penalty_threshold_counts_g_n_o_u_and_nothing_else() -> None:
    assert {code.code for code in code_set("england-2024") if code.counts_for_penalty_threshold} == set("GNOU")


def test_only_the_head_grants_leave_and_a_parent_may_ask_for_it() -> None:
    codes = code_set("england-2024")
    assert (codes.get("C").needs_decision_by, codes.get("C").parent_can_propose) == ("headteacher", True)
    assert (codes.get("I").needs_decision_by, codes.get("I").parent_can_propose) == ("staff", True)
    assert not codes.get("N").parent_can_propose


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("H", "use `C` (Leave of absence for exceptional circumstance)"),
        ("Y", "`Y1` (Unable to attend due to transport normally provided not being available) or `Y2`"),
        ("n", "write `N` (Reason for absence not yet established)"),
        (" I", "write `I` (Illness"),
        ("y3", "write `Y3`"),
        ("Illnes", "did you mean `I`"),
        ("QQ", "the codes are / \\ L K"),
        ("", "the codes are / \\ L K"),
        ("x" * 500, "xxxxxxxxxxxx…"),
    ],
)
def test_a_code_that_does_not_exist_is_refused_with_the_one_that_was_meant(written: str, advice: str) -> None:
    with pytest.raises(UnknownCode) as refused:
        code_set("england-2024").get(written)
    assert advice in str(refused.value)
    assert len(str(refused.value)) < 700


def test_a_new_code_is_refused_in_an_old_year() -> None:
    with pytest.raises(UnknownCode, match=r"`J1` .* use `J` \(Interview\)"):
        code_set("england-2006").get("J1")


def test_an_unknown_edition_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownCode, match="use england-2024 or england-2006"):
        code_set("england-2019")


def test_the_interview_day_counted_as_attending_until_2024() -> None:
    assert code_set("england-2006").get("J").statistical_meaning == "attending"
    assert code_set("england-2024").get("J1").statistical_meaning == "absent"
    assert edition_for(date(2024, 8, 18)) == "england-2006"
    assert edition_for(date(2024, 8, 19)) == "england-2024"


def test_a_slash_is_a_morning_mark_and_a_backslash_an_afternoon_mark() -> None:
    codes = code_set("england-2024")
    assert codes.is_valid("/", "am")
    assert not codes.is_valid("/", "pm")
    assert codes.is_valid("\\", "pm")
    assert not codes.is_valid("\\", "am")
    assert codes.is_valid("I", "am")
    assert codes.is_valid("I", "pm")
    assert not codes.is_valid("H", "am")


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_code_says_one_thing_about_the_child(edition: str) -> None:
    """In school, arrived late after close, nobody knows, ill or at the doctor's, not expected, or unauthorised."""
    for code in code_set(edition):
        mark = code.code
        meanings = {
            "present": is_present(mark),
            "came after close": has_arrived(mark) and not is_present(mark),
            "unexplained": is_unexplained(mark),
            "ill or at the doctor's": mark in ("I", "M"),
            "not expected": not_expected(mark),
            "no reason accepted": mark == "O",
        }
        assert sum(meanings.values()) == 1, (mark, meanings)
        assert is_present(mark) == (code.category == "present")
        if is_present(mark):
            assert code.statistical_meaning == "attending"


@pytest.mark.parametrize("mark", [None, "", "-", " ", "N"])
def test_nothing_entered_is_as_unexplained_as_n(mark: str | None) -> None:
    assert is_unexplained(mark)
    assert not (has_arrived(mark))
    assert not (not_expected(mark))


@pytest.mark.parametrize("mark", "D X C2 V P W B K E Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 # Z C C1 J1 S T R G".split())
def test_a_child_known_to_be_elsewhere_is_not_expected(mark: str) -> None:
    assert not_expected(mark)
    assert not is_unexplained(mark)


def test_whoever_comes_after_the_close_has_arrived_and_is_not_present() -> None:
    assert has_arrived("U")
    assert not is_present("U")


@pytest.mark.parametrize("mark", ["O", "U", "I", "M"])
def test_whose_day_was_to_be_here_is_expected(mark: str) -> None:
    assert not not_expected(mark)
