"""A stateful stand-in for Twilio's Messages API and its webhooks, over real HTTP. It misbehaves on demand.

    async with FakeTwilio() as twilio:          # twilio.url; in the test's own loop
    python -m tests.support.fake_twilio --port 4010 --token secret-token        # as a process of its own

What becomes of a text is a *plan* by recipient: a list of (seconds, status, error code or None). Faults are for the
next requests to create a message, in order:

    500, html          answered 500 / 503 with a web page; nothing taken
    500_taken          taken, and answered 500 all the same
    429                Retry-After: 7
    hang               no answer, nothing taken
    accept_then_drop   taken, no answer        accept_then_cut    taken, connection cut
    cut                connection cut, nothing taken
    nonsense           taken, and answered 201 with no JSON

As a process it is controlled by POST /_control/{plan,fault,number,inbound,reset} and GET /_control/log (see `control`).
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import hmac
import re
import secrets
import time
import uuid
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import aiohttp
from aiohttp import web
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # it has no type information

from messaging.segments import count

SID = "AC" + "0" * 32
TOKEN = "secret-token"
STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
START = {"START", "YES", "UNSTOP"}
HELP = {"HELP", "INFO"}
# Twilio's own magic numbers, moved into the range that Ofcom keeps for drama.
MAGIC_TO = {
    "+447700900801": 21211,
    "+447700900802": 21612,
    "+447700900803": 21408,
    "+447700900804": 21610,
    "+447700900809": 21614,
}
USUAL_PLAN: list[tuple[float, str, int | None]] = [(0.01, "sent", None), (0.01, "delivered", None)]


class FakeTwilio:
    """One account. Everything that it was asked and what it called back is kept, to be looked at."""

    def __init__(self, token: str = TOKEN, port: int = 0, advanced_opt_out: bool = False) -> None:
        self.token = token
        self.port = port
        self.advanced_opt_out = advanced_opt_out
        self.messages: dict[str, dict[str, Any]] = {}
        self.plans: dict[str, dict[str, Any]] = {}
        self.numbers: dict[str, dict[str, Any]] = {}
        self.account: dict[str, str] = {"status": "active", "type": "Full"}
        self.services: dict[str, dict[str, Any]] = {}
        self.setup_fault = ""
        self.slow = 0.0
        """Seconds between taking a message and answering."""
        self.opted_out: set[tuple[str, str]] = set()
        self.silent = False
        """Nobody is told what became of a text; who asks hears it."""
        self.fetched: list[str] = []
        self.faults: list[str] = []
        self.codes: list[tuple[int, int]] = []
        self.requests: list[dict[str, str]] = []
        self.queries: list[dict[str, str]] = []
        self.seen: list[tuple[str, str, list[tuple[str, str]]]] = []
        """(method, path, pairs of the query and of the form) of everything that was asked."""
        self.webhooks: list[dict[str, Any]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """What TWILIO_API_URL should be."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> FakeTwilio:
        app = web.Application(middlewares=[self._see])
        root = "/2010-04-01/Accounts/{account}/Messages"
        app.add_routes(
            [
                web.post(root + ".json", self._create),
                web.get(root + ".json", self._list),
                web.get(root + "/{sid}.json", self._one),
                web.post(root + "/{sid}.json", self._one),
                web.get("/2010-04-01/Accounts/{account}.json", self._account),
                web.get("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json", self._numbers),
                web.get("/v1/Services/{service}", self._service),
                web.post("/_control/{verb}", self.control),
                web.get("/_control/{verb}", self.control),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *exc: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._http.close()
        await self._runner.cleanup()

    async def settled(self) -> None:
        """Wait until every plan has been played and every webhook been tried."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def plan(self, to: str, *events: tuple[float, str, int | None], shuffle: bool = False, duplicate: int = 0) -> None:
        """What becomes of texts to this number. `shuffle` reverses the callbacks; `duplicate` repeats each."""
        self.plans[to] = {"events": list(events), "shuffle": shuffle, "duplicate": duplicate}

    # what we ask of it

    @web.middleware
    async def _see(self, request: web.Request, handler: Any) -> web.StreamResponse:
        pairs = [*request.query.items(), *parse_qsl((await request.read()).decode(), keep_blank_values=True)]
        self.seen.append((request.method, request.path, pairs))
        response: web.StreamResponse = await handler(request)
        return response

    async def _create(self, request: web.Request) -> web.StreamResponse:
        form = dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
        self.requests.append(form)
        if not self._authorised(request):
            return problem(20003, 401)
        fault = self.faults.pop(0) if self.faults else ""
        early = await self._before_taking(fault, request)
        if early is not None:
            return early
        if self.codes:
            return problem(*self.codes.pop(0))
        if code := self._refusal(form):
            return problem(code)
        message = self._take(form)
        await asyncio.sleep(self.slow)
        match fault:
            case "500_taken":
                return problem(20500, 500)
            case "accept_then_drop":
                await asyncio.sleep(30)
            case "accept_then_cut":
                cut(request)
            case "nonsense":
                return web.Response(status=201, text="<html>created</html>")
            case _:
                pass
        return web.json_response(self._view(message), status=201)

    async def _before_taking(self, fault: str, request: web.Request) -> web.StreamResponse | None:
        match fault:
            case "500":
                return problem(20500, 500)
            case "html":
                return web.Response(status=503, text="<html>down</html>", content_type="text/html")
            case "429":
                return problem(20429, 429, {"Retry-After": "7"})
            case "hang":
                await asyncio.sleep(30)
            case "cut":
                cut(request)
                return web.Response()
            case _:
                pass
        return None

    def _refusal(self, form: dict[str, str]) -> int | None:
        to, sender = form.get("To", ""), form.get("From") or form.get("MessagingServiceSid", "")
        if not to:
            return 21604
        if not re.fullmatch(r"\+[1-9]\d{6,14}", to):
            return 21211
        if not sender:
            return 21603
        if to in MAGIC_TO:
            return MAGIC_TO[to]
        if not form.get("Body"):
            return 21602
        if len(form["Body"]) > 1600:
            return 21617
        return 21610 if (sender, to) in self.opted_out else None

    def _take(self, form: dict[str, str]) -> dict[str, Any]:
        now = datetime.now(UTC)
        service = form.get("MessagingServiceSid")
        message: dict[str, Any] = {
            "sid": "SM" + secrets.token_hex(16),
            "to": form["To"],
            "from": form.get("From"),
            "body": "" if form.get("ContentRetention") == "discard" else form["Body"],
            "messaging_service_sid": service,
            "status": "accepted" if service else "queued",
            "direction": "outbound-api",
            "error_code": None,
            "num_segments": 0 if service else count(form["Body"]).count,
            "date_created": now,
            "date_updated": now,
            "date_sent": None,
            "callback": form.get("StatusCallback"),
        }
        self.messages[message["sid"]] = message
        self._start(self._play(message))
        return message

    async def _list(self, request: web.Request) -> web.Response:
        self.queries.append(dict(request.query))
        if not self._authorised(request):
            return problem(20003, 401)
        if self.faults and self.faults[0] == "list_500":
            self.faults.pop(0)
            return problem(20500, 500)
        rows = sorted(self.messages.values(), key=lambda row: row["date_created"], reverse=True)
        for name, value in request.query.items():
            rows = [row for row in rows if matches(row, name, value)]
        size, page = min(int(request.query.get("PageSize", 50)), 1000), int(request.query.get("Page", 0))
        keep = [(name, value) for name, value in request.query.items() if name not in ("Page", "PageToken")]
        root = f"/2010-04-01/Accounts/{SID}/Messages.json"
        more = f"{root}?" + urlencode([*keep, ("Page", page + 1)], quote_via=quote)
        return web.json_response(
            {
                "messages": [self._view(row) for row in rows[page * size : (page + 1) * size]],
                "page": page,
                "page_size": size,
                "uri": root,
                "next_page_uri": more if (page + 1) * size < len(rows) else None,
            }
        )

    async def _one(self, request: web.Request) -> web.Response:
        if not self._authorised(request):
            return problem(20003, 401)
        self.fetched.append(request.match_info["sid"])
        if self.faults and self.faults[0] == "fetch_500":
            self.faults.pop(0)
            return problem(20500, 500)
        message = self.messages.get(request.match_info["sid"])
        if message is None:
            return problem(20404, 404)
        if request.method == "POST":
            form = dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
            if form.get("Body") == "":
                message["body"] = ""
        return web.json_response(self._view(message))

    # how the account is set up; `setup_fault` is "hang", "500", "nonsense" or "429"

    async def _account(self, request: web.Request) -> web.Response:
        match self.setup_fault:
            case "hang":
                await asyncio.sleep(30)
            case "500":
                return problem(20500, 500)
            case "429":
                return problem(20429, 429)
            case "nonsense":
                return web.Response(text="<html>welcome</html>")
        if not self._authorised(request):
            return problem(20003, 401)
        if request.match_info["account"] != SID:
            return problem(20404, 404)
        return web.json_response({"sid": SID} | self.account)

    async def _numbers(self, request: web.Request) -> web.Response:
        if not self._authorised(request):
            return problem(20003, 401)
        wanted = request.query.get("PhoneNumber", "")
        found = [
            {"sid": "PN" + "0" * 32, "phone_number": number, "capabilities": {"sms": True}, "sms_method": "POST"}
            | set_up
            for number, set_up in self.numbers.items()
            if wanted in number
        ]
        return web.json_response({"incoming_phone_numbers": found, "next_page_uri": None})

    async def _service(self, request: web.Request) -> web.Response:
        found = self.services.get(request.match_info["service"])
        return (
            problem(20404, 404) if found is None else web.json_response({"sid": request.match_info["service"]} | found)
        )

    def _authorised(self, request: web.Request) -> bool:
        want = "Basic " + base64.b64encode(f"{SID}:{self.token}".encode()).decode()
        return hmac.compare_digest(request.headers.get("Authorization", ""), want)

    def _view(self, message: dict[str, Any]) -> dict[str, Any]:
        shown = {key: value for key, value in message.items() if key != "callback"}
        for key in ("date_created", "date_updated", "date_sent"):
            shown[key] = format_datetime(message[key]) if message[key] else None
        shown["num_segments"] = str(message["num_segments"])
        shown["account_sid"] = SID
        return shown

    # what it calls back

    async def _play(self, message: dict[str, Any]) -> None:
        plan = self.plans.get(message["to"], {})
        posts = []
        for wait, status, *code in plan.get("events", USUAL_PLAN):
            await asyncio.sleep(wait)
            message["status"], message["error_code"] = status, (code[0] if code else None)
            message["date_updated"] = datetime.now(UTC)
            message["date_sent"] = message["date_sent"] or message["date_updated"]
            form = {
                "SmsSid": message["sid"],
                "SmsStatus": status,
                "MessageStatus": status,
                "To": message["to"],
                "MessageSid": message["sid"],
                "AccountSid": SID,
                "From": message["from"] or "",
                "ApiVersion": "2010-04-01",
            }
            if message["error_code"]:
                form["ErrorCode"] = str(message["error_code"])
            posts += [form] * (1 + int(plan.get("duplicate", 0)))
            if not plan.get("shuffle"):
                await self._call_back(message, posts)
                posts = []
        await self._call_back(message, list(reversed(posts)))

    async def _call_back(self, message: dict[str, Any], posts: list[dict[str, str]]) -> None:
        for form in posts if message["callback"] and not self.silent else ():
            await self.webhook(message["callback"], form)

    async def webhook(self, url: str, form: dict[str, str], fallback: str | None = None) -> int:
        """POST a signed form. Honours rc, rp, rt and tt in the fragment; all tries fit in 15 s, then it is gone."""
        base, _, fragment = url.partition("#")
        options = dict(parse_qsl(fragment))
        tries, policy = 1 + min(int(options.get("rc", 1)), 5), set(options.get("rp", "ct").split(","))
        limit = aiohttp.ClientTimeout(total=min(int(options.get("rt", 15000)), 15000) / 1000)
        ends = time.monotonic() + min(int(options.get("tt", 15000)), 15000) / 1000
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": RequestValidator(self.token).compute_signature(base, form),
            "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
        }
        for attempt in range(1, tries + 1):
            status, why = 0, "ct"
            try:
                async with self._http.post(base, data=urlencode(form), headers=headers, timeout=limit) as answer:
                    status = answer.status
                    why = "" if status < 400 else "4xx" if status < 500 else "5xx"
            except TimeoutError:
                why = "rt"
            except aiohttp.ClientError:
                pass
            self.webhooks.append({"url": base, "try": attempt, "status": status, "why": why, "form": form})
            if not why:
                return status
            if not policy & {why, "all"} or time.monotonic() >= ends:
                break
        return await self.webhook(fallback, form) if fallback else 0

    async def inbound(self, sender: str, to: str, body: str, sid: str | None = None) -> str:
        """A text from a parent: kept, opt-out words obeyed, and posted to the number's webhook. Returns its sid."""
        now = datetime.now(UTC)
        sid = sid or "SM" + secrets.token_hex(16)
        self.messages[sid] = {
            "sid": sid, "to": to, "from": sender, "body": body, "messaging_service_sid": None, "status": "received",
            "direction": "inbound", "error_code": None, "num_segments": count(body).count, "date_created": now,
            "date_updated": now, "date_sent": now, "callback": None,
        }  # fmt: skip
        form = {
            "ToCountry": "GB", "ToCity": "", "SmsMessageSid": sid, "NumMedia": "0", "SmsSid": sid,
            "SmsStatus": "received", "FromCountry": "GB", "FromCity": "", "Body": body, "To": to,
            "NumSegments": str(count(body).count), "MessageSid": sid, "AccountSid": SID, "From": sender,
            "ApiVersion": "2010-04-01",
        }  # fmt: skip
        if kind := self._obey(sender, to, body):
            form["OptOutType"] = kind
        number = self.numbers.get(to, {})
        if number.get("sms_url"):
            await self.webhook(number["sms_url"], form, number.get("sms_fallback_url"))
        return sid

    def _obey(self, sender: str, to: str, body: str) -> str | None:
        word = body.strip().upper()
        if word in STOP:
            self.opted_out.add((to, sender))
        if word in START:
            self.opted_out.discard((to, sender))
        if not self.advanced_opt_out:
            return None
        return "STOP" if word in STOP else "START" if word in START else "HELP" if word in HELP else None

    def _start(self, coroutine: Any) -> None:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def control(self, request: web.Request) -> web.Response:
        """The same by HTTP, for tests that run it as a process.

        plan {to, events, shuffle, duplicate} · fault {kind, count} · number {number, sms_url, sms_fallback_url} ·
        inbound {from, to, body, sid} · reset {} · log (GET): messages, webhooks, requests
        """
        asked = await request.json() if request.can_read_body else {}
        match request.match_info["verb"]:
            case "plan":
                self.plans[asked["to"]] = asked
            case "fault":
                self.faults += [asked["kind"]] * int(asked.get("count", 1))
            case "number":
                self.numbers[asked["number"]] = asked
            case "inbound":
                sid = await self.inbound(asked["from"], asked["to"], asked.get("body", ""), asked.get("sid"))
                return web.json_response({"sid": sid})
            case "reset":
                for kept in (self.messages, self.plans, self.numbers, self.opted_out, self.faults, self.requests):
                    kept.clear()
                self.webhooks.clear()
            case "log":
                messages = [self._view(message) for message in self.messages.values()]
                return web.json_response({"messages": messages, "webhooks": self.webhooks, "requests": self.requests})
            case _:
                return web.json_response({"ok": False}, status=404)
        return web.json_response({"ok": True})


def problem(code: int, status: int = 400, headers: dict[str, str] | None = None) -> web.Response:
    """An error as Twilio words it."""
    body = {"code": code, "message": "refused", "more_info": f"https://www.twilio.com/docs/errors/{code}"}
    return web.json_response(body | {"status": status}, status=status, headers=headers)


def cut(request: web.Request) -> None:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()


def matches(row: dict[str, Any], name: str, value: str) -> bool:
    """Twilio's list filters. A message without a time of sending is not found by DateSent."""
    if name in ("To", "From"):
        return bool(row[name.lower()] == value)
    if not name.startswith("DateSent"):
        return True
    if row["date_sent"] is None:
        return False
    at = datetime.fromisoformat(value)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    sent = row["date_sent"]
    match name:
        case "DateSent>":
            return bool(sent >= at.replace(microsecond=0))
        case "DateSent<":
            return bool(sent <= at)
        case _:
            return bool(at <= sent < at + timedelta(days=1))


async def main() -> None:
    """Serve until the process is stopped."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--port", type=int, default=4010)
    asked.add_argument("--token", default=TOKEN)
    options = asked.parse_args()
    async with FakeTwilio(options.token, options.port) as twilio:
        print(twilio.url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
