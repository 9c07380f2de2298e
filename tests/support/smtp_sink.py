"""An SMTP server for tests, in the test's own loop: it keeps what it is sent, and refuses or dies on demand.

    async with Sink() as sink:      # sink.port; sink.box holds (envelope sender, recipients, message)

What it says to a recipient goes by the local part, as in REFUSALS.
`Sink(dies=...)` closes the connection: "rcpt" before the words, "data" after taking them but before its answer.
"""

from __future__ import annotations

import asyncio
import base64
import email
import email.policy
from email.message import Message
from typing import Any, Literal

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import AuthResult

REFUSALS = {
    "nouser": "550 5.1.1 no such user",
    "full": "452 4.2.2 mailbox full",
    "full5": "552 5.2.2 mailbox full",
    "grey": "451 4.7.1 try later",
    "policy": "550 5.7.1 not from you",
}


class Sink:
    """One server on a free port of the loopback."""

    def __init__(
        self,
        dies: Literal["rcpt", "data"] | None = None,
        data_answer: str = "250 2.0.0 queued",
        sender_answer: str | None = None,
        password: str | None = None,
        silent: float = 0,
        bearer: str | None = None,
    ) -> None:
        self.box: list[tuple[str, list[str], Message]] = []
        self.port = 0
        self.logins: list[str] = []
        self._dies = dies
        self._data_answer = data_answer
        self._sender_answer = sender_answer
        self._password = password
        self._silent = silent
        self.bearer = bearer

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802  aiosmtpd calls it so
        if self._sender_answer:
            return self._sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802  aiosmtpd calls it so
        if self._dies == "rcpt":
            server.transport.abort()
        if why := REFUSALS.get(address.partition("@")[0]):
            return why
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd calls it so
        if self._data_answer.startswith("250"):
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            self.box.append((envelope.mail_from, envelope.rcpt_tos, message))
        if self._dies == "data":
            server.transport.abort()
        await asyncio.sleep(self._silent)
        return self._data_answer

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> AuthResult:  # noqa: N802  aiosmtpd calls it so
        """As Google does: a wrong token gets a reason first, and its refusal after the next line."""
        said = base64.b64decode(args[1]).decode()
        user, _, rest = said.removeprefix("user=").partition("\1auth=Bearer ")
        self.logins.append(user)
        if self.bearer is not None and rest == f"{self.bearer}\1\1":
            return AuthResult(success=True)
        await server.push("334 eyJzdGF0dXMiOiI0MDEifQ==")
        await server._reader.readline()
        return AuthResult(success=False, handled=False)

    def _sign_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password.decode() == self._password, handled=False)

    async def __aenter__(self) -> Sink:
        wanted: dict[str, Any] = {}
        if self.bearer is not None:
            wanted = {"auth_require_tls": False, "auth_required": True}
        if self._password is not None:
            wanted = {"authenticator": self._sign_in, "auth_require_tls": False, "auth_required": True}
        controller = UnthreadedController(self, hostname="127.0.0.1", port=0, loop=asyncio.get_running_loop(), **wanted)
        server: Any = await controller._create_server()
        self._server = server
        self.port = server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._server.close()
        await self._server.wait_closed()
