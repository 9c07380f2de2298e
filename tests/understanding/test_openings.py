"""Words that answer nothing yet, or nothing more: a greeting, who writes, of whom, and anger at our texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, read, written

AT_TWENTY_PAST_NINE = "2026-11-10T09:20"


@pytest.mark.parametrize("text", ["Morning", "Hi there", "I just got your text", "Hiya, about your message"])
def test_a_greeting_to_our_question_is_no_absence(text: str) -> None:
    understood = read(text, AT_TWENTY_PAST_NINE, asked="absence")
    assert (understood.intent, understood.reports) == ("chat", ())


@pytest.mark.parametrize(
    "text", ["Its about Tom", "This is Tom's mum", "hi tom's dad here", "got your message about tom"]
)
def test_who_writes_of_whom_is_half_an_answer(text: str) -> None:
    first = read(text, AT_TWENTY_PAST_NINE, asked="absence")
    assert first.intent == "absence"
    assert "reason" in first.ask, "nothing may be recorded from it"
    assert not first.sender_doubt
    again = read(text, AT_TWENTY_PAST_NINE, asked="reason")
    assert again.intent == "chat", "and it is no refusal to say why"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Hi its Tom, hes got a cold", "absence"),
        ("his dad has him", "other_parent"),
        ("Tom is in", "present"),
        ("Wrong number, this is Pete's garage", "wrong_number"),
        ("Tom is at the dentist", "absence"),
    ],
)
def test_what_says_more_is_read_as_before(text: str, intent: str) -> None:
    assert read(text, AT_TWENTY_PAST_NINE, asked="absence").intent == intent


@pytest.mark.parametrize("asked", ["absence", None])
@pytest.mark.parametrize(
    "text",
    [
        "Every single time you people text me. Sick of it",
        "sick and tired of you lot",
        "sick to death of being chased",
        "you make me sick",
        "what a sick joke",
        "Tom is sick of school",
    ],
)
def test_fed_up_is_no_illness(text: str, asked: str | None) -> None:
    understood = read(text, AT_TWENTY_PAST_NINE, asked=asked)
    assert (understood.intent, understood.reports) == ("question", ())


@pytest.mark.parametrize(
    "text",
    [
        "Sick of you lot. He's got a temperature",
        "Tom has been sick because of something he ate",
        "off sick because of the bug",
        "Tom's sick. Tired of it all",
        "he's sick and tired this morning, has a fever",
    ],
)
def test_an_illness_beside_it_is_one(text: str) -> None:
    understood = read(text, AT_TWENTY_PAST_NINE, asked="absence")
    assert [report.code for report in understood.reports] == ["I"]


@pytest.mark.parametrize("text", ["ok fine, tom has a cold", "Ok then. Its because he has a rash", "ok he has a cold"])
def test_a_reason_behind_an_ok_is_no_chat(text: str) -> None:
    understood = read(text, AT_TWENTY_PAST_NINE)
    assert understood.intent == "absence"
    assert "confirm" in understood.ask, "nobody asked, and it may only be told: it is read back first"


@pytest.mark.parametrize(
    "text", ["Thanks, hope the bug isnt going round", "ok thanks. he had a cold last week", "Thanks x he is fine"]
)
def test_an_ok_with_nothing_of_today_is_chat(text: str) -> None:
    assert read(text, AT_TWENTY_PAST_NINE).intent == "chat"


def _read_behind_a_report(text: str, children: str = "Tom:3") -> Understanding:
    """What comes when we hold already that the first child is ill today, and have nothing open."""
    ill = Report(("c1",), "I", date(2026, 11, 10), None, "day")
    return understand(replace(written(text, AT_TWENTY_PAST_NINE, children), known=(ill,)), CALENDAR)


@pytest.mark.parametrize(
    "text",
    ["xx", "Tom Smith 3B", "Tom Smith, year 3", "tom in 3b", "thats Tom Smith", "Toms mum x", "Jane Smith"],
)
def test_a_signature_behind_a_report_is_no_return(text: str) -> None:
    assert _read_behind_a_report(text).intent == "chat"


@pytest.mark.parametrize("text", ["hes asleep now", "poor lad cried all night"])
def test_other_words_of_no_return_are_for_a_person(text: str) -> None:
    understood = _read_behind_a_report(text)
    assert understood.intent in ("question", "absence")
    assert all(report.return_day is None for report in understood.reports)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("sent him in", "return"),
        ("he wants to come", "return"),
        ("will let you know", "return"),
        ("back on thursday", "return"),
        ("2 more days", "return"),
        ("Tom at 11", "return"),
    ],
)
def test_a_return_is_one(text: str, intent: str) -> None:
    assert _read_behind_a_report(text).intent == intent


def test_another_childs_name_is_no_signature() -> None:
    assert _read_behind_a_report("and Ella", "Tom:3 Ella:6").intent != "chat"


@pytest.mark.parametrize(
    ("text", "intent"), [("Kim", "chat"), ("Tom Smith 3B", "chat"), ("tmrw", "return"), ("2", "return")]
)
def test_a_signature_answers_no_question_for_the_day_of_return(text: str, intent: str) -> None:
    assert read(text, AT_TWENTY_PAST_NINE, asked="return").intent == intent


def test_a_childs_own_bus_is_news_of_that_child() -> None:
    understood = read("Ella's bus broke down and Tom is off sick", AT_TWENTY_PAST_NINE, "Tom:3 Ella:6")
    assert [report.children for report in understood.reports if report.code == "I"] == [("c1",)]


@pytest.mark.parametrize(
    "text",
    [
        "Please excuse Tom from PE today he has a bad ankle",
        "Tom can't swim today, has a verruca",
        "Tom is to miss PE today due to a bad back",
        "Tom has a bad knee, ok for school but not PE",
    ],
)
def test_excused_from_games_is_not_away(text: str) -> None:
    understood = read(text)
    assert (understood.intent, understood.reports) == ("question", ())


@pytest.mark.parametrize("text", ["Tom hurt his ankle at PE so hes off today", "Tom wont be in today, PE injury"])
def test_hurt_at_games_and_off_is_away(text: str) -> None:
    assert [report.code for report in read(text).reports] == ["I"]


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Tom has a tummy ache but will try and get him in for 2nd lesson", False),
        ("will try to get him up and in by 10", False),
        ("his dad will try and get him from school", True),
    ],
)
def test_getting_a_child_in_is_no_threat(text: str, harm: bool) -> None:
    assert read(text).safeguarding is harm


@pytest.mark.parametrize("text", ["wrong number mate", "Sorry, wrong number", "No you've got the wrong person"])
@pytest.mark.parametrize("asked", ["absence", "return", "confirm"])
def test_a_wrong_number_takes_nothing_back_and_nobody_is_back(text: str, asked: str) -> None:
    draft = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": None, "session": "day"}
    understood = read(text, AT_TWENTY_PAST_NINE, asked=asked, draft=None if asked == "absence" else draft)
    assert (understood.intent, understood.reports) == ("wrong_number", ())


@pytest.mark.parametrize("text", ["No wrong day, Friday", "wrong child, its ella", "no thats wrong"])
def test_what_else_is_wrong_is_corrected(text: str) -> None:
    draft = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": None, "session": "day"}
    assert read(text, AT_TWENTY_PAST_NINE, "Tom:3 Ella:5", "confirm", draft).intent != "wrong_number"


@pytest.mark.parametrize(
    "text",
    [
        "Tom is sick, back tomorrow. Won't be able to do PE then",
        "Tom has a bug, will be back Thursday but no swimming pls",
    ],
)
def test_ill_today_and_spared_games_when_back_is_a_report(text: str) -> None:
    assert [report.code for report in read(text).reports] == ["I"]
