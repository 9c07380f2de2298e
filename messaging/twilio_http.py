"""The HTTP client under Twilio's package: a hard time limit, no hidden retries, and an address that can be set.

The package's own async client (9.13) ignores its time limit, sends a POST again after a 500 when told to retry at
all, and knows no other address than twilio.com. Failures are told apart by what Twilio can have of the request.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

import aiohttp
from twilio.http import AsyncHttpClient  # type: ignore[import-untyped]  # twilio has no type information
from twilio.http.response import Response  # type: ignore[import-untyped]  # twilio has no type information

from messaging.media import CannotFetch, read_up_to

FILES_LIE_AT: Final = (".twilio.com", ".twiliocdn.com", ".amazonaws.com")
"""Where Twilio's API sends on to for the bytes of a file."""
_LONGEST_WAIT: Final = timedelta(minutes=15)
_USUAL_WAIT: Final = timedelta(seconds=5)


class NotSent(ConnectionError):
    """No connection could be made, so Twilio surely has nothing of this request."""


class MaybeSent(ConnectionError):
    """The connection or the time ran out after the request had begun to leave: Twilio may have taken it."""


class TooMany(ConnectionError):
    """Twilio answered 429 and did not take the request. `retry_in` is what it asked for, or 5 s."""

    def __init__(self, retry_in: timedelta) -> None:
        super().__init__("429")
        self.retry_in = retry_in


class TwilioHttp(AsyncHttpClient):  # type: ignore[misc]  # the base class is untyped
    """One pool of connections for one account. `base_url` None means Twilio's own hosts; `timeout` is in seconds
    and holds for the whole of every call, whatever the package asks for."""

    def __init__(self, timeout: float = 10.0, base_url: str | None = None) -> None:
        super().__init__(logging.getLogger("messaging.twilio"), True, timeout)
        self._limit = aiohttp.ClientTimeout(total=timeout, sock_connect=min(5.0, timeout))
        self._base = urlsplit(base_url) if base_url else None
        self._session: aiohttp.ClientSession | None = None

    def rebase(self, url: str) -> str:
        """The same path and query at the configured address."""
        if self._base is None:
            return url
        asked = urlsplit(url)
        return urlunsplit(
            (self._base.scheme, self._base.netloc, self._base.path.rstrip("/") + asked.path, asked.query, "")
        )

    async def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  the package's signature; our own limit holds instead
        allow_redirects: bool = False,
    ) -> Response:
        """One request, once. Raises NotSent, MaybeSent, TooMany; every other answer is returned as it came."""
        sent = dict(headers or {})
        if auth is not None:
            sent["Authorization"] = "Basic " + base64.b64encode(":".join(auth).encode()).decode()
        body: dict[str, Any] = {"json" if sent.get("Content-Type", "").endswith("json") else "data": data}
        try:
            async with self._open().request(
                method.upper(),
                self.rebase(uri),
                params=params,
                headers=sent,
                allow_redirects=allow_redirects,
                timeout=self._limit,
                **body,
            ) as answer:
                if answer.status == 429:
                    raise TooMany(_wait(answer.headers.get("Retry-After")))
                return Response(answer.status, await answer.text(errors="replace"), answer.headers)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotSent(type(error).__name__) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise MaybeSent(type(error).__name__) from error

    async def download(self, url: str, auth: tuple[str, str], most_bytes: int) -> bytes:
        """The bytes of a message's media. Raises CannotFetch, TooLarge.

        The credentials go to Twilio's API and nowhere else: it sends on to where the file lies, and that is asked
        without them, if it is one of the places where Twilio keeps files.
        """
        sent = {"Authorization": "Basic " + base64.b64encode(":".join(auth).encode()).decode()}
        try:
            async with self._open().get(
                self.rebase(url), headers=sent, timeout=self._limit, allow_redirects=False
            ) as answer:
                if not 300 <= answer.status < 400:
                    return await _media(answer, most_bytes)
                there = urljoin(str(answer.url), answer.headers.get("Location", ""))
            if not self._keeps_files(there):
                raise CannotFetch("Twilio sent on to a place that is not its own")
            async with self._open().get(there, timeout=self._limit, allow_redirects=False) as answer:
                return await _media(answer, most_bytes)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise CannotFetch(type(error).__name__, again=True) from None

    def _keeps_files(self, url: str) -> bool:
        there = urlsplit(url)
        if self._base is not None and there.netloc == self._base.netloc:
            return True
        return there.scheme == "https" and f".{there.hostname or ''}".endswith(FILES_LIE_AT)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


async def _media(answer: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    if answer.status != 200:
        later = answer.status in (404, 408, 429) or answer.status >= 500  # a file can be a moment behind its message
        raise CannotFetch(f"Twilio answered {answer.status}", again=later)
    return await read_up_to(answer, most_bytes)


def _wait(header: str | None) -> timedelta:
    """Retry-After in seconds; a date, or nonsense, means the usual wait."""
    if header is None or not header.strip().isdecimal():
        return _USUAL_WAIT
    return min(max(timedelta(seconds=int(header.strip()[:6])), timedelta(seconds=1)), _LONGEST_WAIT)
