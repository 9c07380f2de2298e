"""Reports: what was judged of each group of children, put into the fields of the contract, and what to ask about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from attendance.absences import APPOINTMENT
from attendance.calendar import local
from bot.understanding.children.groups import Group, children_meant, read_groups
from bot.understanding.children.joined import joined
from bot.understanding.children.named import ids_of
from bot.understanding.children.plainly_told import are_plainly_late, named_in
from bot.understanding.day_meant import back_now, in_the_morning, late_ahead
from bot.understanding.days.apart import Absence, separate_days, two_absences
from bot.understanding.days.asked_of_today import with_the_day_ahead
from bot.understanding.days.away_ahead import back_after_it
from bot.understanding.days.each_back import returns_of_each
from bot.understanding.days.each_half import halves_of_each_day
from bot.understanding.days.either_way import is_said_either_way
from bot.understanding.days.evening import about_the_day_that_is_over, about_the_next_morning, after_they_set_off
from bot.understanding.days.only_better import back_is_known, only_better
from bot.understanding.days.school_days import after, on_or_after
from bot.understanding.days.told_late import up_to_today
from bot.understanding.days.when import vague_ahead
from bot.understanding.days.whole_day import ill_till_the_doctors
from bot.understanding.judging import Judgement, Told, judge, sent_on
from bot.understanding.kinds.fetched import is_taken_out, taken_out
from bot.understanding.kinds.idle import is_with_me
from bot.understanding.kinds.in_school import looked_for, said_off, whose_place
from bot.understanding.kinds.overslept import only_overslept
from bot.understanding.kinds.told_already import as_recorded
from bot.understanding.learned.children import says_nothing_of_whom
from bot.understanding.learned.days import Chosen
from bot.understanding.reasons.held import own_reason, reasons_held, with_parts_held
from bot.understanding.reasons.left_at_home import left_at_home
from bot.understanding.reasons.likeliest import PLAIN_WORDS, code_of, is_afraid
from bot.understanding.reasons.own_words import says_why
from bot.understanding.values import Part, Report
from bot.understanding.words.phrases import Hit

#: Reasons that only the headteacher can grant or refuse; planned ahead they are leave and not a report.
HEAD_ONLY = frozenset(("C", "C1", "G", "J1", "R", "T", "O", "N"))
#: How sure a first day is that follows from the calendar.
_AGREED_WITH_THE_CALENDAR = 0.9
#: From this probability on the part of a message about one of several children only tells when it comes back.
_PLAINLY_BACK = 0.9
_NOON = time(12)
_HALVES: dict[str, Part] = {"am": "am", "pm": "pm"}


def read_reports(told: Told, intent: str) -> tuple[tuple[Report, ...], set[str]]:
    """The reports of a message of this kind, and the fields to ask about before any of them is recorded."""
    ask: set[str] = set()
    if intent in ("present", "missing") and (there := whose_place(told)):
        return _sought_and_away(told, there, intent, ask), ask
    if intent == "return" and len(told.seen.who.named) > 1 and (each := returns_of_each(told)):
        return each, ask
    children, sure = children_meant(told.seen, told.tokens, told.clauses, intent)
    children = looked_for(told, children, intent)
    groups = read_groups(told.seen, told.clauses, children)
    unsure = sure < told.ask_below.child and not _each_by_name(told, groups, children)
    if not children or unsure or (len(children) > 1 and says_nothing_of_whom(told.seen)):
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
    if intent == "absence" and _alike(told, groups):
        groups = [Group(children, ((0, len(told.seen.words.texts)),))]
    read: list[tuple[Group, Judgement]] = []
    reports = [_report(told, group, intent, len(groups) > 1, ask, read) for group in groups]
    if intent in ("present", "missing"):
        reports += _away_beside(told, children, intent, ask)
    if intent == "absence" and (stays := left_at_home(told, reports)) is not None:
        reports = stays
        if all(report.code != "N" for report in reports):
            ask.discard("reason")
        if {child for report in reports for child in report.children} <= set(ids_of(told.seen.who.named)):
            ask.discard("child")  # each by its name, the one ill and the other not brought
    if intent == "absence" and len(reports) == 1:
        halves = halves_of_each_day(told.seen, reports[0], told.calendar)
        reports = list(halves or separate_days(told.seen, reports[0], told.calendar))
        if len(reports) > 1:
            ask.discard("return")  # every one of these days is said, and each is one day
    return tuple(together(reports)), ask


def _named_in(told: Told, place: tuple[int, int]) -> tuple[str, ...]:
    """The children that the words of one place name, in the order of the list."""
    first, until = place
    named = set(ids_of([one for one in told.seen.who.named if first <= one.first < until]))
    return tuple(child.id for child in told.seen.message.children if child.id in named)


def _alike(told: Told, groups: Sequence[Group]) -> bool:
    """ "You only asked about Ned but Polly is off too, same bug": of Ned no reason is told but that of Polly."""
    asked, hits = told.seen.message.asked, told.seen.hits
    if asked is None or asked.kind not in ("absence", "reason") or len(groups) != 2:
        return False
    own = next((group for group in groups if set(group.children) <= set(asked.about)), None)
    other = next((group for group in groups if group is not own), None)
    if own is None or other is None:
        return False
    reasons = [hit for hit in hits if hit.tag.startswith("why:") and hit.tag[:6] != "why:N:"]
    same = [hit for hit in hits if hit.tag == "kind:same" or hit.phrase.startswith("same")]
    return not _inside(reasons, own) and _inside(same, other) and _inside(reasons, other)


def _inside(hits: Sequence[Hit], group: Group) -> bool:
    return any(first <= hit.first < until for hit in hits for first, until in group.parts)


def _each_by_name(told: Told, groups: Sequence[Group], children: tuple[str, ...]) -> bool:
    """Whether the children are told apart, each with news of its own, and nobody else is named."""
    named = set(ids_of(told.seen.who.named))
    return len(groups) > 1 and named == set(children)


def _sought_and_away(told: Told, there: tuple[str, ...], intent: str, ask: set[str]) -> tuple[Report, ...]:
    """The children that are at school or missing, and the absences of others that the same message tells. The child
    that we asked about, and of which nothing is told but that it is not there, is missed itself.
    """
    asked, wanting = told.seen.message.asked, set[str]()
    about = asked.about if asked is not None else ()
    sought = looked_for(told, there, intent)
    others = _away_beside(told, (*there, *sought), intent, wanting)
    unexplained = {child for report in others if report.code == "N" for child in report.children}
    if about and unexplained.issuperset(about) and not said_off(told, about):
        sought, wanting = about, set[str]()
        others = _away_beside(told, (*there, *sought), intent, wanting)
    ask |= wanting
    return Report(sought), *others


def _away_beside(told: Told, there: tuple[str, ...], intent: str, ask: set[str]) -> list[Report]:
    """The absences of other children: "Polly is off"; a reason that is plain; and no N beside one who is missing."""
    out = []
    for child in dict.fromkeys(c for clause in told.clauses for c in clause.children if c not in there):
        places = tuple((clause.first, clause.until) for clause in told.clauses if child in clause.children)
        part = judge(told, Group((child,), places), "absence", True)
        inside = {number for first, until in places for number in range(first, until)}
        off = any(hit.tag == "kind:absent" and hit.first in inside for hit in told.seen.hits)
        wanting: set[str] = set()
        report = _absence(told, (child,), part, wanting)
        off = off and (intent == "present" or report.code != "N")
        if off or (part.judged.best("kind")[0] == "absence" and "reason" not in wanting):
            out.append(report)
            ask |= wanting
    return out


def _report(
    told: Told, group: Group, intent: str, several: bool, ask: set[str],
    before: list[tuple[Group, Judgement]] | None = None,
) -> Report:  # fmt: skip
    """The report of one group; `before` are those of the same message that were judged already, and it is added."""
    part = judge(told, group, intent, several)
    if before is not None:
        part = joined(told, group, part, before)
        before.append((group, part))
    kind = _kind_of_part(told, group, part, intent) if several else intent
    if kind == "absence":
        wanting: set[str] = set()
        report = _absence(told, group.children, part, wanting)
        ask |= wanting
        if is_taken_out(told.seen):
            report = taken_out(told.seen, report, ask, told.calendar)
        # "Dan is ill. Eve back tomorrow": why Eve is away is asked, and Dan's illness does not wait for it
        return replace(report, code="N") if several and "reason" in wanting else report
    if kind == "late" and intent == "absence":
        return Report(group.children, None, part.days.first, None, "am", part.clock.arrives)
    if kind == "late":
        return Report(group.children, first_day=late_ahead(told, part.days), arrives=part.clock.arrives)
    if kind == "return":
        back = (part.days.back if not only_better(told.seen) else None) or back_now(told)
        back = back or back_after_it(told.seen, told.calendar)
        if back is not None and part.clock.arrives is not None and back < sent_on(told) <= told.start:
            back = sent_on(told)  # "in at 11", of a child that is away since yesterday
        if in_the_morning(told, part.days):
            back = after(sent_on(told), told.calendar)
        if back == part.days.back and _return_open(told, part.days) and not back_is_known(told.seen, group.children):
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


def _kind_of_part(told: Told, group: Group, part: Judgement, intent: str) -> str:
    """Of children that are told apart one may be ill and the other late; the rest of a message keeps its kind."""
    chances = part.judged.several["kind"]
    if chances.get("return", 0.0) >= _PLAINLY_BACK and part.days.back is not None and _known_away(told, group.children):
        return "return"
    if intent == "absence" and only_overslept(told.seen, part.why.code):
        return "late"
    if intent in ("absence", "late") and _only_late(told, group, part):
        return "late"
    choices = {"absence", "late", intent} if intent in ("absence", "late") else {"absence", intent}
    return max(choices, key=lambda kind: chances.get(kind, 0.0))


def _only_late(told: Told, group: Group, part: Judgement) -> bool:
    """ "Ann will be late": no reason of being away is told of this child, nor that it is."""
    about = [clause for clause in told.clauses if clause.children and set(clause.children) <= set(group.children)]
    return part.why.code is None and any(
        are_plainly_late(told.seen, clause, named_in(told.seen, clause)) for clause in about
    )


def _known_away(told: Told, children: tuple[str, ...]) -> bool:
    """Reported away already, and not asked about: "Zara is better, in tomorrow" is no absence of tomorrow."""
    message = told.seen.message
    known = {child for report in message.known for child in report.children}
    return set(children) <= known and (message.asked is None or known.isdisjoint(message.asked.about))


def _absence(told: Told, children: tuple[str, ...], part: Judgement, ask: set[str]) -> Report:
    code = own_reason(told.seen, part.why, children, code_of(part.judged, part.why, told.seen))
    sure = part.judged.several["reason"].get(code, 0.0)
    if not _reason_given(told, part, code, sure):
        ask.add("reason")
    days = _from_a_closed_day(
        told, up_to_today(told.seen, about_the_day_that_is_over(told.seen, part.days, told.calendar))
    )
    days = about_the_next_morning(told.seen, days, part.clock.arrives, told.calendar)
    days = with_the_day_ahead(told.seen, days, code, told.calendar)
    days = after_they_set_off(told.seen, days, code, told.calendar)
    part = replace(part, days=_days_of_its_own(told, children, code, days))
    unknown = part.days.beyond or not told.calendar.is_school_day(part.days.first) or _some_day_ahead(told, part.days)
    if part.days.first_sure < told.ask_below.dates or unknown:
        ask.add("dates")
    if _return_open(told, part.days):
        ask.add("return")
    half = _HALVES.get(part.half, "day")
    days = part.days
    if (
        half == "am"
        and (is_with_me(told.seen) or is_taken_out(told.seen))
        and days.first == sent_on(told)
        and local(told.seen.message.sent_at).time() > _NOON
    ):
        half, days = "day", replace(days, back=None)  # "she's with me, I fetched her at lunch": not the morning
    if half == "pm" and days.first == sent_on(told) and ill_till_the_doctors(told.seen, code, part.clock):
        half, days = "day", replace(days, back=None)
    report = Report(children, code, days.first, days.back, half, part.clock.arrives, part.clock.leaves)
    return as_recorded(told.seen, with_parts_held(told.seen, report))


def _days_of_its_own(told: Told, children: tuple[str, ...], code: str, days: Chosen) -> Chosen:
    """ "She has the dentist today", of a child known to be ill until Friday: the appointment ends on its own day."""
    message = told.seen.message
    about = [report for report in message.known if set(report.children) & set(children)]
    if code != APPOINTMENT or message.asked is not None or days.said_back or any(r.code == code for r in about):
        return days
    ends = {report.return_day for report in about} - {None}
    if days.back not in ends:
        return days
    own = (pair for pair in days.all if pair.first == days.first and pair.back not in ends)
    return next(own, replace(days, back=None))


def _from_a_closed_day(told: Told, days: Chosen) -> Chosen:
    """ "Has been sick today", on a Sunday: the first day that is missed is the next school day (contract)."""
    if days.first != sent_on(told) or told.calendar.is_school_day(days.first):
        return days
    first = on_or_after(days.first, told.calendar)
    if first is None:
        return days
    back = days.back if days.back is None or days.back > first else None
    return replace(days, first=first, back=back, first_sure=max(days.first_sure, _AGREED_WITH_THE_CALENDAR))


def _some_day_ahead(told: Told, days: Chosen) -> bool:
    """ "Away in June", "an operation next month": not today, and no day is said; not "I did tell you in June"."""
    roles = told.seen.days.roles
    now = any(role == "told" or (role == "absent" and mention.form == "today") for mention, role in roles)
    months = [mention.first for mention, _ in roles if mention.form == "month" and mention.first is not None]
    if days.first in (on_or_after(month, told.calendar) for month in months):
        return True
    return not days.said_first and not now and vague_ahead(told.seen.words.line)


def _return_open(told: Told, days: Chosen) -> bool:
    """Whether the day of return is to be asked for: not said or not sure; "not sure yet" is an answer."""
    if days.back is None and (told.seen.signals.has("unknown_return") or is_said_either_way(told.seen)):
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
        told_why = any(hit.tag.startswith("why:N") for hit in part.why.hits)
        return code in held or told_why or is_afraid(told.seen) or says_why(told.seen)
    if code == part.why.code and part.why.certainty >= PLAIN_WORDS:
        return True
    told_so = part.why.code is not None or code in held
    return sure >= (told.ask_below.reason if told_so else told.ask_below.unsaid_reason)


def planned_intent(intent: str, reports: tuple[Report, ...], today: date) -> str:
    """Leave is an absence whose first day is after today for a reason that only the head can grant, or for none."""
    coded = [report for report in reports if report.code is not None]
    if coded and all(r.first_day is not None and r.first_day > today and r.code in HEAD_ONLY for r in coded):
        return "leave"
    return intent


def together(reports: Sequence[Report]) -> list[Report]:
    """Reports that say the same of several children as one."""
    merged: dict[Report, tuple[str, ...]] = {}
    for report in reports:
        key = replace(report, children=())
        merged[key] = merged.get(key, ()) + tuple(c for c in report.children if c not in merged.get(key, ()))
    return [replace(key, children=children) for key, children in merged.items()]
