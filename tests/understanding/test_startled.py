"""Who cannot believe that the child is not in school has sent it there, and it is looked for at once."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize("asked", ["absence", "reason"])
@pytest.mark.parametrize(
    "text",
    [
        "what do you mean not in",
        "wdym hes not in",
        "What do you mean Tom isn't in school??",
        "what do you mean absent",
        "not in? how can he not be in",
        "How come he's not there",
        "what??? not in???",
        "eh? hes not there?",
        "that cant be right",
        "there must be some mistake",
        "are you sure?",
        "hes not ill",
        "no one is ill",
        "Tom isn't off",
        "nothing wrong with him",
        "he's not off sick",
    ],
)
def test_disbelief_is_no_reason_and_the_child_is_looked_for(text: str, asked: str) -> None:
    told = read(text, asked=asked)
    assert (told.intent, told.urgent) == ("present", True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hes not in today", "absence"),
        ("Absent", "absence"),
        ("what do you mean, hes off sick", "absence"),
        ("That's not right, I rang this morning to say he was ill", "absence"),
        ("what do you mean why", "question"),
        ("what???", "question"),
        ("not well", "absence"),
        ("he's not ill but we're having a family day", "absence"),
        ("not ill, dentist", "absence"),
        ("he's not been well", "absence"),
    ],
)
def test_other_words_are_read_for_what_they_say(text: str, kind: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == (kind, False)


def test_unasked_it_is_no_alarm() -> None:
    assert not read("are you sure?").urgent


@pytest.mark.parametrize(
    "text",
    [
        "I dont know love i thought he was at school, try his mum",
        "I thought he was at school, ask his dad",
        "His mum had him last night, he should have been dropped off by her. Ask her",
    ],
)
def test_who_names_somebody_to_ask_may_believe_the_child_in_school(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == ("present", True)


@pytest.mark.parametrize(
    "text",
    [
        "his dad has him this week, ask him",
        "dunno love, ask his mum",
        "at work cant talk, ask my husband",
        "ask my wife",
    ],
)
def test_who_only_names_somebody_to_ask_is_no_alarm(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == ("other_parent", False)


@pytest.mark.parametrize("text", ["Who is this? I dont have a kid", "who's this, I do not have a child"])
def test_who_has_no_child_is_not_the_contact(text: str) -> None:
    assert read(text, asked="absence").intent == "wrong_number"


@pytest.mark.parametrize("text", ["i'll find out", "let me find out", "will find out what's going on"])
def test_who_has_to_find_out_did_not_know(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == ("missing", True)


@pytest.mark.parametrize(
    "text",
    [
        "You've got the wrong Mark mate. This is a plumber's in Hull",
        "you have got the wrong number",
        "He's sat in my kitchen eating his third breakfast. First exam's Monday. Not sick",
        "I've got him. Not ill. I am not telling the whole office why",
        "not ill, he is at his nans looking after her",
    ],
)
def test_who_says_where_the_child_is_or_has_none_is_not_startled(text: str) -> None:
    assert read(text, "2026-11-10T09:30", "Tom:9", asked="absence").intent not in ("present", "missing")


@pytest.mark.parametrize("children", ["Tom:3", "Emre:9"])
@pytest.mark.parametrize(
    "text",
    [
        "This is the third time this month you have got it wrong, I am sick of it",
        "you keep getting it wrong",
        "your register is wrong again, sort it out",
        "Third time this term your system has been wrong, I'm fed up",
        "wrong again",
        "you have got it wrong, we are sick of you ringing",
    ],
)
def test_who_is_sick_of_our_mistakes_is_ill_of_nothing(text: str, children: str) -> None:
    told = read(text, children=children, asked="absence")
    assert (told.intent, told.urgent) == ("present", True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("wrong again, he's poorly", "absence"),
        ("You got it wrong, he's ill in bed", "absence"),
        ("You've got the wrong number again, I'm sick of it", "wrong_number"),
        ("sick of these texts", "question"),
    ],
)
def test_what_is_told_beside_a_mistake_of_ours_counts(text: str, kind: str) -> None:
    assert read(text, asked="absence").intent == kind


@pytest.mark.parametrize(
    "text",
    [
        "He stayed over at Jack's, Jack's mum was going to bring them",
        "his nan was going to drop him off",
        "The childminder was bringing him",
        "he was getting a lift with Jack's dad",
        "his uncle said he'd drop him on his way to work",
    ],
)
def test_whom_somebody_else_was_to_bring_is_believed_in_school(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == ("present", True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Jack's mum was going to bring them but they've both been sick", "absence"),
        ("I was going to bring him in but he was sick", "absence"),
        ("Jack's mum is bringing them now", "late"),
        ("we were going to bring him in at 10", "late"),
        ("his nan was taking him to the doctors", "absence"),
        ("he was getting a lift home with Jack", "absence"),
        ("i think youve got me mixed up with someone", "wrong_number"),
        ("you must be confusing me with another parent", "wrong_number"),
    ],
)
def test_other_plans_and_other_people_are_no_belief(text: str, kind: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == (kind, False)
