"""What no single value shows: values that do not fit together, the law's limits, and what a school should look at.

A check knows the keys it is about. When a scenario replaces some keys, only checks whose keys were all replaced are
faults: a value that the scenario left alone is not its fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from itertools import pairwise

from attendance.codes import UnknownCode, code_set
from attendance.policy.model import LONGEST_REGISTER, Policy
from attendance.policy.parts import RegisterWindow, Round
from attendance.policy.values import Deadline, since_midnight

Check = tuple[frozenset[str], tuple[str | int, ...], str]
"""The keys it is about, the path of the place, what is wrong and the remedy."""


def cross_checks(policy: Policy) -> Iterator[Check]:
    """Faults of the whole: impossible times, rounds after their deadline, codes of the wrong edition, legal limits."""
    yield from _windows(policy)
    yield from _rounds(policy)
    yield from _hours(policy)
    yield from _codes(policy)
    yield from _limits(policy)
    if len({stage.id for stage in policy.stage}) < len(policy.stage):
        yield _check("stage", text="two stages have the same id; give each its own")


def register_checks(policy: Policy) -> Iterator[Check]:
    """Registers that the law does not allow: faults in a school's file, warnings in a rehearsal of a part of a day."""
    for half, name in (("am", "morning"), ("pm", "afternoon")):
        if all(window.session != half for window in policy.windows):
            yield _check(
                "register",
                text=f"there is no {name} register; the law wants one in every session (SI 2024/208 reg 10(1)). "
                f'Add one with session = "{half}"',
            )
    for number, window in enumerate(policy.windows):
        if window.open_for > LONGEST_REGISTER:
            minutes = int(window.open_for.total_seconds() // 60)
            yield _check(
                "register",
                path=("register", number),
                text=f"the register is open for {minutes} minutes, more than the 30 that the guidance allows (Working "
                f"together, August 2024, para 290); "
                f"close it by {_plus(window.opens, LONGEST_REGISTER):%H:%M}, or open it later",
            )


def _windows(policy: Policy) -> Iterator[Check]:
    mornings = [window for window in policy.windows if window.session == "am"]
    labels = [window.label for window in policy.windows]
    for number, label in enumerate(labels):
        if label in labels[:number]:
            yield _check("register", path=("register", number), text=f"`{label}` is listed twice; keep one of them")
    last = max((window.closes for window in mornings), default=None)
    if last is not None and policy.register_deadline < last:
        yield _check(
            "register_deadline",
            "register",
            text=f"{policy.register_deadline:%H:%M} is before the last morning register closes at {last:%H:%M}; "
            "an unmarked class can only be missing after that",
        )


def _rounds(policy: Policy) -> Iterator[Check]:
    closes = max((window.closes for window in policy.windows if window.session == "am"), default=time(9, 0))
    yield from _too_late(policy.firstday.rounds, policy.firstday.deadline, closes, ("firstday", "rounds"))
    for tag, tier in policy.tiers.items():
        if tier.rounds is not None:
            deadline = tier.deadline or policy.firstday.deadline
            keys = ("tiers",) if tier.deadline else ("tiers", "firstday.deadline")
            yield from _too_late(tier.rounds, deadline, closes, ("tiers", tag, "rounds"), keys)


def _too_late(
    rounds: tuple[Round, ...],
    deadline: Deadline,
    closes: time,
    path: tuple[str, ...],
    keys: tuple[str, ...] = ("firstday.rounds", "firstday.deadline"),
) -> Iterator[Check]:
    span = deadline if isinstance(deadline, timedelta) else since_midnight(deadline) - since_midnight(closes)
    for number, one in enumerate(rounds):
        if one.after >= span:
            begins = _plus(closes, one.after)
            yield _check(
                *keys,
                path=(*path, number),
                text=f"round {number + 1} begins at {begins:%H:%M}, when the case is already with staff "
                f"(deadline {_plus(closes, span):%H:%M}); shorten `after` or move the deadline",
            )


def _hours(policy: Policy) -> Iterator[Check]:
    quiet = policy.quiet_hours
    for number, window in enumerate(policy.windows):
        if not quiet.until <= window.closes < quiet.from_:
            yield _check(
                "register",
                "quiet_hours",
                path=("register", number),
                text=f"the register closes at {window.closes:%H:%M}, within the quiet hours "
                f"{quiet.from_:%H:%M}-{quiet.until:%H:%M}; no family could be asked. Change one of them",
            )
        late = policy.firstday.afternoon_deadline
        if window.session == "pm" and isinstance(late, time) and late <= window.closes:
            yield _check(
                "firstday.afternoon_deadline",
                "register",
                path=("firstday", "afternoon_deadline"),
                text=f"{late:%H:%M} is not after the register of {window.label} closes at {window.closes:%H:%M}; "
                'make it later, or write a duration such as "60m"',
            )


def _codes(policy: Policy) -> Iterator[Check]:
    codes = code_set(policy.code_set)
    lists = (
        (("report", "accepts"), policy.report.accepts),
        (("registers", "teacher_codes"), policy.registers.teacher_codes),
    )
    for path, listed in lists:
        for code in listed:
            try:
                found = codes.get(code)
            except UnknownCode as error:
                yield _check(".".join(path), path=path, text=str(error).rstrip("."))
                continue
            if path[0] == "report" and not found.parent_can_propose:
                yield _check(
                    "report.accepts",
                    path=path,
                    text=f"`{code}` ({found.name}) is not for a parent to report; take it out of the list",
                )


def _limits(policy: Policy) -> Iterator[Check]:
    limits = (
        ("ncode.expires_school_days", policy.ncode.expires_school_days, 5, "SI 2024/208 reg 10(9)"),
        ("la.return_days", policy.la.return_days, 10, "the attendance return (statute: 10 school days)"),
        ("la.sickness_days", policy.la.sickness_days, 15, "the sickness return (statute: 15 school days)"),
    )
    for key, value, most, law in limits:
        if value > most:
            text = (
                f"{value} is more than the {most} that the law allows ({law}); write {most} and `law: …` as its source"
            )
            yield _check(key, path=tuple(key.split(".")), text=text)
    if policy.retention.register_years < 6:
        yield _check(
            "retention.register_years",
            path=("retention", "register_years"),
            text="registers are kept for at least 6 years (SI 2024/208); write 6 and `law: …` as its source",
        )
    if policy.code_set != "england-2024":
        yield _check(
            "school.code_set",
            path=("school", "code_set"),
            text=f"{policy.code_set} is not valid for sessions from 19 August 2024 (SI 2024/208); "
            "write england-2024 and `law: …` as its source",
        )


def warnings(policy: Policy) -> list[str]:
    """What a school should look at before it goes live: odd but possible values, and where the law's floor stands
    instead of the policy's own words.
    """
    found = [f"{path_text(path)}: {text}" for _, path, text in register_checks(policy)]
    found += _odd_windows(policy)
    found += _odd_values(policy)
    found += _left_to_the_school(policy)
    return [*found, *_with_source(policy, "law")]


def notes(policy: Policy) -> list[str]:
    """What the policy does not say, and which default stands for it."""
    return _with_source(policy, "default")


def _with_source(policy: Policy, word: str) -> list[str]:
    return [f"{key}: {where}" for key, where in policy.sources.items() if where.startswith(f"{word}:")]


def _odd_windows(policy: Policy) -> Iterator[str]:
    for half, name in (("am", "morning"), ("pm", "afternoon")):
        windows = [window for window in policy.windows if window.session == half]
        starts = sorted({window.opens for window in windows})
        if len(starts) > 1:
            listed = ", ".join(f"{start:%H:%M}" for start in starts)
            yield (
                f"register: the {name} registers begin at different times ({listed}); the guidance wants one time for "
                "all pupils (Working together, July 2026, para 32)"
            )
    lengths = {window.open_for for window in policy.windows}
    if len(lengths) > 1:
        listed = ", ".join(f"{window.label} {_length(window)}" for window in policy.windows)
        yield f"register: open for different times ({listed}); the guidance wants the same length in every session"


def _odd_values(policy: Policy) -> Iterator[str]:
    if policy.phone.replace(" ", "").startswith(("+447700900", "07700900")):
        yield "school.phone: a reserved number that rings nowhere; write the office's own before going live"
    if policy.brake.more_than < policy.brake.usual:
        yield (
            f"brake.more_than: {policy.brake.more_than} is below the usual {policy.brake.usual} N marks; "
            "every usual morning would be held"
        )
    if len(policy.firstday.ladder) == 1:
        yield "firstday.ladder: only one rung; when that person is away nobody else is told"
    for one, other in pairwise(policy.firstday.rounds):
        if other.after - one.after < policy.firstday.send_within and set(one.to) & set(other.to):
            yield "firstday.rounds: a contact is asked again sooner than `send_within`; they have no time to answer"
    first = min((window.closes for window in policy.windows if window.session == "am"), default=None)
    if first is not None and policy.report.cutoff > first:
        yield (
            f"report.cutoff: parents may report until {policy.report.cutoff:%H:%M}, but are asked from {first:%H:%M}, "
            "when the register closes"
        )
    for code in policy.report.accepts:
        if code in code_set(policy.code_set) and code_set(policy.code_set).get(code).needs_decision_by == "headteacher":
            yield f"report.accepts: `{code}` is the headteacher's decision; a parent's word does not make it"


def _left_to_the_school(policy: Policy) -> Iterator[str]:
    """What the policy asks for and Firstcall only shows: nobody may believe that it happens by itself."""
    registers, report = policy.registers, policy.report
    if registers.lesson_save_minutes:
        yield "registers.lesson_save_minutes: only shown; a lesson's register is saved in your MIS, see to it there"
    if registers.record_minutes_late:
        yield "registers.record_minutes_late: only shown; enter the minutes in your MIS, from where L and U come"
    if report.written_on_return:
        yield "report.written_on_return: only shown; ask for the note when the child is back, no task is made of it"
    if report.return_slip:
        yield "report.return_slip: only shown; hand the slip out yourselves, no task is made of it"
    if policy.school.attendance_target_pct is not None:
        yield "school.attendance_target_pct: only shown; no child's figures are measured against it"


def path_text(path: tuple[str | int, ...]) -> str:
    """A path as people write it; places in arrays count from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _check(*keys: str, path: tuple[str | int, ...] = (), text: str) -> Check:
    return frozenset(keys), path or tuple(keys[0].split(".")), text


def _plus(clock: time, span: timedelta) -> time:
    total = int((since_midnight(clock) + span).total_seconds() // 60)
    return time(min(total // 60, 23), total % 60 if total < 24 * 60 else 59)


def _length(window: RegisterWindow) -> str:
    return f"{int(window.open_for.total_seconds() // 60)} min"
