"""Who guesses that a child plays truant has not got it: it is looked for at once."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize("asked", ["absence", "reason"])
@pytest.mark.parametrize(
    "text",
    [
        "hes bunking isnt he",
        "He must be bunking off",
        "I bet hes bunked off again",
        "he better not be bunking off",
        "If he's bunked off he's in trouble",
        "is he bunking?",
        "the little so and so has wagged it",
        "He will be skiving with his mates",
        "think hes truanting",
        "playing truant again I suspect",
        "hes mitching again",
        "he's twagging it",
        "hes skipping school isn't he",
        "he's done a runner",
        "Tom's gone awol",
        "I'm at work, he'll be wagging it with Jake",
    ],
)
def test_a_guess_at_truancy_is_no_reason_and_the_child_is_looked_for(text: str, asked: str) -> None:
    told = read(text, asked=asked, children="Tom:8")
    assert (told.intent, told.urgent) == ("missing", True)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("he bunked off on Friday so hes grounded, today hes ill", "absence"),
        ("he's not bunking, he has a sore throat", "absence"),
        ("he was skiving, found him in bed, hes on his way now", "late"),
        ("he fell off the bunk bed and hurt his arm", "absence"),
        ("he skipped breakfast and feels sick", "absence"),
        ("he wasn't skiving, he's at the dentist", "absence"),
        ("wag is the dogs name, he bit Tom so hes at the walk in centre", "absence"),
    ],
)
def test_other_words_are_read_for_what_they_say(text: str, intent: str) -> None:
    told = read(text, asked="absence", children="Tom:8")
    assert (told.intent, told.urgent) == (intent, False)


def test_unasked_a_person_reads_it() -> None:
    assert read("is Tom bunking", children="Tom:8").intent == "question"


@pytest.mark.parametrize(
    "text",
    [
        "hes just walked in the door, says he bunked off",
        "he's just walked in, been bunking with Jake",
        "Tom has just come through the door, he skived",
    ],
)
def test_who_has_come_home_is_looked_for_no_more(text: str) -> None:
    told = read(text, asked="absence", children="Tom:8")
    assert (told.intent, told.urgent) == ("absence", False)


@pytest.mark.parametrize(
    "text",
    [
        "he bunked off, walked out the door at 8",
        "I've just come in the door, he must be bunking",
        "Just got in from work, hes bunked off hasnt he",
        "Just come in the door and hes not here, bunking off again",
        "hes bunking off, he walked in the door and went straight out again",
    ],
)
def test_who_went_out_or_was_not_at_home_is_looked_for(text: str) -> None:
    told = read(text, asked="absence", children="Tom:8")
    assert (told.intent, told.urgent) == ("missing", True)


@pytest.mark.parametrize(
    "text",
    [
        "He's just walked through the door, says he had a row with a teacher and left",
        "just turned up at home, he fell out with someone and left school",
        "He walked out at lunch and came home. Ive got him here",
        "she's home, she left after lunch cos some girls were being horrible",
        "just come home, he said he'd had enough and left at dinner",
    ],
)
def test_who_walked_out_and_is_home_is_looked_for_no_more_and_has_no_code(text: str) -> None:
    told = read(text, asked="absence", children="Tom:8")
    assert (told.intent, told.urgent, [one.code for one in told.reports]) == ("absence", False, ["N"])
    assert "reason" not in told.ask


@pytest.mark.parametrize(
    "text",
    [
        "He left school at lunch and isnt home yet",
        "He came home, left school after lunch, then went out again",
        "she came home at lunch and left again, said she was going back to school",
    ],
)
def test_who_walked_out_and_is_not_home_is_looked_for(text: str) -> None:
    told = read(text, asked="absence", children="Tom:8")
    assert told.intent in ("missing", "present")
    assert told.urgent


@pytest.mark.parametrize(
    "text",
    [
        "Tom's come home, says he walked out",
        "Tom has just turned up here, walked out after lunch he says",
        "Tom just got home, he left school at lunch because of a row",
    ],
)
def test_who_tells_it_unasked_has_the_child_and_school_is_to_hear(text: str) -> None:
    told = read(text, "2026-11-10T13:40", children="Tom:8")
    assert (told.intent, told.safeguarding) == ("question", False)


@pytest.mark.parametrize(
    "text",
    [
        "he walked out of school again, don't know where he's gone",
        "Where is Tom? he walked out of school at lunch and isn't home",
        "Tom came home at lunch, said he walked out, and he's gone out again",
    ],
)
def test_who_tells_unasked_that_the_child_is_gone_has_it_looked_for(text: str) -> None:
    told = read(text, "2026-11-10T13:40", children="Tom:8")
    assert told.urgent
    assert told.intent in ("missing", "present", "question")


@pytest.mark.parametrize(
    "text",
    [
        "he's come home ill, he left school at lunch with a headache",
        "he's just walked in, says he's been told to go home cos he was sick",
        "he left school early yesterday, he is home today with a cold",
    ],
)
def test_an_illness_beside_it_is_the_reason(text: str) -> None:
    assert [one.code for one in read(text, asked="absence", children="Tom:8").reports] == ["I"]
