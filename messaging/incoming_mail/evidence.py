"""What lies beside a mail's words: a photo of an appointment card, a letter as PDF. Kept, or refused with the reason.

The type is read from the first bytes, never from the name or the header, which the sender chooses. What cannot be told
by its bytes is not kept: office documents and archives carry programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from typing import Final, Literal

from messaging.channel import Attachment
from messaging.incoming_mail.headers import Mime, first, words
from messaging.incoming_mail.locked import CONTROL

KINDS: Final[dict[str, str]] = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
}
"""Words of the settings, and the media type of each."""

_MARKS: Final = (("pdf", b"%PDF-"), ("jpeg", b"\xff\xd8\xff"), ("png", b"\x89PNG\r\n\x1a\n"), ("gif", b"GIF8"))
_HEIC: Final = frozenset((b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"hevx", b"hevm", b"hevs"))
_SMALL_PICTURE: Final = 10_000
"""Bytes. A smaller picture that the page itself shows is a logo of a signature, and nobody's evidence."""
_LONGEST_NAME: Final = 80

Why = Literal["too large", "not a kind of file that is kept", "too many"]
LARGE: Final = "too large"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is kept: kinds (keys of KINDS), bytes for each file, and how many of one mail."""

    kinds: frozenset[str] = frozenset(KINDS)
    most_bytes: int = 10_000_000
    most_files: int = 10


@dataclass(frozen=True, slots=True)
class Turned:
    """A file that was not kept, by the name that the sender gave it, and why."""

    name: str
    why: Why


def evidence(message: Mime, limits: Limits) -> tuple[tuple[Attachment, ...], tuple[Turned, ...]]:
    """What is kept of a mail's files, in order, and what is not."""
    kept: list[Attachment] = []
    turned: list[Turned] = []
    for part in _files(message):
        name, data = _name(part, len(kept) + len(turned) + 1), part.get_payload(decode=True)
        data = data if isinstance(data, bytes) else b""
        kind = kind_of(data)
        if _is_decoration(part, data):
            continue
        if kind not in limits.kinds:
            turned.append(Turned(name, "not a kind of file that is kept"))
        elif len(data) > limits.most_bytes:
            turned.append(Turned(name, LARGE))
        elif len(kept) >= limits.most_files:
            turned.append(Turned(name, "too many"))
        else:
            kept.append(Attachment(with_ending(name, kind), KINDS[kind], data))
    return tuple(kept), tuple(turned)


def _files(message: Mime) -> Iterable[Mime]:
    """Parts that are no words of the mail: attached, named, or of no kind of text. A mail inside a mail is one file."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_maintype() == "message" and part is not message:
            yield part
        elif part.is_multipart():
            waiting[:0] = [one for one in part.get_payload() if isinstance(one, type(message))]
        elif _is_file(part):
            yield part


def _is_file(part: Mime) -> bool:
    if part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
        return True
    return part.get_content_subtype() not in ("plain", "html") and bool(part.get_filename())


def _is_decoration(part: Mime, data: bytes) -> bool:
    if part.get_content_type() in ("application/pkcs7-signature", "application/x-pkcs7-signature",
                                   "application/pgp-signature", CONTROL):  # fmt: skip
        return True
    shown = part.get("Content-ID") is not None and part.get_content_disposition() != "attachment"
    return shown and part.get_content_maintype() == "image" and len(data) < _SMALL_PICTURE


def kind_of(data: bytes) -> str:
    """The kind of file by its first bytes; "" for what is none that we know."""
    for kind, mark in _MARKS:
        if data.startswith(mark):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "heic" if data[4:8] == b"ftyp" and data[8:12] in _HEIC else ""


def _name(part: Mime, number: int) -> str:
    """The sender's name for it, made harmless: one line, no path, no character that means something elsewhere."""
    try:
        named = Message()  # of its own, because the part's may be raw bytes, which would be lost
        for header in ("Content-Disposition", "Content-Type"):
            named[header] = first(part, header)
        given = named.get_filename() or ""
    except (LookupError, ValueError, UnicodeError):
        given = ""
    given = given or _subject_of_a_mail(part)
    plain = re.sub(r"[^\w .()-]+", " ", words(str(given)).replace("\\", "/").rpartition("/")[2])
    return " ".join(plain.split()).strip(". ")[-_LONGEST_NAME:] or f"file {number}"


def _subject_of_a_mail(part: Mime) -> str:
    """What to call a mail that lies in the mail; "" for anything else."""
    inside = part.get_payload() if part.get_content_type() == "message/rfc822" else None
    mails = [one for one in inside if isinstance(one, type(part))] if isinstance(inside, list) else []
    return "".join(f"e-mail {words(first(one, 'Subject'))}".replace("/", " ") for one in mails[:1])


def with_ending(name: str, kind: str) -> str:
    """The name with the ending of what it really is: no "card.pdf.exe", and nothing that opens as something else."""
    usual = {"jpeg": ("jpg", "jpeg")}.get(kind, (kind,))
    return name if name.rpartition(".")[2].casefold() in usual else f"{name}.{usual[0]}"
