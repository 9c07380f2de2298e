"""What stands before or after school, or beside its lessons: "Tom is ill so Ann won't be at choir tonight".

Whoever misses no more than that is in school.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.children.clauses import Clause
from bot.understanding.evidence import Reading

#: What stands before or after school, or beside its lessons, and to which the child does not come.
BESIDE_SCHOOL = re.compile(
    r"\b(?:(?:be )?miss(?:es|ing)?|skip(?:ping)?|(?:can ?not|not)(?: be)?(?: able to)? (?:at|in|make|do|doing|attend"
    r"|attending|(?:go|going|come|coming) to|stay for|staying for))"
    r" (?:(?!school|lessons|class|or|and|today|tomorrow)\w+ ){0,3}?"
    r"(?:detentions?|clubs?|practice|training|rehearsals?|fixture|boosters?|catch up|tutoring|revision session|choir"
    r"|after school \w+)\b"
)


def only_misses_what_is_beside_school(seen: Reading, clauses: Sequence[Clause]) -> set[str]:
    """The children of whom nothing else is told, beside another one who is away."""
    told, only = set[str](), set[str]()
    for clause in clauses:
        words = " ".join(seen.words.texts[clause.first : clause.until])
        reason = any(hit.tag.endswith(":strong") and clause.first <= hit.first < clause.until for hit in seen.hits)
        beside = BESIDE_SCHOOL.search(words) is not None and not reason
        (only if beside else told).update(clause.children)
    return only - told if told else set()
