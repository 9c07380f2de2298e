"""A school day by the policy, as a time line: registers, rounds, deadlines, the staff ladder. Wall-clock times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from attendance.calendar import Half
from attendance.policy import Policy, RegisterWindow
from attendance.policy.model import AFTERNOON_DEADLINE
from office import wording
from office.policy import policy_words as words


@dataclass(frozen=True, slots=True)
class Moment:
    """At this time of day this happens, because of the value with this key."""

    at: time
    what: str
    key: str
    kind: str = "plain"
    """"family" where families are written to, "staff" where a person is told, else "plain"."""


def day_of(policy: Policy) -> tuple[Moment, ...]:
    """Everything that happens on a school day for a child about whom nobody answers, earliest first."""
    found = [
        Moment(policy.quiet_hours.until, "Words that nobody asked for may reach families from now on", "quiet_hours"),
        Moment(policy.report.cutoff, "Until now families report an absence by themselves", "report.cutoff"),
        Moment(policy.quiet_hours.from_, "No unasked word to families any more; answers are still free", "quiet_hours"),
    ]
    for half in ("am", "pm"):
        windows = [one for one in policy.windows if one.session == half]
        found += _registers(policy, windows)
        for closes in sorted({one.closes for one in windows}):
            whose = _whose(windows, closes)
            found += _rounds(policy, closes, whose)
            found += _ladder(policy, half, closes, whose)
    return tuple(sorted(_merged(found), key=lambda moment: moment.at))


def _registers(policy: Policy, windows: Iterable[RegisterWindow]) -> Iterator[Moment]:
    for one in windows:
        key, who = f"register.{one.label}", words.window(one)
        yield Moment(one.opens, f"The register opens ({who})", f"{key}.opens")
        if one.late_from > one.opens:
            yield Moment(one.late_from, f"Who comes now is late, L ({who})", f"{key}.late_from")
        yield Moment(one.closes, f"The register closes ({who}); who comes from now on is U", f"{key}.closes")
        unmarked = policy.register_deadline_for(one, one.session)
        yield Moment(unmarked, f"A class without marks is an alarm to staff ({who})", "register_deadline", "staff")


def _whose(windows: list[RegisterWindow], closes: time) -> str:
    """Said only where registers close at different times."""
    if len({one.closes for one in windows}) == 1:
        return ""
    return f" ({'; '.join(words.window(one) for one in windows if one.closes == closes)})"


def _rounds(policy: Policy, closes: time, whose: str) -> Iterator[Moment]:
    for number, step in enumerate(policy.firstday.rounds, 1):
        said = f"Round {number}: {words.contacts(step)}, {words.channels(step)}{whose}"
        yield Moment(_after(closes, step.after), said, f"firstday.rounds.{number}", "family")


def _ladder(policy: Policy, half: Half, closes: time, whose: str) -> Iterator[Moment]:
    firstday = policy.firstday
    deadline = firstday.deadline if half == "am" else firstday.afternoon_deadline or AFTERNOON_DEADLINE
    at = deadline if isinstance(deadline, time) else _after(closes, deadline)
    key = "firstday.deadline" if half == "am" else "firstday.afternoon_deadline"
    at = max(at, closes)
    for number, rung in enumerate(firstday.ladder, 1):
        who = wording.role(rung.role)
        said = f"Nobody answered: the {who} has the case, with {rung.minutes} minutes to acknowledge it{whose}"
        if number > 1:
            said = f"Not acknowledged: the {who} is told, with {rung.minutes} minutes{whose}"
        yield Moment(at, said, key if number == 1 else f"firstday.ladder.{number}", "staff")
        at = _after(at, timedelta(minutes=rung.minutes))
    yield Moment(
        at, f"Still not acknowledged: all of them are told again, and again{whose}", "firstday.ladder", "staff"
    )


def _merged(moments: Iterable[Moment]) -> list[Moment]:
    """The same thing at the same time is said once."""
    return list(dict.fromkeys(moments))


def _after(clock: time, span: timedelta) -> time:
    later = datetime.combine(date.min, clock) + span
    return later.time() if later.date() == date.min else time(23, 59)
