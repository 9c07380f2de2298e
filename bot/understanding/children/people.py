"""The first layers of a message: its words in English, and the people in them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from attendance.calendar import local
from bot.understanding.children.counted import refine
from bot.understanding.children.described import by_only_pronoun
from bot.understanding.children.named import Who, ids_of
from bot.understanding.children.who import read_who
from bot.understanding.values import Message
from bot.understanding.words.language import in_english, mostly_english, read_language
from bot.understanding.words.normalise import Words, of_words, plain, read_words
from bot.understanding.words.phrases import Hit
from bot.understanding.words.signals import known_words, mended
from bot.understanding.words.word import Word

_KIN = frozenset("brother sister twin little big older younger".split())


@dataclass(frozen=True, slots=True)
class People:
    """The words, whom they mention, and the language ("" for English) with what its own lists found."""

    words: Words
    who: Who
    language: str
    foreign: list[Hit]


def read_people(message: Message) -> People:
    """The words of a message, and every child of the writer's whom they mention."""
    names = _names(message)
    words = read_words(message.text, names=names)
    language = read_language(words, names, message.asked is not None)
    english = not language or mostly_english(words)
    if not english:
        words = read_words(message.text, foreign=True)
    words, foreign = in_english(words, language, names)
    if english:
        words = _with_owners(mended(words, names), names)
    who = read_who(words, message.children, message.asked, known_words(), _spoken_of(message))
    if not message.known:  # of whom something is held, the talk may be
        by_only_pronoun(words.texts, message.children, message.asked, who)
    asked = message.asked
    one = asked is not None and asked.kind in ("absence", "reason", "return") and len(asked.about) == 1
    refine(words, message.children, who, asked.about[0] if asked is not None and one else None)
    return People(words, who, language, foreign)


def _with_owners(words: Words, names: frozenset[str]) -> Words:
    """ "Leos sister" with the sign that its writer left out: nobody but Leo has her."""
    out: list[Word] = []
    for word, behind in itertools.zip_longest(words.words, words.words[1:]):
        owner = word.text[:-1]
        owns = behind is not None and behind.text in _KIN and word.text.endswith("s") and word.text not in names
        if owns and owner in names:
            out += [replace(word, text=owner), replace(word, text="'s")]
        else:
            out.append(word)
    return words if len(out) == len(words.words) else of_words(out, words.original, words.cut)


def _spoken_of(message: Message) -> str:
    """The one child of whom we hold a report of today or later: the talk was of nobody else."""
    today = local(message.sent_at).date()
    held = {
        child
        for report in message.known
        if report.first_day is not None and report.first_day >= today
        for child in report.children
    }
    return held.pop() if len(held) == 1 else ""


def mentioned(message: Message) -> frozenset[str]:
    """The ids of the children whom the words mention, by name or without one ("both", "my son", "her brother")."""
    return frozenset(ids_of(read_people(message).who.named))


def _names(message: Message) -> frozenset[str]:
    return frozenset(
        part
        for child in message.children
        for name in (child.given, child.family, *child.known_as)
        for part in plain(name).replace("-", " ").replace("'", "").split()
    )
