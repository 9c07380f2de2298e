"""Headers as strangers write them: encoded words, raw bytes, several where one is allowed. Nothing here raises."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    Mime = Message[str, str]
else:
    Mime = Message  # it takes no types when it runs, before Python 3.13

_ID: Final = re.compile(r"<([^<>\s]{1,900})>")
_OURS: Final = re.compile(r"([0-9a-f]{32})@", re.ASCII)
_PLUS: Final = re.compile(r"\+([0-9a-f]{32})@", re.ASCII)
_PLAIN: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,253}")
_MOST_REFERENCES: Final = 50
_LATIN: Final = frozenset(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1"))


def parse(raw: bytes) -> Mime:
    """A message of any bytes. The old policy: the new one's header parser raises for some that people really send."""
    return email.message_from_bytes(raw, policy=email.policy.compat32)


def every(message: Mime, name: str) -> list[str]:
    """The raw values of a header, unfolded, from the top down; bytes beyond ASCII read as UTF-8, else Windows-1252."""
    return [_unfolded(value) for key, value in message.raw_items() if key.casefold() == name.casefold()]


def first(message: Mime, name: str) -> str:
    """The topmost value of a header, unfolded and not decoded; "" where there is none."""
    return next(iter(every(message, name)), "")


def _unfolded(value: object) -> str:
    text = str(value)
    if not text.isascii():
        text = decoded(text.encode("utf-8", "surrogateescape"), "utf-8")
    return " ".join(text.split())


def decoded(data: bytes, charset: str | None) -> str:
    """Bytes as text: in the charset that they claim, else UTF-8, else Windows-1252 (what old Outlooks mean, also where
    they say Latin-1).
    """
    if (charset or "").casefold() in _LATIN:
        return data.decode("cp1252", "replace")
    for name in (charset, "utf-8"):
        try:
            return data.decode(name or "utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def words(value: str) -> str:
    """A header's text for people: encoded words decoded, on one line, without characters that cannot be seen."""
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError, LookupError):
        parts = [(value, None)]
    text = "".join(part if isinstance(part, str) else decoded(part, charset) for part, charset in parts)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def addresses(message: Mime, *names: str) -> tuple[str, ...]:
    """The plain addresses in these headers, in small letters. Names are not decoded before, so none becomes one."""
    values = [value for name in names for value in every(message, name)]
    found = (address.strip().casefold() for _, address in getaddresses(values))
    return tuple(dict.fromkeys(address for address in found if _PLAIN.fullmatch(address)))


def sender(message: Mime) -> str:
    """The one address that it says it is from; "" where there is none, or more than one."""
    written = every(message, "From")
    found = addresses(message, "From")
    return found[0] if len(written) == 1 and len(found) == 1 and len(getaddresses(written)) == 1 else ""


def ids(message: Mime, *names: str) -> tuple[str, ...]:
    """Message-IDs in these headers, with their brackets."""
    found = (match.group(0) for name in names for value in every(message, name) for match in _ID.finditer(value))
    return tuple(dict.fromkeys(found))[-_MOST_REFERENCES:]


def our_ids(of: Iterable[str]) -> tuple[str, ...]:
    """Our own ids (32 hexadecimal digits before the @) in Message-IDs, the newest reference first."""
    found = (match.group(1) for one in reversed(list(of)) for match in [_OURS.match(one.lstrip("<"))] if match)
    return tuple(dict.fromkeys(found))


def plus_tokens(recipients: Iterable[str]) -> tuple[str, ...]:
    """Our own ids in addresses such as absence+<id>@school.example."""
    found = (match.group(1) for one in recipients for match in [_PLUS.search(one)] if match)
    return tuple(dict.fromkeys(found))


def written_at(message: Mime) -> datetime | None:
    """Its Date (aware UTC), or None where it has none that can be read. It is the writer's own claim."""
    try:
        at = parsedate_to_datetime(first(message, "Date"))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
