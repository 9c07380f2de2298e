""" "He's in his room", "she's upstairs", to why a child is away: it is at home with whoever writes, and not in a room
of school. Why it is away is still to be said.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_AT_HOME = re.compile(
    r"\b(?:he|she|they|him) (?:is|are|'s) (?:(?:still|just|sat|asleep|fast|here|home|at home|back|now|only"
    r"|lying|hiding|up"
    r"|flat out|locked|shut|sulking|sleeping|crying|playing|and|,) )*"
    r"(?:in (?:his|her|their|my|our) (?:own )?(?:bed ?room|room|bed|pit|pyjamas|pjs)|upstairs|downstairs"
    r"|on the (?:sofa|settee|couch)"
    r"|in the (?:bath|shower|kitchen|garden|living room|lounge|front room|next room|spare room))\b"
)
_NOT_SURE = re.compile(
    r"\?|\b(?:think|thought|probably|maybe|perhaps|might|should|supposed|assume|presume|hope|not in|not up|was|were"
    r"|hospital|hotel|ward|at his|at her|music|form|medical|when i left|if)\b"
)


def is_in_its_room(seen: Reading) -> bool:
    """Whether the child is in its own room or bed, at this hour, and nobody looks for it."""
    asked, line = seen.message.asked, seen.line_of_him()
    if asked is None or asked.kind not in ("absence", "reason") or _AT_HOME.search(line) is None:
        return False
    return not (_NOT_SURE.search(line) or seen.signals.has_any("lost", "missing", "late") or seen.times.roles)
