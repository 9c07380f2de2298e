"""Two children in one text, with two fates: what is told of the one is not taken for the other, nor lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Asked, Report, Understanding, understand
from tests.understanding.reading import CALENDAR, read, written
from tests.understanding.reading import told as days_told

TESS, VIC = "c1", "c2"


def of_both(text: str) -> Understanding:
    """Read in answer to our question about both."""
    message = written(text, sent="2026-11-10T09:20", children="Tess:2 Vic:4")
    return understand(replace(message, asked=Asked("absence", None, (TESS, VIC), date(2026, 11, 10))), CALENDAR)


def told(understood: Understanding) -> dict[str, str | None]:
    return {child: report.code for report in understood.reports for child in report.children}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Tess is ill, Vic should be in", "present"),
        ("Tess is ill. Vic left at 8", "present"),
        ("Tess is ill, not sure where Vic is", "missing"),
        ("Tess is ill but no idea where Vic is", "missing"),
        ("Tess is in bed with a migraine but Vic went in on his bike, he should be there!!", "present"),
        ("Tess is in hospital. Vic should be in", "present"),
        ("Tess was in a state all night so she's off ill but Vic left on his bike at 8", "present"),
    ],
)
def test_the_other_one_is_looked_for(text: str, intent: str) -> None:
    understood = of_both(text)
    assert (understood.intent, understood.urgent) == (intent, True)
    assert told(understood) == {TESS: "I", VIC: None}


@pytest.mark.parametrize(
    "text",
    [
        "Tess sick. Vic fine",
        "Tess is ill but Vic is ok",
        "Tess is off with a cold. Vic is absolutely fine thank goodness",
        "Vic's fine, Tess has been sick",
        "Tess has a temp, the other one is fine",
        "Vic is all right, Tess has chickenpox",
    ],
)
def test_whoever_says_of_one_that_it_is_well_believes_it_in_school(text: str) -> None:
    understood = of_both(text)
    assert (understood.intent, understood.urgent) == ("present", True)
    assert told(understood) == {TESS: "I", VIC: None}


@pytest.mark.parametrize(
    "text",
    [
        "Tess is ill. Vic is fine at home with me",
        "Tess is ill. Vic is fine now, back tomorrow",
        "Tess is ill, Vic is better back tomorrow",
        "Tess is ill, Vic is fine but late",
        "Tess ill. Vic was fine yesterday",
        "Tess is ill. Vic fine, she's with me",
        "Tess is ill, Vic is not well either",
        "Tess is ill, is Vic ok?",
        "Tess is ill, Vic fine just tired",
        "Tess and Vic are fine",
        "Tess running late, Vic fine",
    ],
)
def test_more_than_that_it_is_well_says_where_it_is_or_when(text: str) -> None:
    understood = of_both(text)
    assert (understood.intent in ("absence", "late"), understood.urgent) == (True, False)


def test_well_is_no_word_of_where_a_child_is_that_nobody_asked_about() -> None:
    message = written("Tess is ill, Vic is fine", sent="2026-11-10T09:20", children="Tess:2 Vic:4")
    for asked in (None, Asked("absence", TESS, (), date(2026, 11, 10))):
        assert told(understand(replace(message, asked=asked), CALENDAR)) == {TESS: "I"}


@pytest.mark.parametrize(
    "text", ["Tess is ill, don't know about Vic he's at his dads", "Tess is ill, no idea about Vic"]
)
def test_of_whom_nothing_is_known_nothing_is_recorded(text: str) -> None:
    assert told(of_both(text)) == {TESS: "I"}


@pytest.mark.parametrize(
    "text", ["Tess is ill and so is Vic", "Tess is ill, Vic too", "Tess is ill and Vic as well", "Tess and Vic are ill"]
)
def test_the_same_is_told_of_both(text: str) -> None:
    understood = of_both(text)
    assert (told(understood), understood.ask) == ({TESS: "I", VIC: "I"}, ("return",))


@pytest.mark.parametrize("text", ["is Tom ok? he didnt eat breakfast", "Is Tom ok?", "is he alright", "is Tom ok"])
def test_who_asks_how_a_child_is_whom_we_miss_has_not_got_it(text: str) -> None:
    understood = read(text, "2026-11-10T09:20", "Tom:8", "absence")
    assert (understood.intent, understood.urgent) == ("missing", True)
    assert read(text, "2026-11-10T09:20", "Tom:8").intent in ("question", "chat")


@pytest.mark.parametrize(
    "text", ["he has a cold but is otherwise ok", "Tom has a bug, is that ok?", "Tom is ok just a cold"]
)
def test_who_tells_how_a_child_is_knows_where_it_is(text: str) -> None:
    assert read(text, "2026-11-10T09:20", "Tom:8", "absence").intent == "absence"


def test_who_comes_with_his_father_is_in_no_danger() -> None:
    understood = of_both("Tess is ill, Vic is on his way with his dad")
    assert (understood.safeguarding, understood.urgent, told(understood)) == (False, False, {TESS: "I", VIC: None})


def test_a_father_who_is_on_his_way_may_be_one() -> None:
    assert read("her dad is on his way up there, dont let him take her", "2026-11-10T09:20", "Tess:2").safeguarding


@pytest.mark.parametrize(
    ("text", "ill", "late"),
    [
        ("Tess is poorly, back Thursday. Vic is ok but running late, in by 9.30", "2026-11-10 2026-11-12", "09:30"),
        ("Tess is being sick. Vic is fine but will be late, about 9.20", "2026-11-10 -", "09:20"),
        ("tess is off with a temp, vic is coming but late, 9.30", "2026-11-10 -", "09:30"),
    ],
)
def test_the_time_of_the_late_one_is_not_the_ill_ones(text: str, ill: str, late: str) -> None:
    assert days_told(read(text, children="Tess:2 Vic:4")) == {"c1": [ill], "c2": [f"2026-11-10 - am {late}"]}


@pytest.mark.parametrize(
    "text",
    [
        "Tess much better, in tomorrow. Im picking Vic up at 2 tomorrow for the dentist",
        "Tess will be back tomorrow. Vic has got a temperature now",
        "Tess back tomorrow, Vic off with a cold",
    ],
)
def test_who_is_back_is_not_reported_away_beside_the_other(text: str) -> None:
    message = written(text, sent="2026-11-10T15:40", children="Tess:2 Vic:4")
    ill = Report((TESS,), "I", date(2026, 11, 10), None, "day")
    understood = understand(replace(message, known=(ill,)), CALENDAR)
    [back] = [report for report in understood.reports if TESS in report.children]
    assert (back.code, back.first_day, back.return_day) == (None, None, date(2026, 11, 11))
    assert told(understood)[VIC] in ("I", "M")


def test_of_whom_nothing_was_reported_the_day_back_ends_an_absence() -> None:
    assert told(of_both("Tess is ill, back tomorrow. Vic has the dentist"))[TESS] == "I"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Vic off again today. Tess back in tomorrow she's got it worse", "2026-11-10 -"),
        ("Vic is ill today with what Tess had. Tess is back tomorrow", "2026-11-10 -"),
        ("Vic is being sick, Tess will be back on Thursday as planned", "2026-11-10 -"),
        ("Vic is being sick, Tess is fine. Back on Thursday", "2026-11-10 2026-11-12"),
        ("Tess's fine, Vic is the one who's ill, back Thursday", "2026-11-10 2026-11-12"),
        ("Vic has a temp and will be back Thursday, Tess is in", "2026-11-10 2026-11-12"),
    ],
)
def test_the_return_of_the_one_is_not_the_others(text: str, days: str) -> None:
    assert days_told(read(text, children="Tess:2 Vic:4"))["c2"] == [days]


@pytest.mark.parametrize(
    ("text", "tom", "ella"),
    [
        ("both off with a bug. thursday for Tom, friday for Ella", "2026-11-12", "2026-11-13"),
        ("Tom and Ella both poorly. thurs for Tom, Ella fri", "2026-11-12", "2026-11-13"),
        ("both ill. wed for Tom and thurs for Ella", "2026-11-11", "2026-11-12"),
    ],
)
def test_a_day_that_is_for_one_child_is_its_own(text: str, tom: str, ella: str) -> None:
    told = read(text, children="Tom:4 Ella:2")
    assert {report.children: str(report.return_day) for report in told.reports} == {("c1",): tom, ("c2",): ella}


@pytest.mark.parametrize("day", ["thursday for school", "thursday for Tom and Ella", "thursday for Tom, Ella"])
def test_a_day_for_both_or_for_something_else_is_for_both(day: str) -> None:
    told = read(f"Tom and Ella both poorly. {day}", children="Tom:4 Ella:2")
    assert [(report.children, str(report.return_day)) for report in told.reports] == [(("c1", "c2"), "2026-11-12")]


@pytest.mark.parametrize(
    "text",
    [
        "Vic has hurt his ankle, we're at a&e",
        "Vic fell over and we are at the hospital with him",
        "Vic is poorly, we've been up all night",
        "Vic is poorly, we're taking him to the doctors",
        "Vic has a fever, we are off to the walk in centre",
        "We had a bad night with Vic, he's staying home",
    ],
)
def test_the_parents_of_one_are_not_both_children(text: str) -> None:
    assert told(of_both(text)) == {VIC: "I"}


@pytest.mark.parametrize(
    "text",
    [
        "Vic has covid so we are isolating",
        "we are all ill, Vic has it worst",
        "Vic has been sick, it's going round us all",
    ],
)
def test_a_family_that_is_away_is_both_children(text: str) -> None:
    assert told(of_both(text)) == {TESS: "I", VIC: "I"}


def of_a_brother_and_a_sister(text: str, children: str = "Tom:2 Ella:4") -> Understanding:
    message = written(text, sent="2026-11-10T09:20", children=children)
    return understand(replace(message, asked=Asked("absence", None, ("c1", "c2"), date(2026, 11, 10))), CALENDAR)


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("hes got a tummy bug", {"c1": "I"}),
        ("i emailed last night, hes poorly", {"c1": "I"}),
        ("she's got a temperature, back thursday", {"c2": "I"}),
        ("she has the dentist", {"c2": "M"}),
        ("he's at the doctors", {"c1": "M"}),
        ("he is poorly and she is too", {"c1": "I", "c2": "I"}),
        ("she gave it to him, both ill", {"c1": "I", "c2": "I"}),
        ("My husband said he rang, they have covid", {"c1": "I", "c2": "I"}),
        ("ill", {"c1": "I", "c2": "I"}),
    ],
)
def test_he_is_the_brother_and_she_the_sister(text: str, reported: dict[str, str]) -> None:
    assert told(of_a_brother_and_a_sister(text)) == reported


def test_which_of_two_brothers_he_is_is_asked() -> None:
    understood = of_a_brother_and_a_sister("hes got a tummy bug", "Tom:2 Ben:4")
    assert told(understood) == {}
    assert "child" in understood.ask


@pytest.mark.parametrize("text", ["she should be there", "he left at 8"])
def test_where_somebody_is_sought_all_are(text: str) -> None:
    understood = of_a_brother_and_a_sister(text)
    assert (understood.intent, understood.urgent) == ("present", True)
    assert {child for report in understood.reports for child in report.children} == {"c1", "c2"}


@pytest.mark.parametrize(
    "text",
    ["Tess is ill, I will be late with Vic", "Tess is ill so we'll be late with Vic", "Tess is ill. Vic will be late"],
)
def test_who_is_brought_late_is_not_ill(text: str) -> None:
    assert told(of_both(text)) == {TESS: "I", VIC: None}


@pytest.mark.parametrize(
    "text",
    [
        "Ella left for school at eight as usual",
        "Ella is in school",
        "Ella went in this morning",
        "Ella is in school, I took her in",
        "Ella's in, I dropped her off myself",
        "Ella is there. she went with her friends",
    ],
)
def test_who_is_named_set_off_and_not_the_one_we_asked_about(text: str) -> None:
    told = read(text, "2026-11-10T09:20", "Tom:3 Ella:5", asked="absence")
    assert (told.intent, [one.children for one in told.reports]) == ("present", [("c2",)])


@pytest.mark.parametrize(
    "text", ["he got the bus with Ella", "got the bus with Ella", "I dropped him and Ella at 8.30"]
)
def test_whom_another_went_with_is_the_one_we_asked_about(text: str) -> None:
    told = read(text, "2026-11-10T09:20", "Tom:3 Ella:5", asked="absence")
    assert "c1" in {child for one in told.reports for child in one.children}


@pytest.mark.parametrize(
    "text",
    [
        "Ella got the bus but he wasn't on it",
        "Tom went with his sister, Ella is in her class? where is Tom",
        "Ella says he got off at the retail park with some lads",
        "He should be there, I took him and then Ella",
        "he left with Ella and she has just texted me from form, so where is he",
        "Ella has a fever since sunday. Tom I don't know, he left for school at 8, please look",
        "you mean Ella, she's poorly, Tom is in school",
    ],
)
def test_whom_we_asked_about_is_looked_for_whoever_else_is_named(text: str) -> None:
    told = read(text, "2026-11-10T09:20", "Tom:3 Ella:5", asked="absence")
    assert told.intent in ("present", "missing")
    assert told.reports[0].children == ("c1",)


@pytest.mark.parametrize(
    "text", ["Ella says she got off at the retail park with some girls", "she left at 8, Ella saw her on the bus"]
)
def test_of_two_girls_whom_we_asked_about_is_looked_for_where_her_sister_tells_of_her(text: str) -> None:
    told = read(text, "2026-11-10T09:20", "Ruby:3 Ella:5", asked="absence")
    assert (told.intent in ("present", "missing"), told.reports[0].children) == (True, ("c1",))


@pytest.mark.parametrize("text", ["Ella is in school, I took her in", "Ella went in at 8.30, I watched her go"])
def test_of_two_girls_the_one_that_is_named_is_the_one_that_was_taken_in(text: str) -> None:
    told = read(text, "2026-11-10T09:20", "Ruby:3 Ella:5", asked="absence")
    assert (told.intent, [one.children for one in told.reports]) == ("present", [("c2",)])


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("He never came home last night, the police are here", ()),
        ("Ella says he got off two stops early with some lad", ()),
        ("Tom is in his class! I left him at the door. Ella waved at him", ()),
        ("Ella is the one who is off. Tom should be in", ("c2",)),
        ("Tom should be there, Ella has chickenpox", ("c2",)),
    ],
)
def test_beside_a_child_that_is_looked_for_another_is_away_only_where_it_is_told(
    text: str, away: tuple[str, ...]
) -> None:
    told = read(text, "2026-11-10T09:20", "Tom:3 Ella:5", asked="absence")
    sought, *others = told.reports
    assert (sought.children, tuple(child for one in others for child in one.children)) == (("c1",), away)
