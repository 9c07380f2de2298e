"""Ways to say a day, a time, a number: for sentences that are made by the hundred, whose meaning is known by how they
were made."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.understanding import Asked, Report, Understanding, understand
from tests.understanding.reading import CALENDAR, read, written

DAY = timedelta(days=1)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = {"Tuesday": "tues", "Wednesday": "weds", "Thursday": "thurs"}
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


@dataclass(frozen=True)
class Made:
    """A sentence, when it was sent, and what it means: (code, first day, day of return, half, arrives, leaves).

    Where `...` stands for an answer, none is looked for; without an `intent`, neither, and any of "return|absence" will
    do. A set of answers holds those that are as good. `means` is empty where nothing is reported. `asked` is our
    question, or its kind, `known` what is recorded. `of`: the children that are meant, where that is looked at.
    """

    text: str
    sent: str
    means: Sequence[object]
    intent: str = "absence"
    asked: Asked | str | None = None
    known: tuple[Report, ...] = ()
    children: str = "Tom:8"
    of: tuple[str, ...] = ()


def ordinal(number: int) -> str:
    """ "3rd", "11th"."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


#: A date with its month, by the name of its form.
DATED: dict[str, Callable[[date], str]] = {
    "4 May": lambda day: f"{day.day} {MONTHS[day.month - 1]}",
    "4th May": lambda day: f"{ordinal(day.day)} {MONTHS[day.month - 1]}",
    "the 4th of May": lambda day: f"the {ordinal(day.day)} of {MONTHS[day.month - 1]}",
    "4 may": lambda day: f"{day.day} {MONTHS[day.month - 1][:3].lower()}",
    "May 4th": lambda day: f"{MONTHS[day.month - 1]} {ordinal(day.day)}",
    "4/5": lambda day: f"{day.day}/{day.month}",
    "04/05/2027": lambda day: f"{day:%d/%m/%Y}",
    "Tuesday 4th May": lambda day: f"{WEEKDAYS[day.weekday()]} {ordinal(day.day)} {MONTHS[day.month - 1]}",
    "Tue 4 May": lambda day: f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}",
}
#: A date without its month, of the next few weeks.
BARE: dict[str, Callable[[date], str]] = {
    "the 4th": lambda day: f"the {ordinal(day.day)}",
    "Tuesday the 4th": lambda day: f"{WEEKDAYS[day.weekday()]} the {ordinal(day.day)}",
    "Tuesday 4th": lambda day: f"{WEEKDAYS[day.weekday()]} {ordinal(day.day)}",
}


def weekday(day: date, dice: random.Random) -> str:
    """A day of the next six, by its name."""
    name = WEEKDAYS[day.weekday()]
    return dice.choice((name, name.lower(), name[:3], _SHORT.get(name, name[:3].lower()), BARE["Tuesday 4th"](day)))


def clock(at: time, dice: random.Random) -> str:
    """A time of a school's day as parents write it."""
    hour = at.hour if at.hour <= 12 else at.hour - 12
    half = "am" if at.hour < 12 else "pm"
    ways = [f"{hour}.{at:%M}", f"{hour}:{at:%M}", f"{hour}:{at:%M}{half}", f"{hour}.{at:%M}{half}", f"{at:%H:%M}"]
    if at.minute == 0:
        ways += [f"{hour}{half}", f"{hour} o'clock"]
    if at.minute == 15:
        ways.append(f"quarter past {hour}")
    if at.minute == 30:
        ways += [f"half {hour}", f"half past {hour}"]
    return dice.choice(ways)


def school_day(day: date) -> date:
    """The day itself or the next one of school."""
    while not CALENDAR.is_school_day(day):
        day += DAY
    return day


def school_day_after(day: date, count: int = 1) -> date:
    """The `count`-th day of school behind this one."""
    for _ in range(count):
        day = school_day(day + DAY)
    return day


def some_school_day(dice: random.Random, first: date = date(2026, 9, 7), within: int = 290) -> date:
    """Any day of school of the year."""
    while True:
        day = first + DAY * dice.randrange(within)
        if CALENDAR.is_school_day(day):
            return day


def misread(made: Iterable[Made]) -> list[str]:
    """What is read otherwise than it was meant, each with what was read, for a test to show."""
    out = []
    for one in made:
        understood = _understood(one)
        got, children = _read(understood)
        same = len(got) == len(one.means) and all(map(_fits, one.means, got))
        same = same and (not one.of or set(children) == set(one.of))
        if not same or (one.intent and understood.intent not in one.intent.split("|")):
            meant = f"{one.intent} {tuple(one.means)} {one.of or ''}"
            about = f"{_shown(one.asked)} {one.known or ''}"
            out.append(f"{one.sent} {one.text!r} {about}: {understood.intent} {got} {children}, meant {meant}")
    return out


def _understood(one: Made) -> Understanding:
    if not isinstance(one.asked, Asked) and not one.known:
        return read(one.text, one.sent, one.children, one.asked)
    message = written(one.text, one.sent, one.children)
    asked = one.asked if isinstance(one.asked, Asked) else None
    return understand(replace(message, asked=asked, known=one.known), CALENDAR)


def _shown(asked: Asked | str | None) -> str:
    return f"[{asked.kind}: {asked.draft}]" if isinstance(asked, Asked) else ""


def _fits(want: object, have: object) -> bool:
    return want is ... or want == have or (isinstance(want, (set, frozenset)) and have in want)


def _read(understood: Understanding) -> tuple[tuple[object, ...], tuple[str, ...]]:
    """The one report and its children; nothing where there are none, or several."""
    if len(understood.reports) != 1:
        return tuple(... for _ in understood.reports), ()
    report = understood.reports[0]
    fields = report.code, report.first_day, report.return_day, report.session, report.arrives, report.leaves
    return fields, report.children
