"""Unease: ordinary words that, several fields of them together, are what only a worried person writes.

The fields, what each weighs and where the sum is too much stand in lexicon/unease.toml; the weights were found by
benchmarks/weigh_unease.py. It is the last net under the named dangers of danger.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.data import table
from bot.understanding.words.phrases import Hit


def raised_by(hits: Sequence[Hit]) -> dict[str, Hit]:
    """The first place of each field and context among all hits; near misses of named dangers are a field too."""
    out: dict[str, Hit] = {}
    for hit in hits:
        if hit.tag.startswith("field:"):
            out.setdefault(hit.tag[6:], hit)
        elif hit.tag.startswith("context:"):
            out.setdefault(hit.tag, hit)
        elif hit.tag.endswith(":near"):
            out.setdefault("calm_near", hit)
    return out


def uneasy(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits that together are too much, as danger hits; empty when they are not."""
    found = raised_by(hits)
    data = table("unease.toml")
    weights: dict[str, float] = data["weights"]
    raising = [
        hit for name, hit in found.items() if weights.get(name, 0.0) >= data["least"] and name != "context:haste"
    ]
    apart = {number for hit in raising for number in (hit.first, hit.until - 1)}
    if len(raising) < data["fewest"] or len(apart) < data["fewest"] or not found.keys().isdisjoint(data["silenced_by"]):
        return ()
    total = data["bias"] + sum(weights.get(name, 0.0) for name in found)
    if total < data["threshold"]:
        return ()
    return tuple(Hit("danger:unease:terms", hit.first, hit.until, hit.tag[6:]) for hit in raising)
