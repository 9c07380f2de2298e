"""Examples: what each labelled message teaches each judgement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from attendance.calendar import SchoolCalendar
from bot.understanding.learned.children import of_child
from bot.understanding.learned.days import (
    backs,
    firsts,
    of_both,
    of_choice,
    of_mentions,
    of_whole,
    of_words,
    setting_of,
)
from bot.understanding.learned.features import of_message
from bot.understanding.learned.halves import of_part_day
from bot.understanding.learned.times import Clock, of_time
from bot.understanding.learned.tokens import aligned
from bot.understanding.reader import Look, look
from bot.understanding.values import Message

_WITH_DAYS = frozenset(("absence", "leave", "return", "cancel"))
_WITH_CHILDREN = frozenset(("absence", "leave", "late", "return", "present", "missing", "cancel"))


def options(value: Any) -> list[Any]:
    """All values that the label allows."""
    return list(value["any_of"]) if isinstance(value, dict) and set(value) == {"any_of"} else [value]


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled message with what the layers see in it. `source` says which set it comes from."""

    name: str
    source: str
    gold: Mapping[str, Any]
    seen: Look
    tokens: Sequence[str]
    things: frozenset[str]

    @property
    def intent(self) -> str:
        """The kind that the label names first; planned leave is an absence until its days are known."""
        return kind_of(options(self.gold["intent"])[0])

    @property
    def ways(self) -> list[list[dict[str, Any]]]:
        """The lists of reports that the label allows."""
        return options(self.gold.get("reports", []))


def kind_of(intent: str) -> str:
    """An intent as the weights know it."""
    return "absence" if intent == "leave" else intent


def case_of(line: Mapping[str, Any], source: str, calendar: SchoolCalendar) -> Case:
    """Look at one labelled message."""
    seen = look(Message.from_json(line["in"]), calendar)
    tokens = aligned(seen.reading)
    return Case(line["id"], source, line["gold"], seen, tokens, frozenset(of_message(seen.reading, tokens, calendar)))


def kinds(case: Case) -> list[str]:
    """The kinds that are right."""
    return list(dict.fromkeys(kind_of(intent) for intent in options(case.gold["intent"])))


def flag(case: Case, name: str) -> bool | None:
    """A yes or no where the label is sure of one."""
    values = options(case.gold[name]) if name in case.gold else []
    return bool(values[0]) if len(values) == 1 else None


def _same_for_all(case: Case, field: str) -> list[Any]:
    """The values of a field that all coded reports share; empty when children differ, or none has it."""
    found: list[Any] = []
    for way in case.ways:
        values = {str(options(r[field])): options(r[field]) for r in way if r.get("code") and field in r}
        if len(values) > 1:
            return []
        found += [one for row in values.values() for one in row]
    return list(dict.fromkeys(found))


def reasons(case: Case) -> list[str]:
    """The codes that are right, where one reason holds for all."""
    return [code for code in _same_for_all(case, "code") if code]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _days(report: Mapping[str, Any], field: str) -> list[date | None] | None:
    """The days that a label allows for a field; None where it is not scored."""
    return [_day(day) for day in options(report[field])] if field in report else None


def about(case: Case) -> list[str]:
    """The children that the label's first reading reports on."""
    return [child for report in case.ways[0] for child in report.get("children", ()) if isinstance(child, str)]


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of days of one message: what speaks for each, whether it is right, and the two days."""

    name: str
    source: str
    things: list[list[str]]
    right: list[bool]
    days: list[tuple[date | None, date | None]]


def pairs(case: Case, code: str | None, calendar: SchoolCalendar) -> Pairs | None:
    """The choice of days that a message sets; None where it sets none, or its children differ."""
    if case.intent not in _WITH_DAYS:
        return None
    allowed = []
    for way in case.ways:
        for report in way:
            if report.get("code", "") is None or not {"first_day", "return_day"} & set(report):
                continue
            allowed.append((_days(report, "first_day"), _days(report, "return_day")))
    if not allowed or (len(case.ways) == 1 and len({str(row) for row in allowed}) > 1):
        return None
    reading = case.seen.reading
    setting = setting_of(reading, reading.days, case.seen.start, calendar, about(case))
    mentions, words = of_mentions(reading, case.tokens, setting), of_words(case.tokens)
    whole = of_whole(reading, case.intent, code, setting, calendar)
    things, right, days = [], [], []
    cached: dict[tuple[str, int, date | None], list[str]] = {}
    for first in firsts(setting, calendar):
        assert first.day is not None
        for_first = of_choice("f", first, setting, mentions, whole, words)
        for back in backs(setting, first.day, calendar):
            key = (back.how, back.at, back.day)
            if key not in cached:
                cached[key] = of_choice("r", back, setting, mentions, whole, words)
            things.append([*for_first, *cached[key], *of_both(first, back, setting)])
            right.append(any((f is None or first.day in f) and (b is None or back.day in b) for f, b in allowed))
            days.append((None if case.intent == "return" else first.day, back.day))
    return Pairs(case.name, case.source, things, right, days)


def half(case: Case, calendar: SchoolCalendar) -> tuple[set[str], str, list[str]] | None:
    """What speaks for the half of the first report, the half to learn, and all that are right."""
    values = _same_for_all(case, "session") if case.intent == "absence" else []
    report = next((r for way in case.ways for r in way if r.get("code") and "session" in r), None)
    if not values or report is None or not options(report.get("first_day"))[0]:
        return None
    first, back = _day(options(report["first_day"])[0]), _day(options(report.get("return_day"))[0])
    assert first is not None
    clock = Clock(_clock(options(report.get("arrives"))[0]), _clock(options(report.get("leaves"))[0]))
    code = options(report["code"])[0]
    things = of_part_day(case.seen.reading, case.tokens, clock, code, (first, back), calendar)
    return things, values[0], values


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:5])


def times(case: Case, calendar: SchoolCalendar) -> Iterator[tuple[set[str], str]]:
    """Every time in a message that reports something, with the part it plays."""
    if case.intent not in ("absence", "late", "return"):
        return
    said: dict[str, set[int]] = {"arrives": set(), "leaves": set()}
    for way in case.ways:
        for report in way:
            for name, times_ in said.items():
                times_ |= {_minutes(value) for value in options(report.get(name)) if value}
    reading = case.seen.reading
    opens = calendar.am.opens.hour * 60 + calendar.am.opens.minute
    for number, (moment, _) in enumerate(reading.times.roles):
        at = moment.at.hour * 60 + moment.at.minute + (opens if moment.kind == "late" else 0)
        part = next((name for name, values in said.items() if any(abs(at - value) <= 5 for value in values)), "other")
        yield of_time(reading, case.tokens, reading.times.roles, number, case.intent, calendar), part


def children(case: Case) -> Iterator[tuple[set[str], bool]]:
    """Every child of a family of several, with whether the message reports on it."""
    message = case.seen.reading.message
    if case.intent not in _WITH_CHILDREN or len(message.children) < 2 or not case.ways[0]:
        return
    meant = {
        child for report in case.ways[0] for child in options(report["children"])[0] or () if isinstance(child, str)
    } | {child for report in case.ways[0] if isinstance(report["children"], list) for child in report["children"]}
    for child in message.children:
        yield of_child(case.seen.reading, case.tokens, case.seen.clauses, child, case.intent), child.id in meant
