"""Reports: what was judged of each group of children, put into the fields of the contract, and what to ask about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from attendance.calendar import SchoolCalendar, local
from attendance.policy.certainty import AskBelow
from bot.understanding.apart import Absence, separate_days, two_absences
from bot.understanding.clauses import Clause
from bot.understanding.dates.clock import Moment
from bot.understanding.evidence import Reading
from bot.understanding.groups import Group, children_meant, read_groups
from bot.understanding.held import reason_held, reasons_held, says_nothing_new, with_parts_held
from bot.understanding.learned.days import Chosen, setting_of, weigh_days
from bot.understanding.learned.features import of_part
from bot.understanding.learned.halves import PartDay, weigh_half
from bot.understanding.learned.messages import Judged, judge_message
from bot.understanding.learned.times import Clock, weigh_times
from bot.understanding.named import ids_of
from bot.understanding.names import sex
from bot.understanding.network import Opinion, consult
from bot.understanding.roles import settle_days
from bot.understanding.school_days import after, on_or_after
from bot.understanding.values import Part, Report
from bot.understanding.when import DAY_ENDS, said_part, vague_ahead
from bot.understanding.why import Why, read_why

#: Reasons that only the headteacher can grant or refuse; planned ahead they are leave and not a report.
HEAD_ONLY = frozenset(("C", "C1", "G", "J1", "R", "T", "O", "N"))
#: Of a past day that is missed the first are said, and none of the second.
_WAS, _IS = frozenset(("was", "were", "missed", "had")), frozenset("since now still is has are today".split())
#: Away since a day, and not only poorly with something since then; away on this day and no other.
_AWAY_SINCE = re.compile(r"\b(?:been|was|is|off|away|absent) (?:off|away|absent|ill|sick|poorly|unwell)? ?since\b")
_JUST_TODAY = re.compile(r"\b(?:just|only) (?:for )?today\b|\btoday only\b")
#: Today as on the day before.
_AGAIN = re.compile(r"\b(?:again|still|either|too|also|as well)\b")
#: From this probability on words about one child say that it is at school, or that nobody knows where it is.
_BELIEVED = 0.4
#: How sure a first day is that rules and weights find alike.
_AGREED = 0.9
#: Below this probability the weights hardly know a reason; from this certainty on words stand for one by themselves.
_HARDLY, _PLAIN_WORDS = 0.5, 0.6
#: Words that stand for a reason as surely as the first are believed where weights and network are less sure than this.
_PLAINER, _NOT_SURE = 0.8, 0.7
#: In a question that says no word of why, a holiday less sure than this is a guess.
_GUESSED = 0.8
#: Who falls ill in the morning, or flies in the morning, is away the whole day.
_BY_THE_DAY = frozenset(("I", "G", "T"))
#: A half of the day that the rules find as well is so many times likelier.
_RULED = 2.5
_NOON = time(12)
#: With one of these "back" is no day of return.
_NOT_YET = frozenset("not no worse ignore never until when soon once should hope hopefully going to will".split())
_HALVES: dict[str, Part] = {"am": "am", "pm": "pm"}


@dataclass(frozen=True, slots=True)
class Told:
    """One message with everything that its reports are read from. `start` is the first day when none is said."""

    seen: Reading
    tokens: Sequence[str]
    judged: Judged
    clauses: list[Clause]
    start: date
    calendar: SchoolCalendar
    ask_below: AskBelow


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is judged of the words about one group of children."""

    judged: Judged
    why: Why
    days: Chosen
    clock: Clock
    half: str


def read_reports(told: Told, intent: str) -> tuple[tuple[Report, ...], set[str]]:
    """The reports of a message of this kind, and the fields to ask about before any of them is recorded."""
    ask: set[str] = set()
    if intent in ("present", "missing") and (there := _whose_place(told)):
        others = _away_beside(told, there, ask)
        return (Report(_looked_for(told, there, intent)), *others), ask
    children, sure = children_meant(told.seen, told.tokens, told.clauses, intent)
    children = _looked_for(told, children, intent)
    groups = read_groups(told.seen, told.clauses, children)
    if not children or (sure < told.ask_below.child and not _each_by_name(told, groups, children)):
        ask.add("child")
    asked = told.seen.message.asked
    if intent == "absence" and (asked is None or asked.kind in ("absence", "reason")):
        apart = two_absences(told.seen, sent_on(told)) or ()
        whose = [children if len(groups) == 1 else _named_in(told, one.place) for one in apart]
        if apart and (len(groups) == 1 or set(whose[0]) & set(whose[1])):
            wanting = set(ask)
            first, second = (_one_of_two(told, who, one, wanting) for who, one in zip(whose, apart, strict=True))
            if first.first_day != second.first_day:
                return (first, second), wanting - {"return"}
    reports = [_report(told, group, intent, len(groups) > 1, ask) for group in groups]
    if intent == "absence" and len(reports) == 1:
        reports = list(separate_days(told.seen, reports[0], told.calendar))
    return tuple(_together(reports)), ask


def _named_in(told: Told, place: tuple[int, int]) -> tuple[str, ...]:
    """The children that the words of one place name, in the order of the list."""
    first, until = place
    named = set(ids_of([one for one in told.seen.who.named if first <= one.first < until]))
    return tuple(child.id for child in told.seen.message.children if child.id in named)


def _each_by_name(told: Told, groups: Sequence[Group], children: tuple[str, ...]) -> bool:
    """Whether the children are told apart, each with news of its own, and nobody else is named."""
    named = set(ids_of(told.seen.who.named))
    return len(groups) > 1 and named == set(children)


def _whose_place(told: Told) -> tuple[str, ...]:
    """Of several children those in whose clauses it is said that one is at school, or that nobody knows where."""
    if len(told.seen.message.children) < 2:
        return ()
    places = [hit.first for hit in told.seen.hits if hit.tag in ("kind:present", "kind:lost")]
    found = [c.children for c in told.clauses if any(c.first <= place < c.until for place in places)]
    return tuple(dict.fromkeys(child for children in found for child in children))


def _looked_for(told: Told, there: tuple[str, ...], intent: str) -> tuple[str, ...]:
    """ "I dropped them both at 8.15", of one whom we asked about: nobody looks for the other one."""
    asked = told.seen.message.asked
    missed = tuple(child for child in there if asked is not None and child in asked.about)
    return missed if intent == "present" and missed else there


def _away_beside(told: Told, there: tuple[str, ...], ask: set[str]) -> list[Report]:
    """The absences of other children that the same message tells."""
    out = []
    for child in dict.fromkeys(c for clause in told.clauses for c in clause.children if c not in there):
        places = tuple((clause.first, clause.until) for clause in told.clauses if child in clause.children)
        part = _judge(told, Group((child,), places), "absence", True)
        if part.judged.best("kind")[0] == "absence":
            out.append(_absence(told, (child,), part, ask))
    return out


def believed_elsewhere(told: Told, reports: Sequence[Report]) -> tuple[str, Report] | None:
    """Of a child that we asked about, and that the other reports leave out, the parent may say that it is at school,
    or not know where it is: "Ben is ill, Lily got on the bus". The kind, which then goes first, and its report."""
    asked = told.seen.message.asked
    reported = {child for report in reports for child in report.children}
    for child in asked.about if asked is not None else ():
        places = tuple((clause.first, clause.until) for clause in told.clauses if child in clause.children)
        if child in reported or not places:
            continue
        kind, sure = _judge(told, Group((child,), places), "present", True).judged.best("kind")
        if kind in ("present", "missing") and sure >= _BELIEVED:
            return kind, Report((child,))
    return None


def _report(told: Told, group: Group, intent: str, several: bool, ask: set[str]) -> Report:
    part = _judge(told, group, intent, several)
    kind = _kind_of_part(part, intent) if several else intent
    if kind == "absence":
        return _absence(told, group.children, part, ask)
    if kind == "late" and intent == "absence":
        return Report(group.children, None, part.days.first, None, "am", part.clock.arrives)
    if kind == "late":
        return Report(group.children, arrives=part.clock.arrives)
    if kind == "return":
        back = part.days.back or _back_now(told)
        if back is None or (back == part.days.back and _return_open(told, part.days)):
            ask.add("return")
        return Report(group.children, return_day=back, arrives=part.clock.arrives)
    if kind == "cancel":
        return Report(group.children, first_day=part.days.first if part.days.said_first else None)
    return Report(group.children)


def _one_of_two(told: Told, children: tuple[str, ...], absence: Absence, ask: set[str]) -> Report:
    """The report of one of two absences, with its own reason, and its own day where that is plain."""
    report = _report(told, Group(children, (absence.place,)), "absence", True, ask)
    if absence.code is not None:
        report = replace(report, code=absence.code)
    if absence.day is None:
        return report
    first = on_or_after(absence.day, told.calendar)
    back = after(first, told.calendar) if first is not None else None
    return report if back is None else replace(report, first_day=first, return_day=back)


def _kind_of_part(part: Judgement, intent: str) -> str:
    """Of children that are told apart one may be ill and the other late; the rest of a message keeps its kind."""
    chances = part.judged.several["kind"]
    choices = {"absence", "late", intent} if intent in ("absence", "late") else {"absence", intent}
    return max(choices, key=lambda kind: chances.get(kind, 0.0))


def _judge(told: Told, group: Group, intent: str, several: bool) -> Judgement:
    seen, tokens, judged, why = told.seen, told.tokens, told.judged, told.seen.why
    ruled, moments = seen.days, list(seen.times.roles)
    if several:
        inside = {number for first, until in group.parts for number in range(first, until)}
        tokens = [token if number in inside else "" for number, token in enumerate(told.tokens)]
        hits = [hit for hit in seen.hits if hit.first in inside]
        why = read_why(seen.words, seen.who, seen.hits, group.parts, _not_of(seen, group.children))
        roles = [row for row in seen.days.roles if seen.words.word_at(row[0].start) in inside]
        ruled = settle_days(roles, sent_on(told), told.start, told.calendar, False, False)
        moments = [row for row in moments if seen.words.word_at(row[0].start) in inside]
        seen = replace(seen, opinion=seen.opinion and consult(seen, told.calendar, inside))
        judged = judge_message(of_part(seen, tokens, why, hits, told.calendar), opinion=seen.opinion)
    code = _code(judged, why, seen)
    setting = setting_of(seen, ruled, told.start, told.calendar, group.children)
    days = weigh_days(seen, tokens, setting, intent, code, told.calendar)
    clock = weigh_times(seen, tokens, moments, intent, told.calendar)
    days, half = _with_half(told, tokens, moments, days, clock, code, seen.opinion)
    if not several:
        days = _today_as_said(told, _past_as_said(told, days))
    if days.back is None and says_nothing_new(seen, why) and setting.draft_back is not None:
        days = replace(days, back=setting.draft_back, back_sure=_AGREED)
    if days.back is None and ruled.ret == after(days.first, told.calendar) and _JUST_TODAY.search(seen.words.line):
        days = replace(days, back=ruled.ret, back_sure=_AGREED)
    if days.first == setting.ruled_first:  # rules and weights agree
        days = replace(days, first_sure=max(days.first_sure, _AGREED))
    return Judgement(judged, why, days, clock, half)


def _with_half(
    told: Told, tokens: Sequence[str], moments: Sequence[tuple[Moment, str]], days: Chosen, clock: Clock, code: str,
    opinion: Opinion | None,
) -> tuple[Chosen, str]:  # fmt: skip
    """The days and the half that are likeliest together: who leaves for good at noon is not back the same day."""
    part = said_part(told.seen, sent_on(told))
    if part and code not in _BY_THE_DAY and clock == Clock(sure=clock.sure) and days.back is not None:
        return _half_day(told, days, part)
    if not moments and told.seen.times.roles:
        return days, "day"  # the times are another child's
    best, found = -1.0, (days, "day")
    own = min((moment.at for moment, _ in moments), default=None)
    whole = len(moments) == len(told.seen.times.roles)  # the words are about all children, or name every time
    part_day = PartDay(told.seen, tokens, clock, code, told.calendar)
    ruled = part_day.ruled if whole else None
    if ruled == "pm" and code == "M" and not moments and _is_of_the_afternoon(told.seen):
        return _half_day(told, days, "pm")
    for pair in days.all:
        said = half_by_times(clock, pair.back == pair.first, told.calendar, own)
        for half, chance in (
            {said: 1.0} if said else weigh_half(part_day.between(pair.first, pair.back), opinion)
        ).items():
            together = pair.sure * chance * _fitting(half, pair, clock) * (_RULED if half == ruled else 1.0)
            if together > best:
                best, found = together, (pair, half)
    pair, half = replace(found[0], others=tuple(other for other in days.all if other is not found[0])), found[1]
    drafted = told.seen.message.asked is not None and told.seen.message.asked.draft is not None
    if half == "pm" and clock.arrives is None and pair.back == pair.first and not drafted:
        # Left, and nobody said "back the same day": both days are said of it, and mean the same.
        back = after(pair.first, told.calendar)
        if back is None:
            return replace(pair, beyond=True), half
        pair = replace(pair, back=back, back_sure=min(1.0, pair.back_sure + _sure_of(days, pair.first, back)))
    return pair, half


def _is_of_the_afternoon(seen: Reading) -> bool:
    """ "The dentist this afternoon": told by these words alone, and no word of coming back or in."""
    told = any(
        role == "absent" and seen.words.line[mention.start : mention.end].endswith(" afternoon")
        for mention, role in seen.days.roles
    )
    return told and not seen.signals.has("back") and not seen.signals.has("appt_return")


def _half_day(told: Told, days: Chosen, part: str) -> tuple[Chosen, str]:
    """ "Wednesday 18 November in the morning": back the same day, or on the next where it is the afternoon."""
    back = days.first if part == "am" else after(days.first, told.calendar)
    if back is None:
        return replace(days, beyond=True), part
    return replace(days, back=back, back_sure=max(days.back_sure, _AGREED)), part


def _sure_of(days: Chosen, first: date, back: date) -> float:
    """How sure a pair of days among the likeliest is."""
    return next((pair.sure for pair in days.all if (pair.first, pair.back) == (first, back)), 0.0)


def _fitting(half: str, days: Chosen, clock: Clock) -> float:
    """How often such a half goes with such a return (contract, `return_day` of a part-day absence)."""
    if days.back is None:
        return 0.1 if clock.arrives is not None else 1.0 if half == "day" else 0.3
    if days.back == days.first:
        return 0.05 if half == "day" else 1.0
    return 0.05 if half == "am" else 1.0


def _code(judged: Judged, why: Why, seen: Reading) -> str:
    """The likeliest reason; where the weights hardly know, or know only what we hold, that of the words."""
    code, sure = judged.best("reason")
    if (kept := reason_held(seen, why, code, sure)) is not None:
        return kept
    if why.code is None and code == "G" and sure < _GUESSED and seen.signals.has("question"):
        return "N"  # "may they have the week of 7 December off?": days without a word of why are no holiday yet
    only_held = code in reasons_held(seen.message) and code not in why.scores
    unsure = sure < (_NOT_SURE if why.certainty >= _PLAINER else _HARDLY)
    plain = why.code is not None and why.certainty >= _PLAIN_WORDS and (unsure or only_held)
    return why.code if plain and why.code is not None else code


def _past_as_said(told: Told, days: Chosen) -> Chosen:
    """ "Tom was ill on Monday": a past day that is said to be missed is not today, of which nothing is said."""
    ruled = told.seen.days
    texts, line = told.seen.words.texts, told.seen.words.line
    over = not _WAS.isdisjoint(texts) and _IS.isdisjoint(texts)
    if days.said_first or not (over or _AWAY_SINCE.search(line)):
        return days
    past = ruled.first is not None and ruled.said_first and ruled.first < sent_on(told) <= days.first
    if not past or ruled.first is None or not told.calendar.is_school_day(ruled.first):
        return days
    back = ruled.ret if ruled.ret is not None else days.back
    return replace(days, first=ruled.first, back=back if back is None or back >= ruled.first else None)


def _today_as_said(told: Told, days: Chosen) -> Chosen:
    """ "She is ill today", where the question that is still open was about yesterday: yesterday stays unexplained."""
    asked, sent = told.seen.message.asked, sent_on(told)
    if asked is None or asked.draft is not None or days.said_first or not days.first == told.start < sent:
        return days
    if _AGAIN.search(told.seen.words.line):
        return days
    ruled = told.seen.days
    on = [mention for mention, role in ruled.roles if role == "absent" and mention.form == "today"]
    before = [mention for mention, _ in ruled.roles if mention.first is not None and mention.first < sent]
    if not on or before:
        return days
    return replace(days, first=sent, said_first=True, back=days.back if days.back is None or days.back > sent else None)


def _absence(told: Told, children: tuple[str, ...], part: Judgement, ask: set[str]) -> Report:
    code = _code(part.judged, part.why, told.seen)
    sure = part.judged.several["reason"].get(code, 0.0)
    if not _reason_given(told, part, code, sure):
        ask.add("reason")
    unknown = part.days.beyond or not told.calendar.is_school_day(part.days.first) or _some_day_ahead(told, part.days)
    if part.days.first_sure < told.ask_below.dates or unknown:
        ask.add("dates")
    if _return_open(told, part.days):
        ask.add("return")
    half = _HALVES.get(part.half, "day")
    days = part.days
    report = Report(children, code, days.first, days.back, half, part.clock.arrives, part.clock.leaves)
    return with_parts_held(told.seen, report)


def _some_day_ahead(told: Told, days: Chosen) -> bool:
    """ "Away in June", "an operation next month": not today, and no day is said."""
    return not days.said_first and vague_ahead(told.seen.words.line)


def _back_now(told: Told) -> date | None:
    """ "Jenna is back", "all better and back today", unasked on the morning or in the middle of a school day: today."""
    seen, now = told.seen, local(told.seen.message.sent_at)
    days = [mention.form for mention, _ in seen.days.roles]
    said = (not days and seen.signals.has("back")) or days == ["today"]
    school = told.calendar.is_school_day(now.date()) and now.time() <= DAY_ENDS
    if seen.message.asked is not None or not said or not school or not _NOT_YET.isdisjoint(seen.words.texts):
        return None
    return now.date()


def _return_open(told: Told, days: Chosen) -> bool:
    """Whether the day of return is to be asked for: not said or not sure; "not sure yet" is an answer."""
    if days.back is None and told.seen.signals.has("unknown_return"):
        return False
    return days.back is None or max(days.back_sure, _one_day(told, days)) < told.ask_below.return_day


def _one_day(told: Told, days: Chosen) -> float:
    """How sure it is that the child misses one day, or a part of it: back the same day or on the next is all one."""
    ends = (days.first, after(days.first, told.calendar))
    if days.back not in ends:
        return 0.0
    return sum(pair.sure for pair in days.all if pair.first == days.first and pair.back in ends)


def _reason_given(told: Told, part: Judgement, code: str, sure: float) -> bool:
    """Whether the reason may be recorded: sure enough, and surer where no word of it stands in the text itself."""
    held = reasons_held(told.seen.message)
    if code == "N":
        return code in held or any(hit.tag.startswith("why:N") for hit in part.why.hits)
    if code == part.why.code and part.why.certainty >= _PLAIN_WORDS:
        return True
    told_so = part.why.code is not None or code in held
    return sure >= (told.ask_below.reason if told_so else told.ask_below.unsaid_reason)


def half_by_times(clock: Clock, same_day: bool, calendar: SchoolCalendar, own: time | None = None) -> Part | None:
    """The half whose register is missed, where the child's own times say it (contract, `session`).

    `same_day`: the child is back on the day on which it leaves. `own`: the earliest time that is named: a child that is
    back at three from the dentist at two was at school before.
    """
    arrives, leaves = clock.arrives, clock.leaves
    if leaves is None and arrives is not None and own is not None and _NOON <= own < arrives:
        return "pm"
    if leaves is None:
        return None if arrives is None else "am" if arrives < calendar.pm.opens else "day"
    if arrives is None:
        return "am" if same_day and leaves < _NOON else "pm"
    if arrives < leaves:
        return "day"
    return "am" if leaves < _NOON and arrives < calendar.pm.closes else "pm"


def corrected(told: Told, intent: str) -> tuple[str, tuple[Report, ...], set[str]]:
    """An answer to our read-back: the draft with what the words change; a new return day alone is a `return`."""
    asked = told.seen.message.asked
    assert asked is not None
    assert asked.draft is not None
    draft = asked.draft
    reports, ask = read_reports(told, "absence" if intent == "leave" else intent)
    if intent not in ("absence", "leave") or len(reports) != 1:
        return intent, reports, ask
    said = reports[0]
    if (said.arrives, said.leaves) == (None, None) and said.session == draft.session:
        said = replace(said, arrives=draft.arrives, leaves=draft.leaves)
    ask -= {"reason", "return"}
    if said == draft:
        return intent, (said,), ask | {"confirm"}
    if replace(said, return_day=draft.return_day) == draft:
        return "return", (Report(said.children, return_day=said.return_day),), ask
    return intent, (said,), ask


def planned_intent(intent: str, reports: tuple[Report, ...], today: date) -> str:
    """Leave is an absence whose first day is after today for a reason that only the head can grant, or for none."""
    coded = [report for report in reports if report.code is not None]
    if coded and all(r.first_day is not None and r.first_day > today and r.code in HEAD_ONLY for r in coded):
        return "leave"
    return intent


def sent_on(told: Told) -> date:
    """The London day on which the message was sent."""
    return local(told.seen.message.sent_at).date()


def _together(reports: Sequence[Report]) -> list[Report]:
    merged: dict[Report, tuple[str, ...]] = {}
    for report in reports:
        key = replace(report, children=())
        merged[key] = merged.get(key, ()) + tuple(c for c in report.children if c not in merged.get(key, ()))
    return [replace(key, children=children) for key, children in merged.items()]


def _not_of(seen: Reading, children: tuple[str, ...]) -> frozenset[str]:
    """The pronouns that cannot mean these children, where the name of an only one says so."""
    sexes = {sex(child) for child in seen.message.children if child.id in children}
    if sexes == {"f"}:
        return frozenset(("he", "him", "his"))
    return frozenset(("she", "her", "hers")) if sexes == {"m"} else frozenset()
