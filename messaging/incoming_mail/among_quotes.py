"""An answer that was written among or under the words of ours that it quotes, in a program that marks no quoted lines.

Outlook puts the quoted mail below the cursor without a mark; who writes below it, or into it "in red", seems to have
written nothing. What we wrote is known, so what is left beside it is the writer's.
"""

from __future__ import annotations

import re
from typing import Final

from messaging.incoming_mail.forwarded import HEADER, MARK
from messaging.incoming_mail.new_words import ATTRIBUTION, RULER, SENT_FROM

_BEGINS: Final = re.compile(r"^\*?(?:from|von|de|da|od|van|fra|från)\s?:", re.IGNORECASE)


def written_among(below: str, ours: str) -> tuple[str, bool]:
    """(the words that are not ours, whether they are surely the writer's).

    They are not where more than one mail is quoted: an older one of ours, or somebody else's, would pass for theirs.
    """
    said = _plain(ours)
    lines: list[str] = []
    mails = 0
    for raw in below.split("\n"):
        line = raw.strip().lstrip(">| ").strip()
        mails += bool(_BEGINS.match(line) or ATTRIBUTION.search(line))
        line = ATTRIBUTION.sub("", line)
        if said and said in _plain(line):
            line = re.sub(r"\s+".join(map(re.escape, ours.split())), " ", line, flags=re.IGNORECASE).strip()
        is_programs = HEADER.match(f"{line} ") or MARK.match(line) or SENT_FROM.match(line) or RULER.match(line)
        if line and not is_programs and _plain(line) not in said:
            lines.append(line)
    return "\n".join(lines), mails <= 1


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
