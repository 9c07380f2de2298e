"""One mail, read: who wrote it and whether that can be believed, what is new in it, what lies beside it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from messaging.channel import Attachment, OptOut, Received
from messaging.incoming_mail import headers
from messaging.incoming_mail.automatic import why_automatic
from messaging.incoming_mail.body import body_of
from messaging.incoming_mail.bounces import Bounce, bounce_of
from messaging.incoming_mail.evidence import LARGE, Limits, Turned, evidence
from messaging.incoming_mail.forwarded import is_passed_on, only_points_below, words_below
from messaging.incoming_mail.headers import Mime
from messaging.incoming_mail.locked import holds_locked, without_armour
from messaging.incoming_mail.new_words import LONGEST, split_new
from messaging.incoming_mail.trust import doubt
from messaging.opting_out import opens_again

MAIL: Final = "firstcall.mail"
"""Where the stored raw message holds what is known of a mail beside its words (`Mail.about`)."""
CLAIM_HOLDS: Final = timedelta(hours=24)
_REPLY: Final = re.compile(r"^(?:re|aw|sv|vs|antw|odp|rv|res|ri)\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE)
_FORWARD: Final = re.compile(r"^(?:fwd?|wg|tr|rv|pd|enc)\s*:\s*", re.IGNORECASE)
_CALLS_BACK: Final = re.compile(r"^(?:message )?recall\s*:", re.IGNORECASE)
_RECALLS: Final = re.compile(r"\brecall the (?:message|e-?mail)\b", re.IGNORECASE)
"""What Outlook writes where somebody takes a mail back: the words that it repeats hold no longer."""
_KEPT_HEADERS: Final = (
    "From", "To", "Cc", "Date", "Subject", "Message-ID", "In-Reply-To", "Return-Path", "Authentication-Results",
    "Auto-Submitted", "Precedence", "X-Mailer", "User-Agent",
)  # fmt: skip
_RECIPIENTS: Final = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To", "To", "Cc")
_LONGEST_SUBJECT: Final = 300


@dataclass(frozen=True, slots=True)
class Mail:
    """What one mail says. `sender` is in small letters, "" where it names none or several.

    `provider_id` is the same for every copy of a mail, and another for other words under a borrowed Message-ID.
    `answers` are ids of ours (outbox) that it refers to, the likeliest first. `doubt` says why From is not believed.
    """

    provider_id: str
    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    below: str
    sent_at: datetime
    answers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    automatic: str | None = None
    doubt: str = ""
    bounce: Bounce | None = None
    attachments: tuple[Attachment, ...] = ()
    turned: tuple[Turned, ...] = ()
    raw_headers: dict[str, list[str]] = field(default_factory=dict)
    passed_on: bool = False
    """It says nothing of its own: the words are of the mail that it forwards, or of an invitation."""
    inside: bool = False
    """It answers, and nothing new stands above what it quotes: the answer may stand among the quoted words."""
    locked: bool = False
    """Its words are encrypted, or in a form that nobody here can open; at most its subject says something."""

    def about(self) -> dict[str, Any]:
        """What is stored of it beside its words, as JSON."""
        return {
            "message_id": self.message_id,
            "references": list(self.references),
            "subject": self.subject,
            "answers": list(self.answers),
            "doubt": self.doubt,
            "automatic": self.automatic,
            "below": self.below,
            "passed_on": self.passed_on,
            "inside": self.inside,
            "locked": self.locked,
            "refused": [{"name": one.name, "why": one.why} for one in self.turned],
        }

    def received(self, our_address: str) -> Received:
        """The mail as any channel's message; `our_address` is the school's own that it was written to."""
        return Received(
            "email", self.provider_id, our_address, self.sender or "unknown", self.text, self.sent_at,
            {"headers": self.raw_headers, MAIL: self.about()}, self._opt_out(), self.attachments,
        )  # fmt: skip

    def _opt_out(self) -> OptOut | None:
        """A forged or automatic START opens nothing."""
        return opens_again(self.text) if not self.doubt and self.automatic is None else None


def read_mail(raw: bytes, arrived: datetime, authserv_id: str, limits: Limits, *, whole: bool = True) -> Mail:
    """Read a mail of any bytes. `arrived` is when our server took it (aware UTC). Never raises for what it holds.

    `whole` False: the mail was larger than we take, and `raw` is its beginning.
    """
    message = headers.parse(raw)
    sender, subject = headers.sender(message), headers.words(headers.first(message, "Subject"))[:_LONGEST_SUBJECT]
    body, encrypted = without_armour(body_of(message))
    new, below = split_new(body)
    points = only_points_below(new, below)
    passed_on = points or (not new and bool(below) and _is_forward(subject, below))
    calls_back = _CALLS_BACK.match(subject) is not None and _RECALLS.search(new) is not None
    recipients = headers.addresses(message, *_RECIPIENTS)
    referred = headers.ids(message, "References", "In-Reply-To")
    kept, turned = evidence(message, limits)
    if not whole:
        kept, turned = (), tuple(Turned(name, LARGE) for name in [one.name for one in (*kept, *turned)])
    return Mail(
        _provider_id(message, raw),
        next(iter(headers.ids(message, "Message-ID")), ""),
        sender,
        recipients,
        subject,
        _passed_on(subject, new, below) if passed_on else _said(subject, new, below),
        below,
        _sent_at(message, arrived),
        tuple(dict.fromkeys((*headers.plus_tokens(recipients), *headers.our_ids(referred)))),
        referred,
        why_automatic(message, sender, subject, new),
        doubt(message, sender, authserv_id),
        bounce_of(message),
        kept,
        turned,
        {name: found for name in _KEPT_HEADERS if (found := headers.every(message, name))},
        passed_on or calls_back or _invites(message),
        bool(below) and (points or not new) and _REPLY.match(subject) is not None and not is_passed_on(below),
        not new and (encrypted or holds_locked(message)),
    )


def _provider_id(message: Mime, raw: bytes) -> str:
    """Message-ID and a digest of what the writer sent, so that a borrowed or missing Message-ID hides no mail."""
    body = raw.partition(b"\r\n\r\n")[2] or raw.partition(b"\n\n")[2]
    written = [headers.first(message, name) for name in ("From", "Date", "Subject")]
    digest = hashlib.sha256("\n".join(written).encode("utf-8", "replace") + b"\n" + body.strip()).hexdigest()
    named = next(iter(headers.ids(message, "Message-ID")), "<none>")
    return f"{named[:300]}/{digest[:24]}"


def _sent_at(message: Mime, arrived: datetime) -> datetime:
    """The writer's Date where it is near the arrival (queues take hours), else the arrival: clocks are often wrong."""
    claimed = headers.written_at(message)
    return claimed if claimed is not None and timedelta(0) <= arrived - claimed <= CLAIM_HOLDS else arrived


def _invites(message: Mime) -> bool:
    """An entry of a calendar: its day and hour stand in the entry, and a person reads them there."""
    return any(part.get_content_type() == "text/calendar" for part in message.walk())


def _is_forward(subject: str, below: str) -> bool:
    return _FORWARD.match(subject) is not None or is_passed_on(below)


def _passed_on(subject: str, new: str, below: str) -> str:
    """All of it, so that whoever reads the message reads what it is about, and danger in it is heard."""
    parts = (_FORWARD.sub("", subject), new, words_below(below))
    return "\n\n".join(part for part in parts if part)[:LONGEST]


def _said(subject: str, new: str, below: str) -> str:
    """Subject and new text as one message. The subject of an answer is ours or said before; a repeat is left out."""
    bare = _FORWARD.sub("", subject)
    if _REPLY.match(subject) and (new or below):
        return new
    bare = _REPLY.sub("", bare)
    if not bare or not new or bare.casefold().strip(" .!") in new.casefold():
        return new or bare
    stop = "" if bare[-1] in ".!?:" else "."
    return f"{bare}{stop}\n{new}"


def plain_address(address: str) -> str:
    """An address in small letters without its +token."""
    local, _, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def reply_subject(subject: str) -> str:
    """The subject of an answer: "Re: …" as it was; "" where there is none."""
    bare = _REPLY.sub("", subject).strip()
    return f"Re: {bare}" if bare else ""
