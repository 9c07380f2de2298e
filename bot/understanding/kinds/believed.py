"""Words that hold no reason, in answer to why a child is away, because the writer believes it in school."""

from __future__ import annotations

from bot.understanding.evidence import Reading
from bot.understanding.kinds.at_lessons import is_at_lessons
from bot.understanding.kinds.fetched import denies_taking_out
from bot.understanding.kinds.idle import asks_whether_in
from bot.understanding.kinds.in_today import says_only_in
from bot.understanding.kinds.startled import is_startled


def believes_in_school(seen: Reading) -> bool:
    """Disbelief, what the child does in school at this hour, or that it is in, and nothing else."""
    asks_or_doubts = asks_whether_in(seen) or is_startled(seen)
    return asks_or_doubts or says_only_in(seen) or is_at_lessons(seen) or denies_taking_out(seen)
