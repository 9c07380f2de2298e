"""Groups: which children a message reports on, and which parts of the text are about which of them."""

from __future__ import annotations

from bot.understanding.clauses import Clause
from bot.understanding.evidence import Reading
from bot.understanding.who import Named, ids_of


def children_meant(seen: Reading, clauses: list[Clause]) -> tuple[tuple[str, ...], float]:
    """The children a message is about when they need not be told apart."""
    message = seen.message
    listed = tuple(child.id for child in message.children)
    clear = [named for named in seen.who.named if named.certainty >= 0.5 and not _dismissed(seen, named)]
    away = {child for clause in clauses if clause.well for child in clause.children} - {
        child for clause in clauses if not clause.well for child in clause.children
    }
    ids = tuple(child for child in ids_of(clear) if child not in away)
    asked = message.asked
    if ids:
        return ids, min(named.certainty for named in clear)
    doubtful = [named for named in seen.who.named if named.certainty < 0.5]
    if seen.who.strangers and not clear and not doubtful:
        return (), 0.3
    if doubtful:
        return (), 0.3
    if asked is not None and asked.about:
        return tuple(child for child in asked.about if child not in away) or asked.about, 0.95
    if len(listed) == 1:
        return listed, 0.95
    left = tuple(child for child in listed if child not in away)
    if away and len(left) == 1:
        return left, 0.85
    if len(message.known) == 1 and message.known[0].children and asked is None:
        return message.known[0].children, 0.65
    if not any(word in ("he", "she", "him", "her", "his") for word in seen.words.texts) and any(
        word in ("they", "them", "both", "children", "their", "we", "us") for word in seen.words.texts
    ):
        return listed, 0.65
    if seen.language:
        return (), 0.4
    return (), 0.4


def _dismissed(seen: Reading, named: Named) -> bool:
    """ "not Omar, his sister": a child named only to be put aside."""
    texts = seen.words.texts
    before = texts[named.first - 1] if named.first else ""
    if before == "not" and not (named.until < len(texts) and texts[named.until] in ("is", "has", "well", "in", "will")):
        return True
    after = texts[named.until] if named.until < len(texts) else ""
    return before == "instead" or (
        after == "'s" and named.until + 1 < len(texts) and texts[named.until + 1] in ("brother", "sister", "twin")
    )


def read_groups(seen: Reading, clauses: list[Clause]) -> list[tuple[tuple[str, ...], list[tuple[int, int]], float]]:
    """Children with the parts of the text that are about them; parts about nobody in particular go to all."""
    children, sure = children_meant(seen, clauses)
    if len(seen.message.children) < 2 or len(children) < 2:
        mine = [(c.first, c.until) for c in clauses if not c.children or set(c.children) & set(children) or not c.well]
        mine = (
            [(c.first, c.until) for c in clauses if not (c.well and c.children and not set(c.children) & set(children))]
            if mine
            else mine
        )
        return [(children, mine or [(0, len(seen.words.texts))], sure)]
    parts: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    shared: list[tuple[int, int]] = []
    last: tuple[str, ...] = ()
    for clause in clauses:
        ids = tuple(child for child in children if child in clause.children)
        if clause.well and ids:
            last = ()
            continue
        if not ids:
            if last and any(
                t in ("he", "she", "his", "her", "him") for t in seen.words.texts[clause.first : clause.until]
            ):
                parts[last].append((clause.first, clause.until))
            else:
                shared.append((clause.first, clause.until))
            continue
        parts.setdefault(ids, []).append((clause.first, clause.until))
        last = ids
    merged = _merge_overlapping(parts)
    if not merged:
        return [(children, shared, sure)]
    return [(ids, sorted(own + shared), sure) for ids, own in merged.items()]


def with_evidence(
    seen: Reading, groups: list[tuple[tuple[str, ...], list[tuple[int, int]], float]], clauses: list[Clause]
) -> list[tuple[tuple[str, ...], list[tuple[int, int]], float]]:
    """Without the children that are only mentioned, when others are plainly away: no word of absence is about them."""
    if len(groups) < 2:
        return groups

    def told(ids: tuple[str, ...]) -> bool:
        own = [clause for clause in clauses if set(clause.children) & set(ids)]
        return any(
            hit.tag in ("kind:absent", "kind:late") or (hit.tag.startswith("why:") and not hit.tag.endswith("weak"))
            for hit in seen.hits
            if any(clause.first <= hit.first < clause.until for clause in own)
        )

    kept = [group for group in groups if told(group[0])]
    return kept or groups


def _merge_overlapping(
    parts: dict[tuple[str, ...], list[tuple[int, int]]],
) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """A group that holds another one ("both ... Mo") is told by the smaller ones where they cover it."""
    merged: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for ids, own in parts.items():
        inside = [other for other in parts if other != ids and set(other) < set(ids)]
        if inside:
            singles = {child for other in inside for child in other}
            for other in inside:
                merged.setdefault(other, list(parts[other])).extend(own)
            rest = tuple(child for child in ids if child not in singles)
            if rest:
                merged.setdefault(rest, []).extend(own)
        else:
            merged.setdefault(ids, []).extend(span for span in own if span not in merged.get(ids, []))
    return merged
