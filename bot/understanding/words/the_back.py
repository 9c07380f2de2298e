"""A back that hurts, which is no "back on Monday": "she's hurt her back", of a child whom we hold to be ill.

It is read as a leg, which is as ill and comes back nowhere; the length stays, so that spans stay true.
"""

from __future__ import annotations

import re

_HURT = r"(?:hurt\w*|injur\w+|strain\w+|sprain\w+|pull\w+|tweak\w+|twist\w+|wrench\w+|jarred|bruis\w+|crick\w+)"
_BAD = r"(?:bad|sore|dodgy|stiff|painful|aching|achy|gammy|bruised|poorly|dicky)"
_WHOSE = r"(?:his|her|my|the|your|their)"
#: What follows the other "back": "sending her, bad, back on Monday".
_NO_DAY = (
    r"(?! (?:at|to|in|on|by|from|after|before|when|once|until|till|for|home|soon|later|tomorrow|tmrw|tom|today|tonight"
    r"|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|next|this|the|school|hopefully|as|if|out|up|down|off|away|\d\w*)\b)"
)
_BACK = re.compile(
    rf"\b{_HURT}(?: (?:a muscle|something|a disc|it|the muscles))?(?: in)?(?: {_WHOSE})?(?: lower| upper)?"
    rf" (?P<a>back)\b{_NO_DAY}"
    rf"|\ban? (?:\w+ly )?{_BAD}(?: lower| upper)? (?P<b>back)\b"
    rf"|\b(?:it(?:['’]?s| is)|with|in|on|of) (?:his|her|my)(?: lower| upper| bad| poor| sore)? (?P<c>back)\b{_NO_DAY}"
    r"|\b(?:done|did|doing|put|putting) (?:his|her|my) (?P<d>back (?:in|out))\b"
    r"|\b(?P<e>back)(?= (?:pains?|aches?|hurts?|hurting|injur\w+|spasms?|problems?|trouble|brace|operation|surgery)\b)"
    r"|\b(?:his|her|my) (?P<f>back)(?= (?:is|was|has)(?: \w+)? (?:bad|sore|hurting|killing|playing|gone|stiff)\b)",
    re.IGNORECASE,
)


def with_the_body_part(text: str) -> str:
    """The text with a back that hurts as a leg."""
    for found in reversed(list(_BACK.finditer(text))):
        first, until = found.span(found.lastgroup or 0)
        text = text[:first] + "leg".ljust(until - first) + text[until:]
    return text
