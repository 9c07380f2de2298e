"""Telegram by its Bot API: send once, in the order of each chat, and never twice what may have arrived.

A bot cannot write first, so this channel reaches only people who linked their chat. Telegram cannot be asked what it
took, and knows no key by which it would take a message once: a lost answer is Unknown for ever, and the words are then
said another way. Source: core.telegram.org/bots/api, as python-telegram-bot 22 speaks it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from weakref import WeakValueDictionary

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    WebhookInfo,
)
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from messaging.channel import Accepted, Button, Outgoing, Refused, SendResult, Unknown
from messaging.media import CannotFetch, TooLarge
from messaging.telegram_http import Broken, MaybeSent, NotSent, TelegramHttp, TooMany

logging.getLogger("telegram").setLevel(logging.WARNING)  # below it the package writes out the token and the words

PATH: Final = "/telegram"
UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram is asked to tell us. The last one says that somebody blocked the bot; it comes without any message."""
TOKEN: Final = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{4,}")
POLL: Final = 5
"""Seconds that one question for updates waits at Telegram: less than a call may take, and than a stop waits."""
AT_ONCE: Final = 50
LONGEST_DATA: Final = 64
"""Bytes of a button's data."""
_A_SECOND: Final = 25
"""Messages. Telegram takes 30 from one bot; beyond that it stops all of them for some seconds."""
_SOON: Final = timedelta(seconds=30)
_NOBODY: Final = ("chat not found", "peer_id_invalid", "user not found", "chat_id is empty", "deactivated")
_UNCHANGED: Final = "message is not modified"


class CannotAsk(ConnectionError):
    """Telegram could not be asked, or refused; the message says which and carries no token."""


@dataclass(frozen=True, slots=True)
class TelegramAccount:
    """Who we are at Telegram. `token` is BotFather's; `time_limit` (seconds) holds for every call."""

    token: str
    api_url: str = "https://api.telegram.org"
    time_limit: float = 10.0

    @property
    def bot_id(self) -> str:
        """The bot's own number: our side of every chat with it, whatever it is renamed to."""
        return self.token.partition(":")[0]


class TelegramChats:
    """The channel `telegram`. `now` gives aware UTC, for words whose time has passed."""

    def __init__(self, account: TelegramAccount, now: Callable[[], datetime]) -> None:
        if not TOKEN.fullmatch(account.token):
            raise ValueError("TELEGRAM_BOT_TOKEN is not a bot's token; copy it from BotFather.")
        self._now = now
        self._http = TelegramHttp(account.time_limit)
        root = account.api_url.rstrip("/")
        self._bot = Bot(
            account.token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=self._http,
            get_updates_request=self._http,
        )
        self._chats: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._next_turn = 0.0

    @property
    def name(self) -> str:
        """`telegram`."""
        return "telegram"

    async def send(self, message: Outgoing) -> SendResult:
        """Hand over one message, once. In one chat the next one waits for the answer to the one before."""
        chat = self._chats.setdefault(message.to, asyncio.Lock())
        async with chat:
            await self._turn()
            if message.not_after is not None and message.not_after <= self._now():
                return Refused("content", "Its time had passed before it could leave; nothing was sent.", "not_after")
            try:
                taken = await self._hand_over(message)
            except TelegramError as error:
                return _of_error(error, message)
            except (ValueError, TypeError, KeyError) as error:
                return Unknown(f"Telegram's answer could not be read ({type(error).__name__})", for_ever=True)
        return (
            Accepted(f"{message.to}/{taken.message_id}")
            if isinstance(taken, Message)
            else Accepted(message.edits or "")
        )

    async def _hand_over(self, message: Outgoing) -> Message | bool:
        if message.edits is not None:
            _, _, number = message.edits.rpartition("/")
            return await self._bot.edit_message_text(
                message.text, chat_id=message.to, message_id=int(number), reply_markup=_pressed(message.buttons)
            )
        markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | ForceReply | None = _pressed(message.buttons)
        if message.share or message.wants_answer:
            markup = _shared(message.share) if message.share else ForceReply()
        return await self._bot.send_message(message.to, message.text, reply_markup=markup)

    async def _turn(self) -> None:
        """So many messages a second and no more: being told to wait would stop every chat."""
        clock = asyncio.get_running_loop().time()
        mine = max(self._next_turn, clock)
        self._next_turn = mine + 1 / _A_SECOND
        if mine > clock:
            await asyncio.sleep(mine - clock)

    async def find(self, message: Outgoing, since: datetime) -> Accepted | Unknown | None:
        """Telegram tells nobody what it sent."""
        return Unknown("Telegram cannot be asked what it sent", for_ever=True)

    async def username(self) -> str:
        """How people find the bot: t.me/<username>. Raises CannotAsk."""
        try:
            return str((await self._bot.get_me()).username)
        except TelegramError as error:
            raise CannotAsk(_why(error)) from error

    async def listen_at(self, url: str, secret: str) -> None:
        """Have updates sent to `url` with `secret` in the header. What waits at Telegram is kept. Raises CannotAsk."""
        try:
            await self._bot.set_webhook(url, secret_token=secret, allowed_updates=UPDATES)
        except TelegramError as error:
            raise CannotAsk(_why(error)) from error

    async def webhook(self) -> WebhookInfo:
        """Where updates are sent, how many wait, and what went wrong last. Raises CannotAsk."""
        try:
            return await self._bot.get_webhook_info()
        except TelegramError as error:
            raise CannotAsk(_why(error)) from error

    async def stop_listening(self) -> None:
        """Have updates kept at Telegram until they are asked for. What waits is kept. Raises CannotAsk."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except TelegramError as error:
            raise CannotAsk(_why(error)) from error

    async def updates(self, after: int | None, wait: int = POLL) -> list[Any]:
        """The updates after this number as Telegram writes them; those up to it are forgotten there. Raises CannotAsk.

        Waits up to `wait` seconds for the first one. Not read by the package: one that it cannot read would hold up all
        others for ever.
        """
        form = {"timeout": str(wait), "limit": str(AT_ONCE), "allowed_updates": json.dumps(UPDATES)}
        if after is not None:
            form["offset"] = str(after + 1)
        try:
            status, body = await self._http.call(f"{self._bot.base_url}/getUpdates", form)
        except TelegramError as error:
            raise CannotAsk(_why(error)) from error
        if status == 409:
            raise CannotAsk("another process asks for this bot's updates, or a webhook was set; only one may")
        try:
            found = json.loads(body)["result"] if status == 200 else None
        except (ValueError, TypeError, KeyError):
            found = None
        if not isinstance(found, list):
            raise CannotAsk("Telegram does not know the token" if status in (401, 404) else f"it answered {status}")
        return found

    async def fetch(self, source: str, most_bytes: int) -> bytes:
        """The bytes of a photo or document by Telegram's id of it. Raises CannotFetch, TooLarge."""
        try:
            found = await self._bot.get_file(source)
        except (NotSent, MaybeSent, Broken, TooMany) as error:
            raise CannotFetch(_why(error), again=True) from error
        except TelegramError as error:  # too big for a bot (20 MB), or not there any more
            raise CannotFetch(_why(error)) from error
        if (found.file_size or 0) > most_bytes:
            raise TooLarge
        path = found.file_path or ""
        return await self._http.download(path if "://" in path else f"{self._bot.base_file_url}/{path}", most_bytes)

    async def end_press(self, query: str) -> None:
        """Let whoever pressed a button wait no longer. Raises CannotAsk."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            raise CannotAsk(_why(error)) from error

    async def close(self) -> None:
        """Give back the connections."""
        await self._http.shutdown()


def _pressed(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Two buttons a row. Raises ValueError for data that Telegram would refuse."""
    if any(len(one.data.encode()) > LONGEST_DATA for one in buttons):
        raise ValueError("a button's data is too long")
    keys = [InlineKeyboardButton(one.label, callback_data=one.data) for one in buttons]
    return InlineKeyboardMarkup([keys[start : start + 2] for start in range(0, len(keys), 2)]) if keys else None


def _shared(label: str) -> ReplyKeyboardMarkup:
    """A button that hands over the reader's own number, when they agree to it."""
    button = KeyboardButton(label, request_contact=True)
    return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)


def _of_error(error: TelegramError, message: Outgoing) -> SendResult:
    """What an error says of the words. BadRequest and TimedOut are NetworkErrors to the package, so they come first."""
    match error:
        case TooMany():
            return Refused(
                "too_many", "Too many messages at once; they leave more slowly by themselves.", "429", error.retry_in
            )
        case NotSent():
            return Refused("down", "Telegram cannot be reached; it is tried again by itself.", str(error), _SOON)
        case MaybeSent() | Broken():
            if message.edits is not None:  # the same edit twice is one edit
                return Refused("down", "Telegram did not answer; it is tried again by itself.", str(error), _SOON)
            return Unknown(f"no answer from Telegram ({error})", for_ever=True)
        case Forbidden():
            return _forbidden(error)
        case BadRequest():
            return _bad_request(error, message)
        case ChatMigrated():
            return Refused(
                "not_linked", "This is a group, and groups are not written to; link a person's own chat.", "group"
            )
        case InvalidToken() | Conflict():
            return Refused(
                "ours_to_fix", "Telegram does not know the bot; check TELEGRAM_BOT_TOKEN.", type(error).__name__
            )
        case _:
            return Unknown(f"Telegram's answer could not be read ({type(error).__name__})", for_ever=True)


def _forbidden(error: Forbidden) -> Refused:
    if "blocked" in error.message.casefold():
        advice = "This person has blocked the bot on Telegram; texts are used until they start it again."
        return Refused("opted_out", advice, "403 blocked")
    return Refused("not_linked", "This Telegram account cannot be written to any more; texts are used.", "403")


def _bad_request(error: BadRequest, message: Outgoing) -> SendResult:
    said = error.message.casefold()
    if message.edits is not None and _UNCHANGED in said:
        return Accepted(message.edits)
    if any(word in said for word in _NOBODY):
        return Refused(
            "not_linked", "Telegram knows no such chat any more; texts are used until it is linked again.", "400 chat"
        )
    return Refused("content", "Telegram does not take these words; use another channel.", "400")


def _why(error: TelegramError) -> str:
    """For a log or an operator; never the token, which is part of every address."""
    if isinstance(error, InvalidToken):
        return "Telegram does not know the token; copy it again from BotFather"
    if isinstance(error, BadRequest):
        return error.message
    return type(error).__name__
