"""What a member of staff answers to an alert in plain words, and the words that end no search."""

from __future__ import annotations

import pytest

from attendance.people import Pupil
from bot.for_staff.staff_news import REACHED, StaffNews, read_staff_news

AMINA = Pupil("amina", "Amina", "Okafor", 7, "7M", known_as=("Mina",))
BEN = Pupil("ben", "Ben", "Tolliver", 7, "7M")
BOTH = {"amina": AMINA, "ben": BEN}

FOUND = """
found her|Found her in the library|found her in the library, safe and well|ok found her, she's in the music room
she's in class, I've seen her|she is in school|She's here with me|he is in maths with Mr Hart|she's in room 12
I have found him in the canteen|just seen her in the hall|I've seen her in her form room|seen him in the yard just now
got her here with me|She is in the medical room with the nurse|found safe|located in the sports hall
Found her - in the wrong class. I have marked her in|he's in PE, teacher missed him|all good, found her
she is in English and she is fine|found them in the library|panic over, she's in the office with me
She's in her tutor room. Register being corrected|he's been found in the gym|I've just seen her""".replace(
    "\n", "|"
).split("|")[1:]
ARRIVED = "she's just arrived|he has just walked in|just signed in at reception|she has turned up late".split("|")
ILL = """
spoke to mum, she is ill at home|spoke to mum she's ill|Spoken to dad - he's poorly, off today
mum says she is ill|mum rang, she has a temperature|got hold of dad, she is at home with a cold
ill at home, spoke to mum|rang mum, he's been sick|I spoke to her mum and she says he is in bed with a fever
spoke to nan. she is unwell and off today|mum just rang, off sick today""".replace("\n", "|").split("|")[1:]
OTHER = "spoke to mum, he's at the dentist|dad says she is at an orthodontist appointment today".split("|")
SAFE = "mum says she is at home|spoke to mum, she is safe at home|spoke to dad, she's at home with him".split("|")
COMING = "spoke to mum, he's on his way in|mum says she is running late|dad rang, she is on her way to school".split(
    "|"
)
SPOKE = "spoke to mum|got hold of dad|I've just spoken to her mother".split("|")
UNCLEAR = """
found out she's ill|found out she is ill?|not found|not found her|found her brother|found her bag|found|found him?
haven't found her|can't find her|still looking|she should be in class|she's in class I think|is she in class?|in class
she was in class at 9|saw her at break|seen her|seen her this morning at the gate|I saw her yesterday|she's at home
found her crying in the toilets|found her in the library, she has hurt her head|found her at home|found her in town
she's not in class|she isn't in school|she is at her old school|not in the library|checked the library|she's safe
she is fine|found her mum|found mum|found her number|have you found her|someone found her|she's with Mr Okafor
she is ill|she is ill at home|spoke to mum, she is not ill|spoke to mum, she does not know where she is|rang mum
mum didn't answer|spoke to mum, mum is ill|spoke to mum, she's at her dad's|spoke to mum, he left at eight
spoke to mum, she is at home|spoke to mum, she is on her way|spoke to dad, he is at home|mum says she left for school
found her in the library with a boy|found her with a bruise|found Ella in the library|found her outside the gates
nobody found her in the library|Amina's brother is in class|her friend is in class|she will be in class|back soon
she might be in the library|if she's in class|she's in hospital|she's present?|found her coat in the library|in|here
I'm here|found her phone is off|got her|she is gone|spoke to mum, she is ill at home?|ill|at home|mum
she's in the library or in class|she's in class but upset
found her outside school|she is at the library|in a different school|found her and lost her again""".replace(
    "\n", "|"
).split("|")[1:]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        *((text, "present_after_all") for text in FOUND),
        *((text, "arrived_late") for text in ARRIVED),
        *((text, "answered_ill") for text in ILL),
        *((text, "answered_other") for text in OTHER),
        *((text, "no_reason_given") for text in SAFE),
        *((text, "late_on_the_way") for text in COMING),
        *((text, REACHED) for text in SPOKE),
    ],
)
def test_plain_words_say_what_came_of_the_child(text: str, outcome: str) -> None:
    assert read_staff_news(text, {"amina": AMINA}) == StaffNews(outcome)


@pytest.mark.parametrize("text", ["", "ok", "👍", *UNCLEAR, "found her " * 30])
def test_words_that_are_not_clear_say_nothing(text: str) -> None:
    assert read_staff_news(text, {"amina": AMINA}) is None


@pytest.mark.parametrize(
    ("text", "numbers", "named"),
    [
        ("112 found her in the library", ("112",), ()),
        ("found her in the library 112", ("112",), ()),
        ("ok 112: she's in room 14", ("112",), ()),
        ("found Amina in the library", (), ({"amina"},)),
        ("Mina is in class", (), ({"amina"},)),
        ("A.O. is in class", (), ({"amina"},)),
        ("found AO 7M in the gym", (), ({"amina"},)),
        ("Found Ben Tolliver in the gym", (), ({"ben"},)),
        ("spoke to Ben's mum, he is ill", (), ({"ben"},)),
    ],
)
def test_a_number_a_name_or_initials_say_which_child(
    text: str, numbers: tuple[str, ...], named: tuple[set[str], ...]
) -> None:
    news = read_staff_news(text, BOTH)
    assert news is not None
    assert (news.numbers, news.named) == (numbers, tuple(map(frozenset, named)))


def test_a_signature_does_not_spoil_it() -> None:
    assert read_staff_news("Found her\nMs Reed", {"amina": AMINA}, ("Ms Reed",)) == StaffNews("present_after_all")
