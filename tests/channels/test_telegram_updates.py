"""What Telegram tells us, read from its own JSON: words, commands, cards, buttons, and what nobody should send."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.telegram_updates import RAW, NotAnUpdate, at_once, is_ours, parse_update, read_update
from tests.support.fake_telegram import BOT, chat_of, user_of


def message(number: int = 1, chat: int = 77, **body: Any) -> dict[str, Any]:
    known = {"message_id": 5, "date": 1_780_000_000, "chat": chat_of(chat), "from": user_of(77)}
    return {"update_id": number, "message": known | body}


def received(raw: Any) -> Any:
    return parse_update(json.dumps(raw).encode(), BOT)


def test_a_parents_words() -> None:
    found = received(message(9, text="Mo is ill"))
    assert (found.channel, found.provider_id, found.our_address, found.their_address, found.text) == (
        "telegram", f"{BOT}:9", BOT, "77", "Mo is ill",
    )  # fmt: skip
    assert found.raw[RAW]["message"]["text"] == "Mo is ill"


def test_the_number_keeps_the_order_within_a_second() -> None:
    first, second = received(message(41, text="a")), received(message(42, text="b"))
    assert first.sent_at < second.sent_at
    assert second.sent_at.timestamp() - 1_780_000_000 < 0.2


@pytest.mark.parametrize(
    ("text", "kind", "words", "payload"),
    [
        ("/start abc-DEF_1", "start", "", "abc-DEF_1"),
        ("/start", "start", "", ""),
        ("/board", "board", "", ""),
        ("/Board@school_test_bot", "board", "", ""),
        ("/stop", "text", "STOP", ""),
        ("/help me", "text", "HELP", ""),
        ("Mo is ill /start", "text", "Mo is ill /start", ""),
        ("  ", "wordless", "  ", ""),
    ],
)
def test_commands(text: str, kind: str, words: str, payload: str) -> None:
    update = read_update(message(text=text))
    assert (update.kind, update.text, update.payload) == (kind, words, payload)


def test_a_picture_is_its_words_and_a_file_and_a_sticker_is_wordless() -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    assert read_update(message(photo=photo, caption="Mo's rash")).text == "Mo's rash"
    alone = read_update(message(photo=photo))
    assert (alone.kind, alone.text, alone.file) == ("text", "", "f")
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
    assert read_update(message(sticker=sticker | {"is_animated": False, "is_video": False})).kind == "wordless"


@pytest.mark.parametrize(
    ("body", "unread"),
    [
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}}, "voice message"),
        ({"location": {"latitude": 52.4, "longitude": -1.5}}, "place"),
        ({"video_note": {"file_id": "f", "file_unique_id": "u", "duration": 3, "length": 3}}, "video"),
        ({"dice": {"emoji": "🎲", "value": 3}}, ""),
        ({"text": "Mo is ill"}, ""),
    ],
)
def test_what_nobody_here_can_hear_or_see_has_a_name(body: dict[str, Any], unread: str) -> None:
    assert read_update(message(**body)).unread == unread


def test_changed_words_are_the_words_of_a_message_that_was_told_before() -> None:
    body = message(text="Amina is ill")["message"] | {"edit_date": 1_780_000_060}
    found = read_update({"update_id": 3, "edited_message": body})
    assert (found.kind, found.text, found.edited, found.sent_at.timestamp()) == (  # type: ignore[union-attr]
        "text", "Amina is ill", True, 1_780_000_060,
    )  # fmt: skip
    assert received({"update_id": 3, "edited_message": body}).text == "Amina is ill"
    for nothing in ({"text": "/board"}, {"text": "/start abc"}, {"location": {"latitude": 1.0, "longitude": 1.0}}):
        moved = message(**nothing)["message"] | {"edit_date": 1_780_000_060}
        assert read_update({"update_id": 3, "edited_message": moved}).kind == "other"


@pytest.mark.parametrize(
    ("origin", "passed_on"),
    [
        ({"type": "user", "sender_user": user_of(78)}, True),
        ({"type": "hidden_user", "sender_user_name": "Dad"}, True),
        ({"type": "channel", "chat": {"id": -1, "type": "channel", "title": "News"}, "message_id": 3}, True),
        ({"type": "user", "sender_user": user_of(77)}, False),
        (None, False),
    ],
)
def test_forwarded_words_are_somebody_elses(origin: dict[str, Any] | None, passed_on: bool) -> None:
    forwarded = {"forward_origin": origin | {"date": 1_780_000_000}} if origin else {}
    assert read_update(message(text="Mo is ill", **forwarded)).passed_on is passed_on


def test_a_card_is_the_writers_own_or_not() -> None:
    card = {"phone_number": "447700900123", "first_name": "Mum"}
    assert read_update(message(contact=card | {"user_id": 77})).own
    assert not read_update(message(contact=card | {"user_id": 78})).own
    assert not read_update(message(contact=card)).own


def test_a_button_tells_who_pressed_and_what_stood_there() -> None:
    shown = {"message_id": 8, "date": 1, "chat": chat_of(77), "text": "Who has it?"}
    query = {"id": "q1", "from": user_of(5), "chat_instance": "1", "data": "ack:m1", "message": shown}
    update = read_update({"update_id": 3, "callback_query": query})
    assert (update.kind, update.chat, update.writer, update.payload, update.pressed, update.shown) == (
        "press", "77", "5", "ack:m1", 8, "Who has it?",
    )  # fmt: skip
    assert at_once(update) == {"method": "answerCallbackQuery", "callback_query_id": "q1"}
    old = read_update({"update_id": 3, "callback_query": query | {"message": shown | {"date": 0, "text": None}}})
    assert (old.pressed, old.shown) == (8, "")
    assert at_once(read_update(message(text="hello"))) is None


@pytest.mark.parametrize(("status", "blocked"), [("kicked", True), ("member", False)])
def test_somebody_blocked_the_bot_or_came_back(status: str, blocked: bool) -> None:
    standing = {"user": user_of(1), "status": status} | ({"until_date": 0} if blocked else {})
    change = {"chat": chat_of(77), "from": user_of(77), "date": 1, "old_chat_member": standing}
    update = read_update({"update_id": 3, "my_chat_member": change | {"new_chat_member": standing}})
    assert (update.kind, update.chat, update.blocked) == ("member", "77", blocked)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'"x"', b'{"update_id": "1"}', b'{"update_id": true}', b"\xff", b"[" * 99]
)
def test_what_is_no_update_is_refused(body: bytes) -> None:
    with pytest.raises(NotAnUpdate):
        parse_update(body, BOT)


@pytest.mark.parametrize("strange", [{"poll": {"x": 1}}, {"message": {"x": 1}}, {"message": 7}, {"callback_query": {}}])
def test_an_update_that_we_do_not_know_is_kept_and_is_no_message(strange: dict[str, Any]) -> None:
    raw = {"update_id": 4, **strange}
    assert read_update(raw).kind == "other"
    assert received(raw).provider_id == f"{BOT}:4"


@pytest.mark.parametrize("newer", [{"poll": {"x": 1}}, {"gift": {"gift": 7}}, {"reply_to_message": 7}])
@pytest.mark.parametrize("words", [{"text": "Mo is ill"}, {"caption": "Mo is ill"}])
def test_what_is_newer_than_the_library_costs_no_words(newer: dict[str, Any], words: dict[str, str]) -> None:
    update = read_update(message(**words, **newer))
    assert (update.kind, update.chat, update.private, update.text) == ("text", "77", True, "Mo is ill")
    assert read_update({"update_id": 4, "edited_message": message(**words, **newer)["message"]}).edited


@pytest.mark.parametrize(
    "done",
    [{"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
     {"pinned_message": message(text="Mo is missing")["message"]}, {"write_access_allowed": {}}],
)  # fmt: skip
def test_what_telegram_writes_into_a_chat_is_nobodys_word(done: dict[str, Any]) -> None:
    assert read_update(message(**done)).kind == "other"


def test_what_is_newer_and_has_no_words_is_wordless() -> None:
    assert read_update(message(gift={"gift": 7})).kind == "wordless"


@given(st.text(st.characters(), max_size=30))
def test_any_letters_can_be_stored(text: str) -> None:
    found = received(message(text=text + "\ud83d\x00"))
    found.text.encode()
    assert "\x00" not in json.dumps(dict(found.raw)) + found.text


def test_the_secret() -> None:
    assert is_ours("abc", "abc")
    assert not any(
        is_ours(given_, secret)
        for given_, secret in [("abd", "abc"), (None, "abc"), ("", ""), (None, ""), ("ä", "abc")]
    )
