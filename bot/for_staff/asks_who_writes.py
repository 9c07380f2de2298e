""" "Who is this?": a family that does not know our number hears who we are, and nothing of any child.

Nobody of staff need answer that: what the family writes next is the answer that counts, and a chase goes on meanwhile.
"""

from __future__ import annotations

import re

from bot.outcome import Heard, Outcome, Reply, Situation
from bot.understanding import Understanding

_WHO = re.compile(
    r"\W*(?:(?:hi|hello|hey|sorry|er|erm|um|but|and|ok|excuse me|pls|please|good morning|morning)\W+)*"
    r"(?:who(?:['’]?s|s| is| are| r)? (?:this|you|u|that|it|texting(?: me)?|messaging(?: me)?|writing)"
    r"|who am i (?:speaking|talking|texting|writing) (?:to|with)|(?:whose|what) number is this"
    r"|is (?:this|that) (?:the )?school|who(?: is|['’]s)? (?:this )?from)"
    r"(?: (?:please|pls|from|texting me|messaging me|sorry|number|again))*\W*",
    re.IGNORECASE,
)


def asks_who_writes(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The answer to these words and no others; danger in them has gone its own way."""
    calm = not (understood.urgent or understood.safeguarding or understood.reports or heard.files)
    if not calm or _WHO.fullmatch(heard.text) is None:
        return None
    return Outcome(situation.conversation, (), Reply("help"))
