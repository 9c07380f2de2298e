"""Names in Arabic letters are those of the school's list: of two children the ill one is reported, and no other."""

from __future__ import annotations

import pytest

from bot.understanding.children.scripts import in_arabic
from tests.understanding.reading import read


@pytest.mark.parametrize(
    ("text", "children", "reported"),
    [
        ("حسين عنده استفراغ وحرارة من الليل، ما يقدر يجي. علي جاي", "Hussein:5 Ali:7", ["c1"]),
        ("حسين مريض اليوم عنده إسهال، فاطمة في المدرسة", "Hussein:5 Fatima:7", ["c1"]),
        ("يارا كسرت يدها أمس. جاد سيأتي بالباص", "Yara:5 Jad:7", ["c1"]),
        ("سلام، علی امروز تب دارد، مدرسه نمی‌آید. مینا می‌آید.", "Ali:5 Mina:7", ["c1"]),
        ("اليوم ريان مريض عنده حرارة ولن يأتي. إخوته سيأتون", "Salma:8 Hamid:6 Rayan:4", ["c3"]),
    ],
)
def test_the_ill_one_is_reported(text: str, children: str, reported: list[str]) -> None:
    answer = read(text, children=children)
    assert answer.intent == "absence"
    assert sorted({child for report in answer.reports for child in report.children}) == reported


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("mariam", "مريم"), ("ahmed", "احمد"), ("youssef", "يوسف"), ("khadija", "خديجة"), ("zakir", "ذاکر"),
        ("aisha", "عايشة"), ("omar", "وعمر"), ("layla", "ليلى"),
    ],
)  # fmt: skip
def test_a_name_is_known_by_its_consonants_and_long_vowels(name: str, written: str) -> None:
    assert in_arabic(name).fullmatch(written)


@pytest.mark.parametrize(
    ("name", "word"), [("ali", "لا"), ("mina", "من"), ("layla", "ليل"), ("abdul", "عبد"), ("", "و"), ("omar", "امير")]
)
def test_another_word_is_none(name: str, word: str) -> None:
    assert not in_arabic(name).fullmatch(word)


def test_a_question_in_arabic_is_one() -> None:
    assert read("متى العطلة؟", children="Rania:5 Tarek:7").intent == "question"
