"""All word lists in one pass: what the words of a message signal, before anything is decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from bot.understanding.data import rows, table
from bot.understanding.words.language import foreign_phrases
from bot.understanding.words.normalise import Words, of_words, read_words
from bot.understanding.words.phrases import NAME, Hit, PhraseBook
from bot.understanding.words.spelling import SHORTEST, repaired, targets

#: How much a phrase of each strength weighs.
WEIGHTS = {"strong": 3.0, "usual": 2.0, "weak": 1.0}


def _phrases() -> Iterator[tuple[str, str]]:
    for name in ("reasons.toml", "turns.toml"):
        for code, strengths in table(name).items():
            if code == "signals":
                continue
            for strength, phrases in strengths.items():
                for phrase in phrases:
                    yield f"why:{code}:{strength}", phrase
    for row in rows("illnesses.csv"):
        for name in (row["disease"], *row["aliases"].split("|")):
            spelled = " ".join(read_words(name).texts)
            if spelled:
                yield f"why:{row['code']}:strong", spelled
    for name in ("kinds.toml", "turns.toml"):
        for signal, phrases in table(name)["signals"].items():
            for phrase in phrases:
                yield f"kind:{signal}", phrase
    for name, phrases in table("unease.toml")["fields"].items():
        for phrase in phrases:
            yield f"field:{name}", phrase
    for kind, lists in table("danger.toml").items():
        if kind == "sets":
            continue
        if kind == "context":
            for name, context in lists.items():
                for phrase in context["words"]:
                    yield f"context:{name}", phrase
            continue
        if kind == "pairs":
            continue
        if kind == "signs":
            for name, phrases in lists.items():
                for phrase in phrases:
                    yield f"sign:{name}", phrase
            continue
        for part in ("sure", "terms", "hint", "now", "near"):
            for phrase in lists.get(part, ()):
                yield f"danger:{kind}:{part}", phrase
    for _, tag, phrase in foreign_phrases():
        yield tag, phrase


@lru_cache(maxsize=1)
def book() -> PhraseBook:
    """Every phrase of every list, compiled once."""
    sets = {**table("kinds.toml")["sets"], **table("danger.toml")["sets"], **table("people.toml")["sets"]}
    return PhraseBook(_phrases(), sets)


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Every single word that some list knows, and common English ones: these are never taken for a misspelt name."""
    common = frozenset(table("common.toml")["words"].split())
    return frozenset(book().vocabulary) | common | frozenset(targets())


#: "dropped off", "set off": after one of these "off" says nothing about being away.
_OFF_OF = frozenset(
    "set drop dropped dropping drops took taken come came fell cut put wore went turned pay sleep better"
    " ran run kicking kicked mouthing blast".split()
)


def mended(words: Words, names: frozenset[str]) -> Words:
    """The same words with misspelt ones repaired. `names` are the family's own, which are left alone."""
    known = known_words()
    changed = list(words.words)
    for number, word in enumerate(changed):
        if len(word.text) < SHORTEST or word.text in known or word.text in names or word.text.rstrip("s") in names:
            continue
        meant = repaired(word.text)
        if meant is not None:
            changed[number] = replace(word, text=meant)
    return words if changed == list(words.words) else of_words(changed, words.original, words.cut)


def read_signals(words: Words, named: Iterable[tuple[int, int]] = ()) -> list[Hit]:
    """All phrases found in the message; `named` are the places of the children's names, which are no other words."""
    texts = list(words.texts)
    for first, until in named:
        texts[first:until] = [NAME] * (until - first)
    return [
        hit
        for hit in book().find(texts)
        if not (hit.phrase == "off" and hit.tag == "kind:absent" and _other_off(texts, hit.first))
        and not (hit.tag == "kind:late" and _no_delay(texts, hit))
        and not (hit.tag == "kind:late" and hit.phrase.startswith(_COMING) and _not_coming(texts, hit.first))
        and not (hit.tag in _NO_ANSWER and _own_silence(texts, hit))
    ]


_LATE_THINGS = frozenset(
    "night nights film kick finish dress show shift lunch tea supper bus train stages one ones on".split()
)
_UP = frozenset("up stayed staying stay home back bed awake working out".split())
_AT_HOME = frozenset("home indoors bed abroad hospital inside".split())


def _no_delay(texts: list[str], hit: Hit) -> bool:
    """ "up late", "a late dress rehearsal", "stuck at home", "stuck in Turkey": words of a delay that are none."""
    behind = texts[hit.until : hit.until + 2]
    if hit.phrase == "late":
        return (
            (hit.first > 0 and texts[hit.first - 1] in _UP)
            or behind[:1] == ["dress"]
            or (hit.first > 0 and texts[hit.first - 1] == "a" and behind[:1] != [] and behind[0] in _LATE_THINGS)
        )
    if hit.phrase.startswith("stuck"):
        inside = {*texts[hit.first : hit.until], *behind}
        return bool(inside & _AT_HOME or inside & frozenset(table("people.toml")["sets"]["abroad"]))
    return False


_COMING = ("bring|", "come|", "be in by", "in by", "be there")


def _not_coming(texts: list[str], at: int) -> bool:
    """ "no way of getting him in", "can not bring them": the words of a late arrival, denied."""
    for text in reversed(texts[max(0, at - 5) : at]):
        if text in (".", ",", "but", "so"):
            return False
        if text in ("not", "no", "never", "nobody"):
            return True
    return False


_NO_ANSWER = frozenset(("kind:missing", "kind:lost"))
_ANSWERS = frozenset(
    "answer answered answering reply replied replying respond responded responding pick picked".split()
)
_EXCUSED = frozenset("sorry apologies apologise apologize apols".split())
_WE = frozenset(("i", "we"))
_OF_US = frozenset("for about that have has had was were am been could did just , my".split())


def _own_silence(texts: list[str], hit: Hit) -> bool:
    """ "Sorry for not replying", "I was not answering my phone": whoever writes did not answer us; the child's phone is
    not meant.
    """
    if _ANSWERS.isdisjoint(texts[hit.first : hit.until]):
        return False
    before = texts[max(0, hit.first - 4) : hit.first]
    ours = _EXCUSED if texts[hit.first] == "no" else _EXCUSED | _WE  # "I had no answer from him"
    at = max((number for number, text in enumerate(before) if text in ours), default=None)
    return at is not None and _OF_US.issuperset(before[at + 1 :])


def _other_off(texts: list[str], at: int) -> bool:
    behind = texts[at + 1] if at + 1 < len(texts) else ""
    return (at > 0 and texts[at - 1] in _OFF_OF) or behind in ("her", "him", "them", "it", "me", "you", "the", "this")
