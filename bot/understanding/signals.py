"""All word lists in one pass: what the words of a message signal, before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.understanding.data import rows, table
from bot.understanding.normalise import Words, read_words
from bot.understanding.phrases import Hit, PhraseBook

#: How much a phrase of each strength weighs.
WEIGHTS = {"strong": 3.0, "usual": 2.0, "weak": 1.0}


def _phrases() -> Iterator[tuple[str, str]]:
    for code, strengths in table("reasons.toml").items():
        for strength, phrases in strengths.items():
            for phrase in phrases:
                yield f"why:{code}:{strength}", phrase
    for row in rows("illnesses.csv"):
        for name in (row["disease"], *row["aliases"].split("|")):
            spelled = " ".join(read_words(name).texts)
            if spelled:
                yield f"why:{row['code']}:strong", spelled
    for name, phrases in table("kinds.toml")["signals"].items():
        for phrase in phrases:
            yield f"kind:{name}", phrase
    for kind, lists in table("danger.toml").items():
        if kind == "sets":
            continue
        for part in ("terms", "now", "near"):
            for phrase in lists.get(part, ()):
                yield f"danger:{kind}:{part}", phrase
    for lists in table("languages.toml").values():
        for tag, phrases in lists.items():
            if isinstance(phrases, list) and ":" in tag:
                for phrase in phrases:
                    yield f"{tag}", phrase


@lru_cache(maxsize=1)
def book() -> PhraseBook:
    """Every phrase of every list, compiled once."""
    sets = {**table("kinds.toml")["sets"], **table("danger.toml")["sets"], **table("people.toml")["sets"]}
    return PhraseBook(_phrases(), sets)


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Every single word that some list knows, and common English ones: these are never taken for a misspelt name."""
    return frozenset(book().vocabulary) | frozenset(table("common.toml")["words"].split())


def read_signals(words: Words) -> list[Hit]:
    """All phrases found in the message."""
    return book().find(words.texts)
