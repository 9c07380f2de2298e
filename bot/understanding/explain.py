"""The trace: what each layer saw, where in the parent's own text, and how sure; for staff and for `--explain`."""

from __future__ import annotations

from bot.understanding.kind import Reading
from bot.understanding.values import Seen


def trace_of(seen: Reading, intent: str, sure: float) -> tuple[Seen, ...]:
    """One entry for everything that counted, layer by layer."""
    words = seen.words
    out: list[Seen] = []
    if seen.language:
        out.append(Seen("language", (0, len(words.original)), seen.language, 0.8))
    for named in seen.who.named:
        out.append(Seen("who", words.span(named.first, named.until), f"{', '.join(named.children)} ({named.how})", named.certainty))
    for number, name in seen.who.strangers:
        out.append(Seen("who", words.span(number, number + 1), "a name that is not on this contact's list", 0.7))
    for mention, role in seen.days.roles:
        first, until = words.word_at(mention.start), words.word_at(max(mention.start, mention.end - 1)) + 1
        what = f"{mention.days} {mention.unit}" if mention.first is None else f"{mention.first}" if mention.single else f"{mention.first} to {mention.last}"
        out.append(Seen("when", words.span(first, until), f"{role}: {what}", mention.sure))
    for moment, role in seen.times.roles:
        first, until = words.word_at(moment.start), words.word_at(max(moment.start, moment.end - 1)) + 1
        out.append(Seen("when", words.span(first, until), f"{role}: {moment.at:%H:%M}", 0.85))
    for hit in seen.why.hits:
        out.append(Seen("why", words.span(hit.first, hit.until), hit.tag.split(":")[1], seen.why.certainty))
    for hit in seen.danger.hits:
        _, kind, part = hit.tag.split(":")
        out.append(Seen("danger", words.span(hit.first, hit.until), kind + (" now" if part == "now" else ""), 0.9))
    for name, hits in seen.signals.by.items():
        for hit in hits[:3]:
            out.append(Seen("kind", words.span(hit.first, hit.until), name, 0.5))
    out.append(Seen("kind", (0, len(words.original)), intent, sure))
    return tuple(out)
