"""What the judgements of a whole message look at: its words, and what every layer before saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time

from attendance.calendar import SchoolCalendar, local
from bot.understanding.children.named import ids_of
from bot.understanding.dates.clock import Moment
from bot.understanding.days.session import PartOfDay, part_of_day
from bot.understanding.evidence import Reading
from bot.understanding.learned.tokens import neighbourhood, said
from bot.understanding.reasons.why import Why
from bot.understanding.values import Message
from bot.understanding.words.phrases import Hit

_NOON, _AFTER_SCHOOL = time(12), time(15, 30)


def of_message(seen: Reading, tokens: Sequence[str], calendar: SchoolCalendar) -> set[str]:
    """Everything that speaks for what kind of message it is, for its flags, its reason and its part of the day."""
    words = [token for token in tokens if token]
    asked = seen.message.asked.kind if seen.message.asked is not None else "nothing"
    out = set(said(words))
    if seen.message.asked is not None:
        out.update(f"w {token} @{asked}" for token in words)
        out.update(f"c {neighbourhood(token)[0]} @{asked}" for token in words)
    out.update(_heard(seen.hits, asked))
    out.update(_reasons(seen.why, asked))
    out.update(_of_context(seen, asked, calendar))
    out.update(_when(seen, asked, calendar))
    return out


def of_part(seen: Reading, tokens: Sequence[str], why: Why, hits: Sequence[Hit], calendar: SchoolCalendar) -> set[str]:
    """The same of the part of a message that is about some of the children; `tokens` and `hits` are that part's."""
    asked = seen.message.asked.kind if seen.message.asked is not None else "nothing"
    out = set(said([token for token in tokens if token]))
    out.update(_heard(hits, asked))
    out.update(_reasons(why, asked))
    out.update(_of_context(seen, asked, calendar))
    out.update(_when(seen, asked, calendar))
    return out


def _heard(hits: Sequence[Hit], asked: str) -> Iterator[str]:
    for hit in hits:
        yield f"hit {hit.tag}"
        if hit.tag.startswith("kind:"):
            yield f"hit {hit.tag} / {hit.phrase}"
            yield f"hit {hit.tag} @{asked}"


def _reasons(why: Why, asked: str) -> Iterator[str]:
    if why.code is None:
        yield "why nothing"
        yield f"why nothing @{asked}"
        return
    yield f"why {why.code}"
    yield f"why {why.code} {int(why.certainty * 5)}"
    yield f"why {why.code} @{asked}"
    for code, score in why.scores.items():
        yield f"why {code} weighs {min(4, int(score))}"


def _of_context(seen: Reading, asked: str, calendar: SchoolCalendar) -> Iterator[str]:
    message = seen.message
    yield "always"
    yield f"asked {asked}"
    draft = message.asked.draft if message.asked is not None else None
    if draft is not None:
        yield f"draft {draft.code}"
        yield f"draft {draft.code} why {seen.why.code}"
        yield f"draft {draft.session}"
    codes = {report.code for report in message.known}
    yield f"known {' '.join(sorted(code or '-' for code in codes))}" if codes else "known nothing"
    if seen.danger.safeguarding:
        yield "danger"
    if seen.danger.now:
        yield "danger now"
    named = set(ids_of(seen.who.named))
    children = min(3, len(message.children))
    yield f"children {children}"
    yield f"named {min(3, len(named))} of {children}"
    yield f"strangers {min(2, len(seen.who.strangers))}"
    yield f"language {bool(seen.language)}"
    size = min(6, len(seen.words.texts).bit_length())
    yield f"length {size}"
    yield f"length {size} @{asked}"
    asks = "?" in seen.words.texts
    yield f"asks {asks}"
    yield f"asks {asks} @{asked}"
    yield f"sent {sent_when(message, calendar)}"


def sent_when(message: Message, calendar: SchoolCalendar) -> str:
    """Which part of a school's day a message was sent in."""
    now = local(message.sent_at)
    if not calendar.is_school_day(now.date()):
        return "on a closed day"
    if now.time() < calendar.am.closes:
        return "before the register closed"
    return "during school" if now.time() < _AFTER_SCHOOL else "after school"


def _when(seen: Reading, asked: str, calendar: SchoolCalendar) -> Iterator[str]:
    today = local(seen.message.sent_at).date()
    if not seen.days.roles:
        yield "day none"
    for mention, role in seen.days.roles:
        if mention.first is None:
            when = "none"
        else:
            when = "past" if mention.first < today else "today" if mention.first == today else "ahead"
        yield from (f"day {role}", f"day {role} {when}", f"day {role} {mention.form}", f"day {role} @{asked}")
    parts = []
    for moment, role in seen.times.roles:
        part = part_of(moment, calendar)
        parts.append(f"{role} {part}")
        yield from (f"time {role}", f"time {role} @{asked}", f"time {role} {part}", f"time {role} {seen.why.code}")
    yield f"times {' '.join(parts)}"
    yield from of_half(ruled_part(seen, calendar))


def ruled_part(seen: Reading, calendar: SchoolCalendar) -> PartOfDay:
    """What the rules for part-days make of the times, the words for parts of the day, and the reason."""
    whole = [(0, len(seen.words.texts))]
    first = seen.days.first or local(seen.message.sent_at).date()
    return part_of_day(seen, seen.why.code or "N", seen.times, seen.days, list(seen.hits), whole, first, calendar)


def of_half(ruled: PartOfDay) -> tuple[str, str]:
    """The same as things that speak."""
    back = "same day" if ruled.returns_same_day else "next day" if ruled.next_day else "open"
    return f"half ruled {ruled.session}", f"half ruled {ruled.session} {back}"


def part_of(moment: Moment, calendar: SchoolCalendar) -> str:
    """Which part of the school day a time that was found lies in."""
    return part_of_time(moment.at, calendar)


def part_of_time(at: time, calendar: SchoolCalendar) -> str:
    """Which part of the school day a time lies in."""
    if at <= calendar.am.closes:
        return "register"
    if at < _NOON:
        return "morning"
    if at < calendar.pm.opens:
        return "midday"
    return "afternoon" if at < _AFTER_SCHOOL else "evening"
