"""Danger: a detector of its own over the whole message, whatever else it says; tuned for recall.

Terms, urgent terms and near misses are in lexicon/danger.toml. A near miss takes away only terms that lie inside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.phrases import Hit


@dataclass(frozen=True, slots=True)
class Danger:
    """What was heard: `kinds` of danger, and whether a person must act before the next school morning."""

    safeguarding: bool
    now: bool
    hits: tuple[Hit, ...] = ()


def read_danger(hits: Sequence[Hit]) -> Danger:
    """Judge the danger phrases among all hits."""
    near = [hit for hit in hits if hit.tag.startswith("danger:") and hit.tag.endswith(":near")]
    told = []
    for hit in hits:
        if not hit.tag.startswith("danger:") or hit.tag.endswith(":near"):
            continue
        kind = hit.tag.split(":")[1]
        if any(
            (miss.first <= hit.first and hit.until <= miss.until)
            or (kind in miss.tag and miss.first < hit.until and hit.first < miss.until)
            for miss in near
        ):
            continue
        told.append(hit)
    return Danger(bool(told), any(hit.tag.endswith(":now") for hit in told), tuple(told))
