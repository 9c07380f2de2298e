"""The reader's data files: word lists that people may extend without touching code."""

from __future__ import annotations

import csv
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

_PLACE = "bot.understanding.lexicon"


@lru_cache(maxsize=64)
def table(name: str) -> dict[str, Any]:
    """One TOML file of the lexicon folder."""
    return tomllib.loads(resources.files(_PLACE).joinpath(name).read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """One CSV file of the lexicon folder, as rows by column name; lines that begin with # are remarks."""
    text = resources.files(_PLACE).joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#")))


def text_of(name: str) -> str:
    """One file of the lexicon folder, as it stands."""
    return resources.files(_PLACE).joinpath(name).read_text(encoding="utf-8")
