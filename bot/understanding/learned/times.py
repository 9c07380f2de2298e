"""What each time of day is: when the child comes, when it leaves, or something else's time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from attendance.calendar import SchoolCalendar, local
from bot.understanding.dates.clock import Moment
from bot.understanding.evidence import Reading
from bot.understanding.learned.features import part_of
from bot.understanding.learned.tokens import around, place_of
from bot.understanding.learned.weights import shares, weights
from bot.understanding.network.opinion import blended

#: Asked for a child to stand ready, and how many letters before a time that may be.
_WAITS = re.compile(
    r"\b(?:could|can|please|have|if)\b(?:(?! (?:drop|bring|come|i|we)\b) [^ .?!]+){1,6}"
    r" (?:in|at|by|outside|to) (?:the )?(?:main |school |front )?(?:reception|office|desk|foyer|entrance|gates?)"
    r"(?: (?:at|for|by|from|about|around))* ?$"
)
#: What stands before the two times between which a child is out of school.
_OUT = re.compile(
    r"\b(?:out|absent|away|leav\w+|not (?:be )?in)(?: of| from)?(?: school| lessons| class)?(?: today| tomorrow)?"
    r"(?: from| between)? $"
)
#: "It will be gone 12 before we are back": what stands behind such a time, and what the time begins with.
_PASSED = re.compile(r"(?:gone|past|after)\b")
_UNTIL_BACK = re.compile(
    r" ?(?:before|when|by the time|until|till) (?:we|he|she|they|i|\w+) (?:is|are|am|gets?|(?:will|can) be|makes? it)\b"
    r"(?: \w+)?? (?:back|in|there|here|to school)\b(?! from)"
)
_REACH = 80
#: A late child's only time is its arrival from this probability on.
_LIKELY_LATE = 0.15


@dataclass(frozen=True, slots=True)
class Clock:
    """The times at which the child arrives and leaves, if said, and how sure the less sure of them is (0 to 1)."""

    arrives: time | None = None
    leaves: time | None = None
    sure: float = 1.0


def of_time(
    seen: Reading, tokens: Sequence[str], moments: Sequence[tuple[Moment, str]], number: int, intent: str,
    calendar: SchoolCalendar,
) -> set[str]:  # fmt: skip
    """What speaks for the part that one time plays."""
    moment, role = moments[number]
    asked = seen.message.asked
    now = local(seen.message.sent_at).time()
    out = {
        "always", f"role {role}", f"kind {moment.kind}", f"nth {min(number, 3)}", f"of {min(len(moments), 4)}",
        f"why {seen.why.code}", f"role {role} why {seen.why.code}", f"intent {intent}", f"intent {intent} {role}",
        f"asked {asked.kind if asked is not None else None}", f"part {part_of(moment, calendar)}",
        f"before now {moment.at < now}", f"range {moment.until is not None}", f"late {seen.signals.has('late')}",
    }  # fmt: skip
    if number:
        out.add(f"after {moments[number - 1][1]}")
        out.add(f"later than the first {moment.at > moments[0][0].at}")
    if number + 1 < len(moments):
        out.add(f"then {moments[number + 1][1]}")
    near = list(around(tokens, *place_of(seen, moment.start, moment.end)))
    out.update(near)
    out.update(f"role {role} {name}" for name in near if name.startswith(("b0", "a0")))
    return out


def weigh_times(
    seen: Reading, tokens: Sequence[str], moments: Sequence[tuple[Moment, str]], intent: str, calendar: SchoolCalendar
) -> Clock:
    """The child's own times among all that are said."""
    scale = weights("times")
    chosen: dict[str, tuple[float, Moment]] = {}
    sure = 1.0
    coming: tuple[float, Moment] | None = None
    for number, (moment, _) in enumerate(moments):
        sums = scale.sums(of_time(seen, tokens, moments, number, intent, calendar))
        answers = dict(zip(scale.classes, shares(_with_opinion(seen, moment, scale.classes, sums)), strict=True))
        role = max(answers, key=lambda name: answers[name])
        if _is_fetched_at(seen.words.line, moment.start):
            role, answers["leaves"] = "leaves", 1.0
        elif _PASSED.match(seen.words.line, moment.start) and _UNTIL_BACK.match(seen.words.line, moment.end):
            role, answers["arrives"] = "arrives", 1.0
        if role != "other" and answers[role] > chosen.get(role, (0.0, moment))[0]:
            chosen[role] = (answers[role], moment)
        elif role == "other":
            sure = min(sure, answers[role])
        likely = answers.get("arrives", 0.0)
        ahead = moment.at > local(seen.message.sent_at).time()
        if intent == "late" and ahead and likely >= _LIKELY_LATE and (coming is None or likely > coming[0]):
            coming = (likely, moment)
    if coming is not None and "arrives" not in chosen:
        chosen["arrives"], sure = coming, coming[0]  # one who is late is coming: the likeliest time is when
    sure = min([sure, *[part for part, _ in chosen.values()]])
    clock = Clock(_said_time(chosen.get("arrives"), calendar), _said_time(chosen.get("leaves"), calendar), sure)
    return _out_between(seen.words.line, clock, moments, calendar) if intent == "absence" else clock


def _out_between(line: str, clock: Clock, moments: Sequence[tuple[Moment, str]], calendar: SchoolCalendar) -> Clock:
    """ "Out of school from 10 until 11.30": the child leaves at the one and is back at the other."""
    for moment, _ in moments:
        between = moment.until is not None and clock.arrives is None and clock.leaves in (None, moment.at)
        if between and _OUT.search(line[max(0, moment.start - _REACH) : moment.start]):
            leaves = moment.at if moment.at > calendar.am.closes else None
            return replace(clock, arrives=moment.until, leaves=leaves)
    return clock


def _is_fetched_at(line: str, start: int) -> bool:
    """ "Could she be waiting in reception at twenty to three": that is when she leaves."""
    return _WAITS.search(line[max(0, start - _REACH) : start]) is not None


def _with_opinion(seen: Reading, moment: Moment, parts: Sequence[str], sums: list[float]) -> list[float]:
    """The sums of the weights for the parts of a time, together with what the network thinks of it, if it read it."""
    thought = seen.opinion.times.get((moment.start, moment.end)) if seen.opinion is not None else None
    if thought is None:
        return sums
    return [blended("times", total, thought[part]) for part, total in zip(parts, sums, strict=True)]


def _said_time(found: tuple[float, Moment] | None, calendar: SchoolCalendar) -> time | None:
    """The time itself; "20 minutes late" is 20 minutes after the register opens."""
    if found is None:
        return None
    moment = found[1]
    if moment.kind != "late":
        return moment.at
    opens = calendar.am.opens
    total = min(opens.hour * 60 + opens.minute + moment.at.hour * 60 + moment.at.minute, 23 * 60 + 59)
    return time(total // 60, total % 60)
