"""Words that mean two things, read by what stands around them: a back that hurts is no "back on Monday".

The words stand in lexicon/senses.toml. Only how a word is read changes: its place in the parent's text stays its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.understanding.data import table
from bot.understanding.words.phrases import Hit, PhraseBook
from bot.understanding.words.word import Word

_OF_ITS_OWN = frozenset(("in", "out"))
"""Behind such a word these belong to it: "she's put her back out"."""
_DOES = frozenset("done did doing put putting".split())


@lru_cache(maxsize=1)
def _book() -> PhraseBook:
    data = table("senses.toml")
    phrases = (
        (f"{word}:{part}", phrase)
        for word, lists in data.items()
        if word != "sets"
        for part in ("words", "always")
        for phrase in lists[part]
    )
    return PhraseBook(phrases, data["sets"])


def with_senses(words: list[Word]) -> list[Word]:
    """The same words; one that means something else here is read as what the lexicon gives for it."""
    texts = [word.text for word in words]
    if table("senses.toml").keys().isdisjoint(texts):
        return words
    out = list(words)
    for hit in reversed(_book().find(texts)):
        word, _, part = hit.tag.partition(":")
        at = texts.index(word, hit.first, hit.until)
        if part == "always" or not _is_usual(word, texts[at + 1 : at + 2]):
            _read_otherwise(out, texts, hit, at)
    return out


def _is_usual(word: str, behind: Sequence[str]) -> bool:
    unless: list[str] = table("senses.toml")[word]["unless"]
    starts = tuple(one[:-1] for one in unless if one[-1] == "*")
    return any(one in unless or one.startswith(starts) or one[:1].isdigit() for one in behind)


def _read_otherwise(words: list[Word], texts: list[str], hit: Hit, at: int) -> None:
    """Read the word as another, in place; with what belongs to it."""
    read_as = table("senses.toml")[texts[at]]["read_as"]
    if words[at].text == read_as:
        return  # two phrases say so
    if texts[hit.first] in _DOES and texts[at + 1] in _OF_ITS_OWN:
        words[at] = replace(words[at], end=words[at + 1].end, raw=f"{words[at].raw} {words[at + 1].raw}")
        del words[at + 1]
    words[at] = replace(words[at], text=read_as)
