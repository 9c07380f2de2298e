"""Days that a message names in passing, beside an absence of today."""

# ruff: noqa: E501 - long regular expressions are easier to read in one line.

from __future__ import annotations

import re
from datetime import date

from bot.understanding.dates import Mention
from bot.understanding.roles.sentences import end_before

#: Words that say in their own clause that the child is away or back on the day beside them.
_SAYS_AWAY = re.compile(
    r"\b(?:off(?! (?:his|her|their|the|a)\b)|absent|absence|away|out|miss\w*|keep\w*|kept|stay\w*|home|leave|holiday|travel\w*"
    r"|fly\w*|flight|going|go|taking|take|appointment|dentist|doctor|hospital|clinic|funeral|wedding|interview|exam|op|operation|scan"
    r"|optician|orthodontist|not|neither|never|from|and|until|ill|sick|poorly|unwell|also|then|both|no school|licensed|eid|physio"
    r"|performing|competing|competition|tournament|audition|matinees?|surgery|procedure|camhs|therapy|assessment|religious|request\w*)\b"
)
_CLAUSE_ENDS = re.compile(r" (?:but|because|although|though|so|since|while|whereas) | , ")


def without_side_remarks(line: str, roles: list[tuple[Mention, str]], today: date) -> list[tuple[Mention, str]]:
    """ "swimming tomorrow, but today he is in bed": beside an absence of today, another single day needs its own word."""
    if not any(role == "absent" and mention.form == "today" for mention, role in roles):
        return roles
    out: list[tuple[Mention, str]] = []
    for mention, said in roles:
        role = said
        aside = said == "absent" and mention.single and mention.form in ("weekday", "tomorrow", "date", "ordinal")
        if aside and mention.first is not None and mention.first > today:
            stop = end_before(line, mention.start)
            clause = _CLAUSE_ENDS.split(line[max(0, stop) : mention.start])[-1]
            behind = _CLAUSE_ENDS.split(line[mention.end : mention.end + 40].split(" . ", maxsplit=1)[0])[0]
            if clause.strip() and not _SAYS_AWAY.search(clause) and not _SAYS_AWAY.search(behind):
                role = "other"
        out.append((mention, role))
    return out
