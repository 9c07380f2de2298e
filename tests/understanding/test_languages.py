"""Messages in the languages that families write in, mixed ones, and English ones that look foreign beside them."""

from __future__ import annotations

import csv

import pytest

from bot.understanding.language import read_language
from bot.understanding.normalise import read_words
from tests.understanding.reading import DATA, day, read

ROWS = list(csv.DictReader((DATA / "languages.csv").read_text(encoding="utf-8").splitlines()))
DRAFT = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": "2026-11-12", "session": "day"}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['language']}-{row['text'][:36]}" for row in ROWS])
def test_a_message_is_read_in_its_own_language(row: dict[str, str]) -> None:
    sent = "2026-11-10T09:40" if row["asked"] else "2026-11-10T08:00"
    draft = DRAFT if row["asked"] in ("confirm", "return") else None
    answer = read(row["text"], sent, row["children"], row["asked"] or None, draft)
    assert answer.intent == row["intent"]
    named = sorted(child for report in answer.reports for child in report.children)
    if row["intent"] != "confirm":
        assert named == [f"c{number}" for number, _ in enumerate(row["children"].split(), 1)]
    for report in answer.reports:
        if row["code"]:
            assert report.code == row["code"]
        if row["first"]:
            assert report.first_day == day(row["first"])
        if row["intent"] in ("absence", "return") and row["code"] != "M":
            assert report.return_day == (day(row["back"]) if row["back"] else None)
        if row["arrives"]:
            assert f"{report.arrives:%H:%M}" == row["arrives"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("nie przyjdzie dzisiaj, ma goraczke", "polish"),
        ("nu vine azi la scoala, are febra", "romanian"),
        ("oggi non viene a scuola", "italian"),
        ("他今天发烧了", "chinese"),
        ("Tom won't be in today, he has a temperature", ""),
        ("Ill ring later, Tom is poorly", ""),
        ("Maja is off again today", ""),
        ("hes at his nans, can u ask them", ""),
        ("cant make it in 2day, sry", ""),
        ("yr7 parents evening 2moro? thx", ""),
    ],
)
def test_the_language_is_recognised(text: str, language: str) -> None:
    assert read_language(read_words(text), frozenset(("maja",))) == language
