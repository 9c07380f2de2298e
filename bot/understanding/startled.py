""" "What do you mean not in?", "that can't be right": the writer believes the child in school, and says no more.

In answer to why a child is away these words hold no reason: whoever is startled has sent the child to school.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_FILL = (
    r"(?:sorry|hi|hello|hiya|morning|oh|oh no|omg|my god|wtf|wait|hang on|eh|erm|um|er|no|nope|hold on|you what|what"
    r"|excuse me|pardon|please|but|and|well|surely|really|emoji|thanks|thank you|can you check|please check|[,.!?])"
)
_WHO = r"(?:he|she|they|him|her|it)"
_AWAY = (
    r"(?:not (?:there|here|in|at school|present|arrived|turned up|been in|come in|registered|marked in|with you)"
    r"(?: (?:school|class|lessons?|registration|register|form|today|this morning|this afternoon|yet|the building))*"
    r"|absent|missing|away|off)"
)
_IS = r"(?:is|are|was|were|has|have|did|'s)"
_WHAT = (
    r"(?:what do you mean|what does that mean|what you mean|wdym|how come|how is|why is|how can|how could|why would)"
)
_SAID = (
    r"(?:"
    rf"{_WHAT}(?: {_FILL})*(?: {_WHO})?(?: {_IS})?(?: {_WHO})? (?:{_AWAY}|not be (?:in|there|here|at school))"
    rf"|(?:{_WHO} )?(?:{_IS} )?(?:{_WHO} )?{_AWAY}(?= (?:! )*\?)"
    r"|(?:that|this|it) (?:is|can|could|must|has|will) ?(?:not )?(?:to )?(?:be )?"
    r"(?:right|correct|true|possible|wrong|a mistake|an error|some mistake|impossible)"
    r"|(?:there )?must be (?:a|some|an) (?:mistake|error|mix up)"
    r"|are you (?:sure|certain|joking|serious|having a laugh)"
    r")"
)
_TAIL = rf"(?: (?:{_FILL}|today|this morning|about that|of that|{_WHO}))*"
_STARTLED = re.compile(rf"(?:{_FILL} )*{_SAID}{_TAIL}(?: {_SAID}{_TAIL})?")
_SAYS_RIGHT = re.compile(
    r"\b(?:that|this|it) (?:is|has to be|must be|will be|could be) (?:right|correct|true|possible)\b"
)


def is_startled(seen: Reading) -> bool:
    """To our question why a child is away: words of nothing but disbelief."""
    asked = seen.message.asked
    if asked is None or asked.kind not in ("absence", "reason") or asked.only_missed:
        return False
    texts = list(seen.words.texts)
    for name in reversed(seen.who.named):
        texts[name.first : name.until] = ["he"]
    line = " ".join(texts)
    return _STARTLED.fullmatch(line) is not None and _SAYS_RIGHT.search(line) is None
