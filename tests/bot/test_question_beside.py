"""What a message asks of the school beside its report: something to do, or only to know."""

from __future__ import annotations

import pytest

from bot.for_staff.question_beside import asks_beside, asks_to_come_in
from bot.outcome import Heard
from bot.understanding import Report
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, means, says


@pytest.mark.parametrize(
    "text",
    [
        "Ella is off with a cold. Can you send her inhaler form home with Ben please",
        "Tom poorly today. could someone cancel his lunch",
        "Amy has tonsillitis, please could you email her maths work",
        "off sick, pls ask Miss Bell to keep her painting dry",
        "Leo is ill. Can u check if he left his coat",
        "not in today, sickness bug. Would you remind Sam to walk home with Mia",
        "Amos is ill. What time is parents' evening?",
        "ill. can you text me what he needs for friday",
        "Ivy has hand foot and mouth. How long does she need to be off",
        "Bea will be in tomorrow but can she miss PE",
        "you sent Kai home yesterday with sickness, can he come in tomorrow",
        "Kai has been sick so is off. do i need to bring a note",
        "Nits!! just found them. doing the lotion now can she come in after dinner or does she need the whole day off",
        "can Sami bring his spellings home for him",
        "boot on 6 wks but back tomorrow on crutches. is there a lift pass or anything",
        "Do I need to let you know again tomorrow if hes the same?",
        "hes ill. should i ring again in the morning",
        "is everything ok I've got 4 missed calls",
        "Leon is unwell today. Also could you let me know when his mock results are out?",
        "ok ta. and is it on zoom or in person",
        "obrigada. He can do homework at home? what is the pages",
        "ok thank you will he get detention for it",
        "thanks. what work should he do",
        "thank you for that. could his teachers send the work he'll miss",
        "on his way in today, please go easy on him in PE",
        "back today, can you watch her please, she is still a bit wobbly",
        "Denzel off with earache. does Loveday need her PE kit today?",
    ],
)
def test_something_to_do_is_heard(text: str) -> None:
    assert asks_beside(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ella is off with a cold today",
        "Can you let her teacher know Ella is ill today please",
        "Please tell Mr Shaw she is not in, thanks",
        "Could you mark him as ill please",
        "Please can you authorise Thursday, it is a funeral",
        "Tom is poorly. Please call me if you need anything",
        "Tom is poorly. Please call me",
        "hope you can understand, he is very upset and ill",
        "Please note Kai is at the dentist until 11",
        "Tom is ill today, is that ok?",
        "How long he will be off I do not know",
        "off with a cold, do you need anything else?",
        "he can give it a miss today, he has a temperature",
        "I will let you know if there is any change",
        "Tom is ill, can you let me know if you need anything?",
        "there is a bug going round, is that ok?",
        "thanks, it is on its way out",
        "Will is poorly, will be back Thursday",
        "ok, he will do his work at home",
        "what a night we had, she is ill",
    ],
)
def test_to_know_to_note_or_to_forgive_is_nothing_to_do(text: str) -> None:
    assert not asks_beside(text)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("she feels better and would like to come in this afternoon, is that ok?", True),
        ("was sick last night but wants to come in after lunch is this alright", True),
        ("would like to come in this afternoon, is this ok?", True),
        ("he'll be in this afternoon, is that ok?", False),
        ("keeping her off today is that ok?", False),
    ],
)
def test_whether_a_child_may_come_in_is_a_question_for_a_person(text: str, asks: bool) -> None:
    assert asks_beside(text) is asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("she would like to come in, ok?", True),
        ("is it ok if she comes in?", True),
        ("can I bring her back?", True),
        ("she is coming back in after all", False),
        ("would like to say thank you", False),
    ],
)
def test_who_asks_whether_the_child_may_come_in_has_no_answer_from_a_record(text: str, asks: bool) -> None:
    heard = Heard("m1", "sms", "+447700900001", text, at("08:30"))
    assert asks_to_come_in(heard, means("return", Report(("amina",)))) is asks
    assert not asks_to_come_in(heard, means("return", Report(("amina",), return_day=DAY)))


@pytest.mark.parametrize(
    ("text", "complains"),
    [
        ("I RANG AT HALF 7. SHE IS ILL. DOES NOBODY LISTEN TO THE ANSWERPHONE. SORT IT OUT", True),
        ("she's ill, how many times do I have to tell you", True),
        ("she's ill, nobody answers at her dad's", False),
        ("she's ill, we will sort it with her dad", False),
    ],
)
def test_what_is_complained_of_beside_a_report_is_read(text: str, complains: bool) -> None:
    outcome = Thread("mum", cases=[case()]).hears(means("absence", says("amina")), text)
    assert (("message_to_read", False) in alerted(outcome)) is complains
