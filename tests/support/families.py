"""Invented families and staff for tests; the numbers are from the range that is kept free for drama."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Person = dict[str, Any]


def child(id: str, name: str, *contacts: str, group: str = "7M", year: int = 7, **more: Any) -> Person:
    """A child on roll; `contacts` in the order in which they are asked."""
    given, _, family = name.partition(" ")
    return {
        "id": id,
        "given": given,
        "family": family,
        "group": group,
        "year": year,
        "contacts": list(contacts),
        **more,
    }


def adult(id: str, name: str, number: int, relation: str, household: str, **more: Any) -> Person:
    """A contact with the mobile number +447700900000 + `number`; phone=None takes it away."""
    phone = f"+447700900{number:03d}"
    return {"id": id, "name": name, "relation": relation, "household": household, "phone": phone, **more}


def staff(id: str, name: str, position: str, role: str, number: int, **more: Any) -> Person:
    """A member of staff with a mobile number and an e-mail address."""
    routes = {"phone": f"+447700900{number:03d}", "email": f"{id}@school.example"}
    return {"id": id, "name": name, "position": position, "roles": [role], **routes, **more}


AMINA = child("amina", "Amina Okafor", "ngozi", "chidi")
"""Her mother is asked first; her father lives elsewhere."""
BEN = child("ben", "Ben Tolliver", "kelly")
ZOFIA = child("zofia", "Zofia Wilk", "agata", "piotr")
JAN = child("jan", "Jan Wilk", "agata", "piotr", group="9K", year=9)
"""Zofia's brother, in another class."""
CALLUM = child("callum", "Callum Haddow", "fiona", "nan")
"""His grandmother is the second to be asked, and is not a parent."""

EVERYBODY: Mapping[str, Person] = {
    one["id"]: one
    for one in (
        adult("ngozi", "Ngozi Okafor", 1, "mother", "okafor"),
        adult("chidi", "Chidi Okafor", 2, "father", "chidi"),
        adult("kelly", "Kelly Tolliver", 3, "mother", "tolliver"),
        adult("agata", "Agata Wilk", 4, "mother", "wilk"),
        adult("piotr", "Piotr Wilk", 5, "father", "wilk"),
        adult("fiona", "Fiona Haddow", 6, "mother", "haddow"),
        adult("nan", "Moira Haddow", 7, "grandmother", "moira"),
    )
}

STAFF: Sequence[Person] = (
    staff("reed", "Ms Reed", "Attendance officer", "attendance_officer", 900),
    staff("okoro", "Mrs Okoro", "Designated safeguarding lead", "safeguarding_lead", 901),
    staff("hart", "Dr Hart", "Headteacher", "headteacher", 902),
)


def contacts_of(children: Sequence[Person], others: Sequence[Person] = ()) -> list[Person]:
    """The adults whom these children name: `others` first, else the families above."""
    known = {**EVERYBODY, **{one["id"]: one for one in others}}
    named = dict.fromkeys(contact for one in children for contact in one["contacts"])
    return [known[contact] for contact in named]
