"""Corrections: what a parent says to a read-back, merged into the draft that we read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from attendance.calendar import CalendarTooShort, SchoolCalendar, local
from bot.understanding.clauses import Clause
from bot.understanding.dates import DAY, Mention
from bot.understanding.evidence import Reading
from bot.understanding.kind import HEAD_ONLY
from bot.understanding.values import Part, Report
from bot.understanding.who import ids_of

_HALVES: dict[str, Part] = {
    "morning": "am",
    "mornings": "am",
    "am": "am",
    "afternoon": "pm",
    "afternoons": "pm",
    "pm": "pm",
}


def correct(
    seen: Reading, intent: str, clauses: list[Clause], start: date, calendar: SchoolCalendar
) -> tuple[str, tuple[Report, ...], set[str]]:
    """The draft with the corrected fields replaced; a change of the return day alone is a `return`."""
    asked = seen.message.asked
    assert asked is not None
    assert asked.draft is not None
    draft = asked.draft
    texts = seen.words.texts
    children = _children(seen, draft)
    changed = {"children"} if set(children) != set(draft.children) else set()
    code = draft.code
    said = seen.why.code
    vague = said == "N" and draft.code not in (None, "N")
    if said is not None and said != draft.code and not vague and max(seen.why.scores.values()) >= 2.0:
        code = said
        changed.add("code")
    if intent == "late":
        return "late", (Report(children, arrives=seen.times.arrives or seen.times.own),), set()
    report = replace(draft, children=children, code=code)
    report, moved = _days(seen, report, calendar)
    changed |= moved
    if "code" in changed and code == "M" and draft.code != "M" and not moved:
        report = replace(report, return_day=None if draft.return_day is None else report.return_day)
    session = _session(texts)
    if session and session != draft.session:
        report = replace(report, session=session)
        changed.add("session")
    arrives, leaves = seen.times.arrives, seen.times.leaves
    if arrives is None and leaves is None and seen.times.own is not None:
        arrives = seen.times.own if draft.arrives is not None else None
        leaves = seen.times.own if draft.leaves is not None and draft.arrives is None else None
    if arrives is not None and arrives != draft.arrives:
        report = replace(report, arrives=arrives)
        if "session" not in changed and report.first_day is not None:
            half: Part = "am" if arrives < calendar.pm.opens else "day"
            report = replace(report, session=half, return_day=report.first_day)
        changed.add("arrives")
    if leaves is not None and leaves != draft.leaves:
        report = replace(report, leaves=leaves)
        changed.add("leaves")
    if changed == {"return_day"}:
        return "return", (Report(children, return_day=report.return_day),), set()
    if not changed and any(mention.first == draft.return_day for mention, role in seen.days.roles):
        return "return", (Report(children, return_day=report.return_day),), {"confirm"}
    ask = set() if changed else {"confirm"}
    later = report.first_day is not None and report.first_day > local(seen.message.sent_at).date()
    return "leave" if later and report.code in HEAD_ONLY else "absence", (report,), ask


def _children(seen: Reading, draft: Report) -> tuple[str, ...]:
    texts = seen.words.texts
    kept = []
    for named in seen.who.named:
        before = texts[named.first - 1] if named.first else ""
        if named.certainty >= 0.5 and before != "not":
            kept.append(named)
    ids = ids_of(kept)
    if not ids:
        return draft.children
    same = any(word in texts for word in ("same", "too", "also")) or ("as" in texts and "well" in texts)
    if same or (texts and texts[0] in ("yes", "yeah", "yep") and not set(ids) & set(draft.children)):
        return tuple(dict.fromkeys((*draft.children, *ids)))
    return ids


def _session(texts: list[str]) -> Part | None:
    for number, text in enumerate(texts):
        half = _HALVES.get(text)
        if (
            half
            and "not" not in texts[max(0, number - 2) : number]
            and "good" not in texts[max(0, number - 1) : number]
        ):
            return half
    return None


def _days(seen: Reading, report: Report, calendar: SchoolCalendar) -> tuple[Report, set[str]]:
    line = seen.who.line
    chosen: list[tuple[Mention, str]] = [
        (mention, role)
        for mention, role in seen.days.roles
        if not line[: mention.start].rstrip().endswith((" not", "not on", "not the", "instead of"))
        and role not in ("past", "other")
    ]
    if not chosen:
        if seen.days.said_return and seen.days.ret != report.return_day:
            return replace(report, return_day=seen.days.ret), {"return_day"}
        return report, set()
    mention, role = chosen[0]
    if len(chosen) > 1 or role in ("return", "until", "length", "lastday", "since"):
        first = seen.days.first if seen.days.said_first and any(r in ("absent", "since") for _, r in chosen) else None
        ret = seen.days.ret
        changed = set()
        if first is not None and first != report.first_day:
            report, changed = replace(report, first_day=_school(first, calendar)), {"first_day"}
        if ret is not None and ret != report.return_day:
            report = replace(report, return_day=ret)
            changed.add("return_day")
        return report, changed
    if mention.first is None or mention.last is None:
        return report, set()
    if not mention.single:
        first, after = _school(mention.first, calendar), _school(mention.last + DAY, calendar)
        return replace(report, first_day=first, return_day=after), {"first_day", "return_day"}
    planned_day = (
        report.first_day is not None
        and (report.return_day in (None, report.first_day) or _one_day(report, calendar))
        and (report.first_day > local(seen.message.sent_at).date())
    )
    day = _school(mention.first, calendar)
    if planned_day:
        assert report.first_day is not None
        back = (
            day
            if report.return_day == report.first_day
            else None
            if report.return_day is None
            else _after(day, calendar)
        )
        return replace(report, first_day=day, return_day=back), {"first_day", "return_day"}
    return replace(report, return_day=day), {"return_day"}


def _one_day(report: Report, calendar: SchoolCalendar) -> bool:
    return report.first_day is not None and report.return_day == _after(report.first_day, calendar)


def _school(day: date, calendar: SchoolCalendar) -> date:
    try:
        return calendar.on_or_after(day)
    except CalendarTooShort:
        return day


def _after(day: date, calendar: SchoolCalendar) -> date | None:
    try:
        return calendar.after(day)
    except CalendarTooShort:
        return None
