"""Other languages: recognise them, and put their words for who comes and when into English for all layers.

Illnesses, appointments and dangers are read in their own language (lexicon/languages.toml); what needs a place in a
sentence (comes, does not come, back, tomorrow, both, yes) is exchanged by lexicon/glossary.toml, times of day by
hours.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from bot.understanding.data import table
from bot.understanding.words.hours import hours_of
from bot.understanding.words.normalise import Words, apart, of_words, plain
from bot.understanding.words.phrases import Hit, PhraseBook
from bot.understanding.words.sounds import sounded
from bot.understanding.words.word import Word

#: An answer of at most this many words may be in another language without any other sign of it.
SHORT_ANSWER = 6
_TO_NUMBER = {"a": "to", "do": "to", "al": "to", "la": "to", "pana": "to", "de": "of"}
_WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday"))
_BEFORE_DAY = frozenset(("at", "until", "from", "on", "since", "in"))
#: Tags of the glossary for "also", which change places with the day beside them ("nici maine": "tomorrow also").
_BEFORE_ITS_DAY, _AFTER_ITS_DAY = "also <day>", "<day> also"
_DAYS_SAID = frozenset(("today", "tomorrow", "day after tomorrow", *_WEEKDAYS))
_HOUR = frozenset(("o", "as", "a", "la", "um"))


def _spelt(language: str, phrase: str) -> str:
    """A phrase of the lists as normalise.py spells its words."""
    spelt = " ".join(apart(plain(phrase)).replace("'", " " if phrase.isascii() else "").split())
    return _SOUNDED.sub(lambda word: sounded(word.group()), spelt) if language == "arabic" else spelt


_SOUNDED = re.compile(r"(?<!~)\b[a-z]*[2-9][a-z2-9]*[a-z][a-z2-9]*\b|\b[a-z]+[2-9]\b")


def foreign_phrases() -> Iterator[tuple[str, str, str]]:
    """Language, tag and phrase of every tagged list of the languages file, in the spelling of normalise.py."""
    for name, lists in table("languages.toml").items():
        for tag, phrases in lists.items():
            if isinstance(phrases, list) and ":" in tag:
                for phrase in phrases:
                    yield name, tag, _spelt(name, phrase)


@lru_cache(maxsize=32)
def _glossary(language: str) -> PhraseBook | None:
    lists = table("glossary.toml").get(language)
    if lists is None:
        return None
    return PhraseBook((english, _spelt(language, phrase)) for english, phrases in lists.items() for phrase in phrases)


@lru_cache(maxsize=32)
def _tagged(language: str) -> PhraseBook:
    return PhraseBook((tag, phrase) for name, tag, phrase in foreign_phrases() if name == language)


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    return frozenset(table("common.toml")["words"].split())


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, tuple[str, ...]]:
    """Word -> the languages that it is a sign of. English words count only where they are named markers."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, lists in table("languages.toml").items():
        for word in lists.get("markers", ()):
            found[apart(plain(word))].add(name)
    phrases = [(name, phrase) for name, _, phrase in foreign_phrases()]
    for name, lists in table("glossary.toml").items():
        phrases += [(name, _spelt(name, phrase)) for many in lists.values() for phrase in many]
        for word in (*lists.get("yes", ()), *lists.get("no", ())):
            if word.isalpha():
                found[plain(word)].add(name)
    for name, phrase in phrases:
        for word in re.split(r"[ |?]+", phrase):
            if word.isalpha() and word not in _english() and (len(word) > 2 or not word.isascii()):
                found[word].add(name)
    return {word: tuple(sorted(names)) for word, names in found.items()}


@lru_cache(maxsize=1)
def _days() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    exact: dict[str, str] = {}
    starts: list[tuple[str, str]] = []
    languages = table("languages.toml")
    for day, names in (*languages["days"].items(), *languages["months"].items()):
        for name in (plain(name).replace("'", "") for name in names):
            if name.endswith("*"):
                starts.append((name[:-1], day))
            else:
                exact[name] = day
    return exact, tuple(starts)


def _day(word: str) -> str | None:
    exact, starts = _days()
    day = exact.get(word) or next((day for start, day in starts if word.startswith(start)), None)
    if day is None and word[:1] in "\u0648\u0628":  # Arabic "and", "in" written together with the day
        day = exact.get(word.lstrip("\u0648\u0628"))
    return day


def _time_like(word: str) -> bool:
    return (
        word[0].isdigit() or _day(word) is not None or word in ("monday", "tuesday", "wednesday", "thursday", "friday")
    )


def read_language(words: Words, names: frozenset[str] = frozenset(), answering: bool = False) -> str:
    """The language's name when the message is not (only) in English, else "". Other scripts count as unknown at least.

    `names` are the family's own and say nothing; `answering`: a question of ours is open, so that one word may do.
    """
    letters = [text for text in words.texts if text[0].isalpha() and text not in names]
    if not letters:
        return ""
    own_words = set(letters)
    vocabulary, english = _vocabulary(), _english()
    scores: dict[str, int] = defaultdict(int)
    own: dict[str, set[str]] = defaultdict(set)
    for text in letters:
        for name in vocabulary.get(text, ()):
            scores[name] += 1
            if text not in english and len(text) > 1:
                own[name].add(text)
    foreign = sum(_written_abroad(word.raw) for word in words.words if word.text in own_words)
    if scores:
        name = max(scores, key=lambda key: (scores[key] + len(own[key]), key))
        enough = max(2, 0.22 * len(letters))
        long = sum(len(word) > 2 or not word.isascii() for word in own[name])
        days = sum(_day(text) is not None and text not in english and text not in vocabulary for text in letters)
        if (scores[name] + days >= enough and own[name]) or long >= 3 or (long >= 2 and len(letters) < 16):
            return name
        if foreign > 0.4 * len(letters):
            return name
        if answering and len(letters) <= SHORT_ANSWER and (own[name] or days) and scores[name] + days == len(letters):
            return name
    if answering and len(letters) <= 2 and any(_day(text) and text not in english for text in letters):
        return "unknown"
    return "unknown" if foreign > 0.4 * len(letters) else ""


def _written_abroad(raw: str) -> bool:
    """A word with letters that English does not have."""
    return any(char.isalpha() and not char.isascii() for char in raw)


def mostly_english(words: Words) -> bool:
    """True when at least half of the words are common English ones."""
    letters = [text for text in words.texts if text[0].isalpha()]
    return sum(text in _english() for text in letters) >= 0.5 * len(letters)


def _next_is_number(words: Words, number: int) -> bool:
    return number + 1 < len(words.words) and words.words[number + 1].text[0].isdigit()


def in_english(words: Words, language: str, names: frozenset[str] = frozenset()) -> tuple[Words, list[Hit]]:
    """The same words with the language's words of coming, staying and days in English; unchanged for English.

    Besides, what the language's own lists found, with its places in the new words.

    In a message that is mostly English its English words stay as they are, whatever else they mean.
    """
    if not language:
        return words, []
    kept = _english() if mostly_english(words) else frozenset()
    exchanged = _exchanged(words, language, names, kept)
    changed: list[Word] = []
    places: list[int] = []
    number = 0
    while number < len(words.words):
        word = words.words[number]
        hit = exchanged.get(number)
        if hit is not None:
            english, until = hit
            last = words.words[until - 1]
            places += [len(changed)] * (until - number)
            changed += [Word(part, word.start, last.end, False, word.raw) for part in english.split()]
            number = until
            continue
        number += 1
        places.append(len(changed))
        if word.text in names or word.text in kept:
            changed.append(word)
            continue
        text = _day(word.text)
        if text is None and number > 1 and words.words[number - 2].text.isdigit() and not kept:
            text = _TO_NUMBER.get(word.text)
        if text is None and word.text in _HOUR and _next_is_number(words, number - 1):
            text = "at"
        changed.append(replace(word, text=text) if text else word)
    places.append(len(changed))
    found = _tagged(language).find(_without_and(words.texts) if language == "arabic" else words.texts)
    moved = [
        Hit(hit.tag, places[hit.first], max(places[hit.until], places[hit.first] + 1), hit.phrase) for hit in found
    ]
    return of_words(changed, words.original, words.cut), moved


def _without_and(texts: list[str]) -> list[str]:
    """Arabic words without the "and" that is written together with them, where what is left is a known word."""
    hours = hours_of("arabic")
    known = _vocabulary().keys() | (hours.numbers.keys() if hours is not None else ())
    return [text[1:] if text[:1] == "\u0648" and text[1:] in known else text for text in texts]


def _exchanged(words: Words, language: str, names: frozenset[str], kept: frozenset[str]) -> dict[int, tuple[str, int]]:
    """First word -> (English, end) of the phrases to exchange: from the left, the longest first, none with a name."""
    texts = _without_and(words.texts) if language == "arabic" else words.texts
    book, hours = _glossary(language), hours_of(language)
    told = list(hours.told(texts)) if hours is not None else []
    phrases = [hit for hit in (book.find(texts) if book is not None else ()) if hit.stands_apart(told)]
    out: dict[int, tuple[str, int]] = {}
    free = 0
    for hit in sorted((*told, *_with_its_day(phrases, texts)), key=lambda hit: (hit.first, -hit.until)):
        inside = texts[hit.first : hit.until]
        if hit.first < free or names & set(inside) or all(text in kept for text in inside):
            continue
        if hit.tag in _BEFORE_DAY and not (hit.until < len(texts) and _time_like(texts[hit.until])):
            continue
        out[hit.first] = (hit.tag, hit.until)
        free = hit.until
    return out


def _with_its_day(hits: list[Hit], texts: list[str]) -> Iterator[Hit]:
    """The phrases, each "also" of a day with that day in English order; of two days in a row it only says "and"."""
    days = {number: (day, number + 1) for number, text in enumerate(texts) if (day := _day(text)) in _DAYS_SAID}
    days |= {hit.first: (hit.tag, hit.until) for hit in hits if hit.tag in _DAYS_SAID}
    ends = {until: (day, first) for first, (day, until) in days.items()}
    for hit in hits:
        if hit.tag == _BEFORE_ITS_DAY:
            if hit.until in days and hit.first not in ends:
                day, until = days[hit.until]
                yield hit._replace(tag=f"{day} also", until=until)
        elif hit.tag == _AFTER_ITS_DAY:
            if hit.first in ends:
                day, first = ends[hit.first]
                yield hit._replace(tag=f"{day} also", first=first)
        else:
            yield hit
