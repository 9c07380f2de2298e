"""Words that no parent typed: a parcel firm, the phone's own notice of a missed call, a taxi that has come.

They were passed on by slip, or by the phone itself, and tell nothing of a child: nothing is recorded, and no chase
ends.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_NUMBER = r"(?:\+ ?)?\d[\d ()-]{3,}"
_MISSED_CALL = re.compile(
    rf"^(?:you (?:have|had|got) )?(?:\d+|a|one|an)? ?(?:new )?(?:missed calls?|voice ?mails?|voice messages?)"
    rf"(?: messages?)? (?:from|by|:) ?{_NUMBER}(?: (?:at|on) [\d :./-]+)?(?= ?(?:[.]|$))"
    rf"|^you (?:have|had) (?:\d+|a|one) (?:new )?(?:missed calls?|voice ?mails?|voice messages?)\b"
    r"|\b(?:call|dial|ring) (?:121|123|1571|901|443|222)\b"
)
_FIRMS = (
    r"(?:evri|hermes|dpd|dhl|ups|fedex|yodel|parcelforce|royal mail|post office|amazon|ebay|vinted|asda|tesco|ocado"
    r"|sainsburys?|argos|uber|bolt|just eat|deliveroo|hmrc|dvla|gov uk|paypal|klarna)"
)
_GOODS = r"(?:parcels?|packages?|deliver\w*|orders?|driver|courier|redeliver\w*|items?|shipments?|payments?|fee|ride)"
_FROM_A_FIRM = re.compile(
    rf"^(?:from )?{_FIRMS} ?[:-].*\b{_GOODS}\b|^your {_FIRMS} (?:order |driver )?(?:is|has|was)\b"
)
_YOUR_GOODS = re.compile(
    rf"^(?:\w+ [:-] )?(?:(?:hi|hello|dear|hey)(?: \w+){{0,2}} ?[,.!:-]? )?your (?:{_FIRMS} )?{_GOODS}(?: \S+){{0,3}}"
    r" (?:is|has|was|will|could)\b"
)
#: Whoever writes these writes of itself or of a child.
_SOMEBODY = frozenset(
    "i we me us my our he she him her his hers they them sorry daughter son kids children mum dad school class".split()
)


def is_from_a_machine(seen: Reading) -> bool:
    """ "You have 1 missed call from +44...", "EVRI: your parcel could not be delivered": no child, no writer in it."""
    if seen.who.named or seen.danger.hits or not _SOMEBODY.isdisjoint(seen.words.texts):
        return False
    line = seen.words.line
    return any(shape.search(line) for shape in (_MISSED_CALL, _FROM_A_FIRM, _YOUR_GOODS))
