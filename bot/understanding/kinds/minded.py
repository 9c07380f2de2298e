"""What a school is asked to do for a child that is in school: its inhaler is in its bag, it may stay in at break.

An illness is told beside it, and not a word of staying away. Recorded as ill, the child would be missed by nobody, had
it not arrived; a person reads such words and passes them on.
"""

from __future__ import annotations

import re

from bot.understanding.days.left_open import STAYS
from bot.understanding.evidence import Reading

_THING = (
    r"(?:inhalers?|puffer|spacer|epi ?pens?|lozenges?|calpol|paracetamol|ibuprofen|nurofen|piriton|antihistamines?"
    r"|eye drops?|drops|cream|lip balm|medicines?|medication|meds|antibiotics?|tablets?|plasters?|tissues?|water"
    r"|drinks?|glasses|crutches|splint|sling|bandage|coat|hat|sun cream)"
)
_BREAK = r"(?:break|lunch|play|playtime|dinner|dinner time|lunch ?time|break ?time)"
_BAG = r"(?:bag|bags|bookbag|rucksack|blazer|coat|pocket|lunch ?box|tray|locker)"
_WORSE = (
    r"(?:gets?|feels?|is|are|seems?|becomes?|goes) (?:any |much |too |really |not |un)?"
    r"(?:worse|ill|sick|poorly|unwell|bad|well|right|upset)\b"
)
_ASKED = r"\b(?:can|could|should|may|needs? to|has to|please)"
_CARE = re.compile(
    rf"\b{_THING} (?:\w+ ){{0,4}}in (?:his|her|their) (?:\w+ )?{_BAG}\b"
    rf"|\b(?:stay|sit|keep|kept|remain|be|go) (?:him |her |them )?(?:in|inside|indoors) (?:at|during|for) {_BREAK}\b"
    rf"|(?:{_ASKED}|\b(?:let|allow|allowed))\b.{{0,24}}\b(?:go|use|nip)\w* (?:to )?the (?:toilet|loo|medical room)\b"
    rf"|\bmake sure (?:\w+ ){{1,2}}(?:has|have|takes?|uses?|gets?|drinks?|keeps?|wears?) (?:\w+ ){{0,3}}?{_THING}\b"
    rf"|{_ASKED} (?:\w+ ){{0,2}}?(?:have|take|use|wear|give|put) (?:\w+ ){{0,3}}?{_THING}\b"
    rf"|{_ASKED} (?:\w+ ){{0,2}}?have (?:more|another|some more)\b.{{0,12}} at (?:{_BREAK}|\d)"
    rf"|\b(?:ring|call|phone|contact|text|let)(?: me| us)?(?: know)? if \w+ {_WORSE}"
    r"|\bif (?:he|she|they|it) (?:gets?|feels?) (?:any |much )?worse\b.{0,20}\b(?:ring|call|phone|text|let) (?:me|us)\b"
)
_AWAY = ("absent", "late", "back", "not_back", "with_me", "same", "whole_day", "cancel", "missing", "lost")


def only_to_be_minded(seen: Reading) -> bool:
    """Unasked, of a child of whom we hold nothing: care in school, and no day or word of being away."""
    line, offsets = seen.words.line, seen.words.offsets
    found = _CARE.search(line)
    if found is None or STAYS.search(line):
        return False
    told = (hit for name in _AWAY for hit in seen.signals.by.get(name, ()))
    if any(not found.start() <= offsets[hit.first] < found.end() for hit in told):
        return False
    return not any(role in ("absent", "since", "until", "return", "lastday") for _, role in seen.days.roles)
