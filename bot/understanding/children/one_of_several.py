""" "He's got a tummy bug", where we asked about a brother and a sister: the words are about one child, and about him.

Of the other one nothing is told, so it stays missed and is asked about. With two brothers nobody can know which one is
meant, and it is asked. Where a child may be in danger, all of them are looked for.
"""

from __future__ import annotations

from bot.understanding.children.names import sex
from bot.understanding.evidence import Reading

_HE, _SHE = frozenset(("he", "him", "his")), frozenset(("she", "her", "hers"))
_MANY = frozenset(
    """they them their theirs both all we us our ours children kids twins boys girls everyone everybody each neither
    either lot two 2 three 3 pair same too also siblings sons daughters lads lasses family""".split()
)
#: With one of these "he" may be somebody else.
_OTHERS = frozenset(
    """mum mam mom mother dad father parent husband wife partner ex nan nana gran granny grandma grandad grandpa aunt
    aunty auntie uncle brother sister cousin stepmum stepdad teacher mr mrs miss ms
    childminder carer friend mate boyfriend girlfriend baby dog who""".split()
)
_TREATS = frozenset("doctor doctors dr gp nurse dentist consultant pharmacist hospital".split())
_SAYS = frozenset("said says say thinks think reckons told tells wants wanted rang advised gave".split())
_TOLD = frozenset(("absence", "late", "return"))


def one_is_told(seen: Reading, intent: str) -> tuple[str, ...] | None:
    """The child that the words are about, of those asked about; () where it cannot be known; None for other words."""
    asked, texts = seen.message.asked, frozenset(seen.words.texts)
    if asked is None or asked.kind not in ("absence", "reason") or len(asked.about) < 2 or intent not in _TOLD:
        return None
    he, she = bool(_HE & texts), bool(_SHE & texts)
    somebody_else = texts & (_MANY | _OTHERS) or (texts & _TREATS and texts & _SAYS)
    if he == she or seen.who.named or somebody_else or seen.signals.has("same"):
        return None
    wanted = "m" if he else "f"
    about = [child for child in seen.message.children if child.id in asked.about]
    fits = [child.id for child in about if sex(child) == wanted]
    unknown = any(not sex(child) for child in about)
    if len(about) < 2 or (not fits and not unknown):
        return None
    return tuple(fits) if len(fits) == 1 and not unknown else ()
