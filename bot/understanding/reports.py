"""Reports: what was seen of a group of children, put into the fields of the contract, and what to ask about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from attendance.calendar import SchoolCalendar, local
from bot.understanding.certainty import ASK_BELOW
from bot.understanding.clauses import Clause
from bot.understanding.dates import DAY, Mention
from bot.understanding.dates.clock import Moment
from bot.understanding.evidence import Reading
from bot.understanding.groups import children_meant, read_groups, with_evidence
from bot.understanding.kind import HEAD_ONLY
from bot.understanding.phrases import Hit
from bot.understanding.roles import Days, Times
from bot.understanding.session import part_of_day, stays_away
from bot.understanding.values import Message, Report
from bot.understanding.when import default_role, read_when, school_day
from bot.understanding.who import sex
from bot.understanding.why import Why, read_why


def planned_intent(intent: str, reports: tuple[Report, ...], today: date) -> str:
    """Leave is an absence whose first day is after today for a reason that only the head can grant, or for none."""
    coded = [report for report in reports if report.code is not None]
    if coded and all(r.first_day is not None and r.first_day > today and r.code in HEAD_ONLY for r in coded):
        return "leave"
    return "absence"


def read_reports(
    seen: Reading,
    clauses: list[Clause],
    mentions: list[Mention],
    moments: list[Moment],
    start: date,
    calendar: SchoolCalendar,
) -> tuple[tuple[Report, ...], set[str]]:
    ask: set[str] = set()
    out: list[Report] = []
    now = local(seen.message.sent_at)
    groups = read_groups(seen, clauses)
    groups = with_evidence(seen, groups, clauses)
    for children, ranges, sure in groups:
        if len(groups) == 1:
            why, days, times = seen.why, seen.days, seen.times
            spans = [(0, len(seen.words.texts))] if len(seen.message.children) < 2 else ranges
            if spans is ranges:
                days, times = read_when(
                    seen.who.line,
                    mentions,
                    moments,
                    seen.words,
                    now,
                    start,
                    calendar,
                    why,
                    list(seen.hits),
                    ranges,
                    default_role(seen.message),
                )
        else:
            why = read_why(seen.words, seen.who, seen.hits, ranges, _not_of(seen.message, children))
            days, times = read_when(
                seen.who.line,
                mentions,
                moments,
                seen.words,
                now,
                start,
                calendar,
                why,
                list(seen.hits),
                ranges,
                default_role(seen.message),
            )
            spans = ranges
        out += _one(seen, children, why, days, times, spans, start, calendar, ask)
        if sure < ASK_BELOW["child"] or not children:
            ask.add("child")
    return tuple(_together(out)), ask


def _together(reports: list[Report]) -> list[Report]:
    merged: dict[Report, tuple[str, ...]] = {}
    for report in reports:
        key = replace(report, children=())
        merged[key] = merged.get(key, ()) + tuple(c for c in report.children if c not in merged.get(key, ()))
    return [replace(key, children=children) for key, children in merged.items()]


def _one(
    seen: Reading, children: tuple[str, ...], why: Why, days: Days, times: Times, ranges: list[tuple[int, int]],
    start: date,
    calendar: SchoolCalendar, ask: set[str],
) -> list[Report]:  # fmt: skip
    now = local(seen.message.sent_at)
    hits = [hit for hit in seen.hits if any(a <= hit.first and hit.until <= b for a, b in ranges)]
    late = any(hit.tag == "kind:late" for hit in hits)
    ill = why.code == "I" and any(hit.tag == "why:I:strong" for hit in why.hits)
    strong = ill or max(why.scores.values(), default=0.0) >= 2.9
    code = why.code
    if (
        late
        and not strong
        and not any(hit.tag == "kind:absent" and hit.phrase.startswith(("not", "keep", "stay", "off")) for hit in hits)
    ):
        arrives = times.arrives
        return [Report(children, None, None, None, None, arrives, None)]
    asked = seen.message.asked
    first = school_day(days.first if days.first is not None else start, calendar)
    if not calendar.is_school_day(first):  # beyond the calendar: the office has to add the next terms first
        first = start
        ask.add("dates")
    draft = asked.draft if asked is not None and asked.kind in ("reason", "absence", "child") else None
    if asked is not None and asked.kind == "child" and draft is not None and code is None:
        code = draft.code
        first = draft.first_day if days.first is None and draft.first_day is not None else first
    if asked is None and why.certainty < ASK_BELOW["reason"]:
        code = _known_code(seen.message, children) or code
    unsaid = why.code is None and not days.roles and not times.roles
    if asked is not None and asked.kind == "child" and draft is not None and unsaid and draft.first_day is not None:
        return [replace(draft, children=children)]
    code = code or "N"
    ret = days.ret
    waiting = asked is not None and asked.kind in ("absence", "reason") and asked.day is not None
    if (
        waiting
        and asked is not None
        and asked.day is not None
        and first > asked.day
        and code not in ("M", "J1", "C1", "P")
    ):
        first = asked.day
    if (
        days.first is not None
        and asked is not None
        and asked.kind in ("absence", "reason", "child")
        and asked.day is not None
        and not _says_day(days)
    ):
        first = asked.day
    if draft is not None and ret is None and draft.return_day is not None:
        ret = draft.return_day
    part = part_of_day(seen, code, times, days, hits, ranges, first, calendar)
    partly = part.session != "day" or part.returns_same_day
    partly |= ret is None and part.next_day is not None and stays_away(hits)
    if partly and (not days.said_return or ret is None or ret <= first):
        ret = first if part.returns_same_day else part.next_day or ret
    if ret is not None and ret < first:
        ret = None
    if (
        code == "I"
        and days.single
        and not days.said_return
        and days.ret is not None
        and first > now.date()
        and not _planned_words(hits)
    ):
        ret = ret if any(m.form != "tomorrow" for m, r in days.roles if r == "absent") else None
    given = any(hit.tag.startswith("why:N") for hit in hits)
    carried = asked is None and code == _known_code(seen.message, children)
    open_reason = not carried and ((code == "N" and not given) or why.certainty < ASK_BELOW["reason"])
    if open_reason and not seen.danger.safeguarding and not (asked is not None and asked.kind == "child"):
        ask.add("reason")
    if (ret is None and not any(hit.tag == "kind:unknown_return" for hit in hits)) or days.return_sure < ASK_BELOW[
        "return"
    ]:
        ask.add("return")
    if days.first_sure < ASK_BELOW["dates"] and days.said_first:
        ask.add("dates")
    return [Report(children, code, first, ret, part.session, part.arrives, part.leaves)]


def _known_code(message: Message, children: tuple[str, ...]) -> str | None:
    """The code of the absence that we know already, when a message only carries it on ("he's worse, back Monday")."""
    codes = {report.code for report in message.known if set(children) & set(report.children)}
    return codes.pop() if len(codes) == 1 else None


def _says_day(days: Days) -> bool:
    return any(role in ("absent", "since") and mention.form != "today" for mention, role in days.roles)


def _planned_words(hits: list[Hit]) -> bool:
    return any(hit.tag.startswith("why:M") for hit in hits)


def _not_of(message: Message, children: tuple[str, ...]) -> frozenset[str]:
    """The pronouns that cannot mean these children, where the name of an only one says so."""
    sexes = {sex(child) for child in message.children if child.id in children}
    if sexes == {"f"}:
        return frozenset(("he", "him", "his"))
    return frozenset(("she", "her", "hers")) if sexes == {"m"} else frozenset()


def short_reports(
    seen: Reading, intent: str, clauses: list[Clause], start: date, calendar: SchoolCalendar
) -> tuple[tuple[Report, ...], set[str]]:
    """late, return, present, missing, cancel: the children, and what was said of days and arrival."""
    ask: set[str] = set()
    children, sure = children_meant(seen, clauses)
    if intent == "present":
        children = _present_children(seen, clauses, children)
    if intent in ("late", "return") and any(clause.well for clause in clauses) and not children:
        children, sure = children_meant(seen, [replace(clause, well=False) for clause in clauses])
    if not children or sure < ASK_BELOW["child"]:
        ask.add("child")
    arrives = seen.times.arrives
    now = local(seen.message.sent_at)
    if intent == "late":
        if arrives is None and seen.times.own is not None and seen.times.own > calendar.am.opens:
            arrives = seen.times.own
        if arrives is None and seen.times.late_by is not None:
            arrives = _after(calendar.am.opens, seen.times.late_by)
        return (Report(children, arrives=arrives),), ask
    if intent == "return":
        ret = seen.days.ret
        asked = seen.message.asked
        if not seen.days.said_return:
            ret = _bare_return(seen, calendar) or ret
        if ret is None and seen.days.roles and asked is not None and asked.kind == "return":
            ahead = [
                m.first
                for m, role in seen.days.roles
                if role == "since" and m.first is not None and m.first > now.date()
            ]
            ret = school_day(ahead[0], calendar) if ahead else None
        if ret is None and (
            _today_back(seen) or arrives is not None or seen.signals.has("late", "bring|", "in later", "come|")
        ):
            ret = school_day(now.date(), calendar)
        if ret is not None and seen.days.return_sure < ASK_BELOW["return"]:
            ask.add("return")
        if ret is None and not seen.signals.has("unknown_return"):
            ask.add("return")
        if (
            asked is not None
            and asked.kind == "return"
            and ret is not None
            and asked.day is not None
            and ret < asked.day
        ):
            ask.add("return")
        return (Report(children, return_day=ret, arrives=arrives),), ask
    if intent == "cancel":
        return (Report(children, first_day=None),), ask
    return (Report(children),), ask


def _after(clock: time, minutes: int) -> time:
    total = min(clock.hour * 60 + clock.minute + minutes, 23 * 60 + 59)
    return time(total // 60, total % 60)


def _today_back(seen: Reading) -> bool:
    return any(m.form == "today" and m.part != "evening" for m, _ in seen.days.roles) or seen.signals.has(
        "back", "back in"
    )


def _bare_return(seen: Reading, calendar: SchoolCalendar) -> date | None:
    """An answer to "when back?" that is only a date: that day; or a stretch still to come: the day after it."""
    for mention, role in seen.days.roles:
        if role in ("past", "other", "since") or mention.first is None or mention.form == "today":
            continue
        assert mention.last is not None
        if mention.single or (
            mention.form == "week" and mention.modifier in ("next", "commencing") and not mention.part
        ):
            return school_day(mention.first, calendar)
        if mention.form == "list":
            return school_day(mention.first, calendar)
        return school_day(mention.last + DAY, calendar)
    return None


def _present_children(seen: Reading, clauses: list[Clause], children: tuple[str, ...]) -> tuple[str, ...]:
    asked = seen.message.asked
    named: list[str] = []
    for hit in seen.signals.by.get("present", ()):
        for clause in clauses:
            if clause.first <= hit.first < clause.until and clause.children:
                named += [child for child in clause.children if child not in named]
    if named:
        return tuple(named)
    if asked is not None and asked.about:
        return asked.about
    return children
