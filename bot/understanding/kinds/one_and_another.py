""" "My eldest is in as normal, the youngest is full of cold": of several children one is well, and another is not."""

from __future__ import annotations

from bot.understanding.children.clauses import Clause, read_clauses
from bot.understanding.children.plainly_told import are_plainly_ill, are_plainly_late, named_in
from bot.understanding.evidence import Reading


def one_is_ill(seen: Reading) -> bool:
    """Whether an illness is told of one child in so many words, beside another one that is said to be well."""
    if not any(hit.tag.startswith("why:I:") for hit in seen.hits):
        return False
    clauses = _with_a_well_one(seen)
    return any(
        are_plainly_ill(seen, clause, named_in(seen, clause), clauses[number + 1 : number + 3])
        for number, clause in enumerate(clauses)
    )


def one_is_only_late(seen: Reading) -> bool:
    """Whether it is told of one child that it will be late, beside another one that is well, and no word of why."""
    why = any(hit.tag.startswith("why:") and hit.tag.endswith(":strong") for hit in seen.hits)
    if not seen.signals.has("late") or why or seen.signals.has("absent"):
        return False
    return any(are_plainly_late(seen, clause, named_in(seen, clause)) for clause in _with_a_well_one(seen))


def _with_a_well_one(seen: Reading) -> list[Clause]:
    """The clauses of a message about several children, where one of them is said to be well; else none."""
    clauses = read_clauses(seen.words, seen.who, seen.hits) if len(seen.message.children) > 1 else []
    return clauses if any(clause.well and clause.children for clause in clauses) else []
