"""Courtesies around what is said: "Hi", "Oh sorry" before it, "thanks", "sorry x" behind it.

"We're at the gates" is a child on the way, with or without "sorry"; but thanks and greetings weigh with the weights,
which learned chat from them, and a sorry weighs for one that is late. Where a message seems to tell nothing, or no
reason, it is read again without them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.evidence import Reading
from bot.understanding.values import Message, Report, Understanding

_BEGINS = re.compile(
    r"^\W*(?:(?:(?:oh|so|really|very) )?sorry(?: about (?:this|that))?(?! (?:for|about|not|if|to)\b)|hi+ya|hi+"
    r"|hello|hey|heya|oh|dear"
    r"|good (?:morning|afternoon)|(?:morning|afternoon)(?=\s*[,.!\n]))\b"
    r"(?:,? (?:there|all|both|again|team|school|office|miss|sir|madam))?(?:[\s,.!:\u2013-]+|$)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:^|[\s,.!?-])[\s,.!-]*\b(?:(?:many |so )?thanks(?: (?:again|so much|very much|all))?|thank you(?: (?:so"
    r"|very) much)?"
    r"|thx|ta|cheers|(?:so |really |very )?sorry(?: about (?:this|that))?|(?:kind |best |many )?regards"
    r"|x+)[\s,.!x]*$",
    re.IGNORECASE,
)
#: Longer messages say enough for a thanks to weigh nothing.
_SHORT = 20
_IDLE = frozenset(("chat", "question"))
_TOLD = frozenset(("present", "missing", "late", "absence", "other_parent", "leaver", "wrong_number"))
#: What goes before a reason that no word tells, and before words that only seem to tell of a child that comes late.
_SOUGHT = frozenset(("present", "missing"))
_ELSEWHERE = _SOUGHT | {"other_parent", "leaver", "wrong_number", "late", "question"}


def without_courtesies(seen: Reading, intent: str, reports: Sequence[Report]) -> Message | None:
    """The message without them, where its kind hangs on them perhaps; None where nothing else is left of it."""
    if len(seen.words.texts) > _SHORT or not _may_hang_on_them(seen, intent, reports):
        return None
    text = seen.message.text
    for edge in (_BEGINS, _ENDS):
        while (found := edge.search(text)) is not None and found[0].strip():
            mark = "?" if "?" in found[0] else " "
            text = f"{text[: found.start()]}{mark}{' ' * (found.end() - found.start() - 1)}{text[found.end() :]}"
    bare = text != seen.message.text and re.search(r"\w\W+\w", text) is not None
    return replace(seen.message, text=text) if bare else None


def believed_without(intent: str, anew: Understanding) -> bool:
    """Whether what was read without them stands: where a child is goes before a guess at why it is away."""
    if intent in _IDLE:
        return anew.intent in _TOLD
    return anew.intent in (_SOUGHT if intent == "late" else _ELSEWHERE)


def _may_hang_on_them(seen: Reading, intent: str, reports: Sequence[Report]) -> bool:
    if intent in _IDLE:
        return not seen.signals.has_any("advert", "auto")
    asked = seen.message.asked
    if asked is None or asked.kind not in ("absence", "reason") or seen.why.code not in (None, "N"):
        return False
    if intent == "late":
        return not (seen.signals.has("late") or seen.times.roles)
    if intent == "other_parent":
        return not seen.signals.has("other_parent")
    return intent == "leaver" or (intent == "absence" and all(one.code in (None, "N", "O") for one in reports))
