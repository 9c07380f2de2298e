"""Whom a letter is addressed to, and who signs it: "Dear Dr Mellor", "Kind regards, Dr P Crewe" are about no doctor.

A doctor who is spoken of ("Dr Patel said", "seeing Dr Shah at 10") is one.
"""

from __future__ import annotations

import re

from bot.understanding.words.word import blanked

_GREETING = r"(?:dear|hi|hiya|hello|hey|good (?:morning|afternoon|evening)|morning|afternoon|evening|attn|fao)"
_GREETS = re.compile(
    r"^(?:(?:good|hi|hello|hey|,) )*(?:morning|afternoon|evening)(?= ?[,.!]| (?:sorry|all|sir|miss)\b)", re.IGNORECASE
)
_ANY = re.compile(r"\b(?:dr|doctor)\b", re.IGNORECASE)
_TITLE = r"(?:dr|doctor)\b\.?"
_NAME = r"[^\W\d_][\w’-]+"
#: No name: "hi doctor said", "morning Dr appointment".
_NOT_A_NAME = (
    r"(?!(?:sa(?:id|ys?)|has|have|had|is|was|wants?|thinks?|told|gave|given|signed|reckons?|advised?|called|rang|sent"
    r"|appo?int\w*|app?t|visit|at|on|in|this|today|tomorrow|tmrw|for|and|or|but|again|now|will|can|please|note|s)\b)"
)
#: "Hi Dr Patel at 10", "Hi Dr Shah's surgery": somebody to be seen.
_TO_BE_SEEN = (
    r"(?!\w| *(?:['’]s\b|at\b|@|\d|on\b|this\b|today\b|tomorrow\b|tmrw\b|app|sa(?:id|ys)\b"
    r"|(?:has |have |had )?(?:signed|told|g[ai]ven?|wants?|thinks?|referred|advised?)\b))"
)
_ENDS = r"(?=\s*[,:;.!\n–-]|\s*$)"
_DEAR = re.compile(
    rf"^\W*(?:{_GREETING},? )+(?:[^,.!?\n]{{1,30}}(?: and|,| &) )?"
    rf"(?P<who>{_TITLE} {_NOT_A_NAME}{_NAME}(?: (?-i:[A-Z]){_NAME}{_ENDS})?)" + _TO_BE_SEEN,
    re.IGNORECASE,
)
#: Without a greeting a comma has to follow, and then what is said: "Dr Mellor, we would like".
_CALLED = re.compile(
    rf"^\W*(?:(?:to|for) )?(?P<who>{_TITLE} {_NOT_A_NAME}{_NAME})\s*[,:.\n]\s*(?P<next>[^\W\d_]+)", re.IGNORECASE
)
_SAYS = frozenset(
    "i we my our please can could may would this just sorry dear hi hello good unfortunately with as".split()
)
_SIGNED = re.compile(
    r"(?:\b(?:regards|wishes|thanks|thank you|sincerely|faithfully|truly|cheers)[,.!]?\s+|\n\s*)"
    rf"(?P<who>{_TITLE} (?:(?-i:[A-Z])[\w'’.-]* ?){{1,3}})[\s.,]*(?:\((?:mum|dad|mother|father|parent)\)\s*)?$",
    re.IGNORECASE,
)


def without_greeting(line: str) -> str:
    """The words without the "Morning," that opens them: no half of a day is meant by it."""
    return _GREETS.sub("", line)


def without_titles(text: str, names: frozenset[str] = frozenset()) -> str:
    """The text with the doctor of a salutation and of a signature as blanks, so that spans stay true.

    `names`: the children's, in lower case; after "Dr Mellor," one of them begins what is said.
    """
    if not _ANY.search(text):
        return text
    called = _CALLED.search(text)
    if called is not None and called["next"].lower() not in _SAYS | names:
        called = None
    for found in (called or _DEAR.search(text), _SIGNED.search(text)):
        if found is not None:
            text = blanked(text, *found.span("who"))
    return text
