"""A parent's message to what it says: layers that a person can read (who, when, why, what kind, danger).

`reader` puts the layers over a message, `judging` weighs what they saw of each group of children, `reports` fills the
contract's fields. The layers: `words` (characters to words, what the lists hear), `children` (whom it is about),
`dates` (the grammar of dates and times), `roles` (what part each plays) and `days` (which days that makes), `reasons`
(the code), `kinds` (away, late, in school, missing ...), `danger`. `learned` and `network` weigh; `lexicon` is data.
"""

from __future__ import annotations

from bot.understanding.children.people import mentioned
from bot.understanding.reader import get_ready, understand
from bot.understanding.values import Asked, Child, Message, Report, Seen, Understanding

__all__ = ["Asked", "Child", "Message", "Report", "Seen", "Understanding", "get_ready", "mentioned", "understand"]
