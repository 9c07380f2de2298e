"""Days and times: expressions over the calendar, roles, part days; and the two date sets with their floors."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.understanding import Child, Message, understand
from bot.understanding.dates import DAY, Grammar, read_dates
from bot.understanding.normalise import read_words
from tests.understanding.reading import CALENDAR, DATA, day, read

WEDNESDAY = "2026-11-11T07:45"


@pytest.mark.parametrize(
    ("text", "first", "back"),
    [
        ("Tom off until Monday with covid", "11", "16"),
        ("Tom won't be in Thursday or Friday, family wedding", "12", "16"),
        ("Tom will be off from 23rd November to 4th December inclusive, holiday in India", "23", "12-07"),
        ("Tom was off yesterday and today with tonsillitis, hopefully back Friday", "10", "13"),
        ("Tom missed school on Friday because he had a migraine", "06", "09"),
        ("tom got sent home monday being sick, not in, back thurs", "11", "12"),
        (
            "My father passed away on Monday. We fly to Ghana on Friday for the burial and return on the 24th",
            "13",
            "24",
        ),
        ("Nan's funeral next Wednesday, Tom won't be in that day", "18", "19"),
        ("Tom off the rest of the week with flu", "11", "16"),
        ("we're taking Tom to Lapland 3rd to 6th Dec", "12-03", "12-07"),
        ("just today, Tom has a tummy bug", "11", "12"),
        ("Tom has been picked for the county cross country on Friday so will be out all day", "13", "16"),
        (
            "away w/c 7th December, holiday, driving down the Wednesday so he'll miss Weds, Thurs and Fri",
            "12-09",
            "12-14",
        ),
        ("Tom's last day will be the 16th december, we fly out that night on holiday", "12-17", "2027-01-05"),
    ],
)
def test_the_first_day_and_the_return(text: str, first: str, back: str) -> None:
    report = read(text, WEDNESDAY).reports[0]
    assert report.first_day == day(first)
    assert report.return_day == (datetime.fromisoformat(back).date() if len(back) > 5 else day(back))


@pytest.mark.parametrize(
    ("text", "session", "arrives", "leaves"),
    [
        ("Tom's got the orthodontist at 9.20 tomorrow, he'll be in about 10.30", "am", "10:30", None),
        ("GP appt 4.10 for Tom so he needs to leave at 3", "pm", None, "15:00"),
        ("Eye test for Tom at Specsavers half 3 Friday, need to grab him at 3", "pm", None, "15:00"),
        ("please pick out: Tom has a scan tomorrow so will be off all day", "day", None, None),
        ("Tom's brace has snapped, ortho at 11 so collecting at 10.30 and will bring back after", "am", None, "10:30"),
        ("tom has blood test 8.30 at hosp then ill drop him off, about 10 ish", "am", "10:00", None),
        ("Tom has his piano exam at 11 on Friday, back by 12.30", "am", "12:30", None),
        ("asthma bad this morning, will bring Tom in at 1", "am", "13:00", None),
    ],
)
def test_part_days(text: str, session: str, arrives: str | None, leaves: str | None) -> None:
    report = read(text, WEDNESDAY).reports[0]
    assert report.session == session
    assert report.arrives == (time.fromisoformat(arrives) if arrives else None)
    assert report.leaves == (time.fromisoformat(leaves) if leaves else None)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Fri", "13"),
        ("probably all week", "16"),
        ("after the weekend", "16"),
        ("16/11", "16"),
        ("doctor signed him off for 2 weeks", "25"),
        ("tomorrow morning all being well, fever has gone", "12"),
        ("not sure yet", None),
    ],
)
def test_an_answer_to_when_back(text: str, back: str | None) -> None:
    answer = read(text, WEDNESDAY, asked="return")
    assert answer.intent == "return"
    assert answer.reports[0].return_day == (day(back) if back else None)


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def fits(gold: Any, value: object) -> bool:
    return value in gold["any_of"] if isinstance(gold, dict) else bool(value == gold)


def test_parents_short_texts_give_both_days() -> None:
    right = 0
    rows = lines("dates-parents.jsonl")
    for row in rows:
        now = datetime.fromisoformat(row["now"]).replace(tzinfo=ZoneInfo("Europe/London"))
        answer = understand(Message(now, (Child("c1", "Zyx", "Qqq"),), None, (), row["text"]), CALENDAR)
        report = answer.reports[0].to_json() if answer.reports else {"first_day": None, "return_day": None}
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


def _same(found: list[Any], choice: dict[str, Any], line: str) -> bool:
    first, last = found[0].first, found[0].last
    if found[0].form == "length" and len(found) > 1 and found[1].first is not None:
        first, last = found[1].first, found[1].first + (found[0].days - 1) * DAY
    if first is None:
        return False
    if choice["start"] is None:
        first, last = None, first - DAY if line.startswith("before") else first
    end = None if last == first else last
    iso = [None if value is None else value.isoformat() for value in (first, end)]
    return iso == [choice["start"], choice["end"]] or (
        choice["end"] is None and iso[1] is None and iso[0] == choice["start"]
    )
