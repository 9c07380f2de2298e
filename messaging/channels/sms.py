"""SMS by Twilio: send once, ask afterwards, list what came in, and blank what need not be kept there.

Source of the behaviour: Twilio's Messages resource, API version 2010-04-01. Wording leaves as it is: SmartEncoded is
off, because `messaging.segments.plain` swaps look-alikes before, so that what is listed is what we sent.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from twilio.base.exceptions import (  # type: ignore[import-untyped]  # twilio has no type information
    TwilioException,
    TwilioRestException,
    TwilioServiceException,
)
from twilio.rest import Client  # type: ignore[import-untyped]  # twilio has no type information

from messaging.channel import Accepted, Outgoing, Receipt, Received, Refused, SendResult, Unknown
from messaging.media import CannotFetch
from messaging.numbers import is_landline
from messaging.receipts import meaning, status_of
from messaging.twilio_http import MaybeSent, NotSent, TooMany, TwilioHttp
from messaging.webhooks import received_from_listing

STATUS_PATH: Final = "/twilio/status"
_CALLBACK_TRIES: Final = "#rc=5&rp=all&rt=3000"  # Twilio's own default is one retry, and only of a failed connection
_LONGEST_VALIDITY: Final = timedelta(seconds=36000)
_CLOCKS_DIFFER: Final = timedelta(seconds=120)
_MOST_LISTED: Final = 200  # of one number, newest first


class CannotList(ConnectionError):
    """Twilio could not be asked now; ask again later, for the same time."""


class CannotBlank(Exception):
    """Twilio does not know this text, or will never let us take its words out; the message is its status."""


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """Who we are at Twilio. One of `sender` (E.164) and `messaging_service` ("MG…") is needed.

    `public_url`: where Twilio reaches us; without it there are no receipts. `discard_content`: Twilio keeps neither
    words nor whole numbers; then a lost answer can no longer be looked up, and stays Unknown.
    """

    sid: str
    token: str
    sender: str | None = None
    messaging_service: str | None = None
    api_url: str | None = None
    public_url: str | None = None
    time_limit: float = 10.0
    discard_content: bool = False


class TwilioSms:
    """The channel `sms`. `now` gives aware UTC; it is needed because Twilio is told how long a text may wait."""

    def __init__(self, account: TwilioAccount, now: Callable[[], datetime]) -> None:
        if not (account.sender or account.messaging_service):
            raise ValueError("No sender for texts; set TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID.")
        self._account = account
        self._now = now
        self._http = TwilioHttp(account.time_limit, account.api_url)
        self._client = Client(account.sid, account.token, http_client=self._http)

    @property
    def name(self) -> str:
        """`sms`."""
        return "sms"

    async def send(self, message: Outgoing) -> SendResult:
        """Hand over one text, once. A landline and a text past its time are refused here and never leave."""
        if is_landline(message.to):
            return _refused("21614")
        left = None if message.not_after is None else message.not_after - self._now()
        if left is not None and left <= timedelta(0):
            return Refused("content", "Its time had passed before it could leave; nothing was sent.", "not_after")
        try:
            created = await self._client.messages.create_async(**self._form(message, left))
        except TooMany as busy:
            return Refused("too_many", meaning("20429").advice, "20429", busy.retry_in)
        except NotSent as error:
            return Refused("down", "Twilio cannot be reached; it is tried again by itself.", str(error), _soon())
        except MaybeSent as error:
            return Unknown(f"no answer from Twilio ({error})")
        except (TwilioRestException, TwilioServiceException) as error:
            return _of_answer(error.status, error.code)
        except (ValueError, TypeError, KeyError) as error:
            return Unknown(f"Twilio's answer could not be read ({type(error).__name__})")
        except TwilioException as error:
            return Refused("ours_to_fix", meaning("20003").advice, type(error).__name__)
        return Accepted(str(created.sid)) if created.sid else Unknown("Twilio's answer named no message")

    def _form(self, message: Outgoing, left: timedelta | None) -> dict[str, Any]:
        account = self._account
        form: dict[str, Any] = {"to": message.to, "body": message.text, "smart_encoded": False}
        sender = message.from_ or account.sender
        if sender:
            form["from_"] = sender
        if account.messaging_service and not message.from_:
            form["messaging_service_sid"] = account.messaging_service
        if left is not None:
            form["validity_period"] = max(1, int(min(left, _LONGEST_VALIDITY).total_seconds()))
        if account.public_url:
            query = urlencode({"m": message.message_id})
            form["status_callback"] = f"{account.public_url.rstrip('/')}{STATUS_PATH}?{query}{_CALLBACK_TRIES}"
        if account.discard_content:
            form |= {"content_retention": "discard", "address_retention": "obfuscate"}
        return form

    async def find(self, message: Outgoing, since: datetime) -> Accepted | Unknown | None:
        """Look among the texts to this number since then for one with these words.

        Asks twice: by the time of sending, and without it, because a text that still waits at Twilio has no such
        time and the filter would hide it. None is said only when the whole stretch was seen.
        """
        if self._account.discard_content:
            return Unknown("Twilio keeps no words of ours, so it cannot be asked")
        start = since.astimezone(UTC) - _CLOCKS_DIFFER
        try:
            rows = await self._client.messages.list_async(to=message.to, date_sent_after=start, limit=_MOST_LISTED)
            if sid := _match(rows, message, start):
                return Accepted(sid)
            rows = await self._client.messages.list_async(to=message.to, limit=_MOST_LISTED)
        except (OSError, TwilioException, ValueError, KeyError) as error:
            return Unknown(f"Twilio could not be asked ({type(error).__name__})")
        if sid := _match(rows, message, start):
            return Accepted(sid)
        if len(rows) == _MOST_LISTED and all(row.date_created and row.date_created >= start for row in rows):
            return Unknown("more texts to this number than one look takes in")
        return None

    async def list_since(self, since: datetime) -> AsyncIterator[Received]:
        """What came in since then (aware UTC), also what no webhook told us. Raises CannotList.

        Take each in under its provider id, as the webhook would; most will be known already.
        """
        filters: dict[str, Any] = {"date_sent_after": since.astimezone(UTC), "page_size": 1000}
        if self._account.sender and not self._account.messaging_service:
            filters["to"] = self._account.sender
        try:
            async for row in await self._client.messages.stream_async(**filters):
                if row.direction == "inbound":
                    at = row.date_sent or row.date_created
                    media = int(row.num_media or 0)
                    yield received_from_listing(row.sid, row.from_ or "", row.to or "", row.body or "", at, media)
        except (OSError, TwilioException, ValueError, KeyError) as error:
            raise CannotList(type(error).__name__) from error

    async def receipt_of(self, message_id: str, provider_id: str) -> Receipt | None:
        """Ask what became of a text whose receipts did not come. None: Twilio has no such text. Raises CannotList."""
        try:
            row = await self._client.messages(provider_id).fetch_async()
        except (TwilioRestException, TwilioServiceException) as error:
            if error.status == 404:
                return None
            raise CannotList(str(error.status)) from error
        except (OSError, TwilioException, ValueError, KeyError) as error:
            raise CannotList(type(error).__name__) from error
        code = str(row.error_code) if row.error_code else None
        return Receipt("sms", message_id, provider_id, status_of(str(row.status)), code, str(row.status))

    async def blank(self, provider_id: str) -> None:
        """Take the words of an old text out of Twilio's keeping.

        Raises CannotList when it could not be done now, and CannotBlank when it never can.
        """
        try:
            await self._client.messages(provider_id).update_async(body="")
        except (TwilioRestException, TwilioServiceException) as error:
            if error.status < 500 and error.status not in (401, 403, 408):
                raise CannotBlank(str(error.status)) from error
            raise CannotList(str(error.status)) from error
        except (OSError, TwilioException, ValueError, KeyError) as error:
            raise CannotList(type(error).__name__) from error

    async def fetch(self, source: str, most_bytes: int) -> bytes:
        """The bytes of a picture that came with a message, by its address at Twilio. Raises CannotFetch, TooLarge."""
        there, account = urlsplit(source), self._account
        at_twilio = there.scheme == "https" and f".{there.hostname}".endswith(".twilio.com")
        if not at_twilio or not there.path.startswith(f"/2010-04-01/Accounts/{account.sid}/"):
            raise CannotFetch("the address is none of our account at Twilio")
        return await self._http.download(source, (account.sid, account.token), most_bytes)

    async def close(self) -> None:
        """Give back the connections."""
        await self._http.close()


def _soon() -> timedelta:
    return timedelta(seconds=30)


def _refused(code: str) -> Refused:
    known = meaning(code)
    return Refused(known.kind, known.advice, code, known.retry_in)


def _of_answer(status: int, code: int | None) -> SendResult:
    """An answer that is not a success. Only 4xx says that Twilio surely did not take it; 408 gave up half-way."""
    if status >= 500 or status == 408 or status < 400:
        return Unknown(f"Twilio answered {status}")
    if code:
        return _refused(str(code))
    if status in (401, 403):
        return _refused("20003")
    return _refused("20404" if status == 404 else f"HTTP {status}")


def _match(rows: list[Any], message: Outgoing, start: datetime) -> str | None:
    """The newest of ours with the same words."""
    for row in rows:
        made = row.date_created or row.date_sent
        if row.direction != "inbound" and row.body == message.text and made is not None and made >= start:
            return str(row.sid)
    return None
