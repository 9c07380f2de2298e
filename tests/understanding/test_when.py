"""The two date sets with their floors; sentences about days and times are measured by when.csv."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.understanding import Child, Message, understand
from bot.understanding.dates import DAY, Grammar, Mention, read_dates
from bot.understanding.words.normalise import read_words
from tests.understanding.reading import CALENDAR, lines


def fits(gold: Any, value: object) -> bool:
    return value in gold["any_of"] if isinstance(gold, dict) else bool(value == gold)


def test_parents_short_texts_give_both_days() -> None:
    """Both days of 97 in 100 is what is wanted. The set teaches the choice of days: this guards against accidents."""
    right = 0
    rows = lines("dates-parents.jsonl")
    for row in rows:
        now = datetime.fromisoformat(row["now"]).replace(tzinfo=ZoneInfo("Europe/London"))
        answer = understand(Message(now, (Child("c1", "Zyx", "Qqq"),), None, (), row["text"]), CALENDAR)
        report: dict[str, Any] = {"first_day": None, "return_day": None}
        report.update(answer.reports[0].to_json() if answer.reports else {})
        if answer.intent == "return" and report["first_day"] is None:
            report["first_day"] = now.date().isoformat()
        gold = row["expect"]
        right += ("first_day" not in gold or fits(gold["first_day"], report["first_day"])) and fits(
            gold["return_day"], report["return_day"]
        )
    assert right >= 124, f"{right} of {len(rows)}"


def test_what_other_libraries_expect_of_days_and_ranges() -> None:
    right = total = 0
    for row in lines("dates-peers.jsonl"):
        if row["kind"] not in ("day", "range"):
            continue
        now = datetime.fromisoformat(row["now"])
        line = read_words(row["expression"]).line
        found = read_dates(line, Grammar(now.date(), now.hour, None))
        total += 1
        right += bool(found) and any(
            _same(found, choice, line) for choice in row["expect"].get("any_of", [row["expect"]])
        )
    assert right >= 219, f"{right} of {total}"


def _same(found: list[Mention], choice: dict[str, Any], line: str) -> bool:
    first, last = found[0].first, found[0].last
    if found[0].form == "length" and len(found) > 1 and found[1].first is not None:
        first, last = found[1].first, found[1].first + ((found[0].days or 1) - 1) * DAY
    if first is None:
        return False
    days: tuple[object, ...] = (first, None if last == first else last)
    if choice["start"] is None:
        days = (None, first - DAY if line.startswith("before") else first)
    iso = [None if value is None else str(value) for value in days]
    return iso == [choice["start"], choice["end"]] or (
        choice["end"] is None and iso[1] is None and iso[0] == choice["start"]
    )
