"""Small values for tests of the rules: one family, three members of staff, and a school with plain rules.

Numbers are from the range that is kept free for drama; the people are invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from attendance.absences import Absence
from attendance.calendar import Session, instant
from attendance.calling import advance, new_case
from attendance.case import Case
from attendance.effects import Ask, Effect, RaiseAlert, Tell
from attendance.events import ChaseBegins, Event, WordsLeft
from attendance.people import AddressState, Contact, Link, Pupil, Roll, StaffMember
from attendance.policy import calendar_of, policy_by_key, with_override
from attendance.school import School

DAY = date(2026, 11, 10)
"""A Tuesday in term."""
AM, PM = Session(DAY, "am"), Session(DAY, "pm")

RULES: Mapping[str, Any] = {
    "firstday.rounds": [
        {"after": "0m", "to": [1], "by": ["sms", "email"]},
        {"after": "30m", "to": [2], "by": ["sms", "email"]},
    ],
    "firstday.deadline": "12:00",
    "firstday.ladder": [
        {"role": "attendance_officer", "minutes": 15},
        {"role": "safeguarding_lead", "minutes": 10},
        {"role": "headteacher", "minutes": 20},
    ],
    "firstday.settle_within": "60m",
    "firstday.send_within": "5m",
}


def at(clock: str, day: date = DAY) -> datetime:
    """A minute of the school's wall clock as aware UTC."""
    return instant(day, time.fromisoformat(clock))


def pupil(id: str, group: str = "7M", year: int = 7, **more: Any) -> Pupil:
    """A child on roll, named after its id."""
    return Pupil(id, id.capitalize(), "Okafor", year, group, **more)


def contact(id: str, number: int | None = None, **more: Any) -> Contact:
    """A contact with the mobile number +447700900000 + `number`, or without one."""
    return Contact(id, id.capitalize(), phone=f"+447700900{number:03d}" if number is not None else None, **more)


def staff(id: str, role: str, **more: Any) -> StaffMember:
    """A member of staff with one role."""
    return StaffMember(id, id.capitalize(), role.replace("_", " "), (role,), email=f"{id}@school.example", **more)


def link(child: str, adult: str, priority: int, relation: str = "mother", **more: Any) -> Link:
    """What an adult is to a child."""
    return Link(child, adult, priority, relation, **more)


AMINA = pupil("amina")
MUM, DAD, NAN = contact("mum", 1, email="mum@home.example"), contact("dad", 2), contact("nan", 3)
FAMILY = (
    link("amina", "mum", 1, household="a"),
    link("amina", "dad", 2, "father", household="b"),
    link("amina", "nan", 3, "grandmother", household="a"),
)
STAFF = (staff("reed", "attendance_officer"), staff("okoro", "safeguarding_lead"), staff("hart", "headteacher"))


def school(
    *,
    pupils: Iterable[Pupil] = (AMINA,),
    contacts: Iterable[Contact] = (MUM, DAD, NAN),
    links: Iterable[Link] = FAMILY,
    team: Iterable[StaffMember] = STAFF,
    addresses: Mapping[tuple[str, str], AddressState] | None = None,
    **rules: Any,
) -> School:
    """Blue Coat with RULES. Further rules by their last names: `deadline="10:00"`, `brake={"usual": 1, …}`."""
    full = {f"firstday.{key}" if f"firstday.{key}" in RULES or key in FIRSTDAY else key: rules[key] for key in rules}
    policy = with_override(policy_by_key("blue-coat"), {**RULES, **full})
    return School("blue-coat", policy, calendar_of(policy), Roll.of(pupils, contacts, links, team, addresses))


FIRSTDAY = frozenset({"afternoon_deadline", "priority_list", "notify_roles", "notify_workers"})


def rounds(*steps: tuple[str, Sequence[int], Sequence[str]]) -> list[dict[str, Any]]:
    """Rounds from (after, to, by)."""
    return [{"after": after, "to": list(to), "by": list(by)} for after, to, by in steps]


class Chase:
    """One case that events happen to. It keeps every effect, in order."""

    def __init__(self, school: School, session: Session = AM, child: Pupil = AMINA, opened: str = "09:15") -> None:
        self.school = school
        self.case: Case = new_case(child, session, at(opened), "N", school)
        self.effects: list[Effect] = []

    def hears(self, event: Event, clock: str) -> list[Effect]:
        """Let one event happen at this time; answers what follows from it."""
        self.case, effects = advance(self.case, event, at(clock), self.school)
        self.effects += effects
        return effects

    def begins(self, clock: str = "09:15") -> list[Effect]:
        """The register closes and the child has no reason."""
        return self.hears(ChaseBegins("begin"), clock)

    def words_leave(self, clock: str) -> None:
        """Everything that is queued is taken by its provider."""
        for attempt in self.case.attempts:
            if attempt.state == "queued":
                event_id = f"left/{attempt.contact}/{attempt.channel}/{attempt.round}"
                self.hears(WordsLeft(event_id, attempt.contact, attempt.channel, attempt.round), clock)

    def asked(self) -> list[tuple[str, str]]:
        """(contact, channel) of every ask so far."""
        return [(effect.contact, effect.channel) for effect in self.effects if isinstance(effect, Ask)]


def asks(effects: Iterable[Effect]) -> list[tuple[str, str]]:
    """(contact, channel) of these asks."""
    return [(effect.contact, effect.channel) for effect in effects if isinstance(effect, Ask)]


def alerts(effects: Iterable[object]) -> list[str]:
    """The reasons of these alerts."""
    return [effect.reason for effect in effects if isinstance(effect, RaiseAlert)]


def told(effects: Iterable[Effect]) -> list[tuple[str, str]]:
    """(contact, template) of these words."""
    return [(effect.contact, effect.template) for effect in effects if isinstance(effect, Tell)]


def report(
    id: str, child: str = "amina", first: date = DAY, code: str = "I", sent: str = "08:00", **more: Any
) -> Absence:
    """A report that was recorded today."""
    return Absence(id, child, first, code, at(sent), **{"contact": "mum", **more})
