"""Plots as SVG, drawn by the server: bars over days. Colours come from the style sheet; each has its numbers as text.

A plot is a picture with a name and a sentence for those who do not see it; the page puts a table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil

WIDTH, HEIGHT = 640, 200
LEFT, RIGHT, TOP, BOTTOM = 40, 6, 24, 26
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
MOST_LABELS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a short label below it, a value (None: nothing is known), and whether it stands out."""

    label: str
    value: float | None
    marked: bool = False


def bars(name: str, title: str, text: str, values: Sequence[Bar], unit: str = "") -> str:
    """A plot of bars, as HTML that is safe: every piece is a number or escaped.

    `name` is unique on the page; `title` and `text` are read out instead of the picture.
    """
    top = max((one.value for one in values if one.value is not None), default=0)
    step = next((step for step in STEPS if top / step <= 4), STEPS[-1])
    highest = max(step, ceil(top / step) * step)
    room = (WIDTH - LEFT - RIGHT) / max(len(values), 1)
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{name}-t {name}-d">',
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(text)}</desc>',
    ]
    for level in range(0, highest + 1, step):
        y = _y(level, highest)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        said = f"{level} {unit}" if level == highest and unit else str(level)
        anchor = f'x="{LEFT - 6}" text-anchor="end"' if said == str(level) else 'x="0" text-anchor="start"'
        parts.append(f'<text {anchor} y="{y + 4:.1f}">{escape(said)}</text>')
    every = max(1, ceil(len(values) / MOST_LABELS))
    for place, one in enumerate(values):
        parts.append(_bar(place, one, room, highest, labelled=place % every == 0 or len(values) <= MOST_LABELS))
    return "".join(parts) + "</svg>"


def _bar(place: int, one: Bar, room: float, highest: int, labelled: bool) -> str:
    middle, wide = LEFT + room * (place + 0.5), min(room * 0.7, 48)
    drawn = ""
    if one.value is not None:
        y = _y(one.value, highest)
        kind = "bar marked" if one.marked else "bar"
        tall = max(HEIGHT - BOTTOM - y, 0.6)
        drawn = f'<rect class="{kind}" x="{middle - wide / 2:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>'
        if room >= 30 and one.value:
            drawn += f'<text class="value" x="{middle:.1f}" y="{y - 3:.1f}" text-anchor="middle">{one.value:.0f}</text>'
    if labelled:
        drawn += f'<text x="{middle:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{escape(one.label)}</text>'
    return drawn


def _y(value: float, highest: int) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / highest)
