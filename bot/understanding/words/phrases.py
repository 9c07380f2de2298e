"""Phrases as data: one small pattern language for all word lists, matched in one pass over the words.

A phrase is words with blanks between: `sick|ill`, `?been` (may be missing), `vomit*` (begins so), `~` (up to three
other words of the same sentence), `~6` (up to six), `_` (any one word), `<kin>` (a named set), `^` and `$` (ends of a
sentence).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

#: Stands in the words for a listed child's name; fits wherever a phrase has he, she, him, her or them.
NAME = "\0name"
_PRONOUNS = frozenset(("he", "she", "him", "her", "them"))
STOPS = frozenset((".", "!", "?", ";"))
#: A yes or a no opens the words behind a greeting as well: "Hi, no we're on holiday".
_ANSWERS = frozenset(("kind:confirm", "kind:reject"))
_GREETING = frozenset("hi hiya hello hey good morning afternoon evening sorry oh ,".split())
_GAP = 3


class Hit(NamedTuple):
    """A phrase found: words `first` up to, not including, `until`; `tag` is what the phrase stands for."""

    tag: str
    first: int
    until: int
    phrase: str

    def stands_apart(self, others: Iterable[Hit]) -> bool:
        """Whether it shares no word with any of the others."""
        return all(self.until <= one.first or one.until <= self.first for one in others)


@dataclass(frozen=True, slots=True)
class _Part:
    words: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    gap: int = 0
    optional: bool = False
    edge: str = ""
    any: bool = False

    def fits(self, word: str) -> bool:
        if self.any:
            return word == NAME or word[:1].isalnum()
        return word in self.words or bool(self.starts and word.startswith(self.starts))


class PhraseBook:
    """Many phrases with their tags. `sets` are the named word sets that `<name>` stands for."""

    def __init__(self, phrases: Iterable[tuple[str, str]], sets: Mapping[str, Sequence[str]] | None = None) -> None:
        self._sets = {name: frozenset(words) for name, words in (sets or {}).items()}
        #: beginning (a word, or three letters and `*`) -> a word that must follow within reach, or "" -> phrases
        self._by_word: dict[str, dict[str, dict[int, _Entry]]] = {}
        self._count = 0
        self._single: dict[str, list[tuple[str, str]]] = {}
        self.vocabulary: set[str] = set()
        self._reach = 0
        parts: dict[str, _Part] = {}  # most pieces stand in many phrases
        for tag, phrase in phrases:
            pieces = phrase.split()
            for piece in pieces:
                if piece not in parts:
                    parts[piece] = self._part(piece)
            self._add(tag, phrase, tuple(parts[piece] for piece in pieces))

    def _part(self, piece: str) -> _Part:
        if piece in ("^", "$"):
            return _Part(edge=piece)
        if piece == "_":
            return _Part(any=True)
        if piece[0] == "~":
            return _Part(gap=int(piece[1:] or _GAP))
        optional = piece[0] == "?" and len(piece) > 1
        words: set[str] = set()
        starts: list[str] = []
        for option in piece.split("|"):
            choice = option.removeprefix("?") if optional else option
            if choice[0] == "<" and choice[-1] == ">":
                words |= self._sets[choice[1:-1]]
            elif choice[-1] == "*" and len(choice) > 1:
                starts.append(choice[:-1])
            else:
                words.add(choice)
        if words & _PRONOUNS:
            words.add(NAME)
        self.vocabulary |= words
        return _Part(frozenset(words), tuple(starts), optional=optional)

    def _add(self, tag: str, phrase: str, parts: tuple[_Part, ...]) -> None:
        if len(parts) == 1 and parts[0].words and not parts[0].starts:
            for word in parts[0].words:
                self._single.setdefault(word, []).append((tag, phrase))
            return
        entry = _Entry(tag, phrase, parts)
        needed = _rarest(parts)
        self._reach = max(self._reach, sum(part.gap or 1 for part in parts))
        for part in parts:
            if part.edge:
                continue
            for beginning in (*part.words, *(f"{start[:3]}*" for start in part.starts)):
                index = self._by_word.setdefault(beginning, {})
                for word in needed or ("",):
                    index.setdefault(word, {})[self._count] = entry
            if not part.optional:
                break
        self._count += 1

    def find(self, words: Sequence[str]) -> list[Hit]:
        """All phrases found, in order of their first word; of one phrase at one place the longest."""
        hits: list[Hit] = []
        for at, word in enumerate(words):
            hits += [Hit(tag, at, at + 1, phrase) for tag, phrase in self._single.get(word, ())]
            found = self._possible(word, words[at + 1 : at + 1 + self._reach])
            for number in sorted(found):
                tag, phrase, parts = found[number]
                opens = not at or words[at - 1] in STOPS or (tag in _ANSWERS and _GREETING.issuperset(words[:at]))
                if phrase[0] == "^" and not opens:
                    continue
                end = _match(parts, 1 if parts[0].edge == "^" else 0, words, at)
                if end > at:
                    hits.append(Hit(tag, at, end, phrase))
        return hits

    def _possible(self, word: str, ahead: Sequence[str]) -> dict[int, _Entry]:
        """By their number the phrases that may begin with this word: what they need stands among the words ahead."""
        found: dict[int, _Entry] = {}
        following = {*ahead, ""}
        for beginning in (word, f"{word[:3]}*"):
            index = self._by_word.get(beginning)
            if index is not None:
                for needed in index.keys() & following:
                    found.update(index[needed])
        return found


class _Entry(NamedTuple):
    """A compiled phrase."""

    tag: str
    phrase: str
    parts: tuple[_Part, ...]


#: Words that most messages hold: a phrase is not ruled out by the lack of one of these.
_EVERYWHERE = frozenset(
    "a an and are at be but by can do for from had has have he her him his i in is it me my no not of off on or our out"
    " said she so some that the their them they this to today up was we what will with you your".split()
) | {NAME, "'s", ",", "."}


def _rarest(parts: tuple[_Part, ...]) -> frozenset[str]:
    """The words of the part that the fewest messages hold, among those that must match after the first word."""
    sets = [part.words for part in parts if part.words and not part.starts and not part.optional]
    return min(sets[1:], key=lambda words: (len(words & _EVERYWHERE), len(words)), default=frozenset())


def _match(parts: tuple[_Part, ...], number: int, words: Sequence[str], at: int) -> int:
    while number < len(parts):
        part = parts[number]
        if part.gap:
            for skip in range(part.gap + 1):
                end = _match(parts, number + 1, words, at + skip)
                if end >= 0:
                    return end
                if at + skip >= len(words) or words[at + skip] in STOPS:
                    return -1
            return -1
        if part.edge == "$":
            if at < len(words) and words[at] not in STOPS and words[at] != "emoji":
                return -1
        elif at < len(words) and part.fits(words[at]):
            if part.optional:
                end = _match(parts, number + 1, words, at + 1)
                if end >= 0:
                    return end
            else:
                at += 1
        elif not part.optional:
            return -1
        number += 1
    return at
