"""The names of the listed children: how they may be written, and which names are a boy's or a girl's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.understanding.children.named import Named
from bot.understanding.data import rows, table, text_of
from bot.understanding.values import Child
from bot.understanding.words.normalise import plain


@lru_cache(maxsize=1)
def word_names() -> tuple[frozenset[str], frozenset[str]]:
    data = table("wordnames.toml")
    return frozenset(data["dated"]), frozenset(data["everyday"])


@lru_cache(maxsize=1)
def sexes() -> dict[str, str]:
    """Given name -> m or f, of the names by which an unlisted child is known too (`strangers`)."""
    return {row["name"]: row["sex"] for row in rows("names.csv")}


@lru_cache(maxsize=1)
def _girls_and_boys() -> dict[str, str]:
    """Given name -> m or f, of many more names, some of which are also words: only to be asked of listed children."""
    _, *lines = (line for line in text_of("girls-and-boys.csv").splitlines() if not line.startswith("#"))
    return dict(line.split(",") for line in lines)


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, tuple[str, ...]]:
    short: dict[str, tuple[str, ...]] = {}
    for row in rows("nicknames.csv"):
        short[row["name"]] = (*short.get(row["name"], ()), *row["short"].split("|"))
    return short


@lru_cache(maxsize=1)
def _full_forms() -> dict[str, tuple[str, ...]]:
    full: dict[str, tuple[str, ...]] = {}
    for name, shorts in _short_forms().items():
        for short in shorts:
            full[short] = (*full.get(short, ()), name)
    return full


@lru_cache(maxsize=512)
def forms_of(child: Child) -> dict[tuple[str, ...], float]:
    """The ways to write a child's name, as words, with how surely each means this child."""
    forms: dict[tuple[str, ...], float] = {}

    def add(text: str, sure: float) -> None:
        words = tuple(re.findall(r"[^\W\d_]+", plain(text).replace("'", "")))
        if words and len("".join(words)) > 1:
            forms[words] = max(sure, forms.get(words, 0.0))
            if len(words) > 1:
                joined = ("".join(words),)
                forms[joined] = max(sure, forms.get(joined, 0.0))
                forms[words[:1]] = max(sure - 0.08, forms.get(words[:1], 0.0))
                if len(words[-1]) > 2:
                    forms[words[-1:]] = max(sure - 0.12, forms.get(words[-1:], 0.0))

    for name in (child.given, *child.known_as):
        add(name, 0.99)
    for name in (child.given, *child.known_as):
        for base in {plain(name), *plain(name).replace("-", " ").split()}:
            for short in (*_short_forms().get(base, ()), *_full_forms().get(base, ())):
                if (short,) not in forms:
                    forms[(short,)] = 0.9
    return forms


def sex(child: Child, rarer: bool = True) -> str:
    """m, f or "" when the name does not say; `rarer`: also by the names of girls-and-boys.csv."""
    names = [plain(name) for name in (child.given, *child.known_as)]
    parts = [part for name in names for part in (name, *name.replace("-", " ").split())]
    lists = (sexes(), _girls_and_boys()) if rarer else (sexes(),)
    return next((known[part] for part in parts for known in lists if part in known), "")


def behind_family_name(named: Named, children: Sequence[Child], texts: Sequence[str]) -> int:
    """The number of the word behind "Kofi Mensah": how a family is called says nothing of why a child is away."""
    number = named.until
    if "name" not in named.how:
        return number
    families = {plain(child.family) for child in children if child.id in named.children}
    joined = {family.replace("'", "") for family in families}
    parts = {part for family in families | joined for part in (*family.split(), *re.findall(r"[^\W\d_]+", family))}
    end = number
    while number < len(texts) and (texts[number] in parts or (texts[number] == "-" and end > named.until)):
        number += 1
        end = number if texts[number - 1] in parts else end
    return end
