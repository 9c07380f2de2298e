"""Whose a reason is: the child's, a relative's or the writer's own."""

# ruff: noqa: E501 - a few sentences and word sets are longer than a line.

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.data import table
from bot.understanding.words.normalise import STOPS
from bot.understanding.words.phrases import Hit

_BODY = frozenset(
    "face head back arm leg eye eyes hand foot chest tooth knee waters blood mental health stomach own car".split()
)
_IN_THE_WRITERS_CARE = frozenset(
    "grandson granddaughter grandchild grandkid stepson stepdaughter godson goddaughter".split()
)
_A_CHILD = (["child"], ["boy"], ["girl"], ["lad"], ["son"], ["daughter"], ["kid"], ["little"], ["one"], ["bunny"])
_THE_CHILD = frozenset("he she him son daughter they them".split())
#: Behind a relative these say what the relative does or says about the child: "mum said", "dad is here and she".
_SPEAKS_OR_DOES = frozenset("said says thinks took taking will and here , to can kept rang would".split())
#: "I am", "I have", "I was": of the writer, unless one of the words behind turns it to the child.
_I_AM = frozenset("am have was feel broke had".split())
_OF_THE_CHILD = frozenset("to him her that keeping afraid about taking kept sure taken them , sorry".split())
_AT, _TELLS = frozenset(("at", "with", "by", "to", "round")), frozenset(("who", "is", "has", "was", "had", "as"))


def _at_a_relatives(texts: list[str], at: int, until: int, kin: frozenset[str]) -> bool:
    """ "She is at my mum's with a cold": there, and it is not the mother who has it; "with my mum who is in hospital"."""
    there = at > 0 and texts[at - 1] in _AT and texts[at + 1 : at + 2] != [] and texts[at + 1] in kin
    return there and _TELLS.isdisjoint(texts[at + 2 : until])


def subject_of(texts: list[str], hit: Hit, kin: frozenset[str], children_at: frozenset[int]) -> str:
    """Whose it is: of the words before, the nearest person in the sentence: child, kin (the child's relative) or speaker."""
    if "myself" in texts[hit.until : hit.until + 2]:
        return "speaker"
    for number in range(hit.first - 1, max(-1, hit.first - 9), -1):
        if texts[number] in STOPS:
            break
        if subject := _named_by(texts, number, hit, kin, children_at):
            return subject
    return "child"


def _named_by(texts: list[str], number: int, hit: Hit, kin: frozenset[str], children_at: frozenset[int]) -> str:
    """Whom one word before the reason makes it of; "" when it says nothing of it."""
    text, behind = texts[number], texts[number + 1 : number + 2]
    if number in children_at or text in _THE_CHILD:
        return "child"
    if text in _IN_THE_WRITERS_CARE:  # a listed grandmother's is the child; beside a name it is another one
        return "child" if not children_at else "kin"
    if text == "her" and kin.isdisjoint(behind):
        return "child"
    if text in kin:
        return _by_a_relative(texts, number, hit, children_at)
    if text == "my" and not _at_a_relatives(texts, number, hit.first, kin):
        return "speaker" if behind and (behind[0] in _BODY or _is_mine(texts, number, hit)) else ""
    if text == "i" and texts[max(0, number - 1)] == "and" and number - 2 in children_at:
        return "child"
    if text == "i" and not _I_AM.isdisjoint(behind):
        following = texts[number + 1 : hit.first]
        own = _OF_THE_CHILD.isdisjoint(following) and ("a" not in following or _has_a(texts, hit))
        return "speaker" if own else "child"
    return ""


def _by_a_relative(texts: list[str], number: int, hit: Hit, children_at: frozenset[int]) -> str:
    """ "Ned and his sister are ill" is of the child, and so is "mum said"; "his nan is ill" is of nan."""
    near = set(range(max(0, number - 5), number))
    if "and" in texts[max(0, number - 3) : number] and children_at & near:
        return "child"
    if _owner_of_a_thing(texts, number, hit.first) or {"with", "at", "by"} & set(texts[max(0, number - 2) : number]):
        return ""
    after = texts[number + 1] if number + 1 < hit.first else ""
    return "child" if after in _SPEAKS_OR_DOES else "kin"


def _has_a(texts: list[str], hit: Hit) -> bool:
    """ "I've got a temperature", and not "I have a poorly girl"."""
    near = "a" in texts[max(0, hit.first - 2) : hit.first]
    return near and texts[hit.until : hit.until + 1] not in _A_CHILD


def _is_mine(texts: list[str], at: int, hit: Hit) -> bool:
    """ "My anxiety", "my depression is really bad", and not "my eldest is ill"."""
    between = texts[at + 1 : hit.first]
    if texts[at + 1] in _mine():
        return False
    return not between or (not {"is", "'s", "are", "has"}.isdisjoint(between) and _mine().isdisjoint(between))


def _mine() -> frozenset[str]:
    return frozenset(table("people.toml")["sets"]["mine"])


def _owner_of_a_thing(texts: list[str], at: int, until: int) -> bool:
    """ "broke her brother's phone and has a temperature": the brother is no longer spoken of."""
    return texts[at + 1 : at + 2] == ["'s"] and bool(
        {"and", "has", "have", "is", "was", "had", ",", "but", "so"} & set(texts[at + 3 : until])
    )


def anothers(texts: Sequence[str], hit: Hit, kin: frozenset[str], children_at: frozenset[int]) -> bool:
    """ "while gran had her scan", "with his nan to her appointment": the appointment of the relative just named."""
    owner = next((word for word in reversed(texts[max(0, hit.first - 3) : hit.until]) if word in ("her", "his")), "")
    if not owner:
        return False
    sexes = table("people.toml")["sets"]
    same = frozenset(sexes["women" if owner == "her" else "men"])
    for number in range(hit.first - 1, max(-1, hit.first - 9), -1):
        if texts[number] in STOPS or number in children_at or texts[number] in ("he", "she", "i", "we"):
            return False
        if texts[number] in kin:
            between = set(texts[number + 1 : hit.until])
            return texts[number] in same and not between & {"taking", "took", "take", "brought", "bringing", "said"}
    return False
