"""Danger is heard in any message, asked or not, and near misses are not danger."""

from __future__ import annotations

import csv
import time

import pytest

from tests.understanding.reading import DATA, read

OPEN = list(csv.DictReader((DATA / "danger-open.csv").read_text(encoding="utf-8").splitlines()))
ROWS = list(csv.DictReader((DATA / "danger.csv").read_text(encoding="utf-8").splitlines()))

#: How many of the open sentences are still missed.
NOT_HEARD = 31


@pytest.mark.parametrize("asked", [None, "absence"], ids=["unasked", "asked"])
@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:40] for row in ROWS])
def test_danger_and_its_near_misses(row: dict[str, str], asked: str | None) -> None:
    answer = read(row["text"], "2026-11-10T09:25", "Ella:8" if "ella" in row["text"].lower() else "Tom:8", asked)
    if row["safeguarding"]:
        assert answer.safeguarding == bool(int(row["safeguarding"]))
    if row["urgent"]:
        assert answer.urgent == bool(int(row["urgent"]))


def test_what_is_not_heard_yet_does_not_grow() -> None:
    """Sentences that were not read rightly when they were written, kept so that the weights see them."""
    missed = [
        row["text"]
        for row in OPEN
        if row["safeguarding"] == "1"
        and not read(row["text"], "2026-11-10T09:25", "Ella:8" if "Ella" in row["text"] else "Tom:8").safeguarding
    ]
    assert len(missed) <= NOT_HEARD, missed


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
