"""Whoever writes the same words over and over keeps nobody waiting: no pattern goes through all ways to divide them."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import bot

OFTEN, SECONDS = range(4, 24, 2), 0.3
_WORDS = re.compile(r"[a-z]{2,}(?: [a-z]+)?")


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns of the bot's modules in which something that repeats is repeated."""
    for found in pkgutil.walk_packages(bot.__path__, "bot."):
        for name, value in vars(importlib.import_module(found.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str) and re.search(r"\)[*+]", value.pattern):
                yield f"{found.name}.{name}", value


def _is_slow(pattern: re.Pattern[str], word: str, end: str) -> bool:
    for often in OFTEN:  # by degrees: what doubles with each word is found before it takes for ever
        began = time.process_time()
        pattern.fullmatch(f"{word} " * often + end)
        if time.process_time() - began > SECONDS:
            return True
    return False


def test_no_pattern_tries_every_way_to_divide_repeated_words() -> None:
    slow = {
        name
        for name, pattern in _patterns()
        if any(_is_slow(pattern, word, end) for word in set(_WORDS.findall(pattern.pattern)) for end in ("", ". No"))
    }
    assert slow == set()
