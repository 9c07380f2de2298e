"""What Telegram tells us, one update at a time: checked, cleaned, and as the same `Received` that every channel gives.

An update's id is the bot's own and counts up by one; it is what a repeat is known by. Telegram's times are whole
seconds, so that the id also keeps the order within a second.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from messaging.channel import Received
from messaging.opting_out import opens_again

if TYPE_CHECKING:  # the library is slow to load: only who has a bot does
    from telegram import CallbackQuery, ChatMemberUpdated, Message

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of the header, not what is in it
RAW: Final = "telegram"
"""Where the stored raw message holds the whole update."""
CHANNEL: Final = "telegram"
_ORDER_WITHIN: Final = 100_000  # microseconds of a second
_DEEPEST: Final = 40

_OF_THE_CHAT: Final = frozenset(
    "message_auto_delete_timer_changed pinned_message chat_background_set boost_added write_access_allowed users_shared"
    " chat_shared connected_website forum_topic_created video_chat_started video_chat_ended".split()
)
"""What Telegram writes into a chat when its owner pins a message or sets a timer: nobody's words, and not answered."""
_ALWAYS: Final = ("message_id", "date", "edit_date", "text", "caption")
_UNREAD: Final[Mapping[str, str]] = {
    "voice": "voice message",
    "audio": "recording",
    "video": "video",
    "video_note": "video",
    "venue": "place",
    "location": "place",
    "contact": "card",
}
Kind = Literal["text", "start", "board", "contact", "press", "member", "wordless", "other"]


class NotAnUpdate(ValueError):
    """The body is no update of Telegram's."""


@dataclass(frozen=True, slots=True)
class ChatUpdate:
    """One update. `chat` and `writer` are Telegram's numbers as text; they are the same in a private chat.

    `payload` is what a start link or a button carried. `phone` is a shared contact's number as Telegram gives it, and
    `own` says that it is the writer's (anybody can forward somebody else's card). `pressed` and `shown` are the number
    and the words of the message whose button was pressed; `answers` is the number of the message that this one was
    written as an answer to. `message` is its own number, the same in each version of it; `album` is what the pictures
    that were sent together share. `file` is Telegram's id of a photo or document that came with it, `file_name` the
    sender's name for it. `unread` names what came that nobody here can hear or see. `edited`: an earlier message says
    this now; `passed_on`: the words are somebody else's. `blocked` is for `member`.
    """

    kind: Kind
    number: int
    chat: str
    writer: str
    private: bool
    text: str = ""
    payload: str = ""
    phone: str = ""
    own: bool = False
    pressed: int = 0
    shown: str = ""
    answers: int = 0
    message: int = 0
    album: str = ""
    file: str = ""
    file_name: str = ""
    unread: str = ""
    edited: bool = False
    passed_on: bool = False
    query: str = ""
    blocked: bool = False
    sent_at: datetime | None = None


def is_ours(given: str | None, secret: str) -> bool:
    """Whether the header carries the secret, compared in constant time. An empty secret matches nothing."""
    return bool(secret) and hmac.compare_digest((given or "").encode(), secret.encode())


def parse_update(body: bytes, bot_id: str) -> Received:
    """An update as it is stored, before anybody reads it. Raises NotAnUpdate."""
    try:
        raw = _clean(json.loads(body), 0)
    except (ValueError, RecursionError) as error:
        raise NotAnUpdate("The body is not JSON.") from error
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        raise NotAnUpdate("The update has no number.")
    update = read_update(raw)
    at = update.sent_at
    return Received(
        channel=CHANNEL,
        provider_id=f"{bot_id}:{number}",
        our_address=bot_id,
        their_address=update.chat,
        text=update.text,
        sent_at=at + timedelta(microseconds=number % _ORDER_WITHIN) if at else None,
        raw={RAW: raw},
        opt_out=opens_again(update.text),
    )


def read_update(raw: Mapping[str, Any]) -> ChatUpdate:
    """What an update says. One that we do not know is `other`; never raises for what came from Telegram."""
    from telegram import Update
    from telegram.error import TelegramError

    number = int(raw["update_id"])
    if isinstance(body := raw.get("message"), Mapping) and not _OF_THE_CHAT.isdisjoint(body):
        return ChatUpdate("other", number, "", "", False)
    try:
        update = Update.de_json(dict(raw), None)
    except (TelegramError, ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError):
        pared = _pared(raw)
        return read_update(pared) if pared != raw else ChatUpdate("other", number, "", "", False)
    if update.callback_query is not None:
        return _press(number, update.callback_query)
    if update.my_chat_member is not None:
        return _member(number, update.my_chat_member)
    if update.message is not None:
        return _message(number, update.message)
    if update.edited_message is not None:
        return _edited(number, update.edited_message)
    return ChatUpdate("other", number, "", "", False)


def _pared(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same update with what a message has always had, so that what is newer costs no words."""
    pared: dict[str, Any] = {"update_id": raw["update_id"]}
    for kind in ("message", "edited_message"):
        if isinstance(body := raw.get(kind), Mapping):
            pared[kind] = {name: body[name] for name in _ALWAYS if name in body}
            for name, parts in (("chat", ("id", "type")), ("from", ("id", "is_bot", "first_name"))):
                if isinstance(who := body.get(name), Mapping):
                    pared[kind][name] = {part: who[part] for part in parts if part in who}
    return pared


def stored_update(channel: str, raw: Mapping[str, Any]) -> ChatUpdate | None:
    """The update that a stored message is, by its channel and what was stored of it; None where it came another way."""
    update = raw.get(RAW)
    return read_update(update) if channel == CHANNEL and isinstance(update, Mapping) else None


def _message(number: int, message: Message) -> ChatUpdate:
    chat, private = str(message.chat.id), message.chat.type == "private"
    writer = str(message.from_user.id) if message.from_user else chat
    words = message.text or message.caption or ""
    answers = message.reply_to_message.message_id if message.reply_to_message is not None else 0
    file, name = _file(message)
    said = ChatUpdate(
        "text", number, chat, writer, private, text=words, answers=answers, message=message.message_id,
        album=message.media_group_id or "", file=file, file_name=name,
        unread=_unread(message), passed_on=_is_somebody_elses(message), sent_at=message.date,
    )  # fmt: skip
    if message.contact is not None:
        own = message.from_user is not None and message.contact.user_id == message.from_user.id
        return replace(said, kind="contact", text="", phone=message.contact.phone_number, own=own)
    command, _, rest = words.strip().partition(" ")
    command = command.partition("@")[0].casefold()
    match command:
        case "/start":
            return replace(said, kind="start", text="", payload=rest.strip())
        case "/board":
            return replace(said, kind="board", text="")
        case "/stop" | "/help":
            return replace(said, text=command[1:].upper())
        case "" if not file:
            return replace(said, kind="wordless")
    return said


def _edited(number: int, message: Message) -> ChatUpdate:
    """What an earlier message says now. A live location moves by edits, and a command or a card is none twice."""
    said = _message(number, message)
    if said.kind != "text" or not said.text:
        return ChatUpdate("other", number, said.chat, said.writer, said.private)
    return replace(said, edited=True, file="", file_name="", unread="", sent_at=message.edit_date or said.sent_at)


def _is_somebody_elses(message: Message) -> bool:
    """A message that was forwarded, unless its writer forwards their own."""
    origin = message.forward_origin
    by = getattr(origin, "sender_user", None)
    return origin is not None and (by is None or message.from_user is None or by.id != message.from_user.id)


def _unread(message: Message) -> str:
    """What came that is neither words nor a file that is fetched; "" for nothing, a sticker or a game."""
    return next((said for what, said in _UNREAD.items() if getattr(message, what) is not None), "")


def _file(message: Message) -> tuple[str, str]:
    """Telegram's id of the photo (its largest size) or document, and the sender's name for it; "" where none came."""
    if message.photo:
        return message.photo[-1].file_id, "photo"
    if message.document is not None:
        name = re.sub(r"[^\w .()-]+", " ", message.document.file_name or "")
        return message.document.file_id, " ".join(name.split()).strip(". ")[-80:]
    return "", ""


def _press(number: int, query: CallbackQuery) -> ChatUpdate:
    shown = query.message
    chat = shown.chat if shown is not None else None
    return ChatUpdate(
        "press",
        number,
        str(chat.id) if chat else str(query.from_user.id),
        str(query.from_user.id),
        chat is not None and chat.type == "private",
        payload=query.data or "",
        pressed=shown.message_id if shown is not None else 0,
        shown=getattr(shown, "text", None) or "",  # an old message comes without its words
        query=query.id,
    )


def _member(number: int, member: ChatMemberUpdated) -> ChatUpdate:
    chat = member.chat
    gone = member.new_chat_member.status in ("kicked", "left", "restricted")
    return ChatUpdate(
        "member",
        number,
        str(chat.id),
        str(member.from_user.id),
        chat.type == "private",
        blocked=gone,
        sent_at=member.date,
    )


def at_once(update: ChatUpdate) -> dict[str, str] | None:
    """What the webhook's own answer asks Telegram to do: end the wait of whoever pressed a button."""
    if update.kind != "press":
        return None
    return {"method": "answerCallbackQuery", "callback_query_id": update.query}


def _clean(value: Any, deep: int) -> Any:
    """No NUL and no half of a character, which no database takes; nothing deeper than Telegram ever goes."""
    if deep > _DEEPEST:
        return None
    match value:
        case str():
            return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
        case list():
            return [_clean(one, deep + 1) for one in value]
        case dict():
            return {_clean(key, deep + 1): _clean(one, deep + 1) for key, one in value.items()}
        case _:
            return value
