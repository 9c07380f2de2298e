"""The message as the weights see it: its words, with names, days, times and numbers put as what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from attendance.calendar import local
from bot.understanding.children.names import behind_family_name
from bot.understanding.data import text_of
from bot.understanding.evidence import Reading

#: Words at each side of a place that are looked at one by one.
_BEFORE, _BEHIND = 6, 4
_ENDS = (".", "!", "?")


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, tuple[str, str]]:
    """word -> its coarse and its fine neighbourhood."""
    out: dict[str, tuple[str, str]] = {}
    for line in text_of("neighbours.tsv").splitlines():
        if line and not line.startswith("#"):
            coarse, fine, words = line.split("\t")
            out |= dict.fromkeys(words.split(" "), (coarse, fine))
    return out


@lru_cache(maxsize=4096)
def neighbourhood(token: str) -> tuple[str, str]:
    """Which words a token is used like, coarsely and finely; a word that no list has is known by its ending."""
    found = _neighbours().get(token)
    if found is not None:
        return found
    if token.startswith("<") or not token.isalpha():
        return token, token
    return "?", f"?{token[-3:]}"


def aligned(seen: Reading) -> list[str]:
    """One token a word; the words behind the first of an expression of several are empty."""
    texts = seen.words.texts
    out = ["#" if text[:1].isdigit() else text for text in texts]
    today = local(seen.message.sent_at).date()
    for mention, _ in seen.days.roles:
        first, until = place_of(seen, mention.start, mention.end)
        name = mention.form
        if mention.first is not None and name not in ("today", "yesterday", "tomorrow"):
            name += " past" if mention.last is not None and mention.last < today else " ahead"
        out[first] = f"<{name}>"
        out[first + 1 : until] = [""] * (until - first - 1)
    for moment, _ in seen.times.roles:
        first, until = place_of(seen, moment.start, moment.end)
        out[first] = out[first] and f"<time {moment.kind}>"
        out[first + 1 : until] = [""] * (until - first - 1)
    for named in seen.who.named:
        out[named.first : named.until] = [""] * (named.until - named.first)
        out[named.first] = "<child>" if "name" in named.how or named.how == "initial" else "<child so>"
        for number in range(named.until, behind_family_name(named, seen.message.children, texts)):
            out[number] = ""
    for number, _ in seen.who.strangers:
        out[number] = "<stranger>"
    return out


def place_of(seen: Reading, start: int, end: int) -> tuple[int, int]:
    """The numbers of the first word, and of the one behind the last, of a span of the date grammar's line."""
    return seen.words.word_at(start), seen.words.word_at(max(start, end - 1)) + 1


def said(tokens: Sequence[str]) -> list[str]:
    """Single words, pairs, pairs with one between, their neighbourhoods, and the words at both ends."""
    padded = ["^", *tokens, "$"]
    fields = [neighbourhood(token) for token in padded]
    last = len(padded) - 1
    out: list[str] = []
    for number in range(last):
        token, (coarse, fine) = padded[number], fields[number]
        behind, (behind_coarse, behind_fine) = padded[number + 1], fields[number + 1]
        if number:
            out += (f"w {token}", f"c {coarse}", f"f {fine}")
        out += (
            f"ww {token} {behind}", f"cc {coarse} {behind_coarse}", f"wf {token} {behind_fine}",
            f"fw {fine} {behind}",
        )  # fmt: skip
        if number + 2 <= last:
            out += (f"w_w {token} {padded[number + 2]}", f"c_c {coarse} {fields[number + 2][0]}")
    out += [f"begins {token}" for token in tokens[:3]]
    out += [f"ends {token}" for token in tokens[-3:]]
    return out


def around(tokens: Sequence[str], first: int, until: int) -> Iterator[str]:
    """What stands before word `first` and from word `until` on, near words with their neighbourhoods and places."""
    before = [token for token in tokens[max(0, first - 9) : first] if token][-_BEFORE:]
    for distance, word in enumerate(reversed(before)):
        coarse, fine = neighbourhood(word)
        if distance < 2:
            yield from (f"b{distance} {word}", f"b{distance} {fine}", f"b{distance} {coarse}")
        yield f"b {word}"
        yield f"b {fine}"
        if word in _ENDS:
            break
    if len(before) > 1:
        yield f"bb {before[-2]} {before[-1]}"
    if not before:
        yield "nothing before"
    behind = [token for token in tokens[until : until + 6] if token][:_BEHIND]
    for distance, word in enumerate(behind):
        coarse, fine = neighbourhood(word)
        if distance < 2:
            yield from (f"a{distance} {word}", f"a{distance} {fine}")
        yield f"a {word}"
        if word in _ENDS:
            break
    if len(behind) > 1:
        yield f"aa {behind[0]} {behind[1]}"
    if not behind:
        yield "nothing behind"
