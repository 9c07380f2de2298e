""" "He's bunking off isn't he", "playing truant again I suspect": in answer to why a child is away.

Whoever guesses so did not keep the child at home and has not got it: it is looked for. A school's word for it (O) is
no reason here, for that the family told us "truant" does not tell us where the child is.
"""

from __future__ import annotations

from attendance.calendar import local
from bot.understanding.evidence import Reading
from bot.understanding.kinds.home_again import WAITED_FOR, came_home
from bot.understanding.words.phrases import Hit

#: Beside one of these the child is with somebody, or somebody tells when it comes, or that it never goes there again.
_HELD = (
    "kind:with_me", "kind:found", "kind:late", "kind:back", "kind:leaver", "kind:other_parent", "kind:wrong_number",
)  # fmt: skip
#: A reason of its own beside it is the reason: "he's not bunking, he is poorly".
_OWN = ("why:I:strong", "why:I:usual", "why:M:", "why:C", "why:R:", "why:J", "why:E:", "why:T:", "why:G:")
_AT_HOME = frozenset(("home", "bed", "bedroom", "room", "house", "grounded"))
_DENIED, _FEARED = frozenset(("not", "never", "nobody")), frozenset(("better", "hope", "hopefully", "if"))


def is_truant(seen: Reading) -> bool:
    """To our question why a child is away: a guess that it stays away by itself, and no word of where it is."""
    asked, guesses = seen.message.asked, seen.signals.by.get("truant", ())
    if asked is None or asked.kind not in WAITED_FOR or not any(not _denied(hit, seen) for hit in guesses):
        return False
    if came_home(seen):
        return False
    today = local(seen.message.sent_at).date()
    if any(mention.first is not None and mention.first < today for mention, _ in seen.days.roles):
        return False  # "he bunked off on Monday" is of Monday
    beside = [hit for hit in seen.hits if hit.stands_apart(guesses)]
    held = any(hit.tag.startswith((*_HELD, *_OWN)) for hit in beside)
    return not held and _AT_HOME.isdisjoint(seen.words.texts)


def _denied(hit: Hit, seen: Reading) -> bool:
    """ "He is not bunking", "she would never skive"; but "he had better not be bunking" fears it."""
    before = seen.words.texts[max(0, hit.first - 4) : hit.first]
    return not _DENIED.isdisjoint(before) and _FEARED.isdisjoint(before)
