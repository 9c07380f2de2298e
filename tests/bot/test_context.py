"""What words may answer besides the open question is asked of the reader only where it can be the answer."""

from __future__ import annotations

import pytest

from bot import context
from bot.understanding import Message, understand
from tests.bot.test_required_fields import reads, recorded
from tests.support.builders import AMINA, MUM, school
from tests.support.messages import Thread, means, says


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
