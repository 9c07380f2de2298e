"""STOP and START as the channels hear them, and as a rehearsal says for them."""

from __future__ import annotations

import pytest

from messaging.opting_out import by_channel, opens_again


@pytest.mark.parametrize(
    ("channel", "text", "said"),
    [
        ("sms", "START", "START"),
        ("sms", " unstop\n", "START"),
        ("whatsapp", "Stop", "STOP"),
        ("sms", "cancel", "STOP"),
        ("sms", "Start again please", None),
        ("email", "Start.", "START"),
        ("email", "STOP", None),
        ("telegram", "start", "START"),
        ("telegram", "cancel", None),
    ],
)
def test_a_rehearsal_hears_what_the_channel_would(channel: str, text: str, said: str | None) -> None:
    assert by_channel(channel, text) == said


def test_a_sentence_with_the_word_opens_nothing() -> None:
    assert opens_again("We start at nine") is None
