"""A school’s policy as text: every value in a sentence, with its source. The day’s time line is policy_day.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attendance.policy import Policy, warnings
from attendance.policy.readings import pieces_of
from office import wording
from office.policy import policy_words as words

SILENT = {"default": "The policy is silent", "law": "The law", "scenario": "Changed for this rehearsal"}
PERIODS = {"week": "a week", "half_term": "a half term", "term": "a term", "year": "a school year"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value, or the `part` of it that is named, comes from.

    `origin`: "policy" (the school's own words), "default" (it is silent), "law", or "scenario".
    """

    origin: str
    words: str
    part: str = ""

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that it names."""
        return tuple(number for _, number in self.pieces if number)

    @property
    def pieces(self) -> tuple[tuple[str, str], ...]:
        """Its words cut at those readings."""
        return pieces_of(self.words)


@dataclass(frozen=True, slots=True)
class Said:
    """One value: its key in the file, what it is about, what it says, and its sources, the one of the whole first."""

    key: str
    what: str
    value: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One heading with its values."""

    title: str
    values: tuple[Said, ...]


Raw = tuple[str, str, str]
"""(key, what, value)."""


def topics(policy: Policy) -> tuple[Topic, ...]:
    """The whole policy in the order in which a reader asks."""
    parts: Sequence[tuple[str, Iterator[Raw]]] = (
        ("The school", _school(policy)),
        ("Registers", _registers(policy)),
        ("How families report", _report(policy)),
        ("The first day", _first_day(policy)),
        ("Children who come first", _tiers(policy)),
        ("Quiet hours, and the brake on a wrong send", _limits(policy)),
        ("The days after", _later(policy)),
        ("Lateness", _late(policy)),
        ("Leave", _leave(policy)),
        ("Evidence", _evidence(policy)),
        ("Stages of support", _stages(policy)),
        ("How long is kept", _retention(policy)),
    )
    found = [(title, tuple(raw)) for title, raw in parts]
    said = frozenset(key for _, raw in found for key, _, _ in raw)
    return tuple(Topic(title, tuple(_said(policy, said, *one) for one in raw)) for title, raw in found if raw)


def to_look_at(policy: Policy) -> tuple[str, ...]:
    """The warnings of `check-policy`; values that are the law's are marked where they stand and not repeated here."""
    return tuple(one for one in warnings(policy) if ": law:" not in one)


def source_of(policy: Policy, key: str) -> Source:
    """Where a value comes from; one that is left out of the file has the program's own default."""
    return _source(policy.source_of(key) or "default: left out of the file; the program’s own value")


def _source(words: str, part: str = "") -> Source:
    word, colon, rest = words.partition(":")
    if colon and word in SILENT:
        return Source(word, rest.strip(), part)
    if words == "scenario":
        return Source(words, "the school’s file says otherwise", part)
    return Source("policy", words, part)


def _said(policy: Policy, said: frozenset[str], key: str, what: str, value: str) -> Said:
    """With the sources of the parts that are said nowhere else: the closing time of a register, a stage's letter."""
    parts = [
        _source(words, below.removeprefix(f"{key}.").replace("_", " "))
        for below, words in policy.sources.items()
        if below.startswith(f"{key}.") and below not in said
    ]
    whole = [] if parts and policy.source_of(key) is None else [source_of(policy, key)]
    return Said(key, what, _begun(value), (*whole, *parts))


def _begun(value: str) -> str:
    """A value as the beginning of a sentence; a name of a file or an edition stays as it is."""
    return value[:1].upper() + value[1:] if value.split(" ", maxsplit=1)[0].rstrip(",:;").isalpha() else value


def _school(policy: Policy) -> Iterator[Raw]:
    school = policy.school
    yield "school.name", "Name", school.name
    yield "school.short_name", "Name in texts", school.short_name
    yield "school.phone", "Number that families are asked to ring", school.phone
    yield "school.code_set", "Codes", school.code_set
    yield "school.calendar", "Term dates", school.calendar
    if school.phase:
        yield "school.phase", "Phase", school.phase
    if school.mis:
        yield "school.mis", "School system", school.mis
    if school.attendance_target_pct is not None:
        yield "school.attendance_target_pct", "Attendance target", f"{school.attendance_target_pct:g} %"


def _registers(policy: Policy) -> Iterator[Raw]:
    for one in policy.windows:
        late = f", late from {one.late_from:%H:%M}" if one.late_from > one.opens else ", late from then on"
        value = f"{one.opens:%H:%M} to {one.closes:%H:%M}{late}"
        yield f"register.{one.label}", f"Register, {words.window(one)}", value
        if one.gate_until is not None:
            value = f"at the gate until {one.gate_until:%H:%M}, then at the office"
            yield f"register.{one.label}.gate_until", f"Late children sign in ({words.window(one)})", value
    yield "register_deadline", "A class without marks is an alarm at", f"{policy.register_deadline:%H:%M}"
    kept = policy.registers
    yield "registers.teacher_codes", "Codes that teachers enter", " ".join(kept.teacher_codes)
    minutes = f"within {kept.lesson_save_minutes} minutes" if kept.lesson_save_minutes else "no such rule"
    yield "registers.lesson_save_minutes", "A lesson’s register is saved", minutes
    yield "registers.record_minutes_late", "Minutes late are recorded", words.YES_NO[kept.record_minutes_late]


def _report(policy: Policy) -> Iterator[Raw]:
    report = policy.report
    yield "report.cutoff", "Families tell us by", f"{report.cutoff:%H:%M}"
    daily = "each day of the absence" if report.repeat == "daily" else "once; a return date covers the days until then"
    yield "report.repeat", "They tell us", daily
    accepts = f"{words.listed(report.accepts)}, from a listed contact" if report.accepts else "none: a person confirms"
    yield "report.accepts", "Codes that the school’s rule confirms by itself", accepts
    yield "report.channels", "By", words.listed(words.REPORT_BY.get(one, one) for one in report.channels)
    yield "report.fields", "What a report has to say", words.listed(report.fields)
    yield "report.listed_contacts_only", "Only listed contacts set a code", words.YES_NO[report.listed_contacts_only]
    yield "report.written_on_return", "A written note on return", words.YES_NO[report.written_on_return]
    yield "report.return_slip", "A return slip", words.YES_NO[report.return_slip]


def _first_day(policy: Policy) -> Iterator[Raw]:
    firstday = policy.firstday
    for number, step in enumerate(firstday.rounds, 1):
        after = "when the register closes" if not step.after else f"{words.span(step.after)} after the close"
        value = f"{after}: {words.contacts(step)}, {words.channels(step)}"
        yield f"firstday.rounds.{number}", f"Round {number}", value
    yield "firstday.deadline", "Then it is a named person’s, at", words.deadline(firstday.deadline)
    if firstday.afternoon_deadline is not None:
        value = words.deadline(firstday.afternoon_deadline)
        yield "firstday.afternoon_deadline", "In the afternoon", value
    for number, rung in enumerate(firstday.ladder, 1):
        value = f"{wording.role(rung.role)}, {rung.minutes} minutes to acknowledge"
        yield f"firstday.ladder.{number}", f"Ladder, rung {number}", value
    within = f"{words.span(firstday.send_within)} are given to a text to leave before the next round counts on"
    yield "firstday.send_within", "Sending", within
    settle = f"within {words.span(firstday.settle_within)} of being acknowledged, else it climbs again"
    yield "firstday.settle_within", "Settled", settle


def _tiers(policy: Policy) -> Iterator[Raw]:
    firstday = policy.firstday
    yield "firstday.priority_list", "On the first-day list", words.tags(firstday.priority_list)
    yield "firstday.notify_roles", "Told at once of their absence", words.roles(firstday.notify_roles)
    yield "firstday.notify_workers", "Workers of other services to be told", words.tags(firstday.notify_workers)
    if not policy.tiers:
        yield "tiers", "Other times for some children", "none"
    for tag, tier in policy.tiers.items():
        parts = []
        if tier.deadline is not None:
            parts.append(f"with a person by {words.deadline(tier.deadline)}")
        if tier.rounds is not None:
            parts.append(
                "; ".join(
                    f"{words.span(one.after)}: {words.contacts(one)}, {words.channels(one)}" for one in tier.rounds
                )
            )
        if tier.notify:
            parts.append(f"told at once: {words.roles(tier.notify)}")
        yield f"tiers.{tag}", f"Tier: {words.tags([tag])}", "; ".join(parts)


def _limits(policy: Policy) -> Iterator[Raw]:
    quiet, brake = policy.quiet_hours, policy.brake
    yield "quiet_hours", "No unasked word to families", f"{quiet.from_:%H:%M} to {quiet.until:%H:%M}"
    yield "brake.usual", "N marks at a usual close", str(brake.usual)
    yield "brake.more_than", "The send is held for a person above", f"{brake.more_than} N marks"


def _later(policy: Policy) -> Iterator[Raw]:
    for number, step in enumerate(policy.unexplained, 1):
        at = f" at {step.at:%H:%M}" if step.at else ""
        again = f", again every {step.repeat_every_days} school days" if step.repeat_every_days else ""
        only = ", if nobody of the family spoke to us" if step.condition == "not_reached" else ""
        value = f"{wording.TASKS.get(step.action, step.action)}: {words.roles(step.who)}{only}{again}"
        yield f"unexplained.{number}", f"School day {step.day} without a reason{at}", value
    if not policy.unexplained:
        yield "unexplained", "Steps of later days", "none in the policy; each day is chased anew"
    days = f"after {policy.ncode.expires_school_days} school days, with a task for a person on the last of them"
    yield "ncode.expires_school_days", "N becomes O", days
    la = policy.la
    yield "la.cme_day", "Child missing education, to the local authority", f"school day {la.cme_day} without contact"
    yield "la.return_days", "Attendance return", f"{la.return_days} school days without authorisation"
    yield "la.sickness_days", "Sickness return", f"{la.sickness_days} school days of illness"
    if la.irregular_sessions:
        irregular = f"{la.irregular_sessions} sessions without authorisation, in several absences"
        yield "la.irregular_sessions", "Irregular attendance, to the local authority", irregular
        yield "la.irregular_school_weeks", "Irregular: counted over", f"{la.irregular_school_weeks} school weeks"
        yield "la.irregular_role", "Irregular: told by", wording.role(la.irregular_role)
    yield from _patterns(policy)
    if la.register_check_pct is not None:
        yield "la.register_check_pct", "Check of the register below", f"{la.register_check_pct:g} %"


def _patterns(policy: Policy) -> Iterator[Raw]:
    patterns = policy.patterns
    if not patterns.workers:
        return
    yield "patterns.workers", "Told of poor or erratic attendance", f"the worker of: {words.tags(patterns.workers)}"
    if patterns.below_pct is not None:
        yield "patterns.below_pct", "Poor: attendance in the school year below", f"{patterns.below_pct:g} %"
    if patterns.absences:
        yield "patterns.absences", "Erratic: separate absences", f"{patterns.absences} or more"
        yield "patterns.school_weeks", "Erratic: counted over", f"{patterns.school_weeks} school weeks"
    yield "patterns.role", "The worker is told by", wording.role(patterns.role)


def _late(policy: Policy) -> Iterator[Raw]:
    late = policy.late
    per = PERIODS[late.period]
    letter = f"after more than {late.letter_after} in {per}" if late.letter_after else "no such rule"
    yield "late.letter_after", "Letter for lateness", letter
    yield "late.period", "Counted over", per
    meeting = f"after more than {late.meeting_after} in {per}" if late.meeting_after else "no such rule"
    yield "late.meeting_after", "Meeting for lateness", meeting
    if late.meeting_after:
        yield "late.meeting_role", "Invited by", wording.role(late.meeting_role)
    yield (
        "late.after_gate_needs_reason",
        "Who comes after the gate gives a reason",
        words.YES_NO[late.after_gate_needs_reason],
    )


def _leave(policy: Policy) -> Iterator[Raw]:
    leave = policy.leave
    yield "leave.notice", "Asked for beforehand", words.notice(leave.notice)
    if leave.notice_text:
        yield "leave.notice_text", "In the policy’s words", leave.notice_text
    yield "leave.decides", "Decided by", wording.role(leave.decides)
    yield "leave.flags", "Shown to whoever decides (never a refusal by itself)", words.listed(leave.flags)
    yield "leave.fields", "What a request has to say", words.listed(leave.fields)
    yield "leave.letter_fields", "What the answer says", words.listed(leave.letter_fields)
    yield "leave.meeting", "A meeting first", words.YES_NO[leave.meeting]
    yield "leave.appeal", "An appeal", words.YES_NO[leave.appeal]


def _evidence(policy: Policy) -> Iterator[Raw]:
    evidence = policy.evidence
    yield "evidence.appointment", "For a medical appointment", evidence.appointment
    illness = {"never": "never", "doubt": "only where there is genuine doubt"}[evidence.illness]
    yield "evidence.illness", "For illness", illness
    stages = words.listed(evidence.illness_at_stage, "none")
    yield "evidence.illness_at_stage", "Stages at which staff may ask for it", stages


def _stages(policy: Policy) -> Iterator[Raw]:
    for stage in policy.stage:
        parts = []
        if stage.below_pct is not None:
            parts.append(f"{stage.below_pct:g} % {'or less' if stage.inclusive else 'is not reached'}")
        if stage.or_trigger:
            parts.append(f"{'or ' if parts else ''}{stage.or_trigger.replace('_', ' ')}")
        does = [stage.action.replace("_", " ")] if stage.action else []
        does += [f"letter {stage.letter}"] if stage.letter else []
        does += ["a meeting"] if stage.meeting else []
        does += ["a home visit"] if stage.home_visit else []
        value = f"{', '.join(parts)}: {', '.join(does)}, from the {wording.role(stage.from_role)}"
        yield f"stage.{stage.id}", f"Stage {stage.id}", value


def _retention(policy: Policy) -> Iterator[Raw]:
    yield "retention.register_years", "Registers", f"{policy.retention.register_years} years"
    yield "retention.message_years", "Messages", f"{policy.retention.message_years} years"
    yield "retention.evidence_years", "Files that families sent", f"{policy.retention.evidence_years} years"
