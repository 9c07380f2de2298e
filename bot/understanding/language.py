"""Other languages: recognise them, and exchange their words for days so that the date grammar can read them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from bot.understanding.data import table
from bot.understanding.normalise import Words, of_words


@lru_cache(maxsize=1)
def _markers() -> dict[str, frozenset[str]]:
    return {name: frozenset(rows["markers"]) for name, rows in table("languages.toml").items() if "markers" in rows}


@lru_cache(maxsize=1)
def _days() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    exact: dict[str, str] = {}
    starts: list[tuple[str, str]] = []
    languages = table("languages.toml")
    for day, names in (*languages["days"].items(), *languages["months"].items()):
        for name in names:
            if name.endswith("*"):
                starts.append((name[:-1], day))
            else:
                exact[name] = day
    return exact, tuple(starts)


def read_language(words: Words) -> str:
    """The language's name when the message is not in English, else "". Other scripts count as unknown at least."""
    texts = words.texts
    letters = [text for text in texts if text[0].isalpha()]
    if not letters:
        return ""
    foreign = sum(not text.isascii() for text in letters)
    scores = {name: sum(text in marks for text in letters) for name, marks in _markers().items()}
    name = max(scores, key=lambda key: scores[key])
    enough = max(2, 0.22 * len(letters))
    if scores[name] >= enough or (foreign > 0.4 * len(letters) and scores[name] > 0):
        return name
    return "unknown" if foreign > 0.4 * len(letters) else ""


def _next_is_number(words: Words, number: int) -> bool:
    return number + 1 < len(words.words) and words.words[number + 1].text[0].isdigit()


def in_english_days(words: Words, language: str) -> Words:
    """The same words with the language's names of days in English; unchanged for English."""
    if not language:
        return words
    exact, starts = _days()
    changed = []
    for number, word in enumerate(words.words):
        text = exact.get(word.text) or next((day for start, day in starts if word.text.startswith(start)), None)
        if text is None and word.text[:1] in "\u0627\u0648\u0628\u0644":
            text = exact.get(word.text.lstrip("\u0648\u0628"))
        if text is None and number and words.words[number - 1].text.isdigit():
            text = {"a": "to", "do": "to", "al": "to", "la": "to", "pana": "to", "de": "of"}.get(word.text)
        if text is None and word.text in ("o", "as", "a", "la", "um") and _next_is_number(words, number):
            text = "at"
        changed.append(replace(word, text=text) if text else word)
    return of_words(changed, words.original, words.cut)
