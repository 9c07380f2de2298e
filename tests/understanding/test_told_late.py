"""Why a child was away on a day that is over, told late; what was before today, and what of it goes on."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

THURSDAY = "2026-11-12T08:05"
MONDAY = "2026-11-16T09:34"


@pytest.mark.parametrize(
    ("text", "code", "days"),
    [
        (
            "I never explained why Tom wasn't in on Monday, he had a temperature. He's fine now",
            "I",
            "2026-11-09 2026-11-10",
        ),
        ("Sorry I didn't ring on Tuesday, Tom was at the hospital all day. All ok now", "M", "2026-11-10 2026-11-11"),
        (
            "Apologies for not telling you sooner but Tom was away on Monday because he'd been sick",
            "I",
            "2026-11-09 2026-11-10",
        ),
        (
            "I forgot to tell you why Tom was not in school on Tuesday, he had a dentist emergency. All good now.",
            "M",
            "2026-11-10 2026-11-11",
        ),
        ("Forgot to say why Tom was absent on Tuesday, it was his gran's funeral", "C", "2026-11-10 2026-11-11"),
        ("Tom was off on Tuesday with a dentist appointment, forgot to tell you", "M", "2026-11-10 2026-11-11"),
        ("tom wasnt in tues cos he had a bad tummy. sorry for late text", "I", "2026-11-10 2026-11-11"),
        ("Meant to message about Monday and Tuesday, Tom had a throat infection.", "I", "2026-11-09 2026-11-11"),
        ("I forgot to tell you Tom is not in on Tuesday, he has the dentist", "M", "2026-11-17 2026-11-18"),
        (
            "I forgot to tell you why Tom will not be in school on Friday, he has a hospital appointment",
            "M",
            "2026-11-13 2026-11-16",
        ),
        (
            "Only just seen this. Tom had a migraine on Mon 2nd Nov, thats why he was off",
            "I",
            "2026-11-02 2026-11-03",
        ),
        ("Tom had a bad cold on Thursday 5th which is why he missed school", "I", "2026-11-05 2026-11-06"),
        ("Tom had the dentist on 4th November, this is why he was absent", "M", "2026-11-04 2026-11-05"),
        ("Tom had a migraine on 2nd Nov, please can you change the register", "I", "2026-11-02 2026-11-03"),
        ("In reply to your text about Monday 2nd: Tom had a migraine", "I", "2026-11-02 2026-11-03"),
        ("Tom had a fall on Saturday, that is why he is off today", "I", "2026-11-12 -"),
        ("Tom had a migraine last night, thats why he is not in", "I", "2026-11-12 -"),
        ("Tom had a great day yesterday but today he's got a temperature so he's off", "I", "2026-11-12 -"),
        ("Tom came home early yesterday with a headache, not in today", "I", "2026-11-12 -"),
        ("Tom was fine on Monday, but is off today with a cough", "I", "2026-11-12 -"),
    ],
)
def test_a_day_that_is_over_is_the_day_of_the_report(text: str, code: str, days: str) -> None:
    answer = read(text, THURSDAY)
    assert answer.intent == "absence"
    assert told(answer) == {"c1": [days]}
    assert answer.reports[0].code == code


@pytest.mark.parametrize(
    "text",
    [
        "Tom was off yesterday as well as today with his asthma, sorry I forgot to text",
        "tom had yesterday off and hes off today as well, same cold",
        "Tom missed yesterday and won't be in today either, sick bug",
        "Tom has been off since Tuesday with flu and is off today too",
        "Tom was off Tuesday and Wednesday with sickness, and still off today",
    ],
)
def test_what_goes_on_today_is_not_over_today(text: str) -> None:
    assert read(text, THURSDAY).reports[0].return_day is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("He was off Thursday and Friday with a bug but today he just overslept, on his way now", "late"),
        ("He had Thursday off with his stomach, today he's got no excuse, slept in. Leaving now", "late"),
        ("Last week he was ill, today he's just late, missed the bus. In by 10", "late"),
        ("Friday was a dentist, today he just wouldn't get up. He's walking in now", "late"),
        ("yeah he was poorly friday. today is just traffic, 10 mins", "late"),
        ("He had Friday off ill and he's still ill today", "absence"),
        ("He was off ill Thursday and Friday and I kept him home today as well", "absence"),
        ("he was sick friday but hes in today, he left at half 8", "present"),
    ],
)
def test_who_is_only_late_today_is_late(text: str, intent: str) -> None:
    assert read(text, MONDAY, "Kyle:11", "absence").intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "Hi re Friday Kyle had a migraine all day, sorry my phone was off",
        "Kyle had a migraine on Friday",
        "re: friday, Kyle was ill",
        "About Friday - Kyle had a tummy bug",
        "Regarding Friday's absence Kyle had a temperature",
        "Kyle was poorly all day Friday sorry I didnt ring",
    ],
)
def test_what_was_on_friday_is_told_late_on_monday(text: str) -> None:
    answer = read(text, MONDAY, "Kyle:11 Jade:8")
    assert answer.intent == "absence"
    assert told(answer) == {"c1": ["2026-11-13 2026-11-16"]}


@pytest.mark.parametrize(
    "text",
    [
        "Kyle was sick on Friday night",
        "Kyle had a temp on Friday so keeping him off",
        "Kyle had a bug on Friday and is still poorly",
        "Kyle was sick Friday and again this morning so he wont be in",
        "Kyle had a temperature on Sunday",
    ],
)
def test_what_goes_on_since_friday_is_of_monday(text: str) -> None:
    assert told(read(text, MONDAY, "Kyle:11 Jade:8")) == {"c1": ["2026-11-16 -"]}


def test_a_wish_about_friday_is_of_no_day_that_is_over() -> None:
    answer = read("About Friday, I was wondering if Kyle could have the day off", MONDAY, "Kyle:11")
    assert all(report.first_day is None or report.first_day.isoformat() > "2026-11-16" for report in answer.reports)


@pytest.mark.parametrize(
    ("text", "code", "days"),
    [
        ("Tom was at the dentist yesterday morning", "M", "2026-11-11 2026-11-12"),
        ("Sorry just seen this. Tom was at the opticians yesterday", "M", "2026-11-11 2026-11-12"),
        ("Tom was ill yesterday", "I", "2026-11-11 2026-11-12"),
        ("Sorry I didnt ring, Tom was at the doctors on Wednesday", "M", "2026-11-11 2026-11-12"),
        ("Hi, Tom had an eye test on Wednesday, I have the card", "M", "2026-11-11 2026-11-12"),
    ],
)
def test_what_was_yesterday_is_not_of_today(text: str, code: str, days: str) -> None:
    report = read(text, THURSDAY, "Tom:3").reports[0]
    assert (report.code, f"{report.first_day} {report.return_day}") == (code, days)


@pytest.mark.parametrize(
    "text",
    [
        "Tom was sick last night",
        "Tom had his jabs yesterday and has a temp from it",
        "Tom was sick yesterday, not coming in",
        "Tom was sick twice yesterday so keeping him off",
        "Tom had his tonsils out yesterday, back next Monday",
    ],
)
def test_what_came_of_yesterday_is_of_today(text: str) -> None:
    assert str(read(text, THURSDAY, "Tom:3").reports[0].first_day) == "2026-11-12"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Tom was sick sorry i forgot to say", "2026-11-10"),
        ("sorry forgot to text, Tom had a temperature", "2026-11-10"),
        ("Sorry for not letting you know Tom had a bug", "2026-11-10"),
        ("Tom was unwell, never got round to ringing you", "2026-11-10"),
        ("Tom was sick in the night, sorry forgot to say he won't be in tomorrow", "2026-11-11"),
        ("Tom was sick after tea so is off", "2026-11-11"),
        ("Forgot to say Tom is off sick", "2026-11-11"),
        ("Tom was sick at school, forgot to say he was sent home", "2026-11-11"),
    ],
)
def test_in_the_evening_what_was_forgotten_is_of_the_day_that_is_over(text: str, first: str) -> None:
    [report] = read(text, "2026-11-10T18:30").reports
    assert str(report.first_day) == first
