"""When: an own small date grammar over the school's calendar, and the times of day."""

from __future__ import annotations

from bot.understanding.dates.grammar import Grammar
from bot.understanding.dates.join import read_dates
from bot.understanding.dates.mention import DAY, Mention

__all__ = ["DAY", "Grammar", "Mention", "read_dates"]
