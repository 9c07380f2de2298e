"""A report of illness that stands before a disclosure: "Ella has a cold. Her dad threw her against the door".

The safeguarding lead reads it, and the report stands: nobody asks such a family at the close why the child is away.
"""

from __future__ import annotations

from bot.understanding.evidence import Reading
from bot.understanding.words.phrases import STOPS

#: A first sentence that is about something else, over, or left open.
_NOT_NOW = frozenset(
    "had was were been last yesterday better back fine if may might could still ? no not never".split()
)
_LONGEST = 10


def reports_before_a_disclosure(seen: Reading) -> bool:
    """The first, short sentence says that the child is ill now, and danger is told in what follows."""
    texts = seen.words.texts
    end = next((number for number, text in enumerate(texts) if text in STOPS), len(texts))
    if not 0 < end <= _LONGEST or end == len(texts):
        return False
    if any(hit.first < end - 1 and hit.until <= end for hit in seen.danger.hits):
        return False
    said = [hit for hit in seen.why.hits if hit.until <= end and hit.tag.startswith("why:I:")]
    plain = [hit for hit in said if not hit.tag.endswith(":weak")]
    words = {text for number, text in enumerate(texts[:end]) if not any(h.first <= number < h.until for h in plain)}
    return bool(plain) and words.isdisjoint(_NOT_NOW)
