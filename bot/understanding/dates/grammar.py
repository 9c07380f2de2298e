"""The date grammar: one compiled alternation of named forms, and a resolver for each.

A form gives calendar days; school days are a later matter. With `calendar` None the school's words (half term, inset)
are not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from attendance.calendar import CalendarTooShort
from bot.understanding.dates.absolute import Absolute
from bot.understanding.dates.forms import ANY, COMPILED, NAMES, TRIGGER
from bot.understanding.dates.mention import Mention
from bot.understanding.dates.relative import Relative
from bot.understanding.dates.school_words import SchoolWords
from bot.understanding.dates.weekdays import Weekdays


class Grammar(Absolute, Weekdays, Relative, SchoolWords):
    """The grammar for one day. The resolver of the form `week` is the method `_week`."""

    def atoms(self, line: str) -> list[Mention]:
        """Every expression of the line with its days, left to right, not yet joined to ranges."""
        if not TRIGGER.search(line):
            return []
        found: list[Mention] = []
        at = 0
        while (match := ANY.search(line, at)) is not None:
            name = match.lastgroup
            # the outer group closes last, so lastgroup is the form
            assert name is not None
            mention = self._first_that_reads(name, line, match.start())
            if mention is None:
                at = match.start() + 1
                while at < len(line) and line[at - 1] != " ":
                    at += 1
            else:
                found.append(mention)
                at = max(mention.end, match.start() + 1)
        return found

    def _first_that_reads(self, name: str, line: str, at: int) -> Mention | None:
        """The form that matched, or, where its resolver declines, the next one that fits at the same place."""
        for form in NAMES[NAMES.index(name) :]:
            inner = COMPILED[form].match(line, at)
            if inner is not None and inner.end() > at:
                maker: Callable[[re.Match[str], str], Mention | None] = getattr(self, "_" + form)
                try:
                    mention = maker(inner, line)
                except CalendarTooShort:
                    continue
                if mention is not None:
                    return mention
        return None
