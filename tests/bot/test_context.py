"""What words may answer besides the open question is asked of the reader only where it can be the answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot import context
from bot.context import read_in_context
from bot.conversation import Question
from bot.outcome import Heard, Situation
from bot.understanding import Message, understand
from tests.bot.test_required_fields import reads, recorded
from tests.support.builders import AMINA, DAY, MUM, at, school
from tests.support.messages import Thread, case, means, says


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What each reading took the words for an answer to."""
    seen: list[str | None] = []

    def read(message: Message, *given: object, **named: object) -> object:
        seen.append(message.asked.kind if message.asked else None)
        return understand(message, *given, **named)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(context, "understand", read)
    context.forget()
    return seen


def after_a_report() -> Thread:
    """A mother whose report was read back: "Reply NO if that is wrong"."""
    thread = Thread("mum", of=school(pupils=[AMINA], contacts=[MUM]))
    recorded(thread, means("absence", says("amina")))
    return thread


def test_a_whole_report_is_not_read_as_a_no(asked: list[str | None]) -> None:
    found = reads(after_a_report(), "Amina is at the dentist this morning, back by eleven")
    assert found.intent == "absence"
    assert asked == [None, "absence"]


@pytest.mark.parametrize("words", ["NO", "no thats wrong", "No! She is in school"])
def test_a_no_is_still_heard(asked: list[str | None], words: str) -> None:
    assert reads(after_a_report(), words).intent in ("reject", "present")
    assert len(asked) > 1


def test_the_same_words_in_the_same_thread_are_read_once(asked: list[str | None]) -> None:
    thread = after_a_report()
    first = reads(thread, "Amina is at the dentist this morning, back by eleven")
    count = len(asked)
    assert reads(thread, "Amina is at the dentist this morning, back by eleven") is first
    assert len(asked) == count


def asked_about(*children: str) -> Thread:
    """Amina's and Ben's mother was asked about these; both are missed."""
    thread = Thread("mum", cases=[case("amina"), case("ben")])
    thread.conversation = thread.conversation.asks(Question("absence", children, DAY, at("09:15")))
    return thread


@pytest.mark.parametrize("children", [("amina",), ("amina", "ben")])
@pytest.mark.parametrize(
    "words",
    [
        "Amina has a rotten cold, back tomorrow. Ben should be there though, he caught the bus at 8",
        "Amina is ill, back tomorrow. Ben left for school at 8",
        "Ben left for school at 8 but Amina is poorly",
        "Amina is staying in bed with a cold and Ben went in as normal",
    ],
)
def test_danger_to_one_child_is_heard_beside_what_is_said_of_the_other(words: str, children: tuple[str, ...]) -> None:
    found = reads(asked_about(*children), words)
    assert (found.intent, found.urgent) == ("present", True)
    assert {report.children: report.code for report in found.reports} == {("amina",): "I", ("ben",): None}


@pytest.mark.parametrize(
    "words", ["Amina has nits, Ben is fine and on his way", "Amina is poorly but Ben is on his way in"]
)
def test_who_is_on_the_way_is_heard_beside_what_is_said_of_the_other(words: str) -> None:
    found = reads(asked_about("amina", "ben"), words)
    assert (found.intent, found.urgent) in (("absence", False), ("late", False))
    assert {report.children: report.code is None for report in found.reports} == {("amina",): False, ("ben",): True}


@pytest.mark.parametrize(
    "words",
    [
        "Amina and Ben both have a cold, back tomorrow",
        "Amina is ill, and Ben is at the dentist until 11",
        "Amina has a cold. Ben overslept, he will be in by ten",
    ],
)
def test_two_children_accounted_for_are_no_alarm(words: str) -> None:
    found = reads(asked_about("amina", "ben"), words)
    assert found.intent in ("absence", "late")
    assert not found.urgent


def test_an_answer_that_names_nobody_else_is_read_once(asked: list[str | None]) -> None:
    assert reads(asked_about("amina"), "Amina has a rotten cold, back tomorrow").intent == "absence"
    assert asked == ["absence"]


def both_reported() -> Thread:
    """Amina and Ben were both reported ill for today."""
    thread = Thread("mum", of=None)
    recorded(thread, means("absence", says("amina", "ben")))
    return thread


@pytest.mark.parametrize(
    "words",
    [
        "ben has changed his mind hes running for the bus, amina still off",
        "Ben's decided to come in, Amina still off",
        "ben is going in after all, amina isnt",
    ],
)
def test_of_two_that_are_reported_the_one_that_comes_is_reported_no_more(words: str) -> None:
    thread = both_reported()
    heard = Heard("m9", "sms", thread.address, words, at("08:25"))
    found = read_in_context(
        heard, Situation(thread.school, thread.sender, thread.conversation, thread.known, thread.cases)
    )
    assert [one.return_day for one in found.reports if one.children == ("ben",)] == [DAY]
    assert "child" not in found.ask


@pytest.mark.parametrize("words", ["Ben is still off and Amina too", "Ben has the doctor at 10, Amina still off"])
def test_of_two_that_are_reported_nobody_comes(words: str) -> None:
    found = reads(both_reported(), words)
    assert not [one for one in found.reports if one.code is None and one.return_day == DAY]


def which_child(day: date = DAY, **missed: object) -> Thread:
    """Amina's and Ben's mother was asked which of them has the appointment, on `day`; Amina is missed today."""
    thread = Thread("mum", cases=[case("amina", **missed)])
    draft = says(code="M", first=day)
    thread.conversation = thread.conversation.asks(Question("child", (), day, at("09:15"), (draft,)))
    return thread


@pytest.mark.parametrize("day", [DAY, DAY - timedelta(days=1)])
@pytest.mark.parametrize(
    "words", ["Amina is in school, I took her in", "Amina left for school at 8", "I don't know where Amina is"]
)
def test_what_is_said_of_a_missed_child_comes_before_which_child_we_asked_for(words: str, day: date) -> None:
    found = reads(which_child(day), words)
    assert found.intent in ("present", "missing")
    assert [report.children for report in found.reports] == [("amina",)]


def test_who_is_well_is_no_alarm_where_nobody_is_missed() -> None:
    found = reads(which_child(stage="settled", whereabouts="confirmed", outcome="present_after_all"), "its Ben")
    assert (found.intent, [report.children for report in found.reports]) == ("absence", [("ben",)])


def whether_ill(clock_day: date = DAY) -> Thread:
    """Amina's mother was asked whether Amina is off ill today: "if she's still coughing I'll keep her off"."""
    thread = Thread("mum")
    draft = says("amina", first=clock_day)
    thread.conversation = thread.conversation.asks(Question("confirm", ("amina",), clock_day, at("08:00"), (draft,)))
    return thread


@pytest.mark.parametrize(
    "words", ["fine this morning, sending her", "yes shes fine so shes coming in", "ok shes better, sending her in"]
)
def test_a_yes_that_says_that_she_comes_is_none(words: str) -> None:
    found = reads(whether_ill(), words)
    assert (found.intent, [one.return_day for one in found.reports]) == ("return", [DAY])


@pytest.mark.parametrize("words", ["yes", "yes thats right", "yep still coughing, keeping her off"])
def test_a_plain_yes_is_one(words: str) -> None:
    assert reads(whether_ill(), words).intent in ("confirm", "absence")


def of_a_sought_child(words: str) -> str:
    """What Amina's father's words are taken for while she is sought: nobody has asked him anything."""
    thread = Thread("dad", cases=[case("amina", stage="alarmed", whereabouts="alarmed")])
    found = reads(thread, words)
    return found.intent if not found.ask or found.ask == ("return",) else f"{found.intent} to be asked about"


@pytest.mark.parametrize(
    "words",
    [
        "sorry sorry im at work and brain fried, she's at my mums with a cold, I should of told you",
        "its ok shes with me. broke down on the A45 waiting on the AA",
    ],
)
def test_why_a_sought_child_is_away_is_a_report(words: str) -> None:
    assert of_a_sought_child(words) == "absence"


@pytest.mark.parametrize(
    "words",
    [
        "thank you so much",
        "on my way home now to check",
        "thank you im worried sick",
        "ok thanks, she did say she felt poorly this morning",
        "thanks. she had a hospital appointment yesterday if that helps",
        "thanks, she might be with her nan, she had a cold",
    ],
)
def test_other_words_of_its_family_are_none(words: str) -> None:
    assert of_a_sought_child(words) != "absence"
