"""Bounces: what a mail server says became of a message of ours (RFC 3464), and the odd ones that only say it in words.

A bounce is believed by our own Message-ID in it: nobody but the receiver of the message and the servers on its way
knows it. What the sender's address says is worth nothing here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from messaging.incoming_mail.headers import Mime, every, first, ids, our_ids, sender, words

Fate = Literal["failed", "delayed", "delivered"]

_CODE: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY: Final = re.compile(r"\b([45])\d\d[ -]")
_ID_LINE: Final = re.compile(r"^[> \t]*Message-ID:\s*(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)
_FATES: Final[dict[str, Fate]] = {"failed": "failed", "delayed": "delayed", "delivered": "delivered"}
_MOST_TEXT: Final = 100_000


@dataclass(frozen=True, slots=True)
class Bounce:
    """What became of our message `ours` (our own id). `code` is an enhanced status ("5.1.1"), "" where none is said.

    `recipient` is who could not be reached, in small letters: not always the address that we wrote to.
    """

    ours: str
    fate: Fate
    code: str = ""
    recipient: str = ""


def bounce_of(message: Mime) -> Bounce | None:
    """The bounce that this mail is, or None: it is none, or it is about no message of ours."""
    is_report = message.get_content_type() == "multipart/report" and _parameter(message) == "delivery-status"
    if not is_report and not _from_a_mail_server(message):
        return None
    ours = _our_message(message)
    if ours is None:
        return None
    said = _said(message) if is_report else None
    return Bounce(ours, *said) if said else _in_words(message, ours)


def _parameter(message: Mime) -> str:
    found = message.get_param("report-type", "")
    return found.casefold() if isinstance(found, str) else ""


def _from_a_mail_server(message: Mime) -> bool:
    local = sender(message).partition("@")[0]
    empty = "<>" in (value.replace(" ", "") for value in every(message, "Return-Path"))
    return local in ("mailer-daemon", "postmaster") or (empty and not first(message, "Auto-Submitted"))


def _our_message(message: Mime) -> str | None:
    """Our id in the headers of what came back, in its text, or in the bounce's own references."""
    for part in message.walk():
        if part is not message and (found := our_ids(ids(part, "Message-ID"))):
            return found[0]
        shown = part.get_content_type() in ("text/rfc822-headers", "text/plain", "message/rfc822")
        if shown and (found := our_ids(_ID_LINE.findall(_text(part)))):
            return found[0]
    found = our_ids(ids(message, "References", "In-Reply-To"))
    return found[0] if found else None


def _said(message: Mime) -> tuple[Fate, str, str] | None:
    """(fate, code, recipient) of the first recipient that the report says something final about."""
    said: list[tuple[Fate, str, str]] = []
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        for block in part.get_payload():
            if not isinstance(block, type(message)):
                continue
            fate = _FATES.get(first(block, "Action").split(" ")[0].casefold())
            if fate is not None:
                code = _CODE.search(first(block, "Status")) or _CODE.search(first(block, "Diagnostic-Code"))
                to = first(block, "Original-Recipient") or first(block, "Final-Recipient")
                address = words(to.rpartition(";")[2]).strip("<> ").casefold()
                said.append((fate, code.group(0) if code else "", address))
    return min(said, key=lambda one: ("failed", "delayed", "delivered").index(one[0]), default=None)


def _in_words(message: Mime, ours: str) -> Bounce:
    """A bounce of an old kind of server: the first status in its text, if any, tells which it is."""
    text = next((_text(part) for part in message.walk() if part.get_content_maintype() == "text"), "")
    if code := _CODE.search(text):
        return Bounce(ours, "failed", code.group(0))
    reply = _REPLY.search(text)
    return Bounce(ours, "failed", f"{reply.group(1)}.0.0" if reply else "")


def _text(part: Mime) -> str:
    data = part.get_payload(decode=True)
    return data[:_MOST_TEXT].decode("utf-8", "replace") if isinstance(data, bytes) else ""
