"""Words of coming in after all, of a child that is held to be away, take that day back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.understanding import Report, understand
from tests.understanding.reading import CALENDAR, read, written

DRAFT: dict[str, Any] = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": None}
DRAFT |= {"session": "day", "arrives": None, "leaves": None}
TEXTS = [
    "he's fine so he is coming in",
    "He's coming in",
    "no he is coming in",
    "he seems ok so sending him in",
    "he's gone in",
    "decided to send Tom in",
    "better so will be in today after all",
    "all ok now he's on his way",
]


@pytest.mark.parametrize("text", TEXTS)
def test_asked_to_confirm_he_comes_in(text: str) -> None:
    told = read(text, "2026-11-10T07:40", "Tom:8", asked="confirm", draft=DRAFT)
    assert (told.intent, told.ask) == ("return", ())
    assert [report.return_day for report in told.reports] == [date(2026, 11, 10)]


@pytest.mark.parametrize(
    "text",
    [
        "he's not coming in",
        "yes",
        "he is off, not sure if he'll be in tomorrow",
        "will be in at 11",
        "yes, he might be in tomorrow",
        "keeping him off, his sister is going in",
    ],
)
def test_other_answers_are_read_as_before(text: str) -> None:
    told = read(text, "2026-11-10T07:40", "Tom:8", asked="confirm", draft=DRAFT)
    assert (
        told.intent != "return"
        or [report.return_day for report in told.reports] != [date(2026, 11, 10)]
        or ([report.arrives for report in told.reports] != [None])
    )


@pytest.mark.parametrize(
    "text", ["not coming in", "still bad so keeping him off", "keeping him home", "Tom is off today"]
)
def test_said_again_without_a_doubt_is_a_yes(text: str) -> None:
    assert read(text, "2026-11-10T07:40", "Tom:8", asked="confirm", draft=DRAFT).intent == "confirm"


@pytest.mark.parametrize("text", ["he might not be in", "no, he is not off", "no"])
def test_with_a_doubt_or_a_no_it_is_none(text: str) -> None:
    assert read(text, "2026-11-10T07:40", "Tom:8", asked="confirm", draft=DRAFT).intent != "confirm"


@pytest.mark.parametrize(
    "text",
    [
        "ignore that hes coming in",
        "actually he's coming in",
        "scrap that, he's coming in",
        "forget that he's on his way in now",
        "he's going in now",
        "On our way now!",
        "actually shes fine shes on way in now",
        "spoke to him now. missed the bus, hes running him in",
        "his dads dropping him now",
        "he missed the bus, hes walking",
        "nan is running him up now",
        "getting a lift in now",
        "bus never came, im driving him in",
    ],
)
def test_who_comes_now_is_back_today(text: str) -> None:
    told = read(text, asked="return", draft=DRAFT)
    assert (told.intent, [one.return_day for one in told.reports]) == ("return", [date(2026, 11, 10)])
    assert not told.ask


@pytest.mark.parametrize(
    "text",
    [
        "hes not coming in",
        "hes coming in thursday",
        "she's going in for an operation",
        "is he coming in",
        "missed the bus so ive kept him home",
        "he missed the bus and is walking back home",
        "driving him up to the hospital now",
        "dropping him round at my mums",
        "running him a bath",
    ],
)
def test_other_words_do_not_say_so(text: str) -> None:
    assert date(2026, 11, 10) not in [one.return_day for one in read(text, asked="return", draft=DRAFT).reports]


@pytest.mark.parametrize(
    "text",
    [
        "Tom has a sniffle but hes coming in",
        "Tom has a bit of a cold but he will be in",
        "Tom has a cough but im sending him in anyway",
        "Tom was sick in the night but seems fine so hes coming in",
    ],
)
def test_who_comes_in_all_the_same_is_not_reported_away(text: str) -> None:
    told = read(text, "2026-11-10T08:05", "Tom:8 Ella:6")
    assert told.intent in ("question", "chat")
    assert told.reports == ()


@pytest.mark.parametrize(
    "text",
    [
        "Tom has a cold and is not coming in",
        "Tom has a cold but will be in later",
        "Tom has a cold but is coming in, Ella is off with it",
        "Tom was sick in the night, too poorly to come in",
    ],
)
def test_who_does_not_come_in_is_reported(text: str) -> None:
    assert read(text, "2026-11-10T08:05", "Tom:8 Ella:6").intent == "absence"


def test_no_better_so_staying_home_is_a_yes() -> None:
    assert (
        read("no better so staying home", "2026-11-10T07:45", "Tom:8", asked="confirm", draft=DRAFT).intent == "confirm"
    )


BOTH: list[dict[str, Any]] = [{**DRAFT, "children": ["c1"]}, {**DRAFT, "children": ["c2"]}]


@pytest.mark.parametrize(
    "text", ["actually Tom says hes ok for his mock this morning so hes coming in", "scrap that for Tom, hes coming in"]
)
def test_of_two_that_are_held_the_one_that_is_named_comes(text: str) -> None:
    message = replace(written(text, "2026-11-10T08:30", "Tom:8 Ella:6"), known=tuple(map(Report.from_json, BOTH)))
    told = understand(message, CALENDAR)
    assert (told.intent, [one.children for one in told.reports]) == ("return", [("c1",)])


UNSAID = DRAFT | {"code": "N"}


@pytest.mark.parametrize(
    "text",
    [
        "scrap that hes coming in, its my other lads inset day",
        "actually he's coming in after all",
        "ignore that, Tom is going in",
    ],
)
def test_asked_why_he_is_away_he_comes_in(text: str) -> None:
    told = read(text, "2026-11-10T07:40", "Tom:8", asked="reason", draft=UNSAID)
    assert (told.intent, [report.return_day for report in told.reports]) == ("return", [date(2026, 11, 10)])


@pytest.mark.parametrize(
    "text",
    ["builders coming in so no water", "he isn't coming in, he's ill", "scrap that, he's got a dental appointment"],
)
def test_asked_why_he_is_away_he_does_not_come_in(text: str) -> None:
    told = read(text, "2026-11-10T07:40", "Tom:8", asked="reason", draft=UNSAID)
    assert told.intent == "absence"


@pytest.mark.parametrize(
    "text",
    [
        "he was sick in the night but hes coming in now",
        "bus never came, im driving him in",
        "Tom has a cold but im bringing him in now",
        "taxi never showed up so his nan is dropping him in",
    ],
)
def test_a_child_that_we_miss_is_on_its_way_whatever_ails_it(text: str) -> None:
    told = read(text, "2026-11-10T09:20", "Tom:8", asked="absence")
    assert (told.intent, [(report.children, report.arrives) for report in told.reports]) == ("late", [(("c1",), None)])


@pytest.mark.parametrize(
    "text",
    [
        "no bus so hes staying home",
        "taxi didnt come and i cant drive so hes off",
        "he was sick so hes not coming in now",
        "he was sick in the night, coming in tomorrow",
        "he has a temp, bringing him in to the doctors now",
    ],
)
def test_a_child_that_we_miss_stays_away(text: str) -> None:
    assert read(text, "2026-11-10T09:20", "Tom:8", asked="absence").intent == "absence"
