"""Times of day told in another language ("a las 9 y 10", "halb zehn", "в 10 минут десятого"), as English writes them.

How each language tells them stands in lexicon/hours.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.understanding.data import table
from bot.understanding.words.normalise import apart, plain
from bot.understanding.words.phrases import Hit, PhraseBook

_HOUR, _TOLD, _MINUTES = "hour", "told", "minutes"
_HOURS = frozenset((*range(7, 16), 1, 2, 3))
_MINUTES_TOLD = frozenset(range(5, 60, 5))


class Hours:
    """One language's manner of telling the time."""

    def __init__(self, lists: dict[str, object]) -> None:
        self.numbers = {
            _spelt(word): int(number)
            for word, _, number in (each.partition(":") for each in str(lists["numbers"]).split())
        }
        hours = [word for word, number in self.numbers.items() if number in _HOURS]
        minutes = [word for word, number in self.numbers.items() if number in _MINUTES_TOLD]
        self._book = PhraseBook(
            (
                (tag, _spelt(phrase))
                for tag, phrases in lists.items()
                if isinstance(phrases, list)
                for phrase in phrases
            ),
            {
                _HOUR: [*hours, *map(str, _HOURS)],
                _TOLD: hours,
                _MINUTES: [*minutes, *map(str, _MINUTES_TOLD), "05"],
            },
        )

    def told(self, texts: Sequence[str]) -> Iterator[Hit]:
        """Where a time is told; the tag is what English has for it ("at 9:10")."""
        for hit in self._book.find(texts):
            numbers = [self.number(text) for text in texts[hit.first : hit.until]]
            said = [number for number in numbers if number is not None]
            before = texts[hit.first - 1] if hit.first else ""
            after_it = texts[hit.until] if hit.until < len(texts) else ""
            if self.number(before) is not None or after_it in _years():  # 十一点 is eleven and not one
                continue
            if hit.tag in ("past", "to", "into"):
                if len(said) != 2:
                    continue
                first = hit.phrase.index(f"<{_HOUR}>") < hit.phrase.index(f"<{_MINUTES}>")
                hour, minutes = said if first else reversed(said)
                after = {"past": minutes, "to": -minutes, "into": minutes - 60}[hit.tag]
            else:
                hour, after = said[0], int(hit.tag)
                if not after and hour <= 3 and after_it.isalpha():
                    continue
            yield hit._replace(tag=_at(hour * 60 + after, bare=after == 0))

    def number(self, text: str) -> int | None:
        """The number that a word or digits stand for."""
        return int(text) if text.isdigit() else self.numbers.get(text)


def _at(minutes: int, bare: bool) -> str:
    hour, minute = divmod(minutes % (24 * 60), 60)
    return f"at {hour or 12}" if bare else f"at {hour or 12}:{minute:02d}"


def _spelt(phrase: str) -> str:
    return " ".join(apart(plain(phrase)).split())


@lru_cache(maxsize=1)
def _years() -> frozenset[str]:
    return frozenset(plain(word) for word in table("hours.toml")["years"]["words"].split())


@lru_cache(maxsize=32)
def hours_of(language: str) -> Hours | None:
    """How a language tells the time; None where nobody has written it down."""
    lists = table("hours.toml").get(language)
    return None if lists is None else Hours(lists)
