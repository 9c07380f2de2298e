"""Telephone numbers as school systems export them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.numbers import BadNumber, can_be_answered, is_landline, is_mobile, normal


@pytest.mark.parametrize(
    "written",
    [
        "+447700900123",
        "07700 900123",
        "07700900123",
        "7700900123",  # a spreadsheet ate the 0
        "00447700900123",
        "+44 (0)7700 900123",
        "447700900123",
        " 07700-900-123 ",
        "Mum 07700 900123",
        "07700 900123 (mum)",
        "tel: 07700.900123",
        "\u202a07700 900123\u202c",  # hidden marks from a copied contact card
    ],
)
def test_one_number_written_in_many_ways(written: str) -> None:
    assert normal(written) == "+447700900123"


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("", "no number"),
        ("   ", "no number"),
        ("4.47701E+11", "spreadsheet"),
        ("4,47701E+11", "spreadsheet"),
        ("07700 900123 / 07700 900124", "more than one"),
        ("07700 900123, 01632 960123", "more than one"),
        ("0770090012307700900124", "more than one"),
        ("07700 900123 ext 4", "extension"),
        ("07700 90012", "11"),
        ("07700 9001234", "11"),
        ("999", "11"),
        ("ring gran", "not a telephone number"),
        ("x" * 5000, "not a telephone number"),
        ("+99 123 4567890", "not a telephone number"),
        ("00000000000", "no such number"),
    ],
)
def test_what_cannot_be_used_is_refused_with_advice_that_does_not_repeat_it(written: str, advice: str) -> None:
    with pytest.raises(BadNumber) as fault:
        normal(written)
    assert advice in fault.value.advice
    digits = "".join(c for c in written if c.isdigit())
    assert len(digits) < 5 or digits not in fault.value.advice


def test_a_number_from_abroad_keeps_its_country() -> None:
    assert normal("+1 (202) 555-0123") == "+12025550123"  # kept for fiction there


@pytest.mark.parametrize(
    ("number", "mobile", "landline"),
    [
        ("+447700900123", True, False),
        ("+441632960123", False, True),
        ("+442079460000", False, True),
        ("+443069990123", False, False),
        ("+12025550123", True, False),
        ("nonsense", False, False),
    ],
)
def test_mobiles_are_texted_and_landlines_are_rung(number: str, mobile: bool, landline: bool) -> None:
    assert (is_mobile(number), is_landline(number)) == (mobile, landline)


@given(st.one_of(st.text(max_size=60), st.text(alphabet="0123456789+ ()-/.,eExt", max_size=40)))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    try:
        number = normal(text)
    except BadNumber:
        return
    assert normal(number) == number
    assert number.startswith("+")


@pytest.mark.parametrize(
    ("sender", "can"),
    [("+447700900001", True), ("+12025550123", True), ("60777", False), ("AMAZON", False), ("", False)],
)
def test_a_short_code_and_a_name_cannot_be_answered(sender: str, can: bool) -> None:
    assert can_be_answered(sender) is can
