"""How a correction begins, or is put: the words of every room in which something that was told is put right.

Parts of patterns, for lower and upper case alike; a room adds what only its own corrections are made of.
"""

from __future__ import annotations

OPENS = r"\W*(?:(?:oh|ah|god|so|oops|hi|hello|hey)\W+)*"
"""What may stand before it, from the beginning of the words."""
SLIPS = r"sorry|soz|oops|whoops|apologies|my mistake|correction|typo|actually"
"""What somebody says who has made a slip."""
UNSAYS = r"(?:ignore|scrap|forget|disregard)\b(?: (?:that|this|it|what|my|the)\b)"
"""Somebody who takes back what they have just written."""
NO = r"no+|nope"
MEANS = r"(?:(?:i|we) ?)?mean[ts]?"
IT_IS = r"it(?:['\u2019]?s| is| was)"
IN_ITS_PLACE = (
    r"ma[dk]e (?:that|it)|should (?:say|be|read|have (?:said|been))|sh(?:ou)?ld of (?:said|been)|ch?ange (?:that|it) to"
    r"|instead|rather"
)
"""What stands before, or behind, that which holds now."""
