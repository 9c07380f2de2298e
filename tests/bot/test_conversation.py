"""One open question at most, and what an old thread still remembers."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import Conversation, Question, asked_of
from bot.understanding import Asked
from tests.support.builders import DAY, at
from tests.support.messages import says

ASKED = at("09:15")
REASON = Question("reason", ("amina",), DAY, ASKED)
SIBLINGS = Question("absence", ("amina", "ben"), DAY, ASKED, drafts=(says("amina"), says("ben")))


def test_a_new_question_overtakes_the_old_one() -> None:
    assert Conversation(REASON).asks(SIBLINGS).open_question(ASKED) == SIBLINGS


def test_a_question_is_out_of_date_after_three_days() -> None:
    thread = Conversation(REASON)
    assert thread.open_question(ASKED + timedelta(days=3)) == REASON
    assert thread.open_question(ASKED + timedelta(days=3, seconds=1)) is None


def test_what_is_recorded_closes_the_question_and_may_be_rejected_for_a_day_and_a_half() -> None:
    thread = Conversation(REASON).has_recorded(("a1",), ASKED)
    assert thread.question is None
    assert thread.last_recorded(ASKED + timedelta(hours=36)) == ("a1",)
    assert thread.last_recorded(ASKED + timedelta(hours=36, seconds=1)) == ()
    assert Conversation().last_recorded(ASKED) == ()


def test_the_neutral_answer_is_given_once_an_hour() -> None:
    assert Conversation().may_be_neutral(ASKED)
    assert not Conversation(neutral_at=ASKED).may_be_neutral(ASKED + timedelta(minutes=59))
    assert Conversation(neutral_at=ASKED).may_be_neutral(ASKED + timedelta(hours=1))


def test_the_open_question_in_the_readers_shape() -> None:
    assert asked_of(None) is None
    assert asked_of(REASON) == Asked("reason", "amina", ("amina",), DAY, None)
    assert asked_of(SIBLINGS) == Asked("absence", None, ("amina", "ben"), DAY, says("amina"))
