"""A message as the network reads it: what we asked and hold, then its words, with names, days and times marked.

`[CLS] asked return [before] [C0] boy youngest [asked] [held] [C1] girl oldest [held] i [SEP] [C0] is still poorly
[D0] [tomorrow] back tomorrow [SEP]`

No name of a child is among the pieces: `[C0]` is the first child of the list, whatever it is called. What a pronoun
or "my youngest" may mean is: whether its name is a boy's or a girl's, and its place among the brothers and sisters.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.calendar import SchoolCalendar, local
from bot.understanding.children.names import behind_family_name, sex
from bot.understanding.dates import Mention
from bot.understanding.days.school_days import after
from bot.understanding.evidence import Reading
from bot.understanding.learned.features import part_of, sent_when
from bot.understanding.learned.tokens import place_of
from bot.understanding.network.opinion import Span
from bot.understanding.network.pieces import mark, pieces
from bot.understanding.values import Child, Message

#: Pieces of the longest text that is read, days and times that are marked, children that are listed.
LONGEST, MARKED, LISTED = 128, 6, 5
_RESERVE = 8
#: The marks for when a message was sent.
_SENT = {
    "on a closed day": "closed", "before the register closed": "before", "during school": "during",
    "after school": "afterschool",
}  # fmt: skip
_SEX = {"m": "boy", "f": "girl"}


@dataclass(frozen=True, slots=True)
class Encoded:
    """The numbers of the pieces, and where in them each day and time (by its span in the line) has its mark.

    A child has one in the list before the text, which comes first, and one wherever the text names it.
    """

    pieces: tuple[int, ...]
    days: dict[Span, int]
    times: dict[Span, int]
    children: dict[str, list[int]]


def encode(seen: Reading, calendar: SchoolCalendar, inside: Collection[int] | None = None) -> Encoded:
    """Encode one message, or only its words with the numbers `inside`."""
    out, children = _context(seen.message, calendar)
    days: dict[Span, int] = {}
    times: dict[Span, int] = {}
    marks = _marks(seen, calendar)
    listed = {child: out[places[0]] for child, places in children.items()}
    hidden = _hidden(seen)
    for number, text in enumerate(seen.words.texts):
        if inside is not None and number not in inside:
            continue
        if len(out) > LONGEST - _RESERVE:
            out.append(mark("cut"))
            break
        for before in marks.get(number, ()):
            if before.times is not None:
                (times if before.times else days)[before.span] = len(out)
            for child in before.children:
                children[child].append(len(out))
                out.append(listed[child])
            out += before.marks
        if number not in hidden:
            out += pieces(text)
    out = [*out[: LONGEST - 1], mark("SEP")]
    kept = LONGEST - 1
    return Encoded(
        tuple(out),
        {span: place for span, place in days.items() if place < kept},
        {span: place for span, place in times.items() if place < kept},
        {child: [place for place in places if place < kept] for child, places in children.items()},
    )


def _context(message: Message, calendar: SchoolCalendar) -> tuple[list[int], dict[str, list[int]]]:
    """What is known before the first word, and where each child stands in it."""
    asked = message.asked
    draft = asked.draft if asked is not None else None
    out = [mark("CLS"), *pieces("asked"), *pieces(asked.kind if asked is not None else "nothing")]
    out.append(mark(_SENT[sent_when(message, calendar)]))
    children: dict[str, list[int]] = {}
    for number, child in enumerate(message.children[:LISTED]):
        children[child.id] = [len(out)]
        out.append(mark(f"C{number}"))
        for word in _described(child, message.children):
            out += pieces(word)
        if asked is not None and child.id in asked.about:
            out.append(mark("asked"))
        if draft is not None and child.id in draft.children:
            out.append(mark("held"))
        if any(child.id in report.children for report in message.known):
            out.append(mark("known"))
    if draft is not None:
        out += [mark("held"), *pieces(str(draft.code).lower())]
    for report in message.known[:2]:
        out += [mark("known"), *pieces(str(report.code).lower())]
    return [*out, mark("SEP")], children


def _described(child: Child, listed: Sequence[Child]) -> list[str]:
    """What is told of a child instead of its name; an only child has nobody to be told apart from by a rarer name."""
    own = sex(child) if len(listed) > 1 else sex(child, rarer=False)
    out = [_SEX[own]] if own else []
    years = [other.year for other in listed]
    if len(years) > 1:
        same = years.count(child.year) > 1
        first, last = child.year == min(years), child.year == max(years)
        out.append("twin" if same else "youngest" if first else "oldest" if last else "middle")
    return out


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands before a word: marks of a day, a time, a stranger, or of the listed children that it names."""

    marks: tuple[int, ...]
    span: Span = (0, 0)
    times: bool | None = None
    children: tuple[str, ...] = ()


def _marks(seen: Reading, calendar: SchoolCalendar) -> dict[int, list[_Before]]:
    out: dict[int, list[_Before]] = {}
    today = local(seen.message.sent_at).date()
    tomorrow = after(today, calendar)
    for number, (mention, _) in enumerate(seen.days.roles[:MARKED]):
        span = (mention.start, mention.end)
        marks = (mark(f"D{number}"), mark(_when(mention, today, tomorrow)))
        out.setdefault(place_of(seen, *span)[0], []).append(_Before(marks, span, times=False))
    for number, (moment, _) in enumerate(seen.times.roles[:MARKED]):
        span = (moment.start, moment.end)
        marks = (mark(f"T{number}"), mark(part_of(moment, calendar)))
        out.setdefault(place_of(seen, *span)[0], []).append(_Before(marks, span, times=True))
    listed = {child.id for child in seen.message.children[:LISTED]}
    for named in seen.who.named:
        children = tuple(child for child in named.children if child in listed)
        out.setdefault(named.first, []).append(_Before(() if children else (mark("C"),), children=children))
    for number, _ in seen.who.strangers:
        out.setdefault(number, []).append(_Before((mark("stranger"),)))
    return out


def _hidden(seen: Reading) -> set[int]:
    """The words that are names: the mark stands for them."""
    out = {number for number, _ in seen.who.strangers}
    for named in seen.who.named:
        if "name" in named.how or named.how == "initial":
            until = behind_family_name(named, seen.message.children, seen.words.texts)
            out.update(range(named.first, until))
    return out


def _when(mention: Mention, today: date, tomorrow: date | None) -> str:
    if mention.first is None or mention.last is None:
        return "length" if mention.form == "length" else "none"
    if mention.last < today:
        return "past"
    if mention.first <= today:
        return "today"
    if tomorrow is not None and mention.first <= tomorrow:
        return "tomorrow"
    return "week" if (mention.first - today).days < 8 else "later"
