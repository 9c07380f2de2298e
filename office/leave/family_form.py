"""A family's form for leave: whom it may be for, what it asks, and what is wrong with what was filled in. Pure.

One form may be for children at several schools of a trust; each school decides on its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from attendance.leave.asking import DETAILS
from attendance.leave.dates import fault_of
from attendance.leave.people import is_parent
from attendance.people import Standing
from attendance.school import School
from bot.sender import who_writes

REASONS: Mapping[str, tuple[str, str]] = {
    "family": ("C", "A wedding, funeral or other family event"),
    "religious": ("R", "A day set apart by our religion"),
    "holiday": ("G", "A holiday"),
    "performance": ("C1", "A performance or sport with a licence"),
    "interview": ("J1", "An interview for a job, college or school"),
    "exam": ("S", "A public examination or study for one"),
    "work": ("T", "Our family travels for work"),
    "other": ("C", "Something else"),
}
"""What a parent chooses, with the code that it would be decided under. The last one is exceptional circumstances."""
LABELS = {
    "travel_places": "Where will you travel?",
    "stay_address": "Address where you will stay",
    "tickets": "Departure and arrival, by your tickets",
}
LONGEST = 500
FAULTS = {
    "ends_before_start": "The last day is before the first day.",
    "over": "These days are over. Leave cannot be agreed after the event.",
    "closed_days": "{school} is closed on those days, so no leave is needed.",
    "too_far": "That is too far ahead. Check the year, or ask nearer the time.",
}


@dataclass(frozen=True, slots=True)
class Child:
    """A child whom the form may be for; `key` names school and pupil."""

    key: str
    school: School
    pupil: str
    called: str
    contact: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What the family filled in, checked."""

    children: tuple[Child, ...]
    first_day: date
    last_day: date
    code: str
    words: str
    details: Mapping[str, str] = field(default_factory=dict)


def children_of(schools: Sequence[School], channel: str, address: str) -> tuple[Child, ...]:
    """Every child for whom whoever holds this address may ask for leave, at any of these schools.

    A school at which families without a child in common list this address names nobody: who holds it is not known.
    """
    found = []
    for school in schools:
        contacts = school.roll.at(channel, address)
        for contact in () if who_writes(contacts, school.roll).several_families else contacts:
            for link in school.roll.children_of(contact.id):
                may = school.roll.standing(link.pupil, contact.id) is Standing.MAY_REPORT
                if may and is_parent(link.pupil, contact.id, school.roll) and link.pupil in school.roll.pupils:
                    pupil = school.roll.pupils[link.pupil]
                    found.append(Child(f"{school.id}:{pupil.id}", school, pupil.id, pupil.called, contact.id))
    return tuple({child.key: child for child in found}.values())


def wanted_details(children: Sequence[Child]) -> tuple[str, ...]:
    """What the policies of these children's schools want to know of a journey."""
    asked = {name for child in children for name in child.school.policy.leave.fields}
    return tuple(name for name in DETAILS if name in asked)


def check(
    form: Mapping[str, str], chosen: Sequence[str], children: Sequence[Child], today: date
) -> tuple[Answers | None, dict[str, str]]:
    """The answers, or what is wrong by the name of the field. `today` is a school (London) date."""
    faults: dict[str, str] = {}
    mine = tuple(child for child in children if child.key in chosen)
    if not mine:
        faults["child"] = "Choose at least one child."
    first, last = _day(form.get("first_day", "")), _day(form.get("last_day", ""))
    if first is None:
        faults["first_day"] = "Give the first day away."
    if last is None:
        faults["last_day"] = "Give the last day away."
    if form.get("reason", "") not in REASONS:
        faults["reason"] = "Choose a reason."
    words = " ".join(form.get("words", "").split())[:LONGEST]
    if not words:
        faults["words"] = "Say in a few words why you ask."
    if first is not None and last is not None and (fault := _of_days(mine, first, last, today)):
        faults["last_day" if last < first else "first_day"] = fault
    if faults or first is None or last is None:
        return None, faults
    said: dict[str, str] = {name: " ".join(form.get(name, "").split())[:LONGEST] for name in DETAILS}
    details = {name: text for name, text in said.items() if text}
    return Answers(mine, first, last, REASONS[form["reason"]][0], words, details), {}


def _of_days(children: Sequence[Child], first: date, last: date, today: date) -> str:
    """What is wrong with these days at the first school that they do not suit; "" where they suit all."""
    back = last if last < first else last + timedelta(days=1)
    for school in {child.school.id: child.school for child in children}.values():
        if fault := fault_of(first, back, today, school.calendar):
            return FAULTS[fault].format(school=school.policy.short_name)
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
