"""What phones and networks do to the characters of a text before anybody reads it."""

from __future__ import annotations

import pytest

from bot.understanding.words.normalise import line_of, read_words


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("𝗔𝗺𝗶𝗻𝗮 𝗶𝘀 𝗶𝗹𝗹", "amina is ill"),
        ("𝐛𝐚𝐜𝐤 𝟑 𝐃𝐞𝐜𝐞𝐦𝐛𝐞𝐫", "back 3 december"),
        ("Ａｍｉｎａ ｉｓ ｉｌｌ", "amina is ill"),
        ("(2/2) and a temperature", "and a temperature"),
        ("(1/2) Hi, Amina is ill", "hi , amina is ill"),
        ("[2 of 3] Amina is ill", "amina is ill"),
    ],
)
def test_letters_are_letters_and_the_number_of_a_part_is_none(text: str, line: str) -> None:
    assert line_of(text) == line


@pytest.mark.parametrize("text", ["2/2 dentist", "dentist tomorrow (2/2)", "(2/12) dentist", "(3/2) dentist"])
def test_a_day_stays_a_day(text: str) -> None:
    assert "/" in line_of(text)


def test_each_word_still_knows_where_it_stood() -> None:
    text = "(1/2) 𝗔𝗺𝗶𝗻𝗮 is ill"
    first, *_ = read_words(text).words
    assert text[first.start : first.end] == "𝗔𝗺𝗶𝗻𝗮"
