"""One thread with one writer: at most one open question, a draft that stops no chase, and what was last recorded.

A question is open until it is answered, overtaken by a new one, or out of date. Nothing here knows a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from attendance.calendar import local
from attendance.leave.grounds import GROUNDS, HOLIDAY
from bot.understanding import Asked, Report

QUESTION_LIVES = timedelta(days=3)
RECORD_LIVES = timedelta(hours=36)
NEUTRAL_AGAIN = timedelta(hours=1)
READ_AS_THEY_STAND = frozenset({"detail", "taken_back"})
"""Kinds of question to which any words may be the answer: the reader need not know that they were asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """What we asked and wait for. `kind` as in the contract: absence, reason, return, child, confirm; detail for
    what a policy wants to know of a request for leave; taken_back for whose absence is taken back."""

    kind: str
    children: tuple[str, ...]
    day: date | None
    asked_at: datetime
    drafts: tuple[Report, ...] = ()
    leave: bool = False
    """True when the draft is a leave request rather than an absence."""
    lacks: tuple[str, ...] = ()
    """What else the drafts lack, to be asked about once they are confirmed."""
    messages: tuple[str, ...] = ()
    """Ids of the writer's messages that led to it, in order: the head reads them; nothing in them is asked again."""

    @property
    def is_of_leave(self) -> bool:
        """True when the answer leads to, or belongs to, a request that only the headteacher can grant."""
        asked_on = local(self.asked_at).date()
        planned = [draft for draft in self.drafts if draft.first_day is not None and draft.first_day > asked_on]
        return self.leave or any(draft.code in GROUNDS or draft.code == HOLIDAY for draft in planned)

    @property
    def is_beside_a_record(self) -> bool:
        """True for the day of return of what is recorded already: it may stay without an answer."""
        return self.kind == "return" and not self.drafts


@dataclass(frozen=True, slots=True)
class Conversation:
    """The state of a thread."""

    question: Question | None = None
    recorded: tuple[str, ...] = ()
    """Ids of the absences that the last read-back named: a later "no" rejects exactly these."""
    recorded_at: datetime | None = None
    neutral_at: datetime | None = None
    """When a neutral answer last left, so that nobody gets it again and again."""
    owner: str | None = None
    """The member of staff who took the thread over; the bot is silent on it until handed back."""
    version: int = 0
    aside: Question | None = None
    """A question about leave that waits while something of today is asked in between."""

    def open_question(self, now: datetime) -> Question | None:
        """The question that an answer may still belong to."""
        if self.question is None or now - self.question.asked_at > QUESTION_LIVES:
            return None
        return self.question

    def leave_question(self, now: datetime) -> Question | None:
        """What we asked about leave, open or waiting for its turn."""
        asked = (self.question, self.aside)
        return next((one for one in asked if one and one.is_of_leave and now - one.asked_at <= QUESTION_LIVES), None)

    def last_recorded(self, now: datetime) -> tuple[str, ...]:
        """What a bare "no" would reject."""
        if self.recorded_at is None or now - self.recorded_at > RECORD_LIVES:
            return ()
        return self.recorded

    def asks(self, question: Question) -> Conversation:
        """The same thread with this question open; an older one is overtaken."""
        return replace(self, question=question)

    def asks_between(self, question: Question) -> Conversation:
        """The same, where an open question about leave waits for its turn."""
        before = self.question
        waits = before if before is not None and before.is_of_leave and not question.leave else self.aside
        return replace(self, question=question, aside=waits)

    def has_recorded(self, absences: tuple[str, ...], now: datetime) -> Conversation:
        """Recorded and read back: no question is open."""
        return replace(self, question=None, recorded=absences, recorded_at=now)

    def may_be_neutral(self, now: datetime) -> bool:
        """False when the writer had the neutral answer a short while ago."""
        return self.neutral_at is None or now - self.neutral_at >= NEUTRAL_AGAIN


def asked_of(question: Question | None) -> Asked | None:
    """The open question in the contract's shape. One that asks which child names nobody: any answer, "hmm" as well,
    would else be about all of them.
    """
    if question is None or question.kind in READ_AS_THEY_STAND:
        return None
    named = question.children if question.kind != "child" else ()
    one = named[0] if len(named) == 1 else None
    return Asked(
        kind=question.kind,
        child=one,
        children=named,
        day=question.day,
        draft=question.drafts[0] if question.drafts else None,
    )
