"""Evidence: all that the layers saw of one message, before anything is decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.understanding.children.named import Who
from bot.understanding.danger import Danger
from bot.understanding.network.opinion import Opinion
from bot.understanding.reasons.why import Why
from bot.understanding.roles import Days, Times
from bot.understanding.values import Message
from bot.understanding.words.normalise import Words
from bot.understanding.words.phrases import Hit


@dataclass(slots=True)
class Signals:
    """Hits by signal name."""

    by: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, hits: Sequence[Hit]) -> Signals:
        """Group the hits of the kinds list."""
        out = cls()
        for hit in hits:
            if hit.tag.startswith("kind:"):
                out.by[hit.tag[5:]].append(hit)
        return out

    def has(self, name: str, *starts: str) -> bool:
        """True when a phrase of `name` was found (one that begins with one of `starts`, if given)."""
        found = self.by.get(name, ())
        return any(not starts or hit.phrase.startswith(starts) for hit in found)

    def has_any(self, *names: str) -> bool:
        """True when a phrase of one of these was found."""
        return any(self.has(name) for name in names)

    def count(self, name: str) -> int:
        """How many phrases of `name` were found."""
        return len(self.by.get(name, ()))

    def covers(self, name: str, total: int) -> bool:
        """True when phrases of `name` fill most of a text of `total` words."""
        filled = {n for hit in self.by.get(name, ()) for n in range(hit.first, hit.until)}
        return total > 0 and len(filled) >= 0.6 * total


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the layers saw of one message. `opinion`: what the network thinks of it, once it has been asked."""

    message: Message
    words: Words
    hits: tuple[Hit, ...]
    signals: Signals
    who: Who
    why: Why
    days: Days
    times: Times
    danger: Danger
    language: str
    opinion: Opinion | None = None

    def texts_of(self, pronoun: str) -> list[str]:
        """The words, each child of the list that is named in them as this pronoun."""
        texts = list(self.words.texts)
        for named in reversed(self.who.named):
            texts[named.first : named.until] = [pronoun]
        return texts

    def line_of_him(self) -> str:
        """The same in one line, as "him"."""
        return " ".join(self.texts_of("him"))
