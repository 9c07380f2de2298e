"""What a text costs: the alphabet, the borders, and which letters double the bill."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.segments import GSM_7, GSM_7_DOUBLE, count, plain


@pytest.mark.parametrize(
    ("text", "parts", "encoding"),
    [
        ("", 0, "GSM-7"),
        ("a" * 160, 1, "GSM-7"),
        ("a" * 161, 2, "GSM-7"),
        ("a" * 306, 2, "GSM-7"),
        ("a" * 307, 3, "GSM-7"),
        ("€" * 80, 1, "GSM-7"),  # two each
        ("€" * 81, 2, "GSM-7"),
        ("a" * 152 + "€" + "a" * 152, 3, "GSM-7"),  # 306 wide, but the € does not fit in the first part's last place
        ("é à ü ñ Ç @ £", 1, "GSM-7"),
        ("ł" * 70, 1, "UCS-2"),
        ("ł" * 71, 2, "UCS-2"),
        ("ł" * 134, 2, "UCS-2"),
        ("ł" * 135, 3, "UCS-2"),
        ("😀" * 35, 1, "UCS-2"),  # two units each
        ("😀" * 36, 2, "UCS-2"),
        ("ł" * 66 + "😀" + "ł" * 66, 3, "UCS-2"),  # a pair of units is not torn apart
        ("ç", 1, "UCS-2"),  # the small one is not in the alphabet, the capital is
    ],
)
def test_parts_and_encoding(text: str, parts: int, encoding: str) -> None:
    cost = count(text)
    assert (cost.count, cost.encoding) == (parts, encoding)


def test_the_letters_that_double_the_bill_are_named_once_and_in_order() -> None:
    assert count("Łukasz and Zoë’s łamp, Łukasz").doubling == ("Ł", "ë", "’", "ł")
    assert count("O'Neill €5 [x]").doubling == ()


def test_the_alphabet_has_its_127_letters_and_its_extension() -> None:
    assert len(GSM_7) == 127  # 128 places less the escape
    assert len(GSM_7_DOUBLE) == 10
    assert not GSM_7 & GSM_7_DOUBLE


def test_look_alikes_become_plain_and_letters_stay() -> None:
    assert plain("“Łukasz’s” – back… 5\u00a0pm") == '"Łukasz\'s" - back... 5 pm'
    assert count(plain("Zara’s – “ok”…")).encoding == "GSM-7"


@given(st.text(max_size=700))
def test_the_count_is_never_less_than_the_letters_need(text: str) -> None:
    cost = count(text)
    if cost.encoding == "GSM-7":
        wide, alone, joined = sum(2 if c in GSM_7_DOUBLE else 1 for c in text), 160, 153
    else:
        wide, alone, joined = sum(2 if ord(c) > 0xFFFF else 1 for c in text), 70, 67
    if wide <= alone:
        assert cost.count == (1 if text else 0)
    else:
        assert -(-wide // joined) <= cost.count <= -(-wide // (joined - 1))
    assert (cost.encoding == "UCS-2") == bool(cost.doubling)
