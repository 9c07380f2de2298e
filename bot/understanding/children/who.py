"""Who: which of the sender's children the words are about, and which other people are in them.

A named child who is not on the list is never taken for the one who is.
"""

from __future__ import annotations

from dataclasses import replace

from bot.understanding.children.by_class import by_initial_or_class
from bot.understanding.children.called import initials, lettered, misspelt, name_at
from bot.understanding.children.described import by_pronoun, described
from bot.understanding.children.named import Who
from bot.understanding.children.names import forms_of, word_names
from bot.understanding.children.scripts import written_in_arabic, written_in_cyrillic
from bot.understanding.children.strangers import strangers
from bot.understanding.dates.forms import MONTHS
from bot.understanding.values import Asked, Child
from bot.understanding.words.normalise import Words


def read_who(
    words: Words, children: tuple[Child, ...], asked: Asked | None, known_words: frozenset[str], spoken_of: str = ""
) -> Who:
    """Every mention of a listed child, in order, and the names of strangers in a child's place.

    `spoken_of`: whose brother "and his brother" is, where no other words say so.
    """
    seen = Who()
    texts = words.texts
    forms: dict[str, list[tuple[tuple[str, ...], float, str]]] = {}
    for child in children:
        for form, sure in forms_of(child).items():
            forms.setdefault(form[0], []).append((form, sure, child.id))
    at = 0
    while at < len(texts):
        hit = name_at(words, texts, at, forms, asked is not None and asked.kind == "child" and len(texts) < 12)
        if hit is not None:
            seen.named.append(hit)
            at = hit.until
        else:
            at += 1
    written_in_cyrillic(texts, children, seen)
    written_in_arabic(texts, children, seen)
    _told_apart(seen)
    lettered(words, children, seen)
    misspelt(words, texts, children, seen, known_words)
    if asked is not None and asked.kind == "child":
        initials(texts, children, seen)
    by_initial_or_class(texts, children, seen)
    described(words, texts, children, asked, seen, spoken_of)
    by_pronoun(texts, children, seen)
    seen.named.sort(key=lambda named: named.first)
    strangers(words, texts, children, seen, known_words)
    seen.line = _blotted(words, seen)
    return seen


def _told_apart(seen: Who) -> None:
    """ "Freddie and Winnie": a short form of two names means the one who is not named beside it."""
    sure = {named.children[0] for named in seen.named if len(named.children) == 1}
    for number, named in enumerate(seen.named):
        left = tuple(child for child in named.children if child not in sure)
        if len(named.children) > 1 and len(left) == 1:
            seen.named[number] = replace(named, children=left, certainty=0.75)


def _blotted(words: Words, seen: Who) -> str:
    dated, _ = word_names()
    line = words.line
    for named in seen.named:
        for number in range(named.first, named.until):
            text = words.words[number].text
            if text in MONTHS and number and words.words[number - 1].text.removesuffix("th").isdecimal():
                continue  # "from 14 April": the month, though a child of that name is on the list
            if text in dated or text.rstrip("s") in dated or text in ("mar", "sat", "sun"):
                offset = words.offsets[number]
                line = line[:offset] + "_" * len(text) + line[offset + len(text) :]
    return line
