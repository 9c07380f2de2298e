"""Who is at the school of a seed: children in classes, their contacts, staff, and what each of them is like.

Names are unlike one another, so that a text that names the wrong child is seen. Class names begin alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.support.families import Person, adult, child, staff

GIVEN = (
    "Amina Bertie Callum Dorothy Ezra Freya Gideon Hattie Idris Jemima Kofi Lottie Mabel Nikhil Otis Priya Quentin "
    "Rosalind Samir Tabitha Umar Verity Wilfred Xanthe Yusuf Zofia"
).split()
FAMILIES = (
    "Okafor Pemberton Quigley Ravensdale Szymanski Thistlewood Underhill Vasquez Whitcombe Yardley Zielinski "
    "Abernathy Blenkinsop Cholmondeley"
).split()
ADULTS = (
    "Agnes Bram Celia Dougal Edith Fergus Greta Hamish Ingrid Jarvis Karin Ludo Maud Nils Oona Piers Rhoda Silas "
    "Thora Ulric Vera Wendell"
).split()
RELATIONS = ("mother", "father", "mother", "father", "grandmother", "childminder")
TAGS = ("social_worker", "yot", "previous_concern", "vulnerable", "in_care", "walks_alone", "part_time_timetable")

CLASSES: Mapping[str, tuple[tuple[str, int], ...]] = {
    "blue-coat": (("7M", 7), ("7M2", 7), ("lunch2", 9)),
    "looe": (("8A", 8), ("8A1", 8)),
    "st-joseph-st-bede": (("Class 1", 1), ("Class 10", 5)),
    "mary-bassett": (("Nursery", -1), ("Class 1", 1), ("Class 10", 4)),
    "west-coventry": (("9K", 9), ("9K2", 9)),
}
"""Classes and years of each school; one class's name is the beginning of another's."""
SCHOOLS = tuple(CLASSES)


@dataclass(frozen=True)
class Temper:
    """How somebody answers: how often, and how many minutes it takes at least and at most."""

    answers: float
    soonest: int
    latest: int

    def delay(self, chance: Random) -> int | None:
        """Seconds until this answer, or None for silence."""
        if chance.random() >= self.answers:
            return None
        return chance.randint(self.soonest * 60, self.latest * 60) + chance.randint(0, 59)


FAMILY_TEMPERS = (Temper(0.9, 0, 4), Temper(0.8, 2, 40), Temper(0.6, 20, 180), Temper(0.0, 0, 1), Temper(0.5, 0, 300))
STAFF_TEMPERS = (Temper(0.95, 0, 5), Temper(0.8, 3, 30), Temper(0.4, 10, 120), Temper(0.0, 0, 1))


@dataclass(frozen=True)
class People:
    """Everybody, as a scenario file has them, and how they answer."""

    children: list[Person]
    adults: list[Person]
    staff: list[Person]
    tempers: Mapping[str, Temper]


def people_of(chance: Random, school: str) -> People:
    """The people of one seed."""
    children, adults = _families(chance, school)
    staff = _staff(chance, school)
    tempers = {one["id"]: chance.choice(FAMILY_TEMPERS) for one in adults}
    tempers |= {one["id"]: chance.choice(STAFF_TEMPERS) for one in staff}
    return People(children, adults, staff, tempers)


def _families(chance: Random, school: str) -> tuple[list[Person], list[Person]]:
    given, families = chance.sample(GIVEN, len(GIVEN)), chance.sample(FAMILIES, len(FAMILIES))
    names = chance.sample(ADULTS, len(ADULTS))
    children: list[Person] = []
    adults: list[Person] = []
    for place in range(chance.randint(3, 6)):
        family = families.pop()
        own = [
            _adult(chance, names.pop(), family, len(adults) + number, place)
            for number in range(chance.choice((1, 2, 2, 3)))
        ]
        adults += own
        for _ in range(chance.choice((1, 1, 2))):
            name = given.pop()
            group, year = chance.choice(CLASSES[school])
            contacts = [one["id"] for one in own]
            tags = [chance.choice(TAGS)] if chance.random() < 0.2 else []
            more: Person = {"named_person": "okoro"} if chance.random() < 0.1 else {}
            children.append(
                child(name.lower(), f"{name} {family}", *contacts, group=group, year=year, tags=tags, **more)
            )
        if chance.random() < 0.15:
            own[-1]["barred"] = chance.choice([True, [children[-1]["id"]]])
        if chance.random() < 0.15:
            own[-1]["may_report"] = False
        if place and chance.random() < 0.1:
            own[-1]["phone"] = adults[0]["phone"]
        elif len(own) > 1 and chance.random() < 0.15:  # one phone for two contacts of a child, barred or not
            own[0]["phone"] = own[-1]["phone"]
    return children, adults


def _adult(chance: Random, name: str, family: str, number: int, place: int) -> Person:
    home = chance.choice((f"home{place}", f"home{place}", f"other{number}", None))
    one = adult(name.lower(), f"{name} {family}", 10 + number, chance.choice(RELATIONS), home or "")
    one["household"] = home
    if chance.random() < 0.1:
        one["landline"], one["phone"] = one["phone"], None
    if chance.random() < 0.2:
        one["email"] = f"{name.lower()}@home.example"
    if chance.random() < 0.1:
        one["telegram"] = f"88{number:03d}"
    if chance.random() < 0.1:
        one["language"] = chance.choice(("pl", "ur"))
    return one


def _staff(chance: Random, school: str) -> list[Person]:
    found = [
        staff("reed", "Ms Reed", "Attendance officer", "attendance_officer", 900),
        staff("okoro", "Mrs Okoro", "Designated safeguarding lead", "safeguarding_lead", 901),
        staff("hart", "Dr Hart", "Headteacher", "headteacher", 902),
    ]
    if chance.random() < 0.5:
        group = chance.choice(CLASSES[school])[0]
        found.append(staff("tutor", "Mr Toft", "Form tutor", chance.choice(("tutor", "teacher")), 903, group=group))
    if chance.random() < 0.5:
        found.append(staff("desk", "Mrs Desk", "School office", "office", 904))
    for one in found:
        if chance.random() < 0.15:
            one["email"] = None
        if chance.random() < 0.05:
            one["away"] = True
        if chance.random() < 0.3:
            one["roles"] = [*one["roles"], chance.choice(("senior_leader", "pastoral", "office"))]
    return found


def named(chance: Random, people: People, writer: Mapping[str, Any]) -> str:
    """A first name that this writer may use: mostly a child of their own."""
    own = [one["given"] for one in people.children if writer["id"] in one["contacts"]]
    return str(chance.choice(own)) if own else "my child"
