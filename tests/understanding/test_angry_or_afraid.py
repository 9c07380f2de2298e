"""Anger at us says nothing of the child, and a child who is afraid to come is away, whatever else is told beside it."""

from __future__ import annotations

import pytest

from tests.understanding.reading import heard, read


@pytest.mark.parametrize(
    "text",
    [
        "not again. can a human being talk to me please",
        "Every single week you send me this rubbish. I want to make a complaint to the head",
        "You are harassing me",
        "this is getting ridiculous",
        "can someone real please tell me what is going on",
        "I'm not happy about this text, it made me panic",
        "oh for gods sake leave me alone every single week its the same with you people",
        "leave us alone will you",
        "here we go again, every single time its the same with you lot",
        "Do you lot not have anything better to do than text me every five minutes",
        "have you nothing better to do",
        "Another one of these texts, honestly",
        "for gods sake not again",
        "What is it with you lot",
        "You only ever text me when its bad news",
        "I'm not answering this",
        "I'm at work, I cant keep answering these",
        "why are you always having a go at me",
        "It's always us isn't it",
        "Third text this week, its really not on",
        "4th text in 2 weeks, not good enough",
        "3rd text today, what is going on up there",
        "this is just not on",
        "thats not good enough",
        "you never listen",
        "I pay my taxes for this",
        "not impressed",
        "im not discussing it by text",
        "why u asking me hes 15 he does what he wants",
        "she's 15, she does what she likes",
        "he does what he wants that one",
        "he wont listen to me what am i supposed to do",
        "dont ask me, cant do anything with her",
        "not my problem mate",
        "whats it to do with you",
    ],
)
def test_a_complaint_in_answer_to_our_question_is_for_a_person(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.reports) == ("question", ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I've already told the office, this is ridiculous", "N"),
        ("Tom is not well, stop pestering me", "I"),
        ("he's got a ridiculous temperature", "I"),
        ("he has a cold, now leave me alone", "I"),
        ("here we go again, he's got another ear infection", "I"),
        ("he's been running to the loo every five minutes", "I"),
        ("give us a break, he's ill", "I"),
        ("third time this week he's been sick, so hes off", "I"),
        ("not good, been up all night being sick", "I"),
        ("he's not good enough to come in today", "I"),
        ("3rd text today! he has a temperature", "I"),
        ("he does what he wants but hes in bed with a bad chest today", "I"),
        ("why are you asking me? he's been off with his tonsils since monday", "I"),
        ("its the same with Tom every winter, he's got a chest infection", "I"),
    ],
)
def test_a_report_in_anger_is_a_report(text: str, code: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, [report.code for report in told.reports]) == ("absence", [code])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("for gods sake he's in school", "present"),
        ("you people need to check, I dropped him off", "present"),
        ("not answering his phone", "missing"),
        ("will be there in five minutes, give me a break", "late"),
        ("third time this week you've got it wrong", "present"),
        ("get your facts right", "present"),
        ("not on the bus as it never came, running late", "late"),
        ("You've texted a taxi firm", "wrong_number"),
    ],
)
def test_anger_does_not_hide_where_a_child_is(text: str, intent: str) -> None:
    assert read(text, asked="absence").intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "who is this? ive only had this number a week, no kids",
        "Who is this? I have had this number a month and have no children",
        "Hi, this isn't the right number for Mrs Smith",
        "this is not the right person",
    ],
)
def test_somebody_else_s_number_is_wrong(text: str) -> None:
    assert read(text, asked="absence").intent == "wrong_number"


@pytest.mark.parametrize(
    "text",
    [
        "Tom is too scared to come in today, he says a man has been waiting by the gates and grabbed his arm yesterday",
        "too frightened to go to school after what happened to him yesterday, boys hit him on the bus",
    ],
)
def test_a_child_who_is_afraid_to_come_is_away(text: str) -> None:
    told = read(text)
    assert (told.intent, told.safeguarding) == ("absence", True)
    assert [report.code for report in told.reports] in (["I"], ["N"])


def test_fear_of_something_else_is_no_absence() -> None:
    assert read("Tom was too nervous to go on the trip, is he in class today?").intent == "question"


def test_a_parent_whom_we_harass_is_not_the_child_whom_somebody_harasses() -> None:
    assert not heard("You are harassing me with these texts").safeguarding
    assert heard("a man keeps harassing me on the way home").safeguarding
    assert heard("the older boys keep harassing him at the bus stop").safeguarding


@pytest.mark.parametrize(
    "text", ["for gods sake I left a voicemail at 7.30 check your messages", "I rang at 8. check your emails please"]
)
def test_our_messages_to_be_looked_at_are_no_child_in_school(text: str) -> None:
    assert read(text, children="Albie:1", asked="absence").intent != "present"


@pytest.mark.parametrize(
    "text", ["check your registers again, he is in", "can you check your classes please he went in"]
)
def test_registers_to_be_looked_at_are(text: str) -> None:
    assert read(text, children="Albie:1", asked="absence").intent == "present"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("he does what he likes but he left for school at 8", "present"),
        ("old enough to do what he wants, he went to his mates last night and i havent seen him", "missing"),
        ("dont ask me ask his dad hes got him", "other_parent"),
        ("nothing to do with me, he's at his mums", "other_parent"),
    ],
)
def test_where_the_child_is_comes_before_the_anger(text: str, intent: str) -> None:
    assert read(text, asked="absence").intent == intent
