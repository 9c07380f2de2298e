"""Openings: how an answer in several texts begins. "Morning", "Its about Tom", "This is Toms mum" say who writes and of
whom, and nothing of where the child is or why: what was asked is still to come.
"""

from __future__ import annotations

from attendance.calendar import local
from bot.understanding.data import table
from bot.understanding.evidence import Reading

LONGEST = 14
_NOON = 12


def only_opens(seen: Reading) -> bool:
    """Whether an answer to why a child is away only greets, says who writes, or names the child."""
    asked, texts = seen.message.asked, seen.words.texts
    if asked is None or asked.kind not in ("absence", "reason") or len(texts) > LONGEST or "?" in texts:
        return False
    sets = table("kinds.toml")["sets"]
    names = {part for child in seen.message.children for part in child.family.casefold().split()}
    allowed = frozenset((*sets["opening"], *sets["family"], _greeting(seen), *names))
    if not frozenset(sets["a_text"]).isdisjoint(texts):
        allowed |= frozenset(sets["got"])
    named = {number for name in seen.who.named for number in range(name.first, name.until)}
    said = [number for number, text in enumerate(texts) if number not in named and text[0].isalnum()]
    if not named and not said:
        return False
    return all(texts[number] in allowed or _belongs(texts, number, sets) for number in said)


def says_whose_parent(seen: Reading) -> bool:
    """ "This is Toms mum" and no more: how parents begin. A pupil who writes so on has something to report."""
    return only_opens(seen) and seen.signals.has("kin_claim")


def _greeting(seen: Reading) -> str:
    """The part of the day that greets at this hour: "afternoon" at nine is when the child comes."""
    return "morning" if local(seen.message.sent_at).hour < _NOON else "afternoon"


def _belongs(texts: list[str], number: int, sets: dict[str, list[str]]) -> bool:
    """A title's name ("Mrs Smith"), "dad here", "good afternoon", "mornin all"."""
    before = texts[number - 1] if number else ""
    if before in sets["titles"]:
        return True
    if texts[number] == "here":
        return before in sets["family"]
    return before == "good" and texts[number] in ("morning", "afternoon", "evening")
