"""Danger: fields of words that meet, broken lists, and time; danger.csv and danger-open.csv measure what is heard."""

from __future__ import annotations

import time

import pytest

from tests.understanding.reading import read


def test_fields_of_ordinary_words_meet() -> None:
    assert read("the bloke from the club keeps texting her and told her not to tell me").safeguarding
    assert not read("the bloke from the boiler firm is late so we will be in at 10").safeguarding
    assert not read("a man let us park in his drive, thanks to him we made it").safeguarding


def test_a_broken_list_is_seen_and_not_taken_for_a_strange_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError("no such set")

    monkeypatch.setattr("bot.understanding.reader.book", broken)
    with pytest.raises(ValueError, match="no such set"):
        read("Tom is ill")


@pytest.mark.parametrize("text", ["dad hit him. " * 150, "he is scared of dad again and took money off him " * 45])
def test_a_text_full_of_danger_is_read_in_time(text: str) -> None:
    read(text)
    began = time.process_time()
    assert read(text).safeguarding
    assert time.process_time() - began < 0.2
