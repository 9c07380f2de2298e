"""Where a child is, as the words say it: with whoever writes, at home, with somebody else; and how that is known.

The words stand in lexicon/places.toml. Whoever asks says which places count and what makes them doubtful: "she is at
home, I think" accounts for no child, and still says that somebody has to be asked at home.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.data import table
from bot.understanding.words.phrases import Hit, PhraseBook

WITH_THE_WRITER = frozenset({"writer", "here"})
ACCOUNTED = frozenset({"writer", "has", "home", "minder", "fetched"})
"""With these nobody need look for the child. The other parent's home is none: whoever lives there has to be asked."""
WITH_SOMEBODY = frozenset({"writer", "minder", "parent", "friend"})

GUESSED = frozenset({"guess", "hoped", "denied"})
DOUBTED = frozenset({"guess", "denied", "never", "past", "otherwise", "asked"})

_DENIAL = frozenset("not was were until till when if usually normally should supposed thought".split())
_REACH, _OPENS, _FIRST = 4, 2, 8
_THEY, _IS = frozenset(("he", "she", "they")), frozenset(("is", "are", "'s"))
_WAS = frozenset("is was were are been stay stays stayed staying stopped stopping slept went gone".split())
_TO = frozenset(("at", "with", "to", "round", "over"))
_BESIDE_ME = frozenset(("with", "w", "at", "round", "next", "beside"))
_MINE = frozenset(("my", "our"))
_BEGINS = frozenset((*".!?;,-", *"and but so no sorry hi hello yeah yes yep hiya well ok".split()))
_NO_NAMES = frozenset(
    "is his hers its it there thats whats this was has as us always yes lots kids lads loads days times says goes comes"
    " plans things friends cousins guests visitors".split()
)
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Places:
    """The places that the words name, in their order, and what makes them doubtful, by its kind."""

    words: tuple[str, ...]
    placed: tuple[Hit, ...] = ()
    doubts: frozenset[str] = frozenset()

    def names(self, where: frozenset[str]) -> bool:
        """Whether the words speak of one of these places, surely or not."""
        return any(hit.tag in where for hit in self.placed)

    def says(self, where: frozenset[str], but_for: frozenset[str] = DOUBTED) -> bool:
        """Whether they say that it is there, and hold nothing that makes it doubtful."""
        return self.doubts.isdisjoint(but_for) and self.names(where)

    def has_it_now(self) -> bool:
        """Whether whoever writes has the child now, whatever else is in doubt: its illness, its return."""
        return "?" not in self.words and any(
            hit.tag == "has" or (hit.tag in WITH_THE_WRITER and (self._is_so(hit) or self.states(hit)))
            for hit in self.placed
            if self.stands(hit)
        )

    def is_with_somebody(self) -> bool:
        """Whether they say of the child, and in no doubt, that it is with whoever writes, or with somebody named."""
        return self.doubts.isdisjoint(GUESSED) and any(
            hit.tag == "has" or (hit.tag in WITH_SOMEBODY and self.states(hit)) for hit in self.placed
        )

    def known(self, hit: Hit) -> str:
        """How the place is known: by asking, as a guess, by hearsay, denied, or at first hand."""
        kinds = (("asked", "only asked"), ("guess", "a guess"), ("hoped", "a guess"), ("told", "hearsay"))
        if not self.stands(hit):
            return "not so, or not now"
        return next((said for kind, said in kinds if kind in self.doubts), "first hand")

    def opens_with_me(self) -> bool:
        """Whether the first words say of the child that it is with whoever writes."""
        return any(
            hit.tag == "writer" and hit.first <= _FIRST and self.words[hit.first] in _BESIDE_ME and self.states(hit)
            for hit in self.placed
        )

    def left_with(self) -> tuple[Hit, ...]:
        """Where it is said to have been left with the family, or at the childminder's."""
        return tuple(hit for hit in self.placed if hit.tag == "left_with")

    def text(self, hit: Hit) -> str:
        """The words of a place."""
        return " ".join(self.words[hit.first : hit.until])

    def is_elsewhere(self, hit: Hit) -> bool:
        """Whether it is, was or went there, with the child's family and not the writer's: "was at her dad's"."""
        there = self.words[hit.first : hit.until]
        if hit.tag == "elsewhere":
            return True
        if hit.tag not in ("parent", "minder") or not _MINE.isdisjoint(there) or there[0] in ("in", "back"):
            return False
        before = self.words[max(0, hit.first - _REACH) : hit.first]
        return there[0] not in _TO or not _WAS.isdisjoint(before)

    def states(self, hit: Hit) -> bool:
        """Whether it is said of the child in so many words: "she is now at her nan's", "Tobi's with me"."""
        first, sets = hit.first, _sets()
        while first and self.words[first - 1] in sets["now"]:
            first -= 1
        if first and hit.tag == "writer" and self._hangs_at_a_name(first - 1):
            return True
        if first < 2 or self.words[first - 1] not in _IS:
            return False
        who = self.words[first - 2]
        opens = first == 2 or self.words[first - 3] in _BEGINS
        return who in sets["child"] or (opens and who.isalpha() and who not in sets["others"])

    def _hangs_at_a_name(self, at: int) -> bool:
        """ "Demis here with me": a name that opens the sentence, with its verb behind it and no sign between them."""
        word, others = self.words[at], _sets()["others"] | _sets()["kin"]
        opens = at == 0 or self.words[at - 1] in _BEGINS
        name = word.endswith("s") and word.isalpha() and {word, word[:-1]}.isdisjoint(others | _NO_NAMES)
        return opens and name and len(word) > _SHORT

    def _is_so(self, hit: Hit) -> bool:
        """ "Poorly in bed here", "with me, she's ill": without a verb, or with some words behind it."""
        before = self.words[max(0, hit.first - _REACH - 2) : hit.first]
        said = any(one in _THEY and two in _IS for one, two in itertools.pairwise(before))
        return (
            said or before[-1:] == () or before[-1] in _sets()["state"] or (hit.first <= _OPENS and hit.tag != "here")
        )

    def stands(self, hit: Hit) -> bool:
        """Whether nothing just before it says that it is no longer so, or is only to be so."""
        return _DENIAL.isdisjoint(self.words[max(0, hit.first - _REACH) : hit.until])


@lru_cache(maxsize=1)
def _sets() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("places.toml")["sets"].items()}


@lru_cache(maxsize=1)
def _book() -> PhraseBook:
    data = table("places.toml")
    lists = {**data["place"], **{f"known:{name}": lists for name, lists in data["known"].items()}}
    phrases = (
        (tag if part == "words" else f"{tag}/near", phrase)
        for tag, parts in lists.items()
        for part in ("words", "near")
        for phrase in parts.get(part, ())
    )
    return PhraseBook(phrases, data["sets"])


@lru_cache(maxsize=64)
def places_in(line: str) -> Places:
    """The places that a line of words names (`Heard.line`, `Words.line`)."""
    words = tuple(line.split(" "))
    hits = _book().find(words)
    near = [hit for hit in hits if hit.tag.endswith("/near")]
    kept_back = [hit for hit in hits if hit.tag == "known:kept_back"]
    told = [hit for hit in hits if not hit.tag.endswith("/near") and not _missed(hit, near)]
    doubts = {hit.tag[6:] for hit in told if hit.tag.startswith("known:") and not _inside(hit, kept_back)}
    placed = tuple(hit for hit in told if not hit.tag.startswith("known:") and not _inside(hit, kept_back))
    return Places(words, placed, frozenset(doubts))


def _missed(hit: Hit, near: list[Hit]) -> bool:
    return any(miss.tag == f"{hit.tag}/near" and miss.first <= hit.first and hit.until <= miss.until for miss in near)


def _inside(hit: Hit, others: list[Hit]) -> bool:
    return any(other.first <= hit.first and hit.until <= other.until for other in others)
