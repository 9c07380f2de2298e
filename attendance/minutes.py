"""Minutes measured (promise 10): from register close to the first attempt, to an answer, to a person.

Counted from the lines of the journal, which are what happened; nothing here is estimated. A child whose marks came
after the close has waited since the close: `to_case` shows how much of the time that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from typing import Any, Protocol

from attendance.calendar import Session

ASKS = frozenset({"absence.ask", "absence.ask_siblings", "absence.ask_other_contact"})
ANSWERED = frozenset({"answered", "alarmed", "settled"})
"""Stages that need somebody's word: a reason, a worry, or what a person or the register found."""
WITHOUT_ANSWER = "not_reached"
"""An outcome with which a person may settle a case although nobody was found."""
MEASURED = frozenset({"case", "sent", "alert", "acknowledged"})
"""The kinds of lines that are measured from."""
ABOUT_THE_ABSENCE = frozenset(
    """not_reached no_contact believed_in_school missing safeguarding contradicted vulnerable_absent afternoon_absence
    unaccounted mass_send_held not_returned not_settled""".split()
)
"""Alerts that put the absence of a child before a person; a bad number or a message to read does not."""


class Happening(Protocol):
    """A line of the journal, as storage keeps it."""

    @property
    def at(self) -> datetime:
        """Aware."""

    @property
    def kind(self) -> str:
        """`case`, `sent`, `alert`, `acknowledged` …"""

    @property
    def data(self) -> Mapping[str, Any]:
        """What the line says."""

    @property
    def pupils(self) -> tuple[str, ...]:
        """Whom it concerns."""


@dataclass(frozen=True, slots=True)
class ChildMinutes:
    """One child's case of one session: minutes from the register's close, None for what has not happened.

    `to_person`: a named member of staff was told of this child. `to_acknowledged`: somebody of them has it.
    """

    pupil: str
    session: Session
    closes_at: datetime
    to_case: float = 0.0
    to_attempt: float | None = None
    to_answer: float | None = None
    to_person: float | None = None
    to_acknowledged: float | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in minutes, for `count` of all the children it was to happen to."""

    count: int
    of: int
    median: float | None
    longest: float | None


class _OfChildren:
    """How long it took for all of some children."""

    __slots__ = ()
    children: tuple[ChildMinutes, ...]

    @property
    def to_attempt(self) -> Spread:
        """To the first words handed to a provider."""
        return _spread([child.to_attempt for child in self.children])

    @property
    def to_answer(self) -> Spread:
        """To somebody's word, or the child's arrival."""
        return _spread([child.to_answer for child in self.children])

    @property
    def to_person(self) -> Spread:
        """To a named member of staff."""
        return _spread([child.to_person for child in self.children])

    @property
    def to_acknowledged(self) -> Spread:
        """To somebody of the staff who has it."""
        return _spread([child.to_acknowledged for child in self.children])


@dataclass(frozen=True, slots=True)
class DayMinutes(_OfChildren):
    """All cases of a day, in order of session and child."""

    day: date
    children: tuple[ChildMinutes, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class TermMinutes(_OfChildren):
    """All cases from the first date of a term up to `until`, which is included: medians are of all its children."""

    first_day: date
    until: date
    children: tuple[ChildMinutes, ...] = field(default=())


def minutes_of_day(
    day: date, lines: Iterable[Happening], closes_at: Mapping[tuple[str, Session], datetime]
) -> DayMinutes:
    """Measure a day from its lines, which are in order of time. `closes_at` by pupil and session (aware).

    What happened before the case was opened is none of it, and a text after the answer is no first attempt. A line
    that names its session counts for the case of that session only.
    """
    opened: dict[tuple[str, Session], datetime] = {}
    first: dict[tuple[str, Session], dict[str, datetime]] = {}
    for line in lines:
        if line.kind == "case" and line.data["day"] == day.isoformat():
            case = (line.data["pupil"], Session(day, line.data["session"]))
            opened.setdefault(case, line.at)
            first.setdefault(case, {})
        what = _what(line)
        for case in _cases(line, first) if what else ():
            if what != "attempt" or "answer" not in first[case]:
                first[case].setdefault(what, line.at)
    return DayMinutes(
        day,
        tuple(
            _child(pupil, session, closes_at.get((pupil, session), opened[pupil, session]), opened, first)
            for pupil, session in sorted(opened, key=lambda case: (case[1], case[0]))
        ),
    )


def _what(line: Happening) -> str:
    """Which of the measured moments this line is; empty for none."""
    match line.kind:
        case "sent" if line.data.get("template") in ASKS:
            return "attempt"
        case "case" if line.data["state"] in ANSWERED and line.data.get("outcome") != WITHOUT_ANSWER:
            return "answer"
        case "alert" if line.data.get("reason") in ABOUT_THE_ABSENCE:
            return "person"
        case "acknowledged" if line.data.get("reason") in ABOUT_THE_ABSENCE:
            return "acknowledged"
    return ""


def _cases(line: Happening, known: Iterable[tuple[str, Session]]) -> list[tuple[str, Session]]:
    """The cases, of those that are open by then, that a line is about."""
    half = line.data.get("session")
    return [case for case in known if case[0] in line.pupils and half in (None, case[1].half)]


def _child(
    pupil: str,
    session: Session,
    closes_at: datetime,
    opened: Mapping[tuple[str, Session], datetime],
    first: Mapping[tuple[str, Session], Mapping[str, datetime]],
) -> ChildMinutes:
    moments = first[pupil, session]

    def since_close(what: str) -> float | None:
        return _minutes(closes_at, moments[what]) if what in moments else None

    return ChildMinutes(
        pupil,
        session,
        closes_at,
        to_case=_minutes(closes_at, opened[pupil, session]),
        to_attempt=since_close("attempt"),
        to_answer=since_close("answer"),
        to_person=since_close("person"),
        to_acknowledged=since_close("acknowledged"),
    )


def _minutes(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start).total_seconds() / 60)


def _spread(minutes: Sequence[float | None]) -> Spread:
    known = [one for one in minutes if one is not None]
    return Spread(len(known), len(minutes), median(known) if known else None, max(known, default=None))
