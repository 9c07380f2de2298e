"""Join neighbouring date expressions: ranges, lists, "Thursday and Friday next week", "the week commencing the 5th"."""

# ruff: noqa: E501 - a few sentences and word sets are longer than a line.

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.dates.base import following
from bot.understanding.dates.behind import SINGLE, and_those_behind, day_after, is_school_day, week_after
from bot.understanding.dates.grammar import Grammar
from bot.understanding.dates.lean import lean
from bot.understanding.dates.mention import DAY, Mention

_RANGE = re.compile(
    r"^(?: ?[,.])? ?(?:(?:and )?(?:-|to|until|through|thru|up to|right through to)(?: and including)?(?: inclusive of)?)(?: on)?(?: the)? ?$"
)
_LIST = re.compile(
    r"^ ?(?:and|or|and then|and also|and (?:probably|maybe|possibly|hopefully|likely|perhaps)|or (?:maybe|possibly)|maybe|,|, and|/|\+|and on|)(?: the)? ?$"
)
#: A range by its two ends: "between the 3rd and the 7th", "first day off 3 May, last day off 7 May", "start date …".
_BETWEEN, _AND = re.compile(r"\bbetween (?:the )?$"), re.compile(r"^ ?and(?: on)?(?: the)? $")
_FIRST_DAY = re.compile(
    r"\b(?:(?:first|1st) (?:day|date)|start(?:ing)? (?:date|day)|date from)\b(?! back)[^.;\d]{0,24}$"
)
_LAST_DAY = re.compile(
    r"^[ ,;.]*(?:and )?(?:(?:the|his|her|their|my) )?(?:(?:last|final|end|ending) (?:day|date)|date to)\b[^.;\d]{0,24}$"
)
#: Letters before a day among which "between" and "first day off" are looked for.
_NEAR = 60
_FROM = re.compile(r"^ ?,? ?(?:so )?(?:from|starting|beginning|as of)(?: on)?(?: the)? $")
_FOR = re.compile(r"\b(?:for|off|next|another)\b")
_OF_WEEK = re.compile(r"^ ?,?(?: of| on| in| -)? ?$")


def read_dates(line: str, grammar: Grammar) -> list[Mention]:
    """All date expressions of the line, joined where they belong together, left to right."""
    atoms = grammar.atoms(line)
    if not atoms:
        return []
    return lean(line, _join(line, _weeks(line, _commencing(line, atoms, grammar)), grammar), grammar)


def _commencing(line: str, atoms: list[Mention], grammar: Grammar) -> list[Mention]:
    out: list[Mention] = []
    skip = False
    for number, atom in enumerate(atoms):
        if skip:
            skip = False
            continue
        if atom.form != "commencing":
            out.append(atom)
            continue
        after = atoms[number + 1] if number + 1 < len(atoms) else None
        if (
            after is not None
            and after.single
            and line[atom.end : after.start].strip() in ("", ",", "the", "on", "of", ":")
        ):
            assert after.first is not None
            monday = after.first - timedelta(days=after.first.weekday())
            starting = re.search("start|from", line[atom.start : atom.end])
            if after.first.weekday() >= 5 or (
                starting and after.first.weekday() > 0 and after.form in ("tomorrow", "today")
            ):
                monday = after.first + (7 - after.first.weekday()) * DAY if after.first.weekday() >= 5 else after.first
            out.append(
                Mention(atom.start, after.end, "week", monday, monday + 6 * DAY, modifier="commencing", sure=0.96)
            )
            skip = True
        else:
            number_only = re.match(r" ?(?:the )?(\d{1,2})\b(?! ?(?:am|pm|:))", line[atom.end :])
            day = grammar.in_month(int(number_only[1])) if number_only and 1 <= int(number_only[1]) <= 31 else None
            if day is not None and number_only is not None:
                monday = day - timedelta(days=day.weekday())
                out.append(
                    Mention(
                        atom.start,
                        atom.end + number_only.end(),
                        "week",
                        monday,
                        monday + 6 * DAY,
                        modifier="commencing",
                    )
                )
    return out


def _weeks(line: str, atoms: list[Mention]) -> list[Mention]:
    """A week that stands beside weekdays says which week they are in: it is taken into them."""
    out = list(atoms)
    for number, atom in enumerate(list(out)):
        if atom.form != "week" or atom.part or atom.modifier == "commencing" or atom.first is None:
            continue
        for step in (-1, 1):
            at, edge, taken = number + step, atom, 0
            while 0 <= at < len(out) and taken < 5:
                near = out[at]
                left, right = (near, edge) if step < 0 else (edge, near)
                gap = line[left.end : right.start]
                fits = (
                    _OF_WEEK.match(gap)
                    or (step > 0 and taken == 0 and re.match(r"^ ?(?:between|from|on|,|-)? ?$", gap))
                    or (taken and (_LIST.match(gap) or _RANGE.match(gap)))
                )
                bare = (
                    near.form == "weekday" and near.weekday is not None and near.modifier in ("", "the", "this", "next")
                )
                if not (fits and bare) or (step > 0 and taken == 0 and gap.strip() == "," and atom.modifier == "this"):
                    break
                assert near.weekday is not None
                assert atom.first is not None
                near.first = near.last = atom.first + timedelta(days=near.weekday)
                near.modifier, edge = "inweek", near
                if step < 0 and taken == 0:
                    near.end = atom.end
                elif step > 0 and taken == 0:
                    near.start = atom.start
                taken += 1
                at += step
            if taken:
                atom.form = "taken"
                break
    return [atom for atom in out if atom.form != "taken"]


def _join(line: str, atoms: list[Mention], grammar: Grammar) -> list[Mention]:
    out: list[Mention] = []
    for atom in atoms:
        previous = out[-1] if out else None
        if previous is not None and _for_the_week(line, previous, atom):
            continue
        if atom.form in ("nothing", "thatweek"):
            _until_its_friday(previous if atom.form == "thatweek" else None, grammar)
            continue
        if atom.form == "fromthen":
            base = previous.first if previous is not None and previous.first is not None else grammar.today
            day = base + (atom.days or 0) * DAY
            out.append(Mention(atom.start, atom.end, "relative", day, day, sure=0.9))
            continue
        if atom.form == "sameday":
            out += _same_day_again(previous, atom, grammar)
            continue
        if atom.form == "weekafter":
            out += week_after(previous, atom, grammar)
            continue
        if atom.form in ("dayafter", "daybefore"):
            joined = day_after(previous, atom, grammar)
            if joined is not None:
                out.append(joined)
            continue
        alone = previous is not None and all(one.first is None for one in out)
        if alone and previous is not None and (lasting := _lasting_from(line, previous, atom, grammar)) is not None:
            out[-1] = lasting
            continue
        if previous is not None and and_those_behind(line, previous, atom, grammar):
            continue
        if previous is not None and previous.first is not None and atom.first is not None:
            gap = line[previous.end : atom.start]
            if _names_the_end(previous, atom, gap):
                continue
            if _spans(line[max(0, previous.start - _NEAR) : previous.start], gap) and _range(
                previous, atom, gap, grammar, line
            ):
                continue
            if _LIST.match(gap) and not _ended(line, previous, gap) and _list(previous, atom, gap, grammar):
                continue
        out.append(atom)
    return out


def _for_the_week(line: str, previous: Mention, atom: Mention) -> bool:
    """ "Monday 12 July for the week": the working week that begins there."""
    if (
        atom.form != "week"
        or previous.first is None
        or not previous.single
        or previous.form not in ("date", "weekday", "ordinal")
    ):
        return False
    if not re.match(r"^(?:for the|all|whole|the whole) ", line[atom.start : atom.end]) or line[
        previous.end : atom.start
    ].strip(" ,"):
        return False
    previous.last = previous.first + timedelta(days=max(0, 4 - previous.first.weekday()))
    previous.form, previous.end = "range", atom.end
    return True


def _until_its_friday(previous: Mention | None, grammar: Grammar) -> None:
    """ "An operation on the 24th, and she will need the rest of that week": until the Friday of it."""
    if previous is None or not previous.single or previous.first is None or previous.first <= grammar.today:
        return
    if previous.form in SINGLE and previous.first.weekday() < 4:
        previous.last, previous.form = previous.first + (4 - previous.first.weekday()) * DAY, "range"


def _lasting_from(line: str, previous: Mention, atom: Mention, grammar: Grammar) -> Mention | None:
    """ "For a fortnight from Tuesday", "for the next 3 weeks, so from Monday": days that begin on one to come."""
    days = previous.days or 0
    if previous.form != "length" or days < 2 or not atom.single or atom.first is None or atom.first <= grammar.today:
        return None
    if atom.form not in SINGLE or not _FROM.match(line[previous.end : atom.start]):
        return None
    if not _FOR.search(line[previous.start : previous.end]):
        return None  # "back 6 weeks from Tuesday" is one day
    first = last = atom.first
    counted = previous.unit == "school day" or (previous.unit == "day" and days <= 5)
    for _ in range(days - 1):
        last += DAY
        while counted and not is_school_day(last, grammar):
            last += DAY
    return Mention(previous.start, atom.end, "range", first, last, sure=min(previous.sure, atom.sure))


def _names_the_end(previous: Mention, atom: Mention, gap: str) -> bool:
    """ "Until we break up on Thursday": the weekday of the day that is named already."""
    same = previous.form == "endterm" and previous.last is not None and atom.form == "weekday"
    if not same or gap.strip() != "on" or previous.last is None or atom.weekday != previous.last.weekday():
        return False
    previous.end = atom.end
    return True


def _same_day_again(previous: Mention | None, atom: Mention, grammar: Grammar) -> list[Mention]:
    """ "Ada has the optician on the 11th, Ben the dentist the same day": a day to come that was named before."""
    if previous is None or not previous.single or previous.first is None or previous.first <= grammar.today:
        return []
    return [Mention(atom.start, atom.end, "date", previous.first, previous.last, modifier="same", sure=previous.sure)]


def _spans(before: str, gap: str) -> bool:
    """Whether the days on both sides of `gap` are the ends of a range."""
    if _RANGE.match(gap) or (_AND.match(gap) and _BETWEEN.search(before)):
        return True
    return _LAST_DAY.match(gap) is not None and _FIRST_DAY.search(before) is not None


def _range(previous: Mention, atom: Mention, gap: str, grammar: Grammar, line: str) -> bool:
    if (
        previous.form not in SINGLE
        or atom.form not in SINGLE | {"endterm", "range", "week"}
        or previous.form == "yesterday"
    ):
        return False
    if atom.form == "week" or previous.first is None or atom.last is None:
        return False
    first, last = _ends(previous, atom, previous.first, atom.last)
    if last is None or first is None or last < first or (last - first).days > 130:
        return False
    previous.first, previous.last, previous.end = first, last, atom.end
    previous.form, previous.modifier = "range", _week_said(previous, atom)
    previous.sure = min(previous.sure, atom.sure)
    previous.part = "until" if "until" in gap else ""
    return True


def _week_said(previous: Mention, atom: Mention) -> str:
    """ "Thursday and Friday this week": what is said of the last day's week is said of all."""
    return atom.modifier if atom.modifier.startswith(("inweek", "week")) else previous.modifier


def _ends(previous: Mention, atom: Mention, first: date, last: date) -> tuple[date | None, date | None]:
    """Both ends of a range, the one that says less put into the other's month, week or year."""
    if previous.form == "ordinal" and atom.month is not None and previous.day_of_month is not None:
        return _with_month(previous.day_of_month, last), last
    if atom.year is not None and previous.month is not None and previous.year is None and first > last - 800 * DAY:
        first = next(
            (d for d in (_in(first, last.year), _in(first, last.year - 1)) if d is not None and d <= last), first
        )
    elif atom.form == "weekday" and atom.weekday is not None and atom.modifier in ("", "the"):
        last = first + timedelta(days=(atom.weekday - first.weekday()) % 7)
    elif (
        previous.form == "weekday"
        and atom.modifier.startswith(("inweek", "week"))
        and previous.weekday is not None
        and previous.modifier in ("", "the", "next")
    ):
        first = last - timedelta(days=(last.weekday() - previous.weekday) % 7)
    elif atom.form in ("ordinal", "date") and atom.month is None and atom.day_of_month is not None and last < first:
        return first, following(atom.day_of_month, first)
    elif last < first and atom.month is not None and atom.year is None:
        return first, _later_year(last, first)
    elif last < first and previous.year is None and first.year > last.year:
        return _earlier_year(first), last
    return first, last


def _in(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _with_month(dom: int, near: date) -> date | None:
    try:
        return near.replace(day=dom) if dom <= near.day else (near.replace(day=1) - DAY).replace(day=dom)
    except ValueError:
        return None


def _later_year(day: date, after: date) -> date | None:
    try:
        moved = day.replace(year=day.year + 1)
    except ValueError:
        return None
    return moved if moved >= after else None


def _earlier_year(day: date) -> date | None:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return None


def _ended(line: str, previous: Mention, gap: str) -> bool:
    """ "Wednesday and Thursday, Friday he is in": behind its "and" a list is at its end."""
    return gap.strip() == "," and previous.form == "list" and " and " in line[previous.start : previous.end]


def _list(previous: Mention, atom: Mention, gap: str, grammar: Grammar) -> bool:
    """Several single days: a run of school days becomes one range, others stay as `members`."""
    if not (previous.form in SINGLE or previous.form in ("range", "list")) or atom.form not in SINGLE:
        return False
    if previous.form == "range" and not previous.members:
        return False
    bare = gap.strip() in ("", ",")
    if bare and {previous.form, atom.form} & {"date", "ordinal"} and previous.form != atom.form:
        return _same_day(previous, atom)
    if bare and "today" in (previous.form, atom.form) and previous.form != "list":
        return False
    if bare and gap.strip() == "," and atom.form in ("tomorrow", "relative"):
        return False
    first, last = previous.last, atom.first
    assert first is not None
    assert last is not None
    assert previous.first is not None
    if atom.form == "weekday" and atom.weekday is not None and atom.modifier in ("", "the"):
        last = first + timedelta(days=(atom.weekday - first.weekday()) % 7)
    elif previous.month is None and atom.month is not None and previous.day_of_month is not None:
        moved = _with_month(previous.day_of_month, last)
        if moved is None:
            return False
        previous.first = previous.last = first = moved
    elif (
        previous.form == "weekday"
        and atom.modifier.startswith(("inweek", "week"))
        and previous.modifier in ("", "the", "next")
        and previous.weekday is not None
    ):
        moved = last - timedelta(days=(last.weekday() - previous.weekday) % 7)
        previous.first = previous.last = first = moved
    elif atom.form == "ordinal" and atom.day_of_month is not None and last < first:
        last = following(atom.day_of_month, first)
    near = 7 if previous.form in ("today", "tomorrow") else 40  # "back tomorrow, and 10 December off" are two things
    if last is None or last <= first or (last - first).days > near:
        return False
    members = (previous.members or (previous.first,)) + (last,)
    previous.members, previous.last, previous.end = members, last, atom.end
    previous.form, previous.modifier = "list", _week_said(previous, atom)
    previous.sure = min(previous.sure, atom.sure, 0.6 if " or " in f" {gap} " and len(members) == 2 else 1.0)
    return True


def _same_day(previous: Mention, atom: Mention) -> bool:
    """ "Tuesday, 14 November", "next Wednesday, the 28th": one day said twice; the number wins when they differ."""
    if previous.form == "weekday" and previous.first is not None and previous.first.day == atom.day_of_month:
        previous.form, previous.end = "date", atom.end  # "Thursday last week, the 18th"
        return True
    if (
        atom.form == "ordinal"
        and previous.form == "weekday"
        and previous.weekday is not None
        and atom.first is not None
    ):
        if atom.first.weekday() != previous.weekday:
            return False
    elif atom.form == "weekday" and previous.form in ("date", "ordinal") and previous.first is not None:
        if atom.weekday != previous.first.weekday():
            return False
        previous.end = atom.end
        return True
    elif previous.form != "weekday":
        return False
    if previous.weekday is not None and atom.first is not None and atom.first.weekday() != previous.weekday:
        return False
    previous.first = previous.last = atom.first
    previous.form, previous.end, previous.day_of_month, previous.month = "date", atom.end, atom.day_of_month, atom.month
    return True
