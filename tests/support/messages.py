"""Messages as the rules of the bot see them: what was heard, what it means (written by hand), and what is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from attendance.absences import Absence
from attendance.calendar import Session
from attendance.calling import advance
from attendance.case import Case
from attendance.effects import OpenTask, RaiseAlert
from attendance.events import Event
from attendance.people import Contact, Link, Roll
from attendance.register import Entry
from attendance.school import School
from bot.conversation import Conversation
from bot.outcome import BotEffect, CaseEvent, Heard, Outcome, Record, Situation
from bot.route import route
from bot.sender import who_writes
from bot.understanding import Report, Understanding
from tests.support.builders import AM, AMINA, DAD, DAY, MUM, NAN, at, link, pupil, school

BEN = pupil("ben", "8B", 8)
FAMILY_OF_TWO = (
    link("amina", "mum", 1, household="a"),
    link("amina", "dad", 2, "father", household="b"),
    link("amina", "nan", 3, "grandmother", may_report=False),
    link("ben", "mum", 1, household="a"),
)

T = TypeVar("T")


def family(*links: Link, contacts: Iterable[Contact] = (MUM, DAD, NAN)) -> School:
    """Amina and Ben; the mother of both, Amina's father, and a grandmother who may not report."""
    return school(pupils=[AMINA, BEN], contacts=contacts, links=links or FAMILY_OF_TWO)


def case(child: str = "amina", session: Session = AM, **state: Any) -> Case:
    """An open case of this morning."""
    opened, deadline = at("09:15"), at("12:00")
    return Case(child, session, opened, deadline, **{"stage": "asked", "round": 1, "next_at": at("09:45"), **state})


def says(*children: str, code: str | None = "I", first: date | None = DAY, **more: Any) -> Report:
    """What the words report of these children; with a code they are away for the day unless `session` says less."""
    return Report(children, code, first, **({"session": "day", **more} if code else more))


def means(intent: str, *reports: Report, **more: Any) -> Understanding:
    """What the reader made of the words."""
    return Understanding(intent, reports, **more)


class Thread:
    """One writer's thread: what is known, and what each message leads to."""

    def __init__(
        self,
        writer: str,
        *,
        cases: Iterable[Case] = (),
        known: Iterable[Absence] = (),
        conversation: Conversation | None = None,
        entered: Iterable[Entry] = (),
        of: School | None = None,
    ) -> None:
        self.school = of or family()
        roll: Roll = self.school.roll
        self.writer = roll.contacts.get(writer)
        self.address = (self.writer.phone if self.writer else writer) or ""
        self.sender = who_writes(roll.at("sms", self.address), roll)
        self.cases: dict[str, Case] = {one.pupil: one for one in cases}
        self.known = tuple(known)
        self.entered = {(one.pupil, one.session): one for one in entered}
        self.conversation = conversation or Conversation()
        self.heard = 0

    def hears(
        self, understood: Understanding, text: str = "words", clock: str = "09:20", opt_out: str | None = None
    ) -> Outcome:
        """Decide what this message leads to; the conversation goes on from it."""
        self.heard += 1
        moment: datetime = at(clock)
        heard = Heard(f"m{self.heard}", "sms", self.address, text, moment, opt_out)
        sought = {pupil: one.key for pupil, one in self.cases.items() if one.stage == "alarmed"}
        situation = Situation(
            self.school, self.sender, self.conversation, self.known, self.cases, entered=self.entered, sought=sought
        )
        outcome = route(heard, understood, situation)
        self.conversation = outcome.conversation
        return outcome

    def keeps(self, outcome: Outcome, clock: str = "09:20") -> None:
        """The next message finds what this one led to: its reports, and its cases moved on."""
        self.known += tuple(one.absence for one in of(outcome, Record))
        for told in of(outcome, CaseEvent):
            self.cases[told.pupil], _ = advance(self.cases[told.pupil], told.event, at(clock), self.school)


def of(outcome: Outcome, kind: type[T]) -> list[T]:
    """The effects of one kind."""
    return [effect for effect in outcome.effects if isinstance(effect, kind)]


def events(outcome: Outcome) -> list[tuple[str, str]]:
    """(pupil, event) of what happens to cases."""
    return [(effect.pupil, type(effect.event).__name__) for effect in of(outcome, CaseEvent)]


def event(outcome: Outcome, child: str = "amina") -> Event:
    """The one event for this child's case."""
    (found,) = [effect.event for effect in of(outcome, CaseEvent) if effect.pupil == child]
    return found


def alerted(outcome: Outcome) -> list[tuple[str, bool]]:
    """(reason, urgent) of each alert."""
    return [(effect.reason, effect.urgent) for effect in of(outcome, RaiseAlert)]


def tasks(effects: Iterable[BotEffect]) -> list[str]:
    """What persons are asked to do."""
    return [effect.what for effect in effects if isinstance(effect, OpenTask)]


def template(outcome: Outcome) -> str | None:
    """The answer to the writer, or None for silence."""
    return outcome.reply.template if outcome.reply else None
