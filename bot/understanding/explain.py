"""The trace: what each layer saw, where in the parent's own text, and how sure; for staff and for `--explain`."""

from __future__ import annotations

from bot.understanding.evidence import Reading
from bot.understanding.values import Seen


def trace_of(seen: Reading, intent: str, sure: float) -> tuple[Seen, ...]:
    """One entry for everything that counted, layer by layer."""
    words = seen.words
    whole = (0, len(words.original))
    out: list[Seen] = [Seen("language", whole, seen.language, 0.8)] if seen.language else []
    out += [
        Seen("who", words.span(n.first, n.until), f"{', '.join(n.children)} ({n.how})", n.certainty)
        for n in seen.who.named
    ]
    out += [
        Seen("who", words.span(number, number + 1), "a name that is not on this contact's list", 0.7)
        for number, _ in seen.who.strangers
    ]
    out += _when(seen)
    out += [Seen("why", words.span(h.first, h.until), h.tag.split(":")[1], seen.why.certainty) for h in seen.why.hits]
    for hit in seen.danger.hits:
        _, kind, part = hit.tag.split(":")
        out.append(Seen("danger", words.span(hit.first, hit.until), kind + (" now" if part == "now" else ""), 0.9))
    for name, hits in seen.signals.by.items():
        out += [Seen("kind", words.span(hit.first, hit.until), name, 0.5) for hit in hits[:3]]
    out.append(Seen("kind", whole, intent, sure))
    return tuple(out)


def _when(seen: Reading) -> list[Seen]:
    words = seen.words
    out = []
    for mention, role in seen.days.roles:
        span = words.span(words.word_at(mention.start), words.word_at(max(mention.start, mention.end - 1)) + 1)
        if mention.first is None:
            what = f"{mention.days} {mention.unit}"
        else:
            what = f"{mention.first}" if mention.single else f"{mention.first} to {mention.last}"
        out.append(Seen("when", span, f"{role}: {what}", mention.sure))
    for moment, role in seen.times.roles:
        span = words.span(words.word_at(moment.start), words.word_at(max(moment.start, moment.end - 1)) + 1)
        out.append(Seen("when", span, f"{role}: {moment.at:%H:%M}", 0.85))
    return out
