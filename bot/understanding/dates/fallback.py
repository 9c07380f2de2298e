"""Where the grammar found no date: dateparser, for odd absolute forms and other languages' months.

It is slow to load and invents dates from names and numbers, so it is asked only where a month's name or a four-digit
year stands beside a number, believed only near today, and never sure: it is asked about before it is recorded.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from bot.understanding.data import table
from bot.understanding.dates.mention import Mention
from bot.understanding.words.normalise import plain

BACK, AHEAD = timedelta(days=14), timedelta(days=400)
CERTAINTY = 0.4
LONGEST = 300
"""Letters that are looked at: a date stands near the front, and time is bounded."""
_YEAR = r"20[2-4]\d"


@lru_cache(maxsize=1)
def _months() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of a number beside a foreign month or a year, and each month's language."""
    languages: dict[str, str] = {}
    for code, names in table("months.toml").items():
        for name in names.split():
            languages.setdefault(plain(name).casefold(), code)
    months = "|".join(sorted(map(re.escape, languages), key=len, reverse=True))
    number = r"\d{1,2}"
    named = rf"\b{number}\.?\s(?:de\s)?(?P<after>{months})\b"
    in_figures = rf"\b{_YEAR}\W{number}\W{number}\b|\b{number}\W{number}\W{_YEAR}\b"
    return re.compile(f"{named}|{in_figures}"), languages


def odd_dates(line: str, today: date) -> list[Mention]:
    """Dates that dateparser finds in `line` (lower case, as the grammar reads it). None of them is sure."""
    pattern, languages = _months()
    found = pattern.search(plain(line[:LONGEST]))
    if found is None:
        return []
    from dateparser.search import search_dates  # a third of a second, paid only by a message that needs it

    settings = {
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "future",
        "REQUIRE_PARTS": ["day", "month"],
    }
    language = languages.get(found.group("after") or "", "en")
    dates = search_dates(line[:LONGEST], languages=[language], settings=settings) or []
    mentions = []
    for said, moment in dates:
        start = line.find(said)
        if start >= 0 and today - BACK <= moment.date() <= today + AHEAD:
            day = moment.date()
            mentions.append(Mention(start, start + len(said), "date", day, day, sure=CERTAINTY))
    return mentions
