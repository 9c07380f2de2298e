"""Left at home: a child who is well and stays away because nobody can bring it while its brother or sister is ill.

"Luca's being sick and I've no one to bring Rosa": of Luca an illness is told, and of Rosa none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.children.names import sex
from bot.understanding.judging import Told
from bot.understanding.values import Report
from bot.understanding.words.phrases import Hit

#: Who cannot be got out of bed, or up, is no child that nobody can bring.
_OUT = frozenset("out up dressed off ready moving washed seen better settled".split())


def left_at_home(told: Told, reports: Sequence[Report]) -> list[Report] | None:
    """The reports with the child that nobody can bring in one of its own; None where there is none."""
    hits = told.seen.signals.by.get("not_brought", ())
    if not hits or len(told.seen.message.children) < 2:
        return None
    ill = _told_ill(told)
    for hit in hits:
        child = _not_brought(told, hit, ill)
        beside = next((one for one in reports if one.code in ("I", "M") and ill & set(one.children) - {child}), None)
        if child is None or child in ill or beside is None:
            continue
        if any(child in one.children and one.code not in ("I", "M", "N", "O") for one in reports):
            continue
        rest = [replace(one, children=tuple(c for c in one.children if c != child)) for one in reports]
        return [*(one for one in rest if one.children), replace(beside, children=(child,), code="O")]
    return None


def _told_ill(told: Told) -> set[str]:
    """The children in whose clauses an illness or an appointment stands."""
    places = [
        hit.first
        for hit in told.seen.hits
        if hit.tag.startswith(("why:I:", "why:M:")) and hit.tag.endswith((":strong", ":usual"))
    ]
    return {
        child
        for clause in told.clauses
        if any(clause.first <= place < clause.until for place in places)
        for child in clause.children
        if len(clause.children) == 1
    }


def _not_brought(told: Told, hit: Hit, ill: set[str]) -> str | None:
    """The child that is not brought: by its name, as the one we asked about, or as the only one who is not ill."""
    seen, at = told.seen, hit.until - 1
    if not _OUT.isdisjoint(seen.words.texts[hit.until : hit.until + 1]):
        return None
    for named in seen.who.named:
        if named.first <= at < named.until:
            return named.children[0] if len(named.children) == 1 else None
    well = {child for clause in told.clauses if clause.well for child in clause.children}
    other = {"him": "f", "her": "m"}.get(seen.words.texts[at], "")
    left = [c.id for c in seen.message.children if c.id not in ill | well and (not other or sex(c) != other)]
    asked = seen.message.asked
    about = [child for child in left if asked is not None and child in asked.about]
    return about[0] if len(about) == 1 else left[0] if len(left) == 1 else None
