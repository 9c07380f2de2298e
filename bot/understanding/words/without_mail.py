"""What of an e-mail is no message: header lines, quoted text, a signature and its hours of work."""

# ruff: noqa: E501 - a pattern is longer than a line.

from __future__ import annotations

import re

_MAIL = re.compile(
    r"^(?:>.*|(?:From|Sent|To|Cc|Date|Subject):.*|On .{5,60} wrote:.*|-+ ?(?:Original|Forwarded) [Mm]essage.*)$",
    re.MULTILINE,
)
_SIGNED = re.compile(
    r"\n[^\S\n]*(?:(?:(?:kind|best|warm|many) )?(?:regards|wishes|thanks)[,.!]?[^\S\n]*\n|yours (?:sincerely|faithfully)|--|sent from my)",
    re.IGNORECASE,
)
#: The line of a signature that tells when the writer is at work: none of its days is the child's.
_AT_WORK = re.compile(
    r"\n[^\n]{0,60}\b(?:working|office|work) (?:days|hours|pattern)\b(?: ?[:=-]| (?:are|is)\b|[^\n]{0,40}\d)[^\n]*",
    re.IGNORECASE,
)


def without_mail_parts(text: str) -> str:
    """An e-mail without its header lines, quoted text and signature: they become blanks, so that spans stay true."""
    if "\n" in text:
        text = _AT_WORK.sub(lambda match: "\n" + " " * (len(match.group()) - 1), text)
    if text.count("\n") < 3:
        return text
    text = _MAIL.sub(lambda match: " " * len(match.group()), text)
    signed = _SIGNED.search(text)
    return text[: signed.start()] if signed is not None and signed.start() > 20 else text
