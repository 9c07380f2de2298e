"""A stateful stand-in for Telegram's Bot API, over real HTTP on the loopback. It misbehaves on demand.

    async with FakeTelegram() as telegram:      # telegram.url; in the test's own loop

Updates wait in order for the webhook, with the secret in the header; one that is not answered 2xx is tried again and
holds up those behind it, as at Telegram. A webhook may answer with a method call. Faults are for the next calls of a
method, in order:

    429                retry after `retry_after` seconds; nothing done
    502                a web page; nothing done         502_taken       done, and a web page all the same
    hang               no answer, nothing done          taken_then_hang done, no answer
    cut                connection cut, nothing done     migrate         the chat became another one
    nonsense           done, and answered 200 with no JSON
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import suppress
from typing import Any

import aiohttp
from aiohttp import web

TOKEN = "123456:TEST-token"
BOT = "123456"
SECRET = "s3cret-of-our-own"
USERNAME = "school_test_bot"


class FakeTelegram:
    """One bot. Everything that it was asked and what it told is kept, to be looked at."""

    def __init__(self, token: str = TOKEN, port: int = 0) -> None:
        self.token = token
        self.port = port
        self.faults: dict[str, list[str]] = {}
        self.retry_after: object = 7
        self.blocked: set[int] = set()
        self.unknown: set[int] = {404}
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.hook: dict[str, Any] = {}
        self.waiting: list[dict[str, Any]] = []
        self.told: list[tuple[int, int]] = []
        self.delay: dict[int, float] = {}
        self.busy: dict[int, int] = {}
        self.together = 0
        self.longest_poll = 0.2
        self.last_error = ""
        self._history: list[dict[str, Any]] = []
        self._number = 700
        self._message = self.last_said = 0
        self._telling: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL should be."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> FakeTelegram:
        app = web.Application()
        app.add_routes([web.post("/bot{token}/{method}", self._call)])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *exc: object) -> None:
        if self._telling is not None:
            self._telling.cancel()
            with suppress(asyncio.CancelledError):
                await self._telling
        await self._http.close()
        await self._runner.cleanup()

    # what people do

    def says(self, chat: int, text: str, **more: Any) -> int:
        """A person writes in a private chat. Returns the update's number."""
        body = self._from(chat) | {"text": text} | more
        self.last_said = body["message_id"]
        return self._happens("message", body)

    def edits(self, chat: int, message: int, text: str) -> int:
        """A person changes a message of theirs."""
        body = self._from(chat) | {"message_id": message, "edit_date": int(time.time()), "text": text}
        return self._happens("edited_message", body)

    def shares(self, chat: int, phone: str, owner: int | None = None) -> int:
        """A person hands over a card: their own, or somebody else's."""
        card = {"phone_number": phone, "first_name": "U", "user_id": chat if owner is None else owner}
        return self._happens("message", self._from(chat) | {"contact": card})

    def presses(self, chat: int, message: int, data: str, user: int | None = None) -> int:
        """A button under a message of ours is pressed, by the chat's owner or somebody else."""
        shown = self._as_message(chat, message)
        query = {"id": f"q{self._number}", "from": user_of(user or chat), "chat_instance": "1", "data": data}
        return self._happens("callback_query", query | {"message": shown})

    def blocks(self, chat: int, blocked: bool = True) -> int:
        """A person stops the bot, or starts it again."""
        (self.blocked.add if blocked else self.blocked.discard)(chat)
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        change = {"old_chat_member": self._standing(before), "new_chat_member": self._standing(after)}
        return self._happens(
            "my_chat_member", {"chat": chat_of(chat), "from": user_of(chat), "date": int(time.time())} | change
        )

    def again(self, number: int) -> None:
        """An old update is told once more."""
        self._tell(next(one for one in self._history if one["update_id"] == number))

    def _happens(self, kind: str, body: dict[str, Any]) -> int:
        self._number += 1
        update = {"update_id": self._number, kind: body}
        self._history.append(update)
        self._tell(update)
        return self._number

    def _from(self, chat: int) -> dict[str, Any]:
        self._message += 1
        return {"message_id": self._message, "date": int(time.time()), "chat": chat_of(chat), "from": user_of(chat)}

    def _standing(self, status: str) -> dict[str, Any]:
        return {"user": self._me(), "status": status} | ({"until_date": 0} if status == "kicked" else {})

    # telling the webhook

    def _tell(self, update: dict[str, Any]) -> None:
        self.waiting.append(update)
        if self.hook.get("url") and (self._telling is None or self._telling.done()):
            self._telling = asyncio.create_task(self._deliver())

    async def _deliver(self) -> None:
        while self.waiting and self.hook.get("url"):
            update = self.waiting[0]
            headers = {"X-Telegram-Bot-Api-Secret-Token": self.hook.get("secret_token", "")}
            status = 0
            try:
                async with self._http.post(self.hook["url"], json=update, headers=headers) as answer:
                    status, text = answer.status, await answer.text()
            except aiohttp.ClientError as error:
                self.last_error = type(error).__name__
            self.told.append((update["update_id"], status))
            if 200 <= status < 300:
                self.waiting.pop(0)
                if text:
                    asked = json.loads(text)
                    await self._answer(asked.pop("method"), {key: str(value) for key, value in asked.items()})
            else:
                self.last_error = f"Wrong response from the webhook: {status}"
                await asyncio.sleep(0.05)

    async def settled(self) -> None:
        """Wait until everything was told, or asked for and confirmed."""
        while self.waiting:
            await asyncio.sleep(0.01)

    # what we ask of it

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        form = {key: str(value) for key, value in (await request.post()).items()}
        self.calls.append((method, form))
        if request.match_info["token"] != self.token:
            return failed(401, "Unauthorized")
        fault = self.faults[method].pop(0) if self.faults.get(method) else ""
        match fault:
            case "429":
                return failed(429, "Too Many Requests", {"retry_after": self.retry_after})
            case "502" | "502_taken":
                if fault == "502_taken":
                    await self._answer(method, form)
                return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
            case "migrate":
                return failed(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1001})
            case "hang" | "taken_then_hang":
                if fault == "taken_then_hang":
                    await self._answer(method, form)
                await asyncio.sleep(30)
            case "cut" if request.transport is not None:
                request.transport.close()
            case "nonsense":
                await self._answer(method, form)
                return web.Response(text="<html>")
        chat = int(form.get("chat_id", 0))
        self.busy[chat] = self.busy.get(chat, 0) + 1
        self.together = max(self.together, sum(self.busy.values()))
        assert self.busy[chat] == 1 or not chat, "two calls for one chat at the same time"
        await asyncio.sleep(self.delay.get(chat, 0))
        self.busy[chat] -= 1
        return await self._answer(method, form)

    async def _answer(self, method: str, form: dict[str, str]) -> web.Response:
        match method.lower():
            case "getme":
                return done(self._me())
            case "setwebhook":
                if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", form.get("secret_token", "")):
                    return failed(400, "Bad Request: secret token contains unallowed characters")
                self.hook = dict(form)
                if self.waiting:
                    self._tell(self.waiting.pop())
                return done(True)
            case "deletewebhook":
                self.hook = {}
                return done(True)
            case "getupdates":
                return await self._asked_for(form)
            case "getwebhookinfo":
                told = {"url": self.hook.get("url", ""), "has_custom_certificate": False}
                known = {"allowed_updates": json.loads(self.hook["allowed_updates"])} if self.hook else {}
                wrong = {"last_error_date": 1, "last_error_message": self.last_error} if self.last_error else {}
                return done(told | {"pending_update_count": len(self.waiting)} | known | wrong)
            case "answercallbackquery":
                self.calls.append((method.lower(), form))
                return done(True)
            case "sendmessage" | "editmessagetext":
                return self._keep(method.lower(), form)
        return failed(404, "Not Found")

    async def _asked_for(self, form: dict[str, str]) -> web.Response:
        """What waits from `offset` on; what is below it is forgotten. Nobody may ask while a webhook is set."""
        if self.hook.get("url"):
            return failed(409, "Conflict: can't use getUpdates method while webhook is active")
        first = int(form.get("offset", 0))
        self.waiting = [one for one in self.waiting if one["update_id"] >= first]
        ends = time.monotonic() + min(int(form.get("timeout", 0)), self.longest_poll)
        while not self.waiting and time.monotonic() < ends:
            await asyncio.sleep(0.01)
        return done(self.waiting[: int(form.get("limit", 100))])

    def _keep(self, method: str, form: dict[str, str]) -> web.Response:
        chat, text = int(form["chat_id"]), form.get("text", "")
        if chat in self.blocked:
            return failed(403, "Forbidden: bot was blocked by the user")
        if chat in self.unknown:
            return failed(400, "Bad Request: chat not found")
        if not text or len(text) > 4096:
            return failed(400, f"Bad Request: message {'text is empty' if not text else 'is too long'}")
        markup = json.loads(form["reply_markup"]) if form.get("reply_markup") else None
        for row in (markup or {}).get("inline_keyboard", []):
            if any(len(one.get("callback_data", "").encode()) > 64 for one in row):
                return failed(400, "Bad Request: BUTTON_DATA_INVALID")
        if method == "editmessagetext":
            known = self.messages.get((chat, int(form["message_id"])))
            if known is None:
                return failed(400, "Bad Request: message to edit not found")
            if (known["text"], known["markup"]) == (text, markup):
                return failed(400, "Bad Request: message is not modified")
            known |= {"text": text, "markup": markup}
            return done(self._as_message(chat, known["message_id"]))
        self._message += 1
        self.messages[chat, self._message] = {"message_id": self._message, "text": text, "markup": markup}
        return done(self._as_message(chat, self._message))

    def texts(self, chat: int) -> list[str]:
        """What stands in a chat from us, in order, as it reads now."""
        return [one["text"] for (of, _), one in sorted(self.messages.items()) if of == chat]

    def buttons(self, chat: int, message: int) -> dict[str, str]:
        """From label to data."""
        markup = self.messages[chat, message]["markup"] or {}
        return {one["text"]: one["callback_data"] for row in markup.get("inline_keyboard", []) for one in row}

    def last(self, chat: int) -> int:
        """The number of the newest message from us."""
        return max(number for of, number in self.messages if of == chat)

    def _as_message(self, chat: int, number: int) -> dict[str, Any]:
        known = self.messages[chat, number]
        found = {"message_id": number, "date": int(time.time()), "chat": chat_of(chat), "from": self._me()}
        inline = known["markup"] if known["markup"] and "inline_keyboard" in known["markup"] else None
        return found | {"text": known["text"]} | ({"reply_markup": inline} if inline else {})

    def _me(self) -> dict[str, Any]:
        return {"id": int(BOT), "is_bot": True, "first_name": "School", "username": USERNAME}


def user_of(number: int) -> dict[str, Any]:
    """A person as Telegram shows one."""
    return {"id": number, "is_bot": False, "first_name": f"User{number}", "language_code": "en"}


def chat_of(number: int) -> dict[str, Any]:
    """A private chat, or for a negative number a group."""
    kind = {"type": "private", "first_name": f"User{number}"} if number > 0 else {"type": "group", "title": "Office"}
    return {"id": number} | kind


def done(result: Any) -> web.Response:
    """A good answer."""
    return web.json_response({"ok": True, "result": result})


def failed(code: int, why: str, parameters: dict[str, Any] | None = None) -> web.Response:
    """A refusal in Telegram's own shape."""
    body = {"ok": False, "error_code": code, "description": why}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)
