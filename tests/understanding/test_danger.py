"""Danger: fields of words that meet, broken lists, and time; danger.csv and danger-open.csv measure what is heard."""

from __future__ import annotations

import time

import pytest

from bot.understanding.danger import read_danger
from bot.understanding.words.normalise import read_words
from bot.understanding.words.signals import read_signals
from tests.understanding.reading import heard, read


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


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("Tom has gone missing", True),
        ("Tom went missing last night, he's home safe now", False),
        ("his dad has taken him without my permission", True),
        ("his dad took him without my permission, he is back home now", False),
        ("Tom has stopped breathing", True),
        ("Tom stopped breathing last night, he's in hospital and stable", False),
        ("Tom took an overdose and he is at home with me", True),
    ],
)
def test_who_is_home_or_in_a_hospital_is_no_matter_of_minutes(text: str, now: bool) -> None:
    told = heard(text)
    assert told.safeguarding
    assert told.now is now


def test_being_alone_at_home_counts_until_fifteen() -> None:
    said = "Tom is ill and home alone, I am at work"
    words = read_words(said)
    hits = read_signals(words)
    assert read_danger(hits, words.texts, (3,)).safeguarding
    assert not read_danger(hits, words.texts, (11,)).safeguarding
    assert read_danger(hits, words.texts, (11, 2)).safeguarding, "any younger child listed"
    assert heard("Tom is 8 and home by himself").now
    assert not heard("Tom is 16 and home by himself, he is ill").safeguarding


def test_left_by_a_parent_who_has_gone_away_counts_at_any_age() -> None:
    words = read_words("her mum went to Leeds and left her on her own")
    assert read_danger(read_signals(words), words.texts, (13,)).safeguarding


@pytest.mark.parametrize(
    "text",
    [
        "Ewan wont be in, he refuses to go, says the others hit him",
        "he was hit by another boy and refuses to go",
        "got punched by two girls yesterday so she is staying home",
    ],
)
def test_a_child_whom_others_hit_is_heard(text: str) -> None:
    assert heard(text).safeguarding


@pytest.mark.parametrize(
    "text", ["others have the bug too, it hit him last night", "hit by a bug, two kids down with it"]
)
def test_a_bug_that_hits_is_no_blow(text: str) -> None:
    assert not heard(text).safeguarding


def test_a_near_miss_is_no_unease_either() -> None:
    assert not heard("his dad got hit by a car").safeguarding
    assert heard("he got hit by his dad").safeguarding


@pytest.mark.parametrize(
    "text",
    [
        "one of your girls Tom is sat on the railway line behind the leisure centre",
        "there are boys in your uniform walking along the train tracks",
        "kids from your school messing about on the railway",
        "a girl in your uniform is lying on the pavement by the co-op",
        "theres a little boy from your school wandering down the main road on his own",
        "one of your pupils is being chased by a man in a van",
    ],
)
def test_a_child_seen_in_danger_is_a_matter_of_minutes(text: str) -> None:
    assert heard(text).now


@pytest.mark.parametrize(
    "text",
    [
        "late because the railway line is closed",
        "stood at the railway crossing, the gates are down, Tom will be late",
        "Tom fell on the pavement and grazed his knee, at the doctors",
        "we are stuck on the train line to Exeter, back by lunch",
        "sat on the sofa feeling poorly",
        "wandering round with a sore tummy all night",
        "Tom walks along the railway path to school, he will be in by 9",
    ],
)
def test_a_railway_or_a_pavement_is_no_danger_by_itself(text: str) -> None:
    assert not heard(text).now


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("she left at 8 with her brother??", False),
        ("he left at half 8 with his sister same as always", False),
        ("had to go to work so I left my 6 year old with his brother", True),
    ],
)
def test_the_time_of_leaving_is_nobodys_age(text: str, alone: bool) -> None:
    assert heard(text).safeguarding is alone


@pytest.mark.parametrize(
    "text",
    [
        "he said he wants to be with grandad in heaven",
        "Tom says he wants to go and be with his dad in heaven",
        "she wishes she could join her nan in heaven",
        "Tom saw me get hit last night, he's shaken up so home today",
        "they watched me being strangled",
        "Tom got between us when his dad went for me",
    ],
)
def test_what_is_told_softly_is_heard(text: str) -> None:
    assert heard(text).safeguarding


@pytest.mark.parametrize(
    "text",
    [
        "grandad's in heaven now so we're at the church",
        "he's in heaven with his new xbox, bit of a cold tho",
        "he saw his brother get hit by a cricket ball and felt faint",
        "it's between us and the office, dentist at 9",
    ],
)
def test_a_heaven_or_a_blow_of_another_kind_is_none(text: str) -> None:
    assert not heard(text).safeguarding


@pytest.mark.parametrize(
    "text",
    [
        "Can I talk to someone about a leave of absence",
        "Please can I speak to somebody regarding exceptional leave",
        "Can I talk to someone about an unauthorised absence",
        "Can I talk to someone about the admissions process",
        "Can I talk to someone about school dinners",
        "I'd like to request a meeting with someone to discuss leave",
        "Is there someone I can speak to about applying for leave of absence",
        "Can somebody help me fill in the leave form",
    ],
)
def test_whom_one_would_ask_about_a_procedure_is_nobody_who_is_feared(text: str) -> None:
    understood = read(text)
    assert (understood.intent, understood.safeguarding) == ("question", False)


@pytest.mark.parametrize(
    "text",
    [
        "Can I talk to someone about what happened to Tom",
        "Can I talk to someone in private about home",
        "Can I talk to someone about my husband",
        "Can I speak to someone about safeguarding",
        "Can I talk to someone about the bus, the big kids on it scare her",
        "Can I talk to someone about her attendance, she cries and won't tell me what he did",
        "Can I talk to someone about leave of absence, my husband wants to take her to Pakistan to meet a man",
    ],
)
def test_whoever_says_more_than_that_is_heard(text: str) -> None:
    assert read(text).safeguarding


@pytest.mark.parametrize(
    "text",
    [
        "Tom has a sore throat. Also he says Mr Hill shouted at him and grabbed his arm",
        "Tom says his teacher dragged him out by his arm",
        "Tom off sick. A teacher has been messaging him on snapchat",
        "Tom off with tonsils. His cousin in year 11 has been giving him parcels to carry",
        "Tom is poorly and i think someone has put something in his drink at the party",
        "Off today with a cold. He came home with a burn on his hand and wont say how",
        "Tom is off with a bad tummy, he hasnt eaten since Friday as we've got no money till Thursday",
    ],
)
def test_who_was_hurt_or_goes_hungry_is_heard(text: str) -> None:
    assert read(text).safeguarding


@pytest.mark.parametrize(
    "text",
    [
        "Tom burnt his hand on the iron last night, at the walk in now",
        "Tom has scratches on his arm from the cat, they are infected so off today",
        "Tom has a bug and has not eaten since Friday",
        "Sorry I havent paid his dinner money, will do it tomorrow. He is ill today",
        "he has no money for lunch today can he have a meal and I will pay later",
        "can you tell Mr Hill he grabbed the wrong bag",
        "His teacher messaged him on Teams about the homework",
        "Tom was given a parcel for Miss Hill",
        "I put something in his drink bottle, its just squash",
        "Mr Hill hit the nail on the head, he needs rest. Off today",
    ],
)
def test_a_mishap_and_an_empty_purse_are_no_danger(text: str) -> None:
    assert not read(text).safeguarding


@pytest.mark.parametrize(
    "text",
    [
        "Tom has a cold. His dad lost it with him last night and threw him against the door",
        "Tom has a temperature. His mums boyfriend is back in the house and he is scared of him",
        "Tom isnt well. Please keep this between us but his dad has been hitting me in front of him",
        "Tom has a stomach bug. He told me his teacher hit him",
    ],
)
def test_a_report_before_a_disclosure_stands(text: str) -> None:
    told = read(text)
    assert (told.safeguarding, told.intent, [one.code for one in told.reports]) == (True, "absence", ["I"])


def test_a_cold_with_a_request_is_no_report() -> None:
    assert read("Tom has a cold. Can he sit out of PE").intent == "question"


@pytest.mark.parametrize(
    "text",
    [
        "Can you tell coach she hit her head",
        "can you let coach know that she hit her head at the weekend",
        "please tell Mr Hart he hit his head at the park",
        "She hit her head on the cupboard, please tell her teacher",
        "tell her teacher she hurt her wrist at home",
        "can you tell the coach that he hit his nose at rugby",
        "picked on the team for saturday, so proud",
        "she was picked on Friday for the netball team",
    ],
)
def test_a_plain_accident_and_who_is_chosen_are_no_danger(text: str) -> None:
    assert not read(text, children="Kit:9 Ella:7").safeguarding


@pytest.mark.parametrize(
    "text",
    [
        "dad pushed her she hit her head",
        "her dad hit her, she hit her head on the wall",
        "dad hit her and she banged her head",
        "tell coach he hit her head",
        "coach hit her head",
        "she hit her head because some boys pushed her",
        "picked on by some girls",
        "some girls pick on her",
        "Ella is getting picked on",
        "He gets picked on a lot",
        "been picked on again so she wont come in",
    ],
)
@pytest.mark.parametrize("asked", [None, "absence", "return"])
def test_a_blow_and_bullying_that_is_named_are_heard(text: str, asked: str | None) -> None:
    assert read(text, children="Kit:9 Ella:7", asked=asked).safeguarding
