"""A thumb or a heart under a message of ours is nobody's report, and what it quotes are our own words."""

from __future__ import annotations

import pytest

from attendance.effects import RaiseAlert
from bot.context import read_in_context
from bot.conversation import Conversation, Question
from bot.outcome import Heard, Situation
from bot.reactions import is_among, only_a_question_mark, quoted, reaction
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, case, of, says, template

RECORDED = "Thanks. We have Amina off ill today and tomorrow, back Thursday. Reply NO if that is wrong."
ASKED = "Amina was not in registration this morning (Tue 17 Nov). Please tell us why. She is NOT safe until we know."

FOR = [
    f"Liked “{RECORDED}”",
    f"Loved “{ASKED}”",
    f"Laughed at “{RECORDED[:40]}…”",
    f"Emphasized “{ASKED}”",
    f"Emphasised “{ASKED}”",
    f"Removed a like from “{RECORDED}”",
    f"Removed a question mark from “{RECORDED}”",
    f"Reacted 😢 to “{RECORDED}”",
    f"\u200a👍\u200a to “\u200a{RECORDED}\u200a” ",
    f'❤️ to "{ASKED}"',
    "Loved an image",
    "Laughed at an image",
    "👍 to an image",
    "👍\n\nNgozi Okafor reacted via Gmail\n<https://www.google.com/gmail/about/?utm>",
    "👍 Ngozi Okafor reacted to your message:\n\n________________________________",
    "Ngozi Okafor reacted to your message:",
    "[Like]   Ngozi Okafor reacted to your message:\n________________________________",
    "[cid:heart.png] Okafor, Ngozi (Mrs) reacted to your message:\n",
]
AGAINST = [
    f"Disliked “{RECORDED}”",
    f"Questioned “{ASKED}”",
    f"👎 to “{RECORDED}”",
    f"Reacted ❓ to “{RECORDED}”",
    "[Dislike] Ngozi Okafor reacted to your message:",
]
WORDS = [
    "Liked the trip, but Amina is ill today",
    "Loved “Matilda”, Amina is ill today",
    'She said "I hate school" and went',
    "👍",
    "👍 Amina is ill",
    "👍 to all that, she is ill",
    "Amina reacted to the new medicine, keeping her off",
    "Laughed at by the others, Amina will not come in",
    "She reacted to your message",
    "Amina reacted to your message badly, she is off today",
    "Ngozi Okafor reacted to your message: Amina is ill",
    "",
]


@pytest.mark.parametrize("text", FOR)
def test_a_thumb_or_a_heart_is_no_word(text: str) -> None:
    assert reaction(text) == "for"


@pytest.mark.parametrize("text", AGAINST)
def test_a_thumb_down_or_a_question_mark_says_that_something_is_wrong(text: str) -> None:
    assert reaction(text) == "against"


@pytest.mark.parametrize("text", WORDS)
def test_words_stay_words(text: str) -> None:
    assert reaction(text) is None


@pytest.mark.parametrize("text", [*FOR, *AGAINST])
def test_nothing_is_read_in_what_it_quotes(text: str) -> None:
    thread = Thread("mum", cases=[case()])
    situation = Situation(thread.school, thread.sender, thread.conversation, cases=thread.cases)
    heard = Heard("m1", "sms", thread.address, text, at("09:20"))
    assert read_in_context(heard, situation) == Understanding("chat")


@pytest.mark.parametrize("writer", ["mum", "+447700900555"])
def test_a_thumb_up_leaves_everything_as_it_is(writer: str) -> None:
    outcome = Thread(writer, cases=[case()]).hears(Understanding("chat"), f"Liked “{ASKED}”")
    assert (outcome.effects, outcome.reply) == ((), None)


@pytest.mark.parametrize("text", AGAINST)
def test_a_thumb_down_is_for_a_person(text: str) -> None:
    outcome = Thread("mum", cases=[case()]).hears(Understanding("chat"), text)
    (alert,) = of(outcome, RaiseAlert)
    assert alert.reason == "message_to_read"
    assert template(outcome) == "absence.handed_to_staff"


def test_a_thumb_under_a_question_that_wants_a_yes_is_for_a_person() -> None:
    asked = Conversation(Question("confirm", ("amina",), DAY, at("09:15"), drafts=(says("amina"),)))
    outcome = Thread("mum", conversation=asked).hears(Understanding("chat"), "Liked “Is Amina off ill today?”")
    (alert,) = of(outcome, RaiseAlert)
    assert alert.reason == "message_to_read"
    assert outcome.conversation == asked


@pytest.mark.parametrize(
    "text",
    [
        f"A aimé « {RECORDED} »",
        f"Polubiono „{RECORDED}”",
        f"Le gustó “{RECORDED[:60]}…”",
        f"Hat „{RECORDED}“ mit „Gefällt mir“ markiert",
    ],
)
def test_in_any_language_it_is_known_by_our_own_words_in_it(text: str) -> None:
    assert is_among(quoted(text), ["Hello", RECORDED])
    assert not is_among(quoted(text), ["Hello"])
    heard = Heard("m1", "sms", "+447700900001", text, at("09:20"), quotes_ours=True)
    thread = Thread("mum", cases=[case()])
    situation = Situation(thread.school, thread.sender, thread.conversation, cases=thread.cases)
    assert read_in_context(heard, situation) == Understanding("chat")


@pytest.mark.parametrize(
    "text",
    [
        "Amina is ill",
        f"She said to me today “{RECORDED}”",
        f"“{RECORDED}” but she is in school",
        f"Why “{RECORDED}” when she is in school",
        "Sorry “no”",
    ],
)
def test_words_beside_a_quote_are_read(text: str) -> None:
    assert quoted(text) == ""


def test_nothing_is_slow() -> None:
    for text in (
        "“" * 100_000,
        "a " * 50_000,
        "👍" + " " * 100_000 + "x",
        "a “" * 600,
        "👍 x reacted to your message" + "_ " * 50_000,
    ):
        assert reaction(text) is None
        quoted(text)


@pytest.mark.parametrize("text", ["?", " ?? ", "???", "❓", "❓️"])
def test_nothing_but_a_question_mark_is_for_a_person(text: str) -> None:
    assert only_a_question_mark(text)
    outcome = Thread("mum", cases=[case()]).hears(Understanding("chat"), text)
    (alert,) = of(outcome, RaiseAlert)
    assert alert.reason == "message_to_read"
    assert template(outcome) == "absence.handed_to_staff"


@pytest.mark.parametrize("text", ["", "ok?", "? ill", "...", "!"])
def test_words_beside_a_question_mark_are_words(text: str) -> None:
    assert not only_a_question_mark(text)


def test_a_question_mark_of_an_unlisted_number_is_told_as_its_words_are() -> None:
    outcome = Thread("+447700900555", cases=[case()]).hears(Understanding("chat"), "?")
    assert [alert.reason for alert in of(outcome, RaiseAlert)] == ["unlisted_number"]
