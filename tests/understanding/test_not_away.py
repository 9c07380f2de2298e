"""Words of an absence that tell of none: a detention, a thing brought in, other lessons; a child found, or in care."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, understand
from tests.understanding.reading import CALENDAR, read, written

EVENING = "2026-11-10T18:30"


@pytest.mark.parametrize(
    "text",
    [
        "why has Kit got a detention tomorrow? he has a driving lesson at 3.30 so won't be staying",
        "Kit won't be doing his detention on Thursday, he's got football at 4",
        "how come he's been given a c2 detention? he can't stay, he has an orthodontist appointment at 4",
        "he wont be at after school detention as hes got the dentist at half 4",
        "Can Kit do his detention on Monday instead, he's got tae kwon do at 4",
        "Kit will not be attending his detention tonight. He has a hospital appointment at 4.15",
        "2.30 is fine for parents evening",
        "Kit left his inhaler in the kitchen, I'll drop it at reception in ten minutes",
        "Kit's forgotten his epipen, be at the office with it by 9.30",
        "his insulin is still in the fridge here, on my way with it now",
        "hi, Kit has gone without his glasses, I will bring them in at lunch",
        "Kit's PE kit is by the door at home, dropping it at the office shortly",
        "Kit left his specs at home, glasses case on the table, I'll pop them in at break",
        "he has gone off without his violin, can I leave it at the office before 9.30",
        "Kit has his gcse art exam Thursday and Friday so won't be in his other lessons, just so his tutor knows",
        "Kit is in the school play rehearsal tomorrow so wont be in his normal lessons",
        "Kit's got his food tech practical exam all day Wednesday so he'll miss his other lessons",
    ],
)
def test_nothing_is_recorded(text: str) -> None:
    answer = read(text, children="Kit:10")
    assert answer.intent in ("question", "chat")
    assert answer.reports == ()


BESIDE_SCHOOL = [
    "Oh and please let Mr Shah know he'll miss his detention tonight.",
    "he wont be at football practice after school",
    "she wont be in for breakfast club tomorrow",
    "he'll miss netball club tonight",
]


@pytest.mark.parametrize("text", BESIDE_SCHOOL)
def test_what_stands_beside_school_is_no_absence_of_a_child_that_is_ill_either(text: str) -> None:
    ill = Report(("c1",), "I", date(2026, 11, 10), None, "day")
    message = written(text, children="Kit:10")
    for known in ((), (ill,)):
        answer = understand(replace(message, known=known), CALENDAR)
        assert (answer.intent, answer.reports) == ("question", ())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Kit is ill so will miss netball practice", "absence"),
        ("he has football training camp tomorrow so he'll be off", "absence"),
        ("Kit's off today, he'll miss choir rehearsal too", "absence"),
        ("Kit is ill so will miss his detention today", "absence"),
        ("he's not coming in for that detention, it's unfair, keeping him home today", "absence"),
        ("Kit was upset about the detention yesterday and won't come in today", "absence"),
        ("Kit overslept again, another detention I know, he'll be in by 10", "late"),
        ("Kit needs his inhaler, asthma bad, keeping him off", "absence"),
        ("Kit forgot his inhaler so we had to go back for it, we'll be 10 mins late", "late"),
        ("we left his bag on the bus so bringing him in late", "late"),
        ("I'm keeping Kit home, he's left his inhaler at his dads and he's wheezy, I'm fetching it", "absence"),
        ("Kit is poorly, can someone drop his book bag with his brother", "absence"),
        ("He won't be in for the rest of his lessons today, I'm picking him up at 12, dentist", "absence"),
        ("Kit won't be in any lessons tomorrow, he's ill", "absence"),
        ("Kit's on study leave from Thursday so won't be in lessons", "absence"),
    ],
)
def test_what_is_away_is_recorded(text: str, intent: str) -> None:
    assert read(text, children="Kit:10").intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "he's in a foster placement now contact the social worker",
        "She's with emergency carers, ring her social worker Dawn",
        "kinship carer has him now, his nan",
        "Kit isn't with me any more, he went into foster care last week, you need the social worker",
        "kit got took into care on friday, ring social services not me",
        "he's with foster carers now since monday, contact them",
        "social services placed Kit with foster carers on Monday, you'd best ring them",
        "kit doesnt live here no more hes in foster care, ask the social",
    ],
)
def test_who_is_in_care_is_asked_of_others(text: str) -> None:
    answer = read(text, "2026-11-10T09:20", "Kit:9", "absence")
    assert answer.intent in ("other_parent", "leaver")
    assert not answer.urgent


def test_a_carer_reports_like_a_parent() -> None:
    text = "I'm his foster carer, he was placed with me on Friday. he's got a cold and is off"
    assert read(text, "2026-11-10T09:20", "Kit:9", "absence").intent == "absence"


@pytest.mark.parametrize(
    "text",
    [
        "park then chippy if I know him. he went out the door at 8 in uniform so wherever he is it's not here",
        "he's bunking with his mates I bet, wherever he's gone it wasn't school",
    ],
)
def test_wherever_he_is_he_is_missing(text: str) -> None:
    answer = read(text, "2026-11-10T09:20", "Kit:9", "absence")
    assert (answer.intent, answer.urgent) == ("missing", True)


@pytest.mark.parametrize(
    "text",
    [
        "Kit's back home now, thank you for your help. He was at a friend's all along",
        "He's home! thanks for ringing everyone, he was at football the whole time",
        "found him, he was at his mates playing xbox, thanks so much for your help",
        "Kit's turned up, he was at the library. thank you all for looking",
        "thank you for ringing round, he's home now, was at his nans",
    ],
)
def test_thanks_for_a_search_are_no_search(text: str) -> None:
    answer = read(text, EVENING, "Kit:9")
    assert (answer.intent, answer.urgent) == ("chat", False)


@pytest.mark.parametrize(
    "text",
    [
        "Kit not home yet, rung round all his mates, thanks for looking",
        "Thanks for your help, still no sign of him, police are here now",
        "thanks but he's not home and not answering his phone",
        "he was at his mates but he's gone again and not answering",
    ],
)
def test_who_is_still_sought_is_missing(text: str) -> None:
    answer = read(text, EVENING, "Kit:9")
    assert (answer.intent, answer.urgent) == ("missing", True)


@pytest.mark.parametrize(
    "text",
    [
        "stop marking him late",
        "stop marking Tom late, he was in the building",
        "you've put him down as late again and he was there before the bell",
        "Tom had a detention for being late, its not his fault",
        "you marked him as late on thursday, he was with Mrs Hill",
        "Why has he got two lates on his report",
    ],
)
def test_a_mark_that_was_given_makes_nobody_late(text: str) -> None:
    told = read(text)
    assert (told.intent, told.reports) == ("question", ())


@pytest.mark.parametrize(
    "text",
    [
        "Tom's late again sorry",
        "he'll be late, mark him in please",
        "don't mark him absent, he's just late",
        "Tom was late today, missed the bus",
    ],
)
def test_who_is_late_is_late_all_the_same(text: str) -> None:
    assert read(text).intent == "late"
