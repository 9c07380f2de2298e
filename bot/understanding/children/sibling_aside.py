""" "Should be in later. Her brother is in": words about a sibling, which say nothing of the child that is meant.

Read together, they would have the child in school as well, and staff would look for a girl who lies in bed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.children.names import sex
from bot.understanding.evidence import Reading
from bot.understanding.values import Message
from bot.understanding.words.word import blanked

SEX_OF = {"brother": "m", "stepbrother": "m", "sister": "f", "stepsister": "f"}
_ASIDE = re.compile(
    r"(?:^|(?<=[.!?;,\n])|\s(?:and|but)(?=\s))\s*(?:(?:and|but) )?(?:his|her) (?:(?:little|big|older|younger|twin) )?"
    r"(?P<who>(?:step)?(?:brother|sister))(?:['\u2019]?s| is| has| will be)?"
    r" (?:all )?(?:in|fine|ok|okay|well|good|there|at school|with you|gone in|coming in|in (?:school|class|today))"
    r"(?: (?:in|today|now|already|though|as (?:normal|usual)|and (?:fine|well|in)))*\s*(?=[.!?;,\n]|$)",
    re.IGNORECASE,
)
_AS_WELL = re.compile(
    r"\b(?:so (?:is|are|has|was) (?:he|she|they)|too|also|as well|both|same|with (?:him|her)|together"
    r"|neither|either)\b",
    re.IGNORECASE,
)
"""The child is where its sibling is."""


def without_a_sibling(seen: Reading) -> Message | None:
    """The message without what is said of a sibling whom nobody asked about; None where nothing else is said, or where
    the sibling may be a child that is meant.
    """
    message = seen.message
    asked = message.asked.about if message.asked is not None else ()
    meant = {*asked, *(child for report in message.known for child in report.children)}
    found = _ASIDE.search(message.text)
    if found is None or not meant or seen.who.strangers:
        return None
    if any(sex(child) in (SEX_OF[found["who"].lower()], "") for child in message.children if child.id in meant):
        return None
    text = blanked(message.text, found.start(), found.end())
    return replace(message, text=text) if re.search(r"\w", text) and not _AS_WELL.search(text) else None
