"""Names in a child's place that are on no list, and the sender's own."""

from __future__ import annotations

import re
from collections.abc import Container

from bot.understanding.children.named import Who
from bot.understanding.children.names import sexes, word_names
from bot.understanding.values import Child
from bot.understanding.words.normalise import Words, plain

_TITLES = frozenset("mr mrs miss ms dr doctor sir teacher nurse st saint".split())
_SUBJECT_VERBS = frozenset("is has will was can does had 's not wont needs missed overslept woke felt feels".split())
#: "Oscar poorly", "Teo off today": a subject whose verb is left out.
_PREDICATES = frozenset("ill poorly sick unwell off late absent".split())
_AND = frozenset(("and", "n", "&", "+"))
_BEFORE_A_SUBJECT = frozenset(
    ". ! , : - hi hello morning that and so but please because afternoon evening hiya know say sorry afraid"
    " unfortunately sadly".split()
)
#: "Tom's brother Jack": the name is his, and not Tom's.
_KIN = frozenset(
    "brother sister cousin friend mate stepbrother stepsister son daughter twin neighbour niece nephew grandson"
    " granddaughter grandchild stepson stepdaughter godson goddaughter lad lass".split()
)
#: Of a relative with one of these behind nothing is reported: "my nephew Jack is getting married".
_DOES = frozenset(
    "getting having visiting coming over here born due graduating performing playing staying going".split()
)
_IN_A_YEAR = frozenset(("year", "yr", "y", "class", "form", "reception", "nursery"))
_GROUP = re.compile(r"\d{1,2}[a-z]{0,2}|[a-z]")


def strangers(
    words: Words, texts: list[str], children: tuple[Child, ...], seen: Who, known_words: frozenset[str]
) -> None:
    """A given name in a child's place ("Jake won't be in") that belongs to none of the children."""
    dated, everyday = word_names()
    names = sexes()
    families = {part for child in children for part in re.findall(r"[^\W\d_]+", plain(child.family))}
    own = {name for child in children for name in (plain(child.given), *map(plain, child.known_as)) if name}
    taken = {n for named in seen.named for n in range(named.first, named.until)}
    for at, text in enumerate(texts):
        if at in taken or not text.isalpha() or text in families or text in dated or len(text) < 3:
            continue
        if text in everyday and texts[at + 1 : at + 2] not in (["is"], ["has"], ["'s"]):
            continue  # "Hope this is all right" is nobody
        before = texts[at - 1] if at else ""
        after = texts[at + 1] if at + 1 < len(texts) else ""
        if not text.isascii():  # another script, as the list of children is not: nobody can say that it is a stranger
            continue
        if (
            before in _TITLES
            or after == "here"
            or (before == "is" and at > 1 and texts[at - 2] in ("this", "it", "name"))
        ):
            seen.sender.append(at)
            continue
        is_name = text in names or (
            words.words[at].capital and not words.shouting and text not in known_words and at > 0
        )
        opens = at == 0 and text not in known_words and after in ("is", "has", *_PREDICATES)
        if opens and any(text[0] == name[0] or text in name for name in own):
            opens = False  # it may be a child's name, misspelt or short: "Shivaun" is Siobhan, "Gus" is August
        if not is_name and not opens:
            continue
        if _in_a_childs_place(words, at) or (is_name and _with_another(texts, at, names, known_words)):
            seen.strangers.append((at, text))


def _with_another(texts: list[str], at: int, names: Container[str], known_words: Container[str]) -> bool:
    """ "Layla and Sami both have it", at the start of a sentence."""
    first = at == 0 or texts[at - 1] in _BEFORE_A_SUBJECT
    other = texts[at + 2] if first and len(texts) > at + 2 and texts[at + 1] in _AND else ""
    return other in names or (other.isalpha() and other not in known_words)


def _in_a_childs_place(words: Words, at: int) -> bool:
    """Whether the name at this word is one whom something is reported of: "Jake won't be in", "keeping Jake off"."""
    texts = words.texts
    before = texts[at - 1] if at else ""
    behind = at + 1
    if _surname(words, behind):
        behind += 1
    while behind < min(len(texts), at + 4) and _GROUP.fullmatch(texts[behind]):
        behind += 1
    in_a = texts[behind : behind + 1] in (["in"], ["from"])
    written_yr = texts[behind + 1 : behind + 2] == ["your"] and texts[behind + 2 : behind + 3][:1] != []
    if in_a and written_yr and texts[behind + 2].isdigit():  # "in yr 3"
        behind += 3
    elif in_a and not _IN_A_YEAR.isdisjoint(texts[behind + 1 : behind + 2]):  # "Ella in year 5 is off"
        behind += 3 if _GROUP.fullmatch("".join(texts[behind + 2 : behind + 3])) else 2
    after = texts[behind] if behind < len(texts) else ""
    if before in _KIN and not _DOES.isdisjoint(texts[behind + 1 : behind + 2]):
        return False
    for_somebody = after == "has" and texts[behind + 1 : behind + 2] and texts[behind + 1] in ("him", "her", "them")
    if (
        not for_somebody
        and (after in _SUBJECT_VERBS or after in _PREDICATES)
        and (at == 0 or before in _BEFORE_A_SUBJECT or before in _KIN)
    ):
        return True
    return before in ("keeping", "keep") or (before in ("son", "daughter", "child") and words.words[at].capital)


def _surname(words: Words, at: int) -> bool:
    """Whether a family name may stand here: a capital letter within a sentence that has others in small ones."""
    return at < len(words.words) and words.words[at].capital and not words.shouting and words.texts[at].isalpha()
