"""Which half of the day is missed: weighed from the times, days and reason found, and the words for parts of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attendance.calendar import SchoolCalendar, local
from bot.understanding.evidence import Reading
from bot.understanding.learned.features import of_half, part_of, part_of_time, ruled_part
from bot.understanding.learned.times import Clock
from bot.understanding.learned.weights import shares, weights
from bot.understanding.network.opinion import Opinion, blended

_PARTS = frozenset(
    "morning mornings afternoon afternoons am pm lunch lunchtime dinner dinnertime noon midday break period lesson"
    " lessons day whole all half full rest early first last home back after afterwards return today now later straight"
    " then".split()
)
_SIGNALS = ("whole_day", "appt_return", "absent", "late", "back", "unknown_return")


def of_part_day(
    seen: Reading, tokens: Sequence[str], clock: Clock, code: str | None, days: tuple[date, date | None],
    calendar: SchoolCalendar,
) -> set[str]:  # fmt: skip
    """What speaks for the day, the morning or the afternoon. `days` are the first day and the day of return."""
    return PartDay(seen, tokens, clock, code, calendar).between(*days)


class PartDay:
    """What speaks for the halves whichever days are chosen, gathered once, and `between` two days the rest of it."""

    def __init__(
        self, seen: Reading, tokens: Sequence[str], clock: Clock, code: str | None, calendar: SchoolCalendar
    ) -> None:
        self._sent = local(seen.message.sent_at).date()
        own = " ".join(part_of(moment, calendar) for moment, _ in seen.times.roles)
        comes = part_of_time(clock.arrives, calendar) if clock.arrives else "-"
        goes = part_of_time(clock.leaves, calendar) if clock.leaves else "-"
        part = ruled_part(seen, calendar)
        #: The half that the rules find; None where they find the whole day.
        self.ruled = None if part.session == "day" else part.session
        ruled, ruled_back = of_half(part)
        times = f"comes {comes} goes {goes}"
        self._always = {
            "always", f"code {code}", times, f"code {code} {times}", ruled, ruled_back, f"{ruled} code {code}",
            f"own {own}",
        }  # fmt: skip
        self._with_back = [f"code {code}", times, ruled, f"own {own}", f"own {own} code {code}"]
        asked = seen.message.asked
        if asked is not None:
            self._always.add(f"asked {asked.kind}")
            if asked.draft is not None:
                self._always.add(f"draft {asked.draft.session}")
        words = [token for token in tokens if token]
        for number, word in enumerate(words):
            if word in _PARTS:
                before = words[number - 1] if number else "^"
                self._always.update((f"w {word}", f"ww {before} {word}", f"w {word} code {code}"))
                self._with_back.append(f"w {word}")
        self._always.update(f"signal {name}" for name in _SIGNALS if seen.signals.has(name))
        self._always.update(f"mention {mention.part}" for mention, _ in seen.days.roles if mention.part)

    def between(self, first: date, back: date | None) -> set[str]:
        """All that speaks for the halves of an absence from `first` to `back`."""
        end = _end(first, back)
        out = {f"{thing} back {end}" for thing in self._with_back}
        return out | self._always | {f"back {end}", f"today {first == self._sent}"}


def _end(first: date, back: date | None) -> str:
    if back is None:
        return "open"
    return "same" if back == first else "next" if (back - first).days < 4 else "later"


def weigh_half(things: set[str], opinion: Opinion | None = None) -> dict[str, float]:
    """How likely day, am and pm are."""
    scale = weights("halves")
    sums = scale.sums(things)
    if opinion is not None:
        thought = opinion.several["half"]
        sums = [blended("half", total, thought[half]) for half, total in zip(scale.classes, sums, strict=True)]
    return dict(zip(scale.classes, shares(sums), strict=True))
