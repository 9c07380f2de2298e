"""Who comes back when: "Nora Thursday, Finn not till Monday", "tomorrow for Finn, Thursday for Nora"."""

from __future__ import annotations

from bot.understanding.children.chosen import CLEAR
from bot.understanding.children.named import Named
from bot.understanding.dates import Mention
from bot.understanding.judging import Told, sent_on
from bot.understanding.roles import settle_days
from bot.understanding.values import Report

_BACK = frozenset(("return", "until"))


def returns_of_each(told: Told) -> tuple[Report, ...]:
    """The return of each child, where two or more are named and each has exactly one day of its own beside its name."""
    seen = told.seen
    days = [(mention, role) for mention, role in seen.days.roles if mention.first is not None]
    named = [one for one in seen.who.named if one.certainty >= CLEAR]
    if len(named) < 2 or len(days) != len(named) or any(len(one.children) != 1 for one in named):
        return ()
    if len({one.children for one in named}) != len(named) or not _are_back(days, told):
        return ()
    places = [seen.words.word_at(mention.start) for mention, _ in days]
    if not (_in_turn(named, places) or _day_for_each(seen.words.texts, named, places)):
        return ()
    out = []
    for one, row in zip(named, days, strict=True):
        day = settle_days([(row[0], "return")], sent_on(told), told.start, told.calendar, False, False).ret
        if day is None:
            return ()
        out.append(Report(one.children, return_day=day))
    return tuple(out)


def _are_back(days: list[tuple[Mention, str]], told: Told) -> bool:
    """Whether these are days to come on which a child may be back; behind the first of them the word is left out."""
    today = sent_on(told)
    short = days[0][1] in _BACK and not told.seen.signals.has("absent")
    return all(
        (role in _BACK or (short and role == "absent")) and mention.first is not None and mention.first >= today
        for mention, role in days
    )


def _in_turn(named: list[Named], places: list[int]) -> bool:
    """Name, day, name, day."""
    marks = [place for one, at in zip(named, places, strict=True) for place in (one.first, at)]
    return marks == sorted(marks)


def _day_for_each(texts: list[str], named: list[Named], places: list[int]) -> bool:
    """ "Thursday for Nora", for each of them; or for the first alone: "tomorrow for Finn, Nora Thursday"."""
    if texts[named[0].first - 1 : named[0].first] != ["for"] or places[0] > named[0].first:
        return False
    return all(
        at > one.first or texts[one.first - 1 : one.first] == ["for"]
        for one, at in zip(named[1:], places[1:], strict=True)
    ) and places[1:] == sorted(places[1:])
