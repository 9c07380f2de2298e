"""The HTTP layer under python-telegram-bot: a hard time limit, no hidden retries, and failures told apart by what
Telegram can have of the request.

The package's own layer stands on httpx, which is not kept any more, and calls a refused connection and a lost answer by
the same name. Its `BaseRequest` may be replaced, and is. An error never carries the address: the bot's token is in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from messaging.media import CannotFetch, read_up_to

_LONGEST_WAIT: Final = timedelta(minutes=15)
_USUAL_WAIT: Final = timedelta(seconds=5)


class NotSent(NetworkError):
    """No connection could be made, so Telegram surely has nothing of this request."""


class MaybeSent(TimedOut):
    """The connection or the time ran out after the request had begun to leave: Telegram may have done it."""


class Broken(NetworkError):
    """Telegram's front answered 5xx: what stands behind it may have done what was asked."""


class TooMany(TelegramError):
    """Telegram answered 429 and did nothing. `retry_in` is what it asked for, or 5 s."""

    def __init__(self, retry_in: timedelta) -> None:
        super().__init__("429")
        self.retry_in = retry_in


class TelegramHttp(BaseRequest):
    """One pool of connections. `limit` (seconds) holds for the whole of every call, whatever the package asks for."""

    def __init__(self, limit: float = 10.0) -> None:
        self._limit = aiohttp.ClientTimeout(total=limit, sock_connect=min(5.0, limit))
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds."""
        return self._limit.total

    async def initialize(self) -> None:
        """Nothing to prepare: the connections are made by the first request."""

    async def shutdown(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request, once. Raises NotSent, MaybeSent, Broken, TooMany; every other answer is returned as it came."""
        return await self.call(url, request_data.json_parameters if request_data else {}, method)

    async def call(self, url: str, form: Mapping[str, str], method: str = "POST") -> tuple[int, bytes]:
        """As `do_request`, without the package's wrapping."""
        try:
            async with self._open().request(method, url, data=form, timeout=self._limit) as answer:
                status, body = answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise MaybeSent(type(error).__name__) from None
        if status == 429:
            raise TooMany(_wait(body))
        if status >= 500:
            raise Broken(str(status))
        return status, body

    async def download(self, url: str, most_bytes: int) -> bytes:
        """The bytes of a file of the bot's. Raises CannotFetch, TooLarge."""
        try:
            async with self._open().get(url, timeout=self._limit, allow_redirects=False) as answer:
                if answer.status != 200:
                    raise CannotFetch(f"Telegram answered {answer.status}", again=answer.status >= 429)
                return await read_up_to(answer, most_bytes)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise CannotFetch(type(error).__name__, again=True) from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session


def _wait(body: bytes) -> timedelta:
    """`parameters.retry_after` in seconds; nonsense means the usual wait."""
    try:
        seconds = int(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, TypeError, KeyError):
        return _USUAL_WAIT
    return min(max(timedelta(seconds=seconds), timedelta(seconds=1)), _LONGEST_WAIT)
