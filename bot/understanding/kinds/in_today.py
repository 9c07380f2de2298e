"""Nothing but that the child is in: "fine, in today", "she isn't absent", "better, back in today".

In answer to our question why a child is not here these are no day of return and no absence: the writer believes the
child in school, and somebody has to look. Told before anybody asked, they may be a day of return.
"""

from __future__ import annotations

from bot.understanding.evidence import Reading

#: What may stand around it without saying anything of where the child is.
_AROUND = frozenset(
    "hi hello hiya morning good dear sir madam miss mrs mr ms thanks thank you ta cheers kind regards x xx xxx"
    " emoji sorry yes yeah yep yup no nope oh ok okay but and so that is are was it he she they him her them my our"
    " son daughter boy girl just definitely def certainly course of as normal usual always far i know we fine well"
    " great better much all lots feeling feels fully well recovered today this now here".split()
)
#: The same said of somebody who is not away.
_NOT = frozenset(("absent", "off", "away", "missing", "ill", "poorly", "sick", "unwell"))
_CORES = (
    ("in",),
    ("back", "in"),
    ("in", "school"),
    ("in", "class"),
    ("in", "lessons"),
    ("at", "school"),
    ("back", "at", "school"),
    ("back", "in", "school"),
    ("attending",),
    ("attending", "school"),
)


def says_only_in(seen: Reading) -> bool:
    """True when the words, to our question why a child is away, say that it is not, and nothing else."""
    asked, words = seen.message.asked, seen.words.texts
    if asked is None or asked.kind not in ("absence", "reason") or words[-1:] == ["?"]:
        return False
    named = {place for one in seen.who.named for place in range(one.first, one.until)}
    said = [
        text
        for place, text in enumerate(words)
        if place not in named
        and text not in _AROUND
        and any(letter.isalnum() for letter in text)
        and not (text == "afternoon" and words[place - 1 : place] == ["good"])
    ]
    away = len(said) == 2 and said[0] == "not" and said[1] in _NOT and _beside(words, said[1])
    return (away and said[1] in ("absent", "off", "away", "missing")) or tuple(_without_not_ill(said)) in _CORES


def _beside(words: list[str], away: str) -> bool:
    """ "Not absent", "not even off"; "not well as well, both off" says the contrary."""
    place = words.index(away)
    return "not" in words[max(0, place - 2) : place]


def _without_not_ill(said: list[str]) -> list[str]:
    """ "Not ill, in today": that it is well is no word of where it is."""
    if len(said) > 2 and said[0] == "not" and said[1] in _NOT:
        return said[2:]
    if len(said) > 2 and said[-2] == "not" and said[-1] in _NOT:
        return said[:-2]
    return said
