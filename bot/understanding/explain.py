"""The trace: what each layer saw, where in the parent's own text, how sure, and what a judgement was made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from attendance.calendar import SchoolCalendar
from bot.understanding.evidence import Reading
from bot.understanding.learned.messages import Judged
from bot.understanding.learned.tokens import aligned, neighbourhood
from bot.understanding.learned.weights import weights
from bot.understanding.network.grounds import grounds_of
from bot.understanding.values import Seen
from bot.understanding.where import SAID, where_each_is

#: How many of the things that spoke for a judgement are looked at, and how many places of the text are named for it.
_HEARD, _NAMED = 16, 3
#: Words of so few letters say nothing by themselves.
_LITTLE = 2
#: What is not in single words: the beginning of the thing's name, and what a person calls it.
_CONTEXT = (
    ("asked", "what we had asked"),
    ("draft", "what we had read back"),
    ("known", "what is recorded already"),
    ("strangers", "a name that is not on the list"),
    ("language", "its language"),
    ("asks", "asking something"),
    ("sent", "when it was sent"),
    ("day", "the days that are named"),
    ("time", "the times that are named"),
)
#: That something is not there speaks too, and explains nothing to a person.
_NOTHING = re.compile(r" (nothing|none|None|False|0)\b|times $")
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spoke:
    """A judgement, its probability (0 to 1), and what spoke for it with which weight, as `Weights.strongest` gives it.

    `layer` is what it is about: `kind`, `why` or `danger`. `words`: those, by number, that spoke for it in the network.
    """

    layer: str
    answer: str
    sure: float
    things: Sequence[tuple[str, float]]
    words: Sequence[tuple[int, float]] = ()


def what_spoke(
    judged: Judged, things: Collection[str], kind: str, reason: str | None = None, flags: Sequence[str] = (),
    seen: Reading | None = None, calendar: SchoolCalendar | None = None,
) -> tuple[Spoke, ...]:  # fmt: skip
    """What spoke for the kind, the reason and the raised flags (`urgent`, `safeguarding`) of one message.

    `things` are what `of_message` saw in it. With `seen` and `calendar` the network's grounds are found as well.
    """
    asked = [("kind", "kind", kind)]
    if reason is not None:
        asked.append(("why", "reason", reason))
    asked += [("danger", flag, flag) for flag in flags]
    words: Sequence[Sequence[tuple[int, float]]] = [()] * len(asked)
    if seen is not None and calendar is not None:
        words = grounds_of(seen, calendar, [(question, answer) for _, question, answer in asked])
    scale = weights("messages")
    out = []
    for (layer, question, answer), row in zip(asked, words, strict=True):
        column = answer if question in judged.yes else f"{question}={answer}"
        sure = judged.yes[answer] if question in judged.yes else judged.several[question].get(answer, 0.0)
        out.append(Spoke(layer, answer, sure, scale.strongest(things, column, _HEARD), row))
    return tuple(out)


def trace_of(
    seen: Reading, intent: str, sure: float, spoke: Sequence[Spoke] = (), rules: Sequence[str] = ()
) -> tuple[Seen, ...]:
    """One entry for everything that counted, layer by layer; `what_spoke` gives `spoke`.

    `rules`: the names of the rules of plain words that made it the kind that it is.
    """
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
    out += _where(seen)
    out += [Seen("why", words.span(h.first, h.until), h.tag.split(":")[1], seen.why.certainty) for h in seen.why.hits]
    for hit in seen.danger.hits:
        _, kind, part = hit.tag.split(":")
        out.append(Seen("danger", words.span(hit.first, hit.until), kind + (" now" if part == "now" else ""), 0.9))
    for name, hits in seen.signals.by.items():
        out += [Seen("kind", words.span(hit.first, hit.until), name, 0.5) for hit in hits[:3]]
    out += [Seen("kind", whole, f"by the rule: {rule}", sure) for rule in rules]
    out.append(Seen("kind", whole, intent, sure))
    if spoke:
        text = _Text.of(seen)
        out += [one for judgement in spoke for one in _grounds(judgement, text, seen)]
    return tuple(dict.fromkeys(out))  # two phrases of one list may stand on the same words


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


def _where(seen: Reading) -> list[Seen]:
    """Where each child is: of whom it is said, and how that is known."""
    out = []
    for one in where_each_is(seen):
        of = f"{', '.join(one.children)} " if one.children else ""
        out.append(
            Seen("where", seen.words.span(one.first, one.until), f"{of}{SAID[one.where]} ({one.known})", one.sure)
        )
    return out


def _grounds(spoke: Spoke, text: _Text, seen: Reading) -> Iterator[Seen]:
    """The strongest grounds of one judgement. The weights of all that stands at one place count together."""
    asked = seen.message.asked.kind if seen.message.asked is not None else "nothing"
    by: dict[_Place | str, float] = {}
    for thing, weight in spoke.things:
        grounds: Sequence[_Place | str] = text.places(thing.removesuffix(f" @{asked}"), seen) or _context(thing)
        for ground in grounds:
            by[ground] = by.get(ground, 0.0) + weight / len(grounds)
    for number, weight in spoke.words:
        by[number, number + 1] = by.get((number, number + 1), 0.0) + weight
    named: list[_Place] = []
    count = 0
    for ground, _ in sorted(by.items(), key=lambda row: -row[1]):
        if isinstance(ground, str):
            yield Seen(spoke.layer, (0, 0), f"{spoke.answer}, for {ground}", spoke.sure)
        elif any(ground[0] < until and first < ground[1] for first, until in named) or _says_little(ground, seen):
            continue
        else:
            named.append(ground)
            one = ground[1] - ground[0] == 1
            said = "this word" if one else "these words"
            yield Seen(spoke.layer, seen.words.span(*ground), f"{spoke.answer}, for {said}", spoke.sure)
        count += 1
        if count == _NAMED:
            return


def _says_little(ground: _Place, seen: Reading) -> bool:
    """ "Amina is": beside a name the shortest words explain nothing to a person."""
    names = {number for one in seen.who.named for number in range(one.first, one.until)}
    others = [seen.words.texts[number] for number in range(*ground) if number not in names]
    return bool(others) and all(len(text) <= _LITTLE for text in others)


def _context(thing: str) -> tuple[str, ...]:
    if _NOTHING.search(thing):
        return ()
    return tuple(said for begins, said in _CONTEXT if thing.startswith(begins))[:1]


@dataclass(frozen=True, slots=True)
class _Text:
    """The tokens as `learned.tokens.said` puts them, with their neighbourhoods and the words that each stands for."""

    tokens: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    words: tuple[_Place, ...]

    @classmethod
    def of(cls, seen: Reading) -> _Text:
        """The tokens between the signs of beginning and end, which stand for no word."""
        whole = aligned(seen)
        firsts = [number for number, token in enumerate(whole) if token]
        untils = [*firsts[1:], len(whole)]
        tokens = ("^", *(whole[number] for number in firsts), "$")
        words = ((0, 0), *zip(firsts, untils, strict=False), (len(whole), len(whole)))
        return cls(tokens, tuple(neighbourhood(token) for token in tokens), words)

    def places(self, thing: str, seen: Reading) -> list[_Place]:
        """Where in the text a thing is: its words by number, from the first up to the one behind the last."""
        form, _, rest = thing.partition(" ")
        if form == "hit":
            tag = rest.partition(" / ")[0]
            return list(dict.fromkeys((hit.first, hit.until) for hit in seen.hits if hit.tag == tag))
        if form == "why":
            code = rest.partition(" ")[0]
            hits = [hit for hit in seen.why.hits if hit.tag.split(":")[1] == code]
            return [(hit.first, hit.until) for hit in hits]
        if form == "danger":
            return [(hit.first, hit.until) for hit in seen.danger.hits]
        if form not in _FORMS:
            return []
        reach, written = _FORMS[form]
        found = [
            (self.words[at][0], self.words[at + reach][1])
            for at in range(len(self.tokens) - reach)
            if written(self.tokens, self.fields, at) == rest
        ]
        return [place for place in dict.fromkeys(found) if place[0] < place[1]]


_Written = Callable[[Sequence[str], Sequence[tuple[str, str]], int], str]
#: The forms of `learned.tokens.said`: how many tokens behind its first one each takes in, and what it writes of them.
_FORMS: dict[str, tuple[int, _Written]] = {
    "w": (0, lambda tokens, fields, at: tokens[at]),
    "begins": (0, lambda tokens, fields, at: tokens[at]),
    "ends": (0, lambda tokens, fields, at: tokens[at]),
    "c": (0, lambda tokens, fields, at: fields[at][0]),
    "f": (0, lambda tokens, fields, at: fields[at][1]),
    "ww": (1, lambda tokens, fields, at: f"{tokens[at]} {tokens[at + 1]}"),
    "wf": (1, lambda tokens, fields, at: f"{tokens[at]} {fields[at + 1][1]}"),
    "fw": (1, lambda tokens, fields, at: f"{fields[at][1]} {tokens[at + 1]}"),
    "cc": (1, lambda tokens, fields, at: f"{fields[at][0]} {fields[at + 1][0]}"),
    "w_w": (2, lambda tokens, fields, at: f"{tokens[at]} {tokens[at + 2]}"),
    "c_c": (2, lambda tokens, fields, at: f"{fields[at][0]} {fields[at + 2][0]}"),
}
