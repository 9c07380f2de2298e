"""Photographs and files that come with a text or a chat message: what was announced, and how its bytes are fetched.

A webhook says only where the bytes lie. They are fetched afterwards, with our credentials and never more than a limit;
what they are is read from their first bytes, as of a mail's files (messaging/incoming_mail/evidence.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import aiohttp

from messaging.telegram_updates import stored_update

MOST_FILES: Final = 10
"""Twilio's own limit for one message; a Telegram message has one."""
BY_TWILIO: Final = ("sms", "whatsapp")
_PIECE: Final = 65_536


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that came with a message: where it lies at the provider ("" where that was not said), and a name."""

    number: int
    source: str
    name: str


class CannotFetch(Exception):
    """The bytes could not be had. `again`: trying later may help. The message is for the log and names nobody."""

    def __init__(self, why: str, *, again: bool = False) -> None:
        super().__init__(why)
        self.again = again


class TooLarge(CannotFetch):
    """There are more bytes than are kept."""

    def __init__(self) -> None:
        super().__init__("too large")


class Fetches(Protocol):
    """A channel whose files can be fetched."""

    async def fetch(self, source: str, most_bytes: int) -> bytes:
        """The bytes of an announced file. Raises CannotFetch, TooLarge."""
        ...


def announced(channel: str, raw: Mapping[str, Any]) -> tuple[Announced, ...]:
    """What came with a stored message beside its words, in order."""
    if channel in BY_TWILIO:
        return _by_twilio(raw)
    update = stored_update(channel, raw)
    return (Announced(1, update.file, update.file_name or "photo"),) if update is not None and update.file else ()


def _by_twilio(raw: Mapping[str, Any]) -> tuple[Announced, ...]:
    count = _first(raw, "NumMedia")
    many = min(int(count), MOST_FILES) if count.isdecimal() and len(count) < 4 else 0
    return tuple(Announced(place + 1, _first(raw, f"MediaUrl{place}"), f"photo {place + 1}") for place in range(many))


def _first(raw: Mapping[str, Any], name: str) -> str:
    values = raw.get(name)
    return str(values[0]) if isinstance(values, Sequence) and not isinstance(values, str) and values else ""


async def read_up_to(answer: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    """The body of an answer. Raises TooLarge as soon as it is, whatever its header says."""
    if (answer.content_length or 0) > most_bytes:
        raise TooLarge
    found = bytearray()
    async for piece in answer.content.iter_chunked(_PIECE):
        found += piece
        if len(found) > most_bytes:
            raise TooLarge
    return bytes(found)
